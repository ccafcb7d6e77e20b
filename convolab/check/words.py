"""Puts values, calls and kinds into words that a beginner understands."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from convolab.check import functions
from convolab.check.run import StandIn

LONGEST = 12


def number(value: Any) -> str:
    """A number as one would write it: 3.333, 12, −0.5."""
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    if isinstance(value, (complex, np.complexfloating)):
        return f"{value:.4g}"
    value = float(value)
    if np.isfinite(value) and abs(value) < 1e15 and abs(value - round(value)) < 1e-9:
        return str(round(value))
    return f"{value:.4g}" if abs(value) < 1000 else f"{value:.1f}"


EXCEPTION = "exception"  # the kind of one, and of its class, that stays in another process


def is_exception(value: Any) -> bool:
    """Whether a value is an exception or a class of exceptions, returned instead of raised."""
    return isinstance(value, BaseException) or (
        isinstance(value, type) and issubclass(value, BaseException)
    )


def show(value: Any) -> str:
    """A value on one line, long ones with an ellipsis in the middle."""
    if isinstance(value, (np.ndarray, np.generic)):
        if not value.size:
            return f"an empty array of shape {value.shape}"
        return show(value.tolist()) if value.dtype.kind in "biufcU" else kind(value)
    if isinstance(value, (list, tuple)):
        items = [show(item) for item in value]
        if len(items) > LONGEST:
            items = [*items[: LONGEST // 2], "…", *items[-LONGEST // 3 :]]
        if isinstance(value, tuple):
            return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"
        return f"[{', '.join(items)}]"
    if isinstance(value, (bool, int, float, complex)):
        return number(value)
    if name := functions.name_of(value):
        return name
    if not isinstance(value, (str, dict, type(None))):
        return kind(value)  # a learner's own class may have no sensible form
    try:
        text = repr(value)
    except Exception:  # nor may what a dictionary holds
        return kind(value)
    return text if len(text) <= 60 else text[:57] + "…"


def argument(value: Any) -> str:
    """An argument as one would type it into a call."""
    if isinstance(value, np.ndarray) and value.size > LONGEST * 3:
        return f"an array of shape {value.shape}"  # its numbers would fill the screen
    if isinstance(value, np.ndarray) and value.ndim:
        return f"np.array({show(value)})"
    if isinstance(value, np.integer):
        return f"np.{value.dtype}({value})"
    return show(value)


def call(name: str, arguments: tuple) -> str:
    """A call as one would type it: convolve_at([1, 2], [3], 0)."""
    return f"{name}({', '.join(argument(a) for a in arguments)})"


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
    """What is asked for: "a list or an array of 3 numbers", where lists are welcome."""
    if isinstance(value, np.ndarray) and value.ndim == 1 and lists:
        return f"a list or an array of {value.size} numbers"
    return kind(value)


def kind(value: Any) -> str:
    """What a value is: "a number", "an array of shape (3,)", "a list of 4", "a function"."""
    if value is None:
        return "nothing (None)"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" if value.ndim else "a number"
    if isinstance(value, (bool, np.bool_)):
        return f"the truth value {bool(value)}"
    if isinstance(value, (int, float, complex, np.generic)):
        return "a number"
    if isinstance(value, str):
        return "a text"
    if isinstance(value, (list, tuple)):
        return f"a {type(value).__name__} of {len(value)}"
    if isinstance(value, dict):
        return "a dictionary"
    away = isinstance(value, StandIn)
    if value.kind == EXCEPTION if away else is_exception(value):
        return "an exception, which is raised with the word raise and not given back"
    if value.function if away else callable(value):
        return "a function (was it called, with brackets?)"
    name = value.kind if away else type(value).__name__
    return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"
