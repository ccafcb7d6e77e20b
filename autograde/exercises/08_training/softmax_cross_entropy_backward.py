"""The gradient of the mean cross-entropy of softmax with respect to the scores."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import whole_numbers

exercise = Exercise(
    points={"values": 1, "large": 1},
    says={"values": "the gradient of the mean loss", "large": "scores of ±1000"},
)

def shares_of(scores):
    """Softmax along the rows."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)

def one_hot(scores, labels):
    """1 at the right class of each row, 0 elsewhere."""
    return np.eye(scores.shape[1])[labels]

@exercise.right
def softmax_cross_entropy_backward(scores, labels):
    return (shares_of(scores) - one_hot(scores, labels)) / len(labels)

@exercise.variant("a loop")
def softmax_cross_entropy_backward_loop(scores, labels):
    grad = np.zeros(scores.shape)
    for n in range(len(labels)):
        powers = np.exp(scores[n] - max(scores[n]))
        for k in range(scores.shape[1]):
            grad[n, k] = powers[k] / powers.sum() - (k == labels[n])
    return grad / len(labels)

@exercise.variant("one-hot rows")
def softmax_cross_entropy_backward_hot(scores, labels):
    hot = np.zeros(scores.shape)
    for n, label in enumerate(labels):
        hot[n, label] = 1
    return (ops.softmax(scores) - hot) * (1 / scores.shape[0])

exercise.also("two indices", "return (shares_of(scores) - one_hot(scores, labels)) / len(labels)", "grad = ops.softmax(scores)\n    grad[np.arange(len(labels)), labels] -= 1\n    return grad / len(labels)")

exercise.shows("values",
    (np.log([[1.0, 2.0, 5.0]]), np.array([1])),
    (np.array([[0, 1, 2, -1], [3, -1, 0.5, 0]]), np.array([2, 0])),
    (np.array([[0, 1, 2], [3, -1, 0.5], [2, 2, -4]]), np.array([1, 1, 2])),
)
exercise.shows("large",
    (np.array([[1000, 999, 0], [-1000, -999, -1001]]), np.array([1, 0])),
    (np.array([[1000.0, -1000.0, 1000.0, 0.0]]), np.array([1])),
)
exercise.shows("values", (np.array([[2.0]]), np.array([0])))

@exercise.hidden
def softmax_cross_entropy_backward_hidden(rng):
    for n, k in ((1, 5), (4, 3), (3, 3)):
        yield "values", (whole_numbers(rng, n, k) / 4, rng.integers(0, k, n))
    yield "large", (1000 + whole_numbers(rng, 2, 4) / 4, rng.integers(0, 4, 2))

exercise.slip("not divided by N", "(shares_of(scores) - one_hot(scores, labels)) / len(labels)", "shares_of(scores) - one_hot(scores, labels)",
    hint="For a single example it is right. The loss is a mean over the batch, so its gradient is divided by the number of examples too.")
exercise.slip("divided by the classes", "len(labels)", "scores.shape[1]",
    hint="It is divided by the number of classes, or by all numbers together. The mean goes over the examples: divide by how many labels there are.")
exercise.slip("divided by everything", "len(labels)", "scores.size",
    hint="It is divided by the count of all scores. The mean goes over the examples only.")
exercise.slip("1 not taken away", "(shares_of(scores) - one_hot(scores, labels)) / len(labels)", "shares_of(scores) / len(labels)",
    hint="These are the probabilities. At the right class of each row, subtract 1: that score should grow, so its slope is negative.")
exercise.slip("uphill", "shares_of(scores) - one_hot(scores, labels)", "one_hot(scores, labels) - shares_of(scores)",
    hint="All signs are the wrong way round. The slope at the right class is p − 1, which is negative: the loss falls when its score grows.")
exercise.slip("1 taken away after dividing", "(shares_of(scores) - one_hot(scores, labels)) / len(labels)", "shares_of(scores) / len(labels) - one_hot(scores, labels)",
    hint="Only the probabilities are divided by N, the 1 is not. Take the 1 away first, and divide everything after that.")
exercise.slip("right classes only", "return (shares_of(scores) - one_hot(scores, labels)) / len(labels)", "hot = one_hot(scores, labels)\n    return (shares_of(scores) - 1) * hot / len(labels)",
    hint="Only the right classes have a slope, the others are 0. A higher score of a wrong class makes the loss larger: its slope is its probability.")
exercise.slip("1 taken from whole columns", "return (shares_of(scores) - one_hot(scores, labels)) / len(labels)", "out = shares_of(scores)\n    out[:, labels] -= 1\n    return out / len(labels)",
    hint="1 is subtracted from whole columns, `probabilities[:, labels]`. Each row has its own right class: give `np.arange(N)` as the first index.")
exercise.slip("large scores overflow", "return (shares_of(scores) - one_hot(scores, labels)) / len(labels)", "powers = np.exp(scores)\n    shares = powers / powers.sum(axis=1, keepdims=True)\n    return (shares - one_hot(scores, labels)) / len(labels)",
    hint="For large scores it gives nan. Take the largest score of each row away before exp, or use `ops.softmax`, which does.")
exercise.slip("the loss itself", "(shares_of(scores) - one_hot(scores, labels)) / len(labels)", "ops.cross_entropy(shares_of(scores), labels)",
    hint="This is the loss, one number. The question is its gradient, a slope for every score.")
exercise.slip("scores in place of probabilities", "shares_of(scores)", "scores",
    hint="1 is subtracted from the scores. Make probabilities of them first, with softmax.")
exercise.slip("class number taken away", "one_hot(scores, labels)", "labels[:, None]",
    hint="The number of the class is subtracted from its whole row. Subtract 1, at the right class only.")
exercise.slip("one number an example", "shares_of(scores) - one_hot(scores, labels)", "shares_of(scores)[np.arange(len(labels)), labels] - 1",
    hint="There is one number for each example, at its right class. All the other scores have a slope too: return the whole table.")
exercise.slip("softmax of the whole table", "return (shares_of(scores) - one_hot(scores, labels)) / len(labels)", "powers = np.exp(scores - scores.max())\n    return (powers / powers.sum() - one_hot(scores, labels)) / len(labels)",
    hint="The probabilities of all rows together sum to 1. Each row is an example: divide by the sum of its own row, or use `ops.softmax`.")
exercise.slip("softmax of the whole table, large scores overflow", "return (shares_of(scores) - one_hot(scores, labels)) / len(labels)", "powers = np.exp(scores)\n    return (powers / powers.sum() - one_hot(scores, labels)) / len(labels)",
    hint="The probabilities of all rows together sum to 1, and large scores give nan. `ops.softmax` does it row by row, and safely.")
exercise.slip("summed over the batch", "(shares_of(scores) - one_hot(scores, labels)) / len(labels)", "(shares_of(scores) - one_hot(scores, labels)).mean(axis=0)",
    hint="The examples are added up. Each example has its own row: (N, K), divided by N.")
exercise.slip("softmax twice", "shares_of(scores)", "shares_of(shares_of(scores))",
    hint="Softmax is used twice: the scores come in as they are, and become probabilities once.")
