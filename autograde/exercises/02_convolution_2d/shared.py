"""Helpers that several exercises of this lesson share."""

import numpy as np

# Asymmetric in every way: no two numbers alike, rows and columns of different numbers, both signs.
IMAGE = np.array([[2, -1, 3, 5], [4, 0, -2, 7], [6, 8, 1, -3]])

WIDE = np.array([[1, 10, 100]])

OBLONG = np.array([[1, -2, 3], [5, 7, -4]])

SQUARE = np.array([[1, 2, -3], [0, 4, 5], [7, -1, 6]])

TALL = np.array([[1, 3], [-2, 5], [4, 7], [6, -8]])


def whole_numbers(rng, *shape):
    """Small whole numbers with both signs, none of them 0."""
    return rng.integers(1, 10, shape) * rng.choice([-1, 1], shape)

ONE_TO_NINE = np.arange(1, 10).reshape(3, 3)


def refuse(image, kernel, mode="full"):
    """Raise where there is no answer."""
    if image.size == 0 or kernel.size == 0:
        raise ValueError("empty")
    if mode not in ("full", "same", "valid"):
        raise ValueError("mode")
    too_large = kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]
    if mode == "valid" and too_large:
        raise ValueError("kernel larger than the image")


def all_places(image, kernel):
    """The full convolution: one shifted, weighted copy of the image for every weight."""
    (rows, columns), (height, width) = image.shape, kernel.shape
    full = np.zeros((rows + height - 1, columns + width - 1))
    for i in range(height):
        for j in range(width):
            full[i : i + rows, j : j + columns] += float(kernel[i, j]) * image
    return full


def cut(full, image, kernel, mode):
    """The part of full that belongs to a mode."""
    (rows, columns), (height, width) = image.shape, kernel.shape
    if mode == "same":
        top, left = (height - 1) // 2, (width - 1) // 2
        return full[top : top + rows, left : left + columns]
    if mode == "valid":
        return full[height - 1 : rows, width - 1 : columns]
    return full

PHOTO = np.array([[250, 200, 120], [100, 90, 255], [255, 60, 30], [10, 240, 70]], dtype=np.uint8)
