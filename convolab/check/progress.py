"""How far a learner has got with an exercise, in a row of a table; and what to do next."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from convolab.check import words
from convolab.check.outline import OutlineReport
from convolab.check.statuses import status

UNDEFINED = "Write it in its cell and run that cell (Shift + Enter)."
NOTHING_YET = (
    "Nothing in this lesson has run since the kernel started: choose Run → Run All Above Selected "
    "Cell in the menu, then run this cell again."
)
VISIBLE = "Checked with the visible cases; grading adds others."
_END = re.compile(r"(?<=[.?!”)])\s+(?=[A-Z`“])")
_NO_END = re.compile(r"(?:\b(?:e\.g|i\.e|cf|vs|No)\.|…)$")


@dataclass(frozen=True)
class Row:
    """One exercise and its progress.

    Attributes:
        heading: under which it is in the lesson.
        status: a name in `statuses`.
        worth: the most points there are, 0 if it is not graded.
        hint: what to fix.
    """

    name: str
    heading: str
    status: str
    points: float
    worth: float
    hint: str = ""

    @property
    def right(self) -> bool:
        """Whether nothing is left to do."""
        return self.status == "correct"

    @property
    def says(self) -> str:
        """Its status in words."""
        return status(self.status).so_far

    @property
    def scored(self) -> str:
        """Its points in words: "1.5 of 3"; a dash for what is not graded."""
        return f"{words.number(self.points)} of {words.number(self.worth)}" if self.worth else "–"


def total(rows: Sequence[Row]) -> str:
    """The points so far: "7.5 of 26 points so far"; without graded exercises how many are right."""
    worth = sum(row.worth for row in rows)
    if not worth:
        return f"{sum(row.right for row in rows)} of {len(rows)} right so far"
    points = round(sum(row.points for row in rows), 2)
    return f"{words.number(points)} of {points_in_words(worth)} so far"


def points_in_words(points: float) -> str:
    """Points with their noun: 1 point, 2.5 points."""
    return f"{words.number(points)} point{'' if points == 1 else 's'}"


def read_by_teacher(reports: Sequence[OutlineReport]) -> str:
    """What a lesson asks for that no check can judge, in two sentences; "" if there is nothing."""
    if not reports:
        return ""
    names = words.listed(f"`{report.name}`" for report in reports)
    worth = points_in_words(sum(report.points for report in reports))
    many, it = ("are", "them") if len(reports) > 1 else ("is", "it")
    return (
        f"Not counted here {many} {names}, {worth}: your teacher reads {it}. If you learn "
        f"alone, give yourself the points by the rubric{'s' * (len(reports) > 1)}."
    )


def next_step(rows: Sequence[Row], reports: Sequence[OutlineReport] = ()) -> str:
    """What to do next: the first exercise that is not right, where it is, and one sentence.

    Args:
        reports: the lesson's answers that a teacher reads, of which nothing is known here.
    """
    first = next((row for row in rows if not row.right), None)
    if first is None and reports:
        return "Everything that a check can judge is right."
    if first is None:
        return "Everything in this lesson is right."
    if all(row.status == "undefined" for row in rows):
        return NOTHING_YET
    where = f", under “{first.heading}”" if first.heading else ""
    return f"Next: `{first.name}`{where}. {first_sentence(first.hint)}".rstrip()


def first_sentence(text: str) -> str:
    """The first sentence of a hint; a full stop within `code` or brackets does not end it."""
    for end in _END.finditer(text):
        before = text[: end.start()]
        whole = before.count("`") % 2 == 0 and before.count("(") == before.count(")")
        if whole and not _NO_END.search(before):
            return before
    return text
