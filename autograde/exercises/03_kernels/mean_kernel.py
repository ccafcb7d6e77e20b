"""A kernel of equal weights that add up to 1."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import refuse

exercise = Exercise(
    says={"kernel": "the weights", "errors": "sizes that make no sense"},
    asks={"errors": "answer"},
    ready_made=("mean_kernel", "gaussian_kernel", "laplace_kernel", "filter_image", "gradient_magnitude", "shift_image"),
)

exercise.right(ops.mean_kernel)

@exercise.variant("written out")
def mean_kernel(size):
    refuse(size)
    return np.full((size, size), 1 / size**2)

@exercise.variant("loops")
def mean_kernel_loops(size):
    if size < 1 or size % 2 == 0:
        raise ValueError("size")
    kernel = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            kernel[i, j] = 1 / size / size
    return kernel

exercise.also("full", "refuse(size)\n    return np.full((size, size), 1 / size**2)", "if size % 2 != 1 or size <= 0:\n        raise ValueError(\"size\")\n    return np.full((size, size), 1.0 / (size * size))")
exercise.also("divided by its sum", "refuse(size)\n    return np.full((size, size), 1 / size**2)", "if size < 1 or not size % 2:\n        raise ValueError(\"size\")\n    kernel = np.ones((size, size))\n    return kernel / np.sum(kernel)")

exercise.shows("kernel", 3, 5, 1)
exercise.shows("errors", 7)
exercise.refuses("an even size", 2, 4)
exercise.refuses("a size below 1", -3)
exercise.numpy_integers("errors", 5)

exercise.slip("not normalised", "np.full((size, size), 1 / size**2)", "np.ones((size, size))",
    hint="The weights are all 1, so their sum is size times size, and a flat picture would come out that many times as bright. They should add up to 1.")
exercise.slip("divided by size", "np.full((size, size), 1 / size**2)", "np.ones((size, size)) / size",
    hint="The weights add up to size, not to 1: there are size² of them.")
exercise.slip("always nine", "np.full((size, size), 1 / size**2)", "np.ones((size, size)) / 9",
    hint="Every weight is 1/9, whatever the size. That is right for 3 × 3 only.")
exercise.slip("one row", "np.full((size, size), 1 / size**2)", "np.ones(size) / size",
    hint="That is one row of weights, a kernel for a signal. A picture needs size rows and size columns.")
exercise.slip("even size accepted", "refuse(size)", "if size < 1:\n        raise ValueError(\"size\")",
    hint="The weights are right. An even size has no pixel in the centre: raise a ValueError.")
exercise.slip("odd size refused", "refuse(size)", "if size < 1 or size % 2 == 1:\n        raise ValueError(\"size\")",
    hint="It is the other way round: odd sizes are welcome, even ones raise the ValueError.")
exercise.slip("size 1 refused", "refuse(size)", "refuse(size, 3)",
    hint="A kernel of size 1 makes sense: a single weight of 1, which changes nothing. Only sizes below 1 raise the error.")
exercise.slip("the error is returned or printed", "refuse(size)", "if size < 1 or size % 2 == 0:\n        return None",
    hint="For a size that makes no sense nothing comes back. The function should stop with `raise ValueError(...)`, not print or return.")
exercise.slip("whole-number division", "np.full((size, size), 1 / size**2)", "np.ones((size, size)) // size**2",
    hint="All weights are 0. Is nothing written into the array, or is 1/9 rounded down, by // or by an array of whole numbers? Divide with a single /, and keep floats.")
exercise.slip("divided by twice the size", "np.full((size, size), 1 / size**2)", "np.ones((size, size)) / (size * 2)",
    hint="You divided by size · 2. The number of weights is size · size, in Python `size**2`.")
exercise.slip("only the centre", "return np.full((size, size), 1 / size**2)", "kernel = np.zeros((size, size))\n    kernel[size // 2, size // 2] = 1\n    return kernel",
    hint="Only the centre holds a number, so nothing is averaged. Every place has the same weight.")
exercise.slip("a single number", "np.full((size, size), 1 / size**2)", "1 / size**2",
    hint="One number comes back, the weight. A kernel has size rows and size columns of it.")
