"""Runs a student's own notebook as the grader would, in a fresh Python on the student's computer.

There is no sandbox: it is one's own work. What the grader does differently: it adds cases that
nobody has seen, draws nothing, and lets a submission neither out nor at the network.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from convolab.check.report import MIME
from convolab.handin.mend import name_of

CELL_SECONDS = 120
MOST_STARTS = 4
_CHECK = "from convolab.check import check as _check_of_the_course\n_check_of_the_course({!r})"


@dataclass
class _Step:
    """A cell to run; a check's name, and what came of it."""

    source: str
    check: str | None = None
    skipped: bool = False
    report: dict | None = None


@dataclass
class Run:
    """What came of a notebook.

    Attributes:
        reports: by exercise, what the check said (as in convolab.check.report).
        ended: the sources of the cells that ended Python, which were left out.
    """

    reports: dict[str, dict] = field(default_factory=dict)
    ended: list[str] = field(default_factory=list)


def run_notebook(
    notebook: NotebookNode,
    folder: Path,
    tick: Callable[[int, int], None] = lambda done, all: None,
    seconds: int = CELL_SECONDS,
) -> Run:
    """Run a mended notebook from top to bottom.

    A cell with an error costs nothing else, one that takes too long is interrupted, one that ends
    Python is left out and the rest is run again.

    Args:
        folder: where it runs, the folder of the file.
        tick: told how many of how many cells are done.
        seconds: what one cell may take.
    """
    steps = [step for cell in notebook.cells if (step := _step(cell))]
    for _ in range(MOST_STARTS):
        if _from_the_top(steps, folder, tick, seconds):
            break
    run = Run(ended=[step.source for step in steps if step.skipped and not step.check])
    for step in steps:
        if step.check and step.report:
            run.reports[step.check] = step.report
    return run


def _step(cell: NotebookNode) -> _Step | None:
    """What is run of a cell; None for text, a heavy demonstration and a needless copy."""
    about = cell.metadata.get("convolab", {})
    if cell.cell_type != "code" or about.get("heavy") is True or about.get("run") is False:
        return None
    name = name_of(cell) or ""
    if name.startswith("test_") and not cell.metadata.nbgrader.get("solution"):
        exercise = name.removeprefix("test_")
        return _Step(_CHECK.format(exercise), check=exercise)
    return _Step(cell.source)


def _from_the_top(
    steps: list[_Step], folder: Path, tick: Callable[[int, int], None], seconds: int
) -> bool:
    """Run all that is not skipped; False if Python ended, and what ended it is then skipped."""
    cells = [new_code_cell(step.source) for step in steps]
    client = NotebookClient(
        new_notebook(cells=cells),
        timeout=seconds,
        interrupt_on_timeout=True,
        allow_errors=True,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        extra_arguments=["--log-level=CRITICAL"],
    )
    with client.setup_kernel():
        order = [place for place, step in enumerate(steps) if not step.skipped]
        for done, place in enumerate(order):
            tick(done, len(order))
            if not _execute(client, cells[place], steps[place], place):
                return False
        for place in order:  # an answer may stand below its check
            step = steps[place]
            if step.check and (step.report or {}).get("status") == "missing":
                _execute(client, cells[place], step, place)
        tick(len(order), len(order))
    return True


def _execute(client: NotebookClient, cell: NotebookNode, step: _Step, place: int) -> bool:
    try:
        client.execute_cell(cell, place)
    except DeadKernelError:
        step.skipped = True
        return False
    if step.check:
        reports = (output.get("data", {}).get(MIME) for output in cell.outputs)
        step.report = next((report for report in reports if report), None)
    return True
