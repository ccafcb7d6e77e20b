"""The numbers and sentences of TrainingMonitor: one record an epoch, and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from convolab.figures.number_text import decimal

KERNELS_AT_MOST = 32
ROWS_IN_THE_TABLE = 20
STEPS = (1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10)  # of a power of ten, where the loss axis may end
SETTINGS = ("learning rate", "momentum", "channels")


@dataclass(frozen=True)
class Epoch:
    """One epoch: shares from 0 to 1, None for what was not measured or is not finite."""

    loss: float | None
    accuracy: float | None
    validation: float | None
    rate: float
    momentum: float
    channels: int

    @property
    def settings(self) -> tuple[str, ...]:
        """The three settings as text."""
        return (decimal(self.rate, 5), decimal(self.momentum), str(self.channels))


def number(value: float | None) -> str:
    """A loss as text; a dash where there is none."""
    if value is None or abs(value) < 1e6:
        return "–" if value is None else decimal(value, 4)
    exponent = int(np.floor(np.log10(abs(value))))
    return f"{decimal(value / 10.0**exponent, 1)}e{exponent}"


def percent(share: float | None) -> str:
    """A share as text; a dash where there is none."""
    return "–" if share is None else f"{decimal(100 * share, 1)} %"


def changed(history: list[Epoch]) -> list[int]:
    """The epochs, counted from 1, that ran with other settings than the one before."""
    return [
        i for i, (a, b) in enumerate(pairwise(history), start=2) if a.settings != b.settings
    ]  # fmt: skip


def change_at(history: list[Epoch], place: int) -> str:
    """What was set differently from this epoch on, in words; empty where nothing was."""
    if not 2 <= place <= len(history):
        return ""
    before, now = history[place - 2].settings, history[place - 1].settings
    return ", ".join(
        f"{name} {a} → {b}" for name, a, b in zip(SETTINGS, before, now, strict=True) if a != b
    )


def loss_top(history: list[Epoch]) -> float:
    """The upper end of the loss axis, a round number."""
    most = max((e.loss for e in history if e.loss is not None), default=1)
    if most <= 0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(most))
    return next(float(m * power) for m in STEPS if m * power >= most * (1 - 1e-9))


def accuracy_bottom(history: list[Epoch]) -> float:
    """The lower end of the accuracy axis."""
    shares = [s for e in history for s in (e.accuracy, e.validation) if s is not None]
    least = min(shares, default=0)
    return max((end for end in (0, 0.5, 0.8, 0.9) if end <= least), default=0)


def packed(kernels: np.ndarray) -> bytes:
    """Kernels as one signed byte a weight: 127 stands for the largest magnitude."""
    largest = float(np.abs(kernels).max()) or 1.0
    return np.rint(kernels / largest * 127).astype(np.int8).tobytes()


def kernels_of(packed: bytes, shapes: list, place: int) -> tuple[int, np.ndarray | None]:
    """The last kernels that were told up to an epoch, and which epoch that was; or (0, None)."""
    epoch = next((at for at in range(min(place, len(shapes)), 0, -1) if shapes[at - 1][0]), 0)
    if not epoch:
        return 0, None
    sizes = [int(np.prod(shape)) for shape in shapes[:epoch]]
    start = sum(sizes[:-1])
    kernels = np.frombuffer(packed, np.int8)[start : start + sizes[-1]]
    return epoch, kernels.reshape(shapes[epoch - 1]).astype(float)


def table(history: list[Epoch]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The last epochs as header and rows of text."""
    header = ("epoch", "loss", "accuracy", "validation", *SETTINGS)
    first = max(0, len(history) - ROWS_IN_THE_TABLE)
    rows = tuple(
        (str(i), number(e.loss), percent(e.accuracy), percent(e.validation), *e.settings)
        for i, e in enumerate(history[first:], start=first + 1)
    )
    return header, rows


def sentences(history: list[Epoch], place: int, epochs: int, following: Epoch, stop: bool) -> str:
    """The whole state in words."""
    parts = ["No epoch has ended yet."]
    if history:
        e = history[place - 1]
        parts = [f"Epoch {place} of {max(epochs, len(history))}: loss {number(e.loss)}"]
        parts[0] += f", accuracy {percent(e.accuracy)}, validation {percent(e.validation)}."
        if note := change_at(history, place):
            parts.append(f"Changed before it: {note}.")
        measured = [
            (e.validation, -i) for i, e in enumerate(history, 1) if e.validation is not None
        ]
        if measured:
            best, at = max(measured)
            parts.append(f"The best validation so far is {percent(best)}, at epoch {-at}.")
        if history[-1].loss is None:
            parts.append("The loss of the last epoch is no finite number.")
    parts.append("Next epoch: " + following_words(following) + ".")
    if stop:
        parts.append("Stop is pressed.")
    return " ".join(parts)


def following_words(e: Epoch) -> str:
    """The settings that the next epoch will find."""
    rate, momentum, channels = e.settings
    return f"learning rate {rate}, momentum {momentum}, channels {channels}"
