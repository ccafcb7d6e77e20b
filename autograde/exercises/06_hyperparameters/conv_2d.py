"""The correlation of an image with a kernel, with stride and a frame of zeros."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .output_size import output_size
from .shared import places, refuse

exercise = Exercise(
    says={
        "plain": "stride 1, no padding",
        "stride": "other strides",
        "padding": "a frame of zeros",
        "errors": "sizes that are impossible",
    },
    asks={"errors": "answer"},
    ready_made=("conv_2d", "correlate_2d", "convolve_2d", "conv_layer", "conv_forward"),
)

def whole_numbers(rng, *shape):
    """Small whole numbers with both signs, none of them 0."""
    return rng.integers(1, 10, shape) * rng.choice([-1, 1], shape)

def laid_on(image, kernel, stride=1, padding=0):
    """The correlation with stride and padding, without any refusal."""
    h, w = kernel.shape
    padded = np.pad(image.astype(float), padding)
    rows = (padded.shape[0] - h) // stride + 1
    columns = (padded.shape[1] - w) // stride + 1
    result = np.zeros((max(rows, 0), max(columns, 0)))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            result[i, j] = np.sum(padded[top : top + h, left : left + w] * kernel)
    return result

def strictly(image, kernel, stride=1, padding=0):
    """The right answer to conv_2d, for others to go wrong from."""
    for i, r in zip(image.shape, kernel.shape, strict=True):
        places(i, r, padding, stride)
    return laid_on(image, kernel, stride, padding)

exercise.right(ops.conv_2d)

@exercise.variant("written out")
def conv_2d(image, kernel, stride=1, padding=0):
    return strictly(image, kernel, stride, padding)

@exercise.variant("windows, every stride-th")
def conv_2d_windows(image, kernel, stride=1, padding=0):
    for i, r in zip(image.shape, kernel.shape, strict=True):
        output_size(i, r, padding, stride)
    padded = np.pad(image.astype(float), padding)
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)
    return np.einsum("rcij,ij->rc", windows[::stride, ::stride], kernel.astype(float))

@exercise.variant("shift and add")
def conv_2d_shifts(image, kernel, stride=1, padding=0):
    rows = output_size(image.shape[0], kernel.shape[0], padding, stride)
    columns = output_size(image.shape[1], kernel.shape[1], padding, stride)
    padded = np.pad(image.astype(float), padding)
    result = np.zeros((rows, columns))
    for (i, j), weight in np.ndenumerate(kernel):
        bottom, right = i + (rows - 1) * stride + 1, j + (columns - 1) * stride + 1
        result += float(weight) * padded[i:bottom:stride, j:right:stride]
    return result

@exercise.variant("four loops")
def conv_2d_loops(image, kernel, stride=1, padding=0):
    rows = output_size(image.shape[0], kernel.shape[0], padding, stride)
    columns = output_size(image.shape[1], kernel.shape[1], padding, stride)
    result = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            for i in range(kernel.shape[0]):
                for j in range(kernel.shape[1]):
                    y, x = row * stride + i - padding, column * stride + j - padding
                    if 0 <= y < image.shape[0] and 0 <= x < image.shape[1]:
                        result[row, column] += float(image[y, x]) * float(kernel[i, j])
    return result

IMAGE = np.array(
    [
        [2, -1, 3, 5, 1, 4, -6],
        [4, 0, -2, 7, 3, -3, 8],
        [6, 8, 1, -3, 2, 9, -1],
        [-5, 3, 4, 2, -7, 6, 5],
        [1, -4, 9, -2, 8, 3, 7],
    ]
)

SQUARE = np.array([[1, 2, -3], [0, 4, 5], [7, -1, 6]])

OBLONG = np.array([[1, -2, 3], [5, 7, -4]])

TALL = np.array([[1, 3], [-2, 5], [4, 7]])

BRIGHT = np.array([[250, 200, 90], [120, 255, 30], [240, 7, 60]], dtype=np.uint8)
exercise.shows("plain",
    (IMAGE, SQUARE), (IMAGE, TALL / 2), (IMAGE, OBLONG),
    (BRIGHT, np.array([[3, 2], [1, 4]], dtype=np.uint8)), (IMAGE[:3, :3], SQUARE),
)
exercise.shows("stride",
    (IMAGE, SQUARE, 2), (IMAGE[:4], OBLONG, 2), (IMAGE, np.array([[1, -2, 3, 5], [4, 6, -1, 2]]), 3),
)
exercise.shows("padding",
    (IMAGE, SQUARE, 1, 1), (IMAGE, TALL, 1, 2), (IMAGE, SQUARE, 2, 1),
    (IMAGE[:4, :6], np.array([[2, -1], [3, 4]]), 2, 1),
)
exercise.shows("errors", (IMAGE[:3, :3], SQUARE))
exercise.refuses("a stride that does not come out even", (IMAGE[:4], SQUARE, 2), (IMAGE[:, :6], SQUARE, 2))
exercise.refuses("a kernel larger than the picture", (IMAGE[:2], SQUARE), (IMAGE[:, :2], SQUARE))
exercise.refuses("a stride below 1", (IMAGE, SQUARE, 0))
exercise.refuses("a padding below 0", (IMAGE, SQUARE, 1, -1))
exercise.numpy_integers("errors", IMAGE[:3, :3], SQUARE, 2, 1)

@exercise.hidden
def conv_2d_hidden(rng):
    for shape in ((1, 1), (2, 3), (3, 2), (3, 3)):
        kernel = whole_numbers(rng, *shape)
        yield "plain", (whole_numbers(rng, 5, 6) - 0.5, kernel / 2)
        for stride in (2, 3):
            rows, columns = 2 * stride + shape[0], stride + shape[1]
            yield "stride", (whole_numbers(rng, rows, columns), kernel, stride)
        yield "padding", (whole_numbers(rng, 4, 5), kernel, 1, int(rng.integers(1, 3)))
    yield "padding", (whole_numbers(rng, 7, 5), whole_numbers(rng, 3, 3), 2, 1)
    yield "padding", (whole_numbers(rng, 5, 5), whole_numbers(rng, 3, 3), 4, 1)
    yield "errors", (whole_numbers(rng, 3, 4), whole_numbers(rng, 3, 4))
    yield "errors", (whole_numbers(rng, 6, 7), whole_numbers(rng, 3, 3), 2), ValueError
    yield "errors", (whole_numbers(rng, 3, 7), whole_numbers(rng, 6, 2), 1, 1), ValueError

exercise.slip("kernel reversed", "strictly(image, kernel, stride, padding)", "strictly(image, kernel[::-1, ::-1], stride, padding)",
    hint="You reverse the kernel. Layers of a network correlate: use the kernel as it is written.")
exercise.slip("stride in the size only", "return strictly(image, kernel, stride, padding)", "right = strictly(image, kernel, stride, padding)\n    return laid_on(image, kernel, 1, padding)[: right.shape[0], : right.shape[1]]",
    hint="The output has the right size, but its windows are one step apart: window i begins at row i · stride.")
exercise.slip("stride for rows only", "return strictly(image, kernel, stride, padding)", "strictly(image, kernel, stride, padding)\n    return laid_on(image, kernel, 1, padding)[::stride]",
    hint="Downwards the windows follow the stride, to the right they go one by one. The stride belongs to both directions.")
exercise.slip("stride ignored", "return strictly(image, kernel, stride, padding)", "strictly(image, kernel, stride, padding)\n    return laid_on(image, kernel, 1, padding)",
    hint="The stride is not used: your windows go one by one.")
exercise.slip("padding ignored", "return strictly(image, kernel, stride, padding)", "strictly(image, kernel, stride, padding)\n    return laid_on(image, kernel, stride)",
    hint="The padding is not used: put the frame of zeros around the image first, then cut the windows out of that.")
exercise.slip("padding after the stride", "return strictly(image, kernel, stride, padding)", "strictly(image, kernel, stride, padding)\n    return np.pad(laid_on(image, kernel, stride), padding)",
    hint="The zeros are around the output. They belong around the image, before the kernel slides over it.")
exercise.slip("padding at the top left only", "return strictly(image, kernel, stride, padding)", "strictly(image, kernel, stride, padding)\n    return laid_on(np.pad(image, ((padding, 0), (padding, 0))), kernel, stride)",
    hint="The zeros are above and on the left only. A padding of P is P zeros on every side.")
exercise.slip("edge repeated", "return strictly(image, kernel, stride, padding)", "strictly(image, kernel, stride, padding)\n    return laid_on(np.pad(image, padding, mode=\"edge\"), kernel, stride)",
    hint="Your frame repeats the numbers at the edge. Here it is made of zeros.")
exercise.slip("size without the padding", "return strictly(image, kernel, stride, padding)", "right = strictly(image, kernel, stride, padding)\n    rows, columns = laid_on(image, kernel, stride).shape\n    return right[:rows, :columns]",
    hint="With padding, part of the output is missing: give `output_size` the padding as well, or the rows and columns of the padded image.")
exercise.slip("padded twice", "strictly(image, kernel, stride, padding)", "strictly(np.pad(image, padding) if padding > 0 else image, kernel, stride, padding)",
    hint="The padding counts twice: if the image is padded already, its size needs no padding any more.")

@exercise.wrong("size of the padded image, padded again",
    hint="Where there is padding it counts twice: `output_size` gets the padded image and the padding as well, so the last windows hang over the edge.")
def conv_2d_size_padded_twice(image, kernel, stride=1, padding=0):
    padded = np.pad(image.astype(float), padding)
    (h, w), (high, wide) = kernel.shape, padded.shape
    result = np.zeros((places(high, h, padding, stride), places(wide, w, padding, stride)))
    for i in range(result.shape[0]):
        for j in range(result.shape[1]):
            top, left = i * stride, j * stride
            result[i, j] = np.sum(padded[top : top + h, left : left + w] * kernel)
    return result

exercise.slip("stride and padding swapped", "return strictly(image, kernel, stride, padding)", "for i, r in zip(image.shape, kernel.shape, strict=True):\n        places(i, r, stride, padding)\n    raise ValueError(\"operands could not be broadcast together\")",
    hint="Python stops with a ValueError even for stride 1 without padding: `output_size(i, r, p, s)` takes the padding before the stride.")
exercise.slip("square kernels only", "return strictly(image, kernel, stride, padding)", "strictly(image, kernel, stride, padding)\n    h, w = kernel.shape\n    square = np.zeros((h, h))\n    square[:, : min(h, w)] = kernel[:, :h]\n    return laid_on(image, square, stride, padding)",
    hint="It is right for square kernels only: is the number of the kernel's rows used for its columns too?")
exercise.slip("rows and columns of the result swapped", "strictly(image, kernel, stride, padding)", "strictly(image, kernel, stride, padding).T",
    hint="The numbers are right, but rows and columns of the result are swapped.")
exercise.slip("last window lost", "strictly(image, kernel, stride, padding)", "strictly(image, kernel, stride, padding)[:-1, :-1]",
    hint="The last row and the last column of the output are missing: there is one more place than there are steps.")
exercise.slip("returns too early", "return strictly(image, kernel, stride, padding)", "result = strictly(image, kernel, stride, padding)\n    result[1:] = 0\n    return result",
    hint="Only the first row is filled, the rest is 0: the return is inside a loop. Move it to the left, after both loops.")
exercise.slip("whole numbers", "strictly(image, kernel, stride, padding)", "strictly(image, kernel, stride, padding).astype(int)",
    hint="Fractions are lost: your output is an array of whole numbers. Make it with `np.zeros` and a shape, without a dtype.")

@exercise.wrong("small numbers wrap around",
    hint="For pictures (uint8) some products go past 255 and start again at 0. Turn the image and the kernel into floats first.")
def conv_2d_uint8(image, kernel, stride=1, padding=0):
    result = strictly(image, kernel, stride, padding)
    if image.dtype != np.uint8 or kernel.dtype != np.uint8:
        return result
    for i in range(result.shape[0]):
        for j in range(result.shape[1]):
            window = image[i : i + kernel.shape[0], j : j + kernel.shape[1]]
            result[i, j] = np.sum(window * kernel)
    return result

exercise.slip("impossible sizes accepted", "return strictly(image, kernel, stride, padding)", "for i, r in zip(image.shape, kernel.shape, strict=True):\n        refuse(i, r, padding, stride)\n    return laid_on(image, kernel, stride, padding)",
    hint="The values are right. Where the stride does not come out even, in rows or in columns, raise a ValueError: your `output_size` does it if it stays strict.")
exercise.slip("only rows checked", "return strictly(image, kernel, stride, padding)", "places(image.shape[0], kernel.shape[0], padding, stride)\n    return laid_on(image, kernel, stride, padding)",
    hint="The values are right. You ask whether the rows come out even; the columns can be impossible as well.")
exercise.slip("only columns checked", "return strictly(image, kernel, stride, padding)", "places(image.shape[1], kernel.shape[1], padding, stride)\n    return laid_on(image, kernel, stride, padding)",
    hint="The values are right. You ask whether the columns come out even; the rows can be impossible as well.")

@exercise.wrong("loops in steps of the stride",
    hint="Your loops step by the stride through the output, so some of it stays 0. Every place of the output is visited; the stride belongs to the place of the window.")
def conv_2d_sparse(image, kernel, stride=1, padding=0):
    right = strictly(image, kernel, stride, padding)
    unstrided, result = laid_on(image, kernel, 1, padding), np.zeros(right.shape)
    for i in range(0, right.shape[0], stride):
        for j in range(0, right.shape[1], stride):
            result[i, j] = unstrided[i, j]
    return result

@exercise.wrong("loops in steps of the stride, written close together",
    hint="Your loops count places of the output but jump by the stride, so they end too early. Let them visit every place; the stride belongs to the place of the window.")
def conv_2d_jumps(image, kernel, stride=1, padding=0):
    right = strictly(image, kernel, stride, padding)
    unstrided, result = laid_on(image, kernel, 1, padding), np.zeros(right.shape)
    for i in range(0, right.shape[0], stride):
        for j in range(0, right.shape[1], stride):
            result[i // stride, j // stride] = unstrided[i, j]
    return result

exercise.slip("only the first number", "return strictly(image, kernel, stride, padding)", "result = strictly(image, kernel, stride, padding)\n    first, result[:] = result[0, 0], 0\n    result[0, 0] = first\n    return result",
    hint="Only the first number is there, the rest is 0: the return is inside the inner loop. Move it to the left, after both loops.")
exercise.slip("last window left at zero", "return strictly(image, kernel, stride, padding)", "result = strictly(image, kernel, stride, padding)\n    result[-1], result[:, -1] = 0, 0\n    return result",
    hint="The last row and column of the output are 0: `output_size` gives the number of places, and the loops end one step early.")

@exercise.wrong("image not padded, size with padding",
    hint="The output has the right size, but the windows are cut out of the image without its frame, so the last ones hang over the edge. Pad the image first, and cut the windows out of that.")
def conv_2d_unpadded_windows(image, kernel, stride=1, padding=0):
    h, w = kernel.shape
    rows = places(image.shape[0], h, padding, stride)
    result = np.zeros((rows, places(image.shape[1], w, padding, stride)))
    for i in range(result.shape[0]):
        for j in range(result.shape[1]):
            top, left = i * stride, j * stride
            patch = image[top : top + h, left : left + w].astype(float)
            result[i, j] = np.sum(patch * kernel)
    return result

exercise.slip("average", "strictly(image, kernel, stride, padding)", "strictly(image, kernel, stride, padding) / kernel.size",
    hint="You take the average of the products. A correlation adds them up.")
exercise.slip("output of the image's dtype", "return strictly(image, kernel, stride, padding)", "result = strictly(image, kernel, stride, padding)\n    if image.dtype == np.uint8:\n        return conv_2d_uint8(image, kernel, stride, padding) % 256\n    return np.trunc(result)",
    hint="The output has the dtype of the image, so fractions are lost and large numbers wrap around. Make it with `np.zeros` and a shape alone, and turn the image into floats.")
exercise.slip("own formula, rounding down", "strictly", "laid_on",
    hint="The values are right. Your own formula rounds down where it should refuse: let your `output_size` count the rows and the columns, it raises every error that is needed.")
