"""The valid part of the convolution, without a loop over pixels."""

import numpy as np

from convolab.exercises import Exercise

from .shared import IMAGE, OBLONG, PHOTO, SQUARE, TALL, WIDE, all_places, cut, refuse, whole_numbers

exercise = Exercise(
    points={"values": 1.25, "errors": 0.25, "speed": 1.5},
    says={
        "values": "the valid part of the convolution",
        "errors": "input for which there is no answer",
        "speed": "at least 10 times a loop",
    },
    asks={"errors": "answer"},
    ready_made=("convolve_2d", "correlate_2d", "convolve_1d", "correlate_1d", "conv_2d", "conv_layer"),
)

@exercise.right
def convolve_2d_fast(image, kernel):
    refuse(image, kernel, "valid")
    windows = np.lib.stride_tricks.sliding_window_view(image.astype(float), kernel.shape)
    return np.einsum("rcij,ij->rc", windows, kernel[::-1, ::-1].astype(float))

@exercise.variant("shift and add over the kernel")
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

@exercise.variant("tensordot over windows")
def convolve_2d_fast_tensordot(image, kernel):
    if image.size == 0 or kernel.size == 0:
        raise ValueError("empty")
    if any(k > n for k, n in zip(kernel.shape, image.shape, strict=True)):
        raise ValueError("kernel larger than the image")
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.tensordot(windows.astype(float), np.flip(kernel).astype(float), 2)

@exercise.variant("a table of windows times the weights")
def convolve_2d_fast_table(image, kernel):
    h, w = kernel.shape
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    if rows < 1 or columns < 1 or image.size == 0 or kernel.size == 0:
        raise ValueError("no answer")
    windows = np.lib.stride_tricks.sliding_window_view(image.astype(float), (h, w))
    return (windows.reshape(rows * columns, h * w) @ np.rot90(kernel, 2).ravel()).reshape(
        rows, columns
    )

@exercise.variant("fft")
def convolve_2d_fast_fft(image, kernel):
    (rows, columns), (h, w) = image.shape, kernel.shape
    if not image.size or not kernel.size or h > rows or w > columns:
        raise ValueError("no answer")
    shape = (rows + h - 1, columns + w - 1)
    full = np.fft.irfft2(np.fft.rfft2(image, shape) * np.fft.rfft2(kernel, shape), shape)
    return full[h - 1 : rows, w - 1 : columns]

exercise.shows("values",
    (IMAGE, OBLONG), (np.arange(30).reshape(5, 6) % 7, TALL), (IMAGE, SQUARE / 2),
    (PHOTO, np.array([[3, 2]], dtype=np.uint8)), (IMAGE, WIDE), (np.array([[1, 2], [0, 3]]), np.array([[1, 10], [100, 1000]])),
)
exercise.shows("errors", (IMAGE[:, :3], SQUARE), (np.array([[3]]), np.array([[-2]])))
exercise.refuses("a kernel larger than the picture", (IMAGE, TALL), (IMAGE, np.ones((1, 5))))
exercise.refuses("an empty kernel", (IMAGE, np.zeros((0, 2))))
exercise.speed("speed", 10, (3600, 25), (64, 64), (5, 5))

@exercise.hidden
def convolve_2d_fast_hidden(rng):
    for shape in ((1, 1), (2, 3), (4, 2), (5, 5)):
        yield "values", (whole_numbers(rng, 7, 6) - 0.5, whole_numbers(rng, *shape) / 2)
    yield "errors", (whole_numbers(rng, 3, 3), whole_numbers(rng, 3, 3))
    yield "errors", (whole_numbers(rng, 3, 4), whole_numbers(rng, 4, 2)), ValueError

exercise.slip("kernel not reversed", "windows = np.lib.stride_tricks.sliding_window_view(image.astype(float), kernel.shape)\n    return np.einsum(\"rcij,ij->rc\", windows, kernel[::-1, ::-1].astype(float))", "return cut(all_places(image, kernel[::-1, ::-1]), image, kernel, \"valid\")",
    hint="The kernel is not reversed along both axes: this is the correlation.")
exercise.slip("rows of the kernel not reversed", "windows = np.lib.stride_tricks.sliding_window_view(image.astype(float), kernel.shape)\n    return np.einsum(\"rcij,ij->rc\", windows, kernel[::-1, ::-1].astype(float))", "return cut(all_places(image, kernel[::-1]), image, kernel, \"valid\")",
    hint="The kernel is reversed from left to right, but not from top to bottom.")
exercise.slip("columns of the kernel not reversed", "windows = np.lib.stride_tricks.sliding_window_view(image.astype(float), kernel.shape)\n    return np.einsum(\"rcij,ij->rc\", windows, kernel[::-1, ::-1].astype(float))", "return cut(all_places(image, kernel[:, ::-1]), image, kernel, \"valid\")",
    hint="The kernel is reversed from top to bottom, but not from left to right: `kernel[::-1]` turns only the rows round.")
exercise.slip("full instead of valid", "windows = np.lib.stride_tricks.sliding_window_view(image.astype(float), kernel.shape)\n    return np.einsum(\"rcij,ij->rc\", windows, kernel[::-1, ::-1].astype(float))", "return all_places(image, kernel)",
    hint="This is the full output. Valid has only the places where the whole kernel is on the image.")
exercise.slip("same instead of valid", "windows = np.lib.stride_tricks.sliding_window_view(image.astype(float), kernel.shape)\n    return np.einsum(\"rcij,ij->rc\", windows, kernel[::-1, ::-1].astype(float))", "return cut(all_places(image, kernel), image, kernel, \"same\")",
    hint="This is as large as the image, mode same. Valid has only the places where the whole kernel is on the image.")
exercise.slip("last row and column lost", "windows = np.lib.stride_tricks.sliding_window_view(image.astype(float), kernel.shape)\n    return np.einsum(\"rcij,ij->rc\", windows, kernel[::-1, ::-1].astype(float))", "return cut(all_places(image, kernel), image, kernel, \"valid\")[:-1, :-1]",
    hint="The last row and column are missing: there are H − h + 1 rows and W − w + 1 columns.")

@exercise.wrong("square kernels only",
    hint="It is right for square kernels only: the size of the output is H − h + 1 rows by W − w + 1 columns, and h and w may differ.")
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

@exercise.wrong("small numbers wrap around",
    hint="For pictures (uint8) the values start again at 0 after 255. Turn image and kernel into floats first.")
def convolve_2d_fast_uint8(image, kernel):
    refuse(image, kernel, "valid")
    valid = cut(all_places(image, kernel), image, kernel, "valid")
    return (valid % 256).astype(np.uint8) if image.dtype == np.uint8 else valid

@exercise.wrong("products of small numbers wrap around",
    hint="For pictures (uint8) some products go past 255 and start again at 0, before they are added. Turn image and kernel into floats first.")
def convolve_2d_fast_small_products(image, kernel):
    refuse(image, kernel, "valid")
    (rows, columns), (h, w) = image.shape, kernel.shape
    result = np.zeros((rows - h + 1, columns - w + 1))
    for i in range(h):
        for j in range(w):
            result += kernel[i, j] * image[h - 1 - i : rows - i, w - 1 - j : columns - j]
    return result

@exercise.wrong("the line of the text, not reversed and in uint8",
    hint="The kernel is not reversed, which a convolution needs: flip it first. And pictures (uint8) start again at 0 after 255: turn image and kernel into floats.")
def convolve_2d_fast_copied(image, kernel):
    refuse(image, kernel, "valid")
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("rcij,ij->rc", windows, kernel)

@exercise.wrong("shifts that are not reversed, products in uint8",
    hint="The kernel is not reversed, which a convolution needs: flip it first. And in pictures (uint8) products start again at 0 after 255: turn image and kernel into floats.")
def convolve_2d_fast_shifts_copied(image, kernel):
    refuse(image, kernel, "valid")
    (rows, columns), (h, w) = image.shape, kernel.shape
    result = np.zeros((rows - h + 1, columns - w + 1))
    for i in range(h):
        for j in range(w):
            result += kernel[i, j] * image[i : i + rows - h + 1, j : j + columns - w + 1]
    return result

@exercise.wrong("large kernels accepted",
    hint="The values are right. A kernel that is larger than the image in either direction fits nowhere: raise a ValueError.")
def convolve_2d_fast_no_error(image, kernel):
    if kernel.size == 0:
        raise ValueError("empty")
    return cut(all_places(image, kernel), image, kernel, "valid")

@exercise.wrong("empty kernels accepted",
    hint="The values are right. A kernel without numbers has nothing to slide: raise a ValueError.")
def convolve_2d_fast_empty(image, kernel):
    if kernel.size == 0:
        return np.zeros(image.shape)
    refuse(image, kernel, "valid")
    return cut(all_places(image, kernel), image, kernel, "valid")
