"""What all right results have in common and the wrong ones lack: a sum, symmetry, a sign."""

import numpy as np

from convolab.check.relations.exercise_words import Words, listed, number, plural
from convolab.check.relations.pairs import Close, Finding, Pair, distinct


def find(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """A sum, a symmetry or a steepness that every right result has and every wrong one lacks."""
    if not _comparable(pairs):
        return None
    return _sum(pairs, words) or _symmetric(pairs, words, close) or _spread(pairs, words)


def weak(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """What says little: signs, fractions, too large or too small throughout."""
    if pairs and all(pair.same_shape and pair.expected.ndim == 0 for pair in pairs):
        return _direction(pairs, words, close) if len(pairs) > 3 else None
    if not _comparable(pairs):
        return None
    return _positive(pairs, words) or _whole(pairs, words) or _direction(pairs, words, close)


def _comparable(pairs: list[Pair]) -> bool:
    """Whether there are several results of the right shape, finite, and with different numbers."""
    if len(pairs) < 2 or not all(pair.same_shape and pair.expected.size > 1 for pair in pairs):
        return False
    if not all(np.isfinite(pair.got).all() and np.isfinite(pair.expected).all() for pair in pairs):
        return False
    return max(distinct([pair.expected]) for pair in pairs) > 1


def _sum(pairs: list[Pair], words: Words) -> Finding | None:
    """All numbers, or those of each row, should add up to 1 or to 0."""
    for axis in (None, -1, 0):
        if axis is not None and any(pair.expected.ndim < 2 for pair in pairs):
            continue
        for due in (1, 0):

            def adds_up(array: np.ndarray, axis=axis, due=due) -> bool:
                return bool(np.all(np.abs(array.sum(axis=axis) - due) < 1e-5))

            if not all(adds_up(pair.expected) for pair in pairs):
                continue
            if any(adds_up(pair.got) for pair in pairs):
                continue
            off = [float(np.ravel(pair.got.sum(axis=axis))[0]) for pair in pairs[:2]]
            yours = listed(dict.fromkeys(number(one) for one in off))
            if axis is None:
                clause = f"the numbers of your {words.thing} should add up to {due}; yours add up "
                return Finding("sum", f"{clause}to {yours}")
            name = words.axis(0 if axis == -1 else 1, 2) if pairs[0].expected.ndim == 2 else "line"
            clause = f"each {name} of your {words.thing} should add up to {due}; your first adds up"
            return Finding("sum", f"{clause} to {yours}")
    return None


def _symmetric(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """The right one is its own mirror image."""
    ndim = min(pair.expected.ndim for pair in pairs)
    ways = {
        f"the same {_turned(words.axis(axis, ndim))}": lambda a, axis=axis: np.flip(a, axis)
        for axis in range(-min(2, ndim), 0)
    }
    if ndim > 1 and all(p.expected.shape[-1] == p.expected.shape[-2] for p in pairs):
        rows, columns = (plural(words.axis(axis, ndim)) for axis in (-2, -1))
        ways[f"the same when {rows} and {columns} are swapped"] = lambda a: np.swapaxes(a, -1, -2)
    for says, turn in ways.items():
        if all(close.same(turn(p.expected), p.expected) for p in pairs) and not any(
            close.same(turn(p.got), p.got) for p in pairs
        ):
            clause = f"the right {words.thing} is {says}; yours is not"
            return Finding("symmetry", clause)
    return None


def _turned(axis: str) -> str:
    """How something is called whose rows, columns or places are taken in reverse order."""
    known = {"row": "upside down", "column": "mirrored left to right", "place": "in reverse order"}
    return known.get(axis, f"when its {plural(axis)} are in reverse order")


def _positive(pairs: list[Pair], words: Words) -> Finding | None:
    if all(p.expected.min() >= 0 for p in pairs) and all(p.got.min() < -1e-9 for p in pairs):
        return Finding(
            "negative", f"your {words.thing} has negative numbers; the right one has none"
        )
    return None


def _whole(pairs: list[Pair], words: Words) -> Finding | None:
    def whole(array: np.ndarray) -> bool:
        return bool(np.all(np.abs(array - np.round(array)) < 1e-6))

    if all(whole(p.expected) for p in pairs) and not any(whole(p.got) for p in pairs):
        clause = f"your {words.thing} has fractions; all numbers of the right one are whole"
        return Finding("fractions", clause)
    return None


def _spread(pairs: list[Pair], words: Words) -> Finding | None:
    """A hill that is too steep or too flat: both are largest in the middle."""
    wide = [pair for pair in pairs if min(pair.expected.shape) > 2]
    if len(wide) < 2 or not all(_is_hill(pair.expected) and _is_hill(pair.got) for pair in wide):
        return None
    middle = [np.sign(_middle(pair.got) - _middle(pair.expected)) for pair in wide]
    corner = [np.sign(pair.got.flat[0] - pair.expected.flat[0]) for pair in wide]
    if len(set(middle)) > 1 or len(set(corner)) > 1 or middle[0] * corner[0] >= 0:
        return None
    how = ("large", "small") if middle[0] > 0 else ("small", "large")
    clause = f"the numbers of your {words.thing} are too {how[0]} in the middle and too {how[1]} "
    return Finding("spread", f"{clause}at the corners", "")


def _middle(array: np.ndarray) -> float:
    return float(array[tuple(side // 2 for side in array.shape)])


def _is_hill(array: np.ndarray) -> bool:
    """Whether the largest number is in the middle, the smallest at the corner."""
    return bool(_middle(array) >= array.max() - 1e-12 and array.flat[0] <= array.min() + 1e-12)


def _direction(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """All that is wrong is too large, or too small."""
    if not all(np.isfinite(p.got).all() and np.isfinite(p.expected).all() for p in pairs):
        return None
    off = np.concatenate([np.ravel(p.got - p.expected) for p in pairs])
    wrong = np.concatenate([np.ravel(~close.where(p.expected, p.got)) for p in pairs])
    off = off[wrong]
    single = all(pair.expected.ndim == 0 for pair in pairs)
    if off.size < (4 if single else 8) or len(pairs) < 2:
        return None
    for way, test in (("large", off > 0), ("small", off < 0)):
        if test.all():
            clause = f"every number of your {words.thing} that is wrong is too {way}"
            if single:
                clause = f"what you return is too {way} in every case that is wrong"
            return Finding("direction", clause, "")
    return None
