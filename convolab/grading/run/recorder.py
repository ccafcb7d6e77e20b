"""Enters results into the gradebook as they come, in batches.

A batch goes into the gradebook as a whole or not at all. Runs are kept in files until then, so that
a killed grader loses none, and a student counts as graded only if the grades are in the gradebook.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from convolab.grading.class_result import SubmissionResult
from convolab.grading.desk import LessonDesk
from convolab.grading.exercise_result import read, ungraded
from convolab.grading.faults import Fault, Faults, concerns_everybody
from convolab.grading.gradebook import gradebook
from convolab.grading.gradebook.batch_writer import Writer
from convolab.grading.gradebook.converters import autograde
from convolab.grading.intake.submissions import Submission
from convolab.grading.run import records
from convolab.grading.run.grading_run import GradingRun
from convolab.grading.run.pipeline import is_known
from convolab.grading.run.pool import Autograded
from convolab.grading.run.run_hook import with_run
from convolab.problem import Problem

MOST = 32  # submissions in a batch
SECONDS = 2.0  # after which a batch is entered, full or not


class Recorder:
    """The last step of grading a class; close it at the end.

    Args:
        how: how submissions are run.
        fingerprints: by student, of what is graded.
        points: what each exercise is worth.
        say: told about each submission that is in the gradebook.
        faults: told about each that cannot be.
    """

    def __init__(
        self,
        desk: LessonDesk,
        how: GradingRun,
        fingerprints: Mapping[str, str],
        points: dict[str, float],
        say: Callable[[str, SubmissionResult], None],
        faults: Faults,
    ):
        self._desk, self._how, self._fingerprints = desk, how, fingerprints
        self._points, self._say, self._faults = points, say, faults
        self._known = is_known(desk)
        self._writer = Writer(desk)
        self._batch: list[tuple[Submission, Autograded]] = []
        self._since = time.monotonic()

    def take(self, submission: Submission, came: Autograded | Fault) -> None:
        """Take a submission that was run."""
        if not self._known:
            with self._faults.of(submission.student):
                self._by_nbgrader(submission)
            return
        if isinstance(came, Fault):
            self._faults.say(submission.student, came)
            return
        if not self._batch:
            self._since = time.monotonic()
        self._batch.append((submission, came))
        if len(self._batch) >= MOST or time.monotonic() - self._since > SECONDS:
            self.enter()

    def enter(self) -> None:
        """Enter all that was taken.

        Raises:
            Problem: the gradebook cannot be written.
        """
        batch, self._batch = self._batch, []
        if not batch:
            return
        try:
            self._enter(batch)
        except Exception as error:
            if concerns_everybody(error):
                raise
            for one in batch:  # alone, so that the one that fails is found and the others are in
                with self._faults.of(one[0].student):
                    self._enter([one])

    def _enter(self, batch: list[tuple[Submission, Autograded]]) -> None:
        for submission, _ in batch:
            records.forget(self._desk, submission.student)
        self._writer.write({submission.student: came.text for submission, came in batch})
        for submission, came in batch:
            self._keep(submission, came)

    def _by_nbgrader(self, submission: Submission) -> None:
        """Let nbgrader's own converter grade it.

        Raises:
            Problem: it cannot; says why.
        """
        desk, student = self._desk, submission.student
        records.forget(desk, student)
        as_here = replace(desk, config=with_run(desk.config, self._how))
        failure = autograde(as_here, student)
        if failure is not None:
            gradebook.remove_unfinished(desk, student)
            raise Problem(f"nbgrader could not grade it ({failure}).")
        self._keep(submission, Autograded("", read(desk.read_autograded(student))))

    def _keep(self, submission: Submission, came: Autograded) -> None:
        """Note what a submission that is in the gradebook was graded against."""
        student, said = submission.student, came.verdicts
        verdicts = {name: said.get(name) or ungraded(worth) for name, worth in self._points.items()}
        fingerprint = self._fingerprints[student]
        record = records.Record(fingerprint, verdicts, came.seconds, came.notes)
        records.save(self._desk, student, record)
        self._say(student, SubmissionResult(verdicts, notes=came.notes))

    def close(self) -> None:
        """Close the gradebook."""
        self._writer.close()
