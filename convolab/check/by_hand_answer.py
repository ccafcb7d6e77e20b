"""By-hand answers: reading what a person types, and saying what is wrong without giving it away."""

from typing import Any

import numpy as np

from convolab.check import words
from convolab.check.cases import Cases
from convolab.check.compare import Difference
from convolab.check.relations.exercise_words import ordinal

AGAIN = "Go back one step in the text and try again."


def read(value: Any) -> Any:
    """The answer in the form it is compared in; of a string only what matters: "(C)." is c."""
    return value.strip(" .:()[]\"'").lower() if isinstance(value, str) else value


def unanswered(value: Any) -> bool:
    """Whether the three dots are still there."""
    several = isinstance(value, (list, tuple))
    return value is Ellipsis or (several and any(item is Ellipsis for item in value))


def sentence(cases: Cases, found: Difference) -> str:
    """What is wrong with a by-hand answer, apart from known misconceptions."""
    name, right, yours = cases.name, found.expected, found.got
    if found.rung == "nothing":
        return f"{name} is None: replace it with your answer."
    if isinstance(right, str):
        if isinstance(yours, str):
            return _choice(cases, right, yours)
        return f'{name} should be one word or letter in quotation marks, such as "a".'
    if found.rung == "kind":
        texts = isinstance(yours, (list, tuple)) and any(isinstance(item, str) for item in yours)
        marks = " Leave out the quotation marks." if texts or isinstance(yours, str) else ""
        asked = words.asked(right, lists=True)
        return f"{name} should be {asked}; it is {words.kind(yours)}.{marks}"
    if found.rung == "shape":
        asked, is_now = (
            words.many(one.shape) if isinstance(one, np.ndarray) else words.kind(one)
            for one in (right, yours)
        )
        return f"{name} should be {asked}; it is {is_now}."
    if not isinstance(right, np.ndarray) or right.size == 1:
        return AGAIN
    off = np.flatnonzero(~np.isclose(yours, right, rtol=cases.tolerance, atol=cases.tolerance))
    if off.size == right.size > 1:
        which = "Neither of your 2" if right.size == 2 else f"None of your {right.size}"
        return f"{which} numbers is right yet. {AGAIN}"
    if off.size == 1:
        return f"All are right except your {ordinal(off[0])} number: look at it again."
    if off.size > 3:
        which = ordinal(off[0])
        return f"{off.size} of your {right.size} numbers are not right yet; start at the {which}."
    which = words.listed(ordinal(place) for place in off)
    return f"Look at your {which} number again."


def _choice(cases: Cases, right: str, yours: str) -> str:
    """For a word or letter that is not one of the choices: what the choices are."""
    wrong = {outcome["value"] for one in cases.misconceptions for outcome in one["values"]}
    offered = sorted({one for one in (right, *wrong) if isinstance(one, str)})
    if yours in offered or len(offered) < 3:
        return AGAIN
    quoted = [f'"{one}"' for one in offered]
    return f"{cases.name} should be one of {', '.join(quoted[:-1])} and {quoted[-1]}."
