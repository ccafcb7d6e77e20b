"""The static pictures of the lessons: signals, curves, numbers in cells, images.

Every function returns a Picture with alternative text: the last line of a cell or `display(…)`
shows it. `title` stands above the picture, `alt` replaces the description that is made from the
numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from convolab.figures.colours import LIGHT, SIGNED_LIGHT, grey, rgb, signed
from convolab.figures.number_text import decimal, listed, weight
from convolab.figures.painter import Painter
from convolab.figures.picture import PHOTOGRAPH_SHARPNESS, SHARPNESS, Picture, drawn_if_seen
from convolab.figures.plot_parts import WIDTH, curve, grid, stem_row
from convolab.figures.plot_words import (
    confusion_words,
    curve_words,
    differences,
    picture_words,
    row_words,
    size_words,
    table_extremes,
)
from convolab.figures.validate import numbers_1d, numbers_2d, one_of

CELLS_AT_MOST = 40
ROLES = ("input", "kernel", "output")


@drawn_if_seen
def stems(
    values, *, title: str = "", role: str = "input", start: int = 0, alt: str = ""
) -> Picture:
    """A signal as stems with its numbers; the first stands at place `start`.

    `role` gives colour and shape: "input", "kernel" or "output". At most 60 numbers.
    """
    numbers = numbers_1d("stems", "signal", values, most=60)
    one_of("stems", "role", role, ROLES)
    p = Painter(WIDTH, 190 if title else 164)
    top = 26 if title else 0
    p.text(title, 10, 14, size=14, bold=True, align="left", colour=p.colours[role])
    stem_row(p, numbers, role, top + 28, top + 126, start=start)
    words = f"{title or 'A signal'} as stems, {row_words(numbers, start)}."
    return Picture.of(p.figure, alt or words)


@drawn_if_seen
def before_after(
    before, after, *, titles: Sequence[str] = ("before", "after"), alt: str = ""
) -> Picture:
    """Two signals one above the other on the same scale: stems, or curves beyond 24 numbers."""
    first = numbers_1d("before_after", "first signal", before, most=100_000)
    second = numbers_1d("before_after", "second signal", after, most=100_000)
    p = Painter(WIDTH, 360)
    places = max(len(first), len(second))
    both = [*first, *second]
    for numbers, name, role, top in (
        (first, titles[0], "input", 0),
        (second, titles[1], "output", 180),
    ):
        p.text(name, 10, top + 14, size=14, bold=True, align="left", colour=p.colours[role])
        if places <= 24:
            stem_row(p, numbers, role, top + 54, top + 148, places=places, both=both)
        else:
            curve(p, numbers, role, top + 32, top + 164, places=places, both=both)
    words = f"Two signals. {titles[0]}, {row_words(first)}. {titles[1]}, {row_words(second)}."
    return Picture.of(p.figure, alt or words + differences(first, second))


@drawn_if_seen
def curves(signals: Mapping[str, object], *, title: str = "", alt: str = "") -> Picture:
    """Up to three signals of the same length as curves in one picture, by their names.

    The first is drawn thin and blue, the second thick and green, the third dashed and dark.
    """
    if not 1 <= len(signals) <= 3:
        raise ValueError(f"curves: give one to three signals by name, not {len(signals)}.")
    rows = {
        name: numbers_1d("curves", f"signal {name!r}", values, most=100_000, least=2)
        for name, values in signals.items()
    }
    p = Painter(WIDTH, 300 if title else 274)
    top = 26 if title else 0
    p.text(title, 10, 14, size=14, bold=True, align="left")
    styles = (("input", 1.0, None), ("output", 3.0, None), ("ink", 1.5, (6, 5)))
    both = [value for row in rows.values() for value in row]
    places = max(len(row) for row in rows.values())
    x = 10
    for (name, row), (role, width, dash) in zip(rows.items(), styles, strict=False):
        curve(p, row, role, top + 36, top + 260, places=places, both=both, width=width, dash=dash)
        p.line([(x, top + 14), (x + 26, top + 14)], colour=p.colours[role], width=width, dash=dash)
        p.text(name, x + 32, top + 14, bold=True, align="left", colour=p.colours[role])
        x += 56 + p.measure(name, 13, True)
    words = " ".join(f"{name}: {curve_words(row)}." for name, row in rows.items())
    return Picture.of(p.figure, alt or f"{title or 'Curves'}. {words}")


@drawn_if_seen
def cells(matrix, *, title: str = "", role: str = "", alt: str = "") -> Picture:
    """A matrix, kernel or map with its numbers in the cells, coloured by their sign and size.

    Blue is negative, red positive, 0 nearly white. With a `role` all cells have its soft colour.
    At most 40 rows and columns.
    """
    rows = numbers_2d("cells", "matrix", matrix, most=CELLS_AT_MOST)
    if role:
        one_of("cells", "role", role, ROLES)
    largest = max(abs(value) for row in rows for value in row)
    return grid(
        rows,
        title,
        lambda value: LIGHT[f"{role}_soft"] if role else signed(value, largest, SIGNED_LIGHT),
        alt or f"{title or 'A matrix'} of {size_words(rows)}: {_rows_listed(rows)}.",
    )


@drawn_if_seen
def image(values, *, title: str = "", numbers: bool | None = None, alt: str = "") -> Picture:
    """A grey image, 0 black and the largest value (at least 255, 16 or 1) white.

    `numbers` writes the values into the pixels; where not given, up to 12×12. At most 1,024 rows
    and columns.
    """
    rows = numbers_2d("image", "image", values, most=1024)
    white = _white(rows)
    name = title or "A grey image"
    shown = f"{name}, {size_words(rows)}, 0 is black and {decimal(white)} is white"
    if numbers is None:
        numbers = max(len(rows), len(rows[0])) <= 12
    if numbers and max(len(rows), len(rows[0])) <= CELLS_AT_MOST:
        return grid(
            rows,
            title,
            lambda value: grey(value / white),
            alt or f"{shown}: {_rows_listed(rows)}.",
        )
    words = f"{name}, 0 is black and {decimal(white)} is white: {picture_words(rows)}."
    return images({title: values}, alt=alt or words)


@drawn_if_seen
def images(pictures: Mapping[str, object], *, alt: str = "") -> Picture:
    """Grey images side by side, each under its name and on its own scale from 0 to white."""
    if not 1 <= len(pictures) <= 6:
        raise ValueError(f"images: give one to six images by name, not {len(pictures)}.")
    side = min(340, (WIDTH - 12 * (len(pictures) - 1)) // len(pictures))
    arrays = {
        name: np.array(numbers_2d("images", f"image {name!r}", values, most=1024))
        for name, values in pictures.items()
    }
    tall = max(side * array.shape[0] // array.shape[1] for array in arrays.values())
    titled = any(arrays)
    top = 26 if titled else 0
    p = Painter(len(arrays) * (side + 12) - 12, min(tall, 2 * side) + top)
    for i, (name, array) in enumerate(arrays.items()):
        x = i * (side + 12)
        p.text(name, x + 2, 13, size=14, bold=True, align="left")
        high = side * array.shape[0] / array.shape[1]
        white = _white(array.tolist())
        low = min(0.0, float(array.min()))
        p.axes.imshow(
            array, cmap="gray", vmin=low, vmax=white, extent=(x, x + side, top + high, top),
            interpolation="nearest" if array.shape[1] < 2 * side else "antialiased", zorder=2,
        )  # fmt: skip
    p.axes.set(xlim=(0, p.width), ylim=(p.height, 0), aspect="auto")
    words = ". ".join(f"{name or 'image'}, {picture_words(a)}" for name, a in arrays.items())
    fine = max(array.shape[1] for array in arrays.values()) > 64
    sharpness = PHOTOGRAPH_SHARPNESS if fine else SHARPNESS
    return Picture.of(p.figure, alt or f"{_together(arrays)} {words}.", sharpness)


@drawn_if_seen
def confusion(counts, *, names: Sequence[str] | None = None, alt: str = "") -> Picture:
    """A confusion matrix: a row for each true class, a column for each answer, counts in cells."""
    rows = numbers_2d("confusion", "matrix of counts", counts, most=CELLS_AT_MOST)
    if len(rows) != len(rows[0]):
        raise ValueError(
            f"confusion: the matrix has {size_words(rows)}; give as many rows as columns."
        )
    labels = [str(name) for name in (names or range(len(rows)))]
    totals = [sum(row) or 1 for row in rows]
    shares = [[value / totals[i] for value in row] for i, row in enumerate(rows)]
    flat = iter([value for row in shares for value in row])
    return grid(
        rows, "true class (rows), answer (columns)", lambda _: _blue(next(flat)),
        alt or confusion_words(rows, labels), labels=labels,
    )  # fmt: skip


def _blue(share: float) -> str:
    parts = [(1 - share) + share * part for part in rgb(LIGHT["input"])]
    return "#" + "".join(f"{int(255 * part + 0.5):02x}" for part in parts)


def _white(rows) -> float:
    largest = max(value for row in rows for value in row)
    return next((white for white in (1.0, 16.0, 255.0) if largest <= white), largest)


def _together(arrays) -> str:
    return "A grey image:" if len(arrays) == 1 else "Grey images side by side:"


def _rows_listed(rows) -> str:
    shown = [listed(row, weight, most=10) for row in rows[:10]]
    words = "; ".join(shown)
    if len(rows) <= 10 >= len(rows[0]):
        return words
    return words + "; …" * (len(rows) > 10) + f". Of all, {table_extremes(rows)}"
