"""What a platform makes of a file: its documented rules of import, written down a second time.

Canvas: lib/gradebook_importer.rb and infer_comment_context_from_filename in
app/models/assignment.rb of instructure/canvas-lms. Moodle:
mod/assign/feedback/offline/importgradeslib.php and locallib.php,
mod/assign/feedback/file/importziplib.php of moodle/moodle.
"""

import csv
import io
import re


def canvas_grades(
    content: bytes,
    users: dict[int, str],
    logins: dict[str, int],
    assignments: dict[int, str],
    own_columns: tuple[str, ...] = ("Notes",),
) -> dict[int, dict[int, str]]:
    """The grades by user and assignment that Canvas would give, as text.

    Args:
        own_columns: columns that the teacher added to the gradebook.
    """
    text = content.decode("utf-8")
    semicolons = text.splitlines()[0].count(";") > text.splitlines()[0].count(",")
    rows = [
        row
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=";" if semicolons else ",")
        if "".join(row).strip()
    ]
    header = rows[0]
    assert "Student" in header[0], "Invalid header row"
    assert "ID" in header[1], "Invalid header row"
    student_columns = header.index("Section") + 1
    places = {}
    for place, name in enumerate(header[student_columns:], student_columns):
        if name in own_columns or re.search("(Current|Final) (Score|Points|Grade)", name):
            continue
        found = re.fullmatch(r"(.*) \((\d+)\)", name)
        known = int(found[2]) if found else None
        if known not in assignments:
            known = next((one for one, title in assignments.items() if title == name), None)
        assert known is not None, f"Canvas would make a new assignment called {name}"
        places[known] = place
    grades: dict[int, dict[int, str]] = {}
    for row in rows[1:]:
        if "Points Possible" in row[0] or re.fullmatch(r"\s*(Manual Posting)?\s*", "".join(row)):
            continue
        user = int(row[1]) if row[1].isdigit() and int(row[1]) in users else None
        for name in ("SIS User ID", "SIS Login ID"):
            if user is None and name in header and row[header.index(name)]:
                user = logins.get(row[header.index(name)])
        if user is None:
            user = next((one for one, name in users.items() if name == row[0]), None)
        assert user is not None, f"Canvas would ask who {row[0]} is"
        assert user not in grades
        grades[user] = {one: _point(row[place].strip()) for one, place in places.items()}
    return grades


def _point(cell: str) -> str:
    return cell.replace(",", ".") if re.fullmatch(r"-?[0-9.,]+%?", cell) else cell


def canvas_comment(name: str, attachments: dict[int, int]) -> int | None:
    """The user to whom Canvas attaches a file of this name; None if it ignores it.

    Args:
        attachments: the owner of each file that was handed in.
    """
    parts = name.split("/")[-1].split("_")
    numbers = [int(part) for part in parts if re.fullmatch(r"\d+", part)][:2]
    if len(numbers) < 2 or parts[-1].startswith("link"):
        return None
    user, attachment = numbers
    return user if attachments.get(attachment) == user else None


def moodle_grades(
    content: bytes,
    maximum: float,
    names: tuple[str, str, str] = ("Identifier", "Grade", "Last modified (grade)"),
    hidden: str = "Participant ",
    decimal: str = ".",
) -> dict[int, float]:
    """The grades by participant that Moodle would give.

    Args:
        names: its three columns in the teacher's language.
        hidden: what is before a participant's number in that language.
        decimal: the language's decimal sign.
    """
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    places = [rows[0].index(name) for name in names]
    given = {}
    for row in rows[1:]:
        number, cell = int(row[places[0]][len(hidden) :]), row[places[1]]
        if cell == "":
            continue
        grade = _unformat_float(cell, decimal)
        if 0 <= grade <= maximum:
            given[number] = grade
    return given


def _unformat_float(cell: str, decimal: str) -> float:
    """PHP's cast of a text: the number that it begins with, and 0 for a word."""
    begins = re.match(r"-?\d+(?:\.\d+)?", cell.strip().replace(" ", "").replace(decimal, "."))
    return float(begins[0]) if begins else 0.0


def moodle_feedback(path: str, participants: set[int]) -> tuple[int, str] | None:
    """The participant to whom Moodle gives a file of an archive, and what it calls it there."""
    parts = path.split("/")
    if parts[-1].startswith((".", "~")):
        return None
    while parts:
        info = parts.pop(0).split("_", 4)
        if len(info) < 4 or not info[1].isdigit() or int(info[1]) not in participants:
            continue
        if (info[2], info[3]) != ("assignsubmission", "file"):
            continue
        rest = [info[4] if len(info) == 5 else "", *parts]
        return int(info[1]), "/".join(filter(None, rest))
    return None
