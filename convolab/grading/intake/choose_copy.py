"""Which of several copies of a notebook counts, and why.

The order of the questions, each asked only if the one before it left several:

1. Can it be read?
2. Does an answer differ from the released stub? Else, is it the lesson, and does anything differ?
3. Which was handed in last, by the platform's own time, else by its count of attempts, else by the
   download that it is in?
4. Does the name say that it is a backup?
5. Which has more answers, then more other changes?
6. Which file is newer?

Copies with the same answers are one; if several are left, somebody has to decide.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from convolab.grading.intake.worked_on import Work

_BACKUP = re.compile(r"_before_mending|-checkpoint|\.ipynb_checkpoints|backup|\bold\b|_old\b", re.I)
_TAIL = (
    r"(?:_newer(?:_\d+)?|_before_mending(?:_\d+)?|-checkpoint|[ _-]?\(\d+\)|-\d{1,2}|"
    r"[ _-]copy[ _-]?\d*|[ _-](?:final|old|new|backup|done|solved|fixed|submission|v\d+|\d))*"
)


@dataclass(frozen=True)
class Copy:
    """One notebook of a person for the lesson.

    Attributes:
        path: the file.
        inside: where it is among the person's files, under the name it was handed in with.
        work: what differs from the release.
        problem: why it cannot be read, else None.
        is_lesson: whether there is a sign that it is the lesson, and no notebook of their own.
        time: when it was handed in, in UTC, if the platform says.
        again: how often a file of this name was handed in before, if the platform says.
        download: the archive that it came from, and when that was written.
        modified: when the file was last changed, according to the archive.
    """

    path: Path
    inside: PurePath
    work: Work = field(default_factory=Work)
    problem: str | None = None
    is_lesson: bool = True
    time: datetime.datetime | None = None
    again: int | None = None
    download: tuple[str, float] = ("", 0.0)
    modified: float = 0.0

    @property
    def shown(self) -> str:
        """The copy, for the teacher to read."""
        return self.path.name if self.again is not None else str(self.inside)


@dataclass(frozen=True)
class Choice:
    """The copy that counts.

    Attributes:
        why: how it differs from the last of the others; "" if it was the only one.
        rivals: other copies that differ from it, if nothing says which one counts.
    """

    copy: Copy
    why: str = ""
    rivals: tuple[Copy, ...] = ()


def is_variant(name: str, lesson: str) -> bool:
    """Whether a file is called like the lesson, apart from what programs and people add."""
    stem = re.sub(r"\.ipynb(?:\.(?:txt|json))?$", "", name, flags=re.IGNORECASE)
    return bool(re.fullmatch(re.escape(lesson) + _TAIL, stem, re.IGNORECASE))


def choose(copies: list[Copy], lesson: str) -> Choice:
    """Choose among the copies of one person (at least one)."""
    left, why = list(copies), ""
    for question, answer in _QUESTIONS:
        if len({_same(copy) for copy in left}) == 1:
            break
        values = [question(copy, left) for copy in left]
        if None in values or len(set(values)) == 1:
            continue
        best = max(values)
        left = [copy for copy, value in zip(left, values, strict=True) if value == best]
        why = answer
    first = min(left, key=lambda copy: _properly_named(copy, lesson))
    rivals = {_same(copy): copy for copy in left if _same(copy) != _same(first)}
    return Choice(first, why, tuple(rivals.values()))


def distinct(copies: list[Copy]) -> list[Copy]:
    """The copies that somebody worked on, one for each set of answers."""
    worked = [copy for copy in copies if copy.work.answers] or [
        copy for copy in copies if copy.work.others or copy.problem
    ]
    return list({_same(copy): copy for copy in worked}.values())


def _same(copy: Copy) -> Any:
    """What is equal for copies that are graded alike."""
    if copy.problem:
        return str(copy.path)
    return tuple(sorted(copy.work.answers.items())), copy.work.others


def _properly_named(copy: Copy, lesson: str) -> tuple:
    exact = copy.inside.name == f"{lesson}.ipynb"
    variant = is_variant(copy.inside.name, lesson)
    return not exact, not variant, len(copy.inside.parts), -copy.modified, str(copy.path)


def _attempt(copy: Copy, left: list[Copy]) -> int | None:
    """Counts are compared for files of one name only."""
    return copy.again if len({other.inside for other in left}) == 1 else None


def _download(copy: Copy, left: list[Copy]) -> tuple[int, float] | None:
    """Archives are compared by the count in their names, else by when they were written."""
    names = {other.download[0] for other in left}
    bases = {re.sub(r"(?: ?\((\d+)\)|-\d{1,2})$", "", name) for name in names}
    if len(names) > 1 and len(bases) == 1:
        count = re.search(r"(?:\(|-)(\d+)\)?$", copy.download[0])
        bare = copy.download[0] in bases
        return (0 if bare or not count else int(count[1]), 0.0)
    times = [other.download[1] for other in left]
    return (0, copy.download[1] // 2) if max(times) - min(times) > 2 else None


def _modified(copy: Copy, left: list[Copy]) -> float | None:
    times = [other.modified for other in left]
    return copy.modified if max(times) - min(times) > 2 else None


_QUESTIONS: tuple[tuple[Callable[[Copy, list[Copy]], Any], str], ...] = (
    (lambda copy, left: copy.problem is None, "the others cannot be read"),
    (lambda copy, left: bool(copy.work.answers), "the others have no answer in them"),
    (lambda copy, left: copy.is_lesson, "the others contain nothing of the lesson"),
    (
        lambda copy, left: bool(copy.work.answers or copy.work.others),
        "the others are as they were handed out",
    ),
    (lambda copy, left: copy.time, "it was handed in last"),
    (_attempt, "it was handed in last, by the platform's count"),
    (_download, "it is in the newer download"),
    (lambda copy, left: not _BACKUP.search(str(copy.inside)), "the others are backups by name"),
    (lambda copy, left: len(copy.work.answers), "it has more answers"),
    (lambda copy, left: len(copy.work.others), "more was changed in it"),
    (_modified, "its file is newer"),
)
