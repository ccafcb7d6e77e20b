"""The teacher's desk of one course: nbgrader's settings, its folders, its gradebook."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import DBAPIError
from traitlets.config import Config, LoggingConfigurable
from traitlets.config.loader import PyFileConfigLoader

from convolab.cell_metadata import graded_exercise, is_graded, is_task, name_of, nbgrader_of
from convolab.grading.database import checked_address, unusable
from convolab.handin.read import read_notebook
from convolab.problem import Problem

CONFIG_FILE = "nbgrader_config.py"


@dataclass(frozen=True)
class Desk:
    """One course as nbgrader sees it.

    Attributes:
        course: the course's root.
        config: everything in the course's nbgrader_config.py.
    """

    course: Path
    config: Config

    def coursedir(self, **settings: str) -> CourseDirectory:
        """nbgrader's own settings for where things are, with some of them replaced."""
        return CourseDirectory(config=self.config, **settings)

    def folder(self, step: str) -> Path:
        """The folder of one step: "source", "submitted", "autograded" or "feedback"."""
        return self.course / getattr(self.coursedir(), f"{step}_directory")

    @property
    def results(self) -> Path:
        """Where `convolab grade` and `convolab report` write; `c.Desk.results` if that is set."""
        aside = self.config.Desk.get("results") if "Desk" in self.config else None
        return Path(aside) if aside else results_in(self.course)

    def at(self, lesson: str) -> "LessonDesk":
        """The desk with one lesson on it."""
        return LessonDesk(self.course, self.config, lesson)

    @contextmanager
    def gradebook(self) -> Iterator[Gradebook]:
        """nbgrader's gradebook, closed at the end.

        Raises:
            Problem: it cannot be opened, read or written.
        """
        coursedir = self.coursedir()
        try:
            with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
                yield gradebook
        except DBAPIError as error:
            raise unusable(coursedir.db_url, error) from error


@dataclass(frozen=True)
class LessonDesk(Desk):
    """A desk with one lesson on it: what grading a class works at.

    Attributes:
        lesson: the lesson's id, for instance "01_convolution_1d".
    """

    lesson: str

    @property
    def file_name(self) -> str:
        """What the lesson's notebook is called, in everybody's folder."""
        return f"{self.lesson}.ipynb"

    @property
    def released(self) -> Path:
        """The notebook that students were handed; it may not be there."""
        return self.folder("release") / self.lesson / self.file_name

    def submission(self, student: str) -> Path:
        """The folder with what a student handed in."""
        return self.folder("submitted") / student / self.lesson

    def autograded(self, student: str) -> Path:
        """Where nbgrader writes the autograded notebook of a student."""
        return self.folder("autograded") / student / self.lesson / self.file_name

    def read_autograded(self, student: str) -> NotebookNode:
        """The autograded notebook of a student."""
        return nbformat.read(self.autograded(student), as_version=4)

    @property
    def records(self) -> Path:
        """The folder with one record for each student, and everything else that grading records."""
        return self.results / self.lesson

    def master(self) -> Path:
        """The teacher's notebook of a lesson.

        Raises:
            Problem: there is none.
        """
        path = self.folder("source") / self.lesson / self.file_name
        if not path.is_file():
            raise Problem(
                f"The teacher's notebook {path.relative_to(self.course)} is missing: run "
                "`convolab build`, then try again."
            )
        return path

    def read_master(self) -> NotebookNode:
        """The teacher's notebook of a lesson, as `read_master` reads it.

        Raises:
            Problem: there is none, or it is damaged.
        """
        return read_master(self.master())

    def points(self) -> dict[str, float]:
        """The graded exercises of a lesson, in its order, and what each is worth.

        Raises:
            Problem: the teacher's notebook does not say.
        """
        return points_in(self.read_master())

    def named_cells(self) -> set[str]:
        """The names of all cells of a lesson that nbgrader knows by name."""
        return {name for cell in self.read_master().cells if (name := name_of(cell)) is not None}

    def graded_cells(self) -> list[str]:
        """The names of the cells that carry points, in the lesson's order."""
        cells = self.read_master().cells
        return [name_of(cell) for cell in cells if is_graded(cell) or is_task(cell)]


def read_master(path: Path) -> NotebookNode:
    """A teacher's notebook, read once for as long as its file stays the same. Every caller gets the
    same one, so none may change it.

    Raises:
        Problem: it is damaged.
    """
    found = path.stat()
    return _read_as_of(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=4)
def _read_as_of(path: Path, changed: int, size: int) -> NotebookNode:
    return read_notebook(path, "restore it, or delete it and run `convolab build`")


def results_in(course: Path) -> Path:
    """Where reports, records and logs of a course are written."""
    return course / "autograde" / "results"


def open_desk(course: Path, db: str | None = None) -> Desk:
    """Read the course's nbgrader_config.py.

    Args:
        db: the address of the gradebook's database, instead of the one in the settings.

    Raises:
        Problem: it is missing or cannot be read; nothing is graded with nbgrader's defaults.
    """
    path = course / CONFIG_FILE
    if not path.is_file():
        raise Problem(f"{path} is missing: without it nbgrader does not know where to find things.")
    try:
        config = PyFileConfigLoader(CONFIG_FILE, path=str(course)).load_config()
    except Exception as error:
        raise Problem(f"{path} cannot be read: {type(error).__name__}: {error}.") from error
    for section, setting in (
        ("CourseDirectory", "root"),
        ("Autograde", "sanitize_preprocessors"),
        ("Autograde", "autograde_preprocessors"),
    ):
        if setting not in config.get(section, {}):
            raise Problem(
                f"c.{section}.{setting} is not set: {path} should load autograde/{CONFIG_FILE}."
            )
    if db is not None:
        config.CourseDirectory.db_url = checked_address(db)
    return Desk(course, config)


def silent_log() -> logging.Logger:
    """A log for nbgrader's converters that prints nothing: we say what matters ourselves."""
    log = logging.getLogger("convolab.grading")
    if not log.handlers:
        log.addHandler(logging.NullHandler())
        log.propagate = False
    return log


def coursedir_of(part: LoggingConfigurable) -> CourseDirectory:
    """nbgrader's folders, from a preprocessor at work in one of nbgrader's converters.

    Raises:
        Problem: it works somewhere else.
    """
    while part is not None:
        if isinstance(getattr(part, "coursedir", None), CourseDirectory):
            return part.coursedir
        part = part.parent
    raise Problem("The grading steps of this course only work inside nbgrader's autograde.")


def points_in(master: NotebookNode) -> dict[str, float]:
    """The graded exercises in a teacher's notebook and what each is worth.

    Raises:
        Problem: a check has no points.
    """
    points = {}
    for cell in master.cells:
        if (name := graded_exercise(cell)) is None:
            continue
        try:
            points[name] = float(nbgrader_of(cell).get("points"))
        except (TypeError, ValueError) as error:
            raise Problem(
                f"The teacher's notebook does not say what {name} is worth: run `convolab build`."
            ) from error
    return points
