"""A function as an argument of a case: it travels by its name."""

import numpy as np
import pytest

from convolab.check import functions, words
from convolab.check.encode import decode, encode
from convolab.exercises import Exercise
from tests.check.course import judged

GRADIENTS = {
    "sum_of_squares": lambda x: 2 * x,
    "sum_of_cubes": lambda x: 3 * x**2,
    "sum_of_neighbours": lambda x: np.array([x[1], x[0] + x[2], x[1] + x[3], x[2]]),
    "weighted_sum": lambda x: np.array([1.0, 2.0, 3.0, 4.0]),
    "sum_of_squared_rows": lambda x: np.full(4, 2 * x.sum()),
}


@pytest.mark.parametrize("name", functions.NAMED)
def test_a_named_function_survives_the_file_and_is_shown_by_its_name(name):
    function = functions.named(name)
    assert encode(function) == {"function": name}
    assert decode(encode(function)) is function
    assert words.call("slope", (function, np.array([1, 2]))) == f"slope({name}, np.array([1, 2]))"


@pytest.mark.parametrize("name", functions.NAMED)
def test_each_has_the_gradient_that_it_says(name):
    x, h = np.array([2.0, -1.0, 3.0, 0.5]), 1e-5
    function, moved = functions.named(name), np.eye(4) * h
    slopes = [(function(x + step) - function(x - step)) / (2 * h) for step in moved]
    assert np.allclose(slopes, GRADIENTS[name](x), atol=1e-8)


def test_no_other_function_can_stand_in_a_case():
    def sum_of_squares(x):
        return 0

    for stranger in (sum_of_squares, len, np.sum):
        with pytest.raises(TypeError):
            encode(stranger)


def test_an_answer_is_called_with_the_function_itself():
    at_two = Exercise(name="at_two", points={"values": 1}, says={"values": "the value at 2"})

    @at_two.right
    def right(f):
        return f(np.array([2.0]))

    at_two.shows("values", functions.sum_of_squares, functions.sum_of_cubes)
    assert judged(at_two, lambda f: f(np.array([2.0]))).status == "correct"
    wrong = judged(at_two, lambda f: 4.0 if f is functions.sum_of_squares else 0.5)
    assert wrong.status == "wrong"
    assert wrong.call == "at_two(lambda x: np.sum(x**3))"
