"""The decision about a folder of downloads, and what it needs to know about the course."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from convolab.grading.faults import Log
from convolab.grading.intake.origins import Origin
from convolab.grading.intake.platforms import Owner
from convolab.grading.intake.worked_on import Release


@dataclass
class Decision:
    """What is decided about one person.

    Attributes:
        student: the id under which the work is collected.
        owner: the person, as the platform names them.
        notebook: the file that counts; None if there is none to collect.
        helpers: other files to put next to it, by their place there.
        time: when it was handed in, in UTC; None if the platform does not say.
        late: whether the platform marks it as late.
        says: what a teacher should know, one sentence each.
        doubt: whether the teacher should look at one of them.
        origins: what each platform called this person and the file.
    """

    student: str
    owner: Owner
    notebook: Path | None = None
    helpers: dict[PurePath, Path] = field(default_factory=dict)
    time: datetime.datetime | None = None
    late: bool = False
    says: list[str] = field(default_factory=list)
    doubt: bool = False
    origins: list[Origin] = field(default_factory=list)


@dataclass
class Decided:
    """What is decided about a folder of downloads.

    Attributes:
        decisions: by student.
        strays: files that cannot be matched to a student, one sentence each.
        absent: the ids of those on the roster from whom nothing came.
    """

    decisions: dict[str, Decision] = field(default_factory=dict)
    strays: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Course:
    """What must be known about the course to decide.

    Attributes:
        released: the lesson as it was handed out.
        log: where the traceback of a bug of ours is written.
        names: the names of all named cells, by lesson.
        zone: the platform's time zone; None for this computer's.
        way_out: where to put a file that must be collected by hand, with <student> in it.
    """

    released: Release
    log: Log
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    zone: datetime.tzinfo | None = None
    way_out: str = "submitted/<student>"
