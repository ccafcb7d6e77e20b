"""Removes from a submission whatever could run on a teacher's page, before anything else sees it.

nbconvert puts HTML of a markdown cell, a raw cell, a cell's id and the state of widgets into a page
as they are, and formgrader shows that page with the teacher's powers. What the teacher's notebook
says stays as it is; what a student wrote becomes harmless HTML.
"""

import copy
import re
from collections.abc import Iterable

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from convolab.grading.pages.safe_markdown import Harmless

_ID = re.compile(r"[\w-]{1,64}", re.ASCII)
_KEPT = {
    "code": {"id", "cell_type", "metadata", "source", "outputs", "execution_count"},
    "markdown": {"id", "cell_type", "metadata", "source", "attachments"},
}
# HTML, entities, links and pictures, TeX (whose \href can run a script), bare addresses, of which a
# page would make links, and diagrams, which a script would draw.
_runs = re.compile(r"[<&\[\\$]|script\s*:|://|mermaid", re.IGNORECASE).search
_BACKTICKS = re.compile("`+")


def reduce(notebook: NotebookNode, master: NotebookNode, released: Iterable[str] = ()) -> None:
    """Reduce a submission in place to code, text and the metadata that grading needs.

    Args:
        released: texts that students were handed instead of the teacher's.
    """
    for key in set(notebook) - {"nbformat", "nbformat_minor", "metadata", "cells"}:
        del notebook[key]
    notebook.metadata = copy.deepcopy(master.metadata)
    known = {text.strip(): {} for text in released}
    known |= {
        cell.source.strip(): cell.get("attachments", {})
        for cell in master.cells
        if cell.cell_type == "markdown"
    }
    text = _Text(known)
    for place, cell in enumerate(notebook.cells):
        notebook.cells[place] = _reduced(cell, place, text)


class _Text:
    """The markdown of one submission.

    Args:
        known: what the teacher wrote or handed out, with the pictures that are attached to it.
    """

    def __init__(self, known: dict[str, dict]):
        self._known = known
        self._harmless = Harmless()

    def reduce(self, cell: NotebookNode) -> None:
        """Make a markdown cell harmless, in place."""
        handed_in, own = cell.pop("attachments", None), self._known.get(cell.source.strip())
        if own:
            cell["attachments"] = copy.deepcopy(own)
        elif handed_in or (own is None and _runs(cell.source)):
            cell.source = self._harmless.html(cell.source, handed_in)


def _reduced(cell: NotebookNode, place: int, text: _Text) -> NotebookNode:
    if cell.cell_type not in _KEPT:
        cell = new_markdown_cell(as_text(cell.source), id=cell.get("id"), metadata=cell.metadata)
    elif cell.cell_type == "markdown":
        text.reduce(cell)
    for key in set(cell) - _KEPT[cell.cell_type]:
        del cell[key]
    for key in set(cell.metadata) - {"nbgrader", "convolab"}:
        del cell.metadata[key]
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
    if not isinstance(cell.get("id"), str) or not _ID.fullmatch(cell["id"]):
        cell["id"] = f"submitted-{place}"
    return cell


def as_text(source: str) -> str:
    """A text as markdown that shows it letter by letter."""
    longest = max((len(run) for run in _BACKTICKS.findall(source)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{source}\n{fence}"
