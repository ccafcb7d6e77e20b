"""Lesson 05: the exercises, their cases and what commonly goes wrong."""

import numpy as np

from convolab import ops
from convolab.check.spec import Exercise

POOLING = ("pool_2d", "pool_volume", "pool_forward")

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
SINGLE = np.array([[-5, 3, -7], [2, -9, 4]])
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


# --- by hand ------------------------------------------------------------------------------------

by_hand_max = Exercise("by_hand_max")
by_hand_max.right([[6, 8], [3, 4]])
by_hand_max.wrong(
    "largest of each half row",
    [[1, 4], [6, 8], [3, 1], [2, 4]],
    "You took the larger of every two neighbours in a row. A window has two rows and two columns: "
    "four numbers, of which one is left.",
)
by_hand_max.wrong(
    "largest of each row",
    [4, 8, 3, 4],
    "These are the largest numbers of the four rows. A window is two rows high and two columns "
    "wide; there are two windows beside each other and two below them.",
)
by_hand_max.wrong(
    "rows folded up",
    [[4, 8], [3, 4]],
    "These are the largest numbers of whole rows, written in two rows. The first window holds 1, "
    "1, 5 and 6.",
)
by_hand_max.wrong(
    "every window of two",
    [[6, 7, 8], [6, 7, 8], [3, 3, 4]],
    "Here the window went one step at a time, so that the windows overlap. It moves by its own "
    "width: no number is looked at twice.",
)
by_hand_max.wrong(
    "sums",
    [[13, 21], [8, 8]],
    "These are the sums of the four windows. Asked for is the largest number in each.",
)

by_hand_average = Exercise("by_hand_average")
by_hand_average.right([[3.25, 5.25], [2, 2]])
by_hand_average.wrong(
    "sums",
    [[13, 21], [8, 8]],
    "These are the sums. Divide each by the number of values in its window.",
)
by_hand_average.wrong(
    "divided by two",
    [[6.5, 10.5], [4, 4]],
    "You divided by 2, the width of the window. It holds 2 · 2 numbers.",
)
by_hand_average.wrong(
    "whole numbers",
    [[3, 5], [2, 2]],
    "Keep the fractions: 13 divided by 4 is a little more than 3.",
)
by_hand_average.wrong(
    "rounded up to one decimal",
    [[3.3, 5.3], [2, 2]],
    "Nearly: the averages are rounded. A quarter has two decimals, and both are asked for; a "
    "calculation such as `13 / 4` will do as well.",
)
by_hand_average.wrong(
    "rounded down to one decimal",
    [[3.2, 5.2], [2, 2]],
    "Nearly: the second decimal is cut off. A quarter has two decimals, and both are asked for.",
)
by_hand_average.wrong(
    "largest numbers",
    [[6, 8], [3, 4]],
    "These are the largest numbers once more. Add up the four of each window, and divide by 4.",
)

predict_bins = Exercise(
    "predict_bins",
    praise="Pixels 4 and 5 share a window, 5 and 6 do not: how far a thing may move depends on "
    "where it stood.",
)
predict_bins.right([2, 2, 3])
predict_bins.wrong(
    "nothing changes",
    [2, 2, 2],
    "The window with number 2 holds the pixels 4 and 5. Where does pixel 6 belong?",
)
predict_bins.wrong(
    "counted from one",
    [3, 3, 4],
    "Windows are counted from 0 here, as indices are: pixels 0 and 1 are window 0.",
)
predict_bins.wrong(
    "the pixels themselves",
    [4, 5, 6],
    "These are the pixels. Asked for is the window that each lies in; a window holds two pixels.",
)
predict_bins.wrong(
    "rounded up",
    [2, 3, 3],
    "Pixel 5 is the second of its window: write the pixels 0 to 7 down and draw a bar after every "
    "second one.",
)

predict_channels = Exercise("predict_channels")
predict_channels.right([3, 14, 14])
predict_channels.wrong(
    "channels halved as well",
    [1, 14, 14],
    "Pooling goes through each channel on its own, so there are as many afterwards as before.",
)
predict_channels.wrong(
    "rounded up",
    [3, 15, 15],
    "Of 29 columns, 28 are covered by 14 windows of 2; the last one has no partner and is dropped.",
)
predict_channels.wrong(
    "stride of one",
    [3, 28, 28],
    "That is what windows with stride 1 give. Here each window begins where the last one ended.",
)
predict_channels.wrong(
    "channels last",
    [14, 14, 3],
    "The right numbers in another order: the channels come first in (C, H, W).",
)

# --- relu ---------------------------------------------------------------------------------------

relu = Exercise("relu", points=1, aspects={"values": "arrays of any shape"}, ready_made=("relu",))


@relu.reference
def relu_reference(x):
    return np.maximum(x, 0)


relu.case("values", np.array([-2, 0, 3, -5, 7]))
relu.case("values", np.array([[1.5, -0.5, 2.0], [-4.0, 0.25, -1.0]]))
relu.case("values", np.array([[[3, -1], [-2, 4]], [[-6, 5], [7, -8]], [[9, -9], [0, 2]]]))
relu.case("values", np.array([-3.0, -0.5]))
relu.case("values", np.array([-0.5, 1.5]))


relu.case("values", np.array([-3.5]))


@relu.hidden
def relu_hidden(rng):
    yield "values", (whole_numbers(rng, 6),)
    yield "values", (whole_numbers(rng, 3, 4) / 2,)
    yield "values", (whole_numbers(rng, 2, 3, 4),)


@relu.misconception(
    "minus sign dropped",
    hint="Negative numbers lose their minus sign. ReLU turns them into 0: −2 becomes 0, not 2.",
)
def relu_abs(x):
    return np.abs(x)


@relu.misconception(
    "changes its argument",
    hint="The result is right, but the array of whoever called the function has changed too. Make "
    "a new array, or a copy first.",
)
def relu_in_place(x):
    x[x < 0] = 0
    return x


@relu.misconception(
    "negative numbers kept",
    hint="It is the other half: yours keeps what is negative. The larger of 0 and the number is "
    "what should stay.",
)
def relu_minimum(x):
    return np.minimum(x, 0)


@relu.misconception(
    "only whether it is positive",
    hint="You give back whether a number is positive, 1 or 0. A positive number should stay as "
    "large as it is.",
)
def relu_step(x):
    return (x > 0) * 1


@relu.misconception(
    "negative numbers left out",
    hint="The negative numbers are missing, and the shape is lost with them. Each of them should "
    "become a 0 at its place.",
)
def relu_selects(x):
    return x[x > 0]


@relu.misconception(
    "sign changed",
    hint="Your negative numbers come out positive, and the positive ones as 0. Is there a minus "
    "sign too many?",
)
def relu_negated(x):
    return np.maximum(-x, 0)


@relu.misconception(
    "largest along an axis",
    hint="np.max(x, 0) looks for the largest number along axis 0. To compare each number with 0, "
    "use np.maximum.",
)
def relu_np_max(x):
    return np.max(x, 0)


@relu.misconception(
    "largest number of all",
    hint="One number comes back, the largest. Asked for is an array: every number of x compared "
    "with 0 on its own.",
)
def relu_one(x):
    return max(0, float(np.max(x)))


@relu.misconception(
    "Python's max",
    hint="`max(0, x)` and `if x > 0` ask about a single number, and cannot do it for a whole array "
    "at once. For every number of an array there is np.maximum.",
)
def relu_python_max(x):
    return max(0, x)


@relu.misconception(
    "one axis only",
    hint="Your loop works for a signal, but the entries of a matrix are rows, and a row has no "
    "single sign. Use something that works on every number, whatever the shape.",
)
def relu_one_axis(x):
    return np.array([max(0, number) for number in x])


@relu.misconception(
    "two axes only",
    hint="Your loops expect rows and columns. Arrays with one axis, and with three, come along "
    "too.",
)
def relu_two_axes(x):
    rows, columns = x.shape
    return np.array([[max(0, x[i, j]) for j in range(columns)] for i in range(rows)])


@relu.misconception(
    "whole numbers",
    hint="Fractions are lost: 1.5 came out as 1. The result should hold floats where x does.",
)
def relu_integers(x):
    return np.maximum(x, 0).astype(int)


@relu.misconception(
    "everything 0 where one is negative",
    hint="One negative number makes everything 0. Each number is looked at on its own.",
)
def relu_all_or_nothing(x):
    return x * 0 if (x < 0).any() else x.copy()


@relu.misconception(
    "1 instead of 0",
    hint="What is below 1 comes out as 1. The comparison should be with 0.",
)
def relu_one_below(x):
    return np.maximum(x, 1)


@relu.misconception(
    "cut off above as well",
    hint="Large numbers are cut off at 1. Only what is below 0 changes; all other numbers stay as "
    "large as they are.",
)
def relu_clipped(x):
    return np.clip(x, 0, 1)


@relu.variant("np.where")
def relu_where(x):
    return np.where(x > 0, x, 0)


@relu.variant("times a mask")
def relu_mask(x):
    return x * (x > 0)


@relu.variant("a copy mended")
def relu_copy(x):
    result = x.copy()
    result[result < 0] = 0
    return result


@relu.variant("half of the sum with its size")
def relu_half(x):
    return (x + abs(x)) / 2


@relu.variant("loop over the flat array")
def relu_loop(x):
    result = np.zeros(x.shape)
    for place, number in np.ndenumerate(x):
        if number > 0:
            result[place] = number
    return result


# --- pool_2d ------------------------------------------------------------------------------------

pool_2d = Exercise(
    "pool_2d",
    points=5,
    aspects={
        "max": "the largest number of each window",
        "average": "the average of each window",
        "sum": "the sum of each window",
        "stride": "windows that overlap, or leave gaps",
        "errors": "input for which there is no answer",
    },
    shares={"max": 1.5, "average": 0.75, "sum": 0.75, "stride": 1, "errors": 1},
    ready_made=POOLING,
    asks={"errors": "answer"},
)


@pool_2d.reference
def pool_2d_reference(x, size=2, stride=None, how="max"):
    return every(x, size, stride, how)


BRIGHT = np.array([[250, 200, 90], [120, 255, 30], [240, 7, 60]], dtype=np.uint8)
pool_2d.case("max", SMALL)
pool_2d.case("max", MAP, 2)
pool_2d.case("max", RAGGED)
pool_2d.case("max", NEGATIVE)
pool_2d.case("max", RAGGED, 3)
pool_2d.case("average", SMALL, 2, None, "average")
pool_2d.case("average", MAP / 2, 2, None, "average")
pool_2d.case("average", RAGGED, 3, None, "average")
pool_2d.case("sum", SMALL, 2, None, "sum")
pool_2d.case("sum", RAGGED, 2, None, "sum")
pool_2d.case("sum", BRIGHT, 2, None, "sum")
pool_2d.case("stride", RAGGED, 3, 2)
pool_2d.case("stride", MAP, 2, 1)
pool_2d.case("stride", RAGGED, 2, 3, "average")
pool_2d.case("stride", RAGGED, 3, 1, "sum")
pool_2d.case("errors", SMALL[:3, :3], 3)
pool_2d.raises("errors", ValueError, SMALL, 0)
pool_2d.raises("errors", ValueError, SMALL, 0, 1, "sum")
pool_2d.raises("errors", ValueError, SMALL, -1, 1, "sum")
pool_2d.raises("errors", ValueError, SMALL, 2, 0)
pool_2d.raises("errors", ValueError, SMALL, 2, -1)
pool_2d.raises("errors", ValueError, NEGATIVE, 3)
pool_2d.raises("errors", ValueError, NEGATIVE.T, 3)
pool_2d.raises("errors", ValueError, SMALL, 2, 2, "median")


pool_2d.case("max", RAGGED[:3, :3], 3)
pool_2d.numpy_integers("errors", MAP, 2, 1)


@pool_2d.hidden
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


@pool_2d.misconception(
    "stride ignored",
    hint="Your windows always lie side by side: stride is not used. Window number i begins at row "
    "i · stride.",
)
def pool_2d_no_stride(x, size=2, stride=None, how="max"):
    refuse(x, size, size if stride is None else stride, how)
    return windows_pooled(x, size, size, how)


@pool_2d.misconception(
    "overlapping windows",
    hint="Your windows go one step at a time and overlap. Where stride is None, a window begins "
    "where the one before it ended: the stride is then size.",
)
def pool_2d_overlaps(x, size=2, stride=None, how="max"):
    return every(x, size, 1 if stride is None else stride, how)


@pool_2d.misconception(
    "stride only in the size",
    hint="There are as many windows as there should be, but they lie one step apart: the place "
    "where a window begins needs the stride too.",
)
def pool_2d_start_not_strided(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    refuse(x, size, stride, how)
    rows, columns = (x.shape[0] - size) // stride + 1, (x.shape[1] - size) // stride + 1
    return windows_pooled(x, size, 1, how, rows, columns)


@pool_2d.misconception(
    "window as large as the stride",
    hint="Where size and stride differ, your window is as large as the stride: it should begin at "
    "i · stride and end size rows further on.",
)
def pool_2d_window_of_stride(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    refuse(x, size, stride, how)
    rows, columns = (x.shape[0] - size) // stride + 1, (x.shape[1] - size) // stride + 1
    return windows_pooled(x, stride, stride, how, rows, columns)


@pool_2d.misconception(
    "stride in one direction only",
    hint="Downwards the windows follow the stride, to the right they follow size. The stride "
    "belongs to both directions.",
)
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


@pool_2d.misconception(
    "None as a stride",
    hint="stride is None where nobody gave one, and with None there is no arithmetic. Begin with: "
    "if stride is None, then stride is size.",
)
def pool_2d_none(x, size=2, stride=None, how="max"):
    refuse(x, size, stride, how)
    return windows_pooled(x, size, stride, how)


@pool_2d.misconception(
    "size always two",
    hint="Your windows are always 2 × 2: size is not used.",
)
def pool_2d_two(x, size=2, stride=None, how="max"):
    return every(x, 2 if size > 2 else size, stride, how)


@pool_2d.misconception(
    "blocks of numbers in reading order",
    hint="You pool numbers that follow each other in a row, as in reshape(rows, columns, size, "
    "size). A window takes size numbers from each of size rows.",
)
def pool_2d_reading_order(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    refuse(x, size, stride, how)
    rows, columns = (x.shape[0] - size) // stride + 1, (x.shape[1] - size) // stride + 1
    blocks = np.ascontiguousarray(x[: rows * size, : columns * size])
    blocks = np.resize(blocks, (rows, columns, size * size))
    return kept(blocks, how, 2) * 1.0


@pool_2d.misconception(
    "pooled over the wrong axes",
    hint="Your maximum runs along whole rows. After reshape(rows, size, columns, size), the axes "
    "inside a window are 1 and 3.",
)
def pool_2d_wrong_axes(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    refuse(x, size, stride, how)
    rows, columns = (x.shape[0] - size) // stride + 1, (x.shape[1] - size) // stride + 1
    blocks = np.resize(x[: rows * size, : columns * size], (rows, size, columns, size))
    return kept(blocks, how, (2, 3)) * 1.0


@pool_2d.misconception(
    "started from 0",
    hint="Where all numbers of a window are negative, your maximum is 0, which is not among them: "
    "it starts from 0. Start from the first number of the window.",
)
def pool_2d_from_zero(x, size=2, stride=None, how="max"):
    pooled = every(x, size, stride, how)
    return np.maximum(pooled, 0) if how == "max" else pooled


@pool_2d.misconception(
    "smallest instead of largest",
    hint="For max, your function gives the smallest number of each window.",
)
def pool_2d_smallest(x, size=2, stride=None, how="max"):
    return -every(-x, size, stride, how) if how == "max" else every(x, size, stride, how)


@pool_2d.misconception(
    "zeros beyond the edge",
    hint="Where the windows do not come out even, you fill up with zeros and have a row or column "
    "too many. A window that does not fit wholly is dropped.",
)
def pool_2d_padded(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    refuse(x, size, stride, how)
    down, right = -(x.shape[0] - size) % stride, -(x.shape[1] - size) % stride
    return windows_pooled(np.pad(x.astype(float), ((0, down), (0, right))), size, stride, how)


@pool_2d.misconception(
    "windows over the edge",
    hint="Some of your windows hang over the edge and hold fewer numbers; Python's slices are cut "
    "short without a word. A window that does not fit wholly is dropped.",
)
def pool_2d_over_the_edge(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    refuse(x, size, stride, how)
    starts = [-(-(side - size) // stride) + 1 for side in x.shape]
    return windows_pooled(x.astype(float), size, stride, how, *starts)


@pool_2d.misconception(
    "every start within the map",
    hint="Your loop begins a window at every multiple of stride that lies on the map, also where "
    "fewer than size rows or columns are left. Such a window is dropped.",
)
def pool_2d_every_start(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    refuse(x, size, stride, how)
    starts = [-(-side // stride) for side in x.shape]
    return windows_pooled(x.astype(float), size, stride, how, *starts)


@pool_2d.misconception(
    "last window lost",
    hint="The last row and the last column of windows are missing. Count them on paper: between "
    "the first and the last start lie H − size rows, and there is one more start than steps.",
)
def pool_2d_short(x, size=2, stride=None, how="max"):
    return every(x, size, stride, how)[:-1, :-1]


@pool_2d.misconception(
    "size of the side instead of the start",
    hint="You count H // stride windows. That is right only while the windows lie side by side: "
    "the last start is at row H − size.",
)
def pool_2d_side_by_stride(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    refuse(x, size, stride, how)
    rows, columns = x.shape[0] // stride, x.shape[1] // stride
    return windows_pooled(x.astype(float), size, stride, how, rows, columns)


@pool_2d.misconception(
    "rows and columns exchanged",
    hint="The numbers are right, but rows and columns of the result are exchanged: it should be "
    "result[row, column].",
)
def pool_2d_exchanged(x, size=2, stride=None, how="max"):
    return every(x, size, stride, how).T


@pool_2d.misconception(
    "square maps only",
    hint="It is right for square maps only: is the number of rows used for the columns as well?",
)
def pool_2d_square(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    refuse(x, size, stride, how)
    count = (x.shape[0] - size) // stride + 1
    return windows_pooled(x.astype(float), size, stride, how, count, count)


@pool_2d.misconception(
    "returns too early",
    hint="Only the first row of windows is filled, the rest is 0: the return stands inside a loop. "
    "Move it to the left, after both loops.",
)
def pool_2d_early(x, size=2, stride=None, how="max"):
    pooled = every(x, size, stride, how)
    pooled[1:] = 0
    return pooled


@pool_2d.misconception(
    "returns after the first window",
    hint="Only the first window is filled, the rest is 0: the return stands inside both loops. "
    "Move it to the left, after them.",
)
def pool_2d_first(x, size=2, stride=None, how="max"):
    pooled = every(x, size, stride, how)
    first = pooled[0, 0]
    pooled[:] = 0
    pooled[0, 0] = first
    return pooled


@pool_2d.misconception(
    "divided by the squared stride",
    hint="Your average divides by stride · stride. A window holds size · size numbers, whatever "
    "the stride.",
)
def pool_2d_by_stride(x, size=2, stride=None, how="max"):
    pooled = every(x, size, stride, how)
    stride = size if stride is None else stride
    return pooled * size**2 / stride**2 if how == "average" else pooled


@pool_2d.misconception(
    "divided by the width",
    hint="Your average divides by size. A window holds size · size numbers.",
)
def pool_2d_by_size(x, size=2, stride=None, how="max"):
    pooled = every(x, size, stride, how)
    return pooled * size if how == "average" else pooled


@pool_2d.misconception(
    "average for sum",
    hint='Max and average are right. For "sum" you give the average too: add up and do not divide.',
)
def pool_2d_average_for_sum(x, size=2, stride=None, how="max"):
    refuse(x, size, size if stride is None else stride, how)
    return every(x, size, stride, "average" if how == "sum" else how)


@pool_2d.misconception(
    "sum for average",
    hint='Max and sum are right. For "average" you give the sum: divide by how many numbers the '
    "window holds.",
)
def pool_2d_sum_for_average(x, size=2, stride=None, how="max"):
    refuse(x, size, size if stride is None else stride, how)
    return every(x, size, stride, "sum" if how == "average" else how)


@pool_2d.misconception(
    "always the maximum",
    hint="You always give the largest number: how is not used.",
)
def pool_2d_always_max(x, size=2, stride=None, how="max"):
    refuse(x, size, size if stride is None else stride, how)
    return every(x, size, stride, "max")


@pool_2d.misconception(
    "whole numbers",
    hint="Fractions are lost: your result is an array of whole numbers, perhaps from "
    "np.zeros_like(x). Make it with np.zeros and a shape.",
)
def pool_2d_integers(x, size=2, stride=None, how="max"):
    return every(x, size, stride, how).astype(int)


@pool_2d.misconception(
    "small numbers wrap around",
    hint="For pictures (uint8) your sum starts again at 0 after 255. Turn the numbers into floats "
    "first.",
)
def pool_2d_uint8(x, size=2, stride=None, how="max"):
    pooled = every(x, size, stride, how)
    return pooled % 256 if x.dtype == np.uint8 else pooled


@pool_2d.misconception(
    "sum goes on",
    hint="Your sum goes on from window to window: set it back to 0 where a new window begins.",
)
def pool_2d_goes_on(x, size=2, stride=None, how="max"):
    pooled = every(x, size, stride, how)
    if how == "max":
        return pooled
    return np.cumsum(pooled).reshape(pooled.shape)


@pool_2d.misconception(
    "0 taken for no stride",
    hint="A stride of 0 is taken for no stride, as in `stride or size`: 0 counts as nothing "
    "there. Ask `stride is None`, and let 0 raise a ValueError.",
)
def pool_2d_or(x, size=2, stride=None, how="max"):
    return every(x, size, stride or size, how)


@pool_2d.misconception(
    "unknown names accepted",
    hint='The pooling is right. For a name that is none of the three, such as "median", raise a '
    "ValueError.",
)
def pool_2d_any_name(x, size=2, stride=None, how="max"):
    return every(x, size, stride, how if how in KINDS else "sum")


@pool_2d.misconception(
    "unknown names give nothing",
    hint='The pooling is right. For a name that is none of the three, such as "median", nothing '
    "is computed and nobody hears of it: raise a ValueError.",
)
def pool_2d_nothing_known(x, size=2, stride=None, how="max"):
    pooled = every(x, size, stride, how if how in KINDS else "sum")
    return pooled if how in KINDS else np.zeros(pooled.shape)


@pool_2d.misconception(
    "large windows accepted",
    hint="The pooling is right. A window that is larger than the map, in rows or in columns, fits "
    "nowhere: raise a ValueError.",
)
def pool_2d_large(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    refuse(x, min(size, *x.shape), stride, how)
    return windows_pooled(x, size, stride, how)


@pool_2d.misconception(
    "only rows compared",
    hint="The pooling is right. A window that is wider than the map fits nowhere either: compare "
    "size with the columns as well as with the rows.",
)
def pool_2d_rows_compared(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    refuse(np.zeros((x.shape[0], max(x.shape[1], size))), size, stride, how)
    return windows_pooled(x, size, stride, how)


@pool_2d.misconception(
    "negative strides accepted",
    hint="The pooling is right. A stride below 1 leads nowhere: raise a ValueError, for 0 as well "
    "as for −1.",
)
def pool_2d_negative(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    if stride < 0:
        return np.zeros((0, 0))
    return every(x, size, stride, how)


@pool_2d.misconception(
    "full windows refused",
    hint="A window exactly as large as the map is allowed, and gives one number. Only a larger "
    "one is refused.",
)
def pool_2d_equal_refused(x, size=2, stride=None, how="max"):
    if size in x.shape:
        raise ValueError("too large")
    return every(x, size, stride, how)


@pool_2d.misconception(
    "stride 2 where nobody gave one",
    hint="Where stride is None, your windows always begin 2 apart. The stride is then size, which "
    "is not always 2.",
)
def pool_2d_two_for_none(x, size=2, stride=None, how="max"):
    return every(x, size, 2 if stride is None else stride, how)


@pool_2d.misconception(
    "stride always 2",
    hint="Your windows always begin 2 apart, whatever stride is. Use the argument, and size where "
    "it is None.",
)
def pool_2d_always_two(x, size=2, stride=None, how="max"):
    return every(x, size, 2, how)


@pool_2d.misconception(
    "windows begin at multiples of size",
    hint="You count the windows by the stride, but let them begin at i · size. A window begins at "
    "i · stride and ends size rows further on.",
)
def pool_2d_size_for_stride(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    refuse(x, size, stride, how)
    rows, columns = (x.shape[0] - size) // stride + 1, (x.shape[1] - size) // stride + 1
    return windows_pooled(x, size, size, how, rows, columns)


@pool_2d.misconception(
    "result of x's own dtype",
    hint="The result has the dtype of x, perhaps from np.zeros_like: averages of whole numbers "
    "lose their fractions, and sums of a picture begin again at 0. Make it with np.zeros and a "
    "shape.",
)
def pool_2d_dtype_kept(x, size=2, stride=None, how="max"):
    pooled = every(x, size, stride, how)
    if x.dtype == np.uint8:
        pooled = pooled.astype(int) % 256
    return pooled.astype(x.dtype)


@pool_2d.misconception(
    "another name for average",
    hint='For "average" it raises the error, though the name is one of the three: is it called '
    '"mean" '
    "or otherwise in your code?",
)
def pool_2d_mean(x, size=2, stride=None, how="max"):
    if how == "average":
        raise ValueError("unknown how")
    return every(x, size, stride, how)


@pool_2d.misconception(
    "range ends one start early",
    hint="Where the windows come out even, the last ones are missing: range ends before its second "
    "number, so it should be H − size + 1.",
)
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


@pool_2d.misconception(
    "errors forgotten",
    hint="The pooling is right. What is missing are the ValueErrors: for size or stride below 1, "
    "for a window larger than the map, and for a name that is none of the three.",
)
def pool_2d_no_errors(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    rows, columns = (x.shape[0] - size) // stride + 1, (x.shape[1] - size) // stride + 1
    pooled = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            window = x[i * stride : i * stride + size, j * stride : j * stride + size]
            pooled[i, j] = kept(window, how)
    return pooled


@pool_2d.misconception(
    "errors forgotten, unknown names ignored",
    hint="The pooling is right. All the ValueErrors are missing: for size or stride below 1, for a "
    "window larger than the map, and for a name that is none of the three.",
)
def pool_2d_no_errors_at_all(x, size=2, stride=None, how="max"):
    pooled = pool_2d_no_errors(x, size, stride, how if how in KINDS else "sum")
    return pooled if how in KINDS else 0 * pooled


@pool_2d.misconception(
    "result as large as the map",
    hint="Your result is as large as x, with zeros where no window belongs, perhaps from "
    "np.zeros_like(x). Count the windows first, and make an array of that shape.",
)
def pool_2d_as_large(x, size=2, stride=None, how="max"):
    pooled = every(x, size, stride, how)
    result = np.zeros_like(x)
    whole = pooled if x.dtype.kind == "f" else pooled.astype(int)
    result[: pooled.shape[0], : pooled.shape[1]] = whole
    return result


@pool_2d.misconception(
    "windows counted by size",
    hint="You count H // size windows, whatever the stride is. Between the first and the last "
    "start lie H − size rows, in steps of stride.",
)
def pool_2d_counted_by_size(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    refuse(x, size, stride, how)
    rows, columns = x.shape[0] // size, x.shape[1] // size
    return windows_pooled(x, size, stride, how, rows, columns)


@pool_2d.variant("loops over windows")
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
            if how == "max":
                row.append(window.max())
            elif how == "average":
                row.append(window.mean())
            elif how == "sum":
                row.append(window.sum())
            else:
                raise ValueError("how")
        result.append(row)
    return np.array(result)


@pool_2d.variant("sliding windows")
def pool_2d_windows(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    refuse(x, size, stride, how)
    windows = np.lib.stride_tricks.sliding_window_view(x.astype(float), (size, size))
    windows = windows[::stride, ::stride]
    return kept(windows, how, (2, 3))


@pool_2d.variant("cell by cell of the window")
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


@pool_2d.variant("every number in a loop")
def pool_2d_numbers(x, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    refuse(x, size, stride, how)
    rows, columns = (x.shape[0] - size) // stride + 1, (x.shape[1] - size) // stride + 1
    result = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            largest, total = float(x[row * stride, column * stride]), 0.0
            for i in range(size):
                for j in range(size):
                    number = float(x[row * stride + i, column * stride + j])
                    largest, total = max(largest, number), total + number
            result[row, column] = largest if how == "max" else total
    return result / size**2 if how == "average" else result


# --- trap: the start of a maximum ----------------------------------------------------------------

trap_start = Exercise("trap_start", aspects={"values": "the largest number of an array"})


@trap_start.reference
def trap_start_reference(numbers):
    return numbers.max()


trap_start.case("values", np.array([3, 8, -2, 5]))
trap_start.case("values", np.array([-3, -1, -4]))
trap_start.case("values", np.array([-2.5, -7.0, -0.5, -9.0]))
trap_start.case("values", np.array([-6]))
trap_start.case("values", np.array([-1000000, -2000000]))
trap_start.case("values", np.array([4, 1, 9]))


@trap_start.misconception(
    "as found",
    hint="Call it with np.array([-3, -1, -4]). Which of the three numbers does it give back?",
    untouched=True,
)
def trap_start_found(numbers):
    largest = 0
    for number in numbers:
        if number > largest:
            largest = number
    return largest


@trap_start.misconception(
    "another number to start from",
    hint="A smaller start helps until all numbers are smaller still. Which number is certain to be "
    "in the array, and so can never be too large?",
)
def trap_start_lower(numbers):
    return max(-1000 + 1, float(numbers.max()))


@trap_start.misconception(
    "starts from minus one",
    hint="Now [-3, -4] gives −1, which is not among its numbers. Which number is certain to be in "
    "the array?",
)
def trap_start_minus_one(numbers):
    return max(-1.0, float(numbers.max()))


@trap_start.misconception(
    "largest distance from 0",
    hint="Now −9 counts as larger than −0.5. The largest is the one furthest to the right on the "
    "number line.",
)
def trap_start_abs(numbers):
    return numbers[np.argmax(np.abs(numbers))]


@trap_start.misconception(
    "smallest",
    hint="Now the smallest number comes back: has the comparison turned round?",
)
def trap_start_smallest(numbers):
    return numbers.min()


@trap_start.variant("the first number")
def trap_start_first(numbers):
    largest = numbers[0]
    for number in numbers:
        if number > largest:
            largest = number
    return largest


@trap_start.variant("minus infinity")
def trap_start_infinity(numbers):
    largest = -np.inf
    for number in numbers:
        largest = max(largest, number)
    return largest


@trap_start.variant("sorted")
def trap_start_sorted(numbers):
    return sorted(numbers)[-1]


# --- trap: windows over the edge -----------------------------------------------------------------

trap_edge = Exercise("trap_edge", aspects={"values": "the largest of every whole 2 × 2 window"})


@trap_edge.reference
def trap_edge_reference(x):
    return windows_pooled(x, 2, 2, "max")


trap_edge.case("values", SMALL)
trap_edge.case("values", RAGGED)
trap_edge.case("values", RAGGED[:4])
trap_edge.case("values", RAGGED[:, :6])


@trap_edge.misconception(
    "as found",
    hint="Print its result for an array of 5 × 7. How many whole windows of 2 × 2 lie below each "
    "other there, and how many rows does it give?",
    untouched=True,
)
def trap_edge_found(x):
    return np.array(
        [
            [x[top : top + 2, left : left + 2].max() for left in range(0, x.shape[1], 2)]
            for top in range(0, x.shape[0], 2)
        ]
    )


@trap_edge.misconception(
    "last window always lost",
    hint="Now the last window is lost where everything fits as well: for 4 rows, the starts are 0 "
    "and 2. Which number must the range end with to have 2 in it?",
)
def trap_edge_short(x):
    return np.array(
        [
            [x[top : top + 2, left : left + 2].max() for left in range(0, x.shape[1] - 2, 2)]
            for top in range(0, x.shape[0] - 2, 2)
        ]
    )


@trap_edge.misconception(
    "rows mended, columns not",
    hint="The rows are mended. The columns have the same mistake.",
)
def trap_edge_rows(x):
    return np.array(
        [
            [x[top : top + 2, left : left + 2].max() for left in range(0, x.shape[1], 2)]
            for top in range(0, x.shape[0] - 1, 2)
        ]
    )


@trap_edge.misconception(
    "columns mended, rows not",
    hint="The columns are mended. The rows have the same mistake.",
)
def trap_edge_columns(x):
    return np.array(
        [
            [x[top : top + 2, left : left + 2].max() for left in range(0, x.shape[1] - 1, 2)]
            for top in range(0, x.shape[0], 2)
        ]
    )


@trap_edge.variant("minus one")
def trap_edge_minus_one(x):
    return np.array(
        [
            [x[top : top + 2, left : left + 2].max() for left in range(0, x.shape[1] - 1, 2)]
            for top in range(0, x.shape[0] - 1, 2)
        ]
    )


@trap_edge.variant("by reshape")
def trap_edge_reshape(x):
    rows, columns = x.shape[0] // 2, x.shape[1] // 2
    return x[: 2 * rows, : 2 * columns].reshape(rows, 2, columns, 2).max(axis=(1, 3))


@trap_edge.variant("by pool_2d")
def trap_edge_pool(x):
    return pool_2d(x)


# --- pool_volume --------------------------------------------------------------------------------

pool_volume = Exercise(
    "pool_volume",
    points=3,
    aspects={
        "max": "each channel's maxima",
        "others": "other sizes, strides and kinds",
        "errors": "input for which there is no answer",
    },
    shares={"max": 1.25, "others": 1.25, "errors": 0.5},
    ready_made=POOLING,
    asks={"errors": "answer"},
)


def each_channel(volume, *how):
    """The right answer, for others to go wrong from."""
    return np.stack([every(channel, *how) for channel in volume])


def windows_pooled_deep(volume, size, stride, how):
    """What pool_2d makes of a volume: windows over channels and rows, whole columns in each."""
    stride = size if stride is None else stride
    refuse(volume, size, stride, how)
    return windows_pooled(volume, size, stride, how)


@pool_volume.reference
def pool_volume_reference(volume, size=2, stride=None, how="max"):
    return each_channel(volume, size, stride, how)


TWO = np.stack([RAGGED, 5 - RAGGED[::-1]])
pool_volume.case("max", VOLUME)
pool_volume.case("max", TWO)
pool_volume.case("max", -np.abs(VOLUME[:1]) - 1)
pool_volume.case("others", VOLUME, 2, 1)
pool_volume.case("others", TWO, 3, 2, "average")
pool_volume.case("others", TWO, 2, None, "sum")
pool_volume.case("others", TWO, 3)
pool_volume.case("errors", VOLUME, 4)
pool_volume.raises("errors", ValueError, VOLUME, 5)
pool_volume.raises("errors", ValueError, VOLUME, 0)
pool_volume.raises("errors", ValueError, VOLUME, 2, 0)
pool_volume.raises("errors", ValueError, VOLUME, 2, 2, "median")


pool_volume.case("max", TWO[:1, :2, :2])
pool_volume.raises("errors", ValueError, VOLUME[:, :, :3], 4)
pool_volume.numpy_integers("errors", VOLUME, 3, 1)


@pool_volume.hidden
def pool_volume_hidden(rng):
    yield "max", (whole_numbers(rng, 4, 7, 6),)
    yield "max", (whole_numbers(rng, 2, 4, 5),)
    yield "others", (whole_numbers(rng, 3, 6, 9), 3, 2, "sum")
    yield "others", (whole_numbers(rng, 5, 7, 8), 2, 3, "average")
    yield "errors", (whole_numbers(rng, 5, 3, 4), 3)
    yield "errors", (whole_numbers(rng, 5, 3, 4), 4), ValueError


@pool_volume.misconception(
    "channels mixed",
    hint="One map comes back: the channels are pooled together. Each channel is pooled on its own, "
    "so there are as many as before.",
)
def pool_volume_mixed(volume, size=2, stride=None, how="max"):
    return kept(each_channel(volume, size, stride, how), how, 0)


@pool_volume.misconception(
    "first channel only",
    hint="Only the first channel is pooled, and the result has two axes. Do it for every channel, "
    "and stack the results.",
)
def pool_volume_first(volume, size=2, stride=None, how="max"):
    return every(volume[0], size, stride, how)


@pool_volume.misconception(
    "returns too early",
    hint="Only one channel comes back, though with three axes, or the others are 0: does the "
    "return stand inside the loop?",
)
def pool_volume_early(volume, size=2, stride=None, how="max"):
    pooled = each_channel(volume, size, stride, how)
    pooled[1:] = 0
    return pooled


@pool_volume.misconception(
    "channels last",
    hint="The numbers are right, but the channels stand last in your result. The order is (C, H, "
    "W), as in the argument.",
)
def pool_volume_last(volume, size=2, stride=None, how="max"):
    return np.moveaxis(each_channel(volume, size, stride, how), 0, 2)


@pool_volume.misconception(
    "pooled along channels and rows",
    hint="You pool along the first two axes, which are channels and rows. A channel is volume[c], "
    "with rows and columns; these two are pooled.",
)
def pool_volume_wrong_axes(volume, size=2, stride=None, how="max"):
    pooled = each_channel(np.moveaxis(volume, 2, 0), size, stride, how)
    return np.moveaxis(pooled, 0, 2)


@pool_volume.misconception(
    "arguments not handed on",
    hint="Whatever size, stride and how are, you pool with 2 × 2 maxima: hand the three arguments "
    "on to pool_2d.",
)
def pool_volume_defaults(volume, size=2, stride=None, how="max"):
    return each_channel(volume)


@pool_volume.misconception(
    "how not handed on",
    hint="Size and stride arrive, but it is always the maximum: hand how on as well.",
)
def pool_volume_no_how(volume, size=2, stride=None, how="max"):
    return each_channel(volume, size, stride)


@pool_volume.misconception(
    "stride not handed on",
    hint="Your windows always lie side by side: hand stride on as well.",
)
def pool_volume_no_stride(volume, size=2, stride=None, how="max"):
    return each_channel(volume, size, None, how)


@pool_volume.misconception(
    "one channel too few",
    hint="The last channel is missing: range(C − 1) ends at C − 2.",
)
def pool_volume_short(volume, size=2, stride=None, how="max"):
    return each_channel(volume, size, stride, how)[:-1]


@pool_volume.misconception(
    "the same channel again",
    hint="Every channel of your result is the pooled first one: use the loop's own index.",
)
def pool_volume_same(volume, size=2, stride=None, how="max"):
    return each_channel(volume[:1].repeat(len(volume), axis=0), size, stride, how)


@pool_volume.misconception(
    "whole numbers",
    hint="Fractions are lost: your result is an array of whole numbers. Stack the pooled maps, or "
    "make it with np.zeros and a shape.",
)
def pool_volume_integers(volume, size=2, stride=None, how="max"):
    return each_channel(volume, size, stride, how).astype(int)


@pool_volume.misconception(
    "size not handed on",
    hint="Stride and how arrive, but your windows are always 2 × 2: hand size on as well.",
)
def pool_volume_no_size(volume, size=2, stride=None, how="max"):
    return each_channel(volume, 2, stride, how)


@pool_volume.misconception(
    "the whole volume pooled as a map",
    hint="You hand the whole volume to pool_2d, which takes channels for rows and rows for "
    "columns. Give it one channel at a time.",
)
def pool_volume_as_a_map(volume, size=2, stride=None, how="max"):
    return windows_pooled_deep(volume, size, stride, how)


@pool_volume.misconception(
    "last channel only",
    hint="Only the last channel comes back: each one takes the place of the one before. Collect "
    "the pooled maps in a list, and stack them at the end.",
)
def pool_volume_last_only(volume, size=2, stride=None, how="max"):
    return every(volume[-1], size, stride, how)


@pool_volume.misconception(
    "channels side by side",
    hint="The pooled maps lie beside or below each other in one large map. np.stack puts them "
    "behind each other, along a new axis.",
)
def pool_volume_beside(volume, size=2, stride=None, how="max"):
    return np.concatenate(list(each_channel(volume, size, stride, how)))


@pool_volume.misconception(
    "size and stride exchanged",
    hint="Where size and stride differ, they are exchanged: pool_2d takes x, size, stride and how, "
    "in this order.",
)
def pool_volume_exchanged(volume, size=2, stride=None, how="max"):
    if stride is None:
        return each_channel(volume, size, None, how)
    return each_channel(volume, stride, size, how)


@pool_volume.variant("stack")
def pool_volume_stack(volume, size=2, stride=None, how="max"):
    return np.stack([pool_2d(channel, size, stride, how) for channel in volume])


@pool_volume.variant("array of a list")
def pool_volume_list(volume, size=2, stride=None, how="max"):
    pooled = []
    for c in range(volume.shape[0]):
        pooled.append(pool_2d(volume[c], size, stride, how))
    return np.array(pooled)


@pool_volume.variant("zeros filled")
def pool_volume_zeros(volume, size=2, stride=None, how="max"):
    first = pool_2d(volume[0], size, stride, how)
    result = np.zeros((len(volume), first.shape[0], first.shape[1]))
    for c in range(len(volume)):
        result[c] = pool_2d(volume[c], size, stride, how)
    return result


@pool_volume.variant("all channels at once")
def pool_volume_windows(volume, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    refuse(volume[0], size, stride, how)
    windows = np.lib.stride_tricks.sliding_window_view(volume, (size, size), axis=(1, 2))
    windows = windows[:, ::stride, ::stride].astype(float)
    return kept(windows, how, (3, 4))


# --- max_pool_fast ------------------------------------------------------------------------------

max_pool_fast = Exercise(
    "max_pool_fast",
    points=2,
    aspects={
        "two": "windows of 2 × 2",
        "sizes": "other windows, and maps where some do not fit",
        "speed": "at least 4 times a loop over every element",
    },
    shares={"two": 0.6, "sizes": 0.4, "speed": 1},
    ready_made=POOLING,
)


@max_pool_fast.reference
def max_pool_fast_reference(x, size=2):
    rows, columns = x.shape[0] // size, x.shape[1] // size
    blocks = x[: rows * size, : columns * size].reshape(rows, size, columns, size)
    return blocks.max(axis=(1, 3))


max_pool_fast.case("two", SMALL)
max_pool_fast.case("two", MAP)
max_pool_fast.case("two", NEGATIVE)
max_pool_fast.case("sizes", RAGGED[:4])
max_pool_fast.case("sizes", RAGGED[:, :6])
max_pool_fast.case("sizes", RAGGED)
max_pool_fast.case("sizes", RAGGED, 3)
max_pool_fast.case("sizes", np.array([[-3, -1, -4], [-5, -9, -2], [-7, -6, -8]]))
# Measured at 256 × 256, in elements a plain loop visits in the same time: loops over windows 0.3
# (np.max of a slice) to 1.3 (Python's max of four numbers), over nested lists 1.9 to 2.6; a loop
# over rows 7.6, all the others 9 (reshape, windows) to 230 (four slices). So 4 lies between, and
# is 9 to 14 times the loop over windows. The maximum of all 255 × 255 windows, of which three
# quarters are thrown away, reaches 2.3: it is too slow, as it should be.
max_pool_fast.speed("speed", 4, (16384, 4), (256, 256))


max_pool_fast.numpy_integers("sizes", RAGGED, 3)


@max_pool_fast.hidden
def max_pool_fast_hidden(rng):
    yield "two", (whole_numbers(rng, 6, 8),)
    yield "two", (-np.abs(whole_numbers(rng, 4, 6)) / 2,)
    yield "sizes", (whole_numbers(rng, 9, 7), 2)
    yield "sizes", (whole_numbers(rng, 10, 13), 4)
    yield "sizes", (whole_numbers(rng, 3, 4), 1)


@max_pool_fast.misconception(
    "pooled over the wrong axes",
    hint="Your maximum runs along whole rows. After reshape(rows, size, columns, size), which axes "
    "count inside a window?",
)
def max_pool_fast_wrong_axes(x, size=2):
    rows, columns = x.shape[0] // size, x.shape[1] // size
    blocks = x[: rows * size, : columns * size].reshape(rows, size, columns, size)
    return blocks.max(axis=(2, 3))


@max_pool_fast.misconception(
    "pooled over the window numbers",
    hint="Your maximum runs over all windows, and what is left is one window. The axes inside a "
    "window should go, the other two stay.",
)
def max_pool_fast_inside_kept(x, size=2):
    rows, columns = x.shape[0] // size, x.shape[1] // size
    blocks = x[: rows * size, : columns * size].reshape(rows, size, columns, size)
    return blocks.max(axis=(0, 2))


@max_pool_fast.misconception(
    "blocks of numbers in reading order",
    hint="reshape reads row by row, so reshape(rows, columns, size, size) makes blocks of numbers "
    "that follow each other in one row. The order (rows, size, columns, size) keeps windows whole.",
)
def max_pool_fast_reading_order(x, size=2):
    rows, columns = x.shape[0] // size, x.shape[1] // size
    blocks = x[: rows * size, : columns * size].reshape(rows, columns, size, size)
    return blocks.max(axis=(2, 3))


@max_pool_fast.misconception(
    "numbers far apart",
    hint="Your windows take numbers from far apart: size comes before rows and columns in your "
    "reshape. Inside a window, numbers are neighbours.",
)
def max_pool_fast_far(x, size=2):
    rows, columns = x.shape[0] // size, x.shape[1] // size
    blocks = x[: rows * size, : columns * size].reshape(size, rows, size, columns)
    return blocks.max(axis=(0, 2))


@max_pool_fast.misconception(
    "edge not dropped",
    hint="Where the windows do not come out even, reshape stops with an error. Cut off first what "
    "belongs to no whole window, in both directions.",
)
def max_pool_fast_uneven(x, size=2):
    rows, columns = x.shape[0] // size, x.shape[1] // size
    return x.reshape(rows, size, columns, size).max(axis=(1, 3))


@max_pool_fast.misconception(
    "rows cut, columns not",
    hint="You cut off the rows that belong to no whole window. The columns need the same.",
)
def max_pool_fast_rows_cut(x, size=2):
    rows, columns = x.shape[0] // size, x.shape[1] // size
    return x[: rows * size].reshape(rows, size, columns, size).max(axis=(1, 3))


@max_pool_fast.misconception(
    "zeros beyond the edge",
    hint="Where the windows do not come out even, you fill up and have a row or column too many. A "
    "window that does not fit wholly is dropped.",
)
def max_pool_fast_padded(x, size=2):
    padded = np.pad(x, [(0, -side % size) for side in x.shape])
    return windows_pooled(padded, size, size, "max")


@max_pool_fast.misconception(
    "windows over the edge",
    hint="Where the windows do not come out even, you have a row or column too many: slices such "
    "as x[::2] and x[1::2] are then not equally long. Cut off first what does not fit.",
)
def max_pool_fast_ceil(x, size=2):
    rows, columns = (-(-side // size) for side in x.shape)
    return windows_pooled(x, size, size, "max", rows, columns)


@max_pool_fast.misconception(
    "slices of different length",
    hint="With an odd number of rows or columns, x[::2] is one longer than x[1::2], and NumPy "
    "cannot lay them on each other; and size may be other than 2. Cut off first what does not fit.",
)
def max_pool_fast_four(x, size=2):
    top = np.maximum(x[::2, ::2], x[::2, 1::2])
    return np.maximum(top, np.maximum(x[1::2, ::2], x[1::2, 1::2]))


@max_pool_fast.misconception(
    "size always two",
    hint="It is right for windows of 2 × 2 only: size may be another number.",
)
def max_pool_fast_two(x, size=2):
    return windows_pooled(x, 2, 2, "max")


@max_pool_fast.misconception(
    "overlapping windows",
    hint="Your windows overlap: there is one at every place. Keep only those that begin at "
    "multiples of size.",
)
def max_pool_fast_overlaps(x, size=2):
    return windows_pooled(x, size, 1, "max")


@max_pool_fast.misconception(
    "started from 0",
    hint="Where all numbers of a window are negative, your maximum is 0: the array you compare "
    "with holds zeros at first.",
)
def max_pool_fast_from_zero(x, size=2):
    return np.maximum(windows_pooled(x, size, size, "max"), 0)


@max_pool_fast.misconception(
    "averages",
    hint="These are the averages of the windows. Asked for are the largest numbers.",
)
def max_pool_fast_average(x, size=2):
    return windows_pooled(x, size, size, "average")


@max_pool_fast.misconception(
    "one axis only",
    hint="Only the columns are pooled: there are as many rows as before. The maximum is taken over "
    "two axes.",
)
def max_pool_fast_one_axis(x, size=2):
    columns = x.shape[1] // size
    return x[:, : columns * size].reshape(len(x), columns, size).max(axis=2)


@max_pool_fast.misconception(
    "cut off by a negative index",
    hint="Where everything fits, nothing should be cut off, and there your slice is x[:-0], which "
    "is empty. Count what stays from the front instead: rows · size of them.",
)
def max_pool_fast_minus_zero(x, size=2):
    whole = x[: -(x.shape[0] % size), : -(x.shape[1] % size)]
    rows, columns = x.shape[0] // size, x.shape[1] // size
    return whole.reshape(rows, size, columns, size).max(axis=(1, 3))


@max_pool_fast.misconception(
    "only the first number",
    hint="This is the number at the top left of each window, as x[::size, ::size] gives it. Asked "
    "for is the largest of all.",
)
def max_pool_fast_first(x, size=2):
    rows, columns = x.shape[0] // size * size, x.shape[1] // size * size
    return x[:rows:size, :columns:size]


@max_pool_fast.misconception(
    "columns of a window only",
    hint="Only the rows are pooled: there are as many columns as before. The maximum is taken over "
    "two axes.",
)
def max_pool_fast_rows_only(x, size=2):
    rows = x.shape[0] // size
    return x[: rows * size].reshape(rows, size, x.shape[1]).max(axis=1)


@max_pool_fast.misconception(
    "one number in all",
    hint="One number comes back, the largest of the whole map. Without an axis, max looks at "
    "everything: give it the two axes inside a window.",
)
def max_pool_fast_one(x, size=2):
    return x[: x.shape[0] // size * size, : x.shape[1] // size * size].max()


@max_pool_fast.misconception(
    "rows and columns exchanged",
    hint="The numbers are right, but rows and columns of the result are exchanged.",
)
def max_pool_fast_exchanged(x, size=2):
    return windows_pooled(x, size, size, "max").T


@max_pool_fast.misconception(
    "cut off by a negative index, counted after it",
    hint="Nothing is left where everything fits: your slice is then x[:-0], which is x[:0] and "
    "empty. Count what stays from the front instead: rows · size of them.",
)
def max_pool_fast_minus_zero_late(x, size=2):
    whole = x[: -(x.shape[0] % size), : -(x.shape[1] % size)]
    rows, columns = whole.shape[0] // size, whole.shape[1] // size
    return whole.reshape(rows, size, columns, size).max(axis=(1, 3))


@max_pool_fast.misconception(
    "the same axis number twice",
    hint="After the first max one axis is gone, and the others move up: what was axis 3 is axis 2 "
    "then. Give both to one max, as axis=(1, 3).",
)
def max_pool_fast_axis_twice(x, size=2):
    rows, columns = x.shape[0] // size, x.shape[1] // size
    blocks = x[: rows * size, : columns * size].reshape(rows, size, columns, size)
    return blocks.max(axis=1).max(axis=1)


@max_pool_fast.variant("sliding windows, every size-th")
def max_pool_fast_windows(x, size=2):
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size))
    return windows[::size, ::size].max(axis=(2, 3))


@max_pool_fast.variant("cell by cell of the window")
def max_pool_fast_cells(x, size=2):
    rows, columns = x.shape[0] // size * size, x.shape[1] // size * size
    largest = x[:rows:size, :columns:size]
    for i in range(size):
        for j in range(size):
            largest = np.maximum(largest, x[i:rows:size, j:columns:size])
    return largest


@max_pool_fast.variant("rows first, then columns")
def max_pool_fast_two_steps(x, size=2):
    rows, columns = x.shape[0] // size, x.shape[1] // size
    tall = x[: rows * size].reshape(rows, size, -1).max(axis=1)
    return tall[:, : columns * size].reshape(rows, columns, size).max(axis=2)


@max_pool_fast.variant("windows as rows of a table")
def max_pool_fast_table(x, size=2):
    rows, columns = x.shape[0] // size, x.shape[1] // size
    blocks = x[: rows * size, : columns * size].reshape(rows, size, columns, size)
    return blocks.transpose(0, 2, 1, 3).reshape(rows, columns, size * size).max(axis=2)


# --- shift_survival -----------------------------------------------------------------------------

shift_survival = Exercise(
    "shift_survival",
    points=3,
    aspects={"two": "windows of 2 × 2", "sizes": "other windows, and maps where some do not fit"},
    shares={"two": 2, "sizes": 1},
)


def survived(before, after):
    return float(np.mean(before == after))


@shift_survival.reference
def shift_survival_reference(feature_map, size=2):
    moved = ops.shift_image(feature_map, 0, 1)
    return survived(every(feature_map, size), every(moved, size))


BAR = np.array(
    [
        [0, 0, 5, 9, 9, 2, 0, 0],
        [0, 3, 9, 9, 9, 0, 0, 0],
        [1, 1, 0, 0, 4, 4, 7, 0],
        [0, 0, 0, 8, 0, 0, 7, 0],
        [6, 0, 0, 0, 0, 2, 2, 2],
        [0, 0, 5, 0, 0, 0, 0, 3],
    ]
)
STEPS = np.array([[1, 2, 2, 7, 7, 4, -3], [0, 2, 1, 7, 5, -1, 8], [3, 3, 3, -2, 0, 6, 6]])
EDGE = np.array([[0, 4, 4, 4, 4, 9], [0, 1, 4, 2, 4, 4], [2, 2, 2, 2, 2, 2], [7, 7, 7, 7, 7, 7]])
LINES = np.array([[9, 9, 9, 9, 9, 9], [1, 1, 2, 2, 3, 3], [5, 5, 5, 5, 5, 5], [0, 2, 0, 0, 6, 0]])
shift_survival.case("two", BAR)
shift_survival.case("two", EDGE)
shift_survival.case("two", LINES)
shift_survival.case("two", np.array([[-3.0, -1.0, -2.0, -5.0], [-4.0, -6.0, -7.0, -8.0]]))
shift_survival.case("two", np.array([[4.0, 1.0, 0.5, 0.5], [2.0, 4.0, 0.5, 0.25]]))
shift_survival.case("sizes", STEPS, 3)
shift_survival.case("sizes", STEPS, 2)
shift_survival.case("sizes", BAR, 3)
shift_survival.case("sizes", BAR, 4)
shift_survival.case("sizes", EDGE, 1)


shift_survival.numpy_integers("sizes", STEPS, 3)


@shift_survival.hidden
def shift_survival_hidden(rng):
    yield "two", (rng.integers(0, 3, (6, 8)),)
    yield "two", (rng.integers(0, 4, (4, 10)) / 2,)
    yield "sizes", (rng.integers(0, 3, (7, 9)), 2)
    yield "sizes", (rng.integers(0, 9, (6, 9)), 3)
    yield "sizes", (rng.integers(0, 3, (5, 4)), 1)


@shift_survival.misconception(
    "wraps around",
    hint="What leaves on the right comes back on the left, as np.roll does it. Zeros come in: "
    "shift_image from the course does that.",
)
def shift_survival_roll(feature_map, size=2):
    return survived(every(feature_map, size), every(np.roll(feature_map, 1, axis=1), size))


@shift_survival.misconception(
    "edge repeated",
    hint="On the left, your moved map repeats its first column. Zeros come in there.",
)
def shift_survival_repeats(feature_map, size=2):
    moved = np.hstack([feature_map[:, :1], feature_map[:, :-1]])
    return survived(every(feature_map, size), every(moved, size))


@shift_survival.misconception(
    "moved to the left",
    hint="Your map moves to the left. To the right means: what was in column 0 is in column 1 "
    "afterwards.",
)
def shift_survival_left(feature_map, size=2):
    return survived(every(feature_map, size), every(ops.shift_image(feature_map, 0, -1), size))


@shift_survival.misconception(
    "moved down",
    hint="Your map moves down. shift_image takes the number of rows down first, then the number of "
    "columns to the right.",
)
def shift_survival_down(feature_map, size=2):
    return survived(every(feature_map, size), every(ops.shift_image(feature_map, 1, 0), size))


@shift_survival.misconception(
    "moved both ways",
    hint="Your map moves down as well as to the right. It should move to the right only.",
)
def shift_survival_diagonal(feature_map, size=2):
    return survived(every(feature_map, size), every(ops.shift_image(feature_map, 1, 1), size))


@shift_survival.misconception(
    "pooled map moved",
    hint="Your pooled map moves by a whole window: it was pooled before it moved, or moved by size "
    "pixels. Move the feature map by one pixel first, and pool it after that.",
)
def shift_survival_pooled_moved(feature_map, size=2):
    pooled = every(feature_map, size)
    return survived(pooled, ops.shift_image(pooled, 0, 1))


@shift_survival.misconception(
    "not pooled",
    hint="You compare the feature maps themselves. Pool both, and compare the pooled values.",
)
def shift_survival_unpooled(feature_map, size=2):
    return survived(feature_map, ops.shift_image(feature_map, 0, 1))


@shift_survival.misconception(
    "share that changes",
    hint="This is the share that changes. Asked for is the share that stays.",
)
def shift_survival_changed(feature_map, size=2):
    return 1.0 - shift_survival_reference(feature_map, size)


@shift_survival.misconception(
    "number instead of share",
    hint="This is how many values stay. Divide by how many there are: a share lies between 0 and "
    "1.",
)
def shift_survival_count(feature_map, size=2):
    moved = ops.shift_image(feature_map, 0, 1)
    return float(np.sum(every(feature_map, size) == every(moved, size)))


@shift_survival.misconception(
    "per cent",
    hint="This is in per cent. A share lies between 0 and 1.",
)
def shift_survival_percent(feature_map, size=2):
    return 100.0 * shift_survival_reference(feature_map, size)


@shift_survival.misconception(
    "divided by the pixels",
    hint="You divide by the number of pixels of the feature map. There are fewer pooled values: "
    "divide by their number.",
)
def shift_survival_by_pixels(feature_map, size=2):
    moved = ops.shift_image(feature_map, 0, 1)
    return float(np.sum(every(feature_map, size) == every(moved, size))) / feature_map.size


@shift_survival.misconception(
    "all or nothing",
    hint="You ask whether all values stay. Asked for is which share of them does: the average of "
    "the comparisons.",
)
def shift_survival_all(feature_map, size=2):
    return float(shift_survival_reference(feature_map, size) == 1)


@shift_survival.misconception(
    "an array of comparisons",
    hint="An array of True and False comes back, one for each window. Which share of them is True?",
)
def shift_survival_array(feature_map, size=2):
    return every(feature_map, size) == every(ops.shift_image(feature_map, 0, 1), size)


@shift_survival.misconception(
    "average pooling",
    hint="You pool by the average or the sum. Here it is the largest number of each window.",
)
def shift_survival_average(feature_map, size=2):
    moved = ops.shift_image(feature_map, 0, 1)
    return survived(every(feature_map, size, None, "average"), every(moved, size, None, "average"))


@shift_survival.misconception(
    "overlapping windows",
    hint="Your windows overlap. Here each begins where the one before it ended: the stride is "
    "size.",
)
def shift_survival_overlaps(feature_map, size=2):
    moved = ops.shift_image(feature_map, 0, 1)
    return survived(every(feature_map, size, 1), every(moved, size, 1))


@shift_survival.misconception(
    "size not handed on",
    hint="It is right for windows of 2 × 2. Hand size on to the pooling, for both maps.",
)
def shift_survival_two(feature_map, size=2):
    return survived(every(feature_map), every(ops.shift_image(feature_map, 0, 1)))


@shift_survival.misconception(
    "values that are nearly the same",
    hint="You count values that are close to each other as well. Only those count that are exactly "
    "the same.",
)
def shift_survival_near(feature_map, size=2):
    moved = ops.shift_image(feature_map, 0, 1)
    return float(np.mean(np.abs(every(feature_map, size) - every(moved, size)) <= 1))


@shift_survival.misconception(
    "size handed on once",
    hint="One of the two maps is pooled with size, the other with 2 × 2: hand size on both times.",
)
def shift_survival_once(feature_map, size=2):
    before, after = every(feature_map, size), every(ops.shift_image(feature_map, 0, 1))
    if before.shape != after.shape:
        raise ValueError("operands could not be broadcast together")
    return survived(before, after)


@shift_survival.misconception(
    "divided by the rows",
    hint="You divide by the number of rows, as len gives it. There are rows times columns values: "
    "take the mean of the comparisons.",
)
def shift_survival_by_rows(feature_map, size=2):
    before = every(feature_map, size)
    after = every(ops.shift_image(feature_map, 0, 1), size)
    return float(np.sum(before == after)) / len(before)


@shift_survival.misconception(
    "0 counted as nothing",
    hint="Values that are 0 before and after do not count in yours. Here every value that stays "
    "the same counts, also a 0.",
)
def shift_survival_no_zeros(feature_map, size=2):
    before = every(feature_map, size)
    after = every(ops.shift_image(feature_map, 0, 1), size)
    return float(np.mean((before == after) & (before != 0)))


@shift_survival.misconception(
    "the moved map compared with itself",
    hint="Everything always stays: is the moved map compared with itself, or was the map never "
    "moved?",
)
def shift_survival_always(feature_map, size=2):
    return 1.0


@shift_survival.variant("mean of a comparison")
def shift_survival_mean(feature_map, size=2):
    before = pool_2d(feature_map, size)
    after = pool_2d(ops.shift_image(feature_map, 0, 1), size)
    return (before == after).mean()


@shift_survival.variant("counting in loops")
def shift_survival_loops(feature_map, size=2):
    moved = np.zeros(feature_map.shape)
    moved[:, 1:] = feature_map[:, :-1]
    before, after = pool_2d(feature_map, size), pool_2d(moved, size)
    same = 0
    for i in range(before.shape[0]):
        for j in range(before.shape[1]):
            if before[i, j] == after[i, j]:
                same += 1
    return same / before.size


@shift_survival.variant("padded, and the fast version")
def shift_survival_padded(feature_map, size=2):
    moved = np.pad(feature_map, ((0, 0), (1, 0)))[:, :-1]
    same = max_pool_fast(feature_map, size) == max_pool_fast(moved, size)
    return np.count_nonzero(same) / same.size


# --- discussion ---------------------------------------------------------------------------------

discussion_05 = Exercise(
    "discussion_05",
    praise="A little movement is forgiven, often and not always. Size and place still matter.",
)
discussion_05.right("b")
discussion_05.wrong(
    "invariant to translation",
    "a",
    "Recall the spot that moved from pixel 5 to pixel 6, and the share of values that stayed on "
    "the portrait. Did nothing change?",
)
discussion_05.wrong(
    "invariant to scale",
    "c",
    "Make a digit twice as large and pool it with the same windows: its strokes then cover twice "
    "as many of them. What would stay the same?",
)
discussion_05.wrong(
    "pooling does nothing for it",
    "d",
    "Convolution moves its answer along with the picture. Then a window takes the largest of "
    "several places. Is nothing gained where the move stays inside a window?",
)

# --- go further ---------------------------------------------------------------------------------

global_average = Exercise(
    "global_average",
    aspects={"values": "one number for each channel"},
    praise="As long as nothing leaves the picture, a shift does not change it at all.",
    ready_made=POOLING,
)


@global_average.reference
def global_average_reference(volume):
    return volume.mean(axis=(1, 2))


global_average.case("values", VOLUME)
global_average.case("values", TWO / 2)
global_average.case("values", np.arange(12).reshape(2, 3, 2) - 4)


@global_average.misconception(
    "one number in all",
    hint="One number comes back for all channels together. Each channel keeps its own average.",
)
def global_average_all(volume):
    return volume.mean()


@global_average.misconception(
    "averaged over the channels",
    hint="You averaged over the channels and got a map. Average over rows and columns, and keep "
    "the channels.",
)
def global_average_channels(volume):
    return volume.mean(axis=0)


@global_average.misconception(
    "one axis left",
    hint="One axis too many is left: average over rows and over columns.",
)
def global_average_rows(volume):
    return volume.mean(axis=2)


@global_average.misconception(
    "sums",
    hint="These are sums. Divide by the number of pixels of a channel.",
)
def global_average_sums(volume):
    return volume.sum(axis=(1, 2))


@global_average.variant("loop over channels")
def global_average_loop(volume):
    return np.array([channel.mean() for channel in volume])


@global_average.variant("flattened")
def global_average_flat(volume):
    return volume.reshape(len(volume), -1).mean(axis=1)


@global_average.variant("einsum")
def global_average_einsum(volume):
    return np.einsum("chw->c", volume) / (volume.shape[1] * volume.shape[2])
