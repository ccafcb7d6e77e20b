"""Longer or shorter than is due: rows missing or too many, a border, only every second place."""

import numpy as np

from convolab.check.relations.exercise_words import Words, amount, listed, plural
from convolab.check.relations.pairs import Close, Finding, Pair, distinct

RETURNS = "Is a return inside a loop?"
OVERWRITES = "Is each result written over the one before?"
Crop = tuple[tuple[int, int], ...]  # for each axis what is missing before and after


def find(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """What is missing from every result, or too many in it."""
    if any(pair.same_shape for pair in pairs):
        return None
    if all(pair.expected.size and not pair.got.size for pair in pairs):
        return _empty(pairs, words)
    return _cropped(pairs, words, close) or _strided(pairs, words, close)


def _empty(pairs: list[Pair], words: Words) -> Finding:
    """An empty result where numbers are due."""
    due = pairs[0].expected.size
    each = f"{due} number{'s' if due > 1 else ''}"
    clause = f"your {words.thing} is empty; there should be {each} in it"
    if len({pair.expected.size for pair in pairs}) > 1:
        clause += " (in the first case)"
    asks = "Is nothing put into it, or does a range or a slice end before it begins?"
    return Finding("empty", clause, asks, lambda pair: not pair.got.size)


def _cropped(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """Cut out of the right result, or the right one with something around it."""
    if any(pair.expected.ndim != pair.got.ndim or not pair.expected.ndim for pair in pairs):
        return None
    if len({pair.expected.ndim for pair in pairs}) > 1:
        return None
    pairs = [pair for pair in pairs if pair.got.size and pair.expected.size]
    if not pairs:
        return None
    for missing in (True, False):

        def holds(pair: Pair, missing=missing) -> bool:
            return _crop(pair, missing, close) is not None

        kept = [pair.got if missing else pair.expected for pair in pairs]
        if not _is_telling(kept):
            continue
        crops = _crops(pairs, missing, close)
        if None not in crops and _is_one_way(crops):
            return Finding(*_crop_says(pairs, crops, missing, words), holds)
    return None


def _is_telling(kept: list[np.ndarray]) -> bool:
    """Whether enough different numbers are in the right place for it to be no accident."""
    many = sum(array.size for array in kept)
    return distinct(kept, 3) > 2 or (distinct(kept, 2) > 1 and len(kept) > 2 and many > 3)


def _is_one_way(crops: list[Crop]) -> bool:
    """Whether all are cut at the same end of each axis, by the same or in the middle: a few numbers
    can be found somewhere within many."""
    if len(set(crops)) == 1:
        return True
    for axis in zip(*crops, strict=True):
        starts, ends, middle = (
            all(not b for _, b in axis),
            all(not a for a, _ in axis),
            all(abs(a - b) < 2 for a, b in axis),
        )
        if not (starts or ends or middle):
            return False
    return True


def _crops(pairs: list[Pair], missing: bool, close: Close) -> list[Crop | None]:
    """The crop of each case: at the same end of all of them where that is possible, since a few
    numbers may fit in several places."""
    for at_end in (True, False):
        crops = [_crop(pair, missing, close, at_end) for pair in pairs]
        if None not in crops:
            return crops
    return [_crop(pair, missing, close) for pair in pairs]


def _crop(pair: Pair, missing: bool, close: Close, at_end: bool | None = None) -> Crop | None:
    """What is missing (or too much) before and after along each axis; all of it at the end, or all
    at the start, if `at_end` says so."""
    large, small = (pair.expected, pair.got) if missing else (pair.got, pair.expected)
    if large.ndim != small.ndim or large.shape == small.shape or not small.size:
        return None
    slack = [a - b for a, b in zip(large.shape, small.shape, strict=True)]
    if min(slack) < 0 or np.prod([s + 1 for s in slack]) > 400:
        return None
    if at_end is None:
        places = sorted(np.ndindex(*(s + 1 for s in slack)), key=lambda at: _oddness(at, slack))
    else:
        places = [tuple(0 if at_end else s for s in slack)]
    for at in places:
        cut = large[tuple(slice(a, a + n) for a, n in zip(at, small.shape, strict=True))]
        if close.same(*((cut, small) if missing else (small, cut))):
            return tuple((a, s - a) for a, s in zip(at, slack, strict=True))
    return None


def _oddness(at: tuple[int, ...], slack: list[int]) -> tuple[int, int]:
    """Ends first, then the middle, then anything between."""
    ends = sum(a not in (0, s) for a, s in zip(at, slack, strict=True))
    middle = sum(abs(2 * a - s) for a, s in zip(at, slack, strict=True))
    return (min(ends, middle), middle)


def _crop_says(
    pairs: list[Pair], crops: list[Crop], missing: bool, words: Words
) -> tuple[str, str, str]:
    ndim = pairs[0].expected.ndim
    kind = "missing" if missing else "extra"
    rest = "the rest is right"
    is_zero = not missing and all(
        _zeros_around(pair, crop) for pair, crop in zip(pairs, crops, strict=True)
    )
    if len(set(crops)) == 1:
        crop = crops[0]
        sides = [
            (axis, end, many)
            for axis, both in enumerate(crop)
            for end, many in zip(("first", "last"), both, strict=True)
            if many
        ]
        if len(sides) <= 2:
            parts = listed(_side(axis, end, many, words, ndim) for axis, end, many in sides)
            plural_ = len(sides) > 1 or sides[0][2] > 1
            if missing:
                says = (
                    f"{parts} {'are' if plural_ else 'is'} missing from your {words.thing}; {rest}"
                )
                asks = "Does a range or a slice end too early, or begin too late?"
            else:
                filled = ", filled with zeros" if is_zero else ""
                says = (
                    f"your {words.thing} has {_extra(sides, words, ndim)} too many{filled}; {rest}"
                )
                asks = "Does a range or a slice end too late, or begin too early?"
            return kind, says, asks
        if len({many for _, _, many in sides}) == 1 and len(sides) == 2 * ndim:
            width = amount(sides[0][2], words.item)
            if missing:
                return (
                    kind,
                    f"a border {width} wide is missing all around your {words.thing}; {rest}",
                    "",
                )
            zero = " of zeros" if is_zero else ""
            return kind, f"your {words.thing} has a border{zero} {width} wide around it; {rest}", ""
    if missing and ndim == 1 and all(pair.got.size == 1 for pair in pairs):
        at_end = any(after for ((_, after),) in crops)
        which, asks = ("first", RETURNS) if at_end else ("last", OVERWRITES)
        return (
            "only",
            f"only the {which} {words.axis(0, 1)} of the right {words.thing} is there",
            asks,
        )
    ends = _ends(crops, words)
    differs = " (how many differs from case to case)" if len(set(crops)) > 1 else ""
    if missing:
        where = listed(f"the {end} {plural(name)}" for end, name in ends)
        return kind, f"{where} are missing from your {words.thing}{differs}; {rest}", ""
    at = {"first": "the start", "last": "the end", "first and last": "both ends"}
    where = listed(f"{plural(name)} at {at[end]}" for end, name in ends)
    zero = ", filled with zeros" if is_zero else ""
    return kind, f"your {words.thing} has too many {where}{zero}{differs}; {rest}", ""


def _zeros_around(pair: Pair, crop: Crop) -> bool:
    inside = pair.got[
        tuple(slice(a, n - b) for (a, b), n in zip(crop, pair.got.shape, strict=True))
    ]
    return np.count_nonzero(pair.got) == np.count_nonzero(inside)


def _side(axis: int, end: str, many: int, words: Words, ndim: int) -> str:
    name = words.axis(axis, ndim)
    return f"the {end} {name}" if many == 1 else f"the {end} {amount(many, name)}"


def _extra(sides: list[tuple[int, str, int]], words: Words, ndim: int) -> str:
    return listed(
        f"{amount(many, words.axis(axis, ndim))} at the {'start' if end == 'first' else 'end'}"
        for axis, end, many in sides
    )


def _ends(crops: list[Crop], words: Words) -> list[tuple[str, str]]:
    """Of which axes how much is missing differs from case to case, and at which ends."""
    ends = {(False, True): "last", (True, False): "first", (True, True): "first and last"}
    found = []
    for axis, sides in enumerate(zip(*crops, strict=True)):
        both = any(a for a, _ in sides), any(b for _, b in sides)
        if any(both):
            found.append((ends[both], words.axis(axis, len(crops[0]))))
    return found


def _strided(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """Every second place alone, or all where every second is due."""
    if any(pair.expected.ndim != pair.got.ndim or not pair.expected.ndim for pair in pairs):
        return None
    if max(distinct([pair.expected], 3) for pair in pairs) < 2:
        return None

    def holds(pair: Pair, skipped: bool) -> bool:
        large, small = (pair.expected, pair.got) if skipped else (pair.got, pair.expected)
        steps = _steps(large.shape, small.shape)
        return any(
            close.same(large[tuple(slice(None, None, s) for s in one)], small) for one in steps
        )

    for skipped in (True, False):
        if all(holds(pair, skipped) for pair in pairs):
            if skipped:
                says = (
                    f"your {words.thing} has only some of the right numbers, at equal distances: "
                )
                says += "those between are skipped"
            else:
                says = (
                    "every number that is expected is in yours, but yours has others between them"
                )
            asks = "" if skipped else "Does the window move as many places as it should?"
            return Finding("stride", says, asks, lambda pair, s=skipped: holds(pair, s))
    return None


def _steps(large: tuple[int, ...], small: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The steps that lead from the longer sides to the shorter ones."""
    if (
        len(large) != len(small)
        or np.prod(small) < 2
        or not all(0 < b <= a for a, b in zip(large, small, strict=True))
    ):
        return []
    return [
        tuple(step if b < a or a == 1 else 1 for a, b in zip(large, small, strict=True))
        for step in (2, 3, 4, 5)
        if all(b == a or -(-a // step) == b for a, b in zip(large, small, strict=True))
    ]
