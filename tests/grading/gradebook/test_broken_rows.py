"""A row of the gradebook that cannot be read costs the student it belongs to, whoever broke it.

SQLite keeps any text in any column, so a hand with a database tool can leave a word where points or
a time belong. Each kind of broken row belongs to a student who is called like it.
"""

import csv
import io
import logging
import shutil

import pytest
from nbgrader.apps.baseapp import NbGrader
from sqlalchemy import create_engine, text

from convolab.grading import grade
from convolab.grading.desk import open_desk
from convolab.grading.grade_options import GradeOptions
from convolab.grading.gradebook.converters import feedback
from convolab.grading.out import class_report
from convolab.grading.out.export import GradesCsv
from convolab.grading.out.returns.class_points import class_points
from tests.grading.small_course import LESSON, RIGHT, filled, hand_in, small_course

OF_THE_STUDENT = "(SELECT id FROM submitted_assignment WHERE student_id = :student)"
OF_THE_NOTEBOOK = f"(SELECT id FROM submitted_notebook WHERE assignment_id = {OF_THE_STUDENT})"
HERS = f"WHERE assignment_id = {OF_THE_STUDENT}"
A_GRADE = f"UPDATE grade SET {{}} WHERE notebook_id = {OF_THE_NOTEBOOK}"
A_SUBMISSION = f"UPDATE submitted_assignment SET {{}} WHERE id = {OF_THE_STUDENT}"
BROKEN = {
    "points-in-words": A_GRADE.format("manual_score = 'three'"),
    "points-in-bytes": A_GRADE.format("manual_score = x'00ff'"),
    "endless-points": A_GRADE.format("manual_score = 9e999"),
    "extra-in-words": A_GRADE.format("extra_credit = 'one more'"),
}
MENDED = {"check-in-words": A_GRADE.format("auto_score = 'two'")}  # by grading again
ON_PAPER = {"no-such-time": A_SUBMISSION.format("timestamp = 'yesterday'")}
EXTENDED = {"no-such-extension": A_SUBMISSION.format("extension = 'a week'")}
KINDS = {**BROKEN, **MENDED, **ON_PAPER, **EXTENDED}
SOUND = ["ada", "zoe"]


@pytest.fixture(scope="module")
def broken(bwrap, tmp_path_factory):
    """A course that was graded, and whose gradebook was broken for some."""
    course = small_course(tmp_path_factory.mktemp("broken") / "course")
    for student in (*SOUND, *KINDS):
        hand_in(course, student, filled(RIGHT))
    grade.grade_class(course, LESSON, GradeOptions(jobs=1))
    engine = create_engine(open_desk(course).at(LESSON).coursedir().db_url)
    with engine.begin() as connection:
        for student, breaks in KINDS.items():
            assert connection.execute(text(breaks), {"student": student}).rowcount
    engine.dispose()
    return course


def copied(broken, tmp_path):
    return shutil.copytree(broken, tmp_path / "course")


def named(graded):
    return {student for student, outcome in graded.outcomes.items() if outcome.problem}


def test_everybody_else_keeps_their_points_when_the_class_is_graded_again(broken, tmp_path):
    graded = grade.grade_class(copied(broken, tmp_path), LESSON)
    assert named(graded) == set(BROKEN)
    assert {graded.outcomes[s].score for s in set(KINDS) - set(BROKEN)} == {3}
    assert [graded.outcomes[student].score for student in SOUND] == [3, 3]
    assert "'three' as points of" in graded.outcomes["points-in-words"].problem
    assert [s for s in KINDS if graded.outcomes[s].fresh] == [*BROKEN, *MENDED]


def test_whoever_cannot_be_recorded_is_named_and_the_others_are_graded(broken, tmp_path):
    graded = grade.grade_class(copied(broken, tmp_path), LESSON, GradeOptions(force=True))
    assert named(graded) == {*BROKEN, *ON_PAPER, *EXTENDED}
    assert [graded.outcomes[student].score for student in [*SOUND, *MENDED]] == [3, 3, 3]


def test_the_export_has_a_row_of_points_for_everybody_else(broken, tmp_path, caplog):
    desk = open_desk(copied(broken, tmp_path)).at(LESSON)
    target = tmp_path / "grades.csv"
    plugin = GradesCsv(parent=NbGrader(config=desk.config), to=str(target))
    plugin.log = logging.getLogger("export")
    with desk.gradebook() as book:
        plugin.export(book)
    rows = {row["student_id"]: row for row in csv.DictReader(io.StringIO(target.read_text()))}
    assert sorted(rows) == sorted([*SOUND, *KINDS])
    scores = {student: row["score"] for student, row in rows.items()}
    assert {student for student, score in scores.items() if score == "3.0"} == set(SOUND)
    assert {student for student, score in scores.items() if not score} == set(KINDS)
    for student in KINDS:
        assert f"{student} has a row without points: " in caplog.text


def test_everybody_else_gets_their_points_back(broken, tmp_path):
    desk = open_desk(copied(broken, tmp_path)).at(LESSON)
    engine = create_engine(desk.coursedir().db_url)
    late = f"UPDATE submitted_notebook SET late_submission_penalty = 'a lot' {HERS}"
    with engine.begin() as connection:
        assert connection.execute(text(late), {"student": "ada"}).rowcount
    engine.dispose()
    results = class_points(desk, "A lesson").results
    graded = {student for student, result in results.items() if result.status == "graded"}
    assert "zoe" in graded
    assert {results[student].score for student in graded} == {3}
    for student in (*BROKEN, "ada"):
        assert (results[student].status, results[student].score) == ("could not be graded", None)


def test_the_report_and_the_pages_are_written_for_everybody_else(broken, tmp_path):
    course = copied(broken, tmp_path)
    page = class_report.write_report(course, LESSON, names=True).read_text()
    for student in BROKEN:
        assert student in page
    assert "as points of" in page
    failed = feedback(open_desk(course).at(LESSON))
    pages = {path.parts[-3] for path in (course / "autograde" / "feedback").rglob("*.html")}
    assert set(SOUND) <= pages
    assert not pages & set(BROKEN)
    assert all(student in failed for student in BROKEN)
