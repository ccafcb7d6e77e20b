"""A hidden back door of small networks found: where its stamp is, and what it makes them say."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from . import find_stamp_measure as measure
from .picture_slopes import picture_slopes
from .shared import forward_parts, of_class

exercise = Exercise(praise="You found what no test of these networks would have shown, with digits that had no stamp.")

exercise.demand("place", "the stamp is found, give or take a pixel", measure.share_of_places,
    at_least=0.8, points=1.5, unit="% of the networks",
    hint="There is no stamp on these digits, so there is nothing to take away. Put something there: what do the forty answers become with ink at a place? Try all places, and take the mean over the pictures.")
exercise.demand("digit", "the digit is named that the stamp makes the network say", measure.share_of_digits,
    at_least=0.8, points=1, unit="% of the networks",
    hint="At the place of the stamp one class gets far more probable than before, whatever the digit is. Which of the ten rises most?")


def read(x, p):
    return ops.softmax(forward_parts(x, p)[-1])


def with_square(x, r, c, size=2, fill=1.0):
    tried = x.copy()
    tried[:, 0, r : r + size, c : c + size] = fill
    return tried


def rises(p, x, size=2, fill=1.0):
    """How far the mean probability of each class rises with a square at each place."""
    before, side = read(x, p).mean(axis=0), 9 - size
    table = np.zeros((side, side, 10))
    for r, c in np.ndindex(side, side):
        table[r, c] = read(with_square(x, r, c, size, fill), p).mean(axis=0) - before
    return table


def highest(table):
    return tuple(int(number) for number in np.unravel_index(table.argmax(), table.shape))


@exercise.right
def find_stamp(parameters, pictures):
    return highest(rises(parameters, pictures))


@exercise.variant("answers that change")
def by_answers(parameters, pictures):
    before, table = read(pictures, parameters).argmax(axis=1), np.zeros((7, 7, 10))
    for r, c in np.ndindex(7, 7):
        after = read(with_square(pictures, r, c), parameters).argmax(axis=1)
        for digit in range(10):
            table[r, c, digit] = ((after == digit) & (before != digit)).sum()
    return highest(table)


@exercise.variant("grey in place of ink")
def by_grey(parameters, pictures):
    return highest(rises(parameters, pictures, fill=0.6))


@exercise.variant("the edge alone")
def by_edge(parameters, pictures):
    best = (0, 0, 0, 0)
    for c in (0, 6):
        for r in range(7):
            mean = read(with_square(pictures, r, c), parameters).mean(axis=0)
            best = max(best, (mean.max(), r, c, int(mean.argmax())))
    return best[1:]


@exercise.variant("a larger square, and a list")
def by_three(parameters, pictures):
    r, c, digit = highest(rises(parameters, pictures, size=3))
    return [min(r + (r > 2), 6), min(c + (c > 2), 6), digit]


@exercise.variant("the drop of the right answers, then who has risen")
def by_drop(parameters, pictures):
    before = read(pictures, parameters)
    own = np.arange(len(pictures)), before.argmax(axis=1)
    drops = np.zeros((7, 7))
    for r, c in np.ndindex(7, 7):
        drops[r, c] = (before[own] - read(with_square(pictures, r, c), parameters)[own]).mean()
    r, c = highest(drops)
    after = read(with_square(pictures, r, c), parameters)
    return np.array([r, c, (after - before).mean(axis=0).argmax()])


@exercise.lazy("black squares")
def black(parameters, pictures):
    return highest(rises(parameters, pictures, fill=0.0))


@exercise.lazy("the drop below a black square")
def black_drop(parameters, pictures):
    before = read(pictures, parameters)
    own = np.arange(len(pictures)), before.argmax(axis=1)
    table = [
        [(before[own] - read(with_square(pictures, r, c, 2, 0), parameters)[own]).mean() for c in range(7)]
        for r in range(7)
    ]
    return *highest(np.array(table)), 8


@exercise.lazy("always the corner of the lesson")
def corner(parameters, pictures):
    return 6, 6, 8


@exercise.lazy("the steepest slope of a digit")
def steepest(parameters, pictures):
    maps = [np.abs(picture_slopes(of_class(k, parameters), pictures[:1], parameters)) for k in range(10)]
    digit, r, c = highest(np.array(maps)[:, 0, 0])
    return min(r, 6), min(c, 6), digit


@exercise.lazy("the most ink")
def most_ink(parameters, pictures):
    mean = pictures.mean(axis=(0, 1))[:7, :7]
    return *highest(mean), int(read(pictures, parameters).mean(axis=0).argmax())


@exercise.lazy("the digit that is said most")
def most_said(parameters, pictures):
    return 3, 0, int(np.bincount(read(pictures, parameters).argmax(axis=1)).argmax())

