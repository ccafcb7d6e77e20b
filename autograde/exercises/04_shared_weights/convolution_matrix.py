"""The matrix M with M @ f equal to the convolution of f with the kernel, mode valid."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import band, whole_numbers

exercise = Exercise(
    says={"matrix": "the matrix", "errors": "fewer inputs than weights"},
    asks={"errors": "answer"},
    ready_made=("conv_layer", "conv_forward", "conv_2d", "count_parameters"),
)

def refuse_short(kernel, n):
    """Raise where the kernel does not fit."""
    if n < len(kernel):
        raise ValueError("n")

@exercise.right
def convolution_matrix(kernel, n):
    refuse_short(kernel, n)
    return band(kernel[::-1], n)

@exercise.variant("one number after the other")
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

@exercise.variant("a row rolled")
def convolution_matrix_rolled(kernel, n):
    rows = n - len(kernel) + 1
    if rows < 1:
        raise ValueError("n")
    first = np.concatenate([kernel[::-1], np.zeros(n - len(kernel))])
    return np.array([np.roll(first, x) for x in range(rows)])

exercise.also("convolving unit signals", "refuse_short(kernel, n)\n    return band(kernel[::-1], n)", "if n < len(kernel):\n        raise ValueError(\"n\")\n    return np.array([ops.convolve_1d(unit, kernel, \"valid\") for unit in np.eye(n)]).T")

exercise.shows("matrix",
    (np.array([1, 2, 3]), 5), (np.array([2, -1]), 4), (np.array([0.5, 3, -1.25, 4]), 7),
    (np.array([3, -2, 5]), 3), (np.array([2.5]), 3),
)
exercise.shows("errors", (np.array([1, -4]), 3))
exercise.refuses("a kernel longer than the signal", (np.array([1, 2, 3]), 2), (np.array([1, 2, 3, 4]), 1))
exercise.shows("matrix", (np.array([3]), 1))
exercise.numpy_integers("errors", np.array([2, -1]), 4)

@exercise.hidden
def convolution_matrix_hidden(rng):
    for k, n in ((1, 4), (2, 2), (3, 8), (4, 6)):
        yield "matrix", (whole_numbers(rng, k) / 2, n)
    yield "errors", (whole_numbers(rng, 3), 6)
    yield "errors", (whole_numbers(rng, 5), int(rng.integers(1, 4))), ValueError

exercise.slip("kernel not reversed", "kernel[::-1]", "kernel",
    hint="The rows hold the kernel as it is written: that is the matrix of a correlation. For a convolution each row holds it reversed.")
exercise.slip("circulant", "return band(kernel[::-1], n)", "row = np.zeros(n)\n    row[: len(kernel)] = kernel[::-1]\n    return np.array([np.roll(row, x) for x in range(n)])",
    hint="There are n rows, and in the last ones the kernel goes round to the beginning. In mode valid a row ends when the kernel reaches the last column: n − k + 1 rows.")

@exercise.wrong("mode full",
    hint="That is the matrix of mode full, with n + k − 1 rows. In valid the whole kernel lies on the inputs: n − k + 1 rows.")
def convolution_matrix_full(kernel, n):
    refuse_short(kernel, n)
    columns = [np.concatenate([np.zeros(x), kernel, np.zeros(n - 1 - x)]) for x in range(n)]
    return np.array(columns).T

exercise.slip("mode same", "return band(kernel[::-1], n)", "full = convolution_matrix_full(kernel, n)\n    start = (len(kernel) - 1) // 2\n    return full[start : start + n]",
    hint="That is the matrix of mode same, with n rows, in some of which the kernel is cut off. In valid there are n − k + 1 rows.")
exercise.slip("last row missing", "band(kernel[::-1], n)", "band(kernel[::-1], n)[:-1]",
    hint="The last row is missing: there are n − k + 1 places for the kernel, not n − k.")
exercise.slip("last row empty", "return band(kernel[::-1], n)", "matrix = band(kernel[::-1], n)\n    matrix[-1] = 0\n    return matrix",
    hint="The last row is empty: the array has the right size, but the loop ends one step early.")
exercise.slip("moved to the left", "band(kernel[::-1], n)", "band(kernel[::-1], n, steps=-1)",
    hint="From row to row your kernel moves to the left. It begins in column 0 and moves to the right.")
exercise.slip("not moved", "return band(kernel[::-1], n)", "row = np.zeros(n)\n    row[: len(kernel)] = kernel[::-1]\n    return np.tile(row, (n - len(kernel) + 1, 1))",
    hint="All rows are alike, so every neuron looks at the same patch. Each row has the kernel one column further to the right.")
exercise.slip("transposed", "band(kernel[::-1], n)", "band(kernel[::-1], n).T",
    hint="Rows and columns are swapped. There is one row for each output and one column for each input: shape (n − k + 1, n).")
exercise.slip("whole numbers", "kernel[::-1]", "kernel[::-1].astype(int)",
    hint="Fractions are lost: the matrix is an array of whole numbers. Make it with `np.zeros`, without `dtype=int`.")
exercise.slip("equal length refused", "refuse_short(kernel, n)", "if n <= len(kernel):\n        raise ValueError(\"n\")",
    hint="A kernel with as many numbers as there are inputs fits once: that makes one row. Raise the ValueError only where n is smaller than k.")
exercise.slip("changes the kernel", "return band(kernel[::-1], n)", "kernel[:] = kernel[::-1].copy()\n    return band(kernel, n)",
    hint="The matrix is right, but the kernel of whoever called the function is reversed too. Take `kernel[::-1]` without writing into kernel.")
exercise.slip("error forgotten", "    refuse_short(kernel, n)\n", "",
    hint="The matrix is right. Where the kernel is longer than n there is no place for it: raise a ValueError.")
exercise.slip("first row only", "return band(kernel[::-1], n)", "matrix = band(kernel[::-1], n)\n    matrix[1:] = 0\n    return matrix",
    hint="Only the first row is filled: the return is inside the loop. Move it to the left, after the loop.")
exercise.slip("rows left empty at the end", "return band(kernel[::-1], n)", "matrix = np.zeros((n, n))\n    matrix[: n - len(kernel) + 1] = band(kernel[::-1], n)\n    return matrix",
    hint="The matrix has n rows, and the last ones are empty. The kernel has n − k + 1 places, and each of them is one row.")
exercise.slip("reversed from beyond the end", "return band(kernel[::-1], n)", "raise IndexError(\"out of bounds\")",
    hint="Python stops with an IndexError: the last number of the kernel is `kernel[k − 1]`. Reversed, place j holds `kernel[k − 1 − j]`.")
