"""Every number is the right one, changed in one way: sign, factor, offset, power, rounding."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from convolab.check.relations.exercise_words import Words, number
from convolab.check.relations.pairs import Close, Finding, Pair, distinct

FACTORS = {
    2: "twice what it should be",
    3: "three times what it should be",
    0.5: "half of what it should be",
    -2: "twice what it should be, with the wrong sign",
    -0.5: "half of what it should be, with the wrong sign",
}
BYTE = 256
WHOLE = "Is there an int(), a //, a round() or an array of whole numbers on the way?"


@dataclass(frozen=True)
class Flat:
    """All numbers of all wrong results in one row."""

    right: np.ndarray
    yours: np.ndarray

    def is_by(self, change: Callable, close: Close) -> bool:
        """Whether every number is the right one after such a change."""
        with np.errstate(all="ignore"):
            return bool(close.where(change(self.right), self.yours).all())


def find(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """What was done to every number that should not have been, or was not."""
    if not all(pair.same_shape for pair in pairs) or not any(p.expected.size for p in pairs):
        return None
    right = np.concatenate([pair.expected.ravel() for pair in pairs])
    yours = np.concatenate([pair.got.ravel() for pair in pairs])
    if not np.isfinite(yours).all() or not np.isfinite(right).all():
        return None
    flat = Flat(right, yours)
    single = max(pair.expected.ndim for pair in pairs) == 0
    if single and len(pairs) < 2 and not close.same(-right, yours):
        return None  # of one number alone, anything is true
    what = "the number" if single and len(pairs) == 1 else "every number"
    return (
        _sign(flat, what, close)
        or _factor(flat, what, close)
        or _offset(flat, what, close)
        or _power(flat, what, close)
        or _rounded(flat, close)
        or _limited(flat, words, close)
    )


def _by(kind: str, clause: str, asks: str, change: Callable, close: Close) -> Finding:
    def holds(pair: Pair) -> bool:
        with np.errstate(all="ignore"):
            return close.same(change(pair.expected), pair.got)

    return Finding(kind, clause, asks, holds)


def _sign(flat: Flat, what: str, close: Close) -> Finding | None:
    if flat.is_by(np.negative, close):
        return _by("sign", f"{what} has the wrong sign", "", np.negative, close)
    if distinct([np.abs(flat.right)], 2) < 2 or not np.any(flat.yours):
        return None
    if flat.is_by(np.abs, close) and np.count_nonzero(flat.right < 0) > 1:
        says = "every number is right except for its sign: the minus signs are missing"
        return _by("sign", says, "", np.abs, close)
    return None


def _factor(flat: Flat, what: str, close: Close) -> Finding | None:
    sizes = distinct([np.abs(flat.right[flat.right != 0])], 4)
    largest = int(np.argmax(np.abs(flat.right)))
    if sizes < 2 or not flat.right[largest]:
        return None
    factor = _plain(flat.yours[largest] / flat.right[largest])
    if abs(factor) < 1e-9 or not flat.is_by(lambda a: a * factor, close):
        return None
    says = times(factor)
    if says is None and sizes < 3:
        return None
    says = says or f"{number(factor)} times what it should be"
    return _by("factor", f"{what} is {says}", "", lambda a: a * factor, close)


def _plain(factor: float) -> float:
    """The whole number or the fraction 1/n that a factor is, apart from rounding."""
    for turned in (False, True):
        value = 1 / factor if turned and factor else factor
        if abs(value) < 1e6 and abs(value - round(value)) < 1e-6 * max(1, abs(value)):
            return 1 / round(value) if turned and round(value) else float(round(value))
    return factor


def times(factor: float) -> str | None:
    """ "half of what it should be" for a plain factor; None for any other."""
    if factor in FACTORS:
        return FACTORS[factor]
    sign = ", with the wrong sign" if factor < 0 else ""
    size = abs(factor)
    if size > 1 and size == round(size):
        return f"{number(size)} times what it should be{sign}"
    if 0 < size < 1 and abs(1 / size - round(1 / size)) < 1e-9:
        return f"what it should be divided by {number(1 / size)}{sign}"
    return None


def _offset(flat: Flat, what: str, close: Close) -> Finding | None:
    off = flat.yours[0] - flat.right[0]
    off = float(round(off)) if abs(off - round(off)) < 1e-6 else off
    if distinct([flat.right], 2) < 2 or not flat.is_by(lambda a: a + off, close):
        return None
    if abs(off) not in (0.5, 1, 2) and distinct([flat.right], 3) < 3:
        return None
    says = f"too {'large' if off > 0 else 'small'} by {number(abs(off))}"
    return _by("offset", f"{what} is {says}", "", lambda a: a + off, close)


def _power(flat: Flat, what: str, close: Close) -> Finding | None:
    telling = flat.right[(flat.right != 0) & (np.abs(flat.right) != 1)]
    if distinct([telling], 3) < 3:
        return None
    known = {
        "square": (np.square, "the square of what it should be"),
        "root": (np.sqrt, "the square root of what it should be"),
        "cube": (lambda a: a**3, "the cube of what it should be"),
        "inverse": (lambda a: 1 / a, "1 divided by what it should be"),
        "complement": (lambda a: 1 - a, "1 minus what it should be"),
        "exponential": (np.exp, "e to the power of what it should be"),
        "logarithm": (np.log, "the logarithm of what it should be"),
    }
    for kind, (change, says) in known.items():
        if flat.is_by(change, close):
            return _by(kind, f"{what} is {says}", "", change, close)
    return None


def _rounded(flat: Flat, close: Close) -> Finding | None:
    if np.count_nonzero(~close.where(flat.right, flat.yours)) < 2:
        return None
    known = [
        (np.trunc, "the fractional parts are cut off"),
        (np.floor, "every number is rounded down to a whole one"),
        (np.rint, "every number is rounded to a whole one"),
        (np.ceil, "every number is rounded up to a whole one"),
    ]
    for change, says in known:
        if flat.is_by(change, close):
            return _by("rounded", says, WHOLE, change, close)
    for places in (1, 2, 3, 4, 5):
        if flat.is_by(lambda a, places=places: np.round(a, places), close):
            ending = "place" if places == 1 else "places"
            says = f"every number is rounded to {places} {ending} after the point"
            return _by("rounded", says, "", lambda a, n=places: np.round(a, n), close)
    return None


def _limited(flat: Flat, words: Words, close: Close) -> Finding | None:
    """Numbers that went round at 256, or stopped at the least or the largest."""
    off = flat.yours - flat.right
    whole = np.all(np.abs(off - BYTE * np.round(off / BYTE)) < 1e-6)
    if whole and np.all(np.abs(off) < 1e15) and _whole(flat.right):
        low, high = flat.yours.min(), flat.yours.max()
        says = "some numbers are off by 256 or a multiple of it"
        if low >= -128 and high < BYTE:
            says += ": they went past what 8 bits can hold and wrapped round"
        asks = "Is the sum computed in a picture's uint8, which ends at 255?"
        return Finding("wrapped", says, asks, _by_bytes)
    wrong = ~close.where(flat.right, flat.yours)
    if distinct([flat.yours], 3) < 3:
        return None
    for bound, below in ((flat.yours.min(), True), (flat.yours.max(), False)):
        limit = np.maximum if below else np.minimum
        unlike = distinct([flat.right[~wrong]], 2)
        if np.count_nonzero(wrong) < 2 or unlike < 2 or distinct([flat.right[wrong]], 2) < 2:
            continue
        if flat.is_by(lambda a, limit=limit, bound=bound: limit(a, bound), close):
            return _by(
                "clipped",
                f"every number {'below' if below else 'above'} {number(bound)} has become "
                f"{number(bound)}; the others are right",
                "",
                lambda a, limit=limit, bound=bound: limit(a, bound),
                close,
            )
    low, high = flat.yours.min(), flat.yours.max()
    cut = wrong & (flat.yours == low), wrong & (flat.yours == high)
    if all(np.count_nonzero(end) > 1 for end in cut) and flat.is_by(
        lambda a: np.clip(a, low, high), close
    ):
        says = f"everything below {number(low)} or above {number(high)} was set to one of them"
        return _by("clipped", says, "", lambda a: np.clip(a, low, high), close)
    return None


def _by_bytes(pair: Pair) -> bool:
    """Whether all differences are multiples of 256, and some are not 0."""
    off = (pair.got - pair.expected) / BYTE
    return bool(np.all(np.abs(off - np.round(off)) < 1e-6) and np.any(np.abs(off) > 0.5))


def _whole(array: np.ndarray) -> bool:
    return bool(np.all(np.abs(array - np.round(array)) < 1e-6))


def signs(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """Right but for signs, of which some are right and some are wrong in no order."""

    def holds(pair: Pair) -> bool:
        return close.same(np.abs(pair.expected), np.abs(pair.got))

    if not all(pair.same_shape and holds(pair) for pair in pairs):
        return None
    if distinct([np.abs(pair.expected) for pair in pairs], 2) < 2:
        return None
    return Finding(
        "sign", "every number is right except for its sign: some signs are wrong", "", holds
    )
