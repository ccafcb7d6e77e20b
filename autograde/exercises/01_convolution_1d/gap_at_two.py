"""The convolution of f with g at the place x = 2."""

from convolab.exercises import Exercise

from .convolve_at import convolve_at

exercise = Exercise(
    says={"values": "the convolution at x = 2"},
    lists=True,
    ready_made=("convolve_1d", "correlate_1d", "convolve_2d", "correlate_2d"),
)

@exercise.right
def gap_at_two(f, g):
    return convolve_at(f, g, 2)

@exercise.variant("the other index first")
def gap_at_two_variant(f, g):
    total = 0.0
    for i in range(len(f)):
        j = -i + 2
        if 0 <= j < len(g):
            total += f[i] * g[j]
    return total

@exercise.variant("loop over the kernel")
def gap_at_two_kernel(f, g):
    return sum(f[2 - j] * g[j] for j in range(len(g)) if 0 <= 2 - j < len(f))

@exercise.variant("any x")
def gap_at_two_any(f, g):
    total = 0
    for i, value in enumerate(f):
        for j, weight in enumerate(g):
            if i + j == 2:
                total += value * weight
    return total

exercise.shows("values", ([3, 0, 2], [1, 5]), ([4, -1, 3, 8], [1, 10, 100]), ([7, 2], [1, 10]))

exercise.slip("indices go up together", "-i + 2", "i", of="the other index first",
    hint="Here both indices go up together. They should add up to 2: when i is 0, the other is 2.")
exercise.slip("x minus the wrong way round", "-i + 2", "i - 2", of="the other index first",
    hint="i − 2 is the other way round: that lets both indices go up together. Take i away from 2.")
exercise.slip("at x = 1", "convolve_at(f, g, 2)", "convolve_at(f, g, 1)",
    hint="That is the convolution at x = 1: your two indices add up to 1. At x = 2 they make 2.")
