"""The still picture of ConvArithmetic: the places and strokes of conv_arithmetic.js."""

from __future__ import annotations

from convolab.figures.conv_arithmetic_view import posts, reason, spelled
from convolab.figures.painter import Painter

WIDTH = 860
GAP, SLOT, TOP = 70, 252, 32
LEFT = (WIDTH - 2 * SLOT - GAP) / 2
RIGHT = LEFT + SLOT + GAP
STAIRS_TOP, STAIRS = TOP + SLOT + 14, 84


def draw(figure, v):
    """The state of a ConvArithmetic, whose numbers are the View v, as a matplotlib figure."""
    p = Painter(WIDTH, figure.canvas.height)
    side = min(40, SLOT / max(v.padded, v.field))
    _input(p, v, side)
    _output(p, v, side)
    _stairs(p, v, side)
    p.result(spelled(v), 396, p.colours["faint" if v.possible else "wrong_soft"])
    p.paragraph(
        reason(v), 14, 456, p.width - 28, colour=p.colours["ink" if v.possible else "wrong"]
    )
    return p.figure


def _lines(p, x, y, count, side):
    for n in range(count + 1):
        p.line([(x + n * side, y), (x + n * side, y + count * side)])
        p.line([(x, y + n * side), (x + count * side, y + n * side)])


def _cross_out(p, v, side):
    """Rows and columns that no window reaches: a cross in each cell, so that red is not the only
    sign."""
    c, whole = p.colours, v.padded * side
    lanes = [column + v.p for column in v.uncovered]
    for lane in lanes:
        p.box(LEFT + lane * side, TOP, side, whole, fill=c["wrong_soft"], radius=0)
        p.box(LEFT, TOP + lane * side, whole, side, fill=c["wrong_soft"], radius=0)
    look = {"colour": c["wrong"], "width": 0.5 if side < 8 else 1}
    for lane in lanes:
        for start in (0, 1):
            points = [(n * side, (lane + (n + start) % 2) * side) for n in range(v.padded + 1)]
            p.line([(LEFT + over, TOP + along) for along, over in points], **look)
            p.line([(LEFT + along, TOP + over) for along, over in points], **look)


def _numbers(p, v, side):
    """The numbers of the input's columns and rows, as many as there is room for."""
    every = 1 if side >= 15 else 2 if side >= 8 else 5
    for n in range(0, v.i, every):
        middle = (v.p + n + 0.5) * side
        look = {"size": 10, "colour": p.colours["quiet"]}
        p.text(str(n), LEFT + middle, TOP + v.padded * side + 8, **look)
        p.text(str(n), LEFT - 4, TOP + middle, align="right", **look)


def _input(p, v, side):
    c, whole = p.colours, v.padded * side
    x, y, inner = LEFT + v.p * side, TOP + v.p * side, v.i * side
    p.hatch(LEFT, TOP, whole, whole)
    p.box(x, y, inner, inner, fill=c["input_soft"], radius=0)
    _cross_out(p, v, side)
    _lines(p, LEFT, TOP, v.padded, side)
    p.box(x, y, inner, inner, colour=c["input"], stroke=2, radius=0)
    span = v.field * side
    if not v.size:
        p.box(LEFT, TOP, span, span, colour=c["wrong"], stroke=3, radius=2, dash=(7, 5))
    else:
        left, top = LEFT + v.column * v.s * side, TOP + v.row * v.s * side
        for a in range(v.r):
            for b in range(v.r):
                p.box(
                    left + b * v.d * side, top + a * v.d * side, side, side,
                    fill=c["kernel_soft"], colour=c["kernel"], radius=0,
                )  # fmt: skip
        p.box(left, top, span, span, colour=c["paper"], stroke=5, radius=2)
        p.box(left, top, span, span, colour=c["kernel"], stroke=3, radius=2)
    padded = f", padded {v.padded}×{v.padded}" if v.p else ""
    title = f"input {v.i}×{v.i}{padded}"
    p.text(title, LEFT, TOP - 15, size=14, bold=True, align="left", colour=c["input"])
    _numbers(p, v, side)


def _output(p, v, side):
    c, whole = p.colours, v.size * side
    name = "output" if v.possible else "rounded down: output"
    name = f"{name} {v.size}×{v.size}" if v.size else "no output"
    colour = c["output" if v.possible else "wrong"]
    p.text(name, RIGHT, TOP - 15, size=14, bold=True, align="left", colour=colour)
    if not v.size:
        return
    x, y = RIGHT + v.column * side, TOP + v.row * side
    if v.row:
        p.box(RIGHT, TOP, whole, v.row * side, fill=c["output_soft"], radius=0)
    p.box(RIGHT, y, (v.column + 1) * side, side, fill=c["output_soft"], radius=0)
    _lines(p, RIGHT, TOP, v.size, side)
    if not v.possible:
        p.box(RIGHT, TOP, whole, whole, colour=c["wrong"], stroke=3, radius=0, dash=(7, 5))
    p.box(x, y, side, side, fill=c["output"], colour=c["output"], stroke=2, radius=0)
    middle = TOP + (v.row * v.s + v.field / 2) * side
    p.arrow((LEFT + v.padded * side + 7, middle), (RIGHT - 7, y + side / 2), colour=c["kernel"])


def _stairs(p, v, side):
    c = p.colours
    for column in v.uncovered:
        start = LEFT + (v.p + column) * side
        p.box(start, STAIRS_TOP, side, STAIRS, fill=c["wrong_soft"], radius=0)
    rows = max(1, v.size) + bool(v.unused)
    step = min(14, STAIRS / rows)
    tall = max(1.5, step - 3)
    # The window shown is painted last, over its neighbours where they are thin.
    for k in sorted(range(rows), key=lambda k: k == v.column):
        left, y = LEFT + k * v.s * side, STAIRS_TOP + k * step
        if k >= v.size:
            wide = min(v.field * side, RIGHT - 6 - left)
            if wide > 6:
                p.box(left, y, wide, tall, colour=c["wrong"], stroke=1.5, radius=1, dash=(5, 3))
            continue
        now = k == v.column
        if v.d > 1:
            points = [(left, y + tall / 2), (left + v.field * side, y + tall / 2)]
            p.line(points, colour=c["kernel"])
        fill = c["kernel" if now else "padding" if tall < 4 else "kernel_soft"]
        edge = None if now or tall < 4 else c["kernel"]
        for t in range(1 if v.d == 1 else v.r):
            wide = v.field * side if v.d == 1 else side
            p.box(left + t * v.d * side, y, wide, tall, fill=fill, colour=edge, radius=0)
    lines = posts(v)
    for n, line in enumerate(lines):
        last = n == len(lines) - 1
        role = "quiet" if not last else "output" if v.possible else "wrong"
        y = STAIRS_TOP + 10 + 20 * n
        p.text(line, RIGHT, y, align="left", bold=last, colour=c[role])
