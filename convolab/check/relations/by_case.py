"""Each result is off by its own factor or offset: one that an argument tells, or one for each row,
channel or example."""

import numpy as np

from convolab.check.relations.exercise_words import Words, listed, number
from convolab.check.relations.pairs import Close, Finding, Pair, distinct
from convolab.check.relations.quantities import terms


def find(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """The factor or offset that differs from case to case, or along one axis."""
    if not all(pair.same_shape and pair.expected.size for pair in pairs):
        return None
    if not all(np.isfinite(p.expected).all() and np.isfinite(p.got).all() for p in pairs):
        return None
    return (
        by_quantity(pairs, words, close)
        or _to_a_sum(pairs, words, close)
        or _in_proportion(pairs, words, close)
        or _along_axis(pairs, words, close)
    )


def _factor(pair: Pair, close: Close) -> float | None:
    """By what all numbers of a result are multiplied, if it is the same for all of them."""
    right, yours = pair.expected.ravel(), pair.got.ravel()
    at = int(np.argmax(np.abs(right)))
    if not right[at] or not yours[at]:
        return None
    factor = float(yours[at] / right[at])
    return factor if close.same(right * factor, yours) else None


def _offset(pair: Pair, close: Close) -> float | None:
    """What is added to all numbers of a result, if it is the same for all of them."""
    off = float(pair.got.flat[0] - pair.expected.flat[0])
    return off if close.same(pair.expected + off, pair.got) else None


def by_quantity(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """A factor or an offset that the arguments tell: a number, a length, or two of them."""
    if not all(pair.same_shape and pair.expected.size for pair in pairs):
        return None
    if not all(np.isfinite(p.expected).all() and np.isfinite(p.got).all() for p in pairs):
        return None
    wide = max(distinct([pair.expected]) for pair in pairs)
    if len(pairs) < (2 if wide > 2 else 3):
        return None
    for kind, measure, says in (
        ("factor", _factor, "every number is the right one times {}"),
        ("offset", _offset, "every number is too {} by {}"),
    ):
        came = [measure(pair, close) for pair in pairs]
        if None in came or distinct([np.array(came)]) < 2:
            continue
        known = [terms(pair.arguments, words, kind) for pair in pairs]
        name = _fitting(came, known)
        if name is None:
            continue
        if kind == "factor":
            clause = says.format(name).replace("times 1 / ", "divided by ")
        else:
            clause = says.format(*(("small", name[1:]) if name[0] == "-" else ("large", name)))

        def holds(pair: Pair, name=name, measure=measure, kind=kind) -> bool:
            due = terms(pair.arguments, words, kind).get(name)
            off = measure(pair, close)
            return due is not None and off is not None and abs(off - due) < 1e-6

        return Finding(kind, clause, "", holds)
    return None


def _fitting(came: list[float], known: list[dict[str, float]]) -> str | None:
    """The name of the first quantity that fits every case; a pair of quantities only counts
    where three different numbers support it."""
    many = distinct([np.array(came)])
    for name in known[0]:
        if " and " in name and (many < 3 or len(came) < 4):
            continue
        if all(
            name in one and abs(one[name] - due) <= 1e-6 * max(1, abs(due))
            for one, due in zip(known, came, strict=True)
        ):
            return name
    return None


def _to_a_sum(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """The right proportions, and a sum that is wrong: the right ones add up to 1 in all cases."""
    if not all(abs(pair.expected.sum() - 1) < 1e-6 for pair in pairs):
        return None
    if distinct([pair.expected for pair in pairs]) < 2 or len(pairs) < 2:
        return None
    if any(_factor(pair, close) is None for pair in pairs):
        return None
    if max(pair.expected.size for pair in pairs) < 2:
        return None
    sums = [number(pair.got.sum()) for pair in pairs if pair.got.size > 1][:2]
    return Finding(
        "sum",
        f"the numbers of your {words.thing} are in the right proportion, but they should add up "
        f"to 1, and yours add up to {listed(dict.fromkeys(sums))}",
        "",
        lambda pair: abs(pair.got.sum() - 1) > 1e-6,
    )


def _in_proportion(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """A separate factor for each case, which none of the arguments explains."""
    if sum(distinct([pair.expected], 3) >= 3 for pair in pairs) < 2:
        return None
    for kind, measure, says in (
        ("factor", _factor, "in the right proportion to each other, but too {} by a factor"),
        ("offset", _offset, "the right distance from each other, but all too {} by an amount"),
    ):
        came = [measure(pair, close) for pair in pairs]
        if None in came:
            continue
        least = 1 if kind == "factor" else 0
        way = "large" if all(abs(one) > least for one in came) else "small"
        if kind == "offset" and way == "large" and min(came) < 0:
            way = "small" if max(came) < 0 else "large or too small"
        if kind == "factor" and way == "small" and max(map(abs, came)) > 1:
            way = "large or too small"
        shown = listed(dict.fromkeys(number(one) for one in came[:2]))
        return Finding(
            kind,
            f"the numbers of each {words.thing} are {says.format(way)} that differs from case to "
            f"case ({shown} in the first two)",
            "",
            lambda pair, measure=measure: measure(pair, close) is not None,
        )
    return None


def _along_axis(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """Each row, channel or example has its own factor or offset."""
    ndims = {pair.expected.ndim for pair in pairs}
    if len(ndims) > 1 or not 2 <= (ndim := ndims.pop()) <= 4:
        return None
    for kind, works in (("offset", _offsets_along), ("factor", _factors_along)):
        for axis in range(ndim):
            if not all(works(pair, axis, close) for pair in pairs):
                continue
            if not any(_tells(pair, axis, kind, close) for pair in pairs):
                continue
            name = words.axis(axis, ndim)
            if kind == "offset":
                says = f"within each {name} all numbers are off by the same amount, which differs "
                says += f"from {name} to {name}"
                asks = ""
            else:
                says = f"within each {name} the numbers are in the right proportion, but each "
                says += f"{name} is multiplied by a different number"
                asks = ""
            return Finding(
                kind, says, asks, lambda pair, works=works, axis=axis: works(pair, axis, close)
            )
    return None


def _lines(array: np.ndarray, axis: int) -> np.ndarray:
    """The array as a table with one line for each row, channel or example."""
    return np.moveaxis(array, axis, 0).reshape(array.shape[axis], -1)


def _tells(pair: Pair, axis: int, kind: str, close: Close) -> bool:
    """Whether there are several lines that are changed differently, and different numbers within
    one of them."""
    lines = _lines(pair.expected, axis)
    few = lines[:20, :50]
    if len(lines) < 2 or few.shape[1] < 3 or max(np.unique(one).size for one in few) < 3:
        return False
    return (_offset if kind == "offset" else _factor)(pair, close) is None


def _offsets_along(pair: Pair, axis: int, close: Close) -> bool:
    if pair.expected.ndim <= axis or not pair.same_shape:
        return False
    right, yours = _lines(pair.expected, axis), _lines(pair.got, axis)
    return close.same(right + (yours[:, :1] - right[:, :1]), yours)


def _factors_along(pair: Pair, axis: int, close: Close) -> bool:
    if pair.expected.ndim <= axis or not pair.same_shape:
        return False
    right, yours = _lines(pair.expected, axis), _lines(pair.got, axis)
    at = np.argmax(np.abs(right), axis=1)[:, None]
    with np.errstate(all="ignore"):
        factors = np.take_along_axis(yours, at, 1) / np.take_along_axis(right, at, 1)
    return bool(np.isfinite(factors).all() and factors.all()) and close.same(right * factors, yours)
