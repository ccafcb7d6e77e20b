"""What stopped in the notebooks of a class: each cause once, with how many it happened to."""

from dataclasses import dataclass, field

from convolab.grading.exercise_result import ExerciseResult, causes


@dataclass
class StoppedCells:
    """One cause.

    Attributes:
        what: it in a few words.
        example: the sentence that one of the students got.
        students: those it happened to.
        cost: how many of them lost an exercise because of it.
    """

    what: str
    example: str
    students: list[str] = field(default_factory=list)
    cost: int = 0


def stopped_cells(verdicts: dict[str, dict[str, ExerciseResult]]) -> list[StoppedCells]:
    """Count a class, the most frequent cause first.

    Args:
        verdicts: for each student, by exercise.
    """
    found: dict[str, StoppedCells] = {}
    for student, said in verdicts.items():
        first = {cause.what: cause for cause in reversed(causes(said))}
        lost = {verdict.follows for verdict in said.values() if verdict.status != "correct"}
        for what, cause in first.items():
            one = found.setdefault(what, StoppedCells(what, cause.sentence))
            one.students.append(student)
            one.cost += what in lost
    return sorted(found.values(), key=lambda one: (-len(one.students), one.what.lower()))
