"""The author's journey: a sentence and a solution from lesson to notebooks, and back by hand."""

import json
import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

from tests.journeys.notebook_page import NotebookPage

pytestmark = pytest.mark.journey

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("lessons", "solutions", "notebooks", "autograde/exercises", "convolab/cases")
OTHERS = "*0[2-9]_*", "*[1-9][0-9]_*"  # the lessons whose building would take the time
FILES = ("pyproject.toml", "nbgrader_config.py", "autograde/nbgrader_config.py")
LESSON = "01_convolution_1d"
PROSE = "# You wrote the operation that the rest of the course is made of."
NEW_PROSE = "# You wrote the operation that all lessons after it are made of."
SOLUTION = "            total += f[i] * g[x - i]\n"
NEW_SOLUTION = "            total = total + f[i] * g[x - i]\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the course as it is here now: its first two lessons, without the package."""
    sources = "bibliography.toml", "BIBLIOGRAPHY.md"  # other lessons name them
    left_out = shutil.ignore_patterns("__pycache__", *sources, *OTHERS)
    for part in PARTS:
        shutil.copytree(ROOT / part, tmp_path / "course" / part, ignore=left_out)
    for file in FILES:
        shutil.copy(ROOT / file, tmp_path / "course" / file)
    return tmp_path / "course"


def run(course: Path, *command: str, status: int = 0) -> str:
    """Run a program of this Python in the course, as an author does, and return what it says."""
    programs = Path(sysconfig.get_path("scripts"))
    done = subprocess.run(
        [programs / command[0], *command[1:]],
        cwd=course,
        env={**os.environ, "COLUMNS": "300", "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=240,
    )
    assert done.returncode == status, done.stdout[-4000:]
    return done.stdout


def built(course: Path) -> dict[str, str]:
    """Every built file with its text."""
    return {
        path.relative_to(course).as_posix(): path.read_text(encoding="utf-8")
        for part in ("solutions", "notebooks", "convolab/cases")
        for path in sorted((course / part).rglob("*"))
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def sources(course: Path, folder: str) -> list[str]:
    """What stands in each cell of the lesson's notebook, in "solutions" or "notebooks"."""
    path = course / folder / LESSON / f"{LESSON}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells]


def stands(text: str, course: Path, folder: str) -> bool:
    """Whether a text stands in a cell of that notebook."""
    return any(text in source for source in sources(course, folder))


def test_an_edit_of_a_lesson_reaches_the_right_notebooks_and_no_others(course):
    before = built(course)
    assert "Everything is up to date." in run(course, "convolab", "build", "--check")

    lesson = course / "lessons" / f"{LESSON}.py"
    replace(lesson, PROSE, NEW_PROSE)
    replace(lesson, SOLUTION, NEW_SOLUTION)
    run(course, "convolab", "build", "--check", status=1)
    assert built(course) == before, "--check writes nothing"

    run(course, "convolab", "build")
    after = built(course)
    assert {path for path in after if after[path] != before.get(path)} == {
        f"solutions/{LESSON}/{LESSON}.ipynb",
        f"notebooks/{LESSON}/{LESSON}.ipynb",
    }
    assert after.keys() == before.keys()
    for folder in ("solutions", "notebooks"):
        assert stands(NEW_PROSE.removeprefix("# "), course, folder)
        assert not stands(PROSE.removeprefix("# "), course, folder)
    assert stands(NEW_SOLUTION, course, "solutions")
    assert not stands(NEW_SOLUTION.strip(), course, "notebooks")
    run(course, "convolab", "build", "--check")

    run(course, "nbgrader", "generate_assignment", LESSON, "--force")
    assert built(course) == after, "nbgrader's own command makes the same bytes"


def test_a_mistake_in_a_lesson_is_one_sentence_and_nothing_is_written(course):
    before = built(course)
    lesson = course / "lessons" / f"{LESSON}.py"
    replace(lesson, '\ncheck("convolve_at")\n', '\ncheck("convolve_at");\n')
    line = lesson.read_text(encoding="utf-8").split("\n").index('check("convolve_at");') + 1
    said = run(course, "convolab", "build", status=1)
    assert f"lessons/{LESSON}.py:{line}: a check cell is exactly" in said
    assert "Traceback" not in said
    assert built(course) == before


def test_what_is_edited_in_jupyterlab_is_kept_released_and_carried_back(
    course, browser, jupyter_lab
):
    lesson = course / "lessons" / f"{LESSON}.py"
    solution = course / "solutions" / LESSON / f"{LESSON}.ipynb"
    as_written, as_built = lesson.read_text(encoding="utf-8"), built(course)

    plan = jupyter_lab(course, role="teacher")
    notebook = NotebookPage(browser.new_page())
    notebook.open(f"{plan.server}/lab/tree/solutions/{LESSON}/{LESSON}.ipynb")
    assert notebook.page.locator(".jp-Dialog").count() == 0, "it opens without a question"
    assert notebook.page.locator(".Toastify__toast").count() == 0, "and without a warning"

    notebook.run(notebook.cell("rate = 8000"))
    notebook.save()
    assert '"execution_count": 1' in solution.read_text(encoding="utf-8")
    run(course, "convolab", "build")
    assert built(course) == as_built, "running a notebook is no edit of it"

    notebook.page.reload()
    notebook.open(notebook.page.url)
    [code] = [text for text in sources(course, "solutions") if SOLUTION in text]
    notebook.write(notebook.cell(code.split("\n")[0]), code.replace(SOLUTION, NEW_SOLUTION))
    notebook.save()
    assert stands(NEW_SOLUTION, course, "solutions")
    notebook.page.close()

    edited = solution.read_text(encoding="utf-8")
    said = run(course, "convolab", "build", status=1)
    assert f"solutions/{LESSON}/{LESSON}.ipynb was edited by hand" in said
    assert "`convolab adopt 01`" in said
    assert solution.read_text(encoding="utf-8") == edited

    run(course, "nbgrader", "generate_assignment", LESSON, "--force")
    assert not stands(NEW_SOLUTION.strip(), course, "notebooks")

    run(course, "convolab", "adopt", "01")
    assert lesson.read_text(encoding="utf-8") == as_written.replace(SOLUTION, NEW_SOLUTION)
    run(course, "convolab", "build")
    assert stands(NEW_SOLUTION, course, "solutions")
    run(course, "convolab", "build", "--check")
