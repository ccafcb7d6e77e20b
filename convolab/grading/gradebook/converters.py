"""nbgrader's own converters, run for one lesson, from the start, with a sentence if they fail."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import savecells

from convolab.grading.desk import Desk, LessonDesk, silent_log


class _Remembers:
    """Starts afresh instead of skipping what is there, and remembers whose notebook failed and why;
    nbgrader goes on with the others."""

    force = True

    def __init__(self, **given: Any):
        super().__init__(**given)
        self.failures: dict[str, Exception] = {}

    def convert_single_notebook(self, notebook_filename: str) -> None:
        try:
            super().convert_single_notebook(notebook_filename)
        except Exception as error:
            about = self.init_single_notebook_resources(notebook_filename)["nbgrader"]
            self.failures[about["student"]] = error
            raise


class _Generate(_Remembers, GenerateAssignment):
    pass


class _Autograde(_Remembers, Autograde):
    pass


class _Feedback(_Remembers, GenerateFeedback):
    pass


class _OneTransaction(Gradebook):
    """nbgrader's gradebook, which commits when it is closed, where nbgrader does so for each cell:
    a disk takes its time for each, and a lesson would be entered in parts."""

    def __init__(self, *given: Any, **more: Any):
        super().__init__(*given, **more)
        self.db().commit = self._flush

    def _flush(self) -> None:
        self.db.flush()
        self.db.expire_all()

    def __exit__(self, kind: type | None, *error: Any) -> None:
        if kind is None:
            del self.db().commit
            self.db.commit()
        super().__exit__(kind, *error)


@contextmanager
def _in_one_transaction() -> Iterator[None]:
    before, savecells.Gradebook = savecells.Gradebook, _OneTransaction
    try:
        yield
    finally:
        savecells.Gradebook = before


def generate(desk: LessonDesk, release: str) -> str | None:
    """Enter a lesson into the gradebook and write its student notebook into a folder.

    Returns:
        What went wrong, None if nothing did; so in the other two.
    """
    config = copy.deepcopy(desk.config)
    # Nothing is in that folder that would have to be rehearsed before nbgrader deletes it.
    config.GenerateAssignment.pop("exporter_class", None)
    desk = replace(desk, config=config)
    with _in_one_transaction():
        return _run(_Generate, desk, assignment_id=desk.lesson, release_directory=release)


def autograde(desk: LessonDesk, student: str) -> str | None:
    """Grade one submission into the gradebook and write its autograded notebook."""
    return _run(_Autograde, desk, assignment_id=desk.lesson, student_id=student)


def feedback(desk: LessonDesk) -> str | None:
    """Write the feedback pages of all graded students; what went wrong names each student."""
    return _run(_Feedback, desk, assignment_id=desk.lesson)


def _run(kind: type[_Remembers], desk: Desk, **settings: str) -> str | None:
    converter = kind(coursedir=desk.coursedir(**settings), config=desk.config)
    converter.log = silent_log()
    try:
        converter.start()
    except NbGraderException as error:
        if not converter.failures:
            return _said(error)
        alone = converter.coursedir.student_id != "*"
        return "; ".join(
            _said(failure) if alone else f"{student}: {_said(failure)}"
            for student, failure in converter.failures.items()
        )
    return None


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:400]
