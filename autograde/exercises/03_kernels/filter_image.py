"""The convolution of a picture with a kernel, as a picture again."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import PHOTO, photo, whole_numbers

exercise = Exercise(
    points={"inside": 1.75, "clipping": 1.75, "dtype": 0.5},
    says={
        "inside": "results between 0 and 255",
        "clipping": "results below 0 and above 255",
        "dtype": "a picture again: an array of dtype uint8",
    },
    asks={"dtype": "dtype"},
    ready_made=("mean_kernel", "gaussian_kernel", "laplace_kernel", "filter_image", "gradient_magnitude", "shift_image"),
)

# In sixteenths, so that sums are exact; no result of a case is a half.
SOFT = np.array([[5, 1, 0], [3, 0, 0], [0, 1, 5]]) / 16

SLOPE = np.array([[2, 0, -1], [1, 1, -2], [0, 3, -1]])

SHARP = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])

def convolved(image, kernel):
    return ops.convolve_2d(image, kernel, "same")

exercise.right(ops.filter_image)

@exercise.variant("written out")
def filter_image(image, kernel):
    return np.clip(np.rint(convolved(image, kernel)), 0, 255).astype(np.uint8)

@exercise.variant("half added, rounded down")
def filter_image_half(image, kernel):
    values = ops.convolve_2d(image.astype(float), kernel, "same")
    return np.clip(np.floor(values + 0.5), 0, 255).astype(np.uint8)

@exercise.variant("masks")
def filter_image_masks(image, kernel):
    values = np.round(ops.convolve_2d(image, kernel, mode="same"))
    values[values < 0] = 0
    values[values > 255] = 255
    return values.astype("uint8")

@exercise.variant("pixel by pixel")
def filter_image_loops(image, kernel):
    values = ops.convolve_2d(image, kernel, "same")
    result = np.zeros(image.shape, dtype=np.uint8)
    for r in range(image.shape[0]):
        for c in range(image.shape[1]):
            result[r, c] = min(max(round(values[r, c]), 0), 255)
    return result

exercise.shows("inside",
    (PHOTO, SOFT), (PHOTO[:3, :4], np.array([[3, 5, 5]]) / 16),
    (PHOTO, np.array([[3, 0], [0, 5], [2, 5]]) / 16), (PHOTO[:1, :1], SOFT),
)
exercise.shows("clipping", (PHOTO, SHARP), (PHOTO, SLOPE), (PHOTO[:, :3], np.array([[1.3, 0.2, -0.6]])), (np.array([[128, 127], [3, 129]], dtype=np.uint8), np.array([[2]])))
exercise.shows("dtype", (PHOTO[:2, :3], SOFT), (PHOTO[:2, :3], SHARP))

@exercise.hidden
def filter_image_hidden(rng):
    for shape in ((3, 3), (1, 3), (5, 1), (2, 4)):
        weights = rng.integers(1, 9, shape)
        # no result is near a half: 2 · weights.sum() is odd · 2, and sums of whole numbers over it
        yield "inside", (photo(rng, 6, 7), weights / (weights.sum() | 1))
        yield "clipping", (photo(rng, 6, 7), whole_numbers(rng, *shape))

exercise.slip("wraps around", "np.clip(np.rint(convolved(image, kernel)), 0, 255)", "(np.rint(convolved(image, kernel)).astype(int) % 256)",
    hint="Results above 255 begin again at 0, and negative ones become bright: 300 gives 44. Clip to 0 … 255 before the dtype is changed.")
exercise.slip("neither rounded nor clipped", "np.clip(np.rint(convolved(image, kernel)), 0, 255)", "(np.trunc(convolved(image, kernel)).astype(int) % 256)",
    hint="The dtype is changed at once. Before that, round to the nearest whole number and clip to 0 … 255; otherwise 300 gives 44, and 41.7 gives 41.")
exercise.slip("truncated", "np.rint(convolved(image, kernel))", "convolved(image, kernel)",
    hint="Some results are 1 too small: 41.7 became 41. Changing the dtype cuts the decimals off; round before that.")
exercise.slip("rounded up", "np.rint", "np.ceil",
    hint="Some results are 1 too large: you round up. Round to the nearest whole number.")
exercise.slip("still floats", "np.clip(np.rint(convolved(image, kernel)), 0, 255).astype(np.uint8)", "np.clip(convolved(image, kernel), 0, 255)",
    hint="The results are clipped, but they still have decimals. Round them, and make them uint8.")
exercise.slip("not a picture yet", "np.clip(np.rint(convolved(image, kernel)), 0, 255).astype(np.uint8)", "convolved(image, kernel)",
    hint="That is the plain convolution, with decimals, negative numbers and numbers above 255. Round, clip, and make it uint8.")
exercise.slip("rounded, not clipped", "np.clip(np.rint(convolved(image, kernel)), 0, 255).astype(np.uint8)", "np.rint(convolved(image, kernel))",
    hint="The results are rounded, but some lie below 0 or above 255. Clip them.")
exercise.slip("made positive", "convolved(image, kernel)", "np.abs(convolved(image, kernel))",
    hint="Negative results have become positive. Clipping makes them 0: an edge that gets darker is not one that gets brighter.")
exercise.slip("stretched instead of clipped", "return np.clip(np.rint(convolved(image, kernel)), 0, 255).astype(np.uint8)", "values = convolved(image, kernel)\n    values = (values - values.min()) / (values.max() - values.min())\n    return np.rint(255 * values).astype(np.uint8)",
    hint="You stretch the results so that the lowest is 0 and the highest 255. That is fine for looking; here results stay as they are, and only what is outside is clipped.")

@exercise.wrong("clipped between steps",
    hint="You clip while the products are still being added. A sum may go below 0 or above 255 and come back: clip once, at the very end.")
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

exercise.slip("only negative results clipped", "return np.clip(np.rint(convolved(image, kernel)), 0, 255).astype(np.uint8)", "values = np.rint(np.maximum(convolved(image, kernel), 0))\n    return (values.astype(int) % 256).astype(np.uint8)",
    hint="Negative results are 0, as they should be. Those above 255 begin again at 0: clip at both ends.")
exercise.slip("only large results clipped", "return np.clip(np.rint(convolved(image, kernel)), 0, 255).astype(np.uint8)", "values = np.rint(np.minimum(convolved(image, kernel), 255))\n    return (values.astype(int) % 256).astype(np.uint8)",
    hint="Results above 255 are clipped, as they should be. Negative ones come out bright: clip at both ends.")

@exercise.wrong("kernel not reversed",
    hint="The kernel is not reversed: that is the correlation. Use the convolution, or reverse the kernel along both axes, once.")
def filter_image_correlates(image, kernel):
    values = ops.correlate_2d(image, kernel, "full")
    top, left = (kernel.shape[0] - 1) // 2, (kernel.shape[1] - 1) // 2
    values = values[top : top + image.shape[0], left : left + image.shape[1]]
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)

exercise.slip("mode full", "convolved", "ops.convolve_2d",
    hint="The result is larger than the picture: that is mode full. Ask for mode same.")
exercise.slip("mode valid", "convolved(image, kernel)", "ops.convolve_2d(image, kernel, \"valid\")",
    hint="The result is smaller than the picture: that is mode valid. Ask for mode same.")
exercise.slip("clipped to 256", "return np.clip(np.rint(convolved(image, kernel)), 0, 255).astype(np.uint8)", "values = np.clip(np.rint(convolved(image, kernel)), 0, 256)\n    return (values.astype(int) % 256).astype(np.uint8)",
    hint="You clip to 256, which is one too many for uint8 and comes out as 0. White is 255.")
exercise.slip("picture and kernel swapped", "return np.clip(np.rint(convolved(image, kernel)), 0, 255).astype(np.uint8)", "values = ops.convolve_2d(kernel, image, \"same\")\n    return np.clip(np.rint(values), 0, 255).astype(np.uint8)",
    hint="The result has the shape of the kernel: mode same keeps the shape of the first argument, so the picture comes first.")
exercise.slip("divided by the kernel's sum", "return np.clip(np.rint(convolved(image, kernel)), 0, 255).astype(np.uint8)", "values = convolved(image, kernel) / np.sum(kernel)\n    return np.clip(np.rint(values), 0, 255).astype(np.uint8)",
    hint="You divide by the sum of the weights. The kernel is used as it is: whoever made it chose its sum.")
exercise.slip("kernel in whole numbers", "return np.clip(np.rint(convolved(image, kernel)), 0, 255).astype(np.uint8)", "values = convolved(image, kernel.astype(int))\n    return np.clip(np.rint(values), 0, 255).astype(np.uint8)",
    hint="The kernel's weights have lost their fractions: 0.3 became 0. Leave its dtype alone; only the result becomes uint8, at the end.")
