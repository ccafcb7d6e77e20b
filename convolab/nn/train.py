"""The training loop: epochs, shuffling, shifts of a pixel, and what to watch meanwhile."""

from contextlib import nullcontext
from dataclasses import dataclass, field

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from convolab.nn.optim import SGD, cosine_decay
from convolab.place import IN_A_TAB, seconds


@dataclass
class BatchLog:
    """The progress of training after a batch; loss and accuracy are means over the epoch so far."""

    epoch: int  # from 1
    epochs: int
    batch: int  # from 1, within the epoch
    batches: int  # in an epoch
    loss: float
    accuracy: float
    learning_rate: float


@dataclass
class History:
    """What `train` saw: one number for each epoch in each list.

    Attributes:
        loss: the mean cross-entropy.
        accuracy: the share of right answers in training, from 0 to 1.
        test_error: the share of wrong answers in the test; empty if `train` was given no test.
        seconds: processor time since the start; in a browser the time that passed.
        interrupted: whether somebody stopped the training before its last epoch was over.
    """

    loss: list = field(default_factory=list)
    accuracy: list = field(default_factory=list)
    test_error: list = field(default_factory=list)
    seconds: list = field(default_factory=list)
    interrupted: bool = False


def train(
    model,
    images,
    labels,
    epochs=10,
    *,
    batch_size=128,
    schedule=None,
    momentum=0.9,
    weight_decay=5e-4,
    shift=0,
    seed=0,
    test=None,
    callback=None,
    progress_bar=False,
):
    """Trains a network in place, as lesson 08's `train` does.

    Interrupting it (Ctrl-C, or the stop button) ends the training and keeps what was learned.

    Args:
        model: a Sequential.
        images: (N, C, H, W), floats, or uint8, where 0 to 255 count as 0 to 1.
        labels: (N,) whole numbers.
        batch_size: pictures for each step; the last batch of an epoch may be smaller.
        schedule: the learning rate by progress, from optim.py; None for a cosine with peak 0.1.
        shift: each time a picture is used, it is moved by up to this many pixels in each direction.
        seed: decides order and shifts; the same seed gives the same weights on the same machine.
        test: (images, labels) to measure the error rate on after every epoch; they influence
            neither the training nor any choice.
        callback: called with a BatchLog after every batch.
        progress_bar: True, or a rich Console to draw it on.

    Returns:
        A History.

    Raises:
        ValueError: for shapes that do not fit, no pictures, or less than one epoch.
    """
    images, labels = model.check_batch(images), np.asarray(labels)
    if len(images) != len(labels) or epochs < 1 or batch_size < 1:
        raise ValueError(
            f"training needs a label for each picture, at least one epoch and a batch of one: "
            f"pictures {len(images)}, labels {len(labels)}, epochs {epochs}, batch size "
            f"{batch_size}"
        )
    rng = np.random.default_rng(seed)
    optimiser = SGD(model, momentum=momentum, weight_decay=weight_decay)
    schedule = schedule or cosine_decay(0.1)
    batches = -(-len(images) // batch_size)  # rounded up
    pick = _random_shifts(images, shift, rng) if shift else lambda numbers: images[numbers]
    history, start = History(), seconds()
    with _bar(epochs * batches, progress_bar) if progress_bar else nullcontext() as show:
        try:
            for epoch in range(1, epochs + 1):
                order, sums, seen = rng.permutation(len(images)), np.zeros(2), 0
                for number in range(batches):
                    batch = order[number * batch_size : (number + 1) * batch_size]
                    progress = ((epoch - 1) * batches + number) / (epochs * batches)
                    optimiser.learning_rate = schedule(progress)
                    model.zero_grad()
                    means = model.forward_backward(pick(batch), labels[batch])
                    optimiser.step()
                    sums += len(batch) * np.array(means)
                    seen += len(batch)
                    loss, accuracy = (sums / seen).tolist()
                    rate = float(optimiser.learning_rate)
                    log = BatchLog(epoch, epochs, number + 1, batches, loss, accuracy, rate)
                    for watch in filter(None, (show, callback)):
                        watch(log)
                history.loss.append(loss)
                history.accuracy.append(accuracy)
                history.seconds.append(seconds() - start)
                if test is not None:
                    history.test_error.append(error_rate(model, *test))
        except KeyboardInterrupt:
            history.interrupted = True
    return history


def error_rate(model, images, labels):
    """The share of pictures whose class the network gets wrong, a float from 0 to 1."""
    return float(np.mean(model.predict(images) != np.asarray(labels)))


def confusion_matrix(model, images, labels):
    """How often class i (row) was taken for class j (column): (classes, classes) ints."""
    classes = model.shapes[-1][0]
    pairs = np.asarray(labels) * classes + model.predict(images)
    return np.bincount(pairs, minlength=classes**2).reshape(classes, classes)


def _random_shifts(images, shift, rng):
    """A function that picks pictures by number, each moved by a random number of whole pixels.

    In a frame of zeros, a picture that has moved is a window that has moved the other way.
    """
    padded = np.pad(images, ((0, 0), (0, 0), (shift, shift), (shift, shift)))
    windows = sliding_window_view(padded, images.shape[2:], axis=(2, 3))

    def pick(numbers):
        down, right = rng.integers(0, 2 * shift + 1, (2, len(numbers)))
        return windows[numbers, :, down, right]

    return pick


def _bar(total, console):
    """A progress bar that is called with a BatchLog; a context manager."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    class Bar(Progress):
        def __call__(self, log):
            text = f"epoch {log.epoch} of {log.epochs}"
            numbers = f"loss {log.loss:.3f}  accuracy {log.accuracy:.1%}"
            self.update(task, advance=1, description=text, numbers=numbers)
            if IN_A_TAB and log.batch == log.batches:
                self.refresh()

    columns = [TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[numbers]}")]
    bar = Bar(
        *columns,
        TimeRemainingColumn(),
        console=None if console is True else console,
        auto_refresh=not IN_A_TAB,  # it needs a thread
    )
    task = bar.add_task("", total=total, numbers="")
    return bar
