"""Brings the teacher's extensions into nbgrader's gradebook, which works out how late work is.

Whatever grades (`convolab grade`, nbgrader's autograde, formgrader's button) asks the gradebook, so
that is where each extension has to be. What was entered is noted: only that is taken back when its
line is deleted, and never an extension that somebody gave with nbgrader's own API.
"""

import datetime
import json

from nbgrader.api import Assignment, Gradebook, MissingEntry, SubmittedAssignment
from sqlalchemy.orm import Query

from convolab.files import write_whole
from convolab.grading.desk import LessonDesk
from convolab.grading.faults import passed_over
from convolab.grading.gradebook.extensions_file import Extension, read_extensions
from convolab.grading.intake.timestamps import as_text

NOTE = ".extensions"  # no student's record can be called that
MOST_NAMED = 12


def due_date(desk: LessonDesk) -> datetime.datetime | None:
    """When a lesson is due, in UTC, as far as the gradebook knows."""
    with desk.gradebook() as gradebook:
        try:
            return gradebook.find_assignment(desk.lesson).duedate
        except MissingEntry:
            return None


def given_extensions(desk: LessonDesk) -> dict[str, datetime.timedelta]:
    """The time beyond the due date that the teacher's file gives, by student; only if it is any.

    Raises:
        Problem: the file cannot be read.
    """
    due = due_date(desk)
    found = read_extensions(desk).of_lesson(desk.lesson)
    return {student: more for student, one in found.items() if (more := one.beyond(due))}


def held_extensions(desk: LessonDesk) -> dict[str, datetime.timedelta]:
    """The time beyond the due date that the gradebook holds, by student. A student's entry that
    cannot be read is passed over."""
    with desk.gradebook() as gradebook:
        return _held(gradebook, desk.lesson)


def extended_until(gradebook: Gradebook, lesson: str) -> dict[str, datetime.datetime]:
    """When work is due, in UTC, for the students whose work counts as late later than others'."""
    due = gradebook.find_assignment(lesson).duedate
    held = _held(gradebook, lesson) if due else {}
    return {student: due + more for student, more in held.items()}


def all_extensions(desk: LessonDesk) -> dict[str, datetime.timedelta]:
    """Everybody's time beyond the due date, also of those who have not handed in anything.

    Raises:
        Problem: the teacher's file cannot be read.
    """
    return held_extensions(desk) | given_extensions(desk)


def enter_extensions(desk: LessonDesk, student: str | None = None) -> None:
    """Enter what the file says, and take back what it no longer says, for all who handed in.

    Args:
        student: only this one, with nbgrader's own converter; None for everybody.

    Raises:
        Problem: the file cannot be read; nothing has changed then.
    """
    given, before = given_extensions(desk), _noted(desk)
    if not given and not before:
        return
    with desk.gradebook() as gradebook:
        held = _held(gradebook, desk.lesson)
        for name in set(given) | set(before):
            if student not in (None, name):
                continue
            ours = held.get(name) is not None and held[name].total_seconds() == before.get(name)
            new = given.get(name) or (None if ours else held.get(name))
            if new != held.get(name):
                rows = _rows(gradebook, desk.lesson)
                for row in rows.filter(SubmittedAssignment.student_id == name):
                    row.extension = new
        gradebook.db.commit()
    after = {name: more.total_seconds() for name, more in sorted(given.items())}
    if student is not None:
        after = {n: s for n, s in before.items() if n != student} | (
            {student: after[student]} if student in after else {}
        )
    if after != before:
        write_whole(desk.records / NOTE, json.dumps(after, indent=1) + "\n")


def in_words(more: datetime.timedelta) -> str:
    """A length of time in days; in hours where it is less than two days, and not one."""
    days, hours = (round(more.total_seconds() / unit, 1) for unit in (86_400, 3_600))
    if days >= 2 or hours == 24:
        return f"{days:g} day{'' if days == 1 else 's'}"
    return f"{hours:g} hour{'' if hours == 1 else 's'}"


def extension_notes(desk: LessonDesk, known: set[str]) -> list[str]:
    """What a teacher should know about the extensions of a lesson, in sentences.

    Args:
        known: the students of the class.

    Raises:
        Problem: the file cannot be read.
    """
    due, given = due_date(desk), read_extensions(desk).of_lesson(desk.lesson)
    notes = [note for one in given.values() if (note := _without_effect(one, due, known))]
    everybody = all_extensions(desk) if due else {}
    told = [f"{student} until {as_text(due + more)}" for student, more in everybody.items()]
    if told:
        others = f" and {len(told) - MOST_NAMED} more" * (len(told) > MOST_NAMED)
        notes.insert(0, f"Extensions: {', '.join(sorted(told)[:MOST_NAMED])}{others}.")
    return notes


def _without_effect(one: Extension, due: datetime.datetime | None, known: set[str]) -> str | None:
    where = f"extensions.csv:{one.line} gives {one.student} more time"
    if one.student not in known:
        return f"{where}, but no student has that id: check the spelling."
    if due is None:
        return f"{where}, but this lesson has no due date, so nobody is late."
    if not one.beyond(due):
        return f"{where} until {one.until}, which is not after the due date, {as_text(due)}."
    return None


def _held(gradebook: Gradebook, lesson: str) -> dict[str, datetime.timedelta]:
    rows = _rows(gradebook, lesson).filter(SubmittedAssignment.extension.is_not(None))
    found = {}
    for (student,) in rows.with_entities(SubmittedAssignment.student_id).all():
        with passed_over(student):
            of_student = rows.filter(SubmittedAssignment.student_id == student)
            ((found[student],),) = of_student.with_entities(SubmittedAssignment.extension)
    return {student: more for student, more in found.items() if more}


def _rows(gradebook: Gradebook, lesson: str) -> Query:
    return (
        gradebook.db.query(SubmittedAssignment)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(Assignment.name == lesson)
    )


def _noted(desk: LessonDesk) -> dict[str, float]:
    """What was entered from the file the last time, in seconds."""
    try:
        noted = json.loads((desk.records / NOTE).read_text(encoding="utf-8"))
        return {str(student): float(seconds) for student, seconds in noted.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
