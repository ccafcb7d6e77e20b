"""What a cell is, from its metadata: the same as nbgrader says, and nothing for nonsense."""

from itertools import product

import nbformat
import pytest
from nbgrader import utils

from convolab import cell_metadata as cells

ROLES = ("grade", "solution", "locked", "task")


def cell(**nbgrader):
    return nbformat.v4.new_code_cell(metadata={"nbgrader": nbgrader} if nbgrader else {})


@pytest.mark.parametrize("flags", list(product((True, False), repeat=4)))
def test_the_roles_are_those_that_nbgrader_sees(flags):
    one = cell(grade_id="test_twice", **dict(zip(ROLES, flags, strict=True)))
    assert cells.is_graded(one) == utils.is_grade(one)
    assert cells.is_solution(one) == utils.is_solution(one)
    assert cells.is_locked(one) == utils.is_locked(one)
    assert cells.is_task(one) == utils.is_task(one)


@pytest.mark.parametrize(
    ("flags", "checked", "graded", "answered"),
    [
        ({"locked": True}, "twice", None, ""),
        ({"locked": True, "grade": True}, "twice", "twice", ""),
        ({"solution": True}, None, None, "test_twice"),
        ({"solution": True, "grade": True}, None, None, "test_twice"),
        ({"task": True}, None, None, ""),
        ({}, None, None, ""),
    ],
)
def test_a_cell_named_like_a_check_is_one_unless_an_answer_goes_there(
    flags, checked, graded, answered
):
    one = cell(grade_id="test_twice", **flags)
    assert cells.checked_exercise(one) == checked
    assert cells.graded_exercise(one) == graded
    assert cells.answered_exercise(one) == answered


def test_a_locked_cell_of_another_name_checks_no_exercise():
    assert cells.checked_exercise(cell(grade_id="given", locked=True)) is None


@pytest.mark.parametrize("junk", [None, [], ["a list"], "text", 3, {}, {"grade_id": 7}])
def test_metadata_of_any_kind_say_nothing_and_raise_nothing(junk):
    one = {"metadata": {"nbgrader": junk, "convolab": junk}}
    assert cells.name_of(one) is None
    assert cells.checked_exercise(one) is None
    assert cells.answered_exercise(one) == ""
    assert not cells.course_of(one).get("heavy")


def test_the_name_of_a_check_and_its_exercise_lead_to_each_other():
    assert cells.exercise_of(cells.check_name("twice")) == "twice"
    assert cells.is_check_name(cells.check_name("twice"))
    assert not cells.is_check_name("twice")
