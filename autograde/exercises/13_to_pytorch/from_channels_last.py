"""Weights of a network that keeps channels last, laid out as PyTorch wants them."""

import numpy as np

from convolab.exercises import Exercise

from .shared import numbers

exercise = Exercise(
    points={"kernels": 0.5, "dense": 1.5},
    says={"kernels": "the kernels", "dense": "the dense layer after the flattening"},
    praise="The same network in another order: every weight meets the number that it was trained for.",
)

@exercise.right
def from_channels_last(kernels, w, shape):
    rows, columns, channels = shape
    units = w.shape[1]
    w = w.reshape(rows, columns, channels, units).transpose(3, 2, 0, 1)
    return kernels.transpose(3, 2, 0, 1), w.reshape(units, channels * rows * columns)

@exercise.variant("unit by unit")
def from_channels_last_units(kernels, w, shape):
    turned = np.zeros((w.shape[1], w.shape[0]))
    for o in range(w.shape[1]):
        turned[o] = np.moveaxis(w[:, o].reshape(shape), -1, 0).ravel()
    return np.moveaxis(kernels, (3, 2), (0, 1)), turned

@exercise.variant("place by place")
def from_channels_last_loops(kernels, w, shape):
    (height, width, depth), (size, side, into, out) = shape, kernels.shape
    first = np.zeros((out, into, size, side))
    for d in range(out):
        for c in range(into):
            first[d, c] = kernels[:, :, c, d]
    second = np.zeros((w.shape[1], w.shape[0]))
    for c in range(depth):
        for i in range(height):
            for j in range(width):
                second[:, (c * height + i) * width + j] = w[(i * width + j) * depth + c]
    return first, second

exercise.also("einsum", "kernels.transpose(3, 2, 0, 1), w.", "np.einsum(\"rscd->dcrs\", kernels), w.")
@exercise.variant("an order of rows")
def from_channels_last_order(kernels, w, shape):
    order = np.arange(len(w)).reshape(shape).transpose(2, 0, 1).ravel()
    return kernels.transpose(3, 2, 0, 1), w[order].T

def case(size, into, out, shape, units, salt):
    return numbers(size, size + 1, into, out, salt=salt), numbers(int(np.prod(shape)), units, salt=salt + 1), shape

exercise.shows("kernels", (numbers(2, 3, 1, 4, salt=3), numbers(1, 2, salt=4), (1, 1, 1)), (numbers(2, 2, 2, 2, salt=5), numbers(2, 3, salt=6), (1, 1, 2)), (np.array([[[[3]]]]), np.array([[-2]]), (1, 1, 1)))
exercise.shows("dense", case(1, 2, 3, (2, 3, 4), 5, 10), case(2, 1, 2, (2, 2, 2), 8, 20), case(1, 1, 2, (3, 2, 2), 2, 30), (numbers(1, 2, 1, 3, salt=40) / 2, numbers(12, 1, salt=41) / 2, (2, 3, 2)))

@exercise.hidden
def from_channels_last_hidden(rng):
    into, out, rows, columns, units = (int(n) for n in rng.permutation([2, 3, 4, 5, 6])[:5])
    kernels = rng.integers(-9, 10, (2, 3, into, out))
    yield "kernels", (kernels, rng.integers(-9, 10, (2, 3)), (1, 1, 2))
    yield "dense", (kernels, rng.integers(-9, 10, (rows * columns * out, units)), (rows, columns, out))

RESHAPE, TURN = "w.reshape(rows, columns, channels, units)", ".transpose(3, 2, 0, 1)\n"
exercise.slip("only transposed", "w = w.reshape(rows, columns, channels, units).transpose(3, 2, 0, 1)", "w = w.T",
    hint="w is transposed, and the order of its inputs is still the old one: channel by channel within each pixel. First give the inputs their three axes back, (rows, columns, channels), then put the channels in front.")
exercise.slip("read as channels first", RESHAPE, "w.reshape(channels, rows, columns, units)",
    hint="You take the inputs for channels first. They were flattened from (rows, columns, channels), so these are the axes to give back.")
exercise.slip("not transposed", "return kernels.transpose(3, 2, 0, 1), w.reshape(units, channels * rows * columns)", "return kernels.transpose(3, 2, 0, 1), w.reshape(units, channels * rows * columns).T",
    hint="The dense weights are (inputs, units). PyTorch's Linear keeps (units, inputs).")
exercise.slip("rows and columns of the dense layer swapped", TURN, ".transpose(3, 2, 1, 0)\n",
    hint="Within a channel, rows and columns are swapped. After the channel comes the row, then the column.")
exercise.slip("reshaped only", "w.reshape(rows, columns, channels, units).transpose(3, 2, 0, 1)", "w.reshape(units, channels, rows, columns)",
    hint="reshape alone puts no number in another place, it only breaks the row elsewhere. Give w its four axes, then transpose them.")
K = "kernels.transpose(3, 2, 0, 1)"
exercise.slip("kernels reshaped", K, "kernels.reshape(kernels.shape[3], kernels.shape[2], *kernels.shape[:2])",
    hint="The kernels have the right shape and the wrong numbers: reshape keeps the order and breaks it elsewhere. Axes are put in another order by transpose.")
exercise.slip("kernels turned over", K, "kernels.T",
    hint=".T reverses all four axes, so rows and columns of the kernels are swapped as well. Wanted are (kernels, channels, rows, columns).")
exercise.slip("kernels and channels swapped", K, "kernels.transpose(2, 3, 0, 1)",
    hint="Channels come first in your kernels. First comes which kernel, then which channel, then row and column.")
exercise.slip("kernels left as they were", K, "kernels.copy()",
    hint="The kernels are still (rows, columns, channels, kernels). PyTorch wants (kernels, channels, rows, columns).")
exercise.slip("kernels first only", K, "kernels.transpose(3, 0, 1, 2)",
    hint="The channels are still last in your kernels. They come second: (kernels, channels, rows, columns).")
exercise.slip("kernels flipped", K, "kernels.transpose(3, 2, 0, 1)[:, :, ::-1, ::-1]",
    hint="You flip the kernels. Both frameworks correlate: the order of the axes changes, nothing else.")
exercise.slip("four axes left", "w.reshape(units, channels * rows * columns)", "w",
    hint="The dense weights still have four axes. Flatten the last three: (units, inputs).")
exercise.slip("one array", "return kernels.transpose(3, 2, 0, 1), w.", "return w.",
    hint="One of the two is missing: return the kernels and the dense weights.")
exercise.slip("only the kernels", "return kernels.transpose(3, 2, 0, 1), w.reshape(units, channels * rows * columns)", "return kernels.transpose(3, 2, 0, 1)",
    hint="These are the kernels alone. Return the dense weights as well.")
exercise.slip("the other way round", "return kernels.transpose(3, 2, 0, 1), w.reshape(units, channels * rows * columns)", "return w.reshape(units, channels * rows * columns), kernels.transpose(3, 2, 0, 1)",
    hint="The two are swapped: first the kernels, then the dense weights.")
