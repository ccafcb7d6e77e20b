"""The whole LeNet on one digit, chosen or drawn, and every unit's sum (lesson 07)."""

from __future__ import annotations

import numpy as np
import traitlets

from convolab import data, ops
from convolab.figures import controls
from convolab.figures.base import Canvas, Figure, joined
from convolab.figures.network_explorer_picture import draw
from convolab.figures.network_explorer_view import (
    LAYERS,
    PARAMETERS,
    SIZES,
    Unit,
    enlarged,
    forward,
    ink_of,
    packed,
    spelled,
    unit,
    unpacked,
)
from convolab.figures.network_explorer_words import layer_words
from convolab.figures.number_text import decimal
from convolab.figures.picture import PHOTOGRAPH_SHARPNESS, Description
from convolab.figures.validate import numbers_2d, one_of, shown, whole

PENS = ("off", "draw", "rub out")
DRAWING = "your drawing"


class _NetworkExplorerCanvas(Canvas):
    _esm = joined("network_explorer.js")
    weights = traitlets.Bytes().tag(sync=True)  # of all layers, two bytes a number
    worth = traitlets.List().tag(sync=True)  # what one unit of these numbers stands for
    pictures = traitlets.Bytes().tag(sync=True)  # 32×32 grey levels each
    names = traitlets.List().tag(sync=True)  # of the pictures; the last is the drawing
    height = traitlets.Int(534).tag(sync=True)
    ink = traitlets.Unicode("0" * 256).tag(sync=True)  # the drawing, 32×32 bits
    picture = traitlets.Int().tag(sync=True)  # menus tell the browser their index
    layer = traitlets.Int().tag(sync=True)
    map = traitlets.Int().tag(sync=True)
    row = traitlets.Int().tag(sync=True)
    column = traitlets.Int().tag(sync=True)
    map_max = traitlets.Int(1).tag(sync=True)
    row_max = traitlets.Int(1).tag(sync=True)
    column_max = traitlets.Int(1).tag(sync=True)
    pen = traitlets.Int().tag(sync=True)
    clear = traitlets.Bool().tag(sync=True)
    largest = traitlets.Bool().tag(sync=True)  # pressed: go to the layer's largest number


class NetworkExplorer(Figure):
    """LeNet on a 32×32 digit: all maps of all layers, ten probabilities, any unit's sum.

    Args:
        parameters: your own network as the dictionary of lesson 07 (`conv1_w`, `conv1_b`, … of
            `dense3_b`, in LeNet's shapes); without it the course's trained one.
        image: your own picture, 32×32 numbers from 0, paper, to 1, ink.
        digit: which shipped digit to begin with, 0 to 9. None of them was used for training the
            course's network.
        layer: "input", "conv1", "pool1", "conv2", "pool2", "dense1", "dense2" or "output".
        map: the map of the unit to look at, in a dense layer its number; without it one in the
            middle.
        row: the row of that unit.
        column: the column of that unit.

    It opens at the layer and unit that are given; the button *largest* goes to the layer's largest
    number. To let the reader find that first, open at `layer="input"`.
    conv1, conv2, dense1 and dense2 are shown after their ReLU. To draw, choose the layer "input"
    and press and move on the large picture, or set the pen to draw and move row and column. A
    drawing's ink is counted in blocks of 4×4 and enlarged again, as the course's digits were made.

    Weights travel to the browser as whole numbers of two bytes, the largest of each array being
    32767; every number here is computed from those. Reading back: `explorer.image`,
    `.activations` (a dictionary by layer), `.scores`, `.probabilities`, `.answer`, `.value`.

    Raises:
        ValueError: it cannot show what it was given, and says why in one sentence.

    >>> NetworkExplorer(digit=5, layer="conv2", map=3)
    """

    sharpness = PHOTOGRAPH_SHARPNESS

    def __init__(
        self,
        parameters=None,
        *,
        image=None,
        digit: int = 3,
        layer: str = "conv1",
        map: int | None = None,
        row: int | None = None,
        column: int | None = None,
    ):
        name = type(self).__name__
        pictures = _digits()
        names = [f"the digit {i}" for i in range(10)]
        picture = whole(name, "digit", digit, 0, 9)
        if image is not None:
            pictures, picture = [*pictures, self._checked_image(image)], 10
            names.append("your image")
        weights, worth = packed(_shipped() if parameters is None else self._checked(parameters))
        at = LAYERS.index(one_of(name, "layer", layer, LAYERS))
        most = [side - 1 for side in (*SIZES[at], 1, 1)[:3]]
        middle = (min(1, most[0]), most[1] // 2, most[2] // 2)
        place = [m if given is None else given
                 for given, m in zip((map, row, column), middle, strict=True)]  # fmt: skip
        self.canvas = _NetworkExplorerCanvas(
            weights=weights, worth=worth, names=[*names, DRAWING], picture=picture, layer=at,
            pictures=b"".join(np.rint(255 * p).astype(np.uint8).tobytes() for p in pictures),
            map=whole(name, "map", place[0], 0, most[0]), map_max=most[0],
            row=whole(name, "row", place[1], 0, most[1]), row_max=most[1],
            column=whole(name, "column", place[2], 0, most[2]), column_max=most[2],
        )  # fmt: skip
        self._parameters = unpacked(weights, worth)
        self._make_controls()

    # What the learner reads ---------------------------------------------------------------------

    @property
    def image(self) -> np.ndarray:
        """What the network is given, (32, 32), from 0, paper, to 1, ink."""
        c = self.canvas
        if c.names[c.picture] == DRAWING:
            return enlarged(ink_of(c.ink))
        pixels = np.frombuffer(c.pictures, np.uint8).reshape(-1, 32, 32)
        return pixels[c.picture] / 255

    @property
    def activations(self) -> dict[str, np.ndarray]:
        """What comes out of each layer: (C, H, W) or (units,)."""
        return dict(zip(LAYERS, forward(self.image, self._parameters), strict=True))

    @property
    def scores(self) -> np.ndarray:
        """The ten scores."""
        return self.activations["output"]

    @property
    def probabilities(self) -> np.ndarray:
        """The softmax of the scores."""
        return ops.softmax(self.scores)

    @property
    def answer(self) -> int:
        """The most probable digit."""
        return int(self.scores.argmax())

    @property
    def value(self) -> float:
        """What comes out of the unit that is looked at."""
        return self._unit(list(self.activations.values())).value

    # How it is made -----------------------------------------------------------------------------

    def _checked_image(self, image) -> np.ndarray:
        name = type(self).__name__
        array = np.array(numbers_2d(name, "image", image, least=32, most=32))
        if array.min() < 0 or array.max() > 1:
            raise ValueError(
                f"{name}: the image holds numbers from {decimal(array.min())} to "
                f"{decimal(array.max())}; give 0 for paper to 1 for ink."
            )
        return array

    def _checked(self, parameters) -> dict[str, np.ndarray]:
        name, found = type(self).__name__, {}
        if not isinstance(parameters, dict):
            raise ValueError(
                f"{name}: parameters must be a dictionary of arrays, not {shown(parameters)}."
            )
        for key, shape in PARAMETERS.items():
            if key not in parameters:
                raise ValueError(f"{name}: the parameters lack {key!r}, of the shape {shape}.")
            array = np.asarray(parameters[key])
            if array.shape != shape or array.dtype.kind not in "fiu":
                raise ValueError(
                    f"{name}: {key} must be numbers of the shape {shape}, not {array.dtype} of "
                    f"the shape {array.shape}."
                )
            if not np.isfinite(array).all():
                raise ValueError(f"{name}: {key} holds nan or infinity; train again.")
            found[key] = array
        return found

    def _unit(self, outputs: list[np.ndarray]) -> Unit:
        c = self.canvas
        return unit(outputs, self._parameters, c.layer, c.map, c.row, c.column)

    def _make_controls(self) -> None:
        c = self.canvas
        picture = controls.menu("picture", "what the network looks at", c.names, index=c.picture)
        layer = controls.menu("layer", "whose unit is looked at", LAYERS, index=c.layer)
        numbered = controls.slider("map", "the map, or a dense layer's unit", value=c.map,
                                   max=c.map_max)  # fmt: skip
        row = controls.slider("row", "the unit's row", value=c.row, max=c.row_max)
        column = controls.slider("column", "the unit's column", value=c.column, max=c.column_max)
        pen = controls.choice("pen", "what moving over the input does", PENS, index=c.pen,
                              button="80px")  # fmt: skip
        clear = controls.press("clear", "begin the drawing again")
        largest = controls.press("largest", "go to the largest number of the layer")
        for trait, control in (("picture", picture), ("layer", layer), ("pen", pen)):
            self.link(trait, control, "index")
        for trait, control in (("map", numbered), ("row", row), ("column", column)):
            self.link(f"{trait}_max", control, "max")
            self.link(trait, control)
        self.link("clear", clear)
        self.link("largest", largest)
        self.compose([picture, layer], [row, column], [numbered, largest], [pen, clear])

    def where(self) -> str:
        """The unit that is looked at, in words."""
        c = self.canvas
        if c.layer == 0:
            return f"pixel at row {c.row}, column {c.column} of the input"
        if c.layer < 5:
            return f"{LAYERS[c.layer]}, map {c.map}, row {c.row}, column {c.column}"
        return f"{LAYERS[c.layer]}, unit {c.map}"

    def _sight(self, u: Unit) -> str:
        layer = self.canvas.layer
        if layer == 0:
            return "It is what the network is given."
        if layer >= 5:
            return f"It sees all of {LAYERS[layer - 1]}."
        (top, left), (_, h, w) = u.inside, u.seen.shape
        return (
            f"It sees rows {top} to {top + h - 1} and columns {left} to {left + w - 1} of "
            f"{LAYERS[layer - 1]}."
        )

    def describe(self) -> Description:
        c, outputs = self.canvas, list(self.activations.values())
        chances, u = ops.softmax(outputs[-1]), self._unit(outputs)
        best = int(chances.argmax())
        total = "".join(text for text, _ in spelled(u, c.layer, c.map))
        parts = [
            f"LeNet looks at {c.names[c.picture]} and takes it for a {best}, with "
            f"{decimal(100 * chances[best], 1)} %.",
            layer_words(outputs, c.layer),
            f"The unit: {self.where()}. {self._sight(u)} Its value: {total}.",
        ]
        text = " ".join(filter(None, parts))
        rows = tuple(
            (str(i), decimal(score), f"{decimal(100 * chance, 1)} %")
            for i, (score, chance) in enumerate(zip(outputs[-1], chances, strict=True))
        )
        return Description(text, ("digit", "score", "probability"), rows)

    def draw_picture(self):
        outputs = list(self.activations.values())
        return draw(self, outputs, self._unit(outputs))


def _shipped() -> dict[str, np.ndarray]:
    """The weights that the course ships."""
    with np.load(data.data_file("lenet_digits.npz"), allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def _digits() -> list[np.ndarray]:
    """A digit of each class that the course's network was not trained on."""
    images, labels = data.digits32()
    _, test = data.split(labels)
    return [images[next(i for i in test if labels[i] == digit)] for digit in range(10)]
