"""When work was handed in, for the gradebook, and what is taken off if that was late."""

import math
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Float

from convolab.grading.desk import Desk, coursedir_of
from convolab.grading.gradebook.extensions import enter_extensions
from convolab.grading.intake.timestamps import handed_in
from convolab.problem import Problem

DAY = 24 * 60 * 60


class PerDay(LateSubmissionPlugin):
    """A share of the points for each day started after the due date."""

    share = Float(0.0, help="The share of the points taken off for each day.").tag(config=True)
    grace = Float(0.0, help="Minutes after the due date without a penalty.").tag(config=True)

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """The points to take off, None for none."""
        late = total_seconds_late - 60 * self.grace
        if late <= 0 or not self.share:
            return None
        return round(min(score, score * self.share * math.ceil(late / DAY)), 2)


class HandInTime(NbGraderPreprocessor):
    """One of nbgrader's `sanitize_preprocessors`: the gradebook holds the time in timestamp.txt
    and the student's extension.

    nbgrader has read the file by itself before: it guesses what an odd text may mean, and where
    the file is gone it keeps the time of the last run.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Enter the time, or none, and the extension.

        Raises:
            Problem: one of the files cannot be read, so this submission is not graded.
        """
        about, coursedir = resources["nbgrader"], coursedir_of(self)
        student, lesson = about["student"], about["assignment"]
        folder = Path(coursedir.format_path(coursedir.submitted_directory, student, lesson))
        moment, refused = None, None
        try:
            moment = handed_in(folder)
        except Problem as problem:
            refused = problem
        with Gradebook(about["db_url"]) as gradebook:
            gradebook.update_or_create_submission(lesson, student, timestamp=moment)
        enter_extensions(Desk(Path(coursedir.root), self.config).at(lesson), student)
        if refused:
            raise refused
        return nb, resources
