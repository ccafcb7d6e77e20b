"""The kernel reversed along both axes, which is a half turn."""

import numpy as np

from convolab.exercises import Exercise

from .shared import OBLONG, SQUARE, TALL, whole_numbers

exercise = Exercise(
    points={"flip": 1},
    says={"flip": "reversed along both axes"},
    ready_made=("convolve_2d", "correlate_2d", "convolve_1d", "correlate_1d", "conv_2d", "conv_layer"),
)

@exercise.right
def flip_2d(kernel):
    return kernel[::-1, ::-1]

@exercise.variant("loops")
def flip_2d_loops(kernel):
    rows, columns = kernel.shape
    flipped = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            flipped[i, j] = kernel[rows - 1 - i, columns - 1 - j]
    return flipped

exercise.also("np.flip", "kernel[::-1, ::-1]", "np.flip(kernel)")
exercise.also("two quarter turns", "kernel[::-1, ::-1]", "np.rot90(kernel, 2)")

exercise.shows("flip", (OBLONG,), (SQUARE,), (TALL,), np.array([[7]]))

@exercise.hidden
def flip_2d_hidden(rng):
    yield "flip", (whole_numbers(rng, 3, 5),)
    yield "flip", (whole_numbers(rng, 4, 4) / 2,)
    yield "flip", (whole_numbers(rng, 1, 3),)

exercise.slip("rows only", "::-1, ::-1", "::-1",
    hint="The rows are reversed, the columns are not: what is on the left should end up on the right as well.")
exercise.slip("columns only", "::-1, ::-1", ":, ::-1",
    hint="The columns are reversed, the rows are not: what is at the top should end up at the bottom as well.")
exercise.slip("transposed", "kernel[::-1, ::-1]", "kernel.T",
    hint="This is the transpose: rows have become columns. Reversing keeps rows rows, in the opposite order.")
exercise.slip("quarter turn", "np.flip", "np.rot90", of="np.flip",
    hint="This is a quarter turn. Reversing both axes is the same as a half turn.")
exercise.slip("nothing happens", "kernel[::-1, ::-1]", "kernel.copy()",
    hint="The kernel comes back as it was.")
exercise.slip("changes its argument", "return kernel[::-1, ::-1]", "kernel[:] = kernel[::-1, ::-1].copy()\n    return kernel",
    hint="The result is right, but the kernel of whoever called the function is reversed too. Make a new array, or return a reversed view, without writing into the kernel.")
