"""The convolution of f with g at one place, counted from the top left corner."""

import numpy as np

from convolab.exercises import Exercise

from .flip_2d import flip_2d
from .hadamard_sum import hadamard_sum
from .shared import IMAGE, OBLONG, ONE_TO_NINE, SQUARE, TALL, WIDE

exercise = Exercise(
    says={"middle": "places inside", "ends": "the corners and everything outside"},
    ready_made=("convolve_2d", "correlate_2d", "convolve_1d", "correlate_1d", "conv_2d", "conv_layer"),
)

def sum_at(f, g, row, col):
    """The convolution at one place, from the definition."""
    total = 0.0
    for i in range(f.shape[0]):
        for j in range(f.shape[1]):
            if 0 <= row - i < g.shape[0] and 0 <= col - j < g.shape[1]:
                total += float(f[i, j]) * float(g[row - i, col - j])
    return total

@exercise.right
def convolve_at_2d(f, g, row, col):
    return sum_at(f, g, row, col)

@exercise.variant("loop over the kernel")
def convolve_at_2d_over_kernel(f, g, row, col):
    total = 0.0
    for i in range(g.shape[0]):
        for j in range(g.shape[1]):
            if 0 <= row - i < f.shape[0] and 0 <= col - j < f.shape[1]:
                total += float(g[i, j]) * float(f[row - i, col - j])
    return total

@exercise.variant("padded patch")
def convolve_at_2d_patch(f, g, row, col):
    rows, columns = g.shape
    if not (0 <= row < f.shape[0] + rows - 1 and 0 <= col < f.shape[1] + columns - 1):
        return 0.0
    padded = np.pad(f.astype(float), ((rows - 1, rows - 1), (columns - 1, columns - 1)))
    return hadamard_sum(padded[row : row + rows, col : col + columns], flip_2d(g).astype(float))

@exercise.variant("generator")
def convolve_at_2d_generator(f, g, row, col):
    f, g = f.astype(float), g.astype(float)
    return sum(
        f[i, j] * g[row - i, col - j]
        for i in range(max(0, row - g.shape[0] + 1), min(f.shape[0], row + 1))
        for j in range(max(0, col - g.shape[1] + 1), min(f.shape[1], col + 1))
    )

exercise.shows("middle",
    (ONE_TO_NINE, ONE_TO_NINE, 1, 1), (IMAGE, OBLONG, 1, 2), (IMAGE, TALL, 2, 1),
    (IMAGE, SQUARE / 2, 2, 2), (IMAGE, WIDE, 1, 3),
    (np.array([[250, 200], [100, 90], [255, 60]], dtype=np.uint8), np.array([[3, 2]], dtype=np.uint8), 1, 1),
)
exercise.shows("ends",
    (IMAGE, OBLONG, 0, 0), (IMAGE, OBLONG, 3, 5), (IMAGE, OBLONG, 3, 1), (IMAGE, OBLONG, -1, 2),
    (IMAGE, OBLONG, 1, -1), (IMAGE, OBLONG, 4, 2), (IMAGE, OBLONG, 2, 30),
    (IMAGE, OBLONG, 1, 6), (IMAGE / 2, TALL, 5, 2),
)
exercise.numpy_integers("ends", np.array([[3, 1], [0, 2]]), np.array([[1, -5]]), 1, 2)

@exercise.wrong("kernel not reversed",
    hint="Both row numbers go up together, and so do both columns: the kernel is not reversed. In f(i, j) · g(row − i, col − j) the rows add up to row, and the columns to col.")
def convolve_at_2d_not_reversed(f, g, row, col):
    total = 0.0
    for i in range(g.shape[0]):
        for j in range(g.shape[1]):
            if 0 <= row + i < f.shape[0] and 0 <= col + j < f.shape[1]:
                total += float(f[row + i, col + j]) * float(g[i, j])
    return total

exercise.slip("reversed along the columns only", "sum_at(f, g, row, col)", "sum_at(f, g[::-1], row, col)",
    hint="The columns of the kernel are reversed, its rows are not: the row numbers of f and g should add up to row.")
exercise.slip("reversed along the rows only", "sum_at(f, g, row, col)", "sum_at(f, g[:, ::-1], row, col)",
    hint="The rows of the kernel are reversed, its columns are not: the column numbers of f and g should add up to col.")
exercise.slip("kernel as it is written, ending here", "sum_at(f, g, row, col)", "sum_at(f, g[::-1, ::-1], row, col)",
    hint="The right numbers of f take part, but the kernel is on them the way it is written. f(row, col) should meet g(0, 0).")
exercise.slip("transposed instead of reversed", "sum_at(f, g, row, col)", "sum_at(f, g.T, row, col)",
    hint="The kernel is transposed: rows and columns have changed places in it. It should be reversed, which is a half turn.")
exercise.slip("row and column exchanged", "sum_at(f, g, row, col)", "sum_at(f, g, col, row)",
    hint="Row and column are swapped: the first index goes down, the second to the right, in f, in g and in the arguments.")
exercise.slip("origin in the centre of the kernel", "sum_at(f, g, row, col)", "sum_at(f, g, row + (g.shape[0] - 1) // 2, col + (g.shape[1] - 1) // 2)",
    hint="Your kernel is centred on the place. Here its top left number, g(0, 0), belongs to f(row, col), and the others reach up and to the left of it.")

@exercise.wrong("negative indices wrap around",
    hint="A negative index counts from the end in Python, so numbers from the far side take part. Add a product only where row − i and col − j lie inside g.")
def convolve_at_2d_wraps(f, g, row, col):
    total = 0.0
    for i in range(f.shape[0]):
        for j in range(f.shape[1]):
            inside_rows = -g.shape[0] <= row - i < g.shape[0]
            if inside_rows and -g.shape[1] <= col - j < g.shape[1]:
                total += float(f[i, j]) * float(g[row - i, col - j])
    return total

exercise.slip("no range asked for", "return sum_at(f, g, row, col)", "total = 0.0\n    for i in range(f.shape[0]):\n        for j in range(f.shape[1]):\n            total += float(f[i, j]) * float(g[row - i, col - j])\n    return total",
    hint="f and g are zero outside: ask whether row − i and col − j lie in g, below as well as above. Otherwise Python stops with an IndexError, or counts from the end.")
exercise.slip("only the lower end asked for", "return sum_at(f, g, row, col)", "total = 0.0\n    for i in range(f.shape[0]):\n        for j in range(f.shape[1]):\n            if row - i >= 0 and col - j >= 0:\n                total += float(f[i, j]) * float(g[row - i, col - j])\n    return total",
    hint="You ask whether row − i and col − j are at least 0; they can also be too large for g. Then Python stops with an IndexError.")
exercise.slip("only the upper end asked for", "return sum_at(f, g, row, col)", "total = 0.0\n    for i in range(f.shape[0]):\n        for j in range(f.shape[1]):\n            if row - i < g.shape[0] and col - j < g.shape[1]:\n                total += float(f[i, j]) * float(g[row - i, col - j])\n    return total",
    hint="You ask whether row − i and col − j are small enough; they can also be negative, and then Python counts from the end of g, or stops with an IndexError.")

@exercise.wrong("only the last product",
    hint="Only one product comes back: each new one replaces the one before. Add it with `+=`.")
def convolve_at_2d_last(f, g, row, col):
    total = 0.0
    for i in range(f.shape[0]):
        for j in range(f.shape[1]):
            if 0 <= row - i < g.shape[0] and 0 <= col - j < g.shape[1]:
                total = float(f[i, j]) * float(g[row - i, col - j])
    return total

@exercise.wrong("sum begun anew in each row",
    hint="The sum is set back to 0 for every row: that line is inside the outer loop. Move it up, before both loops.")
def convolve_at_2d_reset(f, g, row, col):
    total = 0.0
    for i in range(f.shape[0]):
        total = 0.0
        for j in range(f.shape[1]):
            if 0 <= row - i < g.shape[0] and 0 <= col - j < g.shape[1]:
                total += float(f[i, j]) * float(g[row - i, col - j])
    return total

exercise.slip("last row and column left out", "sum_at(f, g, row, col)", "sum_at(f[:-1, :-1], g, row, col)",
    hint="The last row and the last column of f never take part: `range(n − 1)` ends at n − 2.")
exercise.slip("last row and column of the kernel left out", "sum_at(f, g, row, col)", "sum_at(f, g[:-1, :-1], row, col)",
    hint="The last row and the last column of g never take part: does the loop or condition stop one before the end?")

@exercise.wrong("square kernels only",
    hint="It is right for square kernels only: is the number of the kernel's rows used for its columns too?")
def convolve_at_2d_square(f, g, row, col):
    total = 0.0
    for i in range(f.shape[0]):
        for j in range(f.shape[1]):
            if 0 <= row - i < g.shape[0] and 0 <= col - j < g.shape[0]:
                total += float(f[i, j]) * float(g[row - i, col - j])
    return total

@exercise.wrong("sizes of the worked example",
    hint="The 3s of the worked example are the sizes of its own arrays. Take yours from f.shape and g.shape: the loops end with the rows and columns of f, and the conditions ask about those of g.")
def convolve_at_2d_threes(f, g, row, col):
    total = 0
    for i in range(3):
        for j in range(3):
            if 0 <= row - i < 3 and 0 <= col - j < 3:
                total += f[i, j] * g[row - i, col - j]
    return total

@exercise.wrong("small numbers wrap around",
    hint="For pictures (uint8) the result is too small: a product of two such numbers starts again at 0 after 255. Turn them into floats before you multiply.")
def convolve_at_2d_uint8(f, g, row, col):
    total = np.zeros(1, dtype=np.result_type(f, g))
    for i in range(f.shape[0]):
        for j in range(f.shape[1]):
            if 0 <= row - i < g.shape[0] and 0 <= col - j < g.shape[1]:
                total += f[i, j] * g[row - i, col - j]
    return float(total[0])

exercise.slip("returns too early", "sum_at(f, g, row, col)", "sum_at(f[:1], g, row, col)",
    hint="Only the first row or the first number is counted: the return is inside a loop. Move it to the left, after both loops.")
