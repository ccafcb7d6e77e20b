"""The shape after every layer."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .output_size import output_size
from .shared import NETWORK, SHORT, places, shape_after, traced

exercise = Exercise(
    points={"maps": 1.5, "flat": 1, "errors": 1, "int": 0.5},
    says={
        "maps": "convolutions, ReLU and pooling",
        "flat": "networks that end in dense layers",
        "errors": "layers that are impossible", "int": "whole numbers, ints",
    },
    asks={"errors": "answer", "int": "whole"},
    ready_made=("trace_shapes",),
)

def walked(input_shape, layers, step):
    """The shape after each layer, by a step from one to the next that may be wrong."""
    shape, shapes = input_shape, []
    for layer in layers:
        shape = step(shape, layer)
        shapes.append(shape)
    return shapes

exercise.right(ops.trace_shapes)

@exercise.variant("written out")
def trace_shapes(input_shape, layers):
    return traced(input_shape, layers)

@exercise.variant("with output_size")
def trace_shapes_with_sizes(input_shape, layers):
    shape, shapes = tuple(input_shape), []
    for position, (kind, *numbers) in enumerate(layers, start=1):
        try:
            if kind == "conv":
                depth, r, s, p = numbers
                _, rows, columns = shape
                shape = (depth, output_size(rows, r, p, s), output_size(columns, r, p, s))
            elif kind == "pool":
                size, stride = numbers
                channels, rows, columns = shape
                rows = output_size(rows, size, 0, stride, False)
                shape = (channels, rows, output_size(columns, size, 0, stride, False))
            elif kind == "flatten":
                shape = (int(np.prod(shape)),)
            elif kind == "dense":
                if len(shape) != 1:
                    raise ValueError("flatten first")
                shape = (numbers[0],)
        except ValueError as error:
            raise ValueError(f"layer {position} ({kind}): {error}") from error
        shapes.append(shape)
    return shapes

@exercise.variant("counting in pixels")
def trace_shapes_counting(input_shape, layers):
    shapes = [tuple(input_shape)]
    for position, layer in enumerate(layers, start=1):
        shape = shapes[-1]
        if layer[0] == "flatten":
            total = 1
            for side in shape:
                total *= side
            shape = (total,)
        elif layer[0] != "relu":
            try:
                shape = shape_after(shape, layer)
            except ValueError:
                raise ValueError(f"layer {position}") from None
        shapes.append(shape)
    return shapes[1:]

exercise.also("by recursion", "traced(input_shape, layers)", "_shapes_from(tuple(input_shape), layers, 1)")

exercise.shows("maps",
    ((1, 32, 32), NETWORK[:6]), ((3, 13, 10), [("conv", 4, 3, 1, 1), ("relu",), ("pool", 3, 2)]),
    ((2, 11, 9), [("conv", 5, 3, 2, 1), ("pool", 2, 2)]),
    ((3, 8, 11), [("pool", 2, 3), ("conv", 7, 2, 1, 0)]),
)
exercise.shows("flat",
    ((1, 32, 32), NETWORK), ((2, 13, 10), SHORT), ((6,), [("dense", 4), ("relu",), ("dense", 3)]),
)
exercise.shows("errors", ((3, 9, 5), [("conv", 2, 3, 2, 0)]))
exercise.refuses("a convolution whose windows do not come out even",
    ((3, 10, 9), [("relu",), ("conv", 2, 3, 2, 0)]), ((3, 9, 10), [("relu",), ("conv", 2, 3, 2, 0)]),
    says=2,
)
exercise.refuses("a window larger than the picture", ((1, 6, 6), [("relu",), ("pool", 7, 2)]), says=2)
exercise.refuses("a dense layer without flatten before it", ((1, 6, 6), [("conv", 5, 3, 1, 0), ("dense", 4)]), says=2)
exercise.refuses("a convolution or pooling after flatten",
    ((1, 6, 6), [("flatten",), ("conv", 2, 3, 1, 0)]), ((1, 6, 6), [("flatten",), ("pool", 3, 3)]), says=2,
)
exercise.shows("int", ((2, 13, 10), SHORT))
exercise.numpy_integers(
    "errors", (2, 11, 9), [("conv", 5, 3, 2, 1), ("pool", 2, 2), ("flatten",)]
)

@exercise.hidden
def trace_shapes_hidden(rng):
    for _ in range(3):
        depth, r = int(rng.integers(2, 9)), int(rng.integers(2, 5))
        rows, columns = (int(n) for n in rng.integers(14, 22, 2))
        conv = [("conv", depth, r, 1, int(rng.integers(0, 3))), ("relu",)]
        pool = [("pool", int(rng.integers(2, 4)), int(rng.integers(1, 4)))]
        yield "maps", ((2, rows, columns), conv + pool)
        flat = [("flatten",), ("dense", int(rng.integers(2, 90)))]
        yield "flat", ((3, rows, columns), pool + conv + flat)
    yield "errors", ((2, 7, 9), [("conv", int(rng.integers(2, 9)), 3, 2, 0)])
    yield (
        "errors",
        ((2, 8, 9), [("relu",), ("conv", int(rng.integers(2, 9)), 3, 2, 0)]),
        ValueError,
        2,
    )

@exercise.wrong("channels kept by a convolution",
    hint="After a convolution there are as many channels as it has kernels: its depth, not the channels of the input.")
def trace_shapes_channels_kept(input_shape, layers):
    shapes = traced(input_shape, layers)
    channels, result = input_shape[0], []
    for layer, shape in zip(layers, shapes, strict=True):
        if len(shape) == 3:
            shape = (channels, *shape[1:])
        elif layer[0] == "flatten":
            before = result[-1]
            shape = (int(np.prod(before)),)
        result.append(shape)
    return result

exercise.slip("channels last", "traced(input_shape, layers)", "[(*s[1:], s[0]) if len(s) == 3 else s for s in traced(input_shape, layers)]",
    hint="The channels come last in your shapes. The order is (C, H, W).")
exercise.slip("relu and the like left out", "return traced(input_shape, layers)", "shapes = traced(input_shape, layers)\n    return [s for layer, s in zip(layers, shapes, strict=True) if layer[0] != \"relu\"]",
    hint="Some layers have no entry, such as relu, which changes no shape. There is one shape for every layer of the list.")
exercise.slip("input listed as well", "traced(input_shape, layers)", "[tuple(input_shape), *traced(input_shape, layers)]",
    hint="Your list begins with the shape of the input. Only the shapes after the layers are needed, one for each.")
exercise.slip("only the last shape", "traced(input_shape, layers)", "traced(input_shape, layers)[-1]",
    hint="One shape comes back. Collect the shape after every layer in a list.")
exercise.slip("returns too early", "traced(input_shape, layers)", "traced(input_shape, layers[:1])",
    hint="Only the first layer is there: the return is inside the loop.")
exercise.slip("always the input's shape", "traced(input_shape, layers)", "[shape_after(input_shape, layer) for layer in layers]",
    hint="Each layer starts from the shape of the input. It should start from the shape after the layer before it.")
exercise.slip("columns as rows", "return traced(input_shape, layers)", "square = (input_shape[0], input_shape[1], input_shape[1]) if len(input_shape) == 3 else None\n    return traced(square or input_shape, layers)",
    hint="It is right for square inputs only: rows and columns have sizes of their own.")
exercise.slip("stride and padding swapped", "return traced(input_shape, layers)", "swapped = [(*a[:3], a[4], a[3]) if a[0] == \"conv\" else a for a in layers]\n    return traced(input_shape, swapped)",
    hint="In (\"conv\", depth, r, s, p) the stride comes before the padding; `output_size` takes the padding first.")

@exercise.wrong("strict pooling",
    hint="Your pooling is strict and refuses what does not come out even. Pooling rounds down.")
def trace_shapes_strict_pool(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        if layer[0] == "pool" and len(shape) == 3:
            places(shape[1], layer[1], 0, layer[2])
            places(shape[2], layer[1], 0, layer[2])
        shape = shape_after(shape, layer)
        shapes.append(shape)
    return shapes

exercise.slip("pooling side by side", "return traced(input_shape, layers)", "alike = [(\"pool\", a[1], a[1]) if a[0] == \"pool\" else a for a in layers]\n    return traced(input_shape, alike)",
    hint="Your pooling divides by its size. Windows may overlap or leave gaps: its size and its stride are two numbers.")

exercise.knob("channels pooled", walked, step=lambda s, a: (max(1, s[0] // a[2]), *shape_after(s, a)[1:]) if a[0] == "pool" else shape_after(s, a),
    hint="Your pooling shrinks the channels as well. Each channel is pooled on its own, so their number stays.")

exercise.knob("flatten without the channels", walked, step=lambda s, a: (s[1] * s[2],) if a[0] == "flatten" and len(s) == 3 else shape_after(s, a),
    hint="Flattening keeps every number, those of all channels: C · H · W of them.")

exercise.slip("numbers instead of tuples", "traced(input_shape, layers)", "[s[0] if len(s) == 1 else s for s in traced(input_shape, layers)]",
    hint="After flatten and dense a shape has one entry, and is still a tuple: (120,) with a comma, not 120.")
exercise.slip("impossible convolutions rounded", "return traced(input_shape, layers)", "shape, shapes = input_shape, []\n    for layer in layers:\n        shape = shape_after(shape, layer, strict=False)\n        shapes.append(shape)\n    return shapes",
    hint="The shapes are right. A convolution that does not come out even is impossible: leave `output_size` strict there, in rows and in columns.")
exercise.slip("dense without flattening", "return traced(input_shape, layers)", "shape, shapes = input_shape, []\n    for layer in layers:\n        shape = (layer[1],) if layer[0] == \"dense\" else shape_after(shape, layer)\n        shapes.append(shape)\n    return shapes",
    hint="The shapes are right. A dense layer needs a flat input: after maps, without a flatten between, raise a ValueError.")

exercise.knob("IndexError for flat inputs", walked, step=lambda s, a: (a[0] in ("conv", "pool") and s[2], shape_after(s, a))[1],
    hint="The shapes are right. A convolution or a pooling after flatten makes Python stop with an IndexError: ask first whether the shape has three entries, and raise a ValueError if not.")

exercise.knob("pooling divides by the stride", walked, step=lambda s, a: (s[0], s[1] // a[2], s[2] // a[2]) if a[0] == "pool" and len(shape_after(s, a)) == 3 else shape_after(s, a),
    hint="Your pooling divides the sides by the stride. That is right only for windows side by side: let `output_size` count them, with `strict=False`.")

exercise.knob("IndexError for a convolution of a flat input", walked, step=lambda s, a: (a[0] == "conv" and s[2], shape_after(s, a))[1],
    hint="The shapes are right. A convolution after flatten makes Python stop with an IndexError: ask there too whether the shape has three entries, and raise a ValueError if not.")

exercise.knob("IndexError for a pooling of a flat input", walked, step=lambda s, a: (a[0] == "pool" and s[2], shape_after(s, a))[1],
    hint="The shapes are right. A pooling after flatten makes Python stop with an IndexError: ask there too whether the shape has three entries, and raise a ValueError if not.")

@exercise.wrong("comma forgotten",
    hint="(120) is the number 120; a tuple with one entry is written with a comma, (120,). So Python stops with a TypeError at the next layer, which asks for the length of the shape.")
def trace_shapes_no_comma(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        if layer[0] != "relu":
            len(shape)  # a TypeError where it is a number
            after = shape_after(shape, layer)
            shape = after[0] if layer[0] in ("flatten", "dense") else after
        shapes.append(shape)
    return shapes

@exercise.wrong("comma forgotten after flatten",
    hint="After flatten the shape is a number: (400) is 400, and a tuple with one entry needs a comma, (400,). So Python stops with a TypeError at the dense layer.")
def trace_shapes_no_comma_flat(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        len(shape)  # a TypeError where it is a number
        after = shape_after(shape, layer)
        shape = after[0] if layer[0] == "flatten" else after
        shapes.append(shape)
    return shapes

@exercise.wrong("comma forgotten after dense",
    hint="After a dense layer the shape is a number: (120) is 120, and a tuple with one entry needs a comma, (120,). So Python stops with a TypeError at the next dense layer.")
def trace_shapes_no_comma_dense(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        if layer[0] != "relu":
            len(shape)  # a TypeError where it is a number
            after = shape_after(shape, layer)
            shape = after[0] if layer[0] == "dense" else after
        shapes.append(shape)
    return shapes

exercise.knob("always halved", walked, step=lambda s, a: (s[0], s[1] // 2, s[2] // 2) if a[0] == "pool" and len(s) == 3 else shape_after(s, a),
    hint="Every pooling of yours halves the sides. Use its size and its stride: let `output_size` count the windows, with `strict=False`.")

exercise.knob("pooling divides by the size, nothing else", walked, step=lambda s, a: (s[0], s[1] // a[1], s[2] // a[1]) if a[0] == "pool" and len(s) == 3 else shape_after(s, a),
    hint="Your pooling divides the sides by its size. Size and stride are two numbers, and windows may overlap: let `output_size` count them, with `strict=False`.")

exercise.knob("columns as rows in a convolution", walked, step=lambda s, a: shape_after((*s[:2], s[1]) if a[0] == "conv" and len(s) == 3 else s, a),
    hint="Your convolution gives its rows twice. The columns have a size of their own: the last entry of the shape.")

exercise.slip("entries added", "return traced(input_shape, layers)", "shape, shapes = input_shape, []\n    for layer in layers:\n        shape = (sum(shape),) if layer[0] == \"flatten\" else shape_after(shape, layer)\n        shapes.append(shape)\n    return shapes",
    hint="Flatten adds the entries of the shape: 16 + 5 + 5. There are 16 · 5 · 5 numbers, so multiply.")

exercise.knob("channels multiplied", walked, step=lambda s, a: (shape_after(s, a)[0] * s[0], *shape_after(s, a)[1:]) if a[0] == "conv" else shape_after(s, a),
    hint="Your convolution multiplies its depth by the channels of its input. A kernel adds up over all channels, so each kernel gives one map: depth of them.")

def _shapes_from(shape, layers, position):
    if not layers:
        return []
    try:
        after = shape_after(shape, layers[0])
    except ValueError as error:
        raise ValueError(f"layer {position}: {error}") from error
    return [after, *_shapes_from(after, layers[1:], position + 1)]
