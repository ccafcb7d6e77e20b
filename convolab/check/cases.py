"""Finds the cases of an exercise: numbers in JSON, one file an exercise.

They are in convolab/cases/<lesson>/<name>.json. The grader adds hidden cases, which are
nowhere on a learner's disk.
"""

import difflib
import json
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from convolab.check import words
from convolab.check.encode import copied, decode
from convolab.check.objects import attribute
from convolab.check.plain import taken_in
from convolab.problem import Problem

SHIPPED = Path(__file__).resolve().parent.parent / "cases"
_kept: dict[str, "Cases"] = {}  # by name, where they are read once
LONGEST = 60  # characters of a name that is looked for or repeated


@dataclass(frozen=True)
class Cases:
    """An exercise as the checker knows it; `cases` and `misconceptions` as in the file.

    `parameters` are the names of its arguments, `others` the other functions of the lesson. For an
    open task, `demands` are the goals, `measures` is the file of its measurements, and `seed`
    draws the data it is measured on.
    """

    name: str
    kind: str
    points: float
    lists: bool
    tolerance: float
    praise: str
    forbidden: tuple[str, ...]
    aspects: dict[str, dict]
    cases: list[dict]
    misconceptions: list[dict]
    speed: list[dict]
    shape_only: tuple[str, ...] = ()
    learns: tuple[dict, ...] = ()
    parameters: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    demands: dict[str, dict] = field(default_factory=dict)
    measures: Path | None = None
    seed: int = 0

    def arguments(self, place: int) -> tuple:
        """The arguments of one case, made afresh."""
        if place not in self._arguments:
            self._arguments[place] = tuple(map(decode, self.cases[place]["arguments"]))
        return copied(self._arguments[place])

    def due(self, place: int) -> Any:
        """The expected value of one case, made afresh."""
        if place not in self._due:
            self._due[place] = decode(self.cases[place]["outcome"]["value"])
        return copied(self._due[place])

    @cached_property
    def _arguments(self) -> dict[int, tuple]:  # decoded once: a grader judges a class by them
        return {}

    @cached_property
    def _due(self) -> dict[int, Any]:
        return {}


def from_json(data: dict[str, Any], folder: Path | None = None) -> Cases:
    """The exercise in one file.

    Args:
        folder: where the measurements of an open task are.
    """
    return Cases(
        **{
            key: data[key]
            for key in ("name", "kind", "points", "lists", "tolerance", "praise", "aspects")
        },
        **{key: data[key] for key in ("cases", "misconceptions", "speed")},
        forbidden=tuple(data["forbidden"]),
        shape_only=tuple(data.get("shape_only", ())),
        learns=tuple(data.get("learns", ())),
        parameters=tuple(data.get("parameters", ())),
        others=tuple(data.get("others", ())),
        demands=data.get("demands", {}),
        measures=folder / data["measures"] if "measures" in data else None,
        seed=data.get("seed", 0),
    )


def load(name: str, asked: str = "check") -> Cases:
    """The cases of the exercise of this name.

    Args:
        asked: the function that was called with the name, to be named in the message.

    Raises:
        Problem: there is no such exercise; names the nearest.
    """
    if type(name) is str and name in _kept:
        return _kept[name]
    known = {path.stem: path for path in SHIPPED.glob("*/*.json")}
    if type(name) is not str or name not in known:
        raise Problem(_no_exercise(name, known, asked))
    return from_json(json.loads(known[name].read_text(encoding="utf-8")), known[name].parent)


def keep_all() -> None:
    """Read the cases of all exercises now, and no file later: for a process in which many
    notebooks run one after another, or in forks of it."""
    _kept.update((path.stem, load(path.stem)) for path in SHIPPED.glob("*/*.json"))


def _no_exercise(name: Any, known: Collection[str], asked: str) -> str:
    """What to say when the name is no exercise: the function itself, None, a typo."""
    value = taken_in(name)
    if not isinstance(value, str):
        own = attribute(name, "__name__")
        written = own if type(own) is str and own in known else "convolve_at"
        called = f"the function {own} itself" if written == own else words.kind(value)
        return (
            f"{asked} needs the name of an exercise in quotation marks, as in "
            f'{asked}("{written}"); it got {called}.'
        )
    if not value.strip():
        return f'{asked} needs the name of an exercise, as in {asked}("convolve_at").'
    near = difflib.get_close_matches(value[:LONGEST], known, n=1)
    meant = f' Did you mean {asked}("{near[0]}")?' if near else ""
    return f'There is no exercise called "{words.one_line(value, LONGEST)}".{meant}'
