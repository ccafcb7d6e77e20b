"""What a bug report needs: the versions of the course and of what it runs on, in a few lines.

Nothing heavy is imported: versions are read from what the packages were installed with.
"""

import platform
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

from convolab import course
from convolab.problem import Problem

PACKAGES = {"NumPy": "numpy", "JupyterLab": "jupyterlab", "nbgrader": "nbgrader"}
NO_COURSE = "no clone and no kit in this folder"
LEARNERS_FOLDER = "a learner's folder, with the lessons of the installed package"
PATIENCE = 5  # seconds for git or bubblewrap to say its version


def version() -> str:
    """This package's version, such as "1.0.0".

    In a clone or a kit it is the one in its pyproject.toml: what pip recorded when it was installed
    may be older than what was fetched since.
    """
    return _version_in(_beside()) or _installed("convolab")


def report() -> str:
    """All versions, one a line, each after its name: text to paste into a report."""
    python = f"{platform.python_version()} ({platform.python_implementation()})"
    lines = {
        "course": _course(),
        "package": f"convolab {version()}, {_origin()}",
        "Python": python,
        **{name: _installed(package) for name, package in PACKAGES.items()},
        "platform": platform.platform(),
        "sandbox": _sandbox(),
    }
    return "\n".join(f"{name:<11} {said}" for name, said in lines.items())


def _course() -> str:
    """Which course the command would work on, without its path: that may name a person."""
    try:
        root = course.root()
    except (Problem, OSError):  # including a folder that was deleted meanwhile
        return NO_COURSE
    known = _version_in(root)
    if known is None:
        return LEARNERS_FOLDER if (root / "work" / course.RECORD).is_file() else NO_COURSE
    kind = "full course" if (root / "lessons").is_dir() else "student's kit"
    # A kit may have been unpacked somewhere inside another repository.
    commit = _said_by("git", "-C", str(root), "describe", "--always", "--dirty=, with changes")
    here = f", commit {commit}" if commit and (root / ".git").exists() else ""
    return f"Convolution Lab {known}, {kind}{here}"


def _origin() -> str:
    return "installed" if _version_in(_beside()) is None else "run from its folder"


def _beside() -> Path:
    """The folder that the package is in: a clone, a kit, or where Python keeps its packages."""
    return Path(__file__).resolve().parent.parent


def _version_in(folder: Path) -> str | None:
    """The version in the pyproject.toml of a course's folder; None if there is no such file."""
    try:
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        return project["version"] if project["name"] == "convolab" else None
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _installed(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def _sandbox() -> str:
    if not sys.platform.startswith("linux"):
        return "none: bubblewrap needs Linux"
    if shutil.which("bwrap") is None:
        return "none: bubblewrap is not installed"
    return _said_by("bwrap", "--version") or "none: bubblewrap is installed but does not run"


def _said_by(*command: str) -> str | None:
    """The first line that a program says; None if there is no such program, or it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return done.stdout.partition("\n")[0].strip()
