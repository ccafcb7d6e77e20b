"""The kernel that slides over an image of numbers (lesson 02): patch ⊙ kernel = sum."""

from __future__ import annotations

import numpy as np
import traitlets

from convolab.figures import controls
from convolab.figures.base import Canvas, Figure, joined
from convolab.figures.number_text import decimal, listed, weight
from convolab.figures.picture import Description
from convolab.figures.sliding_kernel_2d_picture import draw
from convolab.figures.sliding_kernel_2d_view import (
    BORDERS,
    ORIGINS,
    SlidingKernel2DView,
    covered,
    outputs,
    size,
    spelled,
    view,
    where_it_matters,
)
from convolab.figures.validate import numbers_2d, one_of, shown

IMAGE = (
    (1, 1, 1, 0, 0),
    (0, 1, 1, 1, 0),
    (0, 0, 1, 1, 1),
    (0, 0, 1, 1, 0),
    (0, 1, 1, 0, 0),
)
KERNEL = ((1, 0, 1), (0, 1, 0), (1, 0, 1))
IMAGE_AT_MOST, KERNEL_AT_MOST = 10, 5
HEIGHT, ROOM, SIDE = 550, 284, 26  # of the picture, of the image in it, of a cell at least


class _SlidingKernel2DCanvas(Canvas):
    _esm = joined("sliding_kernel_2d.js")
    image = traitlets.List().tag(sync=True)
    kernel = traitlets.List().tag(sync=True)
    height = traitlets.Int(HEIGHT).tag(sync=True)
    flip = traitlets.Bool().tag(sync=True)
    borders = traitlets.List(list(BORDERS)).tag(sync=True)
    border = traitlets.Int().tag(sync=True)  # menus tell the browser their index
    origins = traitlets.List(list(ORIGINS)).tag(sync=True)
    origin = traitlets.Int().tag(sync=True)
    row = traitlets.Int().tag(sync=True)
    column = traitlets.Int().tag(sync=True)
    row_max = traitlets.Int(1).tag(sync=True)
    column_max = traitlets.Int(1).tag(sync=True)


class SlidingKernel2D(Figure):
    """A kernel on an image of numbers: the patch under it, the products, their sum.

    Args:
        image: 2 to 10 rows and columns of finite numbers.
        kernel: up to 5 rows and columns, no more than the image has.
        flip: True for convolution, False for correlation.
        border: "none" keeps complete overlaps only (mode valid); "zero", "edge" and "mirror"
            continue the image, and the output is as large as the image.
        origin: with a border, the place in the kernel that lies on the output's own place:
            "centre" (mode same) or "corner" (its first cell, so the kernel reaches up and left).
        row: the row of the output to begin with, from 0.
        column: its column. Where neither is given, the first place (in reading order) at which
            flipping the kernel changes the output.

    Sliders move the window, and so does pointing at a cell of the output. Reading back:
    `figure.row`, `.column`, `.flip`, `.border`, `.origin`, `.kernel`, `.patch`, `.output`
    (arrays) and `.y`, the output at the place; all but patch, output and y can be set.

    Raises:
        ValueError: it cannot show what it was given, and says why in one sentence.

    >>> SlidingKernel2D(image=my_image, kernel=[[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    """

    def __init__(
        self,
        image=IMAGE,
        kernel=KERNEL,
        *,
        flip: bool = True,
        border: str = "none",
        origin: str = "centre",
        row: int | None = None,
        column: int | None = None,
    ):
        name = type(self).__name__
        image = numbers_2d(name, "image", image, least=2, most=IMAGE_AT_MOST)
        kernel = self._checked(kernel, image)
        rows = len(image) + len(kernel) - 1  # with the widest border
        self.canvas = _SlidingKernel2DCanvas(
            image=image,
            kernel=kernel,
            height=HEIGHT + max(0, SIDE * rows - ROOM),
            flip=bool(flip),
            border=BORDERS.index(one_of(name, "border", border, BORDERS)),
            origin=ORIGINS.index(one_of(name, "origin", origin, ORIGINS)),
        )
        if row is column is None:
            row, column = where_it_matters(image, kernel, border, origin)
        self._go(0 if row is None else row, 0 if column is None else column)
        self._make_controls()

    # What the learner reads and sets ------------------------------------------------------------

    @property
    def image(self) -> np.ndarray:
        """The image."""
        return np.array(self.canvas.image)

    @property
    def kernel(self) -> np.ndarray:
        """The kernel, not flipped."""
        return np.array(self.canvas.kernel)

    @kernel.setter
    def kernel(self, kernel) -> None:
        self.canvas.kernel = self._checked(kernel, self.canvas.image)
        self._go(self.row, self.column)

    @property
    def flip(self) -> bool:
        """True for convolution, False for correlation."""
        return self.canvas.flip

    @flip.setter
    def flip(self, flip: bool) -> None:
        self.canvas.flip = bool(flip)

    @property
    def border(self) -> str:
        """ "none", "zero", "edge" or "mirror"."""
        return BORDERS[self.canvas.border]

    @border.setter
    def border(self, border: str) -> None:
        self.canvas.border = BORDERS.index(one_of(type(self).__name__, "border", border, BORDERS))
        self._go(self.row, self.column)

    @property
    def origin(self) -> str:
        """ "centre" or "corner"."""
        return ORIGINS[self.canvas.origin]

    @origin.setter
    def origin(self, origin: str) -> None:
        self.canvas.origin = ORIGINS.index(one_of(type(self).__name__, "origin", origin, ORIGINS))

    @property
    def row(self) -> int:
        """The output's row."""
        return self.canvas.row

    @row.setter
    def row(self, row: int) -> None:
        self._go(row, self.column)

    @property
    def column(self) -> int:
        """The output's column."""
        return self.canvas.column

    @column.setter
    def column(self, column: int) -> None:
        self._go(self.row, column)

    @property
    def patch(self) -> np.ndarray:
        """What lies under the kernel."""
        return self._view().patch.copy()

    @property
    def output(self) -> np.ndarray:
        """The whole output."""
        return self._view().output

    @property
    def y(self) -> float:
        """The output at the place."""
        return self._view().total

    # How it is made -----------------------------------------------------------------------------

    def _checked(self, kernel, image) -> list[list[float]]:
        name = type(self).__name__
        rows = numbers_2d(name, "kernel", kernel, most=KERNEL_AT_MOST)
        if len(rows) > len(image) or len(rows[0]) > len(image[0]):
            raise ValueError(
                f"{name}: the kernel has {size(len(rows), len(rows[0]))}, the image only "
                f"{size(len(image), len(image[0]))}; give a kernel no larger than the image."
            )
        return rows

    def _view(self, row: int | None = None, column: int | None = None) -> SlidingKernel2DView:
        c = self.canvas
        return view(
            c.image, c.kernel, flip=c.flip, border=self.border, origin=self.origin,
            row=c.row if row is None else row, column=c.column if column is None else column,
        )  # fmt: skip

    def _go(self, row: int, column: int) -> None:
        for place in (row, column):
            if not isinstance(place, (int, np.integer)) or isinstance(place, bool):
                raise ValueError(
                    f"{type(self).__name__}: row and column must be whole numbers, "
                    f"not {shown(place)}."
                )
        v = self._view(int(row), int(column))
        # A slider needs two ends, so a single row leaves it one step that springs back.
        rows, columns = v.output.shape
        self.canvas.row_max, self.canvas.column_max = max(1, rows - 1), max(1, columns - 1)
        self.canvas.row, self.canvas.column = v.row, v.column

    def _make_controls(self) -> None:
        row = controls.slider("row", "the output's row")
        column = controls.slider("column", "the output's column")
        self.link("row_max", row, "max")
        self.link("column_max", column, "max")
        self.link("row", row)
        self.link("column", column)
        border = controls.choice(
            "border", "what lies outside the image", BORDERS, index=self.canvas.border
        )
        self.link("border", border, "index")
        hint = "which place of the kernel lies on the output's own place"
        origin = controls.choice("origin", hint, ORIGINS, index=self.canvas.origin)
        self.link("origin", origin, "index")
        hint = "on: convolution, off: correlation"
        flip = controls.tick("flip the kernel", hint, value=self.flip)
        self.link("flip", flip)
        self.compose([row, column], [border], [origin, flip])

    def describe(self) -> Description:
        v = self._view()
        text = (
            f"An image of {size(*self.image.shape)}, a kernel of {size(*self.kernel.shape)}, "
            f"{'flipped' if self.flip else 'not flipped'}, border {self.border}, "
            f"origin {self.origin}, at row {v.row}, column {v.column} of an output of "
            f"{size(*v.output.shape)}. The kernel is on {covered(v)} of the image. "
            f"{''.join(piece for piece, _ in spelled(v))}. "
            f"The whole output, row by row: {outputs(v)}."
        )
        cells = tuple(
            (
                ", ".join(
                    decimal(value) if inside else "outside"
                    for value, inside in zip(v.patch[i], v.inside[i], strict=True)
                ),
                listed(v.lying[i], weight),
                listed(v.products[i]),
            )
            for i in range(len(v.lying))
        )
        return Description(text, ("patch", "kernel as laid on", "products"), cells)

    def draw_picture(self):
        return draw(self, self._view())
