"""The arithmetic of SlidingKernel2D, as sliding_kernel_2d.js does it in the browser."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convolab.figures.number_text import counted, decimal, factor, listed, weight
from convolab.ops import convolve_2d, correlate_2d

BORDERS = ("none", "zero", "edge", "mirror")
ORIGINS = ("centre", "corner")
PADDING = {"zero": "constant", "edge": "edge", "mirror": "reflect"}
SUMMANDS_SPELLED = 9


@dataclass(frozen=True)
class SlidingKernel2DView:
    """Everything the picture shows, as numbers."""

    vertical: tuple[int, int]  # rows that the border adds before and after
    horizontal: tuple[int, int]
    row: int
    column: int
    lying: np.ndarray  # the kernel as it lies on the image
    inside: np.ndarray  # the patch's cells that are not added zeros
    patch: np.ndarray
    products: np.ndarray
    padded: np.ndarray
    output: np.ndarray

    @property
    def rows(self) -> tuple[int, int]:
        """The first and the last row of the image under the kernel; negative above it."""
        first = self.row - self.vertical[0]
        return first, first + self.lying.shape[0] - 1

    @property
    def columns(self) -> tuple[int, int]:
        """The first and the last column of the image under the kernel; negative before it."""
        first = self.column - self.horizontal[0]
        return first, first + self.lying.shape[1] - 1

    @property
    def total(self) -> float:
        """The output at the place."""
        return float(self.output[self.row, self.column])


def border_of(border: str, origin: str, size: int) -> tuple[int, int]:
    """How many rows or columns a border adds before and after, for a kernel of a size."""
    if border == "none":
        return 0, 0
    trail = 0 if origin == "corner" else (size - 1) // 2
    return size - 1 - trail, trail


def view(
    image, kernel, *, flip: bool, border: str, origin: str, row: int, column: int
) -> SlidingKernel2DView:
    """The numbers at output place (row, column), brought inside where it lies beyond."""
    image, kernel = np.asarray(image, dtype=float), np.asarray(kernel, dtype=float)
    kh, kw = kernel.shape
    around = border_of(border, origin, kh), border_of(border, origin, kw)
    padded = np.pad(image, around, mode=PADDING.get(border, "constant"))
    real = np.pad(np.ones(image.shape, bool), around, constant_values=border != "zero")
    output = (convolve_2d if flip else correlate_2d)(padded, kernel, "valid")
    row = max(0, min(output.shape[0] - 1, row))
    column = max(0, min(output.shape[1] - 1, column))
    lying = kernel[::-1, ::-1] if flip else kernel
    window = np.s_[row : row + kh, column : column + kw]
    patch = padded[window]
    return SlidingKernel2DView(
        *around, row, column, lying, real[window], patch, patch * lying, padded, output
    )  # fmt: skip


def where_it_matters(image, kernel, border: str, origin: str) -> tuple[int, int]:
    """The first place in reading order whose output depends on flipping the kernel, else (0, 0)."""
    asked = {"border": border, "origin": origin, "row": 0, "column": 0}
    flipped = view(image, kernel, flip=True, **asked).output
    places = np.argwhere(~np.isclose(flipped, view(image, kernel, flip=False, **asked).output))
    return tuple(map(int, places[0])) if len(places) else (0, 0)


def size(rows: int, columns: int) -> str:
    """ "3 rows and 1 column"."""
    return f"{counted(rows, 'row')} and {counted(columns, 'column')}"


def covered(v: SlidingKernel2DView) -> str:
    """The part of the image under the kernel: "rows 0 to 2 and column 1"."""

    def span(noun: str, first: int, last: int) -> str:
        numbers = decimal(first) if first == last else f"{decimal(first)} to {decimal(last)}"
        return f"{noun}{'' if first == last else 's'} {numbers}"

    return f"{span('row', *v.rows)} and {span('column', *v.columns)}"


def outputs(v: SlidingKernel2DView) -> str:
    """The whole output: its rows, with a semicolon between them."""
    return "; ".join(listed(row) for row in v.output)


def spelled(v: SlidingKernel2DView) -> list[tuple[str, str]]:
    """y(1, 2) = 10·⅓ + … in pieces (text, role); many products are counted only."""
    pieces = [(f"y({v.row}, {v.column})", "output"), (" = ", "quiet")]
    if v.lying.size > SUMMANDS_SPELLED:
        pieces.append((f"sum of {v.lying.size} products", "ink"))
    else:
        cells = zip(v.patch.flat, v.lying.flat, v.inside.flat, strict=True)
        for n, (value, w, inside) in enumerate(cells):
            pieces += [(" + ", "quiet")] if n else []
            pieces += [
                (factor(decimal(value)), "input" if inside else "padding"),
                ("·", "quiet"),
                (factor(weight(w)), "kernel"),
            ]
    return [*pieces, (" = ", "quiet"), (decimal(v.total, 3), "output")]
