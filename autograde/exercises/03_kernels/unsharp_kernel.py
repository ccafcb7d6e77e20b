"""The one kernel that does: picture + amount · (picture − mean of the picture)."""

import numpy as np

from convolab.exercises import Exercise

from .mean_kernel import mean_kernel
from .shared import centred

exercise = Exercise(
    says={"values": "the weights"},
    ready_made=("mean_kernel", "gaussian_kernel", "laplace_kernel", "filter_image", "gradient_magnitude", "shift_image"),
    praise="Three steps have become one, because convolution distributes over addition.",
)

@exercise.right
def unsharp_kernel(size, amount):
    mean = np.full((size, size), 1 / size**2)
    return centred(size, 0, 1) * (1 + amount) - amount * mean

@exercise.variant("weight by weight")
def unsharp_kernel_loops(size, amount):
    kernel = np.full((size, size), -amount / size**2)
    kernel[size // 2, size // 2] += 1 + amount
    return kernel

@exercise.variant("from the Laplace kernel")
def unsharp_kernel_laplace(size, amount):
    kernel = amount * np.asarray(centred(size, -1, size**2 - 1)) / size**2
    kernel[size // 2, size // 2] += 1
    return kernel

@exercise.variant("with mean_kernel")
def unsharp_kernel_earlier(size, amount):
    identity = np.zeros((size, size))
    identity[size // 2, size // 2] = 1
    return identity + amount * (identity - mean_kernel(size))

exercise.shows("values", (3, 1), (5, 2.5), (3, 0), (3, -0.5))

exercise.slip("only the fine lines", "mean = np.full((size, size), 1 / size**2)\n    return centred(size, 0, 1) * (1 + amount) - amount * mean", "return amount * (centred(size, 0, 1) - np.full((size, size), 1 / size**2))",
    hint="That kernel leaves only the fine lines; its sum is 0. The picture itself has to be in it too.")
exercise.slip("amount for the mean only", "mean = np.full((size, size), 1 / size**2)\n    return centred(size, 0, 1) * (1 + amount) - amount * mean", "return centred(size, 0, 1) - amount * np.full((size, size), 1 / size**2)",
    hint="The sum is not 1. The fine lines are the picture less its mean, so amount counts for both of these.")
exercise.slip("blurred more", "mean = np.full((size, size), 1 / size**2)\n    return centred(size, 0, 1) * (1 + amount) - amount * mean", "return unsharp_kernel(size, -amount)",
    hint="This one blurs: the mean is added and the picture taken away. It is the other way round.")
exercise.slip("mean added", "mean = np.full((size, size), 1 / size**2)\n    return centred(size, 0, 1) * (1 + amount) - amount * mean", "return centred(size, 0, 1) + amount * np.full((size, size), 1 / size**2)",
    hint="You add the mean, so the sum is more than 1. The fine lines are the picture less its mean.")
