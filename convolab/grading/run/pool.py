"""Runs submissions ahead of the gradebook's writer, in several processes.

Each worker mends a submission, runs it, keeps the result in a file, and makes the autograded
notebook from it; the one process that writes takes these as they come. For a submission that fails,
it gets a sentence instead.
"""

import ctypes
import multiprocessing
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from queue import SimpleQueue

from convolab.grading.desk import LessonDesk
from convolab.grading.exercise_result import ExerciseResult, read
from convolab.grading.faults import Fault, concerns_everybody, fault, or_fault
from convolab.grading.intake.submissions import Submission
from convolab.grading.run import run_cache
from convolab.grading.run.grading_run import GradingRun
from convolab.grading.run.hidden_cases import draw
from convolab.grading.run.pipeline import Pipeline, sources
from convolab.grading.run.run_submission import beside, run_once
from convolab.grading.sandbox.launcher import launcher_for
from convolab.handin.read import read_notebook

IN_FLIGHT = 4  # submissions that wait for each worker: more would only fill the memory
_SET_PDEATHSIG = 1
_lesson: "LessonHere | None" = None


@dataclass(frozen=True)
class Autograded:
    """The result of a submission.

    Attributes:
        text: the autograded notebook, as nbgrader writes it.
        verdicts: by exercise; those without a report are left out.
        seconds: how long it ran, by the clock; None if it was run before.
        notes: what a teacher should know about it, in sentences.
    """

    text: str
    verdicts: dict[str, ExerciseResult]
    seconds: float | None = None
    notes: tuple[str, ...] = ()


Result = tuple[Submission, Autograded | Fault]


class LessonHere:
    """What every worker on this machine knows about the lesson; they get it by the fork."""

    def __init__(self, desk: LessonDesk, how: GradingRun):
        self.file_name, self.how = desk.file_name, how
        self.checked = draw(desk.course, desk.lesson, how.seed)
        for exercise in self.checked.values():
            exercise.batch(0)  # now, so that each worker has it with the fork
        with desk.gradebook() as gradebook:
            found = sources(gradebook, desk.lesson)
        master = desk.read_master()
        self.given = master.cells
        self.finish = Pipeline(desk.config, desk.lesson, found, master)

    def run(self, folder: Path) -> Autograded:
        """Run one submission, unless that was done before.

        Raises:
            Problem: it cannot be read.
        """
        notes: list[str] = []
        notebook = read_notebook(folder / self.file_name, notes=notes)
        self.finish.before(notebook)
        started = time.monotonic()
        files = beside(folder, self.file_name, self.how.limits.files)
        name = run_once(self.how, notebook, files, self.checked, self.given)
        seconds = None if name is None else time.monotonic() - started
        if name is not None and self.how.kept:
            run_cache.save(self.how.kept, name, run_cache.outputs(notebook))
        return Autograded(self.finish.after(notebook), read(notebook), seconds, tuple(notes))


def _begin() -> None:
    """A worker ends with the process it works for, and leaves Ctrl+C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def run_here(folder: Path) -> Autograded | Fault:
    """Run one submission in this process, while there is a class that it belongs to."""
    return or_fault(_lesson.run, folder)


@contextmanager
def running(
    desk: LessonDesk, how: GradingRun, submissions: list[Submission], jobs: int
) -> Iterator[Iterator[Result]]:
    """Run submissions, in this many processes or, if that is one, in this one.

    Yields:
        An iterator over the submissions as they finish, each with its result.
    """
    global _lesson
    launcher_for(how.sandboxed)  # one warm process for all workers
    _lesson = LessonHere(desk, how)
    if jobs == 1:
        yield ((submission, run_here(submission.folder)) for submission in submissions)
        return
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)
    try:
        yield _as_they_come(pool, submissions, jobs * IN_FLIGHT)
    finally:
        pool.shutdown(cancel_futures=True)
        _lesson = None


def _as_they_come(
    pool: ProcessPoolExecutor, submissions: list[Submission], most: int
) -> Iterator[Result]:
    done: SimpleQueue[tuple[Submission, Future]] = SimpleQueue()
    waiting = iter(submissions)

    def start(count: int) -> int:
        """Order this many more; returns how many there were."""
        orders = list(islice(waiting, count))
        for submission in orders:
            try:
                future = pool.submit(run_here, submission.folder)
            except BrokenProcessPool as error:  # a worker was killed, and the others with it
                future = Future()
                future.set_exception(error)
            future.add_done_callback(lambda future, of=submission: done.put((of, future)))
        return len(orders)

    def results(flying: int) -> Iterator[Result]:
        while flying:
            submission, future = done.get()
            flying += start(1) - 1
            yield submission, _result(submission, future)

    return results(start(most))  # the processes begin now, before a gradebook is opened here


def _result(submission: Submission, future: Future) -> Autograded | Fault:
    try:
        return future.result()
    except BrokenProcessPool:  # it was the worker, which may have done no work at all
        return run_here(submission.folder)
    except Exception as error:
        if concerns_everybody(error):
            raise
        return fault(error)  # its result could not be handed over
