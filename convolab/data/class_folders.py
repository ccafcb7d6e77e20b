"""The files in the folders of classes: which there are, and which are the same to the byte."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import file_digest
from pathlib import Path

from convolab.data.picture_set import plain

# What systems put into folders; whatever begins with a dot is hidden anyway.
_SYSTEMS = {"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "@eadir"}
_TWICE = (
    "is the same file as one in another class, so one of the two classes is wrong: neither is "
    "used. Delete the wrong one."
)
_COPY = (
    "is a copy of a file that is used already, and left out: what a network learns from must not "
    "be in its test."
)


def class_files(folder) -> dict[str, list[Path]]:
    """The files of each class in a folder, whatever they are; none if it cannot be read."""
    folder = Path(folder)
    try:
        classes, _ = files_in(folder) if folder.is_dir() else ({}, [])
    except (OSError, ValueError, RecursionError):
        return {}
    return {name: [folder / file for file in files] for name, files in classes.items()}


def files_in(folder: Path) -> tuple[dict[str, list[str]], list[str]]:
    """The files of each class, from the folder on, and those outside of all classes."""
    classes: dict[str, list[str]] = defaultdict(list)
    outside = []
    for entry in sorted(_seen(folder.iterdir()), key=lambda path: path.name.casefold()):
        if entry.is_dir():
            name = plain(unicodedata.normalize("NFC", entry.name))
            files = sorted(_below(entry), key=lambda path: str(path).casefold())
            classes[name] += [str(path.relative_to(folder).as_posix()) for path in files]
        else:
            outside.append(entry.name)
    return dict(classes), outside


def _below(folder: Path) -> Iterable[Path]:
    """All files below a folder, and what is said of when it is read: folders that cannot be looked
    into, and links to folders, which may lead in a circle."""
    try:
        entries = _seen(folder.iterdir())
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.is_dir() and not entry.is_symlink():
            yield from _below(entry)
        else:
            yield entry


def _seen(paths: Iterable[Path]) -> list[Path]:
    return [path for path in paths if not _is_hidden(path.name)]


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name.casefold() in _SYSTEMS


def same_files(folder: Path, classes: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Why some of the files that are the same to the byte are not used."""
    by_size: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for name, files in classes.items():
        for file in files:
            try:
                by_size[(folder / file).stat().st_size].append((name, file))
            except OSError:
                continue  # said when it is read
    why: dict[str, str] = {}
    for size, same_size in by_size.items():
        if size == 0 or len(same_size) == 1:
            continue
        by_content: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name, file in same_size:
            by_content[_content(folder / file)].append((name, file))
        for content, same in by_content.items():
            if not content or len(same) == 1:
                continue
            if len({name for name, _ in same}) > 1:
                why |= dict.fromkeys((file for _, file in same), _TWICE)
            else:
                why |= dict.fromkeys((file for _, file in same[1:]), _COPY)
    return why


def _content(path: Path) -> str:
    """The fingerprint of a file; "" of what is none or cannot be opened."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
