"""What a learner sees after a check: HTML in a notebook, text in a shell, points for nbgrader."""

import html
import math
import textwrap
from typing import Any

import numpy as np

from convolab.check import demand_table, words
from convolab.check.plain import taken_in
from convolab.check.verdict import Verdict

MIME = "application/vnd.convolab.report+json"
WIDTH = 80
ROWS = 14  # so many places of a 1D result are laid side by side
SIDE = 10  # so many rows and columns of a 2D result are drawn

# Border colours that the colour-blind can tell apart; the word beside them says the same.
_TITLES = {
    "correct": ("Right", "#117733"),
    "partial": ("Partly right", "#997700"),
    "missing": ("To do", "#4477aa"),
}
_NOT_YET = ("Not yet", "#aa3377")


class Report:
    """The answer of `check`: shown as HTML, printed as text, and to nbgrader a number of points."""

    def __init__(self, name: str, max_points: float, verdict: Verdict):
        self.name = name
        self.verdict = verdict
        self.max_points = float(max_points)
        self.points = _finite(verdict.points, self.max_points)

    def __float__(self) -> float:
        return self.points

    def __repr__(self) -> str:
        # nbgrader reads this text as the grade, so it is a plain number and nothing else.
        return repr(self.points)

    @property
    def title(self) -> str:
        """The verdict in a word or two, with points if the exercise is graded."""
        word = _TITLES.get(self.verdict.status, _NOT_YET)[0]
        if not self.max_points:
            return word
        of = f"{words.number(self.points)} of {words.number(self.max_points)} point"
        return f"{word} · {of}{'s' if self.max_points != 1 else ''}"

    def text(self) -> str:
        """The report in plain text, lines of up to 80 characters."""
        verdict = self.verdict
        lines = [f"{self.name}: {self.title}"]
        for part in (verdict.hint, *verdict.notes):
            lines += textwrap.wrap(part, WIDTH - 2)
        lines += demand_table.as_text(verdict.demands)
        found = verdict.difference
        if found is not None:
            if verdict.call and verdict.misconception:
                lines += textwrap.wrap(f"See {verdict.call}:", WIDTH - 2)
            lines += [f"expected {words.show(found.expected)}", f"yours    {words.show(found.got)}"]
        return "\n  ".join(line[: WIDTH - 2] for line in lines)

    def data(self) -> dict[str, Any]:
        """The report for programs: the grader and the class report read it."""
        return {
            "name": self.name,
            "status": self.verdict.status,
            "points": self.points,
            "max_points": self.max_points,
            "hint": self.verdict.hint,
            "misconception": self.verdict.misconception,
            "aspects": {name: list(counts) for name, counts in self.verdict.aspects.items()},
        }

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {"text/plain": repr(self), "text/html": self.html(), MIME: self.data()}

    def html(self) -> str:
        """The report as HTML that follows the notebook's light or dark theme."""
        verdict = self.verdict
        colour = _TITLES.get(verdict.status, _NOT_YET)[1]
        parts = [f"<p style='margin:0;font-weight:600'>{html.escape(self.title)}</p>"]
        if verdict.hint:
            parts.append(f"<p style='margin:.4em 0 0'>{_prose(verdict.hint)}</p>")
        if verdict.difference is not None:
            parts.append(_side_by_side(verdict))
        if verdict.demands:
            parts.append(demand_table.as_html(verdict.demands))
        right = [name for name, (won, of) in verdict.aspects.items() if won == of]
        if verdict.status == "partial" and right and not verdict.demands:
            parts.append(
                f"<p style='margin:.4em 0 0'>Right already: {_escape(', '.join(right))}.</p>"
            )
        parts += [f"<p style='margin:.4em 0 0'>{_escape(note)}</p>" for note in verdict.notes]
        return (
            f"<div role='group' aria-label='Check of {_escape(self.name)}' "
            f"style='border-left:6px solid {colour};padding:.5em .9em;max-width:46em;"
            f"line-height:1.45'>{''.join(parts)}</div>"
        )


def _finite(points: float, most: float) -> float:
    """Points as nbgrader can store them: finite, between 0 and the maximum, rounded to 0.01."""
    points = float(points)
    if not math.isfinite(points):
        return 0.0
    return points if points == most else min(max(round(points, 2), 0.0), most)


def _escape(text: str) -> str:
    return html.escape(text, quote=True)


def _prose(text: str) -> str:
    """A sentence; what stands between `backticks` is set as code."""
    parts = text.split("`")
    return "".join(
        f"<code>{_escape(part)}</code>" if place % 2 else _escape(part)
        for place, part in enumerate(parts)
    )


def _side_by_side(verdict: Verdict) -> str:
    """Expected, yours and their difference, as one table or three small grids."""
    found = verdict.difference
    head = f"<p style='margin:.6em 0 .2em'><code>{_escape(verdict.call)}</code>"
    head += f" {_escape(found.part)}</p>" if found.part else "</p>"
    expected, got = _numbers(found.expected), _numbers(found.got)
    if expected is None or got is None or expected.ndim != got.ndim or expected.ndim > 2:
        return head
    with np.errstate(all="ignore"):
        if expected.ndim == 2:
            return head + _grids(expected, got)
        return head + _columns(np.atleast_1d(expected), np.atleast_1d(got), expected.ndim == 0)


def _numbers(value: Any) -> np.ndarray | None:
    """What can stand in a table: an array of numbers that are not complex; None if it is none."""
    value = taken_in(value)
    if isinstance(value, (bool, int, float, np.generic)):
        value = np.asarray(value)  # of a number that fits into no array, an array of objects
    return value if isinstance(value, np.ndarray) and value.dtype.kind in "biuf" else None


_CELL = "padding:.15em .55em;text-align:right;border:1px solid rgba(128,128,128,.45)"
_WRONG = f"{_CELL};font-weight:700;background:rgba(204,121,167,.28)"


def _columns(expected: np.ndarray, got: np.ndarray, single: bool) -> str:
    """A table with one row a place; places that differ are bold and marked with a sign."""
    length, common = max(expected.size, got.size), min(expected.size, got.size)
    same = np.isclose(got[:common], expected[:common], rtol=1e-6, atol=1e-6)
    differs = int(same.argmin()) if not same.all() else common if common < length else 0
    first = max(0, min(differs - 2, length - ROWS))
    rows = []
    for place in range(first, min(length, first + ROWS)):
        both = place < common
        wrong = not both or not same[place]
        style = _WRONG if wrong else _CELL
        right = words.number(expected[place]) if place < expected.size else "–"
        yours = words.number(got[place]) if place < got.size else "–"
        if right == yours and wrong:  # they differ further behind the point
            right, yours = f"{float(expected[place]):.9g}", f"{float(got[place]):.9g}"
        off = words.number(float(got[place]) - float(expected[place])) if both else "–"
        cells = ([] if single else [str(place)]) + [
            right, yours, f"{off} ≠" if wrong else off,
        ]  # fmt: skip
        rows.append(
            "<tr>" + "".join(f"<td style='{style}'>{cell}</td>" for cell in cells) + "</tr>"
        )
    heads = ([] if single else ["place"]) + ["expected", "yours", "difference"]
    header = "".join(f"<th scope='col' style='{_CELL}'>{name}</th>" for name in heads)
    more = length - first - ROWS
    tail = f"<p style='margin:.2em 0 0'>and {more} more places</p>" if more > 0 else ""
    return (
        f"<table style='border-collapse:collapse;margin:0'><thead><tr>{header}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>{tail}"
    )


def _grids(expected: np.ndarray, got: np.ndarray) -> str:
    """Expected, yours and difference as three small drawn grids."""
    grids = [_grid("expected", expected, None), _grid("yours", got, None)]
    if expected.shape == got.shape:
        off = got.astype(float) - expected.astype(float)
        grids[1] = _grid("yours", got, off)
        grids.append(_grid("difference", off, off))
    return "<div style='display:flex;flex-wrap:wrap;gap:1em'>" + "".join(grids) + "</div>"


def _grid(title: str, values: np.ndarray, off: np.ndarray | None) -> str:
    rows = []
    for i, row in enumerate(values[:SIDE]):
        cells = []
        for j, value in enumerate(row[:SIDE]):
            wrong = off is not None and not abs(off[i, j]) <= 1e-6  # nan is wrong
            cells.append(f"<td style='{_WRONG if wrong else _CELL}'>{words.number(value)}</td>")
        rows.append("<tr>" + "".join(cells) + "</tr>")
    shape = " × ".join(str(n) for n in values.shape)
    cut = " (top left part)" if max(values.shape) > SIDE else ""
    return (
        "<table style='border-collapse:collapse;margin:0'>"
        f"<caption style='text-align:left;white-space:nowrap'>{title}, {shape}{cut}</caption>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )
