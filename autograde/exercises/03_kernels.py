"""Lesson 03: the exercises, their cases and what commonly goes wrong."""

import numpy as np

from convolab import ops
from convolab.check.spec import Exercise

READY_MADE = (
    "mean_kernel",
    "gaussian_kernel",
    "laplace_kernel",
    "filter_image",
    "gradient_magnitude",
    "shift_image",
)
SOBEL = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])

# Asymmetric, both signs, not square; and a photograph's numbers, which are large and small.
IMAGE = np.array([[2, -1, 3, 5], [4, 0, -2, 7], [6, 8, 1, -3]])
TALL = np.array([[3, 1, 4], [-1, 5, 9], [2, -6, 5], [3, 5, -8], [9, 7, 1]])
PHOTO = np.array(
    [
        [10, 200, 37, 90, 255],
        [250, 3, 120, 61, 14],
        [77, 180, 255, 40, 99],
        [0, 23, 210, 131, 68],
    ],
    dtype=np.uint8,
)


def exercise(name, points=0, **more):
    """An exercise of this lesson; the course's own versions of it are not welcome."""
    return Exercise(name, points=points, ready_made=READY_MADE, **more)


def whole_numbers(rng, *shape):
    """Small whole numbers with both signs, none of them 0."""
    return rng.integers(1, 10, shape) * rng.choice([-1, 1], shape)


def photo(rng, *shape):
    """Numbers of a picture."""
    return rng.integers(0, 256, shape, dtype=np.uint8)


# --- by hand ------------------------------------------------------------------------------------

by_hand_step = exercise("by_hand_step", praise="An edge makes two lines, one of each sign.")
by_hand_step.right([-300, 300])
by_hand_step.wrong(
    "signs forgotten",
    [300, 300],
    "The first sum is not positive: on the black side the centre is 0, and the three neighbours of "
    "100 are multiplied by −1.",
)
by_hand_step.wrong(
    "sides exchanged",
    [300, -300],
    "These are the two numbers in the other order: first the patch with a 0 in its centre.",
)
by_hand_step.wrong(
    "centre forgotten",
    [-300, -500],
    "In the second patch the centre counts too: it is 100, and its weight is 8.",
)
by_hand_step.wrong(
    "clipped",
    [0, 255],
    "That is what a screen would show. Give the sums themselves, also below 0 and above 255.",
)

by_hand_frame = exercise("by_hand_frame")
by_hand_frame.right([500, 300, 0])
by_hand_frame.wrong(
    "no border",
    [0, 0, 0],
    "0 is right inside. In a corner only three of the eight neighbours lie in the picture; the "
    "other five are zeros.",
)
by_hand_frame.wrong(
    "neighbours outside counted",
    [300, 500, 0],
    "Which neighbours take something away: those that lie in the picture, or those outside? In a "
    "corner there are three of 100, so 800 − 300 is left.",
)
by_hand_frame.wrong(
    "a screen's numbers",
    [255, 255, 0],
    "These are the numbers after clipping. Give the sums before it.",
)

trap_centre = exercise(
    "trap_centre",
    praise="The average of the eight is 50. Their sum is 400, so the page has it wrong.",
)
trap_centre.right(50)
trap_centre.wrong(
    "the claim believed",
    400,
    "400 is the sum of the neighbours. Put it into the centre and work out the result: 8 · 400 − "
    "400. Is it 0?",
)
trap_centre.wrong(
    "minus the average",
    -50,
    "Its size is right. The neighbours are multiplied by −1 already: which sign must the centre "
    "have?",
)
trap_centre.wrong(
    "divided by nine",
    400 / 9,
    "You divided by nine. How many neighbours are there?",
)

by_hand_sums = exercise("by_hand_sums")
by_hand_sums.right([1, 1, 0, 0])
by_hand_sums.wrong(
    "emboss as 0",
    [1, 0, 0, 0],
    "The negative and the positive corner of the emboss kernel cancel, and so do its edges. What "
    "is in its centre?",
)
by_hand_sums.wrong(
    "all one",
    [1, 1, 1, 1],
    "Not every kernel has the sum 1. Add up the nine numbers of each, minus signs included.",
)
by_hand_sums.wrong(
    "minus signs forgotten",
    [1, 9, 16, 8],
    "The minus signs count: −1 takes away.",
)

by_hand_gradient = exercise("by_hand_gradient", tolerance=1e-3)
by_hand_gradient.right(800**0.5)
by_hand_gradient.wrong(
    "gx plus gy",
    40,
    "gx = 20 and gy = 20 are right. Do not add them: square both, add, and take the root.",
)
by_hand_gradient.wrong(
    "no root",
    800,
    "That is gx² + gy². The root is missing; `800 ** 0.5` will do.",
)
by_hand_gradient.wrong(
    "one direction",
    20,
    "That is one of the two. Both gx and gy are 20 here: put them together as Pythagoras does.",
)
by_hand_gradient.wrong(
    "equal weights",
    392**0.5,
    "You gave all three numbers of a side the same weight. The middle one counts twice.",
)

by_hand_gradient.wrong(
    "rounded",
    28,
    "Nearly: give two decimals, or the calculation itself, such as `(3**2 + 4**2) ** 0.5`.",
)

# --- mean_kernel --------------------------------------------------------------------------------

KERNEL = {"kernel": "the weights", "errors": "sizes that make no sense"}
mean_kernel = exercise(
    "mean_kernel",
    points=2,
    aspects=KERNEL,
    shares={"kernel": 1.5, "errors": 0.5},
    asks={"errors": "answer"},
)


def refuse(size, smallest=1):
    """Raise for a size that is even or too small."""
    if size < smallest or size % 2 == 0:
        raise ValueError("size")


@mean_kernel.reference
def mean_kernel_reference(size):
    refuse(size)
    return np.full((size, size), 1 / size**2)


mean_kernel.case("kernel", 3)
mean_kernel.case("kernel", 5)
mean_kernel.case("kernel", 1)
mean_kernel.case("errors", 7)
mean_kernel.raises("errors", ValueError, 2)
mean_kernel.raises("errors", ValueError, 4)
mean_kernel.raises("errors", ValueError, -3)


mean_kernel.numpy_integers("errors", 5)


@mean_kernel.hidden
def mean_kernel_hidden(rng):
    yield "kernel", (2 * int(rng.integers(3, 9)) + 1,)
    yield "errors", (2 * int(rng.integers(3, 9)) + 1,)
    yield "errors", (2 * int(rng.integers(3, 9)),), ValueError
    yield "errors", (0,), ValueError


@mean_kernel.misconception(
    "not normalised",
    hint="The weights are all 1, so their sum is size times size, and a flat picture would come "
    "out that many times as bright. They should add up to 1.",
)
def mean_kernel_ones(size):
    refuse(size)
    return np.ones((size, size))


@mean_kernel.misconception(
    "divided by size",
    hint="The weights add up to size, not to 1: there are size² of them.",
)
def mean_kernel_by_size(size):
    refuse(size)
    return np.ones((size, size)) / size


@mean_kernel.misconception(
    "always nine",
    hint="Every weight is 1/9, whatever the size. That is right for 3 × 3 only.",
)
def mean_kernel_nine(size):
    refuse(size)
    return np.ones((size, size)) / 9


@mean_kernel.misconception(
    "one row",
    hint="That is one row of weights, a kernel for a signal. A picture needs size rows and size "
    "columns.",
)
def mean_kernel_row(size):
    refuse(size)
    return np.ones(size) / size


@mean_kernel.misconception(
    "even size accepted",
    hint="The weights are right. An even size has no pixel in the centre: raise a ValueError.",
)
def mean_kernel_even(size):
    if size < 1:
        raise ValueError("size")
    return np.full((size, size), 1 / size**2)


@mean_kernel.misconception(
    "odd size refused",
    hint="It is the other way round: odd sizes are welcome, even ones raise the ValueError.",
)
def mean_kernel_odd_refused(size):
    if size < 1 or size % 2 == 1:
        raise ValueError("size")
    return np.full((size, size), 1 / size**2)


@mean_kernel.misconception(
    "size 1 refused",
    hint="A kernel of size 1 makes sense: a single weight of 1, which changes nothing. Only sizes "
    "below 1 raise the error.",
)
def mean_kernel_one_refused(size):
    refuse(size, 3)
    return np.full((size, size), 1 / size**2)


@mean_kernel.misconception(
    "the error is returned or printed",
    hint="For a size that makes no sense nothing comes back. The function should stop with `raise "
    "ValueError(...)`, not print or return.",
)
def mean_kernel_nothing(size):
    if size < 1 or size % 2 == 0:
        return None
    return np.full((size, size), 1 / size**2)


@mean_kernel.misconception(
    "not normalised, sizes not checked",
    hint="The weights are all 1 and add up to size times size. Make their sum 1 first; the error "
    "for even sizes comes after that.",
)
def mean_kernel_ones_any(size):
    return np.ones((size, size))


@mean_kernel.misconception(
    "size 1 refused, even sizes accepted",
    hint="Two things about the errors: a size of 1 makes sense, a single weight of 1, so ask for "
    "size < 1, without =. And an even size should raise the ValueError.",
)
def mean_kernel_at_most_one(size):
    if size <= 1:
        raise ValueError("size")
    return np.full((size, size), 1 / size**2)


@mean_kernel.misconception(
    "whole-number division",
    hint="All weights are 0: // rounds 1/9 down, and so does an array of whole numbers. Divide "
    "with a single /, and keep floats.",
)
def mean_kernel_floor(size):
    refuse(size)
    return np.ones((size, size)) // size**2


@mean_kernel.misconception(
    "divided by twice the size",
    hint="You divided by size · 2. The number of weights is size · size, in Python `size**2`.",
)
def mean_kernel_twice(size):
    refuse(size)
    return np.ones((size, size)) / (size * 2)


@mean_kernel.misconception(
    "only the centre",
    hint="Only the centre holds a number, so nothing is averaged. Every place has the same weight.",
)
def mean_kernel_centre(size):
    refuse(size)
    kernel = np.zeros((size, size))
    kernel[size // 2, size // 2] = 1
    return kernel


@mean_kernel.misconception(
    "a single number",
    hint="One number comes back, the weight. Asked for is the kernel: size rows and columns of it.",
)
def mean_kernel_weight(size):
    refuse(size)
    return 1 / size**2


@mean_kernel.variant("full")
def mean_kernel_full(size):
    if size % 2 != 1 or size <= 0:
        raise ValueError("size")
    return np.full((size, size), 1.0 / (size * size))


@mean_kernel.variant("divided by its sum")
def mean_kernel_sum(size):
    if size < 1 or not size % 2:
        raise ValueError("size")
    kernel = np.ones((size, size))
    return kernel / np.sum(kernel)


@mean_kernel.variant("loops")
def mean_kernel_loops(size):
    if size < 1 or size % 2 == 0:
        raise ValueError("size")
    kernel = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            kernel[i, j] = 1 / size / size
    return kernel


# --- gaussian_kernel ----------------------------------------------------------------------------

gaussian_kernel = exercise(
    "gaussian_kernel",
    points=3,
    aspects={"kernel": "the weights", "errors": "a size or a sigma that makes no sense"},
    shares={"kernel": 2, "errors": 1},
    asks={"errors": "answer"},
)


def refuse_bell(size, sigma):
    """Raise for an even size and for a bell without width."""
    refuse(size)
    if sigma <= 0:
        raise ValueError("sigma")


def bell(size, factor, centre=None):
    """exp(−factor · (x² + y²)), counted from the centre."""
    x = np.arange(size) - (size // 2 if centre is None else centre)
    return np.exp(-factor * (x[:, None] ** 2 + x[None, :] ** 2))


@gaussian_kernel.reference
def gaussian_kernel_reference(size, sigma):
    refuse_bell(size, sigma)
    kernel = bell(size, 1 / (2 * sigma**2))
    return kernel / kernel.sum()


gaussian_kernel.case("kernel", 3, 1.0)
gaussian_kernel.case("kernel", 5, 2.0)
gaussian_kernel.case("kernel", 7, 0.75)
gaussian_kernel.case("kernel", 1, 3.0)
gaussian_kernel.case("errors", 3, 0.5)
gaussian_kernel.raises("errors", ValueError, 4, 1.0)
gaussian_kernel.raises("errors", ValueError, 3, 0)
gaussian_kernel.raises("errors", ValueError, 3, -1.5)


gaussian_kernel.raises("errors", ValueError, -3, 1.0)
gaussian_kernel.numpy_integers("errors", 5, 1.5)


@gaussian_kernel.hidden
def gaussian_kernel_hidden(rng):
    for _ in range(3):
        yield "kernel", (2 * int(rng.integers(1, 6)) + 1, float(rng.uniform(0.6, 3)))
    yield "errors", (9, float(rng.uniform(0.6, 3)))
    yield "errors", (2 * int(rng.integers(1, 6)), 1.0), ValueError
    yield "errors", (5, -float(rng.uniform(0.6, 3))), ValueError


@gaussian_kernel.misconception(
    "not normalised",
    hint="The bell is right, but its weights do not add up to 1: divide all of them by their sum.",
)
def gaussian_kernel_raw(size, sigma):
    refuse_bell(size, sigma)
    return bell(size, 1 / (2 * sigma**2))


@gaussian_kernel.misconception(
    "divided by 2πσ²",
    hint="Dividing by 2πσ² is right for the endless bell. Of a few samples the sum is a little "
    "different: divide by the sum of the weights themselves.",
)
def gaussian_kernel_pi(size, sigma):
    refuse_bell(size, sigma)
    return bell(size, 1 / (2 * sigma**2)) / (2 * np.pi * sigma**2)


@gaussian_kernel.misconception(
    "divided by the number of weights",
    hint="You divided by the number of weights. They are not equal here: divide by their sum.",
)
def gaussian_kernel_count(size, sigma):
    refuse_bell(size, sigma)
    return bell(size, 1 / (2 * sigma**2)) / size**2


@gaussian_kernel.misconception(
    "sigma not squared",
    hint="The bell has another width: the exponent is divided by 2σ, where 2σ² belongs. With σ = 1 "
    "nobody would notice.",
)
def gaussian_kernel_variance(size, sigma):
    refuse_bell(size, sigma)
    kernel = bell(size, 1 / (2 * sigma))
    return kernel / kernel.sum()


@gaussian_kernel.misconception(
    "2 forgotten",
    hint="The bell is too narrow: the exponent is divided by σ², where 2σ² belongs.",
)
def gaussian_kernel_no_two(size, sigma):
    refuse_bell(size, sigma)
    kernel = bell(size, 1 / sigma**2)
    return kernel / kernel.sum()


@gaussian_kernel.misconception(
    "brackets forgotten",
    hint="Your exponent is divided by 2 and then multiplied by σ²: Python goes from left to right. "
    "Put brackets round 2σ².",
)
def gaussian_kernel_brackets(size, sigma):
    refuse_bell(size, sigma)
    kernel = bell(size, sigma**2 / 2)
    return kernel / kernel.sum()


@gaussian_kernel.misconception(
    "minus forgotten",
    hint="The weights grow towards the corners: the exponent should be negative, so that what is "
    "far away counts little.",
)
def gaussian_kernel_plus(size, sigma):
    refuse_bell(size, sigma)
    kernel = bell(size, -1 / (2 * sigma**2))
    return kernel / kernel.sum()


@gaussian_kernel.misconception(
    "counted from the corner",
    hint="The bell has its top in the corner: x and y are counted from row 0 and column 0. Count "
    "them from the centre, which lies at size // 2.",
)
def gaussian_kernel_corner(size, sigma):
    refuse_bell(size, sigma)
    kernel = bell(size, 1 / (2 * sigma**2), centre=0)
    return kernel / kernel.sum()


@gaussian_kernel.misconception(
    "centre at size / 2",
    hint="The bell's top lies between two pixels: size / 2 is 1.5 for a size of 3. The centre is "
    "the place size // 2, rounded down.",
)
def gaussian_kernel_half(size, sigma):
    refuse_bell(size, sigma)
    kernel = bell(size, 1 / (2 * sigma**2), centre=size / 2)
    return kernel / kernel.sum()


@gaussian_kernel.misconception(
    "distance not squared",
    hint="The exponent takes the distance √(x² + y²). It should take its square, x² + y², without "
    "a root.",
)
def gaussian_kernel_distance(size, sigma):
    refuse_bell(size, sigma)
    x = np.arange(size) - size // 2
    kernel = np.exp(-np.hypot(x[:, None], x[None, :]) / (2 * sigma**2))
    return kernel / kernel.sum()


@gaussian_kernel.misconception(
    "one direction only",
    hint="All rows are alike: only x takes part. Weights above and below the centre should become "
    "smaller too, by y.",
)
def gaussian_kernel_rows(size, sigma):
    refuse_bell(size, sigma)
    x = np.arange(size) - size // 2
    kernel = np.tile(np.exp(-(x**2) / (2 * sigma**2)), (size, 1))
    return kernel / kernel.sum()


@gaussian_kernel.misconception(
    "one row",
    hint="That is one row of the bell, as in the worked example. The kernel has size rows and size "
    "columns.",
)
def gaussian_kernel_row(size, sigma):
    refuse_bell(size, sigma)
    row = bell(size, 1 / (2 * sigma**2))[size // 2]
    return row / row.sum()


@gaussian_kernel.misconception(
    "even size accepted",
    hint="The weights are right. An even size has no pixel in the centre: raise a ValueError.",
)
def gaussian_kernel_even(size, sigma):
    refuse_bell(3, sigma)
    kernel = bell(size, 1 / (2 * sigma**2))
    return kernel / kernel.sum()


def no_width(size, sigma):
    """The bell in plain loops, where a sigma of 0 ends in a division by 0."""
    kernel = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            distance = (i - size // 2) ** 2 + (j - size // 2) ** 2
            kernel[i, j] = np.exp(-distance / (2 * sigma**2))
    return kernel / kernel.sum()


@gaussian_kernel.misconception(
    "sigma 0 accepted",
    hint="The weights are right, and a negative sigma is refused. A sigma of 0 makes no bell "
    "either: raise a ValueError for it too.",
)
def gaussian_kernel_zero(size, sigma):
    refuse(size)
    if sigma < 0:
        raise ValueError("sigma")
    return no_width(size, sigma)


@gaussian_kernel.misconception(
    "sigma not checked",
    hint="The weights are right, and so is the check of the size. Sigma needs one as well: raise a "
    "ValueError unless it is above 0.",
)
def gaussian_kernel_any_sigma(size, sigma):
    refuse(size)
    return no_width(size, sigma)


@gaussian_kernel.misconception(
    "errors forgotten",
    hint="The weights are right. What is missing are the ValueErrors, for an even size and for a "
    "sigma that is not above 0.",
)
def gaussian_kernel_no_errors(size, sigma):
    return no_width(size, sigma)


@gaussian_kernel.misconception(
    "negative sigma accepted",
    hint="The weights are right. A sigma below 0 is no width, though its square is positive: raise "
    "a ValueError for it.",
)
def gaussian_kernel_negative(size, sigma):
    refuse_bell(size, abs(sigma))
    kernel = bell(size, 1 / (2 * sigma**2))
    return kernel / kernel.sum()


@gaussian_kernel.misconception(
    "not normalised, nothing checked",
    hint="The bell is right. Two things are missing: divide the weights by their sum, and raise a "
    "ValueError for an even size and for a sigma that is not above 0.",
)
def gaussian_kernel_raw_any(size, sigma):
    kernel = no_width(size, sigma)
    return kernel / kernel.max()


@gaussian_kernel.misconception(
    "first row only",
    hint="Only the first row holds numbers: the return stands inside a loop. Move it to the left, "
    "after both loops.",
)
def gaussian_kernel_early(size, sigma):
    refuse_bell(size, sigma)
    kernel = np.zeros((size, size))
    kernel[0] = bell(size, 1 / (2 * sigma**2))[0]
    return kernel / kernel.sum()


@gaussian_kernel.misconception(
    "x and y added before squaring",
    hint="You square the sum of x and y. Square each on its own, and add the squares.",
)
def gaussian_kernel_sum_squared(size, sigma):
    refuse_bell(size, sigma)
    x = np.arange(size) - size // 2
    kernel = np.exp(-((x[:, None] + x[None, :]) ** 2) / (2 * sigma**2))
    return kernel / kernel.sum()


@gaussian_kernel.misconception(
    "minus for one of the squares",
    hint="The minus sign belongs to one of the two squares only. Put brackets round x² + y².",
)
def gaussian_kernel_saddle(size, sigma):
    refuse_bell(size, sigma)
    x = np.arange(size) - size // 2
    kernel = np.exp((x[None, :] ** 2 - x[:, None] ** 2) / (2 * sigma**2))
    return kernel / kernel.sum()


@gaussian_kernel.misconception(
    "centre at (1, 1)",
    hint="The top of the bell stands at row 1, column 1 for every size. The centre of a 5 × 5 "
    "kernel is (2, 2), in general size // 2.",
)
def gaussian_kernel_one_one(size, sigma):
    refuse_bell(size, sigma)
    kernel = bell(size, 1 / (2 * sigma**2), centre=1)
    return kernel / kernel.sum()


@gaussian_kernel.misconception(
    "half of the size rounded the wrong way",
    hint="Your places are not symmetric: in Python `-size // 2` is −2 for 3, as // rounds down "
    "after the minus. Write `-(size // 2)`.",
)
def gaussian_kernel_minus_half(size, sigma):
    refuse_bell(size, sigma)
    kernel = bell(size, 1 / (2 * sigma**2), centre=(size + 1) // 2)
    return kernel / kernel.sum()


@gaussian_kernel.misconception(
    "each row divided by its own sum",
    hint="Each row, or each column, adds up to 1, so all together they are too large. Divide by "
    "the sum of all weights, `kernel.sum()` without an axis.",
)
def gaussian_kernel_by_rows(size, sigma):
    refuse_bell(size, sigma)
    kernel = bell(size, 1 / (2 * sigma**2))
    return kernel / kernel.sum(axis=0)


@gaussian_kernel.misconception(
    "zeros made inside the loop",
    hint="Only the last weight is left, all others are 0: is the array of zeros made inside a "
    "loop? Make it once, before both.",
)
def gaussian_kernel_reset(size, sigma):
    refuse_bell(size, sigma)
    kernel = np.zeros((size, size))
    kernel[-1, -1] = 1
    return kernel


@gaussian_kernel.misconception(
    "equal weights",
    hint="All weights are equal: that is the mean. Each should depend on its distance from the "
    "centre, so the loops' i and j belong into the formula.",
)
def gaussian_kernel_flat(size, sigma):
    refuse_bell(size, sigma)
    return np.full((size, size), 1 / size**2)


@gaussian_kernel.misconception(
    "bells of row and column added",
    hint="You add the bell of the row and the bell of the column. x² and y² are added in the "
    "exponent, so the two bells are multiplied.",
)
def gaussian_kernel_added(size, sigma):
    refuse_bell(size, sigma)
    row = bell(size, 1 / (2 * sigma**2))[size // 2]
    kernel = row[:, None] + row
    return kernel / kernel.sum()


@gaussian_kernel.misconception(
    "whole numbers",
    hint="Only the centre holds a number: the array is one of whole numbers, and rounds all the "
    "others down to 0. np.zeros makes floats where nothing else is said.",
)
def gaussian_kernel_integers(size, sigma):
    refuse_bell(size, sigma)
    kernel = bell(size, 1 / (2 * sigma**2)).astype(int)
    return kernel / kernel.sum()


@gaussian_kernel.variant("loops")
def gaussian_kernel_loops(size, sigma):
    if size < 1 or size % 2 == 0 or sigma <= 0:
        raise ValueError("no kernel")
    kernel = np.zeros((size, size))
    total = 0.0
    for i in range(size):
        for j in range(size):
            distance = (i - size // 2) ** 2 + (j - (size - 1) / 2) ** 2
            kernel[i, j] = np.exp(-distance / (2 * sigma**2))
            total += kernel[i, j]
    return kernel / total


@gaussian_kernel.variant("outer product")
def gaussian_kernel_outer(size, sigma):
    if size < 1 or size % 2 == 0 or not sigma > 0:
        raise ValueError("no kernel")
    row = np.exp(-0.5 * ((np.arange(size) - size // 2) / sigma) ** 2)
    row = row / row.sum()
    return np.outer(row, row)


@gaussian_kernel.variant("meshgrid")
def gaussian_kernel_mesh(size, sigma):
    if size < 1 or size % 2 != 1 or sigma <= 0:
        raise ValueError("no kernel")
    half = size // 2
    x, y = np.meshgrid(np.arange(-half, half + 1), np.arange(-half, half + 1))
    kernel = np.exp(-(x**2 + y**2) / (2 * sigma**2))
    return kernel / np.sum(kernel)


# --- laplace_kernel -----------------------------------------------------------------------------

laplace_kernel = exercise(
    "laplace_kernel",
    points=2,
    aspects=KERNEL,
    shares={"kernel": 1.5, "errors": 0.5},
    asks={"errors": "answer"},
)


def centred(size, around, centre):
    """One number everywhere, another one in the centre."""
    kernel = np.full((size, size), float(around))
    kernel[size // 2, size // 2] = centre
    return kernel


@laplace_kernel.reference
def laplace_kernel_reference(size=3):
    refuse(size, 3)
    return centred(size, -1, size**2 - 1)


laplace_kernel.case("kernel", 3)
laplace_kernel.case("kernel", 5)
laplace_kernel.case("kernel")
laplace_kernel.case("errors", 7)
laplace_kernel.raises("errors", ValueError, 2)
laplace_kernel.raises("errors", ValueError, 4)
laplace_kernel.raises("errors", ValueError, 1)


laplace_kernel.raises("errors", ValueError, -3)
laplace_kernel.numpy_integers("errors", 5)


@laplace_kernel.hidden
def laplace_kernel_hidden(rng):
    yield "kernel", (2 * int(rng.integers(3, 9)) + 1,)
    yield "errors", (2 * int(rng.integers(3, 9)) + 1,)
    yield "errors", (2 * int(rng.integers(3, 9)),), ValueError
    yield "errors", (-1,), ValueError


@laplace_kernel.misconception(
    "centre always 8",
    hint="The centre is 8 for every size. 8 makes the sum 0 only where there are eight neighbours; "
    "a 5 × 5 kernel has 24.",
)
def laplace_kernel_eight(size=3):
    refuse(size, 3)
    return centred(size, -1, 8)


@laplace_kernel.misconception(
    "centre one too large",
    hint="The sum is 1 instead of 0: the centre is not one of its own neighbours, so there are "
    "size² − 1 of them.",
)
def laplace_kernel_square(size=3):
    refuse(size, 3)
    return centred(size, -1, size**2)


@laplace_kernel.misconception(
    "signs exchanged",
    hint="All signs are exchanged: −1 stands around, and the positive number in the centre.",
)
def laplace_kernel_signs(size=3):
    refuse(size, 3)
    return centred(size, 1, 1 - size**2)


@laplace_kernel.misconception(
    "ones around",
    hint="The numbers around the centre should be −1. So far they are added instead of taken away.",
)
def laplace_kernel_ones(size=3):
    refuse(size, 3)
    return centred(size, 1, size**2 - 1)


@laplace_kernel.misconception(
    "zeros around",
    hint="The centre is right, but around it there are zeros: every other number should be −1.",
)
def laplace_kernel_zeros(size=3):
    refuse(size, 3)
    return centred(size, 0, size**2 - 1)


@laplace_kernel.misconception(
    "four neighbours",
    hint="Only the neighbours above, below, left and right count in yours. This kernel, also found "
    "in books, is another one: here all places around the centre are −1.",
)
def laplace_kernel_four(size=3):
    refuse(size, 3)
    kernel = centred(size, 0, 0)
    kernel[size // 2], kernel[:, size // 2] = -1, -1
    kernel[size // 2, size // 2] = 2 * (size - 1)
    return kernel


@laplace_kernel.misconception(
    "centre at (1, 1)",
    hint="The large number stands at row 1, column 1 for every size. The centre of a 5 × 5 kernel "
    "lies at (2, 2), in general at size // 2.",
)
def laplace_kernel_one_one(size=3):
    refuse(size, 3)
    kernel = np.full((size, size), -1.0)
    kernel[1, 1] = size**2 - 1
    return kernel


@laplace_kernel.misconception(
    "normalised",
    hint="You divided by something. A kernel with the sum 0 cannot be brought to the sum 1: leave "
    "the −1 as they are.",
)
def laplace_kernel_normalised(size=3):
    refuse(size, 3)
    return centred(size, -1, size**2 - 1) / size**2


@laplace_kernel.misconception(
    "even size accepted",
    hint="The numbers are right. An even size has no pixel in the centre: raise a ValueError.",
)
def laplace_kernel_even(size=3):
    if size < 2:
        raise ValueError("size")
    return centred(size, -1, size**2 - 1)


@laplace_kernel.misconception(
    "size 1 accepted",
    hint="The numbers are right. A single pixel has no neighbours to be compared with: raise a "
    "ValueError for every size below 3.",
)
def laplace_kernel_single(size=3):
    refuse(size)
    return centred(size, -1, size**2 - 1)


@laplace_kernel.misconception(
    "errors forgotten",
    hint="The numbers are right. What is missing are the ValueErrors, for even sizes and for sizes "
    "below 3.",
)
def laplace_kernel_any(size=3):
    return centred(size, -1, size**2 - 1)


@laplace_kernel.misconception(
    "centre always 8, sizes not checked",
    hint="The centre is 8 for every size, and a 5 × 5 kernel has 24 neighbours. Mend that first; "
    "then raise the ValueErrors.",
)
def laplace_kernel_eight_any(size=3):
    return centred(size, -1, 8)


@laplace_kernel.misconception(
    "centre added to the −1",
    hint="The sum is −1 instead of 0: the centre is added to the −1 that stands there. Set it, "
    "with = in place of +=.",
)
def laplace_kernel_added(size=3):
    refuse(size, 3)
    return centred(size, -1, size**2 - 2)


@laplace_kernel.misconception(
    "the whole row of the centre",
    hint="A whole row holds the large number: kernel[i] is row i, and a single place has two "
    "indices, kernel[i, j].",
)
def laplace_kernel_whole_row(size=3):
    refuse(size, 3)
    kernel = np.full((size, size), -1.0)
    kernel[size // 2] = size**2 - 1
    return kernel


@laplace_kernel.misconception(
    "twice the size instead of its square",
    hint="The centre is computed from size · 2. There are size · size places in all, in Python "
    "`size**2`.",
)
def laplace_kernel_twice(size=3):
    refuse(size, 3)
    return centred(size, -1, 2 * size - 1)


@laplace_kernel.misconception(
    "neighbours of one ring only",
    hint="In yours, only the eight places next to the centre are −1. In a larger kernel all places "
    "but the centre are.",
)
def laplace_kernel_one_ring(size=3):
    refuse(size, 3)
    kernel, c = np.zeros((size, size)), size // 2
    kernel[c - 1 : c + 2, c - 1 : c + 2] = -1
    kernel[c, c] = 8
    return kernel


@laplace_kernel.misconception(
    "negative centre",
    hint="The centre should be positive: it balances all the −1 around it, so that the sum is 0.",
)
def laplace_kernel_negative_centre(size=3):
    refuse(size, 3)
    return centred(size, -1, 1 - size**2)


@laplace_kernel.misconception(
    "always 3 × 3",
    hint="The kernel is 3 × 3 for every size: the nine numbers are typed in. Make it from size.",
)
def laplace_kernel_typed(size=3):
    refuse(size, 3)
    return centred(3, -1, 8)


@laplace_kernel.misconception(
    "size 3 refused",
    hint="A size of 3 is welcome; only sizes below it raise the ValueError: ask for size < 3, "
    "without =.",
)
def laplace_kernel_three_refused(size=3):
    refuse(size, 5)
    return centred(size, -1, size**2 - 1)


@laplace_kernel.variant("minus ones")
def laplace_kernel_minus(size=3):
    if size % 2 == 0 or size < 3:
        raise ValueError("size")
    kernel = -np.ones((size, size), dtype=int)
    kernel[size // 2, size // 2] += size**2
    return kernel


@laplace_kernel.variant("loops")
def laplace_kernel_loops(size=3):
    if size % 2 == 0 or size <= 2:
        raise ValueError("size")
    kernel = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            kernel[i, j] = size * size - 1 if i == j == size // 2 else -1
    return kernel


@laplace_kernel.variant("what makes the sum 0")
def laplace_kernel_sum(size=3):
    if size < 3 or size % 2 != 1:
        raise ValueError("size")
    kernel = np.full((size, size), -1)
    half = (size - 1) // 2
    kernel[half, half] = 0
    kernel[half, half] = -kernel.sum()
    return kernel


# --- traps: wrapping --------------------------------------------------------------------------

trap_wrap = exercise("trap_wrap", aspects={"values": "numbers that fit and numbers that do not"})


@trap_wrap.reference
def trap_wrap_reference(values):
    return np.clip(values, 0, 255).astype(np.uint8)


trap_wrap.case("values", np.array([[300, -1, 17], [255, 256, 0]]))
trap_wrap.case("values", np.array([[-300, 1000], [128, 77], [5, -5]]))


@trap_wrap.misconception(
    "as found",
    hint="Call it with `np.array([300, -1])`. Both numbers should be held between 0 and 255 before "
    "the dtype is changed. np.clip gives back a new array: is it kept?",
    untouched=True,
)
def trap_wrap_found(values):
    return (values % 256).astype(np.uint8)


@trap_wrap.misconception(
    "only the upper end",
    hint="Numbers above 255 are right now. Those below 0 still come out bright.",
)
def trap_wrap_upper(values):
    return (np.minimum(values, 255) % 256).astype(np.uint8)


@trap_wrap.misconception(
    "only the lower end",
    hint="Numbers below 0 are right now. Those above 255 still begin again at 0.",
)
def trap_wrap_lower(values):
    return (np.maximum(values, 0) % 256).astype(np.uint8)


@trap_wrap.misconception(
    "made positive",
    hint="Negative numbers come out as bright as positive ones. What is below 0 should become 0.",
)
def trap_wrap_abs(values):
    return np.minimum(np.abs(values), 255).astype(np.uint8)


@trap_wrap.variant("minimum and maximum")
def trap_wrap_min_max(values):
    return np.minimum(np.maximum(values, 0), 255).astype(np.uint8)


@trap_wrap.variant("masks")
def trap_wrap_masks(values):
    kept = values.copy()
    kept[kept < 0] = 0
    kept[kept > 255] = 255
    return kept.astype(np.uint8)


@trap_wrap.variant("the method")
def trap_wrap_method(values):
    return values.clip(0, 255).astype("uint8")


trap_average = exercise(
    "trap_average",
    aspects={"values": "the average"},
    praise="The sum of two uint8 arrays is uint8 again: it had begun again at 0 before the "
    "division.",
)


@trap_average.reference
def trap_average_reference(first, second):
    return ((first.astype(int) + second) // 2).astype(np.uint8)


BRIGHT = np.array([[200, 100], [255, 3], [90, 128]], dtype=np.uint8)
DARK = np.array([[100, 60], [255, 8], [201, 128]], dtype=np.uint8)
trap_average.case("values", BRIGHT, DARK)
trap_average.case("values", DARK[:2], np.array([[250, 1], [2, 250]], dtype=np.uint8))


@trap_average.misconception(
    "as found",
    hint="Take 200 and 100. Their sum is 300: which dtype has `first + second`, and does 300 fit "
    "into it?",
    untouched=True,
)
def trap_average_found(first, second):
    return (first + second) // 2


@trap_average.misconception(
    "float too late",
    hint="The sum becomes a float after it was computed, and by then 300 is 44 already. Turn one "
    "of the pictures into floats before adding.",
)
def trap_average_late(first, second):
    return (first + second).astype(float) / 2


@trap_average.misconception(
    "clipped before the halving",
    hint="Bright places are too dark: the sum is clipped to 255 before it is halved. Let the sum "
    "be as large as it is.",
)
def trap_average_clipped(first, second):
    return np.clip(first.astype(int) + second, 0, 255) // 2


@trap_average.misconception(
    "halved first",
    hint="Nearly: halving each picture in whole numbers first loses a half of each odd number, so "
    "some results are 1 too small. Add first, in floats.",
)
def trap_average_halved(first, second):
    return first // 2 + second // 2


@trap_average.variant("floats")
def trap_average_floats(first, second):
    return (first.astype(float) // 1 + second.astype(float)) // 2


@trap_average.variant("integers")
def trap_average_integers(first, second):
    return np.floor((first.astype(int) + second.astype(int)) / 2).astype(np.uint8)


@trap_average.variant("sum with a dtype")
def trap_average_dtype(first, second):
    return (np.add(first, second, dtype=np.uint16) // 2).astype(np.uint8)


# --- filter_image -------------------------------------------------------------------------------

filter_image = exercise(
    "filter_image",
    points=4,
    aspects={
        "inside": "results between 0 and 255",
        "clipping": "results below 0 and above 255",
        "dtype": "a picture again: an array of dtype uint8",
    },
    shares={"inside": 1.75, "clipping": 1.75, "dtype": 0.5},
    asks={"dtype": "dtype"},
)

# In sixteenths, so that sums are exact; no result of a case is a half.
SOFT = np.array([[5, 1, 0], [3, 0, 0], [0, 1, 5]]) / 16
SLOPE = np.array([[2, 0, -1], [1, 1, -2], [0, 3, -1]])
SHARP = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])


def convolved(image, kernel):
    return ops.convolve_2d(image, kernel, "same")


@filter_image.reference
def filter_image_reference(image, kernel):
    return np.clip(np.rint(convolved(image, kernel)), 0, 255).astype(np.uint8)


filter_image.case("inside", PHOTO, SOFT)
filter_image.case("inside", PHOTO[:3, :4], np.array([[3, 5, 5]]) / 16)
filter_image.case("inside", PHOTO, np.array([[3, 0], [0, 5], [2, 5]]) / 16)
filter_image.case("clipping", PHOTO, SHARP)
filter_image.case("clipping", PHOTO, SLOPE)
filter_image.case("clipping", PHOTO[:, :3], np.array([[1.3, 0.2, -0.6]]))


filter_image.case("inside", PHOTO[:1, :1], SOFT)
filter_image.case("dtype", PHOTO[:2, :3], SOFT)
filter_image.case("dtype", PHOTO[:2, :3], SHARP)


@filter_image.hidden
def filter_image_hidden(rng):
    for shape in ((3, 3), (1, 3), (5, 1), (2, 4)):
        weights = rng.integers(1, 9, shape)
        # no result is near a half: 2 · weights.sum() is odd · 2, and sums of whole numbers over it
        yield "inside", (photo(rng, 6, 7), weights / (weights.sum() | 1))
        yield "clipping", (photo(rng, 6, 7), whole_numbers(rng, *shape))


@filter_image.misconception(
    "wraps around",
    hint="Results above 255 begin again at 0, and negative ones become bright: 300 gives 44. Clip "
    "to 0 … 255 before the dtype is changed.",
)
def filter_image_wraps(image, kernel):
    return (np.rint(convolved(image, kernel)).astype(int) % 256).astype(np.uint8)


@filter_image.misconception(
    "neither rounded nor clipped",
    hint="The dtype is changed at once. Before that, round to the nearest whole number and clip to "
    "0 … 255; otherwise 300 gives 44, and 41.7 gives 41.",
)
def filter_image_at_once(image, kernel):
    return (np.trunc(convolved(image, kernel)).astype(int) % 256).astype(np.uint8)


@filter_image.misconception(
    "truncated",
    hint="Some results are 1 too small: 41.7 became 41. Changing the dtype cuts the decimals off; "
    "round before that.",
)
def filter_image_truncates(image, kernel):
    return np.clip(convolved(image, kernel), 0, 255).astype(np.uint8)


@filter_image.misconception(
    "rounded up",
    hint="Some results are 1 too large: you round up. Round to the nearest whole number.",
)
def filter_image_up(image, kernel):
    return np.clip(np.ceil(convolved(image, kernel)), 0, 255).astype(np.uint8)


@filter_image.misconception(
    "still floats",
    hint="The results are clipped, but they still have decimals. Round them, and make them uint8.",
)
def filter_image_floats(image, kernel):
    return np.clip(convolved(image, kernel), 0, 255)


@filter_image.misconception(
    "not a picture yet",
    hint="That is the plain convolution, with decimals, negative numbers and numbers above 255. "
    "Round, clip, and make it uint8.",
)
def filter_image_plain(image, kernel):
    return convolved(image, kernel)


@filter_image.misconception(
    "rounded, not clipped",
    hint="The results are rounded, but some lie below 0 or above 255. Clip them.",
)
def filter_image_unclipped(image, kernel):
    return np.rint(convolved(image, kernel))


@filter_image.misconception(
    "made positive",
    hint="Negative results have become positive. Clipping makes them 0: an edge that gets darker "
    "is not one that gets brighter.",
)
def filter_image_abs(image, kernel):
    return np.clip(np.rint(np.abs(convolved(image, kernel))), 0, 255).astype(np.uint8)


@filter_image.misconception(
    "stretched instead of clipped",
    hint="You stretch the results so that the lowest is 0 and the highest 255. That is fine for "
    "looking; here results stay as they are, and only what lies outside is clipped.",
)
def filter_image_stretched(image, kernel):
    values = convolved(image, kernel)
    values = (values - values.min()) / (values.max() - values.min())
    return np.rint(255 * values).astype(np.uint8)


@filter_image.misconception(
    "clipped between steps",
    hint="You clip while the products are still being added. A sum may go below 0 or above 255 and "
    "come back: clip once, at the very end.",
)
def filter_image_early(image, kernel):
    h, w = kernel.shape
    padded = np.pad(image.astype(float), ((h, h), (w, w)))
    total = np.zeros(image.shape)
    for i in range(h):
        for j in range(w):
            top, left = h + (h - 1) // 2 - i, w + (w - 1) // 2 - j
            part = padded[top : top + image.shape[0], left : left + image.shape[1]]
            total = np.clip(total + kernel[i, j] * part, 0, 255)
    return np.rint(total).astype(np.uint8)


@filter_image.misconception(
    "only negative results clipped",
    hint="Negative results are 0, as they should be. Those above 255 begin again at 0: clip at "
    "both ends.",
)
def filter_image_lower(image, kernel):
    values = np.rint(np.maximum(convolved(image, kernel), 0))
    return (values.astype(int) % 256).astype(np.uint8)


@filter_image.misconception(
    "only large results clipped",
    hint="Results above 255 are clipped, as they should be. Negative ones come out bright: clip at "
    "both ends.",
)
def filter_image_upper(image, kernel):
    values = np.rint(np.minimum(convolved(image, kernel), 255))
    return (values.astype(int) % 256).astype(np.uint8)


@filter_image.misconception(
    "kernel not reversed",
    hint="The kernel is not reversed: that is the correlation. Use the convolution, or reverse the "
    "kernel along both axes, once.",
)
def filter_image_correlates(image, kernel):
    values = ops.correlate_2d(image, kernel, "full")
    top, left = (kernel.shape[0] - 1) // 2, (kernel.shape[1] - 1) // 2
    values = values[top : top + image.shape[0], left : left + image.shape[1]]
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


@filter_image.misconception(
    "mode full",
    hint="The result is larger than the picture: that is mode full. Ask for mode same.",
)
def filter_image_full(image, kernel):
    return np.clip(np.rint(ops.convolve_2d(image, kernel)), 0, 255).astype(np.uint8)


@filter_image.misconception(
    "mode valid",
    hint="The result is smaller than the picture: that is mode valid. Ask for mode same.",
)
def filter_image_valid(image, kernel):
    return np.clip(np.rint(ops.convolve_2d(image, kernel, "valid")), 0, 255).astype(np.uint8)


@filter_image.misconception(
    "clipped to 256",
    hint="You clip to 256, which is one too many for uint8 and comes out as 0. White is 255.",
)
def filter_image_256(image, kernel):
    values = np.clip(np.rint(convolved(image, kernel)), 0, 256)
    return (values.astype(int) % 256).astype(np.uint8)


@filter_image.misconception(
    "picture and kernel exchanged",
    hint="The result has the shape of the kernel: mode same keeps the shape of the first argument, "
    "so the picture comes first.",
)
def filter_image_exchanged(image, kernel):
    values = ops.convolve_2d(kernel, image, "same")
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


@filter_image.misconception(
    "divided by the kernel's sum",
    hint="You divide by the sum of the weights. The kernel is used as it is: whoever made it chose "
    "its sum.",
)
def filter_image_divided(image, kernel):
    values = convolved(image, kernel) / np.sum(kernel)
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


@filter_image.misconception(
    "kernel in whole numbers",
    hint="The kernel's weights have lost their fractions: 0.3 became 0. Leave its dtype alone; "
    "only the result becomes uint8, at the end.",
)
def filter_image_whole_kernel(image, kernel):
    values = convolved(image, kernel.astype(int))
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


@filter_image.variant("half added, rounded down")
def filter_image_half(image, kernel):
    values = ops.convolve_2d(image.astype(float), kernel, "same")
    return np.clip(np.floor(values + 0.5), 0, 255).astype(np.uint8)


@filter_image.variant("masks")
def filter_image_masks(image, kernel):
    values = np.round(ops.convolve_2d(image, kernel, mode="same"))
    values[values < 0] = 0
    values[values > 255] = 255
    return values.astype("uint8")


@filter_image.variant("pixel by pixel")
def filter_image_loops(image, kernel):
    values = ops.convolve_2d(image, kernel, "same")
    result = np.zeros(image.shape, dtype=np.uint8)
    for r in range(image.shape[0]):
        for c in range(image.shape[1]):
            result[r, c] = min(max(round(values[r, c]), 0), 255)
    return result


# --- gradient_magnitude -------------------------------------------------------------------------

gradient_magnitude = exercise(
    "gradient_magnitude",
    points=4,
    aspects={"numbers": "any numbers", "pictures": "pictures of dtype uint8"},
    shares={"numbers": 3, "pictures": 1},
)


def both(image, across=None, down=None, mode="valid"):
    """gx and gy, by Sobel's kernels where no others are given."""
    across = np.array(SOBEL) if across is None else across
    down = across.T if down is None else down
    return ops.convolve_2d(image, across, mode), ops.convolve_2d(image, down, mode)


@gradient_magnitude.reference
def gradient_magnitude_reference(image):
    gx, gy = both(image)
    return np.sqrt(gx**2 + gy**2)


gradient_magnitude.case("numbers", IMAGE)
gradient_magnitude.case("numbers", TALL)
gradient_magnitude.case("numbers", TALL.T / 2)
gradient_magnitude.case("pictures", PHOTO)
gradient_magnitude.case("pictures", PHOTO[1:, 2:])


@gradient_magnitude.hidden
def gradient_magnitude_hidden(rng):
    yield "numbers", (whole_numbers(rng, 5, 6),)
    yield "numbers", (whole_numbers(rng, 3, 7) / 2,)
    yield "pictures", (photo(rng, 6, 4),)


@gradient_magnitude.misconception(
    "left and right only",
    hint="Only the comparison of left and right is in it. The second kernel, above against below, "
    "is missing.",
)
def gradient_magnitude_x(image):
    return np.abs(both(image)[0])


@gradient_magnitude.misconception(
    "above and below only",
    hint="Only the comparison of above and below is in it. The other kernel, left against right, "
    "is missing.",
)
def gradient_magnitude_y(image):
    return np.abs(both(image)[1])


@gradient_magnitude.misconception(
    "sizes added",
    hint="You add the sizes, |gx| + |gy|. That is the way round the corner; the straight way is "
    "the root of gx² + gy².",
)
def gradient_magnitude_sum(image):
    gx, gy = both(image)
    return np.abs(gx) + np.abs(gy)


@gradient_magnitude.misconception(
    "gx and gy added",
    hint="You add gx and gy, and where one is negative they cancel. Square both first, add, and "
    "take the root.",
)
def gradient_magnitude_plain_sum(image):
    gx, gy = both(image)
    return gx + gy


@gradient_magnitude.misconception(
    "root of the squared sum",
    hint="You square the sum of gx and gy. Square each on its own, and then add the squares.",
)
def gradient_magnitude_squared_sum(image):
    gx, gy = both(image)
    return np.abs(gx + gy)


@gradient_magnitude.misconception(
    "no root",
    hint="That is gx² + gy². The root is missing.",
)
def gradient_magnitude_squared(image):
    gx, gy = both(image)
    return gx**2 + gy**2


@gradient_magnitude.misconception(
    "the larger of the two",
    hint="You take the larger of the two. Both count: the root of gx² + gy².",
)
def gradient_magnitude_largest(image):
    gx, gy = both(image)
    return np.maximum(np.abs(gx), np.abs(gy))


@gradient_magnitude.misconception(
    "the same kernel twice",
    hint="Both results compare left with right. Reversing that kernel gives only its negative; the "
    "second one is its transpose, with rows and columns exchanged.",
)
def gradient_magnitude_twice(image):
    gx = both(image)[0]
    return np.sqrt(2 * gx**2)


@gradient_magnitude.misconception(
    "one sign wrong",
    hint="A flat picture does not give 0, so one of the kernels does not add up to 0: a sign in a "
    "corner is wrong.",
)
def gradient_magnitude_sign(image):
    wrong = np.array([[1, 0, -1], [2, 0, -2], [1, 0, 1]])
    gx, gy = both(image, wrong, np.transpose(SOBEL))
    return np.sqrt(gx**2 + gy**2)


@gradient_magnitude.misconception(
    "equal weights",
    hint="All three weights of a side are 1. That is Prewitt's kernel; in Sobel's the middle one "
    "counts twice.",
)
def gradient_magnitude_prewitt(image):
    gx, gy = both(image, np.array([[1, 0, -1]] * 3))
    return np.sqrt(gx**2 + gy**2)


@gradient_magnitude.misconception(
    "mode same",
    hint="The result is as large as the image, and its frame lights up, because zeros outside make "
    "an edge. Ask for mode valid.",
)
def gradient_magnitude_same(image):
    gx, gy = both(image, mode="same")
    return np.sqrt(gx**2 + gy**2)


@gradient_magnitude.misconception(
    "mode full",
    hint="The result is larger than the image: that is mode full. Ask for mode valid.",
)
def gradient_magnitude_full(image):
    gx, gy = both(image, mode="full")
    return np.sqrt(gx**2 + gy**2)


@gradient_magnitude.misconception(
    "clipped on the way",
    hint="gx and gy have been clipped, for instance by filter_image, so all that is negative is "
    "lost. Use `ops.convolve_2d`, which keeps it.",
)
def gradient_magnitude_clipped(image):
    gx, gy = (np.clip(np.rint(g), 0, 255) for g in both(image))
    return np.sqrt(gx**2 + gy**2)


@gradient_magnitude.misconception(
    "clipped at the end",
    hint="The result is clipped to 255. Here it is not to be a picture: keep it as large as it is.",
)
def gradient_magnitude_clipped_late(image):
    gx, gy = both(image)
    return np.clip(np.sqrt(gx**2 + gy**2), 0, 255)


@gradient_magnitude.misconception(
    "rounded",
    hint="The results are whole numbers. Keep the decimals: they are floats, not a picture.",
)
def gradient_magnitude_rounded(image):
    gx, gy = both(image)
    return np.rint(np.sqrt(gx**2 + gy**2))


@gradient_magnitude.misconception(
    "computed in uint8",
    hint="For pictures the differences are wrong: in uint8, 3 − 5 is 254. Turn the picture into "
    "floats first.",
)
def gradient_magnitude_uint8(image):
    gx, gy = both(image)
    if image.dtype == np.uint8:
        gx, gy = gx % 256, gy % 256
    return np.sqrt(gx**2 + gy**2)


@gradient_magnitude.misconception(
    "by filter_image, in uint8",
    hint="filter_image gives pictures: what is negative is lost, and in uint8 the squares begin "
    "again at 0 after 255. Use `ops.convolve_2d`, which keeps floats.",
)
def gradient_magnitude_filter_image(image):
    gx, gy = (filter_image(image, kernel)[1:-1, 1:-1] for kernel in (SOBEL, SOBEL.T))
    return np.sqrt(gx**2 + gy**2)


@gradient_magnitude.misconception(
    "by filter_image, in uint8 and mode same",
    hint="filter_image gives pictures as large as the image, without what is negative, and in "
    "uint8 the squares begin again at 0. Use `ops.convolve_2d` in mode valid.",
)
def gradient_magnitude_filter_image_same(image):
    gx, gy = (filter_image(image, kernel) for kernel in (SOBEL, SOBEL.T))
    return np.sqrt(gx**2 + gy**2)


@gradient_magnitude.misconception(
    "half instead of the root",
    hint="`** 1/2` takes the half, since Python raises to the power 1 first. Write `** 0.5`, or "
    "np.sqrt.",
)
def gradient_magnitude_half(image):
    gx, gy = both(image)
    return (gx**2 + gy**2) / 2


@gradient_magnitude.misconception(
    "squares subtracted",
    hint="You take one square away from the other. Pythagoras adds them.",
)
def gradient_magnitude_minus(image):
    gx, gy = both(image)
    return np.sqrt(np.abs(gx**2 - gy**2))


@gradient_magnitude.misconception(
    "Laplace's kernel",
    hint="That is the Laplace kernel's answer. Two kernels are needed here, across and down.",
)
def gradient_magnitude_laplace(image):
    return np.abs(ops.convolve_2d(image, centred(3, -1, 8), "valid"))


@gradient_magnitude.misconception(
    "corners counted twice",
    hint="In a side of your kernel the corners count twice and the middle once. It is the middle "
    "that counts twice.",
)
def gradient_magnitude_corners(image):
    gx, gy = both(image, np.array([[2, 0, -2], [1, 0, -1], [2, 0, -2]]))
    return np.sqrt(gx**2 + gy**2)


@gradient_magnitude.misconception(
    "one kernel after the other",
    hint="You convolve with one kernel and its result with the other. Both look at the image "
    "itself, and their results are put together after that.",
)
def gradient_magnitude_chained(image):
    gx = ops.convolve_2d(image, SOBEL, "same")
    return np.abs(ops.convolve_2d(gx, SOBEL.T, "valid"))


@gradient_magnitude.misconception(
    "differences and squares in uint8",
    hint="For pictures, differences and squares are computed in uint8, where 3 − 5 is 254 and 20² "
    "is 144. Turn the picture into floats before anything else.",
)
def gradient_magnitude_uint8_squares(image):
    left, right = image[:, :-2], image[:, 2:]
    above, below = image[:-2], image[2:]
    gx = (right - left)[:-2] + 2 * (right - left)[1:-1] + (right - left)[2:]
    gy = (below - above)[:, :-2] + 2 * (below - above)[:, 1:-1] + (below - above)[:, 2:]
    return np.sqrt(gx**2 + gy**2)


@gradient_magnitude.misconception(
    "differences in uint8, root by np.hypot",
    hint="For pictures, slices are subtracted in uint8, where 3 − 5 is 254; np.hypot comes too "
    "late to help. Turn the picture into floats first.",
)
def gradient_magnitude_uint8_hypot(image):
    left, right = image[:, :-2], image[:, 2:]
    above, below = image[:-2], image[2:]
    gx = (right - left)[:-2] + 2 * (right - left)[1:-1] + (right - left)[2:]
    gy = (below - above)[:, :-2] + 2 * (below - above)[:, 1:-1] + (below - above)[:, 2:]
    return np.hypot(gx, gy)


@gradient_magnitude.variant("hypot")
def gradient_magnitude_hypot(image):
    down = [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]
    return np.hypot(
        ops.convolve_2d(image, np.array(down).T, "valid"), ops.convolve_2d(image, down, "valid")
    )


@gradient_magnitude.variant("correlation")
def gradient_magnitude_correlation(image):
    gx = ops.correlate_2d(image.astype(float), SOBEL, "valid")
    gy = ops.correlate_2d(image.astype(float), np.transpose(SOBEL), "valid")
    return (gx**2 + gy**2) ** 0.5


@gradient_magnitude.variant("place by place")
def gradient_magnitude_loops(image):
    rows, columns = image.shape
    result = np.zeros((rows - 2, columns - 2))
    for r in range(rows - 2):
        for c in range(columns - 2):
            patch = image[r : r + 3, c : c + 3].astype(float)
            gx, gy = np.sum(patch * SOBEL), np.sum(patch * np.transpose(SOBEL))
            result[r, c] = np.sqrt(gx * gx + gy * gy)
    return result


# --- gap and shift_image ------------------------------------------------------------------------

gap_shift = exercise("gap_shift", aspects={"values": "both directions"})


@gap_shift.reference
def gap_shift_reference(row, right):
    moved = np.zeros_like(row)
    for c in range(len(row)):
        if 0 <= c - right < len(row):
            moved[c] = row[c - right]
    return moved


gap_shift.case("values", np.array([3, 1, 4, 1, 5]), 2)
gap_shift.case("values", np.array([3, 1, 4, 1, 5]), -1)
gap_shift.case("values", np.array([2, 7]), 5)


@gap_shift.misconception(
    "wrong direction",
    hint="The row moves the other way. If it moves 2 to the right, then the number that is now at "
    "c was at a smaller place before.",
)
def gap_shift_wrong(row, right):
    return gap_shift_reference(row, -right)


@gap_shift.misconception(
    "nothing moves",
    hint="Each number comes from its own place. By how many places was it further to the left?",
)
def gap_shift_nothing(row, right):
    return row.copy()


@gap_shift.misconception(
    "distance the wrong way round",
    hint="You have right − c. The place it comes from is c, less the steps it has moved.",
)
def gap_shift_swapped(row, right):
    moved = np.zeros_like(row)
    for c in range(len(row)):
        if 0 <= right - c < len(row):
            moved[c] = row[right - c]
    return moved


@gap_shift.variant("two steps")
def gap_shift_steps(row, right):
    moved = np.zeros_like(row)
    for c, number in enumerate(row):
        if 0 <= c + right < len(row):
            moved[c + right] = number
    return moved


@gap_shift.variant("padding")
def gap_shift_padding(row, right):
    padded = np.pad(row, abs(right))
    return padded[abs(right) - right :][: len(row)]


@gap_shift.variant("roll and clear")
def gap_shift_roll(row, right):
    moved = np.roll(row, right)
    if right >= 0:
        moved[:right] = 0
    else:
        moved[right:] = 0
    return moved


shift_image = exercise(
    "shift_image",
    points=3,
    aspects={
        "down and right": "moved down and to the right",
        "up and left": "negative numbers and 0",
        "far": "moved so far that little or nothing is left",
        "dtype": "the dtype that the picture had",
    },
    shares={"down and right": 0.9, "up and left": 0.9, "far": 0.7, "dtype": 0.5},
    asks={"dtype": "dtype"},
)


def moved_by(image, down, right):
    """The picture moved, pixel by pixel."""
    rows, columns = image.shape
    moved = np.zeros_like(image)
    for r in range(rows):
        for c in range(columns):
            if 0 <= r - down < rows and 0 <= c - right < columns:
                moved[r, c] = image[r - down, c - right]
    return moved


@shift_image.reference
def shift_image_reference(image, down, right):
    return moved_by(image, down, right)


shift_image.case("down and right", IMAGE, 1, 2)
shift_image.case("down and right", TALL / 2, 2, 1)
shift_image.case("down and right", PHOTO, 1, 1)
shift_image.case("up and left", IMAGE, -1, -2)
shift_image.case("up and left", TALL, 1, -1)
shift_image.case("up and left", TALL, -2, 1)
shift_image.case("up and left", IMAGE, 0, 2)
shift_image.case("up and left", IMAGE, 1, 0)
shift_image.case("far", IMAGE, 2, 3)
shift_image.case("far", IMAGE, 5, 1)
shift_image.case("far", IMAGE, -1, -9)
shift_image.case("far", TALL, -4, 2)
shift_image.case("far", IMAGE, IMAGE.shape[0] + 1, 0)
shift_image.case("far", IMAGE, -IMAGE.shape[0] - 1, 0)
shift_image.case("far", IMAGE, 0, IMAGE.shape[1] + 1)
shift_image.case("far", IMAGE, 0, -IMAGE.shape[1] - 2)


shift_image.case("up and left", np.array([[7]]), 0, 0)
shift_image.numpy_integers("up and left", IMAGE, -1, 1)
shift_image.case("dtype", PHOTO, 1, 2)
shift_image.case("dtype", IMAGE, -1, 1)
shift_image.case("dtype", np.array([[1.5, 2, 3], [4, 5, 6]], dtype=np.float32), 1, 0)


@shift_image.hidden
def shift_image_hidden(rng):
    yield "down and right", (whole_numbers(rng, 5, 6), int(rng.integers(1, 4)), 2)
    yield "up and left", (whole_numbers(rng, 5, 6), -int(rng.integers(1, 4)), -1)
    yield "up and left", (photo(rng, 5, 6), 3, -int(rng.integers(1, 4)))
    yield "up and left", (whole_numbers(rng, 4, 7) / 2, 0, 0)
    yield "far", (whole_numbers(rng, 4, 6), 3, -5)
    yield "far", (whole_numbers(rng, 4, 6), int(rng.integers(4, 20)), 1)


@shift_image.misconception(
    "wraps around",
    hint="What leaves on one side comes in on the other, as with `np.roll`. Zeros should come in.",
)
def shift_image_roll(image, down, right):
    return np.roll(image, (down, right), axis=(0, 1))


@shift_image.misconception(
    "wrong direction",
    hint="The picture moves up and to the left, the opposite of what was asked for. The pixel that "
    "is now at (r, c) was at r − down and c − right before.",
)
def shift_image_wrong(image, down, right):
    return moved_by(image, -down, -right)


@shift_image.misconception(
    "up instead of down",
    hint="Right is right, but down goes up. The first index counts the rows from the top.",
)
def shift_image_up(image, down, right):
    return moved_by(image, -down, right)


@shift_image.misconception(
    "left instead of right",
    hint="Down is right, but right goes to the left.",
)
def shift_image_left(image, down, right):
    return moved_by(image, down, -right)


@shift_image.misconception(
    "down and right exchanged",
    hint="Down and right are exchanged: the first index, the row, goes down.",
)
def shift_image_exchanged(image, down, right):
    return moved_by(image, right, down)


@shift_image.misconception(
    "down only",
    hint="The picture moves down, but not to the right.",
)
def shift_image_down_only(image, down, right):
    return moved_by(image, down, 0)


@shift_image.misconception(
    "right only",
    hint="The picture moves to the right, but not down.",
)
def shift_image_right_only(image, down, right):
    return moved_by(image, 0, right)


@shift_image.misconception(
    "negative steps ignored",
    hint="Down and right work. A negative number should move the picture up or to the left; in "
    "yours it then stays where it is.",
)
def shift_image_positive(image, down, right):
    return moved_by(image, max(0, down), max(0, right))


@shift_image.misconception(
    "the picture in place of zeros",
    hint="Where zeros should come in, the old picture is still to be seen: begin with an array of "
    "zeros, not with a copy of the picture.",
)
def shift_image_copy(image, down, right):
    rows, columns = image.shape
    moved = image.copy()
    for r in range(rows):
        for c in range(columns):
            if 0 <= r - down < rows and 0 <= c - right < columns:
                moved[r, c] = image[r - down, c - right]
    return moved


@shift_image.misconception(
    "edge repeated",
    hint="The pixels at the edge are repeated where zeros should come in.",
)
def shift_image_edge(image, down, right):
    rows, columns = image.shape
    r = np.clip(np.arange(rows) - down, 0, rows - 1)
    c = np.clip(np.arange(columns) - right, 0, columns - 1)
    return image[r][:, c]


@shift_image.misconception(
    "no range asked for",
    hint="The pixel at r − down, c − right may lie outside the picture. A negative index counts "
    "from the end in Python, and too large a one stops with an IndexError: ask before you read.",
)
def shift_image_no_range(image, down, right):
    moved = np.zeros_like(image)
    for r in range(image.shape[0]):
        for c in range(image.shape[1]):
            moved[r, c] = image[r - down, c - right]
    return moved


@shift_image.misconception(
    "only the lower end asked for",
    hint="You ask whether the place is at least 0. With negative steps it can also be too large, "
    "and Python stops with an IndexError.",
)
def shift_image_lower(image, down, right):
    moved = np.zeros_like(image)
    for r in range(image.shape[0]):
        for c in range(image.shape[1]):
            if r - down >= 0 and c - right >= 0:
                moved[r, c] = image[r - down, c - right]
    return moved


@shift_image.misconception(
    "only the upper end asked for",
    hint="You ask whether the place is small enough. With positive steps it can be negative, and "
    "then Python counts from the end.",
)
def shift_image_upper_end(image, down, right):
    moved = np.zeros_like(image)
    for r in range(image.shape[0]):
        for c in range(image.shape[1]):
            if r - down < image.shape[0] and c - right < image.shape[1]:
                moved[r, c] = image[r - down, c - right]
    return moved


@shift_image.misconception(
    "written outside",
    hint="You write to r + down, c + right, which may lie outside the result. A negative index "
    "counts from the end, too large a one stops with an IndexError: ask before you write.",
)
def shift_image_writes(image, down, right):
    moved = np.zeros_like(image)
    for r in range(image.shape[0]):
        for c in range(image.shape[1]):
            moved[r + down, c + right] = image[r, c]
    return moved


@shift_image.misconception(
    "slices for positive steps",
    hint="Your slices are right as long as both steps are positive and small. With a 0 or a "
    "negative number, [:-down] and [down:] mean something else: treat these apart, or use loops.",
)
def shift_image_negative_slices(image, down, right):
    moved = np.zeros_like(image)
    moved[down:, right:] = image[:-down, :-right]
    return moved


@shift_image.misconception(
    "slices for steps from 0 on",
    hint="Your slices are right as long as no step is negative or larger than the picture. Treat "
    "these apart, or use loops.",
)
def shift_image_slices(image, down, right):
    moved = np.zeros_like(image)
    rows, columns = image.shape
    moved[down:, right:] = image[: rows - down, : columns - right]
    return moved


@shift_image.misconception(
    "square pictures only",
    hint="It is right for square pictures only: is the number of rows used where the number of "
    "columns belongs?",
)
def shift_image_square(image, down, right):
    rows, columns = image.shape
    moved = np.zeros_like(image)
    for r in range(rows):
        for c in range(columns):
            if 0 <= r - down < rows and 0 <= c - right < min(rows, columns):
                moved[r, c] = image[r - down, c - right]
    return moved


@shift_image.misconception(
    "fractions lost",
    hint="Fractions are lost: the result is an array of whole numbers. Give it the picture's "
    "dtype, for instance by `np.zeros_like(image)`.",
)
def shift_image_integers(image, down, right):
    return moved_by(image.astype(int), down, right)


@shift_image.misconception(
    "first row only",
    hint="Only the first row has been worked on: the return stands inside a loop. Move it to the "
    "left, after both loops.",
)
def shift_image_early(image, down, right):
    moved = moved_by(image, down, right)
    moved[1:] = 0
    return moved


@shift_image.misconception(
    "place 0 left out",
    hint="The first row and column of the picture get lost: a place of 0 lies inside too, so ask "
    "for 0 <=, not 0 <.",
)
def shift_image_strict(image, down, right):
    kept = image.copy()
    kept[0], kept[:, 0] = 0, 0
    return moved_by(kept, down, right)


@shift_image.misconception(
    "one place too many",
    hint="Python stops with an IndexError: the last row has the number rows − 1. Ask whether the "
    "place is smaller than rows, without =.",
)
def shift_image_inclusive(image, down, right):
    rows, columns = image.shape
    moved = np.zeros_like(image)
    for r in range(rows):
        for c in range(columns):
            if 0 <= r - down <= rows and 0 <= c - right <= columns:
                moved[r, c] = image[r - down, c - right]
    return moved


@shift_image.misconception(
    "guards exchanged",
    hint="Rows are compared with the number of columns, and the other way round: r − down belongs "
    "to image.shape[0].",
)
def shift_image_guards(image, down, right):
    rows, columns = image.shape
    moved = np.zeros_like(image)
    for r in range(rows):
        for c in range(columns):
            if 0 <= r - down < columns and 0 <= c - right < rows:
                moved[r, c] = image[r - down, c - right]
    return moved


@shift_image.misconception(
    "rolled, cleared for positive steps",
    hint="After `np.roll` you clear the first rows and columns. With a negative step the last ones "
    "came round, and those are to be cleared.",
)
def shift_image_roll_positive(image, down, right):
    moved = np.roll(image, (down, right), axis=(0, 1))
    moved[:down] = 0
    moved[:, :right] = 0
    return moved


@shift_image.misconception(
    "0 treated as negative",
    hint="Moved by 0, everything disappears: after np.roll, `moved[0:] = 0` clears all rows. A "
    "step of 0 leaves nothing to clear.",
)
def shift_image_zero_clears(image, down, right):
    moved = np.roll(image, (down, right), axis=(0, 1))
    if down > 0:
        moved[:down] = 0
    else:
        moved[down:] = 0
    if right > 0:
        moved[:, :right] = 0
    else:
        moved[:, right:] = 0
    return moved


@shift_image.misconception(
    "the first row everywhere",
    hint="Every row of the result is the first one: the row's index is missing where you read. The "
    "number at (r, c) comes from row r − down.",
)
def shift_image_first_row(image, down, right):
    return moved_by(np.repeat(image[:1], len(image), axis=0), down, right)


@shift_image.misconception(
    "moved by one",
    hint="The picture moves by one pixel in each direction, whatever the arguments are. Use down "
    "and right themselves.",
)
def shift_image_by_one(image, down, right):
    return moved_by(image, np.sign(down), np.sign(right))


@shift_image.misconception(
    "a larger picture",
    hint="The result is larger than the picture: zeros are put in front, and what leaves at the "
    "other side stays. Cut it to the shape of the picture.",
)
def shift_image_larger(image, down, right):
    rows, columns = (max(0, down), max(0, -down)), (max(0, right), max(0, -right))
    return np.pad(image, (rows, columns))


@shift_image.misconception(
    "or instead of and",
    hint="A pixel is taken where its row or its column lies inside. Both must: join the two "
    "comparisons by and.",
)
def shift_image_or(image, down, right):
    rows, columns = image.shape
    moved = np.zeros_like(image)
    for r in range(rows):
        for c in range(columns):
            if 0 <= r - down < rows or 0 <= c - right < columns:
                moved[r, c] = image[r - down, c - right]
    return moved


@shift_image.misconception(
    "last row and column left out",
    hint="The last row and column of the result stay 0: range(rows) already ends with rows − 1, so "
    "nothing has to be taken away from it.",
)
def shift_image_ranges_short(image, down, right):
    moved = moved_by(image, down, right)
    moved[-1], moved[:, -1] = 0, 0
    return moved


@shift_image.variant("padding")
def shift_image_padding(image, down, right):
    (rows, columns), margin = image.shape, max(abs(down), abs(right))
    padded = np.pad(image, margin)
    top, left = margin - down, margin - right
    return padded[top : top + rows, left : left + columns]


@shift_image.variant("roll and clear")
def shift_image_roll_clear(image, down, right):
    moved = np.roll(np.roll(image, down, axis=0), right, axis=1)
    if down >= 0:
        moved[:down] = 0
    else:
        moved[down:] = 0
    if right >= 0:
        moved[:, :right] = 0
    else:
        moved[:, right:] = 0
    return moved


@shift_image.variant("writing where it goes")
def shift_image_forward(image, down, right):
    rows, columns = image.shape
    moved = np.zeros((rows, columns), dtype=image.dtype)
    for r in range(rows):
        for c in range(columns):
            if 0 <= r + down < rows and 0 <= c + right < columns:
                moved[r + down, c + right] = image[r, c]
    return moved


# --- discussion ---------------------------------------------------------------------------------

discussion_03 = exercise(
    "discussion_03",
    praise="That is equivariance, and it holds for every kernel, away from the border.",
)
discussion_03.right("b")
discussion_03.wrong(
    "invariance",
    "a",
    "A filter finds the feature wherever it is, and it says so at the place where it is. Is the "
    "feature map then the same picture as before?",
)
discussion_03.wrong(
    "moved the other way",
    "c",
    "The kernel is reversed in both cases alike. In the experiment with the portrait, which way "
    "had the result moved?",
)
discussion_03.wrong(
    "symmetry",
    "d",
    "Symmetry decides whether convolution and correlation agree. The kernel of the experiment was "
    "not symmetric, and the result moved along all the same.",
)

# --- go further ---------------------------------------------------------------------------------

unsharp_kernel = exercise(
    "unsharp_kernel",
    aspects={"values": "the weights"},
    praise="Three steps have become one, because convolution distributes over addition.",
)


@unsharp_kernel.reference
def unsharp_kernel_reference(size, amount):
    mean = np.full((size, size), 1 / size**2)
    return centred(size, 0, 1) * (1 + amount) - amount * mean


unsharp_kernel.case("values", 3, 1)
unsharp_kernel.case("values", 5, 2.5)
unsharp_kernel.case("values", 3, 0)


@unsharp_kernel.misconception(
    "only the fine lines",
    hint="That kernel leaves only the fine lines; its sum is 0. The picture itself has to be in it "
    "too.",
)
def unsharp_kernel_lines(size, amount):
    return amount * (centred(size, 0, 1) - np.full((size, size), 1 / size**2))


@unsharp_kernel.misconception(
    "amount for the mean only",
    hint="The sum is not 1. The fine lines are the picture less its mean, so amount counts for "
    "both of these.",
)
def unsharp_kernel_mean(size, amount):
    return centred(size, 0, 1) - amount * np.full((size, size), 1 / size**2)


@unsharp_kernel.misconception(
    "blurred more",
    hint="This one blurs: the mean is added and the picture taken away. It is the other way round.",
)
def unsharp_kernel_blur(size, amount):
    return unsharp_kernel_reference(size, -amount)


@unsharp_kernel.misconception(
    "mean added",
    hint="You add the mean, so the sum is more than 1. The fine lines are the picture less its "
    "mean.",
)
def unsharp_kernel_added(size, amount):
    return centred(size, 0, 1) + amount * np.full((size, size), 1 / size**2)


@unsharp_kernel.variant("weight by weight")
def unsharp_kernel_loops(size, amount):
    kernel = np.full((size, size), -amount / size**2)
    kernel[size // 2, size // 2] += 1 + amount
    return kernel


@unsharp_kernel.variant("from the Laplace kernel")
def unsharp_kernel_laplace(size, amount):
    kernel = amount * np.asarray(centred(size, -1, size**2 - 1)) / size**2
    kernel[size // 2, size // 2] += 1
    return kernel


@unsharp_kernel.variant("with mean_kernel")
def unsharp_kernel_earlier(size, amount):
    identity = np.zeros((size, size))
    identity[size // 2, size // 2] = 1
    return identity + amount * (identity - mean_kernel(size))
