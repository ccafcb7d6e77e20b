"""What a notebook holds: which lesson, and how much of it somebody has worked on."""

import contextlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from convolab.cell_metadata import name_of
from convolab.handin.read import read_notebook
from convolab.problem import Problem

_ASKS = re.compile(r"NotImplementedError|your (?:code|answer) here")


@dataclass(frozen=True)
class Release:
    """A lesson as it was handed out.

    Attributes:
        lesson: its id.
        answers: the text of each cell for an answer, by name.
        texts: the texts of all cells.
    """

    lesson: str
    answers: Mapping[str, str] = field(default_factory=dict)
    texts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Work:
    """What somebody did to a lesson.

    Attributes:
        answers: the answers that differ from the release, by name.
        others: other cells that differ, unfinished answers among them.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()


def release(lesson: str, notebook: NotebookNode) -> Release:
    """What is compared with, from the released notebook."""
    answers = {
        name: _text(cell)
        for cell in notebook.cells
        if (name := name_of(cell)) and cell.metadata.nbgrader.get("solution")
    }
    return Release(lesson, answers, frozenset(_text(cell) for cell in notebook.cells))


def work_in(notebook: NotebookNode, released: Release) -> Work:
    """What differs from the release. A cell whose name was lost is known by what it defines."""
    answers: dict[str, str] = {}
    others = []
    for cell in notebook.cells:
        text, name = _text(cell), name_of(cell)
        if not text or text in released.texts:
            continue
        if name not in released.answers:
            name = _defined(text, released) if cell.cell_type == "code" else None
        if name is None or _is_unfinished(text, released.answers[name]):
            others.append(text)
        else:
            answers[name] = text
    return Work(answers, tuple(others))


def _text(cell: NotebookNode) -> str:
    """The text of a cell without what an editor may change about it."""
    return "\n".join(line.rstrip() for line in cell.source.splitlines() if line.strip())


def _is_unfinished(text: str, stub: str) -> bool:
    """Whether the line of the stub that asks for an answer is still there, even in the stub of an
    earlier release with different other lines."""
    asking = {line.strip() for line in stub.splitlines() if _ASKS.search(line)}
    return any(line.strip() in asking for line in text.splitlines())


def _defined(text: str, released: Release) -> str | None:
    """The exercise that a cell without a name answers, if it does."""
    defined = re.findall(r"^(?:def[ \t]+)?([A-Za-z_]\w*)[ \t]*(?:\(|=[^=])", text, re.MULTILINE)
    return next((name for name in defined if name in released.answers), None)


def has_signs_of(notebook: NotebookNode, released: Release) -> bool:
    """Whether anything in a notebook comes from the lesson."""
    about = notebook.metadata.get("convolab")
    if isinstance(about, dict) and about.get("lesson") == released.lesson:
        return True
    return any(
        name_of(cell) in released.answers or (text and text in released.texts)
        for cell in notebook.cells
        for text in (_text(cell),)
    )


def cell_names(folder: Path) -> dict[str, frozenset[str]]:
    """The names of the named cells of all lessons in a folder of notebooks, by lesson."""
    names = {}
    for path in sorted(folder.glob("*/*.ipynb")):
        if path.stem != path.parent.name:
            continue
        with contextlib.suppress(Problem):
            cells = read_notebook(path).cells
            names[path.stem] = frozenset(name for cell in cells if (name := name_of(cell)))
    return names


def other_lesson(
    notebook: NotebookNode, lesson: str, names: Callable[[], Mapping[str, frozenset[str]]]
) -> str | None:
    """The lesson that a notebook contains instead of the right one; None if there is none.

    What the course wrote into the notebook tells it, else the names of its cells.

    Args:
        names: gives the names of all named cells, by lesson; only asked where it is needed.
    """
    about = notebook.metadata.get("convolab")
    inside = about.get("lesson") if isinstance(about, dict) else None
    if isinstance(inside, str) and inside:
        return inside if inside != lesson else None
    here = {name for cell in notebook.cells if (name := name_of(cell))}
    if not here or here & names().get(lesson, frozenset()):
        return None
    counts = {other: len(here & cells) for other, cells in names().items()}
    likely = max(counts, key=counts.__getitem__, default=None)
    return likely if likely and counts[likely] else None
