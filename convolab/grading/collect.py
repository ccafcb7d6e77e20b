"""Whose work a downloaded file is: the collector of nbgrader's `zip_collect` for this course.

Learning platforms pack all submissions into one archive, under names of their own. This knows those
of Moodle and of Canvas, and folders that are called as the student is; it looks the student up in
the gradebook, and takes a notebook for what is written in it, whatever the file is called.
"""

import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.plugins import FileNameCollectorPlugin

from convolab.handin.read import read_notebook
from convolab.problem import Problem

# Ada Lovelace_4711_assignsubmission_file_, a folder or the beginning of a file's name
_MOODLE = re.compile(r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_\w+?_(?P<file>.*)")
# lovelaceada_LATE_4711_990001_01_convolution_1d-2.ipynb
_CANVAS = re.compile(r"(?P<name>[^_]+)_(?:LATE_)?(?P<number>\d+)_\d+_(?P<file>.+)")
_ATTEMPT = re.compile(r"(?:-| ?\()(\d+)\)?$")


@dataclass(frozen=True)
class Found:
    """One notebook among the files, and whose it is."""

    path: Path
    name: str
    number: str = ""

    @property
    def order(self) -> tuple[int, str]:
        """The later of two attempts comes last: name-2.ipynb after name.ipynb."""
        attempt = _ATTEMPT.search(self.path.stem)
        return int(attempt[1]) if attempt else 0, self.path.name


def whose(path: Path, root: Path) -> Found | None:
    """Whose file it is, by its name or the folders it lies in; None if that cannot be told."""
    parts = path.relative_to(root).parts
    for part in reversed(parts):
        if found := _MOODLE.fullmatch(part):
            return Found(path, found["name"], found["number"])
    if found := _CANVAS.fullmatch(path.name):
        return Found(path, found["name"], found["number"])
    return Found(path, parts[-2]) if len(parts) > 1 else None


class Collector(FileNameCollectorPlugin):
    """The collector that the desk's config names."""

    _chosen: dict[str, str] | None = None

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """Whose the file is and which lesson; None for what is passed over."""
        if self._chosen is None:
            self._chosen = self._choose()
        student = self._chosen.get(os.path.abspath(submitted_file))
        if student is None:
            return None
        return {"student_id": student, "file_id": f"{self._lesson}.ipynb"}

    @property
    def _lesson(self) -> str:
        return self.parent.coursedir.assignment_id

    def _choose(self) -> dict[str, str]:
        """Of each student the last notebook of the lesson: {file: student's id}."""
        root = Path(self.parent._format_collect_path(self.parent.extracted_directory)).resolve()
        roster = self._roster()
        last: dict[str, Found] = {}
        for path in sorted(root.rglob("*.ipynb")):
            found = whose(path, root)
            if found is None:
                self.log.warning("Passed over %s: its name does not tell whose it is", path.name)
            elif (other := _lesson_in(path)) not in (None, self._lesson):
                self.log.warning("Passed over %s of %s: it is %s", path.name, found.name, other)
            else:
                student = student_id(found, roster)
                before = last.get(student)
                if before:
                    self.log.warning("%s handed in several times: the last one counts", student)
                if roster and student not in roster.values():
                    self.log.warning("%s is not in the gradebook's list of students", student)
                last[student] = max(before or found, found, key=lambda one: one.order)
        return {str(found.path): student for student, found in last.items()}

    def _roster(self) -> dict[str, str]:
        """Students' ids by id and by name in either order; a name that two have is left out."""
        coursedir = self.parent.coursedir
        with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
            people = [(s.id, s.first_name or "", s.last_name or "") for s in gradebook.students]
        ids: dict[str, set[str]] = {}
        for student, first, last in people:
            for key in {_plain(student), _plain(first + last), _plain(last + first)} - {""}:
                ids.setdefault(key, set()).add(student)
        return {key: found.pop() for key, found in ids.items() if len(found) == 1}


def student_id(found: Found, roster: dict[str, str]) -> str:
    """The id in the gradebook, else one made of the name and the platform's number."""
    for key in (found.number, _plain(found.name)):
        if key in roster:
            return roster[key]
    name = re.sub(r"[^\w.@-]+", "-", found.name).strip("-.@") or "student"
    return f"{name}-{found.number}" if found.number else name


def _plain(name: str) -> str:
    """A name without accents, spaces and signs, to compare by."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in letters if letter.isalnum())


def _lesson_in(path: Path) -> str | None:
    """The lesson that is written in a notebook; None if there is none, or it cannot be read."""
    try:
        about = read_notebook(path).metadata.get("convolab")
    except Problem:
        return None
    return about.get("lesson") if isinstance(about, dict) else None
