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

exercise.also("the other index first", "return convolve_at(f, g, 2)", "total = 0.0\n    for i in range(len(f)):\n        j = -i + 2\n        if 0 <= j < len(g):\n            total += f[i] * g[j]\n    return total")
exercise.also("loop over the kernel", "convolve_at(f, g, 2)", "sum(f[2 - j] * g[j] for j in range(len(g)) if 0 <= 2 - j < len(f))")
exercise.also("any x", "return convolve_at(f, g, 2)", "total = 0\n    for i, value in enumerate(f):\n        for j, weight in enumerate(g):\n            if i + j == 2:\n                total += value * weight\n    return total")

exercise.shows("values", ([3, 0, 2], [1, 5]), ([4, -1, 3, 8], [1, 10, 100]), ([7, 2], [1, 10]), ([7, 2.5], [1, -10, 4.5, -3]))

exercise.slip("indices go up together", "-i + 2", "i", of="the other index first",
    hint="Here both indices go up together. They should add up to 2: when i is 0, the other is 2.")
exercise.slip("x minus the wrong way round", "-i + 2", "i - 2", of="the other index first",
    hint="i − 2 is the other way round: that lets both indices go up together. Take i away from 2.")
exercise.slip("at x = 1", "convolve_at(f, g, 2)", "convolve_at(f, g, 1)",
    hint="That is the convolution at x = 1: your two indices add up to 1. At x = 2 they make 2.")
