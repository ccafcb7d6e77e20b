"""An exercise as its author writes it: the right answer, cases, mistakes, accepted variants.

One file an exercise, autograde/exercises/<lesson>/<name>.py, which makes one `Exercise` called
`exercise`. The file's name is the name of the function that a learner writes.

    exercise = Exercise(points={"numbers": 1}, says={"numbers": "plain numbers"})

    @exercise.right
    def halve(values):
        return values / 2

    exercise.case("numbers", np.array([1, 2, 3]))

    @exercise.hidden
    def more(rng):
        yield "numbers", (rng.integers(-9, 9, 5),)

    exercise.slip("whole numbers", "/", "//", "3 became 1: // throws away the half.")

A mistake is written in the simplest of three forms that fits: a *slip* (this text of the right
program becomes that), a *knob* (one of a family of wrong programs, with a parameter turned), or a
*wrong* program of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from convolab.exercises import integers
from convolab.exercises.calling_line import PACKAGE, calling_line
from convolab.exercises.parts import Case, Demand, Learns, Misconception, Speed, Variant
from convolab.exercises.slip import Slip, program_of
from convolab.problem import Problem

ASKED = ("whole", "dtype", "answer")
NO_RIGHT = (
    "No right program is written out above this slip: move the slip below @exercise.right or a "
    "variant that has its text."
)


@dataclass
class Exercise:
    """Everything that is known about one exercise.

    Args:
        points: the points of each aspect; none for what is checked but not graded.
        says: each aspect in words, for the learner. An aspect without points is named here alone.
        kind: "function", "value" for a by-hand answer, "open" for an open task (see `demand`).
        tolerance: how far a number may be off, relative to the larger of 1 and the number.
        lists: whether a list is accepted where an array is expected (lessons 00 and 01).
        asks: aspects whose values must be more than the right numbers:
            "whole" (each is an int, 6 and not 6.0), "dtype" (an array of the right answer's dtype)
            or "answer" (no exception: any value will do; for aspects about what is refused, which a
            wrong formula should not cost).
        ready_made: functions of `convolab.ops` that do what is to be written here.
        allows: what answers may call here though no other exercise allows it, such as "torch".
        shape_only: entries of a resulting dictionary that are drawn at random, so only their
            shape is compared.
        praise: one sentence for a right answer, if there is something worth adding.
    """

    points: dict[str, float] = field(default_factory=dict)
    says: dict[str, str] = field(default_factory=dict)
    kind: str = "function"
    tolerance: float = 1e-6
    lists: bool = False
    asks: dict[str, str] = field(default_factory=dict)
    ready_made: tuple[str, ...] = ()
    allows: tuple[str, ...] = ()
    shape_only: tuple[str, ...] = ()
    praise: str = ""

    name: str = ""  # the loader's, as the next ones
    lesson: str = ""
    folder: Path | None = None
    path: str = ""
    others: tuple[str, ...] = ()  # the other functions of the lesson
    line: int = 0
    answer_line: int = field(default=0, init=False)
    cases: list[Case] = field(default_factory=list, init=False)
    misconceptions: list[Misconception] = field(default_factory=list, init=False)
    variants: list[Variant] = field(default_factory=list, init=False)
    speeds: list[Speed] = field(default_factory=list, init=False)
    trainings: list[Learns] = field(default_factory=list, init=False)
    demands: dict[str, Demand] = field(default_factory=dict, init=False)
    draw_hidden: Callable | None = field(default=None, init=False)
    answer: Any = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.line = calling_line()

    @property
    def worth(self) -> float:
        """The points of all aspects together."""
        whole = round(sum(self.points.values()), 2)
        return int(whole) if whole == int(whole) else whole

    # --- What is right.

    def right(self, function: Callable) -> Callable:
        """Register the right answer: `ops`' own function, or a decorated one."""
        self.answer, self.answer_line = function, calling_line()
        return function

    def variant(self, name: str) -> Callable:
        """Register another right program, which must pass."""
        _see_name(name, "variant")

        def register(function: Callable) -> Callable:
            self.variants.append(Variant(name, function, calling_line()))
            return function

        return register

    def also(self, name: str, old: str, new: str, of: str | None = None) -> None:
        """Register another right program: the one written out in which `old` becomes `new`."""
        self.variants.append(Variant(name, self._slipped(old, new, of), calling_line()))

    # --- What is required.

    def shows(self, aspect: str, *calls: Any) -> None:
        """Add visible cases: what the right answer gives is right.

        Args:
            calls: the arguments of each, a tuple; a single argument that is not a tuple needs
                none.
        """
        line = calling_line()
        self.cases += [Case(aspect, _arguments(call), line=line) for call in calls]

    def numpy_integers(self, aspect: str, *arguments: Any) -> None:
        """Add a visible case whose whole numbers are NumPy's, and the mistake of refusing them."""
        self.shows(aspect, tuple(map(integers.as_numpy, arguments)))
        refuses = integers.refusing(lambda *given: self.answer(*given))
        self._mistake(integers.REFUSED, integers.HINT, refuses)

    def refuses(
        self,
        what: str,
        *calls: Any,
        aspect: str = "errors",
        error: type[Exception] = ValueError,
        says: int | str | None = None,
    ) -> None:
        """Add visible cases whose right answer is an exception.

        Args:
            what: is refused, in words that fit before "is not refused yet", such as "an even size".
            calls: the arguments of each, as in `shows`.
            says: a number or word that the exception's message must contain.
        """
        text, line = None if says is None else str(says), calling_line()
        self.cases += [
            Case(aspect, _arguments(call), error.__name__, text, refused=what, line=line)
            for call in calls
        ]

    def hidden(self, draw: Callable) -> Callable:
        """Register the generator of hidden cases: `draw(rng)` yields (aspect, arguments), or
        (aspect, arguments, exception) if an exception is the right answer, with what its
        message must contain as a fourth."""
        self.draw_hidden = draw
        return draw

    def speed(self, aspect: str, times: float, steps: tuple[int, int], *shapes: tuple) -> None:
        """Add the speed aspect of a "fast" exercise."""
        self.speeds.append(Speed(aspect, times, steps, shapes))

    def learns(
        self,
        aspect: str,
        at_least: float,
        epochs: int,
        digits: tuple[np.ndarray, np.ndarray],
        unseen: tuple[np.ndarray, np.ndarray],
    ) -> None:
        """Add the aspect of an exercise that trains the small network of lesson 08."""
        self.trainings.append(Learns(aspect, at_least, epochs, digits, unseen))

    def demand(
        self,
        name: str,
        says: str,
        measure: Callable | None = None,
        *,
        at_least: float | None = None,
        at_most: float | None = None,
        points: float = 0,
        unit: str = "",
        hint: str = "",
    ) -> None:
        """Make it an open task, and add a demand that answers must meet.

        Args:
            name: of the demand, as reports show it.
            says: what is needed, in words that fit after "Not yet:".
            measure: `measure(ask, rng)` gives the number that counts; it is written in
                <name of the exercise>_measure.py, which learners are handed.
            at_least, at_most: the target; one of them.
            unit: what the number counts, such as "pixels"; "% of the lines" for a share, from 0 to
                1, that is shown as a percentage.
            hint: what to try, for learners who do not reach it yet.
        """
        if not callable(measure):
            raise Problem(
                f"The demand {name!r} needs a measurement, a function of the _measure.py file, "
                "after what it says."
            )
        if (at_least is None) == (at_most is None):
            raise Problem(f"The demand {name!r} needs a target: either at_least or at_most.")
        if name in self.demands:
            raise Problem(f"Two demands are called {name!r}.")
        target = at_most if at_least is None else at_least
        self.kind = "open"
        self.demands[name] = Demand(
            says, measure, target, at_least is None, unit, hint, calling_line()
        )
        self.says[name] = says
        if points:
            self.points[name] = points

    # --- What commonly goes wrong.

    def slip(self, name: str, old: str, new: str, hint: str, of: str | None = None) -> None:
        """Register a mistake as one slip in a right program.

        Args:
            name: of the mistake, as a teacher reads it in the class report.
            old: text of the program, found in it exactly once.
            new: what replaces it.
            hint: one or two sentences for the learner.
            of: the variant in which the slip is made; None for the program written out first.
        """
        self._mistake(name, hint, self._slipped(old, new, of))

    def knob(self, name: str, family: Callable, hint: str, **turned: Any) -> None:
        """Register a mistake as one of a family of programs: `family`, called with the learner's
        arguments and with these parameters."""

        def program(*arguments: Any) -> Any:
            return family(*arguments, **turned)

        self._mistake(name, hint, program)

    def lazy(self, name: str) -> Callable:
        """Register an answer to an open task that should not get all points: its demands say why,
        so it has no hint of its own."""
        _see_name(name, "lazy")
        return self.wrong(name, "")

    def wrong(self, name: str, hint: str, untouched: bool = False) -> Callable:
        """Register a mistake as a program of its own; `untouched` for the one that a trap hands to
        the learner."""

        def register(function: Callable) -> Callable:
            self._mistake(name, hint, function, untouched)
            return function

        return register

    def _mistake(self, name: str, hint: str, function: Any, untouched: bool = False) -> None:
        self.misconceptions.append(Misconception(name, hint, function, untouched, calling_line()))

    def _slipped(self, old: str, new: str, of: str | None) -> Callable:
        return Slip(old, new).made_in(program_of(self._program(of)))

    def _program(self, of: str | None) -> Callable:
        """The right program in which a slip is made."""
        if of is None:
            if self.answer is None:
                raise Problem(NO_RIGHT)
            for function in (self.answer, *(variant.function for variant in self.variants)):
                if str(getattr(function, "__module__", "")).startswith(PACKAGE):
                    return function
            raise Problem(NO_RIGHT)
        for variant in self.variants:
            if variant.name == of:
                return variant.function
        names = ", ".join(repr(variant.name) for variant in self.variants) or "none yet"
        raise Problem(f"There is no variant {of!r} above this slip; there are {names}.")


def _see_name(name: Any, decorator: str) -> None:
    """A decorator without brackets would silently drop the function."""
    if not isinstance(name, str):
        raise Problem(f'Give it a name in quotes: write @exercise.{decorator}("…").')


def _arguments(call: Any) -> tuple:
    return call if isinstance(call, tuple) else (call,)
