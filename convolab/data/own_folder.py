"""The learner's own pictures: a folder with a folder for each class in it."""

import html
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path

import numpy as np

from convolab.data.drawn_pictures import DRAWN_CLASSES, drawings
from convolab.data.picture_file import NoPicture, read_picture

_DESIGNERS = 6  # of the drawings that `drawings` gives without more
AT_MOST = 2_000  # pictures that are read
_SHOWN = 3  # names in a sentence
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
_NO_CLASS = "is outside the folders of the classes, and not used: move it into one of them."
_TURNS_TEXT = "\u202a-\u202e\u2066-\u2069"  # would change the order of the words around a name
_NOT_SHOWN = re.compile(f"[\x00-\x1f\x7f-\x9f\ud800-\udfff{_TURNS_TEXT}]")


@dataclass(frozen=True)
class Pictures:
    """Pictures of some classes. It is false if there are none.

    Attributes:
        images: uint8 arrays of different sizes, (H, W, 3) red, green, blue, or (H, W) if grey.
        labels: (N,) int64, places in `classes`.
        classes: the names of the classes.
        names: of each picture, "cat/tom.jpg".
        left_out: why a file was not used, by its name.
        notes: what there is to say, in sentences.
    """

    images: list[np.ndarray] = field(default_factory=list)
    labels: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    classes: tuple[str, ...] = ()
    names: list[str] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.images)

    def counts(self) -> dict[str, int]:
        """How many pictures there are of each class."""
        many = np.bincount(self.labels, minlength=len(self.classes))
        return dict(zip(self.classes, many.tolist(), strict=True))

    def __str__(self) -> str:
        table = [f"{many:5}  {name}" for name, many in self.counts().items()]
        return "\n".join([_total(self), *table, *self.notes])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th scope='row'>{html.escape(name)}</th><td>{many}</td></tr>"
            for name, many in self.counts().items()
        )
        head = "<tr><th scope='col'>class</th><th scope='col'>pictures</th></tr>"
        table = f"<table>{head}{rows}</table>" if rows else ""
        notes = "".join(f"<li>{html.escape(note)}</li>" for note in self.notes)
        return f"<p>{_total(self)}</p>{table}" + (f"<ul>{notes}</ul>" if notes else "")


def own_pictures(folder="my_pictures"):
    """Your own pictures from a folder that has a folder of pictures for each class, as `Pictures`.

    A picture has at most 128 pixels on its longer side, is turned as the camera says, and has white
    where it is transparent. What cannot be used is left out, and the notes say why. Nothing in the
    folder is changed. Without pictures the result is empty, and its note says what to do.

    Args:
        folder: the path, from the notebook's folder on.

    Raises:
        ValueError: the folder is not text or a path.
    """
    if not isinstance(folder, (str, os.PathLike)) or not str(folder).strip():
        raise ValueError(f"folder must be the name of a folder in quotes, not {folder!r}.")
    folder = Path(folder).expanduser()
    try:
        if not folder.is_dir():
            return Pictures(notes=[_how_to_begin(folder)])
        classes, outside = _files(folder)
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        why = getattr(error, "strerror", None) or error
        return Pictures(notes=[f"The folder {_plain(folder)} cannot be read: {why}."])
    if not classes:
        return Pictures(
            left_out=dict.fromkeys(outside, _NO_CLASS),
            notes=[f"{_plain(folder)} has no folders in it. {_how_to_begin(folder)}"],
        )
    return _read(folder, classes, outside)


def own_files(folder) -> dict[str, list[Path]]:
    """The files of each class in a folder, whatever they are; none if it cannot be read."""
    folder = Path(folder)
    try:
        classes, _ = _files(folder) if folder.is_dir() else ({}, [])
    except (OSError, ValueError):
        return {}
    return {name: [folder / file for file in files] for name, files in classes.items()}


def example_pictures(each=20, seed=12):
    """Drawings of boats, dogs, cats and birds as `Pictures`, for who has no own ones yet.

    Args:
        each: pictures of each class.
        seed: the same one gives the same pictures.
    """
    images, labels, _ = drawings(-(-each // _DESIGNERS), seed)
    chosen = np.concatenate(
        [np.flatnonzero(labels == label)[:each] for label in range(len(DRAWN_CLASSES))]
    )
    return Pictures(
        images=list(images[chosen]),
        labels=labels[chosen],
        classes=DRAWN_CLASSES,
        names=[f"{DRAWN_CLASSES[label]}/drawing_{n}" for n, label in enumerate(labels[chosen])],
        notes=["These are the course's drawings and not your own pictures."],
    )


def _read(folder: Path, classes: dict[str, list[str]], outside: list[str]) -> Pictures:
    left_out = dict.fromkeys(outside, _NO_CLASS)
    each = max(1, AT_MOST // len(classes))
    for name, files in classes.items():
        beyond = f"is beyond the first {each} pictures of its class, and not used."
        left_out |= dict.fromkeys(files[each:], beyond)
        classes[name] = files[:each]
    left_out |= _same_files(folder, classes)
    images, labels, names, remarks = [], [], [], {}
    kept = []
    for name, files in classes.items():
        found = len(images)
        for file in files:
            if file in left_out:
                continue
            try:
                picture = read_picture(folder / file)
            except NoPicture as why:
                left_out[file] = str(why)
                continue
            images.append(picture.pixels)
            labels.append(len(kept))
            names.append(_plain(file))
            if picture.remark:
                remarks[file] = picture.remark
        if len(images) > found:
            kept.append(name)
    notes = _grouped(left_out) + _grouped(remarks)
    notes += [f"{name} has no picture that can be used." for name in classes if name not in kept]
    pictures = Pictures(
        images, np.array(labels, np.int64), tuple(kept), names,
        {_plain(file): why for file, why in left_out.items()}, notes,
    )  # fmt: skip
    notes += _too_few(pictures)
    return pictures


def _files(folder: Path) -> tuple[dict[str, list[str]], list[str]]:
    """The files of each class, from the folder on, and those outside of all classes."""
    classes: dict[str, list[str]] = defaultdict(list)
    outside = []
    for entry in sorted(_seen(folder.iterdir()), key=lambda path: path.name.casefold()):
        if entry.is_dir():
            name = _plain(unicodedata.normalize("NFC", entry.name))
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


def _same_files(folder: Path, classes: dict[str, list[str]]) -> dict[str, str]:
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


def _grouped(why: dict[str, str]) -> list[str]:
    """A sentence for each reason with the names of the files; a reason is the sentence's end."""
    files: dict[str, list[str]] = defaultdict(list)
    for file, reason in why.items():
        files[reason].append(_plain(file))
    return [f"{_listed(names)} {reason}" for reason, names in files.items()]


def _listed(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    shown, more = names[:_SHOWN], len(names) - _SHOWN
    last = f"{more} more" if more > 0 else shown.pop()
    return f"{', '.join(shown)} and {last}: each"


def _too_few(pictures: Pictures) -> list[str]:
    says = [
        f"{name} has only 1 picture, so there is none to test on: add more."
        for name, many in pictures.counts().items()
        if many == 1
    ]
    if len(pictures.classes) == 1:
        says.append(f"All pictures are of one class, {pictures.classes[0]}: add a second one.")
    return says


def _total(pictures: Pictures) -> str:
    many, kinds = len(pictures), len(pictures.classes)
    if not many:
        return "No pictures."
    return (
        f"{many:,} picture{'s' * (many > 1)} in {kinds} class{'es' * (kinds > 1)}, "
        f"{len(pictures.left_out):,} left out."
    )


def _how_to_begin(folder: Path) -> str:
    name = _plain(folder)
    return (
        f"Make a folder {name} beside this notebook, in it a folder for each class ({name}/cat, "
        f"{name}/dog), put your pictures there, and run this cell again."
    )


def _plain(name: object) -> str:
    """A name as it can be printed, whatever bytes it is made of."""
    return _NOT_SHOWN.sub("�", str(name))
