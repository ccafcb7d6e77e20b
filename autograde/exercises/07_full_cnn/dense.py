"""A fully connected layer: x (N, I), w (I, O), b (O,) → (N, O)."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import numbers, whole_numbers

exercise = Exercise(
    points={"one": 0.4, "batch": 0.6},
    says={"one": "a batch of one", "batch": "several examples"},
    ready_made=("conv_forward", "conv_2d", "conv_layer", "correlate_2d", "convolve_2d", "pool_forward", "pool_2d", "pool_volume", "flatten", "dense", "softmax", "cross_entropy"),
)

exercise.right(ops.dense)

@exercise.variant("written out")
def dense(x, w, b):
    return x @ w + b

@exercise.variant("loops")
def dense_loops(x, w, b):
    out = np.zeros((x.shape[0], w.shape[1]))
    for n in range(x.shape[0]):
        for unit in range(w.shape[1]):
            out[n, unit] = b[unit]
            for i in range(x.shape[1]):
                out[n, unit] += x[n, i] * w[i, unit]
    return out

exercise.also("einsum", "x @ w + b", "np.einsum(\"ni,io->no\", x, w) + b[None, :]")
exercise.also("unit by unit", "x @ w + b", "np.stack([(x * w[:, o]).sum(axis=1) + b[o] for o in range(len(b))], axis=1)")

exercise.shows("one",
    (np.array([[1, 2, 3]]), np.array([[1, 10], [2, 0], [-1, 5]]), np.array([100, 50])),
    (numbers(1, 4, salt=2), numbers(4, 3, salt=11), np.array([0.5, -1, 8])), (numbers(1, 3, salt=2), numbers(3, 1, salt=3), np.array([7])),
)
exercise.shows("batch",
    (numbers(2, 4, salt=5), numbers(4, 3, salt=17), np.array([20.0, -30.0, 0.5])),
    (numbers(3, 3, salt=31), numbers(3, 3, salt=40), np.array([7, -9, 50])),
    (numbers(4, 2, salt=21) / 2, numbers(2, 5, salt=44), np.array([1, 2, 3, 4, 90])),
)

@exercise.hidden
def dense_hidden(rng):
    for aspect, n, inputs, units in (("one", 1, 5, 2), ("batch", 3, 4, 4), ("batch", 2, 6, 3)):
        w = whole_numbers(rng, inputs, units) / 2
        yield aspect, (whole_numbers(rng, n, inputs), w, whole_numbers(rng, units) * 10)

exercise.slip("bias missing", "x @ w + b", "x @ w",
    hint="The sums of products are right, but the biases b are not added.")
exercise.slip("bias once an input", "x @ w + b", "x @ w + len(w) * b",
    hint="The bias is added once for every input. Add it once to each unit's sum.")
exercise.slip("weights transposed", "x @ w", "x @ w.T",
    hint="The weights are transposed. w has a row for every input and a column for every unit, so they fit together as x @ w.")
exercise.slip("factors swapped", "x @ w", "w @ x",
    hint="The two factors are swapped: w @ x puts the units' columns on the examples. The inputs of an example are a row of x, so x comes first.")
exercise.slip("examples in columns", "x @ w + b", "(x @ w + b).T",
    hint="The result is transposed: each example should keep its row.")
exercise.slip("bias by example", "x @ w + b", "x @ w + b[:, None]",
    hint="The biases run down the examples. Each unit, which is a column of the result, has its own bias.")
exercise.slip("relu inside", "x @ w + b", "np.maximum(x @ w + b, 0)",
    hint="Negative numbers have become 0. The layer itself only multiplies and adds; relu comes after it, and not always.")
exercise.slip("only the first example", "x @ w", "x[0] @ w",
    hint="Only the first example comes back. x holds a whole batch, one example a row.")
exercise.slip("other examples left zero", "return x @ w + b", "out = x @ w + b\n    out[1:] = 0\n    return out",
    hint="The first example is right, the others are all 0: the return is inside a loop.")
exercise.slip("only the first unit", "x @ w + b", "x @ w[:, 0] + b[0]",
    hint="Only one unit answers. w has a column for each unit, and each gives a number for every example.")
exercise.slip("element by element", "x @ w", "x * w",
    hint="`x * w` multiplies element by element, or stops because the shapes differ. For sums of products along the inputs there is `x @ w`.")
exercise.slip("first bias for every unit", "x @ w + b", "x @ w + b[0]",
    hint="The first bias is added to every unit. Unit o has the bias `b[o]`.")
exercise.slip("all biases for every unit", "x @ w + b", "x @ w + b.sum()",
    hint="Every unit gets the sum of all biases. Unit o has one bias of its own, `b[o]`.")
