"""The largest number of every complete 2 × 2 window; the windows don't overlap."""

import numpy as np

from convolab.exercises import Exercise

from .pool_2d import pool_2d
from .shared import RAGGED, SMALL, windows_pooled

exercise = Exercise(
    says={"values": "the largest of every whole 2 × 2 window"},
)

@exercise.right
def trap_edge(x):
    return windows_pooled(x, 2, 2, "max")

@exercise.variant("minus one")
def trap_edge_minus_one(x):
    return np.array(
        [
            [x[top : top + 2, left : left + 2].max() for left in range(0, x.shape[1] - 1, 2)]
            for top in range(0, x.shape[0] - 1, 2)
        ]
    )

exercise.also("by reshape", "return windows_pooled(x, 2, 2, \"max\")", "rows, columns = x.shape[0] // 2, x.shape[1] // 2\n    return x[: 2 * rows, : 2 * columns].reshape(rows, 2, columns, 2).max(axis=(1, 3))")
exercise.also("by pool_2d", "windows_pooled(x, 2, 2, \"max\")", "pool_2d(x)")

exercise.shows("values", (SMALL,), (RAGGED,), (RAGGED[:4],), (RAGGED[:, :6],), RAGGED[:3])

@exercise.wrong("as found", untouched=True,
    hint="Print its result for an array of 5 × 7. How many whole windows of 2 × 2 lie below each other there, and how many rows does it give?")
def trap_edge_found(x):
    return np.array(
        [
            [x[top : top + 2, left : left + 2].max() for left in range(0, x.shape[1], 2)]
            for top in range(0, x.shape[0], 2)
        ]
    )

exercise.slip("last window always lost", "return pool_2d(x)", "return np.array(\n        [\n            [x[top : top + 2, left : left + 2].max() for left in range(0, x.shape[1] - 2, 2)]\n            for top in range(0, x.shape[0] - 2, 2)\n        ]\n    )", of="by pool_2d",
    hint="Now the last window is lost where everything fits as well: for 4 rows, the starts are 0 and 2. Which number must the range end with to have 2 in it?")
exercise.slip("rows mended, columns not", "x.shape[1] - 1", "x.shape[1]", of="minus one",
    hint="The rows are fixed. The columns have the same mistake.")
exercise.slip("columns mended, rows not", "x.shape[0] - 1", "x.shape[0]", of="minus one",
    hint="The columns are fixed. The rows have the same mistake.")
exercise.slip("a window at every place", "pool_2d(x)", "pool_2d(x, 2, 1)", of="by pool_2d",
    hint="Now the windows overlap. They should start 2 apart: the third number of `range` says so.")
exercise.slip("a window at every place, and half of them", "pool_2d(x)", "pool_2d(x, 2, 1)[: x.shape[0] // 2, : x.shape[1] // 2]", of="by pool_2d",
    hint="There are as many windows as there should be, but they overlap. They should start 2 apart: the third number of `range` says so.")

