"""The still picture of KernelEditor: the places and strokes of kernel_editor.js."""

from __future__ import annotations

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from convolab.figures.colours import SIGNED_LIGHT, signed
from convolab.figures.kernel_editor_view import meaning
from convolab.figures.number_text import decimal, weight
from convolab.figures.painter import Painter, Square

WIDTH = 860
ROWS = 14  # pixels for the numbers of the kernel's rows
SIGNED_MAP = LinearSegmentedColormap.from_list("signed", SIGNED_LIGHT)


def draw(figure, v):
    """The state of a KernelEditor, whose numbers are the View v, as a matplotlib figure."""
    p = Painter(WIDTH, figure.canvas.height)
    c, kernel, image, white = p.colours, figure.kernel, figure.image, figure.white
    grid, gap, top = 190, 34, 30
    between = gap + ROWS + grid + gap
    side = min(310, (p.width - 4 - between) / 2)
    left, middle = (p.width - 2 * side - between) / 2, top + side / 2
    p.text(f"input: {figure.picture_name}", left, 15, size=14, bold=True, align="left",
           colour=c["input"])  # fmt: skip
    _image(p, image, Square(left, top, side), 0, white)
    p.text(f"black is 0, white is {white}", left + side / 2, top + side + 16, colour=c["quiet"])

    x, y, cell = left + side + gap + ROWS, middle - grid / 2, grid / len(kernel)
    largest = float(np.abs(kernel).max())
    print_ = p.lettering(kernel, cell, weight)
    p.text("kernel", x, y - 29, size=14, bold=True, align="left", colour=c["kernel"])
    for (i, j), w in np.ndenumerate(kernel):
        fill = signed(w, largest, SIGNED_LIGHT)
        p.cell(x + j * cell, y + i * cell, cell, w, fill=fill, **print_)
    for n in range(len(kernel)):
        middle, colours = (n + 0.5) * cell, (c["quiet"], c["kernel"])
        for chosen, place, align in (
            (n == figure.column, (x + middle, y - 9), "center"),
            (n == figure.row, (x - 5, y + middle), "right"),
        ):
            p.text(str(n), *place, size=11, bold=chosen, colour=colours[chosen], align=align)
    p.box(x + figure.column * cell, y + figure.row * cell, cell, cell, colour=c["ink"], stroke=3,
          radius=2)  # fmt: skip
    p.text("∗", x - ROWS - gap / 2, middle, size=24, colour=c["quiet"])
    p.text("=", x + grid + gap / 2, middle, size=24, colour=c["quiet"])

    right = x + grid + gap
    at = Square(right, top, side)
    if figure.show == "difference":
        title, note = "output − input", "red: brighter than before, blue: darker"
        changed = v.output - image
        most = float(np.abs(changed).max()) or 1
        _image(p, changed, at, -most, most, SIGNED_MAP)
    elif figure.scaling == "clip":
        share = decimal(100 * v.outside, 1)
        title, note = "output", f"{decimal(v.low, 1)} … {decimal(v.high, 1)}, {share} % clipped"
        _image(p, v.output, at, 0, white)
    else:
        title = "output"
        note = f"black is {decimal(v.low, 1)}, white is {decimal(v.high, 1)}"
        _image(p, v.output, at, v.low, v.high)
    p.text(title, right, 15, size=14, bold=True, align="left", colour=c["output"])
    p.text(note, right + side / 2, top + side + 16, colour=c["quiet"])
    p.result(
        [("sum of the weights", "kernel"), (" = ", "quiet"), (weight(v.sum), "output"),
         (f"   {meaning(v.sum)}", "ink")],
        374,
    )  # fmt: skip
    p.axes.set(xlim=(0, p.width), ylim=(p.height, 0), aspect="auto")
    return p.figure


def _image(p, values, at, black, white, colours="gray"):
    x, y, side = at
    smooth = "antialiased" if values.shape[1] > side / 2 else "nearest"
    p.axes.imshow(
        values, cmap=colours, vmin=black, vmax=white, extent=(x, x + side, y + side, y),
        interpolation=smooth, zorder=2,
    )  # fmt: skip
    p.box(x, y, side, side, colour=p.colours["line"], radius=0)
