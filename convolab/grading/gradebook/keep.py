"""Keeps what nbgrader's commands would delete until its replacement is there.

`nbgrader autograde`, `generate_feedback` and `generate_assignment`, and formgrader's buttons,
delete a folder first and make it again afterwards: if that fails, a student's graded notebook, a
feedback page or a released lesson is gone. nbgrader has no setting for another order, so its
converters' common base class gets three methods here, from the desk's nbgrader_config.py, which
each of them reads.
"""

import os
import shutil
from pathlib import Path

from nbgrader.converters.base import BaseConverter
from nbgrader.utils import rmtree

_nbgraders = {
    name: getattr(BaseConverter, name)
    for name in ("init_destination", "run_post_convert_hook", "convert_notebooks")
}


def keep_what_was_there() -> None:
    """Let every nbgrader converter in this process put back what it deleted, if it fails."""
    BaseConverter.init_destination = _init_destination
    BaseConverter.run_post_convert_hook = _run_post_convert_hook
    BaseConverter.convert_notebooks = _convert_notebooks


def _init_destination(self: BaseConverter, assignment_id: str, student_id: str) -> bool:
    """nbgrader's own, which may delete the folder; a copy is kept."""
    folder = Path(os.path.normpath(self._format_dest(assignment_id, student_id)))
    aside = folder.with_name(f".{folder.name}.before")
    if aside.exists():  # left by a run that was killed
        _put_back(folder, aside)
    if folder.is_dir():
        shutil.copytree(folder, aside, symlinks=True, copy_function=_link)
    self._laid_aside = [*getattr(self, "_laid_aside", []), (folder, aside)]
    begins = _nbgraders["init_destination"](self, assignment_id, student_id)
    if not begins:
        _forget_last(self)
    return begins


def _run_post_convert_hook(self: BaseConverter) -> None:
    """nbgrader's own, which it calls when a folder is complete."""
    _nbgraders["run_post_convert_hook"](self)
    _forget_last(self)


def _convert_notebooks(self: BaseConverter) -> None:
    """nbgrader's own; afterwards the folders that could not be made are as they were."""
    self._laid_aside = []
    try:
        _nbgraders["convert_notebooks"](self)
    finally:
        for folder, aside in self._laid_aside:
            if aside.exists():
                _put_back(folder, aside)
                self.log.error("%s is as it was before", folder)


def _put_back(folder: Path, aside: Path) -> None:
    """Bring a folder back, unless something complete enough to have files is in its place."""
    if any(path.is_file() for path in folder.rglob("*")):
        rmtree(str(aside))
        return
    if folder.exists():
        rmtree(str(folder))
    aside.rename(folder)


def _forget_last(self: BaseConverter) -> None:
    _, aside = self._laid_aside.pop()
    if aside.exists():
        rmtree(str(aside))


def _link(source: str, target: str) -> None:
    """A second name for a file costs nothing; where the disk has none, a copy."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target)
