"""Reads a due date from nbgrader's command line strictly, before nbgrader guesses at it."""

import re
import sys

from convolab.grading.intake.timestamps import parse_moment

_OPTION = re.compile(r"--(?:duedate|DbAssignmentAddApp\.duedate)(?:=(?P<date>.*))?", re.DOTALL)


def refusal(arguments: list[str]) -> str | None:
    """Why the due date among a command's arguments cannot be accepted; None if it can.

    nbgrader ends in a traceback if the string is not a date, and reads 01.12.2026 as 12 January.
    """
    for place, argument in enumerate(arguments):
        option = _OPTION.fullmatch(argument)
        if option is None:
            continue
        date = option["date"]
        if date is None:
            date = arguments[place + 1] if place + 1 < len(arguments) else ""
        try:
            parse_moment(date.strip("\"'"))
        except ValueError as error:
            way_out = str(error)
            if not way_out.startswith("write it as"):
                way_out = 'write it as "2026-12-01 12:00:00 UTC"'
            return f"--duedate {date} is not an unambiguous time: {way_out}."
    return None


def refuse_odd_due_date(arguments: list[str]) -> None:
    """End the command with a sentence if its due date cannot be accepted.

    The desk's settings call this: nbgrader reads them before it does anything.
    """
    if sentence := refusal(arguments):
        print(sentence, file=sys.stderr)
        sys.exit(1)
