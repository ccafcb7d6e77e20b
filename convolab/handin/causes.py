"""What stopped in a notebook: each cause told once, and named by the exercises that it costs.

`Story` is told of every cell as it is run, in the grader and in `convolab check-notebook` alike.
"""

import builtins
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from convolab.handin.given import DELETED, MOVED, TEXT, Due, Given, Plan
from convolab.handin.names import defined, mentioned
from convolab.handin.stop import GRADING, Stop, head

GIVEN, ANSWER, OWN = "given", "answer", "own"
_QUIET = "NotImplementedError"  # of a stub: the exercise says so itself
_LESS = {
    DELETED: "is not in your notebook any more",
    TEXT: "is text in your notebook, not code",
    MOVED: "is not where it was in the lesson",
}


class Cause(NamedTuple):
    """Something that stopped: in a few words, the same for all to whom it happened, and in a
    sentence or two for the student."""

    what: str
    sentence: str


@dataclass(eq=False)
class Told:
    """One cell of a notebook and what became of it.

    Attributes:
        source: its text as the student has it, else the lesson's.
        name: the exercise that it answers.
        given: the lesson's cell that it was made from.
        became: of a given cell that is not in its place: see `given.Due`.
        first: whether it is the notebook's first code cell.
        stop: where it stopped, None if it did not.
        seconds: how long it ran.
        lacks: names that were missing after it, for which the lesson's text was run.
        beside: whether the lesson's own text was run beside it.
        beside_stop: where that stopped.
    """

    source: str
    name: str = ""
    given: Given | None = None
    became: str = ""
    first: bool = False
    stop: Stop | None = None
    seconds: float = 0.0
    lacks: tuple[str, ...] = ()
    beside: bool = False
    beside_stop: Stop | None = None
    costs: bool = False  # an exercise other than its own depends on it

    @property
    def kind(self) -> str:
        """Whether the lesson gave it, or it holds an answer, or is the student's own."""
        return GIVEN if self.given else ANSWER if self.name else OWN

    @cached_property
    def defines(self) -> frozenset[str]:
        """The names that its text defines."""
        return defined(self.source)

    @property
    def unchanged(self) -> bool:
        """Whether it is as the lesson gave it."""
        return self.given is not None and self.given.is_unchanged(self.source)

    @property
    def bad(self) -> bool:
        """Whether what it was to define may be missing."""
        return self.stop is not None or (self.beside and self.beside_stop is not None)

    @property
    def listed(self) -> bool:
        """Whether it is a cause: it costs something, or what it would have cost was mended."""
        if self.beside or self.costs:
            return True
        if self.stop is None or self.stop.error == _QUIET:
            return False
        ended = self.stop.status != "error" or not self.stop.error or self.stop.error == "SystemExit"
        return self.kind == GIVEN or (self.kind == OWN and ended)


class Story:
    """What became of the cells of one notebook.

    Args:
        plan: where the lesson's cells are in it.
        here: where it is run, for sentences.
    """

    def __init__(self, plan: Plan, here: str = GRADING):
        self.here = here
        self.cells: list[Told] = []
        self._lessons = plan.defines | set(dir(builtins))

    def cell(self, source: str, name: str = "", given: Given | None = None) -> Told:
        """A cell that is run now."""
        told = Told(source, name, given, first=not any(not one.became for one in self.cells))
        self.cells.append(told)
        return told

    def due(self, due: Due) -> Told:
        """A given cell that is not in its place here; what is known of it already, if it was run
        before."""
        for told in self.cells:
            if told.given is due.given:
                return told
        told = Told(due.given.source, given=due.given, became=due.became)
        self.cells.append(told)
        return told

    def keeps(self, told: Told) -> list[str]:
        """The names that the lesson's text of a cell must leave as they are: what the student gave
        a value to in other cells, and in this one if it did not stop."""
        names: set[str] = set()
        for one in self.cells:
            if not one.unchanged and not (one is told and one.stop):
                names |= one.defines if not one.became else set()
        return sorted(names)

    def causes(self) -> list[Cause]:
        """What stopped, in the notebook's order; the same twice is told once."""
        listed = [Cause(self._what(told), self._sentence(told)) for told in self.cells if told.listed]
        return list(dict.fromkeys(listed))

    # --- What an exercise owes to a cause.

    def unable(self, name: str, exists: bool, unknown: set[str]) -> tuple[str, str, str] | None:
        """Why an exercise could not be judged, if that is a cell's doing.

        Args:
            name: the exercise.
            exists: whether there is anything of its name.
            unknown: the names that it uses and that do not exist.

        Returns:
            The status, the hint, and the cause in a few words ("" if it is the exercise's own
            cell); None if no cell is to blame.
        """
        wanted = unknown if exists else {name}
        for told in reversed(self.cells):
            if not told.bad:
                continue
            lost = (told.defines | (told.given.defines if told.given else set())) & wanted
            own = told.name == name
            if not lost and not (own and not exists):
                continue
            told.costs = told.costs or not own
            stop = told.beside_stop or told.stop
            if own:
                return stop.status, f"{self._stops(told)} So there is no {name}.", ""
            what = "function or value called " + name if not exists else f"`{min(lost)}`"
            needs = f"There is no {what}" if not exists else f"It needs {what}, which is missing"
            return stop.status, f"{needs}, because {self._short(told)}.", self._what(told)
        return None

    def slowest(self) -> tuple[str, str] | None:
        """Where the time went, the end of a sentence, and the cause in a few words."""
        slow = [told for told in self.cells if told.seconds >= 1]
        if not slow:
            return None
        told = max(slow, key=lambda one: one.seconds)
        told.costs = told.costs or told.stop is not None
        return f"{_lower(self._place(told))} took {told.seconds:.0f} seconds of it", self._what(told)

    # --- Sentences.

    def _place(self, told: Told) -> str:
        if told.first and not told.became:
            return "The first cell"
        if told.kind == ANSWER:
            return f"The cell of {told.name}"
        lines = [line for line in told.source.splitlines() if line.strip()]
        begins = "" if len(lines) < 2 else "that begins "
        return f"{'The lesson’s' if told.given else 'Your'} cell {begins}`{head(told.source)}`"

    def _what(self, told: Told) -> str:
        if told.stop:
            return told.stop.what
        return f"{told.became or 'changed'}: {head(told.given.source)}" if told.given else ""

    def _stops(self, told: Told) -> str:
        """The sentence that says where and why a cell stopped."""
        stop, place = told.stop or told.beside_stop, self._place(told)
        alone = len(told.source.strip().splitlines()) == 1 and not told.first
        line = f" in its line {stop.line}, `{stop.text}`" if stop.line and not alone else ""
        if not stop.error:
            return f"{place} had to be stopped: {stop.says}."
        if stop.status == "timeout":
            return f"{place} ran for too long and was stopped{line}."
        inside = f", in your `{stop.inside}` at `{stop.inner}`" if stop.inside and stop.inner else ""
        why = stop.why(self.here).rstrip(".")
        return f"{place} stops{line}{inside}: {why}.{self._shadowed(told)}"

    def _shadowed(self, told: Told) -> str:
        """Which name of a lesson's line the student gave another value to, if that may be why."""
        stop = told.stop
        if not told.unchanged or stop is None or stop.inside:
            return ""
        words = mentioned(stop.text) & self._lessons
        for one in self.cells:
            if one is told:
                break
            if one.kind != GIVEN and (both := one.defines & words):
                return f" You gave `{min(both)}` another value above, in `{head(one.source)}`."
        return ""

    def _short(self, told: Told) -> str:
        """Where and why a cell stopped, in the middle of a sentence."""
        stop, place = told.stop or told.beside_stop, _lower(self._place(told))
        if not stop.error:
            return f"{place} had to be stopped ({stop.says})"
        if stop.status == "timeout":
            return f"{place} ran for too long and was stopped"
        at = f" at `{stop.text}`" if stop.line and stop.text not in place else ""
        return f"{place} stops{at}: {stop.why(self.here).rstrip('.')}"

    def _sentence(self, told: Told) -> str:
        says = ""
        if told.stop:
            says = self._stops(told)
        elif told.became:
            says = f"{self._place(told)} {_LESS[told.became]}{self._used(told)}."
        elif told.beside:
            says = f"{self._place(told)} was changed{self._used(told)}."
        if not told.beside:
            return says
        if told.beside_stop is None:
            return (
                f"{says} The lesson’s own text of this cell was run as well, so your answers were "
                "checked all the same."
            )
        if not told.stop:
            return f"{says} The lesson’s own text of this cell was run, and {self._again(told)}"
        return f"{says} The lesson’s own text of this cell was run as well, and {self._again(told)}"

    def _again(self, told: Told) -> str:
        stop = told.beside_stop
        if stop.status == "timeout" or not stop.error:
            return "had to be stopped, too."
        at = f" at `{stop.text}`" if stop.text else ""
        return f"stops{at}, too: {stop.why(self.here).rstrip('.')}."

    def _used(self, told: Told) -> str:
        if not told.lacks:
            return ""
        names = [f"`{name}`" for name in told.lacks[:3]]
        more = ", …" if len(told.lacks) > 3 else ""
        return f", but the notebook uses what it defines ({', '.join(names)}{more})"


def _lower(place: str) -> str:
    return place[0].lower() + place[1:]
