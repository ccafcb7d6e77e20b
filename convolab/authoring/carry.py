"""The text of a lesson after its notebook was edited: untouched cells keep their lines."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from jupytext.pep8 import (
    cell_ends_with_function_or_class,
    next_instruction_is_function_or_class,
)
from nbformat.notebooknode import NotebookNode

from convolab.authoring.content import cell_content, tidy
from convolab.authoring.lesson import Cell, Lesson
from convolab.authoring.match_cells import match_cells, moved
from convolab.authoring.notebook import bullets
from convolab.authoring.write_cell import write_cell
from convolab.cell_metadata import (
    RUBRIC,
    course_of,
    exercise_of,
    is_locked,
    is_read_by_hand,
    is_rubric,
    is_solution,
    name_of,
)
from convolab.cell_text import first_line
from convolab.exercises import Exercise
from convolab.problem import Problem

_CHECK = re.compile(r"check\(([\"'])(\w+)\1\)")


@dataclass(frozen=True)
class Carried:
    """A cell after the edit: its lines in the lesson, the place of its original among the built
    cells (None if it is new), and what happened to it: "", "changed", "added" or "moved"."""

    lines: list[str]
    place: int | None
    became: str
    begins: str


def carry(
    lesson: Lesson,
    built: NotebookNode,
    edited: NotebookNode,
    exercises: Mapping[str, Exercise],
) -> tuple[list[Carried], list[str]]:
    """Each cell of the edited notebook for the lesson, and how the removed ones began.

    Args:
        lesson: as it was when the notebook was built.
        built: the notebook as built from it.
        edited: the notebook as somebody edited it.
        exercises: the lesson's exercises.

    Raises:
        Problem: something was edited that a lesson's text cannot express.
    """
    cells = [_tidied(cell) for cell in edited.cells if cell.source.strip()]
    places = match_cells(built.cells, cells)
    first = built.cells[0]
    if not cells or places[0] != 0 or cells[0].source != first.source:
        raise Problem(
            "the first cell is made from the front matter: set it back, and change the title, the "
            f"minutes, the questions or the objectives at the head of {lesson.path}."
        )
    elsewhere = moved(places)
    carried = []
    for cell, place in list(zip(cells, places, strict=True))[1:]:
        was = lesson.cells[place - 1] if place else None
        try:
            lines = _lines(cell, was, built.cells[place] if place else None, lesson, exercises)
        except ValueError as error:
            raise Problem(f"{begins(cell.source)} cannot be carried back: {error}.") from error
        became = "added" if was is None else "changed" if lines != _text(was) else ""
        if place in elsewhere:
            became = f"{became} and moved".removeprefix(" and ")
        carried.append(Carried(lines, place, became, begins(cell.source)))
    kept = set(places)
    removed = [begins(c.source) for i, c in enumerate(built.cells) if i not in kept]
    return carried, removed


def join(lesson: Lesson, carried: list[Carried]) -> str:
    """The lesson's text with these cells. Blank lines between two cells stay as they were; where
    other neighbours meet they are two around a function or class, else one, as ruff formats it."""
    lines = lesson.text.split("\n")[: lesson.cells[0].marker - 1]
    for one, following in zip(carried, [*carried[1:], None], strict=True):
        lines += one.lines
        if following is None:
            break
        if one.place and following.place == one.place + 1:
            was = lesson.cells[one.place - 1]
            blank = len(was.raw) - len(_text(was))
        else:
            blank = 1 + (
                cell_ends_with_function_or_class(one.lines)
                or next_instruction_is_function_or_class(following.lines)
            )
        lines += [""] * blank
    return "\n".join(lines) + "\n"


def begins(source: str) -> str:
    """What to call a cell in a sentence."""
    line = first_line(source)
    return f"the cell that starts “{line if len(line) <= 50 else line[:49] + '…'}”"


def _tidied(cell: NotebookNode) -> NotebookNode:
    if cell.cell_type not in ("code", "markdown"):
        raise Problem(f"{begins(cell.source)} is a raw cell: make it code or Markdown.")
    if cell.get("attachments"):
        raise Problem(
            f"{begins(cell.source)} contains a pasted picture: put the picture in data/ and show "
            "it from there."
        )
    return NotebookNode({**cell, "source": tidy(cell.cell_type, cell.source)})


def _text(cell: Cell) -> list[str]:
    """The lines of a cell in the lesson, without the blank lines below it."""
    lines = list(cell.raw)
    while not lines[-1].strip():
        lines.pop()
    return lines


def _lines(
    cell: NotebookNode,
    was: Cell | None,
    built: NotebookNode | None,
    lesson: Lesson,
    exercises: Mapping[str, Exercise],
) -> list[str]:
    """The lines of an edited cell, those of the lesson as far as they are still right."""
    if was is None:
        return write_cell(cell.cell_type, cell.source, _options(cell, exercises))
    _, _, metadata = cell_content(cell)
    options = was.options if metadata == cell_content(built)[2] else _options(cell, exercises)
    source = cell.source
    if was.options.get("key_points"):
        options = {**options, "key_points": True}
        made = bullets(lesson.front)
        if not source.endswith(made):
            raise ValueError(f"its list is made from the key_points at the head of {lesson.path}")
        source = source.removesuffix(made).rstrip()
    if (cell.cell_type, source, options) == (was.kind, was.source, was.options):
        return _text(was)
    lines = write_cell(cell.cell_type, source, options)
    if (cell.cell_type, options) == (was.kind, was.options) and "language=" not in lines[0]:
        lines[0] = was.raw[0]
    return lines


def _options(cell: NotebookNode, exercises: Mapping[str, Exercise]) -> dict:
    """What a cell's marker says, from what nbgrader and this course say about the cell."""
    name = name_of(cell) or ""
    options: dict = {}
    if is_read_by_hand(cell):
        options["report"] = name
    elif is_rubric(cell):
        options["rubric"] = name.removeprefix(RUBRIC)
    elif is_solution(cell):
        graded = name in exercises and exercises[name].points
        options["exercise" if graded else "answer"] = name
    elif is_locked(cell):
        options["check"] = exercise_of(name)
    elif cell.cell_type == "code" and (check := _CHECK.fullmatch(cell.source)):
        options["check"] = check[2]
    ours = course_of(cell)
    marks = ("summary", "teacher") if ours.get("summary") else ("heavy", "teacher")
    return options | {key: True for key in marks if ours.get(key)}
