"""`convolab extend`: more time for one student, kept in autograde/extensions.csv."""

import difflib
from pathlib import Path

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from convolab.grading.desk import Desk, LessonDesk, open_desk
from convolab.grading.gradebook.extensions import (
    all_extensions,
    due_date,
    enter_extensions,
    in_words,
)
from convolab.grading.gradebook.extensions_file import (
    Extension,
    checked_days,
    checked_until,
    extensions_path,
    read_extensions,
)
from convolab.grading.gradebook.lock import locked
from convolab.grading.intake.timestamps import as_text
from convolab.problem import Problem

WHICH = 'Say how much time: --days 3, --until "2026-12-04 18:00 Europe/Berlin", or --off for none.'


def extend(
    course: Path,
    student: str,
    lesson: str,
    console: Console,
    *,
    days: float | None = None,
    until: str | None = None,
    off: bool = False,
    db: str | None = None,
) -> None:
    """Give a student more time for a lesson, or take it back.

    Args:
        course: the course's root.
        student: the id.
        lesson: its id.
        days: after the due date.
        until: a moment with its zone.
        off: whether the extension is taken back.
        db: the address of the gradebook's database, instead of the one in the settings.

    Raises:
        Problem: there is no such student, no due date, or no such time; nothing has changed.
    """
    if sum((days is not None, until is not None, off)) != 1:
        raise Problem(WHICH)
    desk = open_desk(course, db).at(lesson)
    _see_student(desk, student)
    asked = None if off else _asked(student, lesson, days, until)
    due = due_date(desk) if _has_gradebook(desk) else None
    if asked is not None:
        if due is None:
            raise Problem(
                f"{lesson} has no due date, so nobody can be late: set one with `nbgrader db "
                f'assignment add {lesson} --duedate "2026-12-01 12:00:00 UTC"`, then extend it.'
            )
        if not asked.beyond(due):
            raise Problem(
                f"{until} is not after the due date of {lesson}, which is {as_text(due)}: "
                "choose a later time, or move the due date."
            )
    with (
        locked(desk, lesson, lambda says: console.print(says, highlight=False, markup=False)),
        locked(desk, "the gradebook"),
    ):
        file = read_extensions(desk)
        had = student in file.of_lesson(lesson)
        if asked is None and not had:
            raise Problem(
                f"{student} has no extension for {lesson} in {_shown(desk)}: `convolab extend` "
                "lists all that there are."
            )
        file.put(student, lesson, asked)
        enter_extensions(desk)
    says = f"{student} has no more time for {lesson} than everybody else."
    if asked is not None:
        more = asked.beyond(due)
        says = f"{student} has until {as_text(due + more)} for {lesson}: {in_words(more)} more."
    console.print(says, highlight=False, markup=False)
    if desk.autograded(student).is_file():
        console.print(f"To work out late points again:  convolab grade {lesson}", highlight=False)


def list_extensions(
    course: Path, console: Console, lessons: list[str], db: str | None = None
) -> None:
    """Print a table of everybody's extensions.

    Args:
        lessons: the ids of those to look at.

    Raises:
        Problem: the file cannot be read.
    """
    desk = open_desk(course, db)
    table = Table(box=box.SIMPLE_HEAD)
    for title in ("student", "lesson", "due", "extended until", "more time"):
        table.add_column(title, overflow="fold")
    given = read_extensions(desk).extensions
    for at in map(desk.at, lessons):
        due = due_date(at) if _has_gradebook(at) else None
        more = all_extensions(at) if due else {}
        for student, time in sorted(more.items()):
            cells = (student, at.lesson, as_text(due), as_text(due + time), in_words(time))
            table.add_row(*map(escape, cells))
        for one in given:
            if one.is_for(at.lesson) and one.student not in more:
                asked = one.until or f"{one.days:g} days"
                known = as_text(due) if due else "no due date"
                table.add_row(*map(escape, (one.student, at.lesson, known, asked, "none")))
    if table.row_count == 0:
        console.print("Nobody has an extension.")
        return
    console.print(table)
    console.print(f"They are in {_shown(desk)}, which you may edit.", highlight=False)


def _asked(student: str, lesson: str, days: float | None, until: str | None) -> Extension:
    try:
        if until is not None:
            return Extension(student, lesson, until=checked_until(until.strip()))
        return Extension(student, lesson, days=checked_days(days))
    except ValueError as error:
        raise Problem(f"{error}.") from error


def _has_gradebook(desk: Desk) -> bool:
    """Whether a gradebook is there already: asking SQLite would make an empty one."""
    url = desk.coursedir().db_url
    return not url.startswith("sqlite:///") or Path(url.removeprefix("sqlite:///")).exists()


def _see_student(desk: LessonDesk, student: str) -> None:
    """Refuse an id that nobody has.

    Raises:
        Problem: nobody has it; names who may be meant.
    """
    names: dict[str, str] = {}
    if _has_gradebook(desk):
        with desk.gradebook() as gradebook:
            for one in gradebook.students:
                names[one.id] = f"{one.first_name or ''} {one.last_name or ''}".strip()
    submitted = desk.folder("submitted")
    if submitted.is_dir():
        here = (path.name for path in submitted.iterdir() if path.is_dir())
        names = {name: "" for name in here if not name.startswith(".")} | names
    if student in names:
        return
    called = [one for one, name in names.items() if name.casefold() == student.casefold()]
    near = called or difflib.get_close_matches(student, names, n=3)
    meant = f"Did you mean {' or '.join(near)}? " if near else ""
    raise Problem(
        f"There is no student {student!r}. {meant}Use an id from the roster, or the name of the "
        "folder in autograde/submitted; `nbgrader db student list` shows the roster."
    )


def _shown(desk: Desk) -> str:
    return extensions_path(desk).relative_to(desk.course).as_posix()
