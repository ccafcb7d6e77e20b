"""How well the course's network reads a picture that was drawn in numbers."""

from functools import cache

import numpy as np

from convolab import data, nn
from convolab.check.open_task import NotMeasured

SEVEN, SIDE, INK = 7, 8, 16
ALIKE, OWN = 2, 8  # numbers that are this close count as the same; so many must differ


def picture_of(ask):
    """The learner's picture as floats, (8, 8), from 0 to 16, and nobody else's."""
    picture = np.asarray(ask())
    if picture.shape != (SIDE, SIDE):
        raise NotMeasured(
            f"Return an array of {SIDE} rows and {SIDE} columns; the shape of yours is "
            f"{picture.shape}."
        )
    if picture.dtype.kind not in "biuf" or not np.isfinite(picture).all():
        raise NotMeasured("A picture holds ordinary numbers: one of yours is not.")
    if picture.min() < 0 or picture.max() > INK:
        raise NotMeasured(f"Ink runs from 0 to {INK} here: some of your numbers are outside.")
    images, _ = data.digits()
    different = (np.abs(images - picture) > ALIKE).sum(axis=(1, 2))
    if different.min() < OWN:
        raise NotMeasured(
            f"That one is images[{different.argmin()}], or nearly: somebody else wrote it. "
            "Draw a seven of your own."
        )
    return picture.astype(float)


@cache
def network():
    """The network of the lesson's last figure."""
    return nn.lenet().load(data.data_file("lenet_digits.npz"))


def how_sure(picture):
    """The probability, from 0 to 1, that the network gives to a seven."""
    shown = data.enlarged(picture)[None, None].astype(np.float32)
    return float(network().probabilities(shown)[0, SEVEN])


def sure_of_seven(ask, rng):
    """How sure it is that the picture is a seven."""
    return how_sure(picture_of(ask))


def sure_when_moved(ask, rng):
    """The same of the picture a column further to the left or to the right, the lower of both."""
    blank = np.zeros((SIDE, 1))
    picture = picture_of(ask)
    left, right = np.hstack([picture[:, 1:], blank]), np.hstack([blank, picture[:, :-1]])
    return min(how_sure(left), how_sure(right))
