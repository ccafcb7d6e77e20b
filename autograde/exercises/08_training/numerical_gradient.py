"""The slope of f in the direction of every number of x, by central differences."""

import numpy as np

from convolab.check.functions import (
    sum_of_cubes,
    sum_of_neighbours,
    sum_of_squared_rows,
    sum_of_squares,
    weighted_sum,
)
from convolab.exercises import Exercise

from .shared import moved, whole_numbers

exercise = Exercise(
    points={"values": 1, "whole": 1},
    says={
        "values": "the slope in every direction",
        "whole": "whole numbers, which can be moved by a small step all the same",
    },
)

def slopes(f, x, step, low=1.0, high=1.0, over=2.0):
    """f at high steps to the right minus f at low steps to the left, over so many steps."""
    moved = x.astype(float)
    out = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        old = moved[place]
        moved[place] = old + high * step
        right = f(moved)
        moved[place] = old - low * step
        out[place] = (right - f(moved)) / (over * step)
        moved[place] = old
    return out

@exercise.right
def numerical_gradient(f, x, step=1e-5):
    return slopes(f, x, step)

@exercise.variant("two copies")
def numerical_gradient_copies(f, x, step=1e-5):
    out = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        right, left = x.astype(float), x.astype(float)
        right[place] += step
        left[place] -= step
        out[place] = (f(right) - f(left)) / (2 * step)
    return out

@exercise.variant("flat and back")
def numerical_gradient_reshaped(f, x, step=1e-5):
    flat = np.array(x, dtype=float).ravel()
    out = []
    for i in range(flat.size):
        old = flat[i]
        flat[i] = old + step
        right = f(flat.reshape(x.shape))
        flat[i] = old - step
        out.append((right - f(flat.reshape(x.shape))) / (2 * step))
        flat[i] = old
    return np.array(out).reshape(x.shape)

exercise.also("a table of single steps", "return slopes(f, x, step)", "single = step * np.eye(x.size).reshape(x.size, *x.shape)\n    out = [(f(x + move) - f(x - move)) / (2 * step) for move in single]\n    return np.reshape(out, x.shape)")

X = np.array([[1.5, -2.0, 0.25], [3.0, 0.5, -1.25]])
exercise.shows("values",
    (sum_of_cubes, np.array([1.5, -2.0, 3.1]), 0.5), (sum_of_squares, np.array([3.0, -1.0, 0.5])),
    (sum_of_neighbours, X, 0.25), (weighted_sum, np.array([[[0.7], [1.9]], [[-2.3], [0.1]]])),
    (sum_of_cubes, np.array([1.25, -2.5])), (sum_of_cubes, np.array([1.5]), 0.25), (sum_of_squared_rows, X),
)
exercise.shows("whole",
    (sum_of_cubes, np.array([2, -1, 4]), 0.5), (sum_of_neighbours, np.array([[1, 2], [3, -5]])),
)

@exercise.hidden
def numerical_gradient_hidden(rng):
    yield "values", (sum_of_squares, whole_numbers(rng, 2, 4) / 4)
    yield "values", (sum_of_cubes, whole_numbers(rng, 5) / 4, 0.25)
    yield "values", (sum_of_neighbours, whole_numbers(rng, 3, 2) / 7, 0.125)
    yield "values", (sum_of_squared_rows, whole_numbers(rng, 3, 2) / 4)
    yield "whole", (sum_of_cubes, whole_numbers(rng, 4), 0.5)

exercise.slip("forward difference", "slopes(f, x, step)", "slopes(f, x, step, low=0.0, over=1.0)",
    hint="You go from x one step to the right. Go one step to each side and divide by two steps: the error is then far smaller.")
exercise.slip("backward difference", "slopes(f, x, step)", "slopes(f, x, step, high=0.0, over=1.0)",
    hint="You go from one step on the left to x. Go one step to each side and divide by two steps.")
exercise.slip("divided by one step", "slopes(f, x, step)", "slopes(f, x, step, over=1.0)",
    hint="The slopes are twice as large as they should be: the two places are two steps apart.")
exercise.slip("only back to x", "slopes(f, x, step)", "slopes(f, x, step, low=0.0, over=2.0)",
    hint="The slopes are about half as large as they should be: after the step to the right you go back by one step, which is x itself. Go back by two.")
exercise.slip("other way round", "slopes", "-slopes",
    hint="The signs are the wrong way round: it is the value on the right minus the value on the left.")
exercise.slip("not divided", "slopes(f, x, step)", "slopes(f, x, step) * 2 * step",
    hint="That is how much f changes. Divide by how far apart the two places are.")

@exercise.wrong("whole numbers stay whole",
    hint="For whole numbers x the small step is lost, because an integer array keeps no decimals. Work on `x.astype(float)`, which is a copy too.")
def numerical_gradient_truncates(f, x, step=1e-5):
    moved, out = x.copy(), np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        old = moved[place]
        moved[place] = old + step
        right = f(moved)
        moved[place] = old - step
        out[place] = (right - f(moved)) / (2 * step)
        moved[place] = old
    return out

@exercise.wrong("the step left in x",
    hint="The step is left in x: after both values were measured, put the old number back, before the next direction is tried.")
def numerical_gradient_left(f, x, step=1e-5):
    moved, out = x.astype(float), np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        old = moved[place]
        moved[place] = old + step
        right = f(moved)
        moved[place] = old - step
        out[place] = (right - f(moved)) / (2 * step)
    return out

@exercise.wrong("the step left in the caller's x",
    hint="x is changed, and whoever called the function still needs it: put every number back, or work on a copy, `x.astype(float)`.")
def numerical_gradient_left_in_x(f, x, step=1e-5):
    out = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        old = x[place]
        x[place] = old + step
        right = f(x)
        x[place] = old - step
        out[place] = (right - f(x)) / (2 * step)
    return out

@exercise.wrong("put back by adding",
    hint="x comes out changed in its last decimals: adding and taking away a step is not exact. Remember the old number and put that back, or work on a copy.")
def numerical_gradient_added_back(f, x, step=1e-5):
    out = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        x[place] += step
        right = f(x)
        x[place] -= 2 * step
        out[place] = (right - f(x)) / (2 * step)
        x[place] += step
    return out

@exercise.wrong("only back to x, in x itself",
    hint="After the step to the right you go back by one step, which is x itself, so the slopes are about half as large as they should be: go back by two, and put the number back afterwards. Work on `x.astype(float)`: whole numbers can't be moved by a small step.")
def numerical_gradient_back_in_x(f, x, step=1e-5):
    out = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        x[place] += step
        right = f(x)
        x[place] -= step
        out[place] = (right - f(x)) / (2 * step)
    return out

exercise.slip("all moved at once", "slopes(f, x, step)", "(f(x + step) - f(x - step)) / (2 * step)",
    hint="All numbers are moved together, so there is one slope for all. Move one at a time: the gradient has a slope for each.")

@exercise.wrong("whole rows moved",
    hint="For a table a whole row is moved at a time. `np.ndindex(x.shape)` goes through the places one by one.")
def numerical_gradient_rows(f, x, step=1e-5):
    out = np.zeros(x.shape)
    for i in range(len(x)):
        right, left = x.astype(float), x.astype(float)
        right[i] += step
        left[i] -= step
        out[i] = (f(right) - f(left)) / (2 * step)
    return out

exercise.slip("flat", "slopes(f, x, step)", "slopes(f, x, step).ravel()",
    hint="The slopes are right, but they are all in one row. The result has the shape of x.")
exercise.slip("step ignored", "slopes(f, x, step)", "slopes(f, x, 1e-5)",
    hint="The argument step is not used: another step of your own is.")
exercise.slip("multiplied by the step", "slopes(f, x, step)", "slopes(f, x, step) * 2 * step / 2 * step",
    hint="The difference is halved and then multiplied by the step. Put `2 * step` in parentheses: all of it is below the fraction bar.")
exercise.slip("a result of whole numbers", "return slopes(f, x, step)", "out = np.zeros_like(x)\n    out[...] = slopes(f, x, step)\n    return out",
    hint="The slopes lose their decimals: `np.zeros_like(x)` holds whole numbers where x does. `np.zeros(x.shape)` holds decimals.")
exercise.slip("both names for one array", "slopes(f, x, step)", "np.zeros(x.shape)",
    hint="All slopes are 0, as if right and left were the same place. up = x makes no copy: both names mean the same array. Work on copies, or move there, measure, and move back.")
exercise.slip("one slope for all places", "slopes(f, x, step)", "np.full(x.shape, (f(x + step) - f(x - step)) / (2 * step))",
    hint="Every place has the same slope, that of moving all numbers together. Move the number at one place only, `x[place]`.")
exercise.slip("f of one number", "return slopes(f, x, step)", "out = np.zeros(x.shape)\n    for place in np.ndindex(x.shape):\n        out[place] = (f(x[place] + step) - f(x[place] - step)) / (2 * step)\n    return out",
    hint="f gets a single number. It needs the whole array, with one number moved and all others as they are.")
