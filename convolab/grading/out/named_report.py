"""The part of a class report that names students, for the teacher's eyes only."""

import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from convolab.check.statuses import status
from convolab.grading.exercise_result import ExerciseResult

ENOUGH = 0.5  # of the points: students with less are listed
MOST_SLOW = 5


@dataclass(frozen=True)
class StudentRow:
    """A student who may need help.

    Attributes:
        wrong: the exercises that are not right, each with its misconception, else how it is wrong.
    """

    student: str
    score: float
    wrong: list[tuple[str, str]]


@dataclass(frozen=True)
class RunTimes:
    """How long submissions ran, in seconds.

    Attributes:
        slowest: (student, seconds), the slowest first.
    """

    median: float
    slowest: list[tuple[str, float]]

    @property
    def most(self) -> float:
        """The seconds of the slowest."""
        return self.slowest[0][1]


@dataclass(frozen=True)
class People:
    """Everything in a report that has a name in it.

    Attributes:
        names: students' names, by id, where known.
        behind: students with less than ENOUGH of the points, the lowest first.
        sharing: the students who had a misconception, by (exercise, misconception).
        slowest: (student, seconds).
        absent: students on the list who have handed in nothing.
    """

    names: dict[str, str]
    behind: list[StudentRow]
    sharing: dict[tuple[str, str], list[str]]
    slowest: list[tuple[str, float]]
    absent: list[str] = field(default_factory=list)


def people(
    scores: dict[str, float],
    verdicts: dict[str, dict[str, ExerciseResult]],
    max_score: float,
    names: dict[str, str],
    speed: RunTimes | None,
    problems: Iterable[str] = (),
) -> People:
    """Gather what has names in it.

    Args:
        scores: the points of each graded student.
        verdicts: of each, by exercise.
        max_score: what all exercises are worth.
        names: students' names.
        speed: how long submissions ran, if that is known.
        problems: students whose work could not be graded.
    """
    behind = [
        StudentRow(student, score, _not_right(verdicts[student]))
        for student, score in scores.items()
        if score < ENOUGH * max_score
    ]
    sharing: dict[tuple[str, str], list[str]] = defaultdict(list)
    for student in scores:
        for exercise, verdict in verdicts[student].items():
            if verdict.misconception and verdict.status != "correct":
                sharing[exercise, verdict.misconception].append(student)
    return People(
        names,
        sorted(behind, key=lambda person: (person.score, person.student)),
        dict(sharing),
        speed.slowest if speed else [],
        sorted(set(names) - set(scores) - set(problems)),
    )


def _not_right(said: dict[str, ExerciseResult]) -> list[tuple[str, str]]:
    """Each exercise that is not right and why; those that follow from one cause together."""
    why: dict[str, list[str]] = {}
    alone = []
    for exercise, verdict in said.items():
        if verdict.status == "correct":
            continue
        if verdict.follows:
            why.setdefault(verdict.follows, []).append(exercise)
        else:
            words = verdict.misconception or status(verdict.status).of_student
            alone.append((exercise, words))
    return [*((", ".join(names), what) for what, names in why.items()), *alone]


def speed(seconds: dict[str, float]) -> RunTimes | None:
    """How long submissions ran; None if that is not known for any."""
    if not seconds:
        return None
    slowest = sorted(seconds.items(), key=lambda entry: (-entry[1], entry[0]))
    return RunTimes(statistics.median(seconds.values()), slowest[:MOST_SLOW])
