"""`convolab grade`: a folder of submissions into nbgrader's gradebook, run in parallel."""

import importlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path
from types import ModuleType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from convolab.grading.class_result import ClassResult, with_problem
from convolab.grading.desk import Desk, open_desk
from convolab.grading.faults import Faults
from convolab.grading.gradebook import gradebook
from convolab.grading.gradebook.lock import locked
from convolab.grading.gradebook.points import refuse_other_points
from convolab.grading.intake.submissions import Submission, find
from convolab.grading.out.table import print_table, row
from convolab.grading.run import records
from convolab.grading.run.hidden_cases import draw
from convolab.grading.run.known_results import KnownResults
from convolab.grading.run.pool import running
from convolab.grading.run.recorder import Recorder
from convolab.grading.run.run_hook import RunSubmission
from convolab.grading.sandbox.bubblewrap import missing
from convolab.grading.sandbox.launcher import cpu_of_launchers, start_launcher
from convolab.grading.temporary import sweep, sweep_results
from convolab.problem import Problem

AT_RISK = (
    "Without a sandbox submissions can read and change your files, use the network and slow this "
    "computer down. Their grades are protected all the same, but not from a program that looks for "
    "the exercises on this disk."
)
HANDED_OUT = (
    "notebooks/{0} is not what solutions/{0} would give today, so students may have another "
    "version: `convolab build {0}` brings it up to date."
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
        with _a_sentence_for_a_full_disk():
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
) -> ClassResult:
    """As `grade`, without the table and the file."""
    started, cpu_before = time.monotonic(), _cpu_seconds()
    console = console or Console(quiet=True)
    desk = open_desk(course, db)
    if seed is None:
        seed = desk.config.RunSubmission.get("seed", RunSubmission.seed.default_value)
    desk.config.RunSubmission.seed = seed
    found, points = find(desk, lesson), desk.points(lesson)
    graded = ClassResult(lesson, notes=found.notes)
    _prepare(desk, sandbox, elsewhere=scheduler is not None, console=console)
    if scheduler is None and (force or _somebody_is_new(desk, lesson, found.submissions)):
        start_launcher(desk.config.RunSubmission.get("sandbox", True))  # which takes a while
    # An exercise that is not sound stops here, before anybody is graded; and so do other points.
    refuse_other_points(desk, lesson, draw(course, lesson, seed))
    say = partial(console.print, highlight=False, markup=False)
    with _a_sentence_for_a_full_disk(), locked(desk, lesson, say):
        sweep()
        sweep_results(desk, lesson)
        with locked(desk, "the gradebook"):  # where graders of two lessons would make its tables
            if gradebook.enter_assignment(desk, lesson):
                graded.notes.append(HANDED_OUT.format(lesson))
        standard = records.standard(desk, lesson, seed)
        desk.config.RunSubmission.standard = standard
        desk.config.RunSubmission.kept = str(desk.results / lesson / "runs")
        faults = Faults(desk, lesson, partial(_set_aside, desk, graded, points))
        known = KnownResults(desk, lesson, standard, force)
        todo = known.todo(found.submissions, points, graded, faults)
        if todo:
            jobs = min(jobs or os.cpu_count() or 1, len(todo))
            if scheduler is None:
                source = running(desk, lesson, todo, jobs)
            else:
                source = nullcontext(_cluster().running_on(scheduler, desk, lesson, todo, say))
            note = graded.outcomes.__setitem__
            enter = Recorder(desk, lesson, known.fingerprints, points, note, faults)
            with source as results, closing(enter), _progress(console) as progress:
                for each in progress.track(results, len(todo), description=f"Grading {lesson}"):
                    enter.take(*each)
                enter.enter()
        shutil.rmtree(desk.config.RunSubmission.kept, ignore_errors=True)
        _count_what_was_given_by_hand(desk, lesson, graded, faults)
    for student, outcome in list(graded.outcomes.items()):
        with faults.of(student):  # what is said of it can be written and printed
            json.dumps(outcome.public()), row(outcome)
    graded.notes += known.notes(graded)
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
        return importlib.import_module("convolab.grading.cluster.cluster_runs")
    except ModuleNotFoundError as error:
        raise Problem(
            f"--scheduler needs the package {error.name}, which only large classes install: run  "
            "python -m uv sync --extra cluster  in the course's folder."
        ) from error


def _set_aside(
    desk: Desk, graded: ClassResult, points: dict[str, float], student: str, problem: str
) -> None:
    """Note a student whose submission could not be graded, here and for the report."""
    graded.outcomes[student] = with_problem(points, problem)
    with suppress(Exception):  # it is said in the table all the same
        records.save(desk, graded.lesson, student, records.Record("", {}, problem=problem))


def _count_what_was_given_by_hand(
    desk: Desk, lesson: str, graded: ClassResult, faults: Faults
) -> None:
    """Show everybody's points as the gradebook counts them; the records keep the automatic ones."""
    known = {student: outcome for student, outcome in graded.outcomes.items() if outcome}
    said = {student: outcome.verdicts for student, outcome in known.items()}
    problems = {student for student, outcome in known.items() if outcome.problem}
    now = gradebook.each_as_they_stand(desk, lesson, said, faults, problems)
    for student, verdicts in now.items():
        graded.outcomes[student].verdicts = verdicts


def _somebody_is_new(desk: Desk, lesson: str, submissions: list[Submission]) -> bool:
    return any(
        submission.problem is None and not records.exists(desk, lesson, submission.student)
        for submission in submissions
    )


def _prepare(desk: Desk, sandbox: bool, elsewhere: bool, console: Console) -> None:
    """See that submissions can be run, before anybody is graded.

    Args:
        elsewhere: whether they run on other machines, which see for themselves.

    Raises:
        Problem: this machine has no sandbox, and nobody said that it may be without.
    """
    target = desk.folder("autograded")
    there = next(folder for folder in (target, *target.parents) if folder.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        raise Problem(f"{there} cannot be written to: change its permissions, then grade again.")
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
    """Processor seconds of this process, of its children that have ended, and of the launcher."""
    times = os.times()
    own = times.user + times.system + times.children_user + times.children_system
    return own + cpu_of_launchers()
