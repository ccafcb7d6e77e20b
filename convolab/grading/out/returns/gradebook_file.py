"""What all gradebook files have in common: who a row belongs to, and which points go into it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from convolab.grading.intake.roster import Roster
from convolab.grading.out.returns.class_points import GRADED, ClassPoints, Result
from convolab.grading.out.returns.sheet import Sheet, as_cell
from convolab.grading.points_in_words import number
from convolab.problem import Problem


@dataclass(frozen=True)
class Wishes:
    """What a teacher asks for.

    Attributes:
        column: the column to fill, where a file has one for each assignment.
        scale: whether points are converted to what the platform's assignment is worth.
    """

    column: str | None = None
    scale: bool = False


@dataclass
class GradebookFile:
    """A file for a platform.

    Attributes:
        text: what it holds.
        notes: what a teacher should know, in sentences.
        left_out: students who are graded and not in it.
        called: the name and number of students there, as far as a file of the platform says.
    """

    text: str
    notes: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    called: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class RowOwner:
    """What a row says about its student.

    Attributes:
        name: as the platform shows it.
        number: the platform's own number; "" where there is none.
        keys: what else identifies a person: an id, an e-mail address, a login.
    """

    name: str
    number: str = ""
    keys: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The person, for the teacher to read."""
        if self.number and self.number not in self.name:
            return f"{self.name} ({self.number})"
        return self.name


class Rows:
    """Finds the student of each row of a platform's file.

    Raises:
        Problem: two rows belong to one student, or no row to anybody.
    """

    def __init__(
        self, sheet: Sheet, owners: Sequence[RowOwner], points: ClassPoints, platform: str
    ):
        self._sheet, self._points = sheet, points
        self._roster = Roster(result.person for result in points.results.values())
        self._numbers = points.numbers(platform)
        self.students: dict[int, str] = {}
        self.notes: list[str] = []
        strangers = []
        for place, owner in enumerate(owners):
            meant = self._meant(owner)
            if len(meant) == 1:
                self.students[place] = next(iter(meant))
            elif meant:
                named = " and ".join(sorted(meant))
                self.notes.append(
                    f"{owner.name} may be {named}, and nothing in {sheet.name} says which: that "
                    "row is left as it is."
                )
            else:
                strangers.append(owner.shown)
        self._refuse_doubles(owners)
        if not self.students:
            raise Problem(
                f"Nobody in {sheet.name} is a student of yours: it may be the export of another "
                "course or assignment. Nothing was written."
            )
        if sheet.guessed:
            self.notes.append(
                f"{sheet.name} is not in UTF-8, so it was read as Windows writes it: check letters "
                "such as é in what was written."
            )
        if strangers:
            self.notes.append(
                f"Nobody here is called {listed(strangers, 'or')}: left as "
                f"{'it is' if len(strangers) == 1 else 'they are'} in {sheet.name}."
            )

    def _meant(self, owner: RowOwner) -> set[str]:
        if owner.number and (student := self._numbers.get(owner.number)):
            return {student}
        for key in filter(None, owner.keys):
            if found := self._roster.named(key):
                return found
        found = self._roster.named(owner.name) if owner.name else set()
        if owner.number:  # somebody of that name to whom the platform gives another number
            found = found - set(self._numbers.values())
        return found

    def _refuse_doubles(self, owners: Sequence[RowOwner]) -> None:
        rows: dict[str, list[RowOwner]] = {}
        for place, student in self.students.items():
            rows.setdefault(student, []).append(owners[place])
        for student, several in rows.items():
            if len(several) > 1:
                called = " and ".join(filter(None, (row.shown for row in several)))
                raise Problem(
                    f"{len(several)} rows of {self._sheet.name} belong to {student}: {called}. "
                    "Delete the wrong one, then try again. Nothing was written."
                )

    def missing(self) -> list[Result]:
        """Those who are graded and have no row."""
        there = set(self.students.values())
        return [r for r in self._points.with_status(GRADED) if r.person.id not in there]


def left_out(missing: Iterable[Result], points: ClassPoints, name: str, way_out: str) -> list[str]:
    """A sentence about those who are graded and not in a file, if there are any."""
    shown = [f"{r.name} ({number(r.score or 0)} of {number(points.max_score)})" for r in missing]
    if not shown:
        return []
    are = "is" if len(shown) == 1 else "are"
    return [f"{listed(shown, most=len(shown))} {are} graded but not in {name}: {way_out}"]


def factor(points: ClassPoints, worth: float | None, where: str, wishes: Wishes) -> float:
    """What points are multiplied by, so that they are right where the assignment is worth `worth`.

    Raises:
        Problem: it is worth something else there, and nobody said that points are converted.
    """
    if worth is None or abs(worth - points.max_score) < 0.005:
        return 1.0
    if not wishes.scale:
        raise Problem(
            f"{points.lesson} is worth {number(points.max_score)} points, and in {where} "
            f"{number(worth)}: change it there and export again, or add --scale to convert the "
            "points. Nothing was written."
        )
    if not (points.max_score > 0 and worth > 0):
        raise Problem(
            f"{points.lesson} is worth {number(points.max_score)} points, and in {where} "
            f"{number(worth)}: that cannot be converted. Change it there and export again."
        )
    return worth / points.max_score


def score_cell(result: Result, times: float = 1.0, like: str = "") -> str:
    """The points of somebody as a cell: empty unless everything is graded."""
    return "" if result.score is None else as_cell(round(result.score * times, 2), like)


def listed(names: Sequence[str], word: str = "and", most: int = 6) -> str:
    """Names in a sentence; so many at most, and how many more there are."""
    names = list(names)
    if len(names) > most:
        return f"{', '.join(names[:most])} {word} {len(names) - most} more"
    return f" {word} ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""
