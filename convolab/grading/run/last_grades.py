"""Everybody's grades as the last `convolab grade` left them, and what each depended on.

The gradebook cannot say it: a teacher may have changed points there since.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any

from convolab.files import write_whole
from convolab.grading.class_result import ClassResult
from convolab.grading.desk import LessonDesk
from convolab.grading.exercise_result import ExerciseResult
from convolab.grading.gradebook.gradebook import Standings, late_penalties, standings
from convolab.grading.gradebook.standing import Standing, public_names
from convolab.grading.run.grade_parts import Parts
from convolab.grading.run.known_results import KnownResults

FILE = ".last_grades"  # no student's record can be called that


@dataclass(frozen=True)
class CellGrade:
    """The grade of one exercise, or of an answer that a teacher reads.

    Attributes:
        score: the points; None while it is not graded.
        worth: what it is worth.
        told: a hash of its status and hint; "" if that is not known.
        auto: what the checker gave.
        by_hand: what a teacher gave, as text; "" for nothing.
    """

    score: float | None
    worth: float
    told: str = ""
    auto: float | None = None
    by_hand: str = ""


@dataclass(frozen=True)
class StudentGrades:
    """The grades of one student.

    Attributes:
        cells: by exercise.
        late: what is taken off.
        own: what the student's grade alone depends on: "files", "time", "extension", as hashes.
        standard: the name of the parts of the lesson that it was graded by; "" if that is not
            known, since something else graded it.
    """

    cells: dict[str, CellGrade]
    late: float = 0.0
    own: dict[str, str] = field(default_factory=dict)
    standard: str = ""


@dataclass
class LastGrades:
    """The grades of a class.

    Attributes:
        students: by id.
        standards: parts of the lesson, by name.
    """

    students: dict[str, StudentGrades] = field(default_factory=dict)
    standards: dict[str, Parts] = field(default_factory=dict)

    def save(self, desk: LessonDesk) -> None:
        """Keep them for the next time."""
        used = {one.standard for one in self.students.values()}
        data = {
            "standards": {name: own for name, own in self.standards.items() if name in used},
            "students": {student: asdict(one) for student, one in self.students.items()},
        }
        write_whole(desk.records / FILE, json.dumps(data, ensure_ascii=False) + "\n")


def load_last(desk: LessonDesk) -> LastGrades:
    """What the last grading left; nobody if there was none, or its file is damaged."""
    try:
        data = json.loads((desk.records / FILE).read_text(encoding="utf-8"))
        students = {
            student: StudentGrades(
                {name: CellGrade(**cell) for name, cell in one["cells"].items()},
                float(one["late"]),
                dict(one["own"]),
                str(one["standard"]),
            )
            for student, one in data["students"].items()
        }
        return LastGrades(students, dict(data["standards"]))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return LastGrades()


def as_before(desk: LessonDesk, known: KnownResults) -> LastGrades:
    """What the last grading left, with whoever something else has graded since.

    Args:
        known: what the gradebook held before this grading.
    """
    last, late = load_last(desk), late_penalties(desk)
    for student, held in known.complete.items():
        if student not in last.students:
            last.students[student] = StudentGrades(_held(held), late.get(student, 0.0))
    return last


def as_now(desk: LessonDesk, graded: ClassResult, known: KnownResults, parts: Parts) -> LastGrades:
    """The grades of everybody who could be graded."""
    name = _short(json.dumps(parts, sort_keys=True))
    held, late = standings(desk), late_penalties(desk)
    found = LastGrades(standards={name: parts})
    for student, outcome in graded.outcomes.items():
        if outcome is None or outcome.problem or student not in held:
            continue
        called = _by_name(held[student])
        cells = {
            exercise: _graded(verdict, called.get(exercise))
            for exercise, verdict in outcome.verdicts.items()
        }
        own = known.own.get(student, {})
        found.students[student] = StudentGrades(cells, late.get(student, 0.0), own, name)
    return found


def _held(held: Standings) -> dict[str, CellGrade]:
    return {
        name: CellGrade(
            one.score if one.is_graded else None,
            one.cell.max_score,
            auto=one.auto_score,
            by_hand=_given(one),
        )
        for name, one in _by_name(held).items()
    }


def _by_name(held: Standings) -> dict[str, Standing]:
    names = public_names(one.cell for one in held.cells.values())
    return {names[one.cell.name]: one for one in held.cells.values()}


def _graded(verdict: ExerciseResult, one: Standing | None) -> CellGrade:
    return CellGrade(
        None if verdict.status == "ungraded" else verdict.score,
        verdict.max_score,
        _short(f"{verdict.status}\0{verdict.hint}"),
        one.auto_score if one else None,
        _given(one) if one else "",
    )


def _given(one: Standing) -> str:
    if not one.by_teacher:
        return ""
    return f"{one.manual_score} {one.extra_credit} {_short(one.comment)}"


def _short(text: Any) -> str:
    return hashlib.sha256(str(text).encode("utf-8", "surrogatepass")).hexdigest()[:12]
