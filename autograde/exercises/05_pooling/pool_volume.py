"""Every channel pooled on its own."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .pool_2d import pool_2d
from .shared import TWO, VOLUME, every, kept, refuse, whole_numbers, windows_pooled

exercise = Exercise(
    points={"max": 1.25, "others": 1.25, "errors": 0.5},
    says={
        "max": "each channel's maxima",
        "others": "other sizes, strides and kinds",
        "errors": "input that has no answer",
    },
    asks={"errors": "answer"},
    ready_made=("pool_2d", "pool_volume", "pool_forward"),
)

def each_channel(volume, *how):
    """The right answer, for others to go wrong from."""
    return np.stack([every(channel, *how) for channel in volume])

def windows_pooled_deep(volume, size, stride, how):
    """What pool_2d makes of a volume: windows over channels and rows, whole columns in each."""
    stride = size if stride is None else stride
    refuse(volume, size, stride, how)
    return windows_pooled(volume, size, stride, how)

exercise.right(ops.pool_volume)

@exercise.variant("written out")
def pool_volume(volume, size=2, stride=None, how="max"):
    return each_channel(volume, size, stride, how)

@exercise.variant("zeros filled")
def pool_volume_zeros(volume, size=2, stride=None, how="max"):
    first = pool_2d(volume[0], size, stride, how)
    result = np.zeros((len(volume), first.shape[0], first.shape[1]))
    for c in range(len(volume)):
        result[c] = pool_2d(volume[c], size, stride, how)
    return result

@exercise.variant("all channels at once")
def pool_volume_windows(volume, size=2, stride=None, how="max"):
    stride = size if stride is None else stride
    refuse(volume[0], size, stride, how)
    windows = np.lib.stride_tricks.sliding_window_view(volume, (size, size), axis=(1, 2))
    windows = windows[:, ::stride, ::stride].astype(float)
    return kept(windows, how, (3, 4))

exercise.also("stack", "each_channel(volume, size, stride, how)", "np.stack([pool_2d(channel, size, stride, how) for channel in volume])")
exercise.also("array of a list", "return each_channel(volume, size, stride, how)", "pooled = []\n    for c in range(volume.shape[0]):\n        pooled.append(pool_2d(volume[c], size, stride, how))\n    return np.array(pooled)")

exercise.shows("max", (VOLUME,), (TWO,), -np.abs(VOLUME[:1]) - 1, TWO[:1, :2, :2])
exercise.shows("others", (VOLUME, 2, 1), (TWO, 3, 2, "average"), (TWO, 2, None, "sum"), (TWO, 3), (VOLUME, 2, 7))
exercise.shows("errors", (VOLUME, 4))
exercise.refuses("a window larger than the channel", (VOLUME, 5), (VOLUME[:, :, :3], 4), (VOLUME[:, :2, :2], 3, 1))
exercise.refuses("a size or a stride below 1", (VOLUME, 0), (VOLUME, 2, 0))
exercise.refuses("an unknown way of pooling", (VOLUME, 2, 2, "median"))
exercise.numpy_integers("errors", VOLUME, 3, 1)

@exercise.hidden
def pool_volume_hidden(rng):
    yield "max", (whole_numbers(rng, 4, 7, 6) - 0.5,)
    yield "max", (whole_numbers(rng, 2, 4, 5),)
    yield "others", (whole_numbers(rng, 3, 6, 9), 3, 2, "sum")
    yield "others", (whole_numbers(rng, 5, 7, 8), 2, 3, "average")
    yield "errors", (whole_numbers(rng, 5, 3, 4), 3)
    yield "errors", (whole_numbers(rng, 5, 3, 4), 4), ValueError

exercise.slip("channels mixed", "each_channel(volume, size, stride, how)", "kept(each_channel(volume, size, stride, how), how, 0)",
    hint="One map comes back: the channels are pooled together. Each channel is pooled on its own, so there are as many as before.")
exercise.slip("first channel only", "each_channel(volume, size, stride, how)", "every(volume[0], size, stride, how)",
    hint="Only the first channel is pooled, and the result has two axes. Do it for every channel, and stack the results.")
exercise.slip("returns too early", "return each_channel(volume, size, stride, how)", "pooled = each_channel(volume, size, stride, how)\n    pooled[1:] = 0\n    return pooled",
    hint="Only one channel comes back, though with three axes, or the others are 0: is the return inside the loop?")
exercise.slip("channels last", "each_channel(volume, size, stride, how)", "np.moveaxis(each_channel(volume, size, stride, how), 0, 2)",
    hint="The numbers are right, but the channels come last in your result. The order is (C, H, W), as in the argument.")
exercise.slip("pooled along channels and rows", "return each_channel(volume, size, stride, how)", "pooled = each_channel(np.moveaxis(volume, 2, 0), size, stride, how)\n    return np.moveaxis(pooled, 0, 2)",
    hint="You pool along the first two axes, which are channels and rows. A channel is `volume[c]`, with rows and columns; these two are pooled.")
exercise.slip("arguments not handed on", "each_channel(volume, size, stride, how)", "each_channel(volume)",
    hint="Whatever size, stride and how are, you pool with 2 × 2 maxima: pass the three arguments on to `pool_2d`.")
exercise.slip("how not handed on", "each_channel(volume, size, stride, how)", "each_channel(volume, size, stride)",
    hint="Size and stride arrive, but it is always the maximum: pass how on as well.")
exercise.slip("stride not handed on", "each_channel(volume, size, stride, how)", "each_channel(volume, size, None, how)",
    hint="Your windows never overlap or leave gaps: pass stride on as well.")
exercise.slip("one channel too few", "each_channel(volume, size, stride, how)", "each_channel(volume, size, stride, how)[:-1]",
    hint="The last channel is missing: `range(C − 1)` ends at C − 2.")
exercise.slip("the same channel again", "each_channel(volume, size, stride, how)", "each_channel(volume[:1].repeat(len(volume), axis=0), size, stride, how)",
    hint="Every channel of your result is the pooled first one: use the loop's own index.")
exercise.slip("whole numbers", "each_channel(volume, size, stride, how)", "each_channel(volume, size, stride, how).astype(int)",
    hint="Fractions are lost: your result is an array of whole numbers. Stack the pooled maps, or make it with `np.zeros` and a shape.")
exercise.slip("size not handed on", "each_channel(volume, size, stride, how)", "each_channel(volume, 2, stride, how)",
    hint="Stride and how arrive, but your windows are always 2 × 2: pass size on as well.")
exercise.slip("the whole volume pooled as a map", "each_channel", "windows_pooled_deep",
    hint="You pass the whole volume to `pool_2d`, which takes channels for rows and rows for columns. Give it one channel at a time.")
exercise.slip("last channel only", "each_channel(volume, size, stride, how)", "every(volume[-1], size, stride, how)",
    hint="Only the last channel comes back: each one takes the place of the one before. Collect the pooled maps in a list, and stack them at the end.")
exercise.slip("channels side by side", "each_channel(volume, size, stride, how)", "np.concatenate(list(each_channel(volume, size, stride, how)))",
    hint="The pooled maps lie beside or below each other in one large map. `np.stack` puts them behind each other, along a new axis.")
exercise.slip("size and stride exchanged", "return each_channel(volume, size, stride, how)", "if stride is None:\n        return each_channel(volume, size, None, how)\n    return each_channel(volume, stride, size, how)",
    hint="Where size and stride differ, they are swapped: `pool_2d` takes x, size, stride and how, in this order.")
