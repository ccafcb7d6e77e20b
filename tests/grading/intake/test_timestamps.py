"""Times are read as they are meant, by us and by nbgrader alike, or refused with a sentence."""

import sys

import pytest
from nbgrader.apps.nbgraderapp import NbGraderApp
from nbgrader.utils import parse_utc

from convolab.grading.gradebook.due_date import refusal
from convolab.grading.intake.timestamps import as_text, handed_in, parse_moment
from convolab.problem import Problem


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-12-01 13:30:00 UTC", "2026-12-01 13:30:00 UTC"),
        ("2026-12-01 13:30 UTC\n", "2026-12-01 13:30:00 UTC"),
        ("2026-12-01T13:30:00Z", "2026-12-01 13:30:00 UTC"),
        ("2026-12-01 13:30:00", "2026-12-01 13:30:00 UTC"),
        ("2026-12-01 13:30:00.250 UTC", "2026-12-01 13:30:00 UTC"),
        ("2026-12-01 13:30:00 GMT", "2026-12-01 13:30:00 UTC"),
        ("2026-12-01 13:30:00+01:00", "2026-12-01 12:30:00 UTC"),
        ("2026-12-01 13:30:00-08", "2026-12-01 21:30:00 UTC"),
        ("2026-07-01 13:30:00 Europe/Berlin", "2026-07-01 11:30:00 UTC"),
        ("2026-12-01 13:30:00 America/Los_Angeles", "2026-12-01 21:30:00 UTC"),
    ],
)
def test_what_is_taken_is_the_same_moment_for_nbgrader(text, utc):
    moment = parse_moment(text)
    assert as_text(moment) == utc
    assert parse_utc(text.strip()) == moment


REFUSED = [
    "01.12.2026 13:30", "12/01/2026 13:30", "1:30 PM", "06:00:00 PST", "13:30", "17", "2026",
    "2026-12-01", "2026-12-01 1:30", "2026-12-01 1:30 PM", "2026-12-01 13:30 PM",
    "2026-12-01 13:30:00 PST", "2026-12-01 13:30:00 UTC+1", "2026-12-01 13:30:00 GMT-8",
    "2026-12-01 13:30:00 CET", "2026-12-01 13:30:00 CST", "2026-12-01 13:30:00 Nowhere/Town",
    "2026-12-01 13:30:00 Etc/GMT+1", "2026-12-01 13:30:00 ../../etc/localtime",
    "2026-12-01 13:30:00+25:00", "2026-12-01 25:30:00 UTC", "2026-13-01 13:30:00 UTC",
    "2026-10-25 02:30:00 Europe/Berlin", "2026-03-29 02:30:00 Europe/Berlin", "20261201T133000Z",
    "Tue, 1 Dec 2026 13:30:00", "tomorrow", "", "\ufeff2026-12-01 13:30:00 UTC", "0001-01-01 00:00",
    "٢٠٢٦-12-01 13:30:00 UTC", "2026-12-01 13:30:00 UTC and more", "9" * 1000,
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_what_can_be_read_in_two_ways_is_refused_with_the_form_to_write(tmp_path, text):
    (tmp_path / "timestamp.txt").write_text(text, encoding="utf-8")
    with pytest.raises(Problem, match="does not hold a time: write it as 2026-11-20 15:00:00 UTC"):
        handed_in(tmp_path)


@pytest.mark.parametrize("text", ["2026-12-01 13:30:00 +0100", "2026-12-01 13:30 +01:00"])
def test_what_nbgrader_would_misread_is_refused_with_the_same_moment_in_utc(tmp_path, text):
    (tmp_path / "timestamp.txt").write_text(text)
    with pytest.raises(Problem, match="write it as 2026-12-01 12:30:00 UTC"):
        handed_in(tmp_path)


def test_no_file_is_no_time_and_odd_bytes_are_a_sentence(tmp_path):
    assert handed_in(tmp_path) is None
    (tmp_path / "timestamp.txt").write_bytes(b"\xff\xfe2\x000\x00")
    with pytest.raises(Problem, match="does not hold a time"):
        handed_in(tmp_path)


@pytest.mark.parametrize("given", [
    ["--duedate", "nonsense"], ["--duedate=01.12.2026 12:00"], ["--duedate"],
    ["--DbAssignmentAddApp.duedate='13:30'"], ["--duedate", "2026-12-01 12:00:00 UTC+1"],
])  # fmt: skip
def test_a_due_date_that_can_be_misread_is_refused(given):
    sentence = refusal(["nbgrader", "db", "assignment", "add", "01", *given])
    assert 'write it as "2026-12-01 12:00:00 UTC"' in sentence


@pytest.mark.parametrize("given", [
    [], ["--duedate", "2026-12-01 12:00:00 UTC"], ["--duedate=2026-12-01 12:00 Europe/Berlin"],
])  # fmt: skip
def test_a_due_date_that_is_one_moment_is_taken(given):
    assert refusal(["nbgrader", "db", "assignment", "add", "01", *given]) is None


def test_nbgraders_own_command_says_the_sentence_and_touches_no_gradebook(
    course, monkeypatch, capsys
):
    typed = ["db", "assignment", "add", "01", "--duedate", "nonsense"]
    monkeypatch.setattr(sys, "argv", ["nbgrader", *typed])
    monkeypatch.chdir(course)
    with pytest.raises(SystemExit) as ended:
        NbGraderApp().initialize(typed)
    assert ended.value.code == 1
    assert capsys.readouterr().err.startswith("--duedate nonsense is not an unambiguous time")
    assert not (course / "autograde" / "gradebook.db").exists()
