"""The still picture of TrainingMonitor: the places and strokes of training_monitor.js."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from convolab.figures.colours import SIGNED_LIGHT, signed
from convolab.figures.number_text import decimal
from convolab.figures.painter import Painter
from convolab.figures.training_monitor_view import (
    accuracy_bottom,
    change_at,
    changed,
    dead_kernels,
    following_words,
    kernels_of,
    loss_top,
    number,
    percent,
)

WIDTH = 860
TOP, TALL, STRIP, MARGIN = 34, 190, 286, 52
BASE = TOP + TALL


def draw(figure, history, following, run):
    """The state of a TrainingMonitor as a matplotlib figure; run: None where it has no presets."""
    p = Painter(WIDTH, figure.canvas.height)
    c, place = p.colours, figure.canvas.place
    last = max(figure.canvas.epochs, len(history))
    wide = (p.width - 2 * MARGIN - 28) / 2
    left, right = MARGIN, 2 * MARGIN + wide + 12

    top = loss_top(history)
    p.text("loss", left, 14, size=14, bold=True, align="left")
    labels = [(0, "0"), (0.5, number(top / 2)), (1, number(top))]
    _frame(p, left, wide, last, history, place, labels)
    _curve(p, left, wide, last, [e.loss for e in history], lambda v: max(0.0, v / top), "input")

    bottom = accuracy_bottom(history)
    p.text("accuracy", right, 14, size=14, bold=True, align="left")
    labels = [(s, f"{decimal(100 * (bottom + s * (1 - bottom)), 0)} %") for s in (0, 0.5, 1)]
    _frame(p, right, wide, last, history, place, labels)
    for role, values in (
        ("input", [e.accuracy for e in history]),
        ("output", [e.validation for e in history]),
    ):
        _curve(p, right, wide, last, values, lambda v: (v - bottom) / (1 - bottom), role)
    end = right + wide
    for word, role in (("validation", "output"), ("training", "input")):
        x = end - p.measure(word, 12)
        p.text(word, x, BASE + 34, size=12, colour=c[role], align="left")
        p.head(x - 10, BASE + 34, role, size=3.5)
        end = x - 30
    p.text("epoch", left + wide / 2, BASE + 34, size=12, colour=c["quiet"])
    half = any(e.units for e in history)
    _strip(p, figure, history, wide if half else p.width - MARGIN - 16)
    if half:
        _unit_bars(p, history[place - 1].units, right, wide, place)
    p.result(_result(history, place, figure.stopped), 386)
    _footer(p, history, place, following, run)
    return p.figure


def _footer(p, history, place, following, run):
    """Under the result: a preset's run, what the next epoch finds, what changed at this one."""
    c, y, room = p.colours, 446, p.width - 28
    if run is not None:
        p.paragraph(run.words() or "run: none chosen yet", 14, y, room, size=12.5)
        y += 20
        if run.trouble:
            p.paragraph(run.trouble, 14, y, room, size=12.5, colour=c["wrong"])
            return
    words = f"next epoch: {following_words(following)}"
    p.paragraph(words, 14, y, room, size=12.5, colour=c["quiet"])
    if note := change_at(history, place):
        p.paragraph(f"since this epoch: {note}", 14, y + 20, room, size=12.5, colour=c["kernel"])


def _unit_bars(p, units, x, wide, place):
    """How many units of each layer are alive: a bar, its dead part hatched, and the numbers."""
    c = p.colours
    title = f"units alive after epoch {place}"
    p.text(title, x, STRIP - 8, size=14, bold=True, align="left", colour=c["output"])
    if not units:
        p.text("none were told", x, STRIP + 20, size=12, align="left", colour=c["quiet"])
        return
    counts = [f"{u.alive} of {u.total}" for u in units]
    tall = min(24, 90 / len(units))
    first = max(p.measure(u.layer, 12) for u in units) + 8
    last = max(p.measure(count, 12) for count in counts) + 8
    room, high = max(8, wide - first - last), min(12, tall - 3)
    for n, (u, count) in enumerate(zip(units, counts, strict=True)):
        y, alive = STRIP + 6 + tall * n, room * u.alive / u.total
        top = y + (tall - high) / 2
        p.text(u.layer, x, y + tall / 2, size=12, align="left")
        if u.dead:
            p.hatch(x + first, top, room, high)
        if alive:
            p.box(x + first, top, alive, high, fill=c["output"], radius=0)
        p.box(x + first, top, room, high, colour=c["line"], radius=0)
        p.text(count, x + first + room + 8, y + tall / 2, size=12, align="left")


def _along(epoch, last):
    return (epoch - 1) / (last - 1) if last > 1 else 0.5


def _frame(p, x, wide, last, history, place, labels):
    """Lines and numbers of a chart, a dashed line where a setting changed, the chosen epoch."""
    c = p.colours
    for share, text in labels:
        y = BASE - share * TALL
        p.line([(x, y), (x + wide, y)])
        p.text(text, x - 7, y, size=12, colour=c["quiet"], align="right")
    step = next((s for s in (1, 2, 5, 10, 20, 50, 100, 200) if last / s * 30 < wide), 500)
    for epoch in sorted({1, *range(step, last + 1, step)}):
        p.text(str(epoch), x + _along(epoch, last) * wide, BASE + 15, size=12, colour=c["quiet"])
    for epoch in changed(history):
        at = x + (_along(epoch, last) - (0.5 / (last - 1) if last > 1 else 0)) * wide
        p.line([(at, TOP), (at, BASE)], colour=c["kernel"], width=1.5, dash=(4, 4))
    if history:
        at = x + _along(place, last) * wide
        p.line([(at, TOP), (at, BASE)], colour=c["ink"])


def _curve(p, x, wide, last, values, share, role):
    points = [
        None if v is None else (x + _along(i, last) * wide, BASE - share(v) * TALL)
        for i, v in enumerate(values, start=1)
    ]
    dash = (6, 4) if role == "output" else None
    for a, b in pairwise(points):
        if a and b:
            p.line([a, b], colour=p.colours[role], width=2, dash=dash)
    for point in filter(None, points):
        p.head(*point, role, size=2 if last > 60 else 3.5)


def _result(history, place, stopped):
    if not history:
        return [("waiting for the first epoch to end", "quiet")]
    e = history[place - 1]
    pieces = [
        (f"epoch {place}:  loss ", "quiet"), (number(e.loss), "input"),
        ("   accuracy ", "quiet"), (percent(e.accuracy), "input"),
        ("   validation ", "quiet"), (percent(e.validation), "output"),
    ]  # fmt: skip
    return [*pieces, ("   stopped", "quiet")] if stopped else pieces


def _strip(p, figure, history, room):
    """The kernels after the chosen epoch, each number in its colour, dead ones crossed out."""
    c, place = p.colours, figure.canvas.place
    epoch, kernels = kernels_of(figure.canvas.kernels, figure.canvas.shapes, place)
    if kernels is None:
        p.text("kernels: none were told", MARGIN, STRIP - 8, colour=c["quiet"], align="left")
        return
    gap, dead = 6, dead_kernels(history[epoch - 1], len(kernels))

    def side_in(lines: int) -> float:
        return min(60, (86 + gap) / lines - gap, (room + gap) / -(-len(kernels) // lines) - gap)

    lines = max((1, 2, 3, 4), key=side_in)
    side, each = side_in(lines), -(-len(kernels) // lines)
    title = f"kernels after epoch {epoch}" + ", crossed: dead" * bool(dead)
    p.text(title, MARGIN, STRIP - 8, size=14, bold=True, align="left",
           colour=c["kernel"])  # fmt: skip
    cell = side / max(kernels.shape[1:])
    for k, kernel in enumerate(kernels):
        x, y = MARGIN + k % each * (side + gap), STRIP + 8 + k // each * (side + gap)
        for (i, j), w in np.ndenumerate(kernel):
            fill = signed(w, 127, SIGNED_LIGHT)
            p.box(x + j * cell, y + i * cell, cell, cell, fill=fill, radius=0)
        right, bottom = x + cell * kernel.shape[1], y + cell * kernel.shape[0]
        p.box(x, y, right - x, bottom - y, colour=c["line"], radius=0)
        for ends in [[(x, y), (right, bottom)], [(x, bottom), (right, y)]] * (k in dead):
            p.line(ends, colour=c["paper"], width=4)
            p.line(ends, colour=c["ink"], width=1.5)
