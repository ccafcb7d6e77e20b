"""Which cell of an edited notebook is which cell of the notebook that was built.

By nbgrader's name first, by the cell's id next (JupyterLab keeps both while a cell is edited or
moved), by the same text last, for programs that write new ids.
"""

from collections.abc import Hashable
from difflib import SequenceMatcher

from nbformat.notebooknode import NotebookNode

from convolab.cell_metadata import name_of


def match_cells(built: list[NotebookNode], edited: list[NotebookNode]) -> list[int | None]:
    """For each edited cell the place of its original in `built`, None if it is new."""
    places: list[int | None] = [None] * len(edited)
    for key in (name_of, _id, _text):
        free = {}
        for place, cell in enumerate(built):
            if place not in places and key(cell) is not None:
                free.setdefault(key(cell), place)
        for i, cell in enumerate(edited):
            if places[i] is None and key(cell) in free:
                places[i] = free.pop(key(cell))
    return places


def moved(places: list[int | None]) -> set[int]:
    """The originals that are in another order than before: as few as explain the change."""
    order = [place for place in places if place is not None]
    kept = SequenceMatcher(None, sorted(order), order, autojunk=False).get_matching_blocks()
    return set(order) - {order[i] for block in kept for i in range(block.b, block.b + block.size)}


def _id(cell: NotebookNode) -> Hashable:
    return cell.get("id")


def _text(cell: NotebookNode) -> Hashable:
    return cell.cell_type, cell.source
