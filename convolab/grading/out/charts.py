"""Where the lines and bars of the report's charts go; the template draws them as SVG."""

from dataclasses import dataclass

from convolab.grading.out.class_figures import Bin
from convolab.grading.points_in_words import number

WIDTH, HEIGHT = 440, 230
LEFT, RIGHT, TOP, BOTTOM = 34, 420, 32, 176
LABEL = 26  # what a number under the axis may take, and the space beside it
GAP = 3
STACK_WIDTH = 220


@dataclass(frozen=True)
class ChartBox:
    """A rectangle with its meaning in words."""

    x: float
    y: float
    width: float
    height: float
    label: str
    count: int


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where, and its label."""

    at: float
    label: str


@dataclass(frozen=True)
class Histogram:
    """The columns of the score distribution with both axes, in a box of WIDTH × HEIGHT."""

    columns: list[ChartBox]
    points: list[Tick]
    counts: list[Tick]
    says: str


def histogram(bins: list[Bin]) -> Histogram:
    """Columns for the bins; counts on the left axis, points on the lower one."""
    ticks = _count_ticks(max((b.count for b in bins), default=0))
    scale = (BOTTOM - TOP) / ticks[-1]
    low, high = bins[0].low, bins[-1].high
    across = (RIGHT - LEFT) / ((high - low) or 1)
    columns = [
        ChartBox(
            x=round(LEFT + (b.low - low) * across + GAP / 2, 2),
            y=round(BOTTOM - b.count * scale, 2),
            width=round((b.high - b.low) * across - GAP, 2),
            height=round(b.count * scale, 2),
            label=_range(b, last=b is bins[-1]),
            count=b.count,
        )
        for b in bins
    ]
    # A narrow last column has its right label only: the two would be printed over each other.
    edges = [b.low for b in bins if (high - b.low) * across >= LABEL] + [high]
    return Histogram(
        columns=columns,
        points=[Tick(round(LEFT + (edge - low) * across, 2), number(edge)) for edge in edges],
        counts=[Tick(round(BOTTOM - tick * scale, 2), str(tick)) for tick in ticks],
        says="; ".join(f"{column.label}: {column.count}" for column in columns if column.count),
    )


def _range(b: Bin, last: bool) -> str:
    return f"{number(b.low)} to {'' if last else 'under '}{number(b.high)} points"


def _count_ticks(most: int) -> list[int]:
    """0 and up to five round numbers, the last one at least `most`."""
    step = next(s * 10**p for p in range(9) for s in (1, 2, 5) if most <= 5 * s * 10**p)
    return list(range(0, max(most, 1) + step, step))[: 1 + -(-max(most, 1) // step)]


def stack(groups: dict[str, int]) -> list[ChartBox]:
    """One bar that is divided among the groups, STACK_WIDTH wide; empty groups are left out."""
    everybody = sum(groups.values()) or 1
    boxes, x = [], 0.0
    for group, count in groups.items():
        width = STACK_WIDTH * count / everybody
        if count:
            boxes.append(ChartBox(round(x, 2), 0, round(width, 2), 18, group, count))
        x += width
    return boxes
