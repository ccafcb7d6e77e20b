"""An extension given at the desk is honoured by whatever grades, until it is taken back."""

import csv
import datetime
import io
import shutil
import subprocess
import sys
from contextlib import closing

import pytest
from nbgrader.api import Gradebook
from rich.console import Console

from convolab.grading.desk import Desk, open_desk
from convolab.grading.extend import extend, list_extensions
from convolab.grading.grade import GradeOptions, grade_class
from convolab.grading.gradebook.converters import autograde, feedback
from convolab.grading.gradebook.extensions import all_extensions, in_words
from convolab.grading.gradebook.extensions_file import Extension, read_extensions
from convolab.grading.out.class_report import write_report
from convolab.problem import Problem
from tests.grading.gradebook.postgres_server import PostgresServer
from tests.grading.small_course import LESSON, RIGHT, filled, hand_in, small_course

# nbgrader's queries are older than the SQLAlchemy that runs them.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")

DUE = "2026-11-20 12:00:00 UTC"
DAY = datetime.timedelta(days=1)


@pytest.fixture(scope="module")
def late_class(bwrap, tmp_path_factory):
    """Bo and cy are thirty hours late, which costs a quarter of the points for each day."""
    course = small_course(tmp_path_factory.mktemp("extensions") / "course")
    settings = course / "autograde" / "nbgrader_config.py"
    settings.write_text(settings.read_text() + "\nc.PerDay.share = 0.25\n")
    for student in ("bo", "cy"):
        path = hand_in(course, student, filled(RIGHT))
        path.with_name("timestamp.txt").write_text("2026-11-21 18:00:00 UTC")
    with open_desk(course).gradebook() as book:
        book.add_assignment(LESSON, duedate=DUE)
        book.add_student("dee", first_name="Dee", last_name="Dawes")
    grade_class(course, LESSON, GradeOptions(jobs=1))
    return course


@pytest.fixture
def course(late_class, tmp_path):
    return shutil.copytree(late_class, tmp_path / "course")


def extended(course, *given, **more) -> str:
    console = Console(file=io.StringIO(), width=200)
    extend(course, *given, console, **more)
    return console.file.getvalue()


def penalty(course, student: str, db: str | None = None) -> float:
    with open_desk(course, db).gradebook() as book:
        return book.find_submission(LESSON, student).late_submission_penalty


def desk(course) -> Desk:
    return open_desk(course).at(LESSON)


def test_an_extension_takes_the_late_penalty_off_when_graded_again_and_nobody_elses(course):
    assert penalty(course, "bo") == penalty(course, "cy") == 1.5
    says = extended(course, "bo", LESSON, days=2.0)
    assert "bo has until 2026-11-22 12:00:00 UTC for 01_small: 2 days more." in says
    graded = grade_class(course, LESSON, GradeOptions(jobs=1))
    assert [s for s, outcome in graded.outcomes.items() if outcome.fresh] == ["bo"]
    assert (penalty(course, "bo"), penalty(course, "cy")) == (0, 1.5)
    assert "Extensions: bo until 2026-11-22 12:00:00 UTC." in graded.notes


def test_it_survives_regrading_and_a_submission_that_nbgrader_forgot(course):
    extended(course, "bo", LESSON, until="2026-11-22 13:00 Europe/Berlin")
    for _ in range(2):
        grade_class(course, LESSON, GradeOptions(jobs=1, force=True))
        assert penalty(course, "bo") == 0
    with desk(course).gradebook() as book:
        book.remove_submission(LESSON, "bo")
    grade_class(course, LESSON, GradeOptions(jobs=1))
    assert penalty(course, "bo") == 0


def test_one_that_ends_before_the_work_came_costs_the_days_after_it(course):
    extended(course, "bo", LESSON, days=1)
    grade_class(course, LESSON, GradeOptions(jobs=1))
    assert penalty(course, "bo") == 0.75


def test_whoever_hands_in_later_has_it_too(course):
    extended(course, "dee", LESSON, days=2)
    path = hand_in(course, "dee", filled(RIGHT))
    path.with_name("timestamp.txt").write_text("2026-11-21 18:00:00 UTC")
    grade_class(course, LESSON, GradeOptions(jobs=1))
    assert penalty(course, "dee") == 0
    assert not any(o.fresh for o in grade_class(course, LESSON).outcomes.values())


def test_nbgraders_own_autograde_honours_it_and_a_line_that_was_deleted(course):
    at = desk(course)
    file = course / "autograde" / "extensions.csv"
    file.write_text(f"student,lesson,days,until,reason\nbo,{LESSON},2,,ill\n")
    assert autograde(at, "bo") is None
    assert autograde(at, "cy") is None
    assert (penalty(course, "bo"), penalty(course, "cy")) == (0, 1.5)
    file.unlink()
    assert autograde(at, "bo") is None
    assert penalty(course, "bo") == 1.5


def test_what_was_given_with_nbgraders_own_api_stays_until_the_file_says_something_else(course):
    with desk(course).gradebook() as book:
        book.grant_extension(LESSON, "cy", days=2)
    extended(course, "bo", LESSON, days=2)
    extended(course, "bo", LESSON, off=True)
    grade_class(course, LESSON, GradeOptions(jobs=1))
    assert (penalty(course, "bo"), penalty(course, "cy")) == (1.5, 0)
    assert all_extensions(desk(course)) == {"cy": 2 * DAY}


def test_it_is_taken_back(course):
    extended(course, "bo", LESSON, days=3)
    says = extended(course, "bo", LESSON, off=True)
    assert "bo has no more time for 01_small than everybody else." in says
    assert read_extensions(desk(course)).extensions == []
    grade_class(course, LESSON, GradeOptions(jobs=1))
    assert penalty(course, "bo") == 1.5


def test_days_move_with_the_due_date_and_a_moment_does_not(course):
    extended(course, "bo", LESSON, days=1)
    extended(course, "cy", LESSON, until="2026-11-23 12:00 UTC")
    with desk(course).gradebook() as book:
        book.update_or_create_assignment(LESSON, duedate="2026-11-21 12:00:00 UTC")
    assert all_extensions(desk(course)) == {"bo": DAY, "cy": 2 * DAY}
    with desk(course).gradebook() as book:
        book.update_or_create_assignment(LESSON, duedate="2026-11-25 12:00:00 UTC")
    notes = grade_class(course, LESSON, GradeOptions(jobs=1)).notes
    assert any("extensions.csv:3 gives cy more time until 2026-11-23" in note for note in notes)
    assert penalty(course, "cy") == 0  # and is not earlier than everybody's


def test_feedback_report_and_list_show_it(course):
    extended(course, "bo", LESSON, days=3)
    grade_class(course, LESSON, GradeOptions(jobs=1))
    assert feedback(desk(course)) is None
    pages = {
        student: (course / "autograde" / "feedback" / student / LESSON / f"{LESSON}.html")
        for student in ("bo", "cy")
    }
    assert "You had more time: until 23 November 2026, 12:00 UTC." in pages["bo"].read_text()
    assert "more time" not in pages["cy"].read_text()
    assert "1 student had an extension." in write_report(course, LESSON).read_text()
    assert "bo" not in write_report(course, LESSON).read_text().split("<body>")[1].split()
    named = write_report(course, LESSON, names=True).read_text()
    assert "<td>2026-11-23 12:00:00 UTC</td>" in named
    console = Console(file=io.StringIO(), width=200)
    list_extensions(course, console, [LESSON])
    assert f"bo {LESSON} {DUE}" in " ".join(console.file.getvalue().split())
    assert "3 days" in console.file.getvalue()


def test_what_a_teacher_wrote_into_the_file_stays(course):
    file = course / "autograde" / "extensions.csv"
    text = "\ufeffstudent;lesson;reason;days;until\ncy;1;at sea;1,5;\nbo;02_other;;2;\n"
    file.write_text(text, encoding="utf-8")  # as a spreadsheet saves it
    assert all_extensions(desk(course)) == {"cy": 1.5 * DAY}
    extended(course, "bo", LESSON, days=2)
    extended(course, "cy", LESSON, days=4)
    rows = list(csv.reader(file.open(encoding="utf-8"), delimiter=";"))
    assert rows[0] == ["\ufeffstudent", "lesson", "reason", "days", "until"]  # its mark, too
    assert rows[1:] == [
        ["cy", LESSON, "at sea", "4", ""],
        ["bo", "02_other", "", "2", ""],
        ["bo", LESSON, "", "2", ""],
    ]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("boo", {"days": 3}), "There is no student 'boo'. Did you mean bo?"),
        (("Dee Dawes", {"days": 3}), "Did you mean dee?"),
        (("bo", {"days": -1.0}), "-1 is not a number of days: write one above 0"),
        (("bo", {"days": 0}), "0 days are no extension"),
        (("bo", {"days": float("nan")}), "nan is not a number of days"),
        (("bo", {"days": 1e9}), "up to 1000"),
        (("bo", {"until": "2026-12-04 18:00"}), "write it with its zone"),
        (("bo", {"until": "04.12.2026 18:00 UTC"}), "is not an unambiguous time"),
        (("bo", {"until": "2026-12-04 18:00 Europe/Berlinn"}), "is not an unambiguous time"),
        (("bo", {"until": "2026-10-25 02:30 Europe/Berlin"}), "is not an unambiguous time"),
        (("bo", {"until": "2026-11-20 12:00 UTC"}), "is not after the due date of 01_small"),
        (("bo", {"until": "2026-11-20 12:00 Europe/Berlin"}), "2026-11-20 12:00:00 UTC"),
        (("bo", {"off": True}), "bo has no extension for 01_small in autograde/extensions.csv"),
        (("bo", {}), "Say how much time: --days 3"),
        (("bo", {"days": 3, "off": True}), "Say how much time: --days 3"),
    ],
)
def test_what_cannot_be_an_extension_is_a_sentence_and_changes_nothing(late_class, given, says):
    student, more = given
    with pytest.raises(Problem) as problem:
        extended(late_class, student, LESSON, **more)
    assert says in str(problem.value)
    assert "\n" not in str(problem.value)
    assert not (late_class / "autograde" / "extensions.csv").exists()


def test_without_a_due_date_nobody_can_have_more_time(tmp_path):
    course = small_course(tmp_path / "course")
    hand_in(course, "ada", filled(RIGHT))
    with pytest.raises(Problem, match="has no due date, so nobody can be late: set one with"):
        extended(course, "ada", LESSON, days=3)
    assert not (course / "autograde" / "gradebook.db").exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,lesson\n", "The first line of extensions.csv should be student,lesson,days,until"),
        ("student,lesson,days,until\nbo,01_small,,\n", "extensions.csv:2: write either days or"),
        ("student,lesson,days,until\n\nbo,01,three,\n", "extensions.csv:3: three is not a number"),
        ("student,lesson,days,until\nbo,01,,2026-12-04 18:00\n", "extensions.csv:2: '2026-12-04"),
        ("student,lesson,days,until\nbo,01,-2,\n", "extensions.csv:2: -2 is not a number"),
        ("student,lesson,days,until\n,01,2,\n", "extensions.csv:2 names no student"),
        ("student,lesson,days,until\nbo,01,2,,ill\n", "extensions.csv:2 has more columns than"),
        ("student,lesson,days,until\nbo,01,2,\nbo,01_small,3,\n", "in the lines 2 and 3"),
        ("student,lesson,days,until\nb\xf6,01,2,\n".encode("cp1252"), "save it as a CSV table"),
    ],
)
def test_a_line_that_is_wrong_stops_grading_and_is_named(course, text, says):
    content = text if isinstance(text, bytes) else text.encode()
    (course / "autograde" / "extensions.csv").write_bytes(content)
    with pytest.raises(Problem) as problem:
        grade_class(course, LESSON, GradeOptions(jobs=1))
    assert says in str(problem.value)
    assert penalty(course, "bo") == 1.5
    assert says in autograde(desk(course), "bo")


def test_a_line_for_somebody_unknown_is_a_note(course):
    (course / "autograde" / "extensions.csv").write_text("student,lesson,days,until\nboo,01,2,\n")
    notes = grade_class(course, LESSON, GradeOptions(jobs=1)).notes
    assert any("extensions.csv:2 gives boo more time, but no student has" in n for n in notes)


def test_a_lessons_number_may_lose_its_zero_in_a_spreadsheet():
    assert all(Extension("bo", name, 1).is_for("01_small") for name in ("01_small", "01", "1"))
    assert not any(Extension("bo", name, 1).is_for("01_small") for name in ("10", "0", "11"))
    assert Extension("bo", "0", 1).is_for("00_start_here")


@pytest.mark.journey
def test_with_postgresql_and_nbgraders_own_command(course):
    with closing(PostgresServer()) as server:
        server.start()
        url = server.url("extensions")
        settings = course / "autograde" / "nbgrader_config.py"
        settings.write_text(settings.read_text() + f"\nc.CourseDirectory.db_url = {url!r}\n")
        with Gradebook(url, "convolution-lab") as book:
            book.add_assignment(LESSON, duedate=DUE)
        grade_class(course, LESSON, GradeOptions(jobs=1))
        assert (penalty(course, "bo"), penalty(course, "cy")) == (1.5, 1.5)
        extended(course, "bo", LESSON, days=2)
        grade_class(course, LESSON, GradeOptions(jobs=1))
        assert (penalty(course, "bo"), penalty(course, "cy")) == (0, 1.5)
        extended(course, "bo", LESSON, off=True)
        extended(course, "cy", LESSON, until="2026-11-22 12:00 UTC")
        command = [sys.executable, "-m", "nbgrader", "autograde", LESSON, "--force"]
        done = subprocess.run(command, cwd=course, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert (penalty(course, "bo"), penalty(course, "cy")) == (1.5, 0)


@pytest.mark.parametrize(
    ("hours", "says"),
    [(1, "1 hour"), (24, "1 day"), (30, "30 hours"), (48, "2 days"), (341, "14.2 days")],
)
def test_how_much_more_time_it_is_in_words(hours, says):
    assert in_words(datetime.timedelta(hours=hours)) == says
