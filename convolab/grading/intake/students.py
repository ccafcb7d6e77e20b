"""Which student each of a platform's people is; two people never become one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from convolab.grading.intake.platforms import Owner
from convolab.grading.intake.roster import Roster, made_id

Person = tuple[str, str]  # as Owner.person gives it


@dataclass
class Students:
    """The people of the platforms by the id that each gets.

    Attributes:
        ids: one person, or one from each of several platforms.
        clashes: people whose made ids would be the same, with that id; they get none.
        unsure: why somebody with the name of a student on the list is not matched to that one.
    """

    ids: dict[str, list[Person]] = field(default_factory=dict)
    clashes: dict[str, list[Person]] = field(default_factory=dict)
    unsure: dict[Person, str] = field(default_factory=dict)


def students(owners: Mapping[Person, Owner], roster: Roster) -> Students:
    """Find each person's id: the one on the roster, else one made from the name."""
    found = Students()
    claims: dict[str, list[Person]] = {}
    for person, owner in owners.items():
        meant = roster.meant(owner)
        if len(meant) == 1:
            claims.setdefault(next(iter(meant)), []).append(person)
            continue
        if meant:
            named = ", ".join(sorted(meant))
            found.unsure[person] = f"{named} all have this name: nothing says which one this is."
        _make(found, owner)
    for student, persons in claims.items():
        sure = [person for person in persons if not _is_one_of_several(person, persons, owners)]
        for person in persons:
            if person in sure or roster.numbered(owners[person]):
                found.ids.setdefault(student, []).append(person)
                continue
            found.unsure[person] = (
                f"Several people have this name, but the list has only {student}: nothing says "
                "which of them it is."
            )
            _make(found, owners[person])
    _take_out_clashes(found, roster)
    return found


def _is_one_of_several(
    person: Person, persons: list[Person], owners: Mapping[Person, Owner]
) -> bool:
    """Whether the same platform gives another number to somebody of this name."""
    alike = [p for p in persons if p[0] == person[0] and owners[p].number]
    return len(alike) > 1 and person in alike


def _make(found: Students, owner: Owner) -> None:
    found.ids.setdefault(made_id(owner), []).append(owner.person)


def _take_out_clashes(found: Students, roster: Roster) -> None:
    """Ids that differ in small and capital letters alone are one on some disks."""
    alike: dict[str, list[str]] = {}
    for student in found.ids:
        alike.setdefault(student.casefold(), []).append(student)
    for same in alike.values():
        persons = [person for student in same for person in found.ids[student]]
        if len(persons) > 1 and not any(student in roster.people for student in same):
            for student in same:
                del found.ids[student]
            found.clashes[same[0]] = persons
