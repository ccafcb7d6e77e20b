"""What a notebook is called and how a cell starts: its first heading, its first line."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def first_line(source: str) -> str:
    """The first line of a text that says something, without the space around it; else ""."""
    return next((line.strip() for line in source.splitlines() if line.strip()), "")


def title_of(cells: Iterable[Mapping[str, Any]]) -> str:
    """The first heading of a notebook, `# …`; "" if it has none."""
    lines = (line for cell in cells if cell["cell_type"] == "markdown" for line in lines_of(cell))
    return next((line[2:].strip() for line in lines if line.startswith("# ")), "")


def lines_of(cell: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a cell of Markdown, without those of programs in it."""
    fenced = False
    for line in cell["source"].splitlines():
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        if not fenced:
            yield line
