"""A summary of feature maps that forgives a pixel and still knows where things are (an open task)."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from . import summarise_measure as measure

exercise = Exercise(praise="It forgives what should be forgiven, and keeps what matters. That was your design.")

exercise.demand("small", "four maps of 16 × 16 become at most 64 numbers in all", measure.how_many_numbers,
    at_most=64, points=0.5, unit="numbers",
    hint="64 numbers are 16 for each map. Which window and which stride leave 4 × 4 of the 16 × 16, or fewer?")
exercise.demand("place", "moving a digit by 1 pixel changes the summary far less than moving it by 4", measure.change_of_one_pixel,
    at_most=0.34, points=1, unit="% of that change",
    hint="Windows side by side pass a thing from one to the next in a single step. What if they overlap, so that a pixel counts for several of them? But one window over everything cannot tell 1 pixel from 4.")
exercise.demand("digits", "another digit changes it more than a move by 1 pixel does", measure.share_told_apart,
    at_least=0.75, points=0.5, unit="% of the pairs",
    hint="Different digits should get different summaries. Keep something of every part of every map.")


@exercise.right
def summarise(maps):
    return ops.pool_volume(maps, 6, 3, "average")


@exercise.variant("quarters, averaged")
def quarters(maps):
    return ops.pool_volume(maps, 8, how="average")


@exercise.variant("maxima of neighbours first, averages after that")
def two_steps(maps):
    return ops.pool_volume(ops.pool_volume(maps, 3, 1), 3, how="average")


@exercise.variant("blurred, then every fourth pixel")
def blurred(maps):
    blur = np.outer([1, 2, 3, 4, 3, 2, 1], [1, 2, 3, 4, 3, 2, 1]) / 256
    return np.stack([ops.convolve_2d(channel, blur, "same")[1::4, 1::4] for channel in maps])


@exercise.variant("how much there is, and where its middle lies")
def moments(maps):
    found = []
    for channel in maps:
        total = channel.sum() + 1e-9
        down = (channel.sum(axis=1) * np.arange(16)).sum() / total
        right = (channel.sum(axis=0) * np.arange(16)).sum() / total
        found.append([total / 100, down, right])
    return np.array(found)


@exercise.lazy("everything as it is")
def everything(maps):
    return maps


@exercise.lazy("every fourth pixel")
def every_fourth(maps):
    return maps[:, ::4, ::4]


@exercise.lazy("the largest of each 4 × 4, side by side")
def side_by_side(maps):
    return ops.pool_volume(maps, 4)


@exercise.lazy("pooled by 2")
def pooled_by_two(maps):
    return ops.pool_volume(maps, 2)


@exercise.lazy("one average a map")
def global_averages(maps):
    return maps.mean(axis=(1, 2))


@exercise.lazy("all zeros")
def zeros(maps):
    return np.zeros((4, 4, 4))


@exercise.lazy("one corner")
def corner(maps):
    return maps[:, :4, :4]
