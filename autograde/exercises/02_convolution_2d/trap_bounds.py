"""The sum of every 3 × 3 window that fits on the picture."""

import numpy as np

from convolab.exercises import Exercise

from .convolve_2d import convolve_2d
from .shared import IMAGE, ONE_TO_NINE

exercise = Exercise(
    says={"values": "the sum of every 3 × 3 window"},
    ready_made=("convolve_2d", "correlate_2d", "convolve_1d", "correlate_1d", "conv_2d", "conv_layer"),
)

@exercise.right
def trap_bounds(image):
    rows, columns = image.shape
    sums = np.zeros((rows - 2, columns - 2))
    for row in range(rows - 2):
        for col in range(columns - 2):
            sums[row, col] = image[row : row + 3, col : col + 3].sum()
    return sums

@exercise.variant("plus one")
def trap_bounds_plus(image):
    rows, columns = image.shape
    sums = np.zeros((rows - 3 + 1, columns - 3 + 1))
    for row in range(rows - 3 + 1):
        for col in range(columns - 3 + 1):
            sums[row, col] = np.sum(image[row : row + 3, col : col + 3])
    return sums

@exercise.variant("by convolution")
def trap_bounds_convolution(image):
    return convolve_2d(image, np.ones((3, 3)), "valid")

@exercise.variant("slices")
def trap_bounds_slices(image):
    rows, columns = image.shape
    return sum(image[i : rows - 2 + i, j : columns - 2 + j] for i in range(3) for j in range(3))

exercise.shows("values", (IMAGE,), (ONE_TO_NINE,), IMAGE / 4, np.arange(30).reshape(6, 5) % 7)

@exercise.wrong("as found", untouched=True,
    hint="Count on paper: how many windows of 3 × 3 fit on an image of 3 × 3, and what does `range(3 − 3)` give?")
def trap_bounds_found(image):
    rows, columns = image.shape
    sums = np.zeros((rows - 3, columns - 3))
    for row in range(rows - 3):
        for col in range(columns - 3):
            sums[row, col] = image[row : row + 3, col : col + 3].sum()
    return sums

exercise.slip("array enlarged, loops not", "for row in range(rows - 2):\n        for col in range(columns - 2):", "for row in range(rows - 3):\n        for col in range(columns - 3):",
    hint="The array is large enough now, but its last row and column stay 0: the two ranges end one step early as well.")
exercise.slip("loops enlarged, array not", "(rows - 2, columns - 2)", "(rows - 3, columns - 3)",
    hint="The loops now reach the last window, but the array has no place for it: its size needs the same + 1.")
