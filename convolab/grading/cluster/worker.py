"""What a worker of the cluster does: prepare for a lesson, run its submissions."""

from collections import OrderedDict
from threading import Lock

from convolab.grading.faults import Fault, or_fault
from convolab.grading.run.dependencies import version
from convolab.grading.run.job import Job, Opened
from convolab.grading.run.pool import Autograded
from convolab.grading.sandbox.bubblewrap import missing
from convolab.grading.sandbox.launcher import launcher_for
from convolab.grading.temporary import sweep
from convolab.problem import Problem

MOST_OPEN = 8  # lessons that a worker keeps open

_open: OrderedDict[str, Opened] = OrderedDict()
_lock = Lock()


def prepare(job_text: str, wanted: str) -> str | None:
    """Open a lesson, so that its submissions can be run here.

    Args:
        job_text: the lesson, as JSON.
        wanted: the version of the graders that the course sending it has.

    Returns:
        Why it cannot be graded here, in a sentence; None if it can.
    """
    if version() != wanted:
        return f"it has {version()}, but {wanted} is needed: install the same copy of the course."
    job = Job.from_json(job_text)
    if job.how.sandboxed and (reason := missing()):
        return reason
    sweep()  # what a killed worker left: there may only ever be workers on this machine
    try:
        launcher_for(job.how.sandboxed)
        opened = Opened(job)
    except Problem as problem:
        return str(problem)
    with _lock:
        _open[job.how.standard] = opened
        while len(_open) > MOST_OPEN:
            _open.popitem(last=False)[1].close()
    return None


def run(standard: str, notebook: bytes, files: list[tuple[str, bytes]]) -> Autograded | Fault:
    """Run a submission of a lesson that this worker was prepared for: see `Opened.run`."""
    return or_fault(_open[standard].run, notebook, files)
