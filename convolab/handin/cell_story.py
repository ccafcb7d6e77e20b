"""One cell of a notebook, what happened to it, and how that is said to students and teachers."""

from dataclasses import dataclass, field
from functools import cached_property

from convolab.handin.cell_names import defined, defined_by_lines, imports
from convolab.handin.given_cells import DELETED, MOVED, TEXT, Given
from convolab.handin.why_stopped import Stop, head

_QUIET = "NotImplementedError"  # of a stub: the exercise says so itself
_LESS = {
    DELETED: "is no longer in the notebook",
    TEXT: "is now text, not code",
    MOVED: "is not where the lesson had it",
}
_AS_WELL = "The lesson’s own text of this cell was run as well"


@dataclass(eq=False)
class CellStory:
    """One cell and what happened to it.

    Attributes:
        source: its text as the student has it, else the lesson's.
        name: the exercise that it answers.
        given: the lesson's cell that it was made from.
        became: what happened to a lesson's cell that is not in its place: see `given.Due`.
        first: whether it is the notebook's first code cell.
        stop: where it stopped, None if it did not.
        seconds: how long it ran.
        lacks: names that were missing, for which the lesson's text was run.
        beside: whether the lesson's own text was run as well, and where that stopped.
        long: whether the notebook is so long here that its lines alone are read.
        costs: whether an exercise other than its own depends on it.
        spoils: names of Python or of the lesson's imports that it gave another value, if others
            need them.
        spoilt_by: the student's cell, and the name, for which a lesson's cell stopped.
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
    costs: bool = False
    long: bool = False
    spoils: set[str] = field(default_factory=set)
    spoilt_by: "tuple[CellStory, str] | None" = None

    @cached_property
    def defines(self) -> frozenset[str]:
        """The names that its text defines."""
        return defined_by_lines(self.source) if self.long else defined(self.source)

    @property
    def promises(self) -> frozenset[str]:
        """The names that are there once it has run, as the student or as the lesson has it."""
        return self.defines | (self.given.defines if self.given else frozenset())

    @cached_property
    def assigns(self) -> frozenset[str]:
        """The names that its text defines other than by an import."""
        return frozenset() if self.long else self.defines - imports(self.source)

    @property
    def unchanged(self) -> bool:
        """Whether it is as the lesson gave it."""
        return self.given is not None and self.given.is_unchanged(self.source)

    @property
    def bad(self) -> bool:
        """Whether what it should define may be missing."""
        return self.stop is not None or self.beside_stop is not None

    @property
    def listed(self) -> bool:
        """Whether it is a cause: it costs something, or would have without the repair."""
        if self.beside or self.costs:
            return True
        if self.stop is None or self.stop.error == _QUIET:
            return False
        return self.given is not None or (not self.name and self.stop.is_end)

    def note_beside(self, needs: list[str] | None, lacks: object, stop: Stop | None) -> None:
        """Note what happened to the lesson's own text.

        Args:
            needs: the names it should be run for; None if it was run in any case.
            lacks: those of them that were missing.
            stop: where it stopped.
        """
        if needs is not None:
            self.lacks = tuple(name for name in needs if isinstance(lacks, list) and name in lacks)
            if not self.lacks and stop is None:
                return
        self.beside, self.beside_stop = True, stop

    # --- In words.

    @property
    def place(self) -> str:
        """The cell, at the beginning of a sentence."""
        if self.first and not self.became:
            return "The first cell"
        if self.name and not self.given:
            return f"The cell of {self.name}"
        whose = "The lesson’s" if self.given else "Your"
        return f"{whose} cell {'' if self._is_one_line else 'that starts '}`{head(self.source)}`"

    @property
    def _is_one_line(self) -> bool:
        return len(self.source.strip().splitlines()) == 1

    @property
    def what(self) -> str:
        """What went wrong, in a few words, the same for everybody it happened to."""
        if self.spoilt_by:
            return other_value(self.spoilt_by[1])
        if self.stop or self.given is None:
            return self.stop.what if self.stop else ""
        return f"`{head(self.given.source)}` {self.became or 'changed'}"

    def stops(self, here: str) -> str:
        """The sentence that says where and why it stopped."""
        stop = self.stop or self.beside_stop
        if not stop.error and stop.says.startswith("Python ended"):
            return f"{self.place} ended Python{stop.says.removeprefix('Python ended')}."
        if not stop.error:
            return f"{self.place} had to be stopped: {stop.says}."
        shows = f"`{stop.text}`" in self.place
        line = f" in its line {stop.line}, `{stop.text}`" if stop.line and not shows else ""
        if stop.status == "timeout":
            return f"{self.place} ran for too long and was stopped{line}."
        line = " there" if shows and not self._is_one_line else line
        if stop.inside and stop.inner:
            line += f", in `{stop.inside}` at `{stop.inner}`"
        why = stop.why(here).rstrip(".")
        if self.spoilt_by:
            culprit, name = self.spoilt_by
            why += f". You gave `{name}` another value above, in `{head(culprit.source)}`"
        return f"{self.place} stops{line}: {why}."

    def because(self, here: str) -> str:
        """Where and why it stopped, briefly, in the middle of a sentence."""
        stop, place = self.stop or self.beside_stop, lower(self.place)
        if not stop.error:
            return f"{place} had to be stopped ({stop.says})"
        if stop.status == "timeout":
            return f"{place} ran for too long and was stopped"
        at = f" at `{stop.text}`" if stop.line and stop.text not in place else ""
        return f"{place} stops{at}: {stop.why(here).rstrip('.')}"

    def sentence(self, here: str) -> str:
        """What stopped, and what was done about it."""
        if self.stop:
            says = self.stops(here)
        elif self.became:
            says = f"{self.place} {_LESS[self.became]}{self._is_needed()}."
        else:
            says = f"{self.place} was changed{self._is_needed()}."
        if not self.beside:
            return says
        stop = self.beside_stop
        if stop is None:
            return f"{says} {_AS_WELL}, so your answers were checked all the same."
        if not stop.error or stop.status == "timeout":
            return f"{says} {_AS_WELL}, and had to be stopped."
        at = f" at `{stop.text}`" if stop.text else ""
        return f"{says} {_AS_WELL}, and stops{at}: {stop.why(here).rstrip('.')}."

    def _is_needed(self) -> str:
        names = [f"`{name}`" for name in self.lacks[:3]]
        more = " and more" if len(self.lacks) > 3 else ""
        return f", but other cells need what it defines ({', '.join(names)}{more})"


def lower(place: str) -> str:
    """A cell in the middle of a sentence."""
    return place[0].lower() + place[1:]


def other_value(name: str) -> str:
    """A name that means something else than it should, in a few words."""
    return f"{name} has another value"
