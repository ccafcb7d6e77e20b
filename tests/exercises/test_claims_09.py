"""What lesson 09 says of its runs, seen from inside: dead kernels, gradients, several starts."""

import re
from pathlib import Path

import numpy as np
import pytest

from convolab import ops
from convolab.data import digits, split
from convolab.nn import Conv2D, Dense, Flatten, LeakyReLU, MaxPool2D, ReLU, Sequential, train
from tests.exercises.references import references

LESSON = "09_when_training_goes_wrong"
TEXT = (Path(__file__).parents[2] / "lessons" / f"{LESSON}.py").read_text(encoding="utf-8")
of = references(LESSON)
PICTURES, LABELS = digits()
PICTURES = PICTURES[:, None] / 16
LEARN, UNSEEN = split(LABELS)
STARTS = (0, 1, 2)


def network(seed, activation=ReLU, weights=None):
    """The lesson's small network; all its weights the same if `weights` is a number."""
    layers = [Conv2D(16, 3), activation(), MaxPool2D(2), Flatten(), Dense(10)]
    model = Sequential(layers, (1, 8, 8), seed, dtype=np.float64)
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
    row = re.search(rf"^# \| {number} \|.*$", TEXT, re.MULTILINE)[0].removesuffix("of 16 |")
    said = [float(one) for one in re.findall(r"\d+\.?\d*", row)][1:]
    about = [0, 0, 0.3, 0.15, 0.3, 8, 8, 1]  # other machines add up in another order
    assert np.all(np.abs(np.subtract(recorded(number), said)) <= about), said


@pytest.mark.parametrize("seed", STARTS)
def test_what_a_large_rate_killed_gets_no_gradient_and_lives_again_with_a_leak(seed):
    model = network(seed)
    taught(model, PICTURES[LEARN], LABELS[LEARN], 1.5, 1, seed)
    broken = model.parameter_vector.copy()
    later = taught(model, PICTURES[LEARN], LABELS[LEARN], 1.5, 1, seed).loss[-1]
    assert 2.3 < later < 2.6  # "a little above", −log 0.1
    before = model.parameters["conv1_w"].copy()
    taught(model, PICTURES[LEARN], LABELS[LEARN], 0.05, 2, seed)
    assert dead(model) == 16
    assert not model.gradients["conv1_w"].any()
    assert np.array_equal(before, model.parameters["conv1_w"])
    leaky = network(seed, lambda: LeakyReLU(0.3))
    leaky.parameter_vector[...] = broken
    taught(leaky, PICTURES[LEARN], LABELS[LEARN], 0.05, 5, seed)
    assert 0.85 < read(leaky) < 0.96  # of "70 to 94 %"


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
def test_of_twenty_right_pictures_the_loss_rises_again_and_the_share_that_is_read_does_not_fall(
    seed,
):
    few, validation, test = twenty(seed), UNSEEN[:180], UNSEEN[180:]
    model, losses, shares = network(seed), [], []

    def watch(log):
        found = model.probabilities(PICTURES[validation])
        losses.append(ops.cross_entropy(found, LABELS[validation]))
        shares.append(read(model, test))

    taught(model, PICTURES[few], LABELS[few], epochs=100, seed=seed, watch=watch)
    best = int(np.argmin(losses))
    assert losses[-1] > 1.2 * losses[best]
    assert shares[-1] >= shares[best]
    assert shares[-1] >= shares[of["early_stop"](losses, 5)]


def test_what_a_step_changes_behind_a_weight_grows_with_the_square_of_its_pixel():
    """The by-hand 256, by lesson 08's way back through a dense layer."""
    backward = references("08_training")["dense_backward"]
    changes = []
    for times in (1, 16):
        pixel = np.array([[0.5 * times]])
        _, slope, _ = backward(np.array([[3.0]]), pixel, np.array([[0.25]]))
        changes.append((pixel @ (0.05 * slope)).item())
    assert changes[1] == pytest.approx(256 * changes[0])
