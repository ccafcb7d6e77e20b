"""The bell exp(−(x² + y²) / 2σ²) around the centre, divided by its sum."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import refuse

exercise = Exercise(
    points={"kernel": 2, "errors": 1},
    says={"kernel": "the weights", "errors": "a size or a sigma that makes no sense"},
    asks={"errors": "answer"},
    ready_made=("mean_kernel", "gaussian_kernel", "laplace_kernel", "filter_image", "gradient_magnitude", "shift_image"),
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

exercise.right(ops.gaussian_kernel)

@exercise.variant("written out")
def gaussian_kernel(size, sigma):
    refuse_bell(size, sigma)
    kernel = bell(size, 1 / (2 * sigma**2))
    return kernel / kernel.sum()

@exercise.variant("loops")
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

@exercise.variant("outer product")
def gaussian_kernel_outer(size, sigma):
    if size < 1 or size % 2 == 0 or not sigma > 0:
        raise ValueError("no kernel")
    row = np.exp(-0.5 * ((np.arange(size) - size // 2) / sigma) ** 2)
    row = row / row.sum()
    return np.outer(row, row)

@exercise.variant("meshgrid")
def gaussian_kernel_mesh(size, sigma):
    if size < 1 or size % 2 != 1 or sigma <= 0:
        raise ValueError("no kernel")
    half = size // 2
    x, y = np.meshgrid(np.arange(-half, half + 1), np.arange(-half, half + 1))
    kernel = np.exp(-(x**2 + y**2) / (2 * sigma**2))
    return kernel / np.sum(kernel)

exercise.shows("kernel", (3, 1.0), (5, 2.0), (7, 0.75), (1, 3.0))
exercise.shows("errors", (3, 0.5))
exercise.refuses("an even size", (4, 1.0))
exercise.refuses("a sigma of 0 or less", (3, 0), (3, -1.5))
exercise.refuses("a size below 1", (-3, 1.0))
exercise.numpy_integers("errors", 5, 1.5)

@exercise.hidden
def gaussian_kernel_hidden(rng):
    for _ in range(3):
        yield "kernel", (2 * int(rng.integers(1, 6)) + 1, float(rng.uniform(0.6, 3)))
    yield "errors", (9, float(rng.uniform(0.6, 3)))
    yield "errors", (2 * int(rng.integers(1, 6)), 1.0), ValueError
    yield "errors", (5, -float(rng.uniform(0.6, 3))), ValueError

exercise.slip("not normalised", "kernel = bell(size, 1 / (2 * sigma**2))\n    return kernel / kernel.sum()", "return bell(size, 1 / (2 * sigma**2))",
    hint="The bell is right, but its weights do not add up to 1: divide all of them by their sum.")
exercise.slip("divided by 2πσ²", "kernel = bell(size, 1 / (2 * sigma**2))\n    return kernel / kernel.sum()", "return bell(size, 1 / (2 * sigma**2)) / (2 * np.pi * sigma**2)",
    hint="Dividing by 2πσ² is right for the endless bell. For a few samples the sum differs a little: divide by the sum of the weights themselves.")
exercise.slip("divided by the number of weights", "kernel = bell(size, 1 / (2 * sigma**2))\n    return kernel / kernel.sum()", "return bell(size, 1 / (2 * sigma**2)) / size**2",
    hint="You divided by the number of weights. They are not equal here: divide by their sum.")
exercise.slip("sigma not squared", "sigma**2", "sigma",
    hint="The bell has another width: the exponent is divided by 2σ, where 2σ² belongs. With σ = 1 nobody would notice.")
exercise.slip("2 forgotten", "1 / (2 * sigma**2)", "1 / sigma**2",
    hint="The bell is too narrow: the exponent is divided by σ², where 2σ² belongs.")
exercise.slip("brackets forgotten", "1 / (2 * sigma**2)", "sigma**2 / 2",
    hint="In your exponent σ² multiplies, and it should divide. Python works from left to right, so put 2σ² in brackets.")
exercise.slip("minus forgotten", "1 / (2 * sigma**2)", "-1 / (2 * sigma**2)",
    hint="The weights grow towards the corners: the exponent should be negative, so that what is far away counts little.")
exercise.slip("counted from the corner", "1 / (2 * sigma**2)", "1 / (2 * sigma**2), centre=0",
    hint="The bell has its top in the corner: x and y are counted from row 0 and column 0. Count them from the centre, size // 2.")
exercise.slip("centre at size / 2", "1 / (2 * sigma**2)", "1 / (2 * sigma**2), centre=size / 2",
    hint="The bell's top is between two pixels: size / 2 is 1.5 for a size of 3. The centre is the place size // 2, rounded down.")
exercise.slip("distance not squared", "kernel = bell(size, 1 / (2 * sigma**2))", "x = np.arange(size) - size // 2\n    kernel = np.exp(-np.hypot(x[:, None], x[None, :]) / (2 * sigma**2))",
    hint="The exponent takes the distance √(x² + y²). It should take its square, x² + y², without a root.")
exercise.slip("one direction only", "kernel = bell(size, 1 / (2 * sigma**2))", "x = np.arange(size) - size // 2\n    kernel = np.tile(np.exp(-(x**2) / (2 * sigma**2)), (size, 1))",
    hint="All rows are alike: only x takes part. Weights above and below the centre should shrink with y too.")
exercise.slip("one row", "kernel = bell(size, 1 / (2 * sigma**2))\n    return kernel / kernel.sum()", "row = bell(size, 1 / (2 * sigma**2))[size // 2]\n    return row / row.sum()",
    hint="That is one row of the bell, as in the worked example. The kernel has size rows and size columns.")
exercise.slip("even size accepted", "refuse_bell(size, sigma)", "refuse_bell(3, sigma)",
    hint="The weights are right. An even size has no pixel in the centre: raise a ValueError.")

def no_width(size, sigma):
    """The bell in plain loops, where a sigma of 0 ends in a division by 0."""
    kernel = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            distance = (i - size // 2) ** 2 + (j - size // 2) ** 2
            kernel[i, j] = np.exp(-distance / (2 * sigma**2))
    return kernel / kernel.sum()

exercise.slip("sigma 0 accepted", "refuse_bell(size, sigma)\n    kernel = bell(size, 1 / (2 * sigma**2))\n    return kernel / kernel.sum()", "refuse(size)\n    if sigma < 0:\n        raise ValueError(\"sigma\")\n    return no_width(size, sigma)",
    hint="The weights are right, and a negative sigma is refused. A sigma of 0 makes no bell either: raise a ValueError for it too.")
exercise.slip("sigma not checked", "refuse_bell(size, sigma)\n    kernel = bell(size, 1 / (2 * sigma**2))\n    return kernel / kernel.sum()", "refuse(size)\n    return no_width(size, sigma)",
    hint="The weights are right, and so is the check of the size. Sigma needs one as well: raise a ValueError unless it is above 0.")
exercise.slip("errors forgotten", "refuse_bell(size, sigma)\n    kernel = bell(size, 1 / (2 * sigma**2))\n    return kernel / kernel.sum()", "return no_width(size, sigma)",
    hint="The weights are right. What is missing are the ValueErrors, for an even size and for a sigma that is not above 0.")
exercise.slip("negative sigma accepted", "refuse_bell(size, sigma)", "refuse_bell(size, abs(sigma))",
    hint="The weights are right. A sigma below 0 is no width, though its square is positive: raise a ValueError for it.")
exercise.slip("first row only", "kernel = bell(size, 1 / (2 * sigma**2))", "kernel = np.zeros((size, size))\n    kernel[0] = bell(size, 1 / (2 * sigma**2))[0]",
    hint="Only the first row holds numbers: the return is inside a loop. Move it to the left, after both loops.")
exercise.slip("x and y added before squaring", "kernel = bell(size, 1 / (2 * sigma**2))", "x = np.arange(size) - size // 2\n    kernel = np.exp(-((x[:, None] + x[None, :]) ** 2) / (2 * sigma**2))",
    hint="You square the sum of x and y. Square each on its own, and add the squares.")
exercise.slip("minus for one of the squares", "kernel = bell(size, 1 / (2 * sigma**2))", "x = np.arange(size) - size // 2\n    kernel = np.exp((x[None, :] ** 2 - x[:, None] ** 2) / (2 * sigma**2))",
    hint="The minus sign belongs to one of the two squares only. Put brackets round x² + y².")
exercise.slip("centre at (1, 1)", "1 / (2 * sigma**2)", "1 / (2 * sigma**2), centre=1",
    hint="The top of the bell is at row 1, column 1 for every size. The centre of a 5 × 5 kernel is (2, 2), in general size // 2.")
exercise.slip("half of the size rounded the wrong way", "1 / (2 * sigma**2)", "1 / (2 * sigma**2), centre=(size + 1) // 2",
    hint="Your places are not symmetric: in Python `-size // 2` is −2 for 3, as // rounds down after the minus. Write `-(size // 2)`.")
exercise.slip("each row divided by its own sum", "kernel.sum()", "kernel.sum(axis=0)",
    hint="Each row, or each column, adds up to 1, so all together they are too large. Divide by the sum of all weights, `kernel.sum()` without an axis.")
exercise.slip("zeros made inside the loop", "kernel = bell(size, 1 / (2 * sigma**2))\n    return kernel / kernel.sum()", "kernel = np.zeros((size, size))\n    kernel[-1, -1] = 1\n    return kernel",
    hint="Only the last weight is left, all others are 0: is the array of zeros made inside a loop? Make it once, before both.")
exercise.slip("equal weights", "kernel = bell(size, 1 / (2 * sigma**2))\n    return kernel / kernel.sum()", "return np.full((size, size), 1 / size**2)",
    hint="All weights are equal: that is the mean. Each should depend on its distance from the centre, so the loops' i and j must take part in the formula.")
exercise.slip("bells of row and column added", "kernel = bell(size, 1 / (2 * sigma**2))", "row = bell(size, 1 / (2 * sigma**2))[size // 2]\n    kernel = row[:, None] + row",
    hint="You add the bell of the row and the bell of the column. x² and y² are added in the exponent, so the two bells are multiplied.")
exercise.slip("whole numbers", "bell(size, 1 / (2 * sigma**2))", "bell(size, 1 / (2 * sigma**2)).astype(int)",
    hint="Only the centre holds a number: the array is one of whole numbers, and rounds all the others down to 0. `np.zeros` makes floats where nothing else is said.")
