"""`convolab grade`: a folder of submissions into nbgrader's gradebook, run in parallel."""

import importlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from types import ModuleType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from convolab.grading import gradebook, records
from convolab.grading.ahead import Result, running
from convolab.grading.cases import draw
from convolab.grading.desk import Desk, open_desk
from convolab.grading.enter import Entering
from convolab.grading.execute import RunSubmission
from convolab.grading.leftovers import sweep, sweep_results
from convolab.grading.outcomes import Graded, Outcome, with_problem
from convolab.grading.split.box import begin, cpu_of_boxes
from convolab.grading.split.sandbox import missing
from convolab.grading.submissions import Submission, find
from convolab.grading.table import print_table
from convolab.grading.turn import turn
from convolab.problem import Problem

AT_RISK = (
    "Without a sandbox submissions can read and change your files, use the network and slow this "
    "computer down. Their grades are protected all the same, but not from a program that looks for "
    "the exercises on this disk."
)
ALL_GRADED, SOME_WITH_PROBLEM = 0, 3


def grade(
    course: Path,
    lesson: str,
    *,
    seed: int | None = None,
    json_file: Path | None = None,
    force: bool = False,
    sandbox: bool = True,
    jobs: int | None = None,
    scheduler: str | None = None,
    db: str | None = None,
    console: Console | None = None,
) -> int:
    """Grade all submissions of a lesson and print a table.

    What was graded before and has not changed is not graded again: neither the submission, nor the
    teacher's notebook, the exercises, the checker or the seed.

    Args:
        course: the course's root.
        lesson: its id, for instance "01_convolution_1d".
        seed: draws the hidden cases; None takes the one in the desk's nbgrader_config.py.
        json_file: where to write the results for programs.
        force: grade everything again.
        sandbox: False lets submissions run without one, where the machine has none.
        jobs: how many run at a time; None takes as many as there are processors.
        scheduler: the address of a Dask scheduler, on whose workers submissions run.
        db: the address of the gradebook's database, in the place of the one in the settings.
        console: where to print.

    Returns:
        The exit status: 0 all graded, 3 some submissions have a problem (the others are graded).

    Raises:
        Problem: grading itself cannot begin (exit status 1).
    """
    console = console or Console()
    graded = grade_class(
        course,
        lesson,
        seed=seed,
        force=force,
        sandbox=sandbox,
        jobs=jobs,
        scheduler=scheduler,
        db=db,
        console=console,
    )
    if json_file is not None:
        text = json.dumps(graded.public(), indent=1, ensure_ascii=False) + "\n"
        records.write_whole(Path(json_file).resolve(), text)
    print_table(graded, console)
    problems = any(outcome.problem for outcome in graded.outcomes.values())
    return SOME_WITH_PROBLEM if problems else ALL_GRADED


def grade_class(
    course: Path,
    lesson: str,
    *,
    seed: int | None = None,
    force: bool = False,
    sandbox: bool = True,
    jobs: int | None = None,
    scheduler: str | None = None,
    db: str | None = None,
    console: Console | None = None,
) -> Graded:
    """As `grade`, without the table and the file."""
    started, cpu_before = time.monotonic(), _cpu_seconds()
    console = console or Console(quiet=True)
    desk = open_desk(course, db)
    if seed is None:
        seed = desk.config.RunSubmission.get("seed", RunSubmission.seed.default_value)
    desk.config.RunSubmission.seed = seed
    found, points = find(desk, lesson), desk.points(lesson)
    graded = Graded(lesson, notes=found.notes)
    _prepare(desk, sandbox, elsewhere=scheduler is not None, console=console)
    if scheduler is None and (force or _somebody_is_new(desk, lesson, found.submissions)):
        begin(desk.config.RunSubmission.get("sandbox", True))  # which takes a while
    draw(course, lesson, seed)  # an exercise that is not sound stops here, before anybody is graded
    say = partial(console.print, highlight=False, markup=False)
    with _a_sentence_for_a_full_disk(), turn(desk, lesson, say):
        sweep()
        sweep_results(desk, lesson)
        with turn(desk, "the gradebook"):  # where graders of two lessons would make its tables
            gradebook.enter_assignment(desk, lesson)
        against = records.standard(desk, lesson, seed)
        desk.config.RunSubmission.standard = against
        desk.config.RunSubmission.kept = str(desk.results / lesson / "runs")
        todo = _todo(desk, lesson, found.submissions, against, points, force, graded)
        if todo:
            jobs = min(jobs or os.cpu_count() or 1, len(todo))
            if scheduler is None:
                source = running(desk, lesson, todo, jobs)
            else:
                source = nullcontext(_cluster().running_on(scheduler, desk, lesson, todo, say))
            with source as results:
                _enter(desk, lesson, against, points, results, len(todo), graded, console)
        shutil.rmtree(desk.config.RunSubmission.kept, ignore_errors=True)
        _count_what_was_given_by_hand(desk, lesson, graded)
    graded.seconds = time.monotonic() - started
    graded.cpu_seconds = _cpu_seconds() - cpu_before
    return graded


@contextmanager
def _a_sentence_for_a_full_disk() -> Iterator[None]:
    """What a disk refuses is the teacher's to mend.

    Raises:
        Problem: in the place of an error of the system.
    """
    try:
        yield
    except OSError as error:
        where = (
            f"{error.filename} cannot be read or written" if error.filename else "The disk refuses"
        )
        raise Problem(
            f"{where} ({error.strerror}): see that there is room and that it may be written to, "
            "then grade again; what has been graded is kept."
        ) from error


def _cluster() -> ModuleType:
    """The part for clusters, whose libraries only large classes install.

    Raises:
        Problem: they are not installed.
    """
    try:
        return importlib.import_module("convolab.grading.cluster.source")
    except ModuleNotFoundError as error:
        raise Problem(
            f"--scheduler needs the package {error.name}, which only large classes install: run  "
            "python -m uv sync --extra cluster  in the course's folder."
        ) from error


def _todo(
    desk: Desk,
    lesson: str,
    submissions: list[Submission],
    against: str,
    points: dict[str, float],
    force: bool,
    graded: Graded,
) -> list[Submission]:
    """The submissions that must be run; what is known of the others is noted."""
    done = {} if force else gradebook.complete(desk, lesson)
    todo = []
    for submission in submissions:
        before = _before(desk, lesson, submission, against, points, done.get(submission.student))
        graded.outcomes[submission.student] = before
        if before is None:
            todo.append(submission)
    return todo


def _enter(
    desk: Desk,
    lesson: str,
    against: str,
    points: dict[str, float],
    results: Iterator[Result],
    count: int,
    graded: Graded,
    console: Console,
) -> None:
    """Enter results into the gradebook as they come, with a bar that shows how far it is."""
    note = graded.outcomes.__setitem__
    with (
        closing(Entering(desk, lesson, against, points, note)) as enter,
        _progress(console) as progress,
    ):
        for submission, came in progress.track(results, count, description=f"Grading {lesson}"):
            enter.take(submission, came)
        enter.enter()


def _count_what_was_given_by_hand(desk: Desk, lesson: str, graded: Graded) -> None:
    """Show everybody's points as the gradebook counts them; the records keep the automatic ones."""
    known = {student: outcome for student, outcome in graded.outcomes.items() if outcome}
    said = {student: outcome.verdicts for student, outcome in known.items()}
    problems = {student for student, outcome in known.items() if outcome.problem}
    for student, verdicts in gradebook.as_they_stand(desk, lesson, said, problems).items():
        graded.outcomes[student].verdicts = verdicts


def _somebody_is_new(desk: Desk, lesson: str, submissions: list[Submission]) -> bool:
    return any(
        submission.problem is None and records.load(desk, lesson, submission.student) is None
        for submission in submissions
    )


def _prepare(desk: Desk, sandbox: bool, elsewhere: bool, console: Console) -> None:
    """See that submissions can be run, before anybody is graded.

    Args:
        elsewhere: whether they run on other machines, which see for themselves.

    Raises:
        Problem: this machine has no sandbox, and nobody said that it may be without.
    """
    if not sandbox:
        desk.config.RunSubmission.sandbox = False
        console.print(AT_RISK, highlight=False)
    elif elsewhere:
        return
    elif desk.config.RunSubmission.get("sandbox", True) and (reason := missing()):
        raise Problem(f"{reason} Or grade work that you trust with --no-sandbox.")


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, TimeRemainingColumn(), console=console, transient=True)


def _cpu_seconds() -> float:
    """Processor seconds of this process, of its children that have ended, and of the box."""
    times = os.times()
    own = times.user + times.system + times.children_user + times.children_system
    return own + cpu_of_boxes()


def _before(
    desk: Desk,
    lesson: str,
    submission: Submission,
    against: str,
    points: dict[str, float],
    done: gradebook.Standings | None,
) -> Outcome | None:
    """What is known of a submission without running it; None if it must be run."""
    if submission.problem is not None:
        return with_problem(points, submission.problem)
    record = records.load(desk, lesson, submission.student)
    if not done or not record or not done.agrees(record.verdicts):
        return None
    same = record.fingerprint == records.fingerprint(submission, against)
    return Outcome(record.verdicts, fresh=False) if same else None
