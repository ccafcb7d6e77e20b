"""What `convolab check-notebook` runs in the notebook's own kernel, besides its cells.

Each function is called as the last line of a cell and returns something that the kernel shows as
plain data.
"""

import sys
from typing import Any

from convolab.check import cases
from convolab.check.answer import Local
from convolab.check.ladder import judge
from convolab.check.report import Report
from convolab.check.verdict import Verdict
from convolab.handin import where_stopped
from convolab.handin.magics import forgiving
from convolab.handin.unknown_names import NotesUnknown
from convolab.problem import Problem

MIME = "application/vnd.convolab.told+json"


def call(function: str, *arguments: Any) -> str:
    """The cell that calls a function of this module."""
    listed = ", ".join(map(repr, arguments))
    return f"__import__({__name__!r}, fromlist=['in_kernel']).{function}({listed})"


class KernelReply:
    """Plain data that a kernel hands out."""

    def __init__(self, data: Any):
        self._data = data

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {MIME: self._data, "text/plain": ""}


class _KernelAnswer(NotesUnknown, Local):
    """An answer that remembers which names it did not find."""


def _shell() -> Any:
    return sys.modules["IPython"].get_ipython()


def begin() -> None:
    """As in grading: `exit` and `quit` end the cell (else they would end the kernel after it), and
    a magic that says how to draw stops none."""
    shell = _shell()
    shell.ask_exit = _end_the_cell
    shell.run_line_magic = forgiving(shell.run_line_magic, shell.find_line_magic)


def _end_the_cell() -> None:
    raise SystemExit


def last_stop() -> KernelReply:
    """Where the cell before this one stopped; nothing if it did not."""
    result = _shell().last_execution_result
    return KernelReply(_stop_of(result))


def _stop_of(result: Any) -> dict[str, Any]:
    error = result.error_before_exec or result.error_in_exec
    return where_stopped.tell(error, _shell().user_ns) if error else {}


def beside(source: str, needs: list[str] | None, keep: list[str]) -> KernelReply:
    """Run the lesson's text of a cell if one of some names is missing: see `stopped`."""
    shell = _shell()
    lacks = where_stopped.lacking(shell.user_ns, needs)
    if lacks == []:
        return KernelReply({"lacks": []})
    result = where_stopped.run_beside(
        lambda: shell.run_cell(source, store_history=False), shell.user_ns, keep
    )
    return KernelReply({"lacks": lacks, "stopped": _stop_of(result)})


def check(name: str) -> KernelReply:
    """The report on an exercise, and the names in which it failed."""
    try:
        exercise = cases.load(name)
    except Problem as problem:
        return KernelReply(Report(name, 0.0, Verdict("missing", 0.0, str(problem))).data())
    answer = _KernelAnswer(_shell().user_ns, name)
    report = Report(name, exercise.points, judge(exercise, answer)).data()
    failed = {"unknown": sorted(answer.unknown), "spoilt": sorted(answer.spoilt)}
    return KernelReply({**report, **failed, "exists": answer.exists})
