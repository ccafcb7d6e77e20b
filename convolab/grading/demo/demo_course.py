"""`convolab demo`: a small class, graded and reported, in a folder of its own."""

import shutil
import tempfile
from pathlib import Path

import nbformat
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from convolab.exercises.load import load_exercises
from convolab.grading.class_result import SubmissionResult
from convolab.grading.demo.demo_class import DemoStudent, demo_class, notebook
from convolab.grading.desk import open_desk
from convolab.grading.exercise_result import ExerciseResult
from convolab.grading.grade import grade_class
from convolab.grading.gradebook.converters import feedback
from convolab.grading.out.class_report import write_report
from convolab.grading.points_in_words import number
from convolab.grading.run.hidden_cases import specs
from convolab.problem import Problem

# All that grading needs of a course; the gradebook and real submissions stay where they are.
PARTS = (
    "pyproject.toml",
    "nbgrader_config.py",
    "autograde/nbgrader_config.py",
    "autograde/exercises",
    "solutions/{lesson}",
    "notebooks/{lesson}",
)


def demo(course: Path, lesson: str, console: Console, keep: Path | None = None) -> int:
    """Make a class of eight, grade it, report on it, and compare with the expected verdicts.

    Args:
        course: the course's root; nothing in it is changed.
        lesson: its id.
        console: where to print.
        keep: the folder for the class; None makes a temporary one, which also stays.

    Returns:
        0 if every verdict is the expected one, else 1.

    Raises:
        Problem: the lesson is not built, or `keep` is in use.
    """
    home = _copy(course, lesson, keep)
    students = _hand_in(home, lesson)
    graded = grade_class(home, lesson, console=console)
    differ = _print_table(students, graded.outcomes, console)
    report = write_report(home, lesson)
    feedback(open_desk(home).at(lesson))
    console.print(f"Class report  {report}", highlight=False, soft_wrap=True)
    console.print(
        f"Feedback      {home / 'autograde' / 'feedback'}", highlight=False, soft_wrap=True
    )
    if differ:
        console.print(f"[bold]{differ} of {len(students)} verdicts are not as expected.[/bold]")
        return 1
    console.print(f"All {len(students)} verdicts are as expected, in {graded.seconds:.0f} s.")
    return 0


def _copy(course: Path, lesson: str, keep: Path | None) -> Path:
    """A course with this lesson only, in a folder of its own."""
    if keep is not None and keep.exists() and any(keep.iterdir()):
        raise Problem(f"{keep} is not empty: choose a new folder for the demo.")
    home = keep.resolve() if keep else Path(tempfile.mkdtemp(prefix="convolab-demo-"))
    for part in PARTS:
        part = part.format(lesson=lesson)
        source, target = course / part, home / part
        if not source.exists():
            raise Problem(f"{part} is missing: run `convolab build`, then try again.")
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return home


def _hand_in(home: Path, lesson: str) -> list[DemoStudent]:
    """Write the eight submissions."""
    desk = open_desk(home).at(lesson)
    students = demo_class(
        desk.read_master(),
        load_exercises(specs(home, lesson)),
        list(desk.points()),
    )
    released = nbformat.read(desk.released, as_version=4)
    for student in students:
        path = desk.submission(student.name) / desk.file_name
        path.parent.mkdir(parents=True)
        nbformat.write(notebook(released, student), path)
    return students


def _print_table(
    students: list[DemoStudent], outcomes: dict[str, SubmissionResult], console: Console
) -> int:
    """Expected and actual verdicts for each student, side by side; how many differ."""
    table = Table(box=box.HORIZONTALS, show_lines=True, pad_edge=False)
    for title in ("handed in", "expected", "given"):
        table.add_column(title, overflow="fold")
    table.add_column("same", no_wrap=True)
    differ = 0
    for student in students:
        outcome = outcomes[student.name]
        fits = outcome.problem is None and all(
            expected.fits(outcome.verdicts[name]) for name, expected in student.expected.items()
        )
        differ += not fits
        points = f"{number(outcome.score)} of {number(outcome.max_score)}"
        table.add_row(
            f"[bold]{student.name}[/bold], {points}\n{escape(student.story)}",
            escape(_expected(student)),
            escape(outcome.problem or _given(outcome.verdicts)),
            "yes" if fits else "[bold red]NO[/bold red]",
        )
    console.print(table)
    return differ


def _expected(student: DemoStudent) -> str:
    lines = [
        f"{name}: {e.misconception.name if e.misconception else e.statuses[0]}"
        for name, e in student.expected.items()
        if e.statuses != ("correct",)
    ]
    return "\n".join(lines) or "all right"


def _given(verdicts: dict[str, ExerciseResult]) -> str:
    lines = [
        f"{name}: {verdict.misconception or verdict.status}"
        for name, verdict in verdicts.items()
        if verdict.status != "correct"
    ]
    return "\n".join(lines) or "all right"
