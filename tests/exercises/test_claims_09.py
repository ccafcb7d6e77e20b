"""What lesson 09 says of learning rates and of its five records, seen from inside the networks."""

import re
from pathlib import Path

import numpy as np
import pytest

from convolab.nn import LeakyReLU
from tests.exercises.patients import (
    LABELS,
    LEARN,
    LESSON,
    PICTURES,
    STARTS,
    dead,
    network,
    read,
    taught,
    twenty,
)

TEXT = (Path(__file__).parents[2] / "lessons" / f"{LESSON}.py").read_text(encoding="utf-8")


def recorded(number):
    """A record made anew: what the table of the lesson says of it."""
    seed = 4 if number == 1 else 3
    which, times, labels, rate, epochs, weights = LEARN, 1, LABELS[LEARN], 0.05, 10, None
    if number == 1:
        times = 16
    elif number == 2:
        rate = 0.0005
    elif number == 3:
        which, epochs = twenty(seed), 100
        labels = LABELS[which]
    elif number == 4:
        weights = 0.1
    else:
        labels, epochs = np.random.default_rng(seed).permutation(labels), 20
    model = network(seed, weights=weights)
    history = taught(model, times * PICTURES[which], labels, rate, epochs, seed)
    kernels = len(np.unique(model.parameters["conv1_w"].round(6), axis=0))
    losses = [history.loss[epoch] for epoch in (0, 1, -1)]
    shares = [100 * history.accuracy[-1], 100 * read(model, times=times)]
    return [times, kernels, *losses, *shares, dead(model, times)]


@pytest.mark.parametrize("number", range(1, 6))
def test_a_record_of_the_table_is_the_one_of_its_illness(number):
    row = re.search(rf"^# \| {number} \|.*$", TEXT, re.MULTILINE)[0]
    said = [float(one) for one in re.findall(r"\d+\.?\d*", row)][1:]
    about = [0, 0, 0.3, 0.15, 0.3, 8, 8, 1]  # other machines add up in another order
    assert np.all(np.abs(np.subtract(recorded(number), said)) <= about), said


@pytest.mark.parametrize("seed", STARTS)
def test_what_a_large_rate_killed_gets_no_gradient_and_never_changes(seed):
    model = network(seed)
    taught(model, PICTURES[LEARN], LABELS[LEARN], 1.5, 1, seed)
    later = taught(model, PICTURES[LEARN], LABELS[LEARN], 1.5, 1, seed).loss[-1]
    assert 2.3 < later < 2.6  # "a little above", −log 0.1
    before = model.parameters["conv1_w"].copy()
    taught(model, PICTURES[LEARN], LABELS[LEARN], 0.05, 2, seed)
    assert dead(model) == 16
    assert not model.gradients["conv1_w"].any()
    assert np.array_equal(before, model.parameters["conv1_w"])


def test_a_rate_too_small_takes_thirty_epochs_to_where_a_healthy_one_is_after_one():
    for rate, epochs in ((0.0005, 30), (0.05, 1)):
        model = network(0)
        taught(model, PICTURES[LEARN], LABELS[LEARN], rate, epochs)
        assert read(model) == pytest.approx(0.9, abs=0.03), rate


@pytest.mark.parametrize("seed", STARTS)
def test_a_leaky_network_explodes_where_another_dies(seed):
    model = network(seed, lambda: LeakyReLU(0.1))
    losses = taught(model, PICTURES[LEARN], LABELS[LEARN], 1.5, 3, seed).loss
    assert np.all(np.divide(losses[1:], losses[:-1]) > 1e10)  # "ten billion or more"


@pytest.mark.parametrize("seed", STARTS)
def test_in_good_health_it_reads_more_than_95_in_100_and_hardly_a_kernel_is_dead(seed):
    model = network(seed)
    taught(model, PICTURES[LEARN], LABELS[LEARN], seed=seed)
    assert read(model) > 0.95
    assert dead(model) <= 2


@pytest.mark.parametrize("seed", STARTS)
def test_a_rate_too_large_stays_a_little_above_the_loss_of_guessing(seed):
    model = network(seed)
    losses = taught(model, PICTURES[LEARN], LABELS[LEARN], 1.5, 4, seed).loss
    assert np.all((np.log(10) < np.array(losses[1:])) & (np.array(losses[1:]) < 2.6))
    assert dead(model) == 16


def test_the_larger_the_leak_the_more_of_what_died_comes_back():
    shares = np.empty((2, 3))
    for seed in STARTS:
        model = network(seed)
        taught(model, PICTURES[LEARN], LABELS[LEARN], 1.5, 1, seed)
        for number, slope in enumerate((0.01, 0.3)):
            leaky = network(seed, lambda slope=slope: LeakyReLU(slope))
            leaky.parameter_vector[...] = model.parameter_vector
            taught(leaky, PICTURES[LEARN], LABELS[LEARN], seed=seed)
            shares[number, seed] = read(leaky)
    assert np.all((shares > 0.67) & (shares < 0.96))  # "between 70 and 94 %"
    assert np.all(np.diff(shares, axis=0) > 0)
