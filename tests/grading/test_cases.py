"""Hidden cases are drawn with the teacher's seed into a folder that only this user can read."""

import json
import stat

import pytest

from convolab.grading.cases import draw
from convolab.problem import Problem
from tests.grading.small_course import LESSON


def inputs(folder, name="twice"):
    cases = json.loads((folder / LESSON / f"{name}.json").read_text())["cases"]
    return [json.dumps(case["arguments"]) for case in cases if case["hidden"]]


def test_a_seed_draws_the_same_cases_and_another_seed_others(course):
    first = inputs(draw(course, LESSON, 1))
    assert first
    assert inputs(draw(course, LESSON, 2)) != first
    assert inputs(draw(course, LESSON, 1)) == first


def test_visible_cases_are_there_too(course):
    cases = json.loads((draw(course, LESSON, 1) / LESSON / "total.json").read_text())["cases"]
    assert len(cases) == 3


def test_they_are_drawn_once_for_a_class_and_anew_for_a_mended_exercise(course):
    folder = draw(course, LESSON, 1)
    assert draw(course, LESSON, 1) == folder
    path = course / "autograde" / "exercises" / f"{LESSON}.py"
    path.write_text(path.read_text() + "\n# mended\n")
    assert draw(course, LESSON, 1) != folder
    assert not folder.exists()


def test_nobody_else_can_read_them(course):
    assert stat.S_IMODE(draw(course, LESSON, 1).stat().st_mode) == 0o700


def test_missing_exercises_are_a_problem(course):
    with pytest.raises(Problem, match="The exercises of 02_other are missing"):
        draw(course, "02_other", 1)
