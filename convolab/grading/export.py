"""`nbgrader export`: the grades as a table, in a folder that git ignores."""

import csv
from collections.abc import Iterator
from pathlib import Path

from nbgrader.api import Assignment, Gradebook, MissingEntry, Student
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import ExportPlugin

from convolab.grading.standing import Standing, of_notebook

COLUMNS = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score",
    "points_so_far", "points_not_graded",
)  # fmt: skip


class GradesCsv(ExportPlugin):
    """The columns of nbgrader's CSV export and two more, one row a student and lesson.

    nbgrader's own puts no quotes around a name with a comma in it, writes in whatever encoding the
    computer has, makes no folder, and counts an answer that nobody has read as 0. Here the score is
    empty until everything is graded; `points_so_far` and `points_not_graded` say how far it is.
    """

    def export(self, gradebook: Gradebook) -> None:
        """Write the table to `to`."""
        path = Path(self.to or "grades.csv")
        path.parent.mkdir(parents=True, exist_ok=True)
        self.log.info("Exporting grades to %s", path)
        rows = list(self._rows(gradebook))
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            table.writeheader()
            table.writerows(rows)
        if waiting := sum(1 for row in rows if row["points_not_graded"]):
            self.log.warning(
                "%d of %d scores are empty because something is not graded yet: see the column "
                "points_not_graded, and grade it in formgrader",
                waiting,
                len(rows),
            )

    def _rows(self, gradebook: Gradebook) -> Iterator[dict]:
        for assignment in gradebook.assignments:
            if self.assignment and assignment.name not in map(str, self.assignment):
                continue
            standings = _standings(gradebook, assignment)
            for student in gradebook.students:
                if not self.student or student.id in map(str, self.student):
                    yield self._row(gradebook, assignment, student, standings.get(student.id, []))

    def _row(
        self,
        gradebook: Gradebook,
        assignment: Assignment,
        student: Student,
        standings: list[Standing],
    ) -> dict:
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
            "points_so_far": 0.0,
            "points_not_graded": 0.0,
        }
        try:
            submission = gradebook.find_submission(assignment.name, student.id)
        except MissingEntry:
            if self._has_handed_in(assignment, student):
                row |= _not_yet(0.0, assignment.max_score)
            return row  # who handed in nothing has no points
        row["timestamp"] = submission.timestamp
        so_far = round(sum(standing.score for standing in standings), 2)
        penalty = submission.late_submission_penalty
        row["late_submission_penalty"] = penalty
        waiting = sum(s.cell.max_score for s in standings if not s.is_graded)
        if waiting:
            return row | _not_yet(so_far, round(waiting, 2))
        row["raw_score"] = submission.score
        row["score"] = max(0.0, submission.score - penalty)
        row["points_so_far"] = so_far
        return row

    def _has_handed_in(self, assignment: Assignment, student: Student) -> bool:
        """Whether there is work of theirs on the desk that could not be graded, or was not yet."""
        course = CourseDirectory(config=self.config)
        folder = course.format_path(course.submitted_directory, student.id, assignment.name)
        return Path(folder).is_dir()


def _standings(gradebook: Gradebook, assignment: Assignment) -> dict[str, list[Standing]]:
    """Of each student all graded cells of a lesson, whose notebooks may be several."""
    found: dict[str, list[Standing]] = {}
    for notebook in assignment.notebooks:
        for student, standings in of_notebook(gradebook, notebook).items():
            found.setdefault(student, []).extend(standings)
    return found


def _not_yet(so_far: float, waiting: float) -> dict:
    """The entries of a row in which something is not graded yet: no score, which 0 would be."""
    return {
        "raw_score": "",
        "score": "",
        "points_so_far": so_far,
        "points_not_graded": waiting,
    }
