"""What stopped a call, explained in a sentence that ends with the line and what to print there."""

import re
import textwrap
from collections.abc import Iterable

from convolab.check.errors import (
    index_errors,
    name_errors,
    runtime_errors,
    shape_errors,
    type_errors,
)
from convolab.check.errors.stopped_call import Meaning, Stopped

RULES = [
    *index_errors.RULES,
    *shape_errors.RULES,
    *type_errors.RULES,
    *name_errors.RULES,
    *runtime_errors.RULES,
]
STUB = ("NotImplementedError",)
MOST_SAID = 100  # characters of what a refusal says


def explain(
    stopped: Stopped, name: str = "", call: str = "", earlier: Iterable[str] = ()
) -> str | None:
    """What an error means and where to look.

    Args:
        stopped: the error and what is known of it.
        name: the exercise's function.
        call: the call as one would type it, "" if it is shown elsewhere.
        earlier: the names of the exercises before this one.

    Returns:
        One or two sentences; None if nothing can be said beyond what Python says.
    """
    try:
        return _explain(stopped, name, call, tuple(earlier))
    except Exception:  # what came from a learner's process may be anything
        return None


def _explain(stopped: Stopped, name: str, call: str, earlier: tuple[str, ...]) -> str | None:
    if not stopped.raised or set(STUB) & set(stopped.raised):
        return None
    elsewhere = _earlier(stopped, name, earlier)
    if _is_refusal(stopped):
        return _refusal(stopped, name, call, elsewhere)
    meaning = _course(stopped) or _meaning(stopped)
    if elsewhere:
        says = f": {meaning.text}" if meaning and not meaning.text.endswith("?") else ""
        return (
            f"It stops inside your `{elsewhere}`, an earlier exercise{says}. Check that one first; "
            f"if it is right, look at what you call it with."
        )
    if meaning is None:
        return None
    text = meaning.text[:1].upper() + meaning.text[1:]
    return f"{text}{_mark(text)}{_where(stopped, meaning)}"


def _course(stopped: Stopped) -> Meaning | None:
    """A function of the course that refuses what it is given, in its own words."""
    course = stopped.fact("course", str)
    if not course.isidentifier() or not stopped.says:
        return None
    said = stopped.says[:120].replace("`", "'").rstrip(".")
    return Meaning(f"`{course}` refuses its arguments: {said}", "its arguments")


def _mark(text: str) -> str:
    return "" if text.endswith(("?", ".")) else "."


def _meaning(stopped: Stopped) -> Meaning | None:
    """What the first rule says that fits."""
    for raised, pattern, rule in RULES:
        if not set(raised) & set(stopped.raised):
            continue
        found = re.search(pattern, stopped.says)
        if found and (meaning := rule(found, stopped)):
            return meaning
    return None


def _where(stopped: Stopped, meaning: Meaning) -> str:
    """Where it happened, and what to print there."""
    if not stopped.code:
        return f" Print {meaning.look}." if meaning.look else ""
    of = f" of your `{stopped.inside}`" if stopped.inside.isidentifier() else ""
    look = f": print {meaning.look} before it" if meaning.look else ""
    return f" Look at the line `{stopped.code}`{of}{look}."


def _earlier(stopped: Stopped, name: str, earlier: tuple[str, ...]) -> str:
    """The function of an earlier exercise in which it stopped, "" if it is none."""
    path = [*stopped.fact("path", list), stopped.inside]
    return next((one for one in path if one in earlier and one != name), "")


def _is_refusal(stopped: Stopped) -> bool:
    """Whether the learner's own code raised it, with raise or assert."""
    if {"KeyboardInterrupt", "SystemExit"} & set(stopped.raised):
        return False
    if stopped.fact("raised_here", bool):
        return True
    return re.match(r"(raise|assert)\b", stopped.line) is not None


def _refusal(stopped: Stopped, name: str, call: str, elsewhere: str) -> str:
    """One's own refusal, of input that has a right answer."""
    said = textwrap.shorten(stopped.says, MOST_SAID, placeholder=" …").replace("`", "'")
    quoted = f" (“{said}”)" if said else ""
    kind = stopped.raised[0] if stopped.raised[0].isidentifier() else "an error"
    if elsewhere:
        return (
            f"Your `{elsewhere}`, an earlier exercise, refuses its arguments: it raises {kind}"
            f"{quoted}. Print what you call it with; is that what it should get?"
        )
    who = f"your `{stopped.inside}`" if stopped.inside.isidentifier() else "your function"
    what = f"`{call}`" if call else "valid input"
    at = f" `{stopped.code}`" if stopped.code else ""
    if "AssertionError" in stopped.raised:
        return (
            f"One of your own asserts fails for {what}. Should it hold here? Look at the line{at}."
        )
    return (
        f"{who[:1].upper()}{who[1:]} refuses {what}: it raises {kind}{quoted}. Look at the "
        f"condition before the line{at}."
    )
