"""What a grade depends on besides the lesson: the course's own programs and data, and libraries.

The files that take part are found, not listed: everything that grading imports, from where it
starts, and everything that a student's notebook may import. The same name tells a desk whether a
cluster's worker grades as it does.
"""

import hashlib
import platform
import re
from functools import cache
from pathlib import Path

import nbgrader
import numpy as np

import convolab

PACKAGE = Path(convolab.__file__).resolve().parent
# Where grading starts: the command, and what only the desk's settings name.
BEGINNINGS = (
    "convolab.grading.grade",
    "convolab.grading.gradebook.late_penalty",
    "convolab.grading.gradebook.keep",
    "convolab.grading.gradebook.due_date",
    "convolab.authoring.preprocessors",
)
# Parts that no notebook imports: they count where grading does. Any other part counts whole.
NOT_FOR_NOTEBOOKS = {
    "authoring", "cli", "grading", "handin", "jupyter", "kit", "lab", "version", "work",
}  # fmt: skip
_DOTTED = re.compile(r"\bconvolab(?:\.\w+)+")
_FROM = re.compile(r"\bfrom\s+(convolab[\w.]*)\s+import\s+(\([^)]*\)|[^\n]+)")


@cache
def version() -> str:
    """A name for this machine's grader: equal on two machines if they grade alike."""
    total = hashlib.sha256()
    for path in modules():
        _add(total, path.relative_to(PACKAGE).as_posix(), path)
    for path in data_files():
        _add(total, path.name, path)
    python = ".".join(platform.python_version_tuple()[:2])
    return (
        f"convolab {total.hexdigest()[:12]}, Python {python}, NumPy {np.__version__}, "
        f"nbgrader {nbgrader.__version__}"
    )


def modules() -> list[Path]:
    """The files of this package that take part in grading."""
    found: set[Path] = set()
    todo = [path for name in BEGINNINGS for path in _files(name)]
    todo += [path for path in PACKAGE.rglob("*.py") if _part(path) not in NOT_FOR_NOTEBOOKS]
    while todo:
        path = todo.pop()
        if path not in found:
            found.add(path)
            if _part(path) in NOT_FOR_NOTEBOOKS:  # of the others all files are here already
                todo += [file for name in _named(path) for file in _files(name)]
    return sorted(found)


def data_files() -> list[Path]:
    """The data that the course ships, which notebooks and exercises read."""
    folders = (PACKAGE.parent / "data", PACKAGE / "_data")
    found = (path for folder in folders for path in sorted(folder.glob("*")) if path.is_file())
    return [path for path in found if path.suffix not in (".py", ".md")]


def _add(total: "hashlib._Hash", name: str, path: Path) -> None:
    total.update(f"{name}\0".encode())
    total.update(hashlib.sha256(path.read_bytes()).digest())


def _part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _files(name: str) -> list[Path]:
    """The files that Python runs to import a dotted name of this package."""
    found, folder = [], PACKAGE.parent
    for part in name.split("."):
        if (folder / f"{part}.py").is_file():
            return [*found, folder / f"{part}.py"]
        folder = folder / part
        if (folder / "__init__.py").is_file():
            found.append(folder / "__init__.py")
    return found


def _named(path: Path) -> set[str]:
    """The dotted names of this package that a file imports, or names in a string for others to
    import. Reading its text takes a tenth of the time that parsing it would."""
    text = path.read_text(encoding="utf-8")
    names = set(_DOTTED.findall(text))
    for module, imported in _FROM.findall(text):
        names |= {f"{module}.{name}" for name in re.findall(r"\w+", imported)}
    return names
