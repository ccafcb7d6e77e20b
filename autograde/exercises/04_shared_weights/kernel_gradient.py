"""The gradient of a loss with respect to the weights of y = correlate_1d(f, w, "valid")."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import whole_numbers

exercise = Exercise(
    points={"gradient": 2.5, "errors": 0.5},
    says={"gradient": "the gradient", "errors": "a grad_y of another length"},
    asks={"errors": "answer"},
    ready_made=("conv_layer", "conv_forward", "conv_2d", "count_parameters"),
    praise="It is itself a correlation: of f with grad_y, mode valid.",
)

SIGNAL = np.array([3.0, -1, 4, 2, -5, 6, 1])

def refuse_length(f, grad_y, size):
    """Raise where there are not as many gradients as places."""
    if len(grad_y) != len(f) - size + 1:
        raise ValueError("length")

def shares(f, grad_y, size):
    """What each place (rows) adds to each weight's gradient (columns)."""
    return np.array([[g * f[x + i] for i in range(size)] for x, g in enumerate(grad_y)])

@exercise.right
def kernel_gradient(f, grad_y, size):
    refuse_length(f, grad_y, size)
    return shares(f, grad_y, size).sum(axis=0)

@exercise.variant("place by place")
def kernel_gradient_places(f, grad_y, size):
    if len(grad_y) != len(f) - size + 1:
        raise ValueError("length")
    gradient = np.zeros(size)
    for x in range(len(grad_y)):
        for i in range(size):
            gradient[i] += grad_y[x] * f[x + i]
    return gradient

@exercise.variant("windows")
def kernel_gradient_windows(f, grad_y, size):
    windows = np.lib.stride_tricks.sliding_window_view(f, size)
    if len(windows) != len(grad_y):
        raise ValueError("length")
    return grad_y @ windows

exercise.also("a correlation", "refuse_length(f, grad_y, size)\n    return shares(f, grad_y, size).sum(axis=0)", "if len(f) - len(grad_y) + 1 != size:\n        raise ValueError(\"length\")\n    return ops.correlate_1d(f, grad_y, \"valid\")")

exercise.shows("gradient",
    (np.array([1, 2, 0, 3]), np.array([1, 0, -1]), 2), (SIGNAL, np.array([2, -1, 3, 1, 4]), 3),
    (SIGNAL / 2, np.array([1, 2, -3, 5]), 4), (SIGNAL[:3], np.array([2, -4, 1.5]), 1),
)
exercise.shows("errors", (SIGNAL[:4], np.array([2, 5]), 3))
exercise.refuses("a grad_y of the wrong length",
    (SIGNAL, np.array([2, -1, 3, 1]), 3), (SIGNAL, np.array([2, -1]), 2),
    (SIGNAL, np.array([2, -1, 3, 1, 4, 5]), 3),
)
exercise.numpy_integers("errors", SIGNAL, np.array([1, -2, 3, 0, 1]), 3)

@exercise.hidden
def kernel_gradient_hidden(rng):
    for n, size in ((6, 2), (5, 4), (8, 3)):
        yield "gradient", (whole_numbers(rng, n) / 2, whole_numbers(rng, n - size + 1), size)
    yield "errors", (whole_numbers(rng, 6), whole_numbers(rng, 5), 2)
    yield "errors", (whole_numbers(rng, 6), whole_numbers(rng, 6), 2), ValueError
    yield "errors", (whole_numbers(rng, 6), whole_numbers(rng, 3), 2), ValueError

exercise.slip("last place only", "shares(f, grad_y, size).sum(axis=0)", "shares(f, grad_y, size)[-1]",
    hint="Only the last place counts: each place replaces what the one before has left. A shared weight's gradient is the sum over all places; add with `+=`.")
exercise.slip("first place only", "shares(f, grad_y, size).sum(axis=0)", "shares(f, grad_y, size)[0]",
    hint="Only the first place counts. Is the return inside a loop? A shared weight's gradient is the sum over all places.")
exercise.slip("wrong sign", "shares", "-shares",
    hint="The sign is wrong: the gradient says how the loss grows. Going downhill against it comes later.")
exercise.slip("average", "shares(f, grad_y, size).sum", "shares(f, grad_y, size).mean",
    hint="You take the average over the places. Every place contributes to the loss: add them up.")
exercise.slip("weights in the other order", "shares(f, grad_y, size).sum(axis=0)", "shares(f, grad_y, size).sum(axis=0)[::-1]",
    hint="The numbers are right, but in the opposite order: the gradient of w(0) comes first, and for it f begins at f(0).")
exercise.slip("grad_y reversed", "shares(f, grad_y, size)", "shares(f, grad_y[::-1], size)",
    hint="That is a convolution of f with `grad_y`: one goes forwards and the other backwards. Here both indices go up together, x and x + i.")
exercise.slip("f not shifted", "shares(f, grad_y, size).sum(axis=0)", "np.full(size, np.sum(grad_y * f[: len(grad_y)]))",
    hint="All weights have the same gradient: f is not shifted. Weight i meets f(x + i), so the slice of f begins at i.")
exercise.slip("not added up", "shares(f, grad_y, size).sum(axis=0)", "shares(f, grad_y, size)",
    hint="There is a table of products, a row for each place. Add up over the places, so that one number is left for each weight.")
exercise.slip("grad_y forgotten", "shares(f, grad_y, size)", "shares(f, np.ones(len(grad_y)), size)",
    hint="You add up the numbers of f alone. Each place counts as much as its `grad_y` says: multiply before you add.")
exercise.slip("gradient by f", "shares(f, grad_y, size).sum(axis=0)", "ops.correlate_1d(f, grad_y, \"full\")",
    hint="That has as many numbers as f, or nearly: it looks like the gradient with respect to the inputs. You are asked for one number for each of the size weights.")
exercise.slip("last place forgotten", "shares(f, grad_y, size).sum(axis=0)", "shares(f, grad_y, size)[:-1].sum(axis=0) + np.zeros(size)",
    hint="The last place is missing in every sum: the range ends one step early.")
exercise.slip("whole numbers", "shares(f, grad_y, size).sum(axis=0)", "shares(f, grad_y, size).sum(axis=0).astype(int)",
    hint="Fractions are lost: the gradient is an array of whole numbers. Make it with `np.zeros`, without a dtype.")
exercise.slip("length not compared", "    refuse_length(f, grad_y, size)\n", "",
    hint="The gradient is right. If `grad_y` has fewer numbers than there are places, some of them go unnoticed: compare the lengths and raise a ValueError.")

@exercise.wrong("length not compared, loop over the places",
    hint="The gradient is right. Where `grad_y` has another length than there are places, some numbers are missing or go unnoticed: compare the lengths first, and raise a ValueError.")
def kernel_gradient_unguarded(f, grad_y, size):
    gradient = np.zeros(size)
    for i in range(size):
        for x in range(len(f) - size + 1):
            gradient[i] += grad_y[x] * f[x + i]
    return gradient

exercise.slip("only too short refused", "refuse_length(f, grad_y, size)\n    return shares(f, grad_y, size).sum(axis=0)", "if len(grad_y) < len(f) - size + 1:\n        raise ValueError(\"length\")\n    return shares(f, grad_y[: len(f) - size + 1], size).sum(axis=0)",
    hint="The gradient is right. A `grad_y` that is too long goes unnoticed: raise a ValueError there too.")
exercise.slip("only too long refused", "refuse_length(f, grad_y, size)\n    return shares(f, grad_y, size).sum(axis=0)", "if len(grad_y) > len(f) - size + 1:\n        raise ValueError(\"length\")\n    return kernel_gradient_unguarded(f, grad_y, size)",
    hint="The gradient is right. A `grad_y` that is too short is not refused with a ValueError: compare with !=, not with >.")
exercise.slip("shifted to the left", "return shares(f, grad_y, size).sum(axis=0)", "gradient = np.zeros(size)\n    for i in range(size):\n        for x in range(len(grad_y)):\n            gradient[i] += grad_y[x] * f[x - i]\n    return gradient",
    hint="You take f(x − i); that is the convolution's way. The weight w(i) was multiplied by f(x + i).")
exercise.slip("always the same number of f", "shares(f, grad_y, size).sum(axis=0)", "np.sum(grad_y) * f[:size]",
    hint="Weight i of yours meets f(i) at every place. At place x it meets f(x + i).")
exercise.slip("array made anew for every weight", "return shares(f, grad_y, size).sum(axis=0)", "gradient = shares(f, grad_y, size).sum(axis=0)\n    gradient[:-1] = 0\n    return gradient",
    hint="Only the last weight has its gradient, the others are 0: the array is made anew inside the loop. Make it once, before the loops.")
exercise.slip("total not reset", "shares(f, grad_y, size).sum(axis=0)", "np.cumsum(shares(f, grad_y, size).sum(axis=0))",
    hint="Each weight goes on adding to the total of the one before. Begin with 0 for every weight.")
exercise.slip("returns inside the inner loop", "return shares(f, grad_y, size).sum(axis=0)", "gradient = np.zeros(size)\n    gradient[0] = grad_y[0] * f[0]\n    return gradient",
    hint="Only one product is there, the rest is 0: the return is inside the inner loop. Move it to the left, after both loops.")
exercise.slip("returns after the first weight", "return shares(f, grad_y, size).sum(axis=0)", "gradient = shares(f, grad_y, size).sum(axis=0)\n    gradient[1:] = 0\n    return gradient",
    hint="Only the first weight has its gradient, the others are 0: the return is inside the loop over the weights. Move it to the left.")
exercise.slip("whole numbers at every step", "return shares(f, grad_y, size).sum(axis=0)", "gradient = np.zeros(size, dtype=int)\n    for i in range(size):\n        for x in range(len(grad_y)):\n            gradient[i] += grad_y[x] * f[x + i]\n    return gradient",
    hint="Fractions are lost with every product: the gradient is an array of whole numbers. Make it with `np.zeros`, without a dtype.")
