"""The files that come along with a notebook: what the student's program may read or import."""

import datetime
from pathlib import Path, PurePath

from convolab.grading.intake.archives import is_notebook
from convolab.grading.intake.owners import Handed
from convolab.grading.intake.timestamps import LATE_MARK, TIMESTAMP

MOST_FILES, MOST_BYTES = 1_000, 90_000_000  # less than what grading takes
_RESERVED = {TIMESTAMP, LATE_MARK}
_BESIDE_A_COURSE = "pyproject.toml"


def helpers(
    root: Path, chosen: Handed, mine: list[Handed]
) -> tuple[dict[PurePath, Path], list[str]]:
    """The files next to and below the chosen notebook, and what else was handed in with it.

    Args:
        root: the folder of downloads.
        chosen: the notebook.
        mine: all files of the same person.

    Returns:
        The files, by their place next to the notebook; and sentences about what was left out.
    """
    found: dict[PurePath, Path] = {}
    for one in sorted(mine, key=lambda one: one.owners[0].again or 0):
        if one.download == chosen.download and _times(one) == _times(chosen):
            for place in _places(one, chosen, mine):
                found[place] = root / one.path
    for one in mine:  # what was handed in under exactly this name goes first
        if one.is_flat and one.download == chosen.download and _times(one) == _times(chosen):
            found[PurePath(one.owners[0].called or one.owners[0].file)] = root / one.path
    left_out = []
    for place in sorted(found):
        if _is_reserved(place):
            left_out.append(f"{place} was left out: only the teacher writes a file of this name.")
    found = {
        place: path
        for place, path in found.items()
        if not is_notebook(place.name) and not _is_reserved(place) and not _is_hidden(place)
    }
    size = sum(path.stat().st_size for path in found.values())
    if len(found) > MOST_FILES or size > MOST_BYTES:
        left_out.append(
            f"What is next to the notebook was left out (files: {len(found)}, "
            f"{size // 1_000_000} MB): that is more than grading accepts."
        )
        found = {}
    return found, left_out


def _places(one: Handed, chosen: Handed, mine: list[Handed]) -> list[PurePath]:
    """Where a file goes next to the chosen notebook; None if it does not belong with it."""
    if one.is_flat:
        return [one.inside]
    if one.home != chosen.home or chosen.is_flat:
        return []
    here, places = chosen.inside.parent, []
    a_course = any(o.inside == PurePath(_BESIDE_A_COURSE) for o in mine if o.home == one.home)
    if len(one.inside.parts) == 1 and not a_course:
        places.append(one.inside)
    if one.inside.is_relative_to(here):
        places.append(one.inside.relative_to(here))
    return places


def _times(one: Handed) -> set[datetime.datetime | None]:
    return {owner.time for owner in one.owners}


def _is_reserved(place: PurePath) -> bool:
    return place.parent == PurePath() and place.name.casefold() in _RESERVED


def _is_hidden(place: PurePath) -> bool:
    return any(part.startswith(".") for part in place.parts)
