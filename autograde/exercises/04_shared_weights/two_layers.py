"""The matrix of two convolutions, mode valid, one after the other, on n inputs."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .convolution_matrix import convolution_matrix
from .shared import band

exercise = Exercise(
    says={"values": "the product of the two matrices"},
    ready_made=("conv_layer", "conv_forward", "conv_2d", "count_parameters"),
    praise="Its rows hold one longer kernel, the convolution of the two. Two layers are one layer.",
)

@exercise.right
def two_layers(first, second, n):
    below = band(first[::-1], n)
    return band(second[::-1], len(below)) @ below

@exercise.variant("loops")
def two_layers_loops(first, second, n):
    k, m = len(first), len(second)
    matrix = np.zeros((n - k - m + 2, n))
    for x in range(n - k - m + 2):
        for a in range(m):
            for b in range(k):
                matrix[x, x + a + b] += second[m - 1 - a] * first[k - 1 - b]
    return matrix

exercise.also("one kernel", "below = band(first[::-1], n)\n    return band(second[::-1], len(below)) @ below", "return convolution_matrix(ops.convolve_1d(first, second), n)")
exercise.also("the other order of kernels", "below = band(first[::-1], n)\n    return band(second[::-1], len(below)) @ below", "below = convolution_matrix(second, n)\n    return convolution_matrix(first, n - len(second) + 1) @ below")

exercise.shows("values",
    (np.array([1, 2]), np.array([3, -1, 4]), 6), (np.array([1, 0, -1]), np.array([2, 5]), 4),
    (np.array([0.5]), np.array([1.5, 1]), 3),
)

exercise.slip("one kernel only", "convolution_matrix(ops.convolve_1d(first, second), n)", "band(first[::-1], n)", of="one kernel",
    hint="Only the first convolution is in it. Multiply by the matrix of the second.")
exercise.slip("correlations", "return convolution_matrix(ops.convolve_1d(first, second), n)", "below = band(first, n)\n    return band(second, len(below)) @ below", of="one kernel",
    hint="The kernels are not reversed in the rows. Your `convolution_matrix` does that.")
exercise.slip("both for n inputs", "convolution_matrix(ops.convolve_1d(first, second), n)", "band(second[::-1], n) @ band(first[::-1], n)", of="one kernel",
    hint="The two shapes do not fit. The first layer has n inputs and n − k + 1 outputs: that is how many inputs the second one has.")
exercise.slip("order exchanged, or no product of matrices", "return convolution_matrix(ops.convolve_1d(first, second), n)", "a = convolution_matrix(first, n)\n    return a @ convolution_matrix(second, len(a))", of="one kernel",
    hint="The shapes do not fit: print both. The matrix that works first is on the right, `second @ first`, and the second layer has as many inputs as the first has outputs, n − k + 1. `*` would multiply place by place.")
