"""Judges one-slip programs with the real checker: does one pass, break it, or get no real help?"""

import json
import time
import traceback
from dataclasses import dataclass, replace

import numpy as np

from convolab.check.answer import Local
from convolab.check.cases import Cases, from_json
from convolab.check.ladder import judge
from convolab.check.report import Report
from convolab.exercises.bounds import memory_bounded, stopped_after
from convolab.exercises.compile import compile_exercise
from convolab.exercises.helped import BREAKS, helped
from convolab.exercises.mutants import Mutant
from convolab.exercises.programs import Program, programs
from convolab.exercises.spec import Exercise

SEED = 20_261  # of the hidden cases
LEAST_SECONDS, TIMES_AS_LONG = 1.0, 10  # what a slip may take, compared with the right program
RACE_SECONDS = 60
TOO_SLOW = 1.0  # seconds; a right program that takes longer is left out


@dataclass(frozen=True)
class Judged:
    """A slip and the checker's verdict on it.

    Attributes:
        exercise, program, file, line, slip, kind: where it is and what was changed.
        result: one of `helped.KINDS`.
        hint: what a learner would read; of one that breaks the checker, the error.
    """

    exercise: str
    program: str
    file: str
    line: int
    slip: str
    kind: str
    result: str
    hint: str


@dataclass(frozen=True)
class Tried:
    """All slips of an exercise, and the programs that were left out with the reason."""

    exercise: str
    lesson: str
    judged: list[Judged]
    left_out: dict[str, str]


class _Untimed(Local):
    """An answer judged by its values alone: fast enough, however slow it is."""

    def times_as_fast(self, arguments: list[np.ndarray], steps: tuple[int, int]) -> float:
        return float("inf")


def try_slips(exercise: Exercise, stride: int = 1) -> Tried:
    """Judge the slips of all programs of an exercise.

    Args:
        exercise: a function; by-hand answers and open tasks have no program to slip in.
        stride: try only every stride-th slip, for a quick look.
    """
    cases = drawn(exercise)
    judged, left_out = [], {}
    with memory_bounded():
        for program in programs(exercise):
            seconds = _seconds(cases, program)
            if seconds > TOO_SLOW:
                left_out[program.name] = f"one check of it takes {seconds:.1f} s"
                continue
            made = program.mutants()
            if made is None:
                left_out[program.name] = "there is no text of a function to slip in"
                continue
            bound = max(LEAST_SECONDS, TIMES_AS_LONG * seconds)
            judged += [judge_slip(cases, program, mutant, bound) for mutant in made[::stride]]
    return Tried(exercise.name, exercise.lesson, judged, left_out)


def drawn(exercise: Exercise) -> Cases:
    """The visible and the hidden cases of an exercise, as grading has them.

    Which functions are forbidden is left out: a right program calls none, and watching for them
    takes half of the time.
    """
    cases = from_json(json.loads(json.dumps(compile_exercise(exercise, SEED))))
    return replace(cases, forbidden=())


def judge_slip(cases: Cases, program: Program, mutant: Mutant, seconds: float = 1.0) -> Judged:
    """The checker's verdict on one slip, within this many seconds of processor time."""
    result, hint = _judge(cases, program, mutant, seconds)
    return Judged(
        program.exercise,
        program.name,
        program.file,
        mutant.line,
        mutant.slip,
        mutant.kind,
        result,
        hint,
    )


def _judge(cases: Cases, program: Program, mutant: Mutant, seconds: float) -> tuple[str, str]:
    try:
        answer = _Untimed({cases.name: program.with_slip(mutant)}, cases.name)
        with stopped_after(seconds):
            verdict = judge(cases, answer, race=False)
        if verdict.status == "correct" and (cases.speed or cases.learns):
            with stopped_after(RACE_SECONDS):  # is it right for long inputs, does it learn?
                verdict = judge(cases, answer, race=True)
        report = Report(cases.name, cases.points, verdict)
        report.text(), report.html()
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        said = f"{type(error).__name__}: {error}"
        return BREAKS, f"{said} ({where.name}, line {where.lineno} of {where.filename})"
    return helped(verdict), verdict.hint


def _seconds(cases: Cases, program: Program) -> float:
    """Processor seconds that the checker takes for the right program."""
    started = time.process_time()
    judge(cases, Local({cases.name: program.function}, cases.name), race=False)
    return time.process_time() - started
