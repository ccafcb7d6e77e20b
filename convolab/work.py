"""The student's own copies of the released lessons, in work/, which nothing ever overwrites."""

import hashlib
import json
from pathlib import Path

from convolab.course import RECORD, releases, way_out
from convolab.files import write_whole
from convolab.problem import Problem


def bring_lessons(course: Path) -> list[str]:
    """Put a copy of every released notebook in the course's work/ folder and say what was done.

    A missing copy is made. A copy that is byte for byte what an earlier release gave is replaced
    by the newer release. A copy that its owner saved is left as it is; a newer release then goes
    next to it under a name of its own.

    Args:
        course: the course's folder; it is made if it does not exist.

    Returns:
        One sentence for each thing that the student should know; nothing for a quiet start.

    Raises:
        Problem: there is no released lesson, or the folder cannot be written.
    """
    source = releases(course)
    released = sorted(
        path
        for path in source.rglob("*.ipynb")
        if not any(part.startswith(".") for part in path.relative_to(source).parts)
    )
    if not released:
        raise Problem(
            f"There are no lessons in {source}: download the course again, "
            "or, as an author, run `convolab build`."
        )
    work = course / "work"
    try:
        work.mkdir(parents=True, exist_ok=True)
        record = _read_record(work)
        sentences = []
        for release in released:
            sentences += _bring(release, release.relative_to(source), work, record)
        _write(work / RECORD, (json.dumps(record, indent=1, sort_keys=True) + "\n").encode())
    except OSError as error:
        raise Problem(
            f"Your copies of the lessons cannot be written to {work} ({error.strerror}): "
            f"{way_out(course)}"
        ) from error
    return sentences


def latest_lesson(course: Path) -> Path:
    """The notebook in work/ that the student saved last, relative to work/; lesson 00 at first."""
    work = course / "work"
    record = _read_record(work)
    saved = [
        work / name
        for name, released in record.items()
        if (work / name).is_file() and _sha256((work / name).read_bytes()) != released
    ]
    if saved:
        return max(saved, key=lambda path: path.stat().st_mtime).relative_to(work)
    return Path(min(record))


def _bring(release: Path, name: Path, work: Path, record: dict[str, str]) -> list[str]:
    """Bring one release to work/, noting in `record` what was written where."""
    content = release.read_bytes()
    released = _sha256(content)
    if not (work / name).exists():
        _lay(content, name, work, record)
        return []
    for copy in _names(name):
        path = work / copy
        if not path.exists():
            _lay(content, copy, work, record)
            return [
                f"There is a newer release of {name.stem}: it is next to yours as work/"
                f"{copy.as_posix()}, and yours stays as you saved it."
            ]
        if record.get(copy.as_posix()) == released:
            return []  # this release was handed out before, whatever happened to it since
        if _sha256(path.read_bytes()) in (released, record.get(copy.as_posix())):
            _lay(content, copy, work, record)
            return []
    raise AssertionError("unreachable: the names never end")


def _names(name: Path):
    """The names that copies of one release may have, without end."""
    yield name
    yield name.with_stem(f"{name.stem}_newer")
    number = 2
    while True:
        yield name.with_stem(f"{name.stem}_newer_{number}")
        number += 1


def _lay(content: bytes, name: Path, work: Path, record: dict[str, str]) -> None:
    _write(work / name, content)
    record[name.as_posix()] = _sha256(content)


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; leave it alone if it already has this content."""
    if path.is_file() and path.read_bytes() == content:
        return
    write_whole(path, content)


def _read_record(work: Path) -> dict[str, str]:
    """What was handed out: {path in work/: sha256}. A lost or broken record is an empty one, so
    that every copy then counts as the student's own."""
    try:
        record = json.loads((work / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
