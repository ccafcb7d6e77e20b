"""The ladder: from "not defined" to "right", stopping at the first rung that fails.

not defined → still the stub → does not take the arguments → forbidden → a known misconception →
gives nothing back → stopped with an error → wrong kind → wrong shape → changed its argument → not
finite → numbers differ → not whole, or of another dtype → no error where one is due, or one that
does not say what it should → too slow → right. A misconception comes before the rungs that only
describe its symptoms, so that it gets its own hint.
"""

from dataclasses import replace

import numpy as np

from convolab.check import by_hand_answer, learning, literal, open_task, sentences
from convolab.check.answer import Answer, Outcome, mentions
from convolab.check.cases import Cases
from convolab.check.compare import as_array, difference, is_whole
from convolab.check.diagnosis import diagnose
from convolab.check.objects import is_stop
from convolab.check.plain import taken_in
from convolab.check.speed import speed_arguments
from convolab.check.verdict import CaseResult, Verdict

# The status that an error gives an answer without points; any other is an "error".
_STATUS = {"MemoryError": "memory", "KeyboardInterrupt": "timeout"}


def judge(cases: Cases, answer: Answer, race: bool = True) -> Verdict:
    """Climb the ladder with an answer.

    Args:
        race: whether speed is measured and networks are trained, which takes a second or more.
    """
    if not answer.exists:
        return Verdict("missing", 0.0, sentences.not_defined(cases))
    if not race:
        cases = _without_race(cases)
    try:
        return _JUDGES[cases.kind](cases, answer)
    except KeyboardInterrupt:
        return Verdict("timeout", 0.0, sentences.endless(cases))


def _without_race(cases: Cases) -> Cases:
    raced = {wanted["aspect"] for wanted in (*cases.speed, *cases.learns)}
    aspects = {name: aspect for name, aspect in cases.aspects.items() if name not in raced}
    return replace(cases, speed=[], learns=(), aspects=aspects)


def _judge_value(cases: Cases, answer: Answer) -> Verdict:
    """By-hand answers: one value, no call."""
    value = taken_in(answer.value)
    if by_hand_answer.unanswered(value):
        return Verdict("missing", 0.0, sentences.unanswered(cases))
    came = Outcome(value=by_hand_answer.read(value))
    return _verdict(cases, [_compare(cases, 0, (), came)], answer)


def _judge(cases: Cases, answer: Answer) -> Verdict:
    """Exercises: a function, called with every case."""
    if not answer.is_function:
        return Verdict("wrong", 0.0, sentences.not_a_function(cases, answer.value))
    called = [cases.arguments(place) for place in range(len(cases.cases))]
    for arguments in {len(arguments): arguments for arguments in reversed(called)}.values():
        if verdict := _cannot_be_called(cases, answer, arguments):
            return verdict
    named = answer.names(cases.forbidden)
    results = []
    for place, arguments in enumerate(called):
        came = answer.call(arguments, cases.forbidden)
        came.value = learning.shapes_of(came.value, cases.shape_only)
        named = named or came.forbidden
        results.append(_compare(cases, place, arguments, came))
    stubs = filter(None, (sentences.stub(cases, result.came) for result in results))
    if not any(map(_right_value, results)) and (stub := next(stubs, None)):
        return Verdict("missing", 0.0, stub)
    if named:
        return Verdict("forbidden", 0.0, sentences.ready_made(cases, named))
    return _verdict(cases, results, answer)


def _cannot_be_called(cases: Cases, answer: Answer, arguments: tuple) -> Verdict | None:
    """The verdict on a function that does not take this many arguments; None if it does."""
    try:
        signature = answer.does_not_take(len(arguments))
    except BaseException as error:  # a learner's object may raise whatever is done with it
        if is_stop(error):
            raise
        return Verdict("error", 0.0, sentences.cannot_be_looked_at(cases, error))
    if signature is None:
        return None
    return Verdict("error", 0.0, sentences.does_not_bind(cases, arguments, signature))


def _right_value(result: CaseResult) -> bool:
    """Whether a case in which a value is due is right."""
    return result.wrong is None and not result.came.raised


def _compare(cases: Cases, place: int, arguments: tuple, came: Outcome) -> CaseResult:
    """The outcome of one case, compared with what is right."""
    case = cases.cases[place]
    result = CaseResult(place, case["aspect"], case["hidden"], arguments, came, None)
    due = case["outcome"].get("raises")
    if due is not None:
        result.wrong = None if due in came.raised else "raises"  # a subclass will do
        says = case["outcome"].get("says")
        if result.wrong is None and says is not None and not mentions(came.message, says):
            result.wrong = "says"
    elif came.raised:
        result.wrong = "error"
    elif case.get("asks") == "answer":  # its numbers are judged by other aspects
        result.wrong = "nothing" if came.value is None else None
    else:
        expected = cases.due(place)
        result.difference = difference(expected, came.value, cases.tolerance, cases.lists)
        if result.difference is not None:
            result.wrong = result.difference.rung
        elif came.changed:
            result.wrong = "changed"
        elif case.get("asks") == "whole" and not is_whole(came.value):
            result.wrong = "whole"
        elif case.get("asks") == "dtype" and np.asarray(came.value).dtype != expected.dtype:
            result.wrong = "dtype"
    return result


def _verdict(cases: Cases, results: list[CaseResult], answer: Answer) -> Verdict:
    """The verdict on all cases together: points, and the hint for the first thing to fix."""
    wrong = [result for result in results if result.wrong]
    slow, notes, won = "", [], set()
    only_errors_missing = all(result.wrong in ("raises", "says") for result in wrong)
    # A wrong case costs its own aspect: a race checks its results itself.
    if any(map(_right_value, results)):
        slow, notes = _race(cases, answer)
        won = set() if slow else {wanted["aspect"] for wanted in cases.speed}
    # A network may learn to read although a number here and there is wrong.
    readable = any(result.wrong == "numbers" or _right_value(result) for result in results)
    if cases.learns and readable:
        slow, notes = _learn(cases, answer)
        won |= set() if slow else {wanted["aspect"] for wanted in cases.learns}
    aspects = _aspects(cases, results, won)
    points = _points(cases, aspects)
    if any(result.came.printed and result.wrong != "nothing" for result in results):
        notes.append(sentences.PRINTED)
    if not wrong and not slow:
        return Verdict("correct", points, cases.praise, aspects=aspects, notes=notes)
    status = "partial" if points > 0 else "wrong"
    if slow and only_errors_missing:
        return Verdict(status, points, slow, aspects=aspects, notes=notes)
    with np.errstate(all="ignore"):  # a warning in a check cell costs its points in nbgrader
        found = diagnose(cases, results)
    if found.untouched:
        return Verdict("missing", 0.0, found.hint, found.misconception, aspects)
    first = found.shown
    if points == 0 and first.wrong == "error":
        status = next((_STATUS[name] for name in first.came.raised if name in _STATUS), "error")
    verdict = Verdict(
        status, points, found.hint, found.misconception, aspects, notes=notes, found=found.found
    )
    if cases.kind == "function" and not first.hidden:
        written = literal.call(cases.name, first.arguments)
        verdict.call = written or literal.by_place(cases.name, first.place)
        if first.wrong in ("shape", "finite", "numbers"):
            verdict.difference = first.difference
    return verdict


def _aspects(cases: Cases, results: list[CaseResult], won: set[str]) -> dict[str, tuple[int, int]]:
    """For each aspect, how many of its cases are right and how many there are."""
    counts = {}
    for name in cases.aspects:
        of_this = [result for result in results if result.aspect == name]
        counts[name] = (sum(result.wrong is None for result in of_this), len(of_this))
    for wanted in (*cases.speed, *cases.learns):  # what is wrong when it is long is not fast
        counts[wanted["aspect"]] = (int(wanted["aspect"] in won), 1)
    return counts


def _points(cases: Cases, aspects: dict[str, tuple[int, int]]) -> float:
    """The sum of the aspects that are completely right, rounded to 0.01."""
    whole = sum(aspect["share"] for aspect in cases.aspects.values())
    won = sum(cases.aspects[name]["share"] for name, (right, of) in aspects.items() if right == of)
    return float(cases.points) if won == whole else round(cases.points * won / whole, 2)


def _race(cases: Cases, answer: Answer) -> tuple[str, list[str]]:
    """A sentence if the function is too slow, or wrong on the long input; otherwise how fast it
    is."""
    notes = []
    for wanted in cases.speed:
        arguments = speed_arguments(wanted["shapes"])
        came = answer.call(tuple(arguments))
        value = as_array(came.value, cases.lists)
        if came.raised or value is None or not _fits(value, wanted["probe"]):
            return sentences.WRONG_WHEN_LONG, []
        ratio = answer.times_as_fast(arguments, tuple(wanted["steps"]))
        if ratio == 0:
            return sentences.WRONG_WHEN_LONG, []
        if ratio < wanted["times"]:
            return sentences.too_slow(ratio, wanted["times"]), []
        notes.append(sentences.fast(ratio))
    return "", notes


def _learn(cases: Cases, answer: Answer) -> tuple[str, list[str]]:
    """A sentence if the trained network does not read well; otherwise how well it reads."""
    notes = []
    for wanted in cases.learns:
        wrong, says = learning.judge(answer, wanted)
        if wrong:
            return wrong, []
        notes.append(says)
    return "", notes


def _fits(value: np.ndarray, probe: dict) -> bool:
    """Whether a long result has the right shape, and the right numbers at a few places."""
    if list(value.shape) != probe["shape"]:
        return False
    return np.allclose(value.ravel()[probe["places"]], probe["values"])


_JUDGES = {"function": _judge, "value": _judge_value, "open": open_task.judge}
