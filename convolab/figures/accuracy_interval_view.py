"""The arithmetic of AccuracyInterval, as accuracy_interval.js does it in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from convolab.figures.number_text import decimal

Z = 1.96


@dataclass(frozen=True)
class AccuracyRow:
    """One network: how many of the pictures it reads, and where the truth may be, in %."""

    name: str
    right: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class AccuracyIntervalView:
    """Everything the picture shows, as numbers."""

    rows: tuple[AccuracyRow, ...]
    pictures: int
    start: int  # where the scale begins, in %
    network: int

    @property
    def lit(self) -> AccuracyRow:
        """The network that is looked at."""
        return self.rows[self.network]


def wilson(right: int, several: int) -> tuple[float, float]:
    """The ends of Wilson's interval (1927) for a share, in %."""
    share, add = right / several, Z * Z / several
    middle = (share + add / 2) / (1 + add)
    half = Z * sqrt(share * (1 - share) / several + add / (4 * several)) / (1 + add)
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def view(names, shares, *, pictures: int, network: int) -> AccuracyIntervalView:
    """The numbers of one state; `shares` in %. Of so many pictures, a whole number is right."""
    rows = []
    for name, share in zip(names, shares, strict=True):
        right = int(share * pictures / 100 + 0.5)
        rows.append(AccuracyRow(name, right, 100 * right / pictures, *wilson(right, pictures)))
    start = 50 if min(shares) >= 60 else 0
    return AccuracyIntervalView(tuple(rows), pictures, start, max(0, min(len(rows) - 1, network)))


def spelled(v: AccuracyIntervalView) -> list[tuple[str, str]]:
    """342 of 360 = 95 %, the truth … in pieces (text, role)."""
    row = v.lit
    return [
        (f"{row.right} of {v.pictures}", "input"),
        (" = ", "quiet"),
        (f"{decimal(row.share, 1)} %", "input"),
        (" → ", "quiet"),
        (f"{decimal(row.low, 1)} to {decimal(row.high, 1)} %", "output"),
    ]


def compared(v: AccuracyIntervalView) -> str:
    """Whether the intervals have anything in common, in words."""
    if len(v.rows) < 2:
        return ""
    others = [row for n, row in enumerate(v.rows) if n != v.network]
    touching = [row.name for row in others if row.low <= v.lit.high and v.lit.low <= row.high]
    if not touching:
        return "Its interval touches no other."
    return f"Its interval overlaps that of {', '.join(touching)}."
