"""Finds the submissions of a lesson and says which cannot be graded, before anything is run."""

import hashlib
import os
import re
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from convolab.grading.desk import LessonDesk
from convolab.grading.faults import Faults
from convolab.grading.intake.timestamps import LATE_MARK, TIMESTAMP, handed_in
from convolab.grading.intake.worked_on import cell_names, other_lesson
from convolab.handin.read import read_notebook
from convolab.problem import Problem

PLAIN_NAME = re.compile(r"\w[\w.@-]{0,127}")
MOST_BYTES = 100_000_000
MOST_FILES = 2_000
MOST_DEPTH = 20
Names = Callable[[], Mapping[str, frozenset[str]]]  # of the cells of all lessons


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one lesson.

    Attributes:
        student: the id, the name of the folder.
        folder: submitted/<student>/<lesson>.
        problem: one sentence that says why it cannot be graded, else None.
    """

    student: str
    folder: Path
    problem: str | None = None

    def fingerprint(self) -> str:
        """A hash over the names and contents of all that was handed in."""
        return self._hash_without()

    def work(self) -> str:
        """A hash like that, without what says when it was handed in."""
        return self._hash_without(TIMESTAMP, LATE_MARK)

    def _hash_without(self, *left_out: str) -> str:
        total = hashlib.sha256()
        for path in sorted(p for p in self.folder.rglob("*") if p.is_file()):
            if path.parent == self.folder and path.name in left_out:
                continue
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            total.update(os.fsencode(path.relative_to(self.folder)) + f"\0{content}\n".encode())
        return total.hexdigest()


@dataclass
class Found:
    """All submissions of a lesson, and what was skipped."""

    submissions: list[Submission] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def find(desk: LessonDesk) -> Found:
    """Look through the submitted folder of the desk.

    Raises:
        Problem: nobody has submitted this lesson.
    """
    home, found = desk.folder("submitted"), Found()
    failed: dict[str, str] = {}
    faults = Faults(desk, failed.__setitem__)
    names = cache(lambda: cell_names(desk.folder("source")))
    for folder in sorted(home.iterdir()) if home.is_dir() else []:
        name = _printable(folder.name)
        if name.startswith("."):
            found.notes.append(f"{name} starts with a dot and was skipped.")
        elif not folder.is_dir() and not folder.is_symlink():
            found.notes.append(f"{name} is not a folder and was skipped.")
        elif folder.is_symlink() or os.path.lexists(folder / desk.lesson):
            problem = None
            with faults.of(name):
                problem = _problem(folder, desk.lesson, names)
            problem = failed.pop(name, problem)
            found.submissions.append(Submission(name, folder / desk.lesson, problem))
            if _is_late_without_a_time(folder / desk.lesson):
                found.notes.append(
                    f"{name} is marked as late, but nothing says when it was handed in, so nothing "
                    f"is taken off: write the time into {TIMESTAMP} next to {LATE_MARK}."
                )
    if not found.submissions:
        raise Problem(
            f"Nobody has submitted {desk.lesson}: put each notebook at "
            f"{home.relative_to(desk.course)}/<student>/{desk.lesson}/{desk.lesson}.ipynb."
        )
    return found


def _printable(name: str) -> str:
    r"""A name of whatever bytes, for a table: what is not UTF-8 in it is shown as \xe9."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _is_late_without_a_time(submission: Path) -> bool:
    return (submission / LATE_MARK).is_file() and not (submission / TIMESTAMP).exists()


def _problem(folder: Path, lesson: str, names: Names) -> str | None:
    """Why a student's folder cannot be graded, in one sentence; None if it can."""
    student, submission = folder.name, folder / lesson
    if not PLAIN_NAME.fullmatch(student):
        return (
            f"{_printable(student)!r} is not a plain name for a student: rename the folder, with "
            "letters, digits, and - _ . @ only."
        )
    for path in (folder, submission):
        if path.is_symlink():
            return f"The folder {path.name} is a link: put a real copy of the files in its place."
    if not submission.is_dir():
        return f"{lesson} is a file: it should be a folder that holds {lesson}.ipynb."
    if problem := _unfit_files(submission):
        return problem
    notebook = submission / f"{lesson}.ipynb"
    if not notebook.is_file():
        return _no_notebook(submission, lesson)
    return _broken(notebook, lesson, names) or _bad_timestamp(submission)


def _unfit_files(submission: Path) -> str | None:
    """Which of the files handed in cannot be accepted; None if all can."""
    left, room = MOST_FILES, MOST_BYTES
    folders = [(submission, 0)]
    while folders:
        folder, depth = folders.pop()
        try:
            for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
                name, found = _printable(entry.name), entry.stat(follow_symlinks=False)
                kind, left = found.st_mode, left - 1
                if stat.S_ISLNK(kind) or (stat.S_ISREG(kind) and found.st_nlink > 1):
                    return f"{name} is a link: put a real copy of the file in its place."
                if stat.S_ISDIR(kind):
                    folders.append((Path(entry.path), depth + 1))
                elif not stat.S_ISREG(kind):
                    return f"{name} is neither a file nor a folder: remove it."
                elif not os.access(entry.path, os.R_OK):
                    return f"{name} cannot be read (Permission denied): change its permissions."
                else:
                    room -= found.st_size
                if room < 0:
                    return f"{name} makes it more than {MOST_BYTES // 1_000_000} MB: remove it."
                if left < 0 or depth >= MOST_DEPTH:
                    return (
                        f"There are more than {MOST_FILES} files, or folders within folders more "
                        f"than {MOST_DEPTH} deep: remove what does not belong there."
                    )
        except OSError as error:
            return f"The folder {_printable(folder.name)} cannot be read ({error.strerror})."
    return None


def _no_notebook(submission: Path, lesson: str) -> str:
    if (submission / f"{lesson}.ipynb").exists():
        return f"{lesson}.ipynb is a folder: put the notebook itself in its place."
    others = sorted(_printable(path.name) for path in submission.glob("*.ipynb"))
    if len(others) == 1:
        return f"There is {others[0]} where {lesson}.ipynb is expected: rename it."
    if others:
        return (
            f"{lesson}.ipynb is missing, but there are {', '.join(others)}: rename the one that is "
            "meant."
        )
    return f"{lesson}.ipynb is missing: the folder holds no notebook."


def _broken(path: Path, lesson: str, names: Names) -> str | None:
    """Why a file cannot be read as a notebook of the lesson; None if it can."""
    try:
        notebook = read_notebook(path)
    except Problem as problem:
        return str(problem)
    other = other_lesson(notebook, lesson, names)
    if other is None:
        return None
    return (
        f"{path.name} holds the notebook of {other}: put the student's notebook of {lesson} in its "
        "place."
    )


def _bad_timestamp(submission: Path) -> str | None:
    """Why the time of submission next to a notebook cannot be read; None if it can."""
    try:
        handed_in(submission)
    except Problem as problem:
        return str(problem)
    return None
