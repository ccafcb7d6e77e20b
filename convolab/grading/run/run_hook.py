"""Grades a submission: the head of nbgrader's `autograde_preprocessors`, instead of Execute.

The student's cells run in a sandbox, in a process of their own; the checks run here, at their place
in the document, and reach it over a wire. So `nbgrader autograde`, formgrader's button and
`convolab grade` are one and the same. `autograde/SECURITY.md` says what is promised.
"""

import copy
from dataclasses import asdict
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Float, Integer, TraitError, Unicode
from traitlets.config import Config

from convolab.grading.desk import coursedir_of, read_master
from convolab.grading.gradebook.points import refuse_stale_gradebook
from convolab.grading.run.grading_run import GradingRun
from convolab.grading.run.hidden_cases import draw
from convolab.grading.run.run_submission import beside, run_once
from convolab.grading.sandbox.limits import Limits
from convolab.problem import Problem

DEFAULT = Limits()


def _seconds(value: float, what: str) -> Float:
    return Float(value, help=f"Seconds of {what}.").tag(config=True)


class RunSubmission(NbGraderPreprocessor):
    """Runs a submission and fills the outputs of every check with its report."""

    seed = Integer(2026, help="Which hidden cases are drawn.").tag(config=True)
    standard = Unicode(help="Hash of what runs are graded against, if they are kept.").tag(
        config=True
    )
    kept = Unicode(help="The folder with runs done in advance.").tag(config=True)
    sandbox = Bool(True, help="Whether submissions run in the sandbox.").tag(config=True)

    cell_cpu = _seconds(DEFAULT.cell_cpu, "processor time for a cell")
    cell_wall = _seconds(DEFAULT.cell_wall, "time for a cell")
    call_cpu = _seconds(DEFAULT.call_cpu, "processor time for a function call")
    call_wall = _seconds(DEFAULT.call_wall, "time for a function call")
    submission_cpu = _seconds(DEFAULT.submission_cpu, "processor time for a submission")
    submission_wall = _seconds(DEFAULT.submission_wall, "time for a submission")
    memory = Integer(DEFAULT.memory, help="MiB of memory, in all.").tag(config=True)
    processes = Integer(DEFAULT.processes, help="Processes and threads.").tag(config=True)
    files = Integer(DEFAULT.files, help="MiB of files.").tag(config=True)
    open_files = Integer(DEFAULT.open_files, help="Open files of a process.").tag(config=True)
    output = Integer(DEFAULT.output, help="Characters that a cell may show.").tag(config=True)

    @property
    def grading_run(self) -> GradingRun:
        """The run that the settings ask for."""
        limits = Limits(**{name: getattr(self, name) for name in Limits.__dataclass_fields__})
        kept = Path(self.kept) if self.kept else None
        return GradingRun(self.seed, self.sandbox, limits, self.standard, kept)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Run every cell and every check."""
        coursedir, about = coursedir_of(self), resources["nbgrader"]
        lesson, run = about["assignment"], self.grading_run
        folder = coursedir.format_path(coursedir.submitted_directory, about["student"], lesson)
        checked = draw(Path(coursedir.root), lesson, run.seed)
        refuse_stale_gradebook(lesson, checked, nb)
        master = Path(coursedir.format_path(coursedir.source_directory, ".", lesson))
        files = beside(Path(folder), f"{lesson}.ipynb", run.limits.files)
        run_once(run, nb, files, checked, read_master(master / f"{lesson}.ipynb").cells)
        return nb, resources


def run_of(config: Config) -> GradingRun:
    """The run that a desk's settings ask for.

    Raises:
        Problem: a setting has a value of the wrong kind.
    """
    try:
        return RunSubmission(config=config).grading_run
    except TraitError as error:
        raise Problem(f"c.RunSubmission in autograde/nbgrader_config.py: {error}") from error


def with_run(config: Config, run: GradingRun) -> Config:
    """The settings of a desk, with which nbgrader's own autograde runs submissions in this way."""
    own = copy.deepcopy(config)
    own.RunSubmission.update(
        seed=run.seed,
        sandbox=run.sandboxed,
        standard=run.standard,
        kept=str(run.kept or ""),
        **asdict(run.limits),
    )
    return own
