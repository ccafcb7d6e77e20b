"""Calls a learner's function once and notes all that happened."""

import contextlib
import copy
import io
import sys
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from convolab.check import forbidden


@dataclass
class Outcome:
    """What came of one call: a value, or an exception; and what happened on the side."""

    value: Any = None
    error: BaseException | None = None
    changed: bool = False
    printed: str = ""
    forbidden: str | None = None

    @property
    def raised(self) -> str | None:
        """The name of the exception, None if there was none."""
        return type(self.error).__name__ if self.error is not None else None


def same_bits(a: Any, b: Any) -> bool:
    """Whether two plain values are equal in kind, shape and every number (nan equals nan)."""
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        if type(a) is not type(b) or a.shape != b.shape or a.dtype != b.dtype:
            return False
        return np.array_equal(a, b, equal_nan=a.dtype.kind in "fc")
    if type(a) is not type(b):
        return False
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(same_bits(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same_bits(a[k], b[k]) for k in a)
    return a == b or (a != a and b != b)


def call(function: Callable, arguments: tuple, watched: tuple[str, ...] = ()) -> Outcome:
    """Call the function with copies of the arguments; nothing it prints, warns or raises escapes.

    Args:
        function: the learner's.
        arguments: plain values; the function gets copies.
        watched: dotted names it may not call, see `forbidden`.

    Raises:
        KeyboardInterrupt: the learner stopped it.
    """
    given = copy.deepcopy(arguments)
    outcome, out = Outcome(), io.StringIO()
    watch = forbidden.Watch(watched)
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(out),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        try:
            with watch:
                outcome.value = function(*given)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a learner's sys.exit() must not end the check
            outcome.error = error
    outcome.changed = not same_bits(given, arguments)
    outcome.printed = out.getvalue()
    outcome.forbidden = watch.seen
    return outcome


def line_that_raised(error: BaseException, function: Callable) -> str:
    """The source line in the learner's own code in which an exception arose, "" if unknown."""
    home = getattr(getattr(function, "__code__", None), "co_filename", None)
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == home]
    return (frames[-1].line or "").strip() if frames else ""


def depth_of_learner(error: BaseException) -> int:
    """How many frames of the traceback lie below the call itself (0: the call did not bind)."""
    frames = traceback.extract_tb(error.__traceback__)
    here = sys._getframe().f_code.co_filename
    return sum(1 for f in frames if f.filename != here)
