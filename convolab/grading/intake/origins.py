"""Where collected work came from: kept, because a platform takes a page back only under the name
that it gave to the file itself."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any

from convolab.grading.intake.owners import Handed
from convolab.grading.intake.platforms import Owner


@dataclass(frozen=True)
class Origin:
    """What a platform called a student and the file that was collected.

    Attributes:
        platform: as in `Owner`: "Moodle", "Canvas", ...
        name: the person, as written there.
        number: the platform's number of the person; "" where there is none.
        handed: the file's name as the platform made it, or the name of the person's folder.
        missing: what was handed in instead, in a sentence, if there was no notebook.
    """

    platform: str
    name: str
    number: str = ""
    handed: str = ""
    missing: str = ""

    @property
    def person(self) -> tuple[str, str]:
        """The same for one person on one platform."""
        return self.platform, self.number or self.name

    def public(self) -> dict[str, str]:
        """What is written about it as JSON."""
        return {name: value for name, value in asdict(self).items() if value}


def origin(owner: Owner, theirs: Iterable[Handed], chosen: PurePath | None, says: str) -> Origin:
    """The origin of what one person handed in.

    Args:
        theirs: all files of that person on that platform.
        chosen: the notebook that counts; None if there is none.
        says: what was handed in, if there is no notebook.
    """
    theirs = list(theirs)
    first = next((one for one in theirs if one.path == chosen), theirs[0])
    name = first.path.name if first.is_flat else first.home.name
    return Origin(owner.platform, owner.name, owner.number, name, "" if chosen else says)


def read_origins(data: Any) -> dict[str, list[Origin]]:
    """The origins of each student's work; what is not as we write it is left out."""
    found: dict[str, list[Origin]] = {}
    for student, entries in data.items() if isinstance(data, Mapping) else ():
        for entry in entries if isinstance(entries, list) else ():
            try:
                found.setdefault(str(student), []).append(Origin(**entry))
            except TypeError:
                continue
    return found


def joined(
    before: Mapping[str, list[Origin]], now: Mapping[str, list[Origin]]
) -> dict[str, list[Origin]]:
    """The origins known before and those of a new download. What the download says counts: whoever
    was somebody else's until the list of students was complete is theirs no longer."""
    whose = {one.person for ones in now.values() for one in ones}
    kept = {who: [one for one in ones if one.person not in whose] for who, ones in before.items()}
    everybody = {who: [*now.get(who, ()), *kept.get(who, ())] for who in {**before, **now}}
    return {who: ones for who, ones in everybody.items() if ones}
