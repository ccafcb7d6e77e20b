"""Lesson 11's references against plain loops, SciPy, measured slopes and the course's engine."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import signal

from convolab import ops
from tests.exercises.references import (
    arrays,
    exercises,
    halves,
    in_the_courses_network,
    references,
    slopes,
)

LESSON = "11_what_does_it_look_at"
of = references(LESSON)
seeds = st.integers(0, 10**6)


def network(rng, kernels=16, rows=8, columns=8, classes=10):
    """Lesson 08's small network with random weights and biases, some of them below 0."""
    flat = kernels * ((rows - 2) // 2) * ((columns - 2) // 2)
    return {
        "conv_w": rng.normal(0, 0.5, (kernels, 1, 3, 3)),
        "conv_b": rng.normal(0, 0.3, kernels),
        "dense_w": rng.normal(0, np.sqrt(2 / flat), (flat, classes)),
        "dense_b": rng.normal(0, 0.3, classes),
    }


def scores(x, p):
    maps = ops.conv_forward(x, p["conv_w"], p["conv_b"])
    return ops.dense(ops.flatten(ops.pool_forward(ops.relu(maps))), p["dense_w"], p["dense_b"])


@given(arrays((3, 5), (3, 6)), st.integers(1, 3), st.sampled_from([0.0, 0.5, 1.0]))
def test_an_occlusion_map_is_the_one_of_a_slow_loop(picture, size, fill):
    def f(x):
        return float((np.arange(1, x.size + 1) * x.ravel() ** 2).sum())

    found = of["occlusion_map"](f, picture, size, fill)
    rows, columns = picture.shape
    assert found.shape == (rows - size + 1, columns - size + 1)
    for r in range(rows - size + 1):
        for c in range(columns - size + 1):
            covered = [
                [
                    fill if r <= i < r + size and c <= j < c + size else picture[i, j]
                    for j in range(columns)
                ]
                for i in range(rows)
            ]
            assert found[r, c] == f(picture) - f(np.array(covered))


@given(halves((3, 5), (3, 6)), st.integers(1, 3), st.sampled_from([0.0, 0.5, 1.0]), seeds)
def test_for_a_weighted_sum_it_is_a_correlation_of_what_the_cover_takes_away(
    picture, size, fill, seed
):
    weights = np.random.default_rng(seed).integers(-4, 5, picture.shape) / 2
    found = of["occlusion_map"](lambda x: float((weights * x).sum()), picture, size, fill)
    taken = signal.correlate2d(weights * (picture - fill), np.ones((size, size)), "valid")
    assert np.allclose(found, taken)


@given(seeds, st.integers(1, 3), st.integers(1, 3))
@settings(max_examples=20)
def test_the_way_back_to_the_picture_is_what_one_measures(seed, n, kernels):
    rng = np.random.default_rng(seed)
    p, x = network(rng, kernels, 6, 7, 4), rng.random((n, 1, 6, 7))
    grad = rng.normal(size=(n, 4))
    measured = slopes(lambda at: (grad * scores(at, p)).sum(), x, 1e-6)
    assert np.allclose(of["picture_slopes"](grad, x, p), measured, atol=1e-6)


@given(seeds)
@settings(max_examples=20)
def test_the_way_back_to_the_picture_is_the_engines(seed):
    rng = np.random.default_rng(seed)
    p, x, grad = network(rng), rng.random((3, 1, 8, 8)), rng.normal(size=(3, 10))
    twin = in_the_courses_network(p)
    assert np.allclose(of["picture_slopes"](grad, x, p), twin.input_gradient(x, grad))


@given(seeds, st.integers(0, 9))
@settings(max_examples=20)
def test_a_saliency_map_is_the_measured_slope_of_one_score_without_its_sign(seed, target):
    rng = np.random.default_rng(seed)
    p, picture = network(rng), rng.random((8, 8))
    measured = slopes(lambda at: scores(at[None, None], p)[0, target], picture, 1e-6)
    found = of["saliency"](picture, target, p)
    assert np.allclose(found, np.abs(measured), atol=1e-6)
    assert np.all(found >= 0)


@given(arrays((2, 6), (1, 3), (1, 4)), st.integers(1, 3), st.data())
def test_the_best_patches_are_those_of_a_sorted_list(maps, size, data):
    n, rows, columns = maps.shape
    several = data.draw(st.integers(1, n))
    pictures = np.arange(n * (rows + 2) * (columns + 2)).reshape(n, rows + 2, columns + 2)
    best = []
    for number, one in enumerate(maps.tolist()):
        places = [(-value, r, c) for r, row in enumerate(one) for c, value in enumerate(row)]
        value, r, c = min(places)
        best.append((value, number, pictures[number, r : r + size, c : c + size].tolist()))
    expected = [patch for _, _, patch in sorted(best)[:several]]
    assert of["top_patches"](maps, pictures, size, several).tolist() == expected


@given(seeds, st.integers(0, 9), st.integers(0, 4), st.sampled_from([0.01, 0.1, 1.0]))
@settings(max_examples=20)
def test_a_grown_picture_goes_uphill_as_the_engine_says_and_stays_a_picture(
    seed, target, steps, rate
):
    rng = np.random.default_rng(seed)
    p, start = network(rng), rng.random((8, 8))
    twin, x = in_the_courses_network(p), start[None, None]
    for _ in range(steps):
        x = np.clip(x + rate * twin.input_gradient(x, np.eye(10)[[target]]), 0, 1)
    grown = of["grow_picture"](start, target, p, steps, rate)
    assert np.allclose(grown, x[0, 0])
    assert grown.min() >= 0
    assert grown.max() <= 1


@given(seeds, st.integers(1, 4), st.sampled_from([1 / 16, 1 / 4, 1.0]))
@settings(max_examples=20)
def test_a_fooling_step_moves_each_pixel_by_eps_in_the_measured_direction(seed, n, eps):
    rng = np.random.default_rng(seed)
    p, x, labels = network(rng), rng.random((n, 1, 8, 8)), rng.integers(0, 10, n)

    def loss(at):
        return len(at) * ops.cross_entropy(ops.softmax(scores(at, p)), labels)

    measured = slopes(loss, x, 1e-6)
    assume(np.all((np.abs(measured) > 1e-6) | (measured == 0)))  # else rounding has a say
    moved = of["fooling_step"](x, labels, p, eps)
    assert np.allclose(moved, np.clip(x + eps * np.sign(measured), 0, 1))


@given(st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=1, max_size=20))
def test_the_mended_trap_counts_those_that_were_right_and_are_wrong(triples):
    before, after, labels = np.array(triples).T
    known = [triple for triple in triples if triple[0] == triple[2]]
    assume(known)
    share = sum(then != label for _, then, label in known) / len(known)
    assert of["trap_fooled"](before, after, labels) == pytest.approx(share)


def found(plan, seed):
    """What the open task measures of an answer on another draw than the proof's: the place, and
    the digit."""
    demands = exercises(LESSON)["find_stamp"].demands
    rng = np.random.default_rng
    return [demands[name].measure(plan, rng([seed, 7])) for name in ("place", "digit")]


def by_square(fill, size, several=40):
    """Looks where a square of this grey makes some class more probable than anywhere else."""

    def plan(parameters, pictures):
        x = pictures[:several]
        before, side = ops.softmax(scores(x, parameters)).mean(axis=0), 9 - size
        rises = np.zeros((side, side, 10))
        for r, c in np.ndindex(side, side):
            tried = x.copy()
            tried[:, 0, r : r + size, c : c + size] = fill
            rises[r, c] = ops.softmax(scores(tried, parameters)).mean(axis=0) - before
        return np.unravel_index(rises.argmax(), rises.shape)

    return plan


@pytest.mark.parametrize("seed", [3, 4])
def test_ink_at_every_place_finds_the_stamp_whatever_is_drawn(seed):
    for plan in (by_square(1, 2), by_square(1, 2, 10), by_square(0.75, 2)):
        assert min(found(plan, seed)) >= 0.8


@pytest.mark.parametrize("seed", [3, 4])
def test_black_squares_find_nothing_since_there_is_no_stamp_to_cover(seed):
    assert max(found(by_square(0, 2), seed)) < 0.5
