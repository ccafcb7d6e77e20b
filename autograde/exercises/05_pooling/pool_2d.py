"""One number for every window of x."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import (
    KINDS,
    MAP,
    NEGATIVE,
    RAGGED,
    SMALL,
    every,
    kept,
    refuse,
    whole_numbers,
    windows_pooled,
)

exercise = Exercise(
    points={"max": 1.5, "average": 0.75, "sum": 0.75, "stride": 1, "errors": 1},
    says={
        "max": "the largest number of each window", "average": "the average of each window",
        "sum": "the sum of each window",
        "stride": "windows that overlap, or leave gaps", "errors": "input that has no answer",
    },
    asks={"errors": "answer"},
    ready_made=("pool_2d", "pool_volume", "pool_forward"),
)

def once_checked(x, size=2, stride=None, how="max", *, does):
    """What `does` makes of the map, once the arguments are seen and the windows counted."""
    stride = size if stride is None else stride
    refuse(x, size, stride, how)
    rows, columns = (x.shape[0] - size) // stride + 1, (x.shape[1] - size) // stride + 1
    return does(x, size, stride, how, rows, columns)

exercise.right(ops.pool_2d)

@exercise.variant("written out")
def pool_2d(x, size=2, stride=None, how="max"):
    return every(x, size, stride, how)

@exercise.variant("loops over windows")
def pool_2d_loops(x, size=2, stride=None, how="max"):
    if stride is None:
        stride = size
    if size < 1 or stride < 1 or size > x.shape[0] or size > x.shape[1]:
        raise ValueError("size or stride")
    result = []
    for top in range(0, x.shape[0] - size + 1, stride):
        row = []
        for left in range(0, x.shape[1] - size + 1, stride):
            window = x[top : top + size, left : left + size]
            if how not in ("max", "average", "sum"):
                raise ValueError("how")
            row.append({"max": np.max, "average": np.mean, "sum": np.sum}[how](window))
        result.append(row)
    return np.array(result)

@exercise.variant("sliding windows")
def pool_2d_windows(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    refuse(x, size, stride, how)
    windows = np.lib.stride_tricks.sliding_window_view(x.astype(float), (size, size))
    windows = windows[::stride, ::stride]
    return kept(windows, how, (2, 3))

@exercise.variant("cell by cell of the window")
def pool_2d_cells(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    refuse(x, size, stride, how)
    rows, columns = (x.shape[0] - size) // stride + 1, (x.shape[1] - size) // stride + 1
    last_row, last_column = (rows - 1) * stride + 1, (columns - 1) * stride + 1
    result = np.full((rows, columns), -np.inf if how == "max" else 0.0)
    for i in range(size):
        for j in range(size):
            cell = x[i : i + last_row : stride, j : j + last_column : stride]
            result = np.maximum(result, cell) if how == "max" else result + cell
    return result / size**2 if how == "average" else result

BRIGHT = np.array([[250, 200, 90], [120, 255, 30], [240, 7, 60]], dtype=np.uint8)
exercise.shows("max", (SMALL,), (MAP, 2), (RAGGED,), (NEGATIVE,), (RAGGED, 3), (RAGGED[:3, :3], 3))
exercise.shows("average",
    (SMALL, 2, None, "average"), (MAP / 2, 2, None, "average"), (RAGGED, 3, None, "average"),
)
exercise.shows("sum", (SMALL, 2, None, "sum"), (RAGGED, 2, None, "sum"), (BRIGHT, 2, None, "sum"))
exercise.shows("stride", (RAGGED, 3, 2), (MAP, 2, 1), (RAGGED, 2, 3, "average"), (RAGGED, 3, 1, "sum"), (SMALL, 2, 5))
exercise.shows("errors", (SMALL[:3, :3], 3))
exercise.refuses("a size below 1", (SMALL, 0), (SMALL, 0, 1, "sum"), (SMALL, -1, 1, "sum"))
exercise.refuses("a stride below 1", (SMALL, 2, 0), (SMALL, 2, -1))
exercise.refuses("a window larger than the map", (NEGATIVE, 3), (NEGATIVE.T, 3), (SMALL[:2, :2], 3, 1))
exercise.refuses("an unknown way of pooling", (SMALL, 2, 2, "median"))
exercise.numpy_integers("errors", MAP, 2, 1)

@exercise.hidden
def pool_2d_hidden(rng):
    for how in ("max", "average", "sum"):
        yield how, (whole_numbers(rng, 6, 9), 3, None, how)
        yield how, (whole_numbers(rng, 7, 5), 2, None, how)
        yield "stride", (whole_numbers(rng, 6, 7), 2, 3, how)
        yield "stride", (whole_numbers(rng, 8, 6) / 2, 3, 2, how)
    yield "max", (-np.abs(whole_numbers(rng, 4, 6)), 2)
    yield "max", (whole_numbers(rng, 3, 4), 1)
    yield "errors", (whole_numbers(rng, 4, 5), 4)
    yield "errors", (whole_numbers(rng, 4, 5), 5), ValueError
    yield "errors", (whole_numbers(rng, 4, 5), 2, -int(rng.integers(1, 5))), ValueError
    yield "errors", (whole_numbers(rng, 4, 5), 2, None, "mean"), ValueError

exercise.slip("stride ignored", "return every(x, size, stride, how)", "refuse(x, size, size if stride is None else stride, how)\n    return windows_pooled(x, size, size, how)",
    hint="Your windows always lie side by side: stride is not used. Window number i begins at row i · stride.")
exercise.slip("overlapping windows", "every(x, size, stride, how)", "every(x, size, 1 if stride is None else stride, how)",
    hint="Your windows go one step at a time and overlap. Where stride is None, a window begins where the one before it ended: the stride is then size.")
exercise.slip("stride only in the size", "return every(x, size, stride, how)", "stride = size if stride is None else stride\n    refuse(x, size, stride, how)\n    rows, columns = (x.shape[0] - size) // stride + 1, (x.shape[1] - size) // stride + 1\n    return windows_pooled(x, size, 1, how, rows, columns)",
    hint="There are as many windows as there should be, but they lie one step apart: the place where a window begins needs the stride too.")

exercise.knob("window as large as the stride", once_checked, does=lambda x, size, stride, how, rows, columns: windows_pooled(x, stride, stride, how, rows, columns),
    hint="Where size and stride differ, your window is as large as the stride: it should begin at i · stride and end size rows further on.")

@exercise.wrong("stride in one direction only",
    hint="Downwards the windows follow the stride, to the right they follow size. The stride belongs to both directions.")
def pool_2d_rows_strided(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    refuse(x, size, stride, how)
    rows, columns = (x.shape[0] - size) // stride + 1, (x.shape[1] - size) // size + 1
    result = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            window = x[i * stride : i * stride + size, j * size : (j + 1) * size]
            result[i, j] = kept(window, how)
    return result

exercise.slip("None as a stride", "return every(x, size, stride, how)", "refuse(x, size, stride, how)\n    return windows_pooled(x, size, stride, how)",
    hint="stride is None when none was given, and you can't calculate with None. Begin with: if stride is None, then stride is size.")
exercise.slip("size always two", "every(x, size, stride, how)", "every(x, 2 if size > 2 else size, stride, how)",
    hint="Your windows are always 2 × 2: size is not used.")

exercise.knob("blocks of numbers in reading order", once_checked, does=lambda x, size, stride, how, rows, columns: kept(np.resize(np.ascontiguousarray(x[: rows * size, : columns * size]), (rows, columns, size * size)), how, 2) * 1.0,
    hint="You pool numbers that follow each other in a row, as in reshape(rows, columns, size, size). A window takes size numbers from each of size rows.")

exercise.knob("pooled over the wrong axes", once_checked, does=lambda x, size, stride, how, rows, columns: kept(np.resize(x[: rows * size, : columns * size], (rows, size, columns, size)), how, (2, 3)) * 1.0,
    hint="Your maximum runs along whole rows. After reshape(rows, size, columns, size), the axes inside a window are 1 and 3.")

exercise.slip("started from 0", "return every(x, size, stride, how)", "pooled = every(x, size, stride, how)\n    return np.maximum(pooled, 0) if how == \"max\" else pooled",
    hint="Where all numbers of a window are negative, your maximum is 0, which is not among them: it starts from 0. Start from the first number of the window.")
exercise.slip("smallest instead of largest", "every", "-every(-x, size, stride, how) if how == \"max\" else every",
    hint="For max, your function gives the smallest number of each window.")

@exercise.wrong("zeros beyond the edge",
    hint="Where the windows don't fit evenly, you fill up with zeros and have a row or column too many. A window that does not fit wholly is dropped.")
def pool_2d_padded(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    refuse(x, size, stride, how)
    down, right = -(x.shape[0] - size) % stride, -(x.shape[1] - size) % stride
    return windows_pooled(np.pad(x.astype(float), ((0, down), (0, right))), size, stride, how)

exercise.slip("windows over the edge", "return every(x, size, stride, how)", "stride = size if stride is None else stride\n    refuse(x, size, stride, how)\n    starts = [-(-(side - size) // stride) + 1 for side in x.shape]\n    return windows_pooled(x.astype(float), size, stride, how, *starts)",
    hint="Some of your windows hang over the edge and hold fewer numbers; Python's slices are cut short without a word. A window that does not fit wholly is dropped.")
exercise.slip("every start within the map", "return every(x, size, stride, how)", "stride = size if stride is None else stride\n    refuse(x, size, stride, how)\n    starts = [-(-side // stride) for side in x.shape]\n    return windows_pooled(x.astype(float), size, stride, how, *starts)",
    hint="Your loop begins a window at every multiple of stride that lies on the map, even where fewer than size rows or columns are left. Such a window is dropped.")
exercise.slip("last window lost", "every(x, size, stride, how)", "every(x, size, stride, how)[:-1, :-1]",
    hint="The last row and the last column of windows are missing. Count them on paper: between the first and the last start lie H − size rows, and there is one more start than steps.")
exercise.slip("size of the side instead of the start", "return every(x, size, stride, how)", "stride = size if stride is None else stride\n    refuse(x, size, stride, how)\n    rows, columns = x.shape[0] // stride, x.shape[1] // stride\n    return windows_pooled(x.astype(float), size, stride, how, rows, columns)",
    hint="You count H // stride windows. That is right only while the windows lie side by side: the last start is at row H − size.")
exercise.slip("rows and columns exchanged", "every(x, size, stride, how)", "every(x, size, stride, how).T",
    hint="The numbers are right, but rows and columns of the result are swapped: it should be `result[row, column]`.")
exercise.slip("square maps only", "return every(x, size, stride, how)", "stride = size if stride is None else stride\n    refuse(x, size, stride, how)\n    count = (x.shape[0] - size) // stride + 1\n    return windows_pooled(x.astype(float), size, stride, how, count, count)",
    hint="It is right for square maps only: is the number of rows used for the columns as well?")
exercise.slip("returns too early", "return every(x, size, stride, how)", "pooled = every(x, size, stride, how)\n    pooled[1:] = 0\n    return pooled",
    hint="Only the first row of windows is filled, the rest is 0: the return is inside a loop. Move it to the left, after both loops.")
exercise.slip("returns after the first window", "return every(x, size, stride, how)", "pooled = every(x, size, stride, how)\n    first = pooled[0, 0]\n    pooled[:] = 0\n    pooled[0, 0] = first\n    return pooled",
    hint="Only the first window is filled, the rest is 0: the return is inside both loops. Move it to the left, after them.")
exercise.slip("divided by the squared stride", "return every(x, size, stride, how)", "pooled = every(x, size, stride, how)\n    stride = size if stride is None else stride\n    return pooled * size**2 / stride**2 if how == \"average\" else pooled",
    hint="Your average divides by stride · stride. A window holds size · size numbers, whatever the stride.")
exercise.slip("divided by the width", "return every(x, size, stride, how)", "pooled = every(x, size, stride, how)\n    return pooled * size if how == \"average\" else pooled",
    hint="Your average divides by size. A window holds size · size numbers.")
exercise.slip("average for sum", "return every(x, size, stride, how)", "refuse(x, size, size if stride is None else stride, how)\n    return every(x, size, stride, \"average\" if how == \"sum\" else how)",
    hint="For \"sum\" you give the average too: add up and do not divide.")
exercise.slip("sum for average", "return every(x, size, stride, how)", "refuse(x, size, size if stride is None else stride, how)\n    return every(x, size, stride, \"sum\" if how == \"average\" else how)",
    hint="For \"average\" you give the sum: divide by how many numbers the window holds.")
exercise.slip("always the maximum", "return every(x, size, stride, how)", "refuse(x, size, size if stride is None else stride, how)\n    return every(x, size, stride, \"max\")",
    hint="You always give the largest number: how is not used.")
exercise.slip("whole numbers", "every(x, size, stride, how)", "every(x, size, stride, how).astype(int)",
    hint="Fractions are lost: your result is an array of whole numbers, perhaps from `np.zeros_like(x)`. Make it with `np.zeros` and a shape.")
exercise.slip("small numbers wrap around", "return every(x, size, stride, how)", "pooled = every(x, size, stride, how)\n    return pooled % 256 if x.dtype == np.uint8 else pooled",
    hint="For pictures (uint8) your sum starts again at 0 after 255. Turn the numbers into floats first.")
exercise.slip("sum goes on", "return every(x, size, stride, how)", "pooled = every(x, size, stride, how)\n    if how == \"max\":\n        return pooled\n    return np.cumsum(pooled).reshape(pooled.shape)",
    hint="Your sum goes on from window to window: set it back to 0 where a new window begins.")
exercise.slip("0 taken for no stride", "every(x, size, stride, how)", "every(x, size, stride or size, how)",
    hint="A stride of 0 is taken for no stride, as in `stride or size`: 0 counts as nothing there. Ask `stride is None`, and let 0 raise a ValueError.")
exercise.slip("unknown names accepted", "every(x, size, stride, how)", "every(x, size, stride, how if how in KINDS else \"sum\")",
    hint="The pooling is right. For a name that is none of the three, such as \"median\", raise a ValueError.")
exercise.slip("unknown names give nothing", "return every(x, size, stride, how)", "pooled = every(x, size, stride, how if how in KINDS else \"sum\")\n    return pooled if how in KINDS else np.zeros(pooled.shape)",
    hint="The pooling is right. For a name that is none of the three, such as \"median\", nothing is computed and nobody is told: raise a ValueError.")
exercise.slip("large windows accepted", "return every(x, size, stride, how)", "stride = size if stride is None else stride\n    refuse(x, min(size, *x.shape), stride, how)\n    return windows_pooled(x, size, stride, how)",
    hint="The pooling is right. A window that is larger than the map, in rows or in columns, fits nowhere: raise a ValueError.")
exercise.slip("only rows compared", "return every(x, size, stride, how)", "stride = size if stride is None else stride\n    refuse(np.zeros((x.shape[0], max(x.shape[1], size))), size, stride, how)\n    return windows_pooled(x, size, stride, how)",
    hint="The pooling is right. A window that is wider than the map fits nowhere either: compare size with the columns as well as with the rows.")
exercise.slip("negative strides accepted", "return every(x, size, stride, how)", "stride = size if stride is None else stride\n    if stride < 0:\n        return np.zeros((0, 0))\n    return every(x, size, stride, how)",
    hint="The pooling is right. A stride below 1 leads nowhere: raise a ValueError, for 0 as well as for −1.")
exercise.slip("full windows refused", "return every(x, size, stride, how)", "if size in x.shape:\n        raise ValueError(\"too large\")\n    return every(x, size, stride, how)",
    hint="A window exactly as large as the map is allowed, and gives one number. Only a larger one is refused.")
exercise.slip("stride 2 where nobody gave one", "every(x, size, stride, how)", "every(x, size, 2 if stride is None else stride, how)",
    hint="Where stride is None, your windows always begin 2 apart. The stride is then size, which is not always 2.")
exercise.slip("stride always 2", "every(x, size, stride, how)", "every(x, size, 2, how)",
    hint="Your windows always begin 2 apart, whatever stride is. Use the argument, and size where it is None.")
exercise.slip("windows begin at multiples of size", "return every(x, size, stride, how)", "stride = size if stride is None else stride\n    refuse(x, size, stride, how)\n    rows, columns = (x.shape[0] - size) // stride + 1, (x.shape[1] - size) // stride + 1\n    return windows_pooled(x, size, size, how, rows, columns)",
    hint="You count the windows by the stride, but let them begin at i · size. A window begins at i · stride and ends size rows further on.")
exercise.slip("result of x's own dtype", "return every(x, size, stride, how)", "pooled = every(x, size, stride, how)\n    if x.dtype == np.uint8:\n        pooled = pooled.astype(int) % 256\n    return pooled.astype(x.dtype)",
    hint="The result has the dtype of x, perhaps from `np.zeros_like`: averages of whole numbers lose their fractions, and sums of a picture begin again at 0. Make it with `np.zeros` and a shape.")
exercise.slip("another name for average", "return every(x, size, stride, how)", "if how == \"average\":\n        raise ValueError(\"unknown how\")\n    return every(x, size, stride, how)",
    hint="For \"average\" it raises the error, though the name is one of the three: is it called \"mean\" or otherwise in your code?")

@exercise.wrong("range ends one start early",
    hint="Where the windows come out even, the last ones are missing: range ends before its second number, so it should be H − size + 1.")
def pool_2d_range_short(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    refuse(x, size, stride, how)
    rows = []
    for top in range(0, x.shape[0] - size, stride):
        row = []
        for left in range(0, x.shape[1] - size, stride):
            row.append(kept(x[top : top + size, left : left + size], how))
        rows.append(row)
    return np.array(rows)

@exercise.wrong("errors forgotten",
    hint="The pooling is right. What is missing are the ValueErrors: for size or stride below 1, for a window larger than the map, and for a name that is none of the three.")
def pool_2d_no_errors(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    rows, columns = (x.shape[0] - size) // stride + 1, (x.shape[1] - size) // stride + 1
    pooled = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            window = x[i * stride : i * stride + size, j * stride : j * stride + size]
            pooled[i, j] = kept(window, how)
    return pooled

exercise.slip("errors forgotten, unknown names ignored", "return every(x, size, stride, how)", "pooled = pool_2d_no_errors(x, size, stride, how if how in KINDS else \"sum\")\n    return pooled if how in KINDS else 0 * pooled",
    hint="The pooling is right. All the ValueErrors are missing: for size or stride below 1, for a window larger than the map, and for a name that is none of the three.")
exercise.slip("result as large as the map", "return every(x, size, stride, how)", "pooled = every(x, size, stride, how)\n    result = np.zeros_like(x)\n    whole = pooled if x.dtype.kind == \"f\" else pooled.astype(int)\n    result[: pooled.shape[0], : pooled.shape[1]] = whole\n    return result",
    hint="Your result is as large as x, with zeros where no window belongs, perhaps from `np.zeros_like(x)`. Count the windows first, and make an array of that shape.")
exercise.slip("windows counted by size", "return every(x, size, stride, how)", "stride = size if stride is None else stride\n    refuse(x, size, stride, how)\n    rows, columns = x.shape[0] // size, x.shape[1] // size\n    return windows_pooled(x, size, stride, how, rows, columns)",
    hint="You count H // size windows, whatever the stride is. Between the first and the last start lie H − size rows, in steps of stride.")
