"""Grades and pages for Moodle: what is written is what its import reads; a word is never a 0."""

import csv
import dataclasses
import io

import pytest

from convolab.grading.intake.origins import Origin
from convolab.grading.out.returns.class_points import GRADED, Result
from convolab.grading.out.returns.feedback_zip import name_for
from convolab.grading.out.returns.gradebook_file import Wishes
from convolab.grading.out.returns.moodle import HEADER, gradebook
from convolab.grading.out.returns.sheet import read_sheet
from convolab.problem import Problem
from tests.grading.out.platform_imports import moodle_feedback, moodle_grades
from tests.grading.out.returned_class import MOODLE, PEOPLE, returned_class

GERMAN = [
    "ID", "Vollständiger Name", "E-Mail-Adresse", "Status", "Bewertung", "Bestwertung",
    "Bewertung kann geändert werden", "Zuletzt geändert (Abgabe)", "Zuletzt geändert (Bewertung)",
    "Feedback als Kommentar",  # codespell:ignore als
]  # fmt: skip
SUBMITTED, GIVEN = "Sunday, 29 November 2026, 10:12 AM", "Monday, 30 November 2026, 9:00 AM"
GRADES = {812001: 3.0, 812002: 1.25}


def row(student: str, grade: str = "", most: str = "3.00", hidden: str = "Participant ") -> list:
    person = PEOPLE[student]
    return [
        f"{hidden}{MOODLE[student]}", f"{person.first} {person.last}", person.email,
        "Submitted for grading - ", grade, most, "Yes", SUBMITTED, GIVEN if grade else "-", "",
    ]  # fmt: skip


def worksheet(tmp_path, rows, header=HEADER, separator=",", encoding="utf-8"):
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([header, *rows])
    path = tmp_path / "Grades-CNN-Lab 1-4711.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    return read_sheet(path)


def everybody(**given) -> list[list[str]]:
    return [row(student, **given) for student in PEOPLE]


def filled(sheet, points=None, **wishes):
    return gradebook(points or returned_class(), sheet, Wishes(**wishes))


def rows_of(file) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.text, newline="")))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_worksheet_comes_back_filled_in_as_moodle_reads_it(tmp_path, separator, encoding):
    file = filled(worksheet(tmp_path, everybody(), separator=separator, encoding=encoding))
    assert moodle_grades(file.text.encode(), 3) == GRADES
    expected = [list(HEADER), *everybody()]
    expected[1][4], expected[2][4] = "3", "1.25"
    expected[4][9] = "Your work could not be graded: 01_small.ipynb is empty."
    assert rows_of(file) == expected
    assert file.left_out == []


def test_what_was_there_stays_for_who_has_no_points(tmp_path):
    rows = everybody(grade="2.00")
    rows[3][9] = "See me."
    file = filled(worksheet(tmp_path, rows))
    assert moodle_grades(file.text.encode(), 3) == GRADES | dict.fromkeys(
        (812003, 812004, 812005), 2.0
    )
    assert rows_of(file)[4][9] == "See me."
    assert {one[8] for one in rows_of(file)[1:]} == {GIVEN}


def test_a_worksheet_in_another_language_is_understood_by_what_it_holds(tmp_path):
    rows = everybody(most="3,00", hidden="Teilnehmer/in")
    file = filled(worksheet(tmp_path, rows, GERMAN))
    names = ("ID", "Bewertung", "Zuletzt geändert (Bewertung)")
    read = moodle_grades(file.text.encode(), 3, names, hidden="Teilnehmer/in", decimal=",")
    assert read == GRADES
    assert rows_of(file)[2][4] == "1,25"
    assert rows_of(file)[4][9] == "Your work could not be graded: 01_small.ipynb is empty."


def test_hidden_names_are_found_by_their_number_alone(tmp_path):
    places = [0, 3, 4, 5, 6, 7, 8, 9]
    rows = [[one[place] for place in places] for one in everybody()]
    stranger = ["Participant 812077", *rows[0][1:]]
    header = [HEADER[place] for place in places]
    file = filled(worksheet(tmp_path, [*rows, stranger], header))
    assert moodle_grades(file.text.encode(), 3) == GRADES
    assert "Nobody here is called Participant 812005 or Participant 812077:" in " ".join(file.notes)


def test_without_numbers_people_are_found_by_address_number_and_name(tmp_path):
    points = dataclasses.replace(returned_class(), origins={})
    header = [*HEADER[:2], "ID number", *HEADER[2:]]
    rows = [[*one[:2], "", *one[2:]] for one in everybody()]
    rows[0][1], rows[1][2], rows[1][3], rows[1][1] = "A. King", "bob", "", "Robert"
    file = filled(worksheet(tmp_path, rows, header), points)
    assert moodle_grades(file.text.encode(), 3) == GRADES


def test_a_namesake_is_not_given_the_others_points(tmp_path):
    twin = [*row("bob")]
    twin[0], twin[2] = "Participant 812099", "other@example.org"
    file = filled(worksheet(tmp_path, [*everybody(), twin]))
    assert moodle_grades(file.text.encode(), 3) == GRADES
    assert "Nobody here is called Bob Stone (812099)" in " ".join(file.notes)


def test_two_rows_of_one_student_are_refused(tmp_path):
    with pytest.raises(Problem, match=r"2 rows of .* belong to bob"):
        filled(worksheet(tmp_path, [*everybody(), row("bob")]))


def test_other_points_there_are_refused_or_converted(tmp_path):
    sheet = worksheet(tmp_path, everybody(most="100.00"))
    with pytest.raises(Problem, match=r"worth 3 points, and in Moodle 100: .*--scale"):
        filled(sheet)
    file = filled(sheet, scale=True)
    assert moodle_grades(file.text.encode(), 100) == {812001: 100.0, 812002: 41.67}


@pytest.mark.parametrize("from_worksheet", [True, False])
def test_more_than_the_maximum_would_be_passed_over_so_the_maximum_is_given(
    tmp_path, from_worksheet
):
    extra = Result(PEOPLE["ada"], GRADED, {"twice": 3.5, "total": 1.0}, 0.0, 4.5)
    sheet = worksheet(tmp_path, everybody()) if from_worksheet else None
    file = filled(sheet, returned_class(ada=extra))
    assert moodle_grades(file.text.encode(), 3) == GRADES
    assert "Ada King, Countess (4.5)" in " ".join(file.notes)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Student,ID\nAda,11\n", "not a grading worksheet of Moodle"),
        ("Identifier,Grade\n", "not a grading worksheet of Moodle"),
        (",".join(["Identifier", "Note", "x"]) + "\nParticipant 1,Ada,\n", "no column that is sur"),
        (
            "Identifier,Full name,Grade,Scale,Last modified (grade)\nParticipant 1,A,,good,-\n",
            "a scale of words",
        ),
    ],
)
def test_what_is_no_worksheet_is_a_sentence(tmp_path, text, says):
    path = tmp_path / "grades.csv"
    path.write_text(text)
    with pytest.raises(Problem, match=says):
        filled(read_sheet(path))


def test_who_is_graded_and_has_no_row_is_named(tmp_path):
    file = filled(worksheet(tmp_path, everybody()[1:]))
    assert file.left_out == ["ada"]
    assert "Ada King, Countess (3 of 3) is graded but not in" in " ".join(file.notes)


def test_without_a_worksheet_it_is_made_from_what_was_collected():
    file = filled(None)
    assert rows_of(file)[0] == list(HEADER)
    assert moodle_grades(file.text.encode(), 3) == GRADES


def test_with_nothing_from_moodle_the_way_out_is_told():
    points = dataclasses.replace(returned_class(), origins={})
    with pytest.raises(Problem, match="Download grading worksheet, and name that file with --from"):
        filled(None, points)


@pytest.mark.parametrize(
    "name", ["Ada King", "Group_3-Ada_King", "Zoë Müller", "A/B: <C>", "Participant", "o'Neil, J."]
)
def test_a_page_goes_to_its_participant_whatever_the_name(name):
    handed = f"{name}_812001_assignsubmission_file_"
    there = {"ada": [Origin("Moodle", name, "812001", handed)]}
    path = name_for("Moodle", dataclasses.replace(returned_class(), origins=there), "ada", {})
    assert moodle_feedback(path, set(MOODLE.values())) == (812001, "01_small.html")


def test_a_page_of_who_was_not_collected_goes_by_the_worksheets_number(tmp_path):
    file = filled(worksheet(tmp_path, everybody()))
    path = name_for("Moodle", returned_class(), "sam", file.called)
    assert moodle_feedback(path, set(MOODLE.values())) == (812005, "01_small.html")
    assert name_for("Moodle", returned_class(), "sam", {}) is None


def test_a_locked_grade_is_named_because_moodle_passes_over_it(tmp_path):
    rows = everybody()
    rows[0][6] = "No"
    notes = filled(worksheet(tmp_path, rows)).notes
    assert "will pass over Ada King, Countess" in " ".join(notes)
