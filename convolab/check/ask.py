"""`check("name")`: looks the answer up where the call stands, judges it, reports."""

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
_latest: dict[str, tuple[Any, Verdict]] = {}  # of each exercise what was checked and what came
_judges_once = False
_found: dict[tuple[str, bool], tuple[Any, Verdict]] = {}  # then: a function and what came of it


def check(name: str = "", *more: Any) -> Report:
    """Check the function (or the by-hand answer) of this name and say what went wrong.

    Args:
        name: the exercise's name, for instance "convolve_at".
        more: nothing; whoever gives several names is told to give one.

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
    """Whether the exercises of these names are right so far; says which an experiment waits for.

    It stands before an experiment with the learner's own functions, so that the notebook runs from
    top to bottom while they are still to be written.
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
        print(f"This waits for your {words.listed(waiting)}. Come back when the check says Right.")
    return not waiting


def arguments(name: str = "", place: int = 0) -> tuple:
    """The arguments with which a check calls an exercise's function, for calls that are too long to
    be printed: `forward(*arguments("forward", 0))`.

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
            f"{name} has {words.counted(len(visible), 'case')} that you can see, counted from 0; "
            f"there is no {words.show(place)} among them."
        )
    return exercise.arguments(place)


def judge_once() -> None:
    """Judge each function once from now on, in this process and in those that it forks.

    It is for the process in which grading runs a student's cells (grading/sandbox/shell.py), where
    verdicts decide nothing but whether an experiment goes on. `ready` stands before several
    experiments: what was found of a function holds until there is another of that name. Whether it
    is ready-made is not looked at. The visible cases are kept in memory, too.
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
    """Judge an answer while nothing else is judged: what it prints is caught for the whole process.

    An answer that checks something itself would never end; that check is answered at once.
    """
    if not _turn.acquire(timeout=PATIENCE):
        return Verdict("missing", 0.0, "Another check is still running: wait until it has ended.")
    try:
        if _judged:
            _nested.append(exercise.name)
            return Verdict("missing", 0.0, f"{_judged[-1]} is being checked: one at a time.")
        _nested.clear()
        _judged.append(exercise.name)
        try:
            verdict = _judge(exercise, answer, race)
        finally:
            _judged.clear()
        if _nested:
            verdict.notes.append(
                f"{exercise.name} runs a check itself, which was left out: put `check` into a cell "
                "of its own."
            )
        return verdict
    finally:
        _turn.release()


def is_nested() -> bool:
    """Whether this is called by an answer that is being judged: then nothing is shown of it."""
    if not _turn.acquire(blocking=False):
        return False  # another thread judges
    try:
        return bool(_judged)
    finally:
        _turn.release()


def latest(name: str, value: Any) -> Verdict | None:
    """What the last check of this very function found; None if it was not checked since."""
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
        verdict.notes.insert(0, f"{broken} So this is about what you ran before it.")
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
