"""The figures of the class report: who got how many points, and what was hard."""

import statistics
from collections import Counter
from dataclasses import dataclass, field

from convolab.check.statuses import GROUPS, status
from convolab.grading.exercise_result import ExerciseResult

MOST_BINS = 10


@dataclass(frozen=True)
class Bin:
    """One column of the score distribution: low ≤ points < high (the last includes its end)."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class ExerciseFigures:
    """How one exercise went.

    Attributes:
        groups: how many of those that are graded are right, partly right, not yet right, not done.
        share: the mean share of its points among those that are graded, 0 to 1; None if none is.
        waiting: how many are not graded yet. As long as there are any, the exercise counts in
            nobody's points, so that the points of the class can be compared.
    """

    name: str
    points: float
    groups: dict[str, int]
    share: float | None
    waiting: int = 0


@dataclass(frozen=True)
class CommonMistake:
    """A known misconception and how many students had it."""

    exercise: str
    name: str
    hint: str
    count: int


@dataclass(frozen=True)
class ClassFigures:
    """Everything that the report shows of a graded class; no student is named in it."""

    students: int
    max_score: float
    mean: float
    median: float
    full_marks: int
    bins: list[Bin]
    exercises: list[ExerciseFigures]
    mistakes: list[CommonMistake]
    hardest: list[ExerciseFigures] = field(default_factory=list)

    @property
    def waiting(self) -> list[ExerciseFigures]:
        """The exercises of which some answers are not graded yet."""
        return [exercise for exercise in self.exercises if exercise.waiting]


def class_figures(
    scores: list[float], verdicts: list[dict[str, ExerciseResult]], points: dict[str, float]
) -> ClassFigures:
    """Count a class.

    Args:
        scores: the points of each student, for everything that is graded.
        verdicts: for each student, by exercise.
        points: what each graded exercise is worth, in the lesson's order.
    """
    exercises = [
        _exercise(name, worth, [said[name] for said in verdicts if name in said])
        for name, worth in points.items()
    ]
    scores = comparable(scores, verdicts)
    max_score = sum(exercise.points for exercise in exercises if not exercise.waiting)
    graded = [one for one in exercises if one.share is not None and not one.waiting]
    by_share = sorted(graded, key=lambda exercise: exercise.share)
    return ClassFigures(
        students=len(scores),
        max_score=max_score,
        mean=statistics.fmean(scores) if scores else 0.0,
        median=statistics.median(scores) if scores else 0.0,
        full_marks=sum(1 for score in scores if score >= max_score > 0),
        bins=score_bins(scores, max_score),
        exercises=exercises,
        mistakes=_mistakes(verdicts, list(points)),
        hardest=[exercise for exercise in by_share if scores and exercise.share < 1][:3],
    )


def comparable(scores: list[float], verdicts: list[dict[str, ExerciseResult]]) -> list[float]:
    """The points of each student without those for answers of which some are not graded yet."""
    waiting = {n for said in verdicts for n, v in said.items() if v.status == "ungraded"}
    return [
        round(score - sum(said[name].score for name in waiting if name in said), 2)
        for score, said in zip(scores, verdicts, strict=True)
    ]


def score_bins(scores: list[float], max_score: float) -> list[Bin]:
    """The scores in at most ten columns of equal, round width."""
    widths = (step * 10**power for power in range(-1, 9) for step in (1, 2, 2.5, 5))
    width = next(w for w in widths if max_score <= w * MOST_BINS)
    last = max(int(-(-max_score // width)) - 1, 0)
    counts = Counter(min(max(int(score // width), 0), last) for score in scores)
    return [Bin(i * width, min((i + 1) * width, max_score), counts[i]) for i in range(last + 1)]


def _exercise(name: str, points: float, verdicts: list[ExerciseResult]) -> ExerciseFigures:
    groups = {
        group: sum(1 for verdict in verdicts if status(verdict.status).group == group)
        for group in GROUPS
    }
    graded = [verdict for verdict in verdicts if verdict.status != "ungraded"]
    shares = [verdict.score / points for verdict in graded if points]
    share = statistics.fmean(shares) if shares else None
    return ExerciseFigures(name, points, groups, share, len(verdicts) - len(graded))


def _mistakes(verdicts: list[dict[str, ExerciseResult]], order: list[str]) -> list[CommonMistake]:
    """Known misconceptions, the most frequent first, then in the lesson's order."""
    counts: Counter[tuple[str, str]] = Counter()
    hints: dict[tuple[str, str], str] = {}
    for said in verdicts:
        for exercise, verdict in said.items():
            if verdict.misconception and verdict.status != "correct":
                counts[exercise, verdict.misconception] += 1
                hints[exercise, verdict.misconception] = verdict.hint or ""
    mistakes = [CommonMistake(*key, hints[key], count) for key, count in counts.items()]
    return sorted(mistakes, key=lambda m: (-m.count, order.index(m.exercise), m.name))
