"""Every lesson in a real browser: open, run all, no error, every check at its stub, every figure
painted, one exercise solved."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from notebook_page import NotebookPage

from convolab.check.report import MIME
from convolab.course import lessons
from tests.lab_pages import LabPages

ROOT = Path(__file__).resolve().parents[2]
FIGURE = "convolab-picture"  # the class of the picture that a live figure leaves beside itself

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The student's copies of all lessons."""
    folder = tmp_path_factory.mktemp("lessons")
    for lesson in lessons(ROOT):
        shutil.copy(ROOT / "notebooks" / lesson / f"{lesson}.ipynb", folder)
    return folder


@pytest.fixture(scope="module")
def pages(jupyter_lab, one_browser, folder) -> LabPages:
    """One JupyterLab for all lessons, in which one is opened after the other."""
    return LabPages(one_browser, jupyter_lab(folder).server, NotebookPage)


@pytest.mark.parametrize("lesson", lessons(ROOT))
def test_a_lesson_runs_paints_its_figures_and_takes_a_right_answer(lesson, pages, folder, browser):
    notebook = pages.open(f"{lesson}.ipynb", height=1600)
    notebook.wait_until_idle()
    notebook.run_all(last_code(folder / f"{lesson}.ipynb"))
    notebook.save()
    outputs = saved_outputs(folder / f"{lesson}.ipynb")
    assert_at_the_stubs(lesson, outputs)
    assert_shown(notebook, outputs)

    name, answer, points = first_exercise(lesson)
    notebook.write(cell := notebook.cell(f"def {name}("), answer)
    notebook.run(cell)
    report = notebook.run(notebook.cell(f'check("{name}")')).inner_text()
    assert f"Right · {points:g} of {points:g} point" in report
    assert notebook.complaints == []
    notebook.shut_down()
    pages.put_back(notebook)


def last_code(path: Path) -> int:
    """The place of the last code cell in which something stands."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return max(
        place for place, cell in enumerate(cells) if cell["cell_type"] == "code" and cell["source"]
    )


def saved_outputs(path: Path) -> dict[int, list[dict]]:
    """The outputs of each code cell that has any, by the cell's place."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return {place: cell["outputs"] for place, cell in enumerate(cells) if cell.get("outputs")}


def assert_at_the_stubs(lesson: str, outputs: dict[int, list[dict]]) -> None:
    """Nobody has worked yet, and every check says so."""
    path = ROOT / "notebooks" / lesson / f"{lesson}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    checks = [place for place, cell in enumerate(cells) if cell.source.startswith("check(")]
    assert checks
    for place in checks:
        (report,) = (output["data"][MIME] for output in outputs[place])
        assert (report["status"], report["points"]) == ("missing", 0), report["name"]
        assert "still the stub" in report["hint"], report["name"]


def html(output: dict) -> str:
    """The rich text of an output."""
    return "".join(output.get("data", {}).get("text/html", ""))


def assert_shown(notebook: NotebookPage, outputs: dict[int, list[dict]]) -> None:
    """All that was saved is seen: no error, a painted canvas for each figure, each picture."""
    each = [(place, output) for place, all_ in outputs.items() for output in all_]
    assert [output for _, output in each if output["output_type"] == "error"] == []
    assert [output for _, output in each if output.get("name") == "stderr"] == []
    figures = {place for place, output in each if FIGURE in html(output)}
    pictures = {place for place, output in each if "image/png" in output.get("data", {})} - figures
    assert figures or pictures, "a lesson without anything to see"
    errors, painted = [], set()

    def look(cells: dict[int, dict]) -> None:
        for place, shown in cells.items():
            errors.extend(shown["errors"])
            seen = shown["canvases"] if place in figures else shown["pictures"]
            if seen and all(seen):
                painted.add(place)

    notebook.leaf_through(look)
    assert errors == []
    assert figures | pictures <= painted, f"not painted: cells {figures | pictures - painted}"


def first_exercise(lesson: str) -> tuple[str, str, float]:
    """The first graded exercise: its name, the teacher's solution, its points."""
    path = ROOT / "solutions" / lesson / f"{lesson}.ipynb"
    found = {}
    for cell in nbformat.read(path, as_version=4).cells:
        of = cell.metadata.get("nbgrader", {})
        found[of.get("grade_id")] = cell
        if of.get("grade"):
            name = of["grade_id"].removeprefix("test_")
            return name, found[name].source, of["points"]
    raise AssertionError(f"{lesson} has no graded exercise")
