"""Unpacks a folder of downloads, archives within archives too; one bad file costs only itself."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO

from convolab.grading.intake.archives import (
    OTHERS,
    Member,
    Unfit,
    inside,
    is_archive,
    is_notebook,
    opened,
    stem,
)

MOST_OF_A_FILE = 200_000_000  # bytes
MOST_OF_ONE = 500_000_000  # bytes, of an archive within an archive: what one person handed in
MOST_OF_ALL = 8_000_000_000  # bytes, of an archive of a class
MOST_FILES_OF_ONE, MOST_FILES_OF_ALL = 10_000, 500_000
_DEEPEST = 3  # archives within archives
_PIECE = 1 << 20


@dataclass(frozen=True)
class Trouble:
    """What was not unpacked.

    Attributes:
        path: the file, relative to the folder it was to be unpacked to.
        says: what is wrong with it, in a sentence.
    """

    path: PurePath
    says: str


def unpack(source: Path, target: Path) -> list[Trouble]:
    """Unpack all archives of a folder, and copy its other files.

    An archive within an archive is unpacked if there is a notebook in it; otherwise it is data, and
    stays as it is. One that cannot be opened stays too.

    Args:
        source: what was downloaded.
        target: an existing folder.
    """
    unpacking = _Unpacking(target)
    for path in sorted(p for p in source.rglob("*") if p.is_file()):
        beside = path.relative_to(source)
        if is_archive(path.name):
            unpacking.archive(path, beside.with_name(stem(path.name)), 0)
        else:
            unpacking.copy(path, beside)
            unpacking.tell_kind(beside)
    return unpacking.troubles


class _Unpacking:
    def __init__(self, target: Path):
        self._target = target
        self.troubles: list[Trouble] = []

    def _say(self, path: PurePath, why: str) -> None:
        self.troubles.append(Trouble(path, f"{_printable(path)} was not unpacked: {why}."))

    def copy(self, path: Path, beside: PurePath) -> None:
        """Copy a file that is not an archive."""
        try:
            self._free(beside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, self._free(beside))
        except OSError as error:
            self._say(beside, f"it cannot be copied ({error.strerror})")

    def tell_kind(self, beside: PurePath) -> None:
        """Say so if a file is an archive of another kind."""
        if beside.name.lower().endswith(OTHERS):
            self._say(beside, "it cannot be opened here, pack it as .zip")

    def archive(self, path: Path, folder: PurePath, depth: int) -> bool:
        """Unpack an archive into a folder below the target; whether all of it could be."""
        most = MOST_OF_ONE if depth else MOST_OF_ALL
        most_files = MOST_FILES_OF_ONE if depth else MOST_FILES_OF_ALL
        shown = folder.with_name(path.name)
        if (self._target / folder).is_file():  # work.ipynb.zip next to work.ipynb
            folder = folder.with_name(f"{folder.name} unpacked")
        before, whole = len(self.troubles), False
        try:
            if too_much := _too_much(path, most, most_files):
                self._say(shown, too_much)
            else:
                whole = self._members(path, folder, depth)
            (self._target / folder).mkdir(parents=True, exist_ok=True)
            written = path.stat().st_mtime
            os.utime(self._target / folder, (written, written))
        except Unfit as why:
            self._say(shown, str(why))
        except Exception as error:  # whatever is wrong with it, the others are unpacked
            self._say(shown, f"it cannot be read ({type(error).__name__})")
        return whole and len(self.troubles) == before

    def _members(self, path: Path, folder: PurePath, depth: int) -> bool:
        whole = True
        within: list[tuple[Path, PurePath]] = []
        with opened(path) as members:
            for member in members:
                place = inside(member.name)
                shown = folder / (place or PurePath(member.name.strip("/\\")).name)
                refused = member.refused
                if place is None:
                    refused = f"its path {_printable(member.name)} leads outside the archive"
                elif member.size > MOST_OF_A_FILE:
                    refused = f"it is larger than {MOST_OF_A_FILE // 1_000_000} MB"
                if refused:
                    whole = False
                    self._say(shown, refused)
                    continue
                written = self._free(folder / place)
                try:
                    _write(member, written)
                except Exception as error:
                    written.unlink(missing_ok=True)
                    whole = False
                    self._say(shown, _reason(error))
                    continue
                if is_archive(written.name) and depth < _DEEPEST:
                    within.append((written, written.relative_to(self._target)))
                self.tell_kind(written.relative_to(self._target))
        for written, beside in within:
            self._within(written, beside, depth + 1)
        return whole

    def _within(self, path: Path, beside: PurePath, depth: int) -> None:
        """An archive within an archive: unpacked, if there is a notebook in it."""
        try:
            with opened(path) as members:
                holds = any(is_notebook(m.name) or is_archive(m.name) for m in members)
        except Unfit as why:
            self._say(beside, str(why))
            return
        except Exception as error:
            self._say(beside, f"it cannot be read ({type(error).__name__})")
            return
        if holds and self.archive(path, beside.with_name(stem(beside.name)), depth):
            path.unlink()

    def _free(self, beside: PurePath) -> Path:
        """Where a file goes: next to one of the same name, never over it."""
        path, number = self._target / beside, 1
        while os.path.lexists(path):
            number += 1
            path = self._target / beside.with_name(f"{beside.stem} ({number}){beside.suffix}")
        return path


def _too_much(path: Path, most: int, most_files: int) -> str | None:
    """Why an archive is too large, before anything of it is written; None if it is not."""
    size = files = 0
    with opened(path) as members:
        for member in members:
            files += 1
            size += member.size if member.size <= MOST_OF_A_FILE else 0
            if size > most:
                return f"unpacked it is larger than {most // 1_000_000} MB"
            if files > most_files:
                return f"there are more than {most_files} files in it"
    free = shutil.disk_usage(path.parent).free
    return "there is not enough room on the disk for its contents" if size > free // 2 else None


def _write(member: Member, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with member.open() as packed, path.open("xb") as file:
        for piece in _pieces(packed, member.size):
            file.write(piece)
    if member.modified:
        os.utime(path, (member.modified, member.modified))


def _pieces(packed: IO[bytes], left: int) -> Iterator[bytes]:
    while left > 0 and (piece := packed.read(min(_PIECE, left))):
        left -= len(piece)
        yield piece
    packed.read(1)  # which compares the checksum at the end


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"it cannot be written ({error.strerror})"
    if isinstance(error, RuntimeError) and "password" in str(error):
        return "it is locked with a password"
    return "it is damaged"


def _printable(path: PurePath | str) -> str:
    """A path for one line of text."""
    text = "".join(letter if letter.isprintable() else "?" for letter in str(path))
    return text if len(text) <= 160 else f"{text[:100]}…{text[-50:]}"
