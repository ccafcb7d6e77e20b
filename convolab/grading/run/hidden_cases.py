"""Hidden cases: drawn with the teacher's seed when grading, kept only in this process's memory."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from convolab.check.cases import from_json
from convolab.exercises import Exercise
from convolab.exercises.compile import compile_exercise
from convolab.exercises.load import files_of, load_exercises
from convolab.grading.sandbox.checked import Checked
from convolab.problem import Problem


@dataclass(frozen=True)
class _Drawn:
    """The visible and hidden cases of a lesson: plain, and ready to check, by exercise."""

    cases: dict[str, dict]
    checked: dict[str, Checked]


_drawn: dict[tuple[str, str, int], _Drawn] = {}


def specs(course: Path, lesson: str) -> Path:
    """The folder with the exercises of a lesson.

    Raises:
        Problem: it is missing.
    """
    folder = course / "autograde" / "exercises" / lesson
    if not folder.is_dir():
        raise Problem(
            f"The exercises of {lesson} are missing: {folder} is needed to draw hidden cases."
        )
    return folder


def digest(folder: Path) -> str:
    """A hash over all files of a lesson's exercises."""
    total = hashlib.sha256()
    for path in files_of(folder):
        total.update(f"{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def ready(exercises: dict[str, Exercise], cases: dict[str, dict]) -> dict[str, Checked]:
    """Exercises with their cases, which are given as plain data."""
    return {
        name: Checked(
            from_json(cases[name], exercise.folder),
            exercise.answer if exercise.kind == "function" else None,
        )
        for name, exercise in exercises.items()
    }


def draw(course: Path, lesson: str, seed: int) -> dict[str, Checked]:
    """The exercises of a lesson with visible and hidden cases, by name.

    They are drawn once for each state of the exercises, and never written to a file.

    Raises:
        Problem: an exercise is missing or faulty.
    """
    return _draw(course, lesson, seed).checked


def drawn_cases(course: Path, lesson: str, seed: int) -> dict[str, dict]:
    """The same cases as plain data, to be sent; the solutions are not among them."""
    return _draw(course, lesson, seed).cases


def _draw(course: Path, lesson: str, seed: int) -> _Drawn:
    folder = specs(course, lesson)
    key = (str(folder), digest(folder), seed)
    if key not in _drawn:
        for old in [k for k in _drawn if k[0] == key[0]]:
            del _drawn[old]
        exercises = load_exercises(folder)
        cases = {name: _compiled(exercise, seed) for name, exercise in exercises.items()}
        _drawn[key] = _Drawn(cases, ready(exercises, cases))
    return _drawn[key]


def _compiled(exercise: Exercise, seed: int) -> dict:
    try:
        return compile_exercise(exercise, seed=seed)
    except Problem:
        raise
    except Exception as error:  # what an author's program does, a generator of cases for instance
        raise Problem(
            f"exercise {exercise.name}: its cases cannot be made ({type(error).__name__}: {error})."
        ) from error
