"""The still picture of PoolingExplorer: the places and strokes of pooling_explorer.js."""

from __future__ import annotations

from functools import partial

import numpy as np

from convolab.figures.colours import grey
from convolab.figures.painter import Painter
from convolab.figures.pooling_explorer_view import spelled
from convolab.figures.words import decimal

WIDTH = 860


def draw(figure, v):
    """The state of a PoolingExplorer, whose numbers are the View v, as a matplotlib figure."""
    p = Painter(WIDTH, figure.canvas.height)
    c, half, (h, w) = p.colours, WIDTH / 2, figure.feature_map.shape
    side = min(56, 236 / h, (half - 30) / w)
    rows, columns = v.pooled.shape
    small = min(48, 150 / rows, (half - 30) / columns)
    moved = "not moved"
    if figure.shift:
        moved = f"moved {abs(figure.shift)} {'right' if figure.shift > 0 else 'left'}"
    if figure.noise:
        moved += f", noise {figure.noise} %"
    maps = (("feature map", figure.feature_map), (moved, v.after))
    for n, (name, values) in enumerate(maps):
        x = half * (n + 0.5) - w * side / 2
        p.text(name, x, 15, size=14, bold=True, align="left", colour=c["input"])
        _map(p, figure, values, v, x, 30, side)
    for n, pooled in enumerate((v.pooled, v.pooled_after)):
        x = half * (n + 0.5) - columns * small / 2
        name = "pooled again" if n else f"{figure.how} pooled"
        p.text(name, x, 305, size=14, bold=True, align="left", colour=c["output"])
        for (r, k), value in np.ndenumerate(pooled):
            lost = n == 1 and v.change[r, k] >= 1e-9
            fill = c["wrong_soft" if lost else "output_soft"]
            left, top = x + k * small, 320 + r * small
            p.cell(left, top, small, value, fill=fill, ink=c["ink"], write=_one_decimal)
            if lost:
                right = left + small
                p.line([(right - 9, top + 1), (right - 1, top + 9)], colour=c["wrong"], width=2)
        p.box(
            x + v.column * small, 320 + v.row * small, small, small, colour=c["kernel"], stroke=3,
            radius=2,
        )  # fmt: skip
    p.arrow((half - 16, 140), (half + 16, 140), colour=c["quiet"])
    _meter(p, v, 484)
    chosen = v.row, v.column
    words = f"window {v.place}: {spelled(figure.how, v.before, v.pooled[chosen])}"
    p.text(f"{words}, then {decimal(v.pooled_after[chosen])}", 14, 550, size=14, align="left")
    return p.figure


_one_decimal = partial(decimal, places=1)
_whole = partial(decimal, places=0)


def _map(p, figure, values, v, x, y, side):
    c, size, stride = p.colours, figure.size, figure.stride
    low = min(0.0, figure.feature_map.min())
    high = max(figure.feature_map.max(), low + 1e-9)
    down, across = ((count - 1) * stride + size for count in v.pooled.shape)
    for (r, k), value in np.ndenumerate(values):
        here = (x + k * side, y + r * side, side)
        if r >= down or k >= across:
            p.hatch(*here, side)
            p.cell(*here, value, ink=c["quiet"], write=_whole)
        else:
            p.cell(*here, value, fill=grey((value - low) / (high - low)), write=_one_decimal)
    wide, step = size * side, stride * side
    for r, k in np.ndindex(v.pooled.shape):
        p.box(x + k * step, y + r * step, wide, wide, colour=c["input"], radius=0)
    for colour, stroke in (("paper", 6), ("kernel", 3)):
        p.box(
            x + v.column * step, y + v.row * step, wide, wide, colour=c[colour], stroke=stroke,
            radius=2,
        )  # fmt: skip


def _meter(p, v, y):
    c, width, count = p.colours, p.width - 4, v.pooled.size
    p.box(2, y, width, 44, fill=c["wrong_soft"], colour=c["line"], radius=6)
    if v.near:
        p.box(2, y, width * v.near / count, 44, fill=c["faint"], colour=c["line"], radius=6)
    if v.same:
        p.box(2, y, width * v.same / count, 44, fill=c["output_soft"], colour=c["output"], radius=6)
    words = f"{v.same} of {count} pooled values stay exactly the same"
    p.text(words, 14, y + 14, size=15, bold=True, align="left")
    p.text(f"{v.near} stay within a tenth of the largest", 14, y + 33, align="left")
    share = decimal(100 * v.same / count, 1)
    p.text(f"{share} %", p.width - 14, y + 22, size=19, bold=True, align="right")
