"""How many pixels of the input, along one side, one output sees."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

exercise = Exercise(
    points={"ones": 0.75, "strides": 1.75, "int": 0.5},
    says={
        "ones": "layers of stride 1",
        "strides": "layers with larger strides",
        "int": "a whole number, an int",
    },
    asks={"int": "whole"},
    ready_made=("receptive_field",),
)

def field_of(layers):
    """The right answer to receptive_field."""
    field, jump = 1, 1
    for size, stride in layers:
        field += (size - 1) * jump
        jump *= stride
    return field

exercise.right(ops.receptive_field)

@exercise.variant("written out")
def receptive_field(layers):
    return field_of(layers)

exercise.also("from the output back", "return field_of(layers)", "field = 1\n    for size, stride in reversed(layers):\n        field = (field - 1) * stride + size\n    return field")
exercise.also("a sum over the layers", "return field_of(layers)", "return 1 + sum(\n        (layers[n][0] - 1) * int(np.prod([stride for _, stride in layers[:n]]))\n        for n in range(len(layers))\n    )")
exercise.also("first and last pixel", "return field_of(layers)", "first, last = 0, 0\n    for size, stride in layers[::-1]:\n        first, last = first * stride, last * stride + size - 1\n    return last - first + 1")

LENET = [(5, 1), (2, 2), (5, 1), (2, 2), (5, 1)]
exercise.shows("ones", [(3, 1), (3, 1)], [(5, 1), (3, 1), (4, 1)], [], [(7, 1)])
exercise.shows("strides",
    (LENET,), [(3, 2), (3, 2), (3, 1)], [(4, 3)], [(2, 2), (2, 2), (2, 2)],
    [(3, 1), (5, 4), (2, 3), (3, 2)],
)
exercise.shows("int", (LENET[:3],))
exercise.numpy_integers("int", [(3, 1), (2, 2)])

@exercise.hidden
def receptive_field_hidden(rng):
    for length in (1, 2, 3, 4):
        sizes, strides = rng.integers(2, 8, length), rng.integers(2, 5, length)
        yield "ones", ([(int(size), 1) for size in sizes],)
        yield "strides", ([(int(a), int(b)) for a, b in zip(sizes, strides, strict=True)],)
    yield "ones", ([],)

exercise.slip("sizes added up", "field_of(layers)", "sum(size for size, _ in layers)",
    hint="You add up the sizes. Windows of neighbours overlap: the first pixel is there already, so each layer adds its size less one (times the jump).")
exercise.slip("strides ignored", "field_of(layers)", "1 + sum(size - 1 for size, _ in layers)",
    hint="Right where all strides are 1. After a layer of stride 2, neighbouring numbers are two pixels apart, so every further layer adds twice as much.")
exercise.slip("jump updated too early", "return field_of(layers)", "field, jump = 1, 1\n    for size, stride in layers:\n        jump *= stride\n        field += (size - 1) * jump\n    return field",
    hint="Your jump includes the layer's own stride too early. The numbers in its window are one old jump apart: first add to the field, then multiply the jump.")
exercise.slip("pooling left out", "return field_of(layers)", "field, jump = 1, 1\n    for size, stride in layers:\n        if size != 2:\n            field += (size - 1) * jump\n            jump *= stride\n    return field",
    hint="You leave some layers out, those of size 2 perhaps because they only pool. A pooling window sees neighbours too, and its stride spreads what comes after.")
exercise.slip("window of the pooling left out", "return field_of(layers)", "field, jump = 1, 1\n    for size, stride in layers:\n        if stride == 1:\n            field += (size - 1) * jump\n        jump *= stride\n    return field",
    hint="A layer with a stride of 2 or more makes what follows wider, and yours does that. But its own window sees neighbours too: its size counts.")
exercise.slip("only the last stride", "return field_of(layers)", "field, jump = 1, 1\n    for size, stride in layers:\n        field += (size - 1) * jump\n        jump = stride\n    return field",
    hint="Your jump is the stride of the layer before. It is the product of all strides before.")
exercise.slip("strides added", "return field_of(layers)", "field, jump = 1, 1\n    for size, stride in layers:\n        field += (size - 1) * jump\n        jump += stride - 1\n    return field",
    hint="Your jump adds up the strides. Two layers of stride 2 make a jump of 4, three of them 8: multiply.")
exercise.slip("starts from 0", "field_of(layers)", "field_of(layers) - 1",
    hint="Without any layer, one number sees one pixel: itself. Start from 1.")
exercise.slip("size times jump", "return field_of(layers)", "field, jump = 1, 1\n    for size, stride in layers:\n        field += size * jump\n        jump *= stride\n    return field",
    hint="Each layer adds its size less one, times the jump: the first of its numbers is counted already.")
exercise.slip("only the last layer", "field_of(layers)", "layers[0][0] if layers else 1",
    hint="Only one layer counts: does each layer replace the field instead of adding to it, or is the return inside the loop?")
exercise.slip("layers taken from the output on", "field_of(layers)", "field_of(layers[::-1])",
    hint="You go through the layers from the last to the first with a jump. The list runs from the input on: the jump of a layer comes from the strides before it.")
exercise.slip("own stride instead of the jump", "return field_of(layers)", "field = 1\n    for size, stride in layers:\n        field += (size - 1) * stride\n    return field",
    hint="You multiply size − 1 by the layer's own stride. A layer's steps are as wide as the jump before it: the product of the strides of all layers before.")
exercise.slip("times stride plus size", "return field_of(layers)", "field = 1\n    for size, stride in layers:\n        field = field * stride + size\n    return field",
    hint="You multiply the field by the stride and add the size. Only size − 1 numbers are new, and the jump belongs to them, not to the field so far.")
exercise.slip("times stride plus size, from 0", "return field_of(layers)", "field = 0\n    for size, stride in layers:\n        field = field * stride + size\n    return field",
    hint="You multiply the field by the stride and add the size. Start from 1; only size − 1 numbers are new, and the jump belongs to them.")
exercise.slip("strides added to the jump", "return field_of(layers)", "field, jump = 1, 1\n    for size, stride in layers:\n        field += (size - 1) * jump\n        jump += stride\n    return field",
    hint="The stride is added to the jump, so even a stride of 1 makes it grow. Multiply: the jump is the product of all strides before.")
exercise.slip("field replaced", "return field_of(layers)", "field, jump = 1, 1\n    for size, stride in layers:\n        field = (size - 1) * jump\n        jump *= stride\n    return field",
    hint="Each layer replaces the field of the one before. Add what the layer adds, with `+=`.")
exercise.slip("parentheses forgotten", "return field_of(layers)", "field, jump = 1, 1\n    for size, stride in layers:\n        field += size - jump\n        jump *= stride\n    return field",
    hint="`size - 1 * jump` subtracts the jump from the size, since the product comes first. Put size − 1 in parentheses.")
exercise.slip("jump begins at 0", "field_of(layers)", "1",
    hint="The field stays at 1: nothing is added to it, or the jump begins at 0 and stays there. Neighbouring pixels of the input are 1 apart.")
exercise.slip("jump returned", "return field_of(layers)", "jump = 1\n    for _, stride in layers:\n        jump *= stride\n    return jump",
    hint="The product of the strides comes back, which is the jump. The field is needed.")
exercise.slip("size and stride swapped", "field_of(layers)", "field_of([(stride, size) for size, stride in layers])",
    hint="Size and stride are swapped: in a pair the size comes first.")
