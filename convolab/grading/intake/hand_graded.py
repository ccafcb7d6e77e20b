"""Answers that a teacher reads, before grading: each gets its box for points, empty or not.

nbgrader itself gives 0 to an answer that is letter for letter as it was handed out, and leaves
every other one to the teacher.
"""

from collections.abc import Collection

from nbformat import NotebookNode

from convolab.cell_metadata import name_of
from convolab.handin.mend import Named

_DELETED = (
    "The cell for this answer was deleted from the notebook that was handed in, and was put back "
    "empty. See whether the answer is in another cell."
)


def missing(notebook: NotebookNode, named: dict[str, Named]) -> set[str]:
    """The answers whose cells a submission, not yet mended, has lost."""
    here = {name_of(cell) for cell in notebook.cells}
    return {name for name, cell in named.items() if cell.is_read_by_hand and name not in here}


def settle(notebook: NotebookNode, named: dict[str, Named], deleted: Collection[str]) -> None:
    """Mark in a mended submission, in place, which answers were deleted and which left untouched.

    An untouched answer is one with nothing in it, or with nothing but spaces added: it becomes what
    was handed out, and nbgrader gives it 0. A deleted one is left to the teacher, because a student
    who deletes a cell may have answered in another.
    """
    for cell in notebook.cells:
        answer = named.get(name_of(cell))
        if answer is None or not answer.is_read_by_hand:
            continue
        written = cell.source.strip()
        if answer.name in deleted:
            cell.source = _DELETED if cell.cell_type == "markdown" else f"# {_DELETED}"
        elif not cell.get("attachments") and written in ("", answer.released.strip()):
            cell.source = answer.released
