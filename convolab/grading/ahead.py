"""Runs submissions ahead of the gradebook's writer, in several processes.

Each worker mends a submission, runs it, keeps what came of it in a file, and makes the autograded
notebook of it; the one process that writes takes these as they come. Who fails says so, and the
writer sees what is wrong.
"""

import ctypes
import multiprocessing
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from queue import SimpleQueue

import nbformat

from convolab.grading import runs
from convolab.grading.cases import draw
from convolab.grading.desk import Desk
from convolab.grading.execute import RunSubmission
from convolab.grading.finish import Finish, sources
from convolab.grading.split.box import the_box
from convolab.grading.submissions import Submission
from convolab.grading.verdict import Verdict, read
from convolab.handin.read import read_notebook

IN_FLIGHT = 4  # submissions that wait for each worker: more would only fill the memory
_SET_PDEATHSIG = 1
_lesson: "LessonHere | None" = None


@dataclass(frozen=True)
class Autograded:
    """What came of a submission.

    Attributes:
        text: the autograded notebook, as nbgrader writes it.
        verdicts: by exercise; those without a report are left out.
        seconds: how long it ran, by the clock; None if it was run before.
    """

    text: str
    verdicts: dict[str, Verdict]
    seconds: float | None = None


class GivenUp(Exception):
    """A submission is not to be run again; says why, in a sentence."""


Result = tuple[Submission, Callable[[], Autograded]]


class LessonHere:
    """What every worker on this machine knows of the lesson; it comes to them with the fork."""

    def __init__(self, desk: Desk, lesson: str, runner: RunSubmission):
        self.desk, self.lesson, self.runner = desk, lesson, runner
        master = nbformat.read(desk.master(lesson), as_version=4)
        with desk.gradebook() as gradebook:
            found = sources(gradebook, lesson)
        self.finish = Finish(desk.config, lesson, found, master)

    def run(self, folder: Path) -> Autograded:
        """Run one submission, unless that was done before."""
        notebook = read_notebook(folder / f"{self.lesson}.ipynb")
        self.finish.before(notebook)
        started = time.monotonic()
        name = self.runner.run(notebook, self.desk.course, self.lesson, folder)
        seconds = None if name is None else time.monotonic() - started
        if name is not None and self.runner.kept:
            runs.save(Path(self.runner.kept), name, runs.outputs(notebook))
        return Autograded(self.finish.after(notebook), read(notebook), seconds)


def _begin() -> None:
    """A worker ends with the process that it works for, and leaves Ctrl+C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def run_here(folder: Path) -> Autograded:
    """Run one submission in this process, while there is a class that it belongs to."""
    return _lesson.run(folder)


@contextmanager
def running(
    desk: Desk, lesson: str, submissions: list[Submission], jobs: int
) -> Iterator[Iterator[Result]]:
    """Run submissions, in so many processes or, if that is one, in this one.

    Yields:
        An iterator over the submissions as they are done, each with a function that gives what
        came of it or raises what went wrong.
    """
    global _lesson
    runner = RunSubmission(config=desk.config)
    draw(desk.course, lesson, runner.seed)
    the_box(runner.sandbox)  # one warm process for all workers
    _lesson = LessonHere(desk, lesson, runner)
    if jobs == 1:
        yield ((submission, _later(submission)) for submission in submissions)
        return
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)
    try:
        yield _as_they_come(pool, submissions, jobs * IN_FLIGHT)
    finally:
        pool.shutdown(cancel_futures=True)
        _lesson = None


def _later(submission: Submission) -> Callable[[], Autograded]:
    return lambda: run_here(submission.folder)


def _as_they_come(
    pool: ProcessPoolExecutor, submissions: list[Submission], most: int
) -> Iterator[Result]:
    done: SimpleQueue[tuple[Submission, Future]] = SimpleQueue()
    waiting = iter(submissions)

    def start(count: int) -> int:
        """Order so many more; how many there were."""
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
            yield submission, future.result

    return results(start(most))  # the processes begin now, before a gradebook is opened here
