"""Helpers that several exercises of this lesson share."""

import numpy as np

# The matrix of the lesson, and maps that are asymmetric in every way, with both signs.
SMALL = np.array([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]])

MAP = np.array(
    [[3, -1, 4, 1, -5, 9], [2, -6, 5, 3, 5, -8], [9, 7, -9, 3, 2, 3], [8, -4, 6, 2, 6, -4]]
)

RAGGED = np.array(
    [
        [-7, 3, 12, -2, 5, 4, 21],
        [6, -8, 1, 9, -3, 2, 17],
        [4, 10, -6, 7, 8, -1, 19],
        [-5, 11, 2, -4, 3, 6, 23],
        [31, 25, -9, 27, 33, 29, 35],
    ]
)

NEGATIVE = np.array([[-3, -1, -4, -8], [-5, -9, -2, -6]])

VOLUME = np.stack([MAP, MAP[::-1] * 2 - 3, 4 - MAP[:, ::-1]])

KINDS = ("max", "average", "sum")


def whole_numbers(rng, *shape):
    """Small whole numbers with both signs, none of them 0."""
    return rng.integers(1, 10, shape) * rng.choice([-1, 1], shape)


def kept(window, how, axis=None):
    """What is kept of a window."""
    if how == "max":
        return np.max(window, axis=axis)
    if how == "average":
        return np.mean(window, axis=axis)
    return np.sum(window, axis=axis)


def refuse(x, size, stride, how):
    """Raise where there is no answer."""
    if size < 1 or stride < 1:
        raise ValueError("size and stride must be at least 1")
    if size > x.shape[0] or size > x.shape[1]:
        raise ValueError("the window is larger than the map")
    if how not in KINDS:
        raise ValueError("how must be max, average or sum")


def windows_pooled(x, size, stride, how, rows=None, columns=None):
    """Each window pooled; what lies beyond the edge does not count."""
    rows = (x.shape[0] - size) // stride + 1 if rows is None else rows
    columns = (x.shape[1] - size) // stride + 1 if columns is None else columns
    result = np.zeros((max(rows, 0), max(columns, 0)))
    for i in range(rows):
        for j in range(columns):
            window = x[i * stride : i * stride + size, j * stride : j * stride + size]
            result[i, j] = kept(window, how)
    return result


def every(x, size=2, stride=None, how="max"):
    """The right answer to pool_2d, for other answers to go wrong from."""
    stride = size if stride is None else stride
    refuse(x, size, stride, how)
    return windows_pooled(x, size, stride, how)

TWO = np.stack([RAGGED, 5 - RAGGED[::-1]])
