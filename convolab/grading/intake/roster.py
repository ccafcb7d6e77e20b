"""The students in the gradebook, and which of them a platform means."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from convolab.grading.intake.platforms import Owner

LONGEST_ID = 100


@dataclass(frozen=True)
class Person:
    """A student on the teacher's list."""

    id: str
    first: str = ""
    last: str = ""
    email: str = ""
    lms: str = ""  # the learning platform's number of the person


class Roster:
    """Looks people up by id, name in either order, e-mail address and the platform's number."""

    def __init__(self, people: Iterable[Person] = ()):
        self.people = {person.id: person for person in people}
        self._by_name: dict[str, set[str]] = {}
        self._exact: dict[str, set[str]] = {}
        for person in self.people.values():
            for name in {person.id, person.first + person.last, person.last + person.first}:
                self._by_name.setdefault(plain(name), set()).add(person.id)
            for key in {person.id, person.email, person.email.partition("@")[0], person.lms}:
                self._exact.setdefault(key.casefold(), set()).add(person.id)
        self._by_name.pop("", None)
        self._exact.pop("", None)

    def __bool__(self) -> bool:
        return bool(self.people)

    def named(self, name: str) -> set[str]:
        """The ids of all who have this name, or this id."""
        return self._exact.get(name.casefold(), set()) or self._by_name.get(plain(name), set())

    def numbered(self, owner: Owner) -> set[str]:
        """The ids of those whom the platform's number means, where it is a person's own: Moodle
        and Brightspace number the people of one assignment or one platform."""
        numbers = owner.keys if owner.platform == "Gradescope" else ()
        if owner.platform == "Canvas":
            numbers = (owner.number,)
        found = (self._exact.get(number.casefold(), set()) for number in numbers if number)
        return next(filter(None, found), set())

    def meant(self, owner: Owner) -> set[str]:
        """The ids of all whom a platform may mean."""
        found = self.numbered(owner) or self.named(owner.name)
        if not found and owner.platform == "Moodle" and "-" in owner.name:  # Group 3-Ada Lovelace
            parts = owner.name.split("-")
            tails = ["-".join(parts[place:]) for place in range(1, len(parts))]
            found = next((ids for tail in tails if (ids := self.named(tail))), set())
        if not found and owner.platform == "Blackboard":
            parts = owner.identity.split("_")  # the assignment and the user, with _ in either
            tails = ["_".join(parts[place:]) for place in range(1, len(parts))]
            found = next(
                (ids for name in (*owner.keys, *tails) if (ids := self.named(name))), set()
            )
        return found


def made_id(owner: Owner) -> str:
    """An id for somebody who is not on the list, made from the name and the platform's number."""
    name = unicodedata.normalize("NFC", owner.name)
    name = re.sub(r"[^\w.@-]+", "-", name)[:LONGEST_ID].strip("-._@") or "student"
    number = re.sub(r"[^\w.@-]+", "-", owner.number)
    return f"{name}-{number}" if number else name


def plain(name: str) -> str:
    """A name without accents, spaces and signs, to compare by."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in letters if letter.isalnum())
