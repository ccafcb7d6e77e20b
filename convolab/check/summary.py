"""`summary()`: all exercises of a lesson, how far each one is, and what to do next."""

import html
import os
import sys
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from convolab.check import ask, cases, kernel, progress
from convolab.check.answer import Local
from convolab.check.backticks import as_html
from convolab.check.cases import Cases
from convolab.check.demand_table import CELL
from convolab.check.outline import Outline, OutlineEntry, OutlineReport, find_outline
from convolab.check.progress import Row, next_step, read_by_teacher, total
from convolab.check.report import WIDTH
from convolab.check.statuses import status
from convolab.check.verdict import Verdict
from convolab.problem import Problem

_SMALL = "font-size:.9em;opacity:.75"
_P = "margin:.4em 0 0"


class Summary:
    """The table of a lesson: shown as HTML in a notebook and as text elsewhere."""

    def __init__(
        self,
        title: str,
        rows: Sequence[Row] = (),
        problem: str = "",
        reports: Sequence[OutlineReport] = (),
    ):
        self.title = title
        self.rows = tuple(rows)
        self.problem = problem
        self.reports = tuple(reports)
        self.shown = False

    def __repr__(self) -> str:
        return self.text()

    def text(self) -> str:
        """The summary in plain text."""
        if self.problem:
            return self.problem
        name = max((len(row.name) for row in self.rows), default=0)
        points = max((len(row.scored) for row in self.rows), default=0)
        lines = [
            f"  {row.name:{name}}  {row.scored:>{points}}  {row.says}".rstrip() for row in self.rows
        ]
        after = [*textwrap.wrap(next_step(self.rows, self.reports), WIDTH), progress.VISIBLE]
        after += textwrap.wrap(read_by_teacher(self.reports), WIDTH)
        return "\n".join([f"{self.title}: {total(self.rows)}", *lines, *after])

    def html(self) -> str:
        """The summary as HTML that follows the notebook's light or dark theme."""
        if self.problem:
            return self._framed(
                f"<p style='margin:0'>{as_html(self.problem)}</p>", status("wrong").colour
            )
        done = all(row.right for row in self.rows)
        heads = "".join(
            f"<th scope='col' style='{CELL}'>{head}</th>"
            for head in ("exercise", "points", "status")
        )
        read = read_by_teacher(self.reports)
        read = f"<p style='{_P}'>{as_html(read)}</p>" if read else ""
        head = f"<p style='margin:0;font-weight:600'>{html.escape(self.title)}</p>"
        head += f"<p style='{_P}'>{html.escape(total(self.rows))}</p>"
        return self._framed(
            f"{head}<p style='{_P}'>{as_html(next_step(self.rows, self.reports))}</p>"
            "<table style='border-collapse:collapse;margin:.6em 0 0'>"
            f"<thead><tr>{heads}</tr></thead><tbody>{''.join(map(_row, self.rows))}</tbody></table>"
            f"<p style='{_P}'>{progress.VISIBLE}</p>{read}",
            status("correct" if done else "missing").colour,
        )

    def _framed(self, inside: str, colour: str) -> str:
        return (
            f"<div role='group' aria-label='{html.escape(self.title, quote=True)}' "
            f"style='border-left:6px solid {colour};padding:.5em .9em;max-width:46em;"
            f"line-height:1.45;overflow-x:auto'>{inside}</div>"
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        self.shown = True
        return {"text/plain": self.text(), "text/html": self.html()}


def _row(row: Row) -> str:
    colour = status(row.status).colour
    where = f"<br><span style='{_SMALL}'>{html.escape(row.heading)}</span>" if row.heading else ""
    return (
        f"<tr><th scope='row' style='{CELL};font-weight:400'><code>{html.escape(row.name)}</code>"
        f"{where}</th>"
        f"<td style='{CELL};white-space:nowrap'>{row.scored}</td>"
        f"<td style='{CELL};border-left:5px solid {colour}'>{html.escape(row.says)}</td></tr>"
    )


def summary(lesson: str = "") -> Summary:
    """Show all exercises of a lesson as they are now, with the points so far and what to do next.

    Slow parts are left out: for the points of a speed test or a training, the last check of the
    same function counts.

    Args:
        lesson: its number or id, such as "01"; if left out, the notebook's names tell which it is.

    Returns:
        A table: HTML in a notebook, printed text in a shell.
    """
    if ask.is_nested():
        return Summary(
            "Summary", problem="A check is running: run summary again when it has finished."
        )
    names = kernel.notebook_names(sys._getframe(1))
    try:
        outline = find_outline(lesson, names)
    except Problem as problem:
        made = Summary("Summary", problem=str(problem))
    else:
        made = Summary(outline.called, rows_of(outline, names), reports=outline.reports)
    if kernel.shows_html():
        kernel.show_if_nothing_does(made)
    elif os.environ.get("NBGRADER_EXECUTION") != "validate":
        print(made.text())
    return made


def rows_of(outline: Outline, names: Mapping[str, Any]) -> list[Row]:
    """How far each exercise of a lesson is.

    Args:
        names: those of the notebook.
    """
    rows = []
    for exercise in outline.exercises:
        try:
            rows.append(_row_of(exercise, names))
        except Problem as problem:
            rows.append(Row(exercise.name, exercise.heading, "wrong", 0.0, 0.0, str(problem)))
        except Exception as error:  # a mistake of the course's own costs one row
            says = f"It could not be judged ({type(error).__name__}): run its check."
            rows.append(Row(exercise.name, exercise.heading, "error", 0.0, 0.0, says))
    return rows


def _row_of(exercise: OutlineEntry, names: Mapping[str, Any]) -> Row:
    of = cases.load(exercise.name)
    answer = Local(names, exercise.name)
    verdict = ask.judge_alone(of, answer, race=False)
    row = Row(exercise.name, exercise.heading, verdict.status, verdict.points, of.points)
    if not answer.exists:
        broken = kernel.unreadable(exercise.name)
        so_far = "unreadable" if broken else "undefined"
        return replace(row, status=so_far, hint=broken or progress.UNDEFINED)
    if of.speed or of.learns:
        return _with_race(row, of, verdict, ask.latest(exercise.name, answer.value))
    return replace(row, hint=verdict.hint)


def _with_race(row: Row, of: Cases, now: Verdict, checked: Verdict | None) -> Row:
    """A row of an exercise with a speed test or a training, which is taken from the last check."""
    raced = [wanted["aspect"] for wanted in (*of.speed, *of.learns)]
    known = {name: checked.aspects.get(name) for name in raced} if checked else {}
    same = checked and all(checked.aspects.get(name) == n for name, n in now.aspects.items())
    if same and all(known.values()):
        return replace(row, status=checked.status, points=checked.points, hint=checked.hint)
    whole = sum(aspect["share"] for aspect in of.aspects.values())
    won = sum(of.aspects[name]["share"] for name, (right, n) in now.aspects.items() if right == n)
    points = round(of.points * won / whole, 2) if whole else 0.0
    if now.status != "correct":
        return replace(row, points=points, hint=now.hint)
    if of.speed:
        says = "Run its check, which measures how fast it is."
        return replace(row, status="unmeasured", points=points, hint=says)
    says = "Run its check, which trains a network with it."
    return replace(row, status="untrained", points=points, hint=says)
