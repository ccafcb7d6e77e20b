"""What an author gets wrong in an open task is one sentence with file and line."""

from pathlib import Path

import pytest

from convolab.authoring.build import build
from tests.authoring.refused import FOLDER, assert_refused, refusal
from tests.authoring.small_course import edit, line_of

OPEN = '''\
"""A pair of numbers with a large sum."""

from convolab.exercises import Exercise

from . import twice_measure as measure

exercise = Exercise()
exercise.demand("sum", "the sum is large", measure.total, at_least=10, points=2)


@exercise.right
def twice():
    return [9, 9]


@exercise.lazy("nothing")
def nothing():
    return [0, 0]
'''
MEASURE = '''\
"""The sum."""


def total(ask, rng):
    return sum(ask())
'''


@pytest.fixture
def open_task(twice: Path) -> Path:
    """The same exercise as an open task."""
    twice.write_text(OPEN)
    twice.with_name("twice_measure.py").write_text(MEASURE)
    return twice


def test_a_good_open_task_is_built(open_task):
    build(open_task.parents[3])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (", at_least=10", "", "The demand 'sum' needs a target: either at_least or at_most"),
        (
            "at_least=10",
            "at_least=10, at_most=3",
            "needs a target: either at_least or at_most.",
        ),
        ("measure.total, ", "", "The demand 'sum' needs a measurement, a function of the _measure"),
        (
            "measure.total",
            "sum",
            "is measured by a function of another file; write it in twice_measure.py",
        ),
        ("measure.total", "lambda ask, rng: 12", "is measured by a function of twice.py"),
    ],
)
def test_a_demand_that_cannot_be_judged(open_task, old, new, says):
    edit(open_task, old, new)
    problem = refusal(open_task.parents[3])
    assert problem.startswith(f"{FOLDER}/twice.py:{line_of(open_task, 'exercise.demand')}: ")
    assert says in problem


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[0, 0]", "[5, 6]", "the lazy answer 'nothing' meets every demand"),
        ("[0, 0]", "[0, zero]", "the mistake 'nothing' stops with NameError"),
    ],
)
def test_a_lazy_answer_that_is_none(open_task, old, new, says):
    edit(open_task, old, new)
    assert_refused(open_task, line_of(open_task, "exercise.lazy"), says)


@pytest.mark.parametrize(
    ("returned", "says"),
    [
        ("sum(ask()) / zero", "(twice_measure.py, line 5): NameError: name 'zero' is not defined."),
        ("sum(ask(), ask)", "(twice_measure.py, line 5): TypeError: "),
        ('"many"', "(total): ValueError: could not convert string to float: 'many'."),
    ],
)
def test_a_measurement_that_stops_says_where(open_task, returned, says):
    edit(open_task.with_name("twice_measure.py"), "sum(ask())", returned)
    problem = refusal(open_task.parents[3])
    demand = line_of(open_task, "exercise.demand")
    assert problem.startswith(f"{FOLDER}/twice.py:{demand}: exercise twice: the demand 'sum'")
    assert f"cannot be measured of the right answer {says}" in problem


def test_a_demand_without_points_beside_others_that_have_them(open_task):
    edit(
        open_task,
        "\n\n@exercise.right",
        ('exercise.demand("few", "they are few", measure.total, at_most=99)\n\n\n@exercise.right'),
    )
    problem = refusal(open_task.parents[3])
    assert "twice.py:9: exercise twice: the demand 'few' has no points, but others do" in problem


def test_a_right_answer_that_misses_a_demand(open_task):
    edit(open_task, "[9, 9]", "[1, 1]")
    assert_refused(open_task, line_of(open_task, "exercise = "), "the right answer misses a demand")
