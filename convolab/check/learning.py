"""Judges an exercise that trains a network: by how well it reads digits that it has not seen.

The learner's function is called as `train(images, labels, epochs, seed)` on a few digits. What it
returns goes through a forward pass of the checker's own: convolution, ReLU, pooling, one dense
layer. Images are (N, 1, rows, columns) from 0 to 1. In a file an image is a text, one character of
0123456789abcdefg a pixel, for 0 to 16 sixteenths; a row of labels is a text of digits.
"""

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from convolab.check.run import Answer, same_bits

INK = "0123456789abcdefg"
FEW = 32  # digits of the short trainings which show what the seed does
SHEETS = 40  # blank sheets of those which show the order: two batches of 32


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
    """A dictionary in which the arrays of these names are zeros of the same shape: drawn at random,
    they can be compared by their shape alone. What is not finite stays, to be spoken of."""
    if not isinstance(value, dict):
        return value
    return {
        key: np.zeros(item.shape) if key in names and _finite(item) else item
        for key, item in value.items()
    }


def read(parameters: dict[str, np.ndarray], images: np.ndarray) -> np.ndarray:
    """The classes that the small network with these parameters says: (N, 1, H, W) → (N,)."""
    kernels, size = parameters["conv_w"], parameters["conv_w"].shape[2:]
    windows = sliding_window_view(images, size, axis=(2, 3))
    maps = np.einsum("nchwij,dcij->ndhw", windows, kernels, optimize=True)
    maps = np.maximum(maps + parameters["conv_b"][:, None, None], 0)
    rows, columns = maps.shape[2] // 2, maps.shape[3] // 2
    cut = maps[:, :, : 2 * rows, : 2 * columns]
    pooled = cut.reshape(*maps.shape[:2], rows, 2, columns, 2).max(axis=(3, 5))
    scores = pooled.reshape(len(images), -1) @ parameters["dense_w"] + parameters["dense_b"]
    return scores.argmax(axis=1)


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
    if unruly := _chance(answer, images[:FEW], labels[:FEW], wanted["seed"]):
        return unruly, ""
    unseen, truth = from_text(wanted["unseen"]), labels_from_text(wanted["unseen_labels"])
    share = float(np.mean(read(came.value, unseen) == truth))
    says = f"After {wanted['epochs']} epochs with {len(images)} digits it reads {share:.0%} of "
    says += f"{len(unseen)} unseen ones rightly."
    if share < wanted["at_least"]:
        return (
            f"{says} At least {wanted['at_least']:.0%} are asked, and guessing gives 10%. Print "
            "the loss of each batch: does it fall?",
            "",
        )
    return "", says


def _chance(answer: Answer, images: np.ndarray, labels: np.ndarray, seed: int) -> str:
    """What is wrong with the use of random numbers; "" if nothing is."""

    def learned(images: np.ndarray, labels: np.ndarray, seed: int) -> Any:
        return answer.call((images, labels, 1, seed)).value

    first = learned(images, labels, seed)
    if not same_bits(first, learned(images, labels, seed)):
        return (
            "The same seed gave two different results. Let every random number come from one "
            "generator, made inside train from the seed."
        )
    if isinstance(first, dict) and same_bits(first, learned(images, labels, seed + 1)):
        return (
            "Two different seeds gave the same result. Make the generator from the seed that train "
            "is given: np.random.default_rng(seed)."
        )
    # Blank paper teaches the last biases alone, and those by the labels of each batch. So they tell
    # whether the order was the given one, whatever the kernels are.
    sheets, ordered = np.zeros((SHEETS, *images.shape[1:])), np.sort(np.arange(SHEETS) % 10)
    came = [
        learned(sheets, labels, seed)
        for labels, seed in ((ordered, seed), (ordered, seed + 1), (9 - ordered, seed))
    ]
    if any(not isinstance(value, dict) or not _finite(value.get("dense_b")) for value in came):
        return ""  # which the cases before have found
    one, other, turned = (value["dense_b"] for value in came)
    if _alike(one, other) and not _alike(one, turned):
        return (
            "Every epoch takes the pictures in the order in which they are given. Draw a new order "
            "at the start of each: rng.permutation(len(images))."
        )
    return ""


def _odd(value: Any, shapes: dict[str, list[int]]) -> str:
    """What makes the parameters unusable; "" if nothing does."""
    if not isinstance(value, dict) or set(value) != set(shapes):
        return f"It should return a dictionary with the keys {', '.join(shapes)}."
    for name, shape in shapes.items():
        array = value[name]
        if not isinstance(array, np.ndarray) or list(array.shape) != shape:
            return f"{name} should be an array of shape {tuple(shape)}."
        if not _finite(array):
            return f"{name} holds nan or infinity: the steps were too large, or went uphill."
    return ""


def _finite(array: Any) -> bool:
    return (
        isinstance(array, np.ndarray)
        and array.dtype.kind in "biuf"
        and bool(np.isfinite(array).all())
    )


def _alike(a: np.ndarray, b: np.ndarray) -> bool:
    return a.shape == b.shape and np.allclose(a, b, rtol=1e-9, atol=1e-12)
