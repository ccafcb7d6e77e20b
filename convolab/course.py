"""Which folder of this machine holds the course, and which lessons it has.

It comes in three forms. A clone of the repository has everything. A student's kit has the notebooks
and the package, without authoring and grading. A wheel has the notebooks inside the package, so
that a learner's folder holds nothing but work/, and JupyterLab's own files.
"""

import os
from pathlib import Path

from convolab.problem import Problem

FOLDER = "convolution-lab"  # what a kit unpacks to, and what a wheel creates
RECORD = ".released.json"  # in work/: which releases were handed out

_PACKAGE = Path(__file__).resolve().parent
_IN_WHEEL = _PACKAGE / "_notebooks"  # the released notebooks; a clone and a kit have no such folder
_LEFT_BY_SYSTEMS = {"__pycache__", "desktop.ini", "Thumbs.db"}


def root() -> Path:
    """The course's folder. Nothing is created: a learner's folder may not exist yet.

    It is the nearest course at or above the current folder, or else the clone or kit that this
    package was imported from. Installed from a wheel, it is the current folder if that is empty,
    or else `convolution-lab/` in it; nobody's home folder is filled, even if it is empty.

    Raises:
        Problem: the package is not from a wheel and there is no course, or the current folder has
            been deleted.
    """
    try:
        here = Path.cwd()
    except OSError as error:
        raise Problem(
            f"The current folder cannot be opened ({error.strerror}): change to another one."
        ) from error
    wheel = _IN_WHEEL.is_dir()
    for folder in (here, *here.parents):
        if _is_course(folder) or (wheel and _has_work(folder)):
            return folder
    if wheel:
        return here if _is_empty(here) and not _is_home(here) else here / FOLDER
    if _is_course(_PACKAGE.parent):
        return _PACKAGE.parent
    raise Problem(
        f"There is no course in {here} or above it: change to the folder that contains "
        "notebooks/ and pyproject.toml, then try again."
    )


def require_whole(course: Path) -> None:
    """Make sure that a folder holds all of the course, with what authors and teachers need.

    Raises:
        Problem: it is a student's kit, a learner's folder, or no course at all.
    """
    if (course / "nbgrader_config.py").is_file():
        return
    why = "is a student's kit" if _is_course(course) else "does not contain it"
    raise Problem(
        f"This command needs the whole course, and {course} {why}: clone the course's repository "
        "with git, change to the clone, and run the command there, starting with  "
        "python -m uv run convolab."
    )


def releases(course: Path) -> Path:
    """The folder of the released notebooks, which learners get copies of.

    A clone and a kit have their own, in notebooks/; for a learner's folder they are in the wheel.
    """
    return _IN_WHEEL if _IN_WHEEL.is_dir() and not _is_course(course) else course / "notebooks"


def way_out(course: Path) -> str:
    """What to do, as the end of a sentence, if the course's folder cannot be written."""
    if releases(course) == _IN_WHEEL:
        return "change to a folder of your own and start there."
    return "copy the course to a folder of your own and start it there."


def lessons(course: Path) -> list[str]:
    """The lessons' ids in order, for instance ["00_start_here", "01_convolution_1d"]."""
    released = {p.parent.name for p in releases(course).glob("[0-9][0-9]_*/*.ipynb")}
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


def _is_course(folder: Path) -> bool:
    """Whether a folder is a clone, which has the lessons' text, or a kit, which has the notebooks.

    Many projects have pyproject.toml and notebooks/; hardly any has lessons named like ours.
    """
    return (folder / "pyproject.toml").is_file() and (
        any((folder / "lessons").glob("[0-9][0-9]_*.py")) or _has_lesson(folder / "notebooks")
    )


def _has_work(folder: Path) -> bool:
    """Whether a folder holds a learner's copies; file managers may leave hidden files behind."""
    work = folder / "work"
    kept = (work / RECORD, work / "trained" / "weights.npz")  # the latter from `convolab train`
    return any(path.is_file() for path in kept) or _has_lesson(work)


def _has_lesson(folder: Path) -> bool:
    found = folder.glob("[0-9][0-9]_*/[0-9][0-9]_*.ipynb")
    return any(path.stem == path.parent.name for path in found)


def _is_empty(folder: Path) -> bool:
    """Whether a folder contains only what installing the course puts there."""
    try:
        return all(
            entry.name.startswith(".")
            or entry.name in _LEFT_BY_SYSTEMS
            or entry.suffix == ".whl"
            or (entry / "pyvenv.cfg").is_file()
            for entry in folder.iterdir()
        )
    except OSError:
        return False


def _is_home(folder: Path) -> bool:
    try:
        return folder.samefile(Path.home())
    except (OSError, RuntimeError):  # there is no such folder, or nobody knows which it is
        return False
