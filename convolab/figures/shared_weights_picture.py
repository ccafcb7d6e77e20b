"""The still picture of SharedWeights: the places and strokes of shared_weights.js."""

from __future__ import annotations

import numpy as np

from convolab.figures.colours import LIGHT, SIGNED_LIGHT, rgb, signed
from convolab.figures.number_text import decimal, weight
from convolab.figures.painter import Painter
from convolab.figures.shared_weights_view import KINDS, spelled

WIDTH = 860
TOP, BOTTOM = 78, 270


def draw(figure, v):
    """The state of a SharedWeights, whose numbers are the View v, as a matplotlib figure."""
    p = Painter(WIDTH, figure.canvas.height)
    c, across, outputs = p.colours, len(v.padded), len(v.matrix)
    left = p.width * 0.54
    step = min(56, left / across)
    start = (left - step * across) / 2 + step / 2
    radius = min(19, step * 0.43)
    spread = min(figure.stride, across / outputs)
    xs = start + np.arange(across) * step
    tops = start + ((across - 1) / 2 + (np.arange(outputs) - (outputs - 1) / 2) * spread) * step

    _wires(p, v, xs, tops, radius)
    _neurons(p, v, xs, tops, radius)
    x, y = (xs[v.lit] + tops[v.output]) / 2, (TOP + BOTTOM) / 2
    words = weight(v.matrix[v.output, v.lit])
    wide = p.measure(words, 14, True) + 12
    p.box(x - wide / 2, y - 12, wide, 24, fill=c["paper"], colour=c["kernel"], stroke=2)
    p.text(words, x, y, size=14, bold=True, colour=c["kernel"])
    p.text("outputs", 4, 15, size=14, bold=True, align="left", colour=c["output"])
    p.text("inputs", 4, 318, size=14, bold=True, align="left", colour=c["input"])

    side = min(36, (p.width - left - 44) / across, 250 / outputs)
    _matrix(p, v, left + 40, 46, side)
    p.result(spelled(v), 336)
    _counts(p, figure, v)
    return p.figure


def _wires(p, v, xs, tops, radius):
    largest = float(np.abs(v.matrix).max()) or 1
    # Faint ones first, those of the chosen output on top.
    for o, column in sorted(np.argwhere(v.wired).tolist(), key=lambda at: at[0] == v.output):
        w, chosen = v.matrix[o, column], o == v.output
        extra = (2.5 if column == v.lit else 0.6) if chosen else 0
        colour = SIGNED_LIGHT[4 if w > 0 else 0] if w else LIGHT["padding"]
        width = 0.8 + extra + 2.6 * abs(w) / largest if w else 1 + extra
        p.line(
            [(xs[column], BOTTOM - radius), (tops[o], TOP + radius)],
            colour=colour if chosen else _faint(colour), width=width, dash=None if w else (3, 4),
        )  # fmt: skip


def _faint(colour: str) -> str:
    return "#" + "".join(f"{int(255 * (0.72 + 0.28 * part) + 0.5):02x}" for part in rgb(colour))


def _neurons(p, v, xs, tops, radius):
    c, size = p.colours, max(9, min(13, radius * 0.85))
    for column, (x, value) in enumerate(zip(xs, v.padded, strict=True)):
        if v.outside(column):
            r = radius * 0.85
            p.hatch(x - r, BOTTOM - r, 2 * r, 2 * r)
            p.text("0", x, BOTTOM, size=size, colour=c["quiet"])
            continue
        p.head(x, BOTTOM, "input", size=radius, fill=c["input_soft"])
        p.text(decimal(value, 1), x, BOTTOM, size=size)
        p.text(str(column - v.padding), x, BOTTOM + radius + 13, size=12, colour=c["quiet"])
    for o, (x, value) in enumerate(zip(tops, v.sums, strict=True)):
        now = o == v.output
        if now:
            p.head(x, TOP, "input", size=radius + 2, fill=c["output"], colour=c["output"])
        p.head(x, TOP, "input", size=radius, fill=c["output_soft"], colour=c["output"])
        p.text(decimal(value, 1), x, TOP, size=size, bold=now)
        p.text(str(o), x, TOP - radius - 11, size=12, colour=c["quiet"])


def _matrix(p, v, left, top, side):
    c, largest = p.colours, float(np.abs(v.matrix).max())
    print_ = p.lettering(v.matrix[v.wired], side, weight)
    p.text("the same as a matrix", left, 15, size=14, bold=True, align="left", colour=c["kernel"])
    for (o, column), w in np.ndenumerate(v.matrix):
        x, y = left + column * side, top + o * side
        if v.wired[o, column]:
            p.cell(x, y, side, w, fill=signed(w, largest, SIGNED_LIGHT), **print_)
            continue
        if v.outside(column):
            p.hatch(x, y, side, side)
        p.box(x, y, side, side, colour=c["line"], radius=0)
    for o in range(len(v.matrix)):
        p.text(str(o), left - 9, top + (o + 0.5) * side, size=12, colour=c["quiet"])
    for i in range(len(v.padded) - 2 * v.padding):
        p.text(str(i), left + (i + v.padding + 0.5) * side, top - 9, size=12, colour=c["quiet"])
    row = top + v.output * side
    p.box(left, row, len(v.padded) * side, side, colour=c["output"], stroke=2, radius=0)
    p.box(left + v.lit * side, row, side, side, colour=c["kernel"], stroke=3.5, radius=2)


def _counts(p, figure, v):
    c, x = p.colours, 14
    p.text("weights to learn:", x, 399, size=15, align="left", colour=c["quiet"])
    x += p.measure("weights to learn:", 15) + 16
    for kind in KINDS:
        now, words = kind == figure.kind, f"{kind} {v.counts[kind] if figure.canvas.count else '?'}"
        wide = p.measure(words, 15, now) + 18
        if now:
            p.box(x - 9, 386, wide, 26, fill=c["kernel_soft"], colour=c["kernel"])
        colour = c["kernel" if now else "ink"]
        p.text(words, x, 399, size=15, bold=now, align="left", colour=colour)
        x += wide + 12
