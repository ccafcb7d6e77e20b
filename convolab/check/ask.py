"""`check("name")`: looks the answer up where it is called, judges it and reports."""

import os
import sys
import threading
from dataclasses import replace
from typing import Any

from convolab.check import cases, kernel, words
from convolab.check.answer import Local
from convolab.check.cases import Cases
from convolab.check.ladder import judge
from convolab.check.report import Report
from convolab.check.verdict import Verdict
from convolab.problem import Problem

PATIENCE = 60  # seconds for a check in another thread to end
_turn = threading.RLock()  # prints are caught for the whole process, so one at a time
_judged: list[str] = []  # the exercise that is being judged
_nested: list[str] = []  # those that its own program tried to check
_latest: dict[str, tuple[Any, Verdict]] = {}  # by exercise: what was checked, and the verdict
_judges_once = False
_found: dict[tuple[str, bool], tuple[Any, Verdict]] = {}  # then: a function and its verdict


def check(name: str = "", *more: Any) -> Report:
    """Check the function (or the by-hand answer) of this name and say what went wrong.

    Args:
        name: the exercise's name, for instance "convolve_at".
        more: nothing; anyone who gives several names is told to give one.

    Returns:
        A report: HTML in a notebook, printed text in a shell; `float(report)` is the points.

    Example:
        >>> def double(values):
        ...     return 2 * values
        >>> float(check("double"))  # doctest: +SKIP
        1.0
    """
    try:
        exercise = cases.load(name)
        if more:
            raise Problem(f'check takes one name at a time, as in check("{name}").')
    except Problem as problem:
        called = words.one_line(name, cases.LONGEST) if type(name) is str else ""
        report = Report(called or "check", 0.0, Verdict("missing", 0.0, str(problem)))
    else:
        answer = Local(kernel.names_for(sys._getframe(1), name), name)
        report = Report(name, exercise.points, _verdict(exercise, answer))
    _tell(report)
    return report


def ready(*names: str) -> bool:
    """Whether these exercises are right so far; says which ones an experiment still needs.

    Put it before an experiment with the learner's own functions, so that the notebook runs from
    top to bottom even while they are unwritten.
    """
    frame = sys._getframe(1)
    waiting = []
    for name in names:
        try:
            exercise = cases.load(name, "ready")
        except Problem as problem:
            print(problem)
            return False
        answer = Local(kernel.names_for(frame, name), name)
        if judge_alone(exercise, answer, race=False).status != "correct":
            waiting.append(name)
    if waiting and not is_nested():
        print(f"This needs your {words.listed(waiting)}. Come back when the check says Right.")
    return not waiting


def arguments(name: str = "", place: int = 0) -> tuple:
    """The arguments a check calls an exercise's function with, for calls that are too long to
    print: `forward(*arguments("forward", 0))`.

    Args:
        place: of the visible case, counted from 0.

    Raises:
        ValueError: there is no such exercise or no such case.
    """
    try:
        exercise = cases.load(name, "arguments")
    except Problem as problem:
        raise ValueError(str(problem)) from None
    visible = [at for at, case in enumerate(exercise.cases) if not case["hidden"]]
    if type(place) is not int or place not in visible:
        raise ValueError(
            f"{name} has {words.counted(len(visible), 'visible case')}, numbered from 0; there is "
            f"no case {words.show(place)}."
        )
    return exercise.arguments(place)


def judge_once() -> None:
    """Judge each function once from now on, in this process and in those that it forks.

    It is for the process in which grading runs a student's cells (grading/sandbox/shell.py), where
    verdicts only decide whether an experiment runs. `ready` comes before several experiments, so a
    function's verdict is kept until another function has its name. Ready-made functions are not
    looked for. The visible cases are kept in memory, too.
    """
    global _judges_once
    _judges_once = True
    cases.keep_all()


def _judge(exercise: Cases, answer: Local, race: bool) -> Verdict:
    if not _judges_once:
        return judge(exercise, answer, race)
    before = _found.get((exercise.name, race))
    if before is None or before[0] is not answer.value:
        verdict = judge(replace(exercise, forbidden=()), answer, race)
        before = _found[exercise.name, race] = (answer.value, verdict)
    return before[1]


def judge_alone(exercise: Cases, answer: Local, race: bool = True) -> Verdict:
    """Judge one answer at a time, because prints are captured for the whole process.

    An answer that calls `check` itself would never end, so that check is answered at once.
    """
    if not _turn.acquire(timeout=PATIENCE):
        return Verdict(
            "missing", 0.0, "Another check is still running: wait until it has finished."
        )
    try:
        if _judged:
            _nested.append(exercise.name)
            return Verdict(
                "missing", 0.0, f"{_judged[-1]} is being checked: run one check at a time."
            )
        _nested.clear()
        _judged.append(exercise.name)
        try:
            verdict = _judge(exercise, answer, race)
        finally:
            _judged.clear()
        if _nested:
            verdict.notes.append(
                f"{exercise.name} calls check itself; that call was skipped. Put `check` in a cell "
                "of its own."
            )
        return verdict
    finally:
        _turn.release()


def is_nested() -> bool:
    """Whether an answer that is being judged calls this: then nothing is shown."""
    if not _turn.acquire(blocking=False):
        return False  # another thread judges
    try:
        return bool(_judged)
    finally:
        _turn.release()


def latest(name: str, value: Any) -> Verdict | None:
    """What the last check of this very function found; None if it has not been checked."""
    checked = _latest.get(name)
    return checked[1] if checked is not None and checked[0] is value else None


def _verdict(exercise: Cases, answer: Local) -> Verdict:
    verdict = judge_alone(exercise, answer)
    if is_nested():
        return verdict
    _latest[exercise.name] = (answer.value, verdict)
    broken = kernel.unreadable(exercise.name)
    if broken and not answer.exists:
        verdict.hint = f"{broken} Correct that line and run the cell again."
    elif broken:
        verdict.notes.insert(0, f"{broken} So this check used what you ran before it.")
    return verdict


def _tell(report: Report) -> None:
    """Print the text where nothing would show the HTML."""
    if is_nested():
        return
    if os.environ.get("NBGRADER_EXECUTION") == "validate":
        # nbgrader's Validate shows a failing check's standard error and nothing else.
        if report.verdict.status != "correct":
            print(report.text(), file=sys.stderr)
    elif kernel.shows_html():
        kernel.show_if_nothing_does(report)
    else:
        print(report.text())
