"""What late work costs, and what happens to points that a teacher gives by hand."""

import csv

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGrader

from convolab.grading.desk import Desk, open_desk
from convolab.grading.grade import grade_class
from convolab.grading.grade_options import GradeOptions
from convolab.grading.gradebook.converters import autograde, feedback
from convolab.grading.gradebook.late_penalty import DAY, PerDay
from convolab.grading.out.export import GradesCsv
from tests.grading.small_course import LESSON, RIGHT, filled, hand_in, master, small_course


@pytest.mark.parametrize(
    ("late", "share", "grace", "cost"),
    [
        (-5, 0.1, 0, None),
        (1, 0.1, 0, 1.8),
        (600, 0.1, 15, None),
        (901, 0.1, 15, 1.8),
        (DAY + 1, 0.1, 0, 3.6),
        (40 * DAY, 0.1, 0, 18),
        (40 * DAY, 0, 0, None),
    ],
)
def test_each_day_that_has_begun_costs_a_share_and_never_more_than_there_is(
    late, share, grace, cost
):
    assert PerDay(share=share, grace=grace).late_submission_penalty("ada", 18, late) == cost


def by_hand(grade_id: str, cell, points: float):
    """A cell that the teacher reads and grades."""
    cell["id"] = grade_id
    cell.metadata["nbgrader"] = {
        "grade": True, "grade_id": grade_id, "locked": False, "points": points,
        "schema_version": 3, "solution": True, "task": False,
    }  # fmt: skip
    return cell


def with_answers_to_read(notebook, essay: str, sketch: str):
    notebook.cells.append(by_hand("essay", nbformat.v4.new_markdown_cell(essay), 5))
    notebook.cells.append(by_hand("sketch", nbformat.v4.new_code_cell(sketch), 2))
    return notebook


@pytest.fixture(scope="module")
def graded(bwrap, tmp_path_factory) -> Desk:
    """A lesson with two answers to read, and three students; bo and cy are thirty hours late."""
    course = small_course(tmp_path_factory.mktemp("late") / "course")
    source = with_answers_to_read(master(), "Your words.", "# your sketch")
    nbformat.write(source, course / "solutions" / LESSON / f"{LESSON}.ipynb")
    settings = course / "autograde" / "nbgrader_config.py"
    settings.write_text(settings.read_text() + "\nc.PerDay.share = 0.25\n")
    for student, time in (
        ("ada", "2026-11-20 12:00"),
        ("bo", "2026-11-21 18:00"),
        ("cy", "2026-11-21 18:00"),
    ):
        work = with_answers_to_read(filled(RIGHT), "Because it turns.", "x = 1")
        path = hand_in(course, student, work)
        path.with_name("timestamp.txt").write_text(f"{time}:00 UTC")
    desk = open_desk(course).at(LESSON)
    with desk.gradebook() as book:
        book.add_assignment(LESSON, duedate="2026-11-20 12:00:00 UTC")
        book.add_student("ada", first_name="Ada", last_name="King, Countess")
    assert grade_class(course, LESSON).outcomes["bo"].score == 3
    return desk


def row(desk: Desk, student: str) -> dict:
    path = desk.results / "grades.csv"
    with desk.gradebook() as book:
        GradesCsv(parent=NbGrader(config=desk.config), to=str(path)).export(book)
    with path.open(encoding="utf-8") as file:
        return next(line for line in csv.DictReader(file) if line["student_id"] == student)


def grade_by_hand(desk: Desk, student: str, **points: float) -> None:
    """As formgrader does it."""
    with desk.gradebook() as book:
        for name, score in points.items():
            grade = book.find_grade(name, LESSON, LESSON, student)
            grade.manual_score, grade.needs_manual_grade = score, False
            if name == "essay":
                book.find_comment(name, LESSON, LESSON, student).manual_comment = "Well said."
        book.db.commit()


def waiting(book: Gradebook, student: str) -> set[str]:
    grades = book.find_submission_notebook(LESSON, LESSON, student).grades
    return {grade.name for grade in grades if grade.needs_manual_grade}


def test_late_work_costs_what_the_settings_say_and_the_export_tells_both(graded):
    grade_by_hand(graded, "bo", essay=0, sketch=0)
    late = row(graded, "bo")
    assert (late["raw_score"], late["late_submission_penalty"], late["score"]) == (
        "3.0", "1.5", "1.5",
    )  # fmt: skip
    in_time = row(graded, "ada")
    assert (in_time["late_submission_penalty"], in_time["last_name"]) == ("0.0", "King, Countess")


def test_answers_to_read_wait_for_the_teacher_and_keep_what_the_teacher_gave(graded):
    with graded.gradebook() as book:
        assert waiting(book, "ada") == {"essay", "sketch"}
    grade_by_hand(graded, "ada", essay=4, sketch=1, test_twice=0.5)
    assert row(graded, "ada")["score"] == "6.5"

    again = grade_class(graded.course, LESSON)  # nothing has changed: nothing is graded again
    assert not again.outcomes["ada"].fresh
    grade_class(graded.course, LESSON, GradeOptions(force=True))
    assert row(graded, "ada")["score"] == "6.5"
    with graded.gradebook() as book:  # nbgrader asks for another look at what was given by hand
        assert waiting(book, "ada") == {"essay", "sketch", "test_twice"}

    assert feedback(graded) is None
    page = graded.folder("feedback") / "ada" / LESSON / f"{LESSON}.html"
    text = page.read_text()
    assert "Because it turns." in text
    assert "Well said." in text
    assert text.count("Read by your teacher") == 2
    assert "6.5 of 10" in text
    bo = (graded.folder("feedback") / "bo" / LESSON / f"{LESSON}.html").read_text()
    assert "Taken off because it was handed in late." in bo


def test_a_time_that_is_gone_or_mended_leaves_no_penalty_behind(graded):
    stamp = graded.folder("submitted") / "cy" / LESSON / "timestamp.txt"
    assert row(graded, "cy")["late_submission_penalty"] == "1.5"
    stamp.unlink()
    grade_class(graded.course, LESSON)
    assert row(graded, "cy")["late_submission_penalty"] == "0.0"

    stamp.write_text("2026-11-21 18:00:00 UTC")
    assert autograde(graded, "cy") is None  # and nbgrader's own way
    assert row(graded, "cy")["late_submission_penalty"] == "1.5"
    stamp.write_text("20.11.2026 10:00")
    assert "write it as 2026-11-20 15:00:00 UTC" in autograde(graded, "cy")
    stamp.unlink()
    assert autograde(graded, "cy") is None
    assert row(graded, "cy")["late_submission_penalty"] == "0.0"
    assert row(graded, "cy")["timestamp"] == ""
