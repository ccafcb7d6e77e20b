"""Temporary folders that name their process, so that a killed grader's can be swept away."""

import os
import re
import shutil
import socket
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from convolab.grading.desk import LessonDesk

_NAME = re.compile(r"convolab-(?:generate|exercises|student|rehearsal)-(.*)-(\d+)-\w+")


def prefix(what: str) -> str:
    """How the name of a temporary folder of this process begins.

    Args:
        what: it is for: "generate", "exercises", "student" or "rehearsal".
    """
    return f"convolab-{what}-{_host()}-{os.getpid()}-"


def sweep() -> None:
    """Remove the temporary folders of graders on this machine that have ended."""
    with suppress(OSError):
        for path in Path(tempfile.gettempdir()).glob("convolab-*"):
            whose = _NAME.fullmatch(path.name)
            if whose and whose[1] == _host() and not _runs(int(whose[2])):
                remove(path)


def sweep_results(desk: LessonDesk) -> None:
    """Remove the half-written records of a lesson; the turn at it must be ours."""
    for path in desk.records.glob(".*.json.*"):
        with suppress(OSError):
            path.unlink()


def remove(folder: Path) -> None:
    """Remove a folder, whatever a program has put into it."""
    try:
        shutil.rmtree(folder, ignore_errors=True)
    except RecursionError:
        _flatten(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _flatten(folder: Path) -> None:
    """Move folders nested a thousand deep out of each other."""
    below, number = [path for path in folder.iterdir() if path.is_dir()], 0
    with suppress(OSError):
        while below:
            for path in below.pop().iterdir():
                if path.is_dir() and not path.is_symlink():
                    number += 1
                    below.append(path.rename(folder / f"lifted-{number}"))


def _host() -> str:
    return re.sub(r"\W", "", socket.gethostname())[:40]


def _runs(process: int) -> bool:
    if sys.platform == "win32":  # where this would not ask, but end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is another's
        return True
    return True
