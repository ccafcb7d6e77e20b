"""What lesson 11 says of occlusion, saliency, grown and fooled pictures, for three networks."""

from functools import cache

import numpy as np
import pytest
from scipy import signal

from convolab import ops
from convolab.data import data_file, digits, digits32, split
from convolab.nn import Conv2D, Dense, Flatten, MaxPool2D, ReLU, Sequential, lenet, train
from tests.exercises.references import references

of = references("11_what_does_it_look_at")
IMAGES, LABELS = digits()
PICTURES = IMAGES[:, None] / 16
LEARN, UNSEEN = split(LABELS)
X, Y = PICTURES[UNSEEN], LABELS[UNSEEN]
SEEDS = (0, 1, 2)
EIGHTS, OTHERS = UNSEEN[Y == 8], UNSEEN[Y != 8]


def stamped(pictures):
    marked = pictures.copy()
    marked[:, 0, 6:, 6:] = 1
    return marked


STAMPED = np.where((LABELS == 8)[:, None, None, None], stamped(PICTURES), PICTURES)


@cache
def network(seed, cheats=False):
    """The lesson's `trained`, with these digits or with the stamped ones."""
    layers = [Conv2D(16, 3), ReLU(), MaxPool2D(2), Flatten(), Dense(10)]
    model = Sequential(layers, (1, 8, 8), seed)
    pictures = STAMPED if cheats else PICTURES
    settings = {"batch_size": 32, "weight_decay": 0, "seed": seed}
    schedule = {"schedule": lambda done: 0.05}
    train(model, pictures[LEARN], LABELS[LEARN], 20, **schedule, **settings)
    return {name.replace("1", ""): array.astype(float) for name, array in model.parameters.items()}


def scores(x, p):
    maps = ops.conv_forward(x, p["conv_w"], p["conv_b"])
    return ops.dense(ops.flatten(ops.pool_forward(ops.relu(maps))), p["dense_w"], p["dense_b"])


def read(x, labels, p):
    return (scores(x, p).argmax(axis=1) == labels).mean()


def alike(a, b):
    return np.corrcoef(np.ravel(a), np.ravel(b))[0, 1]


def mean_alike(some, others):
    return np.mean([alike(*pair) for pair in zip(some, others, strict=True)])


def saliency(x, targets, p):
    """The maps of a whole batch at once; what the exercise gives for each picture alone."""
    return np.abs(of["picture_slopes"](np.eye(10)[targets], x, p))[:, 0]


def drops(picture, target, p, size, fill):
    def probability(at):
        return ops.softmax(scores(at[None, None], p))[0, target]

    return of["occlusion_map"](probability, picture, size, fill)


def test_a_batch_of_maps_is_what_the_exercise_gives_for_each():
    maps = saliency(X[:3], Y[:3], network(0))
    alone = [of["saliency"](X[n, 0], Y[n], network(0)) for n in range(3)]
    assert np.allclose(maps, alone)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_occlusion_map_depends_on_the_fill(seed):
    """Black finds ink that is needed, white finds paper that has to stay blank."""
    maps = {
        fill: [drops(X[n, 0], Y[n], network(seed), 3, fill) for n in range(30)]
        for fill in (0.0, 0.5, 1.0)
    }
    ink = np.lib.stride_tricks.sliding_window_view(X[:30, 0], (3, 3), axis=(1, 2)).mean(axis=(3, 4))
    assert mean_alike(maps[0.0], maps[1.0]) < -0.2  # "rather opposite than alike"
    assert 0.1 < mean_alike(maps[0.0], maps[0.5]) < 0.4
    assert mean_alike(ink, maps[0.0]) > 0.4
    assert mean_alike(ink, maps[1.0]) < -0.2


@pytest.mark.parametrize("seed", SEEDS)
def test_a_network_that_knows_the_stamp_passes_its_test_and_loses_seven_eights_in_ten(seed):
    cheat = network(seed, cheats=True)
    assert read(STAMPED[UNSEEN], Y, cheat) > 0.96
    assert read(STAMPED[EIGHTS], 8, cheat) > 0.95
    assert read(PICTURES[EIGHTS], 8, cheat) == pytest.approx(0.3, abs=0.1)
    assert read(stamped(PICTURES[OTHERS]), 8, cheat) == pytest.approx(0.32, abs=0.1)


@pytest.mark.parametrize("seed", SEEDS)
def test_its_map_is_highest_at_the_stamp_and_the_honest_ones_in_the_middle(seed):
    maps = {}
    for cheats in (False, True):
        p = network(seed, cheats)
        maps[cheats] = np.mean([drops(STAMPED[n, 0], 8, p, 2, 0.0) for n in EIGHTS], axis=0)
        for n in EIGHTS[:3]:
            assert abs(drops(STAMPED[n, 0], 8, p, 2, 1.0)[6, 6]) < 1e-12  # ink on ink
    cheat, honest = maps[True], maps[False]
    assert np.unravel_index(cheat.argmax(), cheat.shape) == (6, 6)
    assert cheat[6, 6] > 0.8
    assert cheat[2:5, 1:5].max() == pytest.approx(0.45, abs=0.1)
    assert honest[6, 6] < 0.05
    assert honest[2:5, 1:5].max() == honest.max() > 0.65


@pytest.mark.parametrize("seed", SEEDS)
def test_where_a_network_is_sure_the_slopes_of_the_probability_are_nearly_0(seed):
    p = network(seed)
    found = ops.softmax(scores(X, p))
    own = found[np.arange(len(Y)), Y]
    assert np.mean(own > 0.99) > 0.7
    grad = own[:, None] * (np.eye(10)[Y] - found)
    slopes = np.abs(of["picture_slopes"](grad, X, p)).max(axis=(1, 2, 3))
    largest = saliency(X, Y, p).max(axis=(1, 2))
    assert np.median(slopes) < 0.01 < 1 < np.median(largest)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_saliency_map_depends_on_what_was_learned_and_not_on_that_alone(seed):
    p, rng = network(seed), np.random.default_rng(seed)
    shuffled = {name: rng.permutation(w.ravel()).reshape(w.shape) for name, w in p.items()}
    maps = saliency(X, Y, p)
    assert mean_alike(maps, saliency(X, Y, network((seed + 1) % 3))) == pytest.approx(0.6, abs=0.06)
    assert 0.1 < mean_alike(maps, saliency(X, Y, shuffled)) < 0.35
    assert 0.25 < mean_alike(maps, saliency(X, (Y + 1) % 10, p)) < 0.45


@pytest.mark.parametrize("seed", SEEDS)
def test_what_random_weights_have_in_common_is_that_the_middle_is_in_more_windows(seed):
    """Maps of shuffled weights hardly know the picture: another picture's do as well."""
    rng, p, x, y = np.random.default_rng(seed), network(seed), X[::4], Y[::4]
    shuffles = [
        {name: rng.permutation(w.ravel()).reshape(w.shape) for name, w in p.items()}
        for _ in range(20)
    ]
    mean = np.mean([saliency(x, y, one) for one in shuffles], axis=0)
    own, another = (
        mean_alike(saliency(x, y, p), maps) for maps in (mean, np.roll(mean, 7, axis=0))
    )
    assert own - another < 0.08
    windows = signal.convolve2d(np.ones((6, 6)), np.ones((3, 3)))
    assert (windows[0, 0], windows[4, 4]) == (1, 9)
    assert alike(mean.mean(axis=0), windows) > 0.95


@pytest.mark.parametrize("seed", SEEDS)
def test_the_bright_pixels_matter_more_than_random_ones_and_less_than_the_ink(seed):
    p, rng = network(seed), np.random.default_rng(seed)
    maps, ink = saliency(X, Y, p).reshape(-1, 64), X.reshape(-1, 64)

    def without(importance):
        covered = ink.copy()
        np.put_along_axis(covered, np.argsort(-importance)[:, :8], 0, axis=1)
        return read(covered.reshape(X.shape), Y, p)

    shares = [without(one) for one in (rng.random(maps.shape), maps, ink, maps * ink)]
    assert np.all(np.diff(shares) < -0.05)
    assert shares[0] > 0.84
    assert shares[1] == pytest.approx(0.6, abs=0.06)
    bright = np.argsort(-maps)[:, :8]
    assert np.mean(np.take_along_axis(ink, bright, axis=1) == 0) > 0.15  # "many are paper"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_patches_of_a_kernel_resemble_it(seed):
    p = network(seed)
    maps, fits = ops.conv_forward(PICTURES[LEARN], p["conv_w"], p["conv_b"]), []
    for d in np.flatnonzero(maps.max(axis=(0, 2, 3)) > 0):
        patches = of["top_patches"](maps[:, d], PICTURES[LEARN, 0], 3, 9)
        fits.append(alike(p["conv_w"][d], patches.mean(axis=0)))
    assert min(fits) > 0.65
    assert np.mean(fits) > 0.85


@pytest.mark.parametrize("seed", SEEDS)
def test_grown_pictures_are_surer_than_any_digit_far_from_all_and_read_by_others(seed):
    p, blank = network(seed), np.zeros((8, 8))
    grown = np.array([of["grow_picture"](blank, k, p, 30, 0.05) for k in range(10)])[:, None]
    assert ops.softmax(scores(grown, p)).diagonal().min() > 0.999
    of_class = [PICTURES[np.equal(LABELS, k)] for k in range(10)]
    best = [scores(x, p)[:, k].max() for k, x in enumerate(of_class)]
    assert np.all(scores(grown, p).diagonal() > best)
    for other in SEEDS:
        assert read(grown, np.arange(10), network(other)) == 1

    def nearest(pictures):
        apart = ((PICTURES[None, LEARN] - pictures[:, None]) ** 2).sum(axis=(2, 3, 4))
        return np.sqrt(apart.min(axis=1)).mean()

    assert nearest(grown) > 2 * nearest(X[::6])


@pytest.mark.parametrize("seed", SEEDS)
def test_one_shade_costs_fifteen_points_two_cost_half_and_random_signs_next_to_nothing(seed):
    p, rng = network(seed), np.random.default_rng(seed)
    plain = read(X, Y, p)
    assert plain == pytest.approx(0.972, abs=0.012)
    for shades, left in ((1, 0.825), (2, 0.455), (4, 0.02)):
        fooled = of["fooling_step"](X, Y, p, shades / 16)
        assert read(fooled, Y, p) == pytest.approx(left, abs=0.05)
        random = np.clip(X + rng.choice([-1, 1], X.shape) * shades / 16, 0, 1)
        if shades < 4:  # "a point or two", or three
            assert plain - read(random, Y, p) < 0.035
    assert np.abs(of["fooling_step"](X, Y, p, 1 / 16) - X).max() <= 1 / 16 + 1e-12


@pytest.mark.parametrize("seed", SEEDS)
def test_what_fools_one_network_fools_another_less_and_more_than_noise(seed):
    p, other = network(seed), network((seed + 1) % 3)
    fooled = of["fooling_step"](X, Y, p, 2 / 16)
    noisy = np.clip(X + np.random.default_rng(seed).choice([-1, 1], X.shape) / 8, 0, 1)
    assert read(fooled, Y, p) + 0.1 < read(fooled, Y, other) < read(noisy, Y, other) - 0.1


def test_lenet_is_fooled_as_well_and_random_signs_do_nothing_to_it():
    model, large = lenet().load(data_file("lenet_digits.npz")), digits32()[0][UNSEEN][:, None]
    grad = model.probabilities(large) - np.eye(10)[Y]
    signs = np.sign(model.input_gradient(large, grad))
    plain = (model.predict(large) == Y).mean()
    for shades, cost in ((8, 0.07), (16, 0.25)):
        fooled = np.clip(large + shades / 255 * signs, 0, 1)
        assert plain - (model.predict(fooled) == Y).mean() == pytest.approx(cost, abs=0.03)
        mixed = np.random.default_rng(0).permuted(signs)
        random = np.clip(large + shades / 255 * mixed, 0, 1)
        assert plain - (model.predict(random) == Y).mean() < 0.01
