"""What is written in batches is what `nbgrader autograde` writes with the desk's settings."""

import shutil
import signal
import sqlite3
import subprocess
import sys

import pytest

from convolab.grading.desk import open_desk
from convolab.grading.grade import grade_class
from convolab.grading.gradebook.converters import autograde
from convolab.grading.gradebook.enter_lesson import enter_assignment
from convolab.grading.intake.submissions import find
from tests.grading.small_course import LESSON, RIGHT, SQUARES, filled, hand_in, small_course

# nbgrader's queries are older than the SQLAlchemy that runs them.
pytestmark = [
    pytest.mark.journey,
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),
]

# All that nbgrader keeps of the submissions of a lesson; its own ids are drawn at random.
KEPT = """
SELECT s.student_id, s.timestamp, s.extension, n.flagged, n.late_submission_penalty,
       c.name, c.type, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade,
       o.auto_comment, o.manual_comment
FROM submitted_assignment s
JOIN submitted_notebook n ON n.assignment_id = s.id
JOIN base_cell c ON c.notebook_id = n.notebook_id
LEFT JOIN grade g ON g.cell_id = c.id AND g.notebook_id = n.id
LEFT JOIN comment o ON o.cell_id = c.id AND o.notebook_id = n.id
ORDER BY s.student_id, c.name, c.type
"""


def kept(course):
    with sqlite3.connect(course / "autograde" / "gradebook.db") as book:
        students = book.execute("SELECT * FROM student ORDER BY id").fetchall()
        counts = [
            book.execute(f"SELECT count(*) FROM {table}").fetchone()
            for table in ("submitted_assignment", "submitted_notebook", "grade", "comment")
        ]
        return students, counts, book.execute(KEPT).fetchall()


def files(course):
    home = course / "autograde" / "autograded"
    return {
        str(path.relative_to(home)): (path.stat().st_mode, path.read_bytes())
        for path in home.rglob("*")
        if path.is_file()
    }


def graded_by_nbgrader(course, students=None):
    desk = open_desk(course).at(LESSON)
    enter_assignment(desk)
    for submission in find(desk).submissions:
        if submission.problem is None and (students is None or submission.student in students):
            assert autograde(desk, submission.student) is None
    return course


@pytest.fixture
def nbgraders(graded_class, tmp_path):
    """The class of small_class.py, handed in anew and graded by nbgrader's converter."""
    course = graded_class.copy(tmp_path / "nbgrader")
    for left in ("autograded", "results"):
        shutil.rmtree(course / "autograde" / left)
    (course / "autograde" / "gradebook.db").unlink()
    return graded_by_nbgrader(course)


def test_gradebook_and_notebooks_are_the_same_for_a_class(graded_class, nbgraders):
    assert kept(nbgraders) == kept(graded_class.course)
    assert files(nbgraders) == files(graded_class.course)


@pytest.fixture
def both(bwrap, graded_class, tmp_path):
    """Two copies of a graded class in which somebody has handed in something else."""

    def change(edit):
        courses = [graded_class.copy(tmp_path / name) for name in ("ours", "nbgraders")]
        for course in courses:
            hand_in(course, "squares", filled(RIGHT))
            hand_in(course, "new", filled(RIGHT))
            edit(course)
        ours, nbgraders = courses
        grade_class(ours, LESSON)
        graded_by_nbgrader(nbgraders, {"squares", "new"})
        assert kept(ours) == kept(nbgraders)
        assert files(ours) == files(nbgraders)
        return ours

    return change


def test_what_a_teacher_changed_by_hand_stays_and_asks_for_another_look(both):
    def edit(course):
        with open_desk(course).gradebook() as book:
            grade = book.find_grade("test_twice", LESSON, LESSON, "squares")
            grade.manual_score, grade.extra_credit = 1.5, 0.5
            book.find_comment("twice", LESSON, LESSON, "squares").manual_comment = "See me."
            book.db.commit()

    _, _, rows = kept(both(edit))
    assert any(row[0] == "squares" and row[8:11] == (1.5, 0.5, 1) for row in rows)


def test_late_work_costs_what_the_desks_plugin_says(both):
    def edit(course):
        with open_desk(course).gradebook() as book:
            book.update_or_create_assignment(LESSON, duedate="2026-11-20 12:00:00 UTC")
        folder = course / "autograde" / "submitted"
        for student, time in (("new", "13:00:00"), ("squares", "11:00:00")):
            path = folder / student / LESSON / "timestamp.txt"
            path.write_text(f"2026-11-20 {time} UTC")
        (course / "late.py").write_text(
            "from nbgrader.plugins import BasePlugin\n"
            "class Half(BasePlugin):\n"
            "    def late_submission_penalty(self, student, score, seconds):\n"
            "        return score / 2\n"
        )
        settings = course / "autograde" / "nbgrader_config.py"
        settings.write_text(
            f"import sys\nsys.path.insert(0, {str(course)!r})\n{settings.read_text()}\n"
            "c.AssignLatePenalties.plugin_class = 'late.Half'\n"
        )

    _, _, rows = kept(both(edit))
    assert {row[4] for row in rows if row[0] == "new"} == {1.5}
    assert {row[4] for row in rows if row[0] == "squares"} == {None}


def test_files_beside_a_notebook_and_the_teachers_come_along(both):
    def edit(course):
        submitted = course / "autograde" / "submitted" / "new" / LESSON
        (submitted / "data").mkdir()
        (submitted / "data" / "a.csv").write_text("a student's")
        (submitted / "given.csv").write_text("changed by a student")
        source = course / "solutions" / LESSON
        (source / "given.csv").write_text("the teacher's")
        (submitted / "notes.ipynb").write_text("a notebook that is none of the lesson's")

    found = files(both(edit))
    assert found[f"new/{LESSON}/given.csv"][1] == b"the teacher's"
    assert found[f"new/{LESSON}/data/a.csv"][1] == b"a student's"
    assert f"new/{LESSON}/notes.ipynb" not in found


def test_unknown_steps_in_the_settings_are_left_to_nbgraders_converter(both):
    def edit(course):
        for folder in (course / "autograde" / "submitted").iterdir():
            if folder.name not in ("squares", "new"):  # with other steps all would be graded again
                shutil.rmtree(folder)
        (course / "shout.py").write_text(
            "from nbgrader.preprocessors import NbGraderPreprocessor\n"
            "class Shout(NbGraderPreprocessor):\n"
            "    def preprocess(self, nb, resources):\n"
            "        nb.cells[0].source = nb.cells[0].source.upper()\n"
            "        return nb, resources\n"
        )
        settings = course / "autograde" / "nbgrader_config.py"
        settings.write_text(
            f"import sys\nsys.path.insert(0, {str(course)!r})\n{settings.read_text()}\n"
            "c.Autograde.autograde_preprocessors.insert(1, 'shout.Shout')\n"
        )

    assert b"# A SMALL LESSON" in files(both(edit))[f"new/{LESSON}/{LESSON}.ipynb"][1]


# --- Killed at any instant.

KILLED = """
import os, signal, sys
from pathlib import Path
from convolab.grading.grade import GradeOptions, grade_class
from convolab.grading.gradebook import batch_writer
from convolab.grading.run import records, recorder

def killing(function, before=False):
    def run(*given, **more):
        came = None if before else function(*given, **more)
        os.kill(os.getpid(), signal.SIGKILL)
    return run

recorder.MOST = 2
place = sys.argv[1]
if place == "before a notebook is written":
    batch_writer.write_whole = killing(batch_writer.write_whole, before=True)
if place == "after a notebook is written":
    batch_writer.write_whole = killing(batch_writer.write_whole)
if place == "before the gradebook is":
    batch_writer.Batch.commit = killing(batch_writer.Batch.commit, before=True)
if place == "after the gradebook is":
    batch_writer.Batch.commit = killing(batch_writer.Batch.commit)
if place == "after a record is":
    records.save = killing(records.save)
grade_class(Path.cwd(), sys.argv[2], GradeOptions(jobs=2))
"""
PLACES = [
    "before a notebook is written", "after a notebook is written", "before the gradebook is",
    "after the gradebook is", "after a record is",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_whoever_is_killed_is_continued_to_the_same_end(course, bwrap, undisturbed, place):
    hand_in_three(course)
    killed = subprocess.run([sys.executable, "-c", KILLED, place, LESSON], cwd=course)
    assert killed.returncode == -signal.SIGKILL
    graded = grade_class(course, LESSON)
    assert [outcome.score for outcome in graded.outcomes.values()] == [3, 1, 3]
    assert sum(outcome.fresh for outcome in graded.outcomes.values()) >= 2
    assert (kept(course), files(course)) == undisturbed
    assert not any(grade.fresh for grade in grade_class(course, LESSON).outcomes.values())


def hand_in_three(course):
    hand_in(course, "ada", filled(RIGHT))
    hand_in(course, "bob", filled({**RIGHT, **SQUARES}))
    hand_in(course, "cyd", filled(RIGHT))


@pytest.fixture(scope="module")
def undisturbed(bwrap, tmp_path_factory):
    course = small_course(tmp_path_factory.mktemp("undisturbed") / "course")
    hand_in_three(course)
    grade_class(course, LESSON)
    return kept(course), files(course)
