"""With the gradebook on a real PostgreSQL server: the same grades as in SQLite, and none lost."""

import contextlib
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from convolab.grading.desk import open_desk
from convolab.grading.grade import ALL_GRADED, GradeOptions, grade, grade_class
from convolab.grading.gradebook import batch_writer
from convolab.grading.gradebook.converters import feedback
from convolab.grading.out.returns.class_points import class_points
from convolab.problem import Problem
from tests.grading.gradebook.postgres_server import PostgresServer
from tests.grading.small_course import LESSON, class_of_four, hand_in, small_course

pytestmark = pytest.mark.journey

OTHER = "02_other"
WORK = class_of_four()


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """A server that all tests here share, each with a database of its own."""
    with contextlib.closing(PostgresServer()) as server:
        server.start()
        yield server


@pytest.fixture
def course(bwrap: str, tmp_path: Path) -> Path:
    """A course with two lessons, each with a class of four."""
    course = small_course(tmp_path / "course")
    exercises, solutions = course / "autograde" / "exercises", course / "solutions"
    shutil.copytree(exercises / LESSON, exercises / OTHER)
    (solutions / OTHER).mkdir()
    shutil.copy(solutions / LESSON / f"{LESSON}.ipynb", solutions / OTHER / f"{OTHER}.ipynb")
    for student, work in WORK.items():
        first = hand_in(course, student, work)
        second = first.parents[1] / OTHER / f"{OTHER}.ipynb"
        second.parent.mkdir()
        shutil.copy(first, second)
    return course


def contents(db_url: str, *lessons: str) -> dict:
    """All grades and comments of these lessons, as nbgrader reads them."""
    with Gradebook(db_url, "convolution-lab") as book:
        return {
            (lesson, submission.student.id): (
                submission.score,
                submission.needs_manual_grade,
                sorted(
                    (g.name, g.auto_score, g.manual_score, g.max_score, g.needs_manual_grade)
                    for notebook in submission.notebooks
                    for g in notebook.grades
                ),
                sorted(
                    (c.name, c.auto_comment, c.manual_comment)
                    for notebook in submission.notebooks
                    for c in notebook.comments
                ),
            )
            for lesson in lessons
            for submission in book.assignment_submissions(lesson)
        }


def graded_in_sqlite(course: Path, *lessons: str) -> dict:
    """What a gradebook of the same class holds that was never disturbed."""
    url = f"sqlite:///{course / 'undisturbed.db'}"
    for lesson in lessons:
        assert grade(course, lesson, GradeOptions(db=url)) == ALL_GRADED
    return contents(url, *lessons)


def test_a_teachers_whole_way_gives_the_same_gradebook_as_sqlite(server, course):
    url = server.url("whole")
    graded = grade_class(course, LESSON, GradeOptions(db=url))
    scores = {student: outcome.score for student, outcome in graded.outcomes.items()}
    assert scores == {"ada": 3.0, "bob": 1.0, "cleo": 2.0, "dan": 2.0}
    with Gradebook(url, "convolution-lab") as book:
        row = book.find_grade("test_total", LESSON, LESSON, "cleo")
        row.manual_score = 0.5
        book.db.commit()
    (course / "autograde" / "submitted" / "bob" / LESSON / "helper.py").write_text("x = 1")
    again = grade_class(course, LESSON, GradeOptions(db=url))
    assert [name for name, outcome in again.outcomes.items() if outcome.fresh] == ["bob"]
    settings = course / "autograde" / "nbgrader_config.py"
    settings.write_text(settings.read_text() + f"\nc.CourseDirectory.db_url = {url!r}\n")
    assert feedback(open_desk(course).at(LESSON)) is None
    assert "0.5" in (
        course / "autograde" / "feedback" / "cleo" / LESSON / f"{LESSON}.html"
    ).read_text(encoding="utf-8")
    nbgrader = Path(sys.executable).parent / "nbgrader"
    for arguments in (["autograde", LESSON, "--student", "ada", "--force"], ["export"]):
        done = subprocess.run([nbgrader, *arguments], cwd=course, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert "cleo" in (course / "autograde" / "results" / "grades.csv").read_text()
    results = class_points(open_desk(course).at(LESSON), "A small lesson").results
    assert {who: result.score for who, result in results.items()} == scores | {"cleo": 2.5}
    here = contents(url, LESSON)
    there = graded_in_sqlite(course, LESSON)
    assert here.pop((LESSON, "cleo"))[0] == 2.5
    there.pop((LESSON, "cleo"))
    assert here == there


def test_two_graders_at_once_on_different_lessons_and_on_the_same_one(server, course):
    url = server.url("two")
    program = (
        "import sys\nfrom pathlib import Path\n"
        "from convolab.grading.grade import GradeOptions, grade\n"
        "sys.exit(grade(Path.cwd(), sys.argv[1], GradeOptions(db=sys.argv[2], jobs=1)))"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, lesson, url],
            cwd=course,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for lesson in (LESSON, OTHER, LESSON)
    ]
    said = [process.communicate(timeout=120)[0].decode() for process in running]
    assert [process.returncode for process in running] == [ALL_GRADED] * 3, said
    assert sum("is already being graded" in " ".join(text.split()) for text in said) == 1
    assert contents(url, LESSON, OTHER) == graded_in_sqlite(course, LESSON, OTHER)


def test_a_server_that_stops_and_starts_in_the_middle_loses_nothing(server, course, monkeypatch):
    url = server.url("middle")
    enter, entered = batch_writer.Writer._enter, []

    def with_a_stop(writer: batch_writer.Writer, cells: dict) -> list[str]:
        entered.append(list(cells))
        if len(entered) == 1:
            server.stop()
        if len(entered) == 3:
            server.start()
        return enter(writer, cells)

    monkeypatch.setattr(batch_writer.Writer, "_enter", with_a_stop)
    assert grade(course, LESSON, GradeOptions(db=url)) == ALL_GRADED
    assert len(entered) > 2, "it was tried again until the server was there"
    monkeypatch.undo()
    assert contents(url, LESSON) == graded_in_sqlite(course, LESSON)


def test_a_server_that_stays_away_is_a_problem_and_a_rerun_goes_on(server, course, monkeypatch):
    url = server.url("away")
    monkeypatch.setattr(batch_writer, "PATIENCE", 1)
    enter = batch_writer.Writer._enter

    def without_a_server(writer: batch_writer.Writer, cells: dict) -> list[str]:
        server.stop()
        return enter(writer, cells)

    monkeypatch.setattr(batch_writer.Writer, "_enter", without_a_server)
    started = time.monotonic()
    try:
        with pytest.raises(Problem, match=r"The gradebook postgresql\+psycopg://.* cannot be used"):
            grade_class(course, LESSON, GradeOptions(db=url))
        assert time.monotonic() - started < 60
    finally:
        monkeypatch.undo()
        server.start()
    assert grade(course, LESSON, GradeOptions(db=url)) == ALL_GRADED
    assert contents(url, LESSON) == graded_in_sqlite(course, LESSON)
