"""The largest number of every size × size window, without overlap or a loop over windows."""

import numpy as np

from convolab.exercises import Exercise

from .shared import MAP, NEGATIVE, RAGGED, SMALL, whole_numbers, windows_pooled

exercise = Exercise(
    points={"two": 0.6, "sizes": 0.4, "speed": 1},
    says={
        "two": "windows of 2 × 2",
        "sizes": "other windows, and maps where some do not fit",
        "speed": "at least 4 times a loop over every element",
    },
    ready_made=("pool_2d", "pool_volume", "pool_forward"),
)

@exercise.right
def max_pool_fast(x, size=2):
    rows, columns = x.shape[0] // size, x.shape[1] // size
    blocks = x[: rows * size, : columns * size].reshape(rows, size, columns, size)
    return blocks.max(axis=(1, 3))

@exercise.variant("sliding windows, every size-th")
def max_pool_fast_windows(x, size=2):
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size))
    return windows[::size, ::size].max(axis=(2, 3))

@exercise.variant("cell by cell of the window")
def max_pool_fast_cells(x, size=2):
    rows, columns = x.shape[0] // size * size, x.shape[1] // size * size
    largest = x[:rows:size, :columns:size]
    for i in range(size):
        for j in range(size):
            largest = np.maximum(largest, x[i:rows:size, j:columns:size])
    return largest

@exercise.variant("rows first, then columns")
def max_pool_fast_two_steps(x, size=2):
    rows, columns = x.shape[0] // size, x.shape[1] // size
    tall = x[: rows * size].reshape(rows, size, -1).max(axis=1)
    return tall[:, : columns * size].reshape(rows, columns, size).max(axis=2)

exercise.also("windows as rows of a table", "blocks.max(axis=(1, 3))", "blocks.transpose(0, 2, 1, 3).reshape(rows, columns, size * size).max(axis=2)")

exercise.shows("two", (SMALL,), (MAP,), (NEGATIVE,))
exercise.shows("sizes",
    (RAGGED[:4],), (RAGGED[:, :6],), (RAGGED,), (RAGGED, 3),
    np.array([[-3, -1, -4], [-5, -9, -2], [-7, -6, -8]]),
)
# Measured at 256 × 256, in elements a plain loop visits in the same time: loops over windows 0.3
# (np.max of a slice) to 1.3 (Python's max of four numbers), over nested lists 1.9 to 2.6; a loop
# over rows 7.6, all the others 9 (reshape, windows) to 230 (four slices). So 4 lies between, and
# is 9 to 14 times the loop over windows. The maximum of all 255 × 255 windows, of which three
# quarters are thrown away, reaches 2.3: it is too slow, as it should be.
exercise.speed("speed", 4, (16384, 4), (256, 256))
exercise.numpy_integers("sizes", RAGGED, 3)

@exercise.hidden
def max_pool_fast_hidden(rng):
    yield "two", (whole_numbers(rng, 6, 8),)
    yield "two", (-np.abs(whole_numbers(rng, 4, 6)) / 2,)
    yield "sizes", (whole_numbers(rng, 9, 7), 2)
    yield "sizes", (whole_numbers(rng, 10, 13), 4)
    yield "sizes", (whole_numbers(rng, 3, 4), 1)

exercise.slip("pooled over the wrong axes", "(1, 3)", "(2, 3)",
    hint="Your maximum runs along whole rows. After reshape(rows, size, columns, size), which axes count inside a window?")
exercise.slip("pooled over the window numbers", "(1, 3)", "(0, 2)",
    hint="Your maximum runs over all windows, and what is left is one window. The axes inside a window should go, the other two stay.")
exercise.slip("blocks of numbers in reading order", "blocks = x[: rows * size, : columns * size].reshape(rows, size, columns, size)\n    return blocks.max(axis=(1, 3))", "blocks = x[: rows * size, : columns * size].reshape(rows, columns, size, size)\n    return blocks.max(axis=(2, 3))",
    hint="reshape reads row by row, so reshape(rows, columns, size, size) makes blocks of numbers that follow each other in one row. The order (rows, size, columns, size) keeps windows whole.")
exercise.slip("numbers far apart", "blocks = x[: rows * size, : columns * size].reshape(rows, size, columns, size)\n    return blocks.max(axis=(1, 3))", "blocks = x[: rows * size, : columns * size].reshape(size, rows, size, columns)\n    return blocks.max(axis=(0, 2))",
    hint="Your windows take numbers from far apart: size comes before rows and columns in your reshape. Inside a window, numbers are neighbours.")
exercise.slip("edge not dropped", "blocks = x[: rows * size, : columns * size].reshape(rows, size, columns, size)\n    return blocks.max(axis=(1, 3))", "return x.reshape(rows, size, columns, size).max(axis=(1, 3))",
    hint="Where the windows don't fit evenly, reshape stops with an error. Cut off first what belongs to no whole window, in both directions.")
exercise.slip("rows cut, columns not", "blocks = x[: rows * size, : columns * size].reshape(rows, size, columns, size)\n    return blocks.max(axis=(1, 3))", "return x[: rows * size].reshape(rows, size, columns, size).max(axis=(1, 3))",
    hint="You cut off the rows that belong to no whole window. The columns need the same.")
exercise.slip("zeros beyond the edge", "windows = np.lib.stride_tricks.sliding_window_view(x, (size, size))\n    return windows[::size, ::size].max(axis=(2, 3))", "padded = np.pad(x, [(0, -side % size) for side in x.shape])\n    return windows_pooled(padded, size, size, \"max\")", of="sliding windows, every size-th",
    hint="Where the windows don't fit evenly, you fill up and have a row or column too many. A window that does not fit wholly is dropped.")
exercise.slip("windows over the edge", "windows = np.lib.stride_tricks.sliding_window_view(x, (size, size))\n    return windows[::size, ::size].max(axis=(2, 3))", "rows, columns = (-(-side // size) for side in x.shape)\n    return windows_pooled(x, size, size, \"max\", rows, columns)", of="sliding windows, every size-th",
    hint="Where the windows don't fit evenly, you have a row or column too many: slices such as `x[::2]` and `x[1::2]` are then not equally long. Cut off first what does not fit.")
exercise.slip("slices of different length", "windows = np.lib.stride_tricks.sliding_window_view(x, (size, size))\n    return windows[::size, ::size].max(axis=(2, 3))", "top = np.maximum(x[::2, ::2], x[::2, 1::2])\n    return np.maximum(top, np.maximum(x[1::2, ::2], x[1::2, 1::2]))", of="sliding windows, every size-th",
    hint="With an odd number of rows or columns, `x[::2]` is one longer than `x[1::2]`, so NumPy cannot combine them; and size may be other than 2. Cut off first what does not fit.")
exercise.slip("size always two", "windows = np.lib.stride_tricks.sliding_window_view(x, (size, size))\n    return windows[::size, ::size].max(axis=(2, 3))", "return windows_pooled(x, 2, 2, \"max\")", of="sliding windows, every size-th",
    hint="It is right for windows of 2 × 2 only: size may be another number.")
exercise.slip("overlapping windows", "windows = np.lib.stride_tricks.sliding_window_view(x, (size, size))\n    return windows[::size, ::size].max(axis=(2, 3))", "return windows_pooled(x, size, 1, \"max\")", of="sliding windows, every size-th",
    hint="Your windows overlap: there is one at every place. Keep only those that begin at multiples of size.")
exercise.slip("started from 0", "windows = np.lib.stride_tricks.sliding_window_view(x, (size, size))\n    return windows[::size, ::size].max(axis=(2, 3))", "return np.maximum(windows_pooled(x, size, size, \"max\"), 0)", of="sliding windows, every size-th",
    hint="Where all numbers of a window are negative, your maximum is 0: the array you compare with holds zeros at first.")
exercise.slip("averages", "windows = np.lib.stride_tricks.sliding_window_view(x, (size, size))\n    return windows[::size, ::size].max(axis=(2, 3))", "return windows_pooled(x, size, size, \"average\")", of="sliding windows, every size-th",
    hint="These are the averages of the windows. You are asked for the largest numbers.")
exercise.slip("one axis only", "windows = np.lib.stride_tricks.sliding_window_view(x, (size, size))\n    return windows[::size, ::size].max(axis=(2, 3))", "columns = x.shape[1] // size\n    return x[:, : columns * size].reshape(len(x), columns, size).max(axis=2)", of="sliding windows, every size-th",
    hint="Only the columns are pooled: there are as many rows as before. The maximum is taken over two axes.")

@exercise.wrong("cut off by a negative index",
    hint="Where everything fits, nothing should be cut off, and there your slice is `x[:-0]`, which is empty. Count what stays from the front instead: rows · size of them.")
def max_pool_fast_minus_zero(x, size=2):
    whole = x[: -(x.shape[0] % size), : -(x.shape[1] % size)]
    rows, columns = x.shape[0] // size, x.shape[1] // size
    return whole.reshape(rows, size, columns, size).max(axis=(1, 3))

exercise.slip("only the first number", "largest = x[:rows:size, :columns:size]\n    for i in range(size):\n        for j in range(size):\n            largest = np.maximum(largest, x[i:rows:size, j:columns:size])\n    return largest", "return x[:rows:size, :columns:size]", of="cell by cell of the window",
    hint="This is the number at the top left of each window, as `x[::size, ::size]` gives it. You are asked for the largest of all.")
exercise.slip("columns of a window only", "windows = np.lib.stride_tricks.sliding_window_view(x, (size, size))\n    return windows[::size, ::size].max(axis=(2, 3))", "rows = x.shape[0] // size\n    return x[: rows * size].reshape(rows, size, x.shape[1]).max(axis=1)", of="sliding windows, every size-th",
    hint="Only the rows are pooled: there are as many columns as before. The maximum is taken over two axes.")
exercise.slip("one number in all", "windows = np.lib.stride_tricks.sliding_window_view(x, (size, size))\n    return windows[::size, ::size].max(axis=(2, 3))", "return x[: x.shape[0] // size * size, : x.shape[1] // size * size].max()", of="sliding windows, every size-th",
    hint="One number comes back, the largest of the whole map. Without an axis, max looks at everything: give it the two axes inside a window.")
exercise.slip("rows and columns exchanged", "windows = np.lib.stride_tricks.sliding_window_view(x, (size, size))\n    return windows[::size, ::size].max(axis=(2, 3))", "return windows_pooled(x, size, size, \"max\").T", of="sliding windows, every size-th",
    hint="The numbers are right, but rows and columns of the result are swapped.")

@exercise.wrong("cut off by a negative index, counted after it",
    hint="Nothing is left where everything fits: your slice is then `x[:-0]`, which is `x[:0]` and empty. Count what stays from the front instead: rows · size of them.")
def max_pool_fast_minus_zero_late(x, size=2):
    whole = x[: -(x.shape[0] % size), : -(x.shape[1] % size)]
    rows, columns = whole.shape[0] // size, whole.shape[1] // size
    return whole.reshape(rows, size, columns, size).max(axis=(1, 3))

exercise.slip("the same axis number twice", "(1, 3)", "1).max(axis=1",
    hint="After the first max one axis is gone, and the others move up: what was axis 3 is axis 2 then. Give both to one max, as `axis=(1, 3)`.")
