"""The still picture of OcclusionExplorer: the places and strokes of occlusion_explorer.js."""

from __future__ import annotations

import numpy as np

from convolab import ops
from convolab.figures.colours import SIGNED_LIGHT, grey, rgb, signed, text_on
from convolab.figures.number_text import decimal
from convolab.figures.occlusion_explorer_view import OcclusionView, spelled
from convolab.figures.painter import Painter

WIDTH, HEIGHT = 860, 320
GAP, EDGE, TOP = 16, 16, 40
COLUMN = (WIDTH - 4 - 3 * GAP) / 4
SIDE = COLUMN - EDGE
PRINTED = 23  # pixels that a cell needs for its number


def draw(figure, v: OcclusionView):
    """The state of an OcclusionExplorer, whose numbers are the View v, as a matplotlib figure."""
    p = Painter(WIDTH, figure.canvas.height)
    c, (rows, columns) = p.colours, v.image.shape
    cell, half = SIDE / max(rows, columns), (v.size - 1) / 2
    first, second, third, fourth = (2 + n * (COLUMN + GAP) + EDGE for n in range(4))
    at, long = [v.row, v.column], v.size * cell

    _titled(p, first, "picture and square", c["input"])
    _sheet(p, v.image, first, TOP, cell, grey)
    _edges(p, first, TOP, cell, v.image.shape, at)
    p.box(first + v.column * cell, TOP + v.row * cell, long, long, fill=grey(v.fill),
          colour=c["kernel"], stroke=3, radius=0)  # fmt: skip
    _noted(p, first, f"read as {v.answer}, with the square as {v.covered_answer}")

    _titled(p, second, "probabilities in %", c["ink"])
    _bars(p, v, second)
    _noted(p, second, "upper: without the square, lower: with it")

    _titled(p, third, f"drop of the {v.show} of {v.target}", c["output"])
    p.box(third, TOP, columns * cell, rows * cell, colour=c["line"], radius=0)
    most, x, y = float(np.abs(v.drops).max()), third + half * cell, TOP + half * cell
    _sheet(p, v.drops, x, y, cell, lambda drop: signed(drop, most, SIGNED_LIGHT), printed=True)
    _edges(p, x, y, cell, v.drops.shape, at)
    p.box(x + v.column * cell, y + v.row * cell, cell, cell, colour=c["kernel"], stroke=3, radius=1)
    _noted(p, third, "red: it falls with the square's middle here, blue: it rises")

    _titled(p, fourth, f"saliency of {v.target}", c["ink"])
    top = float(v.saliency.max())
    _sheet(p, v.saliency, fourth, TOP, cell, lambda value: grey(value / (top or 1)), printed=True)
    _edges(p, fourth, TOP, cell, v.saliency.shape, [None, None])
    p.box(fourth + v.column * cell, TOP + v.row * cell, long, long, colour=c["kernel"],
          stroke=1.5, radius=0)  # fmt: skip
    _noted(p, fourth, f"black is 0, white is {decimal(top)}")
    p.result(spelled(v), TOP + SIDE + 46)
    p.axes.set(xlim=(0, p.width), ylim=(p.height, 0), aspect="auto")
    return p.figure


def _titled(p, x, words, colour):
    size = 14.0
    while size > 11 and p.measure(words, size, True) > COLUMN - 4:
        size -= 0.5
    p.text(words, x - EDGE, TOP - 28, size=size, bold=True, align="left", colour=colour)


def _noted(p, x, words):
    p.paragraph(words, x - EDGE, TOP + SIDE + 14, COLUMN - 4, size=12, colour=p.colours["quiet"])


def _sheet(p, values, x, y, cell, shade, *, printed=False):
    """A square in its colour for each of some numbers, with the number where it is large enough."""
    shades = [[shade(float(value)) for value in line] for line in values]
    down, across = values.shape
    pixels = np.array([[rgb(colour) for colour in line] for line in shades])
    p.axes.imshow(pixels, extent=(x, x + across * cell, y + down * cell, y),
                  interpolation="nearest", zorder=p._next())  # fmt: skip
    p.box(x, y, across * cell, down * cell, colour=p.colours["line"], radius=0)
    if not printed or cell < PRINTED:
        return
    look = p.lettering(values, cell)
    for (i, j), value in np.ndenumerate(values):
        p.text(look["write"](float(value)), x + (j + 0.5) * cell, y + (i + 0.5) * cell,
               size=look["size"], colour=text_on(shades[i][j]))  # fmt: skip


def _edges(p, x, y, cell, shape, lit):
    """Numbers of rows and columns beside a grid, as many as there is room for."""
    step = 1 if cell >= 13 else 5
    for axis, (many, now) in enumerate(zip(shape, lit, strict=True)):
        for n in range(0, many, step):
            look = {
                "size": 11,
                "bold": n == now,
                "colour": p.colours["kernel" if n == now else "quiet"],
            }
            if axis:
                p.text(str(n), x + (n + 0.5) * cell, y - 7, **look)
            else:
                p.text(str(n), x - 3, y + (n + 0.5) * cell, align="right", **look)


def _bars(p, v, x):
    c, wide = p.colours, SIDE - 14 - 74
    pairs = list(zip(ops.softmax(v.scores), ops.softmax(v.covered_scores), strict=True))
    step = SIDE / len(pairs)
    tall = min(9, step * 0.4)
    for k, (chance, left) in enumerate(pairs):
        middle, asked = TOP + (k + 0.5) * step, k == v.target
        if asked:
            p.box(x - EDGE, middle - step / 2, SIDE + EDGE, step, colour=c["output"], stroke=2)
        p.text(str(k), x - 4, middle, size=12, bold=asked, colour=c["output" if asked else "ink"])
        p.box(x + 8, middle - tall, max(1, wide * chance), tall, fill=c["input_soft"],
              colour=c["input"], radius=0)  # fmt: skip
        p.box(x + 8, middle, max(1, wide * left), tall, fill=c["kernel"], radius=0)
        words = f"{decimal(100 * chance, 1)} → {decimal(100 * left, 1)}"
        p.text(words, x + SIDE - 4, middle, size=11, align="right", bold=k == v.covered_answer)
