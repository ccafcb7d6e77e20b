"""What an author writes about an exercise: reference, cases, misconceptions, accepted variants.

One block an exercise, in autograde/exercises/<lesson>.py:

    halve = Exercise("halve", points=1, aspects={"numbers": "plain numbers"})

    @halve.reference
    def halve_reference(values):
        return values / 2

    halve.case("numbers", np.array([1, 2, 3]))

    @halve.hidden
    def more_to_halve(rng):
        yield "numbers", (rng.integers(-9, 9, 5),)

    @halve.misconception("whole numbers", hint="3 became 1: // throws away the half.")
    def whole_numbers(values):
        return values // 2

Reference, misconceptions and variants may call earlier exercises by name: an `Exercise` that is
called answers with its reference, as the learner's own function does in the notebook.
"""

import importlib.util
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from convolab.check import integers
from convolab.problem import Problem

_MODULE = "convolab_exercises_"
ASKED = ("whole", "dtype", "answer")


@dataclass(frozen=True)
class Case:
    """One call and its aspect; `raises` names the exception that is the right answer, `says` what
    its message must contain, if anything."""

    aspect: str
    arguments: tuple
    raises: str | None = None
    says: str | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Speed:
    """A "fast" aspect: at least `times` as fast as `steps` elementwise multiply-adds in a loop.

    `shapes` gives the shape of each array argument; the numbers in them are made by the checker.
    """

    aspect: str
    times: float
    steps: tuple[int, int]
    shapes: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Learns:
    """A "learns" aspect: train on digits, read unseen ones at least `at_least` of them rightly.

    `digits` and `unseen` are (images (N, 8, 8) of whole numbers from 0 to 16, labels (N,)).
    """

    aspect: str
    at_least: float
    epochs: int
    digits: tuple[np.ndarray, np.ndarray]
    unseen: tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Misconception:
    """A wrong idea, the function it leads to, and the hint for somebody who has it.

    `untouched`: a trap behaves like this as long as nobody has worked on it.
    """

    name: str
    hint: str
    function: Any
    hidden_only: bool = False
    untouched: bool = False


@dataclass(frozen=True)
class Variant:
    """Another right answer, which must pass."""

    name: str
    function: Any


@dataclass
class Exercise:
    """Everything that is known of one exercise.

    Args:
        name: the function (or, for a by-hand answer, the variable) that a student writes.
        points: 0 for what is checked but not graded (by-hand answers, traps, challenges).
        aspects: each aspect's name and what it says to a student; the points are shared equally,
            or by `shares`.
        kind: "function", or "value" for a variable.
        tolerance: how far a number may be off, relative to the larger of 1 and the number.
        lists: whether a list is accepted where an array is expected (lessons 00 and 01).
        asks: aspects whose values are asked for in another way than by their numbers alone:
            "whole" (each is an int, 6 and not 6.0), "dtype" (an array of the reference's dtype) or
            "answer" (no exception: any value will do; for aspects about what is refused, which a
            wrong formula should not cost).
        ready_made: functions of `convolab.ops` that do what is to be written here.
        shape_only: entries of a resulting dictionary that are drawn at random, of which only the
            shape is compared.
        praise: one sentence for whoever has it right, where there is something worth adding.
    """

    name: str
    points: float = 0
    aspects: dict[str, str] = field(default_factory=lambda: {"answer": "the answer"})
    shares: dict[str, float] | None = None
    kind: str = "function"
    tolerance: float = 1e-6
    lists: bool = False
    asks: dict[str, str] = field(default_factory=dict)
    ready_made: tuple[str, ...] = ()
    shape_only: tuple[str, ...] = ()
    praise: str = ""

    cases: list[Case] = field(default_factory=list)
    misconceptions: list[Misconception] = field(default_factory=list)
    variants: list[Variant] = field(default_factory=list)
    speeds: list[Speed] = field(default_factory=list)
    trainings: list[Learns] = field(default_factory=list)
    draw_hidden: Callable | None = None
    answer: Any = None
    lesson: str = ""
    line: int = 0  # where the module makes it

    def __post_init__(self) -> None:
        self.line = _calling_line()

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """The right answer, so that one exercise's answer can build on another's."""
        return self.answer(*arguments, **named)

    def reference(self, function: Callable) -> Callable:
        """Register the right answer."""
        self.answer = function
        return function

    def right(self, value: Any) -> None:
        """Register the right value of a by-hand answer: numbers, or the letter of a choice."""
        self.kind, self.lists = "value", True
        self.answer = _plain(value)
        self.cases.append(Case("answer", ()))

    def wrong(self, name: str, value: Any, hint: str) -> None:
        """Register a wrong value of a by-hand answer and the hint for whoever gave it."""
        self.misconceptions.append(Misconception(name, hint, _plain(value)))

    def case(self, aspect: str, *arguments: Any) -> None:
        """Add a visible case: the reference's value is the right answer."""
        self.cases.append(Case(aspect, arguments))

    def raises(
        self, aspect: str, error: type[Exception], *arguments: Any, says: int | str | None = None
    ) -> None:
        """Add a visible case whose right answer is an exception, with this number or word in its
        message."""
        text = None if says is None else str(says)
        self.cases.append(Case(aspect, arguments, raises=error.__name__, says=text))

    def numpy_integers(self, aspect: str, *arguments: Any) -> None:
        """Add a visible case whose whole numbers are NumPy's, and the misconception that refuses
        them."""
        self.case(aspect, *map(integers.as_numpy, arguments))
        refuses = integers.refusing(lambda *given: self.answer(*given))
        self.misconception(integers.REFUSED, hint=integers.HINT)(refuses)

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

    def hidden(self, draw: Callable) -> Callable:
        """Register the generator of hidden cases: `draw(rng)` yields (aspect, arguments), or
        (aspect, arguments, exception) where an exception is the right answer, with what its
        message must contain as a fourth."""
        self.draw_hidden = draw
        return draw

    def misconception(
        self, name: str, hint: str, hidden_only: bool = False, untouched: bool = False
    ) -> Callable:
        """Register a wrong implementation and its hint.

        `hidden_only` is for the few whose mistake shows only in size or speed, `untouched` for the
        program that a trap hands to the student.
        """

        def register(function: Callable) -> Callable:
            wrong = Misconception(name, hint, function, hidden_only, untouched)
            self.misconceptions.append(wrong)
            return function

        return register

    def variant(self, name: str) -> Callable:
        """Register another right implementation, which must pass."""

        def register(function: Callable) -> Callable:
            self.variants.append(Variant(name, function))
            return function

        return register


def _calling_line() -> int:
    """The line of the exercises' module that is being run, for messages; 0 if there is none."""
    frame = sys._getframe(1)
    while frame and not frame.f_globals.get("__name__", "").startswith(_MODULE):
        frame = frame.f_back
    while frame and frame.f_code.co_name != "<module>":
        frame = frame.f_back  # past a helper of the module, to the line that called it
    return frame.f_lineno if frame else 0


def _plain(value: Any) -> Any:
    """Numbers in a list as an array, so that a wrong one is found by its place."""
    return np.array(value) if isinstance(value, list) else value


def load_exercises(path: Path) -> dict[str, Exercise]:
    """The exercises of one lesson, in the order in which the module defines them.

    Args:
        path: autograde/exercises/<lesson>.py

    Raises:
        Problem: the module cannot be run, or two exercises share a name; says file and line.
    """
    module_name = _MODULE + path.stem
    spec = importlib.util.spec_from_file_location(module_name, path)
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except SyntaxError as error:
        raise Problem(f"{path.name}:{error.lineno}: {error.msg}.") from error
    except Exception as error:
        lines = [
            f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(path)
        ]
        where = f"{path.name}:{lines[-1]}" if lines else path.name
        raise Problem(f"{where}: {type(error).__name__}: {error}") from error
    exercises: dict[str, Exercise] = {}
    for exercise in vars(module).values():
        if not isinstance(exercise, Exercise) or exercise in exercises.values():
            continue
        if exercise.name in exercises:
            raise Problem(f"{path.name}: two exercises are called {exercise.name}.")
        exercise.lesson = path.stem
        exercises[exercise.name] = exercise
    return exercises
