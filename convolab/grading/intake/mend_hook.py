"""The head of nbgrader's `sanitize_preprocessors`: no notebook can stop the class."""

from pathlib import Path

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from convolab.cell_metadata import name_of
from convolab.grading.desk import coursedir_of, read_master
from convolab.grading.intake.hand_graded import missing, settle
from convolab.grading.intake.sanitise import reduce
from convolab.handin.mend import Named, mend


class MendSubmission(NbGraderPreprocessor):
    """The head of nbgrader's `sanitize_preprocessors`."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Give every named cell the teacher's metadata, once, in the teacher's kind."""
        about = resources["nbgrader"]
        coursedir = coursedir_of(self)
        folder = coursedir.format_path(coursedir.source_directory, ".", about["assignment"])
        master = read_master(Path(folder) / f"{about['notebook']}.ipynb")
        with Gradebook(about["db_url"]) as gradebook:
            cells = gradebook.find_notebook(about["notebook"], about["assignment"]).source_cells
            released = {cell.name: cell.source for cell in cells}
        prepare(nb, master, named_cells(master, released))
        return nb, resources


def named_cells(master: NotebookNode, released: dict[str, str]) -> dict[str, Named]:
    """The teacher's named cells, with the text in which students got them."""
    return {
        name: Named(name, cell, released[name])
        for cell in master.cells
        if (name := name_of(cell)) in released
    }


def prepare(nb: NotebookNode, master: NotebookNode, named: dict[str, Named]) -> None:
    """Mend a submission in place, and reduce it to what is safe on a teacher's page."""
    deleted = missing(nb, named)
    mend(nb, named)
    settle(nb, named, deleted)
    reduce(nb, master, {cell.released for cell in named.values()})
