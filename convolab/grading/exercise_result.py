"""The result of one exercise, read from the check cells of an autograded notebook."""

import sys
from dataclasses import asdict, dataclass, fields
from typing import Any

from nbformat import NotebookNode

from convolab.cell_metadata import graded_exercise
from convolab.check.report import MIME
from convolab.check.statuses import STATUSES, status
from convolab.handin.story import Cause


@dataclass(frozen=True, slots=True)  # small: a class of ten thousand has eighty thousand of them
class ExerciseResult:
    """One exercise of one submission: what is recorded, written as JSON, and shown.

    It is what is left of a check's `Verdict` once that is in a notebook, with the points it is out
    of, and with what only grading knows: what else in the notebook caused it.

    Attributes:
        score: points, between 0 and max_score.
        status: one of `convolab.check.statuses.STATUSES`.
        hint: what to tell the student; None if everything is right.
        misconception: the name of the mistake, where it is a known one.
        follows: what stopped elsewhere in the notebook and caused it, in a few words.
        causes: what stopped in the notebook; told with its first exercise, for all of them.
    """

    score: float
    max_score: float
    status: str
    hint: str | None = None
    misconception: str | None = None
    follows: str | None = None
    causes: tuple[Cause, ...] = ()

    def __post_init__(self) -> None:
        # each text once, however often it is said
        for name in ("status", "hint", "misconception", "follows"):
            text = getattr(self, name)
            object.__setattr__(self, name, text if text is None else sys.intern(text))
        object.__setattr__(self, "causes", tuple(Cause(*cause) for cause in self.causes))

    def __reduce__(self) -> tuple:
        return ExerciseResult, tuple(getattr(self, field.name) for field in fields(self))

    def public(self) -> dict[str, Any]:
        """The four entries of `grade --json`."""
        entries = asdict(self)
        for name in ("misconception", "follows", "causes"):
            del entries[name]
        return entries


def ungraded(max_score: float) -> ExerciseResult:
    """The verdict on an exercise of a submission that could not be graded."""
    return ExerciseResult(0.0, max_score, "ungraded", STATUSES["ungraded"].hint)


def hint_of(report: dict[str, Any]) -> str:
    """The hint in a check's report; a sentence for its status where it has none."""
    hint = report.get("hint")
    if isinstance(hint, str) and hint.strip():
        return hint
    return status(report["status"]).hint


def read(notebook: NotebookNode) -> dict[str, ExerciseResult]:
    """The verdicts in an autograded notebook, by exercise; those without a report are left out."""
    verdicts = {}
    for cell in notebook.cells:
        name = graded_exercise(cell)
        if name is None or cell.cell_type != "code" or not cell.outputs:
            continue
        report = cell.outputs[0].get("data", {}).get(MIME)
        if not isinstance(report, dict):
            continue
        verdicts[name] = ExerciseResult(
            score=float(report["points"]),
            max_score=float(report["max_points"]),
            status=report["status"],
            hint=None if report["status"] == "correct" else hint_of(report),
            misconception=report.get("misconception"),
            follows=report.get("follows"),
            causes=tuple(report.get("causes", ())),
        )
    return verdicts


def causes(verdicts: dict[str, ExerciseResult]) -> list[Cause]:
    """What stopped in a notebook, in order, each once."""
    return [cause for verdict in verdicts.values() for cause in verdict.causes]
