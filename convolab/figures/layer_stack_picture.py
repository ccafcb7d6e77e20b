"""The still picture of LayerStack: the places and strokes of layer_stack.js."""

from __future__ import annotations

from convolab.figures.layer_stack_view import notes, spelled, volume, window
from convolab.figures.painter import Painter

WIDTH = 860
FLOOR, ROWS = 384, 334  # where the input lies, and how high the stack may grow above it
CELL = 14
NAMES, NUMBERS = 136, 250  # pixels on either side of the maps


def draw(figure, v):
    """The state of a LayerStack, whose numbers are the View v, as a matplotlib figure."""
    p = Painter(WIDTH, figure.canvas.height)
    pitch = min(100, ROWS / max(1, v.count))
    _maps(p, v, pitch)
    _table(p, v, figure, pitch)
    p.result(spelled(v), 407, p.colours["wrong_soft" if v.problem else "faint"])
    p.paragraph(notes(v), 14, 466, p.width - 28, colour=p.colours["wrong" if v.problem else "ink"])
    return p.figure


def _maps(p, v, pitch):
    """The maps' cells and, behind them, the cone from one output down to the input."""
    c = p.colours
    maps = [(v.side, 0.5, 1), *((layer.side, layer.start, layer.jump) for layer in v.layers)]
    # The padding of a layer lies around the map below it.
    around = [layer.padding for layer in v.layers] + [0]
    low = min(s - n * jump - 0.5 for (_, s, jump), n in zip(maps, around, strict=True))
    high = max(
        s + (side - 1 + n) * jump + 0.5 for (side, s, jump), n in zip(maps, around, strict=True)
    )
    room = p.width - NAMES - NUMBERS
    unit = min(26, room / (high - low))
    left = NAMES + (room - unit * (high - low)) / 2 - low * unit

    def middle(n, place):
        return left + (maps[n][1] + place * maps[n][2]) * unit

    wide = [
        max(1, min(max(unit, CELL), unit * jump) - (2 if unit > 6 else 0.5)) for _, _, jump in maps
    ]
    for n in range(len(v.layers), 0, -1):
        first, last = max(0, v.reach[n][0]), min(maps[n][0] - 1, v.reach[n][1])
        below, upper, lower = v.reach[n - 1], FLOOR - n * pitch, FLOOR - (n - 1) * pitch
        start = [
            (middle(n, first) - wide[n] / 2, upper),
            (middle(n - 1, below[0]) - wide[n - 1] / 2, lower),
        ]
        end = [
            (middle(n, last) + wide[n] / 2, upper),
            (middle(n - 1, below[1]) + wide[n - 1] / 2, lower),
        ]
        p.polygon([*start, *reversed(end)], fill=c["kernel_soft"])
        for edge in (start, end):
            p.line(edge, colour=c["kernel"], width=1.5)
    for n, (side, _, _) in enumerate(maps):
        role, y = "output" if n else "input", FLOOR - n * pitch - CELL / 2
        lost = side - (v.layers[n].dropped if n < len(v.layers) else 0)
        for place in range(-around[n], side + around[n]):
            x = middle(n, place) - wide[n] / 2
            seen = v.reach[n][0] <= place <= v.reach[n][1]
            if not 0 <= place < side:
                p.hatch(x, y, wide[n], CELL)
            elif place >= lost:
                p.box(
                    x, y, wide[n], CELL, fill=c["paper"], colour=c["padding"], dash=(2, 2), radius=0
                )
            else:
                p.box(x, y, wide[n], CELL, fill=c[role if seen else f"{role}_soft"], radius=0)


def _table(p, v, figure, pitch):
    """Beside every map: the layer that makes it, its size, parameters, what one output sees."""
    c, right = p.colours, p.width - 6

    def row(y, cells, **style):
        for cell, x in zip(cells, (right - 156, right - 72, right), strict=True):
            p.text(cell, x, y, align="right", **style)

    row(10, ("size", "parameters", "sees"), colour=c["quiet"], size=12)
    for n, layer in enumerate(figure.settings[: len(v.layers) + 1]):
        y, made = FLOOR - (n + 1) * pitch, v.layers[n] if n < len(v.layers) else None
        colour, (what, how) = c["ink" if made else "wrong"], window(layer)
        if figure.layer == n + 1:
            p.box(1, y - 19, NAMES - 10, 38, fill=c["faint"], colour=colour, stroke=1.5, radius=6)
        p.text(f"{n + 1} {what}", 7, y - 8, align="left", bold=True, colour=colour)
        quiet = c["quiet"] if made else colour
        p.text(how, 7, y + 8, size=12, align="left", colour=quiet)
        if made:
            sizes = (volume(made.side, made.channels), f"{made.parameters:,}")
            row(y, (*sizes, f"{made.field}×{made.field}"))
        else:
            row(y, ("impossible", "", ""), colour=colour)
    p.text("input", 7, FLOOR, align="left", bold=True, colour=c["input"])
    p.text(volume(v.side, v.channels), right - 156, FLOOR, align="right", colour=c["input"])
