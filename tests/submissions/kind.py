"""One kind of submission of the small lesson: how it is made, and the verdict it must get."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import nbformat
from nbformat import NotebookNode

from tests.grading.small_course import RIGHT, filled

Verdict = tuple[float, str]
FULL: Verdict = (2, "correct")
ONE: Verdict = (1, "correct")
NOTHING: Verdict = (0, "wrong")
MISSING: Verdict = (0, "missing")


@dataclass(frozen=True)
class Kind:
    """A submission.

    Attributes:
        answers: what stands in the cells of the exercises, where it is not the right answer.
        first, last: the source of a cell put at the start, after the last check.
        edit: changes the notebook that came of all this.
        text: the file itself, in the place of a notebook.
        files: what lies beside it, by name.
        twice, total: points and status of the two exercises.
        problem: a part of the sentence, where it cannot be graded at all.
    """

    name: str
    answers: dict[str, str] = field(default_factory=dict)
    first: str = ""
    last: str = ""
    edit: Callable[[NotebookNode], Any] | None = None
    text: str | bytes | None = None
    files: dict[str, str] = field(default_factory=dict)
    twice: Verdict = FULL
    total: Verdict = ONE
    problem: str | None = None

    def work(self) -> NotebookNode | str | bytes:
        """What is handed in."""
        if self.text is not None:
            return self.text
        notebook = filled({**RIGHT, **self.answers})
        if self.first:
            notebook.cells.insert(1, new_cell(self.first, "first"))
        if self.last:
            notebook.cells.append(new_cell(self.last, "last"))
        if self.edit:
            self.edit(notebook)
        return notebook


def new_cell(source: str, own_id: str) -> NotebookNode:
    """A cell of the student's own."""
    cell = nbformat.v4.new_code_cell(source)
    cell["id"] = own_id
    return cell


def cell_of(notebook: NotebookNode, name: str) -> NotebookNode:
    """The first cell of this name."""
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)


def pasted(notebook: NotebookNode, name: str) -> NotebookNode:
    """A copy of the cell of this name, put at the end."""
    cell = copy.deepcopy(cell_of(notebook, name))
    cell["id"] = f"pasted-{name}"
    notebook.cells.append(cell)
    return cell
