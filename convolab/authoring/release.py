"""Teacher's notebooks to students' notebooks, by nbgrader's own "generate assignment".

It runs on a course of its own in a temporary folder, because the real thing deletes the released
folder before it starts and writes into the gradebook; here it can reach neither. The database is
left out altogether, as with nbgrader's own `--no-db`: the files do not need what it would keep.
"""

import logging
import tempfile
from collections.abc import Callable
from pathlib import Path

from nbgrader.converters import GenerateAssignment, NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from convolab.authoring.preprocessors import GENERATE
from convolab.problem import Problem


def release(
    notebooks: dict[str, bytes], progress: Callable[[str], None] = lambda lesson: None
) -> dict[str, bytes | Problem]:
    """The students' notebook of each lesson.

    Args:
        notebooks: the teacher's notebook of each lesson.
        progress: called with each lesson before it is made.

    Returns:
        for each lesson its students' notebook, or nbgrader's objection.
    """
    with tempfile.TemporaryDirectory(prefix="convolab-build-") as folder:
        course = Path(folder).resolve()
        released = {}
        for lesson, notebook in notebooks.items():
            progress(lesson)
            source = course / "solutions" / lesson / f"{lesson}.ipynb"
            source.parent.mkdir(parents=True)
            source.write_bytes(notebook)
            released[lesson] = _release_one(course, lesson)
        return released


def _release_one(course: Path, lesson: str) -> bytes | Problem:
    config = Config()
    config.GenerateAssignment.preprocessors = GENERATE
    config.GenerateAssignment.no_database = True
    config.SaveCells.enabled = False
    config.CourseDirectory.root = str(course)
    config.CourseDirectory.source_directory = "solutions"
    config.CourseDirectory.release_directory = "notebooks"
    config.CourseDirectory.assignment_id = lesson
    said = _Listener()
    try:
        directory = CourseDirectory(config=config, log=said.log)
        GenerateAssignment(coursedir=directory, config=config, log=said.log).start()
        made = course / "notebooks" / lesson / f"{lesson}.ipynb"
        # read as text: nbgrader writes it with the system's line ends
        return made.read_text(encoding="utf-8").encode()
    except NbGraderException:
        return Problem(f"solutions/{lesson}: nbgrader cannot release it: {said.reason()}")


class _Listener(logging.Handler):
    """Keeps what nbgrader logs as errors: its exception says only "see the log"."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.errors: list[str] = []
        self.log = logging.Logger("convolab.build", logging.ERROR)
        self.log.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.errors.append(record.getMessage())

    def reason(self) -> str:
        """The last line of the first traceback, else the first error."""
        tracebacks = [error for error in self.errors if error.startswith("Traceback")]
        return (tracebacks or self.errors or ["no reason given"])[0].strip().splitlines()[-1]
