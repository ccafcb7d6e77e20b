"""Expected and yours around the first place where they differ, as text; as a page next door.

What differs has the sign ≠ before it.
"""

import textwrap
from typing import Any

import numpy as np

from convolab.check import words
from convolab.check.compare import Difference
from convolab.check.plain import taken_in
from convolab.check.relations.exercise_words import AXES

MARK = "≠"  # before what differs
FEW = 12  # numbers that are shown whole in a line of text
TEXT = 48  # characters of a text
WIDTH = 76  # characters of a line of text


def as_text(found: Difference) -> list[str]:
    """Lines of text: where the first difference is, and both values around it."""
    if isinstance(found.expected, str) and isinstance(found.got, str):
        return _texts_apart(found.expected, found.got)
    expected, got = numbers_of(found.expected), numbers_of(found.got)
    place = None if expected is None or got is None else first_place(expected, got, found.tolerance)
    if place is None or not expected.ndim:
        part = [_cut(f"At {found.part}:")] if found.part else []
        return [*part, _cut(f"expected {words.show(found.expected)}"),
                _cut(f"yours    {words.show(found.got)}")]  # fmt: skip
    where, off = where_it_is(expected, got, place, found.part), _off(expected, got, found.tolerance)
    rows = [_whole(expected, None), _whole(got, off)] if _is_small(expected, got) else []
    if not rows or max(map(len, rows)) > WIDTH - len("expected "):
        rows = _rows(expected, got, place, off)
        if expected.ndim > 1:
            where += " Around it, in its row:"
    return [*textwrap.wrap(where, WIDTH), f"expected {rows[0]}", f"yours    {rows[1]}"]


def _is_small(expected: np.ndarray, got: np.ndarray) -> bool:
    return expected.ndim <= 2 and max(expected.size, got.size) <= FEW


def _texts_apart(expected: str, got: str) -> list[str]:
    """Two texts from a little before the first character in which they differ."""
    at = next((i for i, (a, b) in enumerate(zip(expected, got, strict=False)) if a != b),
              min(len(expected), len(got)))  # fmt: skip
    start = at - TEXT // 3 if at > TEXT // 2 else 0
    lines = [
        ("… " if start else "") + repr(one[start : start + TEXT]) + " …" * (len(one) > start + TEXT)
        for one in (expected, got)
    ]
    where = f"The first difference is at character {at}, counted from 0."
    return [where, _cut(f"expected {lines[0]}"), _cut(f"yours    {lines[1]}")]


def _cut(line: str) -> str:
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…"


def numbers_of(value: Any) -> np.ndarray | None:
    """The value if it can be shown in a table: an array of numbers; else None."""
    value = taken_in(value)
    if isinstance(value, (bool, int, float, np.generic)):
        value = np.asarray(value)  # of a number that fits into no array, an array of objects
    return value if isinstance(value, np.ndarray) and value.dtype.kind in "biufc" else None


def wide(*arrays: np.ndarray) -> list[np.ndarray]:
    """The same as floats, or as complex numbers where some are."""
    kind = complex if any(array.dtype.kind == "c" for array in arrays) else float
    return [array.astype(kind) for array in arrays]


def wrong_places(expected: np.ndarray, got: np.ndarray, tolerance: float) -> np.ndarray:
    """Where two arrays of the same shape differ by more than is allowed."""
    with np.errstate(all="ignore"):
        right, yours = wide(expected, got)
        near = np.abs(yours - right) <= tolerance * np.maximum(1, np.abs(right))
        same = (right == yours) | (np.isnan(right) & np.isnan(yours))
        return ~np.where(np.isfinite(right), near, same)


def _off(expected: np.ndarray, got: np.ndarray, tolerance: float) -> np.ndarray | None:
    """Where two arrays differ, including the places that only the longer of two rows has. None for
    shapes that cannot be compared place by place."""
    if expected.shape == got.shape:
        return wrong_places(expected, got, tolerance)
    if not expected.ndim == got.ndim == 1:
        return None
    common, longest = sorted((expected.size, got.size))
    off = np.ones(longest, bool)
    off[:common] = wrong_places(expected[:common], got[:common], tolerance)
    return off


def first_place(expected: np.ndarray, got: np.ndarray, tolerance: float) -> tuple[int, ...] | None:
    """The first place in reading order that differs; for rows of different lengths, perhaps the
    first that only one of them has. None if there is none worth naming."""
    off = _off(expected, got, tolerance)
    if off is None or not off.any():
        return None
    return tuple(int(at) for at in np.unravel_index(off.argmax(), off.shape))


def where_it_is(expected: np.ndarray, got: np.ndarray, place: tuple[int, ...], part: str) -> str:
    """The first difference in a sentence."""
    at = place_in_words(place, expected.ndim, part)
    if place[0] >= min(len(expected), len(got)):
        return f"There is no {at} in {'yours' if len(got) < len(expected) else 'what is expected'}."
    right, yours = told_apart(expected[place], got[place])
    return f"The first difference is at {at}: expected {right}, yours {yours}."


def place_in_words(place: tuple[int, ...], ndim: int, part: str) -> str:
    """A place, or the beginning of one, in words: "row 3, column 5", "channel 1"."""
    names = AXES.get(ndim)
    if names is None or (part and ndim > 2):  # weights have other axes than pictures
        return f"[{', '.join(map(str, place))}]" + (f" of {part}" if part else "")
    at = ", ".join(f"{name} {number}" for name, number in zip(names, place, strict=False))
    return f"{at} of {part}" if part else at


def told_apart(right: Any, yours: Any) -> tuple[str, str]:
    """Two numbers that differ, with as many digits as show it."""
    shown = words.number(right), words.number(yours)
    if shown[0] != shown[1]:
        return shown
    right, yours = wide(np.asarray(right), np.asarray(yours))
    return f"{right.item():.9g}", f"{yours.item():.9g}"


def _whole(values: np.ndarray, off: np.ndarray | None) -> str:
    """All numbers of a small array; those of yours that are off are marked."""
    if values.ndim > 1:
        inside = [_whole(row, None if off is None else off[i]) for i, row in enumerate(values)]
    else:
        inside = [_marked(one, off is not None and off[i]) for i, one in enumerate(values)]
    return f"[{', '.join(inside)}]"


def _marked(value: Any, off: bool) -> str:
    return f"{MARK if off else ''}{words.number(value)}"


def _rows(
    expected: np.ndarray, got: np.ndarray, place: tuple[int, ...], off: np.ndarray
) -> list[str]:
    """The two rows in which the first difference is, around it."""
    row, at = place[:-1], place[-1]
    cells = [_texts(expected[row], at, None), _texts(got[row], at, off[row])]
    first, last = _window(cells, place[-1])
    return [_row(one, first, last) for one in cells]


def _texts(row: np.ndarray, at: int, off: np.ndarray | None) -> dict[int, str]:
    """The numbers of a row near a place, by their place; dots stand for the next ones."""
    first, last = max(0, at - WIDTH // 3), min(len(row), at + WIDTH // 3)
    texts = {
        place: _marked(row[place], off is not None and off[place]) for place in range(first, last)
    }
    dots = {place: "…" for place in (first - 1, last) if 0 <= place < len(row)}
    return texts | dots


def _window(rows: list[dict[int, str]], at: int) -> tuple[int, int]:
    """The first and last place between which rows of numbers fit into a line of text."""
    places = sorted({place for row in rows for place in row})
    first, last, ahead = at, at + 1, True
    while True:
        grown = [(first, last + 1), (first - 1, last)][:: 1 if ahead else -1]
        able = [
            (a, b)
            for a, b in grown
            if a >= places[0] and b <= places[-1] + 1 and all(_fits(row, a, b) for row in rows)
        ]
        if not able:
            return first, last
        first, last = able[0]
        ahead = not ahead


def _fits(row: dict[int, str], first: int, last: int) -> bool:
    return len(_row(row, first, last)) <= WIDTH - len("expected ")


def _row(texts: dict[int, str], first: int, last: int) -> str:
    inside = ", ".join(texts[place] for place in range(first, last) if place in texts)
    before, after = (any(test(place) for place in texts) for test in
                     (lambda place: place < first, lambda place: place >= last))  # fmt: skip
    return f"[{'…, ' if before else ''}{inside}{', …' if after else ''}]"
