"""Runs submissions ahead of the gradebook's writer, in several processes.

Each worker mends a submission, runs it and keeps the outcome in a file; the one process that writes
into the gradebook finds it there. A worker that fails leaves nothing: the writer runs that
submission itself and sees what is wrong.
"""

import ctypes
import multiprocessing
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import nbformat

from convolab.grading import runs
from convolab.grading.cases import draw
from convolab.grading.desk import Desk
from convolab.grading.execute import RunSubmission
from convolab.grading.mend import Named, named_cells, prepare
from convolab.grading.split.box import the_box
from convolab.grading.submissions import Submission

_SET_PDEATHSIG = 1
_job: "Job | None" = None


class Job:
    """What every worker knows of the lesson; it comes to them with the fork."""

    def __init__(self, desk: Desk, lesson: str, runner: RunSubmission):
        self.desk, self.lesson, self.runner = desk, lesson, runner
        self.master = nbformat.read(desk.master(lesson), as_version=4)
        with desk.gradebook() as gradebook:
            self.named: dict[str, Named] = named_cells(self.master, gradebook, lesson)

    def run(self, folder: Path) -> bool:
        """Run one submission and keep what came of it; False if it was kept already."""
        notebook = nbformat.read(folder / f"{self.lesson}.ipynb", as_version=4)
        prepare(notebook, self.master, self.named)
        name = self.runner.run(notebook, self.desk.course, self.lesson, folder)
        if name is not None:
            runs.save(Path(self.runner.kept), name, runs.outputs(notebook))
        return name is not None


def _begin() -> None:
    """A worker ends with the process that it works for, and leaves Ctrl+C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _run(folder: Path) -> bool:
    return _job.run(folder)


@contextmanager
def running(
    desk: Desk, lesson: str, submissions: list[Submission], jobs: int
) -> Iterator[dict[str, Future]]:
    """Run submissions in so many processes, in their order: a future of each, by student."""
    global _job
    runner = RunSubmission(config=desk.config)
    draw(desk.course, lesson, runner.seed)
    the_box(runner.sandbox)  # one warm process for all workers
    _job = Job(desk, lesson, runner)
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)
    try:
        yield {s.student: pool.submit(_run, s.folder) for s in submissions}
    finally:
        pool.shutdown(cancel_futures=True)
        _job = None
