"""The standing of each graded cell of a submission: points from the checker, by hand, or none.

This is the one place that reads nbgrader's grades. Feedback, export, report, the table and `--json`
all ask it, so that an answer nobody has read is "not graded yet" everywhere and a zero nowhere, and
points that a teacher gives by hand count everywhere alike.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy.orm import Query

from convolab.cell_metadata import exercise_of, is_check_name
from convolab.grading.exercise_result import ExerciseResult, ungraded

UNREAD = "Your teacher has not graded this answer yet."
UNTOUCHED = "You wrote nothing here."
BY_HAND = "Your teacher gave these points."


@dataclass(frozen=True, slots=True)
class GradedCell:
    """A cell that carries points, as the gradebook knows it.

    Attributes:
        name: nbgrader's grade_id.
        max_score: what it is worth.
        by_hand: whether a teacher reads it: an answer with points of its own, or a task.
    """

    name: str
    max_score: float
    by_hand: bool

    @property
    def is_check(self) -> bool:
        """Whether it is the check of an exercise of the course."""
        return not self.by_hand and is_check_name(self.name)


@dataclass(frozen=True, slots=True)
class Standing:
    """The standing of one graded cell of one submission.

    Attributes:
        cell: the cell.
        score: its points as nbgrader counts them, extra credit included; 0 while there are none.
        auto_score: what the checker gave; 0 for a hand-graded answer that was left untouched; None
            for one that somebody has to read, or if grading was stopped half-way.
        by_teacher: whether a teacher set the points or gave extra credit.
        comment: what the teacher wrote about the answer.
        manual_score: what a teacher gave in place of the checker's points.
        extra_credit: what a teacher gave in addition.
    """

    cell: GradedCell
    score: float
    auto_score: float | None
    by_teacher: bool
    comment: str = ""
    manual_score: float | None = None
    extra_credit: float = 0.0

    @property
    def is_graded(self) -> bool:
        """Whether its points are known. Extra credit alone does not grade an answer."""
        return self.by_teacher or self.auto_score is not None

    def verdict(self, said: ExerciseResult | None = None) -> ExerciseResult:
        """The verdict as it stands now.

        Args:
            said: what the check said about it, None for what a teacher reads.
        """
        worth = self.cell.max_score
        if not self.is_graded:
            return (
                ExerciseResult(0.0, worth, "ungraded", UNREAD)
                if self.cell.by_hand
                else ungraded(worth)
            )
        if said is not None and not self.by_teacher:
            return said
        causes = said.causes if said is not None else ()
        if self.score >= worth:
            return ExerciseResult(self.score, worth, "correct", causes=causes)
        told = said if said is not None and said.status != "correct" else None
        hint = self.comment or (told.hint if told else None)
        if self.score > 0:
            status = "partial"
        elif not self.by_teacher and self.cell.by_hand:
            status, hint = "missing", hint or UNTOUCHED
        else:
            status = told.status if told and told.status != "partial" else "wrong"
        misconception, follows = (told.misconception, told.follows) if told else (None, None)
        return ExerciseResult(
            self.score, worth, status, hint or BY_HAND, misconception, follows, causes
        )


def public_names(cells: Iterable[GradedCell]) -> dict[str, str]:
    """What graded cells are called outside nbgrader, by grade_id: a check as its exercise.

    An answer that has both a check and points by hand is called `name` and `name (by hand)`.
    """
    cells = list(cells)
    exercises = {c.name: exercise_of(c.name) for c in cells if c.is_check}
    taken = set(exercises.values())
    return {
        cell.name: exercises.get(cell.name)
        or (f"{cell.name} (by hand)" if cell.name in taken else cell.name)
        for cell in cells
    }


def graded_cells(notebook: Notebook) -> dict[str, GradedCell]:
    """The graded cells of a lesson's notebook, by the gradebook's own id of each."""
    answers = {cell.name for cell in notebook.solution_cells}
    checked = {
        cell.id: GradedCell(cell.name, float(cell.max_score or 0), cell.name in answers)
        for cell in notebook.grade_cells
    }
    tasks = {
        cell.id: GradedCell(cell.name, float(cell.max_score or 0), True)
        for cell in notebook.task_cells
    }
    return checked | tasks


class ClassStandings:
    """The standings of all submissions of a lesson's notebook.

    Two database queries, however large the class is. The results are read student by student, so
    that an unreadable row costs only the student it belongs to.
    """

    def __init__(self, gradebook: Gradebook, notebook: Notebook):
        self._cells = graded_cells(notebook)
        asked = (Grade.auto_score, Grade.manual_score, Grade.extra_credit, Grade.score)
        self._grades = _by_student(_rows(gradebook, notebook, Grade, *asked))
        self._comments = _by_student(_rows(gradebook, notebook, Comment, Comment.manual_comment))
        self._answers = {c.id: c.name for c in [*notebook.solution_cells, *notebook.task_cells]}

    @property
    def students(self) -> list[str]:
        """Everybody with an entry in the gradebook."""
        return list(self._grades)

    def of(self, student: str) -> list[Standing]:
        """The standings of one student; none if the gradebook holds nothing.

        Raises:
            ValueError: the gradebook holds points that are not a number.
        """
        comments = {
            self._answers[cell_id]: str(text).strip()
            for cell_id, text in self._comments.get(student, [])
            if text and cell_id in self._answers
        }
        found = []
        for cell_id, *points in self._grades.get(student, []):
            if (cell := self._cells.get(cell_id)) is None:
                continue
            auto, manual, extra, score = (_number(cell, value) for value in points)
            by_teacher = manual is not None or (bool(extra) and auto is not None)
            comment = comments.get(cell.name, "")
            given = (comment, manual, extra or 0.0)
            found.append(Standing(cell, score or 0.0, auto, by_teacher, *given))
        return found


def _number(cell: GradedCell, value: Any) -> float | None:
    """Points as a database returns them; SQLite keeps whatever was written into a column."""
    if value is None:
        return None
    if isinstance(value, int | float) and math.isfinite(value):
        return float(value)
    raise ValueError(f"the gradebook holds {value!r} as points of {cell.name}")


def _by_student(rows: Query) -> dict[str, list[tuple]]:
    found: dict[str, list[tuple]] = {}
    for student, *columns in rows:
        found.setdefault(student, []).append(tuple(columns))
    return found


def _rows(gradebook: Gradebook, notebook: Notebook, kind: type, *columns: Any) -> Query:
    """Student, cell and these columns of all grades or comments on a notebook."""
    return (
        gradebook.db.query(SubmittedAssignment.student_id, kind.cell_id, *columns)
        .select_from(kind)
        .join(SubmittedNotebook, kind.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .filter(SubmittedNotebook.notebook_id == notebook.id)
    )
