"""What exercises are worth: the same in the exercises, in the teacher's notebook, in the gradebook.

Points are set in autograde/exercises/, built into the notebooks and entered into the gradebook
from there. If they differ, somebody changed one and did not build: students would get points out of
different totals.
"""

from collections.abc import Mapping

from nbformat import NotebookNode

from convolab.cell_metadata import checked_exercise, is_graded, nbgrader_of
from convolab.grading.desk import LessonDesk
from convolab.grading.points_in_words import number
from convolab.grading.sandbox.checked import Checked
from convolab.problem import Problem


def checks_in(notebook: NotebookNode) -> dict[str, float]:
    """By exercise, what the checks of a notebook are worth; 0 for those that are not graded."""
    found = {}
    for cell in notebook.cells:
        name = checked_exercise(cell)
        if cell.cell_type == "code" and name is not None:
            worth = nbgrader_of(cell).get("points") if is_graded(cell) else 0
            found[name] = float(worth or 0)
    return found


def refuse_other_points(desk: LessonDesk, exercises: Mapping[str, Checked]) -> None:
    """Refuse to grade where exercises and the teacher's notebook differ.

    Raises:
        Problem: they do; names the exercise and the command.
    """
    checks = checks_in(desk.read_master())
    where = desk.master().relative_to(desk.course).as_posix()
    if says := disagreement(desk.lesson, _worth(exercises), checks, where):
        raise Problem(
            f"{says}. Nothing was graded: run `convolab build {desk.lesson}`, then grade again."
        )


def refuse_stale_gradebook(
    lesson: str, exercises: Mapping[str, Checked], submission: NotebookNode
) -> None:
    """Refuse to let nbgrader grade by the points of an older gradebook.

    Args:
        submission: with the gradebook's points in its checks, as nbgrader puts them there.

    Raises:
        Problem: the exercises have changed since the lesson was entered.
    """
    if says := disagreement(lesson, _worth(exercises), checks_in(submission), "the gradebook"):
        raise Problem(
            f"{says}. It was not graded: run `convolab build {lesson}`, then either `convolab "
            f"grade {lesson}` or `nbgrader generate_assignment {lesson} --force` and grade again."
        )


def _worth(exercises: Mapping[str, Checked]) -> dict[str, float]:
    return {name: float(exercise.cases.points) for name, exercise in exercises.items()}


def disagreement(
    lesson: str, exercises: Mapping[str, float], checks: Mapping[str, float], where: str
) -> str | None:
    """How exercises and checks differ, the beginning of a sentence; None if they agree.

    Args:
        exercises: by name, what each is worth in autograde/exercises/.
        checks: by name, what its check is worth.
        where: the checks are, for instance "the gradebook".
    """
    spec = f"autograde/exercises/{lesson}"
    parts = [
        f"{name} is worth {number(worth)} in {spec} and {number(checks[name])} in {where}"
        for name, worth in exercises.items()
        if name in checks and abs(worth - checks[name]) > 1e-9
    ]
    if missing := [name for name in exercises if name not in checks]:
        parts.append(f"{_listed(missing)} of {spec} has no check in {where}")
    if unknown := [name for name in checks if name not in exercises]:
        parts.append(f"{where} has a check of {_listed(unknown)}, which is not in {spec}")
    if not parts:
        return None
    text = "; ".join(parts)
    return text[0].upper() + text[1:] if text.startswith("the ") else text


def _listed(names: list[str]) -> str:
    return ", ".join(names)
