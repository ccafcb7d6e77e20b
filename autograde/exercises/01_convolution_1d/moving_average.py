"""The average of each number and its neighbours: mode same, `width` weights of 1/width."""

import numpy as np

from convolab.exercises import Exercise

from .convolve_1d import convolve_1d
from .shared import whole_numbers

exercise = Exercise(
    points={"average": 1, "errors": 1},
    says={"average": "the average of the neighbours", "errors": "a width that makes no sense"},
    lists=True,
    asks={"errors": "answer"},
    ready_made=("convolve_1d", "correlate_1d", "convolve_2d", "correlate_2d"),
)

@exercise.right
def moving_average(signal, width):
    if not isinstance(width, (int, np.integer)) or width < 1:
        raise ValueError("width is a whole number of at least 1")
    return convolve_1d(signal, [1 / width] * width, "same")

@exercise.variant("slices")
def moving_average_slices(signal, width):
    if width < 1 or width % 1 != 0:
        raise ValueError("width")
    width = int(width)
    before = width - 1 - (width - 1) // 2
    padded = np.pad(np.asarray(signal, dtype=float), (before, (width - 1) // 2))
    return np.array([padded[i : i + width].sum() / width for i in range(len(signal))])

@exercise.variant("running sum")
def moving_average_cumsum(signal, width):
    if int(width) != width or width < 1:
        raise ValueError("width")
    n, half = len(signal), (width - 1) // 2
    total = np.concatenate([np.zeros(width), np.cumsum(signal), np.full(half, np.sum(signal))])
    return (total[half + width : half + width + n] - total[half : half + n]) / width

@exercise.variant("array of weights")
def moving_average_weights(signal, width):
    if not isinstance(width, (int, np.integer)) or width < 1:
        raise ValueError("width")
    return convolve_1d(signal, np.ones(width) / width, mode="same")

exercise.shows("average",
    (np.array([10, 9, 10, 9, 10, 1, 10, 9, 10, 8]), 3), (np.array([6, -2, 8, 4, 1]), 2),
    ([4, 8, 0, -4, 12, 3], 4), (np.array([5, 7, 9]), 1), (np.array([10, 20]), 5), ([6], 3),
)
exercise.shows("errors", (np.array([3.0, 6.0, 9.0]), 3))
exercise.refuses("a width below 1", (np.array([3.0, 6.0, 9.0]), 0), (np.array([3.0, 6.0, 9.0]), -2))
exercise.refuses("a width that is no whole number", (np.array([3.0, 6.0, 9.0]), 2.5))
exercise.numpy_integers("errors", np.array([4.0, 1.0, 7.0]), 2)

@exercise.hidden
def moving_average_hidden(rng):
    for width in (2, 3, 5, 8):
        yield "average", (whole_numbers(rng, 12) - 0.5, width)
    yield "errors", (whole_numbers(rng, 7), 1)
    yield "errors", (whole_numbers(rng, 7), -int(rng.integers(1, 5))), ValueError
    yield "errors", (whole_numbers(rng, 7), float(rng.integers(1, 5)) + 0.25), ValueError

exercise.slip("divided by the number of samples inside", "return convolve_1d(signal, np.ones(width) / width, mode=\"same\")", "sums = convolve_1d(signal, [1] * width, \"same\")\n    return sums / convolve_1d([1] * len(signal), [1] * width, \"same\")", of="array of weights",
    hint="At the ends you divide by how many numbers lie inside the signal. Here the weights stay 1/width everywhere and zeros come in from outside, so the ends dip.")
exercise.slip("not divided", "convolve_1d(signal, np.ones(width) / width, mode=\"same\")", "convolve_1d(signal, [1] * width, \"same\")", of="array of weights",
    hint="These are sums, not averages: the weights should add up to 1, so each is 1/width.")
exercise.slip("looks back only", "convolve_1d(signal, np.ones(width) / width, mode=\"same\")", "convolve_1d(signal, [1 / width] * width, \"full\")[: len(signal)]", of="array of weights",
    hint="Your average looks back only, so the output lags behind the signal. Mode same puts the window in the middle, over as many places after as before.")
exercise.slip("ends left out", "convolve_1d(signal, np.ones(width) / width, mode=\"same\")", "convolve_1d(signal, [1 / width] * width, \"valid\")", of="array of weights",
    hint="The ends are missing: the output should be as long as the signal. That is mode same, not valid.")
exercise.slip("longer than the signal", "convolve_1d(signal, np.ones(width) / width, mode=\"same\")", "convolve_1d(signal, [1 / width] * width, \"full\")", of="array of weights",
    hint="The output is longer than the signal: that is mode full. Mode same keeps its length.")
exercise.slip("ends repeated", "return convolve_1d(signal, np.ones(width) / width, mode=\"same\")", "left, right = width - 1 - (width - 1) // 2, (width - 1) // 2\n    longer = [signal[0]] * left + list(signal) + [signal[-1]] * right\n    return convolve_1d(longer, [1 / width] * width, \"valid\")", of="array of weights",
    hint="At the ends you repeat the first and last number of the signal. Here zeros come in from outside, so the ends dip.")
exercise.slip("even width off centre", "return convolve_1d(signal, np.ones(width) / width, mode=\"same\")", "whole = convolve_1d(signal, [1 / width] * width, \"full\")\n    return whole[width // 2 : width // 2 + len(signal)]", of="array of weights",
    hint="For an even width your window sits one place off: of the two middles, mode same takes (width − 1) // 2.")
exercise.slip("whole-number division", "convolve_1d(signal, np.ones(width) / width, mode=\"same\")", "convolve_1d(signal, [1] * width, \"same\") // width", of="array of weights",
    hint="Fractions are lost: // divides and throws away what comes after the point. Use /.")
exercise.slip("width not tested", "if not isinstance(width, (int, np.integer)) or width < 1:\n        raise ValueError(\"width is a whole number of at least 1\")", "if width != int(width):\n        width = int(width)\n    if width < 1:\n        return np.asarray(signal, dtype=float)",
    hint="The averages are right. For a width below 1, or one that is not a whole number, raise a ValueError before anything else.")
exercise.slip("fractions of a width accepted", "if not isinstance(width, (int, np.integer)) or width < 1:\n        raise ValueError(\"width is a whole number of at least 1\")", "width = int(width)\n    if width < 1:\n        raise ValueError(\"width\")",
    hint="Width 2.5 should raise a ValueError too: a window has a whole number of places.")
exercise.slip("the error for fractions is Python's own", "if not isinstance(width, (int, np.integer)) or width < 1:\n        raise ValueError(\"width is a whole number of at least 1\")", "if width < 1:\n        raise ValueError(\"width\")",
    hint="The averages are right, and a width below 1 is refused. For 2.5, Python stops with a TypeError of its own; ask first whether the width is a whole number, and raise a ValueError.")
