"""When a result is wrong: what the arguments of all wrong cases have, and those of no right one."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from convolab.check.relations.exercise_words import AXES, Words, listed, plural
from convolab.check.relations.other_cases import MOST_CASES, shown, wrong_aspects
from convolab.check.relations.pairs import PROBE, Finding, Seen, numbers
from convolab.check.relations.quantities import plain
from convolab.check.relations.sizes import WHOLE

Facts = dict[str, bool]  # what can be said of a case, each as the middle of "wrong when …"

# How many cases must be on either side, by how a fact ends: one for a choice that the call makes,
# two for what a program can easily get wrong, four for the rest, which easily fits by accident.
NEEDED = {
    1: ("is left out", "is given", '"', "is True", "is False"),
    2: (
        "is even",
        "is odd",
        "square",
        "is a list",
        "is empty",
        "is 0",
        "is not 0",
        "is negative",
        "is greater than 1",
        "is 1",
        "than one example",
        "than one channel",
        "than one kernel",
        "than one row",
        "than one column",
        "uint8",
        "one number only",
        "more than one number",
        "differ",
        "are equal",
        "shorter than",
        "longer than",
        "only negative numbers",
        "turned by half",
    ),
}
OTHERWISE = 4


def find(seen: list[Seen], words: Words) -> Finding | None:
    """What distinguishes the wrong cases from the right ones."""
    phrase = condition(seen, words)
    wrong = [case for case in seen if not case.right]
    stops = all(case.stopped for case in wrong)
    does = "it stops with an error" if stops else f"your {words.thing} is wrong"
    if any(case.stopped for case in wrong) and not stops:
        does = "it is wrong or stops with an error"
    if phrase:
        return Finding("when", f"{does} whenever {phrase}, and right in every other case here")
    if said := wrong_aspects(seen, words):
        return Finding("aspect", said)
    if _only_fractions(seen):
        clause = "it is right where all numbers are whole, and wrong where one has a fraction"
        return Finding("rounded", clause, WHOLE)
    return None


def _only_fractions(seen: list[Seen]) -> bool:
    """Whether all wrong cases have numbers that are not whole, and several right ones have none."""
    wrong = [case for case in seen if not case.right]
    right = [case for case in seen if case.right]
    if any(case.stopped for case in wrong) or len(right) < 3:
        return False
    return all(map(_has_fractions, wrong)) and not any(map(_has_fractions, right))


def _has_fractions(case: Seen) -> bool:
    given = [numbers(value) for value in case.arguments]
    return any(a is not None and a.dtype.kind == "f" and (a != np.round(a)).any() for a in given)


def condition(seen: list[Seen], words: Words) -> str | None:
    """The middle of "wrong when …": what holds for all wrong cases and for no right one."""
    seen = seen[:MOST_CASES]
    wrong = [_facts(case, words) for case in seen if not case.right]
    right = [_facts(case, words) for case in seen if case.right]
    if not wrong or not right:
        return None
    told = [
        fact
        for fact in wrong[0]
        if all(facts.get(fact) for facts in wrong)
        and not any(facts.get(fact) for facts in right)
        and min(len(wrong), sum(_is_open(fact, facts) for facts in right)) >= _needed(fact)
    ]
    if not told:
        return None
    for ending in (" is left out", " is given"):
        names = [fact.removesuffix(ending) for fact in told if fact.endswith(ending)]
        if len(names) > 1 and told[0].endswith(ending):
            return f"{listed(names)} are{ending.removeprefix(' is')}"
    return told[0]


def _is_open(fact: str, facts: Facts) -> bool:
    """Whether it can be said of a case that a fact does not hold in it."""
    return fact in facts or fact.endswith(NEEDED[1])


def _needed(fact: str) -> int:
    """How many cases must speak for a fact and against its opposite."""
    if fact.startswith("the right number"):
        return OTHERWISE
    return next(
        (least for least, ends in NEEDED.items() if any(end in fact for end in ends)), OTHERWISE
    )


def _facts(case: Seen, words: Words) -> Facts:
    """All that can be said of a case, the likeliest reason for a mistake first."""
    facts: Facts = {}
    names = [words.argument(place) for place in range(len(case.arguments))]
    for place, name in enumerate(words.arguments):
        given = place < len(names) and case.arguments[place] is not None
        facts[f"`{name}` is given"] = given
        facts[f"`{name}` is left out"] = not given
    for name, value in zip(names, case.arguments, strict=True):
        for fact, holds in _of_value(value, name):
            facts[fact] = bool(holds)
    for fact, holds in _of_two(case.arguments, names):
        facts[fact] = bool(holds)
    for fact, holds in _of_result(case.expected):
        facts[fact] = bool(holds)
    return facts


def _of_value(value: Any, name: str) -> Iterator[tuple[str, bool]]:
    if isinstance(value, (str, bool)):
        if text := shown(value):
            yield f"{name} is {text}", True
    elif plain(value):
        yield from _of_number(float(value), name)
    elif isinstance(value, np.ndarray) and value.dtype.kind in "biuf" and value.size:
        yield f"{name} is a list", False
        yield from _of_array(value, name)
    elif isinstance(value, (list, tuple)):
        yield f"{name} is a list", isinstance(value, list)
        array = numbers(value)
        if array is not None and array.dtype.kind == "f" and array.size:
            yield from _of_array(array, name)
        yield f"{name} is empty", len(value) == 0
        yield f"{name} has more than one entry", len(value) > 1


def _of_number(value: float, name: str) -> Iterator[tuple[str, bool]]:
    if value != round(value):
        yield f"{name} is not a whole number", True
        yield f"{name} is even", False
        yield f"{name} is odd", False
    else:
        yield f"{name} is not a whole number", False
        yield f"{name} is even", value % 2 == 0
        yield f"{name} is odd", value % 2 == 1
    yield f"{name} is 0", value == 0
    yield f"{name} is not 0", value != 0
    yield f"{name} is negative", value < 0
    yield f"{name} is greater than 1", value > 1
    yield f"{name} is 1", value == 1
    yield f"{name} is not 1", value != 1


def _of_array(array: np.ndarray, name: str) -> Iterator[tuple[str, bool]]:
    if array.ndim > 1:
        square = array.shape[-1] == array.shape[-2]
        yield f"{name} is not square", not square
        yield f"{name} is square", square
    axes = AXES.get(array.ndim, ())
    for at, (axis, side) in enumerate(zip(axes, array.shape, strict=False)):
        if axis in ("example", "channel"):
            what = Words().side(name, at, array.ndim)
            yield f"{name} has more than one {what}", side > 1
        elif array.ndim == 1:
            yield f"{name} has an even length", side % 2 == 0
            yield f"{name} has an odd length", side % 2 == 1
            yield f"{name} holds more than one number", side > 1
            yield f"{name} holds one number only", side == 1
        else:
            yield f"{name} has more than one {axis}", side > 1
            yield f"{name} has an even number of {plural(axis)}", side % 2 == 0
            yield f"{name} has an odd number of {plural(axis)}", side % 2 == 1
            yield f"{name} has one {axis} only", side == 1
    if 1 < array.size <= PROBE:
        if array.ndim == 1:
            yield f"{name} is not the same in reverse order", not _same(array, array[::-1])
        else:
            turned = np.flip(array, (-2, -1))
            yield f"{name} is not the same when turned by half a turn", not _same(array, turned)
    elif array.ndim in (1, 2):
        how = "in reverse order" if array.ndim == 1 else "when turned by half a turn"
        yield f"{name} is not the same {how}", False
    few = array.ravel()[:PROBE]
    yield f"{name} has negative numbers", (few < 0).any()
    yield f"{name} has no negative numbers", not (few < 0).any()
    with np.errstate(all="ignore"):
        whole = bool(np.all(few == np.round(few)))
    yield f"{name} has numbers that are not whole", not whole
    yield f"{name} has whole numbers only", whole
    yield f"{name} has type uint8", array.dtype == np.uint8
    yield f"{name} holds a 0", (few == 0).any()
    yield f"{name} holds the same number more than once", np.unique(few).size < few.size
    yield f"{name} holds only negative numbers", (few < 0).all()
    for axes_ in (1, 2, 3, 4):
        yield f"{name} has {axes_} {'axis' if axes_ == 1 else 'axes'}", array.ndim == axes_


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    return np.array_equal(one, other)


def _of_two(arguments: tuple, names: list[str]) -> Iterator[tuple[str, bool]]:
    for at, one in enumerate(arguments):
        for other_at in range(at + 1, len(arguments)):
            other, two = arguments[other_at], (names[at], names[other_at])
            if plain(one) and plain(other):
                yield f"{two[0]} and {two[1]} differ", one != other
                yield f"{two[0]} and {two[1]} are equal", one == other
                continue
            first, second = _length(one), _length(other)
            if first and second:
                yield f"{two[0]} is shorter than {two[1]}", first < second
                yield f"{two[0]} is longer than {two[1]}", first > second
                yield f"{two[0]} and {two[1]} are equally long", first == second


def _length(value: Any) -> int | None:
    """The length of a row of numbers."""
    if isinstance(value, np.ndarray):
        return value.size if value.ndim == 1 else None
    return len(value) if isinstance(value, (list, tuple)) else None


def _of_result(expected: Any) -> Iterator[tuple[str, bool]]:
    if not plain(expected):
        return
    yield "the right number is negative", expected < 0
    yield "the right number is not whole", expected != round(float(expected))
    yield "the right number is odd", expected % 2 == 1
