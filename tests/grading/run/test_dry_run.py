"""`grade --dry-run` shows whose grade would change, and not a byte of the desk is another one."""

import io
import shutil
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from rich.console import Console
from sqlalchemy import MetaData, create_engine, select
from typer.testing import CliRunner

from convolab import cli
from convolab.grading.desk import open_desk
from convolab.grading.grade import ALL_GRADED, SOME_WITH_PROBLEM, GradeOptions, grade, grade_class
from convolab.grading.gradebook.converters import feedback
from convolab.grading.run.pool import LessonHere
from convolab.problem import Problem
from tests.grading.gradebook.postgres_server import PostgresServer
from tests.grading.small_course import (
    LESSON,
    RIGHT,
    SQUARES,
    class_of_four,
    filled,
    hand_in,
    small_course,
)

# nbgrader's queries are older than the SQLAlchemy that runs them.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")

OWN_STEP = "\nc.Autograde.sanitize_preprocessors.insert(1, 'nbgrader.preprocessors.ClearOutput')\n"


def submitted(course: Path) -> None:
    for student, work in class_of_four().items():
        hand_in(course, student, work)


@pytest.fixture(scope="module")
def graded(bwrap, tmp_path_factory):
    """A class of four that was graded, with its feedback pages and points by hand."""
    course = small_course(tmp_path_factory.mktemp("dry") / "course")
    submitted(course)
    grade_class(course, LESSON, GradeOptions(jobs=1))
    desk = open_desk(course).at(LESSON)
    with desk.gradebook() as book:
        book.update_or_create_assignment(LESSON, duedate="2026-11-20 12:00:00 UTC")
        book.find_grade("test_total", LESSON, LESSON, "bob").manual_score = 0.5
        book.db.commit()
    hand_in(course, "bob", filled({**RIGHT, **SQUARES, "by_hand": "by_hand = 7"}))
    grade_class(course, LESSON, GradeOptions(jobs=1))
    assert feedback(desk) is None
    return course


@pytest.fixture
def course(graded, tmp_path):
    return shutil.copytree(graded, tmp_path / "course")


def everything(course: Path) -> dict[Path, bytes | None]:
    """Every file and folder with its bytes."""
    return {p: p.read_bytes() if p.is_file() else None for p in course.rglob("*")}


def rehearsed(course: Path, **options) -> tuple[int, str]:
    before, console = everything(course), Console(file=io.StringIO(), width=120)
    options = GradeOptions(jobs=1, dry_run=True, **options)
    status = grade(course, LESSON, options, console=console)
    assert everything(course) == before
    return status, " ".join(console.file.getvalue().split())


def much_has_changed(course: Path) -> None:
    """A new file, a broken one, somebody new, an extension, another case and another hint."""
    hand_in(course, "cleo", filled(RIGHT))
    hand_in(course, "dan", "{")
    hand_in(course, "eve", filled(RIGHT))
    list_ = course / "autograde" / "extensions.csv"
    list_.write_text("student,lesson,days,until\nada,01,3,\n")
    path = course / "autograde" / "exercises" / LESSON / "twice.py"
    path.write_text(path.read_text().replace("These are the squares.", "You squared."))


def test_it_shows_what_grading_then_does_and_changes_no_byte(course):
    much_has_changed(course)
    status, text = rehearsed(course)
    assert status == SOME_WITH_PROBLEM
    assert "cleo total 0 of 1 → 1 of 1 new file" in text
    assert "bob twice 0 of 2 → 0 of 2 hint only" in text
    assert "Whose grade changed: 2 students" in text
    assert text.endswith("This was a dry run: nothing was recorded.")
    rehearsal = grade_class(course, LESSON, GradeOptions(jobs=1, dry_run=True))
    real = grade_class(course, LESSON, GradeOptions(jobs=1))
    assert rehearsal.changes == real.changes
    assert rehearsal.public()["students"] == real.public()["students"]
    assert rehearsal.notes == real.notes


def test_where_nothing_changed_it_says_so_and_runs_nobody(course):
    status, text = rehearsed(course)
    assert status == ALL_GRADED
    assert "4 graded (4 before, unchanged since)" in text
    assert "Nobody's grade has changed. This was a dry run: nothing was recorded." in text


def test_before_anybody_is_graded_it_makes_no_gradebook(bwrap, tmp_path):
    course = small_course(tmp_path / "course")
    submitted(course)
    status, text = rehearsed(course)
    assert status == ALL_GRADED
    assert "ada 3 of 3 all right" in text
    assert "grade has changed" not in text
    assert not (course / "autograde" / "gradebook.db").exists()


def test_a_desk_with_steps_of_its_own_is_rehearsed_by_nbgraders_converter(course):
    settings = course / "autograde" / "nbgrader_config.py"
    settings.write_text(settings.read_text() + OWN_STEP)
    hand_in(course, "cleo", filled(RIGHT))
    (course / "autograde" / "extensions.csv").write_text("student,lesson,days,until\ncleo,01,3,\n")
    status, text = rehearsed(course)
    assert status == ALL_GRADED
    assert "cleo total 0 of 1 → 1 of 1 new file, settings" in text


def test_a_fault_of_the_grader_is_told_and_not_logged(course, monkeypatch):
    def fail(*_):
        raise RuntimeError("odd")

    monkeypatch.setattr(LessonHere, "run", fail)
    hand_in(course, "cleo", filled(RIGHT))
    status, text = rehearsed(course)
    assert status == SOME_WITH_PROBLEM
    assert "The grader failed on it (RuntimeError: odd)." in text
    assert "faults.log" not in text


def test_a_list_of_extensions_that_cannot_be_read_is_the_same_sentence(course):
    (course / "autograde" / "extensions.csv").write_text("student\n")
    before = everything(course)
    with pytest.raises(Problem, match=r"The first line of extensions\.csv should be"):
        grade(course, LESSON, GradeOptions(jobs=1, dry_run=True), console=Console(quiet=True))
    assert everything(course) == before


def test_a_damaged_gradebook_is_a_sentence(course):
    (course / "autograde" / "gradebook.db").write_text("not a database")
    with pytest.raises(Problem, match=r"gradebook\.db cannot be used: file is not a database"):
        grade_class(course, LESSON, GradeOptions(jobs=1, dry_run=True))


def test_nothing_is_left_in_the_temporary_folder(course):
    before = set(Path(tempfile.gettempdir()).iterdir())
    rehearsed(course)
    assert set(Path(tempfile.gettempdir()).iterdir()) <= before


def test_the_command_has_the_option(course):
    (course / "notebooks" / LESSON).mkdir(exist_ok=True)
    shutil.copy(course / "solutions" / LESSON / f"{LESSON}.ipynb", course / "notebooks" / LESSON)
    (course / "lessons").mkdir()
    (course / "lessons" / f"{LESSON}.py").touch()
    before = everything(course)
    asked = CliRunner().invoke(cli.app, ["grade", "01", "--dry-run", "--course", str(course)])
    assert asked.exit_code == 0, asked.output
    assert everything(course) == before


@pytest.mark.journey
def test_with_postgresql_the_server_holds_what_it_held(course):
    with closing(PostgresServer()) as server:
        server.start()
        url = server.url("dry")
        with Gradebook(url, "convolution-lab") as book:
            book.add_assignment(LESSON, duedate="2026-11-20 12:00:00 UTC")
        grade_class(course, LESSON, GradeOptions(jobs=1, db=url))
        with Gradebook(url, "convolution-lab") as book:
            book.find_grade("test_total", LESSON, LESSON, "ada").manual_score = 0.5
            book.grant_extension(LESSON, "bob", days=2)
            book.db.commit()
        much_has_changed(course)
        before = rows(url)
        status, text = rehearsed(course, db=url)
        assert status == SOME_WITH_PROBLEM
        assert rows(url) == before
        assert "cleo total 0 of 1 → 1 of 1 new file" in text
        assert "ada total 1 of 1 → 0.5 of 1 by hand" in text
        real = grade_class(course, LESSON, GradeOptions(jobs=1, db=url))
        assert {(c.student, c.exercise, c.why) for c in real.changes} == {
            ("ada", "total", ("by hand",)),
            ("bob", "twice", ("hint only",)),
            ("cleo", "total", ("new file",)),
        }


def rows(url: str) -> dict[str, list]:
    """Everything that a database holds."""
    engine, metadata = create_engine(url), MetaData()
    with engine.connect() as connection:
        metadata.reflect(connection)
        held = {
            name: sorted(map(repr, connection.execute(select(table)).all()))
            for name, table in metadata.tables.items()
        }
    engine.dispose()
    return held
