"""Scores to probabilities that sum to 1 along the last axis, also for scores of ±1000."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import whole_numbers

exercise = Exercise(
    points={"probabilities": 1, "axes": 1, "large": 1},
    says={
        "probabilities": "scores to probabilities",
        "axes": "along the last axis, however many there are",
        "large": "scores of ±1000",
    },
    ready_made=("conv_forward", "conv_2d", "conv_layer", "correlate_2d", "convolve_2d", "pool_forward", "pool_2d", "pool_volume", "flatten", "dense", "softmax", "cross_entropy"),
)

exercise.right(ops.softmax)

@exercise.variant("written out")
def softmax(scores):
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)

@exercise.variant("row by row")
def softmax_rows(scores):
    out = np.zeros(scores.shape)
    for place in np.ndindex(scores.shape[:-1]):
        row = scores[place]
        powers = np.exp(row - max(row))
        out[place] = powers / sum(powers)
    return out

@exercise.variant("a new axis")
def softmax_new_axis(scores):
    powers = np.exp(scores - np.max(scores, axis=-1)[..., None])
    return powers / np.sum(powers, axis=-1)[..., np.newaxis]

@exercise.variant("by logarithms")
def softmax_by_logarithms(scores):
    largest = scores.max(-1, keepdims=True)
    total = largest + np.log(np.exp(scores - largest).sum(-1, keepdims=True))
    return np.exp(scores - total)

exercise.shows("probabilities",
    np.log([[1.0, 2.0, 5.0]]), np.array([[0, 1, 2], [3, -1, 0.5]]),
    np.array([[0, 1, 2], [3, -1, 0.5], [2, 2, -4]]),
)
exercise.shows("axes",
    np.array([0.5, -2.0, 1.0, 1.5]), np.array([[[0, 1, 3], [2, 1, -1]], [[1, 1, 4], [-2, 0, 1]]]),
)
exercise.shows("large",
    np.array([[1000, 999, 998], [-1000, -999, -1001]]), np.array([[-1000, -1001, -1001], [0, 1, 2]]),
    np.array([[1000, -1000, 0]]),
)
exercise.shows("axes", np.array([[3.0]]))

@exercise.hidden
def softmax_hidden(rng):
    yield "probabilities", (whole_numbers(rng, 3, 4) / 4,)
    yield "probabilities", (whole_numbers(rng, 4, 2) / 4,)
    yield "axes", (whole_numbers(rng, 5) / 4,)
    yield "axes", (whole_numbers(rng, 2, 3, 4) / 4,)
    yield "large", (1000 + whole_numbers(rng, 2, 3) / 4,)
    yield "large", (np.array([[-1000], [1000]]) + whole_numbers(rng, 2, 3) / 4,)

exercise.slip("large scores overflow", "scores - scores.max(axis=-1, keepdims=True)", "scores",
    hint="For large scores it gives nan: exp(1000) is infinite, and infinity divided by infinity is no number. Subtract something from all the scores of a row first, so that no power is too large; that changes no probability.")
exercise.slip("largest of all", "scores.max(axis=-1, keepdims=True)", "scores.max()",
    hint="You subtract the largest score of all rows. A row far below it becomes all zeros: subtract each row's own largest.")
exercise.slip("down the columns", "powers = np.exp(scores - scores.max(axis=-1, keepdims=True))\n    return powers / powers.sum(axis=-1, keepdims=True)", "powers = np.exp(scores - scores.max(axis=0, keepdims=True))\n    return powers / powers.sum(axis=0, keepdims=True)",
    hint="The columns sum to 1, down the examples. Each example is a row: sum along the last axis, `axis=-1`.")
exercise.slip("down the columns, no largest subtracted", "powers = np.exp(scores - scores.max(axis=-1, keepdims=True))\n    return powers / powers.sum(axis=-1, keepdims=True)", "powers = np.exp(scores)\n    return powers / powers.sum(axis=0, keepdims=True)",
    hint="The columns sum to 1, not the rows: sum along the last axis. And large scores overflow: what can you subtract from each row first?")
exercise.slip("over everything", "powers = np.exp(scores - scores.max(axis=-1, keepdims=True))\n    return powers / powers.sum(axis=-1, keepdims=True)", "powers = np.exp(scores - scores.max())\n    return powers / powers.sum()",
    hint="All numbers together sum to 1. Each row should do so by itself: sum along the last axis only.")
exercise.slip("over everything, no largest subtracted", "powers = np.exp(scores - scores.max(axis=-1, keepdims=True))\n    return powers / powers.sum(axis=-1, keepdims=True)", "powers = np.exp(scores)\n    return powers / powers.sum()",
    hint="All numbers together sum to 1, and large scores overflow. Each row should sum to 1 by itself, and something should be subtracted from it before exp.")
exercise.slip("two axes only", "powers = np.exp(scores - scores.max(axis=-1, keepdims=True))\n    return powers / powers.sum(axis=-1, keepdims=True)", "powers = np.exp(scores - scores.max(axis=1, keepdims=True))\n    return powers / powers.sum(axis=1, keepdims=True)",
    hint="Axis 1 is the last axis of a table only. A single row has no axis 1, and an array with three axes has another one after it: use `axis=-1`.")
exercise.slip("axis lost in the sum", "powers.sum(axis=-1, keepdims=True)", "powers.sum(axis=-1)",
    hint="After summing, the last axis is gone, and NumPy uses the sums along the wrong direction or stops. `keepdims=True` keeps an axis of length 1.")
exercise.slip("axis lost in the maximum", "scores.max(axis=-1, keepdims=True)", "scores.max(axis=-1)",
    hint="The largest score of each row comes from the wrong place: after max the last axis is gone. `keepdims=True` keeps it.")
exercise.slip("axis lost twice", "powers = np.exp(scores - scores.max(axis=-1, keepdims=True))\n    return powers / powers.sum(axis=-1, keepdims=True)", "powers = np.exp(scores - scores.max(axis=-1))\n    return powers / powers.sum(axis=-1)",
    hint="max and sum both lose the last axis, so NumPy uses them along the wrong direction or stops. `keepdims=True` in both keeps it.")
exercise.slip("no powers", "powers = np.exp(scores - scores.max(axis=-1, keepdims=True))\n    return powers / powers.sum(axis=-1, keepdims=True)", "return scores / scores.sum(axis=-1, keepdims=True)",
    hint="The scores themselves are divided by their sum, so some come out negative. Take exp of each first.")
exercise.slip("powers not divided", "powers = np.exp(scores - scores.max(axis=-1, keepdims=True))\n    return powers / powers.sum(axis=-1, keepdims=True)", "return np.exp(scores - scores.max(axis=-1, keepdims=True))",
    hint="The rows do not sum to 1: divide each power by the sum of its row.")
exercise.slip("logarithms", "powers = np.exp(scores - scores.max(axis=-1, keepdims=True))\n    return powers / powers.sum(axis=-1, keepdims=True)", "shifted = scores - scores.max(axis=-1, keepdims=True)\n    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))",
    hint="These are the logarithms of the probabilities. The probabilities themselves are needed.")
exercise.slip("powers not divided, no largest subtracted", "powers = np.exp(scores - scores.max(axis=-1, keepdims=True))\n    return powers / powers.sum(axis=-1, keepdims=True)", "return np.exp(scores)",
    hint="These are the powers, the upper half of the formula. Divide each by the sum of its row; and subtract something from each row before exp, or large scores become infinite.")
exercise.slip("largest subtracted above only", "powers.sum", "np.exp(scores).sum",
    hint="The largest score is subtracted above the line of the fraction, but not below it. Keep the powers under a name, and divide them by their own sum.")
exercise.slip("largest subtracted below only", "powers / powers.sum(axis=-1, keepdims=True)", "np.exp(scores) / powers.sum(axis=-1, keepdims=True)",
    hint="The largest score is subtracted below the line of the fraction, but not above it. Keep the powers under a name, and divide them by their own sum.")
exercise.slip("largest power subtracted", "powers = np.exp(scores - scores.max(axis=-1, keepdims=True))", "powers = np.exp(scores)\n    powers = powers - powers.max(axis=-1, keepdims=True)",
    hint="The largest is subtracted after exp, where it changes the probabilities and comes too late for large scores. Subtract it from the scores, before exp.")
exercise.slip("smallest subtracted", "scores.max", "scores.min",
    hint="You subtract the smallest score of each row, so what is left may still be 2000. With the largest subtracted nothing is above 0.")
exercise.slip("mean subtracted", "scores.max", "scores.mean",
    hint="You subtract the mean of each row. One score can still be far above the mean, as 1000 is here, and its power becomes infinite. Subtract the row's largest score: then nothing is above 0.")
exercise.slip("divided by the largest power", "powers = np.exp(scores - scores.max(axis=-1, keepdims=True))\n    return powers / powers.sum(axis=-1, keepdims=True)", "powers = np.exp(scores - scores.mean(axis=-1, keepdims=True))\n    return powers / powers.max(axis=-1, keepdims=True)",
    hint="The largest number of each row is 1: the powers are divided by the largest of them. Divide by the sum of the row.")
exercise.slip("largest by row, sum by column", "powers.sum(axis=-1, keepdims=True)", "sum(powers)",
    hint="Each row's own largest is subtracted, but the sums run down the columns, as with Python's `sum(…)`. Let the sum run along the last axis, `axis=-1`, with `keepdims=True`.")
exercise.slip("largest by row, sum over everything", "powers.sum(axis=-1, keepdims=True)", "powers.sum()",
    hint="Each row's own largest is subtracted, but the powers are divided by the sum of all rows: without an axis, sum adds up everything. Give it `axis=-1` and `keepdims=True`.")
exercise.slip("2.718 for e", "np.exp(scores - scores.max(axis=-1, keepdims=True))", "2.718 ** (scores - scores.max(axis=-1, keepdims=True))",
    hint="Your numbers are nearly right: 2.718 is e to three decimals only. `np.exp(x)` takes e as exactly as Python can.")
