"""The table that `convolab grade` prints."""

from collections import Counter

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from convolab.check.statuses import GROUPS
from convolab.grading.class_result import ClassResult, SubmissionResult
from convolab.grading.exercise_result import ExerciseResult, causes
from convolab.grading.out.class_figures import ClassFigures, class_figures
from convolab.grading.points_in_words import in_points, number

MOST_ROWS = 60  # students with a row of their own
BAR = 30  # characters
_WAITING_NAMED = 3  # answers of a student that are not graded yet; of more, only the number


def print_table(graded: ClassResult, console: Console) -> None:
    """What could not be graded first; then one row a student, in a large class one an exercise.

    What is right needs no words, the rest is named with its points.
    """
    problems = {s: o.problem for s, o in graded.outcomes.items() if o.problem}
    sound = {s: o for s, o in graded.outcomes.items() if not o.problem}
    console.print(f"\n[bold]{graded.lesson}[/bold]", highlight=False)
    if problems:
        console.print(_problem_table(problems))
    if len(sound) > MOST_ROWS:
        console.print(_exercise_table(list(sound.values())))
        console.print(_points_table(list(sound.values())))
    elif sound:
        console.print(_student_table(sound))
    if waiting := _waiting(sound):
        console.print(waiting, highlight=False, markup=False)
    for note in graded.notes:
        console.print(f"Note: {_printable(note)}", highlight=False, markup=False)
    if len(sound) > MOST_ROWS:
        console.print(
            "Each student's points:  nbgrader export, or  convolab report --names", highlight=False
        )
    console.print(_summary(graded), highlight=False)


def _waiting(outcomes: dict[str, SubmissionResult]) -> str:
    """Which answers nobody has read yet, "" if there are none."""
    counts = Counter(name for outcome in outcomes.values() for name in outcome.waiting)
    if not counts:
        return ""
    answers = ", ".join(f"{_printable(name)} of {count}" for name, count in counts.items())
    says = "Waiting to be graded by hand in formgrader; not counted in anybody's points yet"
    return f"{says}: {answers}."


def _problem_table(problems: dict[str, str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    _student_column(table)
    table.add_column("could not be graded", overflow="fold")
    for student, problem in problems.items():
        table.add_row(escape(_printable(student)), escape(_printable(problem)))
    return table


def _student_table(outcomes: dict[str, SubmissionResult]) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    _student_column(table)
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("not yet right", overflow="fold")
    for student, outcome in outcomes.items():
        table.add_row(escape(_printable(student)), *row(outcome))
    return table


def row(outcome: SubmissionResult) -> tuple[str, str]:
    """The points of a student and what is not yet right, as they are printed."""
    return f"{number(outcome.score)} of {number(outcome.max_so_far)}", _says(outcome)


def _student_column(table: Table) -> None:
    table.add_column("student", no_wrap=True, overflow="ellipsis", max_width=40)


def _exercise_table(outcomes: list[SubmissionResult]) -> Table:
    figures = _figures(outcomes)
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("exercise", overflow="fold")
    for group in GROUPS:
        table.add_column(group, justify="right")
    table.add_column("mean", justify="right")
    for exercise in figures.exercises:
        counts = [str(count) for count in exercise.groups.values()]
        table.add_row(escape(exercise.name), *counts, _percent(exercise.share))
    return table


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"


def _points_table(outcomes: list[SubmissionResult]) -> Table:
    bins = _figures(outcomes).bins
    most = max(column.count for column in bins)
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("points")
    table.add_column("students", justify="right")
    table.add_column("")
    for column in bins:
        under = "" if column is bins[-1] else "under "
        span = f"{number(column.low)} to {under}{number(column.high)}"
        table.add_row(span, str(column.count), "█" * round(BAR * column.count / most))
    return table


def _figures(outcomes: list[SubmissionResult]) -> ClassFigures:
    points = {name: verdict.max_score for name, verdict in outcomes[0].verdicts.items()}
    return class_figures([o.score for o in outcomes], [o.verdicts for o in outcomes], points)


def _printable(text: str) -> str:
    """A text without terminal control characters, whatever a file or folder is called."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


def _says(outcome: SubmissionResult) -> str:
    waiting = outcome.waiting if len(outcome.waiting) > _WAITING_NAMED else {}
    wrong = [
        f"{escape(name)} {_short(verdict)}"
        for name, verdict in outcome.verdicts.items()
        if verdict.status != "correct" and not verdict.follows and name not in waiting
    ]
    if waiting:
        worth = in_points(sum(verdict.max_score for verdict in waiting.values()))
        wrong.append(f"{len(waiting)} answers [dim](not graded yet, {worth})[/dim]")
    cost, free = _consequences(outcome), _free(outcome)
    if not cost and not wrong:
        in_spite = f" [dim](despite: {', '.join(free)})[/dim]" if free else ""
        return f"[green]all right[/green]{in_spite}"
    free = [f"{what} [dim](costs no points)[/dim]" for what in free]
    return ", ".join([*cost, *free, *wrong])


def _consequences(outcome: SubmissionResult) -> list[str]:
    """What stopped in the notebook, each with the exercises that it cost."""
    cost: dict[str, list[str]] = {}
    for name, verdict in outcome.verdicts.items():
        if verdict.status != "correct" and verdict.follows:
            cost.setdefault(verdict.follows, []).append(escape(name))
    return [
        f"{escape(_printable(what))} [dim](costs {', '.join(names)})[/dim]"
        for what, names in cost.items()
    ]


def _free(outcome: SubmissionResult) -> list[str]:
    """What stopped in the notebook and cost nothing."""
    stopped = dict.fromkeys(cause.what for cause in causes(outcome.verdicts))
    cost = {v.follows for v in outcome.verdicts.values() if v.status != "correct"}
    return [escape(_printable(what)) for what in stopped if what not in cost]


def _short(verdict: ExerciseResult) -> str:
    if verdict.status == "partial":
        return f"{number(verdict.score)} of {number(verdict.max_score)}"
    if verdict.status == "ungraded":
        return f"[dim](not graded yet, {in_points(verdict.max_score)})[/dim]"
    return f"[dim]({verdict.status})[/dim]"


def _summary(graded: ClassResult) -> str:
    outcomes = graded.outcomes.values()
    problems = sum(1 for outcome in outcomes if outcome.problem)
    unchanged = sum(1 for outcome in outcomes if not outcome.fresh)
    parts = [f"{len(outcomes) - problems} graded"]
    if unchanged:
        parts[0] += f" ({unchanged} before, unchanged since)"
    if problems:
        parts.append(f"{problems} with a problem")
    return f"{', '.join(parts)}, in {graded.seconds:.0f} s."
