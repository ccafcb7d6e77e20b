"""Feedback pages: nbgrader's own, with the report of each check and a picture for a figure."""

import base64

import nbformat
import pytest

from convolab.grading import gradebook
from convolab.grading.converters import feedback
from convolab.grading.desk import open_desk
from tests.grading.small_course import LESSON

PICTURE = base64.b64encode(b"picture").decode()


@pytest.fixture(scope="module")
def pages(graded_class, tmp_path_factory):
    """`pages(student)`: the feedback page's text; in ada's notebook there is a live figure."""
    course = graded_class.copy(tmp_path_factory.mktemp("feedback") / "course")
    desk = open_desk(course)
    path = gradebook.autograded_path(desk, LESSON, "ada")
    notebook = nbformat.read(path, as_version=4)
    figure = {
        "application/vnd.jupyter.widget-view+json": {"model_id": "gone", "version_major": 2},
        "image/png": PICTURE,
        "text/plain": "SlidingKernel1D(...)",
    }
    notebook.cells[1].outputs = [nbformat.v4.new_output("display_data", figure)]
    path.chmod(0o644)
    nbformat.write(notebook, path)
    assert feedback(desk, LESSON) is None
    folder = desk.folder("feedback")
    return lambda student: (folder / student / LESSON / f"{LESSON}.html").read_text()


def test_the_page_shows_the_report_of_a_check_with_its_hint(pages):
    assert "These are the squares." in pages("squares")
    assert "Not yet" in pages("squares")


def test_a_failed_hidden_case_shows_no_numbers(pages):
    page = pages("looked-up")
    assert "All the cases that you can see are right" in page
    assert "<th scope='col'" not in page  # the table that lays expected and yours side by side


def test_a_live_figure_is_shown_as_its_picture(pages):
    assert f"data:image/png;base64,{PICTURE}" in pages("ada")
    assert "widget-view" not in pages("ada")


def test_who_could_not_be_graded_gets_no_page(pages):
    with pytest.raises(FileNotFoundError):
        pages("broken")
