"""What was graded, one file a student: so that a rerun does only what is missing or has changed."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import MissingEntry
from traitlets.config import LazyConfigValue

from convolab.files import write_whole
from convolab.grading.desk import Desk, LessonDesk
from convolab.grading.exercise_result import ExerciseResult
from convolab.grading.intake.submissions import Submission
from convolab.grading.run.dependencies import PACKAGE, version
from convolab.grading.run.grading_run import GradingRun
from convolab.grading.run.hidden_cases import digest, specs

# Sections of the settings that say where things are, what is made of grades afterwards, and how
# submissions are run, which the run itself tells.
_NOT_OF_GRADING = {
    "CourseDirectory", "Desk", "ExportApp", "ExportPlugin", "FeedbackExporter",
    "GenerateFeedback", "GradesCsv", "RunSubmission", "ZipCollectApp",
}  # fmt: skip


@dataclass(frozen=True)
class Record:
    """The result of one submission.

    Attributes:
        fingerprint: of what the verdicts were passed on; "" where there are none.
        seconds: how long it ran.
        notes: what a teacher should know about it.
        problem: why it could not be graded, else None.
    """

    fingerprint: str
    verdicts: dict[str, ExerciseResult]
    seconds: float | None = None
    notes: tuple[str, ...] = ()
    problem: str | None = None


def standard(desk: LessonDesk, run: GradingRun) -> str:
    """A hash over all that a submission is measured against: the teacher's notebook, the
    exercises and their cases, how it is run, the due date, the desk's settings, and the grader."""
    way = f"seed {run.seed}, sandboxed {run.sandboxed}, {asdict(run.limits)}"
    total = hashlib.sha256(f"{way}\n{version()}\n{settings(desk)}\n".encode())
    total.update(f"{due(desk)}\n".encode())
    visible = sorted((PACKAGE / "cases" / desk.lesson).glob("*.json"))
    for path in (desk.master(), *visible):
        total.update(hashlib.sha256(path.read_bytes()).digest())
    total.update(digest(specs(desk.course, desk.lesson)).encode())
    return total.hexdigest()


def due(desk: LessonDesk) -> str:
    """When the lesson is due, as far as the gradebook knows."""
    with desk.gradebook() as gradebook:
        try:
            return str(gradebook.find_assignment(desk.lesson).duedate)
        except MissingEntry:
            return ""


def settings(desk: Desk) -> str:
    """All settings except those that no grade depends on."""
    kept = {name: dict(desk.config[name]) for name in desk.config if name not in _NOT_OF_GRADING}
    return json.dumps(kept, sort_keys=True, default=_plain)


def _plain(value: Any) -> Any:
    """A setting that JSON does not know, without what differs from run to run."""
    if isinstance(value, LazyConfigValue):
        return value.to_dict()
    return getattr(value, "__qualname__", None) or type(value).__qualname__


def fingerprint(submission: Submission, standard: str, extension: object = None) -> str:
    """What a result belongs to: the submission and the standard it was measured against.

    Args:
        extension: the time that the student has beyond the due date, if any.
    """
    own = f"{submission.fingerprint()} {standard} {extension or ''}"
    return hashlib.sha256(own.encode()).hexdigest()


def _path(desk: LessonDesk, student: str) -> Path:
    return desk.records / f"{student}.json"


def save(desk: LessonDesk, student: str, record: Record) -> None:
    """Keep a record, replacing any earlier one."""
    data = {
        "fingerprint": record.fingerprint,
        "verdicts": {name: asdict(verdict) for name, verdict in record.verdicts.items()},
        "seconds": None if record.seconds is None else round(record.seconds, 3),
        "notes": list(record.notes),
        "problem": record.problem,
    }
    text = json.dumps(data, indent=1, ensure_ascii=False) + "\n"
    write_whole(_path(desk, student), text)


def load(desk: LessonDesk, student: str) -> Record | None:
    """The record of a student, None where there is none or it cannot be read."""
    try:
        data = json.loads(_path(desk, student).read_text(encoding="utf-8"))
        verdicts = {name: ExerciseResult(**entries) for name, entries in data["verdicts"].items()}
        notes, problem = tuple(data.get("notes", ())), data.get("problem")
        return Record(data["fingerprint"], verdicts, data.get("seconds"), notes, problem)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def exists(desk: LessonDesk, student: str) -> bool:
    """Whether there is a record of a student, sound or not."""
    return _path(desk, student).is_file()


def problem(desk: LessonDesk, student: str) -> str | None:
    """Why a submission could not be graded the last time, None if it could."""
    record = load(desk, student)
    return record.problem if record else None


def forget(desk: LessonDesk, student: str) -> None:
    """Drop the record of a student, before the submission is graded again."""
    _path(desk, student).unlink(missing_ok=True)


def is_newer(desk: LessonDesk, student: str, path: Path) -> bool:
    """Whether the record was written after another file of the same student."""
    return _path(desk, student).stat().st_mtime_ns >= path.stat().st_mtime_ns
