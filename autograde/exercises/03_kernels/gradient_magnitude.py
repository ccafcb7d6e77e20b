"""√(gx² + gy²) at every place where a 3 × 3 kernel fits."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .filter_image import filter_image
from .shared import IMAGE, PHOTO, TALL, centred, photo, whole_numbers

exercise = Exercise(
    points={"numbers": 3, "pictures": 1},
    says={"numbers": "any numbers", "pictures": "pictures of dtype uint8"},
    ready_made=("mean_kernel", "gaussian_kernel", "laplace_kernel", "filter_image", "gradient_magnitude", "shift_image"),
)

SOBEL = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])

def both(image, across=None, down=None, mode="valid"):
    """gx and gy, by Sobel's kernels where no others are given."""
    across = np.array(SOBEL) if across is None else across
    down = across.T if down is None else down
    return ops.convolve_2d(image, across, mode), ops.convolve_2d(image, down, mode)

exercise.right(ops.gradient_magnitude)

@exercise.variant("written out")
def gradient_magnitude(image):
    gx, gy = both(image)
    return np.sqrt(gx**2 + gy**2)

@exercise.variant("hypot")
def gradient_magnitude_hypot(image):
    down = [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]
    return np.hypot(
        ops.convolve_2d(image, np.array(down).T, "valid"), ops.convolve_2d(image, down, "valid")
    )

@exercise.variant("correlation")
def gradient_magnitude_correlation(image):
    gx = ops.correlate_2d(image.astype(float), SOBEL, "valid")
    gy = ops.correlate_2d(image.astype(float), np.transpose(SOBEL), "valid")
    return (gx**2 + gy**2) ** 0.5

@exercise.variant("place by place")
def gradient_magnitude_loops(image):
    rows, columns = image.shape
    result = np.zeros((rows - 2, columns - 2))
    for r in range(rows - 2):
        for c in range(columns - 2):
            patch = image[r : r + 3, c : c + 3].astype(float)
            gx, gy = np.sum(patch * SOBEL), np.sum(patch * np.transpose(SOBEL))
            result[r, c] = np.sqrt(gx * gx + gy * gy)
    return result

exercise.shows("numbers", (IMAGE,), (TALL,), TALL.T / 2)
exercise.shows("pictures", (PHOTO,), (PHOTO[1:, 2:],))

@exercise.hidden
def gradient_magnitude_hidden(rng):
    yield "numbers", (whole_numbers(rng, 5, 6),)
    yield "numbers", (whole_numbers(rng, 3, 7) / 2,)
    yield "pictures", (photo(rng, 6, 4),)

exercise.slip("left and right only", "gx, gy = both(image)\n    return np.sqrt(gx**2 + gy**2)", "return np.abs(both(image)[0])",
    hint="Only the comparison of left and right is in it. The second kernel, above against below, is missing.")
exercise.slip("above and below only", "gx, gy = both(image)\n    return np.sqrt(gx**2 + gy**2)", "return np.abs(both(image)[1])",
    hint="Only the comparison of above and below is in it. The other kernel, left against right, is missing.")
exercise.slip("sizes added", "np.sqrt(gx**2 + gy**2)", "np.abs(gx) + np.abs(gy)",
    hint="You add the sizes, |gx| + |gy|. That is the way round the corner; the straight way is the root of gx² + gy².")
exercise.slip("gx and gy added", "np.sqrt(gx**2 + gy**2)", "gx + gy",
    hint="You add gx and gy, and where one is negative they cancel. Square both first, add, and take the root.")
exercise.slip("root of the squared sum", "np.sqrt(gx**2 + gy**2)", "np.abs(gx + gy)",
    hint="You square the sum of gx and gy. Square each on its own, and then add the squares.")
exercise.slip("no root", "np.sqrt(gx**2 + gy**2)", "gx**2 + gy**2",
    hint="That is gx² + gy². The root is missing.")
exercise.slip("the larger of the two", "np.sqrt(gx**2 + gy**2)", "np.maximum(np.abs(gx), np.abs(gy))",
    hint="You take the larger of the two. Both count: the root of gx² + gy².")
exercise.slip("the same kernel twice", "gx, gy = both(image)\n    return np.sqrt(gx**2 + gy**2)", "gx = both(image)[0]\n    return np.sqrt(2 * gx**2)",
    hint="Both results compare left with right. Reversing that kernel gives only its negative; the second one is its transpose, with rows and columns swapped.")
exercise.slip("one sign wrong", "gx, gy = both(image)", "wrong = np.array([[1, 0, -1], [2, 0, -2], [1, 0, 1]])\n    gx, gy = both(image, wrong, np.transpose(SOBEL))",
    hint="A flat picture does not give 0, so one of the kernels does not add up to 0: a sign in a corner is wrong.")
exercise.slip("equal weights", "both(image)", "both(image, np.array([[1, 0, -1]] * 3))",
    hint="All three weights of a side are 1. That is Prewitt's kernel; in Sobel's the middle one counts twice.")
exercise.slip("mode same", "both(image)", "both(image, mode=\"same\")",
    hint="The result is as large as the image, and its frame lights up, because zeros outside make an edge. Ask for mode valid.")
exercise.slip("mode full", "both(image)", "both(image, mode=\"full\")",
    hint="The result is larger than the image: that is mode full. Ask for mode valid.")
exercise.slip("clipped on the way", "both(image)", "(np.clip(np.rint(g), 0, 255) for g in both(image))",
    hint="gx and gy have been clipped, for instance by `filter_image`, so all that is negative is lost. Use `ops.convolve_2d`, which keeps it.")
exercise.slip("clipped at the end", "np.sqrt(gx**2 + gy**2)", "np.clip(np.sqrt(gx**2 + gy**2), 0, 255)",
    hint="The result is clipped to 255. It need not be a picture: leave the numbers alone.")
exercise.slip("rounded", "np.sqrt(gx**2 + gy**2)", "np.rint(np.sqrt(gx**2 + gy**2))",
    hint="The results are whole numbers. Keep the decimals: they are floats, not a picture.")
exercise.slip("computed in uint8", "return np.sqrt(gx**2 + gy**2)", "if image.dtype == np.uint8:\n        gx, gy = gx % 256, gy % 256\n    return np.sqrt(gx**2 + gy**2)",
    hint="For pictures the differences are wrong: in uint8, 3 − 5 is 254. Turn the picture into floats first.")
exercise.slip("by filter_image, in uint8", "both(image)", "(filter_image(image, kernel)[1:-1, 1:-1] for kernel in (SOBEL, SOBEL.T))",
    hint="`filter_image` gives pictures: what is negative is lost, and in uint8 the squares begin again at 0 after 255. Use `ops.convolve_2d`, which keeps floats.")
exercise.slip("by filter_image, in uint8 and mode same", "both(image)", "(filter_image(image, kernel) for kernel in (SOBEL, SOBEL.T))",
    hint="`filter_image` gives pictures as large as the image, without what is negative, and in uint8 the squares begin again at 0. Use `ops.convolve_2d` in mode valid.")
exercise.slip("half instead of the root", "np.sqrt(gx**2 + gy**2)", "(gx**2 + gy**2) / 2",
    hint="`** 1/2` halves it, since Python raises to the power 1 first. Write `** 0.5`, or `np.sqrt`.")
exercise.slip("squares subtracted", "gx**2 + gy**2", "np.abs(gx**2 - gy**2)",
    hint="You take one square away from the other. Pythagoras adds them.")
exercise.slip("Laplace's kernel", "gx, gy = both(image)\n    return np.sqrt(gx**2 + gy**2)", "return np.abs(ops.convolve_2d(image, centred(3, -1, 8), \"valid\"))",
    hint="That is the Laplace kernel's answer. Two kernels are needed here, across and down.")
exercise.slip("corners counted twice", "both(image)", "both(image, np.array([[2, 0, -2], [1, 0, -1], [2, 0, -2]]))",
    hint="On each side of yours the corners count twice and the middle once. It is the middle that counts twice.")
exercise.slip("one kernel after the other", "gx, gy = both(image)\n    return np.sqrt(gx**2 + gy**2)", "gx = ops.convolve_2d(image, SOBEL, \"same\")\n    return np.abs(ops.convolve_2d(gx, SOBEL.T, \"valid\"))",
    hint="You convolve with one kernel and its result with the other. Both look at the image itself, and their results are put together after that.")

@exercise.wrong("differences and squares in uint8",
    hint="For pictures, differences and squares are computed in uint8, where 3 − 5 is 254 and 20² is 144. Turn the picture into floats before anything else.")
def gradient_magnitude_uint8_squares(image):
    left, right = image[:, :-2], image[:, 2:]
    above, below = image[:-2], image[2:]
    gx = (right - left)[:-2] + 2 * (right - left)[1:-1] + (right - left)[2:]
    gy = (below - above)[:, :-2] + 2 * (below - above)[:, 1:-1] + (below - above)[:, 2:]
    return np.sqrt(gx**2 + gy**2)

@exercise.wrong("differences in uint8, root by np.hypot",
    hint="For pictures, slices are subtracted in uint8, where 3 − 5 is 254; `np.hypot` comes too late to help. Turn the picture into floats first.")
def gradient_magnitude_uint8_hypot(image):
    left, right = image[:, :-2], image[:, 2:]
    above, below = image[:-2], image[2:]
    gx = (right - left)[:-2] + 2 * (right - left)[1:-1] + (right - left)[2:]
    gy = (below - above)[:, :-2] + 2 * (below - above)[:, 1:-1] + (below - above)[:, 2:]
    return np.hypot(gx, gy)
