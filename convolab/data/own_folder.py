"""The learner's own pictures: a folder with a folder for each class in it."""

import os
from pathlib import Path

import numpy as np

from convolab.data.class_folders import files_in, same_files
from convolab.data.drawn_pictures import DRAWN_CLASSES, drawings, require_each
from convolab.data.picture_file import NoPicture, read_picture
from convolab.data.picture_set import Pictures, grouped, plain

_DESIGNERS = 6  # of the drawings that `drawings` gives without more
AT_MOST = 2_000  # pictures that are read
_NO_CLASS = "is outside the folders of the classes, and not used: move it into one of them."


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
        classes, outside = files_in(folder)
    except (OSError, ValueError, RecursionError) as error:  # a null character; folders without end
        why = getattr(error, "strerror", None) or error
        return Pictures(notes=[f"The folder {plain(folder)} cannot be read: {why}."])
    if not classes:
        return Pictures(
            left_out=dict.fromkeys(outside, _NO_CLASS),
            notes=[_without_classes(folder, len(outside))],
        )
    return _read(folder, classes, outside)


def example_pictures(each=20, seed=12):
    """Drawings of boats, dogs, cats and birds as `Pictures`, until you have some of your own.

    Args:
        each: pictures of each class.
        seed: the same one gives the same pictures.

    Raises:
        ValueError: `each` is not a whole number from 1 on.
    """
    require_each(each)
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
    left_out |= same_files(folder, classes)
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
            names.append(plain(file))
            if picture.remark:
                remarks[file] = picture.remark
        if len(images) > found:
            kept.append(name)
    notes = grouped(left_out) + grouped(remarks)
    notes += [f"{name} has no picture that can be used." for name in classes if name not in kept]
    pictures = Pictures(
        images, np.array(labels, int), tuple(kept), names,
        {plain(file): why for file, why in left_out.items()}, notes,
    )  # fmt: skip
    notes += _too_few(pictures)
    return pictures


def _too_few(pictures: Pictures) -> list[str]:
    says = [
        f"{name} has only 1 picture, so there is none to test on: add more."
        for name, many in pictures.counts().items()
        if many == 1
    ]
    if len(pictures.classes) == 1:
        says.append(f"All pictures are of one class, {pictures.classes[0]}: add a second one.")
    return says


def _how_to_begin(folder: Path) -> str:
    name = plain(folder)
    return (
        f"Make a folder {name} beside this notebook, in it a folder for each class ({name}/cat, "
        f"{name}/dog), put your pictures there, and run this cell again."
    )


def _without_classes(folder: Path, files: int) -> str:
    name = plain(folder)
    has = f"{files} file{'s' * (files > 1)} but no folders" if files else "no folders"
    return (
        f"{name} has {has} in it: make a folder for each class there ({name}/cat, {name}/dog), put "
        "your pictures into them, and run this cell again."
    )
