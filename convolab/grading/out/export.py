"""`nbgrader export`: the grades as a table, in a folder that git ignores."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from nbgrader.api import Assignment, Gradebook, MissingEntry, Student
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import ExportPlugin

from convolab.files import write_whole
from convolab.grading.desk import Desk
from convolab.grading.faults import Faults
from convolab.grading.gradebook.standing import ClassStandings, Standing, public_names
from convolab.grading.points_in_words import number

COLUMNS = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score",
    "points_so_far", "points_not_graded", "by_hand",
)  # fmt: skip
NOTHING = {
    "timestamp": "",
    "raw_score": 0.0,
    "late_submission_penalty": 0.0,
    "score": 0.0,
    "points_so_far": 0.0,
    "points_not_graded": 0.0,
    "by_hand": "",
}


class GradesCsv(ExportPlugin):
    """The columns of nbgrader's CSV export and three more, one row a student and lesson.

    nbgrader's own puts no quotes around a name with a comma in it, writes in whatever encoding the
    computer has, makes no folder, and counts an answer that nobody has read as 0. Here the score is
    empty until everything is graded; `points_so_far` and `points_not_graded` say how far grading
    is, and `by_hand` what a teacher gave for each answer, with the comment. A student whose entries
    in the gradebook cannot be read gets a row without points.
    """

    def export(self, gradebook: Gradebook) -> None:
        """Write the table to `to`."""
        path = Path(self.to or "grades.csv")
        self.log.info("Exporting grades to %s", path)
        rows = list(self._rows(gradebook))
        text = io.StringIO()
        table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
        write_whole(path, text.getvalue())
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
            standings = [ClassStandings(gradebook, of) for of in assignment.notebooks]
            faults = Faults(self._desk().at(assignment.name), self._cannot_be_read)
            for student in gradebook.students:
                if not self.student or student.id in map(str, self.student):
                    points = dict.fromkeys(NOTHING, "")
                    with faults.of(student.id):
                        points = self._points(gradebook, assignment, student, standings)
                    yield _about(assignment, student) | points

    def _desk(self) -> Desk:
        return Desk(Path(CourseDirectory(config=self.config).root), self.config)

    def _cannot_be_read(self, student: str, problem: str) -> None:
        self.log.error("%s has a row without points: %s", student, problem)

    def _points(
        self,
        gradebook: Gradebook,
        assignment: Assignment,
        student: Student,
        standings: list[ClassStandings],
    ) -> dict:
        """The entries that depend on the gradebook.

        Raises:
            ValueError: the gradebook has entries that cannot be read.
        """
        try:
            submission = gradebook.find_submission(assignment.name, student.id)
        except MissingEntry:
            if self._has_handed_in(assignment, student):
                return NOTHING | _not_yet(0.0, assignment.max_score)
            return NOTHING  # no points without a submission
        cells = [cell for of_notebook in standings for cell in of_notebook.of(student.id)]
        so_far = round(sum(cell.score for cell in cells), 2)
        penalty = submission.late_submission_penalty
        known = {
            "timestamp": submission.timestamp,
            "late_submission_penalty": penalty,
            "by_hand": by_hand(cells),
        }
        waiting = sum(standing.cell.max_score for standing in cells if not standing.is_graded)
        if waiting:
            return NOTHING | known | _not_yet(so_far, round(waiting, 2))
        return (
            NOTHING
            | known
            | {
                "raw_score": submission.score,
                "score": max(0.0, submission.score - penalty),
                "points_so_far": so_far,
            }
        )

    def _has_handed_in(self, assignment: Assignment, student: Student) -> bool:
        """Whether there is work of theirs on the desk that could not be graded, or was not yet."""
        course = self._desk().coursedir()
        folder = course.format_path(course.submitted_directory, student.id, assignment.name)
        return Path(folder).is_dir()


def by_hand(standings: Iterable[Standing]) -> str:
    """What a teacher gave and wrote: "essay 2 of 3 (Say which way.), sketch – of 2"."""
    standings = list(standings)
    names = public_names(standing.cell for standing in standings)
    told = []
    for one in standings:
        if one.cell.by_hand or one.by_teacher or one.comment:
            points = number(one.score) if one.is_graded else "–"
            comment = f" ({' '.join(one.comment.split())})" if one.comment else ""
            told.append(f"{names[one.cell.name]} {points} of {number(one.cell.max_score)}{comment}")
    return ", ".join(told)


def _about(assignment: Assignment, student: Student) -> dict:
    """The entries of a row that are known of everybody."""
    return {
        "assignment": assignment.name,
        "duedate": assignment.duedate,
        "student_id": student.id,
        "last_name": student.last_name,
        "first_name": student.first_name,
        "email": student.email,
        "max_score": assignment.max_score,
    }


def _not_yet(so_far: float, waiting: float) -> dict:
    """The entries of a row in which something is not graded yet: no score, which 0 would be."""
    return {
        "raw_score": "",
        "score": "",
        "points_so_far": so_far,
        "points_not_graded": waiting,
    }
