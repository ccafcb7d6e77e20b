"""A notebook is looked over before it is handed in: its lesson, and what grading would mend."""

import nbformat
import pytest

from convolab.handin.look import faults, lesson_of, released_cells
from convolab.handin.read import read_notebook
from convolab.problem import Problem
from tests.grading.by_hand_class import with_questions
from tests.grading.small_course import LESSON, RIGHT, filled
from tests.submissions.kind import cell_of, pasted


def found_in(kit, path):
    return faults(path, read_notebook(path), released_cells(kit, LESSON))


def changed(saved, change):
    notebook = filled(RIGHT)
    change(notebook)
    return saved(notebook)


def remove(notebook, name):
    notebook.cells.remove(cell_of(notebook, name))


def retype(notebook, name):
    cell = cell_of(notebook, name)
    place = notebook.cells.index(cell)
    notebook.cells[place] = nbformat.v4.new_markdown_cell(cell.source, metadata=cell.metadata)


def test_a_sound_notebook_has_no_faults(kit, saved):
    assert found_in(kit, saved(filled(RIGHT))) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda n: pasted(n, "twice"), "twice is there 2 times: the last one you worked on"),
        (lambda n: pasted(n, "test_twice"), "test_twice is there 2 times: one check counts"),
        (lambda n: remove(n, "test_total"), "check of total was deleted: grading puts it back"),
        (lambda n: remove(n, "total"), "if you write total in another cell, it counts"),
        (lambda n: retype(n, "total"), "total is now text instead of code"),
        (lambda n: cell_of(n, "test_total").update(source="1.0"), "check of total was changed"),
        (lambda n: [c.metadata.clear() for c in n.cells], "only looks for your functions"),
    ],
)
def test_each_fault_is_one_sentence(kit, saved, change, says):
    [sentence] = found_in(kit, changed(saved, change))
    assert says in sentence
    assert sentence.endswith(".")


def test_a_file_that_jupyter_did_not_save_is_told(kit, saved):
    path = saved(filled(RIGHT))
    path.write_bytes(path.read_text().encode("utf-16"))
    assert found_in(kit, path) == ["The file was not saved by Jupyter: grading reads it anyway."]


@pytest.mark.parametrize("name", [LESSON, f"{LESSON} (1)", f"{LESSON}_newer", "my homework"])
def test_the_lesson_is_known_by_what_is_written_in_the_notebook(kit, saved, name):
    notebook = filled(RIGHT)
    notebook.metadata["convolab"] = {"lesson": LESSON}
    path = saved(notebook, name)
    assert lesson_of(kit, path, read_notebook(path)) == LESSON


def test_else_the_name_of_the_file_tells(kit, saved):
    path = saved(filled(RIGHT), f"{LESSON}-Copy1")
    assert lesson_of(kit, path, read_notebook(path)) == LESSON


def test_the_name_of_another_lesson_is_told_with_both_ways_out(kit, saved):
    other = kit / "notebooks" / "02_other" / "02_other.ipynb"
    other.parent.mkdir()
    nbformat.write(filled({}), other)
    notebook = filled(RIGHT)
    notebook.metadata["convolab"] = {"lesson": LESSON}
    path = saved(notebook, "02_other")
    with pytest.raises(Problem, match=f"holds lesson {LESSON}, not 02_other: rename it"):
        lesson_of(kit, path, read_notebook(path))


def test_a_notebook_of_another_course_is_told_where_the_right_one_lies(kit, saved):
    path = saved(filled(RIGHT), "holiday")
    with pytest.raises(Problem, match=r"is not a lesson of this course: .* work/"):
        lesson_of(kit, path, read_notebook(path))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda n: remove(n, "rubric_essay"), "The rubric of essay was deleted: grading puts it"),
        (lambda n: cell_of(n, "rubric_essay").update(source="mine"), "The rubric of essay was ch"),
        (lambda n: pasted(n, "rubric_essay"), "rubric_essay is there 2 times: one rubric counts"),
        (lambda n: remove(n, "essay"), "cell for your answer to essay was deleted: grading puts"),
        (lambda n: cell_of(n, "essay").update(cell_type="raw"), "essay is no longer text: grading"),
    ],
)
def test_each_fault_of_an_answer_for_the_teacher_is_one_sentence(
    kit_with_essay, saved, change, says
):
    notebook = with_questions(filled(RIGHT), "Because it turns.", "x = 1")
    change(notebook)
    assert says in found_in(kit_with_essay, saved(notebook))[0]
