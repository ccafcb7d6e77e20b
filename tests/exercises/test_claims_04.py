"""What lesson 04 says about its runs, looked up inside them."""

import numpy as np
import pytest

from convolab import ops
from convolab.data import hopper
from tests.exercises.references import references

of = references("04_shared_weights")
SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def patches(picture):
    return np.lib.stride_tricks.sliding_window_view(picture, (3, 3)).reshape(-1, 9)


def learned(picture, steps, rate):
    """The same descent as learn_kernel's, as a matrix."""
    table, kernel = patches(picture), np.zeros(9)
    square, goal = 2 * table.T @ table / len(table), 2 * table.T @ (table @ SOBEL.ravel())
    for _ in range(steps):
        kernel = kernel - rate * (square @ kernel - goal / len(table))
    return kernel.reshape(3, 3)


def largest_error(*of_a_run):
    return np.abs(learned(*of_a_run) - SOBEL).max()


def curvature(picture):
    """How steeply the loss bends along each direction, from the flattest to the steepest."""
    table = patches(picture)
    return np.linalg.eigvalsh(2 * table.T @ table / len(table))


@pytest.fixture
def face():
    return hopper()[40:104, 90:154] / 255


@pytest.fixture
def even(face):
    return (face - face.mean()) / face.std()


@pytest.fixture
def dots():
    return np.random.default_rng(4).random((32, 32))


def test_dots_teach_the_kernel_to_within_a_ten_thousandth(dots):
    target = ops.correlate_2d(dots, SOBEL, "valid")
    found = of["learn_kernel"](dots, target)
    assert np.abs(found - SOBEL).max() < 0.0001
    assert np.allclose(found, learned(dots, 200, 0.3))


def test_the_portrait_teaches_slowly_and_standardised_it_teaches_better(face, even):
    assert round(largest_error(face, 200, 0.3), 3) == 0.687
    assert largest_error(even, 200, 0.1) < 0.1
    assert largest_error(even, 2000, 0.1) < 0.0001


def test_the_loss_hardly_says_which_kernel_is_better_because_it_is_nearly_flat(face, dots):
    flat = curvature(face)
    assert flat[0] < 0.003 < 1000 * flat[0] < flat[-1]
    assert curvature(dots)[0] > 20 * flat[0]


def test_what_all_pixels_share_drowns_the_rest_until_the_mean_is_subtracted(face, even):
    as_it_is, without_mean = curvature(face), curvature(face - face.mean())
    spread = without_mean[-1] / without_mean[0]
    assert as_it_is[-1] / as_it_is[0] > 2.5 * spread
    assert np.isclose(curvature(even)[-1] / curvature(even)[0], spread)


def test_a_row_of_the_matrix_folded_back_is_the_kernel_on_its_patch():
    pixels, kernel = np.eye(16).reshape(16, 4, 4), np.arange(1, 10).reshape(3, 3)
    wires = np.transpose([ops.correlate_2d(one, kernel, "valid").ravel() for one in pixels])
    assert wires.shape == (4, 16)
    folded = wires[3].reshape(4, 4)
    assert np.array_equal(folded[1:, 1:], kernel)
    assert np.count_nonzero(folded) == 9
    assert all(np.array_equal(np.sort(row)[-9:], np.arange(1, 10)) for row in wires)


def test_standardised_the_kernel_runs_away_above_an_eighth(even):
    assert 0.125 < 2 / curvature(even)[-1] < 0.126
    assert largest_error(even, 2000, 0.125) < 1 < largest_error(even, 2000, 0.13)


def test_nine_weights_undo_only_a_little_of_a_blur(dots):
    soft = ops.correlate_2d(dots, np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]]) / 16, "valid")
    sharp = dots[2:-2, 2:-2]
    undo = of["learn_kernel"](soft, sharp, 3, 400)
    before, after = soft[1:-1, 1:-1] - sharp, ops.correlate_2d(soft, undo, "valid") - sharp
    assert 0.85 < after.std() / before.std() < 0.95
