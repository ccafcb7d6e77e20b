"""The references of a lesson's exercises, for comparing them with independent sources."""

import copy
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from convolab.check.answer import same_bits
from convolab.exercises import Exercise
from convolab.nn import Conv2D, Dense, Flatten, MaxPool2D, ReLU, Sequential
from tests.check.course import EXERCISES, lesson


def exercises(folder: str) -> dict[str, Exercise]:
    """The exercises of a lesson by name."""
    return lesson(EXERCISES / folder)


def references(folder: str) -> dict[str, Callable]:
    """The right answers of a lesson by name; none of them may change what it is called with."""
    return {name: _careful(exercise) for name, exercise in exercises(folder).items()}


def _careful(exercise: Exercise) -> Callable:
    def answer(*arguments):
        before = copy.deepcopy(arguments)
        result = exercise.answer(*arguments)
        assert same_bits(before, arguments), f"{exercise.name} changes its argument"
        return result

    return answer


def arrays(*shape, low: int = -9, high: int = 9):
    """Arrays of whole numbers as floats; a pair in `shape` is a smallest and a largest length."""
    lengths = [st.integers(*side) if isinstance(side, tuple) else st.just(side) for side in shape]
    return st.tuples(*lengths).flatmap(
        lambda sides: hnp.arrays(
            np.float64, sides, elements=st.integers(low, high).map(float), fill=st.nothing()
        )
    )


def halves(*shape):
    """As `arrays`, of whole and half numbers, whose products and sums are still exact."""
    return arrays(*shape).map(lambda array: array / 2)


def bytes_of(*shape):
    """As `arrays`, of a picture's small numbers, which wrap around above 255."""
    return arrays(*shape, low=0, high=255).map(lambda array: array.astype(np.uint8))


def refuses(answer: Callable, *arguments) -> None:
    """The exercise answers these arguments with a ValueError, as the contract says."""
    with pytest.raises(ValueError, match=r"."):
        answer(*arguments)


def slopes(f, x, step=1.0):
    """The gradient of a function of an array, by central differences.

    Exact up to rounding where f is at most quadratic in each single number, as is every layer
    without a bend; a step of 1 then keeps whole numbers whole.
    """
    out = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        sides = []
        for sign in (1, -1):
            moved = x.astype(float)
            moved[place] += sign * step
            sides.append(f(moved))
        out[place] = (sides[0] - sides[1]) / (2 * step)
    return out


def in_the_courses_network(parameters: dict[str, np.ndarray]) -> Sequential:
    """Lesson 08's small network with these parameters in `convolab.nn`, in double precision."""
    layers = [Conv2D(16, 3), ReLU(), MaxPool2D(2), Flatten(), Dense(10)]
    twin = Sequential(layers, (1, 8, 8), dtype=np.float64)
    for kind in ("conv", "dense"):
        for letter in "wb":
            twin.parameters[f"{kind}1_{letter}"][...] = parameters[f"{kind}_{letter}"]
    return twin
