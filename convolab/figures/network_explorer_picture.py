"""The still picture of NetworkExplorer: the places and strokes of network_explorer.js."""

from __future__ import annotations

import numpy as np

from convolab import ops
from convolab.figures.colours import SIGNED_LIGHT, grey, signed
from convolab.figures.network_explorer_view import LAYERS, SIZES, spelled, tiles
from convolab.figures.number_text import decimal
from convolab.figures.painter import Painter, Square

WIDTH = 860
TOP, MIDDLE, PANEL, PAD, BARS, GAP = 40, 150, 292, 168, 92, 13
GRIDS = ((1, 1, 118), (2, 3, 56), (2, 3, 40), (4, 4, 34), (4, 4, 22), (6, 20, 8), (6, 14, 8))


def draw(figure, outputs, u):
    """The state of a NetworkExplorer as a matplotlib figure."""
    p = Painter(WIDTH, figure.canvas.height)
    c, canvas = p.colours, figure.canvas
    scale = (p.width - BARS - 8 - 7 * GAP) / 762
    x = 2.0
    for layer, (across, down, size) in enumerate(GRIDS):
        side, between = size * scale, (min(6, 6 * scale) if layer < 5 else 0)
        wide, tall = (n * (side + between) - between for n in (across, down))
        _title(p, layer, canvas.layer, x + wide / 2)
        most = float(outputs[layer].max()) or 1
        corners = [
            (x + m % across * (side + between), MIDDLE - tall / 2 + m // across * (side + between))
            for m in range(SIZES[layer][0])
        ]
        if layer >= 5:
            shades = [grey(float(value) / most) for value in outputs[layer]]
            p.boxes(corners, side - 0.5, shades, colour=c["line"], stroke=0.5)
        for m, (left, top) in enumerate(corners):
            if layer < 5:
                _map(p, outputs[layer][m], left, top, side, side, most if layer else 1)
            _frame(p, canvas, u, layer, m, Square(left, top, side))
        x += wide + GAP
    _title(p, 7, canvas.layer, (x + p.width - 2) / 2)
    _bars(p, x, p.width - x - 2, outputs[7], canvas)
    p.text(figure.where(), 14, PANEL - 16, size=14, bold=True, align="left", colour=c["output"])
    if canvas.layer == 0:
        _map(p, outputs[0][0], 14, PANEL + 6, PAD, PAD, 1)
        p.box(14, PANEL + 6, PAD, PAD, colour=c["input"], stroke=2, radius=0)
    else:
        _panels(p, u, canvas.layer)
    p.result(spelled(u, canvas.layer, canvas.map), 482)
    p.axes.set(xlim=(0, p.width), ylim=(p.height, 0), aspect="auto")
    return p.figure


def _title(p, layer, chosen, x):
    c = p.colours
    colour = c["output"] if layer == chosen else c["ink" if layer else "input"]
    name = {5: "D1", 6: "D2"}.get(layer, LAYERS[layer])
    p.text(name, x, 12, size=13, bold=True, colour=colour)
    p.text("×".join(map(str, SIZES[layer])), x, 29, size=11, colour=c["quiet"])


def _map(p, values, x, y, wide, tall, most):
    p.axes.imshow(values, cmap="gray", vmin=0, vmax=most, extent=(x, x + wide, y + tall, y),
                  interpolation="nearest", zorder=p._next())  # fmt: skip
    p.box(x, y, wide, tall, colour=p.colours["line"], stroke=0.5, radius=0)


def _frame(p, canvas, u, layer, m, at):
    """The chosen unit's frame, and that of the patch which it sees, on the map in a Square."""
    c, chosen, (x, y, side) = p.colours, canvas.layer, at
    pixel = side / (SIZES[layer][1] if layer < 5 else 1)
    if layer == chosen and m == canvas.map:
        mark = max(4, pixel)
        p.box(x + (canvas.column + 0.5) * pixel - mark / 2,
              y + (canvas.row + 0.5) * pixel - mark / 2,
              mark, mark, colour=c["wrong"], stroke=2, radius=0)  # fmt: skip
        if layer < 5:
            p.box(x - 1, y - 1, side + 2, side + 2, colour=c["output"], stroke=2, radius=1)
    if layer != chosen - 1 or layer >= 5:
        return
    if chosen == 5:
        p.box(x, y, side, side, colour=c["input"], stroke=1.5, radius=0)
    elif u.weights is not None or m == canvas.map:
        (top, left), (_, h, w) = u.inside, u.seen.shape
        p.box(x + left * pixel, y + top * pixel, w * pixel, h * pixel, colour=c["input"],
              stroke=2, radius=0)  # fmt: skip


def _bars(p, x, wide, scores, canvas):
    c, chances = p.colours, ops.softmax(scores)
    for i, chance in enumerate(chances):
        y, strong = TOP + 6 + i * 22, i == chances.argmax()
        p.text(str(i), x + 7, y + 8, bold=bool(strong), colour=c["output" if strong else "ink"])
        colour = c["output" if strong else "quiet"]
        p.box(x + 18, y, max(1, (wide - 62) * chance), 16, fill=colour, radius=0)
        p.text(f"{decimal(100 * chance, 1)} %", x + wide, y + 8, size=11, align="right",
               colour=colour)  # fmt: skip
        if canvas.layer == 7 and canvas.map == i:
            p.box(x, y - 3, wide + 1, 22, colour=c["wrong"], stroke=2, radius=3)


def _panels(p, u, layer):
    """What the unit sees ⊙ its weights = the products, cell by cell."""
    c, (_, h, w) = p.colours, u.seen.shape
    every = [u.seen] if u.weights is None else [u.seen, u.weights, u.seen * u.weights]
    down, across = tiles(u.seen).shape
    cell = min((p.width - 28 - 80) / 3 / across, 160 / down, 40)
    most = float(u.seen.max()) or 1 if layer > 1 else 1
    named = zip(("sees", "weights", "products"), ("input", "kernel", "output"), every, strict=False)
    for n, (name, role, maps) in enumerate(named):
        x, y, values = 14 + n * (across * cell + 40), PANEL + 14, tiles(maps)
        p.text(name, x, PANEL + 4, size=12, align="left", bold=True, colour=c[role])
        largest = float(np.abs(values).max())
        fills = {
            at: signed(value, largest, SIGNED_LIGHT) if n else grey(value / most)
            for at, value in np.ndenumerate(values)
        }
        if cell >= 20:
            for (i, j), fill in fills.items():
                p.cell(x + j * cell, y + i * cell, cell, values[i, j], fill=fill)
        else:
            p.boxes([(x + j * cell, y + i * cell) for i, j in fills], cell, list(fills.values()))
        for i in range(0, down, h):
            for j in range(0, across, w):
                p.box(x + j * cell, y + i * cell, w * cell, h * cell, colour=c["quiet"], radius=0)
        if n < len(every) - 1:
            p.text("=" if n else "⊙", x + across * cell + 20, y + down * cell / 2, size=20,
                   colour=c["quiet"])  # fmt: skip
