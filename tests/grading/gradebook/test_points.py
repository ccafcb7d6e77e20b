"""Exercises are worth the same wherever it is written, or nobody is graded."""

import csv
import json
import re
import shutil

import nbformat
import pytest

from convolab.grading.desk import open_desk
from convolab.grading.grade import grade_class
from convolab.grading.gradebook import gradebook
from convolab.grading.gradebook.converters import autograde, feedback
from convolab.grading.gradebook.enter_lesson import enter_assignment
from convolab.grading.out.class_report import write_report
from convolab.grading.out.export import GradesCsv
from convolab.problem import Problem
from tests.grading.small_course import LESSON, RIGHT, filled, hand_in

# nbgrader's queries are older than the SQLAlchemy that runs them.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


@pytest.fixture
def course(graded_class, tmp_path):
    """A copy of the graded class, with two of its students."""
    course = graded_class.copy(tmp_path / "copy")
    for folder in ("submitted", "autograded"):
        for path in (course / "autograde" / folder).iterdir():
            if path.name not in ("ada", "squares"):
                shutil.rmtree(path)
    with open_desk(course).gradebook() as book:
        for student in [s.id for s in book.students if s.id not in ("ada", "squares")]:
            book.remove_student(student)
    return course


def mended(course, file, old, new):
    path = course / "autograde" / "exercises" / LESSON / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def twice_is_worth(course, old, new):
    """Change what the numbers of twice are worth, beside the one point of its errors."""
    mended(course, "twice.py", f'"numbers": {old - 1},', f'"numbers": {new - 1},')


def renamed(course, old, new):
    (course / "autograde" / "exercises" / LESSON / old).rename(
        course / "autograde" / "exercises" / LESSON / new
    )


def graded_by_hand(course):
    """The check of the by-hand answer gets a point in the notebook."""
    desk = open_desk(course).at(LESSON)
    master = desk.read_master()
    for cell in master.cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("grade_id") == "test_by_hand":
            about.update(grade=True, points=1)
    nbformat.write(master, desk.master())


def built(course, old, new):
    path = open_desk(course).at(LESSON).master()
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def contents(course):
    """All that grading records."""
    book = gradebook.standings(open_desk(course).at(LESSON))
    files = {
        path: path.read_bytes()
        for folder in ("autograded", "results")
        for path in (course / "autograde" / folder).rglob("*.[ij]*")
    }
    return book, files


SPEC, MASTER = f"autograde/exercises/{LESSON}", f"solutions/{LESSON}/{LESSON}.ipynb"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda c: twice_is_worth(c, 2, 1.5), f"twice is worth 1.5 in {SPEC} and 2 in"),
        (lambda c: twice_is_worth(c, 2, 7), f"twice is worth 7 in {SPEC} and 2 in"),
        (lambda c: built(c, '"points": 2', '"points": 4'), "twice is worth 2 in"),
        (lambda c: renamed(c, "total.py", "whole.py"),
         f"whole of {SPEC} has no check in {MASTER}; {MASTER} has a check of total, which is not"),
        (lambda c: mended(c, "by_hand.toml", "right = 6", "right = 6\n[other]\nright = 1"),
         f"other of {SPEC} has no check in {MASTER}"),
        (lambda c: mended(c, "by_hand.toml", "[by_hand]", "[by_mind]"),
         f"by_mind of {SPEC} has no check"),
        (lambda c: mended(c, "total.py", 'points={"sum": 1}, ', ""), "total is worth 0 in"),
        (graded_by_hand, f"by_hand is worth 0 in {SPEC} and 1 in"),
        (lambda c: built(c, '"grade": true,', '"grade": false,'), "and 0 in"),
    ],
)  # fmt: skip
def test_where_they_differ_nothing_is_recorded_and_a_sentence_names_exercise_and_command(
    course, change, says
):
    before = contents(course)
    change(course)
    with pytest.raises(Problem) as problem:
        grade_class(course, LESSON)
    assert says in str(problem.value)
    assert f"run `convolab build {LESSON}`, then grade again." in str(problem.value)
    assert "\n" not in str(problem.value)
    assert contents(course) == before


def test_points_that_were_changed_and_built_are_what_everybody_gets(course):
    for old, new in ((2, 5), (5, 1.5)):  # raised, then lowered
        twice_is_worth(course, old, new)
        built(course, f'"points": {old}', f'"points": {new}')
        with pytest.raises(Problem, match="Nothing in 01_small is graded yet"):
            write_report(course, LESSON)  # of points that nobody has by now
        graded = grade_class(course, LESSON)
        scores = {s: (o.score, o.max_score, o.problem) for s, o in graded.outcomes.items()}
        assert scores == {"ada": (new + 1, new + 1, None), "squares": (1, new + 1, None)}
        desk = open_desk(course).at(LESSON)
        assert gradebook.standings(desk)["ada"].score == new + 1
        assert f"{new + 1} points" in re.sub(
            r"<[^>]+>", "", write_report(course, LESSON).read_text()
        )
        assert feedback(desk) is None
        page = course / "autograde" / "feedback" / "ada" / LESSON / f"{LESSON}.html"
        text = " ".join(re.sub(r"<[^>]+>", " ", page.read_text()).split())
        assert f"{new} of {new}" in text
        table = course / "grades.csv"
        with desk.gradebook() as book:
            GradesCsv(to=str(table)).export(book)
        rows = {row["student_id"]: row for row in csv.DictReader(table.open())}
        assert float(rows["ada"]["score"]) == float(rows["ada"]["max_score"]) == new + 1


def test_nbgraders_own_autograde_refuses_points_of_an_older_gradebook(course):
    hand_in(course, "new", filled(RIGHT))
    desk = open_desk(course).at(LESSON)
    twice_is_worth(course, 2, 5)
    said = autograde(desk, "new")
    assert said.startswith("Problem: twice is worth 5 in")
    assert "and 2 in the gradebook" in said
    assert f"`nbgrader generate_assignment {LESSON} --force`" in said
    assert set(gradebook.standings(desk)["new"].auto_scores.values()) == {None}
    built(course, '"points": 2', '"points": 5')
    enter_assignment(desk)
    assert autograde(desk, "new") is None
    assert gradebook.standings(desk)["new"].score == 6


def test_a_handed_out_notebook_that_is_older_than_the_solutions_is_a_note(course):
    released = course / "notebooks" / LESSON / f"{LESSON}.ipynb"
    released.parent.mkdir()
    released.write_text(json.dumps(filled({})))
    [note] = grade_class(course, LESSON).notes
    assert note.startswith(f"notebooks/{LESSON} is out of step with solutions/{LESSON}")
