"""The cells of a submission: which are run, which are checks, and the outcome of each."""

from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from convolab.cell_metadata import checked_exercise, course_of
from convolab.handin.cell_story import CellStory


@dataclass
class CellRun:
    """Code that should be run, and what happened to it.

    Attributes:
        node: the student's cell; None for the lesson's own text of one.
        needs: the lesson's text is run if one of these names is missing; None: in any case.
        keep: names that it must leave as they are.
        spoilt: it ended Python or had to be stopped, and is never run again.
    """

    source: str
    told: CellStory
    node: NotebookNode | None = None
    needs: list[str] | None = None
    keep: list[str] = field(default_factory=list)
    spoilt: bool = False


def check_of(node: NotebookNode, checked: dict[str, Any]) -> str | None:
    """The exercise that a cell checks, graded or not; None for every other cell."""
    name = checked_exercise(node)
    return name if name in checked else None


def length(output: NotebookNode) -> int:
    """How many characters an output has."""
    texts = [output.get("text", ""), *output.get("traceback", ()), *output.get("data", {}).values()]
    return sum(map(len, texts))


def is_run(node: NotebookNode) -> bool:
    """Whether a cell is run when grading: not if it is marked as heavy or as a needless copy."""
    about = course_of(node)
    return not (about.get("heavy") is True or about.get("run") is False)
