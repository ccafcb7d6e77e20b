"""Wrong places that are special: the middle, the corners, the diagonal, signs, zeros, one alone."""

import numpy as np

from convolab.check.relations.exercise_words import Words, listed, number, ordinal
from convolab.check.relations.marks import Marked, frame
from convolab.check.relations.pairs import Finding, distinct, numbers, thin


def find(marked: list[Marked], words: Words) -> Finding | None:
    """The corners, the diagonal, the signs or the zeros of the right result."""
    tables = all(one.ndim >= 2 for one in marked)
    if tables and all(_is(one, _corners(one.wrong.shape)) for one in marked):
        clause = f"only the corners of your {words.thing} are wrong"
        return Finding("places", clause, "", None)
    if tables and all(_is_square(one.wrong.shape) for one in marked):
        for wrong, says in ((True, "only the diagonal"), (False, "all but the diagonal")):
            if all(_is(one, _diagonal(one.wrong.shape) == wrong) for one in marked):
                return Finding("places", f"{says} of your {words.thing} is wrong")
    for says, test in _TESTS:
        if all(_by_value(one, test) for one in marked) and _several(marked, 3):
            clause = f"exactly the numbers of your {words.thing} {says} are wrong"
            return Finding("values", clause, "", None)
    if found := _by_argument(marked, words):
        return found
    if all(not one.pair.got[one.wrong].any() for one in marked) and _several(marked):
        clause = f"some numbers of your {words.thing} are 0 where they should not be; the others "
        return Finding("missing", f"{clause}are right", "", None)
    if all(not one.pair.expected[one.wrong].any() for one in marked) and _several(marked):
        clause = f"your {words.thing} has numbers where 0 is expected; the others are right"
        return Finding("extra", clause, "", None)
    return None


def instead(marked: list[Marked], words: Words) -> Finding | None:
    """One number throughout where another one is due throughout."""
    wrong = [(one.pair.expected[one.wrong], one.pair.got[one.wrong]) for one in marked]
    if not _several(marked) or any(
        distinct(list(side), 2) > 1 for side in zip(*wrong, strict=True)
    ):
        return None
    due, came = (number(side[0]) for side in wrong[0])
    kept = any((one.pair.expected[~one.wrong] == wrong[0][0][0]).any() for one in marked)
    all_ = "in some places where it should be" if kept else "wherever it should be"
    return Finding("values", f"your {words.thing} has {came} {all_} {due}; the others are right")


_TESTS = (
    ("that should be negative", lambda a: a < 0),
    ("that should be positive", lambda a: a > 0),
    ("that should be 0", lambda a: a == 0),
    ("that should not be 0", lambda a: a != 0),
    ("that should not be whole", lambda a: np.abs(a - np.round(a)) > 1e-6),
)


_AT = (
    ("negative", lambda a: a < 0),
    ("positive", lambda a: a > 0),
    ("0", lambda a: a == 0),
    ("not whole", lambda a: np.abs(a - np.round(a)) > 1e-6),
)


def _by_argument(marked: list[Marked], words: Words) -> Finding | None:
    """Wrong just where the number at the same place of an argument is of some sort."""
    if not _several(marked, 3):
        return None
    for place in range(min(len(one.pair.arguments) for one in marked)):
        given = [numbers(one.pair.arguments[place]) for one in marked]
        if any(a is None or a.shape != m.wrong.shape for a, m in zip(given, marked, strict=True)):
            continue
        for says, test in _AT:
            if all(np.array_equal(m.wrong, test(a)) for a, m in zip(given, marked, strict=True)):
                clause = (
                    f"your {words.thing} is wrong exactly where {words.argument(place)} is {says}"
                )
                return Finding("values", clause)
    return None


def _by_value(one: Marked, test) -> bool:
    """Whether just the numbers are wrong for which a test of the right one holds."""
    if not np.array_equal(thin(one.wrong), test(thin(one.pair.expected))):
        return False
    return np.array_equal(one.wrong, test(one.pair.expected))


def _several(marked: list[Marked], least: int = 2) -> bool:
    """Whether so many numbers are wrong, and so many right."""
    wrong = sum(int(one.wrong.sum()) for one in marked)
    return wrong >= least and sum(one.wrong.size for one in marked) - wrong >= least


def _is(one: Marked, places: np.ndarray) -> bool:
    """Whether just these places are wrong, and they are not all."""
    return not places.all() and np.array_equal(one.wrong, places)


def _corners(shape: tuple[int, ...]) -> np.ndarray:
    edge = np.ones(shape, bool)
    for axis in (-1, -2):
        edge &= frame(shape, (axis,), 1)
    return edge


def _centre(shape: tuple[int, ...]) -> np.ndarray:
    """Where the middle is; nowhere if there is none."""
    places = np.zeros(shape, bool)
    if all(side % 2 for side in shape):
        places[tuple(side // 2 for side in shape)] = True
    return places


def _is_square(shape: tuple[int, ...]) -> bool:
    """Whether the last two sides are equally long, and long enough to have a diagonal."""
    return shape[-1] == shape[-2] > 2


def _diagonal(shape: tuple[int, ...]) -> np.ndarray:
    return np.broadcast_to(np.eye(shape[-2], shape[-1], dtype=bool), shape)


def single(marked: list[Marked], words: Words) -> Finding | None:
    """What is wrong is nan; or one number alone is, perhaps the one in the middle."""
    if all(not np.isfinite(one.pair.got[one.wrong]).any() for one in marked):
        clause = f"some numbers of your {words.thing} are nan or infinite; the others are right"
        asks = "Is something divided by 0, or e raised to a large number?"
        return Finding("infinite", clause, asks)
    if all(one.wrong.size > 2 and _is(one, _centre(one.wrong.shape)) for one in marked):
        clause = f"only the number in the middle of your {words.thing} is wrong"
        return Finding("places", clause)
    if not all(one.wrong.sum() == 1 and one.wrong.size > 2 for one in marked):
        return None
    one = marked[0]
    place = [int(at) for at in np.argwhere(one.wrong)[0]]
    names = [f"the {ordinal(at)} {words.axis(axis, one.ndim)}" for axis, at in enumerate(place)]
    where = f"at {names[0]}" if one.ndim == 1 else f"in {listed(names)}"
    if len(marked) > 1:
        clause = f"only one number in each {words.thing} is wrong (in the first case {where})"
    else:
        clause = f"only one number of your {words.thing} is wrong, the one {where}"
    return Finding("single", clause, "", None)
