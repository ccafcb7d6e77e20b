"""`convolab grade`: a folder of submissions into nbgrader's gradebook, run in parallel."""

import importlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import ModuleType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from convolab.files import write_whole
from convolab.grading.class_result import ClassResult, with_problem
from convolab.grading.desk import Desk, LessonDesk, open_desk, results_in
from convolab.grading.faults import Faults
from convolab.grading.grade_options import GradeOptions
from convolab.grading.gradebook import gradebook
from convolab.grading.gradebook.enter_lesson import enter_assignment
from convolab.grading.gradebook.extensions import enter_extensions, extension_notes
from convolab.grading.gradebook.lock import locked
from convolab.grading.gradebook.points import refuse_other_points
from convolab.grading.intake.submissions import Submission, find
from convolab.grading.out.changes_table import CHANGES, append_changes, print_changes
from convolab.grading.out.table import print_table, row
from convolab.grading.run import records
from convolab.grading.run.changes import changes
from convolab.grading.run.dry_run import rehearsal
from convolab.grading.run.grade_parts import parts
from convolab.grading.run.grading_run import GradingRun
from convolab.grading.run.hidden_cases import draw
from convolab.grading.run.known_results import KnownResults
from convolab.grading.run.last_grades import LastGrades, as_before, as_now
from convolab.grading.run.pool import Result, running
from convolab.grading.run.recorder import Recorder
from convolab.grading.run.run_hook import run_of
from convolab.grading.sandbox.bubblewrap import missing
from convolab.grading.sandbox.launcher import cpu_of_launchers, start_launcher
from convolab.grading.temporary import sweep, sweep_results
from convolab.problem import Problem

AT_RISK = (
    "Without a sandbox submissions can read and change your files, use the network and slow this "
    "computer down. Their grades are still protected, but not from a program that looks for "
    "the exercises on this disk."
)
HANDED_OUT = (
    "notebooks/{0} is out of step with solutions/{0}, so students may have a different "
    "version: `convolab build {0}` brings it up to date."
)
NOT_RECORDED = "This was a dry run: nothing was recorded."
ALL_GRADED, SOME_WITH_PROBLEM = 0, 3


def grade(
    course: Path,
    lesson: str,
    options: GradeOptions | None = None,
    json_file: Path | None = None,
    console: Console | None = None,
) -> int:
    """Grade all submissions of a lesson and print a table.

    What was graded before and has not changed is not graded again: neither the submission, nor the
    teacher's notebook, the exercises, the checker or the seed.

    Args:
        course: the course's root.
        lesson: its id, for instance "01_convolution_1d".
        options: what the teacher wants.
        json_file: where to write the results for programs.
        console: where to print.

    Returns:
        The exit status: 0 all graded, 3 some submissions have a problem (the others are graded).

    Raises:
        Problem: grading itself cannot begin (exit status 1).
    """
    console = console or Console()
    graded = grade_class(course, lesson, options, console)
    if json_file is not None:
        text = json.dumps(graded.public(), indent=1, ensure_ascii=False) + "\n"
        with _a_sentence_for_a_full_disk():
            write_whole(Path(json_file), text)
    print_table(graded, console)
    if options is not None and options.dry_run:
        print_changes(graded.changes, console)
        console.print(NOT_RECORDED, highlight=False)
    else:
        where = results_in(course) / lesson / CHANGES
        print_changes(graded.changes, console, where.relative_to(course).as_posix())
    problems = any(outcome.problem for outcome in graded.outcomes.values())
    return SOME_WITH_PROBLEM if problems else ALL_GRADED


def grade_class(
    course: Path,
    lesson: str,
    options: GradeOptions | None = None,
    console: Console | None = None,
) -> ClassResult:
    """Like `grade`, without the tables and the file."""
    options, console = options or GradeOptions(), console or Console(quiet=True)
    desk = open_desk(course, options.db).at(lesson)
    with _a_sentence_for_a_full_disk(), _where(desk, options) as desk:
        return _grade_at(desk, options, console)


def _where(desk: LessonDesk, options: GradeOptions) -> AbstractContextManager[LessonDesk]:
    """The desk that everything is recorded at."""
    return rehearsal(desk) if options.dry_run else nullcontext(desk)


def _grade_at(desk: LessonDesk, options: GradeOptions, console: Console) -> ClassResult:
    started, cpu_before = time.monotonic(), _cpu_seconds()
    course, lesson = desk.course, desk.lesson
    how = _asked_for(desk, options)
    found, points = find(desk), desk.points()
    graded = ClassResult(lesson, notes=found.notes)
    _prepare(desk, options, how.sandboxed, console)
    if options.scheduler is None and (options.force or _somebody_is_new(desk, found.submissions)):
        start_launcher(how.sandboxed)  # now, because it takes a while
    # A faulty exercise, or points that disagree, stop it here, before anybody is graded.
    refuse_other_points(desk, draw(course, lesson, how.seed))
    say = partial(console.print, highlight=False, markup=False)
    with locked(desk, lesson, say):
        sweep()
        sweep_results(desk)
        with locked(desk, "the gradebook"):  # where graders of two lessons would make its tables
            if enter_assignment(desk):
                graded.notes.append(HANDED_OUT.format(lesson))
            enter_extensions(desk)
        how = replace(how, standard=records.standard(desk, how), kept=desk.records / "runs")
        measured_by = parts(desk, how)  # now, since somebody may edit an exercise meanwhile
        faults = Faults(desk, partial(_set_aside, desk, graded, points))
        known = KnownResults(desk, how.standard, options.force)
        before = as_before(desk, known)
        todo = known.todo(found.submissions, points, graded, faults)
        if todo:
            note = graded.outcomes.__setitem__
            enter = Recorder(desk, how, known.fingerprints, points, note, faults)
            source = _source(desk, how, todo, options, say)
            with source as results, closing(enter), _progress(console) as progress:
                for each in progress.track(results, len(todo), description=f"Grading {lesson}"):
                    enter.take(*each)
                enter.enter()
        shutil.rmtree(how.kept, ignore_errors=True)
        _count_what_was_given_by_hand(desk, graded, faults)
        _note_changes(desk, graded, before, as_now(desk, graded, known, measured_by))
    for student, outcome in list(graded.outcomes.items()):
        with faults.of(student):  # its sentence can be written and printed
            json.dumps(outcome.public()), row(outcome)
    graded.notes += known.notes(graded) + graded.more_than_there_is()
    graded.notes += extension_notes(desk, {*graded.outcomes, *gradebook.students(desk)})
    graded.seconds = time.monotonic() - started
    graded.cpu_seconds = _cpu_seconds() - cpu_before
    return graded


def _asked_for(desk: Desk, options: GradeOptions) -> GradingRun:
    """The run that the desk's settings ask for, unless the options override them."""
    how = run_of(desk.config)
    seed = how.seed if options.seed is None else options.seed
    return replace(how, seed=seed, sandboxed=how.sandboxed and options.sandbox)


def _source(
    desk: LessonDesk,
    how: GradingRun,
    todo: list[Submission],
    options: GradeOptions,
    say: Callable[[str], None],
) -> AbstractContextManager[Iterator[Result]]:
    """The submissions as they are run, on this machine or on a cluster."""
    if options.scheduler is None:
        return running(desk, how, todo, min(options.jobs or os.cpu_count() or 1, len(todo)))
    return nullcontext(_cluster().running_on(options.scheduler, desk, how, todo, say))


@contextmanager
def _a_sentence_for_a_full_disk() -> Iterator[None]:
    """Turn a disk error into a sentence, since only the teacher can fix it.

    Raises:
        Problem: instead of the system's error.
    """
    try:
        yield
    except OSError as error:
        where = (
            f"{error.filename} cannot be read or written"
            if error.filename
            else "The disk cannot be read or written"
        )
        raise Problem(
            f"{where} ({error.strerror}): check that there is room and that it is writable, "
            "then grade again; what has been graded is kept."
        ) from error


def _cluster() -> ModuleType:
    """The code for clusters, whose libraries only large classes install.

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
    desk: LessonDesk, graded: ClassResult, points: dict[str, float], student: str, problem: str
) -> None:
    """Note a student whose submission could not be graded, here and for the report."""
    graded.outcomes[student] = with_problem(points, problem)
    with suppress(Exception):  # the table says it anyway
        records.save(desk, student, records.Record("", {}, problem=problem))


def _count_what_was_given_by_hand(desk: LessonDesk, graded: ClassResult, faults: Faults) -> None:
    """Show everybody's points as the gradebook counts them; the records keep the automatic ones."""
    known = {student: outcome for student, outcome in graded.outcomes.items() if outcome}
    said = {student: outcome.verdicts for student, outcome in known.items()}
    problems = {student for student, outcome in known.items() if outcome.problem}
    now = gradebook.each_as_they_stand(desk, said, faults, problems)
    for student, verdicts in now.items():
        graded.outcomes[student].verdicts = verdicts


def _note_changes(
    desk: LessonDesk, graded: ClassResult, before: LastGrades, now: LastGrades
) -> None:
    """Find whose grade changed, and keep the grades for the next time."""
    if before.students:
        graded.changes = changes(before, now)
        append_changes(desk, graded.changes)
    LastGrades(before.students | now.students, before.standards | now.standards).save(desk)


def _somebody_is_new(desk: LessonDesk, submissions: list[Submission]) -> bool:
    return any(
        submission.problem is None and not records.exists(desk, submission.student)
        for submission in submissions
    )


def _prepare(desk: Desk, options: GradeOptions, sandboxed: bool, console: Console) -> None:
    """Check that submissions can be run, before anybody is graded.

    Raises:
        Problem: this machine has no sandbox, and the options do not allow grading without one.
    """
    target = desk.folder("autograded")
    there = next(folder for folder in (target, *target.parents) if folder.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        raise Problem(f"{there} cannot be written to: change its permissions, then grade again.")
    if not options.sandbox:
        console.print(AT_RISK, highlight=False)
    elif options.scheduler is not None:
        return  # they run on other machines, which check for themselves
    elif sandboxed and (reason := missing()):
        raise Problem(f"{reason} Or grade work you trust with --no-sandbox.")


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, TimeRemainingColumn(), console=console, transient=True)


def _cpu_seconds() -> float:
    """Processor seconds of this process, of its children that have ended, and of the launcher."""
    times = os.times()
    own = times.user + times.system + times.children_user + times.children_system
    return own + cpu_of_launchers()
