"""What is decided about a folder of downloads, and what of the course is needed to decide it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from convolab.grading.faults import Log
from convolab.grading.intake.platforms import Owner
from convolab.grading.intake.worked_on import Release


@dataclass
class Decision:
    """What is decided about one person.

    Attributes:
        student: the id under which the work is collected.
        owner: the person, as the platform names them.
        notebook: the file that counts; None if there is none to collect.
        helpers: other files to lay beside it, by their place there.
        time: when it was handed in, in UTC; None where the platform does not tell.
        late: whether the platform marks it as late.
        says: what a teacher should know, one sentence each.
        doubt: whether one of them asks the teacher to look.
    """

    student: str
    owner: Owner
    notebook: Path | None = None
    helpers: dict[PurePath, Path] = field(default_factory=dict)
    time: datetime.datetime | None = None
    late: bool = False
    says: list[str] = field(default_factory=list)
    doubt: bool = False


@dataclass
class Decided:
    """What is decided about a folder of downloads.

    Attributes:
        decisions: by student.
        strays: files of which nobody knows whose they are, one sentence each.
        absent: the ids of those on the roster from whom nothing came.
    """

    decisions: dict[str, Decision] = field(default_factory=dict)
    strays: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Course:
    """What must be known of the course to decide.

    Attributes:
        released: the lesson as it was handed out.
        log: where the stack of a fault of ours is written.
        names: the names of all named cells, by lesson.
        zone: in which the platform's clock runs; None for that of this computer.
        way_out: where a file goes that is to be collected by hand, with <student> in it.
    """

    released: Release
    log: Log
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    zone: datetime.tzinfo | None = None
    way_out: str = "submitted/<student>"
