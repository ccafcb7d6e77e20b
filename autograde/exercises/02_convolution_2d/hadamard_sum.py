"""The sum of the products of numbers at the same place."""

import numpy as np

from convolab.exercises import Exercise

from .shared import OBLONG, SQUARE, whole_numbers

exercise = Exercise(
    points={"sum": 1, "errors": 1},
    says={"sum": "the sum of the products", "errors": "arrays of different shapes"},
    asks={"errors": "answer"},
    ready_made=("convolve_2d", "correlate_2d", "convolve_1d", "correlate_1d", "conv_2d", "conv_layer"),
)

@exercise.right
def hadamard_sum(a, b):
    if a.shape != b.shape:
        raise ValueError(f"shapes {a.shape} and {b.shape} differ")
    return float(np.sum(a.astype(float) * b))

@exercise.variant("loops")
def hadamard_sum_loops(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    total = 0.0
    for i in range(a.shape[0]):
        for j in range(a.shape[1]):
            total += float(a[i, j]) * float(b[i, j])
    return total

@exercise.variant("einsum")
def hadamard_sum_einsum(a, b):
    if np.shape(a) != np.shape(b):
        raise ValueError("shapes")
    return np.einsum("ij,ij->", a.astype(float), b.astype(float))

exercise.also("dot of flattened arrays", "raise ValueError(f\"shapes {a.shape} and {b.shape} differ\")\n    return float(np.sum(a.astype(float) * b))", "raise ValueError(\"shapes\")\n    return np.dot(a.ravel().astype(float), b.ravel().astype(float))")

exercise.shows("sum",
    (SQUARE / 2, np.array([[2.5, 0, 1], [-1, 3, 2], [1, 1, -5]])), (OBLONG, np.array([[2, 0, 1], [-1, 3, 2]])),
    (np.array([[250, 200, 90], [100, 3, 40]], dtype=np.uint8), np.array([[3, 2, 1], [4, 200, 5]], dtype=np.uint8)),
    (np.array([[250, 250], [250, 250], [250, 250]], dtype=np.uint8), np.array([[1, 1], [1, 1], [1, 1]], dtype=np.uint8)),
)
exercise.shows("errors", (np.array([[1.5, 2.0]]), np.array([[4.0, -1.0]])))
exercise.refuses("two tables of different shapes",
    (OBLONG, np.array([[1, 2, 3]])), (OBLONG, OBLONG.T),
    (np.arange(6).reshape(1, 6), np.arange(6).reshape(6, 1)),
)

@exercise.hidden
def hadamard_sum_hidden(rng):
    yield "sum", (whole_numbers(rng, 3, 4), whole_numbers(rng, 3, 4))
    yield "sum", (whole_numbers(rng, 2, 5) / 2, whole_numbers(rng, 2, 5) - 0.5)
    photo, weights = (rng.integers(low, high, (4, 4), dtype=np.uint8) for low, high in ((100, 255), (2, 9)))
    yield "sum", (photo, weights)
    yield "errors", (whole_numbers(rng, 3, 3), whole_numbers(rng, 3, 3))
    yield "errors", (whole_numbers(rng, 3, 4), whole_numbers(rng, 1, 4)), ValueError

exercise.slip("matrix product", "if a.shape != b.shape:\n        raise ValueError(f\"shapes {a.shape} and {b.shape} differ\")\n    return float(np.sum(a.astype(float) * b))", "return float(np.sum(a.astype(float) @ b))",
    hint="This is the matrix product, rows times columns. Here the two arrays lie on top of each other, and only numbers at the same place are multiplied: that is `*`, not `@`.")
exercise.slip("not added up", "np.dot(a.ravel().astype(float), b.ravel().astype(float))", "a.astype(float) * b", of="dot of flattened arrays",
    hint="The products come back as an array. Add them all up, so that a single number is left.")
exercise.slip("added up along one axis", "np.dot(a.ravel().astype(float), b.ravel().astype(float))", "sum(a.astype(float) * b)", of="dot of flattened arrays",
    hint="There is one sum for each column. Add up all the products, over both axes.")
exercise.slip("product of the sums", "np.dot(a.ravel().astype(float), b.ravel().astype(float))", "float(a.sum()) * float(b.sum())", of="dot of flattened arrays",
    hint="You multiply the sum of one by the sum of the other. Multiply place by place first, and add up after that.")
exercise.slip("products of small numbers wrap around", "np.dot(a.ravel().astype(float), b.ravel().astype(float))", "np.sum(a * b)", of="dot of flattened arrays",
    hint="For pictures (uint8) the result is too small: a product such as 250 · 3 goes past 255 and starts again at 0. Turn the numbers into floats before you multiply, and keep the result.")
exercise.slip("sum of small numbers wraps around", "np.dot(a.ravel().astype(float), b.ravel().astype(float))", "np.sum(a.astype(int) * b) % 256 if a.dtype == np.uint8 else np.sum(a * b)", of="dot of flattened arrays",
    hint="For pictures (uint8) the sum goes past 255 and starts again at 0: it is kept in the picture's small type. Let it be a float.")
exercise.slip("only the number of elements compared", "if a.shape != b.shape:\n        raise ValueError(f\"shapes {a.shape} and {b.shape} differ\")", "if a.size != b.size:\n        raise ValueError(\"sizes\")",
    hint="(1, 6) and (6, 1) have as many numbers as each other, and NumPy stretches both to (6, 6). Compare the shapes, not the sizes.")
exercise.slip("broadcasting", "    if a.shape != b.shape:\n        raise ValueError(f\"shapes {a.shape} and {b.shape} differ\")\n", "",
    hint="The sums are right. But NumPy stretches a (1, 3) array to (2, 3) without a word, so arrays of different shapes get an answer too: compare the shapes first.")
