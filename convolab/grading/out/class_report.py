"""`convolab report`: one HTML page about a graded lesson, to look at, to print, to teach from."""

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

import nbformat

from convolab.cell_text import title_of
from convolab.files import write_whole
from convolab.grading.desk import LessonDesk, open_desk
from convolab.grading.exercise_result import ExerciseResult, read
from convolab.grading.faults import Faults
from convolab.grading.gradebook import gradebook
from convolab.grading.gradebook.extensions import extended_until
from convolab.grading.intake.submissions import Submission, find
from convolab.grading.intake.timestamps import as_text
from convolab.grading.out.charts import histogram, stack
from convolab.grading.out.class_figures import ClassFigures, class_figures, comparable
from convolab.grading.out.named_report import People, RunTimes, people, speed
from convolab.grading.out.page_templates import environment
from convolab.grading.out.stopped_cells import StoppedCells, stopped_cells
from convolab.grading.pages.prose import sentence
from convolab.grading.points_in_words import in_points, number
from convolab.grading.run import records
from convolab.problem import Problem

NOT_GRADED = (
    "It is ungraded, graded only in part, or its points have changed since: run `convolab grade`."
)


def write_report(course: Path, lesson: str, names: bool = False) -> Path:
    """Write the class report of a lesson.

    It shows what nbgrader's gradebook and the autograded notebooks hold, whatever graded it:
    `convolab grade`, `nbgrader autograde` or formgrader.

    Args:
        names: whether to name students: who needs help, who shares a misconception.

    Returns:
        The page, autograde/results/<lesson>.html, with names <lesson>-names.html.

    Raises:
        Problem: nothing is graded yet.
    """
    desk = open_desk(course).at(lesson)
    points = desk.points()
    verdicts, failed = {}, {}
    faults = Faults(desk, failed.__setitem__)
    known = gradebook.standings(desk, faults.of)
    for student in sorted(gradebook.complete(desk, known)):
        with faults.of(student):
            verdicts[student] = _verdicts(desk, student)
    said = {student: of for student, of in verdicts.items() if _worth(of, points) == points}
    verdicts = gradebook.each_as_they_stand(desk, said, faults)
    problems = failed | {
        submission.student: submission.problem
        or failed.get(submission.student)
        or records.problem(desk, submission.student)
        or NOT_GRADED
        for submission in _handed_in(desk)
        if submission.problem or submission.student not in verdicts
    }
    graded = [student for student in verdicts if student not in problems]
    if not graded:
        raise Problem(f"Nothing in {lesson} is graded yet: run `convolab grade {lesson}` first.")
    verdicts = {student: verdicts[student] for student in graded}
    scores = {student: sum(v.score for v in said.values()) for student, said in verdicts.items()}
    points = {name: verdict.max_score for name, verdict in verdicts[graded[0]].items()}
    figures = class_figures(list(scores.values()), list(verdicts.values()), points)
    ran = speed(_seconds(desk, graded))
    named = None
    if names:
        compared = comparable(list(scores.values()), list(verdicts.values()))
        scores = dict(zip(scores, compared, strict=True))
        called = gradebook.names(desk)
        named = people(scores, verdicts, figures.max_score, called, ran, problems)
    path = desk.results / f"{lesson}{'-names' if names else ''}.html"
    stopped = stopped_cells(verdicts)
    with desk.gradebook() as book:
        extended = extended_until(book, lesson)
    title = title_of(desk.read_master().cells) or lesson
    page = render(
        figures, title, problems, speed=ran, named=named, stopped=stopped, extended=extended
    )
    write_whole(path, page)
    return path


def render(
    figures: ClassFigures,
    title: str,
    problems: dict[str, str],
    day: datetime.date | None = None,
    *,
    speed: RunTimes | None = None,
    named: People | None = None,
    stopped: Sequence[StoppedCells] = (),
    extended: Mapping[str, datetime.datetime] | None = None,
) -> str:
    """The page as text.

    Args:
        figures: the counts of the class.
        title: the lesson's title.
        problems: by student, why a submission could not be graded.
        day: the date on the page, today if None.
        speed: how long submissions ran, if that is known.
        named: what has names in it; None for a page without any.
        stopped: what stopped in the notebooks.
        extended: until when, in UTC, for the students who had more time.
    """
    jinja = environment()
    jinja.filters["number"] = number
    jinja.filters["in_points"] = in_points
    jinja.filters["prose"] = sentence
    template = jinja.get_template("report.html.j2")
    day = day or datetime.date.today()
    return template.render(
        figures=figures,
        title=title,
        problems=problems,
        day=f"{day.day} {day:%B %Y}",
        histogram=histogram(figures.bins),
        stacks=[stack(exercise.groups) for exercise in figures.exercises],
        speed=speed,
        named=named,
        stopped=stopped,
        extended={student: as_text(until) for student, until in (extended or {}).items()},
    )


def _seconds(desk: LessonDesk, students: list[str]) -> dict[str, float]:
    """How long each submission ran, if `convolab grade` recorded it."""
    kept = {student: records.load(desk, student) for student in students}
    return {s: record.seconds for s, record in kept.items() if record and record.seconds}


def _verdicts(desk: LessonDesk, student: str) -> dict[str, ExerciseResult]:
    """From the record if that is the latest, else from the autograded notebook.

    Raises:
        Problem: it could not be graded the last time.
    """
    path = desk.autograded(student)
    record = records.load(desk, student)
    if record is not None and records.is_newer(desk, student, path):
        if record.problem:
            raise Problem(record.problem)
        return record.verdicts
    return read(nbformat.read(path, as_version=4))


def _worth(said: dict[str, ExerciseResult], points: dict[str, float]) -> dict[str, float]:
    """What each exercise was worth when it was graded, which may not be what it is worth now."""
    return {name: said[name].max_score for name in points if name in said}


def _handed_in(desk: LessonDesk) -> list[Submission]:
    """The submissions on the desk, none if the folder was emptied after grading."""
    try:
        return find(desk).submissions
    except Problem:
        return []
