"""The ladder: from "not defined" to "right", and the one sentence for the rung that fails.

not defined → still the stub → does not take the arguments → forbidden → forgot to return → a known
misconception → stopped with an error → no error where one is due → wrong kind → wrong shape →
changed its argument → not finite → numbers differ → too slow → right. A misconception comes before
the rungs that only describe its symptoms: whoever has one is answered with its own hint.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from convolab.check import forbidden, speed, words
from convolab.check.cases import Cases
from convolab.check.compare import Difference, difference
from convolab.check.compile import speed_arguments
from convolab.check.encode import decode
from convolab.check.run import Outcome, call, line_that_raised

STUB_WORD = "still the stub"


@dataclass
class Verdict:
    """What the checker has to say about one answer.

    `difference`, `arguments` are there when two values can be laid side by side; `aspects` gives
    for each aspect the cases that are right and the cases there are.
    """

    status: str
    points: float
    hint: str
    misconception: str | None = None
    aspects: dict[str, tuple[int, int]] = field(default_factory=dict)
    difference: Difference | None = None
    call: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass
class Result:
    """One case and what came of it: `wrong` is the rung that failed, None if it is right."""

    place: int
    aspect: str
    hidden: bool
    arguments: tuple
    came: Outcome
    wrong: str | None
    difference: Difference | None = None


def judge(cases: Cases, namespace: dict[str, Any], race: bool = True) -> Verdict:
    """Climb the ladder with what `namespace` holds under the exercise's name.

    Args:
        race: whether speed is measured, which takes a second or two.
    """
    if not race:
        cases = replace(
            cases,
            speed=[],
            aspects={
                name: aspect
                for name, aspect in cases.aspects.items()
                if name not in {wanted["aspect"] for wanted in cases.speed}
            },
        )
    answer = namespace.get(cases.name)
    noun = "function" if cases.kind == "function" else "value"
    if cases.name not in namespace:
        return Verdict(
            "missing",
            0.0,
            f"There is no {noun} called {cases.name} yet. Run the cell that defines it "
            "(Shift + Enter), then this one.",
        )
    try:
        return _judge_value(cases, answer) if cases.kind == "value" else _judge(cases, answer)
    except KeyboardInterrupt:
        return Verdict(
            "timeout",
            0.0,
            f"{cases.name} was stopped while it was still running. Is there a loop whose "
            "condition never becomes false, or one that runs far more often than it needs to?",
        )


def _judge_value(cases: Cases, answer: Any) -> Verdict:
    """By-hand answers: one value, no call."""
    if answer is Ellipsis or (
        isinstance(answer, (list, tuple)) and any(item is Ellipsis for item in answer)
    ):
        return Verdict(
            "missing",
            0.0,
            f"This is {STUB_WORD}: put your answer in place of the three dots after "
            f"{cases.name} =, and run the cell.",
        )
    if isinstance(answer, str):
        answer = answer.strip().lower()
    result = _compare_case(cases, 0, (), Outcome(value=answer))
    return _verdict(cases, [result], answer)


def _judge(cases: Cases, function: Callable) -> Verdict:
    if not callable(function):
        return Verdict(
            "wrong",
            0.0,
            f"{cases.name} is {words.kind(function)}, not a function. Was the name used for "
            "something else? Run the cell with the function again.",
        )
    if hint := _does_not_bind(cases, function):
        return Verdict("error", 0.0, hint)
    named = forbidden.named_in(function, cases.forbidden)
    results = []
    for place in range(len(cases.cases)):
        came = call(function, cases.arguments(place), cases.forbidden)
        if stub := _stub(came.error):
            return Verdict("missing", 0.0, stub)
        named = named or came.forbidden
        results.append(_compare_case(cases, place, cases.arguments(place), came))
    if named:
        return Verdict(
            "forbidden",
            0.0,
            f"{cases.name} uses {named}, which does what you are asked to build here. Write it "
            "with loops, slices, sums and products: then you know what is inside.",
        )
    return _verdict(cases, results, function)


def _stub(error: BaseException | None) -> str | None:
    """A sentence if the exception is that of a function which is still to be written."""
    if isinstance(error, NotImplementedError):
        gap = "the line with NotImplementedError"
    elif isinstance(error, TypeError) and "ellipsis" in str(error):
        gap = "the three dots"
    else:
        return None
    return f"This is {STUB_WORD}: put your code in place of {gap}, and run the cell."


def _does_not_bind(cases: Cases, function: Callable) -> str | None:
    """A sentence if the function cannot be called with the arguments of the cases."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return None
    for place in range(len(cases.cases)):
        arguments = cases.arguments(place)
        try:
            signature.bind(*arguments)
        except TypeError:
            return (
                f"{cases.name} is called with {len(arguments)} argument"
                f"{'s' if len(arguments) != 1 else ''} here, "
                f"as in {words.call(cases.name, arguments)}, but it is defined as "
                f"{cases.name}{signature}. Put the first line back as it was."
            )
    return None


def _compare_case(cases: Cases, place: int, arguments: tuple, came: Outcome) -> Result:
    case = cases.cases[place]
    result = Result(place, case["aspect"], case["hidden"], arguments, came, None)
    due = case["outcome"].get("raises")
    if due is not None:
        result.wrong = None if came.raised and _is_a(came.error, due) else "raises"
    elif came.error is not None:
        result.wrong = "error"
    else:
        expected = decode(case["outcome"]["value"])
        result.difference = difference(expected, came.value, cases.tolerance, cases.lists)
        if result.difference is not None:
            result.wrong = result.difference.rung
        elif came.changed:
            result.wrong = "changed"
    return result


def _is_a(error: BaseException, due: str) -> bool:
    """Whether an exception is of the due type or a subclass of it."""
    return due in (kind.__name__ for kind in type(error).__mro__)


def _points(cases: Cases, aspects: dict[str, tuple[int, int]]) -> float:
    """The sum of the aspects that are wholly right, rounded to 0.01."""
    whole = sum(aspect["share"] for aspect in cases.aspects.values())
    won = sum(cases.aspects[name]["share"] for name, (right, of) in aspects.items() if right == of)
    return float(cases.points) if won == whole else round(cases.points * won / whole, 2)


ORDER = ("nothing", "error", "raises", "kind", "shape", "changed", "finite", "numbers")


def _verdict(cases: Cases, results: list[Result], function: Any) -> Verdict:
    aspects = {
        name: (
            sum(1 for r in results if r.aspect == name and r.wrong is None),
            sum(1 for r in results if r.aspect == name),
        )
        for name in cases.aspects
    }
    notes = _notes(results)
    slow = ""
    if all(result.wrong is None for result in results):
        for wanted in cases.speed:
            slow = slow or _too_slow(wanted, function)
            aspects[wanted["aspect"]] = (0 if slow else 1, 1)
    else:
        for wanted in cases.speed:  # what is not right is not raced
            aspects[wanted["aspect"]] = (0, 1)
    points = _points(cases, aspects)
    wrong = [result for result in results if result.wrong]
    if not wrong and not slow:
        return Verdict("correct", points, cases.praise, aspects=aspects, notes=notes)
    status = "partial" if points > 0 else "wrong"
    if slow:
        return Verdict(status, points, slow, aspects=aspects, notes=notes)
    first = min(wrong, key=lambda r: (r.hidden, ORDER.index(r.wrong), r.place))
    if points == 0 and first.wrong == "error":
        status = "error"
    known = _misconception(cases, results)
    if known and known["untouched"]:
        says = f"This is {STUB_WORD}: it does what it did when you found it. {known['hint']}"
        return Verdict("missing", 0.0, says, known["name"], aspects)
    hint = known["hint"] if known else _sentence(cases, first, function)
    verdict = Verdict(status, points, hint, known["name"] if known else None, aspects, notes=notes)
    if not first.hidden:
        verdict.call = words.call(cases.name, first.arguments) if cases.kind == "function" else ""
        if cases.kind == "function" and first.wrong in ("shape", "finite", "numbers"):
            verdict.difference = first.difference
    return verdict


def _misconception(cases: Cases, results: list[Result]) -> dict | None:
    """The misconception that reproduces every visible outcome (or, where all that is visible is
    right, every outcome of the hidden cases)."""
    visible = [result for result in results if not result.hidden]
    if all(result.wrong is None for result in visible):
        visible = results
    for wrong in cases.misconceptions:
        if all(_reproduces(cases, wrong["outcomes"][r.place], r.came) for r in visible):
            return wrong
    return None


def _reproduces(cases: Cases, believed: dict, came: Outcome) -> bool:
    if "raises" in believed or came.error is not None:
        return believed.get("raises") == came.raised
    if believed.get("changed", False) != came.changed:
        return False
    value = decode(believed["value"])
    return difference(value, came.value, cases.tolerance, cases.lists) is None


def _too_slow(wanted: dict, function: Callable) -> str:
    """A sentence if the function is slower than asked, or wrong on the long input; else ""."""
    arguments = speed_arguments(wanted["shapes"])
    came = call(function, tuple(arguments))
    probe = wanted["probe"]
    got = came.value
    if (
        came.error is not None
        or not isinstance(got, np.ndarray)
        or list(got.shape) != probe["shape"]
        or not np.allclose(got.ravel()[probe["places"]], probe["values"])
    ):
        return (
            "It is right for short inputs, but not for a long one: is a length written as a number?"
        )
    ratio = speed.times_as_fast(function, arguments, tuple(wanted["steps"]))
    if ratio >= wanted["times"]:
        return ""
    return (
        f"The result is right, and it is {ratio:.1f} times as fast as a loop over every element; "
        f"{wanted['times']:g} times is asked. Let one NumPy operation do the work of a whole loop."
    )


def _notes(results: list[Result]) -> list[str]:
    if any(result.came.printed.strip() for result in results):
        return ["It also printed something; that costs nothing."]
    return []


def _sentence(cases: Cases, result: Result, function: Any) -> str:
    """The sentence of the rung on which a case failed."""
    if result.hidden:
        says = cases.aspects[result.aspect]["says"]
        return (
            "All the cases that you can see are right, but one with other numbers is not "
            f"({says}). What could be special: length, sign, odd or even, the ends?"
        )
    came, found = result.came, result.difference
    if cases.kind == "value":
        return _value_sentence(cases, found)
    called = words.call(cases.name, result.arguments)
    if result.wrong == "nothing":
        printed = " It printed something, but printing only shows a value." if came.printed else ""
        return f"{called} gives nothing back: is the line with return missing?{printed}"
    if result.wrong == "error":
        line = line_that_raised(came.error, function)
        where = f", in the line  {line}" if line else ""
        says = str(came.error).split("\n")[0][:120]
        return f"{called} stopped with {came.raised}: {says}{where}"
    if result.wrong == "raises":
        due = cases.cases[result.place]["outcome"]["raises"]
        did = f"it raises {came.raised}" if came.raised else f"it returns {words.show(came.value)}"
        return f"{called} should raise {due}, because there is no sensible answer; {did}."
    if result.wrong == "changed":
        return (
            f"{called} gives the right result, but it changes its argument. Whoever called it "
            "may still need the old numbers: work on a copy."
        )
    if result.wrong == "kind":
        return (
            f"{called} should give {words.kind(found.expected)}, yours gives "
            f"{words.kind(found.got)}."
        )
    if result.wrong == "shape":
        return _shape_sentence(called, found)
    if result.wrong == "finite":
        return f"{called} gives nan or infinity: is something divided by 0, or never filled in?"
    return f"{called} gives other numbers than it should."


def _shape_sentence(called: str, found: Difference) -> str:
    """Expected and actual shape, and the likeliest reason."""
    right, yours = np.shape(found.expected), np.shape(found.got)
    says = f"{called} should have the shape {right}, yours has {yours}"
    if len(yours) != len(right):
        return f"{says}: {len(right)} dimension{'s' if len(right) > 1 else ''} expected."
    if right[::-1] == yours and len(right) > 1:
        return f"{says}: are rows and columns exchanged?"
    steps = {b - a for a, b in zip(right, yours, strict=True) if a != b}
    if steps == {-1}:
        return f"{says}: one too few. Does a range end one step early?"
    if steps == {1}:
        return f"{says}: one too many. Does a range end one step late?"
    return f"{says}. Count on paper how many places there are."


def _value_sentence(cases: Cases, found: Difference | None) -> str:
    """For by-hand answers: what is wrong without giving the answer away."""
    if found.rung == "kind":
        return (
            f"{cases.name} should be {words.kind(found.expected)}; it is {words.kind(found.got)}."
        )
    if found.rung == "shape":
        return f"{cases.name} has {len(found.got)} numbers; {len(found.expected)} are asked for."
    right, yours = np.ravel(np.asarray(found.expected)), np.ravel(np.asarray(found.got))
    if right.size > 1 and right.dtype.kind in "biuf":
        off = np.flatnonzero(np.abs(yours - right) > cases.tolerance * np.maximum(1, np.abs(right)))
        places = ", ".join(str(place) for place in off[:5])
        return f"Not yet: look again at place {places} (the first is place 0)."
    return "Not yet. Go back one step in the text and work it out again on paper."
