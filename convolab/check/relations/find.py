"""The relation between wrong answers and right ones: the most specific that holds for all."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from convolab.check.relations import (
    arguments,
    by_case,
    crops,
    instead,
    nearly,
    order,
    other_cases,
    places,
    result_parts,
    shapes,
    shift,
    sides,
    sizes,
    traits,
    when,
    wrapping,
)
from convolab.check.relations.exercise_words import Words, plural, sentence
from convolab.check.relations.pairs import (
    PROBE,
    VAGUE,
    Close,
    Finding,
    Pair,
    Seen,
    pair,
    thinned,
)

# In the order in which they are tried: what says more comes first.
FINDERS = (
    arguments.find,
    sizes.find,
    order.find,
    shapes.find,
    crops.find,
    by_case.find,
    shift.find,
    order.permuted,
    instead.find,
    places.find,
    sizes.signs,
    nearly.find,
)
# What is true of every number is true of some, so a few numbers of a large result go first.
EVERY_NUMBER = (sizes.find, sizes.signs, by_case.find)


@dataclass(frozen=True)
class Relation:
    """What can be seen in a wrong answer: a name for programs, and one or two sentences."""

    kind: str
    sentence: str


def relation(
    seen: list[Seen], words: Words | None = None, tolerance: float = 1e-6, lists: bool = False
) -> Relation | None:
    """How an answer relates to the right one, over all visible cases that expect a value.

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
    except Exception:  # a hint is an extra: a learner's odd object must not cost the verdict
        return None
    if found is None:
        return None
    return Relation(found.kind, sentence(found.clause) + (f" {found.asks}" if found.asks else ""))


def search(seen: list[Seen], words: Words, close: Close, lists: bool) -> Finding | None:
    """Like `relation`, but lets errors through."""
    seen = [case for case in seen if case.right or case.stopped or _is_off(case, close)]
    if all(case.right for case in seen):
        return None
    looked = Look(seen, words, close, lists)
    found = looked.how() or looked.which()
    if found is None or found.kind in VAGUE:
        return _of_some(looked) or found
    return found


def _is_off(case: Seen, close: Close) -> bool:
    """Whether a case that counts as wrong can be seen to be: its numbers or its kind differ."""
    if case.expected is None:
        return False
    return not other_cases.same(case.expected, case.got, close) or _kind(case.expected) != _kind(
        case.got
    )


def _kind(value: object) -> object:
    return value.dtype if isinstance(value, (np.ndarray, np.generic)) else type(value)


@dataclass(frozen=True)
class Look:
    """The cases, and all that is needed to look at them."""

    seen: list[Seen]
    words: Words
    close: Close
    lists: bool

    def how(self) -> Finding | None:
        """What was done to the right results to make the wrong ones."""
        came = [case for case in self.seen if not case.right and not case.stopped]
        if not came:
            return None
        if found := wrapping.find(came, self.words, self.close, self.lists):
            return self._bounded(found)
        if any(result_parts.has_parts(case.expected) for case in came):
            return result_parts.find(self.seen, self.words, self.close, self._search)
        pairs = [pair(case) for case in came]
        if None in pairs:
            return None
        right = [pair(case) for case in self.seen if case.right]
        few = len(pairs) < 3 and all(one.expected.ndim == 0 for one in pairs)
        for find in FINDERS:
            found = None
            small = max(one.expected.size for one in pairs) <= PROBE
            if find is by_case.find and small and None not in right:  # right ones are evidence, too
                found = by_case.by_quantity([*pairs, *right], self.words, self.close)
            found = found or self._try(find, pairs)
            if found is None:
                continue
            # two numbers easily have something in common, and so do right results and arguments
            chance = (few and found.kind != "wrapped") or found.kind == "instead"
            if chance and self._against(found):
                continue
            return self._bounded(found)
        return None

    def _try(self, find: Callable, pairs: list[Pair]) -> Finding | None:
        """What a finder finds. If it is the same for every number, a few numbers of a large result
        tell whether it is worth looking at all of them."""
        if find not in EVERY_NUMBER or max(one.expected.size for one in pairs) <= PROBE:
            return find(pairs, self.words, self.close)
        few = thinned(pairs)
        if all(self.close.same(one.expected, one.got) for one in few):
            return None
        found = find(few, self.words, self.close)
        whole = found and found.holds and all(found.holds(one) for one in pairs)
        return found if whole else None

    def which(self) -> Finding | None:
        """Which cases are wrong, or what makes no difference between them."""
        if found := other_cases.find(self.seen, self.words, self.close):
            return found
        pairs = [pair(case) for case in self.seen if not case.right and not case.stopped]
        if None in pairs or any(one.expected.size > PROBE for one in pairs):
            pairs = []
        for find in (traits.find, None, sides.find, traits.weak):
            if find is None:
                found = when.find(self.seen, self.words)
            else:
                found = find(pairs, self.words, self.close) if pairs else None
                found = found and self._bounded(found)
            if found:
                return found
        return None

    def _search(self, seen: list[Seen], words: Words) -> Finding | None:
        return search(seen, words, self.close, self.lists)

    def _against(self, found: Finding) -> bool:
        """Whether there are right cases which show that a finding does not hold everywhere."""
        return any(_contradicts(found, case) for case in self.seen if case.right)

    def _bounded(self, found: Finding) -> Finding:
        """The finding, with the cases in which it holds where it does not hold in all."""
        if not self._against(found):
            return found
        wrong, many = sum(not case.right for case in self.seen), len(self.seen)
        if phrase := when.condition(self.seen, self.words):
            clause = f"when {phrase}, {found.clause}"
        elif wrong == 1:
            clause = f"in the one {self.words.each} of {many} that is wrong, {found.clause}"
        else:
            each = plural(self.words.each)
            clause = f"in the {wrong} of {many} {each} that are wrong, {found.clause}"
        asks = "" if found.kind == "constant" else found.asks  # a loop that runs elsewhere
        return Finding(found.kind, clause, asks, found.holds)


def _contradicts(found: Finding, case: Seen) -> bool:
    """Whether a right case shows that a relation does not hold everywhere."""
    right = pair(case)
    if right is None or not right.expected.size:
        return True
    if found.holds is None:
        return right.expected.size > 3
    return not found.holds(Pair(right.expected, right.expected, case.arguments))


def _of_some(looked: Look) -> Finding | None:
    """What holds within the first aspect that has a relation of its own."""
    wrong = [case.aspect for case in looked.seen if not case.right]
    for aspect, says in looked.words.aspects.items():
        if len(set(wrong)) < 2 or wrong.count(aspect) < 2:
            continue
        some = [case for case in looked.seen if case.aspect == aspect and not case.right]
        if found := Look(some, looked.words, looked.close, looked.lists).how():
            some_right = any(case.right for case in looked.seen if case.aspect == aspect)
            where = f"in the cases of “{says}” that are wrong" if some_right else f"for “{says}”"
            return Finding(found.kind, f"{where}, {found.clause}", found.asks, found.holds)
    return None
