"""The plain table, Gradescope's columns, and files that are no tables."""

import csv
import dataclasses
import io

import pytest

from convolab.grading.intake.roster import Person
from convolab.grading.out.returns import gradescope, plain_table
from convolab.grading.out.returns.gradebook_file import Wishes
from convolab.grading.out.returns.not_graded_page import for_students, not_graded_page
from convolab.grading.out.returns.sheet import read_sheet
from convolab.problem import Problem
from tests.grading.out.returned_class import TITLE, returned_class


def table(file) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(file.text.removeprefix("\ufeff"), newline=""))
    return {next(iter(one.values())): one for one in rows}


def test_the_plain_table_has_a_column_for_each_exercise_and_a_word_where_there_are_no_points():
    file = plain_table.gradebook(returned_class(), None, Wishes())
    assert file.text.encode().startswith(b"\xef\xbb\xbf")
    rows = table(file)
    assert list(rows) == ["ada", "bob", "zoe", "eve", "sam"]
    points = ("twice (of 2)", "total (of 1)", "late", "score (of 3)", "status")
    assert {who: tuple(row[name] for name in points) for who, row in rows.items()} == {
        "ada": ("2", "1", "", "3", "graded"),
        "bob": ("1.5", "0", "-0.25", "1.25", "graded"),
        "zoe": ("2", "", "", "", "not graded yet"),
        "eve": ("", "", "", "", "could not be graded"),
        "sam": ("", "", "", "", "not handed in"),
    }
    assert rows["eve"]["note"].startswith("01_small.ipynb is empty")


def test_no_spreadsheet_computes_what_is_in_a_name():
    points = returned_class()
    odd = dataclasses.replace(
        points.results["ada"], person=Person("ada", "=1+1", "-Smith", "@example")
    )
    row = table(plain_table.gradebook(returned_class(ada=odd), None, Wishes()))["ada"]
    assert (row["first_name"], row["last_name"], row["email"]) == ("'=1+1", "'-Smith", "'@example")


def test_gradescopes_columns():
    file = gradescope.gradebook(returned_class(), None, Wishes())
    rows = {row["SID"]: row for row in table(file).values()}
    assert rows["bob"]["Total Score"] == "1.25"
    assert rows["bob"]["1: twice (2.0 pts)"] == "1.5"
    assert {who: row["Status"] for who, row in rows.items()} == {
        "ada": "Graded", "bob": "Graded", "zoe": "Ungraded", "eve": "Ungraded", "sam": "Missing",
    }  # fmt: skip
    assert [rows[who]["Total Score"] for who in ("zoe", "eve", "sam")] == ["", "", ""]
    assert "imports lists of students, not grades" in file.notes[0]


@pytest.mark.parametrize("part", [gradescope, plain_table])
def test_what_no_platform_takes_back_is_not_filled_in(part, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(Problem, match="--from"):
        part.gradebook(returned_class(), read_sheet(path), Wishes())


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \n,,,\n,,\n", "is empty"),
        (b"PK\x03\x04 and more", "an Excel or OpenDocument file"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\n<!DOCTYPE html><html>", "is a web page"),
        (b"a,b\n1,2,3\n", "Row 2 of x.csv has more columns"),
        (b'a,b\n"1,2\n', "cannot be read as a table"),
        (b"a\x81\x8d\x00b,c", "not a text"),
    ],
)
def test_a_file_that_is_no_table_is_a_sentence(tmp_path, content, says):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(Problem, match=says):
        read_sheet(path)


def test_a_file_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(Problem, match=r"x\.csv cannot be read \(No such file"):
        read_sheet(tmp_path / "x.csv")
    with pytest.raises(Problem, match=r"cannot be read \(Is a directory"):
        read_sheet(tmp_path)


def test_what_a_spreadsheet_adds_is_passed_over(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("sep=;\na;b, c;;\n1;2;;\n;;;\n")
    sheet = read_sheet(path)
    assert (sheet.header, sheet.rows) == (["a", "b, c"], [["1", "2"]])


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("01.ipynb is empty: ask for the file again.", "graded: 01.ipynb is empty."),
        ("Handed in report.pdf, and no notebook of 01.", "graded: Handed in report.pdf, and no"),
        ("x.ipynb is too long: clear its outputs and save it again.", "outputs and save it again."),
        ("w.zip was not unpacked: it is locked with a password.", "it is locked with a password."),
        ("notes is a link: put a real copy of it in its place.", "graded: notes is a link."),
        ("The grader failed on it (KeyError: 'x'). The details are in x.", "not your fault"),
    ],
)
def test_a_student_is_told_what_was_wrong_and_not_what_the_teacher_should_do(says, told):
    assert told in for_students(says)
    page = not_graded_page(TITLE, "01", "Zoë <b>", says).decode()
    assert "ask for the file" not in page
    assert "details are" not in page
    assert "For Zoë &lt;b&gt;" in page
    assert "<script" not in page
