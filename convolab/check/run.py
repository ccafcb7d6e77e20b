"""A learner's answer, and what comes of calling it: plain data, whoever calls.

The ladder asks an `Answer` a few questions and calls it with the cases. In a notebook that is
`Local`, below: the function itself. A grader that keeps the learner's program in another process
gives the ladder an answer of its own, with the same few methods.
"""

import contextlib
import copy
import inspect
import io
import linecache
import re
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from convolab.check import forbidden, speed


@dataclass
class Outcome:
    """What came of one call, as plain data.

    Attributes:
        value: what was returned.
        raised: the names of the exception's type and of the types it derives from, if there was
            one: ("ValueError", "Exception", …).
        message: what the exception said, on one line.
        line: the line of the learner's code in which it arose.
        inside: the learner's helper in which it arose, "" for the function itself.
        changed: whether an argument was changed.
        printed: whether anything was printed.
        forbidden: the ready-made function that was called, if any.
    """

    value: Any = None
    raised: tuple[str, ...] = ()
    message: str = ""
    line: str = ""
    inside: str = ""
    changed: bool = False
    printed: bool = False
    forbidden: str | None = None


@dataclass(frozen=True)
class StandIn:
    """In the place of a value that stays in another process: its kind, and nothing of it."""

    kind: str
    function: bool = False


class Answer(Protocol):
    """What the ladder needs to know of an answer."""

    exists: bool
    is_function: bool
    value: Any  # of a by-hand answer

    def does_not_take(self, count: int) -> str | None:
        """Its signature, if it cannot be called with so many arguments; else None."""

    def names(self, watched: tuple[str, ...]) -> str | None:
        """The first of the watched functions that its code refers to."""

    def call(self, arguments: tuple, watched: tuple[str, ...] = ()) -> Outcome:
        """Call it with copies of the arguments.

        Raises:
            KeyboardInterrupt: it was stopped.
        """

    def times_as_fast(self, arguments: list[np.ndarray], steps: tuple[int, int]) -> float:
        """Its speed beside that of a loop over every element, see `speed`; 0 if a result of the
        race is wrong."""


class Local:
    """The answer that a namespace holds under a name, in this process."""

    def __init__(self, namespace: dict[str, Any], name: str):
        self.exists = name in namespace
        self.value = namespace.get(name)
        self.is_function = callable(self.value)

    def does_not_take(self, count: int) -> str | None:
        """Its signature, if it cannot be called with so many arguments; else None."""
        try:
            signature = inspect.signature(self.value)
        except (TypeError, ValueError):
            return None
        try:
            signature.bind(*[None] * count)
        except TypeError:
            return str(signature)
        return None

    def names(self, watched: tuple[str, ...]) -> str | None:
        """The first of the watched functions that its code refers to."""
        return forbidden.named_in(self.value, watched)

    def call(self, arguments: tuple, watched: tuple[str, ...] = ()) -> Outcome:
        """Call it with copies of the arguments; nothing it prints, warns or raises escapes, but
        for the KeyboardInterrupt of a learner who stops it."""
        return call(self.value, arguments, watched)

    def times_as_fast(self, arguments: list[np.ndarray], steps: tuple[int, int]) -> float:
        """Its speed beside that of a loop over every element."""
        return speed.times_as_fast(self.value, arguments, steps)


def call(function: Callable, arguments: tuple, watched: tuple[str, ...] = ()) -> Outcome:
    """Call the function with copies of the arguments and note all that comes of it."""
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
            outcome.raised = tuple(kind.__name__ for kind in type(error).__mro__)
            outcome.message = message(error)
            outcome.line, outcome.inside = where_it_arose(error, function)
    outcome.changed = not same_bits(given, arguments)
    outcome.printed = bool(out.getvalue().strip())
    outcome.forbidden = watch.seen
    return outcome


def same_bits(a: Any, b: Any) -> bool:
    """Whether two plain values are equal in kind, shape and every number (nan equals nan)."""
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        if type(a) is not type(b) or a.shape != b.shape or a.dtype != b.dtype:
            return False
        return np.array_equal(a, b) or (
            a.dtype.kind in "fc" and np.array_equal(a, b, equal_nan=True)
        )
    if type(a) is not type(b):
        return False
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(same_bits(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same_bits(a[k], b[k]) for k in a)
    return a == b or (a != a and b != b)


def message(error: BaseException) -> str:
    """What an exception says, on one line."""
    try:
        lines = str(error).splitlines()
    except Exception:  # a learner's own exception may not even be printable
        return ""
    return lines[0][:120] if lines else ""


def mentions(said: str, wanted: str) -> bool:
    """Whether a message contains a number or word, by itself: "12" does not name 2."""
    return re.search(rf"(?<![\w.]){re.escape(wanted)}(?!\w|\.\d)", said) is not None


def where_it_arose(error: BaseException, function: Callable) -> tuple[str, str]:
    """The line of the learner's own code in which an exception arose, and the helper around it.

    Learner's is what shares the globals of the function: in a notebook each cell is a file of its
    own, so file names would not tell.
    """
    home, found = getattr(function, "__globals__", None), ("", "")
    for frame, number in traceback.walk_tb(error.__traceback__):
        if frame.f_globals is home:
            code = frame.f_code
            line = linecache.getline(code.co_filename, number, frame.f_globals).strip()
            own = code is getattr(function, "__code__", None)
            found = (line, "" if own else code.co_name)
    return found
