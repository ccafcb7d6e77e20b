"""The gradients of a dense layer: (grad_x, grad_w, grad_b)."""

import numpy as np

from convolab.exercises import Exercise

from .shared import numbers, whole_numbers

exercise = Exercise(
    points={"one": 1, "batch": 1},
    says={"one": "a batch of one", "batch": "several examples"},
)

@exercise.right
def dense_backward(grad, x, w):
    return grad @ w.T, x.T @ grad, grad.sum(axis=0)

@exercise.variant("loops")
def dense_backward_loops(grad, x, w):
    grad_x, grad_w, grad_b = np.zeros(x.shape), np.zeros(w.shape), np.zeros(w.shape[1])
    for n in range(len(x)):
        for o in range(w.shape[1]):
            grad_b[o] += grad[n, o]
            for i in range(w.shape[0]):
                grad_x[n, i] += grad[n, o] * w[i, o]
                grad_w[i, o] += grad[n, o] * x[n, i]
    return grad_x, grad_w, grad_b

exercise.also("einsum", "return grad @ w.T, x.T @ grad, grad.sum(axis=0)", "grad_x = np.einsum(\"no,io->ni\", grad, w)\n    return grad_x, np.einsum(\"ni,no->io\", x, grad), np.einsum(\"no->o\", grad)")
exercise.also("outer products", "return grad @ w.T, x.T @ grad, grad.sum(axis=0)", "grad_w = sum(np.outer(a, g) for a, g in zip(x, grad, strict=True))\n    return np.dot(grad, w.transpose()), grad_w, sum(grad)")

exercise.shows("one",
    (np.array([[1, -2]]), np.array([[3, 0, 5]]), numbers(3, 2)),
    (numbers(1, 3, salt=3), numbers(1, 4, salt=4), numbers(4, 3, salt=5)),
)
exercise.shows("batch",
    (numbers(3, 2, salt=6), numbers(3, 4, salt=7), numbers(4, 2, salt=8)),
    (numbers(3, 3, salt=16), numbers(3, 3, salt=1), numbers(3, 3, salt=18)),
    (numbers(2, 5) / 2, numbers(2, 3, salt=20), numbers(3, 5, salt=21)),
)
exercise.shows("one", (np.array([[3]]), np.array([[2, -1]]), np.array([[4], [5]])))

@exercise.hidden
def dense_backward_hidden(rng):
    for aspect, n, i, o in (("one", 1, 4, 3), ("batch", 4, 3, 2), ("batch", 2, 2, 2)):
        grad, x = whole_numbers(rng, n, o) / 2, whole_numbers(rng, n, i)
        yield aspect, (grad, x, whole_numbers(rng, i, o))

exercise.slip("not transposed", "grad @ w.T, x.T @ grad, grad.sum(axis=0)", "grad @ w, x @ grad, grad.sum(axis=0)",
    hint="A transpose is missing. `grad_x` is (N, I) = (N, O) times (O, I), so w has to be transposed; `grad_w` is (I, O) = (I, N) times (N, O), so x has to be.")
exercise.slip("w not transposed", "grad @ w.T", "grad @ w",
    hint="In `grad_x` the weights are not transposed: what went from input i to unit o comes back from o to i.")
exercise.slip("x not transposed", "x.T @ grad", "x @ grad",
    hint="In `grad_w` the inputs x are not transposed: (I, O) = (I, N) times (N, O).")
exercise.slip("grad_w turned over", "x.T @ grad", "grad.T @ x",
    hint="`grad_w` comes out as (O, I). It has the shape of w, (I, O): the factors are swapped.")
exercise.slip("bias not summed over the batch", "grad.sum(axis=0)", "grad.copy()",
    hint="`grad_b` still has a row for each example. A bias takes part in every example, so what comes back from all of them is added.")
exercise.slip("bias summed over the units", "axis=0", "axis=1",
    hint="`grad_b` has one number for each example. Each unit has a bias: sum down the examples, along axis 0.")
exercise.slip("bias averaged", "grad.sum", "grad.mean",
    hint="`grad_b` is a mean over the batch. The mean is taken in the loss already: add up here.")
exercise.slip("divided by the batch", "grad @ w.T, x.T @ grad, grad.sum(axis=0)", "grad @ w.T, x.T @ grad / len(x), grad.mean(axis=0)",
    hint="The gradients of w and b are divided by the number of examples. The mean is taken in the loss already: add up here.")
exercise.slip("other order", "grad @ w.T, x.T @ grad, grad.sum(axis=0)", "x.T @ grad, grad.sum(axis=0), grad @ w.T",
    hint="The three results come in another order: first `grad_x`, then `grad_w`, then `grad_b`.")
exercise.slip("grad_w first", "grad @ w.T, x.T @ grad, grad.sum(axis=0)", "x.T @ grad, grad @ w.T, grad.sum(axis=0)",
    hint="`grad_x` and `grad_w` are swapped: x comes first.")
exercise.slip("bias forgotten", "grad @ w.T, x.T @ grad, grad.sum(axis=0)", "grad @ w.T, x.T @ grad",
    hint="`grad_b` is missing: a third result, one number for each unit.")
exercise.slip("without grad", "grad @ w.T, x.T @ grad, grad.sum(axis=0)", "w.T.copy(), x.T.copy(), np.ones(w.shape[1])",
    hint="These are the layer's own slopes: weights, inputs and 1. By the chain each is multiplied by grad, in a matrix product.")
exercise.slip("weights and inputs without grad", "grad @ w.T, x.T @ grad, grad.sum(axis=0)", "w.T.copy(), x.T.copy(), grad.sum(axis=0)",
    hint="Weights and inputs come back as they are. They are the layer's own slopes: by the chain each is multiplied by grad, in a matrix product.")
exercise.slip("bias always 1", "grad.sum(axis=0)", "np.ones(w.shape[1])",
    hint="`grad_b` is 1 everywhere. That is the slope of y with respect to b; multiply it by grad, and add up over the examples.")
exercise.slip("one bias for all", "axis=0", "",
    hint="`grad_b` is one number. Each unit has a bias of its own: sum along axis 0 only.")
exercise.slip("bias as a table", "axis=0", "axis=0, keepdims=True",
    hint="`grad_b` is a table with one row. It has the shape (O,): sum along axis 0, without keepdims.")
exercise.slip("one example only in grad_w", "x.T @ grad", "np.outer(x[-1], grad[-1])",
    hint="In `grad_w` only one example counts. The weights serve all of them: add up what each gives, with `+=` or in one matrix product.")
exercise.slip("first example only", "grad @ w.T, x.T @ grad, grad.sum(axis=0)", "grad @ w.T, np.outer(x[0], grad[0]), grad[0].copy()",
    hint="Only the first example counts in `grad_w` and `grad_b`. Weights and biases serve all of them: add up what each gives.")
exercise.slip("reshaped in place of transposed", "return grad @ w.T, x.T @ grad, grad.sum(axis=0)", "grad_w = x.reshape(x.shape[::-1]) @ grad\n    return grad @ w.reshape(w.shape[::-1]), grad_w, grad.sum(axis=0)",
    hint="reshape keeps the order of the numbers and breaks the rows elsewhere. Rows and columns are swapped by .T.")
