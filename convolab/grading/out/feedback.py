"""The feedback page of a student: points and hints first, then the work with its reports.

nbgrader's own `generate_feedback` writes it, with the exporter and the last preprocessor that the
desk's config names. A page stands alone: it runs no script and asks the network for nothing.
"""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup
from nbconvert.exporters import TemplateExporter
from nbconvert.filters.ansi import strip_ansi
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import default
from traitlets.config import Config

from convolab.cell_metadata import (
    answered_exercise,
    exercise_of,
    is_graded,
    is_locked,
    is_task,
    name_of,
    nbgrader_of,
)
from convolab.cell_text import title_of
from convolab.check.report import MIME
from convolab.check.statuses import status
from convolab.grading.desk import coursedir_of
from convolab.grading.gradebook.extensions import extended_until
from convolab.grading.gradebook.standing import UNTOUCHED, ClassStandings, Standing, public_names
from convolab.grading.out.page_templates import TEMPLATES
from convolab.grading.pages.pictures import Shown, handed_in, in_words
from convolab.grading.pages.prose import Prose, code, sentence
from convolab.grading.points_in_words import number

OWN_WORDS = 'class="tex2jax_ignore"'  # around what a student wrote, see pages/safe_markdown.py
NO_RESPONSE = "No response."  # nbgrader's comment on an untouched cell; the report says more
_NONE = Markup("")
_BY_HAND, _UNREAD = "Read by your teacher", "Not graded yet"


class FeedbackExporter(TemplateExporter):
    """nbconvert's exporter with the course's own page.

    Its HTMLExporter would parse and print each page again, which is four fifths of its time.
    """

    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def __init__(self, config: Config | None = None, **more: Any):
        own = Config()
        own.FeedbackExporter.template_name = "feedback_page"
        own.FeedbackExporter.extra_template_basedirs = [str(TEMPLATES)]
        own.FeedbackExporter.extra_template_paths = [str(TEMPLATES)]
        own.merge(config or Config())
        super().__init__(config=own, **more)


@dataclass(frozen=True)
class PointsRow:
    """One row of the points: an exercise, what it got, why, and where on the page it is.

    It is how a page words what the gradebook and a check say (`Standing`, `ExerciseResult`), which
    have no words for what a teacher graded or has yet to read.

    Attributes:
        graded: whether it has points yet.
        changed: whether the teacher set other points than the check gave.
    """

    name: str
    anchor: str
    score: float
    max_score: float
    word: str
    hint: Markup = _NONE
    graded: bool = True
    changed: bool = False


@dataclass(frozen=True)
class Total:
    """All points of a page.

    Attributes:
        score: the points so far, minus the late penalty.
        of: what everything that is graded is worth.
        waiting: what is not graded yet.
    """

    score: float
    of: float
    waiting: list[PointsRow]

    @property
    def missing(self) -> float:
        """What the ungraded part is worth."""
        return sum(result.max_score for result in self.waiting)


@dataclass
class Part:
    """One cell as the page shows it.

    Attributes:
        kind: "prose", "code" or "check".
        html: the text, the program or the report.
        name: the exercise that it answers or checks; else "".
        anchor: its id on the page, if it has one.
        pictures, outputs: what it shows, the outputs as (kind, text).
        comment: the teacher's, as HTML.
        result: its points, where it has any.
        label: what is said before its name.
    """

    kind: str
    html: Markup
    name: str = ""
    anchor: str = ""
    pictures: list[Shown] = field(default_factory=list)
    outputs: list[tuple[str, str]] = field(default_factory=list)
    comment: Markup = _NONE
    result: PointsRow | None = None
    label: str = "Your answer"

    @property
    def wide(self) -> bool:
        """Whether it may have to be scrolled sideways, which needs the keyboard's focus."""
        return "<table" in self.html and (self.kind == "check" or OWN_WORDS in self.html)


class FeedbackParts(NbGraderPreprocessor):
    """The last of `c.GenerateFeedback.preprocessors`: lays out what the template prints."""

    def __init__(self, **more: Any):
        super().__init__(**more)
        self._found: dict[tuple[str, str], ClassStandings] = {}
        self._until: dict[str, dict[str, datetime]] = {}

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Put the parts of the page into `resources["feedback"]`."""
        about, coursedir = resources["nbgrader"], coursedir_of(self)
        folder = Path(
            coursedir.format_path(
                coursedir.submitted_directory, about["student"], about["assignment"]
            )
        )
        pictures = handed_in(folder / f"{about['notebook']}.ipynb")
        standings = self._standings(about)
        prose = Prose(level=2)
        names = public_names(standing.cell for standing in standings.values())
        parts = [_part(cell, prose, pictures, standings, names) for cell in nb.cells]
        results = [part.result for part in parts if part and part.result]
        here = {name_of(cell) for cell in nb.cells}
        for grade_id in set(standings) - here:  # graded before deleted answers were put back
            gone = Part("prose", _NONE, names[grade_id])
            results.append(_result(gone, standings[grade_id], None))
        resources["feedback"] = {
            "title": title_of(nb.cells) or about["notebook"],
            "handed_in": _moment(coursedir.get_existing_timestamp(str(folder))),
            "extended": _moment(self._extended_until(about)),
            "parts": [part for part in parts if part],
            "results": results,
            "total": _total(results, float(about["late_penalty"])),
            "causes": _causes(nb),
            "number": number,
        }
        return nb, resources

    def _standings(self, about: dict) -> dict[str, Standing]:
        """The standing of each graded cell of a student, by name; read once for a whole class."""
        lesson = about["assignment"], about["notebook"]
        if lesson not in self._found:
            with Gradebook(about["db_url"]) as gradebook:
                notebook = gradebook.find_notebook(about["notebook"], about["assignment"])
                self._found[lesson] = ClassStandings(gradebook, notebook)
        return {s.cell.name: s for s in self._found[lesson].of(about["student"])}

    def _extended_until(self, about: dict) -> datetime | None:
        """When this student's work was due, if that was later than for others."""
        lesson = about["assignment"]
        if lesson not in self._until:
            with Gradebook(about["db_url"]) as gradebook:
                self._until[lesson] = extended_until(gradebook, lesson)
        return self._until[lesson].get(about["student"])


def _total(results: list[PointsRow], late: float) -> Total:
    graded = [result for result in results if result.graded]
    return Total(
        max(0.0, sum(result.score for result in graded) - late),
        sum(result.max_score for result in graded),
        [result for result in results if not result.graded],
    )


def _part(
    cell: NotebookNode, prose: Prose, pictures: dict, standings: dict, names: dict
) -> Part | None:
    about, grade_id = nbgrader_of(cell), name_of(cell) or ""
    if not cell.source.strip() and grade_id not in standings:
        return None
    part = _code(cell, pictures) if cell.cell_type == "code" else None
    if part is None:
        part = Part("prose", prose.html(cell.source, cell.get("attachments")))
    if about.get("comment") and about["comment"] != NO_RESPONSE:
        part.comment = Prose(level=_DEEP).html(about["comment"])
    if is_graded(cell) or is_task(cell) or part.comment:
        part.name = names.get(grade_id, exercise_of(grade_id))
        part.anchor = f"cell-{grade_id}"
    if standing := standings.get(grade_id):
        part.result = _result(part, standing, _report(cell))
    if is_task(cell):
        part.label = "Task"
    return part


_DEEP = 5  # headings in a comment come below all others


def _code(cell: NotebookNode, pictures: dict) -> Part:
    if report := _report(cell):
        html = Markup(cell.outputs[0].data["text/html"])  # made by the checker, outside the sandbox
        return Part("check", html, name=report["name"])
    part = Part("code", code(cell.source), name=answered_exercise(cell))
    queue = pictures.get(cell.source)
    part.pictures = queue.popleft() if queue else []
    part.outputs = [
        shown for output in cell.outputs if (shown := _output(output, bool(part.pictures)))
    ]
    return part


def _report(cell: NotebookNode) -> dict | None:
    """What the checker said in a check cell."""
    if cell.cell_type != "code" or not is_locked(cell) or not cell.outputs:
        return None
    report = cell.outputs[0].get("data", {}).get(MIME)
    return report if isinstance(report, dict) else None


def _output(output: NotebookNode, pictured: bool) -> tuple[str, str] | None:
    """An output as (kind, text); None for the text form of a picture that is shown."""
    if output.output_type == "stream":
        return ("printed" if output.name == "stdout" else "warned", strip_ansi(output.text))
    if output.output_type == "error":
        return ("stopped", strip_ansi("\n".join(output.traceback)))
    text = str(output.data.get("text/plain", ""))
    words = in_words(text)
    if words is None:
        return ("value", strip_ansi(text)) if text.strip() else None
    return None if pictured or not words else ("pictured", words)


def _causes(nb: NotebookNode) -> list[Markup]:
    """What stopped in the notebook, each in a sentence or two."""
    reports = (_report(cell) or {} for cell in nb.cells)
    return [sentence(says) for report in reports for _, says in report.get("causes", ())]


def _result(part: Part, standing: Standing, report: dict | None) -> PointsRow:
    worth = standing.cell.max_score
    if not standing.is_graded:
        return PointsRow(part.name, part.anchor, 0.0, worth, _UNREAD, graded=False)
    if report is None:
        untouched = standing.cell.by_hand and not standing.by_teacher
        word, hint = (
            (status("missing").title, sentence(UNTOUCHED)) if untouched else (_BY_HAND, _NONE)
        )
        return PointsRow(part.name, part.anchor, standing.score, worth, word, hint)
    return PointsRow(
        part.name,
        part.anchor,
        standing.score,
        worth,
        status(report["status"]).title,
        sentence(report.get("hint") or "") if report["status"] != "correct" else _NONE,
        changed=abs(standing.score - float(report["points"])) > 0.005,
    )


def _moment(time: datetime | None) -> str:
    return f"{time.day} {time:%B %Y, %H:%M} UTC" if time else ""
