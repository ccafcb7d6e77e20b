"""What is wrong with an exercise, and where in its file."""

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
