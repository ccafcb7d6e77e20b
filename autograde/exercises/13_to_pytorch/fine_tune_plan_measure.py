"""What a plan of fine-tuning reaches: LeNet learns the hands of three people that it never met.

For each of them a LeNet has learned from everybody else's digits. The plan says which of its
numbers go on learning, from forty digits of that person; what counts are this person's other ones.
"""

from functools import cache

import numpy as np

from convolab import nn
from convolab.check.open_task import NotMeasured
from convolab.data import digit_writers, digits32

OWNERS, OWN = (2, 3, 10), 40  # whose digits, as `digit_writers` numbers them, and how many
EPOCHS, BATCH, RATE = 8, 32, 0.02  # of the training with everybody else's
MOST_EPOCHS, MOST_RATE, SMALL_BATCH = 100, 10, 10
ENDINGS = {"w": "weight", "b": "bias"}
NAMES = ("train", "rate", "epochs")


def torch_name(name):
    """conv1_w, as the course calls it, is PyTorch's conv1.weight."""
    return f"{name[:-2]}.{ENDINGS[name[-1]]}"


PARTS = {torch_name(name): array.size for name, array in nn.lenet().parameters.items()}


def plan_of(ask):
    """The learner's plan: the names to train, the rate and the epochs."""
    plan = ask()
    if not isinstance(plan, dict) or set(plan) != set(NAMES):
        raise NotMeasured(f"A plan is a dictionary with these three names: {', '.join(NAMES)}.")
    train = plan["train"]
    if not isinstance(train, (list, tuple, set)) or not all(isinstance(one, str) for one in train):
        raise NotMeasured('train is a list of names such as ["conv1.bias", "dense1.bias"].')
    for name in train:
        if name not in PARTS:
            raise NotMeasured(f"No part is called {name[:40]!r}; there are {', '.join(PARTS)}.")
    rate = _number("rate", plan["rate"], MOST_RATE)
    epochs = _number("epochs", plan["epochs"], MOST_EPOCHS)
    if epochs != int(epochs) or epochs < 1:
        raise NotMeasured(f"epochs is a whole number from 1 to {MOST_EPOCHS}.")
    return set(train), rate, int(epochs)


def _number(name, value, most):
    number = isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)
    if not number or not 0 <= value <= most:
        raise NotMeasured(f"{name} is a number from 0 to {most}.")
    return float(value)


@cache
def before(owner):
    """The weights of a LeNet that has learned from everybody but the owner: one long vector."""
    (images, labels), others = digits32(), digit_writers() != owner
    network = nn.lenet(seed=0)
    settings = {"batch_size": BATCH, "weight_decay": 0, "schedule": nn.step_decay(RATE)}
    nn.train(network, images[others][:, None], labels[others], EPOCHS, **settings)
    return network.parameter_vector.copy()


def share_of(owner, train, rate, epochs, rng):
    """The share of the owner's other digits that is read after fine-tuning with forty."""
    images, labels = digits32()
    written = np.flatnonzero(digit_writers() == owner)  # in the order of the form
    own, rest = written[:OWN], written[OWN:]
    network = nn.lenet(seed=0)
    network.parameter_vector[...] = before(owner)
    optimiser = nn.SGD(network, learning_rate=rate, momentum=0.9, weight_decay=0)
    frozen = [
        gradient for name, gradient in network.gradients.items() if torch_name(name) not in train
    ]
    for _ in range(epochs if train else 0):
        for batch in np.split(rng.permutation(own), OWN // SMALL_BATCH):
            network.zero_grad()
            network.forward_backward(images[batch][:, None], labels[batch])
            for gradient in frozen:
                gradient[...] = 0
            optimiser.step()
    return (network.predict(images[rest][:, None]) == labels[rest]).mean()


def share_read(ask, rng):
    """The share of their other digits that is read, the mean of three people."""
    plan = plan_of(ask)
    with np.errstate(all="ignore"):
        return float(np.mean([share_of(owner, *plan, rng) for owner in OWNERS]))


def numbers_trained(ask, rng):
    """How many weights and biases go on learning."""
    return sum(PARTS[name] for name in plan_of(ask)[0])
