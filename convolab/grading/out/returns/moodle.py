"""Moodle's grading worksheet: the one that was downloaded, filled in, or one made from what was
collected.

Its import is mod/assign/feedback/offline/importgradeslib.php and locallib.php in moodle/moodle. It
looks for three columns by their names in the teacher's language ("Identifier", "Grade", "Last
modified (grade)"), takes the participant's number from the end of "Participant 812005", reads
UTF-8 with commas, passes over an empty grade and one above the maximum, reads a word as 0, and
passes over a row whose grade was changed in Moodle after "Last modified (grade)".
"""

import re

from convolab.grading.out.returns.class_points import FAILED, GRADED, ClassPoints
from convolab.grading.out.returns.gradebook_file import (
    GradebookFile,
    RowOwner,
    Rows,
    Wishes,
    factor,
    left_out,
    listed,
    score_cell,
)
from convolab.grading.out.returns.not_graded_page import for_students
from convolab.grading.out.returns.sheet import Sheet, as_csv, value_of
from convolab.grading.points_in_words import number
from convolab.problem import Problem

PLATFORM = "Moodle"
HEADER = (
    "Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade",
    "Grade can be changed", "Last modified (submission)", "Last modified (grade)",
    "Feedback comments",
)  # fmt: skip
_IDENTIFIER = re.compile(r"\D+?(?P<number>\d+)")
_COMMENTS = (
    "Feedback comments", "Feedback als Kommentar",  # codespell:ignore als
    "Comentarios de retroalimentación",
    "Feedback par commentaires",
)  # fmt: skip
_AGAIN = "download the worksheet again, or enter the points there."


def gradebook(points: ClassPoints, source: Sheet | None, wishes: Wishes) -> GradebookFile:
    """The file that "Upload grading worksheet" in Moodle takes.

    Args:
        source: what "Download grading worksheet" gave, in any language; None to begin with the
            numbers of those whose work was collected from Moodle.

    Raises:
        Problem: the source is not such a worksheet, or nothing says who Moodle's participants are.
    """
    return _filled(points, source, wishes) if source else _made(points)


def _filled(points: ClassPoints, sheet: Sheet, wishes: Wishes) -> GradebookFile:
    at, maximum = _columns(sheet)
    worths = {worth for row in sheet.rows if (worth := value_of(row[maximum])) is not None}
    worth, like = max(worths, default=None), sheet.rows[0][maximum]
    times = factor(points, worth, "Moodle", wishes)
    about = at if sheet.header[at - 1] == "Full name" else at - 1  # what is between is the status
    owners = [_owner(row, about) for row in sheet.rows]
    rows = Rows(sheet, owners, points, PLATFORM)
    comments, changeable = sheet.place(*_COMMENTS), sheet.place("Grade can be changed")
    capped, locked = [], []
    for place, student in rows.students.items():
        result, row = points.results[student], sheet.rows[place]
        if result.status == GRADED:
            if changeable is not None and row[changeable].strip().lower() == "no":
                locked.append(result.name)
            if worth is not None and (result.score or 0) * times > worth + 0.005:
                capped.append(f"{result.name} ({score_cell(result, times)})")
                row[at] = row[maximum]
            else:
                row[at] = score_cell(result, times, like)
        elif result.status == FAILED and comments is not None and not row[comments].strip():
            row[comments] = for_students(result.says)
    missing = rows.missing()
    notes = [*rows.notes, *left_out(missing, points, sheet.name, _AGAIN)]
    notes += _told(capped, worth or 0)
    if locked:
        notes.append(
            "Moodle says that these grades cannot be changed there and will pass over "
            f"{listed(locked, most=len(locked))}: unlock them in Moodle's gradebook first."
        )
    called = {who: (owners[row].name, owners[row].number) for row, who in rows.students.items()}
    text = as_csv([sheet.header, *sheet.rows])  # always with commas, whatever a spreadsheet made
    return GradebookFile(text, notes, [one.person.id for one in missing], called)


def _told(capped: list[str], most: float) -> list[str]:
    """Who has more than Moodle takes, which passes over such a row without a word."""
    if not capped:
        return []
    return [
        f"Moodle takes {number(most)} points at most, so the file has {number(most)} for "
        f"{listed(capped, most=len(capped))}."
    ]


def _columns(sheet: Sheet) -> tuple[int, int]:
    """Where the grade and its maximum are, by their names or, in another language, by what they
    hold: the maximum is the same positive number in each row, and the grade is left of it.

    Raises:
        Problem: it is not a worksheet.
    """
    if not sheet.rows or not all(_IDENTIFIER.fullmatch(row[0].strip()) for row in sheet.rows):
        begins = sheet.rows[0][0] if sheet.rows else "nothing"
        raise Problem(
            f"{sheet.name} is not a grading worksheet of Moodle: its first column should hold "
            f"'Participant 812005' and the like, and holds '{begins}'. In Moodle, the assignment's "
            "Submissions, Download grading worksheet gives it."
        )
    named = sheet.place("Grade"), sheet.place("Maximum Grade")
    if None not in named:
        return named
    if "Scale" in sheet.header:
        raise Problem(
            f"{sheet.name} grades by a scale of words, which points cannot be: let the assignment "
            "be worth points in Moodle, then download the worksheet again."
        )
    for place in range(2, len(sheet.header)):
        held = {value_of(row[place]) for row in sheet.rows}
        left = [row[place - 1].strip() for row in sheet.rows]
        if len(held) == 1 and (next(iter(held)) or 0) > 0 and all(map(_is_grade, left)):
            return place - 1, place
    raise Problem(
        f"{sheet.name} has no column that is surely the grade's: download the worksheet again with "
        "Moodle in English. Nothing was written."
    )


def _is_grade(cell: str) -> bool:
    return cell in ("", "-") or value_of(cell) is not None


def _owner(row: list[str], end: int) -> RowOwner:
    """Who a row belongs to: its first columns say it, which ones depends on Moodle's settings."""
    about = [cell.strip() for cell in row[1:end]]
    found = _IDENTIFIER.fullmatch(row[0].strip())
    keys = [cell for cell in about if "@" in cell] + [cell for cell in about[1:] if "@" not in cell]
    name = about[0] if about and "@" not in about[0] else ""
    return RowOwner(name or row[0], found["number"], tuple(keys))


def _made(points: ClassPoints) -> GradebookFile:
    rows, missing, capped, called = [list(HEADER)], [], [], {}
    for student, result in points.results.items():
        there = points.from_platform(student, PLATFORM)
        if there is None or not there.number:
            missing += [result] if result.status == GRADED else []
            continue
        called[student] = there.name, there.number
        score, most = score_cell(result), number(points.max_score)
        if result.score is not None and result.score > points.max_score:
            capped.append(f"{result.name} ({score})")
            score = most
        comment = for_students(result.says) if result.status == FAILED else ""
        rows.append(
            [f"Participant {there.number}", there.name, result.person.email, "", score, most, "Yes",
             "", "", comment]
        )  # fmt: skip
    if len(rows) == 1:
        raise Problem(
            "Nothing here was collected from Moodle, so nothing says which participant is who: in "
            "Moodle, the assignment's Submissions, Download grading worksheet, and name that file "
            "with --from."
        )
    notes = [
        "The file is for a Moodle in English, and for an assignment in which nobody has a grade "
        "yet. The worksheet that you download there, named with --from, is safer."
    ]
    notes += _told(capped, points.max_score)
    way_out = "name the downloaded worksheet with --from."
    notes += left_out(missing, points, "what was collected from Moodle", way_out)
    return GradebookFile(as_csv(rows), notes, [one.person.id for one in missing], called)
