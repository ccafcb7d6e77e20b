"""Grades for Canvas: what is written is what its import reads, and nothing else changes."""

import csv
import dataclasses
import io

import pytest

from convolab.grading.out.returns.canvas import gradebook
from convolab.grading.out.returns.class_points import GRADED, Result
from convolab.grading.out.returns.feedback_zip import name_for
from convolab.grading.out.returns.gradebook_file import Wishes
from convolab.grading.out.returns.sheet import read_sheet
from convolab.problem import Problem
from tests.grading.out.platform_imports import canvas_comment, canvas_grades
from tests.grading.out.returned_class import CANVAS, PEOPLE, TITLE, origins, returned_class

USERS = {
    11: "King, Countess, Ada", 12: "Stone, Bob", 13: "Müller, Zoë", 14: "Dropper, Eve",
    15: "Lee, Sam", 99: "Student, Test",
}  # fmt: skip
ASSIGNMENTS = {701: "Essay", 702: TITLE}
LOGINS = {f"{who}@example.org": user for who, (user, _) in CANVAS.items()}
LOGINS |= {"sam@example.org": 15, "sam": 15}

# As lib/gradebook_exporter.rb writes it, hidden row and totals included.
HEADER = [
    "Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Notes", "Essay (701)",
    f"{TITLE} (702)", "Labs Current Score", "Labs Final Score", "Current Score", "Final Score",
]  # fmt: skip
HIDDEN = ["", "", "", "", "", "", "Manual Posting", "", "", "", "", ""]
POSSIBLE = ["    Points Possible", "", "", "", "", "", "10.00", "3.00", *["(read only)"] * 4]


def row(user: int, *, sis: str = "", login: str = "", essay: str = "7.00", lab: str = ""):
    return [USERS[user], str(user), sis, login, "Group 1", "likes, tea", essay, lab, *["70"] * 4]


EVERYBODY = [
    row(11), row(12, essay="EX"), row(13), row(14, lab="0.50"), row(15), row(99),
]  # fmt: skip


def exported(tmp_path, rows, header=HEADER, possible=POSSIBLE, separator=",", encoding="utf-8"):
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([header, HIDDEN, possible, *rows])
    path = tmp_path / "gradebook.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    return read_sheet(path)


def filled(sheet, points=None, **wishes):
    return gradebook(points or returned_class(), sheet, Wishes(**wishes))


def imported(file):
    return canvas_grades(file.text.encode(), USERS, LOGINS, ASSIGNMENTS)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_the_export_comes_back_with_one_column_filled_and_all_else_as_it_was(
    tmp_path, separator, encoding
):
    file = filled(exported(tmp_path, EVERYBODY, separator=separator, encoding=encoding))
    written = ";" if separator == ";" else ","  # of which Canvas reads no others
    after = list(csv.reader(io.StringIO(file.text, newline=""), delimiter=written))
    expected = [list(one) for one in [HEADER, HIDDEN, POSSIBLE, *EVERYBODY]]
    expected[3][7], expected[4][7] = "3", "1.25"
    assert after == expected
    assert file.left_out == []


def test_canvas_reads_points_where_there_are_some_and_no_zero_where_there_are_none(tmp_path):
    grades = imported(filled(exported(tmp_path, EVERYBODY)))
    assert {user: of[702] for user, of in grades.items()} == {
        11: "3", 12: "1.25", 13: "", 14: "0.50", 15: "", 99: "",
    }  # fmt: skip
    assert {of[701] for user, of in grades.items() if user != 12} == {"7.00"}
    assert grades[12][701] == "EX"


def test_who_is_excused_or_not_assigned_there_stays_so(tmp_path):
    file = filled(exported(tmp_path, [row(11, lab="EX"), row(12, lab="N/A")]))
    assert {of[702] for of in imported(file).values()} == {"EX", "N/A"}
    assert "Ada King, Countess (EX) and Bob Stone (N/A)" in " ".join(file.notes)


def test_a_comma_in_the_numbers_is_kept(tmp_path):
    possible = [cell.replace(".", ",") for cell in POSSIBLE]
    file = filled(exported(tmp_path, EVERYBODY, possible=possible, separator=";"))
    assert ";1,25;" in file.text
    assert imported(file)[12][702] == "1.25"


def test_people_are_found_by_number_then_id_login_and_name(tmp_path):
    points = dataclasses.replace(returned_class(), origins={})
    rows = [row(11, sis="ada"), row(12, login="bob@example.org"), row(13), row(99)]
    rows[2][7] = ""
    results = {**points.results, "zoe": Result(PEOPLE["zoe"], GRADED, {}, 0.0, 2.0)}
    points = dataclasses.replace(points, results=results)
    file = filled(exported(tmp_path, rows), points)
    assert {user: of[702] for user, of in imported(file).items()} == {
        11: "3", 12: "1.25", 13: "2", 99: "",
    }  # fmt: skip
    assert "Nobody here is called Student, Test (99)" in " ".join(file.notes)


def test_a_namesake_with_another_number_gets_nothing(tmp_path):
    rows = [row(11), row(12), ["Stone, Bob", "77", *row(12)[2:]]]
    grades = filled(exported(tmp_path, rows)).text
    assert [line.split(",")[8] for line in grades.splitlines()[-3:]].count("1.25") <= 1
    assert grades.count("1.25") == 1


def test_who_is_graded_and_not_in_the_file_is_named(tmp_path):
    file = filled(exported(tmp_path, EVERYBODY[1:]))
    assert file.left_out == ["ada"]
    assert "Ada King, Countess (3 of 3) is graded but not in gradebook.csv" in " ".join(file.notes)


def test_last_and_first_names_in_two_columns(tmp_path):
    header = ["LastName", "FirstName", *HEADER[1:]]
    head = [[*one[:1], "", *one[1:]] for one in (HIDDEN, POSSIBLE)]
    people = [[*one[0].rsplit(", ", 1), *one[1:]] for one in EVERYBODY]
    path = tmp_path / "gradebook.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header, *head, *people])
    after = list(csv.DictReader(io.StringIO(filled(read_sheet(path)).text)))
    assert [one[f"{TITLE} (702)"] for one in after[-6:-4]] == ["3", "1.25"]


def test_a_column_that_is_called_otherwise_is_named(tmp_path):
    header = ["Lab 1 (702)" if "702" in name else name for name in HEADER]
    sheet = exported(tmp_path, EVERYBODY, header)
    with pytest.raises(Problem, match=r"No column is called 01_small.*'Lab 1 \(702\)'"):
        filled(sheet)
    for asked in ("Lab 1", "702", "Lab 1 (702)"):
        assert filled(exported(tmp_path, EVERYBODY, header), column=asked).text.count("1.25") == 1


@pytest.mark.parametrize("lesson_is", ["01_small (5)", "01 Small (5)", "A Small Lesson (5)"])
def test_the_column_is_found_by_the_lessons_id_or_title(tmp_path, lesson_is):
    header = [lesson_is if "702" in name else name for name in HEADER]
    assert filled(exported(tmp_path, EVERYBODY, header)).text.count("1.25") == 1


def test_other_points_there_are_refused_or_converted(tmp_path):
    possible = [cell.replace("3.00", "100.00") for cell in POSSIBLE]
    with pytest.raises(Problem, match="is worth 3 points, and in Canvas 100"):
        filled(exported(tmp_path, EVERYBODY, possible=possible))
    file = filled(exported(tmp_path, EVERYBODY, possible=possible), scale=True)
    assert [imported(file)[user][702] for user in (11, 12)] == ["100", "41.67"]


def test_two_rows_of_one_student_are_refused(tmp_path):
    with pytest.raises(Problem, match=r"2 rows of gradebook\.csv belong to ada"):
        filled(exported(tmp_path, [row(11), row(11), row(12)]))


def test_two_columns_of_one_name_and_computed_ones_are_refused(tmp_path):
    header = [f"{TITLE} (701)" if "701" in name else name for name in HEADER]
    with pytest.raises(Problem, match="Several columns are called"):
        filled(exported(tmp_path, EVERYBODY, header))
    possible = [cell.replace("3.00", "(read only)") for cell in POSSIBLE]
    with pytest.raises(Problem, match="a column that Canvas computes"):
        filled(exported(tmp_path, EVERYBODY, possible=possible))


def test_another_platforms_file_is_refused(tmp_path):
    path = tmp_path / "grades.csv"
    path.write_text("Identifier,Full name\nParticipant 1,Ada\n")
    with pytest.raises(Problem, match="not what Canvas exports"):
        filled(read_sheet(path))


def test_without_an_export_it_is_made_from_the_list_and_what_was_collected():
    file = filled(None)
    grades = imported(file)
    assert {user: of[702] for user, of in grades.items()} == {
        11: "3", 12: "1.25", 13: "", 14: "", 15: "",
    }  # fmt: skip
    assert file.text.splitlines()[1].startswith("    Points Possible,")


def test_without_names_and_numbers_nobody_could_be_found():
    nameless = {
        who: dataclasses.replace(one, person=dataclasses.replace(one.person, first="", last=""))
        for who, one in returned_class().results.items()
    }
    points = dataclasses.replace(returned_class(), results=nameless, origins={})
    with pytest.raises(Problem, match="no list of students with their names"):
        filled(None, points)


def test_a_page_goes_to_whose_file_it_answers():
    points = returned_class()
    attachments = {file: user for user, file in CANVAS.values()}
    for student, (user, _) in CANVAS.items():
        name = name_for("Canvas", points, student, {})
        assert name.endswith(".html")
        assert canvas_comment(name, attachments) == user
    assert name_for("Canvas", points, "sam", {}) is None


@pytest.mark.parametrize(
    "handed",
    [
        "kingada_LATE_11_9001_01_small-2.ipynb", "kingada_11_9001_my_link.ipynb",
        "kingada_11_9001_work.zip", "kingada_11_9001_01_small.ipynb.txt",
        "007_11_9001_01_small.ipynb", "kingada_11_9001_2026_11_20.ipynb",
    ],
)  # fmt: skip
def test_whatever_the_file_was_called(handed):
    ada = [dataclasses.replace(origins()["ada"][1], handed=handed)]
    points = dataclasses.replace(returned_class(), origins={"ada": ada})
    name = name_for("Canvas", points, "ada", {})
    assert canvas_comment(name, {9001: 11}) == 11
    assert name.count(".ipynb") == 0


def test_numbers_that_a_spreadsheet_has_shortened_are_refused(tmp_path):
    mangled = [["King, Countess, Ada", "1,00E+13", *row(11)[2:]], row(12)]
    with pytest.raises(Problem, match="shortened the students' numbers"):
        filled(exported(tmp_path, mangled))


@pytest.mark.parametrize("scale", [True, False])
def test_an_assignment_that_is_worth_nothing_there_makes_nobody_a_0(tmp_path, scale):
    possible = [cell.replace("3.00", "0.00") for cell in POSSIBLE]
    with pytest.raises(Problem, match="worth 3 points, and in Canvas 0"):
        filled(exported(tmp_path, EVERYBODY, possible=possible), scale=scale)


def test_a_file_that_does_not_say_what_it_is_worth_is_told_of(tmp_path):
    possible = [cell.replace("3.00", "") for cell in POSSIBLE]
    notes = filled(exported(tmp_path, EVERYBODY, possible=possible)).notes
    assert "does not say what the assignment is worth" in " ".join(notes)


@pytest.mark.parametrize("rows", [[], [row(99)]])
def test_a_file_with_none_of_the_class_is_refused(tmp_path, rows):
    with pytest.raises(Problem, match="another course or assignment"):
        filled(exported(tmp_path, rows))


def test_letters_that_had_to_be_guessed_are_told_of(tmp_path):
    told = [
        " ".join(filled(exported(tmp_path, EVERYBODY, encoding=encoding)).notes)
        for encoding in ("utf-8", "cp1252")
    ]
    assert ["is not in UTF-8" in one for one in told] == [False, True]


def test_a_file_without_sections_canvas_would_refuse_too(tmp_path):
    path = tmp_path / "gradebook.csv"
    path.write_text(f"Student,ID,{TITLE}\n")
    with pytest.raises(Problem, match="should have the columns Student, ID and Section"):
        filled(read_sheet(path))
