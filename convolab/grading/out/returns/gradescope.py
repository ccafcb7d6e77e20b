"""Gradescope's columns. It imports lists of students, not grades, so this is a table to work with.

The columns are those of its "Download Grades" for one assignment: First Name, Last Name, SID,
Email, Sections, Total Score, Max Points, Status, and one for each question, "1: name (3.0 pts)".
What its roster takes in is in its guide "Adding students and staff" (help.gradescope.com).
"""

from convolab.grading.out.returns.class_points import GRADED, NOTHING, ClassPoints
from convolab.grading.out.returns.gradebook_file import GradebookFile, Wishes, score_cell
from convolab.grading.out.returns.sheet import Sheet, as_cell, as_csv
from convolab.grading.points_in_words import number
from convolab.problem import Problem

PLATFORM = "Gradescope"


def gradebook(points: ClassPoints, source: Sheet | None, wishes: Wishes) -> GradebookFile:
    """The points in the columns that Gradescope's own download has.

    Raises:
        Problem: there is a source to fill in, which Gradescope would not take back.
    """
    if source is not None or wishes.scale:
        raise Problem(
            "Gradescope imports no grades, so there is nothing to fill in: leave out --from and "
            "--scale."
        )
    questions = [
        f"{count}: {name} ({worth:.1f} pts)"
        for count, (name, worth) in enumerate(points.worth.items(), 1)
    ]
    rows = [
        ["First Name", "Last Name", "SID", "Email", "Sections", "Total Score", "Max Points",
         "Status", *questions]
    ]  # fmt: skip
    for student, result in points.results.items():
        person, there = result.person, points.from_platform(student, PLATFORM)
        first, last = person.first, person.last
        if not (first or last) and there:
            first, _, last = there.name.rpartition(" ")
        sid = there.number if there and there.number else person.id
        status = {GRADED: "Graded", NOTHING: "Missing"}.get(result.status, "Ungraded")
        parts = [result.exercises.get(name) for name in points.worth]
        rows.append(
            [first, last, sid, person.email, "", score_cell(result), number(points.max_score),
             status, *("" if part is None else as_cell(part) for part in parts)]
        )  # fmt: skip
    notes = [
        "Gradescope imports lists of students, not grades: this table has the columns of its own "
        "download, for whatever reads those."
    ]
    return GradebookFile(as_csv(rows), notes)
