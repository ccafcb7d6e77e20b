"""Runs of a class from a cluster, as `pool.running` gives those of this machine."""

from collections.abc import Callable, Iterator

from convolab.grading.cluster.client import Cluster, Sent
from convolab.grading.desk import Desk
from convolab.grading.intake.submissions import Submission
from convolab.grading.run.job import job_of
from convolab.grading.run.pool import Result
from convolab.grading.run.run_hook import RunSubmission, beside
from convolab.grading.sandbox.limits import MIB


def running_on(
    address: str,
    desk: Desk,
    lesson: str,
    submissions: list[Submission],
    say: Callable[[str], None],
) -> Iterator[Result]:
    """Run submissions on the cluster of a scheduler.

    Args:
        address: the scheduler's, for instance "tcp://10.0.0.1:8786".
        say: told in sentences what goes on there.

    Yields:
        The submissions as they are done, each with what came of it.

    Raises:
        Problem: no scheduler answers, no worker may grade, or the desk's settings cannot be sent.
    """
    runner = RunSubmission(config=desk.config)
    limits, notebook = runner.limits, f"{lesson}.ipynb"
    job = job_of(desk, lesson, runner.seed, runner.standard, limits, runner.sandbox)

    def content(submission: Submission) -> Sent[Submission]:
        files = beside(submission.folder, notebook, limits.files * MIB)
        return Sent(
            submission,
            (submission.folder / notebook).read_bytes(),
            [(name, data.tobytes()) for name, data in files],
        )

    for back in Cluster(address, job, say).run(submissions, content):
        yield back.key, back.came
