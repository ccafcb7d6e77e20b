"""Another number of axes than is due: one of length 1, summed too far, not yet, one row alone."""

from collections.abc import Callable
from itertools import combinations

import numpy as np

from convolab.check.relations.exercise_words import Words, listed, plural
from convolab.check.relations.pairs import Close, Finding, Pair, distinct


def find(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """What change of axes would make every result right."""
    if any(pair.same_shape for pair in pairs):
        return None
    return _one_axes(pairs, words, close) or _summed(pairs, words, close)


def _one_axes(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """Axes of length 1 that are too many or missing."""

    def holds(pair: Pair) -> bool:
        return close.same(pair.expected.squeeze(), pair.got.squeeze())

    if not all(pair.expected.ndim != pair.got.ndim and holds(pair) for pair in pairs):
        return None
    right, yours = pairs[0].expected.shape, pairs[0].got.shape
    if not right:
        says = f"your number is right, but it is inside an array of shape {yours}"
        return Finding("axis", says, "Which part of the array is the number?", holds)
    if not yours:
        says = f"your number is right, but it should be in an array of shape {right}"
        return Finding("axis", says, "", holds)
    if all(pair.got.ndim > pair.expected.ndim for pair in pairs):
        says = "there is an extra axis of length 1"
    elif all(pair.got.ndim < pair.expected.ndim for pair in pairs):
        says = "an axis of length 1 is missing"
    else:
        return None
    clause = f"the numbers of your {words.thing} are right, but {says}"
    return Finding("axis", f"{clause}: yours has the shape {yours}, not {right}", "", holds)


_REDUCED: tuple[tuple[str, Callable], ...] = (
    ("the sum of", np.sum),
    ("the mean of", np.mean),
    ("the largest of", np.max),
    ("the smallest of", np.min),
)


def _summed(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """Put together too far, or not far enough."""
    if all(pair.expected.ndim == 0 and pair.got.ndim for pair in pairs):
        return _to_one(pairs, close)
    ndims = {(pair.expected.ndim, pair.got.ndim) for pair in pairs}
    if len(ndims) > 1 or max(distinct([pair.expected], 3) for pair in pairs) < 2:
        return None
    due, came = ndims.pop()
    if came < due:
        return _too_far(pairs, words, close, due, came)
    if came > due:
        return _not_yet(pairs, words, close, due, came)
    return None


def _axes(many: int, of: int) -> list[tuple[int, ...]]:
    return list(combinations(range(of), many))


def _to_one(pairs: list[Pair], close: Close) -> Finding | None:
    """An array in which the one number that is due is still to be found."""
    for says, reduce in _REDUCED:

        def holds(pair: Pair, reduce=reduce) -> bool:
            enough = pair.got.size > 0 and pair.expected.ndim == 0
            return enough and close.same(pair.expected, np.asarray(reduce(pair.got)))

        if all(holds(pair) for pair in pairs) and max(pair.got.size for pair in pairs) > 1:
            what = "what you return is an array where one number is expected"
            return Finding("unsummed", f"{what}: {says} its numbers is right", "", holds)
    return None


def _too_far(pairs: list[Pair], words: Words, close: Close, due: int, came: int) -> Finding | None:
    for says, reduce in _REDUCED:
        for axes in _axes(due - came, due):

            def holds(pair: Pair, reduce=reduce, axes=axes) -> bool:
                return (
                    pair.expected.ndim == due
                    and pair.expected.size > 0
                    and close.same(np.asarray(reduce(pair.expected, axis=axes)), pair.got)
                )

            if not all(holds(pair) for pair in pairs):
                continue
            if came == 0:
                what = f"yours is one number, {says} all that are expected"
            else:
                over = listed(plural(words.axis(axis, due)) for axis in axes)
                what = f"your {words.thing} is {says} the right one over its {over}"
            return Finding(
                "summed", what, "Does a sum, mean or maximum run over one axis too many?", holds
            )
    return _one_of(pairs, words, close, due, came)


def _one_of(pairs: list[Pair], words: Words, close: Close, due: int, came: int) -> Finding | None:
    """One row, channel or example alone was given back."""
    if due - came != 1:
        return None
    for axis in range(due):
        for at, which in ((0, "first"), (-1, "last")):

            def holds(pair: Pair, axis=axis, at=at) -> bool:
                enough = pair.expected.ndim == due and pair.expected.shape[axis] > 0
                return enough and close.same(pair.expected.take(at, axis), pair.got)

            if all(holds(pair) for pair in pairs):
                name = words.axis(axis, due)
                if due == 1:
                    what = f"yours is one number, the {which} of those that are expected"
                else:
                    what = f"yours is the {which} {name} of the right {words.thing} alone"
                asks = (
                    "Is a return inside a loop, or a result overwritten?"
                    if at == 0
                    else ("Is each result written over the one before?")
                )
                return Finding("only", what, asks, holds)
    return None


def _not_yet(pairs: list[Pair], words: Words, close: Close, due: int, came: int) -> Finding | None:
    for says, reduce in (("add", np.sum), ("average", np.mean), ("take the largest", np.max)):
        for axes in _axes(came - due, came):

            def holds(pair: Pair, reduce=reduce, axes=axes) -> bool:
                return (
                    pair.got.ndim == came
                    and pair.got.size > 0
                    and max(pair.got.shape[axis] for axis in axes) > 1
                    and close.same(pair.expected, np.asarray(reduce(pair.got, axis=axes)))
                )

            if all(holds(pair) for pair in pairs):
                names = listed(plural(words.axis(axis, came)) for axis in axes)
                one = "an axis" if len(axes) == 1 else f"{len(axes)} axes"
                what = {
                    "add": "the sums over it are the right numbers",
                    "average": "the averages over it are the right numbers",
                    "take the largest": "the largest along it are the right numbers",
                }[says]
                what = what if len(axes) == 1 else what.replace("it", "them")
                shapes = f"{pairs[0].got.shape} where {pairs[0].expected.shape} is expected"
                which = f" (its {names})" if came < 4 and due else ""
                clause = f"your {words.thing} has {one} too many{which}, {shapes}; {what}"
                return Finding("unsummed", clause, "", holds)
    return None
