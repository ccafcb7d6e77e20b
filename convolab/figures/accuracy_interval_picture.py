"""The still picture of AccuracyInterval: the places and strokes of accuracy_interval.js."""

from __future__ import annotations

from convolab.figures.accuracy_interval_view import compared, spelled
from convolab.figures.number_text import decimal
from convolab.figures.painter import Painter

WIDTH = 860
TOP, STEP, BAR = 30, 54, 16
LEFT, RIGHT = 22, 24


def draw(figure, v):
    """The state of an AccuracyInterval, whose numbers are the View v, as a matplotlib figure."""
    p = Painter(WIDTH, figure.canvas.height)
    c, bottom = p.colours, TOP + STEP * len(v.rows)
    wide = p.width - LEFT - RIGHT

    def place(share):
        return LEFT + wide * (share - v.start) / (100 - v.start)

    p.text(f"{v.pictures} test pictures", LEFT, 14, size=14, bold=True, align="left")
    for share in range(v.start, 101, 10):
        p.line([(place(share), TOP), (place(share), bottom)], colour=c["line"])
        p.text(f"{share} %", place(share), bottom + 13, size=12, colour=c["quiet"])
    for n, row in enumerate(v.rows):
        now, y = n == v.network, TOP + n * STEP
        words = f"{row.name}: {decimal(row.share, 1)} %"
        p.box(LEFT, y + 4, p.measure(words, 14, now) + 10, 20, fill=c["paper"], radius=0)
        p.text(words, LEFT + 2, y + 14, size=14, bold=now, align="left", colour=c["input"])
        p.box(LEFT, y + 28, max(0, place(row.share) - LEFT), BAR,
              fill=c["input_soft"], colour=c["input"], radius=0)  # fmt: skip
        _whisker(p, place(row.low), place(row.high), y + 28 + BAR / 2, now)
        p.head(place(row.share), y + 28 + BAR / 2, "input", size=4)
    p.result(spelled(v), bottom + 34)
    p.text(compared(v), LEFT, bottom + 96, size=14, align="left", colour=c["quiet"])
    return p.figure


def _whisker(p, low, high, y, now):
    colour, width = p.colours["output"], 3 if now else 2
    p.line([(low, y), (high, y)], colour=colour, width=width)
    for end in (low, high):
        p.line([(end, y - 9), (end, y + 9)], colour=colour, width=width)
