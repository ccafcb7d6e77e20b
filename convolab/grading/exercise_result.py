"""The verdict on one exercise, as the check cells of an autograded notebook tell it."""

import sys
from dataclasses import asdict, dataclass, fields
from typing import Any

from nbformat import NotebookNode

from convolab.check.report import MIME
from convolab.grading.desk import graded_exercise
from convolab.handin.story import Cause

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


@dataclass(frozen=True, slots=True)  # small: a class of ten thousand has eighty thousand of them
class ExerciseResult:
    """One exercise of one submission.

    Attributes:
        score: points, between 0 and max_score.
        status: one of STATUSES.
        hint: what to tell the student; None where all is right.
        misconception: the name of the mistake, where it is a known one.
        follows: of what stopped elsewhere in the notebook it is the consequence, in a few words.
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
    return ExerciseResult(0.0, max_score, "ungraded", _WHERE_NOTHING_IS_SAID["ungraded"])


def hint_of(report: dict[str, Any]) -> str:
    """The hint in a check's report; a sentence for its status where it has none."""
    hint = report.get("hint")
    if isinstance(hint, str) and hint.strip():
        return hint
    if report["status"] == "correct":
        return ""
    return _WHERE_NOTHING_IS_SAID.get(report["status"], _NOTHING_SAID)


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
        status = report["status"]
        verdicts[name] = ExerciseResult(
            score=float(report["points"]),
            max_score=float(report["max_points"]),
            status=status,
            hint=None if status == "correct" else hint_of(report),
            misconception=report.get("misconception"),
            follows=report.get("follows"),
            causes=tuple(report.get("causes", ())),
        )
    return verdicts


def causes(verdicts: dict[str, ExerciseResult]) -> list[Cause]:
    """What stopped in a notebook, in its order, each once."""
    return [cause for verdict in verdicts.values() for cause in verdict.causes]
