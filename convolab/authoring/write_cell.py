"""A notebook's cell as the lines of a lesson's text, so that jupytext reads the same cell again.

jupytext writes code, since it knows the magics. A teacher may type anything into a prose cell,
even something that would start a new cell in the text, or a code block that is never closed: such a
cell is written between triple quotes, where nothing has a meaning.
"""

from collections.abc import Iterator

import jupytext
import nbformat

from convolab.authoring.content import tidy
from convolab.authoring.lesson import FORMAT

# What may follow a cell in a lesson; a code block left open above would swallow it.
_NEXT = ["", "# %% [markdown]", "# ```", "# x", "# ```"]


def write_cell(kind: str, source: str, options: dict) -> list[str]:
    """The lines of a cell, its marker first.

    Args:
        kind: "code" or "markdown".
        source: its text, tidy.
        options: as in the marker, for instance {"exercise": "convolve_at"}.

    Raises:
        ValueError: there is no way to write it.
    """
    for lines in _code(source, options) if kind == "code" else _prose(source, options):
        if _reads_back(lines, kind, source):
            return lines
    raise ValueError("one of its lines would start a new cell in the lesson's text")


def _code(source: str, options: dict) -> Iterator[list[str]]:
    yield _write(nbformat.v4.new_code_cell(source, metadata=options))


def _prose(source: str, options: dict) -> Iterator[list[str]]:
    marker = _write(nbformat.v4.new_markdown_cell("prose", metadata=options))[0]
    lines = source.split("\n")
    yield [marker, *(f"# {line}" if line else "#" for line in lines)]
    raw = "r" if "\\" in source else ""
    for quotes in ('"""', "'''"):
        if quotes not in source:
            yield [marker, raw + quotes, *lines, quotes]


def _write(cell: nbformat.NotebookNode) -> list[str]:
    metadata = {"jupytext": {"notebook_metadata_filter": "-all"}}
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata=metadata)
    return jupytext.writes(notebook, fmt=FORMAT).rstrip("\n").split("\n")


def _reads_back(lines: list[str], kind: str, source: str) -> bool:
    cells = jupytext.reads("\n".join(lines + _NEXT), fmt=FORMAT).cells
    if len(cells) != 2:
        return False
    return (cells[0].cell_type, tidy(kind, cells[0].source)) == (kind, source)
