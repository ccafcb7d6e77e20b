"""Takes in whatever a learner's program returns, as plain data to be compared, shown and sent.

These are plain: None, `...`, truth values, numbers, strings, NumPy's own numbers and arrays of
numbers, the checker's test functions, and lists, tuples and dictionaries of these. Of a subclass
only what it inherits is read, and no method of a learner's object is called (except `float` of a
registered number, such as a Fraction): objects can raise, lie or loop for ever. Everything else
becomes a `StandIn`, which names its kind. Time and memory are bounded, also for a list that
contains itself and for an array of a million times a million places that all are the same number.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Number
from typing import Any

import numpy as np

from convolab.check import functions
from convolab.check.objects import is_stop, mro, type_name

MOST_DEPTH = 32  # lists in lists
MOST_LISTS = 20_000  # lists, tuples and dictionaries
MOST_ITEMS = 500_000  # what they hold
MOST_KEYS = 5_000  # that are not strings: such keys can be chosen so that their hashes collide
MOST_TEXT = 1_000_000  # characters, in all
LONG_TEXT = 100_000  # characters of one text
MOST_AXES = 32
MOST_SIDE = 1 << 28  # of an array, which may be empty for all that
MOST_BYTES = 32 << 20  # of arrays, in all: no exercise returns a thousandth of it

EXCEPTION = "exception"  # the kind of one, and of its class: returned instead of raised
_NUMBERS = frozenset(np.dtype(sign).type for sign in "?bBhHiIlLqQefdFD")
_ARRAYS = {
    "O": "Python objects",
    "U": "texts",
    "S": "texts",
    "T": "texts",
    "V": "records",
    "M": "dates",
    "m": "time spans",
}


@dataclass(frozen=True)
class StandIn:
    """Replaces a value that is not plain: holds its kind, and nothing of it."""

    kind: str
    function: bool = False


class TooLarge(ValueError):
    """A value that is not taken in whole, because it is too large or contains itself."""

    def __init__(self, kind: str):
        super().__init__("too large to send")
        self.kind = kind


def taken_in(value: Any, most_bytes: int = MOST_BYTES) -> Any:
    """The value as plain data; a `StandIn` for what is not plain or too large.

    Raises:
        KeyboardInterrupt: a person stopped it.
    """
    try:
        return plain(value, most_bytes)
    except TooLarge as error:
        return StandIn(error.kind)
    except BaseException as error:
        if is_stop(error):
            raise
        return stand_in(value)


def plain(value: Any, most_bytes: int = MOST_BYTES) -> Any:
    """The value as plain data, with a `StandIn` for each part that is not plain.

    Args:
        most_bytes: of all arrays in it together.

    Raises:
        TooLarge: it is too large as a whole.
    """
    return _Reader(most_bytes).read(value, 0)


def stand_in(value: Any) -> StandIn:
    """The stand-in for a value that is not plain."""
    kind = type(value)
    if issubclass(kind, BaseException):
        return StandIn(EXCEPTION)
    if issubclass(kind, type) and issubclass(value, BaseException):
        return StandIn(EXCEPTION)
    return StandIn(type_name(kind), callable(value))


class _Reader:
    """Reads one value, and keeps count of how much it has read."""

    def __init__(self, most_bytes: int):
        self.lists, self.items, self.keys = MOST_LISTS, MOST_ITEMS, MOST_KEYS
        self.text, self.bytes, self.most_bytes = MOST_TEXT, most_bytes, most_bytes
        self.around: list[list | tuple | dict] = []  # what is being read, one in another

    def read(self, value: Any, depth: int) -> Any:
        kind = type(value)
        if kind is float or kind is int or kind is bool or value is None or value is Ellipsis:
            return value
        if kind is complex or kind is StandIn:
            return value
        if issubclass(kind, np.ndarray):
            return self.array(value)
        if issubclass(kind, (list, tuple, dict)):
            return self.several(value, depth)
        if issubclass(kind, str):
            return self.characters(str.__str__(value))
        if issubclass(kind, int):
            return int.__int__(value)
        if issubclass(kind, np.generic):
            return value if _is_numpys(kind) else _scalar(value)
        if issubclass(kind, float):
            return float.__float__(value)
        if issubclass(kind, complex):
            return complex.__complex__(value)
        if functions.name_of(value):
            return value
        return _registered(value)

    def characters(self, value: str) -> Any:
        if len(value) > LONG_TEXT:
            return StandIn(f"text of {len(value):,} characters")
        self.text -= len(value)
        if self.text < 0:
            raise TooLarge("value with too much text to compare")
        if value.isascii():
            return value
        return value.encode("utf-8", "replace").decode()  # half a character fits into no file

    def array(self, value: np.ndarray) -> Any:
        if type(value) is not np.ndarray:
            value = np.ndarray.view(value, np.ndarray)
        kind, shape = value.dtype, value.shape
        of = f" of shape {shape}" if shape else ""
        if kind.kind == "O" and (numbers := self.numbers(value)) is not None:
            return numbers
        if kind.kind not in "biufc":
            return StandIn(f"array of {_ARRAYS.get(kind.kind, 'something else')}{of}")
        if len(shape) > MOST_AXES:
            return StandIn(f"array with {len(shape)} axes")
        size = math.prod(shape) * kind.itemsize
        if size > self.most_bytes or max(shape, default=0) > MOST_SIDE:
            return StandIn(f"array{of}")
        self.bytes -= size
        if self.bytes < 0:
            raise TooLarge("value that is too large to compare")
        if kind.itemsize > (16 if kind.kind == "c" else 8):
            with np.errstate(all="ignore"):
                return value.astype(complex if kind.kind == "c" else float)
        return value

    def numbers(self, value: np.ndarray) -> np.ndarray | None:
        """An array of objects that all are numbers, as NumPy would have made it; else None."""
        if value.size > self.items:
            return None
        self.items -= value.size
        objects = value.ravel().tolist()
        if any(issubclass(type(one), _HOLD_OTHERS) for one in objects):
            return None
        try:
            numbers = np.array([self.read(one, 0) for one in objects])
        except (OverflowError, ValueError):
            return None
        return numbers.reshape(value.shape) if numbers.dtype.kind in "biufc" else None

    def several(self, value: list | tuple | dict, depth: int) -> list | tuple | dict:
        base = next(one for one in (list, tuple, dict) if issubclass(type(value), one))
        if any(one is value for one in self.around):
            raise TooLarge(f"{_CALLED[base]} that contains itself")
        if depth >= MOST_DEPTH:
            raise TooLarge(f"{_CALLED[base]} nested more than {MOST_DEPTH} deep")
        length = base.__len__(value)
        if length > MOST_ITEMS:
            raise TooLarge(f"{_CALLED[base]} of {length:,}")
        self.lists -= 1
        self.items -= length
        if self.lists < 0 or self.items < 0:
            raise TooLarge("value that is too large to compare")
        self.around.append(value)
        if base is dict:
            made = {
                self.key(key, depth + 1): self.read(item, depth + 1)
                for key, item in dict.items(value)
            }
        else:
            made = self.each(base.__iter__(value), depth + 1)
        self.around.pop()
        return tuple(made) if base is tuple else made

    def each(self, values: Iterable, depth: int) -> list:
        return [
            one if type(one) is float or type(one) is int else self.read(one, depth)
            for one in values
        ]

    def key(self, key: Any, depth: int) -> Any:
        found = self.read(key, depth)
        if type(found) is str:
            return found
        self.keys -= 1
        if self.keys < 0:
            raise TooLarge("dictionary that is too large to compare")
        try:
            hash(found)
        except TypeError:  # of a list's subclass that has a hash, a plain list
            return stand_in(key)
        return found


_HOLD_OTHERS = (list, tuple, dict, np.ndarray, str)
_CALLED = {list: "list", tuple: "tuple", dict: "dictionary"}


def _is_numpys(kind: type) -> bool:
    """Whether a class is one of NumPy's own numbers (a learner's class may have no sound hash)."""
    return type(kind) is type and kind in _NUMBERS


def _scalar(value: np.generic) -> Any:
    """A NumPy scalar that is none of the common ones: of a learner's subclass, or a long number."""
    kind = type(value)
    if issubclass(kind, np.longdouble):
        return float(np.longdouble.__float__(value))
    if issubclass(kind, np.clongdouble):
        return complex(np.clongdouble.__complex__(value))
    base = next((one for one in mro(kind) if _is_numpys(one)), None)
    return stand_in(value) if base is None else base.item(value)


def _registered(value: Any) -> Any:
    """A Fraction, a Decimal and whatever else is registered as a number, as a float."""
    try:
        if issubclass(type(value), Number):
            return float(value)
    except Exception:  # a signalling nan; one that is too large
        return stand_in(value)
    return stand_in(value)
