"""How surely a patch is found again: pieces of the portrait, patches cut from them, changed light."""

import numpy as np

from convolab import data
from convolab.check.open_task import NotMeasured

ROWS, COLUMNS, HEIGHT, WIDTH = 13, 17, 5, 7  # of a picture and of a patch
PICTURES, GREEN = 12, 1  # one channel is grey enough, and nothing has to be computed for it
HALF = 0.5  # of the pictures: less is more than bad luck
LEAST_SPREAD = 12.0  # a patch that is all one grey could be anywhere


def place_of(ask, picture, patch):
    """The learner's answer as two whole numbers: the row and column of the patch's corner."""
    place = ask(picture, patch)
    if not isinstance(place, (tuple, list, np.ndarray)) or np.size(place) != 2:
        raise NotMeasured("A place is a row and a column: return two numbers, row first.")
    row, column = np.asarray(place).ravel()
    if np.asarray(place).dtype.kind not in "iuf" or row % 1 or column % 1:
        raise NotMeasured("Rows and columns are counted in whole numbers: one of yours is not.")
    return int(row), int(column)


def drawn(rng, portrait):
    """A piece of the portrait, and a patch of it with its place."""
    while True:
        top = int(rng.integers(portrait.shape[0] - ROWS + 1))
        left = int(rng.integers(portrait.shape[1] - COLUMNS + 1))
        picture = portrait[top : top + ROWS, left : left + COLUMNS].astype(float)
        row = int(rng.integers(ROWS - HEIGHT + 1))
        column = int(rng.integers(COLUMNS - WIDTH + 1))
        patch = picture[row : row + HEIGHT, column : column + WIDTH].copy()
        if patch.std() >= LEAST_SPREAD:
            return picture, patch, (row, column)


def as_it_is(picture, rng):
    """The picture, not changed at all."""
    return picture


def share_found(ask, rng, change=as_it_is):
    """The share of the pictures in which the patch is found where it was cut out.

    Raises:
        NotMeasured: the answers are off in one way only, or row and column are swapped.
    """
    answers, places, portrait = [], [], data.hopper(colour=True)[:, :, GREEN]
    for _ in range(PICTURES):
        picture, patch, place = drawn(rng, portrait)
        answers.append(place_of(ask, change(picture, rng), patch))
        places.append(place)
    off = np.array(answers) - places
    share = np.mean((off == 0).all(axis=1))
    if share < HALF:
        _see_habits(np.array(answers), np.array(places), off)
    return share


def _see_habits(answers, places, off):
    """Raise for a habit that spoils what was found: the place is right, and said in another way."""
    if np.mean((answers[:, ::-1] == places).all(axis=1)) > HALF:
        raise NotMeasured("Row and column are swapped in your answer: the row comes first.")
    ways, counts = np.unique(off, axis=0, return_counts=True)
    if counts.max() > HALF * len(off):
        down, right = ways[counts.argmax()]
        raise NotMeasured(
            f"Most of your answers are off by {down} down and {right} to the right, always the "
            "same. The place is the picture's row and column under the patch's top left number."
        )


def share_found_in_noise(ask, rng):
    """The same where every pixel of the picture has changed a little since the patch was cut."""
    return share_found(ask, rng, lambda picture, rng: picture + rng.normal(0, 3, picture.shape))


def share_found_in_other_light(ask, rng):
    """The same where the picture has become darker or brighter, with less or more contrast."""
    return share_found(
        ask, rng, lambda picture, rng: rng.choice([0.5, 2.0]) * picture + rng.uniform(-60, 60)
    )
