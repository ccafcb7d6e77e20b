"""Hidden cases: drawn with the teacher's seed when grading, kept in this process's memory alone."""

import hashlib
import json
from pathlib import Path

from convolab.check.cases import from_json
from convolab.check.compile import compile_exercise
from convolab.check.spec import load_exercises
from convolab.grading.split.run import Checked
from convolab.problem import Problem

_drawn: dict[tuple[str, str, int], dict[str, Checked]] = {}


def specs(course: Path, lesson: str) -> Path:
    """The module with the exercises of a lesson.

    Raises:
        Problem: it is missing.
    """
    path = course / "autograde" / "exercises" / f"{lesson}.py"
    if not path.is_file():
        raise Problem(
            f"The exercises of {lesson} are missing: {path} is needed to draw hidden cases."
        )
    return path


def draw(course: Path, lesson: str, seed: int) -> dict[str, Checked]:
    """The exercises of a lesson with visible and hidden cases, by name.

    They are drawn once for each state of the exercises, and never written to a file.

    Raises:
        Problem: an exercise is missing or not sound.
    """
    path = specs(course, lesson)
    key = (str(path), hashlib.sha256(path.read_bytes()).hexdigest(), seed)
    if key not in _drawn:
        for old in [k for k in _drawn if k[0] == key[0]]:
            del _drawn[old]
        _drawn[key] = {
            name: Checked(
                # as it is read from a file: JSON has no tuples, and keys are texts
                from_json(json.loads(json.dumps(compile_exercise(exercise, seed=seed)))),
                exercise.answer if exercise.kind == "function" else None,
            )
            for name, exercise in load_exercises(path).items()
        }
    return _drawn[key]
