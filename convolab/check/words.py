"""Puts values, calls and kinds into words that a beginner understands."""

import inspect
from collections.abc import Iterable
from typing import Any

import numpy as np

from convolab.cell_text import first_line
from convolab.check import functions, literal
from convolab.check.plain import EXCEPTION, StandIn, taken_in

LONGEST = 12  # items of a list that are shown
LONGEST_WRITTEN_OUT = 120  # characters of a call that shows all its arguments
_LONGEST_ARGUMENT = 30  # characters of one of its arguments, where all are longer
_MOST = 300  # values that are shown, whatever lists are in lists
_TEXT = 60  # characters of a text or a dictionary
_DIGITS = 30  # digits of a whole number
_HUGE = 10**_DIGITS


def counted(number: int, one: str) -> str:
    """A number with its noun: 1 row, 3 rows."""
    return f"{number} {one}{'' if number == 1 else 's'}"


def number(value: Any) -> str:
    """A number as one would write it: 3.333, 12, −0.5."""
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, (int, np.integer)):
        value = int(value)
        return str(value) if -_HUGE < value < _HUGE else f"a {whole_number(value)}"
    if isinstance(value, (complex, np.complexfloating)):
        return f"{value:.4g}"
    value = float(value)
    if np.isfinite(value) and abs(value) < 1e15 and abs(value - round(value)) < 1e-9:
        return str(round(value))
    return f"{value:.1f}" if 1000 <= abs(value) < 1e15 else f"{value:.4g}"


def whole_number(value: int) -> str:
    """Describes a whole number that is too long to write out."""
    return f"whole number of about {int(value.bit_length() * 0.30103) + 1:,} digits"


def show(value: Any) -> str:
    """A value on one line, long ones with an ellipsis in the middle: whatever the value is, this is
    quick, raises nothing and calls no object's own methods."""
    return _show(taken_in(value), [_MOST])


def _show(value: Any, left: list[int]) -> str:
    """A plain value on one line; `left` is how many values may still be shown."""
    left[0] -= 1
    if left[0] < 0:
        return "…"
    if isinstance(value, np.ndarray) and value.ndim:
        if not value.size:
            return f"an empty array of shape {value.shape}"
        return f"[{_items(value, left)}]"
    if isinstance(value, (list, tuple)):
        items = _items(value, left)
        if isinstance(value, tuple):
            return f"({items},)" if len(value) == 1 else f"({items})"
        return f"[{items}]"
    if isinstance(value, (bool, int, float, complex, np.generic, np.ndarray)):
        return number(value.item() if isinstance(value, np.ndarray) else value)
    if value is None:
        return "None"
    if isinstance(value, str):
        return _cut(repr(value[: _TEXT + 1]), _TEXT)
    if isinstance(value, dict):
        pairs = list(value.items())[:LONGEST]
        text = ", ".join(f"{_show(key, left)}: {_show(one, left)}" for key, one in pairs)
        return _cut(f"{{{text}{', …' if len(value) > len(pairs) else ''}}}", _TEXT)
    return functions.name_of(value) or kind(value)


def _items(values: Any, left: list[int]) -> str:
    """What a list or an array holds, the middle of a long one left out."""
    if len(values) <= LONGEST:
        return ", ".join(_show(one, left) for one in values)
    ends = values[: LONGEST // 2], values[-LONGEST // 3 :]
    return ", …, ".join(", ".join(_show(one, left) for one in end) for end in ends)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 3] + "…"


def one_line(text: str, longest: int) -> str:
    """The first line of a text that is not empty, cut between two words if it is too long.

    A line that ends with a colon says nothing yet, so the next one goes with it.
    """
    begins = text[: 4 * longest].encode("utf-8", "replace").decode()
    line = first_line(begins)
    if line.endswith(":"):
        line = f"{line} {first_line(begins.partition(line)[2])}".rstrip()
    if len(line) <= longest:
        return line
    return f"{line[:longest].rpartition(' ')[0] or line[:longest]} …"


def signature(found: inspect.Signature) -> str:
    """A function's signature as its first line has it, without annotations."""
    parts = [
        one.replace(
            annotation=one.empty,
            default=one.default if one.default is one.empty else _Shown(show(one.default)),
        )
        for one in found.parameters.values()
    ]
    return str(inspect.Signature(parts))


class _Shown:
    """A default, as it is written."""

    def __init__(self, text: str):
        self._text = text

    def __repr__(self) -> str:
        return self._text


def call(name: str, arguments: tuple) -> str:
    """A call within a sentence, as one would type it: convolve_at([1, 2], [3], 0), except that long
    arguments are named by their kind. `literal` writes them out."""
    whole = literal.call(name, arguments)
    if whole and len(whole) <= LONGEST_WRITTEN_OUT and not any(map(functions.name_of, arguments)):
        return whole
    return f"{name}({', '.join(argument(a) for a in arguments)})"


def is_written_out(name: str, arguments: tuple) -> bool:
    """Whether `call` writes out every argument, none just as its kind."""
    whole = literal.call(name, arguments)
    short = bool(whole) and len(whole) <= LONGEST_WRITTEN_OUT
    return short or not any(argument(a) == kind(a) for a in arguments)


def argument(value: Any) -> str:
    """An argument as one would type it, or its kind if that is too long for a sentence."""
    if own := functions.name_of(value):
        return own
    written = literal.code(value)
    if written and len(written) <= _LONGEST_ARGUMENT:
        return written
    return kind(value) if isinstance(value, (np.ndarray, list, tuple, dict)) else show(value)


def listed(items: Iterable[str]) -> str:
    """Things in a row as one says them: "a", "a and b", "a, b and c"."""
    *before, last = items
    return f"{', '.join(before)} and {last}" if before else last


def many(shape: tuple[int, ...]) -> str:
    """A shape in words: "3 numbers in a row", "a table of 2 × 3"."""
    if len(shape) == 0:
        return "one number"
    if len(shape) == 1:
        return "1 number in a row" if shape == (1,) else f"{shape[0]} numbers in a row"
    if len(shape) == 2:
        return f"a table of {shape[0]} × {shape[1]}"
    return f"an array of shape {shape}"


def asked(value: Any, lists: bool) -> str:
    """What is expected: "a list or an array of 3 numbers", where lists are welcome."""
    if isinstance(value, np.ndarray) and value.ndim == 1 and lists:
        return f"a list or an array of {counted(value.size, 'number')}"
    if isinstance(value, bool):
        return "True or False"
    return kind(value)


_KINDS = {
    EXCEPTION: "an exception, which should be raised with raise, not returned",
    "NotImplementedType": "NotImplemented",
    "bytes": "bytes",
    "coroutine": "a coroutine (remove the word async from its first line)",
    "generator": "a generator (is there a yield where return should be?)",
}


def kind(value: Any) -> str:
    """What a value is: "a number", "an array of shape (3,)", "a list of 4", "a function"."""
    value = taken_in(value)
    if value is None:
        return "nothing (None)"
    if value is Ellipsis:
        return "the three dots (...)"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" if value.ndim else "a number"
    if isinstance(value, (bool, np.bool_)):
        return f"the truth value {bool(value)}"
    if isinstance(value, (int, float, complex, np.generic)):
        return "a number"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, (list, tuple)):
        return f"a {type(value).__name__} of {len(value)}"
    if isinstance(value, dict):
        return "a dictionary"
    if not isinstance(value, StandIn) or value.function:
        return "a function (was it called, with brackets?)"
    name = value.kind
    return _KINDS.get(name) or f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"
