"""Trainings for the tests of exercise `train`: honest ways to use chance, and mistakes with it."""

from dataclasses import replace

import numpy as np

from convolab.check import chance
from convolab.check.cases import load
from tests.check.course import EXERCISES, lesson
from tests.exercises.references import in_the_courses_network

TRAIN = lesson(EXERCISES / "08_training")["train"]
# It earns nothing where it is today, at the end of its lesson: here one point for each aspect.
GRADED = replace(load("train"), points=2)
NAMES = ("conv_w", "conv_b", "dense_w", "dense_b")
START = TRAIN.answer(np.zeros((1, 1, 8, 8)), np.zeros(1, int), 0, 0)


def new_weights(rng):
    """As the lesson's random_parameters."""
    w = {"conv_w": rng.normal(0, 0.47, (16, 1, 3, 3)), "dense_w": rng.normal(0, 0.1, (144, 10))}
    return {**w, "conv_b": np.zeros(16), "dense_b": np.zeros(10)}


class Learner:
    """The course's network on its way: one step for each batch that it is given."""

    def __init__(self, start):
        self.twin = in_the_courses_network(start)
        self.velocity = np.zeros_like(self.twin.parameter_vector)

    def step(self, images, labels):
        self.twin.zero_grad()
        self.twin.forward_backward(images, labels)
        self.velocity = 0.9 * self.velocity - 0.1 * self.twin.gradient_vector
        self.twin.parameter_vector += self.velocity

    def found(self):
        return {name: self.twin.parameters[name.replace("_", "1_")].copy() for name in NAMES}


def training(batches, start=new_weights):
    """A `train` that takes these batches: `batches(rng, images, labels, epochs, seed)` yields them,
    each as (images, labels)."""

    def train(images, labels, epochs, seed):
        rng = np.random.default_rng(seed)
        learner = Learner(start(rng))
        for batch in batches(rng, images, labels, epochs, seed):
            learner.step(*batch)
        return learner.found()

    return train


def by_order(order_of):
    """Batches of 32 and the rest in an order of its own for each epoch."""

    def batches(rng, images, labels, epochs, seed):
        for _ in range(epochs):
            order = order_of(rng, len(images), seed)
            for some in np.split(order, range(32, len(order), 32)):
                yield images[some], labels[some]

    return batches


def shuffled(rng, count, seed):
    order = np.arange(count)
    rng.shuffle(order)
    return order


def drawn_ahead(rng, images, labels, epochs, seed):
    for order in rng.permuted(np.tile(np.arange(len(images)), (epochs, 1)), axis=1):
        for some in np.split(order, range(32, len(order), 32)):
            yield images[some], labels[some]


def moved_about(rng, images, labels, epochs, seed):
    for _ in range(epochs):
        order = rng.permutation(len(images))
        images, labels = images[order], labels[order]
        for first in range(0, len(images), 32):
            yield images[first : first + 32], labels[first : first + 32]


def shuffled_further(rng, images, labels, epochs, seed):
    order = np.arange(len(images))
    for _ in range(epochs):
        rng.shuffle(order)
        for some in np.split(order, range(32, len(order), 32)):
            yield images[some], labels[some]


def zipped(rng, images, labels, epochs, seed):
    pairs = list(zip(images, labels, strict=True))
    for _ in range(epochs):
        rng.shuffle(pairs)
        for first in range(0, len(pairs), 32):
            pictures, theirs = zip(*pairs[first : first + 32], strict=True)
            yield np.array(pictures), np.array(theirs)


def legacy(rng, count, seed, states={}):  # noqa: B006  one old generator a call, found by the new one
    old = states.setdefault(id(rng), (rng, np.random.RandomState(seed)))[1]
    return old.permutation(count)


permuted = by_order(lambda rng, count, seed: rng.permutation(count))
HONEST = {
    "permutation": training(permuted),
    "shuffle": training(by_order(shuffled)),
    "choice": training(by_order(lambda rng, n, seed: rng.choice(n, n, replace=False))),
    "argsort": training(by_order(lambda rng, n, seed: np.argsort(rng.random(n)))),
    "permutation of the numbers": training(by_order(lambda r, n, s: r.permutation(np.arange(n)))),
    "the old generator": training(by_order(legacy)),
    "all orders at once": training(drawn_ahead),
    "pictures and labels moved": training(moved_about),
    "one order shuffled further": training(shuffled_further),
    "pairs": training(zipped),
    "last weights 0": training(
        permuted, lambda rng: new_weights(rng) | {"dense_w": np.zeros((144, 10))}
    ),
    "uniform weights": training(
        permuted, lambda rng: new_weights(rng) | {"conv_w": rng.uniform(-1, 1, (16, 1, 3, 3))}
    ),
    "float32": lambda *given: {
        name: array.astype(np.float32) for name, array in training(permuted)(*given).items()
    },
}


def once(rng, images, labels, epochs, seed):
    order = rng.permutation(len(images))
    return by_order(lambda *_: order)(rng, images, labels, epochs, seed)


def labels_left(rng, images, labels, epochs, seed):
    for _ in range(epochs):
        order = rng.permutation(len(images))
        for first in range(0, len(images), 32):
            yield images[order[first : first + 32]], labels[first : first + 32]


def pictures_left(rng, images, labels, epochs, seed):
    for theirs, pictures in labels_left(rng, labels, images, epochs, seed):
        yield pictures, theirs


def shuffled_apart(rng, images, labels, epochs, seed):
    for _ in range(epochs):
        images, labels = rng.permutation(images), rng.permutation(labels)
        for first in range(0, len(images), 32):
            yield images[first : first + 32], labels[first : first + 32]


def equal_batches(rng, images, labels, epochs, seed):
    for _ in range(epochs):
        for some in np.array_split(rng.permutation(len(images)), -(-len(images) // 32)):
            yield images[some], labels[some]


def unseeded(rng, count, seed):
    return np.random.default_rng().permutation(count)


def begun_again(rng, count, seed):
    return np.random.default_rng(seed).permutation(count)


def from_seven(images, labels, epochs, seed):
    return HONEST["permutation"](images, labels, epochs, 7)


WRONG = {
    "one order for all epochs": (training(once), chance.ONE_ORDER),
    "a new generator in each epoch": (training(by_order(begun_again)), chance.ONE_ORDER),
    "as given": (training(by_order(lambda rng, n, seed: np.arange(n))), chance.GIVEN_ORDER),
    "from the end": (training(by_order(lambda rng, n, s: np.arange(n)[::-1])), chance.GIVEN_ORDER),
    "the given weights": (training(permuted, lambda rng: START), chance.NO_NEW_WEIGHTS),
    "weights of another seed": (
        training(permuted, lambda rng: new_weights(np.random.default_rng(0))),
        chance.NO_NEW_WEIGHTS,
    ),
    "given kernels": (
        training(permuted, lambda rng: new_weights(rng) | {"conv_w": START["conv_w"]}),
        chance.NO_NEW_WEIGHTS,
    ),
    "labels left behind": (training(labels_left), chance.LABELS_LEFT),
    "pictures left behind": (training(pictures_left), chance.LABELS_LEFT),
    "two orders": (training(shuffled_apart), chance.LABELS_LEFT),
    "batches of equal size": (training(equal_batches), chance.OTHER_BATCHES),
    "an order without the seed": (training(by_order(unseeded)), chance.SAME_SEED),
    "weights without the seed": (
        training(permuted, lambda rng: new_weights(np.random.default_rng())),
        chance.SAME_SEED,
    ),
    "always seed 7": (from_seven, chance.OTHER_SEED),
}
