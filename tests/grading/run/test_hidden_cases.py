"""Hidden cases are drawn with the teacher's seed and stay in the grader's memory."""

import pytest

from convolab.grading.run.hidden_cases import draw
from convolab.problem import Problem
from tests.grading.small_course import LESSON


def inputs(checked, name="twice"):
    return [case["arguments"] for case in checked[name].cases.cases if case["hidden"]]


def test_a_seed_draws_the_same_cases_and_another_seed_others(course):
    first = inputs(draw(course, LESSON, 1))
    assert first
    assert inputs(draw(course, LESSON, 2)) != first
    assert inputs(draw(course, LESSON, 1)) == first


def test_visible_cases_are_there_too(course):
    assert len(draw(course, LESSON, 1)["total"].cases.cases) == 3


@pytest.mark.parametrize("file", ["twice.py", "by_hand.toml", "shared.py", "total_measure.py"])
def test_they_are_drawn_once_for_a_class_and_anew_when_any_file_of_the_lesson_is_mended(
    course, file
):
    checked = draw(course, LESSON, 1)
    assert draw(course, LESSON, 1) is checked
    with (course / "autograde" / "exercises" / LESSON / file).open("a") as text:
        text.write("\n# mended\n")
    assert draw(course, LESSON, 1) is not checked


def test_no_file_holds_them(course, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "empty"))
    (tmp_path / "empty").mkdir()
    draw(course, LESSON, 3)
    assert list((tmp_path / "empty").iterdir()) == []


def test_missing_exercises_are_a_problem(course):
    with pytest.raises(Problem, match="The exercises of 02_other are missing"):
        draw(course, "02_other", 1)
