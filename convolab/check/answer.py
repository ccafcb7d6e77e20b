"""A learner's answer and the outcome of calling it: plain data, whoever makes the call.

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
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from convolab.check import forbidden, speed, words
from convolab.check.errors.facts import facts_of
from convolab.check.objects import attribute, is_stop, mro, traceback_of, type_name
from convolab.check.plain import StandIn, taken_in

LONGEST = 200  # characters of a message or a line that is quoted


@dataclass
class Outcome:
    """The outcome of one call, as plain data.

    Attributes:
        value: what was returned, as plain data; a `StandIn` for what is not plain.
        raised: the names of the exception's type and of the types it derives from, if there was
            one: ("ValueError", "Exception", …).
        message: what the exception said, on one line.
        line: the line of the learner's code that raised it.
        inside: the learner's helper that raised it, "" for the function itself.
        changed: whether an argument was changed.
        printed: whether anything was printed.
        forbidden: the ready-made function that was called, if any.
        facts: what is known about the place where it was raised, see `facts.facts_of`.
    """

    value: Any | StandIn = None
    raised: tuple[str, ...] = ()
    message: str = ""
    line: str = ""
    inside: str = ""
    changed: bool = False
    printed: bool = False
    forbidden: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)


class Answer(Protocol):
    """What the ladder needs to know of an answer."""

    exists: bool
    is_function: bool
    value: Any  # of a by-hand answer

    def does_not_take(self, count: int) -> str | None:
        """Its signature if it cannot be called with this many arguments; else None."""

    def names(self, watched: tuple[str, ...]) -> str | None:
        """The first of the watched functions that its code refers to."""

    def call(self, arguments: tuple, watched: tuple[str, ...] = ()) -> Outcome:
        """Call it with copies of the arguments.

        Raises:
            KeyboardInterrupt: it was stopped.
        """

    def times_as_fast(self, arguments: list[np.ndarray], steps: tuple[int, int]) -> float:
        """Its speed relative to a loop over every element, see `speed`; 0 if a result of the
        race is wrong."""


class Local:
    """The answer that a namespace holds under a name, in this process."""

    def __init__(self, namespace: dict[str, Any], name: str):
        self.exists = name in namespace
        self.value = namespace.get(name)
        self.is_function = callable(self.value)

    def does_not_take(self, count: int) -> str | None:
        """Its signature if it cannot be called with this many arguments; else None."""
        try:
            signature = inspect.signature(self.value)
        except (TypeError, ValueError):
            return None
        try:
            signature.bind(*[None] * count)
        except TypeError:
            return words.signature(signature)
        return None

    def names(self, watched: tuple[str, ...]) -> str | None:
        """The first of the watched functions that its code refers to."""
        return forbidden.named_in(self.value, watched)

    def call(self, arguments: tuple, watched: tuple[str, ...] = ()) -> Outcome:
        """Call it with copies of the arguments; nothing it prints, warns or raises escapes,
        except the KeyboardInterrupt of a learner who stops it."""
        return call(self.value, arguments, watched)

    def times_as_fast(self, arguments: list[np.ndarray], steps: tuple[int, int]) -> float:
        """Its speed relative to a loop over every element; 0 if it stops with an error."""
        try:
            with _quiet():
                return speed.times_as_fast(self.value, arguments, steps)
        except BaseException as error:
            if is_stop(error):
                raise
            return 0.0


class _Paper(io.StringIO):
    """Where a learner's function prints; it stays open when the function closes it."""

    def close(self) -> None:
        pass


@contextlib.contextmanager
def _quiet() -> Iterator[_Paper]:
    """Hide whatever is printed or warned inside; gives what was printed."""
    with (
        _Paper() as out,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(out),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        yield out


def call(function: Callable, arguments: tuple, watched: tuple[str, ...] = ()) -> Outcome:
    """Call the function with copies of the arguments and record everything that happens."""
    given = copy.deepcopy(arguments)
    outcome, watch = Outcome(), forbidden.Watch(watched)
    with _quiet() as out:
        try:
            with watch:
                value = function(*given)
            outcome.value = taken_in(value)
            del value  # here, where anything its destructor prints is hidden
        except BaseException as error:  # a learner's sys.exit() must not end the check
            if is_stop(error):
                raise
            outcome.raised = tuple(type_name(kind) for kind in mro(type(error)))
            outcome.message = message(error)
            outcome.line, outcome.inside = where_it_arose(error, function)
            outcome.facts = _facts(error, function)
        outcome.changed = not same_bits(taken_in(given), tuple(arguments))
        outcome.printed = bool(out.getvalue().strip())
    outcome.forbidden = watch.seen
    return outcome


def same_bits(a: Any, b: Any) -> bool:
    """Whether two plain values have the same kind, shape and numbers (nan equals nan)."""
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
        return len(a) == len(b) and all(
            same_bits(x, y) for x, y in zip(a.items(), b.items(), strict=True)
        )
    return a == b or (a != a and b != b)


def likeness(value: Any) -> Hashable:
    """A key that values with the same bits share, and hardly any others: for a dictionary.

    It is of the kind, the shape and the numbers; what it cannot look into counts as its kind alone.
    """
    if isinstance(value, np.ndarray):
        known = value.dtype.kind in "biuf" and not np.isnan(value).any()
        numbers = hash((value + 0).tobytes()) if known else 0  # −0 and 0 are equal: 0 for both
        return type(value), value.dtype.str, value.shape, numbers
    if isinstance(value, (list, tuple)):
        return type(value), *map(likeness, value)
    if type(value) in (bool, int, str):
        return type(value), value
    return type(value)


def message(error: BaseException) -> str:
    """What an exception says, on one line."""
    try:
        said = str.__str__(str(error))
    except BaseException as odd:  # a learner's own exception may not even be printable
        if is_stop(odd):
            raise
        return ""
    return words.one_line(said, LONGEST)


def _facts(error: BaseException, function: Callable) -> dict[str, Any]:
    """What the traceback tells; nothing if one of the learner's objects raises when inspected."""
    try:
        return facts_of(error, function)
    except BaseException as odd:
        if is_stop(odd):
            raise
        return {}


def mentions(said: str, wanted: str) -> bool:
    """Whether a message contains a number or word, by itself: "12" does not name 2."""
    return re.search(rf"(?<![\w.]){re.escape(wanted)}(?!\w|\.\d)", said) is not None


def where_it_arose(error: BaseException, function: Callable) -> tuple[str, str]:
    """The line of the learner's own code that raised an exception, and the helper around it.

    Code is the learner's if it shares the function's globals: in a notebook each cell is a file
    of its own, so file names would not tell.
    """
    home, found = attribute(function, "__globals__"), ("", "")
    for frame, number in traceback.walk_tb(traceback_of(error)):
        if frame.f_globals is home:
            code = frame.f_code
            line = words.one_line(linecache.getline(code.co_filename, number), LONGEST)
            own = code is attribute(function, "__code__")
            found = (line, "" if own else code.co_name)
    return found
