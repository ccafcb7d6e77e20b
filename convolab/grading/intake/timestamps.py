"""When work was handed in: times are read strictly, so that nobody is late because of a guess."""

import datetime
import re
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from nbgrader.utils import parse_utc

from convolab.problem import Problem

TIMESTAMP = "timestamp.txt"
LATE_MARK = "late.txt"
LONGEST = 100  # characters
_WRITTEN = "%Y-%m-%d %H:%M:%S UTC"
_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[ T](?P<clock>\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(?: ?(?P<zone>\S+))?",
    re.ASCII,
)
_OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)?", re.ASCII)
_UTC = ("UTC", "GMT", "Z")


def parse_moment(text: str) -> datetime.datetime:
    """The moment that a string names, in UTC and without a zone, as nbgrader stores it.

    Accepted is a date and a time as in 2026-11-20 15:00:00, followed by UTC, an offset (+01:00) or
    a place (Europe/Berlin); without any of these it is UTC. nbgrader also reads the same files,
    and with more imagination, so what it reads differently is not accepted either.

    Raises:
        ValueError: the text is anything else, or a time that a clock shows twice or never.
    """
    text = text.strip()
    found = _MOMENT.fullmatch(text)
    if found is None or len(text) > LONGEST:
        raise ValueError(text)
    here = datetime.datetime.fromisoformat(f"{found['day']} {found['clock']}")
    if not 2000 <= here.year < 2100:
        raise ValueError(text)
    zone = _zone(found["zone"] or "UTC")
    if zone.utcoffset(here) != zone.utcoffset(here.replace(fold=1)):
        raise ValueError(text)
    moment = (here - zone.utcoffset(here)).replace(tzinfo=None)
    try:
        agrees = parse_utc(text) == moment
    except Exception as error:  # what nbgrader's parser makes of odd texts is not only ValueError
        raise ValueError(text) from error
    if not agrees:
        raise ValueError(f"write it as {as_text(moment)}")
    return moment


def zoned_moment(text: str) -> datetime.datetime:
    """Like `parse_moment`, for a time that must say where its clock is.

    Raises:
        ValueError: as there, or there is no zone.
    """
    found = _MOMENT.fullmatch(text.strip())
    if found is None or not found["zone"]:
        raise ValueError(text)
    return parse_moment(text)


def _zone(name: str) -> datetime.tzinfo:
    """A zone that is the same everywhere: CST, for instance, is four different ones.

    Raises:
        ValueError: it is not.
    """
    if name in _UTC:
        return datetime.UTC
    if offset := _OFFSET.fullmatch(name):
        hours, minutes = int(offset["hours"]), int(offset["minutes"] or 0)
        if hours > 14 or minutes > 59:
            raise ValueError(name)
        ahead = datetime.timedelta(hours=hours, minutes=minutes)
        return datetime.timezone(ahead if offset["sign"] == "+" else -ahead)
    return place(name)


def place(name: str) -> ZoneInfo:
    """The zone of a place such as Europe/Berlin.

    Raises:
        ValueError: there is no such place. Etc/GMT+1 is not accepted: it is an hour *behind* UTC.
    """
    if "/" not in name or name.startswith("Etc/GMT"):
        raise ValueError(name)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(name) from error


def as_text(moment: datetime.datetime) -> str:
    """A moment in UTC as timestamp.txt holds it."""
    return moment.strftime(_WRITTEN)


def handed_in(submission: Path) -> datetime.datetime | None:
    """When a submission was handed in, in UTC; None if nothing says.

    Args:
        submission: the folder that may hold timestamp.txt.

    Raises:
        Problem: the file holds something else.
    """
    path = submission / TIMESTAMP
    if not path.exists():
        return None
    try:
        with path.open(encoding="utf-8") as file:
            return parse_moment(file.read(LONGEST + 1))
    except (OSError, ValueError) as error:
        told = re.fullmatch(r"write it as .*", str(error))
        raise Problem(
            f"{TIMESTAMP} does not hold a time: "
            f"{told[0] if told else 'write it as 2026-11-20 15:00:00 UTC'}."
        ) from error
