"""Canvas's gradebook: the file that it exports, filled in, or one made from the list of students.

Its import is lib/gradebook_importer.rb in instructure/canvas-lms: the first row begins with
"Student", "ID" (or "LastName", "FirstName", "ID"), the columns up to "Section" say who it is, each
assignment is "Title (id)", a row "Points Possible" says what it is worth, and "(read only)" there
is not imported. A person is found by the ID, the SIS User ID, the SIS Login ID, then the name; an
empty cell gives no grade. The export is lib/gradebook_exporter.rb.
"""

import re

from convolab.grading.intake.roster import plain
from convolab.grading.out.returns.class_points import GRADED, NOTHING, ClassPoints
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
from convolab.grading.out.returns.sheet import Sheet, as_csv, value_of
from convolab.grading.points_in_words import number
from convolab.problem import Problem

PLATFORM = "Canvas"
_WHO = ("ID", "SIS User ID", "SIS Login ID", "Integration ID", "Root Account", "Section")
_TITLE = re.compile(r"(?P<title>.*?)(?: \((?P<id>\d+)\))?")
_POINTS = "Points Possible"
_SHORTENED = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+")
_GIVEN_THERE = ("EX", "N/A")  # excused; the assignment is not for this person
_TOTALS = ("Current", "Final", "Override", "Unposted")


def gradebook(points: ClassPoints, source: Sheet | None, wishes: Wishes) -> GradebookFile:
    """The file that "Import" in Canvas's gradebook takes.

    Args:
        source: what "Export Entire Gradebook" gave; None to begin with the list of students.

    Raises:
        Problem: the source is not Canvas's, or does not say which column is the lesson's.
    """
    return _filled(points, source, wishes) if source else _made(points, wishes)


def _filled(points: ClassPoints, sheet: Sheet, wishes: Wishes) -> GradebookFile:
    names = sheet.header[: 2 if sheet.header[:2] == ["LastName", "FirstName"] else 1]
    there = {"ID", "Section"} <= set(sheet.header)
    if not there or names not in (["Student"], ["LastName", "FirstName"]):
        raise Problem(
            f"{sheet.name} is not what Canvas exports: its first row should have the columns "
            f"Student, ID and Section, and begins with {', '.join(sheet.header[:2])}. In Canvas, "
            "Grades, Export gives it."
        )
    column = _column(sheet, points, wishes)
    head = [row for row in sheet.rows if _is_about_columns(row)]
    possible = next((row for row in head if _POINTS in row[0]), [""] * len(sheet.header))
    if re.search(r"read\s+only", possible[column]):
        raise Problem(
            f"{sheet.header[column]} in {sheet.name} is a column that Canvas computes: name the "
            "assignment's with --column. Nothing was written."
        )
    worth, like = value_of(possible[column]), possible[column]
    times = factor(points, worth, "Canvas", wishes)
    students = [row for row in sheet.rows if not _is_about_columns(row)]
    if any(_SHORTENED.fullmatch(row[sheet.header.index("ID")].strip()) for row in students):
        raise Problem(
            f"A spreadsheet has shortened the students' numbers in {sheet.name} (1.2E+13): export "
            "it again and do not save it in one. Nothing was written."
        )
    rows = Rows(sheet, [_owner(sheet, row, len(names)) for row in students], points, PLATFORM)
    kept = []
    for place, student in rows.students.items():
        result, row = points.results[student], students[place]
        if result.status != GRADED:
            continue
        if row[column].strip().upper() in _GIVEN_THERE:
            kept.append(f"{result.name} ({row[column].strip()})")
            continue
        row[column] = score_cell(result, times, like)
    notes = [f"The column {sheet.header[column]} of {sheet.name} is filled in.", *rows.notes]
    if worth is None:
        notes.append(
            f"{sheet.name} does not say what the assignment is worth in Canvas: it should be "
            f"{number(points.max_score)} points."
        )
    if kept:
        notes.append(f"Excused or not assigned in Canvas, so left as they are: {listed(kept)}.")
    missing = rows.missing()
    notes += left_out(missing, points, sheet.name, "export it again, or enter the points there.")
    text = as_csv([sheet.header, *sheet.rows], ";" if sheet.separator == ";" else ",")
    return GradebookFile(text, notes, [one.person.id for one in missing])


def _is_about_columns(row: list[str]) -> bool:
    """Whether a row has no student: points possible, or which grades are hidden."""
    return _POINTS in row[0] or not "".join(row[:3]).strip()


def _owner(sheet: Sheet, row: list[str], names: int) -> RowOwner:
    found = {name: row[place].strip() for name in _WHO if (place := sheet.place(name)) is not None}
    keys = tuple(found.get(name, "") for name in ("SIS User ID", "SIS Login ID", "Integration ID"))
    return RowOwner(" ".join(filter(None, row[:names])), found["ID"], keys)


def _column(sheet: Sheet, points: ClassPoints, wishes: Wishes) -> int:
    """Which column is the lesson's.

    Raises:
        Problem: none, or several may be.
    """
    first = max(place for place, name in enumerate(sheet.header) if name in ("Student", *_WHO)) + 1
    titles = {
        place: _TITLE.fullmatch(name)
        for place, name in enumerate(sheet.header)
        if place >= first and not _is_total(name)
    }
    if wishes.column is not None:
        asked = wishes.column.strip()
        found = [p for p, t in titles.items() if asked in (t[0], t["title"], t["id"])]
    else:
        ours = {plain(points.lesson), plain(points.title)} - {""}
        found = [p for p, t in titles.items() if plain(t["title"]) in ours]
    if len(found) == 1:
        return found[0]
    there = listed([f"'{titles[place][0]}'" for place in found or titles]) or "none"
    looked = wishes.column or f"{points.lesson} or {points.title}"
    what = "Several columns are" if found else "No column is"
    raise Problem(
        f"{what} called {looked} in {sheet.name}: name the assignment's with --column. There: "
        f"{there}."
    )


def _is_total(name: str) -> bool:
    """Whether a column is one of those that Canvas computes: "Labs Current Score"."""
    kinds = r"(?:Score|Grade|Points|Status)"
    return bool(re.search(rf"\b(?:{'|'.join(_TOTALS)}) {kinds}(?: \(.*\))?$", name))


def _made(points: ClassPoints, wishes: Wishes) -> GradebookFile:
    title = wishes.column or points.title
    rows = [
        ["Student", *_WHO[:3], "Section", title],
        [f"    {_POINTS}", "", "", "", "", number(points.max_score)],
    ]
    numbers = {student: number_ for number_, student in points.numbers(PLATFORM).items()}
    unknown = []
    for student, result in points.results.items():
        person, there = result.person, points.from_platform(student, PLATFORM)
        key = numbers.get(student, "")
        name = ", ".join(filter(None, (person.last, person.first))) or (there.name if there else "")
        if not (key or name):
            if result.status != NOTHING:
                unknown.append(student)
            continue
        sis, login = ("", "") if key else (person.id, person.email)
        rows.append([name or student, key, sis, login, "", score_cell(result)])
    if len(rows) == 2:
        raise Problem(
            "There is no list of students with their names, so Canvas could not tell whose the "
            "grades are: in Canvas, Grades, Export, and name that file with --from."
        )
    notes = [
        f"Canvas matches the column by its name, {title}: give the assignment there that name, or "
        "its own here with --column; or name Canvas's export with --from, which is safer."
    ]
    if unknown:
        notes.append(f"Without a name or a number of Canvas's, so not in it: {listed(unknown)}.")
    return GradebookFile(as_csv(rows), notes, unknown)
