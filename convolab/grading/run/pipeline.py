"""The autograded notebook of a submission, as nbgrader's own steps make it, without its files.

`nbgrader autograde` reads and writes a notebook twice, opens the gradebook a dozen times and asks
it for every cell. Here nbgrader's own steps work on a notebook in memory, and what they look up is
looked up once for a class. If the desk's settings ask for steps that are not known here,
nbgrader's converter does it all.
"""

import json
from dataclasses import dataclass
from types import SimpleNamespace

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import (
    ClearOutput,
    DeduplicateIds,
    IgnorePattern,
    LimitOutput,
    OverwriteCells,
)
from traitlets.config import Config

from convolab.grading.desk import Desk
from convolab.grading.gradebook.lookup import entry
from convolab.grading.intake.mend_hook import named_cells, prepare
from convolab.grading.run.autograde_steps import AUTOGRADE, EXPORTER, SANITIZE

# The sections of the desk's settings that the steps read.
SETTINGS = ("ClearOutput", "DeduplicateIds", "OverwriteCells", "IgnorePattern", "LimitOutput")
# Settings that change what nbgrader's converter does around the steps.
_UNKNOWN = {
    "Autograde": {"pre_convert_hook", "post_convert_hook", "create_student"},
    "CourseDirectory": {"student_id_exclude"},
    "OverwriteCells": {"add_missing_cells"},
}


def is_known(desk: Desk) -> bool:
    """Whether the desk's settings ask for the steps that are known here, and for nothing else."""
    settings = desk.config
    autograde = settings.Autograde
    if tuple(autograde.sanitize_preprocessors) != SANITIZE:
        return False
    if tuple(autograde.autograde_preprocessors) != AUTOGRADE:
        return False
    if autograde.get("exporter_class", EXPORTER) != EXPORTER:
        return False
    return not any(names & set(settings.get(section, {})) for section, names in _UNKNOWN.items())


@dataclass(frozen=True)
class Sources:
    """What the gradebook holds about a lesson's cells, by name; as plain data, which can be sent.

    Attributes:
        cells: kind, text, checksum, and whether locked, of each named cell.
        points: of each graded cell.
        kernelspec: of the teacher's notebook.
    """

    cells: dict[str, dict]
    points: dict[str, float]
    kernelspec: dict


def sources(gradebook: Gradebook, lesson: str) -> Sources:
    """Look up a lesson that is in the gradebook."""
    notebook = gradebook.find_notebook(lesson, lesson)
    return Sources(
        {
            cell.name: {
                "name": cell.name,
                "cell_type": cell.cell_type,
                "source": cell.source,
                "checksum": cell.checksum,
                "locked": cell.locked,
            }
            for cell in notebook.source_cells
        },
        {cell.name: cell.max_score for cell in [*notebook.grade_cells, *notebook.task_cells]},
        json.loads(notebook.kernelspec or "{}"),
    )


class _LookedUp:
    """Replaces a gradebook, for nbgrader's OverwriteCells."""

    def __init__(self, found: Sources):
        self._cells = {name: SimpleNamespace(**cell) for name, cell in found.cells.items()}
        self._points = {n: SimpleNamespace(max_score=most) for n, most in found.points.items()}

    def find_source_cell(self, name: str, notebook: str, assignment: str) -> SimpleNamespace:
        return entry(self._cells, name)

    def find_graded_cell(self, name: str, notebook: str, assignment: str) -> SimpleNamespace:
        return entry(self._points, name)


class Pipeline:
    """nbgrader's steps before and after a submission is run, except those that save grades.

    Args:
        settings: those of the desk; only `SETTINGS` matter.
        master: the teacher's notebook.
    """

    def __init__(self, settings: Config, lesson: str, found: Sources, master: NotebookNode):
        made = {"config": settings}
        self._master = master
        released = {name: cell["source"] for name, cell in found.cells.items()}
        self._named = named_cells(master, released)
        self._kernelspec = found.kernelspec
        self._first = (ClearOutput(**made), DeduplicateIds(**made))
        self._overwrite = OverwriteCells(**made)
        self._overwrite.notebook_id = self._overwrite.assignment_id = lesson
        self._overwrite.gradebook = _LookedUp(found)
        self._last = (IgnorePattern(**made), LimitOutput(**made))

    def before(self, notebook: NotebookNode) -> None:
        """The steps before a submission is run, from mending it on, in place."""
        prepare(notebook, self._master, self._named)
        for step in self._first:
            step(notebook, {})
        if self._kernelspec:
            notebook.metadata["kernelspec"] = self._kernelspec
        for place, cell in enumerate(notebook.cells):
            self._overwrite.preprocess_cell(cell, {}, place)

    def after(self, notebook: NotebookNode) -> str:
        """The steps after it was run.

        Returns:
            The autograded notebook as nbgrader writes it.

        Raises:
            ValidationError: it is not a notebook.
        """
        for step in self._last:
            step(notebook, {})
        nbformat.validate(notebook)
        text = nbformat.v4.writes(notebook)
        return text if text.endswith("\n") else text + "\n"
