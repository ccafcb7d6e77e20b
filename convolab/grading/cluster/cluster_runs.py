"""Runs of a class from a cluster, as `pool.running` gives those of this machine."""

from collections.abc import Callable, Iterator

from convolab.grading.cluster.client import Cluster, Sent
from convolab.grading.desk import LessonDesk
from convolab.grading.intake.submissions import Submission
from convolab.grading.run.grading_run import GradingRun
from convolab.grading.run.job import job_of
from convolab.grading.run.pool import Result
from convolab.grading.run.run_submission import beside


def running_on(
    address: str,
    desk: LessonDesk,
    how: GradingRun,
    submissions: list[Submission],
    say: Callable[[str], None],
) -> Iterator[Result]:
    """Run submissions on the cluster of a scheduler.

    Args:
        address: the scheduler's, for instance "tcp://10.0.0.1:8786".
        say: told in sentences what goes on there.

    Yields:
        The submissions as they finish, each with its result.

    Raises:
        Problem: no scheduler answers, no worker may grade, or the desk's settings cannot be sent.
    """
    job, notebook = job_of(desk, how), desk.file_name

    def content(submission: Submission) -> Sent[Submission]:
        files = beside(submission.folder, notebook, how.limits.files)
        return Sent(
            submission,
            (submission.folder / notebook).read_bytes(),
            [(name, data.tobytes()) for name, data in files],
        )

    for back in Cluster(address, job, say).run(submissions, content):
        yield back.key, back.came
