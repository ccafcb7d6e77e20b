"""Trains the small network from new random weights, and returns its parameters."""

import numpy as np

from convolab.data import digits, split
from convolab.exercises import Exercise

from .sgd_step import sgd_step, sgd_step_loop
from .small_gradients import slopes_by_loops, slopes_of_all

exercise = Exercise(
    says={
        "blank": "the biases after a few steps on empty sheets, where nothing is left to chance",
        "learns": "reading digits that it has not seen",
    },
    shape_only=("conv_w", "dense_w"),
)

def begin(rng):
    """The parameters at the start."""
    return {
        "conv_w": rng.normal(0, np.sqrt(2 / 9), (16, 1, 3, 3)),
        "conv_b": np.zeros(16),
        "dense_w": rng.normal(0, np.sqrt(2 / 144), (144, 10)),
        "dense_b": np.zeros(10),
    }

def trained(images, labels, epochs, seed, rate=0.1, momentum=0.9, batch=32, per_epoch=False):
    """The training as the lesson says, with what a learner may get wrong as an argument."""
    rng = np.random.default_rng(seed)
    p, v = begin(rng), {}
    for _ in range(epochs):
        v = {} if per_epoch else v
        order = rng.permutation(len(images))
        for start in range(0, len(images), batch):
            some = order[start : start + batch]
            p, v = sgd_step(p, slopes_of_all(images[some], labels[some], p), v, rate, momentum)
    return p

@exercise.right
def train(images, labels, epochs, seed):
    return trained(images, labels, epochs, seed)

@exercise.variant("batches by splitting")
def train_splitting(images, labels, epochs, seed):
    rng = np.random.default_rng(seed)
    parameters, velocity = begin(rng), {}
    for _ in range(epochs):
        order = rng.permutation(len(images))
        for some in np.split(order, range(32, len(order), 32)):
            gradients = slopes_of_all(images[some], labels[some], parameters)
            parameters, velocity = sgd_step(parameters, gradients, velocity, 0.1)
    return parameters

@exercise.variant("pictures moved about, other start")
def train_moved_about(images, labels, epochs, seed):
    rng = np.random.default_rng(seed)
    p = {
        "conv_w": rng.uniform(-0.5, 0.5, (16, 1, 3, 3)),
        "conv_b": np.zeros(16),
        "dense_w": rng.uniform(-0.1, 0.1, (144, 10)),
        "dense_b": np.zeros(10),
    }
    v = {}
    for _ in range(epochs):
        order = np.arange(len(images))
        rng.shuffle(order)
        images, labels = images[order], labels[order]
        for start in range(0, len(images), 32):
            stop = min(start + 32, len(images))
            g = slopes_of_all(images[start:stop], labels[start:stop], p)
            p, v = sgd_step(p, g, v, 0.1, 0.9)
    return p

@exercise.variant("plain loops everywhere")
def train_loops(images, labels, epochs, seed):
    rng = np.random.default_rng(seed)
    p, v = begin(rng), {}
    for _ in range(epochs):
        order = rng.permutation(len(images))
        for start in range(0, len(images), 32):
            some = order[start : start + 32]
            p, v = sgd_step_loop(p, slopes_by_loops(images[some], labels[some], p), v, 0.1)
    return p

def blank(*labels):
    """Empty sheets with these labels: every one gives the same, whatever the kernels are."""
    return np.zeros((len(labels), 1, 8, 8)), np.array(labels)

exercise.numpy_integers("blank", *blank(2, 9, 2, 4), 3, 1)
exercise.shows("blank", (*blank(3, 1, 3, 7, 3, 0), 1, 5), (*blank(*[6] * 40), 2, 8))

@exercise.hidden
def train_hidden(rng):
    yield "blank", (*blank(*rng.integers(0, 10, 12)), 2, int(rng.integers(1, 99)))
    for sheets in (64, 65):  # two steps, and three
        yield "blank", (*blank(*[int(rng.integers(0, 10))] * sheets), 1, int(rng.integers(1, 99)))

IMAGES, LABELS = digits()

LEARN, UNSEEN = split(LABELS)
exercise.learns(
    "learns",
    at_least=0.5,
    epochs=6,
    digits=(IMAGES[LEARN[:192]], LABELS[LEARN[:192]]),
    unseen=(IMAGES[UNSEEN[:150]], LABELS[UNSEEN[:150]]),
)

exercise.slip("nothing learned", "trained(images, labels, epochs, seed)", "begin(np.random.default_rng(seed))",
    hint="The parameters come back as they were at the start. Does each step's result replace p and v?")
exercise.knob("uphill", trained, rate=-0.1,
    hint="The biases move the wrong way, so the loss grows. Compare the sign of the step with your `sgd_step`.")
exercise.knob("no momentum", trained, momentum=0,
    hint="It moves as if there were no velocity. Keep what `sgd_step` returns as velocity, and pass it to the next step; {} belongs before the loops only.")
exercise.knob("velocity begun anew in each epoch", trained, per_epoch=True,
    hint="The velocity begins at {} in every epoch. It belongs before the loop over the epochs.")
exercise.knob("another learning rate", trained, rate=0.01,
    hint="The steps are ten times too short: the learning rate is 0.1.")
exercise.slip("one epoch only", "trained(images, labels, epochs, seed)", "trained(images, labels, 1, seed)",
    hint="It goes through the pictures once, whatever epochs says. Is there a return inside the loop?")
exercise.slip("one batch only", "trained(images, labels, epochs, seed)", "trained(images[:32], labels[:32], 1, seed)",
    hint="After the first batch it is over. Is there a return inside a loop?")
exercise.slip("everything in one batch", "trained(images, labels, epochs, seed)", "trained(images, labels, epochs, seed, batch=len(images))",
    hint="All pictures go into one batch, so there is one step an epoch. Take 32 at a time.")
exercise.slip("last batch dropped", "return trained(images, labels, epochs, seed)", "full = len(images) // 32 * 32\n    return trained(images[:full], labels[:full], epochs, seed)",
    hint="What does not fill a batch of 32 is left out. The last batch may be smaller: `range(0, len(images), 32)` goes to it as well.")
exercise.knob("one picture at a time", trained, batch=1,
    hint="There is a step for each picture. Take batches of 32.")

@exercise.wrong("drawn with replacement",
    hint="In one epoch some pictures come up several times and others never. Each belongs in exactly one batch: shuffle the numbers of all pictures, with `rng.permutation`.")
def train_with_replacement(images, labels, epochs, seed):
    rng = np.random.default_rng(seed)
    p, v = begin(rng), {}
    for _ in range(epochs):
        order = rng.integers(0, len(images), len(images))
        for start in range(0, len(images), 32):
            some = order[start : start + 32]
            p, v = sgd_step(p, slopes_of_all(images[some], labels[some], p), v, 0.1)
    return p

exercise.slip("the velocity too", "trained(images, labels, epochs, seed)", "trained(images, labels, epochs, seed), {}",
    hint="Parameters and velocity come back. Return the parameters only.")
