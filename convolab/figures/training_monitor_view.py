"""The numbers and sentences of TrainingMonitor: one record an epoch, and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from convolab.figures.number_text import decimal, listed

KERNELS_AT_MOST = 32
NAMED_AT_MOST = 64  # units of a layer whose dead ones are named, not only counted
ROWS_IN_THE_TABLE = 20
STEPS = (1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10)  # of a power of ten, where the loss axis may end
SETTINGS = ("learning rate", "momentum", "channels")


@dataclass(frozen=True)
class Units:
    """Which units of a layer answered to none of some training pictures: those are dead."""

    layer: str
    pictures: int
    total: int
    dead: list[int]  # positions from 0

    @property
    def alive(self) -> int:
        """How many answered to a picture."""
        return self.total - len(self.dead)


@dataclass(frozen=True)
class Epoch:
    """One epoch: shares from 0 to 1, None for what was not measured or is not finite."""

    loss: float | None
    accuracy: float | None
    validation: float | None
    rate: float
    momentum: float
    channels: int
    units: tuple[Units, ...] = ()  # of the layers that were looked at

    @property
    def settings(self) -> tuple[str, ...]:
        """The three settings as text."""
        return (decimal(self.rate, 5), decimal(self.momentum), str(self.channels))


@dataclass(frozen=True)
class ChosenRun:
    """The preset that was chosen: its name, empty without one, and how it is going."""

    name: str = ""
    going: bool = False
    trouble: str = ""  # what stopped it

    def words(self) -> str:
        """Its name and whether it is going on."""
        if not self.name:
            return ""
        state = "training" if self.going else "broke off" if self.trouble else "ended"
        return f"run: {self.name} ({state})"

    def sentences(self) -> list[str]:
        """The same as sentences."""
        if not self.name:
            return []
        words = self.words()
        return [f"{words[0].upper()}{words[1:]}.", *[self.trouble] * bool(self.trouble)]


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


def sent_units(units: list[Units], before: list[Units] | None) -> list | None:
    """The units of an epoch as the browser gets them; None where they are as in the one before."""
    if units == before:
        return None
    return [
        [u.layer, u.pictures, u.total, len(u.dead), u.dead if u.total <= NAMED_AT_MOST else []]
        for u in units
    ]


def alive_words(u: Units) -> str:
    """How many units of a layer are alive, and which are dead."""
    words = f"{u.layer} {u.alive} of {u.total}"
    if u.dead and u.alive and u.total <= NAMED_AT_MOST:
        words += f" (dead: {listed(u.dead, str)})"
    return words


def units_sentences(e: Epoch) -> list[str]:
    """Which units are alive after an epoch; nothing where that was not told."""
    if not e.units:
        return []
    words = "; ".join(alive_words(u) for u in e.units)
    pictures = "training picture" if e.units[0].pictures == 1 else "training pictures"
    parts = [f"Units that answer to at least one of {e.units[0].pictures} {pictures}: {words}."]
    if gone := [u.layer for u in e.units if not u.alive]:
        parts.append(f"Every unit of {' and '.join(gone)} is dead, so no gradient passes there.")
    return parts


def dead_kernels(e: Epoch, count: int) -> list[int]:
    """Which of the kernels are dead: of the first layer looked at, if it has as many units."""
    first = e.units[0] if e.units else None
    if first is None or min(first.total, KERNELS_AT_MOST) != count or first.total > NAMED_AT_MOST:
        return []
    return first.dead


def units_cell(e: Epoch) -> str:
    """The units that are alive, as a cell of the table."""
    return ", ".join(f"{u.layer} {u.alive} of {u.total}" for u in e.units) or "–"


def table(history: list[Epoch]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The last epochs as header and rows of text."""
    some = any(e.units for e in history)
    header = ("epoch", "loss", "accuracy", "validation", *SETTINGS, *["alive"] * some)
    first = max(0, len(history) - ROWS_IN_THE_TABLE)
    rows = tuple(
        (
            *(str(i), number(e.loss), percent(e.accuracy), percent(e.validation), *e.settings),
            *[units_cell(e)] * some,
        )
        for i, e in enumerate(history[first:], start=first + 1)
    )
    return header, rows


def sentences(
    history: list[Epoch], place: int, epochs: int, following: Epoch, stop: bool, run: ChosenRun
) -> str:
    """The whole state in words."""
    parts = run.sentences()
    if not history:
        parts.append("No epoch has ended yet.")
    else:
        e = history[place - 1]
        parts.append(
            f"Epoch {place} of {max(epochs, len(history))}: loss {number(e.loss)}, accuracy "
            f"{percent(e.accuracy)}, validation {percent(e.validation)}."
        )
        if note := change_at(history, place):
            parts.append(f"Changed before it: {note}.")
        parts += units_sentences(e)
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
