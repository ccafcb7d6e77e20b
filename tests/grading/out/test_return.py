"""`convolab return`: a class from two platforms is collected, graded, and goes back to both."""

import csv
import io
import os
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbgrader.apps import ExportApp, ZipCollectApp
from rich.console import Console

from convolab.grading.desk import open_desk
from convolab.grading.grade import grade_class
from convolab.grading.out.returns.return_command import Wishes, return_lesson
from convolab.problem import Problem
from tests.grading.intake.downloads import canvas, lay_down, moodle, packed
from tests.grading.out.platform_imports import canvas_comment, moodle_feedback, moodle_grades
from tests.grading.out.returned_class import TITLE
from tests.grading.small_course import LESSON, RIGHT, SQUARES, filled, hand_in, small_course

# nbgrader's queries are older than the SQLAlchemy that runs them.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")

NAME = f"{LESSON}.ipynb"


def work(**answers: str) -> str:
    return nbformat.writes(filled({**RIGHT, **answers}))


DOWNLOADS = {
    "CNN-Lab 1-4711.zip": {
        moodle("Ada King", 812001, NAME): work(),
        moodle("Zoë Müller", 812002, "my lab.ipynb"): work(**SQUARES),
        moodle("Bro Ken", 812003, NAME): '{"cells": [',
        moodle("Pdf Only", 812004, "report.pdf"): "%PDF",
    },
    "submissions.zip": {
        canvas("Late, Lou", 4712, 990003, f"{LESSON}-1.ipynb", late=True): work(),
        canvas("Zip, Zed", 4713, 990004, "work.zip"): packed({f"work/{NAME}": work(**SQUARES)}),
    },
}
LIST = {"ada": ("Ada", "King"), "zm": ("Zoë", "Müller"), "no": ("No", "Body"),
        "lou": ("Lou", "Late")}  # fmt: skip
WORKSHEET = (
    "Identifier,Full name,Grade,Maximum Grade,Last modified (grade),Feedback comments\n"
    + "".join(
        f"Participant {number},{name},,3.00,-,\n"
        for number, name in (
            (812001, "Ada King"), (812002, "Zoë Müller"), (812003, "Bro Ken"),
            (812004, "Pdf Only"), (812005, "No Body"),
        )
    )
)  # fmt: skip


@pytest.fixture(scope="module")
def course(bwrap, tmp_path_factory) -> Path:
    """The class, collected and graded; one more came by e-mail after that."""
    course = small_course(tmp_path_factory.mktemp("return") / "course")
    (course / "notebooks" / LESSON).mkdir()
    nbformat.write(filled({}), course / "notebooks" / LESSON / NAME)
    archive = course / "autograde" / "downloaded" / LESSON / "archive"
    lay_down(archive, {name: packed(files) for name, files in DOWNLOADS.items()})
    with open_desk(course).gradebook() as book:
        for student, (first, last) in LIST.items():
            book.add_student(student, first_name=first, last_name=last)
    before = Path.cwd()
    os.chdir(course)
    try:
        app = ZipCollectApp()
        app.initialize([LESSON])
        app.start()
    finally:
        os.chdir(before)
    hand_in(course, "by-mail", filled(RIGHT))
    grade_class(course, LESSON)
    hand_in(course, "later", filled(RIGHT))
    return course


def returned(course: Path, platform: str, source: Path | None = None, **wishes):
    """The exit status, what is told, the gradebook file and the names of the pages."""
    console = Console(file=io.StringIO(), width=200)
    status = return_lesson(course, LESSON, platform, source, Wishes(**wishes), console)
    folder = course / "autograde" / "results" / "return" / LESSON
    with zipfile.ZipFile(folder / f"{platform}-feedback.zip") as archive:
        pages = {name: archive.read(name).decode() for name in archive.namelist()}
    return status, console.file.getvalue(), folder / f"{platform}-grades.csv", pages


def test_moodle_gets_grades_and_a_page_for_everybody_who_handed_in_there(course, tmp_path):
    sheet = tmp_path / "worksheet.csv"
    sheet.write_text(WORKSHEET, encoding="utf-8")
    status, told, grades, pages = returned(course, "moodle", sheet)
    assert moodle_grades(grades.read_bytes(), 3) == {812001: 3.0, 812002: 1.0}
    numbers = {812001, 812002, 812003, 812004, 812005}
    placed = {moodle_feedback(name, numbers): page for name, page in pages.items()}
    assert set(placed) == {(number, f"{LESSON}.html") for number in numbers - {812005}}
    assert "These are the squares." in placed[812002, f"{LESSON}.html"]
    assert "breaks off or is damaged" in placed[812003, f"{LESSON}.html"]
    assert "Handed in report.pdf" in placed[812004, f"{LESSON}.html"]
    assert status == 3
    assert "Lou Late (3 of 3)" in told  # graded, and not in Moodle's file
    assert "later: not graded yet" in told
    others = grades.with_name("moodle-feedback-others.zip")
    assert set(zipfile.ZipFile(others).namelist()) >= {"by-mail.html", "lou.html"}
    assert not any("later" in name for name in zipfile.ZipFile(others).namelist())


def test_canvas_gets_pages_under_the_names_of_the_files_that_were_handed_in(course):
    _, told, grades, pages = returned(course, "canvas", column="Lab 1")
    attachments = {990003: 4712, 990004: 4713}
    assert sorted(canvas_comment(name, attachments) for name in pages) == [4712, 4713]
    rows = list(csv.reader(grades.open(encoding="utf-8")))
    assert rows[0][-1] == "Lab 1"
    assert {row[1]: row[-1] for row in rows if row[1] in ("4712", "4713")} == {
        "4712": "3", "4713": "1",
    }  # fmt: skip
    assert "Re-Upload Submissions" in told


def test_the_plain_table_says_why_there_are_no_points(course):
    _, told, grades, pages = returned(course, "csv")
    with grades.open(encoding="utf-8-sig") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert {who: row["status"] for who, row in rows.items()} == {
        "ada": "graded", "zm": "graded", "lou": "graded", "by-mail": "graded",
        "zipzed-4713": "graded", "no": "not handed in", "later": "not graded yet",
        "Bro-Ken-812003": "could not be graded", "Pdf-Only-812004": "could not be graded",
    }  # fmt: skip
    assert all(not row["score (of 3)"] for row in rows.values() if row["status"] != "graded")
    assert set(pages) == {f"{who}.html" for who in rows} - {"no.html", "later.html"}
    assert "Nobody gets a 0 for not being graded" in told


def test_what_cannot_be_returned_leaves_everything_as_it_was(course, tmp_path):
    returned(course, "csv")
    folder = course / "autograde" / "results" / "return" / LESSON
    before = {path: path.read_bytes() for path in folder.iterdir()}
    sheet = tmp_path / "worksheet.csv"
    sheet.write_text(WORKSHEET + "Participant 812001,Ada King,,3.00,-,\n", encoding="utf-8")
    with pytest.raises(Problem, match=r"2 rows of worksheet\.csv belong to ada"):
        returned(course, "moodle", sheet)
    with pytest.raises(Problem, match="There is no platform ilias"):
        return_lesson(course, LESSON, "Ilias")
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_page_of_an_earlier_grading_is_not_sent_for_a_file_that_is_broken_by_now(
    course, tmp_path
):
    path = course / "autograde" / "submitted" / "by-mail" / LESSON / NAME
    sound = path.read_bytes()
    try:
        path.write_text("")
        pages = returned(course, "csv")[3]
    finally:
        path.write_bytes(sound)
    assert "is empty." in pages["by-mail.html"]
    assert "Right" not in pages["by-mail.html"]


def test_a_notebook_that_came_after_its_grade_is_named(course):
    path = course / "autograde" / "submitted" / "by-mail" / LESSON / NAME
    before = path.stat()
    os.utime(path)
    told = returned(course, "csv")[1]
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "Handed in again since it was graded: by-mail" in told


def test_nothing_is_returned_before_something_is_graded(tmp_path):
    course = small_course(tmp_path / "course")
    hand_in(course, "ada", filled(RIGHT))
    with pytest.raises(Problem, match="Nothing in 01_small is graded yet: run"):
        return_lesson(course, LESSON)
    assert not (course / "autograde" / "results").exists()
    assert not (course / "autograde" / "gradebook.db").exists()


def test_nothing_is_returned_after_points_were_changed_and_not_graded_by(course):
    master = course / "solutions" / LESSON / NAME
    before = master.read_text()
    try:
        master.write_text(before.replace('"points": 2', '"points": 5'))
        with pytest.raises(Problem, match="what twice is worth has changed: run  convolab grade"):
            return_lesson(course, LESSON)
    finally:
        master.write_text(before)


def test_nbgraders_export_writes_where_it_is_told(course, tmp_path, monkeypatch):
    monkeypatch.chdir(course)
    usual = course / "autograde" / "results" / "grades.csv"
    for options, path in (
        ([], usual),
        (["--to", str(tmp_path / "mine.csv")], tmp_path / "mine.csv"),
    ):
        usual.unlink(missing_ok=True)
        app = ExportApp()  # not its instance: another test's may be there
        app.initialize(options)
        app.start()
        assert path.read_text().startswith("assignment,")
        assert usual.exists() == (path == usual)


def test_the_title_is_what_the_gradebooks_column_is_called(course):
    assert returned(course, "canvas")[2].read_text().splitlines()[0].endswith(TITLE)
