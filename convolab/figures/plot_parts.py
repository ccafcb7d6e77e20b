"""What the static plots are drawn from: a row of stems, a curve, a grid of numbers."""

from __future__ import annotations

from convolab.figures.colours import text_on
from convolab.figures.number_text import decimal, weight
from convolab.figures.painter import Painter
from convolab.figures.picture import Picture

WIDTH = 720


def stem_row(p, numbers, role, top, bottom, *, start=0, places=None, both=None):
    """Stems from left to right between two heights, on the scale of `both`; 0 is on the scale."""
    column = min(64, (p.width - 20) / (places or len(numbers)))
    both = both or numbers
    high, low = max(0, *both), min(0, *both)
    unit = (bottom - top) / ((high - low) or 1)
    base = bottom + low * unit
    p.line([(10, base), (10 + column * (places or len(numbers)), base)])
    for i, value in enumerate(numbers):
        x, y = 10 + (i + 0.5) * column, base - value * unit
        p.stem(x, base, y, role)
        text = (weight if role == "kernel" else decimal)(value)
        if p.measure(text, 12) <= column + 4:
            p.text(text, x, y + (14 if value < 0 else -14), size=12)
        if column >= 22 or i % 5 == 0:
            p.text(
                str(start + i),
                x,
                bottom + (34 if low < 0 else 24),
                size=11,
                colour=p.colours["quiet"],
            )


def curve(p, numbers, role, top, bottom, *, places, both, width=1.6, dash=None):
    """A curve between two heights, on the scale of `both`; 0 is on the scale."""
    high, low = max(0, *both), min(0, *both)
    unit = (bottom - top) / ((high - low) or 1)
    base = bottom + low * unit
    p.line([(10, base), (p.width - 10, base)])
    step = (p.width - 20) / (places - 1)
    points = [(10 + i * step, base - value * unit) for i, value in enumerate(numbers)]
    p.line(points, colour=p.colours[role], width=width, dash=dash)


def grid(rows, title, fill, alt, labels=None) -> Picture:
    """Numbers in cells of the colours that `fill(value)` gives, called row by row."""
    across, down = len(rows[0]), len(rows)
    texts = [[weight(value) if abs(value) < 1 else decimal(value) for value in row] for row in rows]
    longest = max(len(text) for row in texts for text in row)
    side = max(18, min(46, (WIDTH - 60) // across))
    wide = max(side, min(8 * longest + 10, (WIDTH - 60) // across))
    left, top = (44 if labels else 1), (28 if title else 1) + (22 if labels else 0)
    p = Painter(max(left + across * wide + 1, 160), top + down * side + 1)
    p.text(title, 2, 13, size=14, bold=True, align="left")
    size = max(8, min(14, side * 0.42, (wide - 3) / (0.62 * longest)))
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            colour = fill(value)
            x, y = left + j * wide, top + i * side
            p.box(x, y, wide, side, fill=colour, colour=p.colours["line"], radius=0)
            p.text(texts[i][j], x + wide / 2, y + side / 2, size=size, colour=text_on(colour))
    for i, label in enumerate(labels or ()):
        p.text(label, left - 8, top + (i + 0.5) * side, align="right", size=12)
        p.text(label, left + (i + 0.5) * wide, top - 11, size=12)
    return Picture.of(p.figure, alt)
