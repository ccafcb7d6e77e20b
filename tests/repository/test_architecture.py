"""The map of the repository is true: its paths, its parts, who may know whom, its drawings."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository.test_imports import MAY_KNOW, ROOMS_MAY_KNOW

ROOT = Path(__file__).resolve().parents[2]
if not (ROOT / ".git").exists():
    pytest.skip("needs a git clone, to know which files are made", allow_module_level=True)
DRAWINGS = ROOT / "docs" / "drawings"
ARCHITECTURE = ROOT / "ARCHITECTURE.md"
PAGES = [ARCHITECTURE, *(ROOT / name for name in ("CONTRIBUTING.md", "SECURITY.md")),
         *sorted((ROOT / "autograde").glob("*.md"))]  # fmt: skip
TOP = "convolab tests autograde lessons benchmarks data docs solutions notebooks .ci .github"
# From a folder of the repository on; what has a placeholder in it, like NN or <name>, ends there.
PATH = re.compile(
    rf"(?<![\w./~\"$<>-])(?:{TOP.replace('.', '[.]').replace(' ', '|')})/[\w./-]*(?![\w<*{{$])"
)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def paths_in(text: str) -> set[str]:
    found = (match.rstrip(".-") for match in PATH.findall(text))
    return {path for path in found if not re.search(r"NN|name\.py", path)}


def is_made(path: str) -> bool:
    """Whether the path is of what a teacher or a build makes, which git ignores."""
    names = (path, f"{path}/")  # as a file, as a folder
    asked = (subprocess.run(["git", "check-ignore", "-q", one], cwd=ROOT) for one in names)
    return any(answer.returncode == 0 for answer in asked)


@pytest.mark.parametrize("page", [page for page in PAGES if page.exists()], ids=name)
def test_every_path_that_a_page_names_exists(page):
    named = paths_in(page.read_text(encoding="utf-8"))
    assert [p for p in sorted(named) if not (ROOT / p).exists() and not is_made(p)] == []


def test_every_path_that_a_drawing_or_a_room_names_exists():
    texts = [*DRAWINGS.glob("*.toml"), *(ROOT / "convolab").rglob("__init__.py")]
    for text in texts:
        named = paths_in(text.read_text(encoding="utf-8"))
        lost = [path for path in sorted(named) if not (ROOT / path).exists() and not is_made(path)]
        assert lost == [], name(text)


def rows(heading: str) -> dict[str, list[str]]:
    """The rows of the table under a heading, by the word in their first cell."""
    text = ARCHITECTURE.read_text(encoding="utf-8").partition(f"## {heading}\n")[2]
    table = [line.strip("|").split("|") for line in text.split("\n## ")[0].splitlines()
             if line.startswith("| `")]  # fmt: skip
    return {row[0].strip().strip("`/").removesuffix(".py"): row for row in table}


@pytest.mark.parametrize(
    ("heading", "order"),
    [("The parts of the package", MAY_KNOW), ("The rooms of grading", ROOMS_MAY_KNOW)],
)
def test_each_part_says_truly_whom_it_may_know(heading, order):
    found = rows(heading)
    assert set(found) == set(order) - {"__init__"}
    for part, (_, _, knows, *_) in found.items():
        said = set(re.findall(r"`(\w+)`", knows))
        if "all above" in knows:
            said = set(list(order)[1 : list(order).index(part)])
        assert said == order[part], part


def test_each_drawing_is_the_one_that_its_text_makes():
    sys.path.insert(0, str(DRAWINGS))
    try:
        from draw import drawings
    finally:
        sys.path.remove(str(DRAWINGS))
    made = drawings()
    assert set(made) == set(DRAWINGS.glob("*.svg"))
    for path, svg in made.items():
        assert path.read_text(encoding="utf-8") == svg, "run  python docs/drawings/draw.py"


def test_each_drawing_is_shown_with_its_text_and_says_what_it_shows():
    page = ARCHITECTURE.read_text(encoding="utf-8")
    for path in DRAWINGS.glob("*.svg"):
        assert f"]({name(path)})" in page
        assert re.search(r"<title id=\"title\">.+</title>\n<desc id=\"description\">.{200}",
                         path.read_text(encoding="utf-8"))  # fmt: skip


def test_text_that_is_too_wide_for_its_box_is_refused():
    sys.path.insert(0, str(DRAWINGS))
    try:
        from draw import drawing
    finally:
        sys.path.remove(str(DRAWINGS))
    box = 'kind = "file"\ntitle = "A"\nlines = ["{}"]\nbox = [0, 0, 100, 70]'
    head = 'title = "t"\ndescription = "d"\nsize = [100, 100]\narrow = []\n[[box]]\n'
    assert "<text" in drawing(head + box.format("short"))
    with pytest.raises(ValueError, match="too wide for its place: a long line of text"):
        drawing(head + box.format("a long line of text"))


def test_contributing_names_every_file_that_a_figure_is_made_of():
    figures = ROOT / "convolab" / "figures"
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = contributing.partition("## Change a figure\n")[2].partition("\n## ")[0]
    own = [path.stem.removesuffix("_view") for path in figures.glob("*_view.py")]
    assert len(own) > 5
    for stem in own:
        for ending in (".py", "_view.py", ".js", "_picture.py"):
            assert (figures / f"{stem}{ending}").is_file()
            assert f"`name{ending}`" in section
    files = {path.name for ending in ("py", "js", "css") for path in figures.glob(f"*.{ending}")}
    shared = {file for file in files if not file.startswith(tuple(own))} - {"__init__.py"}
    assert [file for file in sorted(shared) if f"`{file}`" not in section] == []
