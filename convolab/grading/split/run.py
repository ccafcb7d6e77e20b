"""Runs one submission: its cells in the student's process, the checks at their place outside it.

A cell that ends Python, hangs or eats memory costs what depends on it and nothing else: a new
process runs the cells before it again, without it, and goes on below.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from convolab.check.cases import Cases
from convolab.check.ladder import judge
from convolab.check.report import Report
from convolab.check.sentences import PRINTED
from convolab.check.verdict import Verdict
from convolab.grading.split.limits import Limits
from convolab.grading.split.session import Ended, Session
from convolab.grading.split.shown import cut_short, of_cell, of_check
from convolab.grading.split.trusted import RemoteAnswer

MOST_RESTARTS = 8
MOST_SHOWN = 16  # times what one cell may show, for all cells together


@dataclass(frozen=True)
class Checked:
    """One exercise as the trusted side knows it."""

    cases: Cases
    reference: Callable | None = None


@dataclass
class _Cell:
    """A cell of the student's that is to be run, and what became of it."""

    node: NotebookNode
    name: str | None
    spoilt: bool = False  # ended Python or had to be stopped: never run again
    trouble: tuple[str, str] | None = None


@dataclass
class SubmissionRun:
    """One submission, from its first cell to its last check.

    Args:
        start: makes a new student's process.
        checked: all exercises of the lesson, by name.
        files: (name, bytes) of what lay beside the notebook.
    """

    start: Callable[[], Session]
    checked: dict[str, Checked]
    limits: Limits
    files: list[tuple[str, Any]] = field(default_factory=list)
    session: Session | None = None
    cells: list[_Cell] = field(default_factory=list)
    restarts: int = 0
    spent: float = 0.0
    shown: int = 0
    over: Ended | None = None

    def run(self, notebook: NotebookNode, deadline: float) -> None:
        """Run a notebook; every cell's outputs are replaced.

        Args:
            deadline: when the whole submission must be done, by the monotonic clock.
        """
        self.deadline = deadline
        later, count = [], 0
        try:
            for node in notebook.cells:
                if node.cell_type != "code":
                    continue
                node.outputs, node.execution_count = [], None
                name = check_of(node, self.checked)
                if name is None and not is_run(node):
                    continue
                count += 1
                node.execution_count = count
                if name is None:
                    self._run_cell(node)
                elif not self._check(node, name, last=False):
                    later.append((node, name))
            for node, name in later:
                self._check(node, name, last=True)
        finally:
            self._end_session()

    # --- Cells.

    def _run_cell(self, node: NotebookNode) -> None:
        cell = _Cell(node, _solution_of(node))
        self.cells.append(cell)
        try:
            self._run_in(self._ready(upto=len(self.cells) - 1), cell)
        except Ended as ended:
            self._spoil(cell, ended)

    def _run_in(self, session: Session, cell: _Cell, again: bool = False) -> None:
        limits = self.limits
        answer = session.ask(
            "run", limits.cell_cpu, limits.cell_wall, source=cell.node.source, most=limits.output
        )
        if session.was_interrupted:
            cell.spoilt, cell.trouble = True, ("timeout", "ran for too long and was stopped")
        elif isinstance(answer.get("error"), str) and answer["error"]:
            kind = answer["error"][:60]
            status = "memory" if kind.endswith("MemoryError") else "error"
            cell.trouble = (status, f"stopped with {kind}")
        if not again:
            most = min(limits.output, limits.output * MOST_SHOWN - self.shown)
            cell.node.outputs = of_cell(answer.get("outputs"), most, cell.node.execution_count)
            self.shown += sum(map(_length, cell.node.outputs))

    def _spoil(self, cell: _Cell, ended: Ended) -> None:
        """Note a cell that cost the process; it is not run again."""
        cell.spoilt = True
        cell.trouble = (ended.status, f"was stopped: {ended.why}")
        cell.node.outputs = [*cell.node.outputs, cut_short(ended)]
        self._note(ended)

    def _note(self, ended: Ended) -> None:
        self._end_session()
        if ended.final:
            self.over = ended

    def _end_session(self) -> None:
        if self.session is not None:
            self.session.kill()
            self.spent += self.session.cpu()
            self.session = None

    def _ready(self, upto: int) -> Session:
        """A process in which the sound cells above have been run.

        Raises:
            Ended: there is no more time, or Python has ended too often.
        """
        while self.session is None:
            if self.over is not None:
                raise self.over
            if self.restarts > MOST_RESTARTS:
                self.over = Ended("error", "Python ended again and again", final=True)
                raise self.over
            self.restarts += 1
            self.session = self.start()
            self.session.cpu_left = self.limits.submission_cpu - self.spent
            self.session.wall_until = self.deadline
            self._replay(upto)
        return self.session

    def _replay(self, upto: int) -> None:
        if self.files:
            self.session.ask("files", 10, 20, files=self.files)
        for cell in self.cells[:upto]:
            if cell.spoilt:
                continue
            try:
                self._run_in(self.session, cell, again=True)
            except Ended as ended:
                self._spoil(cell, ended)
                return

    # --- Checks.

    def _check(self, node: NotebookNode, name: str, last: bool) -> bool:
        """Judge an answer; False if it is not there yet and there is more to come."""
        checked = self.checked[name]
        try:
            answer = RemoteAnswer(
                self._ready(upto=len(self.cells)),
                checked.cases,
                checked.reference,
                [cell.node.source for cell in self.cells],
            )
            if not answer.exists and not last:
                return False
            verdict = self._judged(name, checked.cases, answer)
        except Ended as ended:
            self._note_in_check(ended)
            verdict = Verdict(ended.status, 0.0, f"While {name} was checked, {ended.why}.")
        verdict.notes = [note for note in verdict.notes if note == PRINTED]
        report = Report(name, checked.cases.points, verdict)
        node.outputs = [of_check(report, node.execution_count)]
        return True

    def _judged(self, name: str, cases: Cases, answer: RemoteAnswer) -> Verdict:
        verdict = judge(cases, answer)
        trouble = next((c.trouble for c in self.cells if c.name == name and c.trouble), None)
        if not answer.exists and trouble:
            status, what = trouble
            return Verdict(status, 0.0, f"The cell of {name} {what}, so there is no {name}.")
        return verdict

    def _note_in_check(self, ended: Ended) -> None:
        if self.session is not None and not self.session.alive:
            self._note(ended)


def check_of(node: NotebookNode, checked: dict[str, Any]) -> str | None:
    """The exercise that a cell checks, graded or not; None for every other cell."""
    about = node.metadata.get("nbgrader", {})
    name = about.get("grade_id", "").removeprefix("test_")
    is_check = about.get("locked") and not about.get("solution")
    return name if is_check and about["grade_id"] != name and name in checked else None


def _length(output: NotebookNode) -> int:
    """How many characters an output has."""
    texts = [output.get("text", ""), *output.get("traceback", ()), *output.get("data", {}).values()]
    return sum(map(len, texts))


def is_run(node: NotebookNode) -> bool:
    """Whether a cell is run when grading: not if it is marked as heavy or as a needless copy."""
    about = node.metadata.get("convolab", {})
    return not (about.get("heavy") is True or about.get("run") is False)


def _solution_of(node: NotebookNode) -> str | None:
    about = node.metadata.get("nbgrader", {})
    return about.get("grade_id") if about.get("solution") else None
