"""Whose grade a grading changed, and why: two gradings are compared part by part.

Nothing is guessed. A reason is a part that the grade depends on and that is another one now; if
several are, all are named.
"""

from collections.abc import Iterator

from convolab.grading.class_result import GradeChange
from convolab.grading.points_in_words import number
from convolab.grading.run.grade_parts import LESSON, Parts
from convolab.grading.run.last_grades import CellGrade, LastGrades, StudentGrades

LATE = "late work"
NOT_RECORDED = "not recorded"  # something else graded it before
RUN_AGAIN = "run again"  # all the parts are the same
_NONE = "–"


def changes(before: LastGrades, now: LastGrades) -> list[GradeChange]:
    """The grades that are not what they were, of everybody who had some before."""
    found: list[GradeChange] = []
    for student, new in now.students.items():
        if (old := before.students.get(student)) is not None:
            comparison = _Comparison(student, old, new, before, now)
            found += comparison.changes()
    return found


class _Comparison:
    """Two gradings of one student."""

    def __init__(
        self,
        student: str,
        old: StudentGrades,
        new: StudentGrades,
        before: LastGrades,
        now: LastGrades,
    ):
        self._student, self._old, self._new = student, old, new
        self._was: Parts | None = before.standards.get(old.standard)
        self._is: Parts = now.standards[new.standard]

    def changes(self) -> Iterator[GradeChange]:
        """A change for each exercise, and one for what is taken off because it was late."""
        whys: dict[str, None] = {}
        for name in {**self._new.cells, **self._old.cells}:
            old, new = self._old.cells.get(name), self._new.cells.get(name)
            if _differ(old, new):
                why = self._why(name, old, new)
                if not _same_points(old, new):
                    whys |= dict.fromkeys(why)
                yield GradeChange(self._student, name, _shown(old), _shown(new), tuple(why))
        if abs(self._old.late - self._new.late) > 0.005:
            why = tuple(self._why_late(whys))
            taken = (_taken(self._old.late), _taken(self._new.late))
            yield GradeChange(self._student, LATE, *taken, why)

    def _why(self, name: str, old: CellGrade | None, new: CellGrade | None) -> list[str]:
        by_hand = bool(old and new) and old.by_hand != new.by_hand
        if by_hand and (old.auto, old.worth) == (new.auto, new.worth):
            return ["by hand"]
        why = ["new file"] if self._own("files") else []
        if (old and new and old.worth != new.worth) or self._part(name, "points"):
            why.append("points")
        if _same_points(old, new):
            why.append("hint only")
        if self._case(name):
            why.append("case")
        if self._lesson("seed") and self._is_drawn(name):
            why.append("seed")
        why += [
            part for part in ("teacher's notebook", "settings", "checker") if self._lesson(part)
        ]
        if by_hand:
            why.append("by hand")
        if not why and (self._part(name, "program") or self._part(name, "hints")):
            why.append("case")  # something in the exercise's file, and nothing else
        return self._or_else(why, hint_only=self._part(name, "hints"))

    def _why_late(self, whys: dict[str, None]) -> list[str]:
        why = ["hand-in time"] if self._own("time") else []
        why += ["extension"] if self._own("extension") else []
        why += [part for part in ("due date", "late policy") if self._lesson(part)]
        return self._or_else([*why, *(one for one in whys if one not in why)])

    def _or_else(self, why: list[str], hint_only: bool = False) -> list[str]:
        """The reasons; what is known where there is none."""
        if self._was is None:
            return [NOT_RECORDED]
        if why == ["hint only"] and not hint_only:
            return [*why, RUN_AGAIN]
        return why or [RUN_AGAIN]

    def _own(self, part: str) -> bool:
        """Whether a part that is the student's own is another one."""
        return self._was is not None and self._old.own.get(part) != self._new.own.get(part)

    def _lesson(self, part: str) -> bool:
        return self._part(LESSON, part)

    def _part(self, name: str, part: str) -> bool:
        """Whether a part of an exercise, or of the lesson, is another one."""
        if self._was is None:
            return False
        return self._was.get(name, {}).get(part) != self._is.get(name, {}).get(part)

    def _case(self, name: str) -> bool:
        """Whether the cases of an exercise, or what else it is checked by, are others.

        With another seed all drawn cases are: then those that everybody sees are compared.
        """
        cases = "visible" if self._lesson("seed") else "cases"
        if self._part(name, cases) or self._part(name, "built") or self._part(name, "helpers"):
            return True
        rest = self._part(name, "points") or self._part(name, "hints")
        return self._part(name, "program") and not rest

    def _is_drawn(self, name: str) -> bool:
        own = self._is.get(name, {})
        return own.get("cases") != own.get("visible")


def _differ(old: CellGrade | None, new: CellGrade | None) -> bool:
    if not _same_points(old, new):
        return True
    return bool(old.told and new.told) and old.told != new.told


def _same_points(old: CellGrade | None, new: CellGrade | None) -> bool:
    if old is None or new is None:
        return False
    if (old.score is None) != (new.score is None):
        return False
    same = old.score is None or abs(old.score - new.score) <= 0.005
    return same and abs(old.worth - new.worth) <= 0.005


def _shown(cell: CellGrade | None) -> str:
    if cell is None:
        return _NONE
    return f"{_NONE if cell.score is None else number(cell.score)} of {number(cell.worth)}"


def _taken(late: float) -> str:
    return f"-{number(late)}" if late else "0"
