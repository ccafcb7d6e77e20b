"""Helpers that several exercises of this lesson share."""

import numpy as np

VOLUME = np.array(
    [
        [[1, 0, 2, -1, 3], [4, 1, -2, 0, 5], [0, 3, 1, 2, -1], [2, -3, 0, 4, 1]],
        [[2, 1, 0, 3, -2], [-1, 5, 2, 1, 0], [3, 0, -4, 1, 2], [1, 2, 6, 0, -3]],
    ]
)


def whole_numbers(rng, *shape):
    """Small whole numbers with both signs, none of them 0."""
    return rng.integers(1, 10, shape) * rng.choice([-1, 1], shape)


def band(row, n, steps=1):
    """A row of weights in every row, moved on by `steps` columns from row to row."""
    k = len(row)
    matrix = np.zeros((n - k + 1, n))
    for x in range(n - k + 1):
        start = x if steps > 0 else n - k - x
        matrix[x, start : start + k] = row
    return matrix

BLOCK = np.array([[[1, 2], [-1, 3]], [[4, 0], [2, -5]]])
