"""The loss of a classifier: softmax and cross-entropy in one, so that nothing overflows."""

import numpy as np


def softmax(scores):
    """Scores (K, N), a column a sample, to probabilities that sum to 1 in each column.

    Taking the largest score away first changes nothing in the result and keeps exp finite.
    """
    powers = np.exp(scores - scores.max(axis=0))
    return powers / powers.sum(axis=0)


def softmax_cross_entropy(scores, labels):
    """The sum of −log p(label) over the samples, and its gradient by the scores.

    scores: (K, N), labels: (N,) ints from 0 to K − 1. Returns (loss, gradient (K, N)); the
    gradient is p − 1 for the right class and p for the others.
    """
    shifted, samples = scores - scores.max(axis=0), np.arange(len(labels))
    powers = np.exp(shifted)
    totals = powers.sum(axis=0)
    loss = np.log(totals) - shifted[labels, samples]
    grad = powers / totals
    grad[labels, samples] -= 1
    return float(loss.sum()), grad
