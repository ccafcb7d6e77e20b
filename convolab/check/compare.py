"""Compares what a function gave with what it should give, and says how they differ.

Kinds: a number is anything of shape () that `float()` takes; an array anything that NumPy makes one
of (a list only where the exercise says so); tuples and dictionaries are compared item by item.
Integer dtypes, float32 and views are as good as float64.
"""

from dataclasses import dataclass
from numbers import Number
from typing import Any

import numpy as np

RUNGS = ("nothing", "kind", "shape", "finite", "numbers")


@dataclass
class Difference:
    """The first thing in which a result differs: the rung of the ladder and the two values."""

    rung: str
    expected: Any
    got: Any
    part: str = ""


def as_number(value: Any) -> float | complex | None:
    """The value as a Python number if it is one of shape (), else None."""
    if isinstance(value, (bool, int, float, complex)):
        return value
    if isinstance(value, (np.generic, np.ndarray)):
        return value.item() if value.shape == () and value.dtype.kind in "biufc" else None
    if isinstance(value, Number):
        try:
            return float(value)
        except (TypeError, ValueError, OverflowError):
            return None
    return None


def is_whole(value: Any) -> bool:
    """Whether all numbers in a value are ints: 6, and not 6.0."""
    if isinstance(value, (tuple, list)):
        return all(is_whole(part) for part in value)
    if isinstance(value, (np.generic, np.ndarray)):
        return value.dtype.kind in "iu"
    return isinstance(value, int) and not isinstance(value, bool)


def as_array(value: Any, lists: bool) -> np.ndarray | None:
    """The value as a numeric array if it is one (a list or tuple only where `lists`), else None."""
    if isinstance(value, np.ndarray):
        array = np.asarray(value)
    elif lists and isinstance(value, (list, tuple)):
        try:
            array = np.asarray(value) if value else np.zeros(0)
        except (TypeError, ValueError):  # rows of different lengths
            return None
    else:
        return None
    return array if array.dtype.kind in "biufc" else None


def difference(expected: Any, got: Any, tolerance: float, lists: bool = False) -> Difference | None:
    """How `got` differs from `expected`; None if it is right.

    Args:
        tolerance: relative to the larger of 1 and the expected number.
        lists: whether a list is as good as an array.
    """
    if got is None and expected is not None:
        return Difference("nothing", expected, got)
    if isinstance(expected, np.ndarray) and expected.shape:
        return _array_difference(expected, got, tolerance, lists)
    if isinstance(expected, (str, bool, type(None))):
        if isinstance(got, np.ndarray):
            return Difference("kind", expected, got)
        same = type(got) is type(expected) if isinstance(expected, str) else True
        if isinstance(expected, bool):
            got = bool(got) if isinstance(got, (bool, np.bool_)) else got
        return None if same and got == expected else Difference("numbers", expected, got)
    if isinstance(expected, (list, tuple)):
        return _sequence_difference(expected, got, tolerance, lists)
    if isinstance(expected, dict):
        return _dict_difference(expected, got, tolerance, lists)
    return _number_difference(expected, got, tolerance)


def _close(expected: np.ndarray, got: np.ndarray, tolerance: float) -> np.ndarray:
    """Where two numbers are as good as equal. An infinity is equal to itself alone, and so is nan:
    what a wrong program gives may hold both."""
    near = np.abs(got - expected) <= tolerance * np.maximum(1, np.abs(expected))
    same = (got == expected) | (np.isnan(got) & np.isnan(expected))
    return np.where(np.isfinite(expected), near, same)


def _number_difference(expected: Any, got: Any, tolerance: float) -> Difference | None:
    number = as_number(got)
    if number is None:
        return Difference("kind", expected, got)
    if not np.isfinite(number) and np.isfinite(expected):
        return Difference("finite", expected, number)
    with np.errstate(all="ignore"):
        close = _close(np.asarray(expected), np.asarray(number), tolerance)
    return None if close else Difference("numbers", expected, number)


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
    with np.errstate(all="ignore"):
        # float64 first, so that unsigned integers do not wrap in the subtraction
        wide = array.astype(complex if array.dtype.kind == "c" else float)
        right = _close(expected.astype(float), wide, tolerance)
    return None if right.all() else Difference("numbers", expected, array)


def _sequence_difference(
    expected: list | tuple, got: Any, tolerance: float, lists: bool
) -> Difference | None:
    several = isinstance(got, (list, tuple)) or (isinstance(got, np.ndarray) and got.ndim)
    if not several:
        return Difference("kind", expected, got)
    if len(got) != len(expected):
        return Difference("shape", expected, got)
    for place, (right, yours) in enumerate(zip(expected, got, strict=True)):
        if found := difference(right, yours, tolerance, lists):
            found.part = f"item {place}" + (f", {found.part}" if found.part else "")
            return found
    return None


def _dict_difference(expected: dict, got: Any, tolerance: float, lists: bool) -> Difference | None:
    if not isinstance(got, dict):
        return Difference("kind", expected, got)
    if set(got) != set(expected):
        return Difference("shape", expected, got)
    for key, right in expected.items():
        if found := difference(right, got[key], tolerance, lists):
            found.part = f"entry {key!r}" + (f", {found.part}" if found.part else "")
            return found
    return None
