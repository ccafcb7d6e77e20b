"""The still picture of PoolingExplorer: the places and strokes of pooling_explorer.js."""

from __future__ import annotations

from functools import partial

import numpy as np

from convolab.figures.colours import grey, rgb, signed
from convolab.figures.number_text import decimal
from convolab.figures.painter import Painter
from convolab.figures.pooling_explorer_view import drift_words, percent

WIDTH = 860
HALF = WIDTH / 2
MAP, POOLED = 220, 140  # the largest heights of the grids
LEGIBLE = 17  # the smallest cell that has a number in it
_one_decimal = partial(decimal, places=1)


def draw(figure, v):
    """The state of a PoolingExplorer, whose numbers are the View v, as a matplotlib figure."""
    p = Painter(WIDTH, figure.canvas.height)
    c, (h, w), (rows, columns) = p.colours, figure.feature_map.shape, v.pooled.shape
    side = min(56, MAP / h, (HALF - 24) / w)
    small = min(48, POOLED / rows, (HALF - 24) / columns)
    spare = MAP - h * side
    top = 32 + 0.25 * spare
    below = top + h * side + 42 + 0.2 * spare
    moved = "not moved"
    if figure.shift:
        moved = f"moved {abs(figure.shift)} {'right' if figure.shift > 0 else 'left'}"
    if figure.noise:
        moved += f", noise {figure.noise} %"
    title = {"size": 14, "bold": True, "align": "left"}
    for n, name in enumerate(("feature map", moved)):
        x = HALF * (n + 0.5) - w * side / 2
        _map(p, figure, v, n, x, top, side)
        p.text(name, x, top - 15, colour=c["input"], **title)
    for n, name in enumerate((f"{figure.how} pooled", "pooled again")):
        x = HALF * (n + 0.5) - columns * small / 2
        _pooled(p, v, n, x, below, small)
        p.text(name, x, below - 15, colour=c["output"], **title)
    reach, middle = min(20, HALF / 2 - w * side / 2 - 5), top + h * side / 2
    p.arrow((HALF - reach, middle), (HALF + reach, middle), colour=c["quiet"])
    _meter(p, v, 452)
    p.box(1, 506, p.width - 2, 50, fill=c["faint"], radius=6)
    chosen = v.row, v.column
    role = "wrong" if v.change[chosen] >= 1e-9 else "output"
    _window(p, "before: ", figure.how, v.before, v.pooled[chosen], "output", 521)
    _window(p, "after: ", figure.how, v.later, v.pooled_after[chosen], role, 542)
    return p.figure


def _shading(values):
    """Greys from black at 0, or from blue over 0 to red where some values are below it."""
    low, high = values.min(), max(values.max(), 1e-9)
    if low >= 0:
        return lambda value: grey(value / high)
    return lambda value: signed(value, max(high, -low))


def _painted(p, fills, x, y, side):
    """Many small cells at once: rows of colours."""
    rows, columns = len(fills), len(fills[0])
    p.axes.imshow(
        [[rgb(fill) for fill in row] for row in fills], aspect="auto",
        extent=(x, x + columns * side, y + rows * side, y), interpolation="nearest",
    )  # fmt: skip
    p.axes.set(xlim=(0, p.width), ylim=(p.height, 0))


def _map(p, figure, v, n, x, y, side):
    c, size, stride, shift = p.colours, figure.size, figure.stride, figure.shift
    values = v.after if n else figure.feature_map
    shade, (h, w) = _shading(figure.feature_map), values.shape
    down, across = ((count - 1) * stride + size for count in v.pooled.shape)
    if side < LEGIBLE:
        _painted(p, [[shade(value) for value in row] for row in values], x, y, side)
    for (r, k), value in np.ndenumerate(values):
        here = (x + k * side, y + r * side, side)
        ink, fill = c["quiet"], None
        if r >= down or k >= across:
            p.box(*here, side, fill=c["paper"], colour=c["padding"], dash=(2, 2), radius=0)
        elif n and (k < shift or k >= w + shift):
            p.hatch(*here, side)
        else:
            ink, fill = None, shade(value)
        if side >= LEGIBLE:
            p.cell(*here, value, fill=fill, ink=ink, write=_one_decimal)
    wide, step = size * side, stride * side
    for r, k in np.ndindex(v.pooled.shape) if step >= 8 else ():
        p.box(x + k * step, y + r * step, wide, wide, colour=c["input"], radius=0)
    p.box(x, y, w * side, h * side, colour=c["input"], radius=0)
    for colour, stroke in (("paper", 6), ("kernel", 3)):
        p.box(
            x + v.column * step, y + v.row * step, wide, wide, colour=c[colour], stroke=stroke,
            radius=2,
        )  # fmt: skip


def _pooled(p, v, n, x, y, side):
    """A pooled map; a red stroke in a cell says that it differs from before."""
    c, values = p.colours, (v.pooled, v.pooled_after)[n]
    numbers, lost = side >= LEGIBLE, (v.change >= 1e-9) & (n == 1)
    if not numbers:
        shade = _shading(np.stack([v.pooled, v.pooled_after]))
        _painted(p, [[shade(value) for value in row] for row in values], x, y, side)
    stroke = 8 if numbers else side - 1
    for (r, k), value in np.ndenumerate(values):
        left, top = x + k * side, y + r * side
        if numbers:
            fill = c["wrong_soft" if lost[r, k] else "output_soft"]
            p.cell(left, top, side, value, fill=fill, ink=c["ink"], write=_one_decimal)
        if lost[r, k]:
            right = left + side - 1
            points = [(right - stroke, top + 1), (right, top + 1 + stroke)]
            p.line(points, colour=c["wrong"], width=2 if numbers else 1.5)
    rows, columns = values.shape
    p.box(x, y, columns * side, rows * side, colour=c["output"], radius=0)
    here = (x + v.column * side, y + v.row * side, side, side)
    p.box(*here, colour=c["kernel"], stroke=3, radius=2)


def _window(p, lead, how, values, result, role, y):
    """One window spelled out, with fewer of its values where there is no room for all."""
    c, texts = p.colours, [_one_decimal(value) for value in values]
    for shown in (texts, [*texts[:4], "…", *texts[-4:]]):
        pieces = [
            (f"{lead}{how}(", c["quiet"], False), (", ".join(shown), c["input"], False),
            (") =", c["quiet"], False), (f" {decimal(result)}", c[role], True),
        ]  # fmt: skip
        for size in (15, 14, 13, 12):
            if sum(p.measure(t, size, bold) for t, _, bold in pieces) <= p.width - 28:
                p.runs(pieces, 14, y, size)
                return


def _meter(p, v, y):
    """How far the pooled values changed; below, how many survived, as a bar and in words."""
    c, width, count = p.colours, p.width - 4, v.pooled.size
    drift = drift_words(v.drift)
    words = f"mean change of a pooled value, as a share of the largest; {drift}"
    p.text(words, 2, y, size=15, bold=True, align="left")
    change = percent(v.mean_change)
    p.text(change, p.width - 2, y, size=19, bold=True, align="right", colour=c["output"])
    p.box(2, y + 13, width, 14, fill=c["wrong_soft"], colour=c["line"])
    for stay, fill in ((v.near, "output_soft"), (v.same, "output")):
        if stay:
            p.box(2, y + 13, width * stay / count, 14, fill=c[fill], colour=c["output"])
    words = f"{v.same} of {count} pooled values stay exactly the same, {v.near} within a tenth"
    p.text(f"{words} of the largest", 2, y + 40, align="left")
