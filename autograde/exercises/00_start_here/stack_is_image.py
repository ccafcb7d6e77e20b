"""A picture that holds i + j in row i, column j."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    points={"picture": 1},
    says={"picture": "the picture of i + j"},
    lists=True,
    praise="The numbers grow from the top left corner to the bottom right one.",
)

@exercise.right
def stack_is_image(rows, columns):
    return np.add.outer(np.arange(float(rows)), np.arange(float(columns)))

@exercise.variant("loops")
def stack_is_image_loops(rows, columns):
    image = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            image[i, j] = i + j
    return image

exercise.also("broadcasting", "np.add.outer(np.arange(float(rows)), np.arange(float(columns)))", "np.arange(rows)[:, None] + np.arange(columns)[None, :] * 1.0")
exercise.also("fromfunction", "np.add.outer(np.arange(float(rows)), np.arange(float(columns)))", "np.fromfunction(lambda i, j: i + j, (rows, columns))")
exercise.also("nested lists", "np.add.outer(np.arange(float(rows)), np.arange(float(columns)))", "[[i + j for j in range(columns)] for i in range(rows)]")

exercise.shows("picture", (2, 3), (4, 2), (1, 5), (1, 1))
exercise.numpy_integers("picture", 3, 4)

@exercise.hidden
def stack_is_image_hidden(rng):
    for _ in range(3):
        yield "picture", (int(rng.integers(2, 9)), int(rng.integers(9, 14)))

exercise.slip("rows and columns swapped", "np.add.outer(np.arange(float(rows)), np.arange(float(columns)))", "np.add.outer(np.arange(float(columns)), np.arange(float(rows)))",
    hint="Rows and columns are swapped: `stack_is_image(2, 3)` has 2 rows (down) and 3 columns (across), so its shape is (2, 3).")
exercise.slip("counts from one", "np.add.outer(np.arange(float(rows)), np.arange(float(columns)))", "np.add.outer(np.arange(1.0, rows + 1), np.arange(1.0, columns + 1))",
    hint="Counting starts at 0 here: the number in the top left corner is 0 + 0 = 0.")
exercise.slip("multiplied", "np.add", "np.multiply",
    hint="The first row should be 0, 1, 2, …: in row i, column j belongs i + j, not i · j.")
exercise.slip("one long count", "np.add.outer(np.arange(float(rows)), np.arange(float(columns)))", "np.arange(float(rows * columns)).reshape(rows, columns)",
    hint="The numbers count on from row to row. Each row should start with its own number i: in row i, column j belongs i + j.")
exercise.slip("left empty", "np.add.outer(np.arange(float(rows)), np.arange(float(columns)))", "np.zeros((rows, columns))",
    hint="All numbers are 0: the array is made, but nothing is written into it yet.")
exercise.slip("same row again", "np.add.outer(np.arange(float(rows)), np.arange(float(columns)))", "np.tile(np.arange(float(columns)), (rows, 1))",
    hint="Every row is 0, 1, 2, …: in row i, add i to each number.")
exercise.slip("returns after the first row", "for i in range(rows):\n        for j in range(columns):\n            image[i, j] = i + j", "image[0] = np.arange(columns)", of="loops",
    hint="Only the first row is filled: is the return inside a loop? It belongs after both.")
exercise.slip("last row and column left at 0", "for i in range(rows):\n        for j in range(columns):", "for i in range(rows - 1):\n        for j in range(columns - 1):", of="loops",
    hint="The last row and the last column stay 0: `range(rows)` already ends at rows − 1, so take nothing away from it.")
