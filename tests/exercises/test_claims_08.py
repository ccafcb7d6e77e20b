"""What lesson 08 says of its runs, seen from inside: living kernels, gradients, several seeds."""

import numpy as np
import pytest

from convolab import ops
from convolab.data import digits, split
from convolab.data.writers import form_starts
from convolab.nn import Conv2D, Dense, Flatten, MaxPool2D, ReLU, Sequential
from tests.exercises.references import exercises, in_the_courses_network

PICTURES, LABELS = digits()
PICTURES = PICTURES[:, None] / 16
LEARN, UNSEEN = split(LABELS)
FORMS = form_starts(LABELS)
NEW_PEOPLE = np.arange(1415, len(LABELS))
START = exercises("08_training")["train"].answer.__globals__["begin"]


class Small:
    """The lesson's network with its momentum, as the course's engine works it out."""

    def __init__(self, seed, twin=None):
        self.rng = np.random.default_rng(seed)
        self.twin = twin or in_the_courses_network(START(self.rng))
        self.velocity = np.zeros_like(self.twin.parameter_vector)

    def step(self, batch, rate):
        self.twin.zero_grad()
        loss, _ = self.twin.forward_backward(PICTURES[batch], LABELS[batch])
        self.velocity = 0.9 * self.velocity - rate * self.twin.gradient_vector
        self.twin.parameter_vector += self.velocity
        return loss

    def epochs(self, number, which, rate=0.05):
        for _ in range(number):
            order = self.rng.permutation(which)
            for first in range(0, len(order), 32):
                self.step(order[first : first + 32], rate)
        return self

    def right(self, which):
        return (self.twin.predict(PICTURES[which]) == LABELS[which]).mean()

    def dead(self):
        p = self.twin.parameters
        maps = ops.conv_forward(PICTURES[LEARN], p["conv1_w"], p["conv1_b"])
        return int((maps.max(axis=(0, 2, 3)) <= 0).sum())


@pytest.fixture(scope="module", params=(0, 1, 2))
def trained(request):
    """After one epoch and after twenty: (network, unseen digits right after one)."""
    network = Small(request.param).epochs(1, LEARN)
    return network, network.right(UNSEEN)


def test_most_is_learned_in_the_first_epoch_and_nearly_all_kernels_live_to_the_end(trained):
    network, after_one = trained
    assert 0.87 < after_one < 0.93  # "about 90 in 100"
    network.epochs(19, LEARN)
    assert 0.96 < network.right(UNSEEN) < 0.985  # "about 97"
    assert network.right(LEARN) > 0.999
    assert network.dead() <= 2  # "a kernel or two"


def of_four_kernels(seed):
    """The lesson's network with 4 kernels, as its random_parameters begins it."""
    rng, layers = np.random.default_rng(seed), [Conv2D(4, 3), ReLU(), MaxPool2D(2), Flatten()]
    twin = Sequential([*layers, Dense(10)], (1, 8, 8), dtype=np.float64)
    p = twin.parameters
    p["conv1_w"][...] = rng.normal(0, np.sqrt(2 / 9), (4, 1, 3, 3))
    p["dense1_w"][...] = rng.normal(0, np.sqrt(2 / 36), (36, 10))
    p["conv1_b"][...] = p["dense1_b"][...] = 0
    return Small(seed, twin)


def test_of_four_kernels_some_die_at_the_lessons_rate_and_fewer_at_a_smaller_one():
    fast = [of_four_kernels(seed).epochs(20, LEARN).dead() for seed in (0, 1)]
    calm = [of_four_kernels(seed).epochs(20, LEARN, rate=0.01) for seed in (0, 1)]
    assert all(1 <= dead <= 3 for dead in fast)
    assert sum(network.dead() for network in calm) < sum(fast)
    assert all(0.86 < network.right(UNSEEN) < 0.94 for network in calm)  # "about 90"


def test_the_split_puts_each_form_in_both_parts():
    for first, after in zip(FORMS, (*FORMS[1:], len(LABELS)), strict=True):
        pictures = np.arange(first, after)
        assert np.isin(pictures, LEARN).any()
        assert np.isin(pictures, UNSEEN).any()


def nearest(store, asked):
    known, new = PICTURES[store].reshape(-1, 64), PICTURES[asked].reshape(-1, 64)
    closest = ((known**2).sum(axis=1) - 2 * new @ known.T).argmin(axis=1)
    return (LABELS[store][closest] == LABELS[asked]).mean()


def test_pictures_of_new_people_are_read_worse_than_new_pictures_of_the_same_people():
    others = np.arange(NEW_PEOPLE[0])
    assert len(NEW_PEOPLE) == 382
    assert nearest(LEARN, UNSEEN) == pytest.approx(0.983, abs=0.0005)
    assert nearest(others, NEW_PEOPLE) == pytest.approx(0.958, abs=0.0005)
    assert 0.915 < Small(0).epochs(20, others).right(NEW_PEOPLE) < 0.955


def test_the_small_network_has_1610_weights_and_biases():
    parts = START(np.random.default_rng(0))
    assert sum(part.size for part in parts.values()) == 1610
