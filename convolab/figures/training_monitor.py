"""Loss, accuracy and kernels while a network trains, and a hand on its settings (lesson 08)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import ipywidgets as widgets
import numpy as np

from convolab.figures import controls
from convolab.figures.base import Figure
from convolab.figures.picture import Description
from convolab.figures.training_monitor_canvas import MonitorCanvas
from convolab.figures.training_monitor_picture import draw
from convolab.figures.training_monitor_presets import Preset
from convolab.figures.training_monitor_view import (
    KERNELS_AT_MOST,
    Epoch,
    sentences,
    table,
)
from convolab.figures.validate import real_number, shown, whole

RATES = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0)
MOMENTA = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99)
CHANNELS_AT_MOST = 32
KERNEL_SIDE_AT_MOST = 31
LOSS_AT_MOST = 1e100  # beyond it a loss is as good as infinite


class TrainingMonitor(Figure):
    """Loss, accuracy and kernels, epoch by epoch while Python trains; sliders for the next epoch.

    Show it in a cell, then train in another (or show it with `display(monitor)` and train in the
    same cell). Your own loop tells it what happened and reads what is set:

    >>> TrainingMonitor(epochs=20)

    >>> monitor = TrainingMonitor(epochs=20, learning_rate=0.1, momentum=0.9, channels=16)
    >>> monitor
    >>> for epoch in range(20):
    ...     train_one_epoch(monitor.learning_rate, monitor.momentum)
    ...     monitor.epoch(loss=loss, accuracy=right, validation=held_out, kernels=p["conv_w"])
    ...     if monitor.stopped:
    ...         break

    The course's engine is followed by two arguments:
    `train(model, images, labels, schedule=monitor.schedule, callback=monitor.follow(model))`;
    there the momentum and channels of the sliders are not used: both are fixed when it starts.

    - `epoch(loss, accuracy, validation, kernels, activations)`: all optional; shares from 0 to 1;
      kernels (D, C, R, R) or (D, R, R), of which the first channel of at most 32 is kept and drawn.
      A loss that is not finite leaves a gap.
    - `activations` shows which units are alive: a dictionary of what each layer gives for a fixed
      set of training pictures, by the layer's name, (N, D, H, W) or (N, units), before or after
      ReLU: `{"conv": ops.conv_forward(images[some], p["conv_w"], p["conv_b"])}`. A unit that is
      above 0 for none of these pictures counts as dead. At most 6 layers.
    - `learning_rate`, `momentum`, `channels`, `stopped` are what the controls show; a loop that
      reads them once an epoch lets a change take effect at the next one. A network cannot grow
      while it trains: a loop that finds other `channels` starts a new one, and the curves go on.
    - `clear()` forgets the curves and releases the stop button, for another run.
    - `losses`, `accuracies`, `validations` are lists of what was told. `dead` names the dead units
      after the last epoch, by layer: `{"conv": [0, 3]}`.

    With `presets` there is a menu of runs, and a choice in it starts one: the curves are cleared,
    the controls show the preset's settings, and its function trains in the background. *start anew*
    runs it again with what the controls show now. `convolab.illnesses` has the seven illnesses of
    lesson 09; your own are functions that are called with the monitor, or a `Preset` with settings:

    >>> from convolab.illnesses import ILLNESSES
    >>> TrainingMonitor(epochs=12, presets=ILLNESSES)

    >>> def run(monitor):
    ...     for _ in range(monitor.epochs):
    ...         train_one_epoch(monitor.learning_rate)
    ...         monitor.epoch(loss=loss, activations={"conv": maps})
    ...         if monitor.stopped:
    ...             break
    >>> TrainingMonitor(presets={"healthy": run, "rate too large": Preset(run, learning_rate=1.5)})

    - `run("rate too large")` starts that run from Python and waits for its end, so that a notebook
      which is run from top to bottom shows it.

    While a cell runs, changes of the controls reach Python through a subshell of the kernel, as
    JupyterLab 4.4 and ipykernel 7 or later have it (the course's own versions do). Elsewhere the
    curves are drawn just the same, but the controls are only heard when the cell has ended; the
    kernel's interrupt stops a training anywhere.

    Raises:
        ValueError: it cannot show what it was given, and says why in one sentence.
    """

    def __init__(
        self,
        epochs: int = 10,
        *,
        learning_rate: float = 0.1,
        momentum: float = 0.9,
        channels: int = 16,
        presets: Mapping[str, Preset | Callable[[TrainingMonitor], object]] | None = None,
    ):
        name = type(self).__name__
        rate = self._number("learning_rate", learning_rate, 1e-5, 10)
        momentum = self._number("momentum", momentum, 0, 0.99)
        rates, momenta = sorted({*RATES, rate}), sorted({*MOMENTA, momentum})
        self.canvas = MonitorCanvas(
            epochs=whole(name, "epochs", epochs, 1, 1000),
            rates=rates,
            rate=rates.index(rate),
            momenta=momenta,
            momentum=momenta.index(momentum),
            channels=whole(name, "channels", channels, 1, CHANNELS_AT_MOST),
        )
        self._in_force: dict[str, float] = {}
        self._rate_of_epoch = (-1, 0.0)
        self._make_controls()

    # What a training loop calls and reads -------------------------------------------------------

    def epoch(self, *, loss=None, accuracy=None, validation=None, kernels=None) -> None:
        """Tell what an epoch reached; the picture shows it within a second."""
        loss = self._finite("loss", loss)
        row = [
            None if loss is None or abs(loss) > LOSS_AT_MOST else loss,
            self._share("accuracy", accuracy),
            self._share("validation", validation),
            *({**self._set(), **self._in_force}.values()),
        ]
        self.canvas.tell(row, self._checked_kernels(kernels))
        self._in_force = {}

    def follow(self, model, validation=None, pictures=None):
        """A callback for `convolab.nn.train`, which ends the training when stop is pressed.

        model: the network, whose first layer's kernels are drawn; validation: (images, labels) to
        measure the accuracy on after every epoch; pictures: those of the training, to see after
        every epoch which units of each ReLU layer are alive. A twelfth of them is looked at, always
        the same, at least 128 and at most 1,024, so that it costs a few per cent of the time.
        """
        first = next((n for n, p in model.parameters.items() if p.ndim == 4), None)

        def after_a_batch(log) -> None:
            if log.batch == log.batches:
                right = None
                if validation is not None:
                    right = np.mean(model.predict(validation[0]) == np.asarray(validation[1]))
                kernels = None if first is None else model.parameters[first]
                self._in_force["learning_rate"] = log.learning_rate
                self.epoch(loss=log.loss, accuracy=log.accuracy, validation=right, kernels=kernels)
            if self.stopped:
                raise KeyboardInterrupt  # which train takes as a wish to stop

        return after_a_batch

    def schedule(self, progress: float) -> float:
        """The learning rate for `convolab.nn.train`: the slider's, new at each epoch's start."""
        epoch = len(self.canvas.told)
        if self._rate_of_epoch[0] != epoch:
            self._rate_of_epoch = (epoch, self.learning_rate)
        return self._rate_of_epoch[1]

    def clear(self) -> None:
        """Forget the curves and release the stop button."""
        self.canvas.forget()
        self._in_force, self._rate_of_epoch = {}, (-1, 0.0)

    def _set(self) -> dict[str, float]:
        """What the controls show."""
        c = self.canvas
        return {
            "learning_rate": c.rates[c.rate],
            "momentum": c.momenta[c.momentum],
            "channels": c.channels,
        }

    def _read(self, key: str):
        # What the loop has read is what the epoch ran with, whatever a slider does meanwhile.
        self._in_force[key] = self._set()[key]
        return self._in_force[key]

    @property
    def learning_rate(self) -> float:
        """The step's length, for the next epoch."""
        return self._read("learning_rate")

    @property
    def momentum(self) -> float:
        """The share of the last step that goes on, for the next epoch."""
        return self._read("momentum")

    @property
    def channels(self) -> int:
        """How many kernels, for a network that starts with the next epoch."""
        return self._read("channels")

    @property
    def stopped(self) -> bool:
        """Whether the stop button is pressed."""
        return self.canvas.stop

    @property
    def losses(self) -> list[float | None]:
        """The loss of each epoch."""
        return [row[0] for row in self.canvas.told]

    @property
    def accuracies(self) -> list[float | None]:
        """The share of right answers of each epoch, from 0 to 1."""
        return [row[1] for row in self.canvas.told]

    @property
    def validations(self) -> list[float | None]:
        """The same on pictures that the network does not learn from."""
        return [row[2] for row in self.canvas.told]

    # How it is made -----------------------------------------------------------------------------

    def _number(self, what: str, value, least: float, most: float) -> float:
        given = self._finite(what, value)
        if given is None or not least <= given <= most:
            raise ValueError(
                f"{type(self).__name__}: {what} must be a number from {least:g} to {most:g}, "
                f"not {shown(value)}."
            )
        return given

    def _finite(self, what: str, value) -> float | None:
        """A number as Python's float; None for None, nan and infinity."""
        if value is None:
            return None
        if (number := real_number(value)) is None:
            raise ValueError(f"{type(self).__name__}: {what} must be a number, not {shown(value)}.")
        return number if np.isfinite(number) else None

    def _share(self, what: str, value) -> float | None:
        share = self._finite(what, value)
        if share is not None and not 0 <= share <= 1:
            raise ValueError(
                f"{type(self).__name__}: {what} is a share from 0 to 1, not {shown(value)}; "
                "divide percents by 100."
            )
        return share

    def _checked_kernels(self, kernels) -> np.ndarray:
        if kernels is None:
            return np.zeros((0, 0, 0))
        try:
            array = np.asarray(kernels)
        except ValueError:  # rows of different lengths
            array = np.array(None)
        if array.ndim not in (3, 4) or array.dtype.kind not in "buif" or not array.size:
            raise ValueError(
                f"{type(self).__name__}: kernels must be numbers of the shape (D, C, R, R) or "
                f"(D, R, R), not {array.dtype} of the shape {array.shape}."
            )
        if max(array.shape[-2:]) > KERNEL_SIDE_AT_MOST:
            raise ValueError(
                f"{type(self).__name__}: kernels may have {KERNEL_SIDE_AT_MOST} rows and columns, "
                f"not {array.shape[-2]} and {array.shape[-1]}; give fewer of them, or none."
            )
        some = (array[:, 0] if array.ndim == 4 else array)[:KERNELS_AT_MOST]
        return some if np.isfinite(some).all() else np.zeros((0, 0, 0))

    def _history(self) -> list[Epoch]:
        return [Epoch(*row) for row in self.canvas.told]

    def _following(self) -> Epoch:
        return Epoch(None, None, None, *self._set().values())

    def _make_controls(self) -> None:
        c = self.canvas
        room = widgets.Layout(width="330px", max_width="100%", margin="2px 0")
        wide = {"description_width": "90px"}
        rate, momentum = (
            widgets.SelectionSlider(
                description=name, tooltip="from the next epoch on", layout=room, style=wide,
                options=[(f"{value:g}", value) for value in values], index=index,
            )
            for name, values, index in (("learning rate", c.rates, c.rate),
                                        ("momentum", c.momenta, c.momentum))
        )  # fmt: skip
        channels = controls.slider("channels", "of a network that starts with the next epoch",
                                   value=c.channels, min=1, max=CHANNELS_AT_MOST)  # fmt: skip
        place = controls.slider("epoch", "the epoch to look at", value=1, min=1, max=1)
        for slider in (channels, place):
            slider.style = wide
        stop = widgets.ToggleButton(value=c.stop, description="stop", icon="stop",
                                    tooltip="tell the training to stop")  # fmt: skip
        self.link("rate", rate, "index")
        self.link("momentum", momentum, "index")
        self.link("channels", channels)
        self.link("place_max", place, "max")
        self.link("place", place)
        self.link("stop", stop)
        self.compose([rate, momentum], [channels, place], [stop])

    def describe(self) -> Description:
        self.canvas.show()
        c, history = self.canvas, self._history()
        text = sentences(history, c.place, c.epochs, self._following(), c.stop)
        return Description(text, *table(history))

    def draw_picture(self):
        self.canvas.show()
        return draw(self, self._history(), self._following())
