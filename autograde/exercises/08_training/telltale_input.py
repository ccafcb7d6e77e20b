"""An input on which wrong copies of conv_backward give themselves away (an open task)."""

import numpy as np

from convolab.exercises import Exercise

from . import telltale_input_measure as measure
from .shared import numbers

exercise = Exercise(praise="Whoever writes such an input has understood what each axis is for.")

exercise.demand("mistakes", "every planted mistake makes a difference on your input", measure.share_given_away,
    at_least=1, points=0.75, unit="% of the mistakes",
    hint="Where can a mistake hide? With one example nobody sees a missing sum over the examples, and the same goes for one channel, one kernel, one place, no padding, or a square. A kernel that stays the same when it is turned or mirrored hides the rest.")
exercise.demand("small", "the input is small", measure.count_numbers,
    at_most=150, points=0.25, unit="numbers",
    hint="Two of everything show as much as twenty: two examples, two channels, two kernels, and few rows and columns.")


@exercise.right
def telltale_input():
    return numbers(2, 2, 3, 4, salt=1) / 2, numbers(2, 2, 2, 3, salt=2), numbers(2, 2, 2, 2, salt=3), 1


@exercise.variant("random numbers")
def random_numbers():
    rng = np.random.default_rng(0)
    return rng.normal(size=(2, 2, 3, 4)), rng.normal(size=(2, 2, 2, 3)), rng.normal(size=(2, 2, 2, 2)), 1


@exercise.variant("counted through")
def counted_through():
    grad, x, w = (np.arange(1, size + 1) for size in (48, 24, 16))
    return grad.reshape(2, 2, 3, 4), x.reshape(2, 2, 2, 3), w.reshape(2, 2, 2, 2), 1


@exercise.variant("a wide frame, three kernels, a list")
def wide_frame():
    rng = np.random.default_rng(5)
    return [rng.random((2, 3, 3, 4)), rng.random((2, 2, 1, 2)), rng.random((3, 2, 3, 3)), 2]


@exercise.variant("taller than wide")
def taller_than_wide():
    return numbers(2, 2, 5, 3, salt=4) / 2, numbers(2, 2, 4, 2, salt=5), numbers(2, 2, 2, 2, salt=6), 1


@exercise.variant("three examples")
def three_examples():
    return numbers(3, 2, 2, 4, salt=7) + 0.5, numbers(3, 2, 1, 3, salt=8), numbers(2, 2, 2, 2, salt=9), 1


@exercise.lazy("all ones")
def ones():
    return np.ones((2, 2, 3, 4)), np.ones((2, 2, 2, 3)), np.ones((2, 2, 2, 2)), 1


@exercise.lazy("one example")
def one_example():
    return numbers(1, 2, 3, 4, salt=1), numbers(1, 2, 2, 3, salt=2), numbers(2, 2, 2, 2, salt=3), 1


@exercise.lazy("no padding")
def no_padding():
    return numbers(2, 2, 2, 3, salt=1), numbers(2, 2, 3, 4, salt=2), numbers(2, 2, 2, 2, salt=3), 0


@exercise.lazy("square")
def square():
    return numbers(2, 2, 3, 3, salt=1), numbers(2, 2, 2, 2, salt=2), numbers(2, 2, 2, 2, salt=3), 1


@exercise.lazy("a symmetric kernel")
def symmetric_kernel():
    w = np.array([[[[0, 1, 0], [1, -4, 1], [0, 1, 0]]] * 2] * 2)
    return numbers(2, 2, 2, 3, salt=1), numbers(2, 2, 2, 3, salt=2), w, 1


@exercise.lazy("kernels of one pixel")
def one_pixel():
    return numbers(2, 2, 4, 5, salt=1), numbers(2, 2, 2, 3, salt=2), numbers(2, 2, 1, 1, salt=3), 1


@exercise.lazy("far too large")
def too_large():
    rng = np.random.default_rng(0)
    return rng.normal(size=(4, 4, 6, 7)), rng.normal(size=(4, 3, 6, 7)), rng.normal(size=(4, 3, 3, 3)), 1
