"""Each example's powers, divided by their sum: (N, K) → (N, K)."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    says={"values": "the share of each number in its row"},
)

@exercise.right
def trap_axis(powers):
    return powers / powers.sum(axis=-1, keepdims=True)

exercise.also("axis 1", "axis=-1", "axis=1")
exercise.also("turned twice", "powers / powers.sum(axis=-1, keepdims=True)", "(powers.T / powers.sum(axis=1)).T")
exercise.also("row by row", "powers / powers.sum(axis=-1, keepdims=True)", "np.array([row / row.sum() for row in powers])")

exercise.shows("values",
    np.array([[1.0, 2.0, 5.0], [6.0, 1.0, 1.0]]), np.array([[1.0, 3.0], [2.0, 2.0], [1.0, 7.0]]),
    np.array([[4.0, 1.0, 3.0], [1.0, 1.0, 2.0], [3.0, 3.0, 2.0]]),
)

@exercise.wrong("as found", untouched=True,
    hint="Print the sums along both axes: which of them are 1? An example is a row, and its probabilities are side by side in it.")
def trap_axis_found(powers):
    return powers / powers.sum(axis=0, keepdims=True)

exercise.slip("keepdims lost", "powers.sum(axis=-1, keepdims=True)", "powers.sum(axis=1)",
    hint="The axis is right now, but the sums have lost it: `keepdims=True` keeps an axis of length 1, so that each row is divided by its own sum.")
exercise.slip("over everything", "powers.sum(axis=-1, keepdims=True)", "powers.sum()",
    hint="Now all the numbers together make 1. Each row should do so by itself.")
exercise.slip("transposed", "powers.T / powers.sum(axis=1)", "powers / powers.sum(axis=1, keepdims=True)", of="turned twice",
    hint="The rows are right, but the table has been turned on its side.")
