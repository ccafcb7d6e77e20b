"""What is known about a class before anything runs: who is graded, and has not changed since."""

from convolab.grading.class_result import ClassResult, SubmissionResult, with_problem
from convolab.grading.desk import LessonDesk
from convolab.grading.faults import Faults
from convolab.grading.gradebook import gradebook
from convolab.grading.gradebook.extensions import all_extensions
from convolab.grading.intake.submissions import Submission
from convolab.grading.intake.timestamps import handed_in
from convolab.grading.points_in_words import number
from convolab.grading.run import records


class KnownResults:
    """What the gradebook and the records hold about a lesson.

    Args:
        standard: the hash of what is graded against.
        force: whether everybody is graded again, whatever is known.

    Attributes:
        fingerprints: by student, of what was handed in, before any of it is read to be run: what
            changes in the meantime has another one, and is graded again the next time.
        complete: what the gradebook holds of whoever was graded before, by student.
        own: by student, what that one's grade alone depends on: "files", "time", "extension".
    """

    def __init__(self, desk: LessonDesk, standard: str, force: bool):
        self._desk, self._standard = desk, standard
        self._standings = gradebook.standings(desk)
        self.complete = gradebook.complete(desk, self._standings)
        self._done = {} if force else self.complete
        self._extensions = all_extensions(desk)
        self.fingerprints: dict[str, str] = {}
        self.own: dict[str, dict[str, str]] = {}

    def todo(
        self,
        submissions: list[Submission],
        points: dict[str, float],
        graded: ClassResult,
        faults: Faults,
    ) -> list[Submission]:
        """The submissions that must be run; what is known about the others goes into `graded`."""
        todo = []
        for submission in submissions:
            with faults.of(submission.student):
                known = self._outcome(submission, points)
                graded.outcomes[submission.student] = known
                if known is None:
                    todo.append(submission)
        return todo

    def _outcome(self, submission: Submission, points: dict[str, float]) -> SubmissionResult | None:
        """What is known about a submission without running it; None if it must be run."""
        student = submission.student
        if submission.problem is not None:
            return with_problem(points, submission.problem)
        extension = self._extensions.get(student)
        fingerprint = records.fingerprint(submission, self._standard, extension)
        self.fingerprints[student] = fingerprint
        self.own[student] = {
            "files": submission.work(),
            "time": str(handed_in(submission.folder) or ""),
            "extension": str(extension or ""),
        }
        record = records.load(self._desk, student)
        done = self._done.get(student)
        if not done or not record or record.fingerprint != fingerprint:
            return None
        if not done.agrees(record.verdicts):
            return None
        return SubmissionResult(record.verdicts, fresh=False, notes=record.notes)

    def notes(self, graded: ClassResult) -> list[str]:
        """What a teacher should know about single students, in sentences."""
        found = [
            f"{student}: {note}"
            for student, outcome in graded.outcomes.items()
            for note in outcome.notes
        ]
        for student, outcome in graded.outcomes.items():
            before = self._standings.get(student)
            if outcome.problem and before and None not in before.auto_scores.values():
                found.append(
                    f"{student}: the gradebook still holds {number(before.score)} points from an "
                    "earlier grading, which this one did not replace."
                )
        return found
