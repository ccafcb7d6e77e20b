"""Lesson 09's references against plain Python, SciPy and measured slopes, on random input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from convolab.nn import Dense, Flatten, Sequential
from tests.exercises.references import arrays, exercises, references, slopes

LESSON = "09_when_training_goes_wrong"
of = references(LESSON)
few = st.integers(1, 4)
leaks = st.sampled_from([0.0, 0.125, 0.25, 0.5])


@given(st.one_of(arrays((1, 4), (1, 5), low=-2, high=1), arrays(2, (1, 4), 2, 3, low=-3, high=1)))
def test_a_unit_is_dead_if_no_picture_and_no_place_lifts_it_above_0(outputs):
    units = [outputs[:, unit].ravel().tolist() for unit in range(outputs.shape[1])]
    silent = sum(all(number <= 0 for number in unit) for unit in units)
    assert of["dead_share"](outputs) == pytest.approx(silent / len(units))


@given(arrays((1, 3), (1, 4)), leaks)
def test_a_leaky_relu_scales_what_is_negative(x, slope):
    expected = [number if number > 0 else slope * number for number in x.ravel().tolist()]
    assert of["leaky_relu"](x, slope).ravel().tolist() == expected
    assert of["leaky_relu"](x.astype(int), slope).ravel().tolist() == expected


@given(arrays(2, 3), arrays(2, 3), leaks)
def test_its_gradient_is_the_measured_one_and_at_0_that_of_the_left(grad, x, slope):
    def loss(at):
        return np.sum(grad * of["leaky_relu"](at, slope))

    found = of["leaky_relu_backward"](grad, x, slope)
    measured = slopes(loss, x, step=0.25)
    assert np.array_equal(found[x != 0], measured[x != 0])
    assert np.array_equal(found[x == 0], slope * grad[x == 0])


@given(st.integers(20, 60), st.integers(1, 3), st.integers(0, 10**6))
@settings(max_examples=10)
def test_random_weights_keep_the_size_of_what_goes_through(inputs, channels, seed):
    """The mean square of what ReLU lets through is that of the inputs, to a tenth of it."""
    rng = np.random.default_rng(seed)
    kernels = of["he_normal"]((2000, channels, 5, 5), seed).reshape(2000, -1).T
    for w in (of["he_normal"]((inputs, 2000), seed), kernels):
        x = rng.standard_normal((20, len(w)))
        through = np.maximum(x @ w, 0)
        assert np.mean(through**2) == pytest.approx(np.mean(x**2), rel=0.1)


def test_it_is_the_size_that_the_courses_network_starts_with():
    twin = Sequential([Flatten(), Dense(7)], (1, 3, 4), seed=5, dtype=np.float64)
    assert np.allclose(of["he_normal"]((12, 7), 5), twin.parameters["dense1_w"])


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12), st.integers(1, 5), st.booleans())
def test_early_stopping_keeps_the_lowest_of_what_it_has_seen(losses, patience, as_array):
    def over(seen):  # the last `patience` losses are not below the lowest before them
        return len(seen) > patience and min(seen[-patience:]) >= min(seen[:-patience])

    lengths = range(1, len(losses) + 1)
    length = next((n for n in lengths if over(losses[:n])), len(losses))
    lowest = losses.index(min(losses[:length]))
    assert of["early_stop"](np.array(losses) if as_array else losses, patience) == lowest


moves = st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=1, max_size=4)


@given(few, moves, st.data())
def test_each_picture_comes_once_for_every_move_and_keeps_its_label(n, moves, data):
    images = data.draw(arrays(n, 1, (2, 5), (2, 5)))
    pictures, labels = of["augment"](images, np.arange(n), moves)
    assert len(pictures) == len(labels) == n * len(moves)
    for number, (picture, label) in enumerate(zip(pictures, labels, strict=True)):
        move = moves[number // n]
        assert np.array_equal(picture[0], ndimage.shift(images[label, 0], move, order=0))


@given(st.integers(1, 40), st.integers(0, 10**6))
def test_in_the_mended_trap_every_picture_keeps_its_label(n, seed):
    images = np.arange(n)[:, None] * np.ones((1, 3))
    pictures, labels = of["trap_shuffle"](images, 10 * np.arange(n), seed)
    assert np.array_equal(10 * pictures[:, 0], labels)
    assert sorted(labels) == sorted(10 * np.arange(n))


def share_read(plan, seed):
    """What the open task measures of a plan, on another draw than the proof's."""
    measure = exercises(LESSON)["cure_plan"].demands["reads"].measure
    return measure(lambda: plan, np.random.default_rng(seed))


HEALTHY = {"divide_by": 16, "size": "he", "rate": 0.05, "slope": 0, "epochs": 6}
PLANS = [{"rate": 0.1}, {"rate": 0.01}, {"divide_by": 1, "rate": 0.005}, {"size": 0.15}]
HALF = [{"rate": 0.2}, {"size": 1.0, "rate": 0.001}, {"epochs": 1}, {"divide_by": 255}]


@pytest.mark.parametrize("changed", PLANS, ids=str)
def test_plans_that_nobody_wrote_down_cure_it_too(changed):
    assert share_read(HEALTHY | changed, 11) > 0.75


@pytest.mark.parametrize("changed", HALF, ids=str)
def test_half_a_cure_does_not(changed):
    assert share_read(HEALTHY | changed, 11) < 0.7
