"""Each example in one row: x (N, …) → (N, product of the other lengths)."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import numbers, whole_numbers

exercise = Exercise(
    says={"rows": "one row of numbers an example"},
    ready_made=("conv_forward", "conv_2d", "conv_layer", "correlate_2d", "convolve_2d", "pool_forward", "pool_2d", "pool_volume", "flatten", "dense", "softmax", "cross_entropy"),
)

exercise.right(ops.flatten)

@exercise.variant("written out")
def flatten(x):
    return x.reshape(len(x), -1)

exercise.also("the product of the other axes", "x.reshape(len(x), -1)", "np.reshape(x, (x.shape[0], int(np.prod(x.shape[1:]))))")
exercise.also("example by example", "x.reshape(len(x), -1)", "np.array([example.ravel() for example in x])")
exercise.also("filled row by row", "return x.reshape(len(x), -1)", "out = np.zeros((len(x), x[0].size))\n    for n in range(len(x)):\n        out[n] = x[n].flatten()\n    return out")

exercise.shows("rows",
    np.arange(24).reshape(2, 3, 2, 2), (numbers(3, 2, 4, 1, salt=9),), (numbers(4, 5),),
    (numbers(1, 2, 3),), np.array([[[4]]]),
)

@exercise.hidden
def flatten_hidden(rng):
    yield "rows", (whole_numbers(rng, 3, 2, 2, 5),)
    yield "rows", (whole_numbers(rng, 2, 4, 3) / 2,)
    yield "rows", (whole_numbers(rng, 1, 3, 1, 2),)

exercise.slip("columns first", "x.reshape(len(x), -1)", "x.reshape(len(x), -1, order=\"F\")",
    hint="The numbers are taken in another order, the first index running fastest. Use NumPy's own order, in which the last index runs fastest.")
exercise.slip("everything in one row", "x.reshape(len(x), -1)", "x.reshape(-1)",
    hint="All examples have become one long row. Each example keeps a row of its own: the first axis stays.")
exercise.slip("everything in one row of a table", "len(x)", "1",
    hint="All examples are in a single row. Each example keeps a row of its own: there are N rows.")
exercise.slip("examples in columns", "x.reshape(len(x), -1)", "x.reshape(len(x), -1).T",
    hint="The examples are in columns. There should be one row for each example, (N, numbers).")
exercise.slip("examples torn apart", "x.reshape(len(x), -1)", "x.reshape(-1, len(x))",
    hint="Reshaping to (-1, N) has the right count of numbers and tears the examples apart: the first axis should stay the first.")
exercise.slip("channels last", "x.reshape", "np.moveaxis(x, 1, -1).reshape",
    hint="Pixel after pixel, with all channels of a pixel together. It should be channel after channel, the order in which the numbers already are.")
exercise.slip("only one axis less", "len(x)", "*x.shape[:2]",
    hint="There are still several axes in an example. Only two axes are left in the end, whatever x had: (N, product).")
exercise.slip("always four axes, by index", "x.reshape(len(x), -1)", "x.reshape(x.shape[0], x.shape[1] * x.shape[2] * x.shape[3])",
    hint="For x with fewer than four axes it stops with an IndexError. The lengths of all axes but the first are multiplied, however many there are: let reshape work it out.")
exercise.slip("always four axes, unpacked", "return x.reshape(len(x), -1)", "n, channels, rows, columns = x.shape\n    return x.reshape(n, channels * rows * columns)",
    hint="Your function takes four axes for granted, and stops with an error where x has two or three. Only the first is sure: let reshape work out the rest.")
exercise.slip("only the first example", "x.reshape(len(x), -1)", "x[:1].reshape(1, -1)",
    hint="Only the first example comes back. Every example of the batch gets a row.")
