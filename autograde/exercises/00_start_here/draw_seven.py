"""A seven drawn in numbers, which a network can read (an open task)."""

import numpy as np

from convolab import data
from convolab.exercises import Exercise

from . import draw_seven_measure as measure

exercise = Exercise(praise="You wrote 64 numbers, and a network read them as a seven.")

exercise.demand(
    "read",
    "the network reads a seven",
    measure.sure_of_seven,
    at_least=0.9,
    points=0.5,
    unit="% sure",
    hint="It learned from sevens that people wrote. Look at some in a cell of your own, `plots.image(images[7])` or `plots.image(images[17])`: how wide is a stroke, and which way does it lean?",
)
exercise.demand(
    "moved",
    "it still does when the picture is one column further to the left or right",
    measure.sure_when_moved,
    at_least=0.5,
    points=0.5,
    unit="% sure",
    hint="A thin stroke is easily taken for a part of another digit. Make it wider, or let a short bar cross it, as many people do; and leave a column free at the side, so that nothing is cut off.",
)


def drawn(*rows):
    """A picture from its rows: # is full ink and a dot is paper."""
    return np.array([[16 if mark == "#" else 0 for mark in row] for row in rows])


@exercise.right
def draw_seven():
    image = np.zeros((8, 8))
    image[0:2, 1:7] = 16
    for row in range(2, 8):
        image[row, 5 - row // 2] = 16
        image[row, 6 - row // 2] = 16
    return image


@exercise.variant("thin, with a bar across")
def crossed():
    image = np.zeros((8, 8))
    image[0, 2:6] = 16
    for row, column in enumerate([5, 5, 4, 4, 3, 3, 3], start=1):
        image[row, column] = 16
    image[4, 2:7] = 16
    return image


@exercise.variant("a bar and a steep diagonal, two wide")
def steep():
    image = np.zeros((8, 8))
    image[0, 2:7] = 16
    for row in range(1, 8):
        start = max(0, 6 - row)
        image[row, start : start + 2] = 16
    return image


@exercise.variant("marks in rows")
def in_rows():
    return drawn(
        "..####..",
        "..####..",
        "....##..",
        "...##...",
        "...##...",
        "..##....",
        "..##....",
        "..##....",
    )


@exercise.variant("with a little foot at its bar")
def with_a_foot():
    return drawn(
        ".######.",
        ".#...##.",
        "....##..",
        "....##..",
        "...##...",
        "...##...",
        "..##....",
        "..##....",
    )


@exercise.variant("a list of lists, crossed")
def listed():
    return drawn(
        "..#####.",
        ".....##.",
        "....##..",
        "..#####.",
        "...##...",
        "..##....",
        "..##....",
        "..##....",
    ).tolist()


@exercise.variant("what all sevens have in common")
def average():
    images, labels = data.digits()
    return images[labels == 7].mean(axis=0)


@exercise.lazy("an empty page")
def empty():
    return np.zeros((8, 8))


@exercise.lazy("a page full of ink")
def full():
    return np.full((8, 8), 16)


@exercise.lazy("somebody's seven")
def copied():
    return data.digits()[0][7]


@exercise.lazy("somebody's seven with a dot")
def copied_with_a_dot():
    image = data.digits()[0][17].copy()
    image[7, 0] = 16
    return image


@exercise.lazy("a bar and a stem straight down")
def straight():
    image = np.zeros((8, 8))
    image[0:2, 1:7] = 16
    image[2:8, 4:6] = 16
    return image


@exercise.lazy("along the edges")
def edges():
    image = np.zeros((8, 8))
    image[0, :7] = 16
    image[:, 6] = 16
    return image


@exercise.lazy("a bar alone")
def bar():
    image = np.zeros((8, 8))
    image[1, 1:7] = 16
    return image


@exercise.lazy("a stroke alone")
def stroke():
    image = np.zeros((8, 8))
    image[:, 3:5] = 16
    return image


@exercise.lazy("random numbers")
def random():
    return np.random.default_rng(0).integers(0, 17, (8, 8))


@exercise.lazy("the ramp of the exercise before")
def ramp():
    return np.add.outer(np.arange(8), np.arange(8))


@exercise.lazy("upside down")
def upside_down():
    return np.flipud(draw_seven())
