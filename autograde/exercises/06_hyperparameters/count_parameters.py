"""The number of all weights and biases of a network."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import NETWORK, SHORT, traced
from .trace_shapes import trace_shapes

exercise = Exercise(
    points={"lenet": 0.8, "others": 0.8, "int": 0.4},
    says={"lenet": "LeNet's numbers", "others": "other networks", "int": "a whole number, an int"},
    asks={"int": "whole"},
    ready_made=("count_parameters", "trace_shapes"),
)

def counted(input_shape, layers, conv, dense):
    """The sum of conv(layer, before, after) and dense(layer, before, after) over the layers."""
    total, before = 0, tuple(input_shape)
    for layer, after in zip(layers, traced(input_shape, layers), strict=True):
        if layer[0] == "conv":
            total += conv(layer, before, after)
        elif layer[0] == "dense":
            total += dense(layer, before, after)
        before = after
    return total

def conv_count(layer, before, after):
    return layer[1] * (before[0] * layer[2] ** 2 + 1)

def dense_count(layer, before, after):
    return layer[1] * (before[0] + 1)

exercise.right(ops.count_parameters)

@exercise.variant("written out")
def count_parameters(input_shape, layers):
    return counted(input_shape, layers, conv_count, dense_count)

@exercise.variant("with trace_shapes")
def count_parameters_traced(input_shape, layers):
    shapes = [input_shape, *trace_shapes(input_shape, layers)]
    total = 0
    for shape, layer in zip(shapes, layers, strict=False):
        if layer[0] == "conv":
            total += layer[1] * shape[0] * layer[2] * layer[2] + layer[1]
        if layer[0] == "dense":
            total += layer[1] * shape[0] + layer[1]
    return total

@exercise.variant("layer by layer")
def count_parameters_stepwise(input_shape, layers):
    total, shape = 0, input_shape
    for layer in layers:
        if layer[0] in ("conv", "dense"):
            field = layer[2] ** 2 if layer[0] == "conv" else 1
            total += layer[1] * (1 + shape[0] * field)
        shape = trace_shapes(shape, [layer])[0]
    return total

@exercise.variant("sizes of arrays")
def count_parameters_arrays(input_shape, layers):
    shapes = [input_shape, *trace_shapes(input_shape, layers)]
    total = 0
    for n, layer in enumerate(layers):
        if layer[0] == "conv":
            _, depth, r, _, _ = layer
            total += np.prod((depth, shapes[n][0], r, r)) + depth
        elif layer[0] == "dense":
            total += np.prod((shapes[n][0], layer[1])) + layer[1]
    return int(total)

WIDER = [*NETWORK[:9], ("dense", 100), *NETWORK[10:]]
exercise.shows("lenet", ((1, 32, 32), NETWORK), ((1, 32, 32), WIDER))
exercise.shows("others",
    ((3, 13, 10), SHORT), ((2, 9, 7), [("conv", 5, 3, 2, 1), ("relu",), ("pool", 2, 2)]),
    ((3, 5, 6), [("flatten",), ("dense", 4)]), ((3, 8, 7), [("conv", 4, 3, 1, 0), ("conv", 6, 2, 1, 0)]),
)
exercise.shows("int", ((2, 9, 7), SHORT))
exercise.numpy_integers(
    "int", (3, 5, 6), [("conv", 4, 3, 1, 0), ("flatten",), ("dense", 4)]
)

@exercise.hidden
def count_parameters_hidden(rng):
    yield (
        "lenet",
        ((1, 32, 32), [*NETWORK[:9], ("dense", int(rng.integers(50, 99))), *NETWORK[10:]]),
    )
    for _ in range(3):
        depth, r, units = (int(n) for n in rng.integers(2, 7, 3))
        conv = [("conv", depth, r, 1, 1), ("relu",), ("conv", depth + 3, 3, 1, 1), ("pool", 2, 2)]
        rows, columns = (int(n) for n in rng.integers(9, 15, 2))
        yield (
            "others",
            ((int(rng.integers(2, 5)), rows, columns), [*conv, ("flatten",), ("dense", units)]),
        )

def conv_no_bias(layer, before, after):
    return layer[1] * before[0] * layer[2] ** 2

def dense_no_bias(layer, before, after):
    return layer[1] * before[0]

exercise.slip("biases forgotten", "counted(input_shape, layers, conv_count, dense_count)", "counted(input_shape, layers, conv_no_bias, dense_no_bias)",
    hint="These are the weights alone. Each kernel, and each unit of a dense layer, has one bias besides.")
exercise.slip("biases of the kernels forgotten", "conv_count", "conv_no_bias",
    hint="The dense layers are right. Each kernel of a convolution has one bias as well.")
exercise.slip("biases of the units forgotten", "dense_count", "dense_no_bias",
    hint="The convolutions are right. Each unit of a dense layer has one bias as well.")

def conv_one_channel(layer, before, after):
    return layer[1] * (layer[2] ** 2 + 1)

exercise.slip("channels forgotten", "conv_count", "conv_one_channel",
    hint="A kernel has R · R weights for every channel of its input. Yours counts one channel.")

def conv_bias_a_channel(layer, before, after):
    return layer[1] * before[0] * (layer[2] ** 2 + 1)

exercise.slip("a bias for every channel", "conv_count", "conv_bias_a_channel",
    hint="You count a bias for each kernel and each channel. A kernel has one bias in all.")

def conv_bias_a_place(layer, before, after):
    return conv_no_bias(layer, before, after) + after[0] * after[1] * after[2]

exercise.slip("a bias for every pixel", "conv_count", "conv_bias_a_place",
    hint="You count a bias for every place of the output. It is shared, like the weights: one for each kernel.")

def conv_a_place(layer, before, after):
    return conv_count(layer, before, after) * after[1] * after[2]

exercise.slip("weights for every pixel", "conv_count", "conv_a_place",
    hint="You count a kernel's weights once for every place of the output. They are shared: the same numbers serve everywhere.")

def conv_one_side(layer, before, after):
    return layer[1] * (before[0] * layer[2] + 1)

exercise.slip("kernels of one row", "conv_count", "conv_one_side",
    hint="A kernel of size R has R · R weights a channel; yours has R.")

def nothing(layer, before, after):
    return 0

exercise.slip("dense layers left out", "dense_count", "nothing",
    hint="These are the convolutions alone. Dense layers have weights too: one for every input and unit, and a bias for every unit.")
exercise.slip("convolutions left out", "conv_count", "nothing",
    hint="These are the dense layers alone. Convolutions have weights too.")

def dense_after(layer, before, after):
    return layer[1] * (layer[1] + 1)

exercise.slip("the shape after instead of before", "dense_count", "dense_after",
    hint="Your dense layer counts its own units as inputs: has the shape moved on too early? The inputs are the numbers before the layer.")

def conv_depth_twice(layer, before, after):
    return layer[1] * (after[0] * layer[2] ** 2 + 1)

exercise.slip("a kernel as deep as the output", "conv_count", "conv_depth_twice",
    hint="Your kernels are as deep as their own output. A kernel is as deep as its input: one slice of R · R weights for each channel before the layer.")

@exercise.wrong("one list a layer",
    hint="A list comes back, with a number for each layer. Add them up.")
def count_parameters_list(input_shape, layers):
    earlier = [tuple(input_shape), *traced(input_shape, layers)]
    counts = {"conv": conv_count, "dense": dense_count}
    return [
        counts.get(layer[0], nothing)(layer, before, after)
        for layer, before, after in zip(layers, earlier, earlier[1:], strict=False)
    ]

@exercise.wrong("always the channels of the input",
    hint="Every layer of yours has the network's own input before it. What a layer gets is the shape after the layer before: `trace_shapes` gives them all.")
def count_parameters_input_only(input_shape, layers):
    total = 0
    for layer in layers:
        if layer[0] == "conv":
            total += layer[1] * (input_shape[0] * layer[2] ** 2 + 1)
        elif layer[0] == "dense":
            total += layer[1] * (input_shape[0] + 1)
    return total

def conv_one_bias(layer, before, after):
    return conv_no_bias(layer, before, after) + 1

def dense_one_bias(layer, before, after):
    return dense_no_bias(layer, before, after) + 1

exercise.slip("one bias a layer", "counted(input_shape, layers, conv_count, dense_count)", "counted(input_shape, layers, conv_one_bias, dense_one_bias)",
    hint="You count one bias for each layer. There is one for each kernel, and one for each unit.")
exercise.slip("one bias a convolution", "conv_count", "conv_one_bias",
    hint="You count one bias for a whole convolution. Each of its kernels has one.")
exercise.slip("one bias a dense layer", "dense_count", "dense_one_bias",
    hint="You count one bias for a whole dense layer. Each of its units has one.")
exercise.slip("the shapes after all layers", "counted(input_shape, layers, conv_count, dense_count)", "counted(input_shape, layers, conv_depth_twice, dense_after)",
    hint="Entry n of your list is the shape after layer n, not before it: it needs the shape of the input in front.")

@exercise.wrong("only the last layer with weights",
    hint="Only the last layer is counted: the total begins anew with each layer, or is replaced. Set it to 0 before the loop, and add with `+=`.")
def count_parameters_last(input_shape, layers):
    total, before = 0, tuple(input_shape)
    for layer, after in zip(layers, traced(input_shape, layers), strict=True):
        if layer[0] == "conv":
            total = conv_count(layer, before, after)
        elif layer[0] == "dense":
            total = dense_count(layer, before, after)
        before = after
    return total

exercise.slip("only the last layer of the list", "return counted(input_shape, layers, conv_count, dense_count)", "before = (tuple(input_shape), *traced(input_shape, layers))[-2]\n    counts = {\"conv\": conv_count, \"dense\": dense_count}\n    return counts.get(layers[-1][0], nothing)(layers[-1], before, None)",
    hint="The total is set to 0 anew for every layer, so only the last one counts. Set it to 0 once, before the loop.")
exercise.slip("first layer only", "return counted(input_shape, layers, conv_count, dense_count)", "before = tuple(input_shape)\n    counts = {\"conv\": conv_count, \"dense\": dense_count}\n    return counts.get(layers[0][0], nothing)(layers[0], before, None)",
    hint="Only the first layer is counted: the return is inside the loop. Move it to the left.")
