"""A stack of layers (lesson 06): sizes, parameters, and the receptive field of one output."""

from __future__ import annotations

import numpy as np
import traitlets

from convolab.figures import controls
from convolab.figures.base import Canvas, Figure, joined
from convolab.figures.layer_stack_picture import draw
from convolab.figures.layer_stack_view import (
    KINDS,
    LayerStackView,
    chosen,
    depended_on,
    notes,
    spelled,
    view,
    volume,
    window,
)
from convolab.figures.number_text import counted
from convolab.figures.picture import Description
from convolab.figures.validate import one_of, shown, whole

LENET = (("conv", 6, 5, 1, 0), ("pool", 2, 2), ("conv", 16, 5, 1, 0), ("pool", 2, 2),
         ("conv", 120, 5, 1, 0))  # fmt: skip
LAYERS_AT_MOST = 7
SIDE_LIMITS = (4, 64)
LIMITS = {"depth": (1, 128), "size": (1, 11), "stride": (1, 8), "padding": (0, 5)}
LABELS = {
    "depth": ("depth D", "how many kernels the chosen layer has"),
    "size": ("size R", "rows and columns of the chosen layer's window"),
    "stride": ("stride S", "columns from one window to the next"),
    "padding": ("padding P", "rings of zeros around the maps below"),
}


class _LayerStackCanvas(Canvas):
    _esm = joined("layer_stack.js")
    height = traitlets.Int(536).tag(sync=True)
    side = traitlets.Int().tag(sync=True)
    channels = traitlets.Int().tag(sync=True)
    kinds = traitlets.List(list(KINDS)).tag(sync=True)
    layers = traitlets.List().tag(sync=True)  # [index of the kind, depth, size, stride, padding]
    count = traitlets.Int().tag(sync=True)  # how many of them are in use
    layer = traitlets.Int(1).tag(sync=True)  # the chosen one, whose numbers the sliders show
    layer_max = traitlets.Int(2).tag(sync=True)
    kind = traitlets.Int().tag(sync=True)
    depth = traitlets.Int().tag(sync=True)
    size = traitlets.Int().tag(sync=True)
    stride = traitlets.Int().tag(sync=True)
    padding = traitlets.Int().tag(sync=True)
    pooling = traitlets.Bool().tag(sync=True)
    unit = traitlets.Int().tag(sync=True)
    unit_max = traitlets.Int(1).tag(sync=True)


class LayerStack(Figure):
    """A stack of layers to edit: every size, the parameters, what one output sees of the input.

    Args:
        layers: 1 to 7 of ("conv", depth, r, s, p) and ("pool", size, stride), from the input on,
            as in `convolab.ops.trace_shapes`; ("relu",) changes no size and is left out. Without
            it, the windows of LeNet.
        input_shape: (channels, rows, columns), square, 4 to 64 rows.
        unit: the output to begin with, along one side; the middle one where not given.
        layer: the layer that the sliders show first, counted from 1.

    The reader adds and removes layers at the top, chooses one (by slider, or by its name in the
    picture) and changes it. Convolutions are strict: where one is impossible, it turns red and the
    reason is said. Pooling rounds down, and what it leaves out is dashed.

    Reading back: `figure.layers` (as given; can be set), `.input_shape`, `.shapes` (like
    `trace_shapes`, up to the first impossible layer), `.parameters` (one number a layer),
    `.fields` (receptive fields, one a layer), `.unit` (can be set), `.seen` (the first and last
    column of the input that it sees) and `.problem` ("" where all is well).

    Raises:
        ValueError: it cannot show what it was given, and says why in one sentence.

    >>> LayerStack([("conv", 8, 3, 1, 1), ("pool", 2, 2)], input_shape=(3, 32, 32))
    """

    def __init__(self, layers=LENET, input_shape=(1, 32, 32), *, unit=None, layer: int = 1):
        channels, side = self._checked_shape(input_shape)
        self.canvas = _LayerStackCanvas(channels=channels, side=side)
        self.layers = layers
        self.canvas.layer = whole(type(self).__name__, "layer", layer, 1, self.canvas.count)
        self._load()
        self.unit = self._view().unit_max // 2 if unit is None else unit
        self._make_controls()

    # What the learner reads and sets ------------------------------------------------------------

    @property
    def layers(self) -> list[tuple]:
        """The layers, as `convolab.ops.trace_shapes` takes them."""
        return [
            (kind, depth, size, stride, padding) if kind == "conv" else (kind, size, stride)
            for kind, depth, size, stride, padding in self.settings
        ]

    @layers.setter
    def layers(self, layers) -> None:
        given = self._checked_layers(layers)
        spare = LAYERS_AT_MOST - len(given)  # what the slider adds at the top
        self.canvas.layers = [*given, *([KINDS.index("conv"), 16, 3, 1, 0] for _ in range(spare))]
        self.canvas.count = len(given)
        self.canvas.layer = min(self.canvas.layer, len(given))
        self._load()
        self.unit = self.unit

    @property
    def settings(self) -> list[tuple[str, int, int, int, int]]:
        """The layers as (kind, depth, size, stride, padding)."""
        used = self.canvas.layers[: self.canvas.count]
        return [(KINDS[kind], *numbers) for kind, *numbers in used]

    @property
    def input_shape(self) -> tuple[int, int, int]:
        """(channels, rows, columns)."""
        return self.canvas.channels, self.canvas.side, self.canvas.side

    @property
    def layer(self) -> int:
        """The layer that the sliders show, counted from 1."""
        return self.canvas.layer

    @property
    def shapes(self) -> list[tuple[int, int, int]]:
        """(C, H, W) after every layer, up to the first impossible one."""
        return [(layer.channels, layer.side, layer.side) for layer in self._view().layers]

    @property
    def parameters(self) -> list[int]:
        """Weights and biases of every layer, up to the first impossible one."""
        return [layer.parameters for layer in self._view().layers]

    @property
    def fields(self) -> list[int]:
        """How many columns of the input one output of each layer sees."""
        return [layer.field for layer in self._view().layers]

    @property
    def problem(self) -> str:
        """Why a layer is impossible; "" where all is well."""
        return self._view().problem

    @property
    def unit(self) -> int:
        """The output whose receptive field is drawn; one beyond the last is brought back."""
        return self.canvas.unit

    @unit.setter
    def unit(self, unit: int) -> None:
        if not isinstance(unit, (int, np.integer)) or isinstance(unit, bool):
            raise ValueError(
                f"{type(self).__name__}: unit must be a whole number, not {shown(unit)}."
            )
        v = self._view(int(unit))
        # A slider needs two ends, so a single output leaves it one step that springs back.
        self.canvas.unit_max, self.canvas.unit = max(1, v.unit_max), v.unit

    @property
    def seen(self) -> tuple[int, int]:
        """The first and the last column of the input that the output sees, without padding."""
        return self._view().seen

    # How it is made -----------------------------------------------------------------------------

    def _checked_shape(self, shape) -> tuple[int, int]:
        name = type(self).__name__
        try:
            channels, rows, columns = shape
        except (TypeError, ValueError):
            raise ValueError(
                f"{name}: input_shape must be (channels, rows, columns), not {shown(shape, 60)}."
            ) from None
        least, most = SIDE_LIMITS
        whole(name, "channels", channels, 1, 512)
        for side, number in (("rows", rows), ("columns", columns)):
            whole(name, side, number, least, most)
        if rows != columns:
            raise ValueError(f"{name}: the input must be square, not {rows} by {columns}.")
        return int(channels), int(rows)

    def _checked_layers(self, layers) -> list[list[int]]:
        name = type(self).__name__
        example = "('conv', depth, r, s, p) or ('pool', size, stride)"
        if isinstance(layers, (str, bytes)) or not np.iterable(layers):
            raise ValueError(
                f"{name}: layers must be a list of {example}, not {shown(layers, 60)}."
            )
        layers = list(layers)
        given = [layer for layer in layers if repr(layer) not in ("('relu',)", "['relu']")]
        # Numbers count what is drawn, and say so where the reader's own list has more.
        note = " (relu not counted)" if len(given) < len(layers) else ""
        if not 1 <= len(given) <= LAYERS_AT_MOST:
            raise ValueError(
                f"{name}: give between 1 and {LAYERS_AT_MOST} layers, not {len(given)}{note}."
            )
        checked, channels = [], self.canvas.channels
        for number, layer in enumerate(given, 1):
            label = f"layer {number}{note}"
            wrong = f"{name}: {label} must be {example}, not {shown(layer)}."
            if not isinstance(layer, (tuple, list)) or len(layer) not in (3, 5):
                raise ValueError(wrong)
            kind, *numbers = layer
            one_of(name, label, kind, KINDS)
            if len(numbers) != (4 if kind == "conv" else 2):
                raise ValueError(wrong)
            if kind == "pool":
                # A pool that the reader turns into a convolution keeps the number of maps.
                numbers = [min(channels, LIMITS["depth"][1]), *numbers, 0]
            for (word, (least, most)), value in zip(LIMITS.items(), numbers, strict=True):
                whole(name, f"the {word} of {label}", value, least, most)
            checked.append([KINDS.index(kind), *map(int, numbers)])
            channels = int(numbers[0])
        return checked

    def _load(self) -> None:
        """The sliders of one layer show the chosen one."""
        c = self.canvas
        c.kind, c.depth, c.size, c.stride, c.padding = c.layers[c.layer - 1]
        c.pooling = KINDS[c.kind] == "pool"
        c.layer_max = max(2, c.count)

    def _view(self, unit: int | None = None) -> LayerStackView:
        c = self.canvas
        return view(c.side, c.channels, self.settings, c.unit if unit is None else unit)

    def _make_controls(self) -> None:
        c = self.canvas

        def slider(trait, label, hint, low, high):
            made = controls.slider(
                label, hint, pixels=272, value=getattr(c, trait), min=low, max=high
            )
            made.style.description_width = "72px"
            self.link(trait, made)
            return made

        unit = slider("unit", "output", "which output, along one side", 0, c.unit_max)
        self.link("unit_max", unit, "max")
        side = slider("side", "input I", "rows and columns of the input", *SIDE_LIMITS)
        count = slider("count", "layers", "how many layers", 1, LAYERS_AT_MOST)
        layer = slider("layer", "layer", "which layer the next sliders change", 1, c.layer_max)
        self.link("layer_max", layer, "max")
        hint = "what the chosen layer does"
        kind = controls.choice("kind", hint, KINDS, index=c.kind, button="60px")
        self.link("kind", kind, "index")
        numbers = {name: slider(name, *LABELS[name], *LIMITS[name]) for name in LIMITS}
        for name in ("depth", "padding"):
            self.link("pooling", numbers[name], "disabled")
        depth, size, stride, padding = numbers.values()
        self.compose([unit, side, count], [layer, depth, kind], [size, stride, padding])

    def describe(self) -> Description:
        v = self._view()
        text = (
            f"{counted(v.count, 'layer')} on an input of {volume(v.side, v.channels)}. "
            f"{''.join(piece for piece, _ in spelled(v))}. {notes(v)} "
            f"{chosen(self.layer, self.settings[self.layer - 1])}"
        )
        rows = [("input", "", volume(v.side, v.channels), "", "1×1", "1", depended_on(v, 0))]
        rows += [
            (
                str(n), ", ".join(window(self.settings[n - 1])), volume(layer.side, layer.channels),
                f"{layer.parameters:,}", f"{layer.field}×{layer.field}", str(layer.jump),
                depended_on(v, n),
            )
            for n, layer in enumerate(v.layers, 1)
        ]  # fmt: skip
        header = (
            "layer", "window", "size", "parameters", "sees", "columns from one to the next",
            "the chosen output depends on",
        )  # fmt: skip
        return Description(text, header, tuple(rows))

    def draw_picture(self):
        return draw(self, self._view())
