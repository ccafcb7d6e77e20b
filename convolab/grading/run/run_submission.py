"""Runs one mended submission, the way a grading run says."""

import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from nbformat import NotebookNode

from convolab.grading.run import run_cache
from convolab.grading.run.grading_run import GradingRun
from convolab.grading.sandbox.checked import Checked
from convolab.grading.sandbox.launcher import launcher_for
from convolab.grading.sandbox.limits import MIB
from convolab.grading.sandbox.split_run import SubmissionRun
from convolab.handin.given_cells import plan
from convolab.handin.utf8 import make_savable

Files = list[tuple[str, np.ndarray]]  # name and bytes of the files next to a notebook


def run_submission(
    run: GradingRun,
    notebook: NotebookNode,
    files: Files,
    checked: Mapping[str, Checked],
    given: Sequence[NotebookNode],
) -> None:
    """Run a mended submission; every cell's outputs are replaced.

    Args:
        checked: the lesson's exercises with their cases.
        given: the cells of the teacher's notebook, of which it may lack some.
    """
    launcher, limits = launcher_for(run.sandboxed), run.limits
    submission = SubmissionRun(lambda: launcher.start(limits), checked, limits, files, given)
    submission.run(notebook, time.monotonic() + limits.submission_wall)
    make_savable(notebook.cells)


def run_once(
    run: GradingRun,
    notebook: NotebookNode,
    files: Files,
    checked: Mapping[str, Checked],
    given: Sequence[NotebookNode],
) -> str | None:
    """Like `run_submission`, unless that was done before and is kept.

    Returns:
        The name under which the run may be kept; None if it is kept already.
    """
    against = f"{run.standard} {plan(given, notebook.cells).key}"
    name = run_cache.key(notebook, set(checked), files, run.limits, against)
    if run.standard and run.kept and run_cache.restore(run.kept, name, notebook):
        return None
    run_submission(run, notebook, files, checked, given)
    return name


def beside(folder: Path, notebook: str, most: int) -> Files:
    """The files that were handed in with a notebook, for the student's code: name and bytes.

    Links are left out, and so is everything beyond `most` MiB.
    """
    found, room = [], most * MIB
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        name = os.fsencode(place).decode("utf-8", "replace")
        linked = path.is_symlink() or path.resolve() != folder.resolve() / place
        if name == notebook or linked or not path.is_file():
            continue
        room -= path.stat().st_size
        if room < 0:
            break
        found.append((name, np.frombuffer(path.read_bytes(), np.uint8)))
    return found
