"""Runs a student's own notebook as the grader would, in a fresh Python on the student's computer.

There is no sandbox: it is your own work. What the grader does differently: it adds cases that
nobody has seen, draws nothing, and gives a submission access to neither files nor the network.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from convolab.cell_metadata import checked_exercise, course_of, name_of
from convolab.handin import in_kernel
from convolab.handin.cell_names import defined_by_lines
from convolab.handin.cell_story import CellStory
from convolab.handin.given_cells import Given, Plan, plan
from convolab.handin.lesson_texts import LessonTexts
from convolab.handin.story import Blame, Cause, Story
from convolab.handin.why_stopped import HERE, Stop, stop_of

CELL_SECONDS = 120
MOST_STARTS = 4
_ENDED = Stop("error", says="Python ended (a crash, an exit or too little memory)")


@dataclass
class _Step:
    """A cell to run; a check's name and result: whether the answer, or what it needs, may be
    below, so that it is checked again at the end."""

    place: int
    source: str
    answers: str = ""
    check: str | None = None
    skipped: bool = False
    again: bool = False
    report: dict | None = None


@dataclass
class Run:
    """The result of a notebook.

    Attributes:
        reports: by exercise, what the check said (as in convolab.check.report); the status is one
            of `convolab.check.statuses`.
        causes: what stopped, in the notebook's order.
    """

    reports: dict[str, dict] = field(default_factory=dict)
    causes: list[Cause] = field(default_factory=list)


def run_notebook(
    notebook: NotebookNode,
    folder: Path,
    tick: Callable[[int, int], None] = lambda done, all: None,
    seconds: int = CELL_SECONDS,
    lesson: Sequence[NotebookNode] = (),
) -> Run:
    """Run a mended notebook from top to bottom.

    A cell with an error costs nothing else, one that takes too long is interrupted, one that ends
    Python is skipped and the rest is run again. The lesson's own text of a given cell is run as
    `lesson_texts` says.

    Args:
        folder: where it runs, the folder of the file.
        tick: told how many of how many cells are done.
        seconds: what one cell may take.
        lesson: the cells of the lesson as it was handed out.
    """
    where = plan(lesson, notebook.cells)
    steps = [
        step
        for place, cell in enumerate(notebook.cells)
        if (step := _step(place, cell)) and place not in where.heavy
    ]
    unfit: set[Given] = set()
    for _ in range(MOST_STARTS):
        attempt = _Attempt(steps, where, unfit, seconds)
        if attempt.run(folder, tick):
            break
    run = Run(causes=attempt.story.causes())
    for step in steps:
        if step.check and step.report:
            run.reports[step.check] = step.report
    return run


def _step(place: int, cell: NotebookNode) -> _Step | None:
    """The code of a cell to run; None for text, a heavy demonstration and a needless copy."""
    about = course_of(cell)
    if cell.cell_type != "code" or about.get("heavy") is True or about.get("run") is False:
        return None
    if exercise := checked_exercise(cell):
        return _Step(place, in_kernel.call("check", exercise), check=exercise)
    return _Step(place, cell.source, name_of(cell) or "")


class _Attempt:
    """One run from the top in a Python of its own.

    Args:
        unfit: cells of the lesson whose own text ended Python; it is not run.
    """

    def __init__(self, steps: list[_Step], where: Plan, unfit: set[Given], seconds: int):
        self._steps, self._plan, self._unfit, self._seconds = steps, where, unfit, seconds
        self.story = Story(where, HERE)
        self._texts = LessonTexts(where, self.story, self._run_lesson_text)
        self._cells: list[NotebookNode] = []

    def run(self, folder: Path, tick: Callable[[int, int], None]) -> bool:
        """Run all that is not skipped; False if Python ended, and what ended it is then skipped."""
        self._notebook = new_notebook(cells=[])
        self._client = NotebookClient(
            self._notebook,
            timeout=self._seconds,
            interrupt_on_timeout=True,
            allow_errors=True,
            kernel_name="python3",
            resources={"metadata": {"path": str(folder)}},
            extra_arguments=["--log-level=CRITICAL"],
        )
        with self._client.setup_kernel():
            try:
                self._walk(tick)
            except DeadKernelError:
                return False
        return True

    def _walk(self, tick: Callable[[int, int], None]) -> None:
        self._ask(in_kernel.call("begin"))
        done = place = 0
        for step in self._steps:
            tick(done, len(self._steps))
            for between in range(place, step.place + 1):
                self._texts.before(between)
            place, done = step.place + 1, done + 1
            if step.check:
                self._check(step)
            else:
                self._run(step)
        for between in range(place, max(self._plan.due, default=-1) + 1):
            self._texts.before(between)
        for step in self._steps:  # an answer may be below its check
            if step.check and step.again:
                self._check(step, last=True)
        tick(done, done)

    def _run(self, step: _Step) -> None:
        given = self._plan.here.get(step.place)
        told = self.story.cell(step.source, step.answers, given)
        if step.skipped:
            told.stop = _ENDED
        else:
            told.stop = self._executed(step)
        self._texts.after(told, step.place)

    def _executed(self, step: _Step) -> Stop | None:
        """Run a cell; where it stopped, if it did."""
        began = time.monotonic()
        try:
            outputs = self._execute(step.source)
        except DeadKernelError:
            step.skipped = True
            raise
        slow = time.monotonic() - began >= self._seconds
        if not slow and not any(map(_may_be_error, outputs)):
            return None
        stopped = self._ask(in_kernel.call("last_stop"))
        interrupted = slow and stopped.get("error", "KeyboardInterrupt") == "KeyboardInterrupt"
        return stop_of(stopped, step.source, interrupted)

    def _run_lesson_text(self, told: CellStory, needs: list[str] | None, keep: list[str]) -> None:
        given = told.given
        if given in self._unfit:
            told.beside, told.beside_stop = True, _ENDED
            return
        try:
            came = self._ask(in_kernel.call("beside", given.source, needs, keep))
        except DeadKernelError:
            self._unfit.add(given)
            raise
        told.note_beside(needs, came.get("lacks"), stop_of(came.get("stopped"), given.source))

    def _check(self, step: _Step, last: bool = False) -> None:
        if step.skipped:
            return
        before = step.report if last else None
        try:
            report = self._ask(step.source)
        except DeadKernelError:
            step.skipped = True
            raise
        if not report:
            step.report = before
            return
        exists, unknown = report.pop("exists", True), set(report.pop("unknown", ()))
        spoilt = set(report.pop("spoilt", ()))
        step.again = not last and (
            report["status"] == "missing" or self._stand_below(step, unknown)
        )
        if before and before["points"] > report["points"]:
            report = before
        if report["status"] != "correct" and not (step.again and exists):
            blame = self.story.blame(step.check, exists, unknown, spoilt)
            if blame is not None:
                report["hint"] = blame.hint
            if not exists:
                report["status"] = _status_of_nothing(blame)
        step.report = report

    def _stand_below(self, step: _Step, names: set[str]) -> bool:
        below = [one for one in self._steps if one.place > step.place and not one.check]
        return any(names & defined_by_lines(one.source) for one in below)

    def _ask(self, source: str) -> dict[str, Any]:
        """What a function of `kernel` reports; empty if it did not get that far."""
        told = (output.get("data", {}).get(in_kernel.MIME) for output in self._execute(source))
        return next((data for data in told if isinstance(data, dict)), {})

    def _execute(self, source: str) -> list[NotebookNode]:
        cell = new_code_cell(source)
        self._notebook.cells.append(cell)
        self._client.execute_cell(cell, len(self._notebook.cells) - 1)
        return cell.outputs


def _status_of_nothing(blame: Blame | None) -> str:
    """The status of an exercise without an answer, see `convolab.check.statuses`."""
    if blame is None:
        return "undefined"
    return "unreadable" if blame.unreadable else blame.status


def _may_be_error(output: NotebookNode) -> bool:
    """Errors are shown as such, all but those of magics, which go to standard error."""
    return output.output_type == "error" or output.get("name") == "stderr"
