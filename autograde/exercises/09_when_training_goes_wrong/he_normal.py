"""Random weights of He's size for kernels and for dense layers."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    points={"units": 1, "kernels": 1},
    says={
        "units": "a dense layer, (I, O)",
        "kernels": "kernels, (D, C, R, R)",
    },
)

def drawn(shape, seed, size):
    """Random numbers of a size from the generator of this seed."""
    return np.random.default_rng(seed).normal(0, size, shape)

@exercise.right
def he_normal(shape, seed):
    inputs = shape[0] if len(shape) == 2 else shape[1] * shape[2] * shape[3]
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / inputs), shape)

@exercise.variant("standard numbers, multiplied")
def he_normal_multiplied(shape, seed):
    rng = np.random.default_rng(seed)
    inputs = np.prod(shape[1:]) if len(shape) == 4 else shape[0]
    return rng.standard_normal(shape) * (2 / inputs) ** 0.5

@exercise.variant("unpacked")
def he_normal_unpacked(shape, seed):
    if len(shape) == 4:
        _, channels, rows, columns = shape
        inputs = channels * rows * columns
    else:
        inputs, _ = shape
    return drawn(shape, seed, np.sqrt(2) / np.sqrt(inputs))

exercise.also("counted by division", "shape[1] * shape[2] * shape[3]", "int(np.prod(shape)) // shape[0]")

exercise.shows("units", ((8, 3), 1), ((2, 5), 2), ((50, 2), 7), ((1, 4), 3), ((1, 1), 4))
exercise.shows("kernels", ((3, 1, 3, 3), 1), ((2, 4, 2, 2), 5), ((1, 2, 5, 5), 6), ((4, 3, 1, 1), 9))

@exercise.hidden
def he_normal_hidden(rng):
    yield "units", (tuple(rng.integers(2, 9, 2).tolist()), int(rng.integers(1, 999)))
    d, c, r = rng.integers(2, 5, 3).tolist()
    yield "kernels", ((d, c, r + 1, r + 1), int(rng.integers(1, 999)))

exercise.slip("no root", "np.sqrt(2 / inputs)", "2 / inputs",
    hint="The size is the square root of 2/I; the root is missing.")
exercise.slip("1 for 2", "np.sqrt(2 / inputs)", "np.sqrt(1 / inputs)",
    hint="The weights are smaller than they should be by a factor of √2. ReLU cuts one half away, and the 2 makes up for it.")
exercise.slip("root of 2, not of I", "np.sqrt(2 / inputs)", "np.sqrt(2) / inputs",
    hint="The root is of 2 only. Divide first: it is the root of the whole fraction 2/I.")
exercise.slip("upside down", "np.sqrt(2 / inputs)", "np.sqrt(inputs / 2)",
    hint="The fraction is upside down: the more inputs, the smaller the weights.")
exercise.slip("always one size", "np.sqrt(2 / inputs)", "1.0",
    hint="The numbers all have the size 1, whatever the shape is. Give normal the size √(2/I).")
exercise.slip("times 2", "np.sqrt(2 / inputs)", "np.sqrt(2 * inputs)",
    hint="You multiply by I below the root. Divide: the more inputs, the smaller the weights.")
exercise.slip("the outputs of a dense layer", "shape[0] if len(shape) == 2", "shape[1] if len(shape) == 2",
    hint="In a dense layer you counted the outputs. The weights are (I, O): the inputs come first.")
exercise.slip("inputs and outputs together", "shape[0] if len(shape) == 2", "shape[0] + shape[1] if len(shape) == 2",
    hint="In a dense layer you added inputs and outputs. Only the inputs of a unit are summed: I.")
exercise.slip("all weights of a dense layer", "shape[0] if len(shape) == 2", "shape[0] * shape[1] if len(shape) == 2",
    hint="In a dense layer you counted all weights. One unit sums I products.")
exercise.slip("the number of kernels", "shape[1] * shape[2] * shape[3]", "shape[0]",
    hint="For kernels you took D, how many there are. I is how many numbers one kernel multiplies: C · R · R.")
exercise.slip("channels forgotten", "shape[1] * shape[2] * shape[3]", "shape[2] * shape[3]",
    hint="For kernels the channels are missing: one output sums over C · R · R products.")
exercise.slip("channels only", "shape[1] * shape[2] * shape[3]", "shape[1]",
    hint="For kernels you counted the channels only. One output sums over C · R · R products.")
exercise.slip("one side of the kernel", "shape[1] * shape[2] * shape[3]", "shape[1] * shape[2]",
    hint="For kernels one side is missing: a window has R · R places.")
exercise.slip("all weights of all kernels", "shape[1] * shape[2] * shape[3]", "shape[0] * shape[1] * shape[2] * shape[3]",
    hint="For kernels you counted the weights of all D of them. Each output is the sum of one kernel: C · R · R.")
exercise.slip("the same seed for all", "default_rng(seed)", "default_rng(0)",
    hint="The seed is an argument; these are the numbers of another seed.")
exercise.slip("around the size", "normal(0, np.sqrt(2 / inputs), shape)", "normal(np.sqrt(2 / inputs), 1, shape)",
    hint="The numbers should scatter around 0. In `rng.normal(0, size, shape)` the size comes second.")
exercise.slip("uniform", "np.random.default_rng(seed).normal(0, np.sqrt(2 / inputs), shape)", "np.random.default_rng(seed).uniform(-np.sqrt(2 / inputs), np.sqrt(2 / inputs), shape)",
    hint="These are uniform random numbers. Draw them with `rng.normal`, around 0.")
exercise.slip("NumPy's older generator", "np.random.default_rng(seed).normal(0, np.sqrt(2 / inputs), shape)", "np.random.RandomState(seed).normal(0, np.sqrt(2 / inputs), shape)",
    hint="The size is right, but these numbers come from NumPy's older generator. Draw them from `np.random.default_rng(seed)`.")
