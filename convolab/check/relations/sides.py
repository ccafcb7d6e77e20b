"""Results of another shape, of which nothing but the shape can be said."""

import numpy as np

from convolab.check.relations.exercise_words import Words, amount, count, listed, plural
from convolab.check.relations.pairs import Close, Finding, Pair

FEW = 3  # rows or columns too many that are counted in a sentence


def find(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """How the shape of every result differs from the right one."""
    if any(pair.same_shape for pair in pairs) or len(pairs) < 2:
        return None
    if len({(pair.expected.ndim, pair.got.ndim) for pair in pairs}) > 1:
        return None
    if pairs[0].expected.ndim != pairs[0].got.ndim:
        return _axes(pairs, words)
    return _swapped(pairs, words) or _counted(pairs, words) or _as_argument(pairs, words)


def _axes(pairs: list[Pair], words: Words) -> Finding | None:
    due, came = pairs[0].expected.ndim, pairs[0].got.ndim
    axes = "axis" if came == 1 else "axes"
    if not came:
        expected = f"{count(due)} {'axis is' if due == 1 else 'axes are'} expected"
        return Finding("sides", f"what you return is one number, where {expected}")
    right = "one number" if not due else f"{count(due)} {'axis' if due == 1 else 'axes'}"
    verb = "is" if due in (0, 1) else "are"
    clause = f"what you return is an array with {count(came)} {axes}, where {right} {verb} expected"
    return Finding("sides", clause)


def _swapped(pairs: list[Pair], words: Words) -> Finding | None:
    if pairs[0].expected.ndim < 2:
        return None
    if not all(_is_swapped(pair) for pair in pairs):
        return None
    rows, columns = (plural(words.axis(axis, pairs[0].expected.ndim)) for axis in (-2, -1))
    clause = f"your {words.thing} has as many {rows} as there should be {columns}, and as many "
    return Finding("sides", f"{clause}{columns} as there should be {rows}")


def _is_swapped(pair: Pair) -> bool:
    return np.swapaxes(pair.expected, -1, -2).shape == pair.got.shape


def _counted(pairs: list[Pair], words: Words) -> Finding | None:
    """So many rows too many, or one axis right and another wrong."""
    ndim = pairs[0].expected.ndim
    off = [
        tuple(b - a for a, b in zip(pair.expected.shape, pair.got.shape, strict=True))
        for pair in pairs
    ]
    if len(set(off)) == 1 and max(map(abs, off[0])) <= FEW:
        parts = [
            f"{amount(abs(many), words.axis(axis, ndim))} too {'many' if many > 0 else 'few'}"
            for axis, many in enumerate(off[0])
            if many
        ]
        return Finding("sides", f"your {words.thing} has {listed(parts)}")
    right = [axis for axis in range(ndim) if not any(one[axis] for one in off)]
    wrong = [axis for axis in range(ndim) if all(one[axis] for one in off)]
    if right and len(wrong) == 1:
        name = plural(words.axis(wrong[0], ndim))
        clause = f"your {words.thing} has the wrong number of {name}; along its other "
        return Finding("sides", f"{clause}{'axis' if ndim == 2 else 'axes'} it has the right size")
    return None


def _as_argument(pairs: list[Pair], words: Words) -> Finding | None:
    for place in range(min(len(pair.arguments) for pair in pairs)):
        given = [pair.arguments[place] for pair in pairs]
        if all(isinstance(one, np.ndarray) for one in given) and all(
            one.shape == pair.got.shape for one, pair in zip(given, pairs, strict=True)
        ):
            name = words.argument(place)
            clause = f"your {words.thing} has the shape of {name}, and should have another"
            return Finding("sides", clause)
    return None
