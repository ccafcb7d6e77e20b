"""The training loop: epochs, shuffling, shifts of a pixel, and what there is to watch meanwhile."""

import time
from contextlib import nullcontext
from dataclasses import dataclass, field

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from convolab.nn.optim import SGD, cosine


@dataclass
class Step:
    """Where the training stands after one batch; loss and accuracy are means over this epoch."""

    epoch: int  # from 1
    epochs: int
    batch: int  # from 1, within the epoch
    batches: int
    loss: float
    accuracy: float
    rate: float


@dataclass
class History:
    """What `train` saw: one number an epoch in each list; error is None without test pictures."""

    loss: list = field(default_factory=list)
    accuracy: list = field(default_factory=list)
    test_error: list = field(default_factory=list)
    seconds: list = field(default_factory=list)  # of processor time, since the start
    interrupted: bool = False


def train(
    model,
    images,
    labels,
    epochs=10,
    *,
    batch=128,
    schedule=None,
    momentum=0.9,
    weight_decay=5e-4,
    shift=0,
    seed=0,
    test=None,
    callback=None,
    progress=False,
):
    """Trains a network in place, and returns a History.

    images: (N, C, H, W), floats or uint8 (0 to 255 count as 0 to 1), labels: (N,) ints.
    schedule: learning rate by progress, from optim.py; a cosine with peak 0.1 where None.
    shift: every time a picture is used it is moved by up to so many pixels in each direction.
    seed: decides order and shifts; the same seed gives the same weights on the same machine.
    test: (images, labels) to measure the error on after every epoch; nothing is chosen by it.
    callback: called with a Step after every batch. progress: True, or a rich Console, shows a bar.
    Interrupting (Ctrl-C, or the stop button) ends the training and keeps what was learned.
    Raises ValueError for shapes that do not fit, no pictures, or less than one epoch.
    """
    images, labels = model.batch(images), np.asarray(labels)
    if len(images) != len(labels) or epochs < 1 or batch < 1:
        raise ValueError(
            f"training needs a label for each picture, at least one epoch and a batch of one: got "
            f"{len(images)} pictures, {len(labels)} labels, {epochs} epochs, batch {batch}"
        )
    rng, optimiser = np.random.default_rng(seed), SGD(momentum, weight_decay)
    schedule = schedule or cosine(0.1)
    batches = -(-len(images) // batch)
    pick = _shifting(images, shift, rng) if shift else lambda some: images[some]
    history, start = History(), time.process_time()
    with _bar(epochs * batches, progress) if progress else nullcontext() as show:
        try:
            for epoch in range(1, epochs + 1):
                order, sums, seen = rng.permutation(len(images)), np.zeros(2), 0
                for number in range(batches):
                    some = order[number * batch : (number + 1) * batch]
                    rate = schedule(((epoch - 1) * batches + number) / (epochs * batches))
                    sums += len(some) * np.array(model.learn(pick(some), labels[some]))
                    optimiser.step(model.vector, model.gradient, rate)
                    seen += len(some)
                    loss, accuracy = (sums / seen).tolist()
                    step = Step(epoch, epochs, number + 1, batches, loss, accuracy, float(rate))
                    for watch in filter(None, (show, callback)):
                        watch(step)
                history.loss.append(loss)
                history.accuracy.append(accuracy)
                history.seconds.append(time.process_time() - start)
                if test is not None:
                    history.test_error.append(error(model, *test))
        except KeyboardInterrupt:
            history.interrupted = True
    return history


def error(model, images, labels):
    """The share of pictures whose class the network gets wrong, a float from 0 to 1."""
    return float(np.mean(model.predict(images) != np.asarray(labels)))


def confusion_matrix(model, images, labels):
    """How often class i (row) was taken for class j (column): (classes, classes) ints."""
    classes = model.shapes[-1][0]
    pairs = np.asarray(labels) * classes + model.predict(images)
    return np.bincount(pairs, minlength=classes**2).reshape(classes, classes)


def _shifting(images, shift, rng):
    """A function that picks pictures by number, each moved by a random whole number of pixels."""
    padded = np.pad(images, ((0, 0), (0, 0), (shift, shift), (shift, shift)))
    windows = sliding_window_view(padded, images.shape[2:], axis=(2, 3))

    def pick(some):
        down, right = rng.integers(0, 2 * shift + 1, (2, len(some)))
        return windows[some, :, down, right]

    return pick


def _bar(total, console):
    """A progress bar that is called with a Step; a context manager."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    class Bar(Progress):
        def __call__(self, step):
            text = f"epoch {step.epoch} of {step.epochs}"
            numbers = f"loss {step.loss:.3f}  accuracy {step.accuracy:.1%}"
            self.update(task, advance=1, description=text, numbers=numbers)

    columns = [TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[numbers]}")]
    bar = Bar(*columns, TimeRemainingColumn(), console=None if console is True else console)
    task = bar.add_task("", total=total, numbers="")
    return bar
