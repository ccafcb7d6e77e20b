"""What a notebook's cell is to nbgrader and to this course, read from its metadata.

nbgrader has such functions too (`nbgrader.utils`), but learners do not install nbgrader, and these
read whatever somebody handed in: malformed metadata raises nothing and counts as none.
"""

from collections.abc import Mapping
from typing import Any

CHECK = "test_"  # how nbgrader's name of a cell that checks an exercise starts
RUBRIC = "rubric_"  # and that of a cell with the rubric of an answer that a teacher reads


def nbgrader_of(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    """What nbgrader's metadata says about a cell; empty for an ordinary one."""
    return _section(cell, "nbgrader")


def course_of(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    """What this course's metadata says about a cell or notebook, such as `heavy` or `run`."""
    return _section(cell, "convolab")


def _section(of: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = of["metadata"].get(name)
    return found if isinstance(found, Mapping) else {}


def name_of(cell: Mapping[str, Any]) -> str | None:
    """The name by which nbgrader knows a cell (its grade_id); None for an ordinary one."""
    name = nbgrader_of(cell).get("grade_id")
    return name if isinstance(name, str) else None


def is_solution(cell: Mapping[str, Any]) -> bool:
    """Whether a cell is the place for an answer."""
    return bool(nbgrader_of(cell).get("solution"))


def is_graded(cell: Mapping[str, Any]) -> bool:
    """Whether a cell carries points, of a check or of an answer that a teacher reads."""
    return bool(nbgrader_of(cell).get("grade"))


def is_task(cell: Mapping[str, Any]) -> bool:
    """Whether a cell is one of nbgrader's tasks, which a teacher reads."""
    return bool(nbgrader_of(cell).get("task"))


def is_read_by_hand(cell: Mapping[str, Any]) -> bool:
    """Whether a cell is the place for an answer with points of its own, which a teacher gives."""
    return is_solution(cell) and is_graded(cell)


def is_rubric(cell: Mapping[str, Any]) -> bool:
    """Whether a cell says for what a teacher gives points."""
    is_text = cell["cell_type"] == "markdown" and is_locked(cell) and not is_graded(cell)
    return is_text and (name_of(cell) or "").startswith(RUBRIC)


def is_locked(cell: Mapping[str, Any]) -> bool:
    """Whether a cell's text is the teacher's: a check's, for instance."""
    return not is_solution(cell) and (is_graded(cell) or bool(nbgrader_of(cell).get("locked")))


def answered_exercise(cell: Mapping[str, Any]) -> str:
    """The exercise that a cell is the place for; "" for every other cell."""
    return (name_of(cell) or "") if is_solution(cell) else ""


def checked_exercise(cell: Mapping[str, Any]) -> str | None:
    """The exercise that a cell checks, graded or not; None for every other cell."""
    name = name_of(cell) or ""
    return exercise_of(name) if is_locked(cell) and is_check_name(name) else None


def graded_exercise(cell: Mapping[str, Any]) -> str | None:
    """The exercise that a cell checks for points; None for every other cell, and for an answer that
    a teacher reads."""
    return checked_exercise(cell) if is_graded(cell) else None


def check_name(exercise: str) -> str:
    """The name of the cell that checks an exercise."""
    return CHECK + exercise


def rubric_name(answer: str) -> str:
    """The name of the cell with the rubric of an answer that a teacher reads."""
    return RUBRIC + answer


def is_check_name(name: str) -> bool:
    """Whether a cell of this name checks an exercise, if it is not the place for an answer."""
    return name.startswith(CHECK)


def exercise_of(name: str) -> str:
    """The exercise that a cell of this name is about, as its check or as its answer."""
    return name.removeprefix(CHECK)
