"""How a result relates to that of another case: the same, or right for another argument."""

from typing import Any

import numpy as np

from convolab.check.relations.exercise_words import Words, listed
from convolab.check.relations.pairs import Close, Finding, Seen, numbers

MOST_CASES = 60
DEEPEST = 8  # lists within lists


def shown(value: Any) -> str | None:
    """An argument as one would type it, if that is short."""
    if isinstance(value, str):
        return f'"{value}"' if len(value) < 20 else None
    if isinstance(value, (bool, int, float, np.integer, np.floating)):
        return f"{value:g}" if not isinstance(value, (bool, int)) else str(value)
    return None


def same(a: Any, b: Any, close: Close, depth: int = 0) -> bool:
    """Whether two plain values are the same in kind and every number."""
    if a is b:
        return True
    if depth > DEEPEST:
        return False
    if isinstance(a, str) or isinstance(b, str) or a is None or b is None:
        return type(a) is type(b) and a == b
    if isinstance(a, dict) and isinstance(b, dict):
        return list(a) == list(b) and all(same(a[key], b[key], close, depth + 1) for key in a)
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)) and numbers(a) is None:
        return len(a) == len(b) and all(
            same(x, y, close, depth + 1) for x, y in zip(a, b, strict=True)
        )
    one, other = numbers(a), numbers(b)
    if one is None or other is None or one.dtype != other.dtype:
        return one is None and other is None and a is b
    return close.same(one, other)


def differs_in(a: tuple, b: tuple, close: Close) -> int | None:
    """The one argument in which two calls differ (left out counts as different); else None."""
    if abs(len(a) - len(b)) > 1:
        return None
    off = [at for at, (x, y) in enumerate(zip(a, b, strict=False)) if not same(x, y, close)]
    off += [min(len(a), len(b))] * (len(a) != len(b))
    return off[0] if len(off) == 1 else None


def find(seen: list[Seen], words: Words, close: Close) -> Finding | None:
    """An argument that makes no difference, or has the effect of another value of it."""
    seen = [case for case in seen if not case.stopped][:MOST_CASES]
    return _ignored(seen, words, close) or _other_value(seen, words, close)


def _ignored(seen: list[Seen], words: Words, close: Close) -> Finding | None:
    """Calls that differ in one argument alone give the same, and should not."""
    made: dict[int, list[bool]] = {}
    example: dict[int, tuple[Seen, Seen]] = {}
    for at, one in enumerate(seen):
        for other in seen[at + 1 :]:
            if one.right and other.right:
                continue
            place = differs_in(one.arguments, other.arguments, close)
            if place is None or same(one.expected, other.expected, close):
                continue
            made.setdefault(place, []).append(same(one.got, other.got, close))
            example.setdefault(place, (one, other))
    wrong = [case for case in seen if not case.right]
    for place, alike in made.items():
        involved = [
            case
            for case in wrong
            if any(
                differs_in(case.arguments, other.arguments, close) == place
                for other in seen
                if other is not case
            )
        ]
        if all(alike) and len(involved) == len(wrong):
            name = words.argument(place)
            clause = f"your {words.thing} is the same whatever {name} is"
            return Finding("ignored", clause, f"Where does your function use {name}?")
    return None


def _other_value(seen: list[Seen], words: Words, close: Close) -> Finding | None:
    """With this mode, what is right for that mode."""
    wrong = [case for case in seen if not case.right]
    says = set()
    for case in wrong:
        found = None
        for other in seen:
            place = differs_in(case.arguments, other.arguments, close)
            if place is None or not same(other.expected, case.got, close):
                continue
            if np.size(case.got) < 2 and len(wrong) < 2:
                continue
            yours, right = (
                shown(one.arguments[place]) if place < len(one.arguments) else None
                for one in (case, other)
            )
            if yours is not None and right is not None:
                found = (place, yours, right)
                break
        if found is None:
            return None
        says.add(found)
    if not says or len({(place, yours) for place, yours, _ in says}) != 1 or len(says) != 1:
        return None
    place, yours, right = says.pop()
    name = words.argument(place)
    clause = f"for {name} = {yours} you return what is right for {name} = {right}"
    return Finding("other value", clause)


def wrong_aspects(seen: list[Seen], words: Words) -> str | None:
    """What is all wrong while everything else is right, as a clause; None if that says nothing,
    for instance because there is nothing else."""
    wrong = dict.fromkeys(case.aspect for case in seen if not case.right)
    right = dict.fromkeys(case.aspect for case in seen if case.right)
    named = words.aspects
    if wrong.keys() & right.keys() or not wrong.keys() <= named.keys():
        return None
    others = [f"“{named[aspect]}”" for aspect in right if aspect in named]
    if not others:
        return None
    if len(wrong) == 1:
        return f"everything is right except for one thing: {named[next(iter(wrong))]}"
    these = listed(f"“{named[aspect]}”" for aspect in wrong)
    return f"it is right for {listed(others)}, and wrong for {these}"
