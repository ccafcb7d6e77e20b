"""The small network of lesson 09, trained and looked into, for the tests of its claims."""

import numpy as np

from convolab.data import digits, split
from convolab.illnesses import small_network
from convolab.nn import ReLU, train
from tests.exercises.references import references

LESSON = "09_when_training_goes_wrong"
of = references(LESSON)
PICTURES, LABELS = digits()
PICTURES = PICTURES[:, None] / 16
LEARN, UNSEEN = split(LABELS)
STARTS = (0, 1, 2)


def network(seed, activation=ReLU, weights=None):
    """The lesson's small network; all its weights the same if `weights` is a number."""
    model = small_network(seed=seed, activation=activation)
    for name in ("conv1_w", "dense1_w") if weights is not None else ():
        model.parameters[name][...] = weights
    return model


def taught(model, pictures, labels, rate=0.05, epochs=10, seed=0, watch=None):
    """The history of the lesson's training."""
    settings = {"batch_size": 32, "weight_decay": 0, "seed": seed, "callback": watch}
    with np.errstate(all="ignore"):
        return train(model, pictures, labels, epochs, schedule=lambda done: rate, **settings)


def read(model, which=UNSEEN, times=1):
    return (model.predict(times * PICTURES[which]) == LABELS[which]).mean()


def dead(model, times=1):
    return 16 * of["dead_share"](model.activations(times * PICTURES[LEARN])[1])


def twenty(seed):
    return np.random.default_rng(seed).permutation(LEARN)[:20]
