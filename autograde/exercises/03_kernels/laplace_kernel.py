"""−1 everywhere except in the centre, and there what makes the sum 0."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import centred

exercise = Exercise(
    says={"kernel": "the weights"},
    ready_made=("mean_kernel", "gaussian_kernel", "laplace_kernel", "filter_image", "gradient_magnitude", "shift_image"),
)

exercise.right(ops.laplace_kernel)

@exercise.variant("written out")
def laplace_kernel(size=3):
    return centred(size, -1, size**2 - 1)

@exercise.variant("minus ones")
def laplace_kernel_minus(size=3):
    kernel = -np.ones((size, size), dtype=int)
    kernel[size // 2, size // 2] += size**2
    return kernel

@exercise.variant("loops")
def laplace_kernel_loops(size=3):
    kernel = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            kernel[i, j] = size * size - 1 if i == j == size // 2 else -1
    return kernel

@exercise.variant("what makes the sum 0")
def laplace_kernel_sum(size=3):
    kernel = np.full((size, size), -1)
    half = (size - 1) // 2
    kernel[half, half] = 0
    kernel[half, half] = -kernel.sum()
    return kernel

exercise.shows("kernel", 3, 5, 7, ())
exercise.numpy_integers("kernel", 5)

exercise.slip("centre always 8", "size**2 - 1", "8",
    hint="The centre is 8 for every size. 8 makes the sum 0 only where there are eight neighbours; a 5 × 5 kernel has 24.")
exercise.slip("centre one too large", "size**2 - 1", "size**2",
    hint="The sum is 1 instead of 0: the centre is not one of its own neighbours, so there are size² − 1 of them.")
exercise.slip("signs swapped", "centred(size, -1, size**2 - 1)", "centred(size, 1, 1 - size**2)",
    hint="All signs are swapped: −1 goes all around, and the positive number in the centre.")
exercise.slip("ones around", "centred(size, -1, size**2 - 1)", "centred(size, 1, size**2 - 1)",
    hint="The numbers around the centre should be −1. So far they are added instead of taken away.")
exercise.slip("zeros around", "centred(size, -1, size**2 - 1)", "centred(size, 0, size**2 - 1)",
    hint="The centre is right, but around it there are zeros: every other number should be −1.")
exercise.slip("four neighbours", "return centred(size, -1, size**2 - 1)", "kernel = centred(size, 0, 0)\n    kernel[size // 2], kernel[:, size // 2] = -1, -1\n    kernel[size // 2, size // 2] = 2 * (size - 1)\n    return kernel",
    hint="Only the neighbours above, below, left and right count in yours. This kernel, also found in books, is another one: here all places around the centre are −1.")
exercise.slip("centre at (1, 1)", "return centred(size, -1, size**2 - 1)", "kernel = np.full((size, size), -1.0)\n    kernel[1, 1] = size**2 - 1\n    return kernel",
    hint="The large number is at row 1, column 1 for every size. The centre of a 5 × 5 kernel is (2, 2), in general size // 2.")
exercise.slip("normalised", "centred(size, -1, size**2 - 1)", "centred(size, -1, size**2 - 1) / size**2",
    hint="You divided by something. A kernel with the sum 0 cannot be brought to the sum 1: leave the −1s alone.")
exercise.slip("centre added to the −1", "size**2 - 1", "size**2 - 2",
    hint="The sum is −1 instead of 0: the centre is added to the −1 that was there. Set it, with = instead of `+=`.")
exercise.slip("the whole row of the centre", "return centred(size, -1, size**2 - 1)", "kernel = np.full((size, size), -1.0)\n    kernel[size // 2] = size**2 - 1\n    return kernel",
    hint="A whole row holds the large number: `kernel[i]` is row i, and a single place has two indices, `kernel[i, j]`.")
exercise.slip("twice the size instead of its square", "size**2", "2 * size",
    hint="The centre is computed from size · 2. There are size · size places in all, in Python `size**2`.")
exercise.slip("neighbours of one ring only", "return centred(size, -1, size**2 - 1)", "kernel, c = np.zeros((size, size)), size // 2\n    kernel[c - 1 : c + 2, c - 1 : c + 2] = -1\n    kernel[c, c] = 8\n    return kernel",
    hint="In yours, only the eight places next to the centre are −1. In a larger kernel all places but the centre are.")
exercise.slip("negative centre", "size**2 - 1", "1 - size**2",
    hint="The centre should be positive: it balances all the −1 around it, so that the sum is 0.")
exercise.slip("always 3 × 3", "centred(size, -1, size**2 - 1)", "centred(3, -1, 8)",
    hint="The kernel is 3 × 3 for every size: the nine numbers are typed in. Make it from size.")
