"""What people read: commands that exist, links that lead somewhere, one spelling."""

import ast
import json
import re
import subprocess
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[2]
if not (ROOT / ".git").exists():
    pytest.skip("needs a git clone, to know which files are the course's", allow_module_level=True)


def tracked() -> list[Path]:
    """The repository's own text files."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    binary = {".png", ".npz", ".gz", ".jpg", ".wav"}
    paths = [ROOT / name for name in names if name and name != "uv.lock"]
    return [path for path in paths if path.is_file() and path.suffix not in binary]


TRACKED = tracked()
MARKDOWN = [path for path in TRACKED if path.suffix == ".md"]
LESSONS = [path for path in TRACKED if path.parent == ROOT / "lessons" and path.suffix == ".py"]
NOTEBOOKS = [path for path in TRACKED if path.suffix == ".ipynb"]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def prose(path: Path) -> str:
    """The text of a page, or of a lesson's or notebook's markdown cells."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    if path.suffix == ".py":
        cells = re.split(r"(?m)^# %%", text)
        written = [cell for cell in cells[1:] if cell.split("\n", 1)[0].startswith(" [markdown]")]
        return "\n".join(re.sub(r"(?m)^# ?", "", cell.split("\n", 1)[1]) for cell in written)
    return text


def without_code(text: str) -> str:
    return re.sub(r"(?s)```.*?```|`[^`]*`|\$[^$]*\$", " ", text)


def anchors(path: Path) -> set[str]:
    """The anchors that the headings of a page make."""
    headings = re.findall(r"(?m)^#+ (.+)$", without_code(prose(path)))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", MARKDOWN + NOTEBOOKS, ids=name)
def test_every_link_inside_the_repository_leads_somewhere(path):
    text = without_code(prose(path))
    targets = re.findall(r"\]\(([^)\s]+)[^)]*\)", text) + re.findall(
        r'(?:src|href)="([^"]+)"', text
    )
    for target in targets:
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = unquote(target).partition("#")
        found = (path.parent / file).resolve() if file else path
        assert found.exists(), f"{name(path)} links to {target}, which does not exist"
        if anchor and found.suffix in {".md", ".ipynb"}:
            assert anchor in anchors(found), f"{name(path)} links to {target}: no such heading"


@pytest.mark.parametrize("path", MARKDOWN + NOTEBOOKS, ids=name)
def test_every_picture_has_a_text_beside_it(path):
    assert re.findall(r"!\[\s*\]\(", without_code(prose(path))) == []


@pytest.mark.parametrize("path", MARKDOWN + LESSONS, ids=name)
def test_spelling_is_british(path):
    american = (
        r"\b(colors?|colored|centers?|centered|behaviors?|neighbors?|grays?|favorite|flavors?|"
        r"labeled|modeling|traveling|canceled|analyze|meters|catalogs?|artifacts?|fulfill)\b"
    )
    assert re.findall(american, without_code(prose(path)), re.IGNORECASE) == []


@pytest.mark.parametrize("path", MARKDOWN + LESSONS, ids=name)
def test_nobody_is_shouted_at(path):
    assert re.findall(r"\w+!(?!\[)", without_code(prose(path))) == []


@pytest.mark.parametrize("path", TRACKED, ids=name)
def test_no_file_names_a_registry_or_a_place_on_somebodys_machine(path):
    text = path.read_text(encoding="utf-8")
    hosts = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "deb.deb" + "ian.org"]
    assert [host for host in hosts if host in text] == []
    assert re.findall(r"(?<![\w.~}/])/(?:home|root|Users|work)/\w+", text) == []


@pytest.mark.parametrize("path", [p for p in TRACKED if p.suffix == ".py"], ids=name)
def test_a_file_says_in_its_first_line_what_it_is_about(path):
    source = path.read_text(encoding="utf-8")
    if path.parent == ROOT / "lessons":  # front matter, or the gallery's heading
        assert "title:" in source or source.startswith("# %% [markdown]\n# # ")
    elif source:
        assert ast.get_docstring(ast.parse(source)), f"{name(path)} has no docstring"


@pytest.mark.parametrize("path", TRACKED, ids=name)
def test_lines_end_as_on_unix(path):
    assert b"\r" not in path.read_bytes()


def shell_lines(path: Path) -> list[str]:
    """The commands in a page's code blocks, without the remarks behind them."""
    blocks = re.findall(r"(?s)```\n(.*?)```", path.read_text(encoding="utf-8"))
    lines = [line.split("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line]


def test_two_commands_do_everything_and_continuous_integration_calls_the_second():
    lines = shell_lines(ROOT / "README.md")
    assert lines[:3] == [
        "python -m pip install uv",
        "python -m uv run convolab lab",
        "python -m uv run --group dev pytest",
    ]
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[2] in ci
    assert f"quietly {lines[0]}" in ci


def test_every_command_that_a_page_names_exists():
    from typer.main import get_command

    from convolab.cli import app

    whole = get_command(app)
    commands = {**whole.commands, **{o: whole for p in whole.params for o in p.opts}}
    named = set()
    for path in MARKDOWN:
        for line in shell_lines(path) + re.findall(r"`([^`\n]+)`", path.read_text("utf-8")):
            if found := re.search(r"(?:^|uv run )convolab ([a-z-]+)([^`]*)$", line):
                options = re.findall(r"--[a-z-]+", found[2])
                named.add((found[1], *options))
    assert named, "no page names a command"
    for command, *options in sorted(named):
        assert command in commands, f"there is no `convolab {command}`"
        known = {o for p in commands[command].params for o in [*p.opts, *p.secondary_opts]}
        assert set(options) <= known, f"`convolab {command}` has no {options}"


def test_the_table_of_lessons_is_the_lessons_own():
    rows = []
    for lesson in sorted((ROOT / "lessons").glob("[0-9][0-9]_*.py")):
        title, minutes = (
            re.search(rf"(?m)^# {key}: (.+)$", lesson.read_text(encoding="utf-8"))[1]
            for key in ("title", "minutes")
        )
        notebook = f"notebooks/{lesson.stem}/{lesson.stem}.ipynb"
        rows.append(f"| {lesson.stem[:2]} | [{title}]({notebook}) | {minutes} |")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"(?m)^\| \d\d \|.*$", readme) == rows


def test_the_map_of_the_course_names_every_lesson_with_its_minutes():
    page = (ROOT / "notebooks" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| (\d\d) \| \[(.+?)\]\((.+?)\) \| (\d+) \|", page)
    lessons = sorted((ROOT / "lessons").glob("[0-9][0-9]_*.py"))
    assert len(rows) == len(lessons)
    for (number, title, link, minutes), lesson in zip(rows, lessons, strict=True):
        text = lesson.read_text(encoding="utf-8")
        assert (number, link) == (lesson.stem[:2], f"{lesson.stem}/{lesson.stem}.ipynb")
        assert f"# title: {title}\n# minutes: {minutes}\n" in text


def test_the_licence_in_the_package_is_the_one_in_the_repository():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert project["license"] == "BSD-3-Clause AND CC-BY-4.0"
    assert "BSD 3-Clause License" in text
    assert "https://creativecommons.org/licenses/by/4.0/legalcode" in text
