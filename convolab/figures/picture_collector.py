"""Pictures chosen from the computer or taken by the camera are kept in a folder (lesson 12).

The browser sends one picture a message, and a big one reduced: a message of more than 10 MB would
end Jupyter's connection to the kernel, as ipywidgets' FileUpload does with a few photographs.
"""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import traitlets

from convolab.data.class_folders import class_files
from convolab.data.drawn_pictures import DRAWN_CLASSES
from convolab.data.keep_picture import class_name, keep_picture
from convolab.data.picture_file import NoPicture
from convolab.figures.base import Canvas, Figure, joined, style_sheet
from convolab.figures.picture import Description
from convolab.figures.picture_collector_picture import draw
from convolab.figures.validate import shown

CLASSES_AT_MOST = 20


class _PictureCollectorCanvas(Canvas):
    _esm = joined("picture_collector.js")
    _css = style_sheet() + (files("convolab.figures") / "picture_collector.css").read_text("utf-8")
    folder = traitlets.Unicode().tag(sync=True)
    classes = traitlets.List().tag(sync=True)
    counts = traitlets.List().tag(sync=True)  # of the pictures of each class


class PictureCollector(Figure):
    """A place to upload pictures and to take them with the camera, class by class.

    They are kept in the folder, in a folder for each class, under names that nothing else has.
    What is no picture is refused with its reason. `convolab.data.own_pictures` reads the folder.
    Its still picture shows the last ones of each class, so it hands them in with the notebook.

    Args:
        classes: names of the classes, 1 to 20; the learner can add others.
        folder: where the pictures are kept, from the notebook's folder on.

    Reading back: `figure.classes`, `.folder`, `.counts` (by class).

    Raises:
        ValueError: a class or the folder cannot be called so, and why.

    >>> PictureCollector(["mug", "spoon"])
    """

    how_to_use = "To choose or take pictures, run this cell in JupyterLab."

    def __init__(self, classes=DRAWN_CLASSES, folder="my_pictures"):
        name = type(self).__name__
        if not isinstance(folder, (str, os.PathLike)) or not str(folder).strip():
            raise ValueError(f"{name}: folder must be the name of a folder, not {shown(folder)}.")
        is_list = np.iterable(classes) and not isinstance(classes, (str, bytes))
        if not is_list or not all(isinstance(one, str) for one in classes):
            raise ValueError(f"{name}: classes must be a list of names, not {shown(classes)}.")
        classes = list(classes)
        if not 1 <= len(classes) <= CLASSES_AT_MOST:
            raise ValueError(f"{name}: give 1 to {CLASSES_AT_MOST} classes, not {len(classes)}.")
        try:
            classes = [class_name(one) for one in classes]
        except ValueError as error:
            raise ValueError(f"{name}: {error}.") from error
        if len({one.casefold() for one in classes}) < len(classes):
            raise ValueError(f"{name}: two classes have the same name.")
        self._folder = Path(folder).expanduser()
        self.canvas = _PictureCollectorCanvas(folder=self._folder.as_posix(), classes=classes)
        self._count()
        self.canvas.on_msg(self._received)
        self.compose()

    # What the learner reads ---------------------------------------------------------------------

    @property
    def folder(self) -> Path:
        """Where the pictures are kept."""
        return self._folder

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes, those that were added as well."""
        return tuple(self.canvas.classes)

    @property
    def counts(self) -> dict[str, int]:
        """How many pictures of each class are in the folder."""
        self._count()
        return dict(zip(self.canvas.classes, self.canvas.counts, strict=True))

    # How it is made -----------------------------------------------------------------------------

    def _count(self) -> None:
        """Count what is in the folder, and find the classes that it has beside those given."""
        found = class_files(self._folder)
        known = {one.casefold() for one in self.canvas.classes}
        others = [one for one in found if one.casefold() not in known]
        classes = [*self.canvas.classes, *others][:CLASSES_AT_MOST]
        with self.canvas.hold_trait_notifications():
            self.canvas.classes = classes
            self.canvas.counts = [len(found.get(one, ())) for one in classes]

    def _received(self, canvas: Canvas, message: Any, buffers: list) -> None:
        """What the browser sends: a picture, or a new class. Each is answered, whatever it is."""
        kind, number = str(message.get("kind")), message.get("number")
        try:
            says, kept = (self._keep if kind == "picture" else self._add)(message, buffers), True
        except (NoPicture, ValueError) as refused:
            says, kept = str(refused), False
        except Exception as error:  # a mistake of the course's own must not leave them waiting
            says, kept = f"could not be kept ({type(error).__name__}: {error}).", False
        self._count()
        canvas.send({"kind": kind, "number": number, "kept": kept, "says": says})

    def _keep(self, message: dict, buffers: list) -> str:
        kind, name = class_name(message["class"]), str(message["name"])
        before = {path.name for path in class_files(self._folder).get(kind, ())}
        path = keep_picture(self._folder, kind, name, bytes(buffers[0]))
        place = f"{self.canvas.folder}/{kind}/{path.name}"
        return f"is there already: {place}." if path.name in before else f"is kept as {place}."

    def _add(self, message: dict, buffers: list) -> str:
        name = class_name(message["name"])
        known = {one.casefold(): one for one in self.canvas.classes}
        if name.casefold() in known:
            return known[name.casefold()]
        if len(known) >= CLASSES_AT_MOST:
            raise ValueError(f"there are {CLASSES_AT_MOST} classes already")
        self.canvas.classes = [*self.canvas.classes, name]
        return name

    def describe(self) -> Description:
        counts = self.counts
        many = sum(counts.values())
        text = (
            f"{many or 'No'} picture{'' if many == 1 else 's'} in the folder {self.canvas.folder}. "
            "To add more, choose or take them here, or put them into the folder of their class "
            "there."
        )
        rows = tuple((name, str(number)) for name, number in counts.items())
        return Description(text, ("class", "pictures"), rows)

    def draw_picture(self):
        return draw(class_files(self._folder), self.counts)
