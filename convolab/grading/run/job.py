"""A lesson to grade, as content: all that running a submission needs, on any machine.

No path of the teacher's machine is in it, so that it can be sent; what is expected (the hidden
cases too) is, so it goes to graders and never to a student's process.
"""

import json
import tempfile
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import nbformat
import numpy as np
from traitlets.config import Config

from convolab.exercises.load import files_of, load_exercises
from convolab.grading.desk import Desk, LessonDesk
from convolab.grading.exercise_result import read
from convolab.grading.run.grading_run import GradingRun
from convolab.grading.run.hidden_cases import drawn_cases, ready, specs
from convolab.grading.run.pipeline import SETTINGS, Pipeline, Sources, is_known, sources
from convolab.grading.run.pool import Autograded
from convolab.grading.run.run_submission import run_submission
from convolab.grading.sandbox.checked import Checked
from convolab.grading.sandbox.limits import Limits
from convolab.grading.temporary import prefix
from convolab.handin.read import parse_notebook
from convolab.problem import Problem


@dataclass(frozen=True)
class Job:
    """What is graded against.

    Attributes:
        lesson: its id.
        how: how submissions are run; there, none are kept.
        exercises: the files in autograde/exercises/<lesson>/, by name.
        cases: by exercise, its visible and hidden cases as plain data.
        master: the teacher's notebook as JSON.
        sources: what the gradebook holds about the lesson's cells.
        settings: the sections of the desk's settings that nbgrader's steps read.
    """

    lesson: str
    how: GradingRun
    exercises: dict[str, str]
    cases: dict[str, dict]
    master: str
    sources: Sources
    settings: dict[str, dict]

    def to_json(self) -> str:
        """As text, to be sent."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Job":
        """The job that was sent."""
        data = json.loads(text)
        limits = Limits(**data["how"].pop("limits"))
        data["how"] = GradingRun(limits=limits, **data["how"])
        data["sources"] = Sources(**data["sources"])
        return cls(**data)


def job_of(desk: LessonDesk, how: GradingRun) -> Job:
    """Gather a lesson of this desk; it must be in the gradebook.

    Raises:
        Problem: an exercise is missing or faulty, or nbgrader's steps have settings that cannot
            be sent.
    """
    with desk.gradebook() as gradebook:
        found = sources(gradebook, desk.lesson)
    cases = drawn_cases(desk.course, desk.lesson, how.seed)
    master = desk.master().read_text(encoding="utf-8")
    folder = specs(desk.course, desk.lesson)
    text = {path.name: path.read_text(encoding="utf-8") for path in files_of(folder)}
    settings = _settings(desk)
    return Job(desk.lesson, replace(how, kept=None), text, cases, master, found, settings)


def _settings(desk: Desk) -> dict[str, dict]:
    alone = "grade on this machine, without --scheduler."
    if not is_known(desk):
        raise Problem(f"The desk's settings add their own steps to nbgrader's: {alone}")
    settings = {name: dict(desk.config[name]) for name in SETTINGS if name in desk.config}
    try:
        return json.loads(json.dumps(settings))
    except TypeError as error:
        raise Problem(
            f"The desk's settings contain something that cannot be sent ({error}): {alone}"
        ) from error


@dataclass
class Opened:
    """A job at work: exercises loaded, ready to run any number of submissions."""

    job: Job
    checked: dict[str, Checked] = field(init=False)

    def __post_init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix=prefix("exercises"))
        folder = Path(self._folder.name) / self.job.lesson
        folder.mkdir()
        for name, text in self.job.exercises.items():
            (folder / name).write_text(text, encoding="utf-8")
        self.checked = ready(load_exercises(folder), self.job.cases)
        master = nbformat.reads(self.job.master, as_version=4)
        settings = Config(self.job.settings)
        self._finish = Pipeline(settings, self.job.lesson, self.job.sources, master)
        self._cells = master.cells

    def run(self, content: bytes, files: list[tuple[str, bytes]]) -> Autograded:
        """Run a submission.

        Args:
            content: the notebook's file.
            files: name and bytes of the files next to it.

        Raises:
            Problem: it cannot be read.
        """
        started, job, notes = time.monotonic(), self.job, []
        notebook = parse_notebook(content, f"{job.lesson}.ipynb", notes=notes)
        self._finish.before(notebook)
        beside = [(name, np.frombuffer(content, np.uint8)) for name, content in files]
        run_submission(job.how, notebook, beside, self.checked, self._cells)
        seconds = time.monotonic() - started
        return Autograded(self._finish.after(notebook), read(notebook), seconds, tuple(notes))

    def close(self) -> None:
        """Remove what was written for Python to load the exercises from."""
        self._folder.cleanup()
