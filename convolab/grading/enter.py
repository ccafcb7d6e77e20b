"""Enters results into the gradebook as they come, in batches.

A batch is in the gradebook as a whole or not at all. What was run is kept in files until then, so
that a grader which is killed loses no run, and nobody is taken for graded who is not.
"""

import time
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool

from convolab.grading import gradebook, records
from convolab.grading.ahead import Autograded, GivenUp, run_here
from convolab.grading.batch import Writer
from convolab.grading.converters import autograde
from convolab.grading.desk import Desk
from convolab.grading.finish import is_known
from convolab.grading.outcomes import Outcome, with_problem
from convolab.grading.submissions import Submission
from convolab.grading.verdict import Verdict, read, ungraded

MOST = 32  # submissions in a batch
SECONDS = 2.0  # after which a batch is entered, full or not


class Entering:
    """The last step of grading a class; close it at the end.

    Args:
        against: the hash of what is graded against.
        points: what each exercise is worth.
        say: told of each submission that is in the gradebook, or cannot be.
    """

    def __init__(
        self,
        desk: Desk,
        lesson: str,
        against: str,
        points: dict[str, float],
        say: Callable[[str, Outcome], None],
    ):
        self._desk, self._lesson, self._against = desk, lesson, against
        self._points, self._say = points, say
        self._known = is_known(desk)
        self._writer = Writer(desk, lesson)
        self._batch: list[tuple[Submission, Autograded]] = []
        self._since = time.monotonic()

    def take(self, submission: Submission, came: Callable[[], Autograded]) -> None:
        """Take a submission that was run."""
        try:
            result = self._came(submission, came) if self._known else None
        except GivenUp as why:
            self._say(submission.student, with_problem(self._points, str(why)))
            return
        if result is None:
            self._by_nbgrader(submission)
            return
        if not self._batch:
            self._since = time.monotonic()
        self._batch.append((submission, result))
        if len(self._batch) >= MOST or time.monotonic() - self._since > SECONDS:
            self.enter()

    def _came(self, submission: Submission, came: Callable[[], Autograded]) -> Autograded | None:
        """What came of a submission; None if something went wrong with it."""
        try:
            return came()
        except BrokenProcessPool:  # it was the worker, which may have done no work at all
            return self._came(submission, lambda: run_here(submission.folder))
        except GivenUp:
            raise
        except Exception:  # nbgrader's converter, which runs it once more, says what it is
            return None

    def enter(self) -> None:
        """Enter all that was taken.

        Raises:
            Problem: the gradebook cannot be written.
        """
        batch, self._batch = self._batch, []
        if not batch:
            return
        for submission, _ in batch:
            records.forget(self._desk, self._lesson, submission.student)
        self._writer.write({submission.student: came.text for submission, came in batch})
        for submission, came in batch:
            self._keep(submission, came.verdicts, came.seconds)

    def _by_nbgrader(self, submission: Submission) -> None:
        """Let nbgrader's own converter grade it, or say why it cannot."""
        desk, lesson, student = self._desk, self._lesson, submission.student
        records.forget(desk, lesson, student)
        failure = autograde(desk, lesson, student)
        if failure is not None:
            gradebook.remove_unfinished(desk, lesson, student)
            says = f"nbgrader could not grade it ({failure})."
            self._say(student, with_problem(self._points, says))
            return
        self._keep(submission, read(gradebook.autograded(desk, lesson, student)))

    def _keep(
        self, submission: Submission, said: dict[str, Verdict], seconds: float | None = None
    ) -> None:
        """Note what a submission that is in the gradebook was graded against."""
        verdicts = {name: said.get(name) or ungraded(worth) for name, worth in self._points.items()}
        fingerprint = records.fingerprint(submission, self._against)
        record = records.Record(fingerprint, verdicts, seconds)
        records.save(self._desk, self._lesson, submission.student, record)
        self._say(submission.student, Outcome(verdicts))

    def close(self) -> None:
        """Let go of the gradebook."""
        self._writer.close()
