"""The gradient with respect to the input of a leaky ReLU."""

import numpy as np

from convolab.exercises import Exercise

from .shared import numbers

exercise = Exercise(
    points={"values": 0.5, "zero": 0.5},
    says={"values": "positive and negative inputs", "zero": "inputs of exactly 0"},
)

@exercise.right
def leaky_relu_backward(grad, x, slope=0.01):
    return np.where(x > 0, grad, slope * grad)

exercise.also("a factor for each number", "np.where(x > 0, grad, slope * grad)", "grad * np.where(x > 0, 1, slope)")
exercise.also("relu's way back and the rest", "np.where(x > 0, grad, slope * grad)", "grad * (x > 0) + slope * grad * (x <= 0)")

@exercise.variant("a loop")
def leaky_relu_backward_loop(grad, x, slope=0.01):
    out = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        out[place] = grad[place] if x[place] > 0 else slope * grad[place]
    return out

exercise.shows("values",
    (np.array([5, -7, 2, -3]), np.array([1.5, 2.0, -1.0, -0.5]), 0.25),
    (numbers(2, 3) + 0.5, numbers(2, 3, salt=4) + 0.5, 0.125),
    (np.array([[2.5]]), np.array([[-1.0]])),
    (numbers(2, 1, 2, 3, salt=7) / 2, numbers(2, 1, 2, 3, salt=5) + 0.5, 0),
)
exercise.shows("zero",
    (np.array([[4.0, -6.0, 3.0]]), np.array([[0.0, 0.0, 2.0]]), 0.5),
    (numbers(2, 1, 2, 3, salt=9) / 2, numbers(2, 1, 2, 3, salt=2) // 3, 0.25),
)

@exercise.hidden
def leaky_relu_backward_hidden(rng):
    slope = float(rng.uniform(0.05, 0.6))
    yield "values", (rng.integers(1, 9, (2, 4)) / 2, rng.integers(-9, 9, (2, 4)) + 0.5, slope)
    yield "zero", (rng.integers(1, 9, (2, 2, 3, 2)) / 2, rng.integers(-1, 2, (2, 2, 3, 2)), slope)

exercise.slip("relu", "slope * grad", "0.0 * grad",
    hint="Where x is not positive nothing passes, as in ReLU. Here slope · grad passes.")
exercise.slip("0 counts as positive", "x > 0", "x >= 0",
    hint="Where x is exactly 0 all of grad passes. Let the slope's share of it pass there, as for negative x: > in place of >=.")
exercise.slip("sign of the gradient", "x > 0", "grad > 0",
    hint="You look at the sign of grad. What matters is whether x was positive on the way forward.")
exercise.slip("the slope itself", "slope * grad", "slope",
    hint="Where x is negative you give the slope itself. It multiplies grad, which is sent back.")
exercise.slip("the slopes alone", "np.where(x > 0, grad, slope * grad)", "np.where(x > 0, 1, slope)",
    hint="These are the slopes of the function, 1 and slope. Multiply by grad, which is sent back.")
exercise.slip("the wrong side", "x > 0", "x < 0",
    hint="It is the wrong way round: where x is positive grad passes whole, elsewhere the slope's share of it.")
exercise.slip("times x", "slope * grad", "slope * x",
    hint="Where x is negative you give slope · x, which is the way forward. Back goes slope · grad.")
exercise.slip("the way forward", "np.where(x > 0, grad, slope * grad)", "np.where(x > 0, x, slope * x)",
    hint="That is the leaky ReLU of x, the way forward. Back goes grad, whole or in part.")
exercise.slip("the slope is always 0.01", "slope * grad", "0.01 * grad",
    hint="slope is an argument; yours is always 0.01.")
exercise.slip("times x as well", "grad, slope * grad", "grad * x, slope * grad * x",
    hint="grad is multiplied by x. The slope is the same however far from 0 x is.")
exercise.slip("minus", "slope * grad", "-slope * grad",
    hint="Where x is negative the sign of grad is turned round. The function rises there too, only slowly.")
exercise.slip("the slope on both sides", "x > 0, grad,", "x > 0, slope * grad,",
    hint="Where x is positive grad is multiplied by the slope too. It passes whole there.")
exercise.slip("grad changed", "return np.where(x > 0, grad, slope * grad)", "grad *= np.where(x > 0, 1, slope)\n    return grad",
    hint="The result is right, but grad itself is changed. Make a new array.")
