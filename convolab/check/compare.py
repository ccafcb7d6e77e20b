"""Compares what a function returned with what it should return, and says how they differ.

Anything can be compared with anything: both are taken in as plain data first (see `plain`), what
is not plain is never right, and nothing is raised. Kinds: a number is anything of shape () that
`float()` takes; an array anything that is one of numbers (a list only where the exercise says so);
tuples and dictionaries are compared item by item. Integer dtypes, float32 and views are as good as
float64.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from convolab.check.plain import StandIn, taken_in
from convolab.check.words import show


@dataclass
class Difference:
    """The first way in which a result differs: the rung of the ladder ("nothing", "kind",
    "shape", "finite" or "numbers"), the two values as plain data, and how much numbers may
    differ."""

    rung: str
    expected: Any
    got: Any
    part: str = ""
    tolerance: float = 1e-6


def as_number(value: Any) -> bool | int | float | complex | None:
    """A plain value as a Python number if it is one of shape (), else None."""
    if isinstance(value, (np.generic, np.ndarray)):
        return value.item() if value.shape == () else None
    return value if isinstance(value, (bool, int, float, complex)) else None


def is_whole(value: Any) -> bool:
    """Whether all numbers in a value are ints: 6, and not 6.0."""
    if isinstance(value, (tuple, list)):
        return all(is_whole(part) for part in value)
    if isinstance(value, (np.generic, np.ndarray)):
        return value.dtype.kind in "iu"
    return isinstance(value, int) and not isinstance(value, bool)


def as_array(value: Any, lists: bool) -> np.ndarray | None:
    """A plain value as an array of numbers if it is one (a list or tuple only where `lists`), else
    None."""
    if isinstance(value, np.ndarray):
        return value
    if not lists or not isinstance(value, (list, tuple)):
        return None
    try:
        array = np.asarray(value) if value else np.zeros(0)
    except (TypeError, ValueError, OverflowError, MemoryError):
        return None  # rows of different lengths, or a number that fits into no dtype
    return array if array.dtype.kind in "biufc" else None


def difference(expected: Any, got: Any, tolerance: float, lists: bool = False) -> Difference | None:
    """How `got` differs from `expected`; None if it is right.

    Args:
        tolerance: relative to the larger of 1 and the expected number.
        lists: whether a list is as good as an array.
    """
    with np.errstate(all="ignore"):
        found = _difference(taken_in(expected), taken_in(got), tolerance, lists)
    if found is not None:
        found.tolerance = tolerance
    return found


def _difference(expected: Any, got: Any, tolerance: float, lists: bool) -> Difference | None:
    if got is None and expected is not None:
        return Difference("nothing", expected, got)
    if isinstance(expected, np.ndarray) and expected.shape:
        return _array_difference(expected, got, tolerance, lists)
    if isinstance(expected, (list, tuple)):
        return _sequence_difference(expected, got, tolerance, lists)
    if isinstance(expected, dict):
        return _dict_difference(expected, got, tolerance, lists)
    if isinstance(expected, (bool, np.bool_)):
        return _truth_difference(expected, got)
    if isinstance(expected, str):
        rung = "numbers" if isinstance(got, str) else "kind"
        return None if rung == "numbers" and got == expected else Difference(rung, expected, got)
    if as_number(expected) is not None:
        return _number_difference(expected, got, tolerance)
    # None, the three dots and the checker's own functions are themselves; a stand-in never is.
    same = got is expected and not isinstance(expected, StandIn)
    return None if same else Difference("kind", expected, got)


def _close(expected: np.ndarray, got: np.ndarray, tolerance: float) -> np.ndarray:
    """Where two numbers are as good as equal. Infinity and nan each equal only themselves: the
    result of a wrong program may hold both."""
    near = np.abs(got - expected) <= tolerance * np.maximum(1, np.abs(expected))
    same = (got == expected) | (np.isnan(got) & np.isnan(expected))
    return np.where(np.isfinite(expected), near, same)


def _truth_difference(expected: Any, got: Any) -> Difference | None:
    truth = as_number(got)
    if truth is None:
        return Difference("kind", expected, got)
    return None if truth == expected else Difference("numbers", expected, truth)


def _number_difference(expected: Any, got: Any, tolerance: float) -> Difference | None:
    right, number = as_number(expected), as_number(got)
    if number is None:
        return Difference("kind", expected, got)
    if number == right:
        return None
    try:
        wide = [
            np.asarray(one, complex if type(one) is complex else float) for one in (right, number)
        ]
    except OverflowError:  # a whole number that is larger than any float is close to no other
        return Difference("numbers", expected, number)
    if not np.isfinite(wide[1]) and np.isfinite(wide[0]):
        return Difference("finite", expected, number)
    return None if _close(*wide, tolerance) else Difference("numbers", expected, number)


def _array_difference(
    expected: np.ndarray, got: Any, tolerance: float, lists: bool
) -> Difference | None:
    array = as_array(got, lists)
    if array is None:
        return Difference("kind", expected, got)
    if array.shape != expected.shape:
        return Difference("shape", expected, array)
    if not np.isfinite(array).all() and np.isfinite(expected).all():
        return Difference("finite", expected, array)
    # float64 first, so that unsigned integers do not wrap in the subtraction
    wide = [one.astype(complex if one.dtype.kind == "c" else float) for one in (expected, array)]
    return None if _close(*wide, tolerance).all() else Difference("numbers", expected, array)


def _sequence_difference(
    expected: list | tuple, got: Any, tolerance: float, lists: bool
) -> Difference | None:
    several = isinstance(got, (list, tuple)) or (isinstance(got, np.ndarray) and got.ndim)
    if not several:
        return Difference("kind", expected, got)
    if len(got) != len(expected):
        return Difference("shape", expected, got)
    for place, (right, yours) in enumerate(zip(expected, got, strict=True)):
        if found := _difference(right, yours, tolerance, lists):
            found.part = f"item {place}" + (f", {found.part}" if found.part else "")
            return found
    return None


def _dict_difference(expected: dict, got: Any, tolerance: float, lists: bool) -> Difference | None:
    if not isinstance(got, dict):
        return Difference("kind", expected, got)
    if set(got) != set(expected):
        return Difference("shape", expected, got)
    for key, right in expected.items():
        if found := _difference(right, got[key], tolerance, lists):
            found.part = f"entry {show(key)}" + (f", {found.part}" if found.part else "")
            return found
    return None
