"""nbgrader's gradebook: what it holds about a class that has been graded."""

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from nbgrader.api import Assignment, Gradebook, MissingEntry, SubmittedAssignment, SubmittedNotebook

from convolab.cell_metadata import check_name
from convolab.grading.desk import Desk, LessonDesk
from convolab.grading.exercise_result import ExerciseResult, ungraded
from convolab.grading.faults import Faults, concerns_everybody, passed_over
from convolab.grading.gradebook.standing import (
    ClassStandings,
    GradedCell,
    Standing,
    graded_cells,
    public_names,
)


@dataclass(frozen=True)
class Standings:
    """What the gradebook holds about one submission.

    Attributes:
        cells: the standing of each graded cell, by nbgrader's name.
    """

    cells: dict[str, Standing]

    @property
    def score(self) -> float:
        """The points as nbgrader counts them, with what a teacher gave by hand."""
        return sum(standing.score for standing in self.cells.values())

    @property
    def auto_scores(self) -> dict[str, float | None]:
        """The automatic score of each check; None where there is none yet. What a teacher grades
        by hand is not among them."""
        return {name: one.auto_score for name, one in self.cells.items() if one.cell.is_check}

    def agrees(self, verdicts: dict[str, ExerciseResult]) -> bool:
        """Whether the automatic scores are those of these verdicts."""
        return self.auto_scores == {check_name(name): v.score for name, v in verdicts.items()}


def standings(
    desk: LessonDesk, guard: Callable[[str], AbstractContextManager] = passed_over
) -> dict[str, Standings]:
    """What the gradebook holds about a lesson, by student.

    Args:
        guard: works on one student, whose entries in the gradebook may be unreadable.
    """
    with desk.gradebook() as gradebook:
        try:
            notebook = gradebook.find_notebook(desk.lesson, desk.lesson)
        except MissingEntry:
            return {}
        held = ClassStandings(gradebook, notebook)
    found = {}
    for student in held.students:
        with guard(student):
            found[student] = Standings({one.cell.name: one for one in held.of(student)})
    return found


def as_they_stand(
    desk: LessonDesk,
    said: dict[str, dict[str, ExerciseResult]],
    problems: Collection[str] = (),
) -> dict[str, dict[str, ExerciseResult]]:
    """The verdicts on everything that carries points, with what teachers gave by hand, by student.

    Args:
        said: what the checks say, by student and exercise.
        problems: students whose work could not be graded: what the gradebook holds about them
            does not describe what they handed in.

    Returns:
        For each of these students the exercises and the answers that a teacher reads, in the
        lesson's order.

    Raises:
        ValueError: the gradebook's entries for one of them cannot be read.
    """
    with desk.gradebook() as gradebook:
        try:
            notebook = gradebook.find_notebook(desk.lesson, desk.lesson)
        except MissingEntry:
            return said
        cells = {cell.name: cell for cell in graded_cells(notebook).values()}
        held = ClassStandings(gradebook, notebook)
    called = public_names(cells.values())
    order = [name for name in desk.graded_cells() if name in cells]
    now = {}
    for student, verdicts in said.items():
        known = [] if student in problems else held.of(student)
        standings = {standing.cell.name: standing for standing in known}
        now[student] = {
            called[name]: _now(cells[name], standings.get(name), verdicts.get(called[name]))
            for name in order
        }
    return now


def each_as_they_stand(
    desk: LessonDesk,
    said: dict[str, dict[str, ExerciseResult]],
    faults: Faults,
    problems: Collection[str] = (),
) -> dict[str, dict[str, ExerciseResult]]:
    """Like `as_they_stand`, but a student for whom it fails is left out."""
    try:
        return as_they_stand(desk, said, problems)
    except Exception as error:
        if concerns_everybody(error):
            raise
    now = {}
    for student, verdicts in said.items():
        with faults.of(student):
            now |= as_they_stand(desk, {student: verdicts}, problems)
    return now


def _now(
    cell: GradedCell, standing: Standing | None, said: ExerciseResult | None
) -> ExerciseResult:
    if standing is not None:
        return standing.verdict(said)
    return said or ungraded(cell.max_score)


def names(desk: Desk) -> dict[str, str]:
    """Students' names, by id, where the gradebook knows them."""
    with desk.gradebook() as gradebook:
        called = {s.id: f"{s.first_name or ''} {s.last_name or ''}" for s in gradebook.students}
    return {student: name.strip() for student, name in called.items() if name.strip()}


def students(desk: Desk) -> set[str]:
    """The ids of all students that the gradebook knows."""
    with desk.gradebook() as gradebook:
        return {student.id for student in gradebook.students}


def late_penalties(desk: LessonDesk) -> dict[str, float]:
    """What is taken off for late work, by student; only if it is anything."""
    with desk.gradebook() as gradebook:
        rows = held_penalties(gradebook, desk.lesson)
        return {
            student: float(off) for student, off in rows if isinstance(off, int | float) and off
        }


def held_penalties(gradebook: Gradebook, lesson: str) -> Iterable[tuple[str, float | None]]:
    """The students of a lesson with what the gradebook holds as taken off for late work. With
    SQLite that can be anything."""
    columns = SubmittedAssignment.student_id, SubmittedNotebook.late_submission_penalty
    return (
        gradebook.db.query(*columns)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(Assignment.name == lesson)
    )


def complete(desk: LessonDesk, known: dict[str, Standings] | None = None) -> dict[str, Standings]:
    """What the gradebook holds of the submissions that are graded in full, by student.

    A killed run leaves automatic scores empty, or no autograded notebook; nbgrader itself would
    not look at that submission again.

    Args:
        known: what `standings` gave, if it was asked already.
    """
    known = standings(desk) if known is None else known
    return {
        student: standing
        for student, standing in known.items()
        if None not in standing.auto_scores.values() and desk.autograded(student).is_file()
    }


def remove_unfinished(desk: LessonDesk, student: str) -> None:
    """Take a submission without any points, by the checker or by hand, out of the gradebook."""
    found = standings(desk).get(student)
    if found and not any(standing.is_graded for standing in found.cells.values()):
        with desk.gradebook() as gradebook:
            gradebook.remove_submission(desk.lesson, student)
