"""Which modules a notebook imports that grading lacks: it only has the course's packages."""

import re
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from nbformat import NotebookNode

from convolab.handin.cell_names import modules

COURSE = "convolab"
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


def course_modules() -> set[str] | None:
    """The modules that come with the course and with all that it needs; None if it was not
    installed, so that nothing is known."""
    try:
        metadata.distribution(COURSE)
    except metadata.PackageNotFoundError:
        return None
    wanted, waiting = set(), [COURSE]
    while waiting:
        name = _normal(waiting.pop())
        if name in wanted:
            continue
        wanted.add(name)
        try:
            needs = metadata.requires(name) or ()
        except metadata.PackageNotFoundError:  # for another system
            continue
        waiting += [_NAME.match(need)[0] for need in needs if "extra ==" not in need]
    found = metadata.packages_distributions()
    return {module for module, names in found.items() if wanted & set(map(_normal, names))}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def foreign_imports(
    cells: Iterable[NotebookNode], lesson: Iterable[NotebookNode], folder: Path
) -> dict[str, str]:
    """The modules that a notebook imports and grading does not have, each with the line.

    Args:
        cells: those of the notebook.
        lesson: those of the lesson as it was handed out.
        folder: where the notebook is; files next to it are handed in with it.
    """
    known = course_modules()
    if known is None:
        return {}
    known |= sys.stdlib_module_names | {COURSE}
    known |= {path.stem for path in folder.glob("*.py")}
    known |= {path.parent.name for path in folder.glob("*/__init__.py")}
    for cell in lesson:
        known |= modules(cell.source) if cell.cell_type == "code" else set()
    found: dict[str, str] = {}
    for cell in cells:
        if cell.cell_type == "code":
            for module in sorted(modules(cell.source) - known):
                found.setdefault(module, _line(cell.source, module))
    return found


def _line(source: str, module: str) -> str:
    names = re.compile(rf"^\s*(?:import|from)\b.*\b{re.escape(module)}\b")
    return next((line.strip() for line in source.splitlines() if names.match(line)), module)
