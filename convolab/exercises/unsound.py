"""What is wrong with an exercise, and where in its file."""

import traceback
from pathlib import Path
from typing import Any

from convolab.problem import Problem


class Unsound(Problem):
    """An exercise that would teach or judge wrongly; `double.py:12: exercise double: …`.

    Args:
        exercise: anything with `name`, `path` and `line`.
        says: a sentence: what is wrong and what to do.
        line: of its file; 0 for where the exercise begins.
    """

    def __init__(self, exercise: Any, says: str, line: int = 0):
        where = f"{exercise.path}:{line or exercise.line}: " if exercise.path else ""
        in_one_line = " ".join(says.split())  # arrays are written in several
        super().__init__(f"{where}exercise {exercise.name}: {in_one_line}")


def line_of(error: BaseException, path: Path) -> int:
    """The line of this file in which an error arose, or on its way; 0 if it arose elsewhere."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(path)]
    return (lines[-1] or 0) if lines else 0
