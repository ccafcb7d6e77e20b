"""Ways to break one promise of a right answer and keep all others.

Each takes the right answer and gives back a function that is as right, but for one thing.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Breaker = Callable[[Callable], Callable]


@dataclass(frozen=True)
class Promise:
    """One promise of an exercise.

    Attributes:
        breaks: makes of the right answer the program that breaks this promise.
        hint: a regular expression for what the hint must speak of.
        costs: the aspects that may be lost by it, where that is worth saying.
    """

    exercise: str
    promise: str
    breaks: Breaker
    hint: str
    costs: tuple[str, ...] = ()


def result(change: Callable[[Any], Any]) -> Breaker:
    """Changes what is returned; in a tuple or a dictionary, every part of it."""

    def changed(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(changed, value))
        if isinstance(value, dict):
            return {name: changed(part) for name, part in value.items()}
        return change(value)

    return lambda right: lambda *given: changed(right(*given))


def bare(value: Any) -> Any:
    """A number in the place of an array of one."""
    return float(value.ravel()[0]) if isinstance(value, np.ndarray) and value.size == 1 else value


def lets(wrong: Callable[..., bool], answer: Any = 0.0) -> Breaker:
    """Answers where the right answer raises, if `wrong` says so of the arguments."""

    def breaks(right: Callable) -> Callable:
        def answers(*given: Any) -> Any:
            try:
                return right(*given)
            except ValueError:
                if wrong(*given):
                    return answer
                raise

        return answers

    return breaks


def says(message: str) -> Breaker:
    """Raises what is due with another message."""

    def breaks(right: Callable) -> Callable:
        def answers(*given: Any) -> Any:
            try:
                return right(*given)
            except ValueError:
                raise ValueError(message) from None

        return answers

    return breaks


def raises(kind: type[Exception]) -> Breaker:
    """Raises another exception than the one that is due."""

    def breaks(right: Callable) -> Callable:
        def answers(*given: Any) -> Any:
            try:
                return right(*given)
            except ValueError:
                raise kind("no") from None

        return answers

    return breaks


def refuses(wrong: Callable[[Any], bool], kind: type[Exception] = ValueError) -> Breaker:
    """Refuses what should be taken: any argument of which `wrong` is true."""

    def breaks(right: Callable) -> Callable:
        def answers(*given: Any) -> Any:
            if any(map(wrong, given)):
                raise kind("not this")
            return right(*given)

        return answers

    return breaks


def default(place: int, wrong: Any) -> Breaker:
    """Takes another value for an argument that is left out."""

    def breaks(right: Callable) -> Callable:
        names = list(inspect.signature(right).parameters)

        def answers(*arguments: Any) -> Any:
            missing = {names[place]: wrong} if len(arguments) <= place else {}
            return right(*arguments, **missing)

        return answers

    return breaks


def given(place: int, wrong: Callable[[Any], Any]) -> Breaker:
    """Works with another value of one argument, if it is there."""

    def breaks(right: Callable) -> Callable:
        def answers(*arguments: Any) -> Any:
            changed = list(arguments)
            if place < len(changed):
                changed[place] = wrong(changed[place])
            return right(*changed)

        return answers

    return breaks


def spoils(right: Callable) -> Callable:
    """Writes into its arguments before it returns."""

    def answers(*arguments: Any) -> Any:
        value = right(*arguments)
        value = value.copy() if isinstance(value, np.ndarray) else value
        for argument in arguments:
            for array in argument.values() if isinstance(argument, dict) else [argument]:
                if isinstance(array, (np.ndarray, list)) and len(array):
                    _write(array)
        return value

    return answers


def _write(array: Any) -> None:
    if isinstance(array, np.ndarray):
        array.flat[-1] = array.flat[-1] + 1 if array.size else 0
    elif isinstance(array[-1], (int, float)):
        array[-1] += 1
    else:
        array.append(array[-1])
