"""Collects a folder of downloads into submitted/, and reports on each person's work."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from convolab.grading.faults import Fault, stack_of
from convolab.grading.intake.decide import decide
from convolab.grading.intake.decision import Course, Decided
from convolab.grading.intake.origins import joined
from convolab.grading.intake.place_files import KEPT, WAITS, Laid, Memory, lay
from convolab.grading.intake.roster import Roster
from convolab.grading.intake.submissions import PLAIN_NAME
from convolab.grading.intake.unpack import Trouble

FAILED, NOTHING = "failed", "nothing"
_WORDS = {
    "new": "collected",
    "changed": "collected, replacing an older one",
    "same": "already collected",
    KEPT: "left as it was",
    WAITS: "not replaced",
    FAILED: "not collected",
    NOTHING: "not collected",
}


@dataclass(frozen=True)
class Line:
    """What happened to one person's work.

    Attributes:
        student: the id.
        status: one of the words in place_files.py, or "failed", or "nothing".
        says: what a teacher should know.
        look: whether the teacher should look at it.
    """

    student: str
    status: str
    says: tuple[str, ...]
    look: bool

    def __str__(self) -> str:
        return " ".join((f"{self.student}: {_WORDS[self.status]}.", *self.says))


@dataclass
class Collected:
    """What happened to a folder of downloads.

    Attributes:
        lines: one for each person, by id.
        strays: files that cannot be matched to a student, one sentence each.
        absent: the ids of those on the roster from whom nothing came.
    """

    lines: list[Line] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """The last line of the report."""
        there = sum(line.status not in (FAILED, NOTHING) for line in self.lines)
        look = sum(line.look for line in self.lines)
        parts = [f"Collected: {there}"]
        if look:
            parts.append(f"to look at: {look}")
        if self.strays:
            parts.append(f"files without a student: {len(self.strays)}")
        if self.absent:
            parts.append(f"nothing from {len(self.absent)}: {', '.join(self.absent)}")
        return "; ".join(parts) + "."


def collect(
    downloads: Path,
    submitted: Path,
    roster: Roster,
    course: Course,
    memory: Memory,
    *,
    troubles: Iterable[Trouble] = (),
    replace: bool = False,
) -> Collected:
    """Decide about all files of a folder, and put each person's work where grading looks for it.

    Args:
        downloads: the folder, its archives unpacked.
        submitted: where submissions are.
        memory: what was collected before.
        troubles: what could not be unpacked.
        replace: whether a newer file may replace one that was collected before.
    """
    decided = decide(downloads, roster, course, troubles)
    came = {student: decision.origins for student, decision in decided.decisions.items()}
    memory.origins = joined(memory.origins, came)
    collected = Collected(strays=decided.strays, absent=decided.absent)
    try:
        for student in sorted(decided.decisions):
            collected.lines.append(_one(decided, student, submitted, course, memory, replace))
    finally:
        memory.save()
    return collected


def _one(
    decided: Decided,
    student: str,
    submitted: Path,
    course: Course,
    memory: Memory,
    replace: bool,
) -> Line:
    """Place one person's work; a failure costs that person alone."""
    decision = decided.decisions[student]
    if decision.notebook is None:
        return Line(student, NOTHING, tuple(decision.says), True)
    if not PLAIN_NAME.fullmatch(student):
        says = f"{student!r} is not a plain name: use letters, digits and - _ . @ in the list."
        return Line(student, FAILED, (says,), True)
    try:
        laid = lay(decision, course.released.lesson, submitted, memory, replace)
    except Exception as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        says = f"The files cannot be put into {submitted.name} ({reason})."
        details = course.log.write(student, Fault(says, stack_of(error)))
        laid = Laid(FAILED, (says, *details))
    says = (*decision.says, *laid.says)
    return Line(student, laid.status, says, decision.doubt or laid.status in (KEPT, WAITS, FAILED))
