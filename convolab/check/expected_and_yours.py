"""Expected and yours around the first place where they differ: as a table or grids, and as text."""

import html
import textwrap
from collections.abc import Iterator
from typing import Any

import numpy as np

from convolab.check import words
from convolab.check.compare import Difference
from convolab.check.plain import taken_in
from convolab.check.relations.exercise_words import AXES

ROWS = 14  # so many places of a 1D result are laid side by side
SIDE = 10  # so many rows and columns of a 2D result are drawn
FEW = 12  # numbers that are shown whole in a line of text
WIDTH = 76  # characters of a line of text
_CELL = "padding:.15em .55em;text-align:right;border:1px solid rgba(128,128,128,.45)"
_HEAD = f"{_CELL};font-weight:400;opacity:.75"
_WRONG = f"{_CELL};font-weight:700;background:rgba(204,121,167,.28)"


def as_text(found: Difference) -> list[str]:
    """Lines of text: where the first difference is, and both values around it."""
    expected, got = _numbers(found.expected), _numbers(found.got)
    place = None if expected is None or got is None else _first(expected, got, found.tolerance)
    if place is None or not expected.ndim:
        return [_cut(f"expected {words.show(found.expected)}"),
                _cut(f"yours    {words.show(found.got)}")]  # fmt: skip
    where = _where(expected, got, place, found.part)
    if expected.ndim <= 2 and max(expected.size, got.size) <= FEW:
        rows = [words.show(expected), words.show(got)]
    else:
        rows = _rows(expected, got, place)
        if expected.ndim > 1:
            where += " Around it, in its row:"
    return [*textwrap.wrap(where, WIDTH), f"expected {rows[0]}", f"yours    {rows[1]}"]


def _cut(line: str) -> str:
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…"


def as_html(found: Difference) -> str:
    """A table of the places, or small grids, around the first difference; "" if the values are
    not numbers that can be shown side by side."""
    expected, got = _numbers(found.expected), _numbers(found.got)
    if expected is None or got is None or expected.ndim != got.ndim:
        return ""
    with np.errstate(all="ignore"):
        place = _first(expected, got, found.tolerance)
        if expected.ndim > 2:
            if place is None:
                return ""
            at = _at(place[:-2], expected.ndim, found.part)
            above = f"<p style='margin:.2em 0'>{html.escape(at)}:</p>"
            return above + _grids(expected[place[:-2]], got[place[:-2]], place[-2:], found)
        if expected.ndim == 2:
            return _grids(expected, got, place or (0, 0), found)
        one = np.atleast_1d(expected), np.atleast_1d(got)
        return _columns(*one, place or (0,), expected.ndim == 0, found)


def _numbers(value: Any) -> np.ndarray | None:
    """The value if it can be shown in a table: an array of numbers that are not complex; else
    None."""
    value = taken_in(value)
    if isinstance(value, (bool, int, float, np.generic)):
        value = np.asarray(value)  # of a number that fits into no array, an array of objects
    return value if isinstance(value, np.ndarray) and value.dtype.kind in "biuf" else None


def _wrong(expected: np.ndarray, got: np.ndarray, tolerance: float) -> np.ndarray:
    """Where two arrays of the same shape differ by more than is allowed."""
    with np.errstate(all="ignore"):
        right, yours = expected.astype(float), got.astype(float)
        near = np.abs(yours - right) <= tolerance * np.maximum(1, np.abs(right))
        same = (right == yours) | (np.isnan(right) & np.isnan(yours))
        return ~np.where(np.isfinite(right), near, same)


def _first(expected: np.ndarray, got: np.ndarray, tolerance: float) -> tuple[int, ...] | None:
    """The first place in reading order that differs; for rows of different lengths, perhaps the
    first that only one of them has. None if there is none worth naming."""
    if expected.shape == got.shape:
        off = _wrong(expected, got, tolerance)
    elif expected.ndim == got.ndim == 1:
        common = min(expected.size, got.size)
        off = np.append(_wrong(expected[:common], got[:common], tolerance), True)
    else:
        return None
    if not off.any():
        return None
    return tuple(int(at) for at in np.unravel_index(off.argmax(), off.shape))


def _where(expected: np.ndarray, got: np.ndarray, place: tuple[int, ...], part: str) -> str:
    """The first difference in a sentence."""
    at = _at(place, expected.ndim, part)
    if place[0] >= min(len(expected), len(got)):
        return f"There is no {at} in {'yours' if len(got) < len(expected) else 'what is expected'}."
    right, yours = _pair(expected[place], got[place])
    return f"The first difference is at {at}: expected {right}, yours {yours}."


def _at(place: tuple[int, ...], ndim: int, part: str) -> str:
    """A place, or the beginning of one, in words: "row 3, column 5", "channel 1"."""
    names = AXES.get(ndim)
    if names is None or (part and ndim > 2):  # weights have other axes than pictures
        return f"[{', '.join(map(str, place))}]" + (f" of {part}" if part else "")
    at = ", ".join(f"{name} {number}" for name, number in zip(names, place, strict=False))
    return f"{at} of {part}" if part else at


def _pair(right: Any, yours: Any) -> tuple[str, str]:
    """Two numbers that differ, with as many digits as show it."""
    shown = words.number(right), words.number(yours)
    if shown[0] != shown[1]:
        return shown
    return f"{float(right):.9g}", f"{float(yours):.9g}"


# --- As text.


def _rows(expected: np.ndarray, got: np.ndarray, place: tuple[int, ...]) -> list[str]:
    """The two rows in which the first difference is, around it."""
    cells = [_texts(one[place[:-1]], place[-1]) for one in (expected, got)]
    first, last = _window(cells, place[-1])
    return [_row(one, first, last) for one in cells]


def _texts(row: np.ndarray, at: int) -> dict[int, str]:
    """The numbers of a row near a place, by their place; dots stand for the next ones."""
    first, last = max(0, at - WIDTH // 3), min(len(row), at + WIDTH // 3)
    texts = {place: words.number(row[place]) for place in range(first, last)}
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


# --- As HTML.


def _columns(
    expected: np.ndarray, got: np.ndarray, at: tuple[int], single: bool, found: Difference
) -> str:
    """A table with one row a place; places that differ are bold and marked with a sign."""
    length, common = max(expected.size, got.size), min(expected.size, got.size)
    wrong = _wrong(expected[:common], got[:common], found.tolerance)
    first = max(0, min(at[0] - 2, length - ROWS))
    rows = []
    for place in range(first, min(length, first + ROWS)):
        both = place < common
        off = not both or bool(wrong[place])
        right = words.number(expected[place]) if place < expected.size else "–"
        yours = words.number(got[place]) if place < got.size else "–"
        if both and off:
            right, yours = _pair(expected[place], got[place])
        by = words.number(float(got[place]) - float(expected[place])) if both else "–"
        cells = ([] if single else [str(place)]) + [right, yours, f"{by} ≠" if off else by]
        style = _WRONG if off else _CELL
        rows.append("".join(f"<td style='{style}'>{cell}</td>" for cell in cells))
    heads = ([] if single else ["place"]) + ["expected", "yours", "difference"]
    header = "".join(f"<th scope='col' style='{_CELL}'>{name}</th>" for name in heads)
    more = length - first - ROWS
    left = [f"{first} places before these"] if first else []
    left += [f"{more} after"] if more > 0 else []
    tail = f"<p style='margin:.2em 0 0'>and {' and '.join(left)}</p>" if left else ""
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return (
        f"<table style='border-collapse:collapse;margin:0'><thead><tr>{header}</tr></thead>"
        f"<tbody>{body}</tbody></table>{tail}"
    )


def _grids(expected: np.ndarray, got: np.ndarray, at: tuple[int, ...], found: Difference) -> str:
    """Expected, yours and difference as three small drawn grids."""
    off = wrong = None
    if expected.shape == got.shape:
        off = got.astype(float) - expected.astype(float)
        wrong = _wrong(expected, got, found.tolerance)
    grids = [_grid("expected", expected, at, None), _grid("yours", got, at, wrong)]
    if off is not None:
        grids.append(_grid("difference", off, at, wrong))
    return "<div style='display:flex;flex-wrap:wrap;gap:1em'>" + "".join(grids) + "</div>"


def _grid(title: str, values: np.ndarray, at: tuple[int, ...], wrong: np.ndarray | None) -> str:
    """The part of a table of numbers that is around a place, with the numbers of its rows and
    columns where it is not the whole."""
    rows, columns = (
        range(max(0, min(place - 3, length - SIDE)), length)[:SIDE]
        for place, length in zip(at, values.shape, strict=True)
    )
    part = max(values.shape) > SIDE
    lines = ["".join(_heads(columns, "col"))] if part else []
    for i in rows:
        cells = [f"<th scope='row' style='{_HEAD}'>{i}</th>"] if part else []
        for j in columns:
            style = _WRONG if wrong is not None and wrong[i, j] else _CELL
            cells.append(f"<td style='{style}'>{words.number(values[i, j])}</td>")
        lines.append("".join(cells))
    shape = " × ".join(str(n) for n in values.shape)
    cut = ", the part around the first difference" if part else ""
    return (
        "<table style='border-collapse:collapse;margin:0'>"
        f"<caption style='text-align:left;white-space:nowrap'>{title}, {shape}{cut}</caption>"
        f"<tbody>{''.join(f'<tr>{line}</tr>' for line in lines)}</tbody></table>"
    )


def _heads(columns: range, scope: str) -> Iterator[str]:
    yield f"<td style='{_HEAD}'></td>"
    for place in columns:
        yield f"<th scope='{scope}' style='{_HEAD}'>{place}</th>"
