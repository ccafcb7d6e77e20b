"""The arithmetic of SlidingKernel1D, as sliding_kernel_1d.js does it in the browser."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convolab.figures.number_text import decimal, factor, weight
from convolab.ops import convolve_1d, correlate_1d

MODES = ("full", "same", "valid")
SUMMANDS_SPELLED = 9  # more are counted, not spelled out


def _bell(width: int) -> np.ndarray:
    values = np.exp(-8 * ((np.arange(width) - (width - 1) / 2) / width) ** 2)
    return values / values.sum()


# The named kernels, each a function of the width.
PRESETS = {
    "mean": lambda width: np.full(width, 1 / width),
    "bell": _bell,
    "asymmetric": lambda width: np.arange(width, 0, -1) / (width * (width + 1) / 2),
    "difference": lambda width: np.eye(1, width)[0] - np.eye(1, width, width - 1)[0],
    "shift right": lambda width: np.eye(1, width, width - 1)[0],
    "shift left": lambda width: np.eye(1, width)[0],
}
KERNELS = (*PRESETS, "yours")


@dataclass(frozen=True)
class Term:
    """One product: the place i in the signal, its value, the weight g(…) over it, the product."""

    i: int
    g: int
    value: float
    weight: float
    product: float
    outside: bool


@dataclass(frozen=True)
class SlidingKernel1DView:
    """Everything the picture shows, as numbers; `view` in sliding_kernel_1d.js gives the same."""

    kernel: list[float]
    output: list[float]  # of mode full
    start: int  # where the mode's output starts within full
    kept: int  # how many places it keeps
    x: int
    x_min: int
    x_max: int
    left: int  # the leftmost place in the signal under the kernel
    terms: list[Term]
    total: float


def view(signal, kernel, *, reverse: bool, mode: str, x: int) -> SlidingKernel1DView:
    """The numbers at place x of the output list of a mode."""
    n, k = len(signal), len(kernel)
    skipped = {"full": 0, "same": (k - 1) // 2, "valid": k - 1}[mode]
    kept = {"full": n + k - 1, "same": n, "valid": n - k + 1}[mode]
    output = (convolve_1d if reverse else correlate_1d)(signal, kernel, "full")
    x_min, x_max = -skipped, n + k - 2 - skipped
    x = max(x_min, min(x_max, x))
    left = x + skipped - (k - 1)
    terms = []
    for j in range(k):
        i, g = left + j, k - 1 - j if reverse else j
        outside = not 0 <= i < n
        f = 0.0 if outside else signal[i]
        terms.append(Term(i, g, f, kernel[g], f * kernel[g], outside))
    return SlidingKernel1DView(
        list(kernel), output.tolist(), skipped, kept, x, x_min, x_max, left, terms,
        float(output[x + skipped]),
    )  # fmt: skip


def spelled(v: SlidingKernel1DView) -> list[tuple[str, str]]:
    """y(5) = 10·⅓ + 1·⅓ + 10·⅓ = 7 in pieces (text, role)."""
    pieces = [(f"y({decimal(v.x)})", "output"), (" = ", "quiet")]
    for j, term in enumerate(v.terms):
        pieces += [(" + ", "quiet")] if j else []
        pieces += [
            (factor(decimal(term.value)), "padding" if term.outside else "input"),
            ("·", "quiet"),
            (factor(weight(term.weight)), "kernel"),
        ]
    return [*pieces, (" = ", "quiet"), (decimal(v.total, 3), "output")]


def distance(values, clean) -> float:
    """Root of the mean squared distance of two curves of the same length."""
    return float(np.sqrt(np.mean((np.asarray(values) - np.asarray(clean)) ** 2)))
