"""A drawing of a convolutional layer: a patch through all channels, and its depth column."""

from __future__ import annotations

from convolab.figures.number_text import counted
from convolab.figures.painter import Painter
from convolab.figures.picture import Picture

SIDE, OUT, PATCH = 7, 5, 3  # rows and columns of a channel, of a map and of the patch
CELL, DOWN, GAP = 20, 10, 4  # pixels: a cell, and how far each sheet is from the next
LEFT, RIGHT, TOP, ROW = 20, 400, 60, 1  # where the drawing begins; the patch's first row
MOST = {"channels": 3, "kernels": 6}


def layer_drawing(channels: int = 3, kernels: int = 4) -> Picture:
    """A volume of 1 to 3 channels, one patch of it, and the 1 to 6 kernels' answers about it.

    Raises:
        ValueError: it cannot draw so many, and says so in one sentence.
    """
    for name, count in (("channels", channels), ("kernels", kernels)):
        if not 1 <= count <= MOST[name]:
            says = f"layer_drawing: {name} may be from 1 to {MOST[name]}, not {count}."
            raise ValueError(says)
    p = Painter(720, TOP + SIDE * CELL + DOWN * max(channels, kernels))
    for c in reversed(range(channels)):  # the first in front, the patch at its right edge
        _sheet(p, LEFT + c * (PATCH * CELL + GAP), TOP + c * DOWN, SIDE, PATCH, "input")
    right = LEFT + (channels - 1) * (PATCH * CELL + GAP) + SIDE * CELL
    middle = TOP + (channels - 1) * DOWN + (ROW + PATCH / 2) * CELL
    for d in reversed(range(kernels)):
        _sheet(p, RIGHT + d * (CELL + GAP), TOP + d * DOWN, OUT, 1, "output")
    for d in range(kernels):
        x = RIGHT + d * (CELL + GAP) + (OUT - 0.5) * CELL
        y = TOP + d * DOWN + (ROW + 0.5) * CELL
        p.line([(right, middle), (x, y)], colour=p.colours["kernel"], width=1.5)
    words = (
        (LEFT, "input", f"a volume, {counted(channels, 'channel')}"),
        (RIGHT, "output", f"{counted(kernels, 'feature map')}, one per kernel"),
    )
    for x, role, text in words:
        p.text(text, x, 16, size=14, bold=True, align="left", colour=p.colours[role])
    p.text("a patch, through all of them", LEFT, 38, align="left", colour=p.colours["kernel"])
    p.text("a depth column", RIGHT, 38, align="left", colour=p.colours["kernel"])
    alt = (
        f"A volume of {counted(channels, 'channel')} drawn as sheets one behind the other, with a "
        f"patch of {PATCH} × {PATCH} marked at the same place on each. A line leads from "
        f"the patch to each of {counted(kernels, 'feature map')}, one per kernel, where the same "
        "cell is marked: the depth column, which holds every kernel's answer about this patch."
    )
    return Picture.of(p.figure, alt)


def _sheet(p: Painter, x: float, y: float, cells: int, marked: int, role: str) -> None:
    """A square of cells, with `marked` × `marked` at its right edge in the kernel's colour."""
    for i in range(cells):
        for j in range(cells):
            lit = ROW <= i < ROW + marked and cells - marked <= j
            p.box(
                x + j * CELL, y + i * CELL, CELL, CELL, radius=0,
                fill=p.colours["kernel_soft" if lit else f"{role}_soft"],
                colour=p.colours["kernel" if lit else role],
            )  # fmt: skip
