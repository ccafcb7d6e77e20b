"""The still picture of SlidingKernel2D: the places and strokes of sliding_kernel_2d.js."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from convolab.figures.colours import SIGNED_LIGHT, grey, signed
from convolab.figures.number_text import decimal, weight
from convolab.figures.painter import Painter
from convolab.figures.sliding_kernel_2d_view import spelled

WIDTH = 860


def draw(figure, v):
    """The state of a SlidingKernel2D, whose numbers are the View v, as a matplotlib figure."""
    p = Painter(WIDTH, figure.canvas.height)
    image = figure.image
    low, high = min(0.0, image.min()), max(image.max(), min(0.0, image.min()) + 1e-9)

    def shade(value):
        return grey((value - low) / (high - low))

    down, across = v.padded.shape
    rows, columns = v.output.shape
    gap = 86
    room, products = p.height - 266, p.height - 176
    side = min(50, room / max(down, rows), (p.width - 30 - gap) / (across + columns))
    left, top = max(20, (p.width - side * (across + columns) - gap) / 2), 46
    _image(p, v, image.shape, shade, left, top, side)
    _output(p, v, left, top, side, left + side * across + gap)
    _products(p, figure, v, shade, products)
    p.result(spelled(v), products + 132)
    return p.figure


def _numbered(p, x, y, side, vertical, horizontal, role):
    """Numbers above a grid and at its left, from 0; (lead, count, first, last) is in which place
    they begin, how many they are and which of them are bold."""
    c = p.colours
    for (lead, count, first, last), across in ((vertical, False), (horizontal, True)):
        for n in range(count):
            bold, middle = first <= n <= last, (lead + n + 0.5) * side
            look = {"size": 11, "bold": bold, "colour": c[role if bold else "quiet"]}
            if across:
                p.text(str(n), x + middle, y - 9, **look)
            else:
                p.text(str(n), x - 6, y + middle, align="right", **look)


def _image(p, v, shape, shade, left, top, side):
    print_ = p.lettering(v.padded, side)
    for (r, k), value in np.ndenumerate(v.padded):
        x, y = left + k * side, top + r * side
        row, column = r - v.vertical[0], k - v.horizontal[0]
        if 0 <= row < shape[0] and 0 <= column < shape[1]:
            p.cell(x, y, side, value, fill=shade(value), **print_)
        else:
            p.hatch(x, y, side, side)
            p.cell(x, y, side, value, ink=p.colours["quiet"], **print_)
    kh, kw = v.lying.shape
    for colour, stroke in (("paper", 6), ("kernel", 3)):
        p.box(
            left + v.column * side, top + v.row * side, kw * side, kh * side,
            colour=p.colours[colour], stroke=stroke, radius=2,
        )  # fmt: skip
    vertical, horizontal = (
        (v.vertical[0], shape[0], *v.rows),
        (v.horizontal[0], shape[1], *v.columns),
    )
    _numbered(p, left, top, side, vertical, horizontal, "kernel")
    p.text("image f", left, 14, size=14, bold=True, align="left", colour=p.colours["input"])


def _output(p, v, left, top, side, right):
    c, down, print_ = p.colours, top + side * v.vertical[0], p.lettering(v.output, side)
    for (r, k), value in np.ndenumerate(v.output):
        x, y = right + k * side, down + r * side
        if (r, k) <= (v.row, v.column):
            p.cell(x, y, side, value, fill=c["output_soft"], ink=c["ink"], **print_)
        else:
            p.box(x, y, side, side, colour=c["line"], radius=0)
    x, y = right + v.column * side, down + v.row * side
    p.box(x, y, side, side, colour=c["output"], stroke=3, radius=2)
    vertical, horizontal = (
        (0, many, now, now) for many, now in zip(v.output.shape, (v.row, v.column), strict=True)
    )
    _numbered(p, right, down, side, vertical, horizontal, "output")
    p.text("output y", right, down - 32, size=14, bold=True, align="left", colour=c["output"])
    start = (right - 78, top + (v.row + v.lying.shape[0] / 2) * side)
    p.arrow(start, (right - 22, y + side / 2), colour=c["kernel"])


def _products(p, figure, v, shade, top):
    c, (kh, kw), gap = p.colours, v.lying.shape, 40
    side = min(34, 118 / kh, (p.width - 130) / (3 * kw))
    largest = float(np.abs(v.lying).max())
    name = "kernel g, flipped" if figure.flip else "kernel g, not flipped"
    grids = (
        ("patch", "input", v.patch, decimal, shade),
        (name, "kernel", v.lying, weight, lambda w: signed(w, largest, SIGNED_LIGHT)),
        ("products", "ink", v.products, decimal, lambda _: c["paper"]),
    )
    # As far apart as the grids or, where these are small, the words above them need.
    words = [p.measure(title, 13, True) for title, *_ in grids]
    pitch = max(kw * side + gap, *((a + b) / 2 + 10 for a, b in pairwise(words)))
    x = (p.width - 2 * pitch - kw * side) / 2
    for (title, role, values, write, fill), sign in zip(grids, "⊙= ", strict=True):
        print_ = p.lettering(values, side, write)
        for (i, j), value in np.ndenumerate(values):
            here = (x + j * side, top + i * side, side)
            if title == "patch" and not v.inside[i, j]:
                p.hatch(*here, side)
                p.cell(*here, 0, ink=c["quiet"], **print_)
            else:
                p.cell(*here, value, fill=fill(value), **print_)
        middle = x + kw * side / 2
        p.text(title, middle, top - 13, bold=True, colour=c[role])
        middle = x + (kw * side + pitch) / 2
        p.text(sign, middle, top + kh * side / 2, size=22, colour=c["quiet"])
        x += pitch
