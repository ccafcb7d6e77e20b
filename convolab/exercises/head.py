"""What the file of every exercise starts with."""

import inspect
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
        **_called(exercise),
        "aspects": {
            name: {"says": says, "share": exercise.points.get(name, 1)}
            for name, says in exercise.says.items()
        },
    }


def _called(exercise: Exercise) -> dict[str, list[str]]:
    """The names of a function's arguments, and the other functions of its lesson."""
    if exercise.kind == "value":
        return {}
    names = inspect.signature(exercise.answer).parameters
    return {"parameters": [*names], "others": list(exercise.others)}


def _forbidden(exercise: Exercise) -> list[str]:
    if exercise.kind == "value":
        return []
    ready_made = [name for name in READY_MADE if name not in exercise.allows]
    return [*ready_made, *(f"convolab.ops.{name}" for name in exercise.ready_made)]
