"""What the check cells of a graded notebook say, and how nbgrader is told.

nbgrader reads a grade from what a cell shows: nothing at all means full marks, anything on
standard error none, a number displayed before an error counts. So each graded check is settled on
one output, the checker's own report, before nbgrader looks at it.
"""

import math
from dataclasses import asdict, dataclass
from typing import Any

import nbformat
from nbformat import NotebookNode

from convolab.check.report import MIME, Report
from convolab.check.verdict import Verdict as Ladder
from convolab.grading.desk import graded_exercise

STATUSES = (
    "correct", "partial", "wrong", "missing", "error", "timeout", "memory", "forbidden", "ungraded",
)  # fmt: skip

_WHERE_NOTHING_IS_SAID = {
    "partial": "Part of it is right: run the check in the notebook to see what is not.",
    "missing": "Nothing was handed in for this exercise.",
    "timeout": "It was stopped because it ran for too long.",
    "memory": "It was stopped because it used too much memory.",
    "forbidden": "It uses something that does the work of this exercise ready-made.",
    "ungraded": "This exercise was not graded.",
}
_NOTHING_SAID = "The check found it not right: run it in the notebook to see why."


@dataclass(frozen=True)
class Verdict:
    """One exercise of one submission.

    Attributes:
        score: points, between 0 and max_score.
        status: one of STATUSES.
        hint: what to tell the student; None where all is right.
        misconception: the name of the mistake, where it is a known one.
    """

    score: float
    max_score: float
    status: str
    hint: str | None = None
    misconception: str | None = None

    def public(self) -> dict[str, Any]:
        """The four entries of `grade --json`."""
        entries = asdict(self)
        del entries["misconception"]
        return entries


def ungraded(max_score: float) -> Verdict:
    """The verdict on an exercise of a submission that could not be graded."""
    return Verdict(0.0, max_score, "ungraded", _WHERE_NOTHING_IS_SAID["ungraded"])


def settle(cell: NotebookNode, stopped: tuple[str, str] | None = None) -> None:
    """Leave a graded check cell with exactly one output: its report.

    Args:
        cell: a check cell that was run.
        stopped: status and hint for a cell that could not be run any more.
    """
    name, most = graded_exercise(cell), float(cell.metadata.nbgrader.points)
    bundle = _reported(cell, name, most)
    if bundle is None:
        status, hint = stopped or _what_went_wrong(cell)
        bundle = Report(name, most, Ladder(status, 0.0, hint))._repr_mimebundle_()
    cell.outputs = [
        nbformat.v4.new_output("execute_result", bundle, execution_count=cell.execution_count)
    ]


def _reported(cell: NotebookNode, name: str, most: float) -> dict[str, Any] | None:
    """The checker's own report among the outputs of a cell, None if there is no sound one."""
    for output in reversed(cell.outputs):
        report = output.get("data", {}).get(MIME)
        if output.output_type != "execute_result" or not isinstance(report, dict):
            continue
        points = report.get("points")
        if report.get("name") != name or report.get("status") not in STATUSES:
            return None
        if not isinstance(points, (int, float)) or not math.isfinite(points):
            return None
        report["points"] = min(max(float(points), 0.0), most)
        report["max_points"] = most
        report["hint"] = _hint(report)
        html = output.data.get("text/html", "")
        return {"text/plain": repr(report["points"]), "text/html": html, MIME: report}
    return None


def _hint(report: dict[str, Any]) -> str:
    """The report's hint; a sentence for its status where it has none."""
    hint = report.get("hint")
    if isinstance(hint, str) and hint.strip():
        return hint
    if report["status"] == "correct":
        return ""
    return _WHERE_NOTHING_IS_SAID.get(report["status"], _NOTHING_SAID)


def _what_went_wrong(cell: NotebookNode) -> tuple[str, str]:
    """Status and hint of a check that gave no report."""
    for output in cell.outputs:
        if output.output_type == "error":
            if output.ename == "CellTimeoutError":
                return "timeout", _WHERE_NOTHING_IS_SAID["timeout"]
            return "error", f"The check stopped with {output.ename}: {output.evalue}"[:300]
    return "error", "The check gave no report: something in the notebook took its place."


def read(notebook: NotebookNode) -> dict[str, Verdict]:
    """The verdicts in an autograded notebook, by exercise; those without a report are left out."""
    verdicts = {}
    for cell in notebook.cells:
        name = graded_exercise(cell)
        if name is None or cell.cell_type != "code" or not cell.outputs:
            continue
        report = cell.outputs[0].get("data", {}).get(MIME)
        if not isinstance(report, dict):
            continue
        status = report["status"]
        verdicts[name] = Verdict(
            score=float(report["points"]),
            max_score=float(report["max_points"]),
            status=status,
            hint=None if status == "correct" else _hint(report),
            misconception=report.get("misconception"),
        )
    return verdicts
