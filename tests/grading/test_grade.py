"""`convolab grade`: every submission gets the verdict that it should, and none stops the class."""

import io
import json

import pytest
from rich.console import Console

from convolab.grading import grade
from convolab.grading.desk import open_desk
from convolab.grading.grade_options import GradeOptions
from convolab.grading.gradebook import gradebook
from convolab.grading.gradebook.enter_lesson import enter_assignment
from convolab.grading.run import records
from convolab.problem import Problem
from tests.grading.small_course import LESSON, RIGHT, filled, hand_in


@pytest.mark.parametrize(
    ("student", "twice", "total"),
    [
        ("ada", (2, "correct"), (1, "correct")),
        ("deleted", (2, "correct"), (1, "correct")),
        ("dies", (2, "correct"), (0, "error")),
        ("duplicated", (2, "correct"), (1, "correct")),
        ("fails", (0, "error"), (1, "correct")),
        ("hangs", (0, "timeout"), (1, "correct")),
        ("looked-up", (1, "partial"), (1, "correct")),
        ("noisy", (2, "correct"), (1, "correct")),
        ("squares", (0, "wrong"), (1, "correct")),
        ("stubborn", (0, "timeout"), (1, "correct")),
        ("tampered", (0, "wrong"), (0, "missing")),
        ("unfinished", (2, "correct"), (0, "missing")),
    ],
)
def test_each_submission_gets_its_verdict(graded_class, student, twice, total):
    for name, (score, status) in (("twice", twice), ("total", total)):
        verdict = graded_class.verdict(student, name)
        assert (verdict["score"], verdict["status"]) == (score, status)
    assert graded_class.result["students"][student]["problem"] is None


def test_a_broken_submission_has_a_problem_and_every_exercise_ungraded(graded_class):
    broken = graded_class.result["students"]["broken"]
    assert "damaged at line 1" in broken["problem"]
    assert (broken["score"], broken["max_score"]) == (0, 3)
    assert {
        n: (e["score"], e["max_score"], e["status"]) for n, e in broken["exercises"].items()
    } == {
        "twice": (0, 2, "ungraded"),
        "total": (0, 1, "ungraded"),
    }


def test_a_broken_submission_leaves_nothing_half_written(graded_class):
    desk = open_desk(graded_class.course).at(LESSON)
    assert "broken" not in gradebook.standings(desk)
    assert not (desk.folder("autograded") / "broken").exists()
    assert not (desk.results / LESSON / "broken.json").exists()


def test_a_known_mistake_is_answered_with_its_hint(graded_class):
    assert graded_class.verdict("squares", "twice")["hint"] == "These are the squares."


def test_whatever_is_not_fully_right_has_a_hint_and_what_is_right_has_none(graded_class):
    for student in graded_class.result["students"].values():
        for verdict in student["exercises"].values():
            assert bool(verdict["hint"]) == (verdict["status"] != "correct")


def test_the_gradebook_holds_the_same_points(graded_class):
    standings = gradebook.standings(open_desk(graded_class.course).at(LESSON))
    for student, entry in graded_class.result["students"].items():
        if entry["problem"] is None:
            assert standings[student].score == entry["score"]


def test_the_result_has_the_fields_that_programs_rely_on(graded_class):
    result = graded_class.result
    assert list(result) == ["lesson", "seconds", "cpu_seconds", "students"]
    assert result["lesson"] == LESSON
    assert 0 < result["cpu_seconds"] < 300
    for student in result["students"].values():
        assert list(student) == ["score", "max_score", "problem", "causes", "exercises"]
        assert list(student["exercises"]) == ["twice", "total"]
        for exercise in student["exercises"].values():
            assert list(exercise) == ["score", "max_score", "status", "hint"]


def test_hidden_cases_reach_neither_the_autograded_notebook_nor_its_hints(graded_class):
    path = open_desk(graded_class.course).at(LESSON).autograded("looked-up")
    hint = graded_class.verdict("looked-up", "twice")["hint"]
    assert "other numbers" in hint
    assert not any(character.isdigit() for character in hint)
    assert "convolab-cases" not in path.read_text()


# --- Running it again. What would be graded is noted, and not run.


@pytest.fixture
def again(graded_class, tmp_path, monkeypatch):
    """`again(**options)` grades a copy of the class once more and tells who would be run."""
    course = graded_class.copy(tmp_path / "copy")
    asked = []

    def note(entering, submission, came):
        asked.append(submission.student)
        records.forget(open_desk(course).at(LESSON), submission.student)

    monkeypatch.setattr(grade.Recorder, "take", note)

    def run(**options):
        asked.clear()
        grade.grade_class(course, LESSON, GradeOptions(jobs=1, **options))
        return list(asked)

    run.course = course
    return run


EVERYBODY = [
    "ada", "deleted", "dies", "duplicated", "fails", "hangs", "looked-up", "noisy", "squares",
    "stubborn", "tampered", "unfinished",
]  # fmt: skip


def test_what_has_not_changed_is_not_graded_again(again):
    assert again() == []


def test_a_changed_submission_and_no_other_is_graded_again(again):
    hand_in(again.course, "unfinished", filled(RIGHT))
    assert again() == ["unfinished"]


def test_a_mended_broken_submission_is_graded(again):
    hand_in(again.course, "broken", filled(RIGHT))
    assert again() == ["broken"]


def test_another_seed_grades_everybody_again_and_the_same_seed_nobody(again):
    assert again(seed=2026) == []
    assert again(seed=7) == EVERYBODY


def test_force_grades_everybody_again(again):
    assert again(force=True) == EVERYBODY


def test_a_mended_exercise_grades_everybody_again(again):
    path = again.course / "autograde" / "exercises" / LESSON / "twice.py"
    path.write_text(path.read_text().replace("Two was added.", "You added two."))
    assert again() == EVERYBODY


def test_a_submission_that_a_killed_run_left_without_scores_is_graded_again(again):
    desk = open_desk(again.course).at(LESSON)
    with desk.gradebook() as book:
        for grade_of_cell in book.find_submission_notebook(LESSON, LESSON, "ada").grades:
            grade_of_cell.auto_score = None
        book.db.commit()
    assert again() == ["ada"]


def test_a_killed_regrading_is_not_taken_for_the_grade_before_it(again):
    assert again(seed=7) == EVERYBODY  # stopped after the records were dropped
    assert again() == EVERYBODY


def test_a_missing_autograded_notebook_is_made_again(again):
    path = open_desk(again.course).at(LESSON).autograded("noisy")
    path.unlink()
    assert again() == ["noisy"]


def test_a_score_that_another_run_put_into_the_gradebook_is_made_again(again):
    desk = open_desk(again.course).at(LESSON)
    with desk.gradebook() as book:
        book.find_grade("test_twice", LESSON, LESSON, "noisy").auto_score = 1
        book.db.commit()
    assert again() == ["noisy"]


def test_a_damaged_record_is_made_again(again):
    (open_desk(again.course).at(LESSON).records / "ada.json").write_text("{")
    assert again() == ["ada"]


# --- What is printed and written.


def printed(course, json_file=None, **options):
    console = Console(file=io.StringIO(), width=100)
    options = GradeOptions(**options)
    status = grade.grade(course, LESSON, options, json_file=json_file, console=console)
    return status, console.file.getvalue()


def test_the_table_names_what_is_not_right_and_the_exit_status_tells_of_problems(
    graded_class, tmp_path
):
    course = graded_class.copy(tmp_path / "copy")
    hand_in(course, ".cache", filled(RIGHT))
    target = tmp_path / "results" / "out.json"
    status, text = printed(course, json_file=target)
    assert status == 3
    assert "could not be graded" in text
    assert "all right" in text
    assert "twice 1 of 2" in text
    assert "total (missing)" in text
    assert "12 graded (12 before, unchanged since), 1 with a problem" in text
    assert "Note: .cache starts with a dot" in text
    assert json.loads(target.read_text())["students"] == graded_class.result["students"]
    assert [p.name for p in target.parent.iterdir()] == ["out.json"]


def test_the_exit_status_is_0_where_all_are_graded(graded_class, tmp_path):
    course = graded_class.copy(tmp_path / "copy")
    (course / "autograde" / "submitted" / "broken").rename(tmp_path / "aside")
    assert printed(course)[0] == 0


def test_an_unknown_lesson_without_submissions_is_a_problem(course):
    with pytest.raises(Problem, match="Nobody has submitted"):
        printed(course)


# --- The assignment in the gradebook.


def test_the_assignment_is_kept_up_to_date_without_touching_the_released_notebooks(course):
    desk = open_desk(course).at(LESSON)
    enter_assignment(desk)
    enter_assignment(desk)
    assert list((course / "notebooks").iterdir()) == []
    with desk.gradebook() as book:
        assert book.find_assignment(LESSON).max_score == 3

    # Points that an author changed are carried into it.
    master = desk.master()
    master.write_text(master.read_text().replace('"points": 1', '"points": 5'))
    enter_assignment(desk)
    with desk.gradebook() as book:
        assert book.find_assignment(LESSON).max_score == 7


@pytest.mark.parametrize("name", ["test_total", "by_hand"])
def test_cells_that_came_after_grading_are_a_problem_with_a_way_out(graded_class, tmp_path, name):
    course = graded_class.copy(tmp_path / "copy")
    desk = open_desk(course).at(LESSON)
    master = desk.master()
    master.write_text(master.read_text().replace(f'"{name}"', f'"{name}_2"'))
    with pytest.raises(Problem, match="nbgrader db assignment remove 01_small --force"):
        enter_assignment(desk)


def test_a_missing_teachers_notebook_is_a_problem_with_a_way_out(course):
    hand_in(course, "ada", filled(RIGHT))
    (course / "solutions" / LESSON / f"{LESSON}.ipynb").unlink()
    with pytest.raises(Problem, match="convolab build"):
        printed(course)


def test_an_exercise_that_is_not_sound_stops_before_anybody_is_graded(course):
    hand_in(course, "ada", filled(RIGHT))
    path = course / "autograde" / "exercises" / LESSON / "twice.py"
    path.write_text(path.read_text().replace("return [v + v for v in values]", "return values"))
    with pytest.raises(Problem, match="variant 'loop' is not right"):
        printed(course)
    assert not (course / "autograde" / "autograded").exists()


def test_a_damaged_gradebook_is_a_problem_in_one_sentence(course):
    hand_in(course, "ada", filled(RIGHT))
    (course / "autograde" / "gradebook.db").write_text("not a database, whatever its name says")
    with pytest.raises(Problem, match=r"gradebook\.db cannot be used: file is not a database"):
        printed(course)


def test_a_grade_given_by_hand_stays_when_a_submission_is_graded_again(graded_class, tmp_path):
    course = graded_class.copy(tmp_path / "copy")
    for other in (course / "autograde" / "submitted").iterdir():
        if other.name != "squares":
            other.rename(tmp_path / other.name)
    desk = open_desk(course).at(LESSON)
    with desk.gradebook() as book:
        book.find_grade("test_twice", LESSON, LESSON, "squares").manual_score = 1.5
        book.db.commit()
    path = desk.autograded("squares")
    before = path.read_bytes()
    assert printed(course, force=True)[0] == 0
    assert path.read_bytes() == before  # graded twice, the same file
    assert gradebook.standings(desk)["squares"].score == 2.5
    assert gradebook.standings(desk)["squares"].auto_scores["test_twice"] == 0
