"""The mean cross-entropy, from the scores: scores (N, K), labels (N,). Returns a number."""

import numpy as np

from convolab.exercises import Exercise

from .cross_entropy import cross_entropy
from .softmax import softmax

exercise = Exercise(
    says={"values": "the loss, also for large scores"},
    ready_made=("conv_forward", "conv_2d", "conv_layer", "correlate_2d", "convolve_2d", "pool_forward", "pool_2d", "pool_volume", "flatten", "dense", "softmax", "cross_entropy"),
    praise="No power overflows, no logarithm of 0 is taken, and no smallest probability is needed. Frameworks do it this way.",
)

@exercise.right
def loss_from_scores(scores, labels):
    largest = scores.max(axis=1)
    total = largest + np.log(np.exp(scores - largest[:, None]).sum(axis=1))
    return float((total - scores[np.arange(len(labels)), labels]).mean())

@exercise.variant("np.logaddexp")
def loss_from_scores_logaddexp(scores, labels):
    right = scores[np.arange(len(labels)), labels]
    return float(np.mean(np.logaddexp.reduce(scores, axis=1) - right))

@exercise.variant("row by row")
def loss_from_scores_rows(scores, labels):
    total = 0.0
    for row, label in zip(scores, labels, strict=True):
        shifted = row - max(row)
        total += np.log(sum(np.exp(shifted))) - shifted[label]
    return total / len(labels)

@exercise.variant("shifted first")
def loss_from_scores_shifted(scores, labels):
    scores = scores - scores.max(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean()

exercise.shows("values",
    (np.log([[1.0, 2.0, 5.0]]), np.array([1])), (np.array([[0, 1, 2.0], [3, -1, 0.5]]), np.array([2, 1])),
    (np.array([[1000.0, 0, -1000], [2, 4, 1]]), np.array([2, 0])),
    (np.array([[-1000.0, -1001]]), np.array([0])),
)

exercise.slip("overflow", "np.mean(np.logaddexp.reduce(scores, axis=1) - right)", "(np.log(np.exp(scores).sum(axis=1)) - right).mean()", of="np.logaddexp",
    hint="For small scores it is right; exp(1000) is infinite. Subtract each row's largest score before exp, and add it again after the logarithm.")
exercise.slip("by way of the probabilities", "right = scores[np.arange(len(labels)), labels]\n    return float(np.mean(np.logaddexp.reduce(scores, axis=1) - right))", "return cross_entropy(softmax(scores), labels)", of="np.logaddexp",
    hint="A probability that has become 0 is cut off at 1e-12, so the loss is never above 27.6. Without the probabilities it would be right: log of the sum, minus the score.")
exercise.slip("infinite", "right = scores[np.arange(len(labels)), labels]\n    return float(np.mean(np.logaddexp.reduce(scores, axis=1) - right))", "return float(-np.log(softmax(scores)[np.arange(len(labels)), labels]).mean())", of="np.logaddexp",
    hint="Where the right class has a probability of 0, the loss is infinite here. Do not take the logarithm of a probability: log of the sum of powers, minus the score.")
exercise.slip("largest not added again", "largest + np.log(np.exp(scores - largest[:, None]).sum(axis=1))", "np.log(np.exp(scores - largest[:, None]).sum(axis=1))",
    hint="The largest score is subtracted before exp, and is not added again after the logarithm.")
exercise.slip("sum instead of mean", "right = scores[np.arange(len(labels)), labels]\n    return float(np.mean(np.logaddexp.reduce(scores, axis=1) - right))", "return loss_from_scores(scores, labels) * len(labels)", of="np.logaddexp",
    hint="The losses are added up. Take their mean.")
