"""The arithmetic of NetworkExplorer: every layer of LeNet, and one unit's sum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convolab import data, ops
from convolab.figures.number_text import decimal, factor
from convolab.figures.packed_weights import packed_weights, unpacked_weights

LAYERS = ("input", "conv1", "pool1", "conv2", "pool2", "dense1", "dense2", "output")
SIZES = ((1, 32, 32), (6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5), (120,), (84,), (10,))
PARAMETERS = {
    "conv1_w": (6, 1, 5, 5), "conv1_b": (6,), "conv2_w": (16, 6, 5, 5), "conv2_b": (16,),
    "dense1_w": (400, 120), "dense1_b": (120,), "dense2_w": (120, 84), "dense2_b": (84,),
    "dense3_w": (84, 10), "dense3_b": (10,),
}  # fmt: skip
NAMES = {1: "conv1", 3: "conv2", 5: "dense1", 6: "dense2", 7: "dense3"}  # of a layer's weights
TERMS = 4  # of a long sum that are written out


@dataclass(frozen=True)
class Unit:
    """One unit of a layer: what it sees, times its weights, and what comes out of it.

    seen, weights: (maps, rows, columns), weights is None where there are none; bias, sum, value:
    numbers, value after ReLU, maximum or softmax; inside: (row, column) of the patch's corner.
    """

    seen: np.ndarray
    weights: np.ndarray | None
    bias: float
    sum: float
    value: float
    inside: tuple[int, int]


def packed(parameters: dict) -> tuple[bytes, list[float]]:
    """All parameters as whole numbers of two bytes, and what each array's unit is worth."""
    return packed_weights(np.asarray(parameters[name], float) for name in PARAMETERS)


def unpacked(pixels: bytes, worth: list[float]) -> dict[str, np.ndarray]:
    """The parameters out of their bytes, as the browser has them."""
    return dict(zip(PARAMETERS, unpacked_weights(pixels, worth, PARAMETERS.values()), strict=True))


def forward(image: np.ndarray, p: dict[str, np.ndarray]) -> list[np.ndarray]:
    """What comes out of every layer for an image (32, 32): the last are the ten scores."""
    found = [image[None].astype(float)]
    for name in ("conv1", "conv2"):
        x = ops.relu(ops.conv_forward(found[-1][None], p[f"{name}_w"], p[f"{name}_b"]))
        found += [x[0], ops.pool_forward(x)[0]]
    for name in ("dense1", "dense2"):
        x = ops.flatten(found[-1][None])
        found.append(ops.relu(ops.dense(x, p[f"{name}_w"], p[f"{name}_b"]))[0])
    return [*found, ops.dense(found[-1][None], p["dense3_w"], p["dense3_b"])[0]]


def unit(outputs: list[np.ndarray], p: dict, layer: int, m: int, row: int, column: int) -> Unit:
    """The unit `m` of a dense layer, or at (row, column) of map `m`."""
    if layer == 0:
        value = float(outputs[0][0, row, column])
        return Unit(np.full((1, 1, 1), value), None, 0.0, value, value, (row, column))
    before = outputs[layer - 1]
    if layer in (2, 4):
        seen = before[m : m + 1, 2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
        most = float(seen.max())
        return Unit(seen, None, 0.0, most, most, (2 * row, 2 * column))
    name = NAMES[layer]
    bias = float(p[f"{name}_b"][m])
    if layer in (1, 3):
        seen, weights = before[:, row : row + 5, column : column + 5], p[f"{name}_w"][m]
    else:
        seen = before if before.ndim == 3 else before.reshape(1, -1, 12)
        weights = p[f"{name}_w"][:, m].reshape(seen.shape)
    total = float((seen * weights).sum()) + bias
    value = float(ops.softmax(outputs[7])[m]) if layer == 7 else max(0.0, total)
    return Unit(seen, weights, bias, total, value, (row, column))


def tiles(maps: np.ndarray) -> np.ndarray:
    """Maps side by side as one picture: 6 in two rows of three, 16 in four rows of four."""
    n, h, w = maps.shape
    across = {6: 3, 16: 4}.get(n, n)
    return (
        maps.reshape(n // across, across, h, w)
        .swapaxes(1, 2)
        .reshape(n // across * h, across * w)
    )  # fmt: skip


def spelled(u: Unit, layer: int, m: int) -> list[tuple[str, str]]:
    """A unit's sum in pieces (text, role)."""
    if layer == 0:
        return [("this pixel = ", "quiet"), (decimal(u.value), "output")]
    if u.weights is None:
        numbers = ", ".join(decimal(v) for v in u.seen.ravel())
        return [("max(", "quiet"), (numbers, "input"), (") = ", "quiet"),
                (decimal(u.value), "output")]  # fmt: skip
    products = u.seen * u.weights
    if layer in (1, 3):
        parts = products.sum(axis=(1, 2)) if layer == 3 else products[0].sum(axis=1)
        pieces = [("maps: " if layer == 3 else "rows: ", "quiet")]
        for i, part in enumerate(parts):
            pieces += [(" + ", "quiet")] * (i > 0) + [(factor(decimal(part)), "ink")]
    else:
        flat = products.ravel()
        order = np.argsort(-np.abs(flat), kind="stable")[:TERMS]
        pieces = []
        for place in order:
            pieces += [
                (factor(decimal(u.seen.ravel()[place])), "input"), ("·", "quiet"),
                (factor(decimal(u.weights.ravel()[place])), "kernel"), (" + ", "quiet"),
            ]  # fmt: skip
        rest = decimal(flat.sum() - flat[order].sum())
        pieces.append((f"{factor(rest)} of {flat.size - TERMS} more", "ink"))
    pieces += [(" + bias ", "quiet"), (factor(decimal(u.bias)), "kernel"), (" = ", "quiet")]
    if layer == 7:
        return [*pieces, (decimal(u.sum), "ink"), (" → ", "quiet"),
                (f"{decimal(100 * u.value, 1)} % a {m}", "output")]  # fmt: skip
    return [*pieces, (decimal(u.sum), "ink"), (", ReLU ", "quiet"), (decimal(u.value), "output")]


def enlarged(ink: np.ndarray) -> np.ndarray:
    """A drawing (32, 32) of zeros and ones as the course's digits are made: the ink of each 4×4
    block counted, 0 to 16, then enlarged to 32×32 by linear interpolation."""
    return data.enlarged(ink.reshape(8, 4, 8, 4).sum(axis=(1, 3)))


def ink_of(text: str) -> np.ndarray:
    """A drawing out of its 256 hexadecimal digits, row by row."""
    bits = np.unpackbits(np.frombuffer(bytes.fromhex(text), np.uint8))
    return bits.reshape(32, 32)
