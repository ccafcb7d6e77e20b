"""`convolab report`: one HTML page about a graded lesson, to look at, to print, to teach from."""

import datetime
from pathlib import Path

import jinja2
import nbformat
from markupsafe import Markup

from convolab.grading import gradebook, records
from convolab.grading.charts import histogram, stack
from convolab.grading.class_figures import ClassFigures, class_figures
from convolab.grading.desk import Desk, open_desk
from convolab.grading.submissions import Submission, find
from convolab.grading.table import number
from convolab.grading.verdict import Verdict, read
from convolab.problem import Problem

TEMPLATES = Path(__file__).parent / "templates"
NOT_GRADED = "It is not graded, or was when the grading was stopped: run `convolab grade`."


def write_report(course: Path, lesson: str) -> Path:
    """Write the class report of a lesson.

    It shows what nbgrader's gradebook and the autograded notebooks hold, whoever graded:
    `convolab grade`, `nbgrader autograde` or formgrader.

    Returns:
        The page, autograde/results/<lesson>.html.

    Raises:
        Problem: nothing is graded yet.
    """
    desk = open_desk(course)
    points = desk.points(lesson)
    standings = gradebook.standings(desk, lesson)
    verdicts = {
        student: _verdicts(desk, lesson, student)
        for student in sorted(gradebook.complete(desk, lesson))
    }
    graded = [student for student, said in verdicts.items() if set(points) <= set(said)]
    problems = {
        submission.student: submission.problem or NOT_GRADED
        for submission in _handed_in(desk, lesson)
        if submission.problem or submission.student not in graded
    }
    graded = [student for student in graded if student not in problems]
    if not graded:
        raise Problem(f"Nothing of {lesson} is graded yet: run `convolab grade {lesson}` first.")
    figures = class_figures(
        [standings[student].score for student in graded],
        [verdicts[student] for student in graded],
        points,
    )
    path = desk.results / f"{lesson}.html"
    records.write_whole(path, render(figures, _title(desk, lesson), problems))
    return path


def render(
    figures: ClassFigures,
    title: str,
    problems: dict[str, str],
    day: datetime.date | None = None,
) -> str:
    """The page as text.

    Args:
        figures: the counts of the class.
        title: the lesson's title.
        problems: by student, why a submission could not be graded.
        day: the date on the page, today if None.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["number"] = number
    environment.filters["prose"] = _prose
    template = environment.get_template("report.html.j2")
    day = day or datetime.date.today()
    return template.render(
        figures=figures,
        title=title,
        problems=problems,
        day=f"{day.day} {day:%B %Y}",
        histogram=histogram(figures.bins),
        stacks=[stack(exercise.groups) for exercise in figures.exercises],
    )


def _prose(text: str) -> Markup:
    """A hint; what stands between `backticks` is set as code."""
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 else part
        for place, part in enumerate(text.split("`"))
    )


def _verdicts(desk: Desk, lesson: str, student: str) -> dict[str, Verdict]:
    """From the record if it is the latest word, else from the autograded notebook."""
    path = gradebook.autograded_path(desk, lesson, student)
    record = records.load(desk, lesson, student)
    if record is not None and records.is_newer(desk, lesson, student, path):
        return record.verdicts
    return read(nbformat.read(path, as_version=4))


def _handed_in(desk: Desk, lesson: str) -> list[Submission]:
    """The submissions on the desk, none if the folder was emptied after grading."""
    try:
        return find(desk, lesson).submissions
    except Problem:
        return []


def _title(desk: Desk, lesson: str) -> str:
    """The lesson's first heading, else its id."""
    for cell in nbformat.read(desk.master(lesson), as_version=4).cells:
        for line in cell.source.splitlines():
            if cell.cell_type == "markdown" and line.startswith("# "):
                return line.removeprefix("# ").strip()
    return lesson
