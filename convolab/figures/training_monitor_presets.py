"""What a preset of TrainingMonitor is: a run that a choice in its menu starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convolab.figures.training_monitor import TrainingMonitor


@dataclass(frozen=True)
class Preset:
    """A run and the settings it begins with; the figure's own where a setting is None.

    run: called with the monitor in the background; it trains, calls `monitor.epoch(…)`, reads
    `monitor.learning_rate` and the other settings, and ends when `monitor.stopped`.
    """

    run: Callable[[TrainingMonitor], object]
    learning_rate: float | None = None
    momentum: float | None = None
    channels: int | None = None
