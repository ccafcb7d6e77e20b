"""From a dense layer to a convolution: the same weights at every place (lesson 04)."""

from __future__ import annotations

import numpy as np
import traitlets

from convolab.figures import controls
from convolab.figures.base import Canvas, Figure, joined
from convolab.figures.number_text import counted, decimal, weight
from convolab.figures.picture import Description
from convolab.figures.shared_weights_picture import draw
from convolab.figures.shared_weights_view import KINDS, SharedWeightsView, spelled, view
from convolab.figures.validate import SEED_AT_MOST, numbers_1d, one_of, whole, yes_or_no

INPUTS = (0, 0, 1, 1, 1, 0, 0, 1)
INPUTS_AT_MOST, SIZE_AT_MOST, STRIDE_AT_MOST, PADDING_AT_MOST = 10, 5, 3, 2
# A detector of edges for every size: what lies right of the middle minus what lies left of it.
KERNELS = ([1.0], [-1.0, 1], [-1.0, 0, 1], [-1.0, -1, 1, 1], [-1.0, -1, 0, 1, 1])


class _SharedWeightsCanvas(Canvas):
    _esm = joined("shared_weights.js")
    inputs = traitlets.List().tag(sync=True)
    kernels = traitlets.List().tag(sync=True)  # one of every size
    table = traitlets.List().tag(sync=True)  # weights of dense and local layers, an output a row
    kinds = traitlets.List(list(KINDS)).tag(sync=True)
    height = traitlets.Int(420).tag(sync=True)
    kind = traitlets.Int().tag(sync=True)  # toggles tell the browser their index
    size = traitlets.Int().tag(sync=True)
    stride = traitlets.Int().tag(sync=True)
    padding = traitlets.Int().tag(sync=True)
    output = traitlets.Int().tag(sync=True)
    output_max = traitlets.Int(1).tag(sync=True)
    wire = traitlets.Int().tag(sync=True)
    wire_max = traitlets.Int(1).tag(sync=True)
    count = traitlets.Bool().tag(sync=True)  # whether it says how many weights there are


class SharedWeights(Figure):
    """A layer of neurons with its wires, and the same layer as a matrix.

    Args:
        inputs: 5 to 10 finite numbers, a list or 1D array.
        kernel: 1 to 5 weights of your own, as a network uses them: not reversed. Without it an
            edge detector of every size.
        kind: "shared" (one kernel for all outputs), "local" (every output sees a patch with
            weights of its own) or "dense" (every output sees every input).
        size: 1 to 5, the kernel's where one is given.
        stride: 1 to 3.
        padding: 0 to 2.
        output: the output that is lit to begin with.
        wire: the wire that is lit to begin with.
        count: whether it says from the start how many weights each kind has; a box does so later.
        seed: draws the weights that are not shared.

    Wires are red for positive weights, blue for negative, dashed for 0, and thick for large ones.
    Pointing at a cell of the matrix or at an output lights its wire, and so do the sliders.
    Reading back: `figure.matrix` (outputs, inputs + 2·padding), `.outputs` (the values), `.counts`
    (weights to learn of each kind), `.kernel`.

    Raises:
        ValueError: it cannot show what it was given, and says why in one sentence.

    >>> SharedWeights(inputs=[3, 1, 4, 1, 5, 9, 2, 6], kernel=[-1, 2, -1], stride=2)
    """

    def __init__(
        self,
        inputs=INPUTS,
        kernel=None,
        *,
        kind: str = "shared",
        size: int | None = None,
        stride: int = 1,
        padding: int = 0,
        output: int = 0,
        wire: int = 0,
        count: bool = False,
        seed: int = 0,
    ):
        name = type(self).__name__
        inputs = numbers_1d(name, "inputs", inputs, least=5, most=INPUTS_AT_MOST)
        kernels = [list(weights) for weights in KERNELS]
        if kernel is not None:
            own = numbers_1d(name, "kernel", kernel, most=SIZE_AT_MOST)
            kernels[len(own) - 1] = own
            size = len(own) if size is None else size
        rng = np.random.default_rng(whole(name, "seed", seed, 0, SEED_AT_MOST))
        table = rng.normal(size=(INPUTS_AT_MOST + 4, INPUTS_AT_MOST))
        self.canvas = _SharedWeightsCanvas(
            inputs=inputs,
            kernels=kernels,
            table=np.round(table, 1).tolist(),
            kind=KINDS.index(one_of(name, "kind", kind, KINDS)),
            size=whole(name, "size", 3 if size is None else size, 1, SIZE_AT_MOST),
            stride=whole(name, "stride", stride, 1, STRIDE_AT_MOST),
            padding=whole(name, "padding", padding, 0, PADDING_AT_MOST),
            output=whole(name, "output", output, 0, INPUTS_AT_MOST + 3),
            wire=whole(name, "wire", wire, 0, INPUTS_AT_MOST - 1),
            count=yes_or_no(name, "count", count),
        )
        v, c = self._view(), self.canvas
        c.output, c.output_max = v.output, max(1, len(v.matrix) - 1)
        c.wire, c.wire_max = v.wire, max(1, len(v.columns) - 1)
        self._make_controls()

    # What the learner reads ---------------------------------------------------------------------

    @property
    def kind(self) -> str:
        """ "shared", "local" or "dense"."""
        return KINDS[self.canvas.kind]

    @property
    def size(self) -> int:
        """How many inputs an output sees, unless the layer is dense."""
        return self.canvas.size

    @property
    def stride(self) -> int:
        """Inputs from one output's patch to the next."""
        return self.canvas.stride

    @property
    def padding(self) -> int:
        """Zeros on either side."""
        return self.canvas.padding

    @property
    def kernel(self) -> np.ndarray:
        """The weights that are shared."""
        return np.array(self.canvas.kernels[self.size - 1])

    @property
    def matrix(self) -> np.ndarray:
        """The layer as a matrix, (outputs, inputs + 2·padding)."""
        return self._view().matrix

    @property
    def outputs(self) -> np.ndarray:
        """What the layer computes."""
        return self._view().sums

    @property
    def counts(self) -> dict[str, int]:
        """How many weights there are to learn, for each kind of layer."""
        return self._view().counts

    # How it is made -----------------------------------------------------------------------------

    def _view(self) -> SharedWeightsView:
        c = self.canvas
        return view(
            c.inputs, self.kernel, c.table, kind=self.kind, stride=c.stride, padding=c.padding,
            output=c.output, wire=c.wire,
        )  # fmt: skip

    def _make_controls(self) -> None:
        c = self.canvas
        kind = controls.choice("kind", "which weights are the same", KINDS, index=c.kind)
        self.link("kind", kind, "index")
        size = controls.slider(
            "size", "how many inputs an output sees", value=c.size, min=1, max=SIZE_AT_MOST
        )
        stride = controls.slider(
            "stride", "from patch to patch", value=c.stride, min=1, max=STRIDE_AT_MOST
        )
        padding = controls.slider(
            "padding", "zeros on either side", value=c.padding, max=PADDING_AT_MOST
        )
        output = controls.slider("output", "which output")
        wire = controls.slider("wire", "which of its wires")
        self.link("output_max", output, "max")
        self.link("wire_max", wire, "max")
        for trait, control in (("size", size), ("stride", stride), ("padding", padding),
                               ("output", output), ("wire", wire)):  # fmt: skip
            self.link(trait, control)
        count = controls.tick("count", "how many weights there are to learn", value=c.count)
        self.link("count", count)
        self.compose([kind, size], [stride, padding], [output, wire], [count])

    def describe(self) -> Description:
        v, n = self._view(), len(self.canvas.inputs)
        source = "a zero of the padding" if v.outside(v.lit) else f"input {v.lit - v.padding}"
        text = (
            f"A {self.kind} layer of {n} inputs and {counted(len(v.matrix), 'output')}, kernel "
            f"size {self.size}, stride {self.stride}, padding {self.padding}. "
            f"{''.join(piece for piece, _ in spelled(v))}. The wire from {source} is "
            f"lit, its weight is {weight(v.matrix[v.output, v.lit])}. "
        )
        text += (
            f"Weights to learn: {v.counts['shared']} if shared, {v.counts['local']} if local, "
            f"{v.counts['dense']} if dense."
            if self.canvas.count
            else "Tick count to hear how many weights each kind has."
        )
        rows = tuple(
            (
                str(o),
                ", ".join(
                    weight(w) if wired else "none"
                    for w, wired in zip(line, v.wired[o], strict=True)
                ),
                decimal(v.sums[o]),
            )
            for o, line in enumerate(v.matrix)
        )
        header = ("output", "weights from the inputs, padding included", "value")
        return Description(text, header, rows)

    def draw_picture(self):
        return draw(self, self._view())
