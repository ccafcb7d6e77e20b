"""The canvas of TrainingMonitor: what was told of a training, sent on a few times a second."""

from __future__ import annotations

import threading
import time

import numpy as np
import traitlets

from convolab.figures.base import Canvas, joined
from convolab.figures.training_monitor_view import Units, packed, sent_units

PAUSE = 1.0  # seconds between two messages: what lies between them is sent and painted as one
BYTES_AT_MOST = 96_000  # of kernels, one a weight
NONE = ((0, 0, 0), b"")  # shape and bytes of the kernels of an epoch that has none


class MonitorCanvas(Canvas):
    """Keeps every epoch and lets the browser know, without taking the training's time.

    Epochs may be far shorter than an eye needs. Each message costs both sides some milliseconds,
    on a machine of two processors at the expense of the training; so they go out in bundles, the
    last one by a timer.
    """

    _esm = joined("training_monitor.js")
    history = traitlets.List().tag(sync=True)  # rows as Epoch has them
    shapes = traitlets.List().tag(sync=True)  # of each epoch's kernels: how many, rows, columns
    kernels = traitlets.Bytes().tag(sync=True)  # of all epochs, one signed byte a weight
    units = traitlets.List().tag(sync=True)  # of each epoch, as sent_units has them
    rates = traitlets.List().tag(sync=True)
    momenta = traitlets.List().tag(sync=True)
    height = traitlets.Int(478).tag(sync=True)
    epochs = traitlets.Int().tag(sync=True)
    place = traitlets.Int(1).tag(sync=True)  # the epoch that is looked at, from 1
    place_max = traitlets.Int(1).tag(sync=True)
    # These two sliders tell the browser their index. One of numbers such as 0.9 rounds as soon as
    # it is made and says so; if that finds the kernel training, all later messages wait behind it.
    rate = traitlets.Int().tag(sync=True)
    momentum = traitlets.Int().tag(sync=True)
    channels = traitlets.Int().tag(sync=True)
    stop = traitlets.Bool().tag(sync=True)
    presets = traitlets.List().tag(sync=True)  # the menu: first the line for none of them
    preset = traitlets.Int().tag(sync=True)  # the chosen one, 0 for none
    anew = traitlets.Bool().tag(sync=True)  # the button, which is released once it is heard
    going = traitlets.Bool().tag(sync=True)  # whether a preset's run is training
    trouble = traitlets.Unicode().tag(sync=True)  # what ended it

    def __init__(self, **traits):
        # While a cell trains, JupyterLab hands the sliders' messages to a subshell, a second
        # thread of the kernel, and the timer is a third. Only one may change this widget at a time.
        self.turn = threading.RLock()
        self.told: list[list] = []
        self.told_units: list[list[Units]] = []
        self._sent_units: list = []
        self._pieces: list[tuple[tuple[int, ...], bytes]] = []  # as NONE
        self._every = 1
        self._earliest = 0.0
        self._timer: threading.Timer | None = None
        super().__init__(**traits)
        # ipykernel from 7.4 on would lead the messages back to the thread that sent last, which is
        # the one that trains. This says that they may stay where JupyterLab put them.
        if self.comm is not None:
            self.comm._reply_subshell_for = None

    def set_state(self, sync_data):
        """What the browser sends."""
        with self.turn:
            super().set_state(sync_data)

    def state(self):
        self.show()
        return super().state()

    def tell(self, row: list, kernels: np.ndarray, units: list[Units]) -> None:
        """Keep an epoch, and send it now or, soon after another, a little later."""
        with self.turn:
            self.told.append(row)
            self._keep(kernels)
            before = self.told_units[-1] if self.told_units else None
            self._sent_units.append(sent_units(units, before))
            self.told_units.append(units)
            wait = self._earliest - time.monotonic()
            if wait <= 0:
                self.show()
            elif self._timer is None:
                self._show_in(wait)

    def show(self) -> None:
        """Send what has been told since the last time."""
        with self.turn:
            self._end_timer()
            if len(self.history) == len(self.told):
                return
            self._earliest = time.monotonic() + PAUSE
            newest = self.place >= self.place_max
            with self.hold_sync():
                self.history = list(self.told)
                self.shapes = [list(shape) for shape, _ in self._pieces]
                self.kernels = b"".join(some for _, some in self._pieces)
                self.units = list(self._sent_units)
                self.place_max = len(self.told)
            # Sent after the new maximum, so that no slider cuts it back to the old one.
            if newest:
                self.place = self.place_max

    def forget(self) -> None:
        """Begin again without epochs, and release the stop button."""
        with self.turn, self.hold_sync():
            self._end_timer()
            self._earliest, self._every, self.told, self._pieces = 0.0, 1, [], []
            self.told_units, self._sent_units, self.units, self.trouble = [], [], [], ""
            self.history, self.shapes, self.kernels, self.place, self.stop = [], [], b"", 1, False
            self.place_max = 1

    def _show_in(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self.show)
        self._timer.daemon = True
        try:
            self._timer.start()
        except RuntimeError:  # a place that grants no more threads
            self.show()

    def _end_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _keep(self, kernels: np.ndarray) -> None:
        """Keep an epoch's kernels; of a long training every other, fourth, … and the last."""
        self._pieces.append((kernels.shape, packed(kernels) if kernels.size else b""))
        last = len(self._pieces) - 1
        if last and (last - 1) % self._every:
            self._pieces[last - 1] = NONE
        while sum(len(some) for _, some in self._pieces) > BYTES_AT_MOST and self._every <= last:
            self._every *= 2
            for at in range(last):
                if at % self._every:
                    self._pieces[at] = NONE
