"""The slips that are known to pass, each with the reason.

autograde/equivalent_slips/<lesson>.toml:

    [[convolve_at]]                 # the exercise
    reason = "Adding 0 changes nothing."
    slips = ["`x + 0` for `x`"]     # as `convolab slips` prints them
    program = "padded"              # only this one; may be left out

Instead of `reason`, `missing` says which case is still missing that would tell the slips from the
right program: a known hole that is not yet closed. The tests let none stay.
"""

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from convolab.exercises.helped import PASSES
from convolab.exercises.slips import Judged, Tried
from convolab.problem import Problem

FOLDER = Path("autograde", "equivalent_slips")
_KEYS = ({"slips", "reason"}, {"slips", "missing"})


@dataclass(frozen=True)
class Listed:
    """A slip that is known to pass.

    Attributes:
        program: the program it is in, "" for any.
        why: why it is equivalent; of a hole, which case is missing.
        where: file and line of the entry.
    """

    exercise: str
    program: str
    slip: str
    why: str
    is_hole: bool
    where: str

    def means(self, one: Judged) -> bool:
        """Whether this is that slip."""
        same = (one.exercise, one.slip) == (self.exercise, self.slip)
        return same and self.program in ("", one.program)


def read_listed(course: Path) -> list[Listed]:
    """All listed slips; none if there is no such file.

    Raises:
        Problem: a file is not as above; says the line.
    """
    files = sorted((course / FOLDER).glob("*.toml"))
    found = [entry for file in files for entry in _read_file(file)]
    seen: dict[tuple[str, str], list[Listed]] = {}
    for entry in found:
        same = seen.setdefault((entry.exercise, entry.slip), [])
        for other in same:
            if entry.program == other.program or "" in (entry.program, other.program):
                raise Problem(
                    f"{entry.where}: {entry.exercise}: {entry.slip} is already listed, at "
                    f"{other.where}. If two programs have a slip of this name, give program."
                )
        same.append(entry)
    return found


def _read_file(path: Path) -> list[Listed]:
    name = FOLDER / path.name
    try:
        text = path.read_text(encoding="utf-8")
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Problem(f"{name}: {error}.") from error
    lines, found = _lines(text), []
    for exercise, entries in tables.items():
        if not isinstance(entries, list):
            raise Problem(f"{name}: write [[{exercise}]], in two pairs of brackets.")
        for place, entry in enumerate(entries):
            known = lines.get(exercise, [])
            line = known[place] if place < len(known) else 1
            found += _read_entry(exercise, entry, f"{name}:{line}")
    return found


def _read_entry(exercise: str, entry: object, where: str) -> list[Listed]:
    if not isinstance(entry, dict) or set(entry) - {"program"} not in _KEYS:
        raise Problem(
            f"{where}: {exercise} needs slips, and either reason or missing; only program may be "
            "added."
        )
    slips, is_hole = entry["slips"], "missing" in entry
    program, why = entry.get("program", ""), entry["missing" if is_hole else "reason"]
    texts = [why, *(slips if isinstance(slips, list) else [None])]
    filled = all(isinstance(text, str) and text.strip() for text in texts)
    if not slips or not filled or not isinstance(program, str):
        raise Problem(
            f"{where}: {exercise}: slips is a list of strings, everything else one string."
        )
    return [Listed(exercise, program, slip, why, is_hole, where) for slip in slips]


def as_entry(exercise: str, slips: Iterable[str]) -> str:
    """An entry for the list, with its reason still to be filled in."""
    lines = [f"[[{exercise}]]", 'reason = ""', "slips = ["]
    for slip in dict.fromkeys(slips):
        plain = "'" not in slip and slip.isprintable()
        text = f"'{slip}'" if plain else json.dumps(slip, ensure_ascii=False)
        lines.append(f"  {text},")
    return "\n".join([*lines, "]"])


def _lines(text: str) -> dict[str, list[int]]:
    """The lines on which the entries of each exercise begin."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if match := re.match(r"\s*\[\[\s*[\"']?([\w-]+)[\"']?\s*\]\]", line):
            found.setdefault(match[1], []).append(number)
    return found


def stale(listed: Iterable[Listed], tried: Iterable[Tried], whole_course: bool) -> list[str]:
    """Entries that are no longer true: a sentence for each, with file and line.

    Args:
        tried: exercises with all of their slips.
        whole_course: whether these are all exercises there are.
    """
    by_name = {each.exercise: each for each in tried}
    sentences = []
    for entry in listed:
        where = f"{entry.where}: {entry.exercise}: {entry.slip}"
        if entry.exercise not in by_name:
            if whole_course:
                sentences.append(f"{where}: this exercise no longer exists. Remove it.")
            continue
        meant = [one for one in by_name[entry.exercise].judged if entry.means(one)]
        if not meant:
            sentences.append(f"{where}: this slip no longer exists. Remove it.")
        elif not any(one.result == PASSES for one in meant):
            sentences.append(f"{where}: it no longer passes. Remove it.")
    return sentences
