"""What a learner sees after a check: HTML in a notebook, text in a shell, points for nbgrader."""

import html
import math
import textwrap
from typing import Any

from convolab.check import demand_table, expected_and_yours, expected_and_yours_page, words
from convolab.check.backticks import as_html
from convolab.check.statuses import status
from convolab.check.verdict import Verdict

MIME = "application/vnd.convolab.report+json"
WIDTH = 80

_CALL = {
    False: "Try this call yourself:",
    True: "Try this call yourself (its arguments are too long to write out here):",
}
_PRE = (
    "margin:0;padding:.3em .6em;white-space:pre-wrap;overflow-wrap:anywhere;color:inherit;"
    "background:rgba(128,128,128,.12)"
)


class Report:
    """The answer of `check`: shown as HTML, printed as text, and to nbgrader a number of points."""

    def __init__(self, name: str, max_points: float, verdict: Verdict):
        self.name = name
        self.verdict = verdict
        self.max_points = float(max_points)
        self.points = _finite(verdict.points, self.max_points)
        self.shown = False

    def __float__(self) -> float:
        return self.points

    def __repr__(self) -> str:
        # nbgrader reads this text as the grade, so it is a plain number and nothing else.
        return repr(self.points)

    @property
    def title(self) -> str:
        """The verdict in a word or two, with points if the exercise is graded."""
        word = status(self.verdict.status).title
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
        for demand in demand_table.as_text(verdict.demands):
            lines += textwrap.wrap(demand, WIDTH - 2, subsequent_indent="  ")
        if self._adds_call:
            lines += [_CALL[self._is_long], *_code_lines(verdict.call)]
        if verdict.difference is not None:
            lines += expected_and_yours.as_text(verdict.difference)
        return "\n  ".join(line[: WIDTH - 2] for line in lines)

    @property
    def _adds_call(self) -> bool:
        """Whether the call that shows the mistake is not in the hint already, to be pasted."""
        return bool(self.verdict.call) and f"`{self.verdict.call}`" not in self.verdict.hint

    @property
    def _is_long(self) -> bool:
        """Whether the call is too long to be written out."""
        return "\n" in self.verdict.call

    def data(self) -> dict[str, Any]:
        """The report for programs, such as the grader and the class report."""
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
        self.shown = True
        return {"text/plain": repr(self), "text/html": self.html(), MIME: self.data()}

    def html(self) -> str:
        """The report as HTML that follows the notebook's light or dark theme."""
        verdict = self.verdict
        colour = status(verdict.status).colour
        named = f"<code>{html.escape(self.name)}</code> {html.escape(self.title)}"
        parts = [f"<p style='margin:0;font-weight:600'>{named}</p>"]
        if verdict.hint:
            parts.append(f"<p style='margin:.4em 0 0'>{as_html(verdict.hint)}</p>")
        if self._adds_call:
            parts.append(
                f"<p style='margin:.6em 0 .2em'>{_CALL[self._is_long]}</p>"
                f"<pre style='{_PRE}'><code>{_escape(verdict.call)}</code></pre>"
            )
        if verdict.difference is not None:
            if verdict.difference.part:
                parts.append(f"<p style='margin:.4em 0 0'>{_escape(_part(verdict))}</p>")
            grids = expected_and_yours_page.as_html(verdict.difference)
            parts.append(f"<div style='margin:.4em 0 0'>{grids}</div>")
        if verdict.demands:
            parts.append(demand_table.as_html(verdict.demands))
        right = [name for name, (won, of) in verdict.aspects.items() if won == of]
        if verdict.status == "partial" and right and not verdict.demands:
            parts.append(
                f"<p style='margin:.4em 0 0'>Right already: {_escape(', '.join(right))}.</p>"
            )
        parts += [f"<p style='margin:.4em 0 0'>{as_html(note)}</p>" for note in verdict.notes]
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


def _code_lines(code: str) -> list[str]:
    """Code for text of 80 columns: only within brackets and at spaces may a line of it end."""
    return [
        f"  {part}"
        for line in code.splitlines()
        for part in textwrap.wrap(line, WIDTH - 6, break_long_words=False, break_on_hyphens=False)
    ]


def _part(verdict: Verdict) -> str:
    part = verdict.difference.part
    return f"{part[0].upper()}{part[1:]}:"
