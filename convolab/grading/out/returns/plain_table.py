"""A plain table: one row a student, one column an exercise, with the mark by which Excel knows
UTF-8."""

from convolab.grading.out.returns.class_points import ClassPoints
from convolab.grading.out.returns.gradebook_file import GradebookFile, Wishes, score_cell
from convolab.grading.out.returns.sheet import Sheet, as_cell, as_csv
from convolab.grading.points_in_words import number
from convolab.problem import Problem

PLATFORM = "csv"
_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would compute what begins so


def gradebook(points: ClassPoints, source: Sheet | None, wishes: Wishes) -> GradebookFile:
    """The table. Where there are no points the cells are empty, and `status` says why.

    Raises:
        Problem: there is a source, which nothing says how to fill in.
    """
    if source is not None or wishes.scale or wishes.column:
        raise Problem(
            "--from, --column and --scale go with --to canvas or --to moodle: say which platform "
            "the file is from."
        )
    rows = [
        ["student_id", "last_name", "first_name", "email",
         *(f"{name} (of {number(worth)})" for name, worth in points.worth.items()),
         "late", f"score (of {number(points.max_score)})", "status", "note"]
    ]  # fmt: skip
    for student, result in points.results.items():
        person = result.person
        parts = [result.exercises.get(name) for name in points.worth]
        rows.append(
            [*map(text, (student, person.last, person.first, person.email)),
             *("" if part is None else as_cell(part) for part in parts),
             as_cell(-result.late) if result.late else "", score_cell(result), result.status,
             text(result.says)]
        )  # fmt: skip
    return GradebookFile(_MARK + as_csv(rows))


def text(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(_FORMULA) else words
