"""A command of nbgrader's that fails changes nothing: what it would have deleted is still there."""

import contextlib
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.apps import GenerateAssignmentApp
from nbgrader.apps.api import NbGraderAPI

from convolab.grading.desk import open_desk
from convolab.grading.gradebook import gradebook
from convolab.grading.gradebook.converters import feedback
from tests.grading.small_course import LESSON, RIGHT, filled, hand_in

# nbgrader's queries are older than the SQLAlchemy that runs them.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


@pytest.fixture
def course(graded_class, tmp_path):
    """A class that is graded and has its feedback, of a lesson that was released."""
    course = graded_class.copy(tmp_path / "course")
    released = course / "notebooks" / LESSON / f"{LESSON}.ipynb"
    released.parent.mkdir()
    released.write_text("as it was handed out")
    (released.parent / "data.csv").write_text("1,2,3")
    return course


def formgrader(course: Path) -> NbGraderAPI:
    """What formgrader's buttons call; each of them forces."""
    desk = open_desk(course).at(LESSON)
    return NbGraderAPI(desk.coursedir(), config=desk.config)


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def edit_master(course: Path, edit) -> None:
    path = course / "solutions" / LESSON / f"{LESSON}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    edit(notebook)
    nbformat.write(notebook, path)


def a_new_question(notebook):
    cell = nbformat.v4.new_markdown_cell("Why?")
    cell.metadata["nbgrader"] = {
        "grade": True, "grade_id": "why", "locked": False, "points": 3, "schema_version": 3,
        "solution": True, "task": False,
    }  # fmt: skip
    notebook.cells.append(cell)


def a_check_without_its_cell(notebook):
    del notebook.cells[-1]


def a_region_that_never_begins(notebook):
    notebook.cells[2].source = notebook.cells[2].source.replace("### BEGIN SOLUTION", "")


def a_name_twice(notebook):
    notebook.cells.append(notebook.cells[2])


def points_of_no_number(notebook):
    notebook.cells[-1].metadata.nbgrader.points = "many"


WHAT_NBGRADER_REFUSES = {
    a_new_question: r"01_small has gained, lost or changed the kind of why since submissions were "
    r"graded .*nbgrader db assignment remove 01_small --force.*Nothing was changed",
    a_check_without_its_cell: r"changed the kind of test_total .*Nothing was changed",
    a_region_that_never_begins: r"cell twice, line \d+: END SOLUTION.*Nothing was changed",
    a_name_twice: r"01_small\.ipynb cannot be released: .*Duplicate grade id: twice.*Nothing was",
    points_of_no_number: r"01_small\.ipynb cannot be released: .*'many' is not .*Nothing was",
}


@pytest.mark.parametrize("edit", WHAT_NBGRADER_REFUSES, ids=lambda edit: edit.__name__)
def test_formgraders_button_keeps_the_released_lesson_when_nbgrader_refuses_it(course, edit):
    before = files(course / "notebooks")
    edit_master(course, edit)
    answer = formgrader(course).generate_assignment(LESSON)
    assert not answer["success"]
    log = " ".join(answer["log"].split())
    assert "Traceback" not in log
    assert re.search(WHAT_NBGRADER_REFUSES[edit], log)
    assert files(course / "notebooks") == before


def test_another_notebook_beside_a_graded_lesson_is_refused_before_anything_is_deleted(course):
    before = files(course / "notebooks")
    nbformat.write(nbformat.v4.new_notebook(), course / "solutions" / LESSON / "scratch.ipynb")
    answer = formgrader(course).generate_assignment(LESSON)
    assert not answer["success"]
    assert "scratch" in answer["log"]
    assert files(course / "notebooks") == before


def test_a_gradebook_that_another_program_holds_deletes_no_lesson(course):
    desk = open_desk(course).at(LESSON)
    desk.config.CourseDirectory.db_url += "?timeout=0.1"
    before = files(course / "notebooks")
    with contextlib.closing(sqlite3.connect(course / "autograde" / "gradebook.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = NbGraderAPI(desk.coursedir(), config=desk.config).generate_assignment(LESSON)
    assert not answer["success"]
    assert "The gradebook cannot be used" in answer["log"]
    assert files(course / "notebooks") == before


def test_what_nbgrader_takes_is_released_over_the_old_and_nothing_is_left_behind(course):
    assert formgrader(course).generate_assignment(LESSON)["success"]
    released = files(course / "notebooks")
    assert list(released) == [f"{LESSON}/{LESSON}.ipynb"]  # as nbgrader does it
    assert b"your code here" in released[f"{LESSON}/{LESSON}.ipynb"]


def test_the_command_says_it_in_one_sentence(course, monkeypatch, caplog):
    edit_master(course, a_new_question)
    before = files(course / "notebooks")
    monkeypatch.chdir(course)
    command = GenerateAssignmentApp()
    command.log.propagate = True
    command.initialize([LESSON, "--force"])
    with pytest.raises(SystemExit) as ended:
        command.start()
    assert ended.value.code == 1
    errors = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert [error.endswith("Nothing was changed.") for error in errors] == [True]
    assert files(course / "notebooks") == before


# --- Grading and feedback.


def test_formgraders_button_keeps_the_grade_of_the_file_before_a_broken_one(course):
    desk = open_desk(course).at(LESSON)
    before = files(desk.folder("autograded")), gradebook.standings(desk)["squares"].score
    hand_in(course, "squares", "broken since")
    answer = formgrader(course).autograde(LESSON, "squares")
    assert not answer["success"]
    assert f"squares/{LESSON} is as it was before" in answer["log"]
    after = files(desk.folder("autograded")), gradebook.standings(desk)["squares"].score
    assert after == before


def test_one_that_fails_keeps_its_own_and_the_others_are_made_anew(course):
    desk = open_desk(course).at(LESSON)
    assert feedback(desk) is None
    pages = desk.folder("feedback")
    for page in pages.rglob("*.html"):
        page.write_text("of last week")
    broken = desk.autograded("squares")
    broken.chmod(0o644)
    broken.write_text("{")
    assert not formgrader(course).generate_feedback(LESSON)["success"]
    texts = {page.parts[-3]: page.read_text() for page in pages.rglob("*.html")}
    assert texts.pop("squares") == "of last week"
    assert all("<!DOCTYPE html>" in text for text in texts.values())
    assert not [path for path in pages.rglob(".*")]


def test_a_submission_that_is_sound_again_is_graded_as_ever(course, bwrap):
    desk = open_desk(course).at(LESSON)
    hand_in(course, "squares", "broken since")
    formgrader(course).autograde(LESSON, "squares")
    hand_in(course, "squares", filled(RIGHT))
    assert formgrader(course).autograde(LESSON, "squares")["success"]
    assert gradebook.standings(desk)["squares"].score == 3
    assert b"** 2" not in desk.autograded("squares").read_bytes()


KILLED = """
import os, signal, sys
from pathlib import Path
from nbgrader.converters.base import BaseConverter
from convolab.grading.gradebook.converters import autograde
from convolab.grading.desk import open_desk

desk = open_desk(Path.cwd()).at(sys.argv[1])
BaseConverter.init_assignment = lambda self, *given: os.kill(os.getpid(), signal.SIGKILL)
autograde(desk, "squares")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends the signals of POSIX systems")
def test_what_a_killed_run_had_deleted_is_back_with_the_next(course):
    desk = open_desk(course).at(LESSON)
    before = files(desk.folder("autograded"))
    subprocess.run([sys.executable, "-c", KILLED, LESSON], cwd=course, check=False)
    assert not desk.autograded("squares").exists()
    hand_in(course, "squares", "broken since")
    formgrader(course).autograde(LESSON, "squares")
    assert files(desk.folder("autograded")) == before
