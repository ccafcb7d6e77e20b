"""Presets of TrainingMonitor: runs that a choice in its menu starts, one at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from convolab.figures import training_monitor_told as told
from convolab.figures.validate import shown, whole

LEAST_RATE, LARGEST_RATE, LARGEST_MOMENTUM, CHANNELS_AT_MOST = 1e-5, 10, 0.99, 32
PRESETS_AT_MOST = 12
LETTERS_AT_MOST = 40
LETTERS_OF_TROUBLE = 140
# Seconds that an epoch and a whole run in the background take at least, so that an eye can follow
# and a hand can move a slider: the shorter of the two.
PACE, PACE_OF_A_RUN = 0.25, 10
NONE = "choose one"  # what the menu shows before a choice


@dataclass(frozen=True)
class Preset:
    """A run and the settings it begins with; the figure's own where a setting is None.

    run: called with the monitor in the background; it trains, calls `monitor.epoch(…)`, reads
    `monitor.learning_rate` and the other settings, and ends when `monitor.stopped`.
    """

    run: Callable[..., object]
    learning_rate: float | None = None
    momentum: float | None = None
    channels: int | None = None

    def filled(self, own: Preset) -> Preset:
        """The same with the figure's own settings where it has none."""
        chosen = (self.learning_rate, self.momentum, self.channels)
        usual = (own.learning_rate, own.momentum, own.channels)
        return Preset(
            self.run, *(b if a is None else a for a, b in zip(chosen, usual, strict=True))
        )

    def checked(self) -> Preset:
        """The same with its settings as Python's numbers; otherwise a ValueError."""
        return Preset(
            self.run,
            told.between("learning_rate", self.learning_rate, LEAST_RATE, LARGEST_RATE),
            told.between("momentum", self.momentum, 0, LARGEST_MOMENTUM),
            whole(told.FIGURE, "channels", self.channels, 1, CHANNELS_AT_MOST),
        )


class Replaced(Exception):
    """Another run has begun: ends the one that still tells of its epochs."""


def presets_by_name(presets, own: Preset) -> dict[str, Preset]:
    """The presets as handed to the figure, each whole and checked; otherwise a ValueError.

    own: the settings of the figure itself, for those that a preset leaves out.
    """
    if presets is None:
        return {}
    if not isinstance(presets, Mapping) or not 1 <= len(presets) <= PRESETS_AT_MOST:
        raise ValueError(
            f"{told.FIGURE}: presets must be a dictionary of 1 to {PRESETS_AT_MOST} runs by their "
            f"names, not {shown(presets)}."
        )
    found = {}
    for name, run in presets.items():
        if not isinstance(name, str) or not 1 <= len(name) <= LETTERS_AT_MOST or name == NONE:
            raise ValueError(
                f"{told.FIGURE}: a preset's name must have 1 to {LETTERS_AT_MOST} letters, "
                f"not {shown(name)}."
            )
        preset = run if isinstance(run, Preset) else Preset(run)
        if not callable(preset.run):
            raise ValueError(
                f"{told.FIGURE}: the preset {shown(name)} must be a function that takes the "
                f"monitor, or a Preset, not {shown(preset.run)}."
            )
        found[name] = preset.filled(own).checked()
    return found


class Runs:
    """The runs of a monitor, one at a time; a new one ends the one before and waits for that.

    A choice in the menu reaches Python as a change of the canvas's trait `preset`, the button
    *start anew* as one of `anew`, each in a thread that must not train: it would hear no *stop*.
    """

    def __init__(self, monitor, presets: dict[str, Preset]):
        self._monitor, self._canvas, self._presets = monitor, monitor.canvas, presets
        self._one = threading.Lock()  # held by the run that trains
        self._newest: object = None  # None while there is none
        self._mine = threading.local()  # .token, and .earliest: when the next epoch may be told
        self._thread: threading.Thread | None = None
        self._named = 0  # the choice that Python itself has made or heard
        if presets:
            self._canvas.observe(self._chosen, "preset")
            self._canvas.observe(self._pressed, "anew")

    def here(self, name: str) -> None:
        """Run a preset in the caller's thread; what goes wrong in it is the caller's."""
        if self._token is not None:
            raise RuntimeError("TrainingMonitor: a run cannot start another one.")
        token = self._newest = object()
        self._do(token, name, anew=False)

    def wait(self, seconds: float | None) -> bool:
        """Wait for the end of a run in the background: whether it has ended."""
        if (thread := self._thread) is not None:
            thread.join(seconds)
        return thread is None or not thread.is_alive()

    @property
    def replaced(self) -> bool:
        """Whether another run has begun since the caller's own."""
        return self._newest is not self._token

    def may_tell(self) -> bool:
        """Whether an epoch of the caller counts; waits a little, so that an eye can follow.

        Raises:
            Replaced: in a run that another one has replaced, which this ends.
        """
        if self._token is None:  # a loop in a cell
            return not self.replaced
        if (earliest := getattr(self._mine, "earliest", None)) is not None:
            time.sleep(max(0.0, earliest - time.monotonic()))
            self._mine.earliest = time.monotonic() + min(PACE, PACE_OF_A_RUN / self._canvas.epochs)
        if self.replaced:
            raise Replaced
        return True

    @property
    def _token(self) -> object:
        return getattr(self._mine, "token", None)

    def _chosen(self, change) -> None:
        if change.new != self._named:
            self._named = change.new
            self._behind(anew=False)

    def _pressed(self, change) -> None:
        if change.new:
            self._canvas.anew = False
            self._behind(anew=True)

    def _behind(self, anew: bool) -> None:
        """Run what is chosen in the background; where no thread is to be had, at once."""
        name = self._monitor.preset
        token = self._newest = object()
        if name is None:  # the menu is back at "choose one": that ends a run
            self._newest = None
            return
        work = {"target": self._attempt, "args": (token, name, anew), "daemon": True}
        self._thread = threading.Thread(**work)
        try:
            self._thread.start()
        except RuntimeError:  # such as in a browser
            self._thread = None
            self._attempt(token, name, anew, slowly=False)

    def _attempt(self, token: object, name: str, anew: bool, slowly: bool = True) -> None:
        """Run it; what goes wrong is told in the figure, as nobody waits for it."""
        self._mine.earliest = 0.0 if slowly else None
        try:
            self._do(token, name, anew)
        except (Exception, KeyboardInterrupt) as error:
            words = " ".join(f"{type(error).__name__}: {error}".split())[:LETTERS_OF_TROUBLE]
            with self._canvas.turn:
                self._canvas.trouble = f"It stopped with {words.rstrip('.: ')}."
        finally:
            self._mine.earliest = None

    def _do(self, token: object, name: str, anew: bool) -> None:
        with self._one:
            if token is not self._newest:
                return
            self._mine.token = token
            try:
                self._begin(name, anew)
                self._presets[name].run(self._monitor)
            except Replaced:
                pass
            finally:
                self._mine.token = None
                with self._canvas.turn:
                    if self._newest in (token, None):
                        self._newest, self._canvas.going = None, False
                self._canvas.show()

    def _begin(self, name: str, anew: bool) -> None:
        """Clear the curves, and let the menu and the sliders show what is run."""
        preset, c = self._presets[name], self._canvas
        self._monitor.clear()
        with c.turn, c.hold_sync():
            if self.replaced:  # by a choice of this very moment, which the menu shows already
                raise Replaced
            self._named = c.presets.index(name)
            c.preset, c.going = self._named, True
            if not anew:
                c.rate = c.rates.index(preset.learning_rate)
                c.momentum = c.momenta.index(preset.momentum)
                c.channels = preset.channels
