"""Rehearses `nbgrader generate_assignment` before it deletes the released lesson.

nbgrader removes notebooks/<lesson> first and then finds out whether it can make it again. Its
converter makes its exporter before that, from the desk's setting, so the exporter can try
everything once, in memory and without writing to the gradebook.
"""

import copy
import logging
import os

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import Gradebook, MissingEntry, Notebook
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from convolab.cell_metadata import name_of
from convolab.cell_text import first_line


class RehearsedExporter(NotebookExporter):
    """The exporter of nbgrader's GenerateAssignment, as the desk's config names it.

    Raises:
        NbGraderException: the lesson cannot be released; nothing was changed.
    """

    def __init__(self, **more):
        super().__init__(**more)
        if isinstance(self.parent, GenerateAssignment):
            rehearse(self.parent)


def rehearse(converter: GenerateAssignment) -> None:
    """Try to make every notebook that a converter is about to release.

    Raises:
        NbGraderException: one of them cannot be made, or the gradebook would refuse it.
    """
    try:
        made = {
            path: _made(converter, path)
            for notebooks in converter.assignments.values()
            for path in notebooks
        }
        if not converter.no_database:
            _ask_the_gradebook(converter, made)
    except _Refused as why:
        sentence = f"{why} Nothing was changed."
        converter.log.error(sentence)
        raise NbGraderException(sentence) from why


class _Refused(Exception):
    """Why a lesson cannot be released, in a sentence."""


def _made(converter: GenerateAssignment, path: str) -> NotebookNode:
    """A notebook as it would be released."""
    config = copy.deepcopy(converter.config)
    config.SaveCells.enabled = False
    exporter = NotebookExporter(config=config, log=_silent())
    for step in converter.preprocessors:
        exporter.register_preprocessor(step)
    try:
        resources = converter.init_single_notebook_resources(path)
        released, _ = exporter.from_filename(path, resources=resources)
        return nbformat.reads(released, as_version=4)
    except Exception as error:
        name = os.path.relpath(path, converter.coursedir.root)
        raise _Refused(f"{name} cannot be released: {_reason(error)}.") from error


def _silent() -> logging.Logger:
    """A log for nbgrader's steps: some of them print a traceback before they raise."""
    log = logging.Logger("convolab.rehearsal")
    log.addHandler(logging.NullHandler())
    return log


def _reason(error: Exception) -> str:
    """What is wrong, with the first line of what a step of nbgrader's was about when it raised."""
    says = (str(error).strip().splitlines() or [type(error).__name__])[-1].rstrip(".")
    about = error.__context__ if error.__cause__ is None else None
    line = first_line(str(about or ""))
    return f"{says} ({line})" if line else says


def _ask_the_gradebook(converter: GenerateAssignment, made: dict[str, NotebookNode]) -> None:
    course = converter.coursedir
    try:
        with Gradebook(course.db_url, course.course_id) as gradebook:
            # a statement that changes nothing and does not wait for another writer
            gradebook.db.execute(text("UPDATE assignment SET name = name WHERE 1 = 0"))
            gradebook.db.rollback()
            about = {path: converter.init_single_notebook_resources(path) for path in made}
            lesson = next(iter(about.values()))["nbgrader"]["assignment"]
            named = {about[path]["nbgrader"]["notebook"]: made[path] for path in made}
            _compare(gradebook, lesson, named, whole=course.notebook_id == "*")
    except DBAPIError as error:
        raise _Refused(f"The gradebook cannot be used: {error.orig}.") from error


def _compare(
    gradebook: Gradebook, lesson: str, notebooks: dict[str, NotebookNode], whole: bool
) -> None:
    """nbgrader can neither add nor remove cells or notebooks once there are submissions."""
    try:
        assignment = gradebook.find_assignment(lesson)
    except MissingEntry:
        return
    if not (count := len(assignment.submissions)):
        return
    known = {notebook.name: notebook for notebook in assignment.notebooks}
    changed = set(known) ^ set(notebooks) if whole else set()
    for name in set(known) & set(notebooks):
        changed |= {cell for _, cell in _cells_known(known[name]) ^ _cells_of(notebooks[name])}
    if changed:
        raise _Refused(
            f"{lesson} has gained, lost or changed the kind of {', '.join(sorted(changed))} since "
            f"submissions were graded ({count} so far), which nbgrader cannot handle: undo that, "
            f"or start the lesson afresh with `nbgrader db assignment remove {lesson} --force`, "
            "which forgets its grades."
        )


def _cells_known(notebook: Notebook) -> set[tuple[str, str]]:
    kinds = {
        "grade": notebook.grade_cells,
        "solution": notebook.solution_cells,
        "task": notebook.task_cells,
        "source": notebook.source_cells,
    }
    return {(kind, cell.name) for kind, cells in kinds.items() for cell in cells}


def _cells_of(notebook: NotebookNode) -> set[tuple[str, str]]:
    """What nbgrader's SaveCells would save of a notebook."""
    kinds = {"grade": utils.is_grade, "solution": utils.is_solution, "task": utils.is_task}
    found = set()
    for cell in notebook.cells:
        name = name_of(cell)
        own = {(kind, name) for kind, is_one in kinds.items() if is_one(cell)}
        if own or utils.is_locked(cell):
            found |= own | {("source", name)}
    return found
