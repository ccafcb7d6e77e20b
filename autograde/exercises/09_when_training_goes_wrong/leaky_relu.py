"""x where it is positive, a small share of x elsewhere."""

import numpy as np

from convolab.exercises import Exercise

from .shared import numbers

exercise = Exercise(
    points={"values": 0.5},
    says={"values": "positive and negative numbers, and 0"},
)

@exercise.right
def leaky_relu(x, slope=0.01):
    return np.where(x > 0, x, slope * x)

exercise.also("the larger of the two", "np.where(x > 0, x, slope * x)", "np.maximum(x, slope * x)")
exercise.also("two halves added", "np.where(x > 0, x, slope * x)", "np.maximum(x, 0) + slope * np.minimum(x, 0)")
exercise.also("a factor for each number", "np.where(x > 0, x, slope * x)", "x * (slope + (1 - slope) * (x > 0))")

@exercise.variant("a copy, changed")
def leaky_relu_copy(x, slope=0.01):
    out = x.astype(float)
    out[out < 0] *= slope
    return out

exercise.shows("values",
    (np.array([4.0, -2.0, 0.0, -0.5]), 0.25), (numbers(2, 3), 0.125), (np.array([[-3]]), 0.1),
    (numbers(2, 1, 2, 3, salt=4) / 2, 0.5), (np.array([8.0, -8.0]),), (np.array([-1, 5]), 0), (np.array([[0.5, -0.25, 0.75]]), 0.5),
)

@exercise.hidden
def leaky_relu_hidden(rng):
    yield "values", (rng.integers(-9, 10, (2, 4)) / 2, float(rng.uniform(0.05, 0.6)))
    yield "values", (rng.integers(-9, 10, (1, 2, 2, 3)),)

exercise.slip("relu", "slope * x", "0.0 * x",
    hint="Below 0 it gives 0, as ReLU does. A leaky one gives slope · x there.")
exercise.slip("the slope itself", "slope * x", "slope",
    hint="Below 0 it gives the slope itself. It should be the slope times x.")
exercise.slip("minus slope times x", "slope * x", "-slope * x",
    hint="Below 0 the sign is the wrong way round: slope · x of a negative x is negative.")
exercise.slip("the slope on both sides", "x > 0, x,", "x > 0, slope * x,",
    hint="Positive numbers are multiplied by the slope too. They pass as they are.")
exercise.slip("the wrong side", "x > 0", "x < 0",
    hint="It is the wrong way round: positive numbers pass, negative ones are multiplied by the slope.")
exercise.slip("the slope is always 0.01", "slope * x", "0.01 * x",
    hint="slope is an argument; yours is always 0.01.")
exercise.slip("x minus the slope", "slope * x", "x - slope",
    hint="Below 0 x is moved by the slope. It should be multiplied by it.")
exercise.slip("divided by the slope", "slope * x", "x / max(slope, 1e-9)",
    hint="Below 0 x is divided by the slope, and grows. Multiply.")
exercise.slip("the way back", "np.where(x > 0, x, slope * x)", "np.where(x > 0, 1, slope)",
    hint="These are the slopes, 1 and slope. The function gives x times them.")
exercise.slip("whole numbers", "np.where(x > 0, x, slope * x)", "np.where(x > 0, x, slope * x).astype(x.dtype)",
    hint="Whole numbers went in, and the decimals of slope · x got lost. An array made by astype(float) can hold them.")
exercise.slip("x changed", "return np.where(x > 0, x, slope * x)", "x *= np.where(x > 0, 1, slope)\n    return x",
    hint="The result is right, but x itself is changed. Make a new array.")
exercise.slip("everything passes", "slope * x", "x",
    hint="Negative numbers pass as they are. They should be multiplied by the slope.")
exercise.slip("from 1 on", "x > 0", "x > 1",
    hint="Numbers between 0 and 1 are multiplied by the slope as well. All positive numbers pass as they are.")
exercise.slip("the slope twice", "slope * x", "slope * slope * x",
    hint="Negative numbers are multiplied by the slope twice.")
exercise.slip("the slope added on both sides", "np.where(x > 0, x, slope * x)", "np.maximum(x, 0) + slope * x",
    hint="slope · x is added to positive numbers as well. They pass as they are.")
exercise.slip("what is positive is lost", "np.where(x > 0, x, slope * x)", "slope * np.minimum(x, 0)",
    hint="Positive numbers become 0. They pass as they are.")
exercise.slip("nothing of x", "slope * x", "slope * slope",
    hint="Below 0 what you give does not depend on x. It should be the slope times x.")
exercise.slip("never below 1", "np.maximum(x, 0)", "np.maximum(x, 1)", of="two halves added",
    hint="Numbers below 1 are lifted to 1. Positive numbers pass as they are, from 0 on.")
