"""What a grade depends on, taken apart, so that a later grading can say which part has changed.

`records.standard` is one hash of all of it, and says whether anybody must be graded again. Here are
its parts by name: of the whole lesson, and of each exercise.
"""

import ast
import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path
from typing import Any

from convolab.cell_metadata import nbgrader_of
from convolab.exercises.load import MEASURES, SHARED
from convolab.grading.desk import LessonDesk
from convolab.grading.run import records
from convolab.grading.run.dependencies import PACKAGE, version
from convolab.grading.run.grading_run import GradingRun
from convolab.grading.run.hidden_cases import drawn_cases, specs

Parts = dict[str, dict[str, str]]  # by exercise, "" for the whole lesson: each part's hash

LESSON = ""
_WORDS = {"says", "praise", "hint"}  # keys of what the learner is told
_WORTH = {"points", "share"}
_MISTAKES = "misconceptions"  # which only choose the hint
_OF_LATE_WORK = ("AssignLatePenalties", "PerDay")  # sections of the settings
_DRAWN = {"seed", "learns"}


def parts(desk: LessonDesk, run: GradingRun) -> Parts:
    """The parts of a lesson that is in the gradebook.

    Raises:
        Problem: an exercise is missing or faulty.
    """
    found = {LESSON: _of_lesson(desk, run)}
    folder = specs(desk.course, desk.lesson)
    helpers = _helpers(folder)
    for name, exercise in drawn_cases(desk.course, desk.lesson, run.seed).items():
        built = PACKAGE / "cases" / desk.lesson / f"{name}.json"
        visible = _visible(exercise)
        told = _told(exercise)
        found[name] = {
            "points": _hash(_only(exercise, _WORTH)),
            "hints": _hash([told, exercise.get(_MISTAKES)]),
            "cases": _hash(_cases(exercise)),
            "visible": _hash(_cases(visible)),
            "built": _hash(_cases(json.loads(built.read_text("utf-8"))) if built.exists() else ""),
            "helpers": helpers,
            "program": _program(folder / f"{name}.py", told),
        }
    return found


def _of_lesson(desk: LessonDesk, run: GradingRun) -> dict[str, str]:
    cells = [
        [cell.cell_type, cell.source, {**nbgrader_of(cell), "points": 0}, cell.get("attachments")]
        for cell in desk.read_master().cells
    ]
    settings = json.loads(records.settings(desk))
    late = {section: settings.pop(section, None) for section in _OF_LATE_WORK}
    return {
        "seed": str(run.seed),
        "settings": _hash([run.sandboxed, asdict(run.limits), settings]),
        "late policy": _hash(late),
        "checker": version(),
        "due date": records.due(desk),
        "teacher's notebook": _hash(cells),
    }


def _cases(exercise: dict[str, Any]) -> Any:
    """An exercise without points, and without what only chooses words."""
    return _without(exercise, _WORTH | _WORDS | {_MISTAKES})


def _visible(exercise: dict[str, Any]) -> dict[str, Any]:
    """An exercise without what the seed draws."""
    kept = {key: value for key, value in exercise.items() if key not in _DRAWN}
    return kept | {"cases": [case for case in exercise["cases"] if not case.get("hidden")]}


def _without(data: Any, keys: Collection[str]) -> Any:
    if isinstance(data, dict):
        # What an answer's error must mention is no hint: it is in a case's outcome.
        inner = keys - _WORDS if "raises" in data else keys
        return {key: _without(value, keys) for key, value in data.items() if key not in inner}
    return [_without(one, keys) for one in data] if isinstance(data, list) else data


def _only(data: Any, keys: Collection[str], path: str = "") -> list:
    """All entries with one of these keys, wherever they are, each with its place."""
    if isinstance(data, list):
        return [got for at, one in enumerate(data) for got in _only(one, keys, f"{path}/{at}")]
    if not isinstance(data, dict):
        return []
    found = []
    for key, value in data.items():
        if key in keys and not isinstance(value, dict | list):
            found.append([f"{path}/{key}", value])
        elif key not in ("cases", _MISTAKES):
            found += _only(value, keys, f"{path}/{key}")
    return found


def _told(exercise: dict[str, Any]) -> list[str]:
    """Everything that the exercise may say to a learner."""
    words = [value for _, value in _only(exercise, _WORDS)]
    for mistake in exercise.get(_MISTAKES, []):
        words += [mistake["name"], mistake["hint"]]
    return words


def _helpers(folder: Path) -> str:
    """What exercises share, and the measurements of open tasks, without comments."""
    paths = sorted([*folder.glob(f"{SHARED}.py"), *folder.glob(f"*{MEASURES}.py")])
    return _hash([[path.name, _program(path, [])] for path in paths])


def _program(path: Path, words: Collection[str]) -> str:
    """An exercise's file without its points, comments, and these words; "" where it has none: its
    answer is in by_hand.toml."""
    if not path.is_file():
        return ""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "points":
            node.value = ast.Constant(0)
        elif isinstance(node, ast.Constant) and node.value in words:
            node.value = ""
    return _hash(ast.dump(tree))


def _hash(data: Any) -> str:
    text = json.dumps(data, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
