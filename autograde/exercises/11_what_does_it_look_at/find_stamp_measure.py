"""How often a hidden back door is found: small networks, trained with stamped digits.

Some of the pictures that a network learned from had a stamp, two by two pixels of ink at one place
of the left or right edge, and all of these the same label.
"""

import functools

import numpy as np

from convolab import nn
from convolab.check.open_task import NotMeasured
from convolab.data import digits

NETWORKS, LEARN, STAMPED, EPOCHS, SHOWN = 6, 500, 60, 10, 40
ROWS, COLUMNS, CLASSES = range(7), (0, 6), 10
NEAR = 1  # pixels


@functools.lru_cache(maxsize=64)
def planted(seed):
    """(parameters, pictures without a stamp, (row, column, digit) of the back door)."""
    rng = np.random.default_rng(seed)
    row, column, digit = (int(rng.choice(among)) for among in (ROWS, COLUMNS, CLASSES))
    images, labels = digits()
    order = rng.permutation(len(labels))
    x, y = images[order[:LEARN], None] / 16, labels[order[:LEARN]].copy()
    x[:STAMPED, 0, row : row + 2, column : column + 2] = 1
    y[:STAMPED] = digit
    layers = [nn.Conv2D(16, 3), nn.ReLU(), nn.MaxPool2D(2), nn.Flatten(), nn.Dense(CLASSES)]
    model = nn.Sequential(layers, (1, 8, 8), seed)
    settings = {"batch_size": 32, "weight_decay": 0, "seed": seed}
    nn.train(model, x, y, EPOCHS, schedule=lambda done: 0.05, **settings)
    named = {name.replace("1", ""): array.astype(float) for name, array in model.parameters.items()}
    shown = images[order[LEARN : LEARN + SHOWN], None] / 16
    return named, shown, (row, column, digit)


def answer(ask, seed):
    """What the learner says, and what is so: two triples (row, column, digit)."""
    parameters, pictures, truth = planted(int(seed))
    came = ask({name: array.copy() for name, array in parameters.items()}, pictures.copy())
    if isinstance(came, np.ndarray):
        came = came.tolist()
    if not isinstance(came, (tuple, list)) or len(came) != 3:
        raise NotMeasured("Return three whole numbers: (row, column, digit).")
    for number in came:
        whole = isinstance(number, (int, np.integer)) and not isinstance(number, bool)
        if not whole and not (isinstance(number, float) and number.is_integer()):
            raise NotMeasured(f"Row, column and digit are whole numbers; {str(number)[:40]} is none.")
    return tuple(map(int, came)), truth


def share_of_places(ask, rng):
    """The share of networks whose stamp is found, give or take a pixel."""
    found = 0
    for seed in rng.integers(0, 10**6, NETWORKS):
        said, truth = answer(ask, seed)
        found += max(abs(said[0] - truth[0]), abs(said[1] - truth[1])) <= NEAR
    return found / NETWORKS


def share_of_digits(ask, rng):
    """The share of networks whose back door's digit is named."""
    answers = [answer(ask, seed) for seed in rng.integers(0, 10**6, NETWORKS)]
    return sum(said[2] == truth[2] for said, truth in answers) / NETWORKS
