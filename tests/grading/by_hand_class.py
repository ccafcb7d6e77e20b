"""A lesson with answers that a teacher reads, and a class that has handed it in."""

import base64
import copy
import io
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from PIL import Image

from convolab.authoring.stubs import NOT_YET, TO_WRITE
from tests.grading.small_course import LESSON, RIGHT, SQUARES, filled, hand_in, master, small_course

ESSAY, SKETCH = TO_WRITE, NOT_YET  # as they are handed out
RUBRIC = "Why does the kernel turn?\n\n- 2 points: a reason.\n- 1 point: an example."
WORTH = {"essay": 3.0, "sketch": 2.0, "field_trip": 1.0}  # beside the three points of the checks


def picture() -> str:
    """A PNG in base64."""
    drawn = io.BytesIO()
    Image.new("RGB", (320, 120), "steelblue").save(drawn, "PNG")
    return base64.b64encode(drawn.getvalue()).decode()


def _read_by_hand(cell: NotebookNode, name: str, task: bool = False) -> NotebookNode:
    cell["id"] = name.replace("_", "-")
    cell.metadata["nbgrader"] = {
        "grade": not task, "grade_id": name, "locked": task, "points": WORTH[name],
        "schema_version": 3, "solution": not task, "task": task,
    }  # fmt: skip
    return cell


def _rubric(source: str = RUBRIC) -> NotebookNode:
    """What the essay's points are given for, as a lesson's build writes it."""
    cell = nbformat.v4.new_markdown_cell(source, id="rubric_essay")
    cell.metadata["nbgrader"] = {
        "grade": False, "grade_id": "rubric_essay", "locked": True, "schema_version": 3,
        "solution": False, "task": False,
    }  # fmt: skip
    return cell


def with_questions(
    notebook: NotebookNode, essay: str, sketch: str, attachments: dict | None = None
) -> NotebookNode:
    """A notebook with an answer in words below its rubric, one in code, and a task."""
    words = nbformat.v4.new_markdown_cell(essay)
    if attachments:
        words["attachments"] = attachments
    task = nbformat.v4.new_markdown_cell("Walk around and look for kernels.")
    notebook.cells[2:2] = [
        _rubric(),
        _read_by_hand(words, "essay"),
        _read_by_hand(nbformat.v4.new_code_cell(sketch), "sketch"),
    ]
    notebook.cells.append(_read_by_hand(task, "field_trip", task=True))
    return notebook


def _answered(**changed: str) -> NotebookNode:
    return with_questions(filled({**RIGHT, **changed}), "Because it turns.", "x = 1")


def _without(*names: str) -> NotebookNode:
    notebook = _answered()
    notebook.cells = [
        c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") not in names
    ]
    return notebook


def _stops() -> NotebookNode:
    """A mistake, and a module that grading does not have in a cell of the lesson's."""
    notebook = _answered(**SQUARES)
    notebook.cells[1].source += "\nimport cv2"
    return notebook


def _twice() -> NotebookNode:
    """An answer twice, below a rubric that somebody made kinder."""
    notebook = _answered()
    notebook.cells[2].source = "- 3 points: anything."
    second = copy.deepcopy(notebook.cells[3])
    second.source, second["id"] = "Because it turns, and turns.", "pasted"
    notebook.cells.insert(4, second)
    return notebook


def _retyped() -> NotebookNode:
    """The words in a raw cell, with a picture; the sketch in a text cell."""
    notebook = _answered()
    words, sketch = notebook.cells[3:5]
    raw = nbformat.v4.new_raw_cell("Because ![](attachment:a.png)", metadata=words.metadata)
    raw["attachments"] = {"a.png": {"image/png": picture()}}
    text = nbformat.v4.new_markdown_cell("x = 1", metadata=sketch.metadata)
    notebook.cells[3:5] = [raw, text]
    return notebook


PASTED = """Because **it turns** <script>alert(1)</script>:

![image.png](attachment:image.png)

| place | sum |
|---|---|
| $x_3$ | < 4 |

See [the notes](https://example.org/notes)."""


def by_hand_class() -> dict[str, NotebookNode | str]:
    """By student: what is handed in."""
    attached = {"image.png": {"image/png": picture()}}
    return {
        "ada": _answered(),
        "broken": "{",
        "emptied": with_questions(filled(RIGHT), " \n", ""),
        "gone": _without("rubric_essay", "essay", "sketch", "field_trip"),
        "pasted": with_questions(filled(RIGHT), PASTED, "x = 1", attached),
        "retyped": _retyped(),
        "squares": _stops(),
        "twice": _twice(),
        "untouched": with_questions(filled(RIGHT), ESSAY + "\n", SKETCH + " "),
    }


def by_hand_course(folder: Path) -> Path:
    """The course, with all of them handed in."""
    course = small_course(folder)
    source = with_questions(master(), "A model answer.", SKETCH)
    nbformat.write(source, course / "solutions" / LESSON / f"{LESSON}.ipynb")
    for student, work in by_hand_class().items():
        hand_in(course, student, work)
    return course
