"""What others expect of a repository: a changelog, a citation, forms to report with, a workflow."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.version import Version
from PIL import Image

from convolab.version import version

ROOT = Path(__file__).resolve().parents[2]
GITHUB = ROOT / ".github"
if not GITHUB.is_dir():
    pytest.skip("a copy of the course without its forms", allow_module_level=True)
FORMS = sorted(GITHUB.glob("ISSUE_TEMPLATE/[0-9]_*.yml"))
# What a form may ask with; any other kind makes GitHub hide the form.
KINDS = {"markdown", "input", "textarea", "dropdown", "checkboxes"}
# https://github.com/citation-file-format/citation-file-format/blob/1.2.0/schema-guide.md
CITATION = {
    "abstract", "authors", "cff-version", "commit", "contact", "date-released", "doi",
    "identifiers", "keywords", "license", "license-url", "message", "preferred-citation",
    "references", "repository", "repository-artifact", "repository-code", "title", "type", "url",
    "version",
}  # fmt: skip


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def project() -> dict:
    return tomllib.loads(text("pyproject.toml"))["project"]


def releases() -> list[tuple[str, str]]:
    """The versions and dates of the changelog's headings, from the top."""
    return re.findall(r"(?m)^## (\d\S*) \((\d{4}-\d\d-\d\d)\)$", text("CHANGELOG.md"))


def test_the_changelog_ends_with_the_version_of_the_package():
    numbers = [Version(number) for number, _ in releases()]
    assert str(numbers[0]) == project()["version"] == version()
    assert numbers == sorted(numbers, reverse=True)
    others = re.findall(r"(?m)^## (?!\d\S* \(\d{4}-\d\d-\d\d\)$)(.*)$", text("CHANGELOG.md"))
    assert others in ([], ["Unreleased"])


def test_the_locked_version_and_the_wheel_that_the_readme_names_are_the_same():
    locked = tomllib.loads(text("uv.lock"))["package"]
    number = version()
    assert [p["version"] for p in locked if p["name"] == "convolab"] == [number]
    assert set(re.findall(r"convolab-[^`\s]*\.whl", text("README.md"))) == {
        f"convolab-{number}-py3-none-any.whl"
    }


def test_the_citation_is_of_this_version_and_of_the_holder_of_the_copyright():
    citation = yaml.safe_load(text("CITATION.cff"))
    assert set(citation) <= CITATION
    assert citation["cff-version"] == "1.2.0"
    assert citation["message"]
    assert citation["title"] == "Convolution Lab"
    assert (citation["version"], citation["date-released"]) == releases()[0]
    holder = re.search(r"Copyright \(c\) \d+, (.*)", text("LICENSE"))[1]
    assert [author["name"].casefold() for author in citation["authors"]] == [holder.casefold()]
    assert citation["license"] in project()["license"].split(" AND ")


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_asks_for_the_versions_and_is_one_that_github_shows(path):
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(form) == {"name", "description", "title", "body"}
    labels, names = [], []
    for part in form["body"]:
        assert part["type"] in KINDS
        if part["type"] == "markdown":
            assert part["attributes"]["value"]
            continue
        labels.append(part["attributes"]["label"])
        names.append(part["id"])
        assert re.fullmatch(r"[\w-]+", part["id"])
        assert set(part) <= {"type", "id", "attributes", "validations"}
        assert all(isinstance(value, str) for value in part["attributes"].values())
    assert len(set(labels)) == len(labels)
    assert len(set(names)) == len(names)
    assert any("convolab --version" in label for label in labels)
    assert any(part.get("validations", {}).get("required") for part in form["body"])


def test_there_is_a_form_for_a_lesson_a_hint_a_grade_and_a_figure():
    asked = [path.stem.split("_")[1] for path in FORMS]
    assert asked == ["lesson", "hint", "grade", "figure"]
    names = {yaml.safe_load(path.read_text(encoding="utf-8"))["name"] for path in FORMS}
    assert len(names) == 4
    config = yaml.safe_load(text(".github/ISSUE_TEMPLATE/config.yml"))
    assert config == {"blank_issues_enabled": True}


def test_a_pull_request_is_asked_for_what_and_why_in_five_lines():
    asked = [line for line in text(".github/pull_request_template.md").splitlines() if line]
    assert len(asked) <= 5
    assert "bash .ci/run" in " ".join(asked)
    assert "CHANGELOG.md" in " ".join(asked)


def test_the_workflow_does_what_continuous_integration_does_and_no_more():
    workflow = yaml.safe_load(text(".github/workflows/ci.yml"))
    triggers = workflow[True]  # YAML 1.1 takes the word `on` for true
    assert {"push", "pull_request"} <= set(triggers)
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["concurrency"]["cancel-in-progress"] is True
    (job,) = workflow["jobs"].values()
    assert job["timeout-minutes"] == 90
    assert "--privileged" in job["container"]["options"]  # the sandbox makes namespaces
    steps = [step.get("uses", step.get("run")) for step in job["steps"]]
    assert steps[0].startswith("actions/checkout@")
    assert steps[-1] == "bash .ci/run"


def test_the_site_is_published_with_the_readme_s_command_and_the_rights_that_this_takes():
    workflow = yaml.safe_load(text(".github/workflows/site.yml"))
    assert workflow[True] == {"release": {"types": ["published"]}, "workflow_dispatch": None}
    assert workflow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    (job,) = workflow["jobs"].values()
    steps = job["steps"]
    (command,) = [step["run"] for step in steps if "convolab site" in step.get("run", "")]
    assert f"`{command.replace(' --locked', '')}`" in text("README.md")
    actions = [step["uses"].partition("@")[0] for step in steps if "uses" in step]
    assert actions[0] == "actions/checkout"
    assert actions[-2:] == ["actions/upload-pages-artifact", "actions/deploy-pages"]
    (upload,) = [step for step in steps if "upload-pages-artifact" in step.get("uses", "")]
    assert upload["with"]["path"] == "dist/site"
    extras = set(re.findall(r"--extra (\S+)", command))
    assert extras <= set(project()["optional-dependencies"])


def test_an_action_has_one_version_in_all_workflows():
    used = re.findall(
        r"(?m)uses: ([\w/-]+)@(.+)$",
        "".join(path.read_text(encoding="utf-8") for path in GITHUB.glob("workflows/*.yml")),
    )
    assert all(re.fullmatch(r"v\d+", version) for _, version in used)
    assert len(dict(used)) == len(set(used))


def test_the_security_page_says_how_to_report_in_private_and_what_is_promised():
    page = text("SECURITY.md")
    for part in ("Report a vulnerability", "autograde/SECURITY.md", "convolab --version"):
        assert part in page


def test_the_picture_in_the_readme_moves_and_rests_and_is_small():
    name = re.search(r"\]\((\.github/\S+)\)", text("README.md"))[1]
    assert (ROOT / name).stat().st_size < 1_000_000
    with Image.open(ROOT / name) as picture:
        assert 20 <= picture.n_frames <= 40
        assert picture.info["loop"] > 0  # 0 is for ever
        first = picture.convert("RGB").tobytes()
        picture.seek(picture.n_frames - 1)
        assert picture.convert("RGB").tobytes() != first


def test_each_of_the_three_people_is_led_from_the_readme_to_a_page():
    for page in ("LEARNING.md", "autograde/README.md", "CONTRIBUTING.md"):
        assert f"({page})" in text("README.md")
