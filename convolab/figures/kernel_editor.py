"""A kernel edited by hand, live on a photograph or a digit (lesson 03)."""

from __future__ import annotations

import ipywidgets as widgets
import numpy as np
import traitlets

from convolab import data
from convolab.figures import controls
from convolab.figures.base import Canvas, Figure, joined
from convolab.figures.kernel_editor_picture import draw
from convolab.figures.kernel_editor_view import (
    NAMES,
    PRESETS,
    SCALINGS,
    SHOWS,
    SIZES,
    KernelEditorView,
    meaning,
    view,
)
from convolab.figures.number_text import counted, decimal, weight
from convolab.figures.picture import PHOTOGRAPH_SHARPNESS, Description
from convolab.figures.validate import numbers_2d, one_of

LARGEST_WEIGHT = 30
DIGIT = 2  # which of the digits: a clear 2


class _KernelEditorCanvas(Canvas):
    _esm = joined("kernel_editor.js")
    pixels = traitlets.Bytes().tag(sync=True)  # of all pictures, one after the other
    shapes = traitlets.List().tag(sync=True)  # name, rows, columns, white
    presets = traitlets.List(
        [[make(size).tolist() for size in SIZES] for make in PRESETS.values()]
    ).tag(sync=True)
    names = traitlets.List(list(NAMES)).tag(sync=True)
    shows = traitlets.List(list(SHOWS)).tag(sync=True)
    scalings = traitlets.List(list(SCALINGS)).tag(sync=True)
    height = traitlets.Int(418).tag(sync=True)
    picture = traitlets.Int().tag(sync=True)  # menus tell the browser their index
    preset = traitlets.Int().tag(sync=True)
    size = traitlets.Int().tag(sync=True)
    show = traitlets.Int().tag(sync=True)
    scaling = traitlets.Int().tag(sync=True)
    kernel = traitlets.List().tag(sync=True)
    row = traitlets.Int(1).tag(sync=True)
    column = traitlets.Int(1).tag(sync=True)
    place_max = traitlets.Int(2).tag(sync=True)
    weight = traitlets.Float().tag(sync=True)
    nudge = traitlets.Float().tag(sync=True)  # the weight on the slider's grid of quarters


class KernelEditor(Figure):
    """A kernel of 3×3 or 5×5 cells, live on Grace Hopper's photograph, a digit or your image.

    Args:
        kernel: the name of a kernel ("identity", "mean", "Gaussian", "sharpen", "emboss",
            "Laplace", "Sobel across", "Sobel down") or your own weights, 3×3 or 5×5, from −30 to
            30.
        image: your own grey image, 8 to 256 rows and columns from 0 to 255; it is rounded to whole
            numbers.
        picture: "photograph", "digit" or "your image", what to begin with.
        show: "output" or "difference" (output − input).
        scaling: "clip" shows 0 to 255 and says how many pixels lie outside, "rescale" makes the
            lowest value black and the highest white.

    The image is convolved in mode same, with zeros outside. A cell is chosen by pointing at it or
    by the row and column sliders, its weight set by the weight slider or typed into its field.
    Reading back: `editor.kernel` (array), `.image`, `.output` (float arrays), `.kernel_name`;
    the kernel can be set.

    Raises:
        ValueError: it cannot show what it was given, and says why in one sentence.

    >>> KernelEditor([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    """

    sharpness = PHOTOGRAPH_SHARPNESS

    def __init__(
        self,
        kernel="sharpen",
        *,
        image=None,
        picture: str | None = None,
        show: str = "output",
        scaling: str = "clip",
    ):
        name = type(self).__name__
        digit = np.rint(255 * data.digits32()[0][DIGIT]).astype(np.uint8)
        pictures = {"photograph": data.hopper(), "digit": digit}
        if image is not None:
            pictures["your image"] = self._checked_image(image)
        names = tuple(pictures)
        picture = names[-1 if image is not None else 0] if picture is None else picture
        self.canvas = _KernelEditorCanvas(
            pixels=b"".join(np.ascontiguousarray(array).tobytes() for array in pictures.values()),
            shapes=[[title, *array.shape, 255] for title, array in pictures.items()],
            picture=names.index(one_of(name, "picture", picture, names)),
            show=SHOWS.index(one_of(name, "show", show, SHOWS)),
            scaling=SCALINGS.index(one_of(name, "scaling", scaling, SCALINGS)),
        )
        self._pictures = pictures
        self.kernel = kernel
        self._make_controls(names)

    # What the learner reads and sets ------------------------------------------------------------

    @property
    def kernel(self) -> np.ndarray:
        """The weights as they are written in the cells; set it to weights or to a name."""
        return np.array(self.canvas.kernel)

    @kernel.setter
    def kernel(self, kernel) -> None:
        name = type(self).__name__
        if isinstance(kernel, str):
            preset = one_of(name, "kernel", kernel, tuple(PRESETS))
            rows = PRESETS[preset](SIZES[self.canvas.size]).tolist()
        else:
            rows = numbers_2d(name, "kernel", kernel, most=5)
            if (len(rows), len(rows[0])) not in {(3, 3), (5, 5)}:
                raise ValueError(
                    f"{name}: the kernel has {_size(len(rows), len(rows[0]))}; "
                    "give 3 of both or 5 of both."
                )
            if np.abs(rows).max() > LARGEST_WEIGHT:
                raise ValueError(
                    f"{name}: the kernel has a weight beyond {LARGEST_WEIGHT}; give smaller ones."
                )
            named = (known for known, make in PRESETS.items() if np.allclose(make(len(rows)), rows))
            preset = next(named, "yours")
        c, last = self.canvas, len(rows) - 1
        with c.hold_sync():
            c.kernel, c.preset, c.size = rows, NAMES.index(preset), SIZES.index(len(rows))
            c.place_max, c.row, c.column = last, min(c.row, last), min(c.column, last)
            c.weight = rows[c.row][c.column]
            c.nudge = round(4 * c.weight) / 4

    @property
    def kernel_name(self) -> str:
        """What the menu shows: a named kernel, or "yours"."""
        return NAMES[self.canvas.preset]

    @property
    def picture_name(self) -> str:
        """Which picture is shown."""
        return self.canvas.shapes[self.canvas.picture][0]

    @property
    def white(self) -> int:
        """The value that is shown white in the input."""
        return self.canvas.shapes[self.canvas.picture][3]

    @property
    def image(self) -> np.ndarray:
        """The input as floats."""
        return self._pictures[self.picture_name].astype(float)

    @property
    def output(self) -> np.ndarray:
        """The output as floats, neither clipped nor rescaled."""
        return self._view().output

    @property
    def show(self) -> str:
        """ "output" or "difference"."""
        return SHOWS[self.canvas.show]

    @property
    def scaling(self) -> str:
        """ "clip" or "rescale"."""
        return SCALINGS[self.canvas.scaling]

    @property
    def row(self) -> int:
        """The row of the chosen cell."""
        return self.canvas.row

    @property
    def column(self) -> int:
        """The column of the chosen cell."""
        return self.canvas.column

    # How it is made -----------------------------------------------------------------------------

    def _checked_image(self, image) -> np.ndarray:
        name = type(self).__name__
        array = np.array(numbers_2d(name, "image", image, least=8, most=256))
        if array.min() < 0 or array.max() > 255:
            raise ValueError(
                f"{name}: the image holds numbers from {decimal(array.min())} to "
                f"{decimal(array.max())}; give grey levels from 0 to 255."
            )
        return np.rint(array).astype(np.uint8)

    def _view(self) -> KernelEditorView:
        return view(self.image, self.kernel, self.white)

    def _make_controls(self, pictures: tuple[str, ...]) -> None:
        c = self.canvas
        preset = controls.menu("kernel", "which weights", NAMES, index=c.preset)
        size = controls.choice("size", "rows and columns", ("3×3", "5×5"), index=c.size)
        row = controls.slider("row", "the chosen cell's row", value=c.row, max=c.place_max)
        column = controls.slider("column", "the chosen cell's column", value=c.column)
        level = widgets.FloatSlider(
            description="weight", tooltip="move the chosen cell's weight", value=c.nudge,
            min=-LARGEST_WEIGHT, max=LARGEST_WEIGHT, step=0.25, readout=False,
            layout=widgets.Layout(width="330px", max_width="100%", margin="2px 0"),
            style={"description_width": controls.LABEL},
        )  # fmt: skip
        exactly = widgets.FloatText(
            description="exactly", tooltip="type the chosen cell's weight", value=c.weight,
            layout=widgets.Layout(width="180px", max_width="100%", margin="2px 0"),
            style={"description_width": controls.LABEL},
        )  # fmt: skip
        picture = controls.menu("picture", "what is filtered", pictures, index=c.picture)
        show = controls.choice("show", "the output or what changed", SHOWS, index=c.show,
                               button="100px")  # fmt: skip
        scaling = controls.choice("grey", "how values beyond 0 to 255 are shown", SCALINGS,
                                  index=c.scaling, button="100px")  # fmt: skip
        for trait, menu in (("preset", preset), ("size", size), ("picture", picture),
                            ("show", show), ("scaling", scaling)):  # fmt: skip
            self.link(trait, menu, "index")
        self.link("place_max", row, "max")
        self.link("place_max", column, "max")
        self.link("row", row)
        self.link("column", column)
        self.link("nudge", level)
        self.link("weight", exactly)
        self.compose([preset, size], [row, column], [level, exactly], [picture], [scaling, show])

    def describe(self) -> Description:
        v, kernel, image = self._view(), self.kernel, self.image
        name = self.kernel_name
        named = "Your own kernel" if name == "yours" else f"The kernel {name}"
        own = self.picture_name == "your image"
        picture = "your image" if own else f"the {self.picture_name}"
        if self.show == "difference":
            changed = v.output - image
            shown = (
                f"output − input, from {decimal(changed.min(), 1)} to {decimal(changed.max(), 1)}: "
                "red is brighter than before, blue darker"
            )
        elif self.scaling == "rescale":
            shown = "the output, rescaled: its lowest value is black and its highest white"
        else:
            below, above = decimal(100 * v.below, 1), decimal(100 * v.above, 1)
            shown = (
                f"the output, clipped: {below} % of its pixels are below 0 and black, {above} % "
                f"above {self.white} and white"
            )
        text = (
            f"{named} of {_size(*kernel.shape)} on {picture} of "
            f"{_size(*image.shape)}. Its weights add up to {weight(v.sum)}: {meaning(v.sum)}. "
            f"The input runs from {decimal(image.min())} to {decimal(image.max())}, on average "
            f"{decimal(image.mean(), 1)}; the output from {decimal(v.low, 1)} to "
            f"{decimal(v.high, 1)}, on average {decimal(v.mean, 1)}. The picture shows {shown}. "
            f"The weight at row {self.row}, column {self.column} is "
            f"{weight(kernel[self.row, self.column])}."
        )
        header = ("row", *(f"column {j}" for j in range(len(kernel))))
        rows = tuple((str(i), *map(weight, line)) for i, line in enumerate(kernel))
        return Description(text, header, rows)

    def draw_picture(self):
        return draw(self, self._view())


def _size(rows: int, columns: int) -> str:
    return f"{counted(rows, 'row')} and {counted(columns, 'column')}"
