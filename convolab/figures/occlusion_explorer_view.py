"""The arithmetic of OcclusionExplorer, as occlusion_explorer.js does it in the browser."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convolab import ops
from convolab.figures.number_text import decimal

ALIKE = 1e-9  # numbers that differ by less are equal: two ways to add them up may differ so much
SEEN = 0.005  # what is not written as 0
AT_ONCE = 4  # pictures whose maps stay in the processor's cache


@dataclass(frozen=True)
class SmallNetwork:
    """Convolution, ReLU, max pooling of 2×2 and a dense layer, for pictures of one channel.

    conv_w: (D, R, R), conv_b: (D,), dense_w: (D·h·w, K), dense_b: (K,); shape: (H, W).
    """

    conv_w: np.ndarray
    conv_b: np.ndarray
    dense_w: np.ndarray
    dense_b: np.ndarray
    shape: tuple[int, int]


@dataclass(frozen=True)
class OcclusionView:
    """Everything the picture shows, as numbers; `covered` tells of the picture with its square."""

    image: np.ndarray  # (H, W)
    covered: np.ndarray
    scores: np.ndarray  # (K,)
    covered_scores: np.ndarray
    target: int  # the class that is asked about
    drops: np.ndarray  # (H − size + 1, W − size + 1)
    saliency: np.ndarray  # (H, W)
    value: float  # probability or score of that class, without the square and with it
    covered_value: float
    row: int
    column: int
    size: int
    fill: float
    show: str

    @property
    def answer(self) -> int:
        """What the network answers without the square."""
        return best(self.scores)

    @property
    def covered_answer(self) -> int:
        """What it answers with the square."""
        return best(self.covered_scores)


def best(scores: np.ndarray) -> int:
    """The class with the largest score, of equals the first."""
    return int((scores >= scores.max() - ALIKE).argmax())


def maps_of(network: SmallNetwork, images: np.ndarray) -> np.ndarray:
    """What the convolution gives for images (N, H, W): (N, D, H−R+1, W−R+1)."""
    # Added up weight by weight, in the browser's order, so that equals are equal in both.
    side = network.conv_w.shape[1]
    h, w = (length - side + 1 for length in network.shape)
    maps = np.empty((len(images), len(network.conv_b), h, w))
    maps[...] = network.conv_b[:, None, None]
    for i in range(side):
        for j in range(side):
            maps += network.conv_w[:, i, j, None, None] * images[:, None, i : i + h, j : j + w]
    return maps


def scores_of(network: SmallNetwork, images: np.ndarray) -> np.ndarray:
    """The scores of images (N, H, W): (N, K)."""
    pooled = ops.pool_forward(ops.relu(maps_of(network, images)))
    return ops.dense(ops.flatten(pooled), network.dense_w, network.dense_b)


def covered(image: np.ndarray, row: int, column: int, size: int, fill: float) -> np.ndarray:
    """The image with a square over it whose upper left pixel is at (row, column)."""
    copy = image.copy()
    copy[row : row + size, column : column + size] = fill
    return copy


def all_covered_scores(network: SmallNetwork, image, size: int, fill: float) -> np.ndarray:
    """The scores (rows, columns, K) with the square at every place."""
    rows, columns = (length - size + 1 for length in network.shape)
    places = [(row, column) for row in range(rows) for column in range(columns)]
    found = []
    for first in range(0, len(places), AT_ONCE):
        some = [covered(image, *place, size, fill) for place in places[first : first + AT_ONCE]]
        found.append(scores_of(network, np.array(some)))
    return np.concatenate(found).reshape(rows, columns, -1)


def saliency(network: SmallNetwork, image: np.ndarray, target: int) -> np.ndarray:
    """How much each pixel moves the score of a class: |d score / d pixel|, (H, W)."""
    maps = maps_of(network, image[None])[0]
    depth, h, w = maps.shape
    down, right = h // 2, w // 2
    windows = maps[:, : 2 * down, : 2 * right].reshape(depth, down, 2, right, 2)
    windows = windows.swapaxes(2, 3).reshape(depth, down, right, 4)
    back = network.dense_w[:, target].reshape(depth, down, right) * (windows.max(axis=3) > 0)
    d, i, j = np.indices((depth, down, right))
    winner = windows.argmax(axis=3)
    grad = np.zeros(maps.shape)
    grad[d, 2 * i + winner // 2, 2 * j + winner % 2] = back
    found = np.zeros(image.shape)
    for (row, column), _ in np.ndenumerate(network.conv_w[0]):
        products = network.conv_w[:, row, column, None, None] * grad
        found[row : row + h, column : column + w] += products.sum(axis=0)
    return np.abs(found)


def view(
    network: SmallNetwork, image, all_scores, *, size: int, fill: float, row: int, column: int,
    target: int | None, show: str,
) -> OcclusionView:  # fmt: skip
    """The numbers of one state; `all_scores` are those of every place, target None the answer."""
    scores = scores_of(network, image[None])[0]
    target = best(scores) if target is None else target
    row, column = min(row, len(all_scores) - 1), min(column, all_scores.shape[1] - 1)
    value, values = scores[target], all_scores[..., target]
    if show == "probability":
        value, values = ops.softmax(scores)[target], ops.softmax(all_scores)[..., target]
    return OcclusionView(
        image, covered(image, row, column, size, fill), scores, all_scores[row, column], target,
        value - values, saliency(network, image, target), float(value), float(values[row, column]),
        row, column, size, fill, show,
    )  # fmt: skip


def largest(values: np.ndarray) -> tuple[float, int, int]:
    """The largest of some numbers (rows, columns), and the first place where it is."""
    most = float(values.max())
    row, column = divmod(int((values >= most - ALIKE).argmax()), values.shape[1])
    return most, row, column


def spelled(v: OcclusionView) -> list[tuple[str, str]]:
    """0.98 − 0.41 = 0.57, without and with the square, in pieces (text, role)."""
    pieces = [
        (f"{v.show} of {v.target}: ", "quiet"),
        (decimal(v.value, 3), "input"),
        (" − ", "quiet"),
        (decimal(v.covered_value, 3), "kernel"),
        (" = ", "quiet"),
        (decimal(v.drops[v.row, v.column]), "output"),
    ]
    if v.covered_answer != v.answer:
        pieces.append((f", and the answer is {v.covered_answer}", "ink"))
    return pieces


def map_words(v: OcclusionView) -> str:
    """How far the class falls at most, and how far it rises, in short."""
    said = []
    for word, drops in (("falls", v.drops), ("rises", -v.drops)):
        most, row, column = largest(drops)
        if most >= SEEN:
            said.append(f"{word} most, by {decimal(most)}, at row {row}, column {column}")
    return " and ".join(said) or "changes by less than 0.01"


def saliency_words(v: OcclusionView) -> str:
    """Where the saliency is largest, in short."""
    most, row, column = largest(v.saliency)
    if most <= ALIKE:
        return "0 everywhere"
    return f"largest, {decimal(most)}, at row {row}, column {column}"
