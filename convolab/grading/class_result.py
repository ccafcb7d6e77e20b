"""The result of grading a class, for the table, for programs, for a rerun."""

from dataclasses import dataclass, field
from typing import Any

from convolab.grading.exercise_result import ExerciseResult, causes, ungraded
from convolab.grading.points_in_words import in_points


@dataclass(slots=True)
class SubmissionResult:
    """The outcome of one submission.

    Attributes:
        verdicts: by exercise, in the lesson's order; once a class is graded, what a teacher reads
            by hand is among them.
        problem: why it could not be graded, else None.
        fresh: whether it was graded in this run, rather than in an earlier one.
        notes: what a teacher should know about it, in sentences.
    """

    verdicts: dict[str, ExerciseResult]
    problem: str | None = None
    fresh: bool = True
    notes: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """The points so far, of all that is graded."""
        return round(sum(verdict.score for verdict in self.verdicts.values()), 2)

    @property
    def max_score(self) -> float:
        """What everything is worth, graded or not."""
        return round(sum(verdict.max_score for verdict in self.verdicts.values()), 2)

    @property
    def waiting(self) -> dict[str, ExerciseResult]:
        """What is not graded yet, by name."""
        return {name: v for name, v in self.verdicts.items() if v.status == "ungraded"}

    @property
    def max_so_far(self) -> float:
        """What everything graded so far is worth: the points so far are out of these."""
        return round(self.max_score - sum(v.max_score for v in self.waiting.values()), 2)

    def public(self) -> dict[str, Any]:
        """What `--json` writes about one student."""
        return {
            "score": self.score,
            "max_score": self.max_score,
            "problem": self.problem,
            "causes": [cause.sentence for cause in causes(self.verdicts)],
            "exercises": {name: verdict.public() for name, verdict in self.verdicts.items()},
        }


@dataclass(frozen=True, slots=True)
class GradeChange:
    """A grade that is not what it was after the grading before.

    Attributes:
        exercise: its name; "late work" for what is taken off for that.
        old: the points it had, "1 of 2"; "– of 2" while it was not graded.
        new: the points it has.
        why: the reasons, each in a word or two.
    """

    student: str
    exercise: str
    old: str
    new: str
    why: tuple[str, ...]


def with_problem(points: dict[str, float], problem: str) -> SubmissionResult:
    """The outcome of a submission that could not be graded: every exercise is ungraded."""
    return SubmissionResult({name: ungraded(worth) for name, worth in points.items()}, problem)


@dataclass
class ClassResult:
    """A graded class.

    Attributes:
        outcomes: by student.
        seconds: wall time.
        cpu_seconds: processor time of this process and its kernels.
        notes: what was skipped, for the teacher to read.
        changes: whose grade changed; None if nobody had one before.
    """

    lesson: str
    outcomes: dict[str, SubmissionResult] = field(default_factory=dict)
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    notes: list[str] = field(default_factory=list)
    changes: list[GradeChange] | None = None

    def more_than_there_is(self) -> list[str]:
        """A sentence for each exercise of which somebody has more points than it is worth: extra
        credit, or points by hand from before a rubric gave fewer."""
        found: dict[tuple[str, float], list[str]] = {}
        for student, outcome in self.outcomes.items():
            for name, verdict in outcome.verdicts.items():
                if verdict.score > verdict.max_score + 0.005:
                    found.setdefault((name, verdict.max_score), []).append(student)
        return [
            f"{', '.join(students[:3])}{f' and {len(students) - 3} more' * (len(students) > 3)} "
            f"got more for {name} than the {in_points(worth)} that it is worth. If that is not "
            "meant as extra credit, change it in formgrader."
            for (name, worth), students in found.items()
        ]

    def public(self) -> dict[str, Any]:
        """What `--json` writes."""
        return {
            "lesson": self.lesson,
            "seconds": round(self.seconds, 3),
            "cpu_seconds": round(self.cpu_seconds, 3),
            "students": {student: outcome.public() for student, outcome in self.outcomes.items()},
        }
