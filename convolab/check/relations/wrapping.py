"""The right numbers in the wrong wrapping: a list, a string, a tuple, another kind of number."""

from typing import Any

import numpy as np

from convolab.check.relations.exercise_words import Words, listed, ordinal
from convolab.check.relations.pairs import Close, Finding, Seen, numbers


def find(seen: list[Seen], words: Words, close: Close, lists: bool) -> Finding | None:
    """What every result is wrapped in, if the numbers are right."""
    for look in (_text, _dictionary, _several, _sequence, _complex, _dtype):
        came = {look(case, words, close, lists) for case in seen}
        if len(came) == 1 and (found := came.pop()):
            return Finding("kind", *found)
    return None


def _right(expected: Any, got: Any, close: Close) -> bool:
    """Whether two values hold the same numbers in the same shape."""
    due, came = numbers(expected), numbers(got)
    if due is None or came is None or "c" in (due.dtype.kind, came.dtype.kind):
        return False
    return due.size > 0 and close.same(due, came)


def _text(case: Seen, words: Words, close: Close, lists: bool) -> tuple[str, str] | None:
    if not isinstance(case.got, str) or len(case.got) > 60:
        return None
    try:
        value = float(case.got)
    except ValueError:
        return None
    if not _right(case.expected, value, close):
        return None
    return ("your number is right, but it is a string", "Leave out the quotation marks, or `str`.")


def _dictionary(case: Seen, words: Words, close: Close, lists: bool) -> tuple[str, str] | None:
    """The entries of a dictionary without their names."""
    if not isinstance(case.expected, dict) or not isinstance(case.got, (list, tuple)):
        return None
    values = list(case.expected.values())
    if len(values) != len(case.got) or not values:
        return None
    if not all(_right(a, b, close) for a, b in zip(values, case.got, strict=True)):
        return None
    keys = listed(f"`{key}`" for key in case.expected)
    kind = type(case.got).__name__
    return (
        f"all values are right, but in a {kind}; a dictionary with the keys {keys} is expected",
        "",
    )


def _several(case: Seen, words: Words, close: Close, lists: bool) -> tuple[str, str] | None:
    """A tuple with the expected result among its items, or a tuple of one."""
    if isinstance(case.expected, (list, tuple, dict)) or not isinstance(case.got, tuple):
        return None
    if not 1 <= len(case.got) <= 6:
        return None
    for place, item in enumerate(case.got):
        if _right(case.expected, item, close):
            if len(case.got) == 1:
                return (
                    "what you return is right, but it is inside a tuple of one",
                    "Is there a comma after what is returned?",
                )
            return (
                f"you return {len(case.got)} values, of which the {ordinal(place)} is right; "
                "only that one is expected",
                "",
            )
    return None


def _sequence(case: Seen, words: Words, close: Close, lists: bool) -> tuple[str, str] | None:
    """A list where an array is due, or one number in a list."""
    if isinstance(case.expected, (list, tuple, dict)) or not isinstance(case.got, (list, tuple)):
        return None
    kind = type(case.got).__name__
    due = numbers(case.expected)
    if due is not None and due.shape and not lists and _right(case.expected, case.got, close):
        return (f"the numbers are right, but they are in a {kind} and not in an array", "")
    one = due is not None and not due.shape and len(case.got) == 1
    if one and _right(case.expected, case.got[0], close):
        return (f"your number is right, but it is inside a {kind}", "")
    return None


def _complex(case: Seen, words: Words, close: Close, lists: bool) -> tuple[str, str] | None:
    due, came = numbers(case.expected), numbers(case.got)
    if due is None or came is None or came.dtype.kind != "c" or due.dtype.kind == "c":
        return None
    if not close.same(due, came.real):
        return None
    return ("your numbers are complex; their real part is right", "")


def _dtype(case: Seen, words: Words, close: Close, lists: bool) -> tuple[str, str] | None:
    """Right in value, but floats for whole numbers, or another dtype."""
    if not isinstance(case.expected, (np.ndarray, np.generic, int, float)):
        return None
    if not _right(case.expected, case.got, close):
        return None
    due, came = _type(case.expected), _type(case.got)
    if due == came:
        return None
    return (f"the numbers are right, but their type is {came}; {due} is expected", "")


def _type(value: Any) -> str:
    return (
        f"`{value.dtype}`"
        if isinstance(value, (np.ndarray, np.generic))
        else (f"`{type(value).__name__}`")
    )
