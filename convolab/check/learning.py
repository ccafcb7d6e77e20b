"""Judges an exercise that trains a network by how well it reads unseen digits.

The learner's function is called as `train(images, labels, epochs, seed)` on a few digits. What it
returns goes through a forward pass of the checker's own: convolution, ReLU, pooling, one dense
layer. Images are (N, 1, rows, columns) from 0 to 1. In a file an image is a text, one character of
0123456789abcdefg a pixel, for 0 to 16 sixteenths; a row of labels is a text of digits.
"""

from typing import Any

import numpy as np

from convolab.check import chance
from convolab.check.answer import Answer
from convolab.check.small_network import finite, read
from convolab.check.words import counted

INK = "0123456789abcdefg"


def as_text(images: np.ndarray) -> list[str]:
    """Images (N, rows, columns) of whole numbers from 0 to 16 as texts."""
    return ["".join(INK[int(ink)] for ink in image.ravel()) for image in images]


def from_text(lines: list[str], side: int = 8) -> np.ndarray:
    """Images (N, 1, side, side) from 0 to 1."""
    numbers = [[INK.index(sign) for sign in line] for line in lines]
    return np.array(numbers, dtype=float).reshape(-1, 1, side, side) / 16


def labels_from_text(text: str) -> np.ndarray:
    """Labels (N,)."""
    return np.array([int(sign) for sign in text])


def shapes_of(value: Any, names: tuple[str, ...]) -> Any:
    """A dictionary in which the arrays of these names are zeros of the same shape: they are drawn
    at random, so only their shape can be compared. What is not finite stays, to be reported."""
    if not isinstance(value, dict):
        return value
    return {
        key: np.zeros(item.shape) if key in names and finite(item) else item
        for key, item in value.items()
    }


def judge(answer: Answer, wanted: dict) -> tuple[str, str]:
    """What is wrong with what the answer learned, "" if nothing is, and a note on how it did.

    Args:
        wanted: as `compile` writes it: digits, labels, unseen, unseen_labels, epochs, seed,
            at_least and shapes.
    """
    images, labels = from_text(wanted["digits"]), labels_from_text(wanted["labels"])
    came = answer.call((images, labels, wanted["epochs"], wanted["seed"]))
    if came.raised:
        return f"With {len(images)} digits it stopped with {came.raised[0]}: {came.message}.", ""
    if odd := _odd(came.value, wanted["shapes"]):
        return odd, ""
    if unruly := chance.judge(answer, images, labels, wanted["seed"]):
        return unruly, ""
    unseen, truth = from_text(wanted["unseen"]), labels_from_text(wanted["unseen_labels"])
    share = float(np.mean(read(came.value, unseen) == truth))
    after = counted(wanted["epochs"], "epoch")
    says = f"After {after} with {len(images)} digits it reads {share:.0%} of {len(unseen)} unseen "
    says += "ones correctly."
    if share < wanted["at_least"]:
        return (
            f"{says} At least {wanted['at_least']:.0%} are needed, and guessing gives 10%. Print "
            "the loss of each batch: does it fall?",
            "",
        )
    return "", says


def _odd(value: Any, shapes: dict[str, list[int]]) -> str:
    """What makes the parameters unusable; "" if nothing does."""
    if not isinstance(value, dict) or set(value) != set(shapes):
        return f"It should return a dictionary with the keys {', '.join(shapes)}."
    for name, shape in shapes.items():
        array = value[name]
        if not isinstance(array, np.ndarray) or list(array.shape) != shape:
            return f"{name} should be an array of shape {tuple(shape)}."
        if not finite(array):
            return f"{name} holds nan or infinity: the steps were too large, or went uphill."
    return ""
