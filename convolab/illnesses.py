"""Seven ways to spoil a training, ready to be chosen in TrainingMonitor (lesson 09).

>>> from convolab.figures import TrainingMonitor
>>> from convolab.illnesses import ILLNESSES
>>> TrainingMonitor(epochs=12, learning_rate=0.05, presets=ILLNESSES)

All train the small network of lesson 08 on the same digits from the same random numbers. Only what
the name says is different, so beside *healthy* each shows what that alone does.
"""

from functools import partial

import numpy as np

from convolab.data import digits, split
from convolab.figures import Preset
from convolab.nn import Conv2D, Dense, Flatten, MaxPool2D, ReLU, Sequential, train

RATE, MOMENTUM, CHANNELS, BATCH = 0.05, 0.9, 16, 32  # as in lesson 08
SMALL_RATE, LARGE_RATE = 0.0005, 1.5  # a hundredth and thirty times of it, as lesson 09 says
EQUAL = 0.1  # what every weight is
TOO_LARGE = 20  # times the size that He and others recommend
FEW = 20  # pictures


def _run(monitor, *, weights=lambda weights: weights, pixels=1 / 16, shuffled=False, few=False):
    """Train the small network with one thing wrong, as long as the monitor says.

    weights: what becomes of the random weights of a layer; pixels: what the numbers of the digits,
    0 to 16, are multiplied by; shuffled: whether each picture gets another one's label; few:
    whether 20 pictures are shown again and again, as often in all as the others in an epoch.
    """
    images, labels = digits()
    images = images[:, None] * pixels
    learn, unseen = split(labels)
    if few:
        learn = np.resize(learn[:FEW], len(learn))
    taught = labels[learn]
    if shuffled:
        taught = np.random.default_rng(0).permutation(taught)
    model = small_network(monitor.channels)
    for name, array in model.parameters.items():
        if name.endswith("_w"):
            array[...] = weights(array)
    with np.errstate(all="ignore"):  # numbers beyond all limits are what some of these are about
        train(
            model,
            images[learn],
            taught,
            monitor.epochs,
            batch_size=BATCH,
            momentum=monitor.momentum,
            weight_decay=0,
            schedule=monitor.schedule,
            callback=monitor.follow(model, (images[unseen], labels[unseen]), images[learn]),
        )


def small_network(channels=CHANNELS, seed=0, activation=ReLU):
    """The small network of lesson 08 for the course's engine, not trained.

    In doubles: with single precision some processors round equal kernels apart within ten epochs.
    """
    layers = [Conv2D(channels, 3), activation(), MaxPool2D(2), Flatten(), Dense(10)]
    return Sequential(layers, (1, 8, 8), seed, dtype=np.float64)


def _preset(rate=RATE, **wrong):
    return Preset(partial(_run, **wrong), rate, MOMENTUM, CHANNELS)


ILLNESSES = {
    "healthy": _preset(),
    "rate too small": _preset(rate=SMALL_RATE),
    "rate too large": _preset(rate=LARGE_RATE),
    "weights all equal": _preset(weights=lambda weights: EQUAL),
    "weights too large": _preset(weights=lambda weights: TOO_LARGE * weights),
    "inputs not scaled": _preset(pixels=1),
    "labels not shuffled along": _preset(shuffled=True),
    "20 pictures only": _preset(few=True),
}
