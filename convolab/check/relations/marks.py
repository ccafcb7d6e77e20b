"""A result with its wrong places marked, and the border of an array."""

from dataclasses import dataclass

import numpy as np

from convolab.check.relations.pairs import Pair


@dataclass(frozen=True, eq=False)
class Marked:
    """A result and the places of it that are wrong."""

    pair: Pair
    wrong: np.ndarray

    @property
    def ndim(self) -> int:
        return self.wrong.ndim


def frame(shape: tuple[int, ...], axes: tuple[int, ...], width: int) -> np.ndarray:
    """Where the border of a width along some axes is."""
    inside = np.ones(shape, bool)
    for axis in axes:
        places = np.arange(shape[axis])
        free = (places >= width) & (places < shape[axis] - width)
        line = [1] * len(shape)
        line[axis] = shape[axis]
        inside &= free.reshape(line)
    return ~inside
