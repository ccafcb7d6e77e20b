"""Lesson 04: the exercises, their cases and what commonly goes wrong."""

import numpy as np

from convolab import ops
from convolab.check.spec import Exercise

READY_MADE = ("conv_layer", "conv_forward", "conv_2d", "count_parameters")

SIGNAL = np.array([3.0, -1, 4, 2, -5, 6, 1])
VOLUME = np.array(
    [
        [[1, 0, 2, -1, 3], [4, 1, -2, 0, 5], [0, 3, 1, 2, -1], [2, -3, 0, 4, 1]],
        [[2, 1, 0, 3, -2], [-1, 5, 2, 1, 0], [3, 0, -4, 1, 2], [1, 2, 6, 0, -3]],
    ]
)
PLANE = np.array([[1, 2, 0, 2, 1], [0, 1, 3, 0, 2], [2, 0, 1, 1, 3], [1, 3, 0, 2, 0]]) / 2


def exercise(name, points=0, **more):
    """An exercise of this lesson; ready-made layers are not welcome."""
    return Exercise(name, points=points, ready_made=READY_MADE, **more)


def whole_numbers(rng, *shape):
    """Small whole numbers with both signs, none of them 0."""
    return rng.integers(1, 10, shape) * rng.choice([-1, 1], shape)


def noise(seed, rows, columns):
    """Random dots in [0, 1), in sixteenths."""
    return np.random.default_rng(seed).integers(0, 16, (rows, columns)) / 16


# --- by hand ------------------------------------------------------------------------------------

by_hand_layer = exercise("by_hand_layer")
by_hand_layer.right([0, 1, 0, -1])
by_hand_layer.wrong(
    "weights reversed",
    [0, -1, 0, 1],
    "All signs are the wrong way round: the left input of each pair is multiplied by −1, the right "
    "one by +1.",
)
by_hand_layer.wrong(
    "signs forgotten",
    [0, 1, 0, 1],
    "The last neuron sees 1 and then 0: that is −1 · 1 + 1 · 0.",
)
by_hand_layer.wrong(
    "added up",
    [0, 1, 2, 1],
    "You added the two inputs. The left one has the weight −1.",
)

trap_flip = exercise(
    "trap_flip", praise="Reversed once by you and once by the convolution, it lies as it should."
)
trap_flip.right([4, 2, 1])
trap_flip.wrong(
    "the claim believed",
    [1, 2, 4],
    "A convolution reverses its kernel, a layer does not. With [1, 2, 4] the first input of a "
    "patch would be multiplied by 4.",
)
trap_flip.wrong(
    "signs changed",
    [-1, -2, -4],
    "Reversing changes the order, not the signs.",
)

trap_flip.wrong(
    "reversed and signs changed",
    [-4, -2, -1],
    "The order is right. Reversing changes the order only, not the signs.",
)

by_hand_matrix_row = exercise("by_hand_matrix_row")
by_hand_matrix_row.right([3, 2, 1, 0, 0])
by_hand_matrix_row.wrong(
    "not reversed",
    [1, 2, 3, 0, 0],
    "That is the row of a correlation. A convolution has the kernel reversed.",
)
by_hand_matrix_row.wrong(
    "at the end",
    [0, 0, 3, 2, 1],
    "That is the last row. In row 0 the reversed kernel begins at column 0.",
)
by_hand_matrix_row.wrong(
    "row of full",
    [1, 0, 0, 0, 0],
    "That is the first row for mode full, where one number of the kernel lies on the inputs. In "
    "valid all three do.",
)

by_hand_matrix_row.wrong(
    "row 1",
    [0, 3, 2, 1, 0],
    "That is row 1. Rows are counted from 0: in row 0 the reversed kernel begins at column 0.",
)
by_hand_matrix_row.wrong(
    "at the end, not reversed",
    [0, 0, 1, 2, 3],
    "Reversed is the kernel, and not the row: the three numbers change their order, and they "
    "still begin at column 0.",
)

trap_matrices = exercise(
    "trap_matrices",
    praise="64,516 neurons, 27 numbers. Each neuron has its own patch, not its own weights.",
)
trap_matrices.right(27)
trap_matrices.wrong(
    "one matrix a neuron",
    27 * 254 * 254,
    "So many there would be if each neuron had weights of its own. In a convolutional layer they "
    "use the same ones.",
)
trap_matrices.wrong(
    "channels forgotten",
    9,
    "9 weights look at one colour. There are three colours, with weights of their own.",
)
trap_matrices.wrong(
    "bias counted",
    28,
    "Nearly: the bias was not to be counted.",
)

trap_matrices.wrong(
    "one matrix a neuron, one colour",
    9 * 254 * 254,
    "So many there would be if each neuron had 9 weights of its own. They all use the same ones; "
    "and there are three colours.",
)
trap_matrices.wrong(
    "one matrix a neuron, with biases",
    28 * 254 * 254,
    "So many there would be if each neuron had weights and a bias of its own. In a convolutional "
    "layer they use the same ones; and biases were not to be counted.",
)
trap_matrices.wrong(
    "the neurons",
    254 * 254,
    "That is how many neurons there are. Asked for is how many different weights they use.",
)
trap_matrices.wrong(
    "colours counted as one weight each",
    3,
    "There are three colours, and for each of them a kernel of 3 × 3 weights.",
)

by_hand_second_layer = exercise("by_hand_second_layer")
by_hand_second_layer.right([150, 2400])
by_hand_second_layer.wrong(
    "channels forgotten",
    [25, 400],
    "A kernel goes through all channels of its input. The first layer has 6 kernels, so its output "
    "has 6 channels.",
)
by_hand_second_layer.wrong(
    "kernels and channels exchanged",
    [400, 2400],
    "The second number is right. One block goes through the 6 channels of the input; 16 is the "
    "number of blocks.",
)
by_hand_second_layer.wrong(
    "three colours",
    [75, 1200],
    "Three channels has the portrait. The second layer sees the output of the first, which has 6.",
)

by_hand_second_layer.wrong(
    "biases counted",
    [151, 2416],
    "Nearly: these are the weights and the biases. Asked for are the weights alone.",
)
by_hand_second_layer.wrong(
    "the other order",
    [2400, 150],
    "The right numbers in the other order: first one block, then all of them.",
)
by_hand_second_layer.wrong(
    "channels twice",
    [150, 14400],
    "The first number is right, and the 6 channels are in it already. There are 16 such blocks.",
)
by_hand_second_layer.wrong(
    "number of kernels",
    [150, 16],
    "The first number is right. There are 16 such blocks: how many weights have they together?",
)
by_hand_second_layer.wrong(
    "one side only",
    [30, 480],
    "A block has 6 slices, and each of them has 5 rows and 5 columns: 5 · 5 numbers.",
)

trap_axes = exercise(
    "trap_axes", praise="It slides down and to the right, and adds up over the channels."
)
trap_axes.right(2)
trap_axes.wrong(
    "as many as the weights have",
    4,
    "Four axes has the array in which all kernels are kept. In which directions can one of them "
    "move, if it has as many channels as the volume?",
)
trap_axes.wrong(
    "as many as the volume has",
    3,
    "The volume has three axes. But the kernel is as deep as the volume: there is no room to slide "
    "along the channels.",
)

trap_axes.wrong(
    "in a line",
    1,
    "That would be a kernel that slides along a row only. It goes down the picture as well.",
)

by_hand_kernel_gradient = exercise("by_hand_kernel_gradient")
by_hand_kernel_gradient.right([1, -1])
by_hand_kernel_gradient.wrong(
    "last place only",
    [0, -3],
    "That is the share of the last place alone. Add the shares of all three places.",
)
by_hand_kernel_gradient.wrong(
    "first place only",
    [1, 2],
    "That is the share of the first place alone. Add the shares of all three places.",
)
by_hand_kernel_gradient.wrong(
    "exchanged",
    [-1, 1],
    "These are the two numbers in the other order, or with the other sign: for w(0), f begins at "
    "f(0).",
)

by_hand_kernel_gradient.wrong(
    "not shifted",
    [1, 1],
    "The first number is right. For w(1) all places move on by one: grad_y(0) meets f(1), "
    "grad_y(1) meets f(2), and so on.",
)
by_hand_kernel_gradient.wrong(
    "sign lost",
    [1, 5],
    "The first number is right. For w(1), 3 is multiplied by −1.",
)
by_hand_kernel_gradient.wrong(
    "last place only for the second",
    [1, -3],
    "The first number is right. For w(1) you have the share of the last place alone; the first "
    "place has one too: 1 · f(1).",
)

# --- neuron -------------------------------------------------------------------------------------

neuron = exercise(
    "neuron",
    points=2,
    aspects={"sum": "the weighted sum and the bias", "errors": "shapes that differ"},
    shares={"sum": 1.5, "errors": 0.5},
    asks={"errors": "answer"},
)


def refuse_shapes(inputs, weights):
    """Raise where inputs and weights do not lie on each other."""
    if inputs.shape != weights.shape:
        raise ValueError("shapes")


@neuron.reference
def neuron_reference(inputs, weights, bias=0.0):
    refuse_shapes(inputs, weights)
    return float(np.sum(inputs * weights)) + bias


neuron.case("sum", np.array([1, 2, -3]), np.array([4, 5, 6]), 10.0)
neuron.case("sum", np.array([[1, 2], [3, -4], [5, 6]]), np.array([[2, 0], [-1, 3], [1, 1]]), -2.5)
neuron.case("sum", VOLUME, VOLUME[::-1], 0.5)
neuron.case("sum", np.array([2, 7, 1]), np.array([3, 0, -1]))
neuron.case("errors", np.array([1.5, 2]), np.array([4, -1]), 3.0)
neuron.raises("errors", ValueError, np.array([[1, 2, 3], [4, 5, 6]]), np.array([[1, 2, 3]]), 1.0)
neuron.raises("errors", ValueError, np.array([[1, 2, 3]]), np.array([[1], [2], [3]]), 1.0)
neuron.raises("errors", ValueError, np.array([[1, 2, 3], [4, 5, 6]]), np.array([[1], [2]]), 1.0)


@neuron.hidden
def neuron_hidden(rng):
    yield "sum", (whole_numbers(rng, 6), whole_numbers(rng, 6) / 2, float(rng.integers(1, 9)))
    yield "sum", (whole_numbers(rng, 3, 2, 4), whole_numbers(rng, 3, 2, 4), -1.5)
    yield "errors", (whole_numbers(rng, 3, 3), whole_numbers(rng, 3, 3), 2.0)
    yield "errors", (whole_numbers(rng, 4), whole_numbers(rng, 5), 1.0), ValueError


@neuron.misconception(
    "bias forgotten",
    hint="The weighted sum is right, but the bias is not in it. It is added once, at the end.",
)
def neuron_no_bias(inputs, weights, bias=0.0):
    refuse_shapes(inputs, weights)
    return float(np.sum(inputs * weights))


@neuron.misconception(
    "bias added to every product",
    hint="The bias is added to every product, so it counts as often as there are inputs. Add it "
    "once, after the sum.",
)
def neuron_every_bias(inputs, weights, bias=0.0):
    refuse_shapes(inputs, weights)
    return float(np.sum(inputs * weights + bias))


@neuron.misconception(
    "bias taken away",
    hint="The bias is subtracted. It is added.",
)
def neuron_minus_bias(inputs, weights, bias=0.0):
    refuse_shapes(inputs, weights)
    return float(np.sum(inputs * weights)) - bias


@neuron.misconception(
    "bias multiplied",
    hint="The sum is multiplied by the bias. It is added.",
)
def neuron_times_bias(inputs, weights, bias=0.0):
    refuse_shapes(inputs, weights)
    return float(np.sum(inputs * weights)) * bias


@neuron.misconception(
    "not added up",
    hint="The products come back as an array. Add them up: a neuron gives one number.",
)
def neuron_products(inputs, weights, bias=0.0):
    refuse_shapes(inputs, weights)
    return inputs * weights + bias


@neuron.misconception(
    "product of the sums",
    hint="You multiply the sum of the inputs by the sum of the weights. Multiply place by place "
    "first, and add up after that.",
)
def neuron_sums(inputs, weights, bias=0.0):
    refuse_shapes(inputs, weights)
    return float(np.sum(inputs)) * float(np.sum(weights)) + bias


@neuron.misconception(
    "average",
    hint="You take the average of the products. A neuron adds them up.",
)
def neuron_mean(inputs, weights, bias=0.0):
    refuse_shapes(inputs, weights)
    return float(np.mean(inputs * weights)) + bias


@neuron.misconception(
    "added up along one axis",
    hint="For inputs with rows and columns an array comes back: Python's `sum`, or a loop over "
    "`len`, adds up along the first axis only. `np.sum` adds up everything.",
)
def neuron_one_axis(inputs, weights, bias=0.0):
    refuse_shapes(inputs, weights)
    return sum(inputs * weights) + bias


@neuron.misconception(
    "broadcasting",
    hint="The sums are right. But NumPy stretches arrays of different shapes to fit each other "
    "without a word: compare the shapes first, and raise a ValueError.",
)
def neuron_broadcasts(inputs, weights, bias=0.0):
    return float(np.sum(inputs * weights)) + bias


@neuron.misconception(
    "only the number of inputs compared",
    hint="(1, 3) and (3, 1) have as many numbers as each other, and NumPy stretches both. Compare "
    "the shapes, not the sizes.",
)
def neuron_sizes(inputs, weights, bias=0.0):
    if inputs.size != weights.size:
        raise ValueError("sizes")
    return float(np.sum(inputs * weights)) + bias


@neuron.misconception(
    "only the lengths compared",
    hint="`len` counts the first axis only: (2, 3) against (2, 1) would pass. Compare the whole "
    "shapes.",
)
def neuron_lengths(inputs, weights, bias=0.0):
    if len(inputs) != len(weights):
        raise ValueError("lengths")
    return float(np.sum(inputs * weights)) + bias


@neuron.misconception(
    "matrix product",
    hint="`@` is the matrix product. For a row of numbers it happens to be the same; otherwise "
    "multiply place by place with `*`, and add up.",
)
def neuron_matrix(inputs, weights, bias=0.0):
    refuse_shapes(inputs, weights)
    return inputs @ weights + bias


@neuron.misconception(
    "bias forgotten, shapes not compared",
    hint="The bias is not in it: it is added once, at the end. After that, compare the shapes and "
    "raise the ValueError.",
)
def neuron_no_bias_any(inputs, weights, bias=0.0):
    return float(np.sum(inputs * weights))


@neuron.misconception(
    "bias added to every product, shapes not compared",
    hint="The bias is added to every product, so it counts as often as there are inputs. Add it "
    "once, after the sum. After that, compare the shapes and raise the ValueError.",
)
def neuron_every_bias_any(inputs, weights, bias=0.0):
    return float(np.sum(inputs * weights + bias))


@neuron.misconception(
    "weights reversed",
    hint="You reverse the weights. A neuron multiplies place by place, as they are written.",
)
def neuron_reversed(inputs, weights, bias=0.0):
    refuse_shapes(inputs, weights)
    return float(np.sum(inputs * weights[::-1])) + bias


@neuron.misconception(
    "whole numbers",
    hint="The fraction is lost, as int does it. Return the sum as it is.",
)
def neuron_integer(inputs, weights, bias=0.0):
    refuse_shapes(inputs, weights)
    return int(np.sum(inputs * weights) + bias)


@neuron.misconception(
    "not added up, shapes not compared",
    hint="The products come back as an array. Add them up: a neuron gives one number. After that, "
    "compare the shapes and raise the ValueError.",
)
def neuron_products_any(inputs, weights, bias=0.0):
    return inputs * weights + bias


@neuron.variant("loop")
def neuron_loop(inputs, weights, bias=0.0):
    if inputs.shape != weights.shape:
        raise ValueError("shapes")
    total = float(bias)
    for a, b in zip(inputs.ravel(), weights.ravel(), strict=True):
        total += a * b
    return total


@neuron.variant("dot")
def neuron_dot(inputs, weights, bias=0.0):
    if np.shape(inputs) != np.shape(weights):
        raise ValueError("shapes")
    return np.dot(inputs.flatten(), weights.flatten()) + bias


@neuron.variant("method")
def neuron_method(inputs, weights, bias=0.0):
    if not inputs.shape == weights.shape:
        raise ValueError("shapes")
    return bias + (weights * inputs).sum()


# --- convolution_matrix -------------------------------------------------------------------------

convolution_matrix = exercise(
    "convolution_matrix",
    points=4,
    aspects={"matrix": "the matrix", "errors": "fewer inputs than weights"},
    shares={"matrix": 3, "errors": 1},
    asks={"errors": "answer"},
)


def refuse_short(kernel, n):
    """Raise where the kernel does not fit."""
    if n < len(kernel):
        raise ValueError("n")


def band(row, n, steps=1):
    """A row of weights in every row, moved on by `steps` columns from row to row."""
    k = len(row)
    matrix = np.zeros((n - k + 1, n))
    for x in range(n - k + 1):
        start = x if steps > 0 else n - k - x
        matrix[x, start : start + k] = row
    return matrix


@convolution_matrix.reference
def convolution_matrix_reference(kernel, n):
    refuse_short(kernel, n)
    return band(kernel[::-1], n)


convolution_matrix.case("matrix", np.array([1, 2, 3]), 5)
convolution_matrix.case("matrix", np.array([2, -1]), 4)
convolution_matrix.case("matrix", np.array([0.5, 3, -1.25, 4]), 7)
convolution_matrix.case("matrix", np.array([3, -2, 5]), 3)
convolution_matrix.case("matrix", np.array([2.5]), 3)
convolution_matrix.case("errors", np.array([1, -4]), 3)
convolution_matrix.raises("errors", ValueError, np.array([1, 2, 3]), 2)
convolution_matrix.raises("errors", ValueError, np.array([1, 2, 3, 4]), 1)


convolution_matrix.case("matrix", np.array([3]), 1)
convolution_matrix.numpy_integers("errors", np.array([2, -1]), 4)


@convolution_matrix.hidden
def convolution_matrix_hidden(rng):
    for k, n in ((1, 4), (2, 2), (3, 8), (4, 6)):
        yield "matrix", (whole_numbers(rng, k) / 2, n)
    yield "errors", (whole_numbers(rng, 3), 6)
    yield "errors", (whole_numbers(rng, 5), int(rng.integers(1, 4))), ValueError


@convolution_matrix.misconception(
    "kernel not reversed",
    hint="The rows hold the kernel as it is written: that is the matrix of a correlation. For a "
    "convolution each row holds it reversed.",
)
def convolution_matrix_correlates(kernel, n):
    refuse_short(kernel, n)
    return band(kernel, n)


@convolution_matrix.misconception(
    "circulant",
    hint="There are n rows, and in the last ones the kernel goes round to the beginning. In mode "
    "valid a row ends when the kernel reaches the last column: n − k + 1 rows.",
)
def convolution_matrix_circulant(kernel, n):
    refuse_short(kernel, n)
    row = np.zeros(n)
    row[: len(kernel)] = kernel[::-1]
    return np.array([np.roll(row, x) for x in range(n)])


@convolution_matrix.misconception(
    "mode full",
    hint="That is the matrix of mode full, with n + k − 1 rows. In valid the whole kernel lies on "
    "the inputs: n − k + 1 rows.",
)
def convolution_matrix_full(kernel, n):
    refuse_short(kernel, n)
    columns = [np.concatenate([np.zeros(x), kernel, np.zeros(n - 1 - x)]) for x in range(n)]
    return np.array(columns).T


@convolution_matrix.misconception(
    "mode same",
    hint="That is the matrix of mode same, with n rows, in some of which the kernel is cut off. In "
    "valid there are n − k + 1 rows.",
)
def convolution_matrix_same(kernel, n):
    refuse_short(kernel, n)
    full = convolution_matrix_full(kernel, n)
    start = (len(kernel) - 1) // 2
    return full[start : start + n]


@convolution_matrix.misconception(
    "last row missing",
    hint="The last row is missing: there are n − k + 1 places for the kernel, not n − k.",
)
def convolution_matrix_short(kernel, n):
    refuse_short(kernel, n)
    return band(kernel[::-1], n)[:-1]


@convolution_matrix.misconception(
    "last row empty",
    hint="The last row is empty: the array has the right size, but the loop ends one step early.",
)
def convolution_matrix_empty_row(kernel, n):
    refuse_short(kernel, n)
    matrix = band(kernel[::-1], n)
    matrix[-1] = 0
    return matrix


@convolution_matrix.misconception(
    "moved to the left",
    hint="From row to row your kernel moves to the left. It begins in column 0 and moves to the "
    "right.",
)
def convolution_matrix_left(kernel, n):
    refuse_short(kernel, n)
    return band(kernel[::-1], n, steps=-1)


@convolution_matrix.misconception(
    "not moved",
    hint="All rows are alike, so every neuron looks at the same patch. Each row has the kernel one "
    "column further to the right.",
)
def convolution_matrix_still(kernel, n):
    refuse_short(kernel, n)
    row = np.zeros(n)
    row[: len(kernel)] = kernel[::-1]
    return np.tile(row, (n - len(kernel) + 1, 1))


@convolution_matrix.misconception(
    "transposed",
    hint="Rows and columns are exchanged. There is one row for each output and one column for each "
    "input: shape (n − k + 1, n).",
)
def convolution_matrix_transposed(kernel, n):
    refuse_short(kernel, n)
    return band(kernel[::-1], n).T


@convolution_matrix.misconception(
    "whole numbers",
    hint="Fractions are lost: the matrix is an array of whole numbers. Make it with np.zeros, "
    "without dtype=int.",
)
def convolution_matrix_integers(kernel, n):
    refuse_short(kernel, n)
    return band(kernel[::-1].astype(int), n)


@convolution_matrix.misconception(
    "equal length refused",
    hint="A kernel with as many numbers as there are inputs fits once: that makes one row. Raise "
    "the ValueError only where n is smaller than k.",
)
def convolution_matrix_equal(kernel, n):
    if n <= len(kernel):
        raise ValueError("n")
    return band(kernel[::-1], n)


@convolution_matrix.misconception(
    "changes the kernel",
    hint="The matrix is right, but the kernel of whoever called the function is reversed too. Take "
    "`kernel[::-1]` without writing into kernel.",
)
def convolution_matrix_changes(kernel, n):
    refuse_short(kernel, n)
    kernel[:] = kernel[::-1].copy()
    return band(kernel, n)


@convolution_matrix.misconception(
    "error forgotten",
    hint="The matrix is right. Where the kernel is longer than n there is no place for it: raise a "
    "ValueError.",
)
def convolution_matrix_no_error(kernel, n):
    return band(kernel[::-1], n)


@convolution_matrix.misconception(
    "first row only",
    hint="Only the first row is filled: the return stands inside the loop. Move it to the left, "
    "after the loop.",
)
def convolution_matrix_early(kernel, n):
    refuse_short(kernel, n)
    matrix = band(kernel[::-1], n)
    matrix[1:] = 0
    return matrix


@convolution_matrix.misconception(
    "kernel not reversed, length not compared",
    hint="The rows hold the kernel as it is written, which is a correlation: reverse it. After "
    "that, raise the ValueError where n is too small.",
)
def convolution_matrix_correlates_any(kernel, n):
    return band(kernel, n)


@convolution_matrix.misconception(
    "rows left empty at the end",
    hint="The matrix has n rows, and the last ones are empty. The kernel has n − k + 1 places, and "
    "each of them is one row.",
)
def convolution_matrix_square(kernel, n):
    refuse_short(kernel, n)
    matrix = np.zeros((n, n))
    matrix[: n - len(kernel) + 1] = band(kernel[::-1], n)
    return matrix


@convolution_matrix.misconception(
    "rows left empty at the end, length not compared",
    hint="The matrix has n rows, and the last ones are empty. The kernel has n − k + 1 places, and "
    "each is one row. After that, raise the ValueError where n is too small.",
)
def convolution_matrix_square_any(kernel, n):
    matrix = np.zeros((n, n))
    for x in range(n - len(kernel) + 1):
        matrix[x, x : x + len(kernel)] = kernel[::-1]
    return matrix


@convolution_matrix.misconception(
    "reversed from beyond the end",
    hint="Python stops with an IndexError: the last number of the kernel is kernel[k − 1]. "
    "Reversed, place j holds kernel[k − 1 − j].",
)
def convolution_matrix_beyond(kernel, n):
    refuse_short(kernel, n)
    raise IndexError("out of bounds")


@convolution_matrix.variant("one number after the other")
def convolution_matrix_loops(kernel, n):
    k = len(kernel)
    if k > n:
        raise ValueError("n")
    matrix = np.zeros((n - k + 1, n))
    for x in range(n - k + 1):
        for i in range(n):
            if 0 <= x + k - 1 - i < k:
                matrix[x, i] = kernel[x + k - 1 - i]
    return matrix


@convolution_matrix.variant("a row rolled")
def convolution_matrix_rolled(kernel, n):
    rows = n - len(kernel) + 1
    if rows < 1:
        raise ValueError("n")
    first = np.concatenate([kernel[::-1], np.zeros(n - len(kernel))])
    return np.array([np.roll(first, x) for x in range(rows)])


@convolution_matrix.variant("convolving unit signals")
def convolution_matrix_units(kernel, n):
    if n < len(kernel):
        raise ValueError("n")
    return np.array([ops.convolve_1d(unit, kernel, "valid") for unit in np.eye(n)]).T


# --- counting -----------------------------------------------------------------------------------

count_dense_parameters = exercise(
    "count_dense_parameters",
    points=1,
    aspects={"count": "weights and biases together", "int": "a whole number, an int"},
    shares={"count": 0.75, "int": 0.25},
    asks={"int": "whole"},
)


@count_dense_parameters.reference
def count_dense_parameters_reference(inputs, units):
    return inputs * units + units


count_dense_parameters.case("count", 3 * 256 * 256, 1)
count_dense_parameters.case("count", 5, 4)
count_dense_parameters.case("count", 400, 120)


count_dense_parameters.case("int", 9, 2)
count_dense_parameters.numpy_integers("int", 6, 7)


@count_dense_parameters.hidden
def count_dense_parameters_hidden(rng):
    yield "count", (int(rng.integers(2, 999)), int(rng.integers(2, 99)))


@count_dense_parameters.misconception(
    "biases forgotten",
    hint="These are the weights. Each unit has a bias as well.",
)
def count_dense_no_bias(inputs, units):
    return inputs * units


@count_dense_parameters.misconception(
    "one bias in all",
    hint="You counted one bias for the whole layer. Each unit has one.",
)
def count_dense_one_bias(inputs, units):
    return inputs * units + 1


@count_dense_parameters.misconception(
    "a bias for each input",
    hint="You counted a bias for each input. It belongs to the unit, which adds it once to its "
    "sum.",
)
def count_dense_input_bias(inputs, units):
    return inputs * units + inputs


@count_dense_parameters.misconception(
    "a bias for each weight",
    hint="You counted a bias for each weight. Each unit has one bias, however many inputs it has.",
)
def count_dense_weight_bias(inputs, units):
    return 2 * inputs * units


@count_dense_parameters.misconception(
    "added",
    hint="Every unit has a weight for every input: multiply the two numbers, and then add the "
    "biases.",
)
def count_dense_added(inputs, units):
    return inputs + units


@count_dense_parameters.variant("bracket")
def count_dense_bracket(inputs, units):
    return (inputs + 1) * units


@count_dense_parameters.variant("unit by unit")
def count_dense_units(inputs, units):
    return sum(inputs + 1 for _ in range(units))


@count_dense_parameters.variant("two parts")
def count_dense_parts(inputs, units):
    weights = units * inputs
    biases = units
    return weights + biases


count_conv_parameters = exercise(
    "count_conv_parameters",
    points=2,
    aspects={"count": "weights and biases together", "int": "a whole number, an int"},
    shares={"count": 1.6, "int": 0.4},
    asks={"int": "whole"},
)


@count_conv_parameters.reference
def count_conv_parameters_reference(in_channels, out_channels, size):
    return out_channels * (in_channels * size**2 + 1)


count_conv_parameters.case("count", 3, 1, 3)
count_conv_parameters.case("count", 6, 16, 5)
count_conv_parameters.case("count", 1, 6, 4)


count_conv_parameters.case("int", 2, 5, 3)
count_conv_parameters.numpy_integers("int", 3, 2, 4)


@count_conv_parameters.hidden
def count_conv_parameters_hidden(rng):
    yield "count", tuple(int(number) for number in rng.integers(2, 20, 3))


@count_conv_parameters.misconception(
    "biases forgotten",
    hint="These are the weights. Each kernel has a bias as well.",
)
def count_conv_no_bias(in_channels, out_channels, size):
    return out_channels * in_channels * size**2


@count_conv_parameters.misconception(
    "one bias in all",
    hint="You counted one bias for the whole layer. Each kernel has one.",
)
def count_conv_one_bias(in_channels, out_channels, size):
    return out_channels * in_channels * size**2 + 1


@count_conv_parameters.misconception(
    "one bias a kernel and channel",
    hint="You counted a bias for every kernel and every channel. A kernel adds up over all "
    "channels, and then adds its one bias.",
)
def count_conv_channel_bias(in_channels, out_channels, size):
    return out_channels * in_channels * (size**2 + 1)


@count_conv_parameters.misconception(
    "one bias an input channel",
    hint="You counted a bias for every input channel. It belongs to the kernel: `out_channels` of "
    "them.",
)
def count_conv_input_bias(in_channels, out_channels, size):
    return out_channels * in_channels * size**2 + in_channels


@count_conv_parameters.misconception(
    "a bias for each place",
    hint="You counted a bias for every place of the kernel. Each kernel has one.",
)
def count_conv_place_bias(in_channels, out_channels, size):
    return out_channels * (in_channels + 1) * size**2


@count_conv_parameters.misconception(
    "input channels forgotten",
    hint="Each kernel has weights for every channel of its input; yours have them for one.",
)
def count_conv_flat(in_channels, out_channels, size):
    return out_channels * (size**2 + 1)


@count_conv_parameters.misconception(
    "one kernel",
    hint="You counted one kernel. There are `out_channels` of them.",
)
def count_conv_single(in_channels, out_channels, size):
    return in_channels * size**2 + 1


@count_conv_parameters.misconception(
    "size not squared",
    hint="A kernel has size rows and size columns, so size² weights a channel.",
)
def count_conv_line(in_channels, out_channels, size):
    return out_channels * (in_channels * size + 1)


@count_conv_parameters.misconception(
    "size doubled",
    hint="You take size twice. A kernel has size rows of size weights: size times size.",
)
def count_conv_doubled(in_channels, out_channels, size):
    return out_channels * (in_channels * size * 2 + 1)


@count_conv_parameters.misconception(
    "the wrong sign for a power",
    hint="In Python `^` is no power. Multiply size by size.",
)
def count_conv_caret(in_channels, out_channels, size):
    return in_channels * out_channels * size ^ 2 + out_channels


@count_conv_parameters.misconception(
    "the wrong sign for a power, in brackets",
    hint="In Python `^` is no power. Multiply size by size in its place.",
)
def count_conv_caret_in_brackets(in_channels, out_channels, size):
    return out_channels * (in_channels * (size ^ 2) + 1)


@count_conv_parameters.misconception(
    "weights of one kernel",
    hint="The biases are right. The weights are those of one kernel; there are `out_channels` of "
    "them.",
)
def count_conv_one_kernel(in_channels, out_channels, size):
    return in_channels * size**2 + out_channels


@count_conv_parameters.misconception(
    "channels added",
    hint="You add the input channels to the weights. Each channel has size × size weights of its "
    "own: multiply.",
)
def count_conv_added(in_channels, out_channels, size):
    return out_channels * (in_channels + size**2 + 1)


@count_conv_parameters.variant("two parts")
def count_conv_parts(in_channels, out_channels, size):
    weights = in_channels * out_channels * size * size
    biases = out_channels
    return weights + biases


@count_conv_parameters.variant("size of an array")
def count_conv_array(in_channels, out_channels, size):
    return np.zeros((out_channels, in_channels, size, size)).size + out_channels


@count_conv_parameters.variant("kernel by kernel")
def count_conv_loop(in_channels, out_channels, size):
    total = 0
    for _ in range(out_channels):
        total += 1
        for _ in range(in_channels):
            total += size * size
    return total


# --- gap and conv_layer -------------------------------------------------------------------------

gap_volume_at = exercise("gap_volume_at", aspects={"values": "patches of two volumes"})
BLOCK = np.array([[[1, 2], [-1, 3]], [[4, 0], [2, -5]]])


@gap_volume_at.reference
def gap_volume_at_reference(volume, kernel, row, col):
    size = kernel.shape[1]
    return float(np.sum(volume[:, row : row + size, col : col + size] * kernel))


gap_volume_at.case("values", VOLUME, BLOCK, 0, 0)
gap_volume_at.case("values", VOLUME, BLOCK, 1, 3)
gap_volume_at.case("values", VOLUME, BLOCK, 2, 1)


@gap_volume_at.misconception(
    "row and column exchanged",
    hint="Row and column are exchanged. After the channel comes the row, then the column.",
)
def gap_volume_at_exchanged(volume, kernel, row, col):
    size = kernel.shape[1]
    patch = volume[:, col : col + size, row : row + size]
    return float(np.sum(patch * kernel))


@gap_volume_at.misconception(
    "first channel only",
    hint="Your patch has only channel 0. Take all channels: a colon alone.",
)
def gap_volume_at_first(volume, kernel, row, col):
    size = kernel.shape[1]
    return float(np.sum(volume[0, row : row + size, col : col + size] * kernel))


@gap_volume_at.misconception(
    "always the corner",
    hint="Your patch begins in the top left corner wherever it is asked for. It should begin at "
    "row and col.",
)
def gap_volume_at_corner(volume, kernel, row, col):
    size = kernel.shape[1]
    return float(np.sum(volume[:, :size, :size] * kernel))


@gap_volume_at.misconception(
    "one short",
    hint="The patch is one row and one column too small. A slice from row to row + size has size "
    "rows already: its end is not taken.",
)
def gap_volume_at_short(volume, kernel, row, col):
    size = kernel.shape[1]
    patch = volume[:, row : row + size - 1, col : col + size - 1]
    return float(np.sum(patch * kernel))


@gap_volume_at.misconception(
    "one number of each channel",
    hint="That is one number of each channel. Take size rows and size columns: slices with a "
    "colon, from row and from col on.",
)
def gap_volume_at_number(volume, kernel, row, col):
    return float(np.sum(volume[:, row, col] * kernel))


@gap_volume_at.misconception(
    "slices that end at the size",
    hint="Your slices end at size, wherever they begin. What stands after the colon is where the "
    "slice ends: size further on than row, and size further on than col.",
)
def gap_volume_at_ends(volume, kernel, row, col):
    size = kernel.shape[1]
    return float(np.sum(volume[:, row:size, col:size] * kernel))


@gap_volume_at.misconception(
    "another shape than the kernel",
    hint="Python stops because patch and kernel have different shapes. The patch takes all "
    "channels first, a colon alone, and then size rows and size columns.",
)
def gap_volume_at_no_channels(volume, kernel, row, col):
    raise ValueError("operands could not be broadcast together")


@gap_volume_at.variant("einsum")
def gap_volume_at_einsum(volume, kernel, row, col):
    size = kernel.shape[1]
    patch = volume[:, row : row + size, col : col + size]
    return np.einsum("cij,cij->", patch, kernel)


@gap_volume_at.variant("channel by channel")
def gap_volume_at_channels(volume, kernel, row, col):
    size = kernel.shape[1]
    total = 0.0
    for c in range(len(volume)):
        total += np.sum(volume[c, row : row + size, col : col + size] * kernel[c])
    return total


@gap_volume_at.variant("loops")
def gap_volume_at_loops(volume, kernel, row, col):
    channels, rows, columns = kernel.shape
    total = 0
    for c in range(channels):
        for i in range(rows):
            for j in range(columns):
                total += volume[c, row + i, col + j] * kernel[c, i, j]
    return total


conv_layer = exercise(
    "conv_layer",
    points=5,
    aspects={
        "one": "one kernel on one channel",
        "channels": "one kernel on several channels",
        "kernels": "several kernels",
    },
    shares={"one": 1, "channels": 2, "kernels": 2},
    praise="This is the layer that the networks of lessons 07 and 08 are built from.",
)


def layer(volume, kernels, biases):
    """Every kernel on every place, by shifts; no bias where `biases` is None."""
    depth, channels, rows, columns = kernels.shape
    high, wide = volume.shape[1] - rows + 1, volume.shape[2] - columns + 1
    maps = np.zeros((depth, high, wide))
    for d in range(depth):
        for c in range(channels):
            for i in range(rows):
                for j in range(columns):
                    maps[d] += kernels[d, c, i, j] * volume[c, i : i + high, j : j + wide]
    return maps if biases is None else maps + np.reshape(biases, (-1, 1, 1))


@conv_layer.reference
def conv_layer_reference(volume, kernels, biases):
    return layer(volume, kernels, biases)


SQUARE = np.array([[1, 2, -3], [0, 4, 5], [7, -1, 6]])
KERNELS = np.array(
    [
        [[[1, 2], [-1, 3]], [[4, 0], [2, -5]]],
        [[[0, 1], [5, -2]], [[3, -1], [1, 2]]],
        [[[2, -4], [1, 1]], [[-3, 2], [0, 6]]],
    ]
)
conv_layer.case("one", VOLUME[:1], SQUARE.reshape(1, 1, 3, 3), np.array([0.5]))
conv_layer.case("one", VOLUME[1:, 1:, :4] / 2, BLOCK[:1].reshape(1, 1, 2, 2), np.array([-3]))
conv_layer.case("channels", VOLUME, KERNELS[:1], np.array([10]))
conv_layer.case("channels", VOLUME[:, :, :3], KERNELS[1:2] / 2, np.array([1.25]))
conv_layer.case("kernels", VOLUME, KERNELS, np.array([10, -20, 30]))
conv_layer.case("kernels", VOLUME[:1], KERNELS[:2, :1], np.array([0.5, 7]))


conv_layer.case("one", VOLUME[:1, :3, :3], SQUARE.reshape(1, 1, 3, 3), np.array([2]))


@conv_layer.hidden
def conv_layer_hidden(rng):
    yield "one", (whole_numbers(rng, 1, 4, 6), whole_numbers(rng, 1, 1, 3, 3), np.array([1.5]))
    yield "channels", (whole_numbers(rng, 3, 4, 5), whole_numbers(rng, 1, 3, 2, 2), np.array([4]))
    yield (
        "kernels",
        (whole_numbers(rng, 3, 5, 4), whole_numbers(rng, 4, 3, 3, 3) / 2, whole_numbers(rng, 4)),
    )
    yield "kernels", (whole_numbers(rng, 2, 3, 3), whole_numbers(rng, 3, 2, 3, 3), np.arange(3))


@conv_layer.misconception(
    "kernels reversed",
    hint="The kernels are reversed. A layer lays them on as they are written: it is a correlation.",
)
def conv_layer_flipped(volume, kernels, biases):
    return layer(volume, kernels[:, :, ::-1, ::-1], biases)


@conv_layer.misconception(
    "channels not summed",
    hint="For each kernel there is one map for every channel. Add the channels up, so that each "
    "kernel gives one map.",
)
def conv_layer_not_summed(volume, kernels, biases):
    maps = [layer(volume[c : c + 1], kernels[:, c : c + 1], biases) for c in range(len(volume))]
    return maps[0] if len(volume) == 1 else np.stack(maps, axis=1)


@conv_layer.misconception(
    "first channel only",
    hint="Only channel 0 is looked at. Every kernel goes through all channels.",
)
def conv_layer_first(volume, kernels, biases):
    return layer(volume[:1], kernels[:, :1], biases)


@conv_layer.misconception(
    "last channel only",
    hint="Only the last channel is left: each channel replaces the one before. Add them with +=.",
)
def conv_layer_last(volume, kernels, biases):
    return layer(volume[-1:], kernels[:, -1:], biases)


@conv_layer.misconception(
    "the same weights for every channel",
    hint="You use the weights of channel 0 for every channel. Channel c has its own: "
    "`kernels[d, c]`.",
)
def conv_layer_same_weights(volume, kernels, biases):
    return layer(volume, np.repeat(kernels[:, :1], len(volume), axis=1), biases)


@conv_layer.misconception(
    "the first kernel everywhere",
    hint="All maps come from kernel 0. Map d comes from `kernels[d]`.",
)
def conv_layer_first_kernel(volume, kernels, biases):
    return layer(volume, np.repeat(kernels[:1], len(kernels), axis=0), biases)


@conv_layer.misconception(
    "kernels added up",
    hint="The maps of all kernels are added up. Each kernel makes a map of its own: the result has "
    "D channels.",
)
def conv_layer_one_map(volume, kernels, biases):
    maps = layer(volume, kernels, biases)
    return maps if len(maps) == 1 else maps.sum(axis=0)


@conv_layer.misconception(
    "bias forgotten",
    hint="The sums are right, but the biases are not in them: add `biases[d]` to every place of "
    "map d.",
)
def conv_layer_no_bias(volume, kernels, biases):
    return layer(volume, kernels, None)


@conv_layer.misconception(
    "first bias everywhere",
    hint="Every map gets the bias of kernel 0. Map d gets `biases[d]`.",
)
def conv_layer_first_bias(volume, kernels, biases):
    return layer(volume, kernels, np.full(len(kernels), biases[0]))


@conv_layer.misconception(
    "bias for every channel",
    hint="The bias is added once for every channel. It is added once, after the channels have been "
    "added up.",
)
def conv_layer_channel_bias(volume, kernels, biases):
    return layer(volume, kernels, biases * len(volume))


@conv_layer.misconception(
    "bias for every weight",
    hint="The bias is added to every product. It is added once for each place of the map.",
)
def conv_layer_weight_bias(volume, kernels, biases):
    return layer(volume, kernels, biases * kernels[0].size)


@conv_layer.misconception(
    "last row and column lost",
    hint="The last row and column of each map are missing: there are H − R + 1 places, not H − R.",
)
def conv_layer_short(volume, kernels, biases):
    return layer(volume, kernels, biases)[:, :-1, :-1]


@conv_layer.misconception(
    "last row and column left at zero",
    hint="The last row and column of each map are 0: the array has the right size, but the loops "
    "end one step early.",
)
def conv_layer_zero_end(volume, kernels, biases):
    maps = layer(volume, kernels, biases)
    maps[:, -1], maps[:, :, -1] = 0, 0
    return maps


@conv_layer.misconception(
    "rows and columns exchanged",
    hint="Rows and columns of the maps are exchanged: they should be maps[d, row, col].",
)
def conv_layer_exchanged(volume, kernels, biases):
    return layer(volume, kernels, biases).transpose(0, 2, 1)


@conv_layer.misconception(
    "kernels last",
    hint="The numbers are right, but their axes are not in order. Map first, then row, then "
    "column.",
)
def conv_layer_axes(volume, kernels, biases):
    return layer(volume, kernels, biases).transpose(1, 2, 0)


@conv_layer.misconception(
    "whole numbers",
    hint="Fractions are lost: the maps are arrays of whole numbers. Make them with np.zeros, "
    "without a dtype.",
)
def conv_layer_integers(volume, kernels, biases):
    return np.trunc(layer(volume, kernels, biases))


@conv_layer.misconception(
    "negative results cut off",
    hint="Negative results have become 0. The sums stay as they are, also where they are negative.",
)
def conv_layer_relu(volume, kernels, biases):
    return np.maximum(layer(volume, kernels, biases), 0)


@conv_layer.misconception(
    "all biases in every map",
    hint="Every map gets the sum of all biases. Map d gets only `biases[d]`.",
)
def conv_layer_all_biases(volume, kernels, biases):
    return layer(volume, kernels, np.full(len(kernels), np.sum(biases)))


@conv_layer.misconception(
    "first map only",
    hint="Only the first map is filled: the return stands inside the loop over the kernels. Move "
    "it to the left, after all loops.",
)
def conv_layer_early(volume, kernels, biases):
    maps = layer(volume, kernels, biases)
    maps[1:] = 0
    return maps


@conv_layer.misconception(
    "all kernels at once",
    hint="Each patch meets all kernels at once, and their answers are added up in every map. Map d "
    "comes from `kernels[d]` alone.",
)
def conv_layer_all_kernels(volume, kernels, biases):
    return layer(volume, np.repeat(kernels.sum(0)[None], len(kernels), axis=0), biases)


@conv_layer.misconception(
    "first number only",
    hint="Only the first number is there, the rest is 0: the return stands inside the inner loop. "
    "Move it to the left, after all loops.",
)
def conv_layer_first_number(volume, kernels, biases):
    maps = layer(volume, kernels, biases)
    first, maps[:] = maps[0, 0, 0], 0
    maps[0, 0, 0] = first
    return maps


@conv_layer.misconception(
    "first row only",
    hint="Only the first row of the first map is there, the rest is 0: the return stands inside a "
    "loop. Move it to the left, after all loops.",
)
def conv_layer_first_row(volume, kernels, biases):
    maps = layer(volume, kernels, biases)
    maps[0, 1:], maps[1:] = 0, 0
    return maps


@conv_layer.misconception(
    "last row left at zero",
    hint="The last row of each map is 0: the array has the right size, but the loop over the rows "
    "ends one step early.",
)
def conv_layer_zero_row(volume, kernels, biases):
    maps = layer(volume, kernels, biases)
    maps[:, -1] = 0
    return maps


@conv_layer.misconception(
    "all in map 0",
    hint="Every kernel writes into map 0, so the last one is left there and the other maps stay 0. "
    "Kernel d writes into map d.",
)
def conv_layer_map_zero(volume, kernels, biases):
    maps = layer(volume, kernels, biases)
    maps[0], maps[1:] = maps[-1].copy(), 0
    return maps


@conv_layer.misconception(
    "channels reversed as well",
    hint="The kernels are reversed, and even their channels. A layer lays them on as they are "
    "written: it is a correlation.",
)
def conv_layer_all_reversed(volume, kernels, biases):
    return layer(volume, kernels[:, ::-1, ::-1, ::-1], biases)


@conv_layer.misconception(
    "channels read backwards",
    hint="Channel 0 of the kernel meets the last channel of the volume. They belong together as "
    "they are numbered.",
)
def conv_layer_channels_reversed(volume, kernels, biases):
    return layer(volume, kernels[:, ::-1], biases)


@conv_layer.misconception(
    "array too small",
    hint="Python stops with an IndexError: the array for the maps is too small. Its shape is "
    "(D, H − R + 1, W − R + 1), in this order.",
)
def conv_layer_too_small(volume, kernels, biases):
    raise IndexError("out of bounds")


@conv_layer.variant("place by place")
def conv_layer_places(volume, kernels, biases):
    depth, size = kernels.shape[0], kernels.shape[2]
    rows, columns = volume.shape[1] - size + 1, volume.shape[2] - size + 1
    maps = np.zeros((depth, rows, columns))
    for d in range(depth):
        for r in range(rows):
            for c in range(columns):
                patch = volume[:, r : r + size, c : c + size]
                maps[d, r, c] = np.sum(patch * kernels[d]) + biases[d]
    return maps


@conv_layer.variant("correlating channel by channel")
def conv_layer_correlates(volume, kernels, biases):
    maps = []
    for kernel, bias in zip(kernels, biases, strict=True):
        parts = [ops.correlate_2d(volume[c], kernel[c], "valid") for c in range(volume.shape[0])]
        maps.append(sum(parts) + bias)
    return np.array(maps)


@conv_layer.variant("einsum over windows")
def conv_layer_einsum(volume, kernels, biases):
    size = kernels.shape[-1]
    windows = np.lib.stride_tricks.sliding_window_view(volume, (size, size), axis=(1, 2))
    return np.einsum("crsij,dcij->drs", windows, kernels) + biases[:, None, None]


# --- kernel_gradient ----------------------------------------------------------------------------

kernel_gradient = exercise(
    "kernel_gradient",
    points=3,
    aspects={"gradient": "the gradient", "errors": "a gradient by y of another length"},
    shares={"gradient": 2.5, "errors": 0.5},
    praise="It is itself a correlation: of f with grad_y, mode valid.",
    asks={"errors": "answer"},
)


def refuse_length(f, grad_y, size):
    """Raise where there are not as many gradients as places."""
    if len(grad_y) != len(f) - size + 1:
        raise ValueError("length")


def shares(f, grad_y, size):
    """What each place (rows) adds to each weight's gradient (columns)."""
    return np.array([[g * f[x + i] for i in range(size)] for x, g in enumerate(grad_y)])


@kernel_gradient.reference
def kernel_gradient_reference(f, grad_y, size):
    refuse_length(f, grad_y, size)
    return shares(f, grad_y, size).sum(axis=0)


kernel_gradient.case("gradient", np.array([1, 2, 0, 3]), np.array([1, 0, -1]), 2)
kernel_gradient.case("gradient", SIGNAL, np.array([2, -1, 3, 1, 4]), 3)
kernel_gradient.case("gradient", SIGNAL / 2, np.array([1, 2, -3, 5]), 4)
kernel_gradient.case("gradient", SIGNAL[:3], np.array([2, -4, 1.5]), 1)
kernel_gradient.case("errors", SIGNAL[:4], np.array([2, 5]), 3)
kernel_gradient.raises("errors", ValueError, SIGNAL, np.array([2, -1, 3, 1]), 3)
kernel_gradient.raises("errors", ValueError, SIGNAL, np.array([2, -1]), 2)
kernel_gradient.raises("errors", ValueError, SIGNAL, np.array([2, -1, 3, 1, 4, 5]), 3)


kernel_gradient.numpy_integers("errors", SIGNAL, np.array([1, -2, 3, 0, 1]), 3)


@kernel_gradient.hidden
def kernel_gradient_hidden(rng):
    for n, size in ((6, 2), (5, 4), (8, 3)):
        yield "gradient", (whole_numbers(rng, n) / 2, whole_numbers(rng, n - size + 1), size)
    yield "errors", (whole_numbers(rng, 6), whole_numbers(rng, 5), 2)
    yield "errors", (whole_numbers(rng, 6), whole_numbers(rng, 6), 2), ValueError
    yield "errors", (whole_numbers(rng, 6), whole_numbers(rng, 3), 2), ValueError


@kernel_gradient.misconception(
    "last place only",
    hint="Only the last place counts: each place replaces what the one before has left. A shared "
    "weight's gradient is the sum over all places; add with +=.",
)
def kernel_gradient_last(f, grad_y, size):
    refuse_length(f, grad_y, size)
    return shares(f, grad_y, size)[-1]


@kernel_gradient.misconception(
    "first place only",
    hint="Only the first place counts. Does the return stand inside a loop? A shared weight's "
    "gradient is the sum over all places.",
)
def kernel_gradient_first(f, grad_y, size):
    refuse_length(f, grad_y, size)
    return shares(f, grad_y, size)[0]


@kernel_gradient.misconception(
    "wrong sign",
    hint="The sign is wrong: the gradient says how the loss grows. Going downhill against it comes "
    "later.",
)
def kernel_gradient_sign(f, grad_y, size):
    refuse_length(f, grad_y, size)
    return -shares(f, grad_y, size).sum(axis=0)


@kernel_gradient.misconception(
    "average",
    hint="You take the average over the places. Every place has its share in the loss: add them "
    "up.",
)
def kernel_gradient_mean(f, grad_y, size):
    refuse_length(f, grad_y, size)
    return shares(f, grad_y, size).mean(axis=0)


@kernel_gradient.misconception(
    "weights in the other order",
    hint="The numbers are right, but in the opposite order: the gradient of w(0) comes first, and "
    "for it f begins at f(0).",
)
def kernel_gradient_reversed(f, grad_y, size):
    refuse_length(f, grad_y, size)
    return shares(f, grad_y, size).sum(axis=0)[::-1]


@kernel_gradient.misconception(
    "grad_y reversed",
    hint="That is a convolution of f with grad_y: one goes forwards and the other backwards. Here "
    "both indices go up together, x and x + i.",
)
def kernel_gradient_convolves(f, grad_y, size):
    refuse_length(f, grad_y, size)
    return shares(f, grad_y[::-1], size).sum(axis=0)


@kernel_gradient.misconception(
    "f not shifted",
    hint="All weights have the same gradient: f is not shifted. Weight i meets f(x + i), so the "
    "slice of f begins at i.",
)
def kernel_gradient_unshifted(f, grad_y, size):
    refuse_length(f, grad_y, size)
    return np.full(size, np.sum(grad_y * f[: len(grad_y)]))


@kernel_gradient.misconception(
    "not added up",
    hint="There is a table of products, a row for each place. Add up over the places, so that one "
    "number is left for each weight.",
)
def kernel_gradient_table(f, grad_y, size):
    refuse_length(f, grad_y, size)
    return shares(f, grad_y, size)


@kernel_gradient.misconception(
    "grad_y forgotten",
    hint="You add up the numbers of f alone. Each place counts as much as grad_y says: multiply "
    "before you add.",
)
def kernel_gradient_no_grad(f, grad_y, size):
    refuse_length(f, grad_y, size)
    return shares(f, np.ones(len(grad_y)), size).sum(axis=0)


@kernel_gradient.misconception(
    "gradient by f",
    hint="That has as many numbers as f, or nearly: it looks like the gradient by the inputs. "
    "Asked for is one number for each of the size weights.",
)
def kernel_gradient_full(f, grad_y, size):
    refuse_length(f, grad_y, size)
    return ops.correlate_1d(f, grad_y, "full")


@kernel_gradient.misconception(
    "last place forgotten",
    hint="The last place is missing in every sum: the range ends one step early.",
)
def kernel_gradient_short(f, grad_y, size):
    refuse_length(f, grad_y, size)
    return shares(f, grad_y, size)[:-1].sum(axis=0) + np.zeros(size)


@kernel_gradient.misconception(
    "whole numbers",
    hint="Fractions are lost: the gradient is an array of whole numbers. Make it with np.zeros, "
    "without a dtype.",
)
def kernel_gradient_integers(f, grad_y, size):
    refuse_length(f, grad_y, size)
    return shares(f, grad_y, size).sum(axis=0).astype(int)


@kernel_gradient.misconception(
    "length not compared",
    hint="The gradient is right. If grad_y has fewer numbers than there are places, some of them "
    "go unnoticed: compare the lengths and raise a ValueError.",
)
def kernel_gradient_no_error(f, grad_y, size):
    return shares(f, grad_y, size).sum(axis=0)


@kernel_gradient.misconception(
    "last place only, length not compared",
    hint="Each place replaces what the one before has left: add with +=. After that, compare the "
    "lengths and raise the ValueError.",
)
def kernel_gradient_last_any(f, grad_y, size):
    return shares(f, grad_y, size)[-1]


@kernel_gradient.misconception(
    "length not compared, loop over the places",
    hint="The gradient is right. Where grad_y has another length than there are places, some "
    "numbers are missing or go unnoticed: compare the lengths first, and raise a ValueError.",
)
def kernel_gradient_unguarded(f, grad_y, size):
    gradient = np.zeros(size)
    for i in range(size):
        for x in range(len(f) - size + 1):
            gradient[i] += grad_y[x] * f[x + i]
    return gradient


@kernel_gradient.misconception(
    "only too short refused",
    hint="The gradient is right. A grad_y that is too long goes unnoticed: raise a ValueError "
    "there too.",
)
def kernel_gradient_long_accepted(f, grad_y, size):
    if len(grad_y) < len(f) - size + 1:
        raise ValueError("length")
    return shares(f, grad_y[: len(f) - size + 1], size).sum(axis=0)


@kernel_gradient.misconception(
    "only too long refused",
    hint="The gradient is right. A grad_y that is too short is not refused with a ValueError: "
    "compare with !=, not with >.",
)
def kernel_gradient_short_accepted(f, grad_y, size):
    if len(grad_y) > len(f) - size + 1:
        raise ValueError("length")
    return kernel_gradient_unguarded(f, grad_y, size)


@kernel_gradient.misconception(
    "shifted to the left",
    hint="You take f(x − i); that is the convolution's way. The weight w(i) was multiplied by "
    "f(x + i).",
)
def kernel_gradient_left(f, grad_y, size):
    refuse_length(f, grad_y, size)
    gradient = np.zeros(size)
    for i in range(size):
        for x in range(len(grad_y)):
            gradient[i] += grad_y[x] * f[x - i]
    return gradient


@kernel_gradient.misconception(
    "always the same number of f",
    hint="Weight i of yours meets f(i) at every place. At place x it meets f(x + i).",
)
def kernel_gradient_fixed(f, grad_y, size):
    refuse_length(f, grad_y, size)
    return np.sum(grad_y) * f[:size]


@kernel_gradient.misconception(
    "array made anew for every weight",
    hint="Only the last weight has its gradient, the others are 0: the array is made anew inside "
    "the loop. Make it once, before the loops.",
)
def kernel_gradient_anew(f, grad_y, size):
    refuse_length(f, grad_y, size)
    gradient = shares(f, grad_y, size).sum(axis=0)
    gradient[:-1] = 0
    return gradient


@kernel_gradient.misconception(
    "total not reset",
    hint="Each weight goes on adding to the total of the one before. Begin with 0 for every "
    "weight.",
)
def kernel_gradient_running(f, grad_y, size):
    refuse_length(f, grad_y, size)
    return np.cumsum(shares(f, grad_y, size).sum(axis=0))


@kernel_gradient.misconception(
    "returns inside the inner loop",
    hint="Only one product is there, the rest is 0: the return stands inside the inner loop. Move "
    "it to the left, after both loops.",
)
def kernel_gradient_one_product(f, grad_y, size):
    refuse_length(f, grad_y, size)
    gradient = np.zeros(size)
    gradient[0] = grad_y[0] * f[0]
    return gradient


@kernel_gradient.misconception(
    "returns after the first weight",
    hint="Only the first weight has its gradient, the others are 0: the return stands inside the "
    "loop over the weights. Move it to the left.",
)
def kernel_gradient_one_weight(f, grad_y, size):
    refuse_length(f, grad_y, size)
    gradient = shares(f, grad_y, size).sum(axis=0)
    gradient[1:] = 0
    return gradient


@kernel_gradient.misconception(
    "whole numbers at every step",
    hint="Fractions are lost with every product: the gradient is an array of whole numbers. Make "
    "it with np.zeros, without a dtype.",
)
def kernel_gradient_integer_steps(f, grad_y, size):
    refuse_length(f, grad_y, size)
    gradient = np.zeros(size, dtype=int)
    for i in range(size):
        for x in range(len(grad_y)):
            gradient[i] += grad_y[x] * f[x + i]
    return gradient


@kernel_gradient.variant("place by place")
def kernel_gradient_places(f, grad_y, size):
    if len(grad_y) != len(f) - size + 1:
        raise ValueError("length")
    gradient = np.zeros(size)
    for x in range(len(grad_y)):
        for i in range(size):
            gradient[i] += grad_y[x] * f[x + i]
    return gradient


@kernel_gradient.variant("a correlation")
def kernel_gradient_correlation(f, grad_y, size):
    if len(f) - len(grad_y) + 1 != size:
        raise ValueError("length")
    return ops.correlate_1d(f, grad_y, "valid")


@kernel_gradient.variant("windows")
def kernel_gradient_windows(f, grad_y, size):
    windows = np.lib.stride_tricks.sliding_window_view(f, size)
    if len(windows) != len(grad_y):
        raise ValueError("length")
    return grad_y @ windows


# --- learn_kernel -------------------------------------------------------------------------------

learn_kernel = exercise(
    "learn_kernel",
    points=3,
    aspects={
        "steps": "a few steps, number by number",
        "sobel": "finding a kernel from 32 × 32 random dots",
    },
    shares={"steps": 2, "sobel": 1},
    tolerance=1e-2,
    praise="Hundreds of steps, and nobody told it the numbers.",
)


def by_weights(image, difference, size):
    """For each weight, the sum of the differences times what it was multiplied by."""
    rows, columns = difference.shape
    gradient = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            gradient[i, j] = np.sum(difference * image[i : i + rows, j : j + columns])
    return gradient


def answer_of(image, kernel):
    """The correlation, mode valid, weight by weight."""
    size = len(kernel)
    rows, columns = image.shape[0] - size + 1, image.shape[1] - size + 1
    total = np.zeros((rows, columns))
    for i in range(size):
        for j in range(size):
            total += kernel[i, j] * image[i : i + rows, j : j + columns]
    return total


def descend(image, target, size, steps, rate, start=0.0):
    """Steps against the gradient of the mean squared error."""
    kernel = np.full((size, size), start)
    with np.errstate(all="ignore"):  # misconceptions that climb
        for _ in range(steps):
            difference = answer_of(image, kernel) - target
            kernel = kernel - rate * 2 * by_weights(image, difference, size) / difference.size
    return kernel


@learn_kernel.reference
def learn_kernel_reference(image, target, size=3, steps=200, learning_rate=0.3):
    return descend(image, target, size, steps, learning_rate)


SOBEL = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
SLANT = np.array([[2, -1], [0.5, 1]])
DOTS = noise(4, 32, 32)
STEP_TARGET = np.array([[4, -1, 2], [0, 3, 5]])
learn_kernel.case("steps", PLANE, STEP_TARGET, 3, 1, 1.0)
learn_kernel.case("steps", PLANE, STEP_TARGET, 3, 4, 0.25)
learn_kernel.case("steps", PLANE[:, :4], answer_of(PLANE[:, :4], SLANT), 2, 3, 0.5)
learn_kernel.case("sobel", DOTS, answer_of(DOTS, SOBEL))
learn_kernel.case("sobel", DOTS, answer_of(DOTS, SLANT), 2)


learn_kernel.case("steps", PLANE / 2, STEP_TARGET)
learn_kernel.case("steps", PLANE[:2, :3], STEP_TARGET, 1, 2, 0.5)
learn_kernel.numpy_integers("steps", PLANE[:, :4], answer_of(PLANE[:, :4], SLANT), 2, 2, 0.25)


@learn_kernel.hidden
def learn_kernel_hidden(rng):
    image = rng.integers(0, 16, (32, 32)) / 16
    yield "sobel", (image, answer_of(image, SOBEL.T))
    small = rng.integers(0, 4, (5, 6)) / 2
    yield "steps", (small, whole_numbers(rng, 4, 5), 2, 5, 0.125)


@learn_kernel.misconception(
    "uphill",
    hint="The steps go uphill: the kernel grows without end. A weight with a positive gradient "
    "becomes smaller, so subtract; and the difference is the output minus the target.",
)
def learn_kernel_uphill(image, target, size=3, steps=200, learning_rate=0.3):
    return descend(image, target, size, steps, -learning_rate)


@learn_kernel.misconception(
    "factor 2 forgotten",
    hint="Every step is half as long as it should be: the gradient of a square d² is 2·d.",
)
def learn_kernel_half(image, target, size=3, steps=200, learning_rate=0.3):
    return descend(image, target, size, steps, learning_rate / 2)


@learn_kernel.misconception(
    "not divided",
    hint="The steps are far too long, and the kernel runs away: the mean squared error is divided "
    "by the number of differences, and so is its gradient.",
)
def learn_kernel_sum(image, target, size=3, steps=200, learning_rate=0.3):
    return descend(image, target, size, steps, learning_rate * target.size)


@learn_kernel.misconception(
    "neither divided nor doubled",
    hint="The steps have the wrong length: the gradient of the mean squared error at each place is "
    "2·d/N, with N the number of differences.",
)
def learn_kernel_plain(image, target, size=3, steps=200, learning_rate=0.3):
    return descend(image, target, size, steps, learning_rate * target.size / 2)


@learn_kernel.misconception(
    "divided by the number of weights",
    hint="You divide by the number of weights. The mean is taken over the differences: divide by "
    "how many of those there are.",
)
def learn_kernel_by_weights(image, target, size=3, steps=200, learning_rate=0.3):
    return descend(image, target, size, steps, learning_rate * target.size / size**2)


@learn_kernel.misconception(
    "divided by the number of pixels",
    hint="You divide by the number of pixels of the image. There are fewer differences than that: "
    "as many as the target has numbers.",
)
def learn_kernel_by_pixels(image, target, size=3, steps=200, learning_rate=0.3):
    return descend(image, target, size, steps, learning_rate * target.size / image.size)


@learn_kernel.misconception(
    "one step only",
    hint="There is one step only: does the return stand inside the loop, or does the kernel begin "
    "anew with every step?",
)
def learn_kernel_one_step(image, target, size=3, steps=200, learning_rate=0.3):
    return descend(image, target, size, 1, learning_rate)


@learn_kernel.misconception(
    "one step too few",
    hint="One step is missing: `range(steps)` makes as many as asked for.",
)
def learn_kernel_short(image, target, size=3, steps=200, learning_rate=0.3):
    return descend(image, target, size, steps - 1, learning_rate)


@learn_kernel.misconception(
    "learning rate ignored",
    hint="The learning rate is always 0.3 in yours. Take the one that is handed over.",
)
def learn_kernel_fixed_rate(image, target, size=3, steps=200, learning_rate=0.3):
    return descend(image, target, size, steps, 0.3)


@learn_kernel.misconception(
    "learning rate forgotten",
    hint="The whole gradient is subtracted. Multiply it by the learning rate first.",
)
def learn_kernel_no_rate(image, target, size=3, steps=200, learning_rate=0.3):
    return descend(image, target, size, steps, 1.0)


@learn_kernel.misconception(
    "number of steps ignored",
    hint="You always make 200 steps. Make as many as `steps` says.",
)
def learn_kernel_fixed_steps(image, target, size=3, steps=200, learning_rate=0.3):
    return descend(image, target, size, 200, learning_rate)


@learn_kernel.misconception(
    "begun with ones",
    hint="It begins with a kernel of ones. Begin with zeros.",
)
def learn_kernel_ones(image, target, size=3, steps=200, learning_rate=0.3):
    return descend(image, target, size, steps, learning_rate, 1.0)


@learn_kernel.misconception(
    "kernel reversed",
    hint="The kernel that you learn is reversed along both axes. Use the correlation, not the "
    "convolution, and take rows i and columns j on from the top left.",
)
def learn_kernel_flipped(image, target, size=3, steps=200, learning_rate=0.3):
    return descend(image, target, size, steps, learning_rate)[::-1, ::-1]


@learn_kernel.misconception(
    "convolution forwards",
    hint="The output comes from a convolution, the gradient from a correlation: they do not belong "
    "together. Use `ops.correlate_2d` for the output.",
)
def learn_kernel_convolves(image, target, size=3, steps=200, learning_rate=0.3):
    kernel = np.zeros((size, size))
    with np.errstate(all="ignore"):
        for _ in range(steps):
            difference = answer_of(image, kernel[::-1, ::-1]) - target
            gradient = 2 * by_weights(image, difference, size) / difference.size
            kernel = kernel - learning_rate * gradient
    return kernel


@learn_kernel.misconception(
    "rows and columns exchanged",
    hint="The kernel that you learn is transposed: the picture is shifted by i rows and j columns "
    "for the weight at row i, column j.",
)
def learn_kernel_transposed(image, target, size=3, steps=200, learning_rate=0.3):
    return descend(image, target, size, steps, learning_rate).T


@learn_kernel.misconception(
    "picture not shifted",
    hint="All weights come out the same: the picture is not shifted in the gradient. The weight at "
    "row i, column j meets the part that begins there.",
)
def learn_kernel_unshifted(image, target, size=3, steps=200, learning_rate=0.3):
    kernel = np.zeros((size, size))
    rows, columns = target.shape
    with np.errstate(all="ignore"):
        for _ in range(steps):
            difference = answer_of(image, kernel) - target
            gradient = 2 * np.mean(difference * image[:rows, :columns])
            kernel = kernel - learning_rate * gradient
    return kernel


@learn_kernel.misconception(
    "weights changed one by one",
    hint="Nearly: you compute the output anew after each single weight. Work out all gradients "
    "first, and then change all weights together.",
)
def learn_kernel_sequential(image, target, size=3, steps=200, learning_rate=0.3):
    kernel = np.zeros((size, size))
    with np.errstate(all="ignore"):
        for _ in range(steps):
            for i in range(size):
                for j in range(size):
                    difference = answer_of(image, kernel) - target
                    gradient = 2 * by_weights(image, difference, size) / difference.size
                    kernel[i, j] -= learning_rate * gradient[i, j]
    return kernel


@learn_kernel.misconception(
    "target added",
    hint="The kernel comes out with the wrong sign: you add the target to the output. The "
    "difference is the output minus the target.",
)
def learn_kernel_plus_target(image, target, size=3, steps=200, learning_rate=0.3):
    return descend(image, -target, size, steps, learning_rate)


@learn_kernel.misconception(
    "divided by the rows",
    hint="The steps are far too long, and the kernel runs away: `len` counts the rows of the "
    "differences. Divide by how many numbers there are, `difference.size`.",
)
def learn_kernel_by_rows(image, target, size=3, steps=200, learning_rate=0.3):
    return descend(image, target, size, steps, learning_rate * target.shape[1])


@learn_kernel.misconception(
    "squared differences as the gradient",
    hint="You multiply the picture by the squared differences. The squares are the loss; its "
    "gradient by an output is 2·d/N, with d not squared.",
)
def learn_kernel_squares(image, target, size=3, steps=200, learning_rate=0.3):
    kernel = np.zeros((size, size))
    with np.errstate(all="ignore"):
        for _ in range(steps):
            difference = answer_of(image, kernel) - target
            gradient = by_weights(image, difference**2, size) / difference.size
            kernel = kernel - learning_rate * gradient
    return kernel


@learn_kernel.misconception(
    "squared differences as the gradient, doubled",
    hint="You multiply the picture by the squared differences. The squares are the loss; its "
    "gradient by an output is 2·d/N: here d must not be squared.",
)
def learn_kernel_doubled_squares(image, target, size=3, steps=200, learning_rate=0.3):
    return learn_kernel_squares(image, target, size, steps, 2 * learning_rate) + 0 * learning_rate


@learn_kernel.misconception(
    "mean of the differences",
    hint="You take the mean of all differences first, so every place counts the same. Each place "
    "has its own difference: multiply it by the picture, and add up after that.",
)
def learn_kernel_mean_first(image, target, size=3, steps=200, learning_rate=0.3):
    kernel = np.zeros((size, size))
    with np.errstate(all="ignore"):
        for _ in range(steps):
            difference = answer_of(image, kernel) - target
            same = np.full(difference.shape, 2 * np.mean(difference))
            kernel = kernel - learning_rate * by_weights(image, same, size)
    return kernel


@learn_kernel.misconception(
    "gradient transposed",
    hint="Rows and columns are exchanged in the gradient: the weight at row i, column j meets the "
    "picture shifted by i rows and j columns.",
)
def learn_kernel_gradient_transposed(image, target, size=3, steps=200, learning_rate=0.3):
    kernel = np.zeros((size, size))
    with np.errstate(all="ignore"):
        for _ in range(steps):
            difference = answer_of(image, kernel) - target
            gradient = 2 * by_weights(image, difference, size).T / difference.size
            kernel = kernel - learning_rate * gradient
    return kernel


@learn_kernel.misconception(
    "difference computed once",
    hint="The difference is computed once, before the loop, so every step is the same. With each "
    "new kernel the output is another one: compute it inside the loop.",
)
def learn_kernel_stale(image, target, size=3, steps=200, learning_rate=0.3):
    return descend(image, target, size, 1, learning_rate * steps)


@learn_kernel.misconception(
    "a step for every weight",
    hint="The kernel is changed inside the two loops, each time with a gradient that is filled in "
    "part. Change it once, after both loops.",
)
def learn_kernel_steps_inside(image, target, size=3, steps=200, learning_rate=0.3):
    kernel = np.zeros((size, size))
    with np.errstate(all="ignore"):
        for _ in range(steps):
            difference = answer_of(image, kernel) - target
            whole = 2 * by_weights(image, difference, size) / difference.size
            times = np.arange(size * size, 0, -1).reshape(size, size)
            kernel = kernel - learning_rate * whole * times
    return kernel


@learn_kernel.misconception(
    "last weight only",
    hint="Only the last weight changes: the line that changes the kernel stands after the two "
    "loops and uses i and j. Change the whole kernel there, or each weight inside.",
)
def learn_kernel_last_weight(image, target, size=3, steps=200, learning_rate=0.3):
    kernel = np.zeros((size, size))
    with np.errstate(all="ignore"):
        for _ in range(steps):
            difference = answer_of(image, kernel) - target
            gradient = 2 * by_weights(image, difference, size) / difference.size
            kernel[-1, -1] -= learning_rate * gradient[-1, -1]
    return kernel


@learn_kernel.misconception(
    "rounded",
    hint="The kernel is rounded at the end. Weights are fractions; return them as they are.",
)
def learn_kernel_rounded(image, target, size=3, steps=200, learning_rate=0.3):
    return descend(image, target, size, steps, learning_rate).round()


@learn_kernel.misconception(
    "a part of another size",
    hint="Python stops because two shapes differ. The part of the picture that meets the "
    "differences is as large as they are: it begins at row i and column j, and ends as many rows "
    "and columns further on as the target has.",
)
def learn_kernel_other_size(image, target, size=3, steps=200, learning_rate=0.3):
    raise ValueError("operands could not be broadcast together")


@learn_kernel.variant("gradient as a correlation")
def learn_kernel_correlation(image, target, size=3, steps=200, learning_rate=0.3):
    kernel = np.zeros((size, size))
    windows = np.lib.stride_tricks.sliding_window_view(image, target.shape)
    for _ in range(steps):
        error = ops.correlate_2d(image, kernel, "valid") - target
        kernel -= learning_rate * 2 * np.einsum("ijrc,rc->ij", windows, error) / error.size
    return kernel


@learn_kernel.variant("mean of the products")
def learn_kernel_mean(image, target, size=3, steps=200, learning_rate=0.3):
    kernel = np.zeros((size, size))
    rows, columns = target.shape
    for _ in range(steps):
        error = target - ops.correlate_2d(image, kernel, "valid")
        step = np.zeros((size, size))
        for i in range(size):
            for j in range(size):
                step[i, j] = 2 * np.mean(error * image[i : i + rows, j : j + columns])
        kernel = kernel + learning_rate * step
    return kernel


@learn_kernel.variant("a table of windows")
def learn_kernel_table(image, target, size=3, steps=200, learning_rate=0.3):
    windows = np.lib.stride_tricks.sliding_window_view(image, (size, size))
    table = windows.reshape(-1, size * size)
    weights = np.zeros(size * size)
    for _ in range(steps):
        difference = table @ weights - target.ravel()
        weights = weights - learning_rate * 2 * (table.T @ difference) / len(difference)
    return weights.reshape(size, size)


# --- discussion ---------------------------------------------------------------------------------

discussion_04 = exercise(
    "discussion_04", praise="And with 8 biases it has 608 parameters, for pictures of any size."
)
discussion_04.right("a")
discussion_04.wrong(
    "channels forgotten",
    "b",
    "Are red, green and blue looked at with the same 25 numbers? A kernel that finds red less blue "
    "could not be built then.",
)
discussion_04.wrong(
    "weights not shared",
    "c",
    "So many weights a local layer would have. What do the neurons of one feature map have in "
    "common?",
)
discussion_04.wrong(
    "everything shared",
    "d",
    "If all 8 kernels had the same weights, all 8 feature maps would be the same picture.",
)

# --- go further ---------------------------------------------------------------------------------

two_layers = exercise(
    "two_layers",
    aspects={"values": "the product of the two matrices"},
    praise="Its rows hold one longer kernel, the convolution of the two. Two layers are one layer.",
)


@two_layers.reference
def two_layers_reference(first, second, n):
    below = band(first[::-1], n)
    return band(second[::-1], len(below)) @ below


two_layers.case("values", np.array([1, 2]), np.array([3, -1, 4]), 6)
two_layers.case("values", np.array([1, 0, -1]), np.array([2, 5]), 4)
two_layers.case("values", np.array([2]), np.array([1.5, 1]), 3)


@two_layers.misconception(
    "one kernel only",
    hint="Only the first convolution is in it. Multiply by the matrix of the second.",
)
def two_layers_first(first, second, n):
    return band(first[::-1], n)


@two_layers.misconception(
    "correlations",
    hint="The kernels are not reversed in the rows. Your `convolution_matrix` does that.",
)
def two_layers_correlations(first, second, n):
    below = band(first, n)
    return band(second, len(below)) @ below


@two_layers.misconception(
    "both for n inputs",
    hint="The two shapes do not fit. The first layer has n inputs and n − k + 1 outputs: so many "
    "inputs has the second.",
)
def two_layers_same_n(first, second, n):
    return band(second[::-1], n) @ band(first[::-1], n)


@two_layers.misconception(
    "order exchanged, or no product of matrices",
    hint="The shapes do not fit. The matrix that works first stands on the right, `second @ "
    "first`; and `*` would multiply place by place.",
)
def two_layers_exchanged(first, second, n):
    a = convolution_matrix(first, n)
    return a @ convolution_matrix(second, len(a))


@two_layers.variant("one kernel")
def two_layers_one(first, second, n):
    return convolution_matrix(ops.convolve_1d(first, second), n)


@two_layers.variant("the other order of kernels")
def two_layers_order(first, second, n):
    below = convolution_matrix(second, n)
    return convolution_matrix(first, n - len(second) + 1) @ below


@two_layers.variant("loops")
def two_layers_loops(first, second, n):
    k, m = len(first), len(second)
    matrix = np.zeros((n - k - m + 2, n))
    for x in range(n - k - m + 2):
        for a in range(m):
            for b in range(k):
                matrix[x, x + a + b] += second[m - 1 - a] * first[k - 1 - b]
    return matrix
