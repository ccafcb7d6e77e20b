"""Something simple made from the arguments instead: their sum, product, largest, difference."""

from collections.abc import Callable
from itertools import permutations

import numpy as np

from convolab.check.relations.exercise_words import Words
from convolab.check.relations.pairs import Close, Finding, Pair, distinct, numbers

Make = Callable[..., np.ndarray]

SQUARED = "with every number squared"
_OF_ONE: tuple[tuple[str, Make], ...] = (
    ("the sum of all numbers of {}", np.sum),
    ("the mean of all numbers of {}", np.mean),
    ("the largest number of {}", np.max),
    ("the smallest number of {}", np.min),
    ("the first number of {}", lambda a: a.flat[0]),
    ("the last number of {}", lambda a: a.flat[-1]),
    ("how many numbers {} has", lambda a: np.float64(a.size)),
    (f"{{}} {SQUARED}", np.square),
    ("{} with the sign of every number changed", np.negative),
    ("{} without its minus signs", np.abs),
    ("{} with 0 in place of the negative numbers", lambda a: np.maximum(a, 0)),
    ("{} reversed", lambda a: np.flip(a)),
    ("{} transposed", np.transpose),
    ("{} in one row", np.ravel),
    ("softmax of {}", lambda a: _softmax(a)),
)
_OF_TWO: tuple[tuple[str, Make], ...] = (
    ("{} times {}, number by number", np.multiply),
    ("{} plus {}, number by number", np.add),
    ("{} minus {}, number by number", np.subtract),
    ("the larger of {} and {}, number by number", np.maximum),
    ("the matrix product of {} and {}", lambda a, b: a @ b if a.ndim and b.ndim else None),
    ("the sum of {} times the sum of {}", lambda a, b: a.sum() * b.sum()),
)
_SMALL = 100_000


def find(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """What the results are instead, if it is the same simple function of the arguments in all."""
    if len(pairs) < 2 or distinct([pair.got for pair in pairs], 3) < 3:
        return None
    fewest = min(len(pair.arguments) for pair in pairs)
    for many, made in ((1, _OF_ONE), (2, _OF_TWO)):
        for places in permutations(range(fewest), many):
            given = [_given(pair, places) for pair in pairs]
            if any(one is None for one in given):
                continue
            for says, make in made:
                if not all(
                    _is(make, one, pair.got, close) for one, pair in zip(given, pairs, strict=True)
                ):
                    continue

                def holds(pair: Pair, places=places, make=make) -> bool:
                    one = _given(pair, places)
                    return one is not None and _is(make, one, pair.got, close)

                what = says.format(*(words.argument(place) for place in places))
                if all(pair.got.ndim == 0 for pair in pairs):
                    what = what.replace(", number by number", "").replace(SQUARED, "squared")
                return Finding("instead", f"what you return is {what}", "", holds)
    return None


def _given(pair: Pair, places: tuple[int, ...]) -> list[np.ndarray] | None:
    """The arguments at these places as numbers, if they are not too many."""
    found = []
    for place in places:
        array = numbers(pair.arguments[place]) if place < len(pair.arguments) else None
        if array is None or array.dtype.kind != "f" or not 0 < array.size <= _SMALL:
            return None
        found.append(array)
    return found


def _is(make: Make, given: list[np.ndarray], got: np.ndarray, close: Close) -> bool:
    try:
        made = make(*given)
    except ValueError:  # shapes that do not fit
        return False
    return made is not None and close.same(np.asarray(made, dtype=float), got)


def _softmax(array: np.ndarray) -> np.ndarray | None:
    if not array.ndim:
        return None
    raised = np.exp(array - array.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)
