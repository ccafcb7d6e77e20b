"""The arithmetic of LayerStack, as layer_stack.js does it in the browser."""

from __future__ import annotations

from dataclasses import dataclass

from convolab.figures.number_text import counted, decimal
from convolab.ops import output_size

KINDS = ("conv", "pool")


@dataclass(frozen=True)
class StackLayer:
    """One layer of the stack, and what it makes of the maps below it."""

    kind: str
    depth: int  # kernels, of a convolution
    size: int
    stride: int
    padding: int
    side: int  # rows and columns of its output
    channels: int
    parameters: int
    field: int  # columns of the input that one of its outputs sees, padding included
    jump: int  # columns of the input from one output to the next
    start: float  # the middle of the first output, in columns of the input
    dropped: int  # columns at the end that pooling leaves out


@dataclass(frozen=True)
class LayerStackView:
    """Everything the picture shows, as numbers; `view` in layer_stack.js gives the same."""

    side: int  # of the input
    channels: int
    layers: list[StackLayer]  # up to the first impossible one
    count: int  # how many there should be
    problem: str
    unit: int
    unit_max: int
    reach: list[tuple[int, int]]  # from the input up: the places that the unit sees in each map

    @property
    def parameters(self) -> int:
        """All weights and biases."""
        return sum(layer.parameters for layer in self.layers)

    @property
    def seen(self) -> tuple[int, int]:
        """The first and the last real column of the input that the unit sees."""
        first, last = self.reach[0]
        return max(0, first), min(self.side - 1, last)


def view(side: int, channels: int, layers, unit: int) -> LayerStackView:
    """The numbers for layers (kind, depth, size, stride, padding) over an input, at one output."""
    made, problem = [], ""
    now, depth, field, jump, start = side, channels, 1, 1, 0.5
    for number, (kind, kernels, size, stride, padding) in enumerate(layers, 1):
        left = now - size + 2 * padding
        if left < 0:
            problem = f"Layer {number} is impossible: a window of {size} does not fit on {now}."
            break
        if kind == "conv" and left % stride:
            problem = (
                f"Layer {number} is impossible: ({now} − {size} + 2·{padding})/{stride} + 1 = "
                f"{decimal(left / stride + 1)}."
            )
            break
        parameters = kernels * (depth * size * size + 1) if kind == "conv" else 0
        depth = kernels if kind == "conv" else depth
        now = output_size(now, size, padding, stride, strict=False)
        field += (size - 1) * jump
        start += ((size - 1) / 2 - padding) * jump
        jump *= stride
        made.append(
            StackLayer(
                kind, kernels, size, stride, padding, now, depth, parameters, field, jump, start,
                left % stride,
            )
        )  # fmt: skip
    unit = max(0, min(now - 1, unit))
    return LayerStackView(
        side, channels, made, len(layers), problem, unit, now - 1, _reach(side, made, unit)
    )


def _reach(side: int, layers: list[StackLayer], unit: int) -> list[tuple[int, int]]:
    """From the input up to the last map: first and last place that the unit sees there.

    Places of padding are counted in their own map, but they see nothing further down.
    """
    places = [(unit, unit)]
    sides = [side, *(layer.side for layer in layers)]
    for layer, above in zip(reversed(layers), reversed(sides), strict=False):
        first, last = max(0, places[0][0]), min(above - 1, places[0][1])
        first = first * layer.stride - layer.padding
        places.insert(0, (first, last * layer.stride - layer.padding + layer.size - 1))
    return places


def spelled(v: LayerStackView) -> list[tuple[str, str]]:
    """field = 4·1 + 1·1 + … + 1 = 32 in pieces (text, role)."""
    pieces, jump = [("field", "output"), (" = ", "quiet")], 1
    for layer in v.layers:
        pieces += [(str(layer.size - 1), "kernel"), ("·", "quiet"), (str(jump), "ink")]
        pieces.append((" + ", "quiet"))
        jump *= layer.stride
    pieces.append(("1", "ink"))
    if v.layers:
        pieces += [(" =", "quiet"), (f" {v.layers[-1].field}", "output")]
    return pieces


def window(layer) -> tuple[str, str]:
    """A layer (kind, depth, size, stride, padding) as "conv 5×5" and "stride 1, padding 2"."""
    kind, _, size, stride, padding = layer
    return f"{kind} {size}×{size}", f"stride {stride}{f', padding {padding}' if padding else ''}"


def volume(side: int, channels: int) -> str:
    """28×28×6."""
    return f"{side}×{side}×{channels}"


def span(first: int, last: int) -> str:
    """ "column 3", "columns 0 to 4"."""
    return f"column {first}" if first == last else f"columns {first} to {last}"


def notes(v: LayerStackView) -> str:
    """The whole stack in words: what is impossible, dropped, counted."""
    if v.problem:
        above = v.count - len(v.layers) - 1
        return f"{v.problem}{' Nothing above it exists.' if above else ''}"
    top = v.layers[-1]
    dropped = [
        f"layer {number} drops {layer.dropped} of {counted(below, 'column')}"
        for number, (layer, below) in enumerate(
            zip(v.layers, [v.side, *(layer.side for layer in v.layers)], strict=False), 1
        )
        if layer.dropped
    ]
    words = f" Pooling rounds down: {', '.join(dropped)}." if dropped else ""
    return (
        f"The receptive field of output {v.unit} is {span(*v.seen)} of the input. "
        f"From {volume(v.side, v.channels)} to {volume(top.side, top.channels)} with "
        f"{v.parameters:,} {'parameter' if v.parameters == 1 else 'parameters'}.{words}"
    )


def chosen(number: int, layer) -> str:
    """The layer that the sliders change, in words."""
    maps = f", {counted(layer[1], 'kernel')}" if layer[0] == "conv" else ""
    return f"Layer {number} is chosen: {', '.join(window(layer))}{maps}."


def depended_on(v: LayerStackView, number: int) -> str:
    """The places in a layer's map (0 is the input) on which the chosen output depends."""
    side = v.layers[number - 1].side if number else v.side
    first, last = v.reach[number]
    first, last = max(0, first), min(side - 1, last)
    return str(first) if first == last else f"{first} to {last}"
