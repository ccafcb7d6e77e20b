"""A volume through a convolutional layer: a correlation with every kernel, plus its bias."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import BLOCK, VOLUME, whole_numbers

exercise = Exercise(
    points={"one": 1, "channels": 2, "kernels": 2},
    says={
        "one": "one kernel on one channel",
        "channels": "one kernel on several channels",
        "kernels": "several kernels",
    },
    ready_made=("conv_layer", "conv_forward", "conv_2d", "count_parameters"),
    praise="This is the layer that the networks of lessons 07 and 08 are built from.",
)

def layer(volume, kernels, biases):
    """Every kernel on every place, by shifts; no bias where `biases` is None."""
    depth, channels, rows, columns = kernels.shape
    high, wide = volume.shape[1] - rows + 1, volume.shape[2] - columns + 1
    maps = np.zeros((depth, high, wide))
    for d in range(depth):
        for c in range(channels):
            for i in range(rows):
                for j in range(columns):
                    maps[d] += kernels[d, c, i, j] * volume[c, i : i + high, j : j + wide]
    return maps if biases is None else maps + np.reshape(biases, (-1, 1, 1))

exercise.right(ops.conv_layer)

@exercise.variant("written out")
def conv_layer(volume, kernels, biases):
    return layer(volume, kernels, biases)

@exercise.variant("place by place")
def conv_layer_places(volume, kernels, biases):
    depth, size = kernels.shape[0], kernels.shape[2]
    rows, columns = volume.shape[1] - size + 1, volume.shape[2] - size + 1
    maps = np.zeros((depth, rows, columns))
    for d in range(depth):
        for r in range(rows):
            for c in range(columns):
                patch = volume[:, r : r + size, c : c + size]
                maps[d, r, c] = np.sum(patch * kernels[d]) + biases[d]
    return maps

@exercise.variant("correlating channel by channel")
def conv_layer_correlates(volume, kernels, biases):
    maps = []
    for kernel, bias in zip(kernels, biases, strict=True):
        parts = [ops.correlate_2d(volume[c], kernel[c], "valid") for c in range(volume.shape[0])]
        maps.append(sum(parts) + bias)
    return np.array(maps)

@exercise.variant("einsum over windows")
def conv_layer_einsum(volume, kernels, biases):
    size = kernels.shape[-1]
    windows = np.lib.stride_tricks.sliding_window_view(volume, (size, size), axis=(1, 2))
    return np.einsum("crsij,dcij->drs", windows, kernels) + biases[:, None, None]

SQUARE = np.array([[1, 2, -3], [0, 4, 5], [7, -1, 6]])

KERNELS = np.array(
    [
        [[[1, 2], [-1, 3]], [[4, 0], [2, -5]]],
        [[[0, 1], [5, -2]], [[3, -1], [1, 2]]],
        [[[2, -4], [1, 1]], [[-3, 2], [0, 6]]],
    ]
)
exercise.shows("one",
    (VOLUME[:1], SQUARE.reshape(1, 1, 3, 3), np.array([0.5])),
    (VOLUME[1:, 1:, :4] / 2, BLOCK[:1].reshape(1, 1, 2, 2), np.array([-3])),
)
exercise.shows("channels",
    (VOLUME, KERNELS[:1], np.array([10])), (VOLUME[:, :, :3], KERNELS[1:2] / 2, np.array([1.25])),
)
exercise.shows("kernels",
    (VOLUME, KERNELS, np.array([10, -20, 30])), (VOLUME[:1], KERNELS[:2, :1], np.array([0.5, 7])),
)
exercise.shows("one", (VOLUME[:1, :3, :3], SQUARE.reshape(1, 1, 3, 3), np.array([2])))

@exercise.hidden
def conv_layer_hidden(rng):
    yield "one", (whole_numbers(rng, 1, 4, 6), whole_numbers(rng, 1, 1, 3, 3), np.array([1.5]))
    yield "channels", (whole_numbers(rng, 3, 4, 5), whole_numbers(rng, 1, 3, 2, 2), np.array([4]))
    yield (
        "kernels",
        (whole_numbers(rng, 3, 5, 4), whole_numbers(rng, 4, 3, 3, 3) / 2, whole_numbers(rng, 4)),
    )
    yield "kernels", (whole_numbers(rng, 2, 3, 3), whole_numbers(rng, 3, 2, 3, 3), np.arange(3))

exercise.slip("kernels reversed", "return layer(volume, kernels, biases)", "return layer(volume, kernels[:, :, ::-1, ::-1], biases)",
    hint="The kernels are reversed. A layer uses them as they are written: it is a correlation.")
exercise.slip("channels not summed", "return layer(volume, kernels, biases)", "maps = [layer(volume[c : c + 1], kernels[:, c : c + 1], biases) for c in range(len(volume))]\n    return maps[0] if len(volume) == 1 else np.stack(maps, axis=1)",
    hint="For each kernel there is one map for every channel. Add the channels up, so that each kernel gives one map.")
exercise.slip("first channel only", "return layer(volume, kernels, biases)", "return layer(volume[:1], kernels[:, :1], biases)",
    hint="Only channel 0 is looked at. Every kernel goes through all channels.")
exercise.slip("last channel only", "return layer(volume, kernels, biases)", "return layer(volume[-1:], kernels[:, -1:], biases)",
    hint="Only the last channel counts: each channel replaces the one before (add them with `+=`), or the loop begins at channel 1.")
exercise.slip("the same weights for every channel", "return layer(volume, kernels, biases)", "return layer(volume, np.repeat(kernels[:, :1], len(volume), axis=1), biases)",
    hint="You use the weights of channel 0 for every channel. Channel c has its own: `kernels[d, c]`.")
exercise.slip("the first kernel everywhere", "return layer(volume, kernels, biases)", "return layer(volume, np.repeat(kernels[:1], len(kernels), axis=0), biases)",
    hint="All maps come from kernel 0. Map d comes from `kernels[d]`.")
exercise.slip("kernels added up", "return layer(volume, kernels, biases)", "maps = layer(volume, kernels, biases)\n    return maps if len(maps) == 1 else maps.sum(axis=0)",
    hint="The maps of all kernels are added up. Each kernel makes a map of its own: the result has D channels.")
exercise.slip("bias forgotten", "return layer(volume, kernels, biases)", "return layer(volume, kernels, None)",
    hint="The sums are right, but the biases are not in them: add `biases[d]` to every place of map d.")
exercise.slip("first bias everywhere", "return layer(volume, kernels, biases)", "return layer(volume, kernels, np.full(len(kernels), biases[0]))",
    hint="Every map gets the bias of kernel 0. Map d gets `biases[d]`.")
exercise.slip("bias for every channel", "return layer(volume, kernels, biases)", "return layer(volume, kernels, biases * len(volume))",
    hint="The bias is added once for every channel. It is added once, after the channels have been added up.")
exercise.slip("bias for every weight", "return layer(volume, kernels, biases)", "return layer(volume, kernels, biases * kernels[0].size)",
    hint="The bias is added to every product. It is added once for each place of the map.")
exercise.slip("last row and column lost", "return layer(volume, kernels, biases)", "return layer(volume, kernels, biases)[:, :-1, :-1]",
    hint="The last row and column of each map are missing: there are H − R + 1 places, not H − R.")
exercise.slip("last row and column left at zero", "return layer(volume, kernels, biases)", "maps = layer(volume, kernels, biases)\n    maps[:, -1], maps[:, :, -1] = 0, 0\n    return maps",
    hint="The last row and column of each map are 0: the array has the right size, but the loops end one step early.")
exercise.slip("rows and columns exchanged", "return layer(volume, kernels, biases)", "return layer(volume, kernels, biases).transpose(0, 2, 1)",
    hint="Rows and columns of the maps are swapped: they should be `maps[d, row, col]`.")
exercise.slip("kernels last", "return layer(volume, kernels, biases)", "return layer(volume, kernels, biases).transpose(1, 2, 0)",
    hint="The numbers are right, but their axes are not in order. Map first, then row, then column.")
exercise.slip("whole numbers", "return layer(volume, kernels, biases)", "return np.trunc(layer(volume, kernels, biases))",
    hint="Fractions are lost: the maps are arrays of whole numbers. Make them with `np.zeros`, without a dtype.")
exercise.slip("negative results cut off", "return layer(volume, kernels, biases)", "return np.maximum(layer(volume, kernels, biases), 0)",
    hint="Negative results have become 0. The sums stay as they are, even where they are negative.")
exercise.slip("all biases in every map", "return layer(volume, kernels, biases)", "return layer(volume, kernels, np.full(len(kernels), np.sum(biases)))",
    hint="Every map gets the sum of all biases. Map d gets only `biases[d]`.")
exercise.slip("first map only", "return layer(volume, kernels, biases)", "maps = layer(volume, kernels, biases)\n    maps[1:] = 0\n    return maps",
    hint="Only the first map is filled: the return is inside the loop over the kernels. Move it to the left, after all loops.")
exercise.slip("all kernels at once", "return layer(volume, kernels, biases)", "return layer(volume, np.repeat(kernels.sum(0)[None], len(kernels), axis=0), biases)",
    hint="Each patch meets all kernels at once, and their answers are added up in every map. Map d comes from `kernels[d]` alone.")
exercise.slip("first number only", "return layer(volume, kernels, biases)", "maps = layer(volume, kernels, biases)\n    first, maps[:] = maps[0, 0, 0], 0\n    maps[0, 0, 0] = first\n    return maps",
    hint="Only the first number is there, the rest is 0: the return is inside the inner loop. Move it to the left, after all loops.")
exercise.slip("first row only", "return layer(volume, kernels, biases)", "maps = layer(volume, kernels, biases)\n    maps[0, 1:], maps[1:] = 0, 0\n    return maps",
    hint="Only the first row of the first map is there, the rest is 0: the return is inside a loop. Move it to the left, after all loops.")
exercise.slip("last row left at zero", "return layer(volume, kernels, biases)", "maps = layer(volume, kernels, biases)\n    maps[:, -1] = 0\n    return maps",
    hint="The last row of each map is 0: the array has the right size, but the loop over the rows ends one step early.")
exercise.slip("all in map 0", "return layer(volume, kernels, biases)", "maps = layer(volume, kernels, biases)\n    maps[0], maps[1:] = maps[-1].copy(), 0\n    return maps",
    hint="Every kernel writes into map 0, so the last one is left there and the other maps stay 0. Kernel d writes into map d.")
exercise.slip("channels reversed as well", "return layer(volume, kernels, biases)", "return layer(volume, kernels[:, ::-1, ::-1, ::-1], biases)",
    hint="The kernels are reversed, and even their channels. A layer uses them as they are written: it is a correlation.")
exercise.slip("channels read backwards", "return layer(volume, kernels, biases)", "return layer(volume, kernels[:, ::-1], biases)",
    hint="Channel 0 of the kernel meets the last channel of the volume. They belong together as they are numbered.")
exercise.slip("array too small", "return layer(volume, kernels, biases)", "raise IndexError(\"out of bounds\")",
    hint="Python stops with an IndexError: an index goes too far, or the array for the maps is too small. Its shape is (D, H − R + 1, W − R + 1), in this order.")
