"""What a learner hands to a figure, checked: nonsense is refused in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

SEED_AT_MOST = 2**32 - 1


def _array(figure: str, name: str, values) -> np.ndarray:
    try:
        array = np.asarray(values)
    except ValueError:
        raise ValueError(
            f"{figure}: the {name} has rows of different lengths; give every row as many numbers."
        ) from None
    if array.dtype.kind not in "buif":
        raise ValueError(
            f"{figure}: the {name} must hold real numbers only, this one holds {_odd_one(array)}."
        )
    array = array.astype(float)
    if not np.isfinite(array).all():
        raise ValueError(f"{figure}: the {name} holds nan or infinity; give finite numbers only.")
    if array.size and np.abs(array).max() > 1e6:
        raise ValueError(
            f"{figure}: the {name} holds numbers beyond a million; divide it first, "
            "so that the numbers can be read in the picture."
        )
    return array


def _odd_one(array: np.ndarray) -> str:
    if array.dtype.kind == "c":
        return "complex numbers"
    first = next((item for item in array.ravel() if not isinstance(item, (int, float))), None)
    return shown(first)


def numbers_1d(figure: str, name: str, values, *, most: int, least: int = 1) -> list[float]:
    """A row of `least` to `most` finite real numbers, as floats; anything else: ValueError."""
    array = _array(figure, name, _items(figure, name, values, "a list or array of numbers"))
    if array.ndim != 1:
        raise ValueError(
            f"{figure}: the {name} must be one row of numbers, this one has the shape "
            f"{array.shape}."
        )
    if not least <= len(array) <= most:
        raise ValueError(
            f"{figure}: the {name} has {_count(len(array), 'number')}; "
            f"give between {least} and {most}."
        )
    return array.tolist()


def numbers_2d(figure: str, name: str, values, *, most: int, least: int = 1) -> list[list[float]]:
    """Rows and columns of finite real numbers, `least` to `most` of each; else ValueError."""
    array = _array(figure, name, _items(figure, name, values, "rows and columns of numbers"))
    if array.ndim != 2:
        raise ValueError(
            f"{figure}: the {name} must have rows and columns, this one has the shape "
            f"{array.shape}."
        )
    if not all(least <= side <= most for side in array.shape):
        raise ValueError(
            f"{figure}: the {name} has the shape {array.shape}; "
            f"give between {least} and {most} rows and columns."
        )
    return array.tolist()


def _items(figure: str, name: str, values, wanted: str):
    """The values as an array or a list of them; text, sets and single things are none."""
    if isinstance(values, np.ndarray):
        return values
    if isinstance(values, (str, bytes, set, frozenset, dict)) or not np.iterable(values):
        raise ValueError(f"{figure}: the {name} must be {wanted}, not {shown(values, 60)}.")
    return list(values)


def one_of(figure: str, name: str, value: str, known: Sequence[str]) -> str:
    """The value if it is among the known ones; otherwise a ValueError that lists them."""
    if not isinstance(value, str) or value not in known:
        listed = ", ".join(repr(word) for word in known)
        raise ValueError(f"{figure}: {name} must be one of {listed}, not {shown(value)}.")
    return value


def whole(figure: str, name: str, value, least: int, most: int) -> int:
    """A whole number from `least` to `most`; otherwise a ValueError."""
    is_whole = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
    if not is_whole or not least <= value <= most:
        raise ValueError(
            f"{figure}: {name} must be a whole number from {least} to {most}, not {shown(value)}."
        )
    return int(value)


def yes_or_no(figure: str, name: str, value) -> bool:
    """True or False; otherwise a ValueError."""
    if not isinstance(value, (bool, np.bool_)):
        raise ValueError(f"{figure}: {name} must be True or False, not {shown(value)}.")
    return bool(value)


def real_number(value) -> float | None:
    """A single real number as Python's float, nan and infinity too; None for anything else."""
    try:
        if isinstance(value, (str, bytes, bool)) or np.ndim(value) or np.iscomplexobj(value):
            return None
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return None


def shown(value, most: int = 40) -> str:
    """Whatever it is, in one short line."""
    return " ".join(repr(value).split())[:most]


def _count(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"
