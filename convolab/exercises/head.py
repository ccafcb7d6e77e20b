"""What the file of every exercise begins with."""

from typing import Any

from convolab.check.forbidden import READY_MADE
from convolab.exercises.spec import Exercise


def head(exercise: Exercise) -> dict[str, Any]:
    """Name, points, aspects and what may not be called, as JSON."""
    return {
        "name": exercise.name,
        "lesson": exercise.lesson,
        "kind": exercise.kind,
        "points": exercise.worth,
        "lists": exercise.lists,
        "tolerance": exercise.tolerance,
        "praise": exercise.praise,
        "forbidden": _forbidden(exercise),
        "aspects": {
            name: {"says": says, "share": exercise.points.get(name, 1)}
            for name, says in exercise.says.items()
        },
    }


def _forbidden(exercise: Exercise) -> list[str]:
    if exercise.kind == "value":
        return []
    return [*READY_MADE, *(f"convolab.ops.{name}" for name in exercise.ready_made)]
