"""The gradient with respect to the input of ReLU: grad where x is positive, 0 elsewhere."""

import numpy as np

from convolab.exercises import Exercise

from .shared import numbers, whole_numbers

exercise = Exercise(
    points={"values": 0.5, "zero": 0.5},
    says={"values": "positive and negative inputs", "zero": "inputs of exactly 0"},
)

@exercise.right
def relu_backward(grad, x):
    return grad * (x > 0)

@exercise.variant("a loop")
def relu_backward_loop(grad, x):
    out = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        if x[place] > 0:
            out[place] = grad[place]
    return out

exercise.also("np.where", "grad * (x > 0)", "np.where(x > 0, grad, 0)")
exercise.also("a copy with zeros", "return grad * (x > 0)", "out = grad.copy()\n    out[x <= 0] = 0\n    return out")

exercise.shows("values",
    (np.array([5, -7, 2, -3]), np.array([1.5, 2.0, -1.0, -0.5])),
    (numbers(2, 3) + 0.5, numbers(2, 3, salt=4) + 0.5),
)
exercise.shows("zero",
    (np.array([[4.0, -6.0, 3.0]]), np.array([[0.0, 0.0, 2.0]])),
    (numbers(2, 1, 2, 3, salt=9) / 2, numbers(2, 1, 2, 3, salt=2) // 3),
)
exercise.shows("values", (np.array([[2.5]]), np.array([[-1.0]])))

@exercise.hidden
def relu_backward_hidden(rng):
    yield "values", (whole_numbers(rng, 3, 4) / 2, whole_numbers(rng, 3, 4))
    yield "zero", (whole_numbers(rng, 2, 2, 3, 2), rng.integers(-1, 2, (2, 2, 3, 2)))

exercise.slip("0 counts as positive", "x > 0", "x >= 0",
    hint="Where x is exactly 0 the gradient passes. It should not: > in place of >=.")
exercise.slip("sign of the gradient", "grad * (x > 0)", "np.maximum(grad, 0)",
    hint="You look at the sign of grad. What matters is whether x was positive on the way forward; grad may well be negative.")
exercise.slip("sign of both", "grad * (x > 0)", "np.maximum(grad, 0) * (x > 0)",
    hint="Negative gradients are lost. Where x was positive, grad passes as it is, with its sign.")
exercise.slip("only where x was positive, without grad", "grad * (x > 0)", "(x > 0).astype(float)",
    hint="These are the slopes of relu itself, 0 and 1. Multiply by grad, which comes from the layer after.")
exercise.slip("times the output", "grad * (x > 0)", "grad * np.maximum(x, 0)",
    hint="grad is multiplied by relu(x). The slope of relu is 1 wherever x is positive, however large x is.")
exercise.slip("everything passes", "grad * (x > 0)", "grad.copy()",
    hint="All of grad passes. Where x was negative, relu gave 0 whatever x was, so its slope is 0.")
exercise.slip("the wrong half", "x > 0", "x <= 0",
    hint="It passes where x was negative: the other way round.")
exercise.slip("writes into grad", "return grad * (x > 0)", "grad[x <= 0] = 0\n    return grad",
    hint="The result is right, but grad itself is changed. Make a new array.")
exercise.slip("the way forward", "grad * (x > 0)", "np.maximum(x, 0)",
    hint="That is relu of x, the way forward. Back goes grad, where x was positive.")
exercise.slip("sign of x", "grad * (x > 0)", "grad * np.sign(x)",
    hint="Where x is negative grad comes out with its sign changed. The slope there is 0: nothing passes.")
exercise.slip("minus grad", "grad * (x > 0)", "np.where(x > 0, grad, -grad)",
    hint="Where x is not positive grad comes out with its sign changed. The slope there is 0: nothing passes.")
