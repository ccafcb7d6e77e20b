"""The mean of −log p over a batch, with p the probability of the right class, at least 1e-12."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

exercise = Exercise(
    points={"values": 1.25, "certain": 0.75},
    says={"values": "the mean over a batch", "certain": "a probability of 0"},
    ready_made=("conv_forward", "conv_2d", "conv_layer", "correlate_2d", "convolve_2d", "pool_forward", "pool_2d", "pool_volume", "flatten", "dense", "softmax", "cross_entropy"),
)

def of_labels(probabilities, labels):
    """The probability of each example's right class, not below 1e−12."""
    return np.maximum(probabilities[np.arange(len(labels)), labels], 1e-12)

exercise.right(ops.cross_entropy)

@exercise.variant("written out")
def cross_entropy(probabilities, labels):
    return float(-np.log(of_labels(probabilities, labels)).mean())

@exercise.variant("a loop")
def cross_entropy_loop(probabilities, labels):
    total = 0.0
    for n in range(len(labels)):
        total -= np.log(max(probabilities[n, labels[n]], 1e-12))
    return total / len(labels)

exercise.also("np.clip", "return float(-np.log(of_labels(probabilities, labels)).mean())", "right = probabilities[range(len(labels)), labels]\n    return -np.mean(np.log(np.clip(right, 1e-12, 1)))")
exercise.also("one-hot rows made here", "return float(-np.log(of_labels(probabilities, labels)).mean())", "one_hot = np.eye(probabilities.shape[1])[labels]\n    return -np.sum(one_hot * np.log(np.maximum(probabilities, 1e-12))) / len(labels)")

FOUR = np.array([[0.2, 0.4, 0.1, 0.3]])

THREE = np.array([[0.5, 0.25, 0.25], [0.1, 0.2, 0.7]])

SQUARE = np.array([[0.5, 0.375, 0.125], [0.25, 0.625, 0.125], [0.2, 0.5, 0.3]])
exercise.shows("values",
    (FOUR, np.array([2])), (THREE, np.array([1, 0])), (SQUARE, np.array([0, 2, 1])),
)
exercise.shows("certain",
    (np.array([[0.0, 0.75, 0.25], [0.5, 0.1, 0.4]]), np.array([0, 2])),
    (np.array([[1.0, 0.0, 0.0]]), np.array([1])),
    (np.array([[0.0, 1.0], [0.75, 0.25]]), np.array([1, 1])),
)

@exercise.hidden
def cross_entropy_hidden(rng):
    for n, k in ((1, 5), (4, 3), (3, 3)):
        counts = rng.integers(1, 9, (n, k))
        yield "values", (counts / counts.sum(axis=1, keepdims=True), rng.integers(0, k, n))
    counts = rng.integers(1, 9, (3, 4))
    counts[1, 2] = 0
    labels = np.array([rng.integers(0, 4), 2, rng.integers(0, 4)])
    yield "certain", (counts / counts.sum(axis=1, keepdims=True), labels)

exercise.slip("sum instead of mean", "np.log(of_labels(probabilities, labels)).mean", "np.log(of_labels(probabilities, labels)).sum",
    hint="The losses of the examples are added up. Divide by how many there are, so that large batches do not look worse.")
exercise.slip("without the minus", "-np.log(of_labels(probabilities, labels)).mean()", "np.log(of_labels(probabilities, labels)).mean()",
    hint="The loss comes out negative. Logarithms of numbers below 1 are negative: put a minus sign in front.")
exercise.slip("logarithm of 0", "of_labels(probabilities, labels)", "probabilities[np.arange(len(labels)), labels]",
    hint="A probability of 0 gives an infinite loss, or an error. Let it count as 1e-12: take the larger of the two before the logarithm.")
exercise.slip("logarithm of 0, with Python's math", "return float(-np.log(of_labels(probabilities, labels)).mean())", "right = probabilities[np.arange(len(labels)), labels]\n    if (right == 0).any():\n        raise ValueError(\"math domain error\")\n    return float(-np.log(right).mean())",
    hint="math.log stops with an error for a probability of 0. Let it count as 1e-12: take the larger of the two before the logarithm.")
exercise.slip("base 2", "np.log", "np.log2",
    hint="This is the logarithm to the base 2. Use the natural one, `np.log`.")
exercise.slip("base 10", "np.log", "np.log10",
    hint="This is the logarithm to the base 10. Use the natural one, `np.log`.")
exercise.slip("one-hot labels expected", "np.log(of_labels(probabilities, labels)).mean()", "np.sum(labels * np.log(np.maximum(probabilities, 1e-12))) / len(labels)",
    hint="The labels are used as factors, as if they were rows of zeros with a single 1. They are class numbers: label 2 means the probability at place 2 of its row.")
exercise.slip("labels as rows", "of_labels(probabilities, labels)", "np.maximum(probabilities[labels], 1e-12)",
    hint="`probabilities[labels]` picks whole rows, by example. One number of each row is needed: two indices, the example and its label.")
exercise.slip("every example with every label", "of_labels(probabilities, labels)", "np.maximum(probabilities[:, labels], 1e-12)",
    hint="`probabilities[:, labels]` pairs every example with every label. Each example has its own: give the numbers of the examples as the first index, `np.arange(N)`.")
exercise.slip("mean over all classes", "of_labels(probabilities, labels)", "np.maximum(probabilities, 1e-12)",
    hint="The mean goes over all classes. Only the probability of the right class counts, one for each example.")
exercise.slip("the likeliest class", "of_labels(probabilities, labels)", "probabilities.max(axis=1)",
    hint="The loss is that of the likeliest class, whether it is right or not. Take the probability of the label.")
exercise.slip("one loss an example", "float(-np.log(of_labels(probabilities, labels)).mean())", "-np.log(of_labels(probabilities, labels))",
    hint="There is one loss for each example. Return their mean, a single number.")
exercise.slip("logarithm of the mean", "np.log(of_labels(probabilities, labels)).mean()", "np.log(of_labels(probabilities, labels).mean())",
    hint="You take the mean of the probabilities first and its logarithm after that. First the logarithm of each, then the mean.")
exercise.slip("divided by the classes", "np.log(of_labels(probabilities, labels)).mean()", "np.log(of_labels(probabilities, labels)).sum() / probabilities.shape[1]",
    hint="The sum is divided by the number of classes. Divide by the number of examples.")
exercise.slip("the smaller of the two", "return float(-np.log(of_labels(probabilities, labels)).mean())", "right = probabilities[np.arange(len(labels)), labels]\n    return float(-np.log(np.minimum(right, 1e-12)).mean())",
    hint="The loss is 27.6 every time: `np.minimum` takes the smaller number, and that is always 1e-12. To keep p from being too small, take the larger one.")
exercise.slip("clipped after the logarithm", "return float(-np.log(of_labels(probabilities, labels)).mean())", "right = probabilities[np.arange(len(labels)), labels]\n    return float(-np.maximum(np.log(right), 1e-12).mean())",
    hint="The loss is 0 every time: nothing is added up, or 1e-12 is compared with logarithms, which are all negative. Compare it with the probability, before the logarithm.")
exercise.slip("indices swapped", "return float(-np.log(of_labels(probabilities, labels)).mean())", "right = probabilities[labels, np.arange(len(labels))]\n    return float(-np.log(np.maximum(right, 1e-12)).mean())",
    hint="The two indices are swapped: the first one is the row, that is the example, and the second one its label.")
exercise.slip("row 0 for every example", "of_labels(probabilities, labels)", "np.maximum(probabilities[0, labels], 1e-12)",
    hint="The probabilities all come from row 0. Example n has its own row.")
exercise.slip("only the first example", "np.log(of_labels(probabilities, labels)).mean()", "np.log(of_labels(probabilities, labels)[0])",
    hint="This is the loss of the first example alone. Is the return inside the loop? The mean over all of them is needed.")
exercise.slip("labels counted from 1", "float(-np.log(of_labels(probabilities, labels)).mean())", "cross_entropy(probabilities, labels - 1)",
    hint="Your labels are one place off: label 2 means the probability at place 2, counted from 0.")
exercise.slip("only the last example", "np.log(of_labels(probabilities, labels)).mean()", "np.log(of_labels(probabilities, labels)[-1]) / len(labels)",
    hint="Only the last example's loss is left, divided by N: each one takes the place of the one before. Add with `+=` or -=.")
exercise.slip("as many examples as classes", "return float(-np.log(of_labels(probabilities, labels)).mean())", "right = probabilities[np.arange(probabilities.shape[1]), labels]\n    return float(-np.log(np.maximum(right, 1e-12)).mean())",
    hint="It works only where there are as many examples as classes: the first index counts the examples, from 0 to N − 1.")
exercise.slip("max instead of maximum", "of_labels(probabilities, labels)", "np.max(probabilities, 1e-12)",
    hint="It stops with a TypeError, as `np.max` does here: it takes the 1e-12 for an axis. To compare each number with 1e-12 there is `np.maximum`.")
