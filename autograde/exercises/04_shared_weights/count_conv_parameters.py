"""Weights and biases of a convolutional layer, together: a whole number."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    points={"count": 1.6, "int": 0.4},
    says={"count": "weights and biases together", "int": "a whole number, an int"},
    asks={"int": "whole"},
    ready_made=("conv_layer", "conv_forward", "conv_2d", "count_parameters"),
)

@exercise.right
def count_conv_parameters(in_channels, out_channels, size):
    return out_channels * (in_channels * size**2 + 1)

exercise.also("two parts", "return out_channels * (in_channels * size**2 + 1)", "weights = in_channels * out_channels * size * size\n    biases = out_channels\n    return weights + biases")
exercise.also("size of an array", "out_channels * (in_channels * size**2 + 1)", "np.zeros((out_channels, in_channels, size, size)).size + out_channels")
exercise.also("kernel by kernel", "return out_channels * (in_channels * size**2 + 1)", "total = 0\n    for _ in range(out_channels):\n        total += 1\n        for _ in range(in_channels):\n            total += size * size\n    return total")

exercise.shows("count", (3, 1, 3), (6, 16, 5), (1, 6, 4))
exercise.shows("int", (2, 5, 3))
exercise.numpy_integers("int", 3, 2, 4)

@exercise.hidden
def count_conv_parameters_hidden(rng):
    yield "count", tuple(int(number) for number in rng.integers(2, 20, 3))

exercise.slip("biases forgotten", "out_channels * (in_channels * size**2 + 1)", "out_channels * in_channels * size**2",
    hint="These are the weights. Each kernel has a bias as well.")
exercise.slip("one bias in all", "out_channels * (in_channels * size**2 + 1)", "out_channels * in_channels * size**2 + 1",
    hint="You counted one bias for the whole layer. Each kernel has one.")
exercise.slip("one bias a kernel and channel", "out_channels * (in_channels * size**2 + 1)", "out_channels * in_channels * (size**2 + 1)",
    hint="You counted a bias for every kernel and every channel. A kernel adds up over all channels, and then adds its one bias.")
exercise.slip("one bias an input channel", "out_channels * (in_channels * size**2 + 1)", "out_channels * in_channels * size**2 + in_channels",
    hint="You counted a bias for every input channel. It belongs to the kernel: `out_channels` of them.")
exercise.slip("a bias for each place", "out_channels * (in_channels * size**2 + 1)", "out_channels * (in_channels + 1) * size**2",
    hint="You counted a bias for every place of the kernel. Each kernel has one.")
exercise.slip("input channels forgotten", "in_channels * size**2", "size**2",
    hint="Each kernel has weights for every channel of its input; yours have them for one.")
exercise.slip("one kernel", "out_channels * (in_channels * size**2 + 1)", "in_channels * size**2 + 1",
    hint="You counted one kernel. There are `out_channels` of them.")
exercise.slip("size not squared", "size**2", "size",
    hint="A kernel has size rows and size columns, so size² weights a channel.")
exercise.slip("size doubled", "size**2", "size * 2",
    hint="You take size twice. A kernel has size rows of size weights: size times size.")
exercise.slip("the wrong sign for a power", "out_channels * (in_channels * size**2 + 1)", "in_channels * out_channels * size ^ 2 + out_channels",
    hint="In Python `^` is no power. Multiply size by size.")
exercise.slip("the wrong sign for a power, in brackets", "size**2", "(size ^ 2)",
    hint="In Python `^` is no power. Multiply size by size in its place.")
exercise.slip("weights of one kernel", "out_channels * (in_channels * size**2 + 1)", "in_channels * size**2 + out_channels",
    hint="The biases are right. The weights are those of one kernel; there are `out_channels` of them.")
exercise.slip("channels added", "in_channels * size**2", "in_channels + size**2",
    hint="You add the input channels to the weights. Each channel has size × size weights of its own: multiply.")
