"""The teacher's list of extensions: autograde/extensions.csv, one line for a student and a lesson.

It is a table, as the roster is, because a teacher reads and edits it in a spreadsheet beside the
list of the class; columns of their own (a reason, say) stay. nbgrader's gradebook can only hold an
extension for work that is there already, and forgets it with the submission.
"""

import csv
import datetime
import io
import math
from dataclasses import dataclass, field
from pathlib import Path

from convolab.files import write_whole
from convolab.grading.desk import Desk
from convolab.grading.intake.timestamps import zoned_moment
from convolab.problem import Problem

COLUMNS = ("student", "lesson", "days", "until")
MOST_DAYS = 1000
_MARK = "\ufeff"
WRITE_IT_AS = 'write it with its zone, as "2026-12-04 18:00 Europe/Berlin"'


@dataclass(frozen=True)
class Extension:
    """More time for one student and one lesson: either of the two is given.

    Attributes:
        student: the id.
        lesson: its id, or its number.
        days: after the due date, wherever that is moved to.
        until: the moment as the teacher wrote it.
        line: of the file; 0 if it is not in the file yet.
    """

    student: str
    lesson: str
    days: float | None = None
    until: str = ""
    line: int = 0

    def beyond(self, due: datetime.datetime | None) -> datetime.timedelta:
        """The time beyond the due date; none where there is no due date, or a later one."""
        if due is None:
            return datetime.timedelta(0)
        if self.days is not None:
            return datetime.timedelta(days=self.days)
        return max(zoned_moment(self.until) - due, datetime.timedelta(0))

    def is_for(self, lesson: str) -> bool:
        """Whether it is for the lesson of this id. A spreadsheet makes 1 of 01."""
        number = lesson.split("_")[0]
        return self.lesson in (lesson, number, number.lstrip("0") or "0")


@dataclass
class ExtensionsFile:
    """The file as it is read, so that it can be written again with whatever else is in it."""

    path: Path
    columns: list[str] = field(default_factory=lambda: list(COLUMNS))
    rows: list[dict[str, str]] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    separator: str = ","
    mark: str = ""  # by which Excel knows UTF-8; without it, it misreads an é in a teacher's column

    def of_lesson(self, lesson: str) -> dict[str, Extension]:
        """The extensions for a lesson, by student.

        Raises:
            Problem: a student is there twice.
        """
        found: dict[str, Extension] = {}
        for one in self.extensions:
            if not one.is_for(lesson):
                continue
            if one.student in found:
                raise Problem(
                    f"{self.path.name} has two extensions of {one.student} for {lesson}, in the "
                    f"lines {found[one.student].line} and {one.line}: delete the one that is wrong."
                )
            found[one.student] = one
        return found

    def put(self, student: str, lesson: str, extension: Extension | None) -> None:
        """Write the file with another extension for a student and a lesson, or with none."""
        new = {"student": student, "lesson": lesson, "days": "", "until": ""}
        if extension and extension.days is not None:
            new["days"] = f"{extension.days:g}"
        elif extension:
            new["until"] = extension.until
        rows, placed = [], extension is None
        for row, one in zip(self.rows, self.extensions, strict=True):
            if one.student != student or not one.is_for(lesson):
                rows.append(row)
            elif not placed:
                rows.append(row | new)
                placed = True
        if not placed:
            rows.append(new)
        text = io.StringIO()
        table = csv.DictWriter(
            text, self.columns, delimiter=self.separator, lineterminator="\n", restval=""
        )
        table.writeheader()
        table.writerows(rows)
        write_whole(self.path, self.mark + text.getvalue())


def extensions_path(desk: Desk) -> Path:
    """Where a course's extensions are."""
    return desk.course / "autograde" / "extensions.csv"


def read_extensions(desk: Desk) -> ExtensionsFile:
    """All extensions of a course; none where there is no file.

    Raises:
        Problem: the file cannot be read; names the line.
    """
    file = ExtensionsFile(extensions_path(desk))
    if not file.path.exists():
        return file
    try:
        text = file.path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise Problem(
            f"{file.path} cannot be read ({why}): save it as a CSV table in UTF-8."
        ) from error
    if text.startswith(_MARK):
        file.mark, text = _MARK, text.removeprefix(_MARK)
    head = text.split("\n", 1)[0]
    file.separator = max(",;\t", key=head.count)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=file.separator)
    try:
        file.columns = [name.strip() for name in next(table, [])] or list(COLUMNS)
        _see_columns(file)
        for cells in table:
            if any(cell.strip() for cell in cells[len(file.columns) :]):
                raise Problem(
                    f"{file.path.name}:{table.line_num} has more columns than the first line: give "
                    "that column a name there."
                )
            if any(cell.strip() for cell in cells):
                padded = [*cells, *[""] * len(file.columns)]
                row = dict(zip(file.columns, map(str.strip, padded), strict=False))
                file.rows.append(row)
                file.extensions.append(_extension(row, f"{file.path.name}:{table.line_num}"))
    except csv.Error as error:
        raise Problem(
            f"{file.path.name}:{table.line_num} is not a line of a table: {error}."
        ) from error
    return file


def _see_columns(file: ExtensionsFile) -> None:
    missing = [name for name in COLUMNS if name not in file.columns]
    if missing or len(set(file.columns)) < len(file.columns):
        raise Problem(
            f"The first line of {file.path.name} should be {','.join(COLUMNS)}, with any columns "
            "of your own after these, each once."
        )


def _extension(row: dict[str, str], where: str) -> Extension:
    student, lesson, days, until = (row[name] for name in COLUMNS)
    line = int(where.rpartition(":")[2])
    if not student or not lesson:
        raise Problem(f"{where} names no {'student' if not student else 'lesson'}: add it.")
    if bool(days) == bool(until):
        raise Problem(f"{where}: write either days or until, and leave the other empty.")
    try:
        if until:
            return Extension(student, lesson, until=checked_until(until), line=line)
        return Extension(student, lesson, days=checked_days(days), line=line)
    except ValueError as error:
        raise Problem(f"{where}: {error}.") from error


def checked_days(days: str | float) -> float:
    """A number of days that an extension can have.

    Raises:
        ValueError: it is not; says what to do.
    """
    try:
        number = float(str(days).replace(",", "."))
    except ValueError:
        number = math.nan
    if number == 0:
        raise ValueError("0 days are no extension: leave it out, or take one back with --off")
    if not 0 < number <= MOST_DAYS:
        raise ValueError(
            f"{_shown(days)} is not a number of days: write one above 0 and up to {MOST_DAYS}"
        )
    return number


def _shown(days: str | float) -> str:
    return f"{days:g}" if isinstance(days, float) else str(days)


def checked_until(until: str) -> str:
    """A moment that an extension can end at, as it was written.

    Raises:
        ValueError: it is not; says what to do.
    """
    try:
        zoned_moment(until)
    except ValueError as error:
        raise ValueError(f"{until!r} is not an unambiguous time: {WRITE_IT_AS}") from error
    return until
