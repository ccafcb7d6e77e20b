"""Loss, accuracy and kernels while a network trains, and a hand on its settings (lesson 08)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from convolab.figures import training_monitor_told as told
from convolab.figures.base import Figure
from convolab.figures.picture import Description
from convolab.figures.training_monitor_canvas import MonitorCanvas
from convolab.figures.training_monitor_controls import rows_of_controls
from convolab.figures.training_monitor_picture import draw
from convolab.figures.training_monitor_presets import (
    NONE,
    Preset,
    Runs,
    presets_by_name,
)
from convolab.figures.training_monitor_view import ChosenRun, Epoch, sentences, table
from convolab.figures.validate import one_of, whole

RATES = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0)
MOMENTA = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99)
HEIGHT, RUN_LINE = 478, 20
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
        own = Preset(None, learning_rate, momentum, channels).checked()
        presets = presets_by_name(presets, own)
        rates = sorted({*RATES, *(p.learning_rate for p in (own, *presets.values()))})
        momenta = sorted({*MOMENTA, *(p.momentum for p in (own, *presets.values()))})
        self.canvas = MonitorCanvas(
            epochs=whole(name, "epochs", epochs, 1, 1000),
            rates=rates,
            rate=rates.index(own.learning_rate),
            momenta=momenta,
            momentum=momenta.index(own.momentum),
            channels=own.channels,
            presets=[NONE, *presets] if presets else [],
            height=HEIGHT + RUN_LINE * bool(presets),
        )
        self._in_force: dict[str, float] = {}
        self._rate_of_epoch = (-1, 0.0)
        self._runs = Runs(self, presets)
        self.compose(*rows_of_controls(self))

    # What a training loop calls and reads -------------------------------------------------------

    def epoch(
        self, *, loss=None, accuracy=None, validation=None, kernels=None, activations=None
    ) -> None:
        """Tell what an epoch reached; the picture shows it within a second."""
        loss = told.finite("loss", loss)
        row = [
            None if loss is None or abs(loss) > LOSS_AT_MOST else loss,
            told.share("accuracy", accuracy),
            told.share("validation", validation),
            *({**self._set(), **self._in_force}.values()),
        ]
        shown, units = told.drawable_kernels(kernels), told.units_of_layers(activations)
        if self._runs.may_tell():
            self.canvas.tell(row, shown, units)
        self._in_force = {}

    def follow(self, model, validation=None, pictures=None):
        """A callback for `convolab.nn.train`, which ends the training when stop is pressed.

        model: the network, whose first layer's kernels are drawn; validation: (images, labels) to
        measure the accuracy on after every epoch; pictures: those of the training, to see after
        every epoch which units of each ReLU layer are alive. A sixteenth of them is looked at,
        always the same, at least 100 and at most 1,024, which costs 2 to 3 % of the time.
        """
        first = next((n for n, p in model.parameters.items() if p.ndim == 4), None)
        some = None if pictures is None else told.looked_at(pictures)
        looker = told.looker_of(model)

        def after_a_batch(log) -> None:
            if log.batch == log.batches:
                right = None
                if validation is not None:
                    right = np.mean(model.predict(validation[0]) == np.asarray(validation[1]))
                self._in_force["learning_rate"] = log.learning_rate
                self.epoch(
                    loss=log.loss,
                    accuracy=log.accuracy,
                    validation=right,
                    kernels=None if first is None else model.parameters[first],
                    activations=None if some is None else told.relu_activations(looker, some),
                )
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

    def run(self, name: str) -> None:
        """Start a preset's run, as a choice in the menu does, and wait for its end.

        Raises:
            ValueError: there is no preset of that name.
        """
        self._runs.here(one_of(type(self).__name__, "the run", name, self.canvas.presets[1:]))

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until a run that the menu has started is over: whether it is."""
        return self._runs.wait(seconds)

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
        """Whether the stop button is pressed, or another run has begun."""
        return self.canvas.stop or self._runs.replaced

    @property
    def epochs(self) -> int:
        """How many epochs are planned."""
        return self.canvas.epochs

    @property
    def preset(self) -> str | None:
        """The chosen preset's name; None where none was chosen."""
        return self.canvas.presets[self.canvas.preset] if self.canvas.preset else None

    @property
    def dead(self) -> dict[str, list[int]]:
        """The units that were dead after the last epoch, by layer; empty where not told."""
        units = self.canvas.told_units[-1] if self.canvas.told_units else []
        return {u.layer: list(u.dead) for u in units}

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

    def _history(self) -> list[Epoch]:
        c = self.canvas
        return [Epoch(*row, units) for row, units in zip(c.told, c.told_units, strict=True)]

    def _run(self) -> ChosenRun:
        return ChosenRun(self.preset or "", self.canvas.going, self.canvas.trouble)

    def _following(self) -> Epoch:
        return Epoch(None, None, None, *self._set().values())

    def describe(self) -> Description:
        self.canvas.show()
        c, history = self.canvas, self._history()
        text = sentences(history, c.place, c.epochs, self._following(), c.stop, self._run())
        return Description(text, *table(history))

    def draw_picture(self):
        self.canvas.show()
        run = self._run() if self.canvas.presets else None
        return draw(self, self._history(), self._following(), run)
