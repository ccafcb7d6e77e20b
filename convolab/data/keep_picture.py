"""Keeps a picture that was uploaded or taken in the folder of its class; nothing is overwritten."""

import io
import re
import unicodedata
from itertools import count
from pathlib import Path, PurePosixPath

from convolab.data.picture_file import NoPicture, decode

_LONGEST = 60  # letters of a class's or a file's name
_NO_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff\u202a-\u202e\u2066-\u2069]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # by Windows


def class_name(name: str) -> str:
    """A class's name as its folder can have it on every system.

    Raises:
        ValueError: no folder can be called so; says why.
    """
    tidy = " ".join(unicodedata.normalize("NFC", str(name)).split())
    if not tidy:
        raise ValueError("a class needs a name")
    if len(tidy) > _LONGEST:
        raise ValueError(f"a class's name has at most {_LONGEST} letters")
    if odd := _NO_NAME.search(tidy):
        raise ValueError(f"a class's name cannot contain {odd[0]!r}")
    if tidy[0] in ".~_" or tidy[-1] == "." or _RESERVED.fullmatch(tidy):
        raise ValueError(f"{tidy} cannot be the name of a folder")
    return tidy


def keep_picture(folder: Path, kind: str, name: str, content: bytes) -> Path:
    """Write a picture into the folder of its class under a name that is free.

    Args:
        folder: the one with the folders of all classes; it is made if it is missing.
        kind: the class, a `class_name`.
        name: what the file was called, whatever is in it.
        content: the file.

    Returns:
        the file's path; that of an earlier one if it is the same to the byte.

    Raises:
        NoPicture: it cannot be used or cannot be written, with the reason.
    """
    decode(io.BytesIO(content))
    home = Path(folder) / kind
    try:
        home.mkdir(parents=True, exist_ok=True)
        if same := _same(home, content):
            return same
        return _written(home, _file_name(name), content)
    except OSError as error:
        raise NoPicture(f"cannot be kept in {home} ({error.strerror}).") from error


def _same(home: Path, content: bytes) -> Path | None:
    """The file of this content that is there already."""
    for path in sorted(home.iterdir()):
        if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
            return path
    return None


def _written(home: Path, name: str, content: bytes) -> Path:
    stem, ending = PurePosixPath(name).stem, PurePosixPath(name).suffix
    for number in count(1):
        path = home / (name if number == 1 else f"{stem}_{number}{ending}")
        try:
            with path.open("xb") as file:
                file.write(content)
        except FileExistsError:
            continue
        except OSError:
            path.unlink(missing_ok=True)
            raise
        return path
    raise AssertionError("unreachable: the numbers never end")


def _file_name(name: str) -> str:
    """A file's name without folders and without what some system does not allow in names."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", str(name)))[-1]
    plain = _NO_NAME.sub("_", last).strip(" .~")
    stem, ending = PurePosixPath(plain).stem, PurePosixPath(plain).suffix[:8]
    if not stem or _RESERVED.fullmatch(stem):
        stem = f"picture_{stem}".rstrip("_")
    return stem[:_LONGEST] + ending
