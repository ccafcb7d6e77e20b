"""Draws pictures in page pixels with matplotlib, with the same strokes as Painter in shared.js."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from math import atan2, cos, inf, sin
from typing import NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import PolyCollection
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, FancyBboxPatch, Polygon, Rectangle

from convolab.figures.colours import LIGHT, text_on
from convolab.figures.fit_text import fitted
from convolab.figures.number_text import decimal
from convolab.figures.picture import SHARPNESS, blank

POINTS = 0.72  # a page pixel in points, at 100 dots an inch
CHARACTER = "DejaVu Sans"  # comes with matplotlib and has the fractions
_RULER = blank(1, 1).canvas.get_renderer()  # measures texts at the dots an inch of every drawing


@functools.lru_cache(maxsize=20_000)
def _width(string: str, size: float, bold: bool) -> float:
    # Letters are fitted to the dots, so they are measured as sharp as they will be drawn.
    points = size * 0.92 * POINTS * SHARPNESS
    font = FontProperties(family=CHARACTER, size=points, weight="bold" if bold else "normal")
    width, _, _ = _RULER.get_text_width_height_descent(string, font, False)
    return width / SHARPNESS


class Square(NamedTuple):
    """Where a square of the page lies: its upper left corner and its side, in pixels."""

    x: float
    y: float
    side: float


class Painter:
    """A drawing of `width` × `height` page pixels, y downwards, in the light theme's colours."""

    def __init__(self, width: int, height: int):
        self.width, self.height, self.colours = width, height, LIGHT
        self.figure = blank(width, height)
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set(xlim=(0, width), ylim=(height, 0))
        self.axes.axis("off")
        self._order = 2.0

    def _next(self) -> float:
        """Everything is painted over what was painted before, whatever its kind."""
        self._order += 0.001
        return self._order

    def _put(self, shape: Artist) -> None:
        """Add a shape to the drawing."""
        # add_patch would fit the axes to each shape, which takes longer than to draw most of them.
        self.axes.add_artist(shape)

    def text(self, string, x, y, *, size=13.0, bold=False, colour=None, align="center"):
        # DejaVu runs wider than a browser's own letters.
        self.axes.text(
            x, y, string, fontsize=size * 0.92 * POINTS, fontweight="bold" if bold else "normal",
            color=colour or self.colours["ink"], ha=align, va="center_baseline",
            family=CHARACTER, parse_math=False, zorder=self._next(),
        )  # fmt: skip

    def measure(self, string: str, size: float = 13.0, bold: bool = False) -> float:
        """The width of a text in pixels."""
        return _width(string, size, bold)

    def runs(self, pieces: Iterable[tuple[str, str, bool]], x, y, size) -> float:
        """Pieces (text, colour, bold) on one line, from x on; returns where they end."""
        for string, colour, bold in pieces:
            self.text(string, x, y, size=size, bold=bold, colour=colour, align="left")
            x += self.measure(string, size, bold)
        return x

    def result(self, pieces, y, fill=None):
        """A bar with a sum spelled out, in pieces (text, role); it is as tall for a long one."""
        c = self.colours
        self.box(1, y, self.width - 2, 42, fill=fill or c["faint"], radius=6)
        size, lines = fitted(
            pieces, self.width - 28, lambda t, bold: self.measure(t, 20, bold) / 20
        )
        for n, line in enumerate(lines):
            styled = [
                (text, c["quiet" if role == "padding" else role], role == "output")
                for text, role in line
            ]
            self.runs(styled, 14, y + 21 + 18 * (n - (len(lines) - 1) / 2), size)

    def lettering(self, values, side, write=decimal):
        """How the numbers of a grid are written, all alike, as arguments of `cell`: with as many
        decimals and in as large a print as the longest of them allows."""
        # A decimal more is not worth print of less than 9 pixels, but any is better than none.
        ways = (
            (write, 9),
            (lambda value: decimal(value, 1), 7.5),
            (lambda value: decimal(value, 0), -inf),
        )
        most = min(14.0, side * 0.5)
        for way, least in ways:
            texts = {way(float(value)) for value in np.ravel(values)}
            length = max(map(len, texts))
            wide = max(self.measure(text, 20) for text in texts if len(text) == length) / 20
            size = min(most, 2 * (side - 2) / wide // 1 / 2)
            if size >= min(least, most):
                break
        return {"write": way, "size": max(size, min(7.5, most))}

    def cell(
        self, x, y, side, value, *, fill=None, colour=None, ink=None, write=decimal, size=None
    ):
        """A cell of a grid with its number in it, with fewer decimals where the cell is small."""
        self.box(x, y, side, side, fill=fill, colour=colour or self.colours["line"], radius=0)
        ink = ink or (text_on(fill) if fill else self.colours["ink"])
        if size is not None:
            self.text(write(value), x + side / 2, y + side / 2, size=size, colour=ink)
            return
        largest = min(14.0, side * 0.5)
        for string in (write(value), decimal(value, 1), decimal(value, 0)):
            for size in (largest, largest - 2, largest - 4, largest - 6):
                if size >= min(7.5, largest) and self.measure(string, size) <= side - 2:
                    self.text(string, x + side / 2, y + side / 2, size=size, colour=ink)
                    return

    def paragraph(self, string, x, y, width, *, size=13.0, colour=None):
        """Words broken into lines of at most a width, the first line at y."""
        line = ""
        for word in string.split(" "):
            if line and self.measure(f"{line} {word}", size) > width:
                self.text(line, x, y, size=size, colour=colour, align="left")
                line, y = "", y + size + 5
            line = f"{line} {word}" if line else word
        self.text(line, x, y, size=size, colour=colour, align="left")

    def arrow(self, start, end, *, colour=None, width=2.0):
        """A line with an open head at its end."""
        angle = atan2(end[1] - start[1], end[0] - start[0])
        wings = [
            (end[0] - 8 * cos(angle + turn), end[1] - 8 * sin(angle + turn)) for turn in (0.6, -0.6)
        ]
        self.line([start, end], colour=colour, width=width)
        self.line([wings[0], end, wings[1]], colour=colour, width=width)

    def line(self, points: Sequence[tuple[float, float]], *, colour=None, width=1.0, dash=None):
        xs, ys = zip(*points, strict=True)
        style = (0, [part / width for part in dash]) if dash else "solid"
        self.axes.plot(
            xs, ys, color=colour or self.colours["line"], linewidth=width * POINTS,
            linestyle=style, solid_joinstyle="round", zorder=self._next(),
        )  # fmt: skip

    def box(
        self, x, y, width, height, *, fill=None, colour=None, stroke=1.0, radius=4.0, dash=None
    ):
        style = (0, [part / stroke for part in dash]) if dash else "solid"
        look = {
            "facecolor": fill or "none", "edgecolor": colour or "none",
            "linewidth": stroke * POINTS if colour else 0, "linestyle": style,
            "zorder": self._next(),
        }  # fmt: skip
        if radius:
            shape = f"round,pad=0,rounding_size={radius}"
            self._put(FancyBboxPatch((x, y), width, height, boxstyle=shape, **look))
        else:
            self._put(Rectangle((x, y), width, height, snap=False, **look))

    def boxes(self, corners, side, fills, *, colour=None, stroke=1.0):
        """Many squares of one size at once, upper left corners (n, 2): as `box` with radius 0."""
        around = np.array([(0, 0), (side, 0), (side, side), (0, side)])
        squares = np.asarray(corners, float)[:, None] + around
        self._put(
            PolyCollection(
                squares, facecolors=fills, edgecolors=colour or "none", snap=False,
                linewidths=stroke * POINTS if colour else 0, zorder=self._next(),
            )
        )  # fmt: skip

    def polygon(self, points, *, fill=None, colour=None, stroke=1.0):
        """A closed shape through points."""
        self._put(
            Polygon(
                points, facecolor=fill or "none", edgecolor=colour or "none",
                linewidth=stroke * POINTS, zorder=self._next(),
            )
        )  # fmt: skip

    def hatch(self, x, y, width, height):
        """Zero padding: grey with slanted lines."""
        self._put(
            Rectangle(
                (x, y), width, height, facecolor=self.colours["padding_soft"],
                edgecolor=self.colours["line"], hatch="////", linewidth=0, zorder=self._next(),
            )
        )  # fmt: skip

    def head(self, x, y, role, *, size=5.0, fill=None, colour=None):
        """Circle for an input, square for a kernel, diamond for an output."""
        style = {
            "facecolor": fill or self.colours[role], "edgecolor": colour or self.colours[role],
            "linewidth": 1.5 * POINTS, "zorder": self._next(),
        }  # fmt: skip
        if role == "kernel":
            patch = Rectangle((x - 0.9 * size, y - 0.9 * size), 1.8 * size, 1.8 * size, **style)
        elif role == "output":
            d = 1.3 * size
            patch = Polygon([(x, y - d), (x + d, y), (x, y + d), (x - d, y)], **style)
        else:
            patch = Circle((x, y), size, **style)
        self._put(patch)

    def stem(self, x, base, y, role, *, colour=None, fill=None, size=5.0):
        colour = colour or self.colours[role]
        self.line([(x, base), (x, y)], colour=colour, width=2.5)
        self.head(x, y, role, size=size, fill=fill or colour, colour=colour)
