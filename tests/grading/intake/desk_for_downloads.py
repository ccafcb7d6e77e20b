"""A desk in miniature for collecting: no nbgrader, no gradebook, only folders."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat

from convolab.grading.faults import Log
from convolab.grading.intake.collect_folder import Collected, Line, collect
from convolab.grading.intake.decision import Course
from convolab.grading.intake.place_files import Memory
from convolab.grading.intake.roster import Person, Roster
from convolab.grading.intake.unpack import unpack
from convolab.grading.intake.worked_on import release
from tests.grading.intake.downloads import Content, lay_down
from tests.grading.small_course import LESSON, RIGHT, filled

NAME = f"{LESSON}.ipynb"
OTHER = "02_other"
STUB = nbformat.writes(filled({}))


def work(*answers: str, by: str = "") -> str:
    """A notebook with so many of the right answers; `by` makes it different from all others."""
    notebook = filled({name: RIGHT[name] + f"  # {by}" for name in answers or ("twice",)})
    return nbformat.writes(notebook)


def other_lesson(names: bool = True) -> str:
    """A notebook of another lesson, which is told by its metadata or by its cells' names."""
    notebook = filled(RIGHT)
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.grade_id += "_other"
    if names:
        notebook.metadata["convolab"] = {"lesson": OTHER}
    return nbformat.writes(notebook)


@dataclass
class Tables:
    """A teacher's folders."""

    home: Path
    people: tuple[Person, ...] = ()
    zone: datetime.tzinfo = datetime.UTC

    @property
    def log(self) -> Log:
        return Log(self.home, LESSON)

    @property
    def submitted(self) -> Path:
        return self.home / "submitted"

    def course(self) -> Course:
        notebook = nbformat.reads(STUB, as_version=4)
        theirs = frozenset(release(LESSON, notebook).answers)
        names = {LESSON: theirs, OTHER: frozenset(f"{name}_other" for name in theirs)}
        where = "submitted/<student>"
        return Course(release(LESSON, notebook), self.log, names, self.zone, where)

    def collect(self, files: Mapping[str, Content], replace: bool = True) -> Collected:
        """Collect what a platform packed; the files of an earlier download are gone."""
        count = len(list(self.home.glob("archive*"))) if self.home.is_dir() else 0
        archive = lay_down(self.home / f"archive{count}", files)
        return self.collect_from(archive, replace)

    def collect_from(self, archive: Path, replace: bool = True) -> Collected:
        extracted = archive.with_name(archive.name.replace("archive", "extracted"))
        extracted.mkdir()
        troubles = unpack(archive, extracted)
        return collect(
            extracted,
            self.submitted,
            Roster(self.people),
            self.course(),
            Memory.load(self.home / "collected.json"),
            troubles=troubles,
            replace=replace,
        )

    def students(self) -> set[str]:
        """Who has a notebook in its place."""
        return {path.parent.parent.name for path in self.submitted.glob(f"*/{LESSON}/{NAME}")}

    def notebook(self, student: str) -> str:
        return self.file(student, NAME)

    def file(self, student: str, name: str) -> str:
        return (self.submitted / student / LESSON / name).read_text()

    def files(self, student: str) -> set[str]:
        home = self.submitted / student / LESSON
        return {str(p.relative_to(home)) for p in home.rglob("*") if p.is_file()}


def line(collected: Collected, student: str) -> Line:
    """What was told of a student."""
    return next(one for one in collected.lines if one.student == student)


def all_told(collected: Collected) -> str:
    """Every sentence, one a line."""
    return "\n".join([*map(str, collected.lines), *collected.strays, collected.summary])


def roster(*people: str) -> tuple[Person, ...]:
    """People by "id First Last"."""
    split: Iterable[list[str]] = (person.split(" ", 2) for person in people)
    return tuple(Person(one[0], one[1], one[2]) for one in split)
