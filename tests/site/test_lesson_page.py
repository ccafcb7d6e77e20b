"""A page shows what the lesson's own cells show, and never what an exercise's answer would."""

from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from convolab.course import lessons
from convolab.site.lesson_page import STATE, VIEW, lesson_page
from tests.repository.solution_lines import lines, secret_lines

ROOT = Path(__file__).resolve().parents[2]
SHOWN = "a run showed this"
KERNEL = {"name": "python3", "display_name": "Python 3"}


@pytest.fixture(scope="module")
def secret() -> set[str]:
    return secret_lines()


def pair(lesson: str) -> tuple[nbformat.NotebookNode, nbformat.NotebookNode]:
    """The student's notebook, and the teacher's as if it had run and each cell had shown a word."""
    student, taught = (
        nbformat.read(ROOT / folder / lesson / f"{lesson}.ipynb", 4)
        for folder in ("notebooks", "solutions")
    )
    for cell in taught.cells:
        if cell.cell_type == "code":
            cell.outputs = [v4.new_output("stream", text=SHOWN)]
    return student, taught


@pytest.mark.parametrize("lesson", lessons(ROOT))
def test_a_cell_for_an_answer_its_check_and_the_summary_show_nothing(lesson):
    student, taught = pair(lesson)
    page = lesson_page(student, taught)
    silent = [cell.source for cell in page.cells if cell.cell_type == "code" and not cell.outputs]
    for cell in student.cells:
        if cell.metadata.get("nbgrader") or cell.source.startswith("check("):
            assert cell.cell_type == "markdown" or cell.source in silent
    assert any(text.startswith("check(") for text in silent)
    assert any(text.startswith("from convolab.check import summary") for text in silent)


@pytest.mark.parametrize("lesson", lessons(ROOT))
def test_no_page_has_a_line_of_a_solution_but_many_cells_that_show_something(lesson, secret):
    page = lesson_page(*pair(lesson))
    assert lines("\n".join(cell.source for cell in page.cells)) & secret == set()
    assert sum(bool(cell.get("outputs")) for cell in page.cells) > 5


def test_the_links_come_once_below_the_title():
    student, taught = pair("01_convolution_1d")
    page = lesson_page(student, taught, ["<p>work</p>"])
    assert [cell.source for cell in page.cells].count("<p>work</p>") == 1
    assert page.cells[1].source == "<p>work</p>"


def model(name: str, **state: object) -> dict:
    return {"model_name": name, "model_module": "m", "state": state}


def link(source: str, target: str) -> dict:
    ends = {"source": [f"IPY_MODEL_{source}", "value"], "target": [f"IPY_MODEL_{target}", "x"]}
    return model("LinkModel", **ends)


def test_only_the_widgets_that_are_shown_are_kept_with_their_parts_and_links():
    shown, hidden = (v4.new_code_cell(text) for text in ("figure", "def answer(): ..."))
    student = v4.new_notebook(cells=[shown, hidden], metadata={"kernelspec": KERNEL})
    taught = nbformat.from_dict(student)
    for cell, view in zip(taught.cells, ("box", "secret"), strict=True):
        cell.outputs = [v4.new_output("display_data", {VIEW: {"model_id": view}})]
    taught.cells[1].source = "def answer(): return 42"
    state = {
        "box": model("VBoxModel", children=["IPY_MODEL_slider", "IPY_MODEL_canvas"]),
        "slider": model("IntSliderModel"),
        "canvas": model("AnyModel"),
        "link": link("slider", "canvas"),
        "secret": model("AnyModel"),
        "stray": link("slider", "secret"),
    }
    taught.metadata["widgets"] = {STATE: {"state": state}}
    page = lesson_page(student, taught)
    assert set(page.metadata["widgets"][STATE]["state"]) == {"box", "slider", "canvas", "link"}
