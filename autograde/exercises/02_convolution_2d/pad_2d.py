"""The picture in a frame of zeros."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import IMAGE, OBLONG, whole_numbers

exercise = Exercise(
    points={"frame": 1},
    says={"frame": "the frame of zeros"},
    ready_made=("convolve_2d", "correlate_2d", "convolve_1d", "correlate_1d", "conv_2d", "conv_layer"),
)

exercise.right(ops.pad_2d)

@exercise.variant("written out")
def pad_2d(image, pad):
    return np.pad(image, pad)

@exercise.variant("zeros and a slice")
def pad_2d_slice(image, pad):
    rows, columns = image.shape
    padded = np.zeros((rows + 2 * pad, columns + 2 * pad))
    padded[pad : pad + rows, pad : pad + columns] = image
    return padded

@exercise.variant("loops")
def pad_2d_loops(image, pad):
    padded = np.zeros((image.shape[0] + 2 * pad, image.shape[1] + 2 * pad))
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            padded[i + pad, j + pad] = image[i, j]
    return padded

@exercise.variant("stacked strips")
def pad_2d_strips(image, pad):
    side = np.zeros((image.shape[0], pad))
    middle = np.hstack([side, image, side])
    strip = np.zeros((pad, middle.shape[1]))
    return np.vstack([strip, middle, strip])

exercise.shows("frame", (IMAGE, 1), (OBLONG, 2), (np.array([[1.5], [2.5]]), 3), (OBLONG, 0), (np.array([[5]]), 0))
exercise.numpy_integers("frame", np.array([[5, 1]]), 2)

@exercise.hidden
def pad_2d_hidden(rng):
    yield "frame", (whole_numbers(rng, 3, 5), 4)
    yield "frame", (whole_numbers(rng, 5, 2) / 2, 1)

def framed(image, top, bottom, left, right):
    """The image with zeros of its kind around it."""
    return np.pad(image, ((top, bottom), (left, right)))

exercise.slip("top and left only", "return np.pad(image, pad)", "return framed(image, pad, 0, pad, 0)",
    hint="The zeros are at the top and on the left only. Every side gets `pad` of them, so there are 2 · pad more rows and 2 · pad more columns.")
exercise.slip("bottom and right only", "return np.pad(image, pad)", "return framed(image, 0, pad, 0, pad)",
    hint="The zeros are at the bottom and on the right only. Every side gets `pad` of them, so the image begins at row pad and column pad.")
exercise.slip("rows only", "return np.pad(image, pad)", "return framed(image, pad, pad, 0, 0)",
    hint="There are new rows, but no new columns: zeros go to the left and right as well.")
exercise.slip("columns only", "return np.pad(image, pad)", "return framed(image, 0, 0, pad, pad)",
    hint="There are new columns, but no new rows: zeros go to the top and bottom as well.")
exercise.slip("in the corner of the right size", "return np.pad(image, pad)", "return framed(image, 0, 2 * pad, 0, 2 * pad)",
    hint="The size is right, but the image sits in the top left corner. It should begin at row pad and column pad.")
exercise.slip("edge repeated", "np.pad(image, pad)", "np.pad(image, pad, mode=\"edge\")",
    hint="The frame repeats the numbers at the edge. Here it is made of zeros.")
exercise.slip("nothing fits where pad is 0", "for i in range(image.shape[0]):\n        for j in range(image.shape[1]):\n            padded[i + pad, j + pad] = image[i, j]", "padded[pad:-pad, pad:-pad] = image", of="loops",
    hint="Your frames are right except for pad = 0: the slice `[0:-0]` is empty. Count from the front, from pad to pad plus the number of rows.")
