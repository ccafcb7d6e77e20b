"""Judges how a training uses randomness: new weights, a new order each epoch, labels that stay
with their pictures, and nothing random that does not come from the seed.

All of it is seen from outside, from what the training returns, so that any honest way to draw an
order will do. Most of it is seen on blank sheets: if biases start at 0, blank sheets change only
the last layer's biases, and those depend on nothing but the labels of each batch.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from convolab.check.answer import Answer, same_bits
from convolab.check.small_network import features, finite

BATCH, EPOCHS, RATE, MOMENTUM = 32, 3, 0.1, 0.9
SHEETS = BATCH + 1  # so that the last batch of each epoch is a single sheet, which gives it away
SEEDS = 4  # the first clears a right training, except for 1 seed in 70

SAME_SEED = (
    "The same seed gave two different results. Draw every random number from one generator, "
    "made from the seed inside train, and keep nothing from one call to the next."
)
OTHER_SEED = (
    "Two different seeds gave the same result. Make the generator from the seed that train is "
    "given: np.random.default_rng(seed)."
)
NO_NEW_WEIGHTS = (
    "It always starts from the same weights, whatever the seed is. Draw new ones at the start of "
    "train, from the generator you make from the seed, not once for the whole notebook."
)
LABELS_LEFT = (
    "The pictures are not trained with their own labels. Index both with the same new "
    "order, so that each picture keeps its label."
)
GIVEN_ORDER = (
    "Every epoch takes the pictures in the order they were given. Draw a new order at the "
    "start of each: rng.permutation(len(images))."
)
ONE_ORDER = (
    "Every epoch takes the pictures in the same order. Draw a new one inside the loop over the "
    "epochs, from the generator you made before the loop."
)
OTHER_BATCHES = (
    "The batches are not what they should be. An epoch takes each picture once: 32 at a "
    "time, then the ones left over in one smaller batch."
)


def judge(answer: Answer, images: np.ndarray, labels: np.ndarray, seed: int) -> str:
    """What is wrong with the use of randomness; "" if nothing is, or if it cannot be told.

    Args:
        answer: called as train(images, labels, epochs, seed).
        images: digits (N, 1, H, W), more than one batch of them.
        labels: (N,).
        seed: the first seed to try.
    """

    def trained(images: np.ndarray, labels: np.ndarray, epochs: int, seed: int) -> Any:
        return answer.call((images, labels, epochs, seed)).value

    few, theirs = images[:SHEETS], labels[:SHEETS]
    first = trained(few, theirs, 1, seed)
    if not same_bits(first, trained(few, theirs, 1, seed)):
        return SAME_SEED
    if not _usable(first):
        return ""  # which the cases before have found
    if same_bits(first, trained(few, theirs, 1, seed + 1)):
        return OTHER_SEED
    places = [int(np.flatnonzero(labels == digit)[0]) for digit in np.unique(labels)]
    sheets = np.zeros((len(places), *images.shape[1:]))
    starts = [trained(sheets, labels[places], 1, seed + n) for n in range(2)]
    if not all(map(_usable, starts)):
        return ""
    if not _drawn_anew(*starts):
        return NO_NEW_WEIGHTS
    taught = trained(images[places], labels[places], 1, seed)
    if _usable(taught) and _mixed_up(starts[0], taught, images[places], labels[places]):
        return LABELS_LEFT
    return _order(trained, images.shape[1:], seed)


def _mixed_up(
    start: dict[str, np.ndarray], taught: dict[str, np.ndarray], images: np.ndarray, labels: Any
) -> bool:
    """Whether one step on a few digits, one of each kind, gave each digit another's label.

    The step of the last weights is a sum over the digits: the layer's input times the error. The
    input is known, so the errors can be solved for; each is largest at the label that was used.
    """
    seen = features(start["conv_w"], start["conv_b"], images)
    errors = np.linalg.lstsq(seen.T, taught["dense_w"] - start["dense_w"], rcond=None)[0]
    used = errors[:, labels].argmax(axis=1)
    a_shuffle = len(set(used)) == len(labels)  # anything else has another cause
    return a_shuffle and not np.array_equal(used, np.arange(len(labels)))


def _order(trained: Callable, shape: tuple[int, ...], seed: int) -> str:
    """Whether the order of the pictures is the given one, or one for all epochs."""
    # the first and the last sheet have labels of their own, by which the given order is known
    labels = np.array([8, *np.arange(SHEETS - 2) % 8, 9])
    given = True
    for n in range(SEEDS):
        came = trained(np.zeros((SHEETS, *shape)), labels, EPOCHS, seed + n)
        if not _usable(came):
            return ""
        last = _last_of_each_epoch(came["dense_b"], labels)
        if last is None:
            return _batches(trained, shape, seed)
        if len(set(last)) > 1:
            return ""
        given = given and last[0] in (8, 9)
    return GIVEN_ORDER if given else ONE_ORDER


def _batches(trained: Callable, shape: tuple[int, ...], seed: int) -> str:
    """Why no order explains what the sheets taught: the batches, if the steps are right where all
    sheets have one label. Wrong steps are named by the cases."""
    labels = np.full(SHEETS, 4)
    came = trained(np.zeros((SHEETS, *shape)), labels, EPOCHS, seed)
    right = _usable(came) and _last_of_each_epoch(came["dense_b"], labels) is not None
    return OTHER_BATCHES if right else ""


def _last_of_each_epoch(biases: np.ndarray, labels: np.ndarray) -> tuple[int, ...] | None:
    """The label of the sheet that was left for the last batch of each epoch, from what the last
    layer's biases have become; None where no order of the sheets explains them."""
    classes = len(biases)
    choices = np.array(np.meshgrid(*[np.arange(classes)] * EPOCHS)).reshape(EPOCHS, -1)
    b, v = np.zeros((choices.shape[1], classes)), np.zeros((choices.shape[1], classes))
    counts = np.bincount(labels, minlength=classes)
    for chosen in choices:
        alone = np.eye(classes)[chosen]
        for taught in ((counts - alone) / BATCH, alone):
            powers = np.exp(b)
            v = MOMENTUM * v - RATE * (powers / powers.sum(axis=1, keepdims=True) - taught)
            b = b + v
    far = np.abs(b - biases).max(axis=1)
    return tuple(choices[:, far.argmin()].tolist()) if far.min() < 1e-5 else None


def _usable(value: Any) -> bool:
    names = ("conv_w", "conv_b", "dense_w", "dense_b")
    return isinstance(value, dict) and all(finite(value.get(name)) for name in names)


def _drawn_anew(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> bool:
    """Whether two seeds began with different weights; the last layer's may all be 0."""
    same = {name: np.allclose(one[name], other[name], rtol=1e-9) for name in ("conv_w", "dense_w")}
    return not same["conv_w"] and not (same["dense_w"] and one["dense_w"].any())
