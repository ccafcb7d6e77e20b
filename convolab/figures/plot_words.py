"""What the static plots say: alternative text with what one would look for in the picture."""

from __future__ import annotations

import numpy as np

from convolab.figures.number_text import counted, decimal, listed

LISTED = 14  # numbers that are said one by one
POINTS = 6  # of a long curve
THIRDS = ("top", "middle", "bottom")


def row_words(numbers, start: int = 0) -> str:
    """All numbers of a short row; of a long one also where it is lowest and highest."""
    words = f"{counted(len(numbers), 'number')}: {listed(numbers, most=LISTED)}"
    return words if len(numbers) <= LISTED else f"{words}; {extremes(numbers, start)}"


def extremes(numbers, start: int = 0) -> str:
    """Where a row is lowest and highest."""
    low, high = int(np.argmin(numbers)), int(np.argmax(numbers))
    if numbers[low] == numbers[high]:
        return f"all {decimal(numbers[low])}"
    return (
        f"lowest {decimal(numbers[low])} at {start + low}, "
        f"highest {decimal(numbers[high])} at {start + high}"
    )


def curve_words(numbers) -> str:
    """The course of a curve: a short one whole, a long one at some places, and its extremes."""
    if len(numbers) <= LISTED:
        return row_words(numbers)
    places = np.linspace(0, len(numbers) - 1, POINTS).astype(int)
    points = ", ".join(f"{decimal(numbers[at], 3)} at {at}" for at in places)
    return f"{counted(len(numbers), 'number')}, {points}; {extremes(numbers)}"


def differences(first, second) -> str:
    """Where two rows of the same length differ, and by how much at most; empty for two lengths."""
    if len(first) != len(second):
        return ""
    off = np.abs(np.subtract(first, second))
    places = np.flatnonzero(off > 1e-9)
    if not len(places):
        return " They are the same."
    where = "everywhere" if len(places) == len(first) else f"at {listed(places, str, most=LISTED)}"
    return f" They differ {where}, most at {int(off.argmax())}, by {decimal(off.max())}."


def size_words(rows) -> str:
    """Rows and columns of a table."""
    return f"{counted(len(rows), 'row')} and {counted(len(rows[0]), 'column')}"


def table_extremes(rows) -> str:
    """Where a table of numbers is lowest and highest."""
    array, places = np.asarray(rows, dtype=float), []
    for name, at in (("lowest", array.argmin()), ("highest", array.argmax())):
        row, column = np.unravel_index(int(at), array.shape)
        places.append(f"{name} {decimal(array[row, column])} at row {row}, column {column}")
    return ", ".join(places)


def picture_words(values) -> str:
    """How bright an image is, where it is brightest, and, if it is large enough, in each ninth."""
    array = np.asarray(values, dtype=float)
    if array.min() == array.max():
        return f"{size_words(array)}, all {decimal(array.min())}"
    row, column = np.unravel_index(int(array.argmax()), array.shape)
    words = (
        f"{size_words(array)}, from {decimal(array.min())} to {decimal(array.max())}, mean "
        f"{decimal(array.mean())}, brightest at row {row}, column {column}"
    )
    if min(array.shape) < 3:
        return words
    ninths = [
        ", ".join(decimal(part.mean()) for part in np.array_split(band, 3, axis=1))
        for band in np.array_split(array, 3)
    ]
    if array.shape == (3, 3):
        return f"{words}; its rows: {'; '.join(ninths)}"
    thirds = "; ".join(f"{name} {row}" for name, row in zip(THIRDS, ninths, strict=True))
    return f"{words}; means of its ninths, left to right: {thirds}"


def confusion_words(rows, labels) -> str:
    """The share that is right, the commonest mistakes, and every class with its mistakes."""
    total = sum(sum(row) for row in rows)
    right = sum(rows[i][i] for i in range(len(rows)))
    mistakes = sorted(
        ((-n, i, j) for i, row in enumerate(rows) for j, n in enumerate(row) if i != j and n)
    )
    words = f"Confusion matrix: {decimal(right)} of {decimal(total)} right"
    words += f", {decimal(100 * right / total, 1)} %." if total else "."
    if not mistakes:
        return words
    worst = ", ".join(f"{labels[i]} taken for {labels[j]} {_times(-n)}" for n, i, j in mistakes[:3])
    return f"{words} Most often wrong: {worst}. By true class: {_by_class(rows, labels)}."


def _by_class(rows, labels) -> str:
    parts = []
    for i, row in enumerate(rows):
        part = f"{labels[i]} right {decimal(row[i])} of {decimal(sum(row))}"
        wrong = [f"{labels[j]} {_times(n)}" for j, n in enumerate(row) if j != i and n]
        parts.append(f"{part}, taken for {', '.join(wrong)}" if wrong else part)
    return "; ".join(parts)


def _times(number: float) -> str:
    return {1: "once", 2: "twice"}.get(number) or f"{decimal(number)} times"
