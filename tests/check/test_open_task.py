"""An open task is judged by one answer, whatever a function says the second time."""

import warnings

import numpy as np

from convolab.check.answer import Local, likeness, same_bits
from convolab.check.cases import load
from convolab.check.ladder import judge

TASK = load("line_end_kernel")
STRONG = np.where(np.arange(9).reshape(3, 3) == 4, 4.0, -1.0)  # finds ends, and is dark on paper
BLANK = np.zeros((3, 3))  # gives blank paper 0, and finds nothing


def points(function):
    return judge(TASK, Local({TASK.name: function}, TASK.name)).points


def one_after_another(*kernels):
    """A function that gives another kernel each time it is called."""
    turns = iter(kernels)
    return lambda: next(turns)


def test_a_kernel_for_each_demand_is_worth_no_more_than_the_first():
    assert points(one_after_another(STRONG, BLANK, STRONG)) == points(lambda: STRONG) == 1.5
    assert points(one_after_another(BLANK, STRONG, STRONG)) == points(lambda: BLANK) == 0.5


def test_numbers_in_an_array_of_objects_are_measured():
    assert points(lambda: STRONG.astype(object)) == 1.5


def test_an_answer_may_hold_several_arrays_of_different_shapes():
    task = load("telltale_input")
    rng = np.random.default_rng(0)

    def judged(**changed):
        shapes = {"grad": (2, 2, 3, 4), "x": (2, 2, 2, 3), "w": (2, 2, 2, 2)} | changed
        given = (*(rng.normal(size=shape) for shape in shapes.values()), 1)
        return judge(task, Local({task.name: lambda: given}, task.name))

    assert (judged().status, judged().points) == ("correct", 1)
    assert "is the shape of grad" in judged(grad=(2, 2, 3, 3)).hint
    assert "more than 1,000,000 numbers" in judged(x=(2, 2, 500, 501)).hint


def test_numbers_beyond_measure_warn_nobody():
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        assert points(lambda: STRONG * 1e300) < 2
    assert seen == []


def test_what_has_the_same_bits_is_alike_and_hardly_anything_else_is():
    numbers = np.arange(6.0).reshape(2, 3)
    same = [
        (numbers, numbers.copy(order="F")),
        (np.zeros(2), -np.zeros(2)),
        (np.array([np.nan, 1]), np.array([-np.nan, 1])),
        ((numbers, 1, "same"), (numbers.copy(), 1, "same")),
        ([{"a": 1}, None, 2.5], [{"a": 1}, None, 2.5]),
    ]
    for a, b in same:
        assert same_bits(a, b)
        assert likeness(a) == likeness(b)
    others = [numbers, numbers + 1, numbers.T, numbers[0], numbers.astype(int), (numbers,), 1, 2]
    assert len(set(map(likeness, others))) == len(others)
