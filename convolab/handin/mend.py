"""Mends a notebook: every named cell once, in the teacher's kind, and no check missing.

Left alone, a duplicated cell makes nbgrader abort the whole batch, a solution cell that claims to
be graded raises, and a deleted check leaves a grade empty.
"""

import copy
import re
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode

from convolab.cell_metadata import is_graded, is_rubric, is_solution, name_of, nbgrader_of

NOT_RUN = {"run": False}
_ID = re.compile(r"[\w-]{1,64}", re.ASCII)  # as nbformat allows it


@dataclass(frozen=True)
class Named:
    """One named cell of the teacher's notebook and the text in which students got it."""

    name: str
    cell: NotebookNode
    released: str

    @property
    def is_check(self) -> bool:
        """Whether it is a check (locked) rather than a place for an answer."""
        return not is_solution(self.cell)

    @property
    def is_read_by_hand(self) -> bool:
        """Whether it is an answer with points of its own, which a teacher gives."""
        return not self.is_check and is_graded(self.cell)

    @property
    def is_rubric(self) -> bool:
        """Whether it is the lesson's text of what such an answer earns points for."""
        return is_rubric(self.cell)

    @property
    def points(self) -> float:
        """What it is worth; 0 if it is not graded."""
        return float(nbgrader_of(self.cell).get("points") or 0) if is_graded(self.cell) else 0.0


def mend(nb: NotebookNode, named: dict[str, Named]) -> None:
    """Mend a notebook in place.

    Args:
        nb: the submission.
        named: the teacher's named cells, in their order.
    """
    _give_own_ids(nb)
    places: dict[str, list[int]] = {name: [] for name in named}
    for place, cell in enumerate(nb.cells):
        if not isinstance(cell.metadata.get("convolab", {}), dict):
            del cell.metadata["convolab"]
        name = name_of(cell)
        if name in named:
            places[name].append(place)
        else:
            cell.metadata.pop("nbgrader", None)
    for name, copies in places.items():
        if copies:
            _keep_one(nb, named[name], copies)
    _restore_deleted(nb, named)


def _give_own_ids(nb: NotebookNode) -> None:
    """Old formats have no cell ids; a pasted cell may carry the id of its original."""
    nb.nbformat_minor = max(nb.nbformat_minor, 5)
    seen: set[str] = set()
    taken = {cell["id"] for cell in nb.cells if isinstance(cell.get("id"), str)}
    for place, cell in enumerate(nb.cells):
        own = cell.get("id")
        if not isinstance(own, str) or own in seen or not _ID.fullmatch(own):
            cell["id"] = _free(f"submitted-{place}", taken)
        seen.add(cell["id"])


def _free(wanted: str, taken: set[str]) -> str:
    """An id that no cell has, like the wanted one; it is taken then."""
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    taken.add(free)
    return free


def _keep_one(nb: NotebookNode, named: Named, copies: list[int]) -> None:
    """Of several copies the last one that was worked on is the answer; the last check checks.

    The others become ordinary cells; a copy that is still the stub, and a second check, are not
    run. A check cell in which something else was written is an ordinary cell too: it may hold an
    answer.
    """
    worked_on = [p for p in copies if nb.cells[p].source.strip() != named.released.strip()]
    kept = (worked_on or copies)[-1]
    if named.is_check:
        kept = max((p for p in copies if p not in worked_on), default=None)
    for place in copies:
        cell = nb.cells[place]
        if place == kept:
            nb.cells[place] = _as_in_master(cell, named)
            continue
        del cell.metadata["nbgrader"]
        if place not in worked_on:
            cell.metadata["convolab"] = dict(NOT_RUN)


def _as_in_master(cell: NotebookNode, named: Named) -> NotebookNode:
    """The student's text in a cell of the teacher's kind with the teacher's metadata."""
    if cell.cell_type != named.cell.cell_type:
        make = {
            "code": nbformat.v4.new_code_cell,
            "markdown": nbformat.v4.new_markdown_cell,
            "raw": nbformat.v4.new_raw_cell,
        }
        mended = make[named.cell.cell_type](source=cell.source)
        mended["id"] = cell.get("id", mended["id"])
        if named.cell.cell_type == "markdown" and "attachments" in cell:
            mended["attachments"] = cell["attachments"]
        cell = mended
    cell.metadata.pop("convolab", None)
    for key in ("nbgrader", "convolab"):
        if key in named.cell.metadata:
            cell.metadata[key] = copy.deepcopy(named.cell.metadata[key])
    return cell


def _restore_deleted(nb: NotebookNode, named: dict[str, Named]) -> None:
    """Put what carries points, a check or an answer that is read by hand, before the next named
    cell that exists, or at the end."""
    following: str | None = None
    taken = {cell["id"] for cell in nb.cells}
    for name in reversed(named):
        counts = named[name].is_check or named[name].is_read_by_hand
        if counts and not _where(nb, name):
            place = _where(nb, following)[0] if following else len(nb.cells)
            cell = nbformat.v4.new_code_cell(source=named[name].released)
            cell["id"] = _free(re.sub(r"[^\w-]", "-", f"restored-{name}", flags=re.A)[:60], taken)
            nb.cells.insert(place, _as_in_master(cell, named[name]))
        if _where(nb, name):
            following = name


def _where(nb: NotebookNode, name: str) -> list[int]:
    return [place for place, cell in enumerate(nb.cells) if name_of(cell) == name]
