"""Answers that a teacher reads: not graded until somebody has, then counted everywhere alike."""

import csv
import io
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pytest
from nbgrader.apps import NbGrader
from rich.console import Console

from convolab.grading.class_result import ClassResult
from convolab.grading.desk import Desk, open_desk
from convolab.grading.grade import grade_class
from convolab.grading.gradebook import gradebook
from convolab.grading.gradebook.converters import autograde, feedback
from convolab.grading.gradebook.standing import GradedCell, public_names
from convolab.grading.out.class_report import write_report
from convolab.grading.out.export import GradesCsv
from convolab.grading.out.returns.class_points import class_points
from convolab.grading.out.table import print_table
from tests.grading.by_hand_class import RUBRIC, WORTH, by_hand_course, picture
from tests.grading.small_course import LESSON, hand_in

# nbgrader's queries are older than the SQLAlchemy that runs them.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


@dataclass
class Looked:
    """A class after `convolab grade`, and what everybody who looks at it sees."""

    desk: Desk
    graded: ClassResult
    exported: dict[str, dict] = field(default_factory=dict)

    def __post_init__(self):
        assert feedback(self.desk) is None
        self.exported = export(self.desk)

    def exercises(self, student: str) -> dict:
        return self.graded.public()["students"][student]["exercises"]

    def page(self, student: str) -> str:
        return (self.desk.folder("feedback") / student / LESSON / f"{LESSON}.html").read_text()

    def table(self) -> str:
        console = Console(file=io.StringIO(), width=160)
        print_table(self.graded, console)
        return console.file.getvalue()

    def row(self, student: str) -> str:
        return next(line for line in self.table().splitlines() if f" {student} " in line)


@pytest.fixture(scope="module")
def unread(bwrap, tmp_path_factory) -> Looked:
    """The class, graded by the checks; nobody has read anything yet."""
    course = by_hand_course(tmp_path_factory.mktemp("unread") / "course")
    graded = grade_class(course, LESSON)
    desk = open_desk(course).at(LESSON)
    with desk.gradebook() as book:
        book.add_student("broken")
        book.add_student("absent")
    return Looked(desk, graded)


@pytest.fixture(scope="module")
def marked(unread, tmp_path_factory) -> Looked:
    """The same class, when the teacher has read some of it and changed some points."""
    course = shutil.copytree(unread.desk.course, tmp_path_factory.mktemp("marked") / "course")
    desk = open_desk(course).at(LESSON)
    read(desk, "ada", "Say **which way**.", essay=2, sketch=2, field_trip=1)
    read(desk, "gone", essay=2, sketch=0, field_trip=1)
    read(desk, "pasted", test_twice=2, essay=1)
    hand_in(course, "pasted", "{")  # and it is broken since
    read(desk, "retyped", extra=0.5, sketch=2, test_total=1)
    read(desk, "squares", test_twice=1.5, test_total=1)
    read(desk, "twice", essay=0, sketch=0, field_trip=0)
    read(desk, "untouched", test_twice=1)
    with desk.gradebook() as book:
        book.find_grade("essay", LESSON, LESSON, "retyped").extra_credit = 1
        book.find_grade("test_twice", LESSON, LESSON, "retyped").extra_credit = 0.25
        book.db.commit()
    return Looked(desk, grade_class(course, LESSON))


def read(desk: Desk, student: str, comment: str = "", extra: float | None = None, **points: float):
    """Give points by hand, as formgrader does."""
    with desk.gradebook() as book:
        for name, score in points.items():
            grade = book.find_grade(name, LESSON, LESSON, student)
            grade.manual_score, grade.extra_credit = score, extra
            grade.needs_manual_grade = False
        if comment:
            book.find_comment("essay", LESSON, LESSON, student).manual_comment = comment
        book.db.commit()


def export(desk: Desk) -> dict[str, dict]:
    path = desk.results / "grades.csv"
    with desk.gradebook() as book:
        GradesCsv(parent=NbGrader(config=desk.config), to=str(path)).export(book)
    with path.open(encoding="utf-8") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.split("<body>")[1]))


# --- Before anybody has read it.


def test_an_unread_answer_is_ungraded_in_the_json_and_its_points_are_in_the_lessons(unread):
    ada = unread.graded.public()["students"]["ada"]
    assert (ada["score"], ada["max_score"]) == (3, 9)
    assert list(ada["exercises"]) == ["essay", "sketch", "twice", "total", "field_trip"]
    for name, worth in WORTH.items():
        entry = ada["exercises"][name]
        assert (entry["score"], entry["max_score"], entry["status"]) == (0, worth, "ungraded")
        assert "not graded this answer yet" in entry["hint"]


def test_the_table_counts_what_is_graded_and_names_what_waits(unread):
    assert "3 of 3" in unread.row("ada")
    assert "essay (not graded yet, 3 points)" in unread.row("ada")
    assert "all right" not in unread.row("ada")
    text = unread.table()
    assert "Waiting to be graded by hand in formgrader" in text
    assert "essay of 6, sketch of 6, field_trip of 8" in text


def test_the_export_leaves_the_score_empty_and_says_how_far_it_is(unread):
    ada, untouched = unread.exported["ada"], unread.exported["untouched"]
    assert (ada["raw_score"], ada["score"], ada["max_score"]) == ("", "", "9.0")
    assert (ada["points_so_far"], ada["points_not_graded"]) == ("3.0", "6.0")
    assert (untouched["score"], untouched["points_not_graded"]) == ("", "1.0")
    assert "essay – of 3" in ada["by_hand"]
    assert "essay 0 of 3" in untouched["by_hand"]


def test_whoever_handed_in_what_cannot_be_graded_is_not_exported_as_zero(unread):
    broken, absent = unread.exported["broken"], unread.exported["absent"]
    assert (broken["score"], broken["points_not_graded"]) == ("", "9.0")
    assert (absent["score"], absent["points_not_graded"]) == ("0.0", "0.0")


def test_the_page_tells_the_student_what_is_not_graded_yet(unread):
    text = words(unread.page("ada"))
    assert "3 of 3 points so far" in text
    assert "Your teacher has not graded essay , sketch and field_trip yet: up to 6 more" in text
    assert "Read by your teacher" not in text
    assert "of 9" not in text


@pytest.mark.parametrize("student", ["untouched", "emptied"])
def test_an_answer_in_which_nothing_was_written_is_a_real_zero(unread, student):
    for name in ("essay", "sketch"):
        entry = unread.exercises(student)[name]
        assert (entry["score"], entry["status"]) == (0, "missing")
        assert entry["hint"] == "You wrote nothing here."
    assert "0 of 3 To do" in words(unread.page(student))


# --- Every answer has its box, once.


def boxes(looked: Looked, student: str) -> dict[str, list]:
    """The cells of an autograded notebook that get a box for points in formgrader, by name."""
    found: dict[str, list] = {}
    for cell in looked.desk.read_autograded(student).cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("grade") or about.get("task"):
            found.setdefault(about["grade_id"], []).append(cell)
    return found


@pytest.mark.parametrize("student", ["ada", "gone", "retyped", "twice", "untouched"])
def test_every_answer_has_one_box_for_its_points_in_the_teachers_kind(unread, student):
    found = boxes(unread, student)
    assert {name: len(cells) for name, cells in found.items()} == dict.fromkeys(
        ["essay", "sketch", "field_trip", "test_twice", "test_total"], 1
    )
    assert [found[name][0].cell_type for name in WORTH] == ["markdown", "code", "markdown"]


def test_a_deleted_answer_is_put_back_marked_and_left_to_the_teacher(unread, marked):
    found = boxes(unread, "gone")
    for name in ("essay", "sketch"):
        assert "was deleted from the notebook" in found[name][0].source
    assert found["field_trip"][0].source == "Walk around and look for kernels."
    assert {unread.exercises("gone")[name]["status"] for name in WORTH} == {"ungraded"}
    assert marked.graded.outcomes["gone"].score == 6


def test_of_two_copies_the_last_that_was_worked_on_counts_and_the_other_is_still_there(unread):
    cells = unread.desk.read_autograded("twice").cells
    assert boxes(unread, "twice")["essay"][0].source == "Because it turns, and turns."
    assert [cell.source for cell in cells].count("Because it turns.") == 1


@pytest.mark.parametrize("student", ["ada", "gone", "twice", "retyped"])
def test_the_teachers_own_rubric_is_right_above_the_answer_whatever_a_student_did_to_it(
    unread, student
):
    cells = unread.desk.read_autograded(student).cells
    names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells]
    assert names.count("rubric_essay") == 1
    rubric = cells[names.index("rubric_essay")]
    assert (rubric.cell_type, rubric.source) == ("markdown", RUBRIC)
    between = cells[names.index("rubric_essay") + 1 : names.index("essay")]
    assert [cell.source for cell in between] in ([], ["Because it turns."])
    assert "1 point: an example." in words(unread.page(student))


def test_a_rubric_is_nothing_that_is_graded(unread):
    assert "rubric_essay" not in unread.exercises("ada")
    assert "rubric_essay" not in unread.table()
    assert "rubric_essay" not in unread.page("ada")


def test_one_that_was_made_raw_keeps_its_text_and_its_picture(unread):
    source = boxes(unread, "retyped")["essay"][0].source
    assert "Because" in source
    assert f"data:image/png;base64,{picture()}" in source


def test_a_pasted_answer_is_on_the_page_as_it_was_written(unread):
    html = unread.page("pasted")
    assert f'<img src="data:image/png;base64,{picture()}" alt="image.png">' in html
    assert "<strong>it turns</strong>" in html
    assert 'aria-label="Formula in LaTeX: x_3"' in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert not re.search(r"(src|href)=.?https?:|<script", html)
    assert "https://example.org/notes" in words(html)


def test_an_answer_with_a_check_and_points_by_hand_is_told_from_its_check():
    cells = [GradedCell("a", 1, True), GradedCell("test_a", 2, False), GradedCell("b", 1, True)]
    assert public_names(cells) == {"a": "a (by hand)", "test_a": "a", "b": "b"}


def test_an_answer_that_is_gone_from_the_graded_notebook_is_still_in_the_points(unread, tmp_path):
    desk = open_desk(shutil.copytree(unread.desk.course, tmp_path / "course")).at(LESSON)
    path = desk.autograded("ada")
    notebook = desk.read_autograded("ada")
    del notebook.cells[3]
    path.chmod(0o644)
    nbformat.write(notebook, path)
    text = words(Looked(desk, unread.graded).page("ada"))
    assert "essay – of 3 Not graded yet" in text
    assert "up to 6 more points" in text


# --- When the teacher has read it.


def test_points_by_hand_count_alike_in_every_place(marked):
    ada = marked.graded.outcomes["ada"]
    assert (ada.score, ada.max_score) == (8, 9)
    essay, sketch = marked.exercises("ada")["essay"], marked.exercises("ada")["sketch"]
    assert (essay["score"], essay["status"]) == (2, "partial")
    assert essay["hint"] == "Say **which way**."
    assert (sketch["score"], sketch["status"], sketch["hint"]) == (2, "correct", None)
    row = marked.exported["ada"]
    assert (row["raw_score"], row["score"], row["max_score"]) == ("8.0", "8.0", "9.0")
    assert (row["points_so_far"], row["points_not_graded"]) == ("8.0", "0.0")
    given = set(row["by_hand"].split(", "))
    assert given == {"essay 2 of 3 (Say **which way**.)", "sketch 2 of 2", "field_trip 1 of 1"}
    text = words(marked.page("ada"))
    assert "8 of 9 points" in text
    assert "so far" not in text
    assert "2 of 3 Read by your teacher" in text
    assert "8 of 9" in marked.row("ada")


def test_a_zero_that_was_given_is_a_zero(marked):
    exercises = marked.exercises("twice")
    assert {exercises[name]["status"] for name in WORTH} == {"wrong"}
    assert all(exercises[name]["hint"] for name in WORTH)
    assert marked.exported["twice"]["score"] == "3.0"
    assert "0 of 3 Read by your teacher" in words(marked.page("twice"))


def test_points_of_a_check_that_were_changed_by_hand_count_alike_in_every_place(unread, marked):
    assert unread.exercises("squares")["twice"]["score"] == 0
    raised, lowered = marked.exercises("squares")["twice"], marked.exercises("untouched")["twice"]
    assert (raised["score"], raised["status"]) == (1.5, "partial")
    assert raised["hint"] == "These are the squares."
    assert (lowered["score"], lowered["status"]) == (1, "partial")
    assert lowered["hint"] == "Your teacher gave these points."
    assert "twice 1.5 of 2" in marked.row("squares")
    assert marked.exported["squares"]["points_so_far"] == "2.5"
    assert "Your teacher set these points." in marked.page("untouched")


@pytest.mark.parametrize("when", ["unread", "marked"])
def test_what_stopped_is_still_said_everywhere_when_points_are_given_by_hand(when, request):
    looked = request.getfixturevalue(when)
    (cause,) = looked.graded.public()["students"]["squares"]["causes"]
    assert cause.startswith("The first cell stops in its line 2, `import cv2`")
    assert "no module cv2 (costs no points), " in looked.row("squares")
    assert "line 2, import cv2 : there is no module cv2" in words(looked.page("squares"))
    report = words(write_report(looked.desk.course, LESSON, names=True).read_text())
    assert re.search(r"1 of \d no module cv2 The first cell stops", report)


def test_extra_credit_counts_and_grades_no_answer_by_itself(marked):
    exercises = marked.exercises("retyped")
    assert [exercises[n]["score"] for n in ("essay", "sketch", "twice", "total")] == [
        0, 2.5, 2.25, 1.5,
    ]  # fmt: skip
    assert exercises["essay"]["status"] == "ungraded"
    assert gradebook.standings(marked.desk)["retyped"].score == 6.25


def test_nothing_is_graded_again_because_a_teacher_gave_points(marked):
    assert not marked.graded.outcomes["ada"].fresh
    assert not marked.graded.outcomes["squares"].fresh


def test_a_file_that_is_broken_since_keeps_the_points_of_the_one_before(marked):
    pasted = marked.graded.outcomes["pasted"]
    assert pasted.problem
    assert {verdict.status for verdict in pasted.verdicts.values()} == {"ungraded"}
    assert (pasted.score, pasted.max_score) == (0, 9)
    assert gradebook.standings(marked.desk)["pasted"].score == 4


def test_the_report_compares_the_class_by_what_is_graded_for_all(marked):
    text = words(write_report(marked.desk.course, LESSON, names=True).read_text())
    assert "2 of 7 answers to essay (3 points)" in text
    assert "count in nobody’s points here until all are graded" in text
    assert "7 students" in text
    assert re.search(r"Mean 2\.\d of 3 points", text)
    assert "Nobody has less than half of the points" in text


def test_points_by_hand_are_not_thrown_away_with_a_lesson_that_has_no_checks(marked, tmp_path):
    desk = open_desk(shutil.copytree(marked.desk.course, tmp_path / "course")).at(LESSON)
    with desk.gradebook() as book:
        for grade in book.find_submission_notebook(LESSON, LESSON, "twice").grades:
            grade.auto_score = None
        book.db.commit()
    gradebook.remove_unfinished(desk, "twice")
    assert "twice" in gradebook.standings(desk)


# --- Elsewhere.


def test_unread_answers_go_back_to_a_platform_as_no_score_and_not_as_0(unread, marked):
    before, after = (class_points(of.desk, "A lesson").results for of in (unread, marked))
    assert (before["ada"].status, before["ada"].score) == ("not graded yet", None)
    assert before["ada"].says == "Still to be graded by hand: essay, sketch, field_trip."
    assert before["ada"].exercises["twice"] == 2
    assert before["ada"].exercises["essay"] is None
    assert (after["ada"].status, after["ada"].score) == ("graded", 8)
    assert (after["pasted"].status, after["pasted"].score) == ("could not be graded", None)
    assert after["absent"].status == "not handed in"


def only(looked: Looked, student: str, folder: Path) -> Desk:
    """A copy of the course, ungraded, with one student in it."""
    course = shutil.copytree(looked.desk.course, folder)
    for left in ("autograded", "results", "feedback"):
        shutil.rmtree(course / "autograde" / left)
    (course / "autograde" / "gradebook.db").unlink()
    for other in (course / "autograde" / "submitted").iterdir():
        if other.name != student:
            shutil.rmtree(other)
    return open_desk(course).at(LESSON)


def test_a_name_like_a_checks_is_still_an_answer_to_read(unread, tmp_path):
    desk = only(unread, "ada", tmp_path / "course")
    for path in [*desk.course.rglob("submitted/**/*.ipynb"), desk.master()]:
        path.write_text(path.read_text().replace('"grade_id": "essay"', '"grade_id": "test_drive"'))
    exercises = grade_class(desk.course, LESSON).public()["students"]["ada"]["exercises"]
    assert exercises["test_drive"]["status"] == "ungraded"
    assert not grade_class(desk.course, LESSON).outcomes["ada"].fresh


def test_a_picture_in_the_teachers_own_text_stays_the_teachers(unread, tmp_path):
    desk = only(unread, "ada", tmp_path / "course")
    for path, content in ((desk.master(), picture()), (submitted(desk), "AAAA")):
        notebook = nbformat.read(path, as_version=4)
        notebook.cells[0].source = "# Small\n\n![a kernel](attachment:k.png)"
        notebook.cells[0]["attachments"] = {"k.png": {"image/png": content}}
        nbformat.write(notebook, path)
    graded = grade_class(desk.course, LESSON)
    html = Looked(desk, graded).page("ada")
    assert f'src="data:image/png;base64,{picture()}"' in html
    assert "AAAA" not in html.replace(picture(), "")


def submitted(desk: Desk) -> Path:
    return desk.folder("submitted") / "ada" / LESSON / f"{LESSON}.ipynb"


@pytest.mark.journey
def test_nbgraders_own_autograde_makes_the_same_of_them(unread, tmp_path):
    desk = open_desk(shutil.copytree(unread.desk.course, tmp_path / "course")).at(LESSON)
    names = [f"{s}/{LESSON}/{LESSON}.ipynb" for s in ("gone", "pasted", "retyped", "emptied")]
    before = {name: (desk.folder("autograded") / name).read_bytes() for name in names}
    standings = gradebook.standings(desk)
    for name in names:
        assert autograde(desk, name.split("/")[0]) is None
    assert {name: (desk.folder("autograded") / name).read_bytes() for name in names} == before
    assert gradebook.standings(desk) == standings
