"""The loss of a classifier: softmax and cross-entropy in one, so that nothing overflows."""

import numpy as np


def softmax(scores):
    """Turns scores into probabilities.

    Subtracting the largest score first does not change the result and keeps exp finite.

    Args:
        scores: (K, N), K classes of N samples.

    Returns:
        (K, N), numbers from 0 to 1 that add up to 1 for each sample.
    """
    powers = np.exp(scores - scores.max(axis=0))
    return powers / powers.sum(axis=0)


def softmax_cross_entropy(scores, labels):
    """The loss, −log p(label), and its gradient: p − 1 for the right class, p for the others.

    Lesson 08 has the mean over the batch. This is the sum, since a batch goes through the network
    in parts; `Sequential.forward_backward` divides by the number of samples.

    Args:
        scores: (K, N), K classes of N samples.
        labels: (N,) whole numbers from 0 to K − 1.

    Returns:
        The sum of the losses of all samples, and the gradient with respect to the scores, (K, N).
    """
    shifted, samples = scores - scores.max(axis=0), np.arange(len(labels))
    powers = np.exp(shifted)
    totals = powers.sum(axis=0)
    loss = np.log(totals) - shifted[labels, samples]
    grad = powers / totals
    grad[labels, samples] -= 1
    return float(loss.sum()), grad
