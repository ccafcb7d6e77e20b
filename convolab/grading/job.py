"""A lesson to grade, as content: all that running a submission needs, on this machine or another.

No path of the teacher's machine is in it, so that it can be sent; what is expected (the hidden
cases too) is, so it goes to graders and never to a student's process.
"""

import json
import linecache
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import nbformat
import numpy as np

from convolab.check.cases import from_json
from convolab.check.compile import compile_exercise
from convolab.check.spec import load_exercises
from convolab.grading import runs
from convolab.grading.cases import specs
from convolab.grading.desk import Desk
from convolab.grading.mend import Named, prepare
from convolab.grading.split.box import the_box
from convolab.grading.split.limits import Limits
from convolab.grading.split.run import Checked, SubmissionRun


@dataclass(frozen=True)
class Job:
    """What is graded against.

    Attributes:
        lesson: its id.
        standard: the hash of all that a result depends on, but for the submission.
        exercises: the text of autograde/exercises/<lesson>.py.
        cases: by exercise, its visible and hidden cases as JSON.
        master: the teacher's notebook as JSON.
        released: by named cell, the text in which students got it.
        limits: what a submission may use.
        boxed: whether submissions run in the sandbox.
    """

    lesson: str
    standard: str
    exercises: str
    cases: dict[str, str]
    master: str
    released: dict[str, str]
    limits: Limits
    boxed: bool

    def to_json(self) -> str:
        """As text, to be sent."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Job":
        """The job that was sent."""
        data = json.loads(text)
        return cls(**{**data, "limits": Limits(**data["limits"])})


def job_of(desk: Desk, lesson: str, seed: int, standard: str, limits: Limits, boxed: bool) -> Job:
    """Gather a lesson of this desk; it must be in the gradebook.

    Raises:
        Problem: an exercise is missing or not sound.
    """
    path = specs(desk.course, lesson)
    with desk.gradebook() as gradebook:
        cells = gradebook.find_notebook(lesson, lesson).source_cells
        released = {cell.name: cell.source for cell in cells}
    cases = {
        name: json.dumps(compile_exercise(exercise, seed=seed))
        for name, exercise in load_exercises(path).items()
    }
    master = desk.master(lesson).read_text(encoding="utf-8")
    text = path.read_text(encoding="utf-8")
    return Job(lesson, standard, text, cases, master, released, limits, boxed)


@dataclass
class Opened:
    """A job at work: exercises loaded, ready to run any number of submissions."""

    job: Job
    checked: dict[str, Checked] = field(init=False)

    def __post_init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="convolab-exercises-")
        path = Path(self._folder.name) / f"{self.job.lesson}.py"
        path.write_text(self.job.exercises, encoding="utf-8")
        linecache.checkcache(str(path))
        exercises = load_exercises(path)
        self.checked = {
            name: Checked(
                from_json(json.loads(text)),
                exercises[name].answer if exercises[name].kind == "function" else None,
            )
            for name, text in self.job.cases.items()
        }
        self._master = nbformat.reads(self.job.master, as_version=4)
        self._named = {
            name: Named(name, cell, self.job.released[name])
            for cell in self._master.cells
            if (name := cell.metadata.get("nbgrader", {}).get("grade_id")) in self.job.released
        }

    def run(self, notebook: bytes, files: list[tuple[str, bytes]]) -> tuple[str, str]:
        """Run a submission.

        Args:
            notebook: its file.
            files: name and bytes of what lies beside it.

        Returns:
            The name under which the run is kept, and the outputs of its cells as JSON.
        """
        node = nbformat.reads(notebook.decode("utf-8"), as_version=4)
        prepare(node, self._master, self._named)
        beside = [(name, np.frombuffer(content, np.uint8)) for name, content in files]
        limits = self.job.limits
        name = runs.key(node, set(self.checked), beside, limits, self.job.standard)
        box = the_box(self.job.boxed)
        run = SubmissionRun(lambda: box.start(limits), self.checked, limits, beside)
        run.run(node, time.monotonic() + limits.submission_wall)
        return name, runs.outputs(node)

    def close(self) -> None:
        """Remove what was written for Python to load the exercises from."""
        self._folder.cleanup()
