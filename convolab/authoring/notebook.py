"""A lesson as the teacher's notebook: nbgrader's metadata, the opening cell, ids that stay.

Nothing in it depends on the time, the machine or randomness. A cell's id comes from its exercise's
name or its first words, so that a change to one cell leaves all others as they were.
"""

import re
import unicodedata
import warnings

import nbformat
from nbformat.notebooknode import NotebookNode

from convolab.authoring.content import content_sha256, text_sha256
from convolab.authoring.front_matter import FrontMatter
from convolab.authoring.lesson import Cell, Lesson
from convolab.authoring.reports import report_points
from convolab.cell_metadata import check_name, rubric_name

OPENING = "opening"
_NEW = {"markdown": nbformat.v4.new_markdown_cell, "code": nbformat.v4.new_code_cell}
# As JupyterLab writes them, without the version of the Python that happened to run.
_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}


def teacher_notebook(lesson: Lesson, points: dict[str, float]) -> NotebookNode:
    """The notebook of solutions.

    Args:
        lesson: a lesson without mistakes; a page without front matter gets no opening cell.
        points: what each of its exercises earns at most, 0 where it is not graded.
    """
    points = points | report_points(lesson)
    taken = {OPENING}
    for cell in lesson.cells:
        taken.add(_own_name(cell))
    cells = []
    if lesson.front.title:
        cells.append(nbformat.v4.new_markdown_cell(opening(lesson), id=OPENING))
    for cell in lesson.cells:
        source = cell.source
        if cell.options.get("key_points"):
            source += "\n\n" + bullets(lesson.front)
        cells.append(_NEW[cell.kind](source, id=_id(cell, taken), metadata=_metadata(cell, points)))
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=_METADATA)
    notebook.nbformat_minor = 5
    notebook.metadata["convolab"] = {
        "lesson": lesson.id,
        "source_sha256": text_sha256(lesson.text),
        "built_sha256": content_sha256(notebook),
    }
    nbformat.validate(notebook)
    return notebook


def notebook_bytes(notebook: NotebookNode) -> bytes:
    """The file of a notebook, with a line feed at the end of each line on every system."""
    return (nbformat.writes(notebook, version=4).rstrip("\n") + "\n").encode()


def opening(lesson: Lesson) -> str:
    """The first cell, made from the front matter."""
    front = lesson.front
    shown = [
        f"- {objective.text} ({', '.join(f'`{name}`' for name in objective.shown_by)})"
        for objective in front.objectives
    ]
    return "\n".join(
        [
            f"# {lesson.number} · {front.title}",
            "",
            f"**Time:** {front.minutes} minutes. **You need:** {front.needs.rstrip('.')}.",
            "",
            "**Questions**",
            "",
            *(f"- {question}" for question in front.questions),
            "",
            "**Afterwards you can** (and the exercise that shows it)",
            "",
            *shown,
        ]
    )


def bullets(front: FrontMatter) -> str:
    """The key points, as they appear at the end of the cell that is marked for them."""
    return "\n".join(f"- {point}" for point in front.key_points)


def _metadata(cell: Cell, points: dict[str, float]) -> dict:
    metadata: dict = {}
    ours = {key: True for key in ("heavy", "teacher", "summary") if cell.options.get(key)}
    if "summary" in ours:
        ours["heavy"] = True  # nobody reads it in grading
    if ours:
        metadata["convolab"] = ours
    if cell.name:
        metadata["nbgrader"] = _nbgrader(cell.name, grade=False, locked=False, solution=True)
    elif name := cell.options.get("check"):
        graded = points[name] > 0
        nbgrader = _nbgrader(check_name(name), grade=graded, locked=True, solution=False)
        if graded:
            nbgrader["points"] = _plain(points[name])
        metadata["nbgrader"] = nbgrader
    elif cell.report:
        nbgrader = _nbgrader(cell.report, grade=True, locked=False, solution=True)
        metadata["nbgrader"] = nbgrader | {"points": _plain(points[cell.report])}
    elif name := cell.options.get("rubric"):
        named = rubric_name(name)
        metadata["nbgrader"] = _nbgrader(named, grade=False, locked=True, solution=False)
    return metadata


def _plain(points: float) -> float:
    """As people write it: 2 and not 2.0."""
    return int(points) if float(points).is_integer() else float(points)


def _nbgrader(grade_id: str, **flags: bool) -> dict:
    return {"grade_id": grade_id, "schema_version": 3, "task": False, **flags}


def _own_name(cell: Cell) -> str | None:
    """By what nbgrader knows it; None for an ordinary cell."""
    if check := cell.options.get("check"):
        return check_name(check)
    if rubric := cell.options.get("rubric"):
        return rubric_name(rubric)
    return cell.name or cell.report


def _id(cell: Cell, taken: set) -> str:
    """The cell's name if it has one, else the words of its first line, made unique by a number."""
    if name := _own_name(cell):
        return name
    line = cell.source.split("\n")[0]
    plain = unicodedata.normalize("NFKD", line).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"\(\d+ minutes?\)", "", plain))[:5]
    slug = "-".join(words)[:40].strip("-") or cell.kind
    found, number = slug, 1
    while found in taken:
        number += 1
        found = f"{slug}-{number}"
    taken.add(found)
    return found


def parse_notebook(content: bytes) -> NotebookNode:
    """A notebook from its file, as whatever program wrote it last.

    Raises:
        ValueError: not a notebook; says why in half a sentence.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of missing cell ids, which nbformat then makes
        try:
            notebook = nbformat.reads(content.decode("utf-8-sig"), as_version=4)
            nbformat.validate(notebook)
        except UnicodeDecodeError as error:
            raise ValueError("not UTF-8 text") from error
        except nbformat.reader.NotJSONError as error:
            raise ValueError("not valid JSON") from error
        except Exception as error:  # nbformat meets wrong shapes with all kinds of errors
            raise ValueError("not in the notebook format") from error
    return notebook
