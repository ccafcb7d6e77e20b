"""What lesson 09 says of starts, inputs, labels and few pictures, seen from inside the networks."""

import numpy as np
import pytest

from convolab import ops
from convolab.nn import Dense, Flatten, ReLU, Sequential
from tests.exercises.patients import (
    LABELS,
    LEARN,
    PICTURES,
    STARTS,
    UNSEEN,
    dead,
    network,
    of,
    read,
    taught,
    twenty,
)
from tests.exercises.references import references


@pytest.mark.parametrize("seed", STARTS)
def test_equal_kernels_stay_equal_and_weights_of_0_are_dead_from_the_start(seed):
    model = network(seed, weights=0.1)
    taught(model, PICTURES[LEARN], LABELS[LEARN], seed=seed)
    kernels = model.parameters["conv1_w"]
    assert np.allclose(kernels[:1], kernels)
    assert read(model) == pytest.approx(0.86, abs=0.04)  # "84 to 87 %"
    assert dead(model) == 0
    zero = network(seed, weights=0)
    assert dead(zero) == 16
    taught(zero, PICTURES[LEARN], LABELS[LEARN], epochs=1, seed=seed)
    assert not zero.parameters["conv1_w"].any()


def tower(size, seed):
    """The lesson's eight hidden layers; He's size if none is given."""
    hidden = [layer for _ in range(8) for layer in (Dense(64), ReLU())]
    model = Sequential([Flatten(), *hidden, Dense(10)], (1, 8, 8), dtype=np.float64)
    for number, array in enumerate(model.parameters.values()):
        if array.ndim == 2:
            he = of["he_normal"](array.shape, 100 * seed + number)
            array[...] = he if size is None else he * size / np.sqrt(2 / len(array))
    return model


@pytest.mark.parametrize("seed", STARTS)
@pytest.mark.parametrize(("size", "factor"), [(0.01, 1 / 18), (None, 1), (0.5, 2.8)])
def test_in_a_tower_only_hes_size_keeps_the_numbers_and_learns(size, factor, seed):
    model = tower(size, seed)
    outputs = model.activations(PICTURES[LEARN])
    first, last = (outputs[layer].std() for layer in (2, 16))
    assert (last / first) ** (1 / 7) == pytest.approx(factor, rel=0.2)
    loss = taught(model, PICTURES[LEARN], LABELS[LEARN], 0.01, 6, seed).loss[-1]
    if size is None:
        assert loss < 0.3
        assert last / PICTURES[LEARN].std() == pytest.approx(1, abs=0.9)
    else:
        assert np.isnan(loss) == (size == 0.5)
    with np.errstate(all="ignore"):
        assert read(model) > 0.9 if size is None else read(model) < 0.15


def test_unscaled_pixels_kill_most_kernels_and_a_smaller_rate_saves_them():
    silent = []
    for seed in STARTS:
        model = network(seed)
        taught(model, 16 * PICTURES[LEARN], LABELS[LEARN], 0.05, seed=seed)
        silent.append(dead(model, 16))
        saved = network(seed)
        taught(saved, 16 * PICTURES[LEARN], LABELS[LEARN], 0.005, 5, seed)
        assert read(saved, times=16) > 0.9
    assert min(silent) > 8
    assert max(silent) == 16


@pytest.mark.parametrize("seed", STARTS)
def test_with_labels_not_shuffled_along_it_is_alive_and_reads_no_more_than_guessing(seed):
    model = network(seed)
    mixed = np.random.default_rng(seed).permutation(LABELS[LEARN])
    history = taught(model, PICTURES[LEARN], mixed, epochs=20, seed=seed)
    assert dead(model) < 8
    assert history.loss[-1] < history.loss[0]
    assert history.accuracy[-1] > read(model)
    assert read(model) < 0.14


@pytest.mark.parametrize("seed", STARTS)
def test_stopping_before_wrong_labels_are_learned_by_heart_is_worth_15_points(seed):
    rng = np.random.default_rng(seed)
    some = rng.permutation(LEARN)[:200]
    given = LABELS[some].copy()
    given[:80] = rng.integers(0, 10, 80)
    validation, test = UNSEEN[:180], UNSEEN[180:]
    model, losses, kept = network(seed), [], []

    def watch(log):
        if log.batch == log.batches:
            found = model.probabilities(PICTURES[validation])
            losses.append(ops.cross_entropy(found, LABELS[validation]))
            kept.append(model.parameter_vector.copy())

    taught(model, PICTURES[some], given, epochs=60, seed=seed, watch=watch)
    shares, by_heart = [], []
    wrong = given != LABELS[some]
    for epoch in (-1, of["early_stop"](losses, 5)):
        model.parameter_vector[...] = kept[epoch]
        shares.append(read(model, test))
        by_heart.append((model.predict(PICTURES[some[wrong]]) == given[wrong]).mean())
    assert shares[1] - shares[0] > 0.12  # 15 and more, counted on 179 digits
    assert by_heart[0] > 0.75
    assert by_heart[1] < 0.3


def test_moved_pictures_help_on_average_of_five_draws():
    moves = {100: [(0, 0)], 20: [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)]}  # by the epochs
    shares = np.empty((2, 5, 2))
    for row, several in enumerate((20, 100)):
        for seed in range(5):
            some = np.random.default_rng(seed).permutation(LEARN)[:several]
            for column, epochs in enumerate(moves):
                model = network(seed)
                more = of["augment"](PICTURES[some], LABELS[some], moves[epochs])
                taught(model, *more, epochs=epochs, seed=seed)
                shares[row, seed, column] = 100 * read(model)
    gain = shares[..., 1] - shares[..., 0]
    assert np.all(gain > -2), gain  # of a single draw a few digits more or less are luck
    assert gain.mean(axis=1) == pytest.approx([5, 2.5], abs=1)
    assert np.diff(shares[..., 0].mean(axis=1)) == pytest.approx(25, abs=2)


def test_twenty_random_labels_are_learned_by_heart():
    nonsense = np.random.default_rng(0).integers(0, 10, 20)
    history = taught(network(0), PICTURES[LEARN[:20]], nonsense, epochs=300)
    assert history.accuracy[-1] == 1


def test_of_two_layers_weights_ten_times_too_large_do_harm_and_far_too_small_ones_do_not():
    shares = {}
    for factor in (0.01, 10):
        model = network(0)
        model.parameter_vector *= factor
        taught(model, PICTURES[LEARN], LABELS[LEARN])
        shares[factor] = read(model)
    assert shares[0.01] > 0.93
    assert shares[10] < 0.91


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

    history = taught(model, PICTURES[few], LABELS[few], epochs=100, seed=seed, watch=watch)
    assert history.accuracy[-1] == 1
    assert read(model) < 0.72  # "more than three in ten of the others"
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
