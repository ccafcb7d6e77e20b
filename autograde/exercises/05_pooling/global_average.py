"""The average of every channel."""

import numpy as np

from convolab.exercises import Exercise

from .shared import TWO, VOLUME

exercise = Exercise(
    says={"values": "one number for each channel"},
    ready_made=("pool_2d", "pool_volume", "pool_forward"),
    praise="As long as nothing leaves the picture, a shift does not change it at all.",
)

@exercise.right
def global_average(volume):
    return volume.mean(axis=(1, 2))

exercise.also("loop over channels", "volume.mean(axis=(1, 2))", "np.array([channel.mean() for channel in volume])")
exercise.also("flattened", "volume.mean(axis=(1, 2))", "volume.reshape(len(volume), -1).mean(axis=1)")
exercise.also("einsum", "volume.mean(axis=(1, 2))", "np.einsum(\"chw->c\", volume) / (volume.shape[1] * volume.shape[2])")

exercise.shows("values", (VOLUME,), TWO / 2, np.arange(12).reshape(2, 3, 2) - 4)

exercise.slip("one number in all", "axis=(1, 2)", "",
    hint="One number comes back for all channels together. Each channel keeps its own average.")
exercise.slip("averaged over the channels", "(1, 2)", "0",
    hint="You averaged over the channels and got a map. Average over rows and columns, and keep the channels.")
exercise.slip("averaged over channels and rows", "(1, 2)", "(0, 1)",
    hint="You averaged over channels and rows. The channels are axis 0, and that is the one to keep.")
exercise.slip("averaged over channels and columns", "(1, 2)", "(0, 2)",
    hint="You averaged over channels and columns. The channels are axis 0, and that is the one to keep.")
exercise.slip("one axis left", "(1, 2)", "2",
    hint="One axis too many is left: average over rows and over columns.")
exercise.slip("sums", "volume.mean", "volume.sum",
    hint="These are sums. Divide by the number of pixels of a channel.")
