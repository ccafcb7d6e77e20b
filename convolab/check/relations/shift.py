"""The right numbers one or a few places off: shifted along an axis, or along a diagonal."""

from itertools import product

import numpy as np

from convolab.check.relations.exercise_words import Words, amount, plural
from convolab.check.relations.pairs import Close, Finding, Pair, thin

FARTHEST = 4
FILLS = ("wrapped", "zeros", "other")


def find(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """What shift would make every result right."""
    if not all(pair.same_shape and pair.expected.ndim for pair in pairs):
        return None
    fewest = min(4, min(pair.expected.ndim for pair in pairs))
    ways = [((axis,), (sign,)) for axis in range(-1, -fewest - 1, -1) for sign in (1, -1)]
    if fewest > 1:
        ways += [((-2, -1), signs) for signs in product((1, -1), repeat=2)]
    for fill in FILLS:
        for axes, signs in ways:
            steps = [_steps(pair, axes, signs, fill, close) for pair in pairs]
            if None not in steps and any(_tells(pair, axes, signs, fill) for pair in pairs):

                def holds(pair: Pair, axes=axes, signs=signs, fill=fill) -> bool:
                    return _steps(pair, axes, signs, fill, close) is not None

                return Finding("shifted", *_clause(pairs, axes, signs, fill, steps, words), holds)
    return None


def _steps(
    pair: Pair, axes: tuple[int, ...], signs: tuple[int, ...], fill: str, close: Close
) -> int | None:
    """By how many places a result is shifted this way; None if it is not."""
    right, yours = pair.expected, pair.got
    if right.ndim < -min(axes) or right.shape != yours.shape:
        return None
    shortest = min(right.shape[axis] for axis in axes)
    for step in range(1, min(FARTHEST + 1, shortest)):
        moves = [sign * step for sign in signs]
        kept, came = _overlap(right, axes, moves, True), _overlap(yours, axes, moves, False)
        if not close.same(kept, came):
            continue
        if fill == "wrapped":
            near = step * 2 <= shortest or step == 1
            if near and close.same(np.roll(right, moves, axes), yours):
                return step
        elif fill == "other":
            if step * 2 <= shortest and _unlike(kept):
                return step
        elif np.count_nonzero(yours) == np.count_nonzero(came) and kept.any():
            return step
    return None


def _overlap(
    array: np.ndarray, axes: tuple[int, ...], moves: list[int], from_right: bool
) -> np.ndarray:
    """The parts that two arrays share when one is shifted by so many places."""
    places = [slice(None)] * array.ndim
    for axis, move in zip(axes, moves, strict=True):
        if (move > 0) == from_right:
            places[axis] = slice(None, -abs(move))
        else:
            places[axis] = slice(abs(move), None)
    return array[tuple(places)]


def _unlike(array: np.ndarray) -> bool:
    """Whether there are several different numbers in it, so that it can be recognised."""
    return np.unique(thin(array)).size >= 3


def _tells(pair: Pair, axes: tuple[int, ...], signs: tuple[int, ...], fill: str) -> bool:
    """Whether a shift can be told from chance here: two different numbers have moved."""
    if fill == "wrapped":  # of two places, each is one further than the other
        return min(pair.expected.shape[axis] for axis in axes) > 2
    kept = _overlap(pair.expected, axes, list(signs), True)
    return kept.size > 1 and np.unique(thin(kept)).size > 1


def _came_back(pair: Pair, axes: tuple[int, ...], signs: tuple[int, ...]) -> bool:
    """Whether anything but zeros is in the places at the end from which everything was moved."""
    return any(
        np.take(pair.got, 0 if sign > 0 else -1, axis).any()
        for axis, sign in zip(axes, signs, strict=True)
    )


def _clause(
    pairs: list[Pair],
    axes: tuple[int, ...],
    signs: tuple[int, ...],
    fill: str,
    steps: list[int],
    words: Words,
) -> tuple[str, str]:
    ndim = pairs[0].expected.ndim
    way = " and ".join(
        words.way(axis, ndim, sign > 0) for axis, sign in zip(axes, signs, strict=True)
    )
    unit = words.axis(axes[-1], ndim) if len(axes) == 1 else words.item
    if len(set(steps)) == 1:
        far = amount(steps[0], unit)
    else:
        far = f"{min(steps)} to {max(steps)} {plural(unit)}"
    if fill == "wrapped" and not any(_came_back(p, axes, signs) for p in pairs):
        fill = "zeros"
    tail = {
        "wrapped": "; what leaves at one end comes back in at the other",
        "zeros": "; zeros come in at the other end",
        "other": "",
    }[fill]
    clause = f"the right numbers are in your {words.thing}, shifted by {far} {way}{tail}"
    return clause, "Does a range, an index or a slice begin too early or too late?"
