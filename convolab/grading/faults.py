"""A failure costs one submission only: a sentence for the teacher, a log for us.

Everything done for one student goes through here, so that a bug of ours in any step names one
student and everybody else is still graded. What concerns everybody (a full disk, a missing
gradebook, Ctrl-C) is not caught.
"""

import errno
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from convolab.grading.database import Unusable
from convolab.grading.desk import LessonDesk, results_in
from convolab.handin.utf8 import savable
from convolab.problem import Problem

T = TypeVar("T")
LARGEST_LOG = 10_000_000  # bytes; then it starts afresh
_OF_THE_SYSTEM = {
    errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM,
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """Why one submission could not be graded; plain text, which can be sent.

    Attributes:
        says: a sentence.
        stack: where it happened; "" if the sentence says everything.
    """

    says: str
    stack: str = ""


def concerns_everybody(error: BaseException) -> bool:
    """Whether an error comes from the machine or the gradebook rather than one submission."""
    if isinstance(error, OSError):
        return error.errno in _OF_THE_SYSTEM
    return isinstance(error, Unusable) or not isinstance(error, Exception)


def fault(error: Exception) -> Fault:
    """What to say about an error in one submission."""
    if isinstance(error, Problem):
        return Fault(savable(str(error)))
    stack = stack_of(error)
    if isinstance(error, OSError) and error.filename:
        name = Path(str(error.filename)).name
        return Fault(savable(f"{name} cannot be read or written ({error.strerror})."), stack)
    says = " ".join(str(error).split())[:200]
    what = f"{type(error).__name__}: {says}" if says else type(error).__name__
    return Fault(savable(f"The grader failed on it ({what})."), savable(stack))


@contextmanager
def passed_over(student: str) -> Iterator[None]:
    """Work on one student, who is silently left out if it fails: callers report it if need be."""
    try:
        yield
    except Exception as error:
        if concerns_everybody(error):
            raise


def stack_of(error: Exception) -> str:
    """Where an error happened."""
    return "".join(traceback.format_exception(error))


def or_fault(work: Callable[..., T], *given: object) -> T | Fault:
    """The result of some work on one submission, or the fault that ended it.

    Raises:
        Exception: one that concerns everybody.
    """
    try:
        return work(*given)
    except Exception as error:
        if concerns_everybody(error):
            raise
        return fault(error)


class Log:
    """Where the stacks of a lesson's faults are written, whether it was collected or graded."""

    def __init__(self, course: Path, lesson: str, results: Path | None = None):
        results = results or results_in(course)
        self._course, self.path = course, results / lesson / "faults.log"

    def write(self, student: str, found: Fault) -> list[str]:
        """Write a fault; where its details are, in a sentence, if there are any and the disk
        takes them."""
        if found.stack and self.path.is_relative_to(self._course):  # else it is not kept
            with suppress(OSError):
                _append(self.path, student, found)
                return [f"The details are in {self.path.relative_to(self._course).as_posix()}."]
        return []


class Faults:
    """The faults of one run over a class.

    Args:
        note: told of each student with a fault, and in a sentence why.
    """

    def __init__(self, desk: LessonDesk, note: Callable[[str, str], None]):
        self._log, self._note = Log(desk.course, desk.lesson, desk.results), note

    @contextmanager
    def of(self, student: str) -> Iterator[None]:
        """Work on one student's submission, which may fail for that student alone."""
        try:
            yield
        except Exception as error:
            if concerns_everybody(error):
                raise
            self.say(student, fault(error))

    def say(self, student: str, found: Fault) -> None:
        """Note a fault."""
        self._note(student, " ".join((found.says, *self._log.write(student, found))))


def _append(path: Path, student: str, found: Fault) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    full = path.exists() and path.stat().st_size > LARGEST_LOG
    with path.open("w" if full else "a", encoding="utf-8", errors="replace") as log:
        log.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')}  {student}: {found.says}\n{found.stack}\n")
