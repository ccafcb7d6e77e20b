"""Runs one submission: its cells in the student's process, the checks in order outside it.

A cell that ends Python, hangs or eats memory costs what depends on it and nothing else: a new
process runs the earlier cells again, without it, and goes on below.

If a cell that the lesson provided stops or is missing, the lesson's own text is run as well:
`lesson_texts` has the rule.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from nbformat import NotebookNode

from convolab.cell_metadata import answered_exercise
from convolab.check.ladder import judge
from convolab.check.report import Report
from convolab.check.sentences import PRINTED
from convolab.check.verdict import Verdict
from convolab.grading.sandbox.cells import CellRun, check_of, is_run, length
from convolab.grading.sandbox.checked import Checked
from convolab.grading.sandbox.limits import Limits
from convolab.grading.sandbox.outputs import cut_short, of_cell, of_check, with_causes
from convolab.grading.sandbox.remote_answer import RemoteAnswer
from convolab.grading.sandbox.session import Ended, Session
from convolab.handin.cell_names import defined_by_lines
from convolab.handin.cell_story import CellStory
from convolab.handin.given_cells import plan
from convolab.handin.lesson_texts import LessonTexts
from convolab.handin.story import Blame, Story
from convolab.handin.unknown_names import NotesUnknown
from convolab.handin.why_stopped import Stop, stop_of

MOST_RESTARTS = 8
MOST_SHOWN = 16  # times what one cell may show, for all cells together


class _SplitAnswer(NotesUnknown, RemoteAnswer):
    """An answer that remembers which names it did not find."""


@dataclass
class SubmissionRun:
    """One submission, from its first cell to its last check.

    Args:
        start: makes a new student's process.
        checked: all exercises of the lesson, by name.
        files: (name, bytes) of the files next to the notebook.
        lesson: the cells that students got.
    """

    start: Callable[[], Session]
    checked: dict[str, Checked]
    limits: Limits
    files: list[tuple[str, Any]] = field(default_factory=list)
    lesson: Sequence[NotebookNode] = ()
    session: Session | None = None
    cells: list[CellRun] = field(default_factory=list)
    judged: dict[str, Verdict] = field(default_factory=dict)
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
        self.plan = plan(self.lesson, notebook.cells)
        self.story = Story(self.plan)
        self.texts = LessonTexts(self.plan, self.story, self._run_lesson_text)
        later, count, checks = [], 0, []
        try:
            for place, node in enumerate(notebook.cells):
                self.texts.before(place)
                if node.cell_type != "code":
                    continue
                node.outputs, node.execution_count = [], None
                name = check_of(node, self.checked)
                if name is None and (not is_run(node) or place in self.plan.heavy):
                    continue
                count += 1
                node.execution_count = count
                if name is None:
                    self._run_cell(node, place)
                    continue
                checks.append(node)
                if not self._check(node, name, notebook.cells[place + 1 :]):
                    later.append((node, name))
            self.texts.before(len(notebook.cells))
            for node, name in later:
                self._check(node, name, None)
        finally:
            self._end_session()
        with_causes(checks, self.story.causes())

    # --- Cells.

    def _run_cell(self, node: NotebookNode, place: int) -> None:
        given = self.plan.here.get(place)
        told = self.story.cell(node.source, answered_exercise(node), given)
        self._run_new(CellRun(node.source, told, node))
        self.texts.after(told, place)

    def _run_lesson_text(self, told: CellStory, needs: list[str] | None, keep: list[str]) -> None:
        if self.over is None:
            self._run_new(CellRun(told.given.source, told, needs=needs, keep=keep))

    def _run_new(self, cell: CellRun) -> None:
        self.cells.append(cell)
        started = time.monotonic()
        try:
            self._run_in(self._ready(upto=len(self.cells) - 1), cell)
        except Ended as ended:
            self._spoil(cell, ended)
        cell.told.seconds += time.monotonic() - started

    def _run_in(self, session: Session, cell: CellRun, again: bool = False) -> None:
        limits = self.limits
        do, more = "run", {}
        if cell.node is None:
            do, more = "beside", {"needs": cell.needs, "keep": cell.keep}
        seconds = limits.cell_cpu, limits.cell_wall
        answer = session.ask(do, *seconds, source=cell.source, most=limits.output, **more)
        stop = stop_of(answer.get("stopped"), cell.source, session.was_interrupted)
        cell.spoilt = session.was_interrupted
        if cell.node is None:
            cell.told.note_beside(cell.needs, answer.get("lacks"), stop)
            return
        cell.told.stop = stop
        if not again:
            most = min(limits.output, limits.output * MOST_SHOWN - self.shown)
            cell.node.outputs = of_cell(answer.get("outputs"), most, cell.node.execution_count)
            self.shown += sum(map(length, cell.node.outputs))

    def _spoil(self, cell: CellRun, ended: Ended) -> None:
        """Note a cell that cost the process; it is not run again."""
        cell.spoilt, begun = True, self.over is None
        stop = Stop(ended.status, says=ended.why) if begun else None
        if cell.node is None:
            cell.told.beside, cell.told.beside_stop = begun, stop
        else:
            cell.told.stop = stop
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
                self.over = Ended("error", "Python kept ending", final=True)
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

    def _check(self, node: NotebookNode, name: str, below: list[NotebookNode] | None) -> bool:
        """Judge an answer; False if it, or what it needs, may be in the cells below (None: all
        cells have been run)."""
        checked, follows = self.checked[name], ""
        try:
            answer = _SplitAnswer(
                self._ready(upto=len(self.cells)),
                checked,
                [cell.source for cell in self.cells],
            )
            if not answer.exists and below is not None:
                return False
            verdict = self._better(name, judge(checked.cases, answer))
            if _one_defines(answer.unknown, below or ()):
                return False
            if verdict.status != "correct":
                verdict, follows = self._blamed(name, verdict, answer)
        except Ended as ended:
            self._note_in_check(ended)
            verdict = Verdict(ended.status, 0.0, f"While {name} was being checked, {ended.why}.")
            if ended.final and (blame := self._blame_for_the_end(ended)):
                verdict.hint, follows = f"{verdict.hint[:-1]}: {blame.hint}.", blame.follows
            verdict = self._better(name, verdict)
        verdict.notes = [note for note in verdict.notes if note == PRINTED]
        report = Report(name, checked.cases.points, verdict)
        node.outputs = [of_check(report, node.execution_count, follows)]
        return True

    def _better(self, name: str, verdict: Verdict) -> Verdict:
        """The verdict, or the one at the check's place if that had more points."""
        best = max(verdict, self.judged.get(name, verdict), key=lambda one: one.points)
        self.judged[name] = best
        return best

    def _blamed(self, name: str, verdict: Verdict, answer: _SplitAnswer) -> tuple[Verdict, str]:
        """The verdict on an answer, with the cell that caused it, if one stopped."""
        blame = self.story.blame(name, answer.exists, answer.unknown, answer.spoilt)
        if blame is None:
            return verdict, ""
        if answer.exists:  # its points and its status are its own
            return replace(verdict, hint=blame.hint), blame.follows
        return Verdict(blame.status, 0.0, blame.hint), blame.follows

    def _blame_for_the_end(self, ended: Ended) -> Blame | None:
        if ended.status == "timeout":
            return self.story.too_long(min(self.limits.submission_cpu, self.limits.submission_wall))
        return self.story.ends_python()

    def _note_in_check(self, ended: Ended) -> None:
        if self.session is not None and not self.session.alive:
            self._note(ended)


def _one_defines(names: set[str], cells: Sequence[NotebookNode]) -> bool:
    """Whether one of some cells defines one of some names."""
    code = (cell.source for cell in cells if names and cell.cell_type == "code")
    return any(names & defined_by_lines(source) for source in code)
