"""The exercises of a lesson in its order, each with the heading that it is under.

A build writes them to convolab/cases/<lesson>.json, beside the folder of the lesson's cases.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from convolab.cell_metadata import (
    answered_exercise,
    checked_exercise,
    is_read_by_hand,
    name_of,
    nbgrader_of,
)
from convolab.cell_text import lines_of, title_of
from convolab.check import cases, words
from convolab.check.plain import taken_in
from convolab.problem import Problem

_MINUTES = re.compile(r"\s*\(\d+ minutes?\)\s*$")
_NUMBER = re.compile(r"^\d+\s*·\s*")


@dataclass(frozen=True)
class OutlineEntry:
    """An exercise, and the heading above it, "" if there is none."""

    name: str
    heading: str


@dataclass(frozen=True)
class OutlineReport:
    """An answer that a teacher reads, the heading above it, and the most points there are."""

    name: str
    heading: str
    points: float


@dataclass(frozen=True)
class Outline:
    """A lesson's id, its title, its exercises in order, and the answers that a teacher reads."""

    lesson: str
    title: str
    exercises: tuple[OutlineEntry, ...]
    reports: tuple[OutlineReport, ...] = ()

    @property
    def called(self) -> str:
        """The lesson in words: "Lesson 01, Convolution in one dimension"."""
        return f"Lesson {self.lesson.split('_')[0]}" + (f", {self.title}" if self.title else "")

    def as_json(self) -> str:
        """What a build writes: one exercise a line."""
        lines = [
            f'"lesson": {_json(self.lesson)}',
            f'"title": {_json(self.title)}',
            f'"exercises": {_rows(self.exercises)}',
        ]
        if self.reports:
            lines.append(f'"reports": {_rows(self.reports)}')
        return "{\n" + ",\n".join(lines) + "\n}\n"


def outline_of(lesson: str, cells: Sequence[Mapping[str, Any]]) -> Outline:
    """The outline of a lesson's notebook, a teacher's or a student's.

    Args:
        cells: its cells, as nbformat reads them.
    """
    heading, found, reports = "", {}, {}
    for cell in cells:
        if is_read_by_hand(cell) and (name := name_of(cell)):
            worth = float(nbgrader_of(cell).get("points") or 0)
            reports.setdefault(name, OutlineReport(name, heading, worth))
            continue
        if cell["cell_type"] == "markdown":
            for line in lines_of(cell):
                if line.startswith("## "):
                    heading = _MINUTES.sub("", line[3:]).strip()
            continue
        name = checked_exercise(cell) or answered_exercise(cell)
        if name:
            found.setdefault(name, OutlineEntry(name, heading))
    title = _NUMBER.sub("", title_of(cells))
    return Outline(lesson, title, tuple(found.values()), tuple(reports.values()))


def read_outlines() -> list[Outline]:
    """The outlines of all lessons, in order."""
    outlines = []
    for path in sorted(cases.SHIPPED.glob("[0-9][0-9]_*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        exercises = tuple(OutlineEntry(**one) for one in data["exercises"])
        reports = tuple(OutlineReport(**one) for one in data.get("reports", ()))
        outlines.append(Outline(data["lesson"], data["title"], exercises, reports))
    return outlines


def find_outline(lesson: Any, names: Mapping[str, Any]) -> Outline:
    """The outline of the lesson that is meant.

    Args:
        lesson: its id or its number; left out, the one that most of the names belong to.
        names: those of the notebook.

    Raises:
        Problem: there is no such lesson, or it cannot be told.
    """
    known, asked = read_outlines(), taken_in(lesson)
    if isinstance(asked, int) and not isinstance(asked, bool):
        asked = f"{asked:02}" if 0 <= asked < 100 else ""
    if asked == "" or asked is None:
        return _by_names(known, names)
    for one in known:
        if isinstance(asked, str) and asked.strip() in (one.lesson, one.lesson.split("_")[0]):
            return one
    shown = words.show(asked) if isinstance(asked, str) else words.kind(asked)
    numbers = words.listed(one.lesson.split("_")[0] for one in known) if known else "none"
    raise Problem(
        f'summary needs the number of a lesson, as in summary("01"); it got {shown}, and the '
        f"lessons are {numbers}."
    )


def _by_names(known: list[Outline], names: Mapping[str, Any]) -> Outline:
    counts = [sum(one.name in names for one in outline.exercises) for outline in known]
    if not any(counts):
        raise Problem('summary needs the number of a lesson, as in summary("01").')
    return known[counts.index(max(counts))]


def _rows(entries: Sequence[Any]) -> str:
    return "[\n" + ",\n".join(_json(asdict(one)) for one in entries) + "]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
