"""Max pooling of a batch: x (N, C, H, W) → (N, C, H // size, W // size)."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import numbers, pooled, whole_numbers

exercise = Exercise(
    says={"values": "the largest of each window", "rest": "what does not fit is dropped"},
    ready_made=("conv_forward", "conv_2d", "conv_layer", "correlate_2d", "convolve_2d", "pool_forward", "pool_2d", "pool_volume", "flatten", "dense", "softmax", "cross_entropy"),
)

exercise.right(ops.pool_forward)

@exercise.variant("written out")
def pool_forward(x, size=2):
    return pooled(x, size)

@exercise.variant("cut and reshape")
def pool_forward_reshape(x, size=2):
    n, c, h, w = x.shape
    rows, columns = h // size, w // size
    x = x[:, :, : rows * size, : columns * size]
    return x.reshape(n, c, rows, size, columns, size).max(axis=(3, 5))

@exercise.variant("four loops")
def pool_forward_loops(x, size=2):
    n, channels, h, w = x.shape
    out = np.zeros((n, channels, h // size, w // size))
    for k in range(n):
        for channel in range(channels):
            for r in range(h // size):
                for c in range(w // size):
                    top, left = r * size, c * size
                    out[k, channel, r, c] = x[
                        k, channel, top : top + size, left : left + size
                    ].max()
    return out

@exercise.variant("maximum of shifted slices")
def pool_forward_slices(x, size=2):
    h, w = x.shape[2] // size * size, x.shape[3] // size * size
    cells = [x[:, :, i:h:size, j:w:size] for i in range(size) for j in range(size)]
    return np.maximum.reduce(cells)

exercise.shows("values",
    (numbers(2, 3, 4, 6),), -np.arange(1, 25).reshape(1, 2, 2, 6)[:, :, :, ::-1] / 2,
    (numbers(1, 2, 3, 6, salt=5), 3), (numbers(1, 1, 2, 2, salt=3),),
)
exercise.shows("rest",
    (numbers(1, 2, 5, 7, salt=3),), (numbers(2, 1, 7, 8, salt=60), 3), (numbers(1, 1, 4, 5, salt=70),),
)
exercise.numpy_integers("values", numbers(1, 2, 6, 3, salt=5), 3)

@exercise.hidden
def pool_forward_hidden(rng):
    yield "values", (whole_numbers(rng, 2, 3, 6, 4),)
    yield "values", (-rng.integers(1, 30, (3, 2, 4, 8)) / 2, 4)
    yield "rest", (whole_numbers(rng, 2, 2, 5, 5),)
    yield "rest", (whole_numbers(rng, 1, 3, 8, 7), 3)

exercise.slip("started from 0", "pooled(x, size)", "np.maximum(pooled(x, size), 0)",
    hint="Where all four numbers are negative, 0 comes out. Do not start from 0: take the maximum of the window itself.")
exercise.slip("average", "pooled(x, size)", "pooled(x, size, np.mean)",
    hint="This is the average of each window; its largest number is needed.")
exercise.slip("smallest", "pooled(x, size)", "pooled(x, size, np.min)",
    hint="This is the smallest number of each window.")
exercise.slip("windows overlap", "pooled(x, size)", "pooled(x, size, np.max, 1)",
    hint="The windows overlap, one place apart. They shouldn't: the stride is size.")
exercise.slip("edge padded with zeros", "return pooled(x, size)", "down, right = (-n % size for n in x.shape[2:])\n    return pooled(np.pad(x, ((0, 0), (0, 0), (0, down), (0, right))), size)",
    hint="There are too many rows or columns where the size does not divide them. What does not fill a window is dropped.")
exercise.slip("half windows at the edge", "return pooled(x, size)", "down, right = (-n % size for n in x.shape[2:])\n    padded = np.pad(\n        x.astype(float), ((0, 0), (0, 0), (0, down), (0, right)), constant_values=-np.inf\n    )\n    return pooled(padded, size)",
    hint="At the edge, windows that are not full give a number too. What does not fill a window is dropped: round the number of windows down.")
exercise.slip("only sizes that fit", "return pooled(x, size)", "n, c, h, w = x.shape\n    return x.reshape(n, c, h // size, size, w // size, size).max(axis=(3, 5))",
    hint="It stops with an error where the size does not divide rows or columns. Cut off what does not fit, and reshape after that.")
exercise.slip("wrong axes", "return pooled(x, size)", "n, c, h, w = x.shape\n    x = x[:, :, : h // size * size, : w // size * size]\n    mixed = x.reshape(n, c, size, h // size, size, w // size)\n    return mixed.max(axis=(2, 4))",
    hint="The maximum is taken over the wrong axes: after reshaping to (N, C, rows, size, columns, size), the cells of a window are along axes 3 and 5.")
exercise.slip("channels mixed", "pooled(x, size)", "pooled(x, size).max(axis=1)",
    hint="The maximum goes over the channels too. Every channel is pooled on its own.")
exercise.slip("channels mixed, axis kept", "return pooled(x, size)", "largest = pooled(x, size)\n    return np.broadcast_to(largest.max(axis=1, keepdims=True), largest.shape).copy()",
    hint="All channels of an example hold the same numbers: the maximum goes over the channels too. Every channel is pooled on its own.")
exercise.slip("size always 2", "pooled(x, size)", "pooled(x, 2)",
    hint="The windows are always 2 × 2. Use the argument size.")
exercise.slip("windows start one place apart", "return pooled(x, size)", "rows, columns = (n // size for n in x.shape[2:])\n    return pooled(x, size, np.max, 1)[:, :, :rows, :columns]",
    hint="There are as many windows as there should be, but they are one place apart: window r begins at row r · size.")
exercise.slip("largest of all examples", "return pooled(x, size)", "largest = pooled(x, size)\n    return np.broadcast_to(largest.max(axis=(0, 1), keepdims=True), largest.shape).copy()",
    hint="All examples and channels hold the same numbers: without an axis, max gives one number for everything. Let it run over the window's rows and columns only, axes 2 and 3.")
exercise.slip("examples and channels pooled", "pooled(x, size)", "pooled(x.transpose(2, 3, 0, 1), size).transpose(2, 3, 0, 1)",
    hint="The windows cover examples and channels. x has the axes (N, C, H, W): rows and columns are the last two.")
exercise.slip("wrong axes of the window", "return pooled(x, size)", "raise ValueError(\"could not broadcast input array\")",
    hint="It stops with an error each time, as when the maximum is taken along other axes than the window's own: of (N, C, rows, columns), the last two should go, and the first two stay.")
exercise.slip("only the largest column", "return pooled(x, size)", "columns = x.shape[3] // size\n    cut = x[:, :, :, : columns * size]\n    return cut.reshape(*x.shape[:3], columns, size).max(axis=4)",
    hint="The maximum goes along one axis of the windows only: two rows, or two columns, are left where there should be one number. Give max both axes.")
exercise.slip("only the first number", "return pooled(x, size)", "rows, columns = (n // size for n in x.shape[2:])\n    return x[:, :, ::size, ::size][:, :, :rows, :columns]",
    hint="This is the number at the top left of each window. The largest of all its numbers is needed.")

@exercise.wrong("square maps only",
    hint="The number of rows is used for the columns too: count them one by one, from `x.shape[2]` and from `x.shape[3]`.")
def pool_forward_square(x, size=2):
    rows = x.shape[2] // size
    out = np.zeros((*x.shape[:2], rows, rows))
    for r in range(rows):
        for c in range(rows):
            window = x[:, :, r * size : (r + 1) * size, c * size : (c + 1) * size]
            out[:, :, r, c] = window.max(axis=(2, 3))
    return out

@exercise.wrong("maximum over examples' channels and rows",
    hint="The maximum runs along axes 1 and 2 of the window, channels and rows. Its rows and columns are axes 2 and 3.")
def pool_forward_axes_one_two(x, size=2):
    out = np.zeros((*x.shape[:2], x.shape[2] // size, x.shape[3] // size))
    for r in range(out.shape[2]):
        for c in range(out.shape[3]):
            window = x[:, :, r * size : (r + 1) * size, c * size : (c + 1) * size]
            out[:, :, r, c] = window.max(axis=(1, 2))
    return out

exercise.slip("maximum over all windows", "(3, 5)", "(2, 4)", of="cut and reshape",
    hint="The maximum runs over the numbers of the windows, so that one window is left. After reshaping, the places inside a window are axes 3 and 5.")
exercise.slip("maximum over the last two axes", "(3, 5)", "(4, 5)", of="cut and reshape",
    hint="After reshaping to (N, C, rows, size, columns, size) the last two axes are the columns: the places inside a window are axes 3 and 5.")
