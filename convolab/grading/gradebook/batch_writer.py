"""Writes autograded notebooks and their grades: many submissions in one transaction.

nbgrader's own classes (Gradebook, SaveAutoGrades, AssignLatePenalties) decide what is written and
when a teacher must look at a grade. They are only handed what they look up, which was loaded for
the whole batch, and what they commit waits until the batch is complete.
"""

import json
import shutil
import time
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SAWarning
from sqlalchemy.orm import selectinload

from convolab.cell_metadata import name_of
from convolab.files import write_whole
from convolab.grading.database import unusable
from convolab.grading.desk import LessonDesk, silent_log
from convolab.grading.gradebook.extensions import given_extensions
from convolab.grading.gradebook.lookup import entry
from convolab.grading.intake.timestamps import handed_in
from convolab.problem import Problem

PATIENCE = 60.0  # seconds for a database server to be there again
PAUSE = 0.5  # seconds between two tries


class _DeferredSession:
    """A session whose commits wait."""

    def __init__(self, session: Any):
        self.session = session

    def commit(self) -> None:
        """Nothing yet."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.session, name)


class Batch(Gradebook):
    """nbgrader's gradebook, which finds what was loaded for some students of one lesson."""

    def __init__(self, db_url: str, course_id: str):
        super().__init__(db_url, course_id)
        self.db = _DeferredSession(self.db)

    def load(self, lesson: str, students: list[str]) -> None:
        """Load all that there is of these students."""
        self._assignment = super().find_assignment(lesson)
        (notebook,) = self._assignment.notebooks
        tasks = notebook.task_cells
        self._graded = {cell.id: cell.name for cell in [*notebook.grade_cells, *tasks]}
        self._commented = {cell.id: cell.name for cell in [*notebook.solution_cells, *tasks]}
        known = self.db.query(Student).filter(Student.id.in_(students))
        self._students = {student.id: student for student in known}
        rows = selectinload(SubmittedAssignment.notebooks)
        before = (
            self.db.query(SubmittedAssignment)
            .options(rows.selectinload(SubmittedNotebook.grades))
            .options(rows.selectinload(SubmittedNotebook.comments))
            .filter(SubmittedAssignment.assignment_id == self._assignment.id)
            .filter(SubmittedAssignment.student_id.in_(students))
        )
        self._submissions = {submission.student_id: submission for submission in before}
        self._rows: dict[str, tuple[dict[str, Grade], dict[str, Comment]]] = {}

    def find_student(self, student_id: str) -> Student:
        return entry(self._students, student_id)

    def add_student(self, student_id: str, **kwargs: Any) -> Student:
        student = super().add_student(student_id, **kwargs)
        self._students[student_id] = student
        return student

    def find_assignment(self, name: str) -> Any:
        return self._assignment

    def find_submission(self, assignment: str, student: str) -> SubmittedAssignment:
        return entry(self._submissions, student)

    def add_submission(self, assignment: str, student: str, **kwargs: Any) -> SubmittedAssignment:
        submission = super().add_submission(assignment, student, **kwargs)
        self._submissions[student] = submission
        return submission

    def notebook_of(self, student: str) -> SubmittedNotebook:
        """The one notebook of a submission."""
        return self._submissions[student].notebooks[0]

    def find_grade(self, grade_cell: str, notebook: str, assignment: str, student: str) -> Grade:
        return entry(self._rows_of(student)[0], grade_cell)

    def find_comment(
        self, solution_cell: str, notebook: str, assignment: str, student: str
    ) -> Comment:
        return entry(self._rows_of(student)[1], solution_cell)

    def _rows_of(self, student: str) -> tuple[dict[str, Grade], dict[str, Comment]]:
        if student not in self._rows:
            notebook = self.notebook_of(student)
            self._rows[student] = (
                {self._graded.get(row.cell_id): row for row in notebook.grades},
                {self._commented.get(row.cell_id): row for row in notebook.comments},
            )
        return self._rows[student]

    def commit(self) -> None:
        """Write all that waits, in one transaction."""
        self.db.session.commit()

    def forget(self) -> None:
        """Drop all that was loaded, and what was not committed."""
        self.db.session.remove()


class Writer:
    """The one writer of a lesson's grades; close it at the end.

    Raises:
        Problem: the gradebook cannot be opened, or the list of extensions cannot be read.
    """

    def __init__(self, desk: LessonDesk):
        self.lesson = desk.lesson
        self._course = desk.coursedir(assignment_id=desk.lesson)
        self._converter = Autograde(coursedir=self._course, config=desk.config)
        self._converter.log = silent_log()
        self._save = SaveAutoGrades(parent=self._converter)
        self._save.notebook_id = self._save.assignment_id = desk.lesson
        self._extensions = given_extensions(desk)  # for whoever is new; the others have theirs
        source = self._course.format_path(self._course.source_directory, ".", desk.lesson)
        self._source, self._ignored = Path(source), [*self._course.ignore, "*.ipynb"]
        try:
            self._book = Batch(self._course.db_url, self._course.course_id)
        except DBAPIError as error:
            raise self._problem(error) from error

    def close(self) -> None:
        """Close the gradebook."""
        self._book.close()

    def write(self, batch: dict[str, str]) -> None:
        """Write autograded notebooks, by student, and their grades.

        When it returns, all of them are in the gradebook; if it raises, none counts as graded.

        Raises:
            Problem: the gradebook cannot be written, even after waiting a while.
        """
        cells = {student: _named_cells(text) for student, text in batch.items()}
        for student, text in batch.items():
            self._write_files(student, text)
        late = self._enter_patiently(cells)
        try:
            for student in late:
                self._penalize(student)
        except DBAPIError as error:
            raise self._problem(error) from error

    def _enter_patiently(self, cells: dict[str, list[NotebookNode]]) -> list[str]:
        """Enter grades, again if a connection was lost or another writer was in the way."""
        tries, end = 0, time.monotonic() + PATIENCE
        while True:
            try:
                return self._enter(cells)
            except DBAPIError as error:
                self._book.engine.dispose()
                tries += 1
                waits = tries > 1
                if isinstance(error, DataError):  # of one student's work, not of the database
                    raise
                if waits and (time.monotonic() > end or not _passes(error)):
                    if isinstance(error, IntegrityError):
                        raise
                    raise self._problem(error) from error
                time.sleep(PAUSE if waits else 0)

    def _enter(self, cells: dict[str, list[NotebookNode]]) -> list[str]:
        """Enter grades in one transaction; says whose work came late."""
        with warnings.catch_warnings():
            # nbgrader's queries are older than the SQLAlchemy that runs them.
            warnings.simplefilter("ignore", SAWarning)
            try:
                self._book.load(self.lesson, list(cells))
                late = [student for student in cells if self._enter_one(student, cells[student])]
                self._book.commit()
            finally:
                self._book.forget()
        return late

    def _enter_one(self, student: str, cells: list[NotebookNode]) -> bool:
        book, save = self._book, self._save
        book.update_or_create_student(student)
        folder = self._converter._format_source(self.lesson, student)
        moment = handed_in(Path(folder))
        more = {"extension": self._extensions[student]} if student in self._extensions else {}
        submission = book.update_or_create_submission(
            self.lesson, student, timestamp=moment, **more
        )
        save.gradebook, save.student_id = book, student
        for place, cell in enumerate(cells):
            save.preprocess_cell(cell, {}, place)
        book.notebook_of(student).late_submission_penalty = None
        return submission.total_seconds_late > 0

    def _penalize(self, student: str) -> None:
        """What late work costs is for the plugin in the desk's settings to say."""
        about = {"student": student, "assignment": self.lesson, "notebook": self.lesson}
        about["db_url"] = self._course.db_url
        step = AssignLatePenalties(parent=self._converter)
        step.preprocess(nbformat.v4.new_notebook(), {"nbgrader": about})

    def _write_files(self, student: str, text: str) -> None:
        """The autograded notebook and the files next to it and to the teacher's notebook."""
        target = Path(self._converter._format_dest(self.lesson, student))
        if target.exists():
            utils.rmtree(target)
        BaseConverter.init_assignment(self._converter, self.lesson, student)
        overwritten = self._converter.exclude_overwriting.get(self.lesson, [])
        for name in utils.find_all_files(str(self._source), self._ignored):
            beside = Path(name).relative_to(self._source)
            if str(beside) not in overwritten:
                (target / beside).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(name, target / beside)
        write_whole(target / f"{self.lesson}.ipynb", text)
        self._converter.set_permissions(self.lesson, student)

    def _problem(self, error: DBAPIError) -> Problem:
        return unusable(self._course.db_url, error)


def _passes(error: DBAPIError) -> bool:
    """Whether a database error may be temporary: its server is restarting, another writer is busy,
    or has entered the same student at the same moment."""
    locked = "locked" in str(error.orig)
    server = error.connection_invalidated or "connect" in str(error.orig).lower()
    return locked or server or isinstance(error, IntegrityError)


def _named_cells(text: str) -> list[NotebookNode]:
    """The cells of an autograded notebook that nbgrader knows by name."""
    raw: Iterable[dict] = json.loads(text)["cells"]
    named = [cell for cell in raw if name_of(cell) is not None]
    notebook = nbformat.v4.to_notebook({"cells": named, "metadata": {}})
    return notebook.cells
