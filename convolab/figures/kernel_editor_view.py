"""The arithmetic and the named kernels of KernelEditor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convolab.figures.number_text import weight
from convolab.ops import convolve_2d

SIZES = (3, 5)


def _centre(size: int, value: float = 1.0) -> np.ndarray:
    kernel = np.zeros((size, size))
    kernel[size // 2, size // 2] = value
    return kernel


def _gaussian(size: int) -> np.ndarray:
    place = np.arange(size) - size // 2
    line = np.exp(-(place**2) / (2 * (size / 4) ** 2))
    kernel = np.outer(line, line)
    return kernel / kernel.sum()


def _sharpen(size: int) -> np.ndarray:
    if size == 3:
        return np.array([[0.0, -1, 0], [-1, 5, -1], [0, -1, 0]])
    return _centre(size, 2) - np.full((size, size), 1 / size**2)


def _emboss(size: int) -> np.ndarray:
    middle = np.array([[-2.0, -1, 0], [-1, 1, 1], [0, 1, 2]])
    return np.pad(middle, (size - 3) // 2)


def _laplace(size: int) -> np.ndarray:
    return _centre(size, size**2) - 1


def _sobel(size: int) -> np.ndarray:
    if size == 3:
        return np.outer([1.0, 2, 1], [1, 0, -1])
    return np.outer([1.0, 4, 6, 4, 1], [1, 2, 0, -2, -1])


# The named kernels, each a function of the size, 3 or 5.
PRESETS = {
    "identity": _centre,
    "mean": lambda size: np.full((size, size), 1 / size**2),
    "Gaussian": _gaussian,
    "sharpen": _sharpen,
    "emboss": _emboss,
    "Laplace": _laplace,
    "Sobel across": _sobel,
    "Sobel down": lambda size: _sobel(size).T,
}
NAMES = (*PRESETS, "yours")
SHOWS = ("output", "difference")
SCALINGS = ("clip", "rescale")


@dataclass(frozen=True)
class KernelEditorView:
    """What the picture shows, as numbers."""

    output: np.ndarray
    low: float
    high: float
    mean: float
    below: float  # the share of pixels that clipping makes black
    above: float  # and of those that it makes white
    sum: float

    @property
    def outside(self) -> float:
        """The share of pixels that clipping changes."""
        return self.below + self.above


def view(image: np.ndarray, kernel: np.ndarray, white: int) -> KernelEditorView:
    """The convolution "same" of an image, with its range."""
    output = convolve_2d(image, kernel, "same")
    below, above = float(np.mean(output < -0.5)), float(np.mean(output >= white + 0.5))
    low, high, mean = float(output.min()), float(output.max()), float(output.mean())
    return KernelEditorView(output, low, high, mean, below, above, float(kernel.sum()))


def meaning(total: float) -> str:
    """What the sum of a kernel's weights does to a flat image."""
    if abs(total - 1) < 1e-9:
        return "it keeps the brightness"
    if abs(total) < 1e-9:
        return "it sees only change"
    if total < 0:
        return f"a flat image comes out negative, {weight(total)} times itself"
    return f"a flat image comes out {weight(total)} times as bright"
