"""The weighted sum of the inputs, plus the bias."""

import numpy as np

from convolab.exercises import Exercise

from .shared import VOLUME, whole_numbers

exercise = Exercise(
    points={"sum": 1.5, "errors": 0.5},
    says={"sum": "the weighted sum and the bias", "errors": "shapes that differ"},
    asks={"errors": "answer"},
    ready_made=("conv_layer", "conv_forward", "conv_2d", "count_parameters"),
)

def refuse_shapes(inputs, weights):
    """Raise where inputs and weights do not lie on each other."""
    if inputs.shape != weights.shape:
        raise ValueError("shapes")

@exercise.right
def neuron(inputs, weights, bias=0.0):
    refuse_shapes(inputs, weights)
    return float(np.sum(inputs * weights)) + bias

@exercise.variant("loop")
def neuron_loop(inputs, weights, bias=0.0):
    if inputs.shape != weights.shape:
        raise ValueError("shapes")
    total = float(bias)
    for a, b in zip(inputs.ravel(), weights.ravel(), strict=True):
        total += a * b
    return total

@exercise.variant("dot")
def neuron_dot(inputs, weights, bias=0.0):
    if np.shape(inputs) != np.shape(weights):
        raise ValueError("shapes")
    return np.dot(inputs.flatten(), weights.flatten()) + bias

exercise.also("method", "refuse_shapes(inputs, weights)\n    return float(np.sum(inputs * weights)) + bias", "if not inputs.shape == weights.shape:\n        raise ValueError(\"shapes\")\n    return bias + (weights * inputs).sum()")

exercise.shows("sum",
    (np.array([1, 2, -3]), np.array([4, 5, 6]), 10.0),
    (np.array([[1, 2], [3, -4], [5, 6]]), np.array([[2, 0], [-1, 3], [1, 1]]), -2.5),
    (VOLUME, VOLUME[::-1], 0.5), (np.array([2.5, 7, 1]), np.array([3.5, 0, -1])),
)
exercise.shows("errors", (np.array([1.5, 2]), np.array([4, -1]), 3.0))
exercise.refuses("inputs and weights of different shapes",
    (np.array([[1, 2, 3], [4, 5, 6]]), np.array([[1, 2, 3]]), 1.0),
    (np.array([[1, 2, 3]]), np.array([[1], [2], [3]]), 1.0),
    (np.array([[1, 2, 3], [4, 5, 6]]), np.array([[1], [2]]), 1.0),
)

@exercise.hidden
def neuron_hidden(rng):
    yield "sum", (whole_numbers(rng, 6), whole_numbers(rng, 6) / 2, float(rng.integers(1, 9)))
    yield "sum", (whole_numbers(rng, 3, 2, 4), whole_numbers(rng, 3, 2, 4), -1.5)
    yield "errors", (whole_numbers(rng, 3, 3), whole_numbers(rng, 3, 3), 2.0)
    yield "errors", (whole_numbers(rng, 4), whole_numbers(rng, 5), 1.0), ValueError

exercise.slip("bias forgotten", "float(np.sum(inputs * weights)) + bias", "float(np.sum(inputs * weights))",
    hint="The weighted sum is right, but the bias is not in it. It is added once, at the end.")
exercise.slip("bias added to every product", "float(np.sum(inputs * weights)) + bias", "float(np.sum(inputs * weights + bias))",
    hint="The bias is added to every product, so it counts as often as there are inputs. Add it once, after the sum.")
exercise.slip("bias taken away", "float(np.sum(inputs * weights)) + bias", "float(np.sum(inputs * weights)) - bias",
    hint="The bias is subtracted. It is added.")
exercise.slip("bias multiplied", "float(np.sum(inputs * weights)) + bias", "float(np.sum(inputs * weights)) * bias",
    hint="The sum is multiplied by the bias. It is added.")
exercise.slip("not added up", "float(np.sum(inputs * weights))", "inputs * weights",
    hint="The products come back as an array. Add them up: a neuron gives one number.")
exercise.slip("product of the sums", "inputs * weights", "inputs)) * float(np.sum(weights",
    hint="You multiply the sum of the inputs by the sum of the weights. Multiply place by place first, and add up after that.")
exercise.slip("average", "np.sum", "np.mean",
    hint="You take the average of the products. A neuron adds them up.")
exercise.slip("added up along one axis", "float(np.sum(inputs * weights))", "sum(inputs * weights)",
    hint="For inputs with rows and columns an array comes back: Python's `sum`, or a loop over `len`, adds up along the first axis only. `np.sum` adds up everything.")
exercise.slip("broadcasting", "    refuse_shapes(inputs, weights)\n", "",
    hint="The sums are right. But NumPy stretches arrays of different shapes to fit each other without a word: compare the shapes first, and raise a ValueError.")
exercise.slip("only the number of inputs compared", "refuse_shapes(inputs, weights)", "if inputs.size != weights.size:\n        raise ValueError(\"sizes\")",
    hint="(1, 3) and (3, 1) have as many numbers as each other, and NumPy stretches both. Compare the shapes, not the sizes.")
exercise.slip("only the lengths compared", "refuse_shapes(inputs, weights)", "if len(inputs) != len(weights):\n        raise ValueError(\"lengths\")",
    hint="`len` counts the first axis only: (2, 3) against (2, 1) would pass. Compare the whole shapes.")
exercise.slip("matrix product", "float(np.sum(inputs * weights))", "inputs @ weights",
    hint="`@` is the matrix product. For a row of numbers it happens to be the same; otherwise multiply place by place with `*`, and add up.")
exercise.slip("weights reversed", "inputs * weights", "inputs * weights[::-1]",
    hint="You reverse the weights. A neuron multiplies place by place, as they are written.")
exercise.slip("whole numbers", "float(np.sum(inputs * weights)) + bias", "int(np.sum(inputs * weights) + bias)",
    hint="The fraction is lost: int cuts it off. Return the sum as it is.")
