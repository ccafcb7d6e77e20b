"""Results of several parts, tuples and dictionaries: which part is wrong, and how."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from convolab.check.relations.exercise_words import Words, listed
from convolab.check.relations.other_cases import same
from convolab.check.relations.pairs import VAGUE, Close, Finding, Seen, numbers
from convolab.check.relations.quantities import plain

MOST = 40


def has_parts(value: Any) -> bool:
    """Whether a result is a dictionary, or a list or tuple of more than numbers."""
    if isinstance(value, dict):
        return bool(value)
    if not isinstance(value, (list, tuple)) or not value:
        return False
    return isinstance(value, tuple) or _is_list_of_tuples(value)


def find(
    seen: list[Seen], words: Words, close: Close, relate: Callable[..., Finding | None]
) -> Finding | None:
    """The part that is wrong and what is wrong with it.

    Args:
        relate: finds the relation of one part, given its cases and its words.
    """
    wrong = [case for case in seen if not case.right and not case.stopped]
    if not all(_fits(case) for case in wrong):
        return _keys(wrong, words, close)
    if all(_is_list_of_tuples(case.expected) for case in wrong):
        return _entries(wrong, words, close, relate)
    keys = list(_items(wrong[0].expected))
    if any(list(_items(case.expected)) != keys for case in seen) or len(keys) > MOST:
        return None
    off = [key for key in keys if any(not same_part(case, key, close) for case in wrong)]
    if not off:
        return None
    swapped = _swapped(wrong, off, words, close, len(keys))
    if swapped:
        return swapped
    return _one_by_one(seen, off, keys, words, close, relate)


def _is_list_of_tuples(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, (list, tuple)) for item in value)


def _entries(
    wrong: list[Seen], words: Words, close: Close, relate: Callable[..., Finding | None]
) -> Finding | None:
    """What is wrong with the entries of a list, which are all of one kind."""
    cases = [
        Seen((), due, came, case.aspect, right=_alike(due, came, close))
        for case in wrong
        for due, came in zip(case.expected, case.got, strict=True)
    ]
    first = next((case for case in cases if not case.right), None)
    if first is None or not isinstance(first.expected, (list, tuple)):
        return None
    alike = [case for case in cases if len(case.expected) == len(first.expected)]
    if any(not case.right for case in cases if case not in alike):
        return None
    found = relate(
        alike, replace(words, axes=(), thing="entry", entry="number", each="entry", arguments=())
    )
    if found is None:
        return None
    told = found.clause.startswith("in the ") and " of " in found.clause.split(",", 1)[0]
    clause = found.clause if told else f"in the entries of your list, {found.clause}"
    return Finding(found.kind, clause, found.asks)


def same_part(case: Seen, key: Any, close: Close) -> bool:
    """Whether the part under this key is right."""
    return _alike(_items(case.expected)[key], _items(case.got)[key], close)


def _alike(right: Any, yours: Any, close: Close) -> bool:
    one, other = numbers(right), numbers(yours)
    if one is not None and other is not None and "c" not in (one.dtype.kind, other.dtype.kind):
        return close.same(one, other)
    return same(right, yours, close)


def _items(value: Any) -> dict[Any, Any]:
    """The parts by key or by place."""
    return value if isinstance(value, dict) else dict(enumerate(value))


def _fits(case: Seen) -> bool:
    """Whether the learner's result has the parts that are due."""
    due, came = case.expected, case.got
    if isinstance(due, dict) != isinstance(came, dict):
        return False
    if not isinstance(came, (dict, list, tuple)):
        return False
    return set(_items(due)) == set(_items(came))


def _keys(wrong: list[Seen], words: Words, close: Close) -> Finding | None:
    """Parts that are missing, or that nobody asked for; or one part alone."""
    gone, more = set(), set()
    for case in wrong:
        due, came = case.expected, case.got
        if not isinstance(due, (dict, tuple)):
            return _short(wrong, words, close)
        if isinstance(due, dict) and isinstance(came, dict):
            gone.add(tuple(key for key in due if key not in came))
            more.add(tuple(key for key in came if key not in due))
            continue
        if isinstance(due, tuple):
            return _alone(wrong, words, close)
        return None
    return _keys_say(gone, more, words)


def _keys_say(gone: set, more: set, words: Words) -> Finding | None:
    missing = next(iter(gone)) if len(gone) == 1 else ()
    extra = next(iter(more)) if len(more) == 1 else ()
    if not all(isinstance(key, str) and len(key) < 40 for key in (*missing, *extra)):
        return None
    if missing and extra:
        verb = "is" if len(missing) == 1 else "are"
        clause = f"{_named(missing)} {verb} missing from your dictionary; {_named(extra)} "
        return Finding("keys", f"{clause}{'is' if len(extra) == 1 else 'are'} not expected")
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        return Finding("keys", f"{_named(missing)} {verb} missing from your dictionary")
    if extra:
        verb = "is" if len(extra) == 1 else "are"
        return Finding("keys", f"your dictionary has {_named(extra)}, which {verb} not expected")
    return None


def _named(keys: tuple) -> str:
    shown = [f"`{key}`" for key in keys[:5]]
    return listed(shown) + (" and more" if len(keys) > 5 else "")


def _alone(wrong: list[Seen], words: Words, close: Close) -> Finding | None:
    """One of several results was given back, without the others; or they are too few."""
    many = len(wrong[0].expected)
    if any(not isinstance(case.expected, tuple) or len(case.expected) != many for case in wrong):
        return None
    for place in range(many):
        if all(_alike(case.expected[place], case.got, close) for case in wrong):
            part = words.part(place, many)
            return Finding("parts", f"you return only {part}; the others are expected too")
    for case in wrong:
        if not isinstance(case.got, tuple) or len(case.got) >= many:
            return None
    values = "value" if len(wrong[0].got) == 1 else "values"
    clause = f"you return {len(wrong[0].got)} {values} where {many} are expected"
    return Finding("parts", clause)


def _short(wrong: list[Seen], words: Words, close: Close) -> Finding | None:
    """A list that is right as far as it goes, or goes on too long."""
    ends = set()
    for case in wrong:
        due, came = case.expected, case.got
        if not isinstance(due, (list, tuple)) or not isinstance(came, (list, tuple)):
            return None
        off, shorter = len(due) - len(came), min(len(due), len(came))
        if not off:
            return None
        long, short = (due, came) if off > 0 else (came, due)
        for end, cut in (("first", long[len(long) - shorter :]), ("last", long[:shorter])):
            if all(_alike(a, b, close) for a, b in zip(cut, short, strict=True)):
                ends.add((end, off if abs(off) == 1 else (9 if off > 0 else -9)))
                break
        else:
            return None
    if len(ends) != 1:
        return None
    end, off = ends.pop()
    what = f"the {end} entry" if abs(off) == 1 else f"the {end} entries"
    if off > 0:
        verb = "is" if off == 1 else "are"
        return Finding("missing", f"{what} {verb} missing from your list; the others are right")
    at = "start" if end == "first" else "end"
    extra = "an entry" if off == -1 else "entries"
    return Finding("extra", f"your list has {extra} too many at the {at}; the others are right")


def _swapped(wrong: list[Seen], off: list, words: Words, close: Close, many: int) -> Finding | None:
    if len(off) != 2:
        return None
    one, other = off
    for case in wrong:
        due, came = _items(case.expected), _items(case.got)
        if _alike(due[one], due[other], close):
            return None
        if not (_alike(due[one], came[other], close) and _alike(due[other], came[one], close)):
            return None
    names = f"{words.part(one, many)} and {words.part(other, many)}"
    return Finding("swapped", f"{names} are swapped; everything else is right")


def _is_telling(seen: list[Seen], key: Any) -> bool:
    """Whether a part can be called right: zeros may stand for what is not compared."""
    arrays = [numbers(_items(case.expected)[key]) for case in seen]
    return any(array is None or array.any() for array in arrays)


def _one_by_one(
    seen: list[Seen], off: list, keys: list, words: Words, close: Close, relate: Callable
) -> Finding | None:
    """The relation of each wrong part, told of the first that has one, or of all if it is the
    same."""
    part = replace(words, axes=(), thing="part")
    found = {}
    for key in off:
        cases = [
            Seen(
                case.arguments,
                _items(case.expected)[key],
                _items(case.got)[key],
                case.aspect,
                right=case.right or same_part(case, key, close),
            )
            for case in seen
            if not case.stopped
        ]
        finding = relate(cases, part)
        if finding and finding.kind not in VAGUE:
            found[key] = finding
    names = [words.part(key, len(keys)) for key in off]
    others = sum(key not in off and _is_telling(seen, key) for key in keys)
    rest = {0: "", 1: "; the other one is right"}.get(others, "; the others are right")
    if not found:
        if len(off) < len(keys) and len(off) <= 2:
            verb = "is" if len(off) == 1 else "are"
            kind = "part" if others else "only part"
            return Finding(kind, f"{listed(names)} {verb} wrong{rest}")
        return None
    clauses = {finding.clause for finding in found.values()}
    if len(clauses) == 1 and len(found) == len(off) and len(off) > 1:
        first = next(iter(found.values()))
        if first.kind in ("aspect", "when"):  # of the cases, not of the parts
            return replace(first, clause=first.clause.replace("your part", "your result"))
        who = "each part" if not others else listed(names)
        clause = clauses.pop().replace("your part", "each" if others else "it")
        return Finding(first.kind, f"{who}: {clause}{rest}", first.asks)
    key, first = next(iter(found.items()))
    name = words.part(key, len(keys))
    clause = first.clause.replace("your part", name)
    if plain(_items(seen[0].expected)[key]):
        clause = clause.replace("every number", name).replace("what you return", name)
    if name not in clause:
        clause = f"in {name}, {clause}"
    if len(off) > 1:
        rest = f"; {listed(words.part(k, len(keys)) for k in off if k != key)} "
        rest += "is wrong too" if len(off) == 2 else "are wrong too"
    # a part of a part has told of its own others
    said = ";" in clause and "right" in clause.rpartition(";")[2]
    return Finding(first.kind, clause if said else clause + rest, first.asks)
