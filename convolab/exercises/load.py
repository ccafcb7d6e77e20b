"""Loads the exercises of a lesson: one Python file for each, and by_hand.toml.

The files of a lesson are a package, so that one can say `from .convolve_at import convolve_at` for
the learner's function of an earlier exercise, and `from .shared import numbers` for a helper.
"""

import importlib
import re
import sys
import traceback
import types
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from convolab.exercises.by_hand_toml import BY_HAND, load_by_hand
from convolab.exercises.calling_line import PACKAGE
from convolab.exercises.spec import Exercise
from convolab.problem import Problem

SHARED = "shared"  # shared.py holds helpers of a lesson, and no exercise
MEASURES = "_measure"  # how the names of files with the measurements of open tasks end


def files_of(folder: Path) -> list[Path]:
    """The files that say what the exercises of a lesson are."""
    return sorted([*folder.glob("*.py"), *folder.glob(BY_HAND)])


def load_exercises(folder: Path) -> dict[str, Exercise]:
    """The exercises of one lesson, by name.

    Args:
        folder: autograde/exercises/<lesson>

    Raises:
        Problem: a file cannot be read or run, or has no exercise; says file and line.
    """
    exercises = {}
    with _package(folder) as package:
        for path in sorted(folder.glob("*.py")):
            if path.stem != SHARED and not path.stem.endswith(MEASURES):
                exercises[path.stem] = _loaded(package, path)
    for name, exercise in load_by_hand(folder / BY_HAND).items():
        if name in exercises:
            raise Problem(f"{BY_HAND}:{exercise.line}: {name} is also an exercise in {name}.py.")
        exercises[name] = exercise
    for name, exercise in exercises.items():
        exercise.name, exercise.lesson, exercise.folder = name, folder.name, folder
        exercise.others = tuple(
            other for other, one in exercises.items() if other != name and one.kind != "value"
        )
    return exercises


def _loaded(package: str, path: Path) -> Exercise:
    try:
        module = importlib.import_module(f"{package}.{path.stem}")
    except Exception as error:
        raise Problem(_where_and_what(error, path)) from error
    exercise = getattr(module, "exercise", None)
    if not isinstance(exercise, Exercise):
        raise Problem(f"{path.name}:1: there is no exercise: start with `exercise = Exercise(…)`.")
    exercise.path = path.name
    return exercise


def _where_and_what(error: Exception, path: Path) -> str:
    """File and line of the lesson in which an error arose, and what it says."""
    if isinstance(error, SyntaxError):
        return f"{Path(error.filename or path).name}:{error.lineno or 1}: {error.msg}."
    own = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).parent == path.parent
    ]
    where = f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else path.name
    return f"{where}: {_what(error)}"


def _what(error: Exception) -> str:
    """What an error says, without Python's internal name for a file of the lesson."""
    if isinstance(error, Problem):
        return str(error)
    said = f"{type(error).__name__}: {error}."
    if isinstance(error, ImportError) and str(error.name).startswith(PACKAGE):
        _, _, file = str(error.name).partition(".")
        if file and isinstance(error, ModuleNotFoundError):
            return f"there is no file {file}.py in this folder."
        wanted = re.search(r"cannot import name '(\w+)'", str(error))
        if wanted and file:
            return f"there is no {wanted[1]} in {file}.py."
        if wanted:
            return f"there is no file {wanted[1]}.py in this folder."
    return re.sub(rf"{PACKAGE}\w+\.(\w+)", r"\1.py", said)


@contextmanager
def _package(folder: Path) -> Iterator[str]:
    """The folder as a package of its own, loaded afresh; nothing is left on the disk."""
    name = PACKAGE + folder.name
    _forget(name)
    package = types.ModuleType(name)
    package.__path__ = [str(folder)]
    sys.modules[name] = package
    wrote, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    importlib.invalidate_caches()
    try:
        yield name
    finally:
        sys.dont_write_bytecode = wrote
        _forget(name)


def _forget(name: str) -> None:
    for module in [m for m in sys.modules if m == name or m.startswith(f"{name}.")]:
        del sys.modules[module]
