"""nbgrader's zip_collect, with this course's plugins, on what two platforms packed of one class."""

import logging
import os
from pathlib import Path

import nbformat
import pytest
from nbgrader.apps import ZipCollectApp

from convolab.grading.desk import open_desk
from convolab.grading.intake.submissions import find
from convolab.grading.intake.zip_collect import Collector
from tests.grading.intake.desk_for_downloads import NAME, STUB, other_lesson, work
from tests.grading.intake.downloads import blackboard, canvas, lay_down, locked, moodle, packed
from tests.grading.small_course import LESSON, filled

MOODLE = {
    moodle("Zoë Müller", 812001, f"{LESSON} (1).ipynb"): work(by="zoe"),
    moodle("Zoë Müller", 812001, NAME): STUB,
    moodle("Sam Lee", 812005, NAME): work(by="sam five"),
    moodle("Sam Lee", 812006, NAME): work(by="sam six"),
    moodle("Kit Day", 812007, "kit.zip"): packed(
        {f"kit/notebooks/{LESSON}/{NAME}": STUB, f"kit/work/{LESSON}/{NAME}": work(by="kit")}
    ),
    moodle("Hal Oh", 812008, NAME): work(by="hal"),
    moodle("Hal Oh", 812008, "helper.py"): "x = 1",
    moodle("Loc Ed", 812009, "work.zip"): locked(packed({NAME: work()})),
    moodle("Bad Zip", 812010, "work.zip"): b"PK nonsense",
    moodle("Pdf Only", 812011, "report.pdf"): "%PDF",
    moodle("Oth Er", 812012, NAME): other_lesson(),
    moodle("Bro Ken", 812013, NAME): '{"cells": [',
    moodle("Newer Ng", 812014, NAME): STUB,
    moodle("Newer Ng", 812014, f"{LESSON}_newer.ipynb"): work(by="newer"),
    moodle("Climb Er", 812015, "up.zip"): packed({"../../x.py": "x", NAME: work(by="climber")}),
}
CANVAS = {
    canvas("Lovelace, Ada", 4711, 990001, NAME): work(by="ada"),
    canvas("Lovelace, Ada", 4711, 990001, f"{LESSON}-1.ipynb"): work(by="ada again"),
    canvas("Late, Lou", 4712, 990003, NAME, late=True): work(by="lou"),
    "who knows.ipynb": work(by="who"),
}


@pytest.fixture
def desk(course, monkeypatch) -> Path:
    """The small course with a released lesson, as nbgrader sees it from its folder."""
    (course / "notebooks" / LESSON).mkdir()
    nbformat.write(filled({}), course / "notebooks" / LESSON / NAME)
    monkeypatch.chdir(course)
    return course


def download(course: Path, name: str, files: dict) -> None:
    archive = course / "autograde" / "downloaded" / LESSON / "archive"
    lay_down(archive, {name: packed(files)})


def zip_collect(*options: str) -> None:
    app = ZipCollectApp()
    app.initialize([LESSON, *options])
    app.log.propagate = True
    app.start()


def submitted(course: Path, student: str) -> Path:
    return course / "autograde" / "submitted" / student / LESSON


def test_a_class_from_two_platforms_every_notebook_with_its_student_or_named(desk, caplog):
    with open_desk(desk).gradebook() as book:
        book.add_student("zm", first_name="Zoe", last_name="Muller")
        book.add_student("al", first_name="Ada", last_name="Lovelace")
        book.add_student("no", first_name="No", last_name="Body")
    download(desk, "CS 1-Lab 1.zip", MOODLE)
    download(desk, "submissions.zip", CANVAS)
    with caplog.at_level(logging.INFO):
        zip_collect()
    expected = {
        "zm": "zoe", "al": "ada again", "Sam-Lee-812005": "sam five", "Sam-Lee-812006": "sam six",
        "Kit-Day-812007": "kit", "Hal-Oh-812008": "hal", "Newer-Ng-812014": "newer",
        "Climb-Er-812015": "climber", "latelou-4712": "lou",
    }  # fmt: skip
    for student, mark in expected.items():
        text = (submitted(desk, student) / NAME).read_text()
        assert f'# {mark}"' in text or f"# {mark}\\n" in text
    assert set(os.listdir(desk / "autograde" / "submitted")) == {*expected, "Bro-Ken-812013"}
    assert sorted(os.listdir(submitted(desk, "Hal-Oh-812008"))) == [NAME, "helper.py"]
    unread = ("Loc-Ed-812009", "Bad-Zip-812010", "Pdf-Only-812011", "Oth-Er-812012")
    for named in (*unread, "Bro-Ken-812013", "who knows.ipynb", "latelou-4712", "from 1: no"):
        assert named in caplog.text
    assert "Skipped submission" not in caplog.text
    assert "Traceback" not in caplog.text
    notes = " ".join(find(open_desk(desk).at(LESSON)).notes)
    assert "latelou-4712 is marked as late" in notes


def test_collecting_again_keeps_what_was_written_by_hand(desk):
    time = "2026-11-20-13-30-00"
    first = {blackboard("Lab", who, time, NAME): work(by=who) for who in ("ada", "bo")}
    download(desk, "gradebook.zip", first)
    zip_collect()
    stamp = submitted(desk, "ada") / "timestamp.txt"
    assert stamp.read_text().endswith(" UTC\n")
    stamp.write_text("2026-12-01 13:30:00 UTC")
    (submitted(desk, "bo") / NAME).write_text("mended")
    later = {blackboard("Lab", who, "2026-11-21-09-00-00", NAME): work(by="2") for who in ("ada",)}
    download(desk, "gradebook (1).zip", later)
    zip_collect("--force")
    assert stamp.read_text() == "2026-12-01 13:30:00 UTC"
    assert "# 2" in (submitted(desk, "ada") / NAME).read_text()
    assert (submitted(desk, "bo") / NAME).read_text() == "mended"


def test_a_zone_that_is_no_place_is_a_sentence():
    with pytest.raises(Exception, match="write a zone such as Europe/Berlin"):
        Collector(timezone="UTC+1")
