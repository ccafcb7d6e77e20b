"""`nbgrader export`: the grades as a table, in a folder that git ignores."""

import csv
from collections.abc import Iterator
from pathlib import Path

from nbgrader.api import Assignment, Gradebook, MissingEntry, Student
from nbgrader.plugins import ExportPlugin

COLUMNS = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score",
)  # fmt: skip


class GradesCsv(ExportPlugin):
    """The columns of nbgrader's CSV export, one row a student and lesson.

    nbgrader's own puts no quotes around a name with a comma in it, writes in whatever encoding the
    computer has, and makes no folder.
    """

    def export(self, gradebook: Gradebook) -> None:
        """Write the table to `to`."""
        path = Path(self.to or "grades.csv")
        path.parent.mkdir(parents=True, exist_ok=True)
        self.log.info("Exporting grades to %s", path)
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            table.writeheader()
            table.writerows(self._rows(gradebook))

    def _rows(self, gradebook: Gradebook) -> Iterator[dict]:
        for assignment in gradebook.assignments:
            for student in gradebook.students:
                wanted = not self.assignment or assignment.name in map(str, self.assignment)
                if wanted and (not self.student or student.id in map(str, self.student)):
                    yield _row(gradebook, assignment, student)


def _row(gradebook: Gradebook, assignment: Assignment, student: Student) -> dict:
    row = {
        "assignment": assignment.name,
        "duedate": assignment.duedate,
        "timestamp": "",
        "student_id": student.id,
        "last_name": student.last_name,
        "first_name": student.first_name,
        "email": student.email,
        "raw_score": 0.0,
        "late_submission_penalty": 0.0,
        "score": 0.0,
        "max_score": assignment.max_score,
    }
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:  # who handed in nothing has no points
        return row
    penalty = submission.late_submission_penalty
    row["timestamp"] = submission.timestamp
    row["raw_score"], row["late_submission_penalty"] = submission.score, penalty
    row["score"] = max(0.0, submission.score - penalty)
    return row
