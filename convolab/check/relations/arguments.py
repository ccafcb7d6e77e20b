"""How a result relates to the arguments: one of them unchanged, constant, another axis."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from convolab.check.relations.exercise_words import Words, number, plural
from convolab.check.relations.pairs import PROBE, Close, Finding, Pair, distinct, numbers


def find(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """One of the arguments, always the same, or the right thing along another axis."""
    return (
        _constant(pairs, words, close)
        or _argument(pairs, words, close)
        or _sum_along(pairs, words, close)
        or _twice(pairs, words, close)
        or _other_axis(pairs, words, close)
        or _running(pairs, words, close)
    )


def _constant(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """All numbers of all results are the same."""
    if not all(pair.got.size for pair in pairs) or distinct([p.expected for p in pairs], 2) < 2:
        return None
    value = float(pairs[0].got.flat[0])
    if not all(close.same(np.broadcast_to(value, pair.got.shape), pair.got) for pair in pairs):
        alike = all(pair.got.size > 2 and _one_number(pair.got) for pair in pairs)
        if alike and any(distinct([pair.expected], 2) > 1 for pair in pairs):
            clause = f"all numbers of your {words.thing} are the same"
            return Finding("constant", clause, "", lambda p: _one_number(p.got))
        return None
    many = max(pair.got.size for pair in pairs) > 1
    if not many and (len(pairs) < 2 or not all(pair.same_shape for pair in pairs)):
        return None  # with too few numbers, their count says more

    def holds(pair: Pair) -> bool:
        return pair.got.size > 0 and close.same(np.broadcast_to(value, pair.got.shape), pair.got)

    what = f"every number of your {words.thing} is" if many else "what you return is"
    says = f"{what} {number(value)}"
    asks = ""
    if value == 0:
        asks = "Does the loop run, and does its result reach the return?"
    return Finding("constant", says, asks, holds)


def _one_number(array: np.ndarray) -> bool:
    """Whether an array holds one number over and over; nan beside a number is another."""
    return distinct([array], 2) < 2 and len(np.unique(np.isfinite(array))) < 2


def _argument(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """An argument, returned unchanged."""
    if distinct([pair.got for pair in pairs], 2) < 2:
        return None
    for place in range(min(len(pair.arguments) for pair in pairs)):

        def holds(pair: Pair, place: int = place) -> bool:
            if place >= len(pair.arguments):
                return False
            given = numbers(pair.arguments[place])
            return given is not None and given.dtype.kind == "f" and close.same(given, pair.got)

        enough = len(pairs) > 1 or pairs[0].got.size > 2
        if enough and all(holds(pair) for pair in pairs):
            name = words.argument(place)
            return Finding("argument", f"you return {name} unchanged", "", holds)
    return None


def _lines_add_up(array: np.ndarray, axis: int | None) -> bool:
    """Whether the sums along an axis (or of all) are 1."""
    return bool(np.all(np.abs(array.sum(axis=axis) - 1) < 1e-5))


def _sum_along(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """Numbers that should add up to 1 along one axis, and do so along another."""
    if not all(pair.same_shape and pair.expected.ndim == 2 for pair in pairs):
        return None
    if any(1 in pair.expected.shape or not pair.expected.size for pair in pairs):
        return None
    for axis in (1, 0):
        if not all(_lines_add_up(pair.expected, axis) for pair in pairs):
            continue
        name, across = (words.axis(at, 2) for at in (1 - axis, axis))
        due = f"each {name} should add up to 1"
        for other, what in ((1 - axis, f"each {across} does"), (None, "all numbers together do")):
            if all(_lines_add_up(pair.got, other) for pair in pairs):
                if any(_lines_add_up(pair.got, axis) for pair in pairs):
                    continue

                def holds(pair: Pair, other=other) -> bool:
                    return _lines_add_up(pair.got, other)

                return Finding("axis", f"{due}; in your {words.thing}, {what}", "", holds)
    return None


def _softmax(array: np.ndarray) -> np.ndarray:
    raised = np.exp(array - array.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)


def _twice(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """Exponentials taken and divided once more."""
    if not all(pair.same_shape and pair.expected.ndim and pair.expected.size for pair in pairs):
        return None
    if max(distinct([pair.expected.reshape(-1, pair.expected.shape[-1])[0]]) for pair in pairs) < 2:
        return None

    def holds(pair: Pair) -> bool:
        first = (0,) * (pair.expected.ndim - 1)
        return close.same(_softmax(pair.expected[first]), pair.got[first]) and close.same(
            _softmax(pair.expected), pair.got
        )

    if not all(holds(pair) for pair in pairs):
        return None
    clause = "what you return is softmax of the right numbers"
    if all(_lines_add_up(pair.expected, -1) for pair in pairs):
        clause = "the right probabilities went through softmax a second time"
    return Finding("twice", clause, "", holds)


def _diff(array: np.ndarray, axis: int) -> np.ndarray:
    return np.diff(array, axis=axis, prepend=0)


class _Along(NamedTuple):
    """Something that is done along an axis, in words and in NumPy, and whether the axis is gone
    afterwards."""

    says: str
    gone: bool
    do: Callable


_ALONG = (
    _Along("sums", True, lambda a, axis: a.sum(axis=axis)),
    _Along("means", True, lambda a, axis: a.mean(axis=axis)),
    _Along("largest numbers", True, lambda a, axis: a.max(axis=axis)),
    _Along("smallest numbers", True, lambda a, axis: a.min(axis=axis)),
    _Along("places of the largest", True, lambda a, axis: a.argmax(axis=axis).astype(float)),
    _Along("running sums", False, lambda a, axis: a.cumsum(axis=axis)),
    _Along("differences", False, lambda a, axis: np.diff(a, axis=axis)),
    _Along("numbers in reverse", False, lambda a, axis: np.flip(a, axis)),
    _Along("sorted numbers", False, lambda a, axis: np.sort(a, axis)),
)


def _other_axis(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """The right result runs along one axis of an argument, the learner's along another."""
    for place in range(min(len(pair.arguments) for pair in pairs)):
        given = [_given(pair, place) for pair in pairs]
        if any(one is None or one.ndim < 2 or not one.size for one in given):
            continue
        ndim = min(one.ndim for one in given)
        for along in _ALONG:

            def runs(pair: Pair, right: bool, axis: int, along=along, place=place) -> bool:
                result = pair.expected if right else pair.got
                return _runs_along(along, axis, _given(pair, place), result, close)

            for due in range(-ndim, 0):
                if not all(runs(pair, True, due) for pair in pairs):
                    continue
                for came in range(-ndim, 0):
                    if came != due and all(runs(pair, False, came) for pair in pairs):
                        clause = _axis_says(along.says, words, place, given[0].ndim, came, due)

                        def holds(pair: Pair, came=came, runs=runs) -> bool:
                            return runs(pair, False, came)

                        return Finding("axis", clause, "", holds)
    return None


def _runs_along(
    along: _Along, axis: int, given: np.ndarray | None, result: np.ndarray, close: Close
) -> bool:
    """Whether a result is this operation on an argument along an axis."""
    if given is None or given.ndim < -axis or not given.size:
        return False
    if result.ndim != given.ndim - along.gone or (not along.gone and given.size > PROBE):
        return False
    if (
        along.gone
        and result.shape != given.shape[: given.ndim + axis] + given.shape[given.ndim + axis + 1 :]
    ):
        return False
    return close.same(np.asarray(along.do(given, axis)), result)


def _given(pair: Pair, place: int) -> np.ndarray | None:
    """An argument as numbers, if it is an array of real ones."""
    if place >= len(pair.arguments):
        return None
    given = numbers(pair.arguments[place])
    return given if given is not None and given.dtype.kind == "f" else None


def _axis_says(says: str, words: Words, place: int, ndim: int, came: int, due: int) -> str:
    plain = Words(axes=words.axes, arguments=words.arguments)
    yours, right = (plural(plain.axis(axis, ndim)) for axis in (came, due))
    return (
        f"you took the {says} of {words.argument(place)} along the axis of its {yours}; the right "
        f"ones run along its {right}"
    )


def _line(array: np.ndarray, axis: int) -> np.ndarray:
    """One line of an array along an axis, from its middle."""
    moved = np.moveaxis(array, axis, 0)
    return moved[(slice(None), *(side // 2 for side in moved.shape[1:]))]


def _running(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """Running sums of what is right, or its differences."""
    if not all(pair.same_shape and pair.expected.ndim for pair in pairs):
        return None
    if max(distinct([pair.expected], 3) for pair in pairs) < 2:
        return None
    ndim = min(pair.expected.ndim for pair in pairs)
    for says, along in (
        ("the sum of the right one and all those before it", np.cumsum),
        ("the right one minus the one before it", _diff),
    ):
        for axis in range(-1, -ndim - 1, -1):

            def holds(pair: Pair, along=along, axis=axis) -> bool:
                if pair.expected.ndim < ndim or not pair.expected.size:
                    return False
                lines = _line(pair.expected, axis), _line(pair.got, axis)
                return close.same(along(lines[0], axis=0), lines[1]) and close.same(
                    along(pair.expected, axis=axis), pair.got
                )

            if all(holds(pair) for pair in pairs):
                name = plural(words.axis(axis, pairs[0].expected.ndim))
                where = "" if pairs[0].expected.ndim == 1 else f", along the {name}"
                asks = "Does the sum start afresh each time?" if along is np.cumsum else ""
                return Finding("running", f"every number is {says}{where}", asks, holds)
    return None
