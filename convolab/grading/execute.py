"""Runs a submission with hidden cases and settles what its checks say.

The head of nbgrader's `autograde_preprocessors`, in the place of nbgrader's own Execute. It runs
the notebook in a kernel of its own, from top to bottom; `autograde/README.md` says what this does
not protect against yet.
"""

import os
import subprocess
import time
from pathlib import Path

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbgrader.preprocessors import Execute
from traitlets import Integer

from convolab.grading.cases import draw
from convolab.grading.desk import coursedir_of, graded_exercise
from convolab.grading.verdict import settle

ONE_THREAD = {name: "1" for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")}
CHECKER = "from convolab.check import check\n"


class RunSubmission(Execute):
    """Execute, with hidden cases, limits on time, and one report for each graded check."""

    seed = Integer(2026, help="Which hidden cases are drawn.").tag(config=True)

    submission_timeout = Integer(
        600, help="Seconds that a whole submission may take; what comes later is not run."
    ).tag(config=True)

    # There is nothing in a kernel that should be saved.
    shutdown_kernel = "immediate"

    def preprocess(
        self, nb: NotebookNode, resources: dict, km: object = None
    ) -> tuple[NotebookNode, dict]:
        """Run every cell, then settle the graded checks."""
        about = resources["nbgrader"]
        self._cases = draw(Path(coursedir_of(self).root), about["assignment"], self.seed)
        self._stopped: tuple[str, str] | None = None
        self._deadline = time.monotonic() + self.submission_timeout
        nb, resources = super().preprocess(nb, resources, km)
        for cell in nb.cells:
            if graded_exercise(cell) is not None:
                settle(cell, self._stopped)
        return nb, resources

    def start_new_kernel(self, **options: object) -> None:
        """Start the kernel with one thread for linear algebra and the way to the hidden cases.

        What it writes past the notebook, on the terminal, is dropped.
        """
        super().start_new_kernel(
            **options,
            env={**os.environ, **ONE_THREAD, "CONVOLAB_CASES": str(self._cases)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict, index: int
    ) -> tuple[NotebookNode, dict]:
        """Run one cell, unless it is marked as not to be run or the kernel is gone."""
        if self._stopped is None and time.monotonic() > self._deadline:
            self._stop("timeout", f"The notebook took more than {self.submission_timeout} seconds")
        if self._stopped is not None or _is_skipped(cell):
            return cell, resources
        source = cell.source
        if graded_exercise(cell) is not None:
            # The checker itself, even where the import was deleted or the name used otherwise.
            cell.source = CHECKER + source
        try:
            cell, resources = super().preprocess_cell(cell, resources, index)
        except DeadKernelError:
            self._stop("error", "Python ended (a crash, an exit or too little memory)", index)
        except CellTimeoutError:
            self._stop("timeout", "It could not be stopped after its time was up", index)
        finally:
            cell.source = source
        return cell, resources

    def _stop(self, status: str, what: str, index: int | None = None) -> None:
        where = "" if index is None else f" in cell {index + 1}"
        self._stopped = (status, f"{what}{where}, so this check could not be run.")
        self.log.warning(self._stopped[1])


def _is_skipped(cell: NotebookNode) -> bool:
    about = cell.metadata.get("convolab", {})
    return isinstance(about, dict) and (about.get("heavy") is True or about.get("run") is False)
