"""The pictures of each class in a row: what PictureCollector leaves where no browser runs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from matplotlib.figure import Figure as MatplotlibFigure

from convolab.data.picture_file import NoPicture, read_picture
from convolab.figures.colours import LIGHT
from convolab.figures.picture import blank

IN_A_ROW, SIDE, GAP, LEFT = 8, 72, 6, 130
_AT_MOST = 40  # pictures in all: a photograph takes a moment to read


def draw(files: Mapping[str, Sequence[Path]], counts: Mapping[str, int]) -> MatplotlibFigure:
    """The last pictures of each class, and how many there are.

    Args:
        files: the paths of the pictures of each class.
        counts: how many there are, of the classes in their order.
    """
    width, step = LEFT + IN_A_ROW * (SIDE + GAP), SIDE + GAP
    height = max(1, len(counts)) * step + GAP
    figure = blank(width, height)
    each = max(1, min(IN_A_ROW, _AT_MOST // max(1, len(counts))))
    for row, (name, many) in enumerate(counts.items()):
        top = GAP + row * step
        middle = 1 - (top + SIDE / 2) / height
        figure.text(0.01, middle, f"{_short(name)}\n{many}", color=LIGHT["ink"], va="center")
        for column, path in enumerate(list(files.get(name, ()))[-each:]):
            place = (LEFT + column * step) / width, 1 - (top + SIDE) / height
            axes = figure.add_axes((*place, SIDE / width, SIDE / height))
            axes.set_axis_off()
            try:
                axes.imshow(read_picture(path).pixels, cmap="gray", vmin=0, vmax=255)
            except NoPicture:
                axes.text(0.5, 0.5, "not read", color=LIGHT["wrong"], ha="center", va="center")
    return figure


def _short(name: str) -> str:
    # a name is shown as it is, also where it would be a formula
    plain = name.replace("$", r"\$")
    return plain if len(name) <= 14 else plain[:13] + "…"
