"""Looks a notebook over before it is handed in: which lesson it is, and what grading would mend."""

from collections import Counter
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from convolab import course
from convolab.cell_metadata import RUBRIC, course_of, exercise_of, name_of
from convolab.handin.mend import Named
from convolab.handin.read import is_as_jupyter_saves
from convolab.problem import Problem


def lesson_of(root: Path, path: Path, notebook: NotebookNode) -> str:
    """The lesson that a notebook holds, by what is written in it, else by its name.

    Raises:
        Problem: it is not one of this course, or has the name of another lesson.
    """
    known = course.lessons(root)
    inside = course_of(notebook).get("lesson")
    named = next((lesson for lesson in known if path.stem == lesson), None)
    if inside in known and named not in (None, inside):
        raise Problem(
            f"{path.name} holds lesson {inside}, not {named}: rename it to {inside}.ipynb, or hand "
            f"in your notebook of {named}."
        )
    begins = next((lesson for lesson in known if path.stem.startswith(lesson)), None)
    lesson = inside if inside in known else named or begins
    if lesson is None:
        raise Problem(
            f"{path.name} is not a lesson of this course: hand in the copy from the folder work/, "
            f"named like {known[0] if known else '01_convolution_1d'}.ipynb."
        )
    return lesson


def released_lesson(root: Path, lesson: str) -> list[NotebookNode]:
    """The cells of a lesson as it was handed out.

    Raises:
        Problem: the released notebook is missing.
    """
    path = course.releases(root) / lesson / f"{lesson}.ipynb"
    if not path.is_file():
        raise Problem(f"{path} is missing: fetch or install the course again.")
    return nbformat.read(path, as_version=4).cells


def released_cells(root: Path, lesson: str) -> dict[str, Named]:
    """The named cells of a lesson as it was handed out, in their order.

    Raises:
        Problem: the released notebook is missing.
    """
    cells = released_lesson(root, lesson)
    return {name: Named(name, c, c.source) for c in cells if (name := name_of(c)) is not None}


def faults(path: Path, notebook: NotebookNode, named: dict[str, Named]) -> list[str]:
    """What grading would mend, one sentence each."""
    found = []
    if not is_as_jupyter_saves(path):
        found.append("The file was not saved by Jupyter: grading reads it anyway.")
    here = [name for cell in notebook.cells if (name := name_of(cell)) in named]
    if not here:
        return [*found, "The cells have lost their names: grading only looks for your functions."]
    for name, count in Counter(here).items():
        if count > 1:
            kind = "rubric" if named[name].is_rubric else "check"
            which = f"one {kind}" if named[name].is_check else "the last one you worked on"
            found.append(f"The cell of {name} is there {count} times: {which} counts.")
    for name, cell in named.items():
        what = exercise_of(name)
        if name not in here and cell.is_check:
            found.append(f"{_of_ours(cell)} was deleted: grading puts it back.")
        elif name not in here and cell.is_read_by_hand:
            found.append(
                f"The cell for your answer to {what} was deleted: grading puts it back, empty."
            )
        elif name not in here:
            found.append(
                f"The cell for {what} was deleted: if you write {what} in another cell, it counts."
            )
    for cell in notebook.cells:
        if (name := name_of(cell)) not in named:
            continue
        what = exercise_of(name)
        if cell.cell_type != (kind := named[name].cell.cell_type):
            found.append(
                f"The cell of {what} is now text instead of code: grading runs it as code."
                if kind == "code"
                else f"The cell of {what} is no longer text: grading reads it as text."
            )
        elif named[name].is_check and cell.source.strip() != named[name].released.strip():
            found.append(f"{_of_ours(named[name])} was changed: grading uses the original.")
    return found


def _of_ours(cell: Named) -> str:
    """What to call a cell whose text is the lesson's."""
    if cell.is_rubric:
        return f"The rubric of {cell.name.removeprefix(RUBRIC)}"
    return f"The check of {exercise_of(cell.name)}"
