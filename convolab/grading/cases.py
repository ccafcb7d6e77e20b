"""Hidden cases: drawn with the teacher's seed when grading, kept in a private folder meanwhile."""

import hashlib
import json
import tempfile
from pathlib import Path

from convolab.check.compile import compile_exercise
from convolab.check.spec import load_exercises
from convolab.problem import Problem

_drawn: dict[tuple[str, str, int], tempfile.TemporaryDirectory] = {}


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


def draw(course: Path, lesson: str, seed: int) -> Path:
    """A folder with visible and hidden cases, as `CONVOLAB_CASES` wants it.

    It can be read by this user only, is drawn once for each state of the exercises, and goes when
    this process ends.

    Raises:
        Problem: an exercise is missing or not sound.
    """
    path = specs(course, lesson)
    key = (str(path), hashlib.sha256(path.read_bytes()).hexdigest(), seed)
    if key not in _drawn:
        for old in [k for k in _drawn if k[0] == key[0]]:
            _drawn.pop(old).cleanup()
        _drawn[key] = _write(path, seed)
    return Path(_drawn[key].name)


def _write(path: Path, seed: int) -> tempfile.TemporaryDirectory:
    exercises = load_exercises(path)
    holder = tempfile.TemporaryDirectory(prefix="convolab-cases-")
    folder = Path(holder.name) / path.stem
    folder.mkdir()
    for name, exercise in exercises.items():
        cases = compile_exercise(exercise, seed=seed)
        text = json.dumps(cases, ensure_ascii=False)
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    return holder
