"""The right programs of an exercise, as texts to slip in and functions to run.

A program is the reference, an accepted variant, or a helper of the same module that one of them
calls: to whoever writes the answer that is one program, with or without a function for a part of
it. Helpers that are themselves an answer to some exercise are tried there.
"""

import inspect
import linecache
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from convolab.check.spec import Exercise
from convolab.exercises.mutants import Mutant, mutants


@dataclass(frozen=True)
class Program:
    """A right program, in which slips are made.

    Attributes:
        exercise: the exercise's name, which is what a learner calls the function.
        name: "reference", the variant's name, or "helper …".
        function: the answer as a whole.
        part: the function whose text slips: the answer itself or a helper.
    """

    exercise: str
    name: str
    function: types.FunctionType
    part: types.FunctionType

    @property
    def file(self) -> str:
        """The author's file that holds it."""
        return self.part.__code__.co_filename

    def mutants(self) -> list[Mutant]:
        """Its one-slip programs; none where Python cannot give the text of one function."""
        try:
            lines, first = inspect.getsourcelines(self.part)
            return mutants("".join(lines), max(first, 1), self._called())
        except (OSError, TypeError, ValueError):
            return []

    def with_slip(self, mutant: Mutant) -> Callable:
        """The answer with the slip in it, able to show its own lines."""
        file = f"<slip of {self.exercise}>"
        lines = mutant.source.splitlines(keepends=True)
        linecache.cache[file] = (len(mutant.source), None, lines, file)
        code = compile(mutant.source, file, "exec")
        made: dict[str, types.FunctionType] = {}
        if self.part is self.function:
            exec(code, _surroundings(self.function), made)
            return made[self.exercise]
        # Everything that calls the helper has to see the one with the slip.
        home = dict(self.function.__globals__)
        exec(code, home, made)
        for name, helper in helpers(self.function).items():
            home[name] = made[self._called()] if helper is self.part else _moved(helper, home)
        return _moved(self.function, home)

    def _called(self) -> str:
        return self.exercise if self.part is self.function else self.part.__name__


def programs(exercise: Exercise, answers: set[int]) -> list[Program]:
    """The programs of an exercise: reference, variants, then helpers, each once.

    Args:
        answers: the ids of all functions of the module that answer an exercise, for
            `answers_of`.
    """
    functions = {"reference": exercise.answer}
    functions |= {variant.name: variant.function for variant in exercise.variants}
    plain = {
        name: function
        for name, function in functions.items()
        if isinstance(function, types.FunctionType)
    }
    found = [Program(exercise.name, name, each, each) for name, each in plain.items()]
    seen = set(answers)
    for function in plain.values():
        for name, helper in helpers(function).items():
            if id(helper) not in seen:
                seen.add(id(helper))
                found.append(Program(exercise.name, f"helper {name}", function, helper))
    return found


def answers_of(exercises: dict[str, Exercise]) -> set[int]:
    """The ids of the functions that answer an exercise of a module, rightly or wrongly."""
    found = set()
    for exercise in exercises.values():
        found.add(id(exercise.answer))
        found.update(id(variant.function) for variant in exercise.variants)
        found.update(id(wrong.function) for wrong in exercise.misconceptions)
    return found


def helpers(function: types.FunctionType) -> dict[str, types.FunctionType]:
    """The functions of the same module that a function calls, also through others, by name."""
    found: dict[str, types.FunctionType] = {}
    todo = [function]
    while todo:
        one = todo.pop(0)
        for name in _names(one.__code__):
            helper = function.__globals__.get(name)
            if _is_helper(helper, function) and name not in found:
                found[name] = helper
                todo.append(helper)
    return found


def _is_helper(value: object, function: types.FunctionType) -> bool:
    return (
        isinstance(value, types.FunctionType)
        and value is not function
        and value.__globals__ is function.__globals__
    )


def _names(code: types.CodeType) -> Iterator[str]:
    """The global names that a function refers to, and those that functions inside it do."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _names(constant)


def _surroundings(function: types.FunctionType) -> dict[str, object]:
    """The globals in which a function is made anew; what it has from a function around it joins
    them."""
    around = inspect.getclosurevars(function).nonlocals if function.__closure__ else {}
    return {**function.__globals__, **around} if around else function.__globals__


def _moved(function: types.FunctionType, home: dict[str, object]) -> types.FunctionType:
    """The same function with other globals."""
    moved = types.FunctionType(
        function.__code__, home, function.__name__, function.__defaults__, function.__closure__
    )
    moved.__kwdefaults__ = function.__kwdefaults__
    return moved
