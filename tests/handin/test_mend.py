"""A submission is mended before nbgrader sees it, so that it cannot stop the class."""

import copy

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from convolab.handin.mend import Named, mend
from tests.grading.small_course import RIGHT, SQUARES, filled, master


def named() -> dict[str, Named]:
    stubs = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in filled({}).cells
        if "nbgrader" in cell.metadata
    }
    return {
        cell.metadata.nbgrader.grade_id: Named(
            cell.metadata.nbgrader.grade_id, cell, stubs[cell.metadata.nbgrader.grade_id]
        )
        for cell in master().cells
        if "nbgrader" in cell.metadata
    }


def place(notebook, name):
    places = [
        i
        for i, cell in enumerate(notebook.cells)
        if cell.metadata.get("nbgrader", {}).get("grade_id") == name
    ]
    assert len(places) == 1, f"{name} is there {len(places)} times"
    return places[0]


def mended(notebook):
    mend(notebook, named())
    MetadataValidator().validate_nb(notebook)
    nbformat.validate(notebook)
    return notebook


def duplicate(notebook, name, source=None, before=False):
    at = place(notebook, name)
    twin = copy.deepcopy(notebook.cells[at])
    twin.source = source or twin.source
    notebook.cells.insert(at if before else at + 1, twin)


def test_a_sound_notebook_stays_as_it_is():
    before = filled(RIGHT)
    assert mended(filled(RIGHT)) == before


def test_of_two_answers_the_last_one_worked_on_counts():
    notebook = filled(RIGHT)
    duplicate(notebook, "twice", SQUARES["twice"])
    mended(notebook)
    assert notebook.cells[place(notebook, "twice")].source == SQUARES["twice"]


@pytest.mark.parametrize("before", [True, False])
def test_a_copy_that_is_still_the_stub_is_not_the_answer_and_is_not_run(before):
    notebook = filled(RIGHT)
    stub = filled({}).cells[place(notebook, "twice")].source
    duplicate(notebook, "twice", stub, before=before)
    mended(notebook)
    assert notebook.cells[place(notebook, "twice")].source == RIGHT["twice"]
    [copied] = [cell for cell in notebook.cells if cell.source == stub]
    assert copied.metadata.convolab == {"run": False}


def test_of_two_checks_only_the_last_one_checks():
    notebook = filled(RIGHT)
    duplicate(notebook, "test_twice")
    mended(notebook)
    first, second = (cell for cell in notebook.cells if cell.source == 'check("twice")')
    assert "nbgrader" not in first.metadata
    assert first.metadata.convolab == {"run": False}
    assert second.metadata.nbgrader.grade_id == "test_twice"


@pytest.mark.parametrize("name", ["test_twice", "test_total", "test_by_hand"])
def test_a_deleted_check_comes_back_after_the_answer_that_it_checks(name):
    notebook = filled(RIGHT)
    del notebook.cells[place(notebook, name)]
    mended(notebook)
    assert place(notebook, name.removeprefix("test_")) < place(notebook, name)


def test_all_checks_come_back_in_order_where_every_mark_was_lost():
    notebook = filled(RIGHT)
    for cell in notebook.cells:
        cell.metadata = nbformat.NotebookNode()
    mended(notebook)
    checks = [place(notebook, f"test_{name}") for name in ("twice", "by_hand", "total")]
    assert checks == sorted(checks)
    assert checks[0] > [cell.source for cell in notebook.cells].index(RIGHT["total"])


def test_a_retyped_cell_becomes_code_again():
    notebook = filled(RIGHT)
    at = place(notebook, "twice")
    cell = nbformat.v4.new_markdown_cell(notebook.cells[at].source)
    cell.metadata = notebook.cells[at].metadata
    notebook.cells[at] = cell
    mended(notebook)
    assert notebook.cells[at].cell_type == "code"
    assert notebook.cells[at].source == RIGHT["twice"]


@pytest.mark.parametrize(
    "claim",
    [
        {"grade": True, "points": 100, "solution": True, "grade_id": "twice", "locked": True},
        {"grade_id": "twice"},
        {"grade_id": "twice", "schema_version": 1, "grade": False},
    ],
)
def test_what_a_notebook_claims_about_a_cell_gives_way_to_the_teachers(claim):
    notebook = filled(RIGHT)
    at = place(notebook, "twice")
    notebook.cells[at].metadata["nbgrader"] = nbformat.from_dict(claim)
    mended(notebook)
    assert notebook.cells[at].metadata.nbgrader == named()["twice"].cell.metadata.nbgrader


@pytest.mark.parametrize("junk", ["text", None, 3, {"grade_id": 7}, {"grade_id": "stranger"}, {}])
def test_unknown_marks_are_dropped(junk):
    notebook = filled(RIGHT)
    notebook.cells[0].metadata["nbgrader"] = nbformat.from_dict(junk)
    mended(notebook)
    assert "nbgrader" not in notebook.cells[0].metadata


def test_an_answer_that_says_not_to_run_it_is_run_all_the_same():
    notebook = filled(RIGHT)
    check = notebook.cells[place(notebook, "test_twice")]
    check.metadata["convolab"] = {"heavy": True}
    mended(notebook)
    assert "convolab" not in notebook.cells[place(notebook, "test_twice")].metadata


def test_cells_without_ids_and_with_the_same_id_get_their_own():
    notebook = filled(RIGHT)
    notebook.nbformat_minor = 4
    del notebook.cells[0]["id"]
    notebook.cells[2]["id"] = notebook.cells[1]["id"]
    mended(notebook)
    ids = [cell["id"] for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
