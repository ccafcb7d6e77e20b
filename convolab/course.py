"""Where the course lies on this machine, and which lessons it has."""

import os
from pathlib import Path

from convolab.problem import Problem


def _is_course(folder: Path) -> bool:
    """A checkout has the lessons' text, a student's kit only the notebooks."""
    parts = (folder / "lessons", folder / "notebooks")
    return (folder / "pyproject.toml").is_file() and any(part.is_dir() for part in parts)


def root() -> Path:
    """The course's folder: the nearest one at or above the current folder, else the checkout
    that this package was imported from.

    Raises:
        Problem: neither is a course.
    """
    here = Path.cwd()
    package = Path(__file__).resolve().parent
    for folder in (here, *here.parents, package.parent):
        if _is_course(folder):
            return folder
    raise Problem(
        f"There is no course in {here} or above it: change into the folder that holds "
        "notebooks/ and pyproject.toml, then try again."
    )


def lessons(course: Path) -> list[str]:
    """The lessons' ids in order, for instance ["00_start_here", "01_convolution_1d"]."""
    released = {p.parent.name for p in (course / "notebooks").glob("[0-9][0-9]_*/*.ipynb")}
    written = {p.stem for p in (course / "lessons").glob("[0-9][0-9]_*.py")}
    return sorted(released | written)


def find_lesson(course: Path, text: str) -> str:
    """The lesson meant by a number ("01"), an id, or a path to one of its notebooks.

    Raises:
        Problem: no lesson, or more than one, fits.
    """
    known = lessons(course)
    name = Path(text).stem if text.endswith((".py", ".ipynb")) else text.strip("/" + os.sep)
    hits = [lesson for lesson in known if lesson == name or lesson.split("_")[0] == name]
    if len(hits) == 1:
        return hits[0]
    raise Problem(f"There is no lesson {text!r}; the lessons are {', '.join(known) or 'none'}.")
