"""The relation between wrong answers and right ones: the most specific that holds for all."""

from dataclasses import dataclass

import numpy as np

from convolab.check.relations import (
    arguments,
    by_case,
    cases,
    crops,
    instead,
    kinds,
    order,
    parts,
    places,
    shapes,
    shift,
    sizes,
    traits,
    when,
)
from convolab.check.relations.pairs import Close, Finding, Pair, Seen, numbers, pair
from convolab.check.relations.words import Words, sentence

# In the order in which they are tried: what says more comes first.
FINDERS = (
    arguments.find,
    sizes.find,
    order.find,
    shapes.find,
    crops.find,
    by_case.find,
    shift.find,
    instead.find,
    places.find,
    sizes.signs,
)


@dataclass(frozen=True)
class Relation:
    """What can be seen of a wrong answer: a name for programs, and one or two sentences."""

    kind: str
    sentence: str


def relation(
    seen: list[Seen], words: Words | None = None, tolerance: float = 1e-6, lists: bool = False
) -> Relation | None:
    """How an answer relates to the right one, over all visible cases where a value is due.

    Args:
        seen: the cases, right ones too: they are evidence against what is not the whole truth.
        words: the exercise's.
        tolerance: how far a number may be off, as in `compare`.
        lists: whether a list is as good as an array.

    Returns:
        The most specific relation that holds for every wrong case; None if there is none.
    """
    try:
        with np.errstate(all="ignore"):
            found = search(seen, words or Words(), Close(tolerance), lists)
    except Exception:  # a hint is an extra: what a learner's object does must not cost the verdict
        return None
    if found is None:
        return None
    return Relation(found.kind, sentence(found.clause) + (f" {found.asks}" if found.asks else ""))


def search(seen: list[Seen], words: Words, close: Close, lists: bool) -> Finding | None:
    """As `relation`, which also holds back whatever goes wrong."""
    seen = [case for case in seen if case.right or case.stopped or _is_off(case, close)]
    if all(case.right for case in seen):
        return None
    found = _of_all(seen, words, close, lists)
    if found is None:
        found = _of_some(seen, words, close, lists)
    return found


def _is_off(case: Seen, close: Close) -> bool:
    """Whether a case that counts as wrong can be seen to be: its numbers or its kind differ."""
    if case.expected is None:
        return False
    return not cases.same(case.expected, case.got, close) or _kind(case.expected) != _kind(case.got)


def _kind(value: object) -> object:
    return value.dtype if isinstance(value, (np.ndarray, np.generic)) else type(value)


def _of_all(seen: list[Seen], words: Words, close: Close, lists: bool) -> Finding | None:
    """What holds for all wrong cases together."""
    came = [case for case in seen if not case.right and not case.stopped]
    found = _how(seen, came, words, close, lists) if came else None
    return found or cases.find(seen, words, close) or when.find(seen, words)


def _how(
    seen: list[Seen], came: list[Seen], words: Words, close: Close, lists: bool
) -> Finding | None:
    """What was done to the right results to make the wrong ones."""
    if found := kinds.find(came, words, close, lists):
        return _with_when(found, seen, words, close)
    if any(parts.has_parts(case.expected) for case in came):
        found = parts.find(
            seen, words, close, lambda some, their: search(some, their, close, lists)
        )
        if found or not all(numbers(case.expected) is not None for case in came):
            return found
    pairs = [pair(case) for case in came]
    if None in pairs:
        return None
    few = len(pairs) < 3 and all(pair.expected.ndim == 0 for pair in pairs)
    for find in FINDERS:
        if found := find(pairs, words, close):
            if few and any(_contradicts(found, case) for case in seen if case.right):
                continue  # two numbers have many things in common by chance
            return _with_when(found, seen, words, close)
    if found := cases.find(seen, words, close):
        return found
    if found := traits.find(pairs, words, close):
        return _with_when(found, seen, words, close)
    return None


def _with_when(found: Finding, seen: list[Seen], words: Words, close: Close) -> Finding:
    """The finding, with the cases in which it holds where there are right ones that it does not
    fit."""
    against = [case for case in seen if case.right and _contradicts(found, case)]
    if not against:
        return found
    wrong = sum(not case.right for case in seen)
    if phrase := when.condition(seen, words):
        clause = f"when {phrase}, {found.clause}"
    else:
        which = "one case" if wrong == 1 else f"{wrong} cases"
        clause = f"in the {which} of {len(seen)} that {'is' if wrong == 1 else 'are'} wrong, "
        clause += found.clause
    return Finding(found.kind, clause, found.asks, found.holds)


def _contradicts(found: Finding, case: Seen) -> bool:
    """Whether a right case shows that a relation does not hold everywhere."""
    numbers_ = pair(case)
    if numbers_ is None or not numbers_.expected.size:
        return True
    one = Pair(numbers_.expected, numbers_.expected, case.arguments)
    if found.holds is None:
        return numbers_.expected.size > 3
    return not found.holds(one)


def _of_some(seen: list[Seen], words: Words, close: Close, lists: bool) -> Finding | None:
    """What holds within the first aspect that has a relation of its own."""
    aspects = list(dict.fromkeys(case.aspect for case in seen if not case.right))
    if len(aspects) < 2:
        return None
    for aspect in aspects:
        some = [case for case in seen if case.aspect == aspect]
        if found := _of_all(some, words, close, lists):
            says = words.aspects.get(aspect)
            clause = f"in the cases of “{says}”, {found.clause}" if says else found.clause
            return Finding(found.kind, clause, found.asks, found.holds)
    return None
