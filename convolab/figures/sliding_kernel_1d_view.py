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
    output: list[float]  # of mode full: y(x) for each place x
    start: int  # the first place that the mode keeps
    kept: int  # how many places it keeps
    x: int  # the place: that of the kernel's right end in the signal
    x_max: int
    left: int  # the leftmost place in the signal under the kernel
    terms: list[Term]
    total: float

    @property
    def index(self) -> int:
        """Where the mode's output list has y(x); beyond its ends where it does not keep it."""
        return self.x - self.start

    @property
    def is_kept(self) -> bool:
        """Whether the mode keeps y(x)."""
        return 0 <= self.index < self.kept

    @property
    def so_far(self) -> list[float]:
        """What the mode keeps of the outputs up to place x."""
        return self.output[self.start : min(self.x + 1, self.start + self.kept)]


def view(signal, kernel, *, reverse: bool, mode: str, x: int) -> SlidingKernel1DView:
    """The numbers at place x, brought inside where the kernel would not overlap the signal."""
    n, k = len(signal), len(kernel)
    start = {"full": 0, "same": (k - 1) // 2, "valid": k - 1}[mode]
    kept = {"full": n + k - 1, "same": n, "valid": n - k + 1}[mode]
    output = (convolve_1d if reverse else correlate_1d)(signal, kernel, "full")
    x_max = n + k - 2
    x = max(0, min(x_max, x))
    left = x - (k - 1)
    terms = []
    for j in range(k):
        i, g = left + j, k - 1 - j if reverse else j
        outside = not 0 <= i < n
        f = 0.0 if outside else signal[i]
        terms.append(Term(i, g, f, kernel[g], f * kernel[g], outside))
    return SlidingKernel1DView(
        list(kernel), output.tolist(), start, kept, x, x_max, left, terms, float(output[x])
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


def told(v: SlidingKernel1DView) -> str:
    """y(x) and its sum in words; many products are counted only."""
    if len(v.terms) > SUMMANDS_SPELLED:
        return f"y({v.x}) is the sum of {len(v.terms)} products = {decimal(v.total, 3)}"
    return "".join(piece for piece, _ in spelled(v))


def table(v: SlidingKernel1DView) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The header and the rows of a table of the products; many are cut in the middle."""
    header = ("place in the signal", "signal", "place in the kernel", "weight", "product")
    rows = [
        (
            "outside" if term.outside else str(term.i), decimal(term.value), str(term.g),
            weight(term.weight), decimal(term.product, 3),
        )
        for term in v.terms
    ]  # fmt: skip
    if len(rows) > SUMMANDS_SPELLED:
        rows = [*rows[:4], ("…",) * len(header), *rows[-4:]]
    return header, tuple(rows)


def listing(v: SlidingKernel1DView, mode: str) -> str:
    """Where the mode's output list has y(x), in words; "" in mode full, where the two agree."""
    if not v.is_kept:
        return f"not kept by mode {mode}"
    return "" if mode == "full" else f"index {v.index} of {mode}"


def distance(values, clean) -> float:
    """Root of the mean squared distance of two curves of the same length."""
    return float(np.sqrt(np.mean((np.asarray(values) - np.asarray(clean)) ** 2)))
