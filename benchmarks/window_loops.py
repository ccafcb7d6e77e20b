"""Loops over windows, from the plainest to the quickest: right answers, but too slow for "fast"."""

import numpy as np


def windows_1d(f, g):
    """A slice and a sum for each place."""
    k, weights = len(g), g[::-1]
    return np.array([np.sum(f[x : x + k] * weights) for x in range(len(f) - k + 1)])


def products_1d(f, g):
    """The quickest that NumPy does window by window."""
    out, weights = np.zeros(len(f) - len(g) + 1), g[::-1]
    for x in range(len(out)):
        out[x] = f[x : x + len(g)] @ weights
    return out


def lists_1d(f, g):
    """The same without NumPy, whose every call costs more than a few numbers."""
    f, weights = f.tolist(), g[::-1].tolist()
    windows = (f[x : x + len(weights)] for x in range(len(f) - len(weights) + 1))
    return np.array([sum(a * b for a, b in zip(w, weights, strict=True)) for w in windows])


def windows_2d(image, kernel):
    """A slice and a sum for each place."""
    (h, w), weights = kernel.shape, kernel[::-1, ::-1]
    out = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1))
    for row, col in np.ndindex(out.shape):
        out[row, col] = np.sum(image[row : row + h, col : col + w] * weights)
    return out


def products_2d(image, kernel):
    """The quickest that NumPy does window by window."""
    (h, w), weights = kernel.shape, np.ascontiguousarray(kernel[::-1, ::-1])
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    return np.array(
        [
            [np.vdot(image[r : r + h, c : c + w], weights) for c in range(columns)]
            for r in range(rows)
        ]
    )


def lists_2d(image, kernel):
    """The same without NumPy."""
    (h, w), weights, image = kernel.shape, kernel[::-1, ::-1].ravel().tolist(), image.tolist()
    out = []
    for row in range(len(image) - h + 1):
        lines = image[row : row + h]
        for col in range(len(lines[0]) - w + 1):
            window = (number for line in lines for number in line[col : col + w])
            out.append(sum(a * b for a, b in zip(window, weights, strict=True)))
    return np.array(out).reshape(len(image) - h + 1, -1)


def windows_pooled(x):
    """A slice and a maximum for each window."""
    out = np.zeros((x.shape[0] // 2, x.shape[1] // 2))
    for row, col in np.ndindex(out.shape):
        out[row, col] = x[2 * row : 2 * row + 2, 2 * col : 2 * col + 2].max()
    return out


def cells_pooled(x):
    """Python's own maximum of the four numbers of each window."""
    rows, columns = x.shape[0] // 2 * 2, x.shape[1] // 2 * 2
    return np.array(
        [
            [max(x[r, c], x[r, c + 1], x[r + 1, c], x[r + 1, c + 1]) for c in range(0, columns, 2)]
            for r in range(0, rows, 2)
        ]
    )


def lists_pooled(x):
    """The same without NumPy: the quickest loop over windows there is."""
    lines = x.tolist()
    pairs = zip(lines[::2], lines[1::2], strict=False)
    return np.array(
        [
            [max(four) for four in zip(a[::2], a[1::2], b[::2], b[1::2], strict=False)]
            for a, b in pairs
        ]
    )


LOOPS = {
    "convolve_1d_fast": (windows_1d, products_1d, lists_1d),
    "convolve_2d_fast": (windows_2d, products_2d, lists_2d),
    "max_pool_fast": (windows_pooled, cells_pooled, lists_pooled),
}
