"""A picture with its description: what every plot returns and every figure has as a twin.

JupyterLab and nbconvert both drop the alternative text that IPython's Image(alt=…) puts into an
output's metadata (JupyterLab 4.6 draws `image/png` without alt, nbconvert 7.17 writes "No
description has been provided"). So a picture is shown as HTML whose <img> carries the text, with
the PNG in the same output for readers that prefer it, and the text alone for those that show none.
"""

from __future__ import annotations

import functools
import io
import textwrap
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as MatplotlibFigure
from PIL import Image

from convolab.figures import drawing

SHARPNESS = 2.0  # dots for one pixel on the page
PHOTOGRAPH_SHARPNESS = 1.5  # a photograph needs many bytes and has no thin lines
MARGIN = 8  # of a card around it: seen in dark themes alone, and nothing touches its edges there
_CARD = (
    "max-width: 100%; height: auto; background: white; box-sizing: border-box; "
    f"padding: {MARGIN}px; border-radius: {MARGIN}px"
)
LINE = 88  # characters of a line of a printed description
COLOURS_IN_A_PICTURE = 144  # of a palette: a drawing needs no more, the notebook stays small


def blank(width: float, height: float) -> MatplotlibFigure:
    """An empty matplotlib figure of so many pixels on the page, free of pyplot and its state."""
    figure = MatplotlibFigure(figsize=(width / 100, height / 100), dpi=100, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def _drawn(figure: MatplotlibFigure, dpi: float) -> np.ndarray:
    """The dots of a matplotlib figure: (height, width, 3) bytes. Its canvas is Agg's."""
    before = figure.dpi
    figure.dpi = dpi
    try:
        figure.canvas.draw()
        return np.asarray(figure.canvas.buffer_rgba())[:, :, :3].copy()
    finally:
        figure.dpi = before


def _in_few_colours(dots: np.ndarray) -> Image.Image:
    """The dots with a palette in which the colours that fill most of them are exact."""
    small = Image.fromarray(dots).quantize(
        COLOURS_IN_A_PICTURE, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
    )
    mixed = np.reshape(small.getpalette()[: 3 * COLOURS_IN_A_PICTURE], (-1, 3))
    exact = mixed.copy()
    for colour in _most_frequent(dots, COLOURS_IN_A_PICTURE // 2):
        exact[((mixed - colour) ** 2).sum(axis=1).argmin()] = colour
    small.putpalette(exact.astype(np.uint8).tobytes())
    return small


def _most_frequent(dots: np.ndarray, most: int) -> np.ndarray:
    """At most so many colours, the most frequent last, so that it has the last word: (n, 3)."""
    red, green, blue = np.moveaxis(dots.reshape(-1, 3).astype(np.int32), 1, 0)
    colours = red << 16 | green << 8 | blue
    # Neighbours are mostly alike: runs of one colour are far fewer than dots.
    starts = np.flatnonzero(np.diff(colours, prepend=-1))
    kinds, which = np.unique(colours[starts], return_inverse=True)
    counts = np.bincount(which, np.diff(starts, append=len(colours)))
    often = kinds[np.argsort(counts, kind="stable")[-most:]]
    return np.stack([often >> 16, often >> 8 & 255, often & 255], axis=1)


@dataclass(frozen=True)
class Picture:
    """A PNG picture with alternative text; the last line of a cell or `display` shows it.

    Attributes: `png` the file as bytes, `alt` what it shows in words, `width` and `height` in
    pixels on the page, `css_class` the class of its HTML.
    """

    png: bytes = field(repr=False)
    alt: str
    width: int
    height: int
    css_class: str = "convolab-plot"
    style: str = field(default="", repr=False)

    @classmethod
    def of(
        cls, figure: MatplotlibFigure, alt: str, sharpness: float = SHARPNESS, **more: str
    ) -> Picture:
        """The picture of a matplotlib figure, `sharpness` dots for one pixel on the page."""
        if not drawing.is_on():
            return cls.undrawn(alt)
        dots = _drawn(figure, 100 * sharpness)
        packed = io.BytesIO()
        _in_few_colours(dots).save(packed, format="png", optimize=True)
        height, width = (round(count / sharpness) for count in dots.shape[:2])
        return cls(packed.getvalue(), alt, width, height, **more)

    @classmethod
    def undrawn(cls, alt: str) -> Picture:
        """What stands for a picture where nothing is drawn: its description and no dots."""
        return cls(b"", alt, 1, 1)

    def save(self, path: str | Path) -> None:
        """Write the picture to a PNG file."""
        Path(path).write_bytes(self.png)

    def _repr_mimebundle_(self, include=None, exclude=None):
        encoded = b64encode(self.png).decode()
        style = f"<style>{self.style}</style>" if self.style else ""
        html = (
            f'{style}<img class="{self.css_class}" alt="{escape(self.alt)}" '
            f'width="{self.width + 2 * MARGIN}" style="{_CARD}" '
            f'src="data:image/png;base64,{encoded}">'
        )
        data = {"text/html": html, "image/png": encoded, "text/plain": self.alt}
        size = {"width": self.width, "height": self.height, "alt": self.alt}
        return data, {"image/png": size}


def drawn_if_seen(plot: Callable[..., Picture]) -> Callable[..., Picture]:
    """Makes of a plot one that does nothing where nothing is drawn, whatever it is given."""

    @functools.wraps(plot)
    def picture(*values: object, **options: object) -> Picture:
        if drawing.is_on():
            return plot(*values, **options)
        return Picture.undrawn(str(options.get("alt") or options.get("title") or ""))

    return picture


@dataclass(frozen=True)
class Description:
    """A state in words and a small table; `print` gives plain text, a notebook a table.

    Attributes: `text` sentences, `header` the column names, `rows` the cells as text.
    """

    text: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        lines = [self.header, *self.rows]
        widths = [max(len(line[i]) for line in lines) for i in range(len(self.header))]
        table = (
            "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True))
            for line in lines
        )
        return "\n".join([textwrap.fill(self.text, LINE, break_long_words=False), *table])

    def html(self) -> str:
        """The words and the table as accessible HTML."""
        head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in self.header)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in self.rows
        )
        return (
            f"<p>{escape(self.text)}</p><details><summary>The same as a table</summary>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></details>"
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self.html(), "text/plain": str(self)}
