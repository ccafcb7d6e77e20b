"""The slips that are known to pass, beside the exercises, each with the reason.

`autograde/exercises/equivalent_slips.toml`:

    [[convolve_at]]                 # the exercise
    program = "padded"              # "reference", a variant's name, or "*" for all of them
    slips = ["`x + 0` for `x`"]     # as `convolab slips` prints them
    reason = "Adding 0 changes nothing."

In place of `reason`, `missing` says which case is still missing that would tell the slip from the
right program: a hole that is known, and not yet mended.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from convolab.exercises.helped import PASSES
from convolab.exercises.slips import Judged, Tried
from convolab.problem import Problem

NAME = Path("autograde", "exercises", "equivalent_slips.toml")
ANY = "*"
_KEYS = ({"program", "slips", "reason"}, {"program", "slips", "missing"})


@dataclass(frozen=True)
class Listed:
    """A slip that is known to pass. `line` is where the file lists it."""

    exercise: str
    program: str
    slip: str
    why: str
    is_hole: bool
    line: int

    def means(self, one: Judged) -> bool:
        """Whether this is that slip."""
        return (one.exercise, one.slip) == (self.exercise, self.slip) and self.program in (
            ANY,
            one.program,
        )


def read_listed(course: Path) -> list[Listed]:
    """All listed slips; none if there is no such file.

    Raises:
        Problem: the file is not as above; says the line.
    """
    path = course / NAME
    if not path.is_file():
        return []
    text = path.read_text(encoding="utf-8")
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Problem(f"{NAME}: {error}.") from error
    lines = _lines(text)
    found = []
    for exercise, entries in tables.items():
        if not isinstance(entries, list):
            raise Problem(f"{NAME}: write [[{exercise}]], in two pairs of brackets.")
        for place, entry in enumerate(entries):
            known = lines.get(exercise, [])
            line = known[place] if place < len(known) else 1
            found += _read_entry(exercise, entry, line)
    return found


def _read_entry(exercise: str, entry: object, line: int) -> list[Listed]:
    where = f"{NAME}:{line}: {exercise}"
    if not isinstance(entry, dict) or set(entry) not in _KEYS:
        raise Problem(f"{where} needs program, slips, and either reason or missing; nothing else.")
    slips, is_hole = entry["slips"], "missing" in entry
    why = entry["missing" if is_hole else "reason"]
    texts = [entry["program"], why, *(slips if isinstance(slips, list) else [None])]
    if not slips or not all(isinstance(text, str) and text.strip() for text in texts):
        raise Problem(f"{where}: slips is a list of texts, everything else is one text.")
    return [Listed(exercise, entry["program"], slip, why, is_hole, line) for slip in slips]


def _lines(text: str) -> dict[str, list[int]]:
    """The lines on which the entries of each exercise begin."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if match := re.match(r"\s*\[\[\s*[\"']?([\w-]+)[\"']?\s*\]\]", line):
            found.setdefault(match[1], []).append(number)
    return found


def stale(listed: Iterable[Listed], tried: Iterable[Tried], whole_course: bool) -> list[str]:
    """What is listed and is not so: a sentence for each, with file and line.

    Args:
        tried: exercises with all of their slips.
        whole_course: whether these are all exercises there are.
    """
    by_name = {each.exercise: each for each in tried}
    sentences = []
    for entry in listed:
        where = f"{NAME}:{entry.line}: {entry.exercise}, {entry.program}: {entry.slip}"
        if entry.exercise not in by_name:
            if whole_course:
                sentences.append(f"{where}: there is no such exercise. Take the entry out.")
            continue
        meant = [one for one in by_name[entry.exercise].judged if entry.means(one)]
        if not meant:
            sentences.append(f"{where}: there is no such slip any more. Take the entry out.")
        elif not any(one.result == PASSES for one in meant):
            sentences.append(f"{where}: it does not pass any more. Take the entry out.")
    return sentences
