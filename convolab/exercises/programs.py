"""The right programs of an exercise, as texts to slip in and functions to run."""

import inspect
import linecache
import types
from collections.abc import Callable
from dataclasses import dataclass

from convolab.exercises.mutants import Mutant, NotOneFunction, mutants
from convolab.exercises.spec import Exercise

REFERENCE = "reference"


@dataclass(frozen=True)
class Program:
    """A right program: the reference of an exercise, or one of its accepted variants.

    Attributes:
        exercise: the exercise's name, which is what a learner calls the function.
        name: "reference", or the variant's name.
    """

    exercise: str
    name: str
    function: Callable

    @property
    def file(self) -> str:
        """The file of the author that holds it, "" if there is none."""
        code = getattr(self.function, "__code__", None)
        return code.co_filename if code else ""

    def mutants(self) -> list[Mutant] | None:
        """Its one-slip programs; None where Python cannot give the text of one function."""
        try:
            lines, first = inspect.getsourcelines(self.function)
        except (OSError, TypeError):
            return None
        try:
            return mutants("".join(lines), first, self.exercise)
        except NotOneFunction:  # a lambda
            return None

    def with_slip(self, mutant: Mutant) -> Callable:
        """The function with the slip in it. It finds its module's helpers like the right one, and a
        checker that quotes a line of it finds the line."""
        file = f"<slip of {self.exercise}>"
        lines = mutant.source.splitlines(keepends=True)
        linecache.cache[file] = (len(mutant.source), None, lines, file)
        made: dict[str, Callable] = {}
        exec(compile(mutant.source, file, "exec"), _surroundings(self.function), made)
        return made[self.exercise]


def programs(exercise: Exercise) -> list[Program]:
    """The programs of an exercise: its reference, then its variants."""
    variants = [Program(exercise.name, v.name, v.function) for v in exercise.variants]
    return [Program(exercise.name, REFERENCE, exercise.answer), *variants]


def _surroundings(function: types.FunctionType) -> dict[str, object]:
    """The globals in which a function is made anew; what it has from a function around it joins
    them."""
    around = inspect.getclosurevars(function).nonlocals if function.__closure__ else {}
    return {**function.__globals__, **around} if around else function.__globals__
