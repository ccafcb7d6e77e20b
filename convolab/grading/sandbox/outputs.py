"""Outputs of an autograded notebook: a student's as text, a check's as its report.

Nothing that a student's program sends is treated as HTML, JavaScript or SVG: on a page that a
teacher opens, students' output is only text.
"""

import re
from typing import Any

from nbformat import NotebookNode, from_dict

from convolab.check.report import MIME, Report
from convolab.grading.exercise_result import hint_of
from convolab.grading.sandbox.session import Ended
from convolab.handin.story import Cause

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_STREAMS = ("stdout", "stderr")
MOST_OUTPUTS = 1000  # of one cell; each is more than its text
_CUT = "[The rest of this cell's output was cut.]\n"


def of_cell(shown: Any, most: int, count: int | None) -> list[NotebookNode]:
    """What a student's cell has shown, up to `most` characters."""
    outputs: list[NotebookNode] = []
    for one in shown if isinstance(shown, list) else []:
        if most <= 0 or len(outputs) == MOST_OUTPUTS:
            outputs.append(_output("stream", name="stderr", text=_CUT))
            break
        if not isinstance(one, dict):
            break
        text = _text(one.get("text"), most + 100)
        most -= len(text)
        kind = str(one.get("kind"))
        if kind in _STREAMS:
            outputs.append(_output("stream", name=kind, text=text))
        elif kind == "result":
            data = {"text/plain": text}
            outputs.append(_output("execute_result", data, execution_count=count))
        elif kind == "display":
            outputs.append(_output("display_data", {"text/plain": text}))
        elif kind == "error":
            name, says = _text(one.get("name"), 60), _text(one.get("says"), 300)
            outputs.append(_output("error", ename=name, evalue=says, traceback=[text]))
    return outputs


def cut_short(ended: Ended) -> NotebookNode:
    """Replaces what a cell would have shown if it had finished."""
    says = f"This cell was stopped: {ended.why}."
    return _output("error", ename="Stopped", evalue=says, traceback=[says])


def of_check(report: Report, count: int | None, follows: str = "") -> NotebookNode:
    """The one output of a check cell.

    Args:
        follows: the cause that the verdict follows from, in a few words.
    """
    bundle = report._repr_mimebundle_()
    bundle[MIME]["hint"] = hint_of(bundle[MIME])
    if follows:
        bundle[MIME]["follows"] = follows
    return _output("execute_result", bundle, execution_count=count)


def with_causes(checks: list[NotebookNode], causes: list[Cause]) -> None:
    """Say what stopped in a notebook once, with its first graded check."""
    reports = [check.outputs[0].data[MIME] for check in checks]
    graded = [report for report in reports if report["max_points"]]
    if causes and reports:
        (graded or reports)[0]["causes"] = [list(cause) for cause in causes]


def _output(kind: str, data: dict[str, Any] | None = None, **entries: Any) -> NotebookNode:
    """An output as nbformat makes it, but not checked against its schema: the whole notebook is
    checked when it is written."""
    shows = {} if data is None else {"data": data, "metadata": {}}
    return from_dict({"output_type": kind, **shows, **entries})


def _text(value: Any, most: int) -> str:
    return _CONTROLS.sub("", value[:most]) if isinstance(value, str) else ""
