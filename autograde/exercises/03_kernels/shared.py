"""Helpers that several exercises of this lesson share."""

import numpy as np

# Asymmetric, both signs, not square; and a photograph's numbers, which are large and small.
IMAGE = np.array([[2, -1, 3, 5], [4, 0, -2, 7], [6, 8, 1, -3]])

TALL = np.array([[3, 1, 4], [-1, 5, 9], [2, -6, 5], [3, 5, -8], [9, 7, 1]])

PHOTO = np.array(
    [
        [10, 200, 37, 90, 255],
        [250, 3, 120, 61, 14],
        [77, 180, 255, 40, 99],
        [0, 23, 210, 131, 68],
    ],
    dtype=np.uint8,
)


def whole_numbers(rng, *shape):
    """Small whole numbers with both signs, none of them 0."""
    return rng.integers(1, 10, shape) * rng.choice([-1, 1], shape)


def photo(rng, *shape):
    """Numbers of a picture."""
    return rng.integers(0, 256, shape, dtype=np.uint8)


def refuse(size, smallest=1):
    """Raise for a size that is even or too small."""
    if size < smallest or size % 2 == 0:
        raise ValueError("size")


def centred(size, around, centre):
    """One number everywhere, another one in the centre."""
    kernel = np.full((size, size), float(around))
    kernel[size // 2, size // 2] = centre
    return kernel
