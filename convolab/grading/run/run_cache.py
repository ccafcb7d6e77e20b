"""The result of running a submission, in a file of its own until it is in the gradebook.

The file's name is a hash of everything the run depends on, so that a run from before a crash, or
from another process, is found, and one of something else never is.
"""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from convolab.cell_metadata import answered_exercise
from convolab.files import write_whole
from convolab.grading.sandbox.cells import check_of, is_run
from convolab.grading.sandbox.limits import Limits


def key(notebook: NotebookNode, names: set[str], files: list, limits: Limits, standard: str) -> str:
    """The hash of a run.

    Args:
        notebook: the submission, mended.
        names: the lesson's exercises.
        files: name and bytes of the files next to it.
        standard: the hash of what it is measured against.
    """
    cells = [_of_cell(cell, names) for cell in notebook.cells if cell.cell_type == "code"]
    total = hashlib.sha256(json.dumps([cells, asdict(limits), standard]).encode())
    for name, content in files:
        total.update(f"{name}\0{content.nbytes}\0".encode())
        total.update(content)
    return total.hexdigest()


def _of_cell(cell: NotebookNode, names: set[str]) -> list:
    """What matters of a code cell: of a check its name, of any other its text."""
    if (name := check_of(cell, names)) is not None:
        return [name]
    return [is_run(cell), answered_exercise(cell), cell.source]


def outputs(notebook: NotebookNode) -> str:
    """The outputs of a notebook that was run, as JSON."""
    return json.dumps(
        [
            [cell.outputs, cell.execution_count]
            for cell in notebook.cells
            if cell.cell_type == "code"
        ]
    )


def save(folder: Path, name: str, shown: str) -> None:
    """Keep the outputs of a run, as `outputs` gives them."""
    write_whole(folder / f"{name}.json", shown)


def restore(folder: Path, name: str, notebook: NotebookNode) -> bool:
    """Fill in the outputs of an earlier run of the same; False if there is none."""
    try:
        kept = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if len(kept) != len(cells):
        return False
    for cell, (outputs, count) in zip(cells, kept, strict=True):
        cell.outputs = nbformat.from_dict(outputs)
        cell.execution_count = count
    return True


def forget(folder: Path, name: str) -> None:
    """Drop a run whose grades are in the gradebook."""
    (folder / f"{name}.json").unlink(missing_ok=True)
