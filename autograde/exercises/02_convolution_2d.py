"""Lesson 02: the exercises, their cases and what commonly goes wrong."""

import numpy as np

from convolab.check.spec import Exercise

READY_MADE = ("convolve_2d", "correlate_2d", "convolve_1d", "correlate_1d", "conv_2d", "conv_layer")

# Asymmetric in every way: no two numbers alike, rows and columns of different numbers, both signs.
IMAGE = np.array([[2, -1, 3, 5], [4, 0, -2, 7], [6, 8, 1, -3]])
WIDE = np.array([[1, 10, 100]])
OBLONG = np.array([[1, -2, 3], [5, 7, -4]])
SQUARE = np.array([[1, 2, -3], [0, 4, 5], [7, -1, 6]])
TALL = np.array([[1, 3], [-2, 5], [4, 7], [6, -8]])


def exercise(name, points=0, **more):
    """An exercise of this lesson; ready-made convolutions are not welcome."""
    return Exercise(name, points=points, ready_made=READY_MADE, **more)


def whole_numbers(rng, *shape):
    """Small whole numbers with both signs, none of them 0."""
    return rng.integers(1, 10, shape) * rng.choice([-1, 1], shape)


# --- by hand ------------------------------------------------------------------------------------

by_hand_patch = exercise("by_hand_patch")
by_hand_patch.right(8)
by_hand_patch.wrong(
    "one product only",
    2,
    "2 is the product of the first pair. There are four pairs of numbers on top of each other: "
    "multiply each pair, then add up the four products.",
)
by_hand_patch.wrong(
    "matrix product",
    20,
    "You multiplied rows by columns, as for matrices. Here each number meets only the one that "
    "lies on top of it.",
)
by_hand_patch.wrong(
    "everything added",
    13,
    "You added up all the numbers. Multiply first, the numbers at the same place with each other; "
    "then add.",
)

by_hand_patch.wrong(
    "kernel reversed",
    7,
    "You reversed the kernel. Here it is laid on the way it is written; the reversing comes later.",
)

by_hand_origin = exercise("by_hand_origin")
by_hand_origin.right(26)
by_hand_origin.wrong(
    "all nine pairs",
    165,
    "165 is what stands at (2, 2), where all nine pairs count. At (1, 1) only those pairs count "
    "whose rows add up to 1 and whose columns add up to 1: four.",
)
by_hand_origin.wrong(
    "both counted from the centre",
    186,
    "186 is what stands at (3, 3). Count rows and columns of f and g from the top left corner: at "
    "(1, 1) the rows of each pair add up to 1, and so do the columns.",
)
by_hand_origin.wrong(
    "kernel not reversed",
    46,
    "Each number met its twin, f(0, 0) · g(0, 0) and so on. The two row numbers should add up to "
    "1, and the two column numbers as well: f(0, 0) meets g(1, 1).",
)
by_hand_origin.wrong(
    "correlation in the corner",
    94,
    "Here g lies the way it is written, with its corner on the 5. The row numbers of each pair "
    "should add up to 1, and the column numbers as well: f(0, 0) meets g(1, 1).",
)
by_hand_origin.wrong(
    "one product only",
    5,
    "That is one of the products. Go through all pairs whose rows add up to 1 and whose columns "
    "add up to 1; there are four.",
)

by_hand_row = exercise("by_hand_row")
by_hand_row.right([4, 3, 4])
by_hand_row.wrong(
    "kernel of ones",
    [6, 6, 6],
    "You counted every number under the window. The kernel has a 1 only in its corners and in the "
    "middle: count these five places.",
)
by_hand_row.wrong(
    "middle left out",
    [3, 2, 3],
    "The middle of the kernel is a 1 too.",
)

by_hand_sizes = exercise("by_hand_sizes")
by_hand_sizes.right([10, 9, 8])
by_hand_sizes.wrong(
    "the published formula",
    [8, 7, 6],
    "That is n − (k + 1), which is printed in many places and wrong. A kernel of 1 × 1 fits on "
    "every number, so nothing is lost: 10.",
)
by_hand_sizes.wrong(
    "places instead of rows",
    [100, 81, 64],
    "These are all places, rows times columns. Asked for is the number of rows alone.",
)
by_hand_sizes.wrong(
    "minus k",
    [9, 8, 7],
    "That is n − k. Count where the top left corner of a 1 × 1 kernel can stand: at rows 0 to 9.",
)

# --- flip_2d ------------------------------------------------------------------------------------

flip_2d = exercise("flip_2d", points=1, aspects={"flip": "reversed along both axes"})


@flip_2d.reference
def flip_2d_reference(kernel):
    return kernel[::-1, ::-1]


flip_2d.case("flip", OBLONG)
flip_2d.case("flip", SQUARE)
flip_2d.case("flip", TALL)


flip_2d.case("flip", np.array([[7]]))


@flip_2d.hidden
def flip_2d_hidden(rng):
    yield "flip", (whole_numbers(rng, 3, 5),)
    yield "flip", (whole_numbers(rng, 4, 4) / 2,)
    yield "flip", (whole_numbers(rng, 1, 3),)


@flip_2d.misconception(
    "rows only",
    hint="The rows are reversed, the columns are not: what stands on the left should end up on the "
    "right as well.",
)
def flip_2d_rows(kernel):
    return kernel[::-1]


@flip_2d.misconception(
    "columns only",
    hint="The columns are reversed, the rows are not: what stands at the top should end up at the "
    "bottom as well.",
)
def flip_2d_columns(kernel):
    return kernel[:, ::-1]


@flip_2d.misconception(
    "transposed",
    hint="This is the transpose: rows have become columns. Reversing keeps rows rows, in the "
    "opposite order.",
)
def flip_2d_transposed(kernel):
    return kernel.T


@flip_2d.misconception(
    "quarter turn",
    hint="This is a quarter turn. Reversing both axes is the same as a half turn.",
)
def flip_2d_quarter(kernel):
    return np.rot90(kernel)


@flip_2d.misconception(
    "nothing happens",
    hint="The kernel comes back as it was.",
)
def flip_2d_nothing(kernel):
    return kernel.copy()


@flip_2d.misconception(
    "changes its argument",
    hint="The result is right, but the kernel of whoever called the function is reversed too. Make "
    "a new array, or return a reversed view, without writing into the kernel.",
)
def flip_2d_in_place(kernel):
    kernel[:] = kernel[::-1, ::-1].copy()
    return kernel


@flip_2d.variant("np.flip")
def flip_2d_flip(kernel):
    return np.flip(kernel)


@flip_2d.variant("two quarter turns")
def flip_2d_turns(kernel):
    return np.rot90(kernel, 2)


@flip_2d.variant("loops")
def flip_2d_loops(kernel):
    rows, columns = kernel.shape
    flipped = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            flipped[i, j] = kernel[rows - 1 - i, columns - 1 - j]
    return flipped


# --- hadamard_sum -------------------------------------------------------------------------------

hadamard_sum = exercise(
    "hadamard_sum",
    points=2,
    aspects={"sum": "the sum of the products", "errors": "arrays of different shapes"},
    asks={"errors": "answer"},
)


@hadamard_sum.reference
def hadamard_sum_reference(a, b):
    if a.shape != b.shape:
        raise ValueError(f"shapes {a.shape} and {b.shape} differ")
    return float(np.sum(a.astype(float) * b))


hadamard_sum.case("sum", SQUARE, np.array([[2, 0, 1], [-1, 3, 2], [1, 1, -5]]))
hadamard_sum.case("sum", OBLONG, np.array([[2, 0, 1], [-1, 3, 2]]))
hadamard_sum.case(
    "sum",
    np.array([[250, 200, 90], [100, 3, 40]], dtype=np.uint8),
    np.array([[3, 2, 1], [4, 200, 5]], dtype=np.uint8),
)
hadamard_sum.case(
    "sum",
    np.array([[250, 250], [250, 250], [250, 250]], dtype=np.uint8),
    np.array([[1, 1], [1, 1], [1, 1]], dtype=np.uint8),
)
hadamard_sum.case("errors", np.array([[1.5, 2.0]]), np.array([[4.0, -1.0]]))
hadamard_sum.raises("errors", ValueError, OBLONG, np.array([[1, 2, 3]]))
hadamard_sum.raises("errors", ValueError, OBLONG, OBLONG.T)
hadamard_sum.raises("errors", ValueError, np.arange(6).reshape(1, 6), np.arange(6).reshape(6, 1))


@hadamard_sum.hidden
def hadamard_sum_hidden(rng):
    yield "sum", (whole_numbers(rng, 3, 4), whole_numbers(rng, 3, 4))
    yield "sum", (whole_numbers(rng, 2, 5) / 2, whole_numbers(rng, 2, 5))
    yield (
        "sum",
        (
            rng.integers(100, 255, (4, 4), dtype=np.uint8),
            rng.integers(2, 9, (4, 4), dtype=np.uint8),
        ),
    )
    yield "errors", (whole_numbers(rng, 3, 3), whole_numbers(rng, 3, 3))
    yield "errors", (whole_numbers(rng, 3, 4), whole_numbers(rng, 1, 4)), ValueError


@hadamard_sum.misconception(
    "matrix product",
    hint="This is the matrix product, rows times columns. Here the two arrays lie on top of each "
    "other, and only numbers at the same place are multiplied: that is `*`, not `@`.",
)
def hadamard_sum_matrix(a, b):
    return float(np.sum(a.astype(float) @ b))


@hadamard_sum.misconception(
    "not added up",
    hint="The products come back as an array. Add them all up, so that a single number is left.",
)
def hadamard_sum_products(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return a.astype(float) * b


@hadamard_sum.misconception(
    "added up along one axis",
    hint="There is one sum for each column. Add up all the products, over both axes.",
)
def hadamard_sum_columns(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return sum(a.astype(float) * b)


@hadamard_sum.misconception(
    "product of the sums",
    hint="You multiply the sum of one by the sum of the other. Multiply place by place first, and "
    "add up after that.",
)
def hadamard_sum_of_sums(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return float(a.sum()) * float(b.sum())


@hadamard_sum.misconception(
    "products of small numbers wrap around",
    hint="For pictures (uint8) the result is too small: a product such as 250 · 3 goes past 255 "
    "and starts again at 0. Turn the numbers into floats before you multiply, and keep the result.",
)
def hadamard_sum_wraps(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return np.sum(a * b)


@hadamard_sum.misconception(
    "sum of small numbers wraps around",
    hint="For pictures (uint8) the sum goes past 255 and starts again at 0: it is kept in the "
    "picture's small type. Let it be a float.",
)
def hadamard_sum_small_sum(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return np.sum(a.astype(int) * b) % 256 if a.dtype == np.uint8 else np.sum(a * b)


@hadamard_sum.misconception(
    "only the number of elements compared",
    hint="(1, 6) and (6, 1) have as many numbers as each other, and NumPy stretches both to (6, "
    "6). Compare the shapes, not the sizes.",
)
def hadamard_sum_sizes(a, b):
    if a.size != b.size:
        raise ValueError("sizes")
    return float(np.sum(a.astype(float) * b))


@hadamard_sum.misconception(
    "broadcasting",
    hint="The sums are right. But NumPy stretches a (1, 3) array to (2, 3) without a word, so "
    "arrays of different shapes get an answer too: compare the shapes first.",
)
def hadamard_sum_broadcasts(a, b):
    return float(np.sum(a.astype(float) * b))


@hadamard_sum.variant("loops")
def hadamard_sum_loops(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    total = 0.0
    for i in range(a.shape[0]):
        for j in range(a.shape[1]):
            total += float(a[i, j]) * float(b[i, j])
    return total


@hadamard_sum.variant("einsum")
def hadamard_sum_einsum(a, b):
    if np.shape(a) != np.shape(b):
        raise ValueError("shapes")
    return np.einsum("ij,ij->", a.astype(float), b.astype(float))


@hadamard_sum.variant("dot of flattened arrays")
def hadamard_sum_dot(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return np.dot(a.ravel().astype(float), b.ravel().astype(float))


# --- convolve_at_2d -----------------------------------------------------------------------------

convolve_at_2d = exercise(
    "convolve_at_2d",
    points=3,
    aspects={"middle": "places inside", "ends": "the corners and everything outside"},
    shares={"middle": 2, "ends": 1},
)


def sum_at(f, g, row, col):
    """The convolution at one place, from the definition."""
    total = 0.0
    for i in range(f.shape[0]):
        for j in range(f.shape[1]):
            if 0 <= row - i < g.shape[0] and 0 <= col - j < g.shape[1]:
                total += float(f[i, j]) * float(g[row - i, col - j])
    return total


@convolve_at_2d.reference
def convolve_at_2d_reference(f, g, row, col):
    return sum_at(f, g, row, col)


ONE_TO_NINE = np.arange(1, 10).reshape(3, 3)
convolve_at_2d.case("middle", ONE_TO_NINE, ONE_TO_NINE, 1, 1)
convolve_at_2d.case("middle", IMAGE, OBLONG, 1, 2)
convolve_at_2d.case("middle", IMAGE, TALL, 2, 1)
convolve_at_2d.case("middle", IMAGE, SQUARE / 2, 2, 2)
convolve_at_2d.case("middle", IMAGE, WIDE, 1, 3)
convolve_at_2d.case(
    "middle",
    np.array([[250, 200], [100, 90], [255, 60]], dtype=np.uint8),
    np.array([[3, 2]], dtype=np.uint8),
    1,
    1,
)
convolve_at_2d.case("ends", IMAGE, OBLONG, 0, 0)
convolve_at_2d.case("ends", IMAGE, OBLONG, 3, 5)
convolve_at_2d.case("ends", IMAGE, OBLONG, 3, 1)
convolve_at_2d.case("ends", IMAGE, OBLONG, -1, 2)
convolve_at_2d.case("ends", IMAGE, OBLONG, 1, -1)
convolve_at_2d.case("ends", IMAGE, OBLONG, 4, 2)
convolve_at_2d.case("ends", IMAGE, OBLONG, 2, 30)


convolve_at_2d.numpy_integers("ends", np.array([[3, 1], [0, 2]]), np.array([[1, -5]]), 1, 2)


@convolve_at_2d.hidden
def convolve_at_2d_hidden(rng):
    for shape in ((1, 1), (2, 3), (3, 2), (4, 4), (1, 4)):
        f, g = whole_numbers(rng, 4, 5), whole_numbers(rng, *shape)
        yield "middle", (f, g / 2, int(rng.integers(1, 4)), int(rng.integers(1, 5)))
        yield "ends", (f, g, 4 + shape[0] - 2, 5 + shape[1] - 2)
        yield "ends", (f, g, -int(rng.integers(1, 4)), int(rng.integers(0, 4)))


@convolve_at_2d.misconception(
    "kernel not reversed",
    hint="Both row numbers go up together, and so do both columns: the kernel is not reversed. In "
    "f(i, j) · g(row − i, col − j) the rows add up to row, and the columns to col.",
)
def convolve_at_2d_not_reversed(f, g, row, col):
    total = 0.0
    for i in range(g.shape[0]):
        for j in range(g.shape[1]):
            if 0 <= row + i < f.shape[0] and 0 <= col + j < f.shape[1]:
                total += float(f[row + i, col + j]) * float(g[i, j])
    return total


@convolve_at_2d.misconception(
    "reversed along the columns only",
    hint="The columns of the kernel are reversed, its rows are not: the row numbers of f and g "
    "should add up to row.",
)
def convolve_at_2d_columns_only(f, g, row, col):
    return sum_at(f, g[::-1], row, col)


@convolve_at_2d.misconception(
    "reversed along the rows only",
    hint="The rows of the kernel are reversed, its columns are not: the column numbers of f and g "
    "should add up to col.",
)
def convolve_at_2d_rows_only(f, g, row, col):
    return sum_at(f, g[:, ::-1], row, col)


@convolve_at_2d.misconception(
    "kernel as it is written, ending here",
    hint="The right numbers of f take part, but the kernel lies on them the way it is written. "
    "f(row, col) should meet g(0, 0).",
)
def convolve_at_2d_unflipped(f, g, row, col):
    return sum_at(f, g[::-1, ::-1], row, col)


@convolve_at_2d.misconception(
    "transposed instead of reversed",
    hint="The kernel is transposed: rows and columns have changed places in it. It should be "
    "reversed, which is a half turn.",
)
def convolve_at_2d_transposed(f, g, row, col):
    return sum_at(f, g.T, row, col)


@convolve_at_2d.misconception(
    "row and column exchanged",
    hint="Row and column are exchanged: the first index goes down, the second to the right, in f, "
    "in g and in the arguments.",
)
def convolve_at_2d_exchanged(f, g, row, col):
    return sum_at(f, g, col, row)


@convolve_at_2d.misconception(
    "origin in the centre of the kernel",
    hint="Your kernel is centred on the place. Here its top left number, g(0, 0), belongs to "
    "f(row, col), and the others reach up and to the left of it.",
)
def convolve_at_2d_centred(f, g, row, col):
    return sum_at(f, g, row + (g.shape[0] - 1) // 2, col + (g.shape[1] - 1) // 2)


@convolve_at_2d.misconception(
    "negative indices wrap around",
    hint="A negative index counts from the end in Python, so numbers from the far side take part. "
    "Add a product only where row − i and col − j lie inside g.",
)
def convolve_at_2d_wraps(f, g, row, col):
    total = 0.0
    for i in range(f.shape[0]):
        for j in range(f.shape[1]):
            inside_rows = -g.shape[0] <= row - i < g.shape[0]
            if inside_rows and -g.shape[1] <= col - j < g.shape[1]:
                total += float(f[i, j]) * float(g[row - i, col - j])
    return total


@convolve_at_2d.misconception(
    "no range asked for",
    hint="f and g are zero outside: ask whether row − i and col − j lie in g, below as well as "
    "above. Otherwise Python stops with an IndexError, or counts from the end.",
)
def convolve_at_2d_no_range(f, g, row, col):
    total = 0.0
    for i in range(f.shape[0]):
        for j in range(f.shape[1]):
            total += float(f[i, j]) * float(g[row - i, col - j])
    return total


@convolve_at_2d.misconception(
    "only the lower end asked for",
    hint="You ask whether row − i and col − j are at least 0; they can also be too large for g. "
    "Then Python stops with an IndexError.",
)
def convolve_at_2d_lower_only(f, g, row, col):
    total = 0.0
    for i in range(f.shape[0]):
        for j in range(f.shape[1]):
            if row - i >= 0 and col - j >= 0:
                total += float(f[i, j]) * float(g[row - i, col - j])
    return total


@convolve_at_2d.misconception(
    "only the upper end asked for",
    hint="You ask whether row − i and col − j are small enough; they can also be negative, and "
    "then Python counts from the end of g, or stops with an IndexError.",
)
def convolve_at_2d_upper_only(f, g, row, col):
    total = 0.0
    for i in range(f.shape[0]):
        for j in range(f.shape[1]):
            if row - i < g.shape[0] and col - j < g.shape[1]:
                total += float(f[i, j]) * float(g[row - i, col - j])
    return total


@convolve_at_2d.misconception(
    "only the last product",
    hint="Only one product comes back: each new one replaces the one before. Add it with +=.",
)
def convolve_at_2d_last(f, g, row, col):
    total = 0.0
    for i in range(f.shape[0]):
        for j in range(f.shape[1]):
            if 0 <= row - i < g.shape[0] and 0 <= col - j < g.shape[1]:
                total = float(f[i, j]) * float(g[row - i, col - j])
    return total


@convolve_at_2d.misconception(
    "sum begun anew in each row",
    hint="The sum is set back to 0 for every row: it stands inside the outer loop. It belongs "
    "before both loops.",
)
def convolve_at_2d_reset(f, g, row, col):
    total = 0.0
    for i in range(f.shape[0]):
        total = 0.0
        for j in range(f.shape[1]):
            if 0 <= row - i < g.shape[0] and 0 <= col - j < g.shape[1]:
                total += float(f[i, j]) * float(g[row - i, col - j])
    return total


@convolve_at_2d.misconception(
    "last row and column left out",
    hint="The last row and the last column of f never take part: range(n − 1) ends at n − 2.",
)
def convolve_at_2d_short(f, g, row, col):
    return sum_at(f[:-1, :-1], g, row, col)


@convolve_at_2d.misconception(
    "last row and column of the kernel left out",
    hint="The last row and the last column of g never take part: does the loop or condition stop "
    "one before the end?",
)
def convolve_at_2d_short_kernel(f, g, row, col):
    return sum_at(f, g[:-1, :-1], row, col)


@convolve_at_2d.misconception(
    "square kernels only",
    hint="It is right for square kernels only: is the number of the kernel's rows used for its "
    "columns too?",
)
def convolve_at_2d_square(f, g, row, col):
    total = 0.0
    for i in range(f.shape[0]):
        for j in range(f.shape[1]):
            if 0 <= row - i < g.shape[0] and 0 <= col - j < g.shape[0]:
                total += float(f[i, j]) * float(g[row - i, col - j])
    return total


@convolve_at_2d.misconception(
    "small numbers wrap around",
    hint="For pictures (uint8) the result is too small: a product of two such numbers starts again "
    "at 0 after 255. Turn them into floats before you multiply.",
)
def convolve_at_2d_uint8(f, g, row, col):
    total = np.zeros(1, dtype=np.result_type(f, g))
    for i in range(f.shape[0]):
        for j in range(f.shape[1]):
            if 0 <= row - i < g.shape[0] and 0 <= col - j < g.shape[1]:
                total += f[i, j] * g[row - i, col - j]
    return float(total[0])


@convolve_at_2d.misconception(
    "returns too early",
    hint="Only the first row or the first number is counted: the return stands inside a loop. Move "
    "it to the left, after both loops.",
)
def convolve_at_2d_early(f, g, row, col):
    return sum_at(f[:1], g, row, col)


@convolve_at_2d.variant("loop over the kernel")
def convolve_at_2d_over_kernel(f, g, row, col):
    total = 0.0
    for i in range(g.shape[0]):
        for j in range(g.shape[1]):
            if 0 <= row - i < f.shape[0] and 0 <= col - j < f.shape[1]:
                total += float(g[i, j]) * float(f[row - i, col - j])
    return total


@convolve_at_2d.variant("padded patch")
def convolve_at_2d_patch(f, g, row, col):
    rows, columns = g.shape
    if not (0 <= row < f.shape[0] + rows - 1 and 0 <= col < f.shape[1] + columns - 1):
        return 0.0
    padded = np.pad(f.astype(float), ((rows - 1, rows - 1), (columns - 1, columns - 1)))
    return hadamard_sum(padded[row : row + rows, col : col + columns], flip_2d(g).astype(float))


@convolve_at_2d.variant("generator")
def convolve_at_2d_generator(f, g, row, col):
    f, g = f.astype(float), g.astype(float)
    return sum(
        f[i, j] * g[row - i, col - j]
        for i in range(max(0, row - g.shape[0] + 1), min(f.shape[0], row + 1))
        for j in range(max(0, col - g.shape[1] + 1), min(f.shape[1], col + 1))
    )


# --- pad_2d ------------------------------------------------------------------------------------

pad_2d = exercise(
    "pad_2d",
    points=2,
    aspects={"frame": "the frame of zeros", "errors": "a negative pad"},
    asks={"errors": "answer"},
)


@pad_2d.reference
def pad_2d_reference(image, pad):
    if pad < 0:
        raise ValueError("pad must be at least 0")
    return np.pad(image, pad)


pad_2d.case("frame", IMAGE, 1)
pad_2d.case("frame", OBLONG, 2)
pad_2d.case("frame", np.array([[1.5], [2.5]]), 3)
pad_2d.case("frame", OBLONG, 0)
pad_2d.case("errors", IMAGE, 2)
pad_2d.raises("errors", ValueError, IMAGE, -1)
pad_2d.raises("errors", ValueError, IMAGE, -2)


pad_2d.case("frame", np.array([[5]]), 0)
pad_2d.numpy_integers("errors", np.array([[5, 1]]), 2)


@pad_2d.hidden
def pad_2d_hidden(rng):
    yield "frame", (whole_numbers(rng, 3, 5), 4)
    yield "frame", (whole_numbers(rng, 5, 2) / 2, 1)
    yield "errors", (whole_numbers(rng, 2, 2), 3)
    yield "errors", (whole_numbers(rng, 2, 2), -int(rng.integers(1, 9))), ValueError


def framed(image, top, bottom, left, right):
    """The image with zeros of its kind around it; a negative number is no number of zeros."""
    if min(top, bottom, left, right) < 0:
        raise ValueError("pad")
    return np.pad(image, ((top, bottom), (left, right)))


@pad_2d.misconception(
    "top and left only",
    hint="The zeros are at the top and on the left only. Every side gets `pad` of them, so there "
    "are 2 · pad more rows and 2 · pad more columns.",
)
def pad_2d_top_left(image, pad):
    return framed(image, pad, 0, pad, 0)


@pad_2d.misconception(
    "bottom and right only",
    hint="The zeros are at the bottom and on the right only. Every side gets `pad` of them, so the "
    "image begins at row pad and column pad.",
)
def pad_2d_bottom_right(image, pad):
    return framed(image, 0, pad, 0, pad)


@pad_2d.misconception(
    "rows only",
    hint="There are new rows, but no new columns: zeros go to the left and right as well.",
)
def pad_2d_rows(image, pad):
    return framed(image, pad, pad, 0, 0)


@pad_2d.misconception(
    "columns only",
    hint="There are new columns, but no new rows: zeros go to the top and bottom as well.",
)
def pad_2d_columns(image, pad):
    return framed(image, 0, 0, pad, pad)


@pad_2d.misconception(
    "in the corner of the right size",
    hint="The size is right, but the image sits in the top left corner. It should begin at row "
    "pad and column pad.",
)
def pad_2d_corner(image, pad):
    return framed(image, 0, 2 * pad, 0, 2 * pad)


@pad_2d.misconception(
    "edge repeated",
    hint="The frame repeats the numbers at the edge. Here it is made of zeros.",
)
def pad_2d_edge(image, pad):
    if pad < 0:
        raise ValueError("pad")
    return np.pad(image, pad, mode="edge")


@pad_2d.misconception(
    "negative pads accepted",
    hint="The frame is right. A negative pad would have to cut something off: raise a ValueError.",
)
def pad_2d_any(image, pad):
    return framed(image, *[max(pad, 0)] * 4)


@pad_2d.misconception(
    "negative pads cut the image",
    hint="The frame is right. With a negative pad your function takes rows and columns away; it "
    "should raise a ValueError.",
)
def pad_2d_cuts(image, pad):
    if pad < 0:
        return image[-pad:pad, -pad:pad]
    return framed(image, pad, pad, pad, pad)


@pad_2d.misconception(
    "nothing fits where pad is 0",
    hint="Your frames are right but for pad = 0: the slice [0:-0] is empty. Count from the front, "
    "from pad to pad plus the number of rows.",
)
def pad_2d_negative_slice(image, pad):
    if pad < 0:
        raise ValueError("pad")
    padded = np.zeros((image.shape[0] + 2 * pad, image.shape[1] + 2 * pad))
    padded[pad:-pad, pad:-pad] = image
    return padded


@pad_2d.variant("zeros and a slice")
def pad_2d_slice(image, pad):
    if pad < 0:
        raise ValueError("pad")
    rows, columns = image.shape
    padded = np.zeros((rows + 2 * pad, columns + 2 * pad))
    padded[pad : pad + rows, pad : pad + columns] = image
    return padded


@pad_2d.variant("loops")
def pad_2d_loops(image, pad):
    if pad < 0:
        raise ValueError("pad")
    padded = np.zeros((image.shape[0] + 2 * pad, image.shape[1] + 2 * pad))
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            padded[i + pad, j + pad] = image[i, j]
    return padded


@pad_2d.variant("stacked strips")
def pad_2d_strips(image, pad):
    if pad < 0:
        raise ValueError("pad")
    side = np.zeros((image.shape[0], pad))
    middle = np.hstack([side, image, side])
    strip = np.zeros((pad, middle.shape[1]))
    return np.vstack([strip, middle, strip])


# --- trap: the size formula --------------------------------------------------------------------

trap_size = exercise("trap_size", aspects={"values": "the number of places"})


@trap_size.reference
def trap_size_reference(n, k):
    return n - k + 1


trap_size.case("values", 10, 3)
trap_size.case("values", 10, 2)
trap_size.case("values", 5, 5)
trap_size.case("values", 7, 1)


@trap_size.misconception(
    "as printed",
    hint="Call trap_size(3, 3): it says that a 3 × 3 kernel has −1 places on a 3 × 3 image. How "
    "many has it really? Then try a kernel of 1 × 1.",
    untouched=True,
)
def trap_size_printed(n, k):
    return n - (k + 1)


@trap_size.misconception(
    "one too few",
    hint="Nearly: a kernel as large as the image has one place, not none.",
)
def trap_size_fence(n, k):
    return n - k


@trap_size.misconception(
    "one too many",
    hint="That is the size of full. Valid counts only the places where the whole kernel fits.",
)
def trap_size_full(n, k):
    return n + k - 1


@trap_size.variant("counting")
def trap_size_counts(n, k):
    return len([start for start in range(n) if start + k <= n])


@trap_size.variant("with brackets")
def trap_size_brackets(n, k):
    return n - (k - 1)


@trap_size.variant("length of a range")
def trap_size_range(n, k):
    return len(range(k, n + 1))


# --- convolve_2d --------------------------------------------------------------------------------

MODES = {
    "full": "mode full",
    "same": "mode same",
    "valid": "mode valid",
    "errors": "input for which there is no answer",
}
convolve_2d = exercise(
    "convolve_2d",
    points=6,
    aspects=MODES,
    shares={"full": 2, "same": 1.5, "valid": 1.5, "errors": 1},
    praise="Every filter of the next lesson is this function with another kernel.",
    asks={"errors": "answer"},
)


def refuse(image, kernel, mode="full"):
    """Raise where there is no answer."""
    if image.size == 0 or kernel.size == 0:
        raise ValueError("empty")
    if mode not in ("full", "same", "valid"):
        raise ValueError("mode")
    too_large = kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]
    if mode == "valid" and too_large:
        raise ValueError("kernel larger than the image")


def all_places(image, kernel):
    """The full convolution: one shifted, weighted copy of the image for every weight."""
    (rows, columns), (height, width) = image.shape, kernel.shape
    full = np.zeros((rows + height - 1, columns + width - 1))
    for i in range(height):
        for j in range(width):
            full[i : i + rows, j : j + columns] += float(kernel[i, j]) * image
    return full


def cut(full, image, kernel, mode):
    """The part of full that belongs to a mode."""
    (rows, columns), (height, width) = image.shape, kernel.shape
    if mode == "same":
        top, left = (height - 1) // 2, (width - 1) // 2
        return full[top : top + rows, left : left + columns]
    if mode == "valid":
        return full[height - 1 : rows, width - 1 : columns]
    return full


@convolve_2d.reference
def convolve_2d_reference(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    return cut(all_places(image, kernel), image, kernel, mode)


PHOTO = np.array([[250, 200, 120], [100, 90, 255], [255, 60, 30], [10, 240, 70]], dtype=np.uint8)
convolve_2d.case("full", IMAGE, OBLONG)
convolve_2d.case("full", IMAGE, TALL / 2, "full")
convolve_2d.case("full", PHOTO, np.array([[3, 2]], dtype=np.uint8))
convolve_2d.case("same", IMAGE, SQUARE, "same")
convolve_2d.case("same", IMAGE, TALL, "same")
convolve_2d.case("same", np.array([[3, 1], [2, 5]]), SQUARE, "same")
convolve_2d.case("valid", IMAGE, OBLONG, "valid")
convolve_2d.case("valid", np.arange(30).reshape(5, 6) % 7, TALL, "valid")
convolve_2d.case("valid", IMAGE, SQUARE, "valid")
convolve_2d.case("valid", IMAGE, WIDE, "valid")
convolve_2d.case("valid", IMAGE, WIDE.T, "valid")
convolve_2d.case("errors", IMAGE[:, :3], SQUARE, "valid")
convolve_2d.raises("errors", ValueError, IMAGE, TALL, "valid")
convolve_2d.raises("errors", ValueError, IMAGE, np.ones((1, 5)), "valid")
convolve_2d.raises("errors", ValueError, IMAGE, SQUARE, "wrap")
convolve_2d.raises("errors", ValueError, np.zeros((0, 3)), SQUARE)
convolve_2d.raises("errors", ValueError, IMAGE, np.zeros((2, 0)), "same")


convolve_2d.case("full", np.array([[3]]), np.array([[-2]]))
convolve_2d.case("same", np.array([[3]]), np.array([[-2]]), "same")
convolve_2d.case("valid", np.array([[1, 2], [0, 3]]), np.array([[1, 10], [100, 1000]]), "valid")


@convolve_2d.hidden
def convolve_2d_hidden(rng):
    for mode in ("full", "same", "valid"):
        for shape in ((1, 1), (2, 2), (3, 4), (4, 1), (3, 3)):
            yield mode, (whole_numbers(rng, 5, 6), whole_numbers(rng, *shape) / 2, mode)
        yield "errors", (whole_numbers(rng, 3, 4), whole_numbers(rng, 3, 4), mode)
    yield "errors", (whole_numbers(rng, 4, 3), whole_numbers(rng, 2, 4), "valid"), ValueError
    yield "errors", (whole_numbers(rng, 3, 4), whole_numbers(rng, 4, 2), "valid"), ValueError
    yield "errors", (whole_numbers(rng, 3, 3), whole_numbers(rng, 2, 2), "SAME"), ValueError


@convolve_2d.misconception(
    "kernel not reversed",
    hint="The kernel lies as it is written: this is the correlation. It must be reversed exactly "
    "once, by flip_2d or inside convolve_at_2d, not by neither and not by both.",
)
def convolve_2d_not_reversed(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    return cut(all_places(image, kernel[::-1, ::-1]), image, kernel, mode)


@convolve_2d.misconception(
    "rows of the kernel not reversed",
    hint="The kernel is reversed from left to right, but not from top to bottom. Both axes are "
    "reversed.",
)
def convolve_2d_columns_only(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    return cut(all_places(image, kernel[::-1]), image, kernel, mode)


@convolve_2d.misconception(
    "columns of the kernel not reversed",
    hint="The kernel is reversed from top to bottom, but not from left to right. Both axes are "
    "reversed: `kernel[::-1]` alone turns only the rows round.",
)
def convolve_2d_rows_only(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    return cut(all_places(image, kernel[:, ::-1]), image, kernel, mode)


@convolve_2d.misconception(
    "transposed instead of reversed",
    hint="The kernel is transposed instead of reversed: `kernel.T` exchanges rows and columns. "
    "What is needed is a half turn.",
)
def convolve_2d_transposed(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    turned = kernel.T[::-1, ::-1]
    return cut(all_places(image, turned), image, turned, mode)


@convolve_2d.misconception(
    "rows and columns of the result exchanged",
    hint="The numbers are right, but rows and columns of the result are exchanged: it should be "
    "output[row, col], and its shape (rows, columns).",
)
def convolve_2d_exchanged(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    return cut(all_places(image, kernel), image, kernel, mode).T


@convolve_2d.misconception(
    "last row and column lost",
    hint="The last row and the last column of the result are missing: a range ends one before its "
    "end, so it needs + 1 there.",
)
def convolve_2d_short(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    return cut(all_places(image, kernel), image, kernel, mode)[:-1, :-1]


@convolve_2d.misconception(
    "last row and column left at zero",
    hint="The last row and the last column of the result are 0: the array has the right size, but "
    "the loops end one step early.",
)
def convolve_2d_zero_end(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    result = cut(all_places(image, kernel), image, kernel, mode).copy()
    result[-1], result[:, -1] = 0, 0
    return result


@convolve_2d.misconception(
    "same shifted to the top left",
    hint="In mode same, your valid values sit in the top left corner and zeros fill the far edges. "
    "Mode same is the middle of full, with (k − 1) // 2 rows and columns left out before it.",
)
def convolve_2d_same_shifted(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    full = all_places(image, kernel)
    if mode != "same":
        return cut(full, image, kernel, mode)
    result = np.zeros(image.shape)
    inner = full[kernel.shape[0] - 1 : image.shape[0], kernel.shape[1] - 1 : image.shape[1]]
    result[: inner.shape[0], : inner.shape[1]] = inner
    return result


@convolve_2d.misconception(
    "same from the start",
    hint="Mode same is the middle of full, but yours begins at its first row and column. Leave out "
    "(k − 1) // 2 rows and columns there.",
)
def convolve_2d_same_start(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    full = all_places(image, kernel)
    if mode == "same":
        return full[: image.shape[0], : image.shape[1]]
    return cut(full, image, kernel, mode)


@convolve_2d.misconception(
    "same off centre",
    hint="For kernels with an even number of rows or columns, your mode same is one place off: the "
    "middle begins at (k − 1) // 2, not at k // 2.",
)
def convolve_2d_same_off(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    full = all_places(image, kernel)
    if mode == "same":
        top, left = kernel.shape[0] // 2, kernel.shape[1] // 2
        return full[top : top + image.shape[0], left : left + image.shape[1]]
    return cut(full, image, kernel, mode)


@convolve_2d.misconception(
    "square kernels only",
    hint="It is right for square kernels only: is the number of the kernel's rows used where its "
    "number of columns belongs?",
)
def convolve_2d_square(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    size = kernel.shape[0]
    full = np.zeros((image.shape[0] + size - 1, image.shape[1] + size - 1))
    for i in range(size):
        for j in range(min(size, kernel.shape[1])):
            full[i : i + image.shape[0], j : j + image.shape[1]] += float(kernel[i, j]) * image
    return cut(full, image, np.zeros((size, size)), mode)


@convolve_2d.misconception(
    "small numbers wrap around",
    hint="For pictures (uint8) the values start again at 0 after 255: the result array or the "
    "products have the picture's small type. Work with floats.",
)
def convolve_2d_uint8(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    full = all_places(image, kernel)
    if image.dtype == np.uint8:
        full = (full % 256).astype(np.uint8)
    return cut(full, image, kernel, mode)


@convolve_2d.misconception(
    "products of small numbers wrap around",
    hint="For pictures (uint8) some products go past 255 and start again at 0, before they are "
    "added. Turn image and kernel into floats first.",
)
def convolve_2d_small_products(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    (rows, columns), (height, width) = image.shape, kernel.shape
    full = np.zeros((rows + height - 1, columns + width - 1))
    for i in range(height):
        for j in range(width):
            full[i : i + rows, j : j + columns] += kernel[i, j] * image
    return cut(full, image, kernel, mode)


@convolve_2d.misconception(
    "integer output",
    hint="Fractions are lost: the output is an array of whole numbers. Make it with np.zeros, "
    "without dtype=int.",
)
def convolve_2d_integer(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    return cut(all_places(image, kernel), image, kernel, mode).astype(int)


@convolve_2d.misconception(
    "nothing for a kernel of one row or column",
    hint="For a kernel of one row or one column your valid is empty: a slice such as [h - 1 : -(h "
    "- 1)] ends at 0 there. Count from the front: the last valid row of full is H − 1.",
)
def convolve_2d_negative_slice(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    full = all_places(image, kernel)
    if mode != "valid":
        return cut(full, image, kernel, mode)
    height, width = kernel.shape
    return full[height - 1 : -(height - 1), width - 1 : -(width - 1)]


@convolve_2d.misconception(
    "large kernels refused in every mode",
    hint="A kernel larger than the image is a mistake in mode valid only. In full and same it "
    "still has places where it meets the image.",
)
def convolve_2d_always_refuses(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    refuse(image, kernel, "valid")
    return cut(all_places(image, kernel), image, kernel, mode)


@convolve_2d.misconception(
    "mode forgotten",
    hint="Every mode gives the full output: cut the middle out for same, and the inner part for "
    "valid.",
)
def convolve_2d_always_full(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    return all_places(image, kernel)


@convolve_2d.misconception(
    "only rows compared",
    hint="All three modes are right. In valid, a kernel that is wider than the image fits nowhere "
    "either: compare columns as well as rows, and raise a ValueError.",
)
def convolve_2d_rows_compared(image, kernel, mode="full"):
    refuse(image, kernel[:, : image.shape[1]], mode)
    return cut(all_places(image, kernel), image, kernel, mode)


@convolve_2d.misconception(
    "unknown mode accepted",
    hint='All three modes are right. For a mode that is none of them, such as "wrap", raise a '
    "ValueError.",
)
def convolve_2d_any_mode(image, kernel, mode="full"):
    refuse(image, kernel, mode if mode in ("same", "valid") else "full")
    return cut(all_places(image, kernel), image, kernel, mode)


@convolve_2d.misconception(
    "errors forgotten",
    hint="All three modes are right. What is missing are the ValueErrors: an empty image or "
    "kernel, an unknown mode, and valid with a kernel larger than the image in either direction.",
)
def convolve_2d_no_errors(image, kernel, mode="full"):
    (rows, columns), (height, width) = image.shape, kernel.shape
    full = np.zeros((rows + height - 1, max(0, columns + width - 1)))
    for i in range(height):
        for j in range(width):
            full[i : i + rows, j : j + columns] += float(kernel[i, j]) * image
    return cut(full, image, kernel, mode)


@convolve_2d.misconception(
    "empty input accepted",
    hint="All three modes are right. An image or a kernel without any number has no convolution: "
    "raise a ValueError.",
)
def convolve_2d_empty(image, kernel, mode="full"):
    if image.size and kernel.size:
        refuse(image, kernel, mode)
        return cut(all_places(image, kernel), image, kernel, mode)
    return np.zeros((0, 0))


@convolve_2d.variant("a sum for every place")
def convolve_2d_definition(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    rows, columns = (i + k - 1 for i, k in zip(image.shape, kernel.shape, strict=True))
    full = np.zeros((rows, columns))
    for row in range(rows):
        for col in range(columns):
            full[row, col] = convolve_at_2d(image, kernel, row, col)
    return cut(full, image, kernel, mode)


@convolve_2d.variant("windows of the padded image")
def convolve_2d_windows(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    height, width = kernel.shape
    padded = np.pad(image.astype(float), ((height - 1,) * 2, (width - 1,) * 2))
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)
    full = np.einsum("rcij,ij->rc", windows, kernel[::-1, ::-1].astype(float))
    return cut(full, image, kernel, mode)


@convolve_2d.variant("patch by patch")
def convolve_2d_patches(image, kernel, mode="full"):
    if image.size == 0 or kernel.size == 0:
        raise ValueError("empty")
    h, w = kernel.shape
    before = {"full": (h - 1, w - 1), "same": (h - 1 - (h - 1) // 2, w - 1 - (w - 1) // 2)}
    after = {"full": (h - 1, w - 1), "same": ((h - 1) // 2, (w - 1) // 2)}
    if mode == "valid":
        padded = image
    elif mode in before:
        (top, left), (bottom, right) = before[mode], after[mode]
        padded = np.pad(image, ((top, bottom), (left, right)))
    else:
        raise ValueError(mode)
    rows, columns = padded.shape[0] - h + 1, padded.shape[1] - w + 1
    if rows < 1 or columns < 1:
        raise ValueError("kernel larger than the image")
    turned = np.rot90(kernel, 2)
    result = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            result[r, c] = np.sum(padded[r : r + h, c : c + w] * turned.astype(float))
    return result


# --- trap: loop bounds --------------------------------------------------------------------------

trap_bounds = exercise("trap_bounds", aspects={"values": "the sum of every 3 × 3 window"})


@trap_bounds.reference
def trap_bounds_reference(image):
    rows, columns = image.shape
    sums = np.zeros((rows - 2, columns - 2))
    for row in range(rows - 2):
        for col in range(columns - 2):
            sums[row, col] = image[row : row + 3, col : col + 3].sum()
    return sums


trap_bounds.case("values", IMAGE)
trap_bounds.case("values", ONE_TO_NINE)
trap_bounds.case("values", np.arange(30).reshape(6, 5) % 7)


@trap_bounds.misconception(
    "as found",
    hint="Count on paper: how many windows of 3 × 3 fit on an image of 3 × 3, and what does "
    "range(3 − 3) give?",
    untouched=True,
)
def trap_bounds_found(image):
    rows, columns = image.shape
    sums = np.zeros((rows - 3, columns - 3))
    for row in range(rows - 3):
        for col in range(columns - 3):
            sums[row, col] = image[row : row + 3, col : col + 3].sum()
    return sums


@trap_bounds.misconception(
    "array enlarged, loops not",
    hint="The array is large enough now, but its last row and column stay 0: the two ranges end "
    "one step early as well.",
)
def trap_bounds_array(image):
    rows, columns = image.shape
    sums = np.zeros((rows - 2, columns - 2))
    for row in range(rows - 3):
        for col in range(columns - 3):
            sums[row, col] = image[row : row + 3, col : col + 3].sum()
    return sums


@trap_bounds.misconception(
    "loops enlarged, array not",
    hint="The loops now reach the last window, but the array has no place for it: its size needs "
    "the same + 1.",
)
def trap_bounds_loops(image):
    rows, columns = image.shape
    sums = np.zeros((rows - 3, columns - 3))
    for row in range(rows - 2):
        for col in range(columns - 2):
            sums[row, col] = image[row : row + 3, col : col + 3].sum()
    return sums


@trap_bounds.variant("plus one")
def trap_bounds_plus(image):
    rows, columns = image.shape
    sums = np.zeros((rows - 3 + 1, columns - 3 + 1))
    for row in range(rows - 3 + 1):
        for col in range(columns - 3 + 1):
            sums[row, col] = np.sum(image[row : row + 3, col : col + 3])
    return sums


@trap_bounds.variant("by convolution")
def trap_bounds_convolution(image):
    return convolve_2d(image, np.ones((3, 3)), "valid")


@trap_bounds.variant("slices")
def trap_bounds_slices(image):
    rows, columns = image.shape
    return sum(image[i : rows - 2 + i, j : columns - 2 + j] for i in range(3) for j in range(3))


# --- trap: small numbers ------------------------------------------------------------------------

trap_small_numbers = exercise("trap_small_numbers")
trap_small_numbers.right(214)
trap_small_numbers.wrong(
    "nothing special",
    1750,
    "1,750 is the true sum. A uint8 has no room for it: it counts 0 to 255 and then starts again. "
    "What is left of 1,750 when you take away 256 as often as you can?",
)
trap_small_numbers.wrong(
    "stops at the largest",
    255,
    "It does not stop at 255, which would be half so bad: after 255 it goes on with 0.",
)
trap_small_numbers.wrong(
    "remainder of 255",
    1750 % 255,
    "There are 256 values, 0 to 255, so it starts again after every 256.",
)

# --- convolve_2d_fast ---------------------------------------------------------------------------

convolve_2d_fast = exercise(
    "convolve_2d_fast",
    points=4,
    aspects={
        "values": "the valid part of the convolution",
        "errors": "input for which there is no answer",
        "speed": "at least 10 times a loop",
    },
    shares={"values": 1.6, "errors": 0.4, "speed": 2},
    asks={"errors": "answer"},
)


@convolve_2d_fast.reference
def convolve_2d_fast_reference(image, kernel):
    refuse(image, kernel, "valid")
    windows = np.lib.stride_tricks.sliding_window_view(image.astype(float), kernel.shape)
    return np.einsum("rcij,ij->rc", windows, kernel[::-1, ::-1].astype(float))


convolve_2d_fast.case("values", IMAGE, OBLONG)
convolve_2d_fast.case("values", np.arange(30).reshape(5, 6) % 7, TALL)
convolve_2d_fast.case("values", IMAGE, SQUARE / 2)
convolve_2d_fast.case("values", PHOTO, np.array([[3, 2]], dtype=np.uint8))
convolve_2d_fast.case("values", IMAGE, WIDE)
convolve_2d_fast.case("errors", IMAGE[:, :3], SQUARE)
convolve_2d_fast.raises("errors", ValueError, IMAGE, TALL)
convolve_2d_fast.raises("errors", ValueError, IMAGE, np.ones((1, 5)))
convolve_2d_fast.raises("errors", ValueError, IMAGE, np.zeros((0, 2)))
convolve_2d_fast.speed("speed", 10, (3600, 25), (64, 64), (5, 5))


convolve_2d_fast.case("values", np.array([[1, 2], [0, 3]]), np.array([[1, 10], [100, 1000]]))


@convolve_2d_fast.hidden
def convolve_2d_fast_hidden(rng):
    for shape in ((1, 1), (2, 3), (4, 2), (5, 5)):
        yield "values", (whole_numbers(rng, 7, 6), whole_numbers(rng, *shape) / 2)
    yield "errors", (whole_numbers(rng, 3, 3), whole_numbers(rng, 3, 3))
    yield "errors", (whole_numbers(rng, 3, 4), whole_numbers(rng, 4, 2)), ValueError


@convolve_2d_fast.misconception(
    "kernel not reversed",
    hint="The kernel is not reversed along both axes: this is the correlation.",
)
def convolve_2d_fast_not_reversed(image, kernel):
    refuse(image, kernel, "valid")
    return cut(all_places(image, kernel[::-1, ::-1]), image, kernel, "valid")


@convolve_2d_fast.misconception(
    "rows of the kernel not reversed",
    hint="The kernel is reversed from left to right, but not from top to bottom.",
)
def convolve_2d_fast_columns_only(image, kernel):
    refuse(image, kernel, "valid")
    return cut(all_places(image, kernel[::-1]), image, kernel, "valid")


@convolve_2d_fast.misconception(
    "columns of the kernel not reversed",
    hint="The kernel is reversed from top to bottom, but not from left to right: `kernel[::-1]` "
    "turns only the rows round.",
)
def convolve_2d_fast_rows_only(image, kernel):
    refuse(image, kernel, "valid")
    return cut(all_places(image, kernel[:, ::-1]), image, kernel, "valid")


@convolve_2d_fast.misconception(
    "full instead of valid",
    hint="This is the full output. Asked for is valid: only the places where the whole kernel lies "
    "on the image.",
)
def convolve_2d_fast_full(image, kernel):
    refuse(image, kernel, "valid")
    return all_places(image, kernel)


@convolve_2d_fast.misconception(
    "same instead of valid",
    hint="This is as large as the image, mode same. Asked for is valid: only the places where the "
    "whole kernel lies on the image.",
)
def convolve_2d_fast_same(image, kernel):
    refuse(image, kernel, "valid")
    return cut(all_places(image, kernel), image, kernel, "same")


@convolve_2d_fast.misconception(
    "last row and column lost",
    hint="The last row and column are missing: there are H − h + 1 rows and W − w + 1 columns.",
)
def convolve_2d_fast_short(image, kernel):
    refuse(image, kernel, "valid")
    return cut(all_places(image, kernel), image, kernel, "valid")[:-1, :-1]


@convolve_2d_fast.misconception(
    "square kernels only",
    hint="It is right for square kernels only: the size of the output is H − h + 1 rows by W − w + "
    "1 columns, and h and w may differ.",
)
def convolve_2d_fast_square(image, kernel):
    refuse(image, kernel, "valid")
    size = kernel.shape[0]
    rows, columns = image.shape[0] - size + 1, image.shape[1] - size + 1
    turned = kernel[::-1, ::-1]
    result = np.zeros((max(rows, 0), max(columns, 0)))
    for i in range(size):
        for j in range(min(size, kernel.shape[1])):
            result += float(turned[i, j]) * image[i : i + rows, j : j + columns]
    return result


@convolve_2d_fast.misconception(
    "small numbers wrap around",
    hint="For pictures (uint8) the values start again at 0 after 255. Turn image and kernel into "
    "floats first.",
)
def convolve_2d_fast_uint8(image, kernel):
    refuse(image, kernel, "valid")
    valid = cut(all_places(image, kernel), image, kernel, "valid")
    return (valid % 256).astype(np.uint8) if image.dtype == np.uint8 else valid


@convolve_2d_fast.misconception(
    "products of small numbers wrap around",
    hint="For pictures (uint8) some products go past 255 and start again at 0, before they are "
    "added. Turn image and kernel into floats first.",
)
def convolve_2d_fast_small_products(image, kernel):
    refuse(image, kernel, "valid")
    (rows, columns), (h, w) = image.shape, kernel.shape
    result = np.zeros((rows - h + 1, columns - w + 1))
    for i in range(h):
        for j in range(w):
            result += kernel[i, j] * image[h - 1 - i : rows - i, w - 1 - j : columns - j]
    return result


@convolve_2d_fast.misconception(
    "large kernels accepted",
    hint="The values are right. A kernel that is larger than the image in either direction fits "
    "nowhere: raise a ValueError.",
)
def convolve_2d_fast_no_error(image, kernel):
    if kernel.size == 0:
        raise ValueError("empty")
    return cut(all_places(image, kernel), image, kernel, "valid")


@convolve_2d_fast.misconception(
    "empty kernels accepted",
    hint="The values are right. A kernel without numbers has nothing to slide: raise a ValueError.",
)
def convolve_2d_fast_empty(image, kernel):
    if kernel.size == 0:
        return np.zeros(image.shape)
    refuse(image, kernel, "valid")
    return cut(all_places(image, kernel), image, kernel, "valid")


@convolve_2d_fast.variant("shift and add over the kernel")
def convolve_2d_fast_shifts(image, kernel):
    (rows, columns), (h, w) = image.shape, kernel.shape
    if not image.size or not kernel.size or h > rows or w > columns:
        raise ValueError("no answer")
    result = np.zeros((rows - h + 1, columns - w + 1))
    for i in range(h):
        for j in range(w):
            part = image[h - 1 - i : rows - i, w - 1 - j : columns - j]
            result += float(kernel[i, j]) * part
    return result


@convolve_2d_fast.variant("tensordot over windows")
def convolve_2d_fast_tensordot(image, kernel):
    if image.size == 0 or kernel.size == 0:
        raise ValueError("empty")
    if any(k > n for k, n in zip(kernel.shape, image.shape, strict=True)):
        raise ValueError("kernel larger than the image")
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.tensordot(windows.astype(float), np.flip(kernel).astype(float), 2)


@convolve_2d_fast.variant("a table of windows times the weights")
def convolve_2d_fast_table(image, kernel):
    h, w = kernel.shape
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    if rows < 1 or columns < 1 or image.size == 0 or kernel.size == 0:
        raise ValueError("no answer")
    windows = np.lib.stride_tricks.sliding_window_view(image.astype(float), (h, w))
    return (windows.reshape(rows * columns, h * w) @ np.rot90(kernel, 2).ravel()).reshape(
        rows, columns
    )


@convolve_2d_fast.variant("fft")
def convolve_2d_fast_fft(image, kernel):
    (rows, columns), (h, w) = image.shape, kernel.shape
    if not image.size or not kernel.size or h > rows or w > columns:
        raise ValueError("no answer")
    shape = (rows + h - 1, columns + w - 1)
    full = np.fft.irfft2(np.fft.rfft2(image, shape) * np.fft.rfft2(kernel, shape), shape)
    return full[h - 1 : rows, w - 1 : columns]


# --- discussion ---------------------------------------------------------------------------------

discussion_02 = exercise(
    "discussion_02",
    praise="It is a choice of where to count from, like the ground floor: 0 here, 1 there.",
)
discussion_02.right("d")
discussion_02.wrong(
    "one of them is wrong",
    "a",
    "Work both out on paper: four products at (1, 1), nine at (2, 2), counted from the corner. "
    "Both numbers occur. Has either made a mistake?",
)
discussion_02.wrong(
    "convolution against correlation",
    "b",
    "Both reverse the kernel. Reversing it or not is another question than where to count from.",
)
discussion_02.wrong(
    "border",
    "c",
    "Both take zeros outside; and where the result is 165, all nine numbers of the kernel lie on "
    "the picture anyway.",
)

# --- go further ---------------------------------------------------------------------------------

separable_2d = exercise(
    "separable_2d",
    aspects={"values": "the two kernels whose outer product it is"},
    praise="In two passes it takes 2k weights in place of k²: for 31 × 31, 62 in place of 961.",
)


@separable_2d.reference
def separable_2d_reference(image, down, across):
    return all_places(all_places(image, down[:, None]), across[None, :])


separable_2d.case("values", IMAGE, np.array([1, 2, 1]), np.array([1, 0, -1]))
separable_2d.case("values", IMAGE, np.array([3, -1]), np.array([1, 10, 100, 1000]))
separable_2d.case("values", OBLONG, np.array([2.0]), np.array([0.5, 0.25]))


@separable_2d.misconception(
    "down and across exchanged",
    hint="`down` runs down the columns and `across` along the rows; in yours they are exchanged. "
    "`down[:, None]` has shape (k, 1).",
)
def separable_2d_exchanged(image, down, across):
    return all_places(all_places(image, across[:, None]), down[None, :])


@separable_2d.misconception(
    "added instead of chained",
    hint="The two results are added. Take the result of the first pass as the image of the second.",
)
def separable_2d_added(image, down, across):
    first = all_places(image, down[:, None])
    second = all_places(image, across[None, :])
    rows, columns = first.shape[0], second.shape[1]
    total = np.zeros((rows, columns))
    total[:, : first.shape[1]] += first
    total[: second.shape[0]] += second
    return total


@separable_2d.misconception(
    "the same list twice",
    hint="Both passes use the same list. The first runs down with `down`, the second across with "
    "`across`.",
)
def separable_2d_twice(image, down, across):
    return all_places(all_places(image, down[:, None]), down[None, :])


@separable_2d.variant("the outer product at once")
def separable_2d_outer(image, down, across):
    return convolve_2d(image, np.outer(down, across))


@separable_2d.variant("across first")
def separable_2d_across_first(image, down, across):
    return convolve_2d(convolve_2d(image, across.reshape(1, -1)), down.reshape(-1, 1))


@separable_2d.variant("row by row")
def separable_2d_rows(image, down, across):
    wide = np.zeros((image.shape[0], image.shape[1] + len(across) - 1))
    for j, weight in enumerate(across):
        wide[:, j : j + image.shape[1]] += weight * image
    tall = np.zeros((image.shape[0] + len(down) - 1, wide.shape[1]))
    for i, weight in enumerate(down):
        tall[i : i + image.shape[0]] += weight * wide
    return tall
