"""nbgrader's gradebook: what must be in it before grading, and what is in it afterwards."""

import tempfile
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import nbformat
import nbgrader
from nbgrader.api import Assignment, Base, MissingEntry, SubmittedAssignment
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from convolab.authoring.content import contents
from convolab.grading.desk import Desk, unusable
from convolab.grading.exercise_result import ExerciseResult, ungraded
from convolab.grading.faults import Faults, concerns_everybody, passed_over
from convolab.grading.gradebook.converters import generate
from convolab.grading.gradebook.standing import (
    ClassStandings,
    GradedCell,
    Standing,
    graded_cells,
    public_names,
)
from convolab.grading.temporary import prefix
from convolab.handin.read import read_notebook
from convolab.problem import Problem


def enter_assignment(desk: Desk, lesson: str) -> bool:
    """Bring the lesson in the gradebook up to date with the teacher's notebook.

    It is nbgrader's own generate_assignment, with a temporary folder in the place of notebooks/.

    Returns:
        Whether students were handed something else than would be handed out now.

    Raises:
        Problem: nbgrader refuses, for instance because exercises came or went after grading.
    """
    _begin(desk)
    _refuse_other_cells(desk, lesson)
    with tempfile.TemporaryDirectory(prefix=prefix("generate")) as folder:
        if failure := generate(desk, lesson, folder):
            raise Problem(f"nbgrader cannot read the teacher's notebook of {lesson}: {failure}.")
        return _differ(
            *(home / lesson / f"{lesson}.ipynb" for home in (Path(folder), desk.folder("release")))
        )


def _differ(now: Path, handed_out: Path) -> bool:
    if not handed_out.is_file():
        return False
    try:
        now, handed_out = (contents(read_notebook(path)) for path in (now, handed_out))
    except (Problem, LookupError, TypeError, AttributeError):  # it was edited into something odd
        return True
    return now != handed_out


def _begin(desk: Desk) -> None:
    """Make a gradebook where there is none.

    nbgrader would do so too, but starts a program called alembic for the version of its tables,
    which takes longer than all the rest.

    Raises:
        Problem: it cannot be made.
    """
    url = desk.coursedir().db_url
    engine = create_engine(url)
    try:
        if inspect(engine).get_table_names():
            return
        from alembic.script import ScriptDirectory  # which is needed this once

        folder = Path(nbgrader.__file__).parent / "alembic"
        version = ScriptDirectory(str(folder)).get_current_head()
        with engine.begin() as connection:
            Base.metadata.create_all(connection)
            connection.execute(
                text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
            )
            connection.execute(
                text("INSERT INTO alembic_version VALUES (:version)"), {"version": version}
            )
    except DBAPIError as error:
        raise unusable(url, error) from error
    finally:
        engine.dispose()


def _refuse_other_cells(desk: Desk, lesson: str) -> None:
    """nbgrader cannot add or remove named cells once there are submissions."""
    with desk.gradebook() as gradebook:
        try:
            notebook = gradebook.find_notebook(lesson, lesson)
        except MissingEntry:
            return
        changed = {cell.name for cell in notebook.source_cells} ^ desk.named_cells(lesson)
        count = len(notebook.submissions)
    if changed and count:
        raise Problem(
            f"{lesson} has gained or lost {', '.join(sorted(changed))} since {count} submissions "
            "were graded, which nbgrader cannot take in: start anew with `nbgrader db assignment "
            f"remove {lesson} --force`, which forgets its grades, then grade again."
        )


@dataclass(frozen=True)
class Standings:
    """What the gradebook holds of one submission.

    Attributes:
        cells: how each of its graded cells stands, by nbgrader's name.
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
        return self.auto_scores == {f"test_{name}": v.score for name, v in verdicts.items()}


def standings(
    desk: Desk, lesson: str, guard: Callable[[str], AbstractContextManager] = passed_over
) -> dict[str, Standings]:
    """What the gradebook holds of a lesson, by student.

    Args:
        guard: works on one student, of whom the gradebook may hold what cannot be read.
    """
    with desk.gradebook() as gradebook:
        try:
            notebook = gradebook.find_notebook(lesson, lesson)
        except MissingEntry:
            return {}
        held = ClassStandings(gradebook, notebook)
    found = {}
    for student in held.students:
        with guard(student):
            found[student] = Standings({one.cell.name: one for one in held.of(student)})
    return found


def as_they_stand(
    desk: Desk,
    lesson: str,
    said: dict[str, dict[str, ExerciseResult]],
    problems: Collection[str] = (),
) -> dict[str, dict[str, ExerciseResult]]:
    """The verdicts on everything that carries points, with what teachers gave by hand, by student.

    Args:
        said: what the checks say, by student and exercise.
        problems: whose work could not be graded: nothing that the gradebook holds of them is about
            what they handed in.

    Returns:
        For each of these students the exercises and the answers that a teacher reads, in the
        lesson's order.

    Raises:
        ValueError: the gradebook holds what cannot be read of one of them.
    """
    with desk.gradebook() as gradebook:
        try:
            notebook = gradebook.find_notebook(lesson, lesson)
        except MissingEntry:
            return said
        cells = {cell.name: cell for cell in graded_cells(notebook).values()}
        held = ClassStandings(gradebook, notebook)
    called = public_names(cells.values())
    order = [name for name in desk.graded_cells(lesson) if name in cells]
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
    desk: Desk,
    lesson: str,
    said: dict[str, dict[str, ExerciseResult]],
    faults: Faults,
    problems: Collection[str] = (),
) -> dict[str, dict[str, ExerciseResult]]:
    """As `as_they_stand`, but what fails for one student costs that one, who is left out."""
    try:
        return as_they_stand(desk, lesson, said, problems)
    except Exception as error:
        if concerns_everybody(error):
            raise
    now = {}
    for student, verdicts in said.items():
        with faults.of(student):
            now |= as_they_stand(desk, lesson, {student: verdicts}, problems)
    return now


def _now(
    cell: GradedCell, standing: Standing | None, said: ExerciseResult | None
) -> ExerciseResult:
    if standing is not None:
        return standing.verdict(said)
    return said or ungraded(cell.max_score)


def names(desk: Desk) -> dict[str, str]:
    """How students are called, by id, where the gradebook knows it."""
    with desk.gradebook() as gradebook:
        called = {s.id: f"{s.first_name or ''} {s.last_name or ''}" for s in gradebook.students}
    return {student: name.strip() for student, name in called.items() if name.strip()}


def extensions(desk: Desk, lesson: str) -> dict[str, str]:
    """The time beyond the due date, for the students who have some."""
    with desk.gradebook() as gradebook:
        columns = SubmittedAssignment.student_id, SubmittedAssignment.extension
        rows = gradebook.db.query(*columns).join(Assignment).filter(Assignment.name == lesson)
        rows = rows.filter(SubmittedAssignment.extension.is_not(None))
        found = {}
        for (student,) in rows.with_entities(SubmittedAssignment.student_id).all():
            with passed_over(student):
                ((_, extension),) = rows.filter(SubmittedAssignment.student_id == student)
                found[student] = str(extension)
        return {student: extension for student, extension in found.items() if extension}


def complete(
    desk: Desk, lesson: str, known: dict[str, Standings] | None = None
) -> dict[str, Standings]:
    """What the gradebook holds of the submissions that are graded in full, by student.

    A run that was killed leaves automatic scores empty, or no autograded notebook; nbgrader itself
    would not look at such a submission again.

    Args:
        known: what `standings` gave, if it was asked already.
    """
    known = standings(desk, lesson) if known is None else known
    return {
        student: standing
        for student, standing in known.items()
        if None not in standing.auto_scores.values()
        and autograded_path(desk, lesson, student).is_file()
    }


def remove_unfinished(desk: Desk, lesson: str, student: str) -> None:
    """Take a submission without any points, by the checker or by hand, out of the gradebook."""
    found = standings(desk, lesson).get(student)
    if found and not any(standing.is_graded for standing in found.cells.values()):
        with desk.gradebook() as gradebook:
            gradebook.remove_submission(lesson, student)


def autograded_path(desk: Desk, lesson: str, student: str) -> Path:
    """Where nbgrader writes the autograded notebook of a student."""
    return desk.folder("autograded") / student / lesson / f"{lesson}.ipynb"


def autograded(desk: Desk, lesson: str, student: str) -> nbformat.NotebookNode:
    """The autograded notebook of a student."""
    return nbformat.read(autograded_path(desk, lesson, student), as_version=4)
