"""Archives of any kind, member by member, with what is wrong with each one in words."""

import contextlib
import os
import stat
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

TAR = (".tar", ".tgz", ".tar.gz", ".tbz2", ".tar.bz2", ".txz", ".tar.xz")
OTHERS = (".7z", ".rar")
NOTEBOOK = (".ipynb", ".ipynb.txt", ".ipynb.json")
_LONGEST = 200  # bytes of a name; most disks take 255
_DEEPEST = 30
_LOCKED = "it is locked with a password"


class Unfit(Exception):
    """An archive that cannot be opened; says why, as the end of a sentence."""


@dataclass(frozen=True)
class Member:
    """A file in an archive.

    Attributes:
        name: as the archive has it.
        size: unpacked, in bytes, as the archive declares it; reading gives no more.
        modified: when it was last changed, in seconds; None if the archive does not say.
        refused: why it is not unpacked, else None.
        open: gives what it holds.
    """

    name: str
    size: int
    modified: float | None
    refused: str | None
    open: Callable[[], IO[bytes]]


def is_archive(name: str) -> bool:
    """Whether a file is called like an archive that can be opened here."""
    return name.lower().endswith((".zip", *TAR))


def is_notebook(name: str) -> bool:
    """Whether a file is called like a notebook, also by programs that add an ending."""
    return name.lower().endswith(NOTEBOOK)


def stem(name: str) -> str:
    """The name of an archive without its ending."""
    ending = max((e for e in (".zip", *TAR) if name.lower().endswith(e)), key=len, default="")
    return name[: len(name) - len(ending)]


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Iterator[Member]]:
    """The members of an archive, one after another, folders left out.

    Raises:
        Unfit: it cannot be opened; for a damaged one, perhaps only while its members are read.
    """
    try:
        if path.name.lower().endswith(".zip"):
            with zipfile.ZipFile(path) as packed:
                yield (_of_zip(packed, info) for info in packed.infolist() if not info.is_dir())
        else:
            with tarfile.open(path) as packed:
                yield (_of_tar(packed, info) for info in packed if not info.isdir())
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, ValueError, NotImplementedError) as no:
        empty = path.stat().st_size == 0
        raise Unfit("it is empty" if empty else "it is damaged, or not an archive at all") from no


def _of_zip(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    kind = stat.S_IFMT(info.external_attr >> 16)
    refused = None
    if info.flag_bits & 1:
        refused = _LOCKED
    elif kind not in (0, stat.S_IFREG):
        refused = "it is a link, not a file"
    with contextlib.suppress(ValueError, OverflowError):
        modified = time.mktime((*info.date_time, 0, 0, -1))
        return Member(_name(info), info.file_size, modified, refused, lambda: packed.open(info))
    return Member(_name(info), info.file_size, None, refused, lambda: packed.open(info))


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member: some programs write UTF-8 without saying so."""
    if not info.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            return info.filename.encode("cp437").decode("utf-8")
    return info.filename


def _of_tar(packed: tarfile.TarFile, info: tarfile.TarInfo) -> Member:
    refused = None if info.isreg() else "it is a link or a device, not a file"
    name = os.fsencode(info.name).decode("cp1252", "replace") if _odd(info.name) else info.name
    return Member(name, info.size, info.mtime, refused, lambda: packed.extractfile(info))


def _odd(name: str) -> bool:
    """Whether there are bytes in a name that are not text."""
    return any("\udc80" <= letter <= "\udcff" for letter in name)


def inside(name: str) -> PurePosixPath | None:
    """Where a member goes, below the folder it is unpacked to; None if it would climb out."""
    name = name.replace("\\", "/").replace("\0", "")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if name.startswith("/") or ".." in parts or not parts or len(parts) > _DEEPEST:
        return None
    if len(parts[0]) == 2 and parts[0].endswith(":"):
        return None
    return PurePosixPath(*(_short(part) for part in parts))


def _short(part: str) -> str:
    """A name that a disk takes, its ending kept."""
    part = "".join(letter if letter.isprintable() else "_" for letter in part)
    if len(part.encode("utf-8", "replace")) <= _LONGEST:
        return part
    ending = next((e for e in (*NOTEBOOK, *TAR) if part.lower().endswith(e)), "")
    ending = part[len(part) - len(ending) :] if ending else PurePosixPath(part).suffix[-20:]
    room = _LONGEST - len(ending.encode("utf-8"))
    return part.encode("utf-8", "replace")[:room].decode("utf-8", "ignore") + ending
