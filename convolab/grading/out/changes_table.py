"""Whose grade changed, as a table on the screen and as lines in results/<lesson>/changes.csv."""

import csv
import datetime
import io
from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from convolab.files import write_whole
from convolab.grading.class_result import GradeChange
from convolab.grading.desk import LessonDesk

COLUMNS = ("student", "exercise", "old", "new", "why", "when")
CHANGES = "changes.csv"  # beside the lesson's records
MOST_ROWS = 60  # on the screen


def append_changes(desk: LessonDesk, changes: Sequence[GradeChange]) -> None:
    """Add changes to the lesson's list, each with the time that it is now.

    Raises:
        OSError: it cannot be written.
    """
    if not changes:
        return
    path, text = desk.records / CHANGES, io.StringIO()
    before = path.read_bytes() if path.exists() else b""
    table = csv.writer(text, lineterminator="\n")
    if not before.strip():
        before = b""
        table.writerow(COLUMNS)
    elif not before.endswith(b"\n"):  # an editor may leave the last line open
        before += b"\n"
    when = datetime.datetime.now().astimezone().isoformat(" ", timespec="seconds")
    for one in changes:
        table.writerow((one.student, one.exercise, one.old, one.new, ", ".join(one.why), when))
    write_whole(path, before + text.getvalue().encode())


def print_changes(
    changes: Sequence[GradeChange] | None, console: Console, where: str | None = None
) -> None:
    """Print whose grade changed.

    Args:
        changes: None if nobody had a grade before.
        where: the file that has them too, if one has.
    """
    if changes is None:
        return
    if not changes:
        console.print("Nobody's grade has changed.", highlight=False)
        return
    students = len({one.student for one in changes})
    console.print(
        f"[bold]Whose grade changed: {students} student{'' if students == 1 else 's'}[/bold]",
        highlight=False,
    )
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("student", no_wrap=True, overflow="ellipsis", max_width=40)
    table.add_column("exercise", overflow="fold")
    table.add_column("old → new", no_wrap=True)
    table.add_column("why", overflow="fold")
    for one in changes[:MOST_ROWS]:
        table.add_row(
            *map(escape, (one.student, one.exercise, f"{one.old} → {one.new}", ", ".join(one.why)))
        )
    console.print(table)
    if len(changes) > MOST_ROWS:
        console.print(f"And {len(changes) - MOST_ROWS} more.", highlight=False)
    if where:
        console.print(f"All changes so far:  {where}", highlight=False, soft_wrap=True)
