"""The plugins of nbgrader's `zip_collect` for this course, as the desk's settings name them.

nbgrader would unpack whatever an archive says, hand over file by file, and empty a student's
folder before it fills it again. The first plugin unpacks with care, the second does all the rest
when it is first called, and reports it in its own words.
"""

import contextlib
import datetime
import logging
import re
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError
from traitlets import TraitError, Unicode, validate

from convolab.grading.faults import Log
from convolab.grading.intake.collect_folder import Collected, collect
from convolab.grading.intake.decision import Course
from convolab.grading.intake.place_files import Memory
from convolab.grading.intake.roster import Person, Roster
from convolab.grading.intake.timestamps import place
from convolab.grading.intake.unpack import Trouble, unpack
from convolab.grading.intake.worked_on import Release, cell_names, release
from convolab.handin.read import read_notebook
from convolab.problem import Problem

_NBGRADERS = re.compile(r"Parsing file: |Skipped submission with no match|\d+ files collected")


class Extractor(ExtractorPlugin):
    """Unpacks the archives of a download."""

    troubles: tuple[Trouble, ...] = ()

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Unpack all archives of one folder into another."""
        self.troubles = tuple(unpack(Path(archive_path), Path(extracted_path)))
        if not any(path.is_file() for path in Path(extracted_path).rglob("*")):
            for trouble in self.troubles:
                self.log.warning(trouble.says)


class Collector(FileNameCollectorPlugin):
    """Puts each person's work where grading looks for it."""

    timezone = Unicode(
        "",
        help="The time zone of the learning platform's clock, such as Europe/Berlin; empty for "
        "this computer's own.",
    ).tag(config=True)

    _collected: Collected | None = None

    def __init__(self, **settings: Any):
        super().__init__(**settings)
        if self.parent is not None:
            self.parent.log.addFilter(_in_our_words)

    @validate("timezone")
    def _is_a_place(self, proposal: dict) -> str:
        name = proposal["value"]
        try:
            if name not in ("", "UTC"):
                place(name)
        except ValueError as error:
            raise TraitError(
                f"c.Collector.timezone is {name!r}: write a zone such as Europe/Berlin, or UTC."
            ) from error
        return name

    def collect(self, submitted_file: str) -> None:
        """Collect everything when asked for the first file; there is nothing to do for nbgrader."""
        if self._collected is None:
            try:
                self._collected = self._collect()
            except (OSError, DBAPIError) as error:
                self.parent.fail(f"Collecting stopped, and nobody's work was changed: {error}.")
            self._tell(self._collected)

    def _collect(self) -> Collected:
        app, coursedir = self.parent, self.parent.coursedir
        downloads = Path(app._format_collect_path(app.extracted_directory)).resolve()
        extractor = getattr(app, "extractor_plugin_inst", None)
        return collect(
            downloads,
            Path(coursedir.root) / coursedir.submitted_directory,
            roster_of(coursedir),
            course_of(coursedir, self.timezone),
            Memory.load(downloads.with_name("collected.json")),
            troubles=getattr(extractor, "troubles", ()),
            replace=app.force,
        )

    def _tell(self, collected: Collected) -> None:
        for line in collected.lines:
            (self.log.warning if line.look else self.log.info)("%s", _one_line(str(line)))
        for stray in collected.strays:
            self.log.warning("%s", _one_line(stray))
        self.log.info("%s", collected.summary)


def _one_line(text: str) -> str:
    """A text without terminal control characters: students chose the names in it."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _in_our_words(record: logging.LogRecord) -> bool:
    """Whether a line of the log is not one of those in which nbgrader counts what it was given."""
    return not _NBGRADERS.match(record.getMessage())


def roster_of(coursedir: CourseDirectory) -> Roster:
    """The students that the gradebook knows; nobody, where there is no gradebook yet."""
    address = make_url(coursedir.db_url)
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").is_file():
        return Roster()
    with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        return Roster(
            Person(
                student.id,
                student.first_name or "",
                student.last_name or "",
                student.email or "",
                student.lms_user_id or "",
            )
            for student in gradebook.students
        )


def course_of(coursedir: CourseDirectory, timezone: str) -> Course:
    """What must be known about a lesson and its course to collect it."""
    root, lesson = Path(coursedir.root), coursedir.assignment_id
    released = Release(lesson)
    handed_out = root / coursedir.release_directory / lesson / f"{lesson}.ipynb"
    with contextlib.suppress(Problem):  # without it, all copies are taken for worked on
        released = release(lesson, read_notebook(handed_out))

    names = cell_names(root / coursedir.source_directory)
    zone = datetime.UTC if timezone == "UTC" else place(timezone) if timezone else None
    log = Log(root, lesson)
    return Course(released, log, names, zone, coursedir.submitted_directory + "/<student>")
