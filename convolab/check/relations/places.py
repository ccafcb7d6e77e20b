"""Some places are right and others are not: the border, the first row, one channel."""

from itertools import combinations

import numpy as np

from convolab.check.relations import special
from convolab.check.relations.exercise_words import Words, amount, count, plural
from convolab.check.relations.marks import Marked, frame
from convolab.check.relations.pairs import Close, Finding, Pair, thin

WIDEST = 4  # border that is looked for


def find(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """Which places are right in every result, and which are not."""
    if not all(pair.same_shape and pair.expected.ndim for pair in pairs):
        return None
    marked = [Marked(pair, ~close.where(pair.expected, pair.got)) for pair in pairs]
    if all(thin(one.wrong).all() for one in marked):
        return None
    if found := _one_line(marked, words):
        return found
    # where a whole result is wrong, nothing tells its places apart: small ones are ignored
    if any(one.wrong.all() and one.wrong.size > 3 for one in marked):
        return None
    telling = [one for one in marked if not one.wrong.all() and one.wrong.size > 1]
    fits = [one for one in marked if one not in telling]
    if not telling or len(fits) > len(telling):
        return None
    return (
        special.single(telling, words)
        or _one_axis(telling, words)
        or special.instead(telling, words)
        or _border(telling, words)
        or _edges(telling, words)
        or special.find(telling, words)
        or _run(telling, words)
    )


def _one_line(marked: list[Marked], words: Words) -> Finding | None:
    """The first or the last row, channel or example is wrong, also where there is no other."""
    if len({one.ndim for one in marked}) > 1:
        return None
    for axis in range(marked[0].ndim):
        several = [one for one in marked if one.wrong.shape[axis] > 1]
        if len(several) == len(marked) or sum(one.wrong.shape[axis] for one in several) < 4:
            continue
        for end, place in (("first", 0), ("last", -1)):
            if all(_only_at(one, axis, place) for one in several):
                return _says(marked, axis, (True, end), words)
    return None


def _only_at(one: Marked, axis: int, place: int) -> bool:
    """Whether something is wrong in one row, channel or example, and in no other."""
    line = _lines_wrong(one, axis)
    return bool(line[place]) and np.count_nonzero(line) == 1


def _end(places: set[int], length: int) -> str | None:
    """How the places along an axis are called, if they are special."""
    if places == {0}:
        return "first"
    if places == {length - 1}:
        return "last"
    if length > 2 and places == {0, length - 1}:
        return "both"
    if length > 3 and places in (set(range(1, length, 2)), set(range(0, length, 2))):
        return "odd" if 1 in places else "even"
    if length > 2 and length % 2 and places == {length // 2}:
        return "middle"
    return None


def _one_axis(marked: list[Marked], words: Words) -> Finding | None:
    """Only the first row is wrong; only the last channel is right; every second one is wrong."""
    fewest = min(one.ndim for one in marked)
    if len({one.ndim for one in marked}) > 1:
        axes = list(range(-1, -fewest - 1, -1))
    else:
        axes = list(range(-fewest, 0))
    for axis in axes:
        if max(one.wrong.shape[axis] for one in marked) < 3:
            continue  # of two, each is an end
        ends = {_wrong_along(one, axis) for one in marked}
        if len(ends) == 1 and (end := ends.pop()):
            return _says(marked, axis, end, words)
    return None


def _wrong_along(one: Marked, axis: int) -> tuple[bool, str] | None:
    """Whether it is the wrong ones that are special along an axis (or else the right ones)."""
    length = one.wrong.shape[axis]
    others = tuple(at for at in range(one.ndim) if at != axis % one.ndim)
    some = one.wrong.any(axis=others)
    if length < 2:
        return None
    wrong, right = set(np.flatnonzero(some).tolist()), set(np.flatnonzero(~some).tolist())
    if not right:
        return None
    if right == {0} and length > 1:
        return (False, "first")
    if end := _end(wrong, length):
        return (True, end)
    if end := _end(right, length):
        return (False, end)
    return None


def _says(marked: list[Marked], axis: int, end: tuple[bool, str], words: Words) -> Finding:
    ndim = marked[0].ndim
    name = words.axis(axis, ndim)
    wrong, which = end
    whose = f"of your {words.thing}"
    if which == "both":
        who, is_ = f"the first and the last {name} {whose}", "are"
    elif which in ("odd", "even"):
        start = "second" if which == "odd" else "first"
        who, is_ = f"every other {name} {whose}, from the {start} on,", "is"
    else:
        who, is_ = f"the {which} {name} {whose}", "is"
    if not wrong:
        return Finding("places", f"only {who} {is_} right")
    zero = all(_holds_zero(one, axis) for one in marked)
    if zero:
        asks = (
            "Does a range end too early, or begin too late?" if which in ("first", "last") else ""
        )
        return Finding("places", f"{who} {is_} left at 0; the others are right", asks, None)
    return Finding("places", f"{who} {is_} wrong; the others are right", "", None)


def _holds_zero(one: Marked, axis: int) -> bool:
    """Whether the lines in which something is wrong hold nothing but zeros."""
    others = tuple(at for at in range(one.ndim) if at != axis % one.ndim)
    lines = np.flatnonzero(one.wrong.any(axis=others))
    return not np.take(one.pair.got, lines, axis).any()


def _border(marked: list[Marked], words: Words) -> Finding | None:
    """Right inside and wrong at the border, or the other way round."""
    fewest = min(one.ndim for one in marked)
    for many in (2, 1):
        for axes in combinations(range(-min(2, fewest), 0), many):
            if found := _border_of(marked, axes, words):
                return found
    return None


def _border_of(marked: list[Marked], axes: tuple[int, ...], words: Words) -> Finding | None:
    widths = [_width(one, axes) for one in marked]
    if None not in widths:
        ndim = marked[0].ndim
        least, most = min(widths), max(widths)
        far = (
            amount(most, words.item)
            if least == most
            else f"{count(least)} to {amount(most, words.item)}"
        )
        sides = {1: "its two ends", 2: "its border"}[len(axes)]
        if len(axes) == 1 and ndim > 1:
            sides = f"the first and last {plural(words.axis(axes[0], ndim))}"
        clause = f"your {words.thing} is right inside and wrong at {sides}, {far} wide"
        asks = "What should count beyond the edge?" if _slides(marked) else ""
        return Finding("border", clause, asks, None)
    inner = [
        not one.wrong[edge].any() and one.wrong[~edge].any()
        for one in marked
        for edge in [frame(one.wrong.shape, axes, 1)]
    ]
    enough = len(marked) > 1 or marked[0].ndim > 1  # of one row, a few places are inside
    if enough and len(axes) == min(2, marked[0].ndim) and all(inner):
        clause = f"your {words.thing} is right at its border and wrong inside"
        return Finding("border", clause, "", None)
    return None


def _slides(marked: list[Marked]) -> bool:
    """Whether the results may be made by something that goes over a picture, beyond its edge."""
    return all(
        any(
            isinstance(value, (np.ndarray, list)) and np.size(value) > 1
            for value in one.pair.arguments
        )
        for one in marked
    )


def _width(one: Marked, axes: tuple[int, ...]) -> int | None:
    """How wide the border is in which alone something is wrong, at all its sides."""
    for axis in axes:
        others = frame(one.wrong.shape, tuple(at for at in axes if at != axis), 1)
        sides = np.moveaxis(one.wrong & ~others, axis, 0)  # without the corners
        if len(sides) < 3 or not (sides[0].any() and sides[-1].any()):
            return None
    for width in range(1, WIDEST + 1):
        edge = frame(one.wrong.shape, axes, width)
        if edge.all():
            return None
        if not one.wrong[~edge].any():
            return width
    return None


def _run(marked: list[Marked], words: Words) -> Finding | None:
    """Right up to some place and wrong from there on, or the other way round."""
    if len({one.ndim for one in marked}) > 1 or sum(one.wrong.size > 3 for one in marked) < 2:
        return None
    for axis in range(marked[0].ndim):
        lines = [_lines_wrong(one, axis) for one in marked]
        if any(line.all() for line in lines):
            continue
        name = plural(words.axis(axis, marked[0].ndim))
        for first, last, says in ((0, -1, "first"), (-1, 0, "last")):
            if all(line[last] and not line[first] and _changes(line) == 1 for line in lines):
                other = "last" if says == "first" else "first"
                clause = (
                    f"the {says} {name} of your {words.thing} are right, the {other} ones wrong"
                )
                return Finding("places", clause, "", None)
    return None


def _lines_wrong(one: Marked, axis: int) -> np.ndarray:
    """For each row, channel or example whether anything is wrong in it."""
    return one.wrong.any(axis=tuple(at for at in range(one.ndim) if at != axis))


def _changes(line: np.ndarray) -> int:
    return int(np.count_nonzero(line[1:] != line[:-1]))


def _edges(marked: list[Marked], words: Words) -> Finding | None:
    """The last row and the last column, or another two sides that meet."""
    if not all(one.ndim >= 2 and min(one.wrong.shape[-2:]) > 2 for one in marked):
        return None
    ends = {0: "first", -1: "last"}
    for row, column in ((-1, -1), (0, 0), (0, -1), (-1, 0)):
        if not all(_only_these(one, row, column) for one in marked):
            continue
        names = [
            f"the {ends[end]} {words.axis(axis, marked[0].ndim)}"
            for end, axis in ((row, -2), (column, -1))
        ]
        zero = all(not one.pair.got[one.wrong].any() for one in marked)
        says = "left at 0" if zero else "wrong"
        clause = f"{names[0]} and {names[1]} of your {words.thing} are {says}; the rest is right"
        asks = "Does a range end too early, or begin too late?" if zero else ""
        return Finding("places", clause, asks)
    return None


def _only_these(one: Marked, row: int, column: int) -> bool:
    """Whether something is wrong along a row and along a column at the edge, and nowhere else."""
    rest = one.wrong.copy()
    rest[..., row, :] = False
    rest[..., :, column] = False
    away = one.wrong[..., row, :].sum() > 1 and one.wrong[..., :, column].sum() > 1
    return bool(away) and not rest.any()
