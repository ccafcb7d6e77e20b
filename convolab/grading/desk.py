"""The teacher's desk of one course: nbgrader's settings, its folders, its gradebook."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import DBAPIError
from traitlets.config import Config, LoggingConfigurable
from traitlets.config.loader import PyFileConfigLoader

from convolab.problem import Problem

CONFIG_FILE = "nbgrader_config.py"
TEST_PREFIX = "test_"


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
        """nbgrader's own idea of where things are, with some of its settings replaced."""
        return CourseDirectory(config=self.config, **settings)

    def folder(self, step: str) -> Path:
        """The folder of one step: "source", "submitted", "autograded" or "feedback"."""
        return self.course / getattr(self.coursedir(), f"{step}_directory")

    @property
    def results(self) -> Path:
        """Where `convolab grade` and `convolab report` write."""
        return self.course / "autograde" / "results"

    def master(self, lesson: str) -> Path:
        """The teacher's notebook of a lesson.

        Raises:
            Problem: there is none.
        """
        path = self.folder("source") / lesson / f"{lesson}.ipynb"
        if not path.is_file():
            raise Problem(
                f"The teacher's notebook {path.relative_to(self.course)} is missing: run "
                "`convolab build`, then try again."
            )
        return path

    def points(self, lesson: str) -> dict[str, float]:
        """The graded exercises of a lesson, in its order, and what each is worth."""
        notebook = nbformat.read(self.master(lesson), as_version=4)
        return {
            name: float(cell.metadata.nbgrader.points)
            for cell in notebook.cells
            if (name := graded_exercise(cell)) is not None
        }

    def named_cells(self, lesson: str) -> set[str]:
        """The names of all cells of a lesson that nbgrader knows by name."""
        notebook = nbformat.read(self.master(lesson), as_version=4)
        return {
            cell.metadata.nbgrader.grade_id
            for cell in notebook.cells
            if "nbgrader" in cell.metadata
        }

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
            raise Problem(
                f"The gradebook {coursedir.db_url} cannot be used: {error.orig}."
            ) from error


def open_desk(course: Path) -> Desk:
    """Read the course's nbgrader_config.py.

    Raises:
        Problem: it is missing or cannot be read; nothing is graded by nbgrader's own settings.
    """
    path = course / CONFIG_FILE
    if not path.is_file():
        raise Problem(f"{path} is missing: without it nbgrader does not know where things are.")
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
    return Desk(course, config)


def silent_log() -> logging.Logger:
    """A log for nbgrader's converters that prints nothing: what matters is said in a sentence."""
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


def graded_exercise(cell: nbformat.NotebookNode) -> str | None:
    """The exercise that a cell grades, None for every other cell."""
    about = cell.metadata.get("nbgrader", {})
    grade_id = about.get("grade_id", "")
    if not about.get("grade") or not grade_id.startswith(TEST_PREFIX):
        return None
    return grade_id.removeprefix(TEST_PREFIX)
