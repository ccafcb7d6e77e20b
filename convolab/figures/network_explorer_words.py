"""What NetworkExplorer says of a whole layer: its maps, or its units, and which are largest."""

from __future__ import annotations

import numpy as np

from convolab.figures.network_explorer_view import LAYERS
from convolab.figures.number_text import decimal

NAMED = 3  # units of a dense layer, the largest
INK = 0.5  # of a pixel, from which on it counts as written


def layer_words(outputs: list[np.ndarray], layer: int) -> str:
    """A layer's maps or units in one or two sentences; empty for the output, which is a table."""
    if layer == 0:
        return _ink(outputs[0][0])
    if layer == len(LAYERS) - 1:
        return ""
    values, name = outputs[layer], LAYERS[layer]
    if values.ndim == 1:
        largest = np.argsort(-values, kind="stable")[:NAMED]
        words = ", ".join(f"unit {i} {decimal(values[i])}" for i in largest)
        alive = int((values > 0).sum())
        are = "is" if alive == 1 else "are"
        return f"{alive} of the {len(values)} units of {name} {are} above 0; the largest: {words}."
    compared = layer in (1, 2)
    kinds = "its correlation with the picture, " if compared else ""
    maps = "; ".join(
        f"map {m} {_map(one, likeness(one, outputs[0][0]) if compared else None)}"
        for m, one in enumerate(values)
    )
    m, row, column = place_of_largest(values)
    return (
        f"Each map of {name} with {kinds}its largest number and where that is: {maps}. "
        f"The largest of all is in map {m} at row {row}, column {column}."
    )


def place_of_largest(values: np.ndarray) -> tuple[int, int, int]:
    """Map, row and column of the first of the largest numbers of a layer."""
    place = np.unravel_index(int(values.argmax()), values.shape)
    return tuple(int(i) for i in (*place, 0, 0)[:3])


def likeness(one: np.ndarray, picture: np.ndarray) -> float:
    """The correlation of a map of conv1 or pool1 with what of the picture is in its place.

    Without padding the 28 rows of conv1 begin in row 2; a number of pool1 is compared with the mean
    of four pixels.
    """
    inside = picture[2:30, 2:30]
    if len(one) == 14:
        inside = inside.reshape(14, 2, 14, 2).mean(axis=(1, 3))
    a, b = one - one.mean(), inside - inside.mean()
    size = float(np.sqrt((a**2).sum() * (b**2).sum()))
    return float((a * b).sum()) / size if size > 1e-12 else 0.0


def _map(one: np.ndarray, like: float | None) -> str:
    if not one.any():
        return "all 0"
    row, column = np.unravel_index(int(one.argmax()), one.shape)
    alike = "" if like is None else f"{decimal(like)}, "
    return f"{alike}{decimal(one.max())} at row {row}, column {column}"


def _ink(picture: np.ndarray) -> str:
    rows, columns = np.nonzero(picture > INK)
    if not len(rows):
        return "There is no ink, no pixel above 0.5."
    return (
        f"Its ink, pixels above 0.5, is in rows {rows.min()} to {rows.max()} and columns "
        f"{columns.min()} to {columns.max()}."
    )
