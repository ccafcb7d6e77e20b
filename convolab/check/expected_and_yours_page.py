"""Expected and yours around the first place where they differ, in a page: as a table or grids.

What differs is bold on a colour and has the sign ≠ before it, which is also seen without colours
and heard.
"""

import html
from collections.abc import Iterator

import numpy as np

from convolab.check import words
from convolab.check.compare import Difference
from convolab.check.expected_and_yours import (
    MARK,
    first_place,
    numbers_of,
    place_in_words,
    told_apart,
    where_it_is,
    wide,
    wrong_places,
)

ROWS = 13  # so many places of a 1D result are laid side by side
SIDE = 10  # so many rows and columns of a 2D result are drawn
_CELL = "padding:.15em .55em;text-align:right;border:1px solid rgba(128,128,128,.45)"
_HEAD = f"{_CELL};font-weight:400;opacity:.75"
_WRONG = f"{_CELL};font-weight:700;background:rgba(204,121,167,.28)"


def as_html(found: Difference) -> str:
    """A table of the places, or small grids, around the first difference; "" if the values are
    not numbers that can be shown side by side."""
    expected, got = numbers_of(found.expected), numbers_of(found.got)
    if expected is None or got is None or expected.ndim != got.ndim:
        return ""
    with np.errstate(all="ignore"):
        place = first_place(expected, got, found.tolerance)
        if expected.ndim > 2:
            if place is None:
                return ""
            at = f" Around it, in {place_in_words(place[:-2], expected.ndim, found.part)}:"
            above = _above(expected, got, place, at)
            return above + _grids(expected[place[:-2]], got[place[:-2]], place[-2:], found)
        above = "" if place is None or not expected.ndim else _above(expected, got, place)
        if expected.ndim == 2:
            return above + _grids(expected, got, place or (0, 0), found)
        one = np.atleast_1d(expected), np.atleast_1d(got)
        return above + _columns(*one, place or (0,), expected.ndim == 0, found)


def _above(expected: np.ndarray, got: np.ndarray, place: tuple[int, ...], more: str = "") -> str:
    """Where the first difference is, above the numbers."""
    says = html.escape(where_it_is(expected, got, place, "") + more)
    return f"<p style='margin:.2em 0'>{says}</p>"


def _columns(
    expected: np.ndarray, got: np.ndarray, at: tuple[int], single: bool, found: Difference
) -> str:
    """A table with one row a place; places that differ are bold and marked with a sign."""
    length, common = max(expected.size, got.size), min(expected.size, got.size)
    wrong = wrong_places(expected[:common], got[:common], found.tolerance)
    first = max(0, min(at[0] - 2, length - ROWS))
    rows = []
    for place in range(first, min(length, first + ROWS)):
        both = place < common
        off = not both or bool(wrong[place])
        right = words.number(expected[place]) if place < expected.size else "–"
        yours = words.number(got[place]) if place < got.size else "–"
        if both and off:
            right, yours = told_apart(expected[place], got[place])
        by = words.number(np.subtract(*wide(got[place], expected[place]))) if both else "–"
        cells = ([] if single else [str(place)]) + [right, f"{MARK} {yours}" if off else yours, by]
        style = _WRONG if off else _CELL
        rows.append("".join(f"<td style='{style}'>{cell}</td>" for cell in cells))
    heads = ([] if single else ["place"]) + ["expected", "yours", "difference"]
    header = "".join(f"<th scope='col' style='{_CELL}'>{name}</th>" for name in heads)
    more = length - first - ROWS
    left = [f"{words.counted(first, 'place')} before these"] if first else []
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
        off = np.subtract(*wide(got, expected))
        wrong = wrong_places(expected, got, found.tolerance)
    grids = [_grid("expected", expected, at, None), _grid("yours", got, at, wrong, marked=True)]
    if off is not None:
        grids.append(_grid("difference", off, at, wrong))
    # In a narrow notebook a wide grid is scrolled, also by keyboard, and does not widen the page.
    look = "display:flex;flex-wrap:wrap;gap:1em;overflow-x:auto"
    return f"<div tabindex='0' style='{look}'>{''.join(grids)}</div>"


def _grid(
    title: str,
    values: np.ndarray,
    at: tuple[int, ...],
    wrong: np.ndarray | None,
    marked: bool = False,
) -> str:
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
            off = wrong is not None and wrong[i, j]
            mark = f"{MARK} " if off and marked else ""
            style = _WRONG if off else _CELL
            cells.append(f"<td style='{style}'>{mark}{words.number(values[i, j])}</td>")
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
