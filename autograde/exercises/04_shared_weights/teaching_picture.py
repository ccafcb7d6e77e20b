"""A picture of one's own from which any kernel can be learned quickly (an open task)."""

import numpy as np

from convolab.data import hopper
from convolab.exercises import Exercise

from . import teaching_picture_measure as measure

exercise = Exercise(praise="You designed an experiment: your picture asks about every weight at once.")

exercise.demand("finds", "after 20 steps, every weight of six hidden kernels is right to within 0.1", measure.largest_error,
    at_most=0.1, points=0.5, unit="off at worst",
    hint="Compare the dots with the portrait: where neighbours are alike, or follow any pattern that repeats, many kernels give the same output. Then look at the numbers: are they spread on both sides of 0, as far as −1 and 1 allow?")
exercise.demand("noise", "with noisy targets, every weight is right to within 0.25", measure.largest_error_in_noise,
    at_most=0.25, points=0.5, unit="off at worst",
    hint="Noise averages out over many places, and matters less the further your numbers are from 0. Is your picture as large, and as strong, as it may be?")


@exercise.right
def teaching_picture():
    return np.random.default_rng(0).choice([-1.0, 1.0], (32, 32))


@exercise.variant("random between −1 and 1")
def between():
    return np.random.default_rng(1).random((32, 32)) * 2 - 1


@exercise.variant("bell-shaped, clipped")
def bell():
    return np.clip(np.random.default_rng(2).normal(0, 0.8, (32, 32)), -1, 1)


@exercise.variant("the lesson's dots, standardised and clipped")
def standardised():
    dots = np.random.default_rng(4).random((32, 32))
    return np.clip((dots - dots.mean()) / dots.std(), -1, 1)


@exercise.variant("waves that get shorter, no random numbers")
def waves():
    row, column = np.mgrid[:32, :32]
    return np.sign(np.cos(0.23 * row**2 + 0.19 * column**2 + 0.31 * row * column))


@exercise.variant("arithmetic that looks like chance")
def arithmetic():
    row, column = np.mgrid[:32, :32]
    return (7 * row**2 + 3 * row * column**2 + 5 * column + row * column) % 11 / 5 - 1


@exercise.lazy("the lesson's dots as they are")
def dots():
    return np.random.default_rng(4).random((32, 32))


@exercise.lazy("a piece of the portrait")
def portrait():
    return hopper()[40:72, 90:122] / 127.5 - 1


@exercise.lazy("even grey")
def grey():
    return np.ones((32, 32))


@exercise.lazy("a chessboard")
def chessboard():
    row, column = np.mgrid[:32, :32]
    return (-1.0) ** (row + column)


@exercise.lazy("a ramp")
def ramp():
    row, column = np.mgrid[:32, :32]
    return (row + column) / 31 - 1


@exercise.lazy("a single bright pixel")
def spot():
    picture = np.zeros((32, 32))
    picture[16, 16] = 1
    return picture


@exercise.lazy("random, but faint")
def faint():
    return np.random.default_rng(0).choice([-0.3, 0.3], (32, 32))


@exercise.lazy("random, but small")
def small():
    return np.random.default_rng(3).choice([-1.0, 1.0], (6, 6))
