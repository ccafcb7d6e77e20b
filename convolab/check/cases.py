"""Finds the cases of an exercise: numbers in JSON, one file an exercise.

They lie in convolab/cases/<lesson>/<name>.json. The grader brings its own folder, with hidden cases
beside the visible ones, by the environment variable CONVOLAB_CASES.
"""

import difflib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from convolab.check.encode import decode
from convolab.problem import Problem

SHIPPED = Path(__file__).resolve().parent.parent / "cases"


@dataclass(frozen=True)
class Cases:
    """An exercise as the checker knows it; `cases` and `misconceptions` as in the file."""

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

    def arguments(self, place: int) -> tuple:
        """The arguments of one case, made anew."""
        return tuple(decode(argument) for argument in self.cases[place]["arguments"])


def from_json(data: dict[str, Any]) -> Cases:
    """The exercise in one file."""
    return Cases(
        **{
            key: data[key]
            for key in ("name", "kind", "points", "lists", "tolerance", "praise", "aspects")
        },
        **{key: data[key] for key in ("cases", "misconceptions", "speed")},
        forbidden=tuple(data["forbidden"]),
        shape_only=tuple(data.get("shape_only", ())),
        learns=tuple(data.get("learns", ())),
    )


def load(name: str) -> Cases:
    """The cases of the exercise of this name.

    Raises:
        Problem: there is no such exercise; names the nearest.
    """
    folder = Path(os.environ.get("CONVOLAB_CASES") or SHIPPED)
    known = {path.stem: path for path in folder.glob("*/*.json")}
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        meant = f' Did you mean check("{near[0]}")?' if near else ""
        raise Problem(f'There is no exercise called "{name}".{meant}')
    return from_json(json.loads(known[name].read_text(encoding="utf-8")))
