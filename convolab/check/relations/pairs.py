"""Expected and actual results side by side, as numbers that can be compared in any way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

MOST = 1 << 21  # numbers in all results together; more are not looked at
PROBE = 4096  # larger arrays are compared at a few places first
BLOCK = 1 << 15  # numbers of a large array that are compared at a time
NESTED = 20_000  # numbers in a list that are looked at
VAGUE = ("direction", "only part")  # kinds that are true and lead nowhere


@dataclass(frozen=True, eq=False)
class Seen:
    """One visible case in which a value is due.

    Attributes:
        arguments: what the function was called with.
        expected, got: the right result, and the learner's (None where it stopped).
        aspect: the aspect that the case belongs to.
        right: whether it counts as right.
        stopped: whether the call ended with an error.
    """

    arguments: tuple
    expected: Any
    got: Any
    aspect: str = ""
    right: bool = False
    stopped: bool = False


@dataclass(frozen=True, eq=False)
class Pair:
    """A right result and the learner's, as real numbers, and the arguments that led to them."""

    expected: np.ndarray
    got: np.ndarray
    arguments: tuple = ()

    @property
    def same_shape(self) -> bool:
        return self.expected.shape == self.got.shape


@dataclass(frozen=True)
class Finding:
    """A relation that holds for every wrong pair.

    Attributes:
        kind: its name for programs.
        clause: what is seen, a clause without capital letter and full stop.
        asks: a question as to why, if there is a likely reason.
        holds: whether it holds for a pair; a right result for which it does not shows that the
            relation is not the whole truth.
    """

    kind: str
    clause: str
    asks: str = ""
    holds: Callable[[Pair], bool] | None = None


def numbers(value: Any) -> np.ndarray | None:
    """The value as an array of numbers if it is a number, an array, or a list of numbers of any
    depth; else None."""
    if isinstance(value, (list, tuple)) and not _small(value):
        return None
    if not isinstance(value, (bool, int, float, complex, np.generic, np.ndarray, list, tuple)):
        return None
    try:
        array = np.asarray(value)
        if array.dtype.kind == "c":
            return array.astype(complex, copy=False)
        return array.astype(float, copy=False) if array.dtype.kind in "biuf" else None
    except Exception:  # ragged lists, and objects of the learner's that answer anything
        return None


def _small(value: list | tuple) -> bool:
    """Whether a list holds plain numbers, not too many and not too deep."""
    left, stack = NESTED, [(value, 0)]
    while stack:
        items, depth = stack.pop()
        left -= len(items)
        if left < 0 or depth > 8:
            return False
        for item in items:
            if isinstance(item, (list, tuple)):
                stack.append((item, depth + 1))
            elif not isinstance(item, (bool, int, float, complex, np.generic, np.ndarray)):
                return False
    return True


def pair(seen: Seen) -> Pair | None:
    """The case as numbers, if both results are some and real."""
    expected, got = numbers(seen.expected), numbers(seen.got)
    if expected is None or got is None or expected.dtype.kind == "c" or got.dtype.kind == "c":
        return None
    if expected.size > MOST or got.size > MOST:
        return None
    return Pair(expected, got, seen.arguments)


class Close:
    """Whether numbers are as good as equal, to a tolerance relative to the larger of 1 and what is
    right."""

    def __init__(self, tolerance: float):
        self.tolerance = tolerance

    def where(self, right: np.ndarray, yours: np.ndarray) -> np.ndarray:
        """The places at which two arrays of one shape agree."""
        with np.errstate(all="ignore"):
            off = np.subtract(yours, right)
            off = np.abs(off, out=off) if off.ndim else np.abs(off)
            bound = np.maximum(np.abs(right), 1)
            bound *= self.tolerance
            near = off <= bound
            if off.size and not np.isfinite(off.max()):  # an infinity is close to itself alone
                alike = (right == yours) | (np.isnan(right) & np.isnan(yours))
                near = np.where(np.isfinite(off), near, alike)
        return near

    def same(self, right: np.ndarray, yours: np.ndarray) -> bool:
        """Whether two arrays have one shape and agree everywhere."""
        if right.shape != yours.shape:
            return False
        if right.size <= PROBE:
            return bool(self.where(right, yours).all())
        if not self.where(thin(right), thin(yours)).all():
            return False
        step = max(1, len(right) * BLOCK // right.size)
        blocks = range(0, len(right), step)
        return all(self.where(right[at : at + step], yours[at : at + step]).all() for at in blocks)


def thin(array: np.ndarray) -> np.ndarray:
    """A few numbers of a large array, at equal distances along every axis; a small one whole."""
    if array.size <= PROBE:
        return array
    most = max(3, int(1000 ** (1 / array.ndim)))
    return array[tuple(slice(n // 3 if n > most else 0, None, -(-n // most)) for n in array.shape)]


def thinned(pairs: list[Pair]) -> list[Pair]:
    """The pairs with a few numbers of each large result."""
    return [Pair(thin(p.expected), thin(p.got), p.arguments) if p.same_shape else p for p in pairs]


def distinct(arrays: list[np.ndarray], enough: int = 9) -> int:
    """How many different numbers there are in the arrays; not counted further than needed."""
    found: set[float] = set()
    for array in arrays:
        flat = thin(array).ravel()
        found.update(np.unique(np.round(flat[np.isfinite(flat)], 9)).tolist())
        if len(found) >= enough:
            break
    return len(found)
