"""Grades a submission: the head of nbgrader's `autograde_preprocessors`, in the place of Execute.

The student's cells run in a sandbox, in a process of their own; the checks run here, at their place
in the document, and reach it over a wire. So `nbgrader autograde`, formgrader's button and
`convolab grade` are one and the same. `autograde/SECURITY.md` says what is promised.
"""

import functools
import os
import time
from pathlib import Path

import nbformat
import numpy as np
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Float, Integer, Unicode

from convolab.grading.desk import coursedir_of
from convolab.grading.gradebook.points import refuse_stale_gradebook
from convolab.grading.run import run_cache
from convolab.grading.run.hidden_cases import draw
from convolab.grading.sandbox.launcher import launcher_for
from convolab.grading.sandbox.limits import MIB, Limits
from convolab.grading.sandbox.split_run import Checked, SubmissionRun
from convolab.handin.given_cells import plan
from convolab.handin.utf8 import make_savable

DEFAULT = Limits()


def _seconds(value: float, what: str) -> Float:
    return Float(value, help=f"Seconds of {what}.").tag(config=True)


class RunSubmission(NbGraderPreprocessor):
    """Runs a submission and fills the outputs of every check with its report."""

    seed = Integer(2026, help="Which hidden cases are drawn.").tag(config=True)
    standard = Unicode(help="What is measured against, where runs are kept.").tag(config=True)
    kept = Unicode(help="The folder of runs that were done ahead.").tag(config=True)
    sandbox = Bool(True, help="Whether submissions run in the sandbox.").tag(config=True)

    cell_cpu = _seconds(DEFAULT.cell_cpu, "processor time for a cell")
    cell_wall = _seconds(DEFAULT.cell_wall, "time for a cell")
    call_cpu = _seconds(DEFAULT.call_cpu, "processor time for a call of a function")
    call_wall = _seconds(DEFAULT.call_wall, "time for a call of a function")
    submission_cpu = _seconds(DEFAULT.submission_cpu, "processor time for a submission")
    submission_wall = _seconds(DEFAULT.submission_wall, "time for a submission")
    memory = Integer(DEFAULT.memory, help="MiB of memory, in all.").tag(config=True)
    processes = Integer(DEFAULT.processes, help="Processes and threads.").tag(config=True)
    files = Integer(DEFAULT.files, help="MiB of files.").tag(config=True)
    open_files = Integer(DEFAULT.open_files, help="Open files of a process.").tag(config=True)
    output = Integer(DEFAULT.output, help="Characters that a cell may show.").tag(config=True)

    @property
    def limits(self) -> Limits:
        """The limits as they are set."""
        return Limits(**{name: getattr(self, name) for name in Limits.__dataclass_fields__})

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Run every cell and every check."""
        coursedir, about = coursedir_of(self), resources["nbgrader"]
        lesson = about["assignment"]
        folder = coursedir.format_path(coursedir.submitted_directory, about["student"], lesson)
        checked = draw(Path(coursedir.root), lesson, self.seed)
        refuse_stale_gradebook(lesson, checked, nb)
        master = coursedir.format_path(coursedir.source_directory, ".", lesson)
        given = _cells(Path(master) / f"{lesson}.ipynb")
        self.run(nb, checked, given, lesson, Path(folder))
        return nb, resources

    def run(
        self,
        nb: NotebookNode,
        checked: dict[str, Checked],
        given: list[NotebookNode],
        lesson: str,
        folder: Path,
    ) -> str | None:
        """Run a mended submission, unless that was done before.

        Args:
            checked: the lesson's exercises with their cases.
            given: the cells of the teacher's notebook.
            folder: where it was handed in.

        Returns:
            The name under which the run may be kept; None if it is kept already.
        """
        limits = self.limits
        files = beside(folder, f"{lesson}.ipynb", limits.files * MIB)
        against = f"{self.standard} {plan(given, nb.cells).key}"
        name = run_cache.key(nb, set(checked), files, limits, against)
        if self.standard and run_cache.restore(Path(self.kept), name, nb):
            return None
        run_submission(nb, checked, limits, files, given, self.sandbox)
        return name


def run_submission(
    nb: NotebookNode,
    checked: dict[str, Checked],
    limits: Limits,
    files: list[tuple[str, np.ndarray]],
    given: list[NotebookNode],
    sandboxed: bool,
) -> None:
    """Run a mended submission; every cell's outputs are replaced.

    Args:
        files: name and bytes of what lay beside it.
        given: the cells of the teacher's notebook, of which it may lack some.
        sandboxed: whether in the sandbox.
    """
    launcher = launcher_for(sandboxed)
    run = SubmissionRun(lambda: launcher.start(limits), checked, limits, files, given)
    run.run(nb, time.monotonic() + limits.submission_wall)
    make_savable(nb.cells)


def _cells(master: Path) -> list[NotebookNode]:
    """The cells of the teacher's notebook, of which a submission may lack some."""
    return _cells_of(master, master.stat().st_mtime_ns)


@functools.lru_cache(maxsize=4)
def _cells_of(master: Path, changed: int) -> list[NotebookNode]:
    return nbformat.read(master, as_version=4).cells


def beside(folder: Path, notebook: str, most: int) -> list[tuple[str, np.ndarray]]:
    """The files that were handed in beside a notebook, for the student's code: name and bytes.

    Links are left out, and so is all that comes after `most` bytes.
    """
    found = []
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        name = os.fsencode(place).decode("utf-8", "replace")
        linked = path.is_symlink() or path.resolve() != folder.resolve() / place
        if name == notebook or linked or not path.is_file():
            continue
        most -= path.stat().st_size
        if most < 0:
            break
        found.append((name, np.frombuffer(path.read_bytes(), np.uint8)))
    return found
