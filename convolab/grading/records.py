"""What was graded, one file a student: so that a rerun does only what is missing or has changed."""

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import convolab
from convolab.grading.cases import specs
from convolab.grading.desk import Desk
from convolab.grading.submissions import Submission
from convolab.grading.verdict import Verdict

PACKAGE = Path(convolab.__file__).parent


@dataclass(frozen=True)
class Record:
    """The verdicts on one submission, what they were passed on, and how long it ran."""

    fingerprint: str
    verdicts: dict[str, Verdict]
    seconds: float | None = None


def write_whole(path: Path, text: str) -> None:
    """Write a text file so that it is either there in full or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)
        raise


def standard(desk: Desk, lesson: str, seed: int) -> str:
    """A hash over all that a submission is measured against: the teacher's notebook, the
    exercises, the seed and the checker itself."""
    total = hashlib.sha256(f"seed {seed}\n".encode())
    checker = [*sorted((PACKAGE / "check").glob("*.py"))]
    checker += sorted((PACKAGE / "grading" / "split").glob("*.py"))
    checker += sorted((PACKAGE / "handin").glob("[mr]e*.py"))  # reading and mending
    checker += [
        PACKAGE / "grading" / name for name in ("mend.py", "reduce.py", "execute.py", "verdict.py")
    ]
    for path in (desk.master(lesson), specs(desk.course, lesson), *checker):
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def fingerprint(submission: Submission, against: str) -> str:
    """What a result belongs to: the submission and the standard it was measured against."""
    return hashlib.sha256(f"{submission.fingerprint()} {against}".encode()).hexdigest()


def _path(desk: Desk, lesson: str, student: str) -> Path:
    return desk.results / lesson / f"{student}.json"


def save(desk: Desk, lesson: str, student: str, record: Record) -> None:
    """Keep a record, in the place of an earlier one."""
    data = {
        "fingerprint": record.fingerprint,
        "verdicts": {name: asdict(verdict) for name, verdict in record.verdicts.items()},
        "seconds": None if record.seconds is None else round(record.seconds, 3),
    }
    text = json.dumps(data, indent=1, ensure_ascii=False) + "\n"
    write_whole(_path(desk, lesson, student), text)


def load(desk: Desk, lesson: str, student: str) -> Record | None:
    """The record of a student, None where there is none or it cannot be read."""
    try:
        data = json.loads(_path(desk, lesson, student).read_text(encoding="utf-8"))
        verdicts = {name: Verdict(**entries) for name, entries in data["verdicts"].items()}
        return Record(data["fingerprint"], verdicts, data.get("seconds"))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget(desk: Desk, lesson: str, student: str) -> None:
    """Drop the record of a student, before the submission is graded again."""
    _path(desk, lesson, student).unlink(missing_ok=True)


def is_newer(desk: Desk, lesson: str, student: str, path: Path) -> bool:
    """Whether the record was written after another file of the same student."""
    return _path(desk, lesson, student).stat().st_mtime_ns >= path.stat().st_mtime_ns
