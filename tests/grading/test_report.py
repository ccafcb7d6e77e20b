"""A report written in a lesson's text, from the build to the grade, and again when it changes."""

import shutil
from pathlib import Path

import nbformat
import pytest

from convolab.authoring.build import build, exercises_of
from convolab.authoring.stubs import TO_WRITE
from convolab.cell_metadata import is_read_by_hand
from convolab.grading.class_result import ClassResult, SubmissionResult
from convolab.grading.demo.demo_class import REPORT as REPORT_OF_DEMO
from convolab.grading.demo.demo_class import demo_class, notebook
from convolab.grading.desk import LessonDesk, open_desk
from convolab.grading.exercise_result import ExerciseResult
from convolab.grading.grade import grade_class
from convolab.grading.gradebook.converters import feedback
from convolab.grading.out.table import row
from tests.authoring.small_course import edit, write_course
from tests.authoring.test_reports import REPORT

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")

ROOT = Path(__file__).resolve().parents[2]
LESSON = "00_twice"
TWICE = "def twice(values):\n    return [2 * value for value in values]"
OWN = """from convolab.data import example_pictures, own_pictures

mine = own_pictures() or example_pictures(each=2)
print(len(mine), mine.classes)"""


@pytest.fixture(scope="module")
def course(bwrap, tmp_path_factory) -> Path:
    """A course with a report in two parts, and three who have handed it in."""
    course = write_course(tmp_path_factory.mktemp("report") / "course")
    edit(lesson(course), "minutes: 9", "minutes: 17")
    edit(lesson(course), "# %% [markdown] key_points=true\n", REPORT)
    for name in ("nbgrader_config.py", "autograde/nbgrader_config.py"):
        shutil.copy(ROOT / name, course / name)
    build(course, lessons=[LESSON])
    hand_in(course, "ada", report_data="Three and four.", report_why="Why not?")
    hand_in(course, "bob")
    hand_in(course, "cleo", report_data="Five.")
    return course


def lesson(course: Path) -> Path:
    return course / "lessons" / f"{LESSON}.py"


def hand_in(course: Path, student: str, **answers: str) -> None:
    released = course / "notebooks" / LESSON / f"{LESSON}.ipynb"
    notebook = nbformat.read(released, as_version=4)
    for cell in notebook.cells:
        if cell.id in answers:
            cell.source = answers[cell.id]
        elif cell.id == "twice":
            cell.source = TWICE
    notebook.cells.insert(2, nbformat.v4.new_code_cell(OWN, id="own"))
    path = course / "autograde" / "submitted" / student / LESSON / f"{LESSON}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)


def give(desk: LessonDesk, student: str, comment: str, **points: float) -> None:
    """Points and a comment by hand, as formgrader does."""
    with desk.gradebook() as book:
        for name, score in points.items():
            grade = book.find_grade(name, LESSON, LESSON, student)
            grade.manual_score, grade.needs_manual_grade = score, False
            book.find_comment(name, LESSON, LESSON, student).manual_comment = comment
        book.db.commit()


@pytest.fixture(scope="module")
def grades(course) -> dict[str, ClassResult]:
    """What the class got before anything was read, when some was, and when the rubric changed."""
    desk = open_desk(course).at(LESSON)
    unread = grade_class(course, LESSON)
    give(desk, "ada", "From *where*?", report_data=1)
    give(desk, "cleo", "", report_data=1.5)
    read = grade_class(course, LESSON)
    edit(lesson(course), "# - 0.5 points: their source is.\n", "")
    edit(lesson(course), "# - 2 points: a reason.", "# - 2 points: a reason.\n# - 1 point: good.")
    build(course, lessons=[LESSON])
    shutil.rmtree(course / "autograde" / "submitted" / "cleo")
    hand_in(course, "cleo", report_data="Five, from a die.", report_why="It was fun.")
    changed = grade_class(course, LESSON)
    assert feedback(desk) is None
    return {"unread": unread, "read": read, "changed": changed}


def entry(graded: ClassResult, student: str, name: str) -> tuple:
    found = graded.public()["students"][student]["exercises"][name]
    return found["score"], found["max_score"], found["status"]


def test_a_part_waits_for_the_teacher_unless_nothing_was_written(grades):
    assert entry(grades["unread"], "ada", "report_data") == (0, 1.5, "ungraded")
    assert entry(grades["unread"], "bob", "report_data") == (0, 1.5, "missing")
    assert entry(grades["unread"], "cleo", "report_why") == (0, 2, "missing")
    ada = grades["unread"].outcomes["ada"]
    assert (ada.score, ada.max_so_far, ada.max_score) == (2, 2, 5.5)


def test_the_model_answer_is_worth_no_check_and_costs_no_points_of_one(grades):
    for student in ("ada", "bob", "cleo"):
        assert entry(grades["unread"], student, "twice") == (2, 2, "correct")


def test_points_given_by_hand_count_and_the_rest_still_waits(grades):
    ada = grades["read"].outcomes["ada"]
    assert (ada.score, ada.max_so_far) == (3, 3.5)
    assert list(ada.waiting) == ["report_why"]


def test_a_changed_rubric_brings_the_gradebook_along_and_keeps_what_was_given(grades, course):
    changed = grades["changed"]
    assert entry(changed, "ada", "report_data") == (1, 1, "correct")
    assert entry(changed, "ada", "report_why") == (0, 3, "ungraded")
    assert entry(changed, "cleo", "report_why") == (0, 3, "ungraded")
    assert changed.outcomes["ada"].max_score == 6
    with open_desk(course).at(LESSON).gradebook() as book:
        comment = book.find_comment("report_data", LESSON, LESSON, "ada").comment
        assert comment == "From *where*?"


def test_who_has_more_points_than_a_smaller_rubric_gives_is_named(grades):
    assert grades["read"].notes == []
    [note] = [note for note in grades["changed"].notes if "report_data" in note]
    assert note.startswith("cleo got more for report_data than the 1 point that it is worth.")


def test_the_page_shows_the_rubric_the_answer_the_points_and_the_comment(grades, course):
    page = course / "autograde" / "feedback" / "ada" / LESSON / f"{LESSON}.html"
    html = page.read_text()
    for said in ("1 point: good.", "Three and four.", "1 of 1 point", "3 of 3"):
        assert said in html
    assert "From <em>where</em>?" in html
    assert "A model answer" not in html


def test_the_table_names_few_answers_that_wait_and_counts_many():
    def told(parts: int) -> str:
        verdicts = {f"part_{n}": ExerciseResult(0.0, 2.0, "ungraded") for n in range(parts)}
        return row(SubmissionResult(verdicts))[1]

    assert "part_0 [dim](not graded yet, 2 points)" in told(3)
    assert told(5) == "5 answers [dim](not graded yet, 10 points)[/dim]"


def test_the_demos_class_writes_reports_that_wait_and_one_who_wrote_nothing(grades, course):
    desk = open_desk(course).at(LESSON)
    students = demo_class(desk.read_master(), exercises_of(course, LESSON), list(desk.points()))
    released = nbformat.read(desk.released, as_version=4)
    reports = {
        student.name: [c.source for c in notebook(released, student).cells if is_read_by_hand(c)]
        for student in students
    }
    assert reports["ada"] == [REPORT_OF_DEMO] * 2
    assert reports["gus"] == [TO_WRITE] * 2
    assert all("report_data" not in student.answers for student in students)


def test_a_notebook_with_the_learners_own_pictures_is_graded_where_they_are_not(grades, course):
    desk = open_desk(course).at(LESSON)
    printed = [
        output.text
        for cell in desk.read_autograded("ada").cells
        if cell.source == OWN
        for output in cell.outputs
    ]
    assert printed == ["8 ('boat', 'dog', 'cat', 'bird')\n"]
