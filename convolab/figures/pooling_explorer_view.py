"""The arithmetic of PoolingExplorer, as pooling_explorer.js does it in the browser."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convolab.figures.number_text import decimal
from convolab.ops import pool_2d, shift_image

HOWS = ("max", "average", "sum")


@dataclass(frozen=True)
class PoolingExplorerView:
    """Everything the picture shows, as numbers."""

    after: np.ndarray  # the map, moved and with noise
    pooled: np.ndarray
    pooled_after: np.ndarray
    change: np.ndarray
    place: int  # the chosen window, in reading order
    before: np.ndarray  # its values
    later: np.ndarray

    @property
    def same(self) -> int:
        """How many pooled values stayed exactly the same."""
        return int((self.change < 1e-9).sum())

    @property
    def near(self) -> int:
        """How many stayed within a tenth of the largest."""
        reach = np.abs(self.pooled).max() or 1
        return int((self.change <= 0.1 * reach + 1e-9).sum())

    @property
    def mean_change(self) -> float:
        """By how much a pooled value changes on average, as a share of the largest before."""
        return float(self.change.mean() / (np.abs(self.pooled).max() or 1))

    @property
    def drift(self) -> float:
        """By how much the mean of the pooled values rises, as a share of the largest before."""
        rise = self.pooled_after.mean() - self.pooled.mean()
        return float(rise / (np.abs(self.pooled).max() or 1))

    @property
    def row(self) -> int:
        return self.place // self.pooled.shape[1]

    @property
    def column(self) -> int:
        return self.place % self.pooled.shape[1]


def view(
    feature_map, wobble, *, size: int, stride: int, how: str, shift: int, noise: int, place: int
) -> PoolingExplorerView:
    """The numbers of one state; `noise` in percent of the largest value, `wobble` from −1 to 1."""
    before = np.asarray(feature_map, dtype=float)
    largest = np.abs(before).max() or 1
    after = shift_image(before, 0, shift) + np.asarray(wobble) * noise * largest / 100
    pooled, pooled_after = (pool_2d(x, size, stride, how) for x in (before, after))
    place = max(0, min(pooled.size - 1, place))
    row, column = divmod(place, pooled.shape[1])
    window = np.s_[row * stride : row * stride + size, column * stride : column * stride + size]
    return PoolingExplorerView(
        after,
        pooled,
        pooled_after,
        np.abs(pooled - pooled_after),
        place,
        before[window].ravel(),
        after[window].ravel(),
    )


def percent(share: float) -> str:
    """A share in percent with one decimal."""
    return f"{decimal(100 * share, 1)} %"


def drift_words(drift: float) -> str:
    """Where the mean of the pooled values went."""
    size = percent(abs(drift))
    if size == "0 %":
        return "the mean stays"
    return f"the mean is {size} {'higher' if drift > 0 else 'lower'}"


def spelled(how: str, values: np.ndarray, result: float) -> str:
    """max(1, 5, 2, 6) = 6; a long window is cut in the middle."""
    texts = [decimal(value, 1) for value in values]
    if len(texts) > 9:
        texts = [*texts[:4], "…", *texts[-4:]]
    return f"{how}({', '.join(texts)}) = {decimal(result)}"
