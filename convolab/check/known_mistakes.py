"""Known mistakes: which of the wrong programs an author wrote down behaves like this answer.

They are recognised by their outcomes. What an answer returns where a result is due (its values) and
what it does where it should refuse are matched separately, since most learners write the formula
first and the errors later.
"""

import re
from dataclasses import dataclass

import numpy as np

from convolab.check.answer import Outcome
from convolab.check.cases import Cases
from convolab.check.compare import difference
from convolab.check.encode import decode
from convolab.check.relations.pairs import PROBE, numbers
from convolab.check.verdict import CaseResult

MANY = 3  # different numbers: that many no longer agree by accident
_RIGHT_IN_VALUE = (None, "whole", "dtype", "says")  # an int, a dtype, a number in a message


@dataclass(frozen=True)
class KnownMistake:
    """A mistake that was recognised.

    Attributes:
        mistake: as in the file of cases.
        refusals: whether it also explains what is not refused.
        aspects: those whose values it explains; empty for all of them.
    """

    mistake: dict
    refusals: bool = False
    aspects: tuple[str, ...] = ()


def by_values(cases: Cases, results: list[CaseResult]) -> list[KnownMistake]:
    """The mistake that reproduces all values; if there is none, those that reproduce all values of
    an aspect, at most two.

    Args:
        results: of the cases that are looked at, in the order of the file.
    """
    values = [result for result in results if not is_refusal(cases, result)]
    refusals = [result for result in results if is_refusal(cases, result)]
    found = [m for m in cases.misconceptions if _reproduces(cases, m, "values", values)]
    whole = [m for m in found if _reproduces(cases, m, "refusals", refusals)]
    if whole:
        return [KnownMistake(whole[0], refusals=True)]
    if found:
        pure = [mistake for mistake in found if "refusals" not in mistake]
        return [KnownMistake((pure or found)[0])]
    if all(result.wrong in _RIGHT_IN_VALUE for result in values):
        return [one for one in [by_refusals(cases, results)] if one]
    return _by_aspects(cases, values)


def by_refusals(cases: Cases, results: list[CaseResult]) -> KnownMistake | None:
    """The mistake that has all values right and reproduces what is not refused."""
    refusals = [result for result in results if is_refusal(cases, result)]
    for mistake in cases.misconceptions:
        if "values" not in mistake and _reproduces(cases, mistake, "refusals", refusals):
            return KnownMistake(mistake, refusals=True)
    return None


def is_refusal(cases: Cases, result: CaseResult) -> bool:
    """Whether an exception is due in a case."""
    return "raises" in cases.cases[result.place]["outcome"]


def _by_aspects(cases: Cases, values: list[CaseResult]) -> list[KnownMistake]:
    found: list[KnownMistake] = []
    for aspect in cases.aspects:
        of_this = [result for result in values if result.aspect == aspect]
        if not any(result.wrong for result in of_this) or not _says_much(cases, of_this):
            continue
        for mistake in cases.misconceptions:
            if _reproduces(cases, mistake, "values", of_this):
                if all(known.mistake is not mistake for known in found):
                    found.append(KnownMistake(mistake, aspects=(aspect,)))
                break
    return found[:2]


def _says_much(cases: Cases, results: list[CaseResult]) -> bool:
    """Whether so many different numbers or shapes are wrong that agreeing in them is no accident: a
    row that is left at 0, or left out, may come from many mistakes."""
    wrong: set[float] = set()
    shapes = set()
    for result in results:
        if result.wrong and not result.came.raised:
            due = cases.due(result.place)
            wrong.update(_wrong_numbers(due, result.came.value))
            if (shape := np.shape(numbers(result.came.value))) != np.shape(numbers(due)):
                shapes.add(shape)
    return len(wrong) >= MANY or len(shapes) >= MANY


def _wrong_numbers(due: object, came: object) -> list[float]:
    """The numbers of a result that are wrong where they are; in another shape, those that are not
    due anywhere."""
    if isinstance(came, dict) and isinstance(due, dict):
        return [n for key in came if key in due for n in _wrong_numbers(due[key], came[key])]
    right, yours = numbers(due), numbers(came)
    if yours is None:
        parts = came if isinstance(came, (list, tuple)) else ()
        pairs = zip(due, parts, strict=True) if _as_many(due, parts) else ((None, p) for p in parts)
        return [n for one, other in pairs for n in _wrong_numbers(one, other)]
    if right is not None:
        same = right.shape == yours.shape
        yours = yours[
            ~np.isclose(right, yours, equal_nan=True)
            if same
            else ~np.isin(yours.round(6), right.round(6))
        ]
    return np.unique(np.round(yours.ravel()[:PROBE], 9)).tolist()


def _as_many(due: object, parts: list | tuple) -> bool:
    return isinstance(due, (list, tuple)) and len(due) == len(parts)


def _reproduces(cases: Cases, mistake: dict, part: str, results: list[CaseResult]) -> bool:
    """Whether a mistake has the same outcome in each of these cases, and a wrong one in some."""
    outcomes = mistake.get(part)
    if outcomes is None:
        return part == "refusals" and all(result.wrong in _RIGHT_IN_VALUE for result in results)
    places = _places(cases, part)
    told = [(outcomes[places[result.place]], result) for result in results]
    if all(outcome is None for outcome, _ in told) or not any(result.wrong for result in results):
        return False  # the mistake does what is right here, or the answer does
    if part == "values" and not _stops_alike(mistake, results):
        return False
    # the cases that tell most mistakes apart come first
    return all(
        _same(cases, outcome, result)
        for outcome, result in sorted(told, key=lambda pair: pair[1].wrong is None)
    )


def _stops_alike(mistake: dict, results: list[CaseResult]) -> bool:
    """Whether the errors say what they say after this mistake, if it is known by them alone."""
    stops = mistake.get("stops")
    return stops is None or all(
        any(said in skeleton(result.came.message) for said in stops)
        for result in results
        if result.came.raised
    )


def skeleton(message: str) -> str:
    """What an error says, without what differs from call to call: numbers, names, brackets."""
    words = re.sub(r"\([^()]*\)|'[^']*'|[-\d.,:]+", " ", message)
    return " ".join(words.split()).lower()


def _places(cases: Cases, part: str) -> dict[int, int]:
    """Of each case that belongs to a part, where its outcome is in the list of a mistake."""
    refused = part == "refusals"
    own = [i for i, case in enumerate(cases.cases) if ("raises" in case["outcome"]) == refused]
    return {place: number for number, place in enumerate(own)}


def _same(cases: Cases, believed: dict | None, result: CaseResult) -> bool:
    """Whether an outcome is the one a mistake leads to; None means the right one."""
    if believed is None:
        return result.wrong in _RIGHT_IN_VALUE
    came: Outcome = result.came
    if "raises" in believed or came.raised:
        return [believed.get("raises")] == list(came.raised[:1])
    if believed.get("changed", False) != came.changed:
        return False
    value = decode(believed["value"])
    return difference(value, came.value, cases.tolerance, cases.lists) is None
