"""Lesson 00: the exercises, their cases and what commonly goes wrong."""

import numpy as np

from convolab.check.spec import Exercise
from convolab.data import digits

# --- double -----------------------------------------------------------------------------------

double = Exercise(
    "double",
    points=1,
    aspects={"numbers": "every number doubled"},
    lists=True,
    praise="Every exercise of the course works like this one.",
)


@double.reference
def double_reference(values):
    return 2 * np.asarray(values)


double.case("numbers", [1, 2, 3])
double.case("numbers", np.array([10, -4, 0, 7]))
double.case("numbers", np.array([0.5, -1.25]))
double.case("numbers", [4])


@double.hidden
def double_hidden(rng):
    yield "numbers", (rng.integers(-99, 99, 6),)
    yield "numbers", (rng.integers(-99, 99, 5) / 4,)
    yield "numbers", (rng.integers(-99, 99, 3).tolist(),)


@double.misconception(
    "repeats the list",
    hint="`2 * [1, 2, 3]` repeats a plain list: [1, 2, 3, 1, 2, 3]. "
    "Make it an array first, or double the numbers one by one.",
)
def repeats_the_list(values):
    return 2 * values


@double.misconception("squares", hint="3 became 9: these are the squares. Doubled, 3 becomes 6.")
def squares(values):
    return np.asarray(values) ** 2


@double.misconception(
    "changes its argument",
    hint="The numbers are right, but your function writes them into the list it was given. "
    "Make a new list or array for the result.",
)
def changes_its_argument(values):
    for i in range(len(values)):
        values[i] = 2 * values[i]
    return values


@double.misconception(
    "first number only",
    hint="Only the first number comes back: does the `return` stand inside the loop? "
    "It should come after the loop, once all numbers are doubled.",
)
def first_number_only(values):
    for value in values:
        return [2 * value]


@double.misconception("adds two", hint="3 became 5: two was added. Doubling is multiplying by two.")
def adds_two(values):
    return np.asarray(values) + 2


@double.misconception(
    "nothing done yet",
    hint="The numbers come back as they were: multiply them by 2 before you return them.",
)
def nothing_done_yet(values):
    return values


@double.variant("loop")
def double_loop(values):
    doubled = []
    for value in values:
        doubled.append(2 * value)
    return doubled


@double.variant("comprehension")
def double_comprehension(values):
    return [value * 2 for value in values]


@double.variant("added to itself")
def double_added(values):
    values = np.array(values, dtype=float)
    return values + values


# --- stack_is_image ----------------------------------------------------------------------------

stack_is_image = Exercise(
    "stack_is_image",
    points=1,
    aspects={"picture": "the picture of i + j"},
    lists=True,
    praise="The numbers grow from the top left corner to the bottom right one.",
)


@stack_is_image.reference
def stack_is_image_reference(rows, columns):
    return np.add.outer(np.arange(float(rows)), np.arange(float(columns)))


stack_is_image.case("picture", 2, 3)
stack_is_image.case("picture", 4, 2)
stack_is_image.case("picture", 1, 5)


stack_is_image.case("picture", 1, 1)
stack_is_image.numpy_integers("picture", 3, 4)


@stack_is_image.hidden
def stack_is_image_hidden(rng):
    for _ in range(3):
        yield "picture", (int(rng.integers(2, 9)), int(rng.integers(9, 14)))


@stack_is_image.misconception(
    "rows and columns exchanged",
    hint="Rows and columns are exchanged: `stack_is_image(2, 3)` has 2 rows (down) and "
    "3 columns (across), so its shape is (2, 3).",
)
def rows_and_columns_exchanged(rows, columns):
    return np.add.outer(np.arange(float(columns)), np.arange(float(rows)))


@stack_is_image.misconception(
    "counts from one",
    hint="Counting starts at 0 here: the cell in the top left corner holds 0 + 0 = 0.",
)
def counts_from_one(rows, columns):
    return np.add.outer(np.arange(1.0, rows + 1), np.arange(1.0, columns + 1))


@stack_is_image.misconception(
    "multiplied",
    hint="The first row should be 0, 1, 2, …: each cell holds i + j, not i · j.",
)
def multiplied(rows, columns):
    return np.multiply.outer(np.arange(float(rows)), np.arange(float(columns)))


@stack_is_image.misconception(
    "one long count",
    hint="The cells count on from row to row. Each row should start with its own number i: "
    "cell (i, j) holds i + j.",
)
def one_long_count(rows, columns):
    return np.arange(float(rows * columns)).reshape(rows, columns)


@stack_is_image.misconception(
    "left empty",
    hint="All cells are 0: the array is made, but nothing is written into it yet.",
)
def left_empty(rows, columns):
    return np.zeros((rows, columns))


@stack_is_image.misconception(
    "same row again",
    hint="Every row is 0, 1, 2, …: add the number of the row, i, to each of its cells.",
)
def same_row_again(rows, columns):
    return np.tile(np.arange(float(columns)), (rows, 1))


@stack_is_image.misconception(
    "returns after the first row",
    hint="Only the first row is filled: does the return stand inside a loop? It belongs after "
    "both.",
)
def returns_after_the_first_row(rows, columns):
    image = np.zeros((rows, columns))
    image[0] = np.arange(columns)
    return image


@stack_is_image.misconception(
    "last row and column left at 0",
    hint="The last row and the last column stay 0: range(rows) already ends at rows − 1, so take "
    "nothing away from it.",
)
def last_row_and_column_left(rows, columns):
    image = np.zeros((rows, columns))
    for i in range(rows - 1):
        for j in range(columns - 1):
            image[i, j] = i + j
    return image


@stack_is_image.variant("loops")
def stack_is_image_loops(rows, columns):
    image = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            image[i, j] = i + j
    return image


@stack_is_image.variant("broadcasting")
def stack_is_image_broadcasting(rows, columns):
    return np.arange(rows)[:, None] + np.arange(columns)[None, :] * 1.0


@stack_is_image.variant("fromfunction")
def stack_is_image_fromfunction(rows, columns):
    return np.fromfunction(lambda i, j: i + j, (rows, columns))


@stack_is_image.variant("nested lists")
def stack_is_image_lists(rows, columns):
    return [[i + j for j in range(columns)] for i in range(rows)]


# --- by hand -------------------------------------------------------------------------------------

by_hand_pixel = Exercise("by_hand_pixel")
by_hand_pixel.right(float(digits()[0][2][6, 2]))
by_hand_pixel.wrong(
    "row and column exchanged",
    float(digits()[0][2][2, 6]),
    "That is row 2, column 6. The row comes first: go down to row 6, then across to column 2.",
)
by_hand_pixel.wrong(
    "counted from one",
    float(digits()[0][2][5, 1]),
    "That is row 5, column 1. Counting starts at 0, so row 6 is the seventh row from the top.",
)

by_hand_pixel.wrong(
    "row counted from one",
    float(digits()[0][2][5, 2]),
    "The column is right. Rows are counted from 0 as well, so row 6 is the seventh from the top.",
)
by_hand_pixel.wrong(
    "column counted from one",
    float(digits()[0][2][6, 1]),
    "The row is right. Columns are counted from 0 as well, so column 2 is the third from the left.",
)

discussion_00 = Exercise("discussion_00")
discussion_00.right("b")
discussion_00.wrong(
    "what you see counts",
    "a",
    "Try it: change a function, do not run its cell, and run the check. The screen is only text "
    "until Shift + Enter hands it over.",
)
discussion_00.wrong(
    "the check would know",
    "c",
    "Nothing watches the text that you type, so nothing can refuse. The last version that was run "
    "is still there.",
)
discussion_00.wrong(
    "both are known",
    "d",
    "There is only one function called double: the one that was defined when its cell last ran.",
)
