"""The right numbers in the wrong order: mirrored, turned, transposed, permuted, sorted."""

from itertools import combinations, permutations

import numpy as np

from convolab.check.relations.exercise_words import Words, count, listed, plural
from convolab.check.relations.pairs import Close, Finding, Pair, distinct

MOST_SLICES = 16  # along an axis whose slices may have been permuted
MOST_SORTED = 50_000


def find(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """What turn would make every result right."""
    if not _same_size(pairs):
        return None
    return (
        _mirrored(pairs, words, close)
        or _transposed(pairs, words, close)
        or _turned(pairs, words, close)
    )


def permuted(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """The right rows, or the right numbers, in an order that has no simple name."""
    if not _same_size(pairs):
        return None
    return _slices(pairs, words, close) or _anyhow(pairs, words, close)


def _same_size(pairs: list[Pair]) -> bool:
    """Whether there are as many numbers as are due, and different ones."""
    if not all(pair.expected.ndim and pair.expected.size == pair.got.size for pair in pairs):
        return False
    return distinct([pair.expected for pair in pairs], 2) > 1


def _fewest(pairs: list[Pair]) -> int:
    return min(pair.expected.ndim for pair in pairs)


def _mirrored(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    fewest = min(4, _fewest(pairs))
    for many in range(1, fewest + 1):
        for axes in combinations(range(-1, -fewest - 1, -1), many):

            def holds(pair: Pair, axes: tuple[int, ...] = axes) -> bool:
                return pair.expected.ndim >= fewest and close.same(
                    np.flip(pair.expected, axes), pair.got
                )

            if all(holds(pair) for pair in pairs):
                return Finding("mirrored", *_mirror(axes, pairs[0].expected.ndim, words), holds)
    return None


def _mirror(axes: tuple[int, ...], ndim: int, words: Words) -> tuple[str, str]:
    """In words what is flipped, and a question."""
    names = [words.axis(axis, ndim) for axis in sorted(axes)]
    if ndim == 1:
        return (
            f"your {words.thing} has the right numbers in reverse order",
            "Is something counted from the wrong end, or is a flip missing, or one too many?",
        )
    if names == ["column"]:
        how = "mirrored left to right"
    elif names == ["row"]:
        how = "upside down"
    elif names == ["row", "column"]:
        how = "turned by half a turn: upside down and mirrored left to right"
    else:
        how = f"the {listed(map(plural, names))} are in reverse order"
        return f"your {words.thing} has the right numbers, but {how}", ""
    return (
        f"your {words.thing} has the right numbers, but it is {how}",
        "Is a flip missing, or one too many?",
    )


def _transposed(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    ndims = {pair.expected.ndim for pair in pairs}
    if len(ndims) > 1 or not 2 <= (ndim := ndims.pop()) <= 4:
        return None

    def moved(order: tuple[int, ...]) -> int:
        return sum(axis != place for place, axis in enumerate(order))

    for order in sorted(permutations(range(ndim)), key=moved)[1:]:

        def holds(pair: Pair, order: tuple[int, ...] = order) -> bool:
            return pair.expected.ndim == ndim and close.same(
                pair.expected.transpose(order), pair.got
            )

        if all(holds(pair) for pair in pairs):
            names = [
                plural(words.axis(place, ndim)) for place, axis in enumerate(order) if axis != place
            ]
            if len(names) == 2:
                says = f"with {names[0]} and {names[1]} swapped"
            else:
                says = f"with its axes in another order: {listed(names)} are mixed up"
            return Finding(
                "transposed", f"your {words.thing} has the right numbers, but {says}", "", holds
            )
    return None


def _turned(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """A quarter of a turn, or mirrored at the other diagonal."""
    if _fewest(pairs) < 2:
        return None
    ways = {
        "turned by a quarter of a turn": lambda a: np.rot90(a, 1, (-2, -1)),
        "turned by a quarter of a turn clockwise": lambda a: np.rot90(a, -1, (-2, -1)),
        "mirrored at the diagonal from bottom left to top right": lambda a: np.flip(
            np.swapaxes(a, -1, -2), (-1, -2)
        ),
    }
    for says, way in ways.items():

        def holds(pair: Pair, way=way) -> bool:
            return pair.expected.ndim > 1 and close.same(way(pair.expected), pair.got)

        if all(holds(pair) for pair in pairs):
            clause = f"your {words.thing} has the right numbers, but it is {says}"
            return Finding("turned", clause, "", holds)
    return None


def _slices(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """Whole rows, channels or examples that are right, in another order."""
    if _fewest(pairs) < 2:
        return None
    for axis in range(-_fewest(pairs), 0):
        if all(_is_permuted(pair, axis, close) for pair in pairs):
            name = words.axis(axis, pairs[0].expected.ndim)
            return Finding(
                "permuted",
                f"each {name} of your {words.thing} is right on its own, but the {plural(name)} "
                "are in the wrong order",
                "",
                lambda pair, axis=axis: _is_permuted(pair, axis, close),
            )
    return None


def _is_permuted(pair: Pair, axis: int, close: Close) -> bool:
    right, yours = pair.expected, pair.got
    if right.shape != yours.shape or right.ndim < -axis or right.shape[axis] > MOST_SLICES:
        return False
    theirs = list(np.moveaxis(yours, axis, 0))
    for part in np.moveaxis(right, axis, 0):
        found = next((at for at, other in enumerate(theirs) if close.same(part, other)), None)
        if found is None:
            return False
        del theirs[found]
    return True


def _anyhow(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """All numbers are there, in ascending order or in any."""

    def sorts(pair: Pair) -> bool:
        right = np.sort(pair.expected, axis=None)
        return close.same(right, np.sort(pair.got, axis=None))

    if any(pair.expected.size > MOST_SORTED for pair in pairs):
        return None
    if max(distinct([pair.expected]) for pair in pairs) < 3 or not all(map(sorts, pairs)):
        return None
    if all(pair.same_shape and np.all(np.diff(pair.got.ravel()) >= 0) for pair in pairs):
        clause = f"your {words.thing} has the right numbers, but sorted by size"
        return Finding("sorted", clause, "", sorts)
    if all(pair.same_shape for pair in pairs):
        clause = f"your {words.thing} has the right numbers, each as often as it should, but in "
        return Finding("permuted", f"{clause}other {plural(words.item)}", "", sorts)
    return _other_shape(pairs, words, close, sorts)


def _other_shape(pairs: list[Pair], words: Words, close: Close, sorts) -> Finding:
    """The right numbers in an array of another shape, in reading order or not."""
    ordered = all(close.same(pair.expected.ravel(), pair.got.ravel()) for pair in pairs)
    right, yours = pairs[0].expected.shape, pairs[0].got.shape
    order = "in the right order" if ordered else "though in another order"
    axes = f"{count(len(yours))} {'axis' if len(yours) == 1 else 'axes'}"
    shapes = f"yours has the shape {yours}, the right one {right}"
    if len(yours) != len(right):
        shapes = f"they are in an array of {axes} and of shape {yours}, where {right} is expected"
    return Finding(
        "reshaped",
        f"your {words.thing} has the right numbers, {order}, but {shapes}",
        "",
        lambda pair: (
            sorts(pair) if not ordered else close.same(pair.expected.ravel(), pair.got.ravel())
        ),
    )
