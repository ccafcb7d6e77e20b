"""What stopped in a notebook: each cause reported once, and named by the exercises it costs.

`Story` is told of every cell as it is run, in the grader and in `convolab check-notebook` alike.
"""

import builtins
from collections.abc import Iterable
from typing import NamedTuple

from convolab.check.words import counted
from convolab.handin.cell_names import MOST, mentioned
from convolab.handin.cell_story import CellStory, lower, other_value
from convolab.handin.given_cells import Due, Given, Plan
from convolab.handin.unknown_names import UNKNOWN
from convolab.handin.why_stopped import GRADING, head

_PYTHONS_OWN = frozenset(name for name in dir(builtins) if not name.startswith("_"))
MOST_CAUSES = 20
_MUCH = 0.2  # of all the time a notebook may take


class Cause(NamedTuple):
    """Something that stopped: in a few words, the same for everybody it happened to, and in a
    sentence or two for the student."""

    what: str
    sentence: str


class Blame(NamedTuple):
    """Why an exercise could not be judged, if a cell is to blame.

    Attributes:
        hint: what to tell the student.
        status: the exercise's.
        follows: the cause in a few words; "" if it is the exercise's own cell.
        unreadable: whether Python cannot read the exercise's own cell.
    """

    hint: str
    status: str
    follows: str
    unreadable: bool = False


class Story:
    """What happened to the cells of one notebook.

    Args:
        plan: where the lesson's cells are in it.
        here: where it is run, for sentences.
    """

    def __init__(self, plan: Plan, here: str = GRADING):
        self.here = here
        self.cells: list[CellStory] = []
        self._left = MOST
        self._not_theirs = _PYTHONS_OWN | plan.imports

    def cell(self, source: str, name: str = "", given: Given | None = None) -> CellStory:
        """A cell that is run now."""
        told = CellStory(source, name, given, first=all(one.became for one in self.cells))
        self._left -= len(source)
        told.long = self._left < 0
        self.cells.append(told)
        return told

    def due(self, due: Due) -> CellStory:
        """A lesson's cell that is not in its place; what is known of it, if it was run before."""
        for told in self.cells:
            if told.given is due.given:
                return told
        told = CellStory(due.given.source, given=due.given, became=due.became)
        self.cells.append(told)
        return told

    def keeps(self, told: CellStory) -> list[str]:
        """The names that the lesson's text of a cell must leave as they are: what the student gave
        a value to, but for what this very cell was to define when it stopped."""
        names: set[str] = set()
        for one in self.cells:
            if not one.unchanged and not one.became:
                names |= one.defines
        return sorted(names - told.defines if told.stop else names)

    def causes(self) -> list[Cause]:
        """What stopped, in the notebook's order. What another cell caused, and repetitions, are
        left out."""
        for told in self.cells:
            self._find_culprit(told)
        found: dict[str, Cause] = {}
        blamed: list[CellStory] = []
        promised: set[str] = set()  # by those that are blamed
        shown: set[int] = set()
        for told in self.cells:
            follows = not promised.isdisjoint(_unknown(told))
            if told.became:  # its text may be in the very cell that stopped
                follows = any(set(told.lacks) <= one.promises for one in blamed)
            if told.spoilt_by:
                follows = follows or id(told.spoilt_by[0]) in shown
                shown.add(id(told.spoilt_by[0]))
            if told.bad:
                blamed.append(told)
                promised |= told.promises
            if told.listed and not follows:
                sentence = told.sentence(self.here)
                found.setdefault(sentence, Cause(told.what, sentence))
        for told in self.cells:
            if told.spoils and id(told) not in shown:
                name = min(told.spoils)
                says = (
                    f"{told.place} gives `{name}` another value, but other cells need it as it was."
                )
                found.setdefault(says, Cause(other_value(name), says))
        return list(found.values())[:MOST_CAUSES]

    def blame(self, name: str, exists: bool, unknown: set[str], spoilt: set[str]) -> Blame | None:
        """Why an exercise is not right, if a cell is to blame.

        Args:
            name: the exercise.
            exists: whether there is anything of its name.
            unknown: the names that it used and did not find.
            spoilt: the words of the lines in which a value was of no use to it.
        """
        wanted = unknown if exists else {name}
        for told in reversed(self.cells):
            own, lost = told.name == name, told.promises & wanted
            if not told.bad or not (lost or (own and not exists)):
                continue
            status = (told.beside_stop or told.stop).status
            if own:
                why = told.stops(self.here).rstrip(".")
                unreadable = (told.beside_stop or told.stop).is_unreadable
                return Blame(f"{why}, so there is no {name}.", status, "", unreadable)
            told.costs = True
            needs = f"It needs `{min(lost)}`, which is missing" if exists else f"There is no {name}"
            return Blame(f"{needs}, because {told.because(self.here)}.", status, told.what)
        culprit = self._gave_another_value(spoilt) if exists else None
        if culprit is None:
            return None
        told, used = culprit
        told.spoils.add(used)
        hint = f"It uses `{used}`, and `{head(told.source)}` gave that name another value."
        return Blame(hint, "error", other_value(used))

    def too_long(self, seconds: float) -> Blame | None:
        """The cell that took much of the time, where a notebook as a whole took too long.

        Args:
            seconds: what a notebook may take.
        """
        told = max(self.cells, key=lambda one: one.seconds, default=None)
        if told is None or told.seconds < seconds * _MUCH:
            return None
        told.costs = told.costs or told.stop is not None
        hint = f"{lower(told.place)} took {counted(round(told.seconds), 'second')} of it"
        return Blame(hint, "timeout", told.what)

    def ends_python(self) -> Blame | None:
        """The first cell that ended Python, where that happened too often."""
        for told in self.cells:
            if told.stop is not None and told.stop.is_end:
                told.costs = True
                return Blame(f"the first time in {lower(told.place)}", "error", told.what)
        return None

    def _find_culprit(self, told: CellStory) -> None:
        stop = told.stop
        if told.unchanged and stop is not None and not stop.inside:
            told.spoilt_by = self._gave_another_value(mentioned(stop.text), before=told)

    def _gave_another_value(
        self, words: Iterable[str], before: CellStory | None = None
    ) -> tuple[CellStory, str] | None:
        """The student's cell that gave another value to one of these names, if it is Python's own
        or the lesson imports it; and the name."""
        for told in self.cells:
            if told is before:
                return None
            if told.given is None and (names := told.assigns & self._not_theirs & set(words)):
                return told, min(names)
        return None


def _unknown(told: CellStory) -> set[str]:
    """The name at which a cell stopped because it did not exist."""
    stop = told.stop or told.beside_stop
    found = UNKNOWN.match(stop.says) if stop and stop.error == "NameError" else None
    return {found[1]} if found else set()
