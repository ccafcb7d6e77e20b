"""The whole convolution of a picture with a kernel."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .convolve_at_2d import convolve_at_2d
from .shared import IMAGE, OBLONG, PHOTO, SQUARE, TALL, WIDE, all_places, cut, refuse, whole_numbers

exercise = Exercise(
    points={"full": 2, "same": 1.5, "valid": 1.5, "errors": 1},
    says={
        "full": "mode full",
        "same": "mode same",
        "valid": "mode valid",
        "errors": "input for which there is no answer",
    },
    asks={"errors": "answer"},
    ready_made=("convolve_2d", "correlate_2d", "convolve_1d", "correlate_1d", "conv_2d", "conv_layer"),
    praise="Every filter of the next lesson is this function with another kernel.",
)

exercise.right(ops.convolve_2d)

@exercise.variant("written out")
def convolve_2d(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    return cut(all_places(image, kernel), image, kernel, mode)

@exercise.variant("a sum for every place")
def convolve_2d_definition(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    rows, columns = (i + k - 1 for i, k in zip(image.shape, kernel.shape, strict=True))
    full = np.zeros((rows, columns))
    for row in range(rows):
        for col in range(columns):
            full[row, col] = convolve_at_2d(image, kernel, row, col)
    return cut(full, image, kernel, mode)

@exercise.variant("windows of the padded image")
def convolve_2d_windows(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    height, width = kernel.shape
    padded = np.pad(image.astype(float), ((height - 1,) * 2, (width - 1,) * 2))
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)
    full = np.einsum("rcij,ij->rc", windows, kernel[::-1, ::-1].astype(float))
    return cut(full, image, kernel, mode)

@exercise.variant("patch by patch")
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

exercise.shows("full",
    (IMAGE, OBLONG), (IMAGE, TALL / 2, "full"), (PHOTO, np.array([[3, 2]], dtype=np.uint8)), (np.array([[3]]), np.array([[-2]])),
)
exercise.shows("same",
    (IMAGE, SQUARE, "same"), (IMAGE, TALL, "same"), (np.array([[3, 1], [2, 5]]), SQUARE, "same"), (np.array([[3]]), np.array([[-2]]), "same"),
)
exercise.shows("valid",
    (IMAGE, OBLONG, "valid"), (np.arange(30).reshape(5, 6) % 7, TALL, "valid"), (IMAGE, SQUARE, "valid"),
    (IMAGE, WIDE, "valid"), (IMAGE, WIDE.T, "valid"), (np.array([[1, 2], [0, 3]]), np.array([[1, 10], [100, 1000]]), "valid"),
)
exercise.shows("errors", (IMAGE[:, :3], SQUARE, "valid"))
exercise.refuses("mode valid with a kernel larger than the picture", (IMAGE, TALL, "valid"), (IMAGE, np.ones((1, 5)), "valid"))
exercise.refuses("an unknown mode", (IMAGE, SQUARE, "wrap"))
exercise.refuses("an empty picture or kernel", (np.zeros((0, 3)), SQUARE), (IMAGE, np.zeros((2, 0)), "same"), (IMAGE, np.zeros((0, 2)), "valid"))

@exercise.hidden
def convolve_2d_hidden(rng):
    for mode in ("full", "same", "valid"):
        for shape in ((1, 1), (2, 2), (3, 4), (4, 1), (3, 3)):
            yield mode, (whole_numbers(rng, 5, 6) - 0.5, whole_numbers(rng, *shape) / 2, mode)
        yield "errors", (whole_numbers(rng, 3, 4), whole_numbers(rng, 3, 4), mode)
    yield "errors", (whole_numbers(rng, 4, 3), whole_numbers(rng, 2, 4), "valid"), ValueError
    yield "errors", (whole_numbers(rng, 3, 4), whole_numbers(rng, 4, 2), "valid"), ValueError
    yield "errors", (whole_numbers(rng, 3, 3), whole_numbers(rng, 2, 2), "SAME"), ValueError

exercise.slip("kernel not reversed", "all_places(image, kernel)", "all_places(image, kernel[::-1, ::-1])",
    hint="The kernel is put down as it is written: this is the correlation. It must be reversed exactly once: either by `flip_2d` or inside `convolve_at_2d`, not in both.")
exercise.slip("rows of the kernel not reversed", "all_places(image, kernel)", "all_places(image, kernel[::-1])",
    hint="The kernel is reversed from left to right, but not from top to bottom. Both axes need it.")
exercise.slip("columns of the kernel not reversed", "all_places(image, kernel)", "all_places(image, kernel[:, ::-1])",
    hint="The kernel is reversed from top to bottom, but not from left to right. Both axes need it: `kernel[::-1]` alone turns only the rows round.")
exercise.slip("transposed instead of reversed", "return cut(all_places(image, kernel), image, kernel, mode)", "turned = kernel.T[::-1, ::-1]\n    return cut(all_places(image, turned), image, turned, mode)",
    hint="The kernel is transposed instead of reversed: `kernel.T` swaps rows and columns. What is needed is a half turn.")
exercise.slip("rows and columns of the result exchanged", "cut(all_places(image, kernel), image, kernel, mode)", "cut(all_places(image, kernel), image, kernel, mode).T",
    hint="The numbers are right, but rows and columns of the result are swapped: it should be `output[row, col]`, and its shape (rows, columns).")
exercise.slip("last row and column lost", "cut(all_places(image, kernel), image, kernel, mode)", "cut(all_places(image, kernel), image, kernel, mode)[:-1, :-1]",
    hint="The last row and the last column of the result are missing: a range ends one before its end, so it needs + 1 there.")
exercise.slip("last row and column left at zero", "return cut(all_places(image, kernel), image, kernel, mode)", "result = cut(all_places(image, kernel), image, kernel, mode).copy()\n    result[-1], result[:, -1] = 0, 0\n    return result",
    hint="The last row and the last column of the result are 0: the array has the right size, but the loops end one step early.")

@exercise.wrong("same shifted to the top left",
    hint="In mode same, your valid values sit in the top left corner and zeros fill the far edges. Mode same is the middle of full, with (k − 1) // 2 rows and columns left out before it.")
def convolve_2d_same_shifted(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    full = all_places(image, kernel)
    if mode != "same":
        return cut(full, image, kernel, mode)
    result = np.zeros(image.shape)
    inner = full[kernel.shape[0] - 1 : image.shape[0], kernel.shape[1] - 1 : image.shape[1]]
    result[: inner.shape[0], : inner.shape[1]] = inner
    return result

exercise.slip("same from the start", "return cut(all_places(image, kernel), image, kernel, mode)", "full = all_places(image, kernel)\n    if mode == \"same\":\n        return full[: image.shape[0], : image.shape[1]]\n    return cut(full, image, kernel, mode)",
    hint="Mode same is the middle of full, but yours begins at its first row and column. Leave out (k − 1) // 2 rows and columns there.")

@exercise.wrong("same off centre",
    hint="For kernels with an even number of rows or columns, your mode same is one place off: the middle begins at (k − 1) // 2, not at k // 2.")
def convolve_2d_same_off(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    full = all_places(image, kernel)
    if mode == "same":
        top, left = kernel.shape[0] // 2, kernel.shape[1] // 2
        return full[top : top + image.shape[0], left : left + image.shape[1]]
    return cut(full, image, kernel, mode)

@exercise.wrong("square kernels only",
    hint="It is right for square kernels only: is the number of the kernel's rows used where its number of columns belongs?")
def convolve_2d_square(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    size = kernel.shape[0]
    full = np.zeros((image.shape[0] + size - 1, image.shape[1] + size - 1))
    for i in range(size):
        for j in range(min(size, kernel.shape[1])):
            full[i : i + image.shape[0], j : j + image.shape[1]] += float(kernel[i, j]) * image
    return cut(full, image, np.zeros((size, size)), mode)

exercise.slip("small numbers wrap around", "return cut(all_places(image, kernel), image, kernel, mode)", "full = all_places(image, kernel)\n    if image.dtype == np.uint8:\n        full = (full % 256).astype(np.uint8)\n    return cut(full, image, kernel, mode)",
    hint="For pictures (uint8) the values start again at 0 after 255: the result array or the products have the picture's small type. Work with floats.")

@exercise.wrong("products of small numbers wrap around",
    hint="For pictures (uint8) some products go past 255 and start again at 0, before they are added. Turn image and kernel into floats first.")
def convolve_2d_small_products(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    (rows, columns), (height, width) = image.shape, kernel.shape
    full = np.zeros((rows + height - 1, columns + width - 1))
    for i in range(height):
        for j in range(width):
            full[i : i + rows, j : j + columns] += kernel[i, j] * image
    return cut(full, image, kernel, mode)

exercise.slip("integer output", "cut(all_places(image, kernel), image, kernel, mode)", "cut(all_places(image, kernel), image, kernel, mode).astype(int)",
    hint="Fractions are lost: the output is an array of whole numbers. Make it with `np.zeros`, without `dtype=int`.")

@exercise.wrong("nothing for a kernel of one row or column",
    hint="For a kernel of one row or one column your valid is empty: a slice such as [h - 1 : -(h - 1)] ends at 0 there. Count from the front: the last valid row of full is H − 1.")
def convolve_2d_negative_slice(image, kernel, mode="full"):
    refuse(image, kernel, mode)
    full = all_places(image, kernel)
    if mode != "valid":
        return cut(full, image, kernel, mode)
    height, width = kernel.shape
    return full[height - 1 : -(height - 1), width - 1 : -(width - 1)]

exercise.slip("large kernels refused in every mode", "return cut(all_places(image, kernel), image, kernel, mode)", "refuse(image, kernel, \"valid\")\n    return cut(all_places(image, kernel), image, kernel, mode)",
    hint="A kernel larger than the image is a mistake in mode valid only. In full and same it still has places where it meets the image.")
exercise.slip("mode forgotten", "cut(all_places(image, kernel), image, kernel, mode)", "all_places(image, kernel)",
    hint="Every mode gives the full output: cut the middle out for same, and the inner part for valid.")
exercise.slip("only rows compared", "refuse(image, kernel, mode)", "refuse(image, kernel[:, : image.shape[1]], mode)",
    hint="All three modes are right. In valid, a kernel that is wider than the image fits nowhere either: compare columns as well as rows, and raise a ValueError.")
exercise.slip("unknown mode accepted", "refuse(image, kernel, mode)", "refuse(image, kernel, mode if mode in (\"same\", \"valid\") else \"full\")",
    hint="All three modes are right. For a mode that is none of them, such as \"wrap\", raise a ValueError.")

@exercise.wrong("errors forgotten",
    hint="All three modes are right. What is missing are the ValueErrors: an empty image or kernel, an unknown mode, and valid with a kernel larger than the image in either direction.")
def convolve_2d_no_errors(image, kernel, mode="full"):
    (rows, columns), (height, width) = image.shape, kernel.shape
    full = np.zeros((rows + height - 1, max(0, columns + width - 1)))
    for i in range(height):
        for j in range(width):
            full[i : i + rows, j : j + columns] += float(kernel[i, j]) * image
    return cut(full, image, kernel, mode)

exercise.slip("empty input accepted", "refuse(image, kernel, mode)\n    return cut(all_places(image, kernel), image, kernel, mode)", "if image.size and kernel.size:\n        refuse(image, kernel, mode)\n        return cut(all_places(image, kernel), image, kernel, mode)\n    return np.zeros((0, 0))",
    hint="All three modes are right. An image or a kernel without any number has no convolution: raise a ValueError.")
