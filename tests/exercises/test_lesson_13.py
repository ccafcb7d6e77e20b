"""Lesson 13's references against other sources, on random input; PyTorch is not needed here."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convolab import nn, ops
from convolab.data import data_file
from tests.exercises.references import exercises, references

LESSON = "13_to_pytorch"
of = references(LESSON)
seeds, few = st.integers(0, 10**6), st.integers(1, 4)


@given(seeds, few, few, few, few)
def test_a_network_with_channels_last_gives_the_same_scores_in_the_other_layout(
    seed, height, width, into, out
):
    """The way forward, written with channels last in einsum, against `ops` with channels first."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((2, height + 1, width + 2, into))
    kernels = rng.standard_normal((2, 3, into, out))
    w = rng.standard_normal((height * width * out, 5))
    windows = np.lib.stride_tricks.sliding_window_view(x, (2, 3), axis=(1, 2))
    last = np.einsum("nhwcrs,rscd->nhwd", windows, kernels)
    turned, dense = of["from_channels_last"](kernels, w, (height, width, out))
    windows = np.lib.stride_tricks.sliding_window_view(x.transpose(0, 3, 1, 2), (2, 3), axis=(2, 3))
    first = np.einsum("nchwrs,dcrs->ndhw", windows, turned)
    assert np.allclose(first.transpose(0, 2, 3, 1), last)
    assert np.allclose(ops.flatten(first) @ dense.T, last.reshape(2, -1) @ w)


@given(seeds, few, few)
def test_weights_in_pytorchs_layout_compute_x_w_t(seed, inputs, units):
    rng = np.random.default_rng(seed)
    w, b = rng.standard_normal((inputs, units)), rng.standard_normal(units)
    kernels = rng.standard_normal((2, 1, 3, 3))
    state = of["to_torch_layout"]({"conv2_w": kernels, "dense1_w": w, "dense1_b": b})
    x = rng.standard_normal((3, inputs))
    assert [*state] == ["conv2.weight", "dense1.weight", "dense1.bias"]
    assert np.allclose(x @ state["dense1.weight"].T + state["dense1.bias"], ops.dense(x, w, b))
    assert np.array_equal(state["conv2.weight"], kernels)


@given(st.lists(st.integers(-3, 3), min_size=3, max_size=7), seeds)
def test_the_tape_walked_back_gives_measured_slopes(numbers, seed):
    """Products and sums of what there is so far, differentiated numerically."""
    rng = np.random.default_rng(seed)
    steps = [(*rng.integers(0, 2 + n, 2), rng.random() < 0.5) for n in range(len(numbers))]

    def values(start):
        found = [float(one) for one in start]
        for left, right, product in steps:
            found.append(found[left] * found[right] if product else found[left] + found[right])
        return found

    start = [0.5 + numbers[0], 1.5 - numbers[1]]
    found, tape, alive = values(start), [], {len(steps) + 1}
    for number, (left, right, product) in enumerate(steps, start=2):
        slopes = {}
        by = (found[right], found[left]) if product else (1, 1)
        for name, slope in zip((left, right), by, strict=True):
            slopes[f"v{name}"] = slopes.get(f"v{name}", 0) + slope
        tape.append((f"v{number}", slopes))
    for number in range(len(steps) + 1, 1, -1):  # what nothing depends on is not on a tape
        if number in alive:
            alive |= {int(name[1:]) for name in tape[number - 2][1]}
    kept = [step for step in tape if int(step[0][1:]) in alive]
    slopes = of["walk_back"](kept)
    assert set(slopes) == {f"v{number}" for number in alive}
    for place in (0, 1):
        if f"v{place}" in slopes:
            sides = []
            for h in (1e-6, -1e-6):
                moved = [*start]
                moved[place] += h
                sides.append(values(moved)[-1])
            size = 1 + max(map(abs, found)) ** 2
            assert math.isclose(
                slopes[f"v{place}"], (sides[0] - sides[1]) / 2e-6, abs_tol=1e-4 * size
            )


@given(seeds, few, few)
def test_the_mended_trap_keeps_every_pixel_with_its_colour(seed, height, width):
    pictures = np.random.default_rng(seed).integers(0, 256, (2, height, width, 3)).astype(np.uint8)
    batch = of["trap_layout"](pictures)
    assert batch.shape == (2, 3, height, width)
    for n, c, i, j in np.ndindex(batch.shape):
        assert batch[n, c, i, j] == pictures[n, i, j, c] / 255


@given(seeds)
@settings(max_examples=5)
def test_lenets_scores_are_the_engines(seed):
    x = np.random.default_rng(seed).random((2, 1, 32, 32))
    model = nn.lenet().load(data_file("lenet_digits.npz"))
    assert np.allclose(of["lenet_scores"](x), model.forward(x), atol=1e-3)


@given(seeds, few)
@settings(max_examples=20)
def test_the_small_networks_gradients_are_lesson_08s(seed, several):
    rng = np.random.default_rng(seed)
    shapes = {"conv_w": (2, 1, 3, 3), "conv_b": (2,), "dense_w": (8, 3), "dense_b": (3,)}
    parameters = {name: rng.standard_normal(shape) for name, shape in shapes.items()}
    x, labels = rng.standard_normal((several, 1, 6, 7)), rng.integers(0, 3, several)
    loss, found = of["torch_gradients"](x, labels, parameters)
    due_loss, due = references("08_training")["small_gradients"](x, labels, parameters)
    assert math.isclose(loss, due_loss)
    for name in shapes:
        assert np.allclose(found[name], due[name])


NONSENSE = {
    "no dictionary": (["dense3.weight"], "dictionary"),
    "another name": ({"train": [], "rate": 0.1, "steps": 3}, "train, rate, epochs"),
    "no list": ({"train": "dense3.weight", "rate": 0.1, "epochs": 3}, "list of names"),
    "an unknown part": ({"train": ["dense4.bias"], "rate": 0.1, "epochs": 3}, "dense4.bias"),
    "numbers for names": ({"train": [1], "rate": 0.1, "epochs": 3}, "list of names"),
    "a rate in words": ({"train": [], "rate": "small", "epochs": 3}, "rate is a number"),
    "a negative rate": ({"train": [], "rate": -1, "epochs": 3}, "from 0"),
    "no number at all": ({"train": [], "rate": float("nan"), "epochs": 3}, "rate is a number"),
    "half an epoch": ({"train": [], "rate": 0.1, "epochs": 2.5}, "whole number"),
    "no epoch": ({"train": [], "rate": 0.1, "epochs": 0}, "whole number"),
    "endless": ({"train": [], "rate": 0.1, "epochs": 10**9}, "to 100"),
    "True": ({"train": [], "rate": True, "epochs": 3}, "rate is a number"),
}


@pytest.mark.parametrize("what", NONSENSE)
def test_a_plan_that_is_none_is_answered_in_a_sentence(what):
    plan, says = NONSENSE[what]
    demand = exercises(LESSON)["fine_tune_plan"].demands["few"]
    with pytest.raises(Exception, match=says):
        demand.measure(lambda: plan, np.random.default_rng(0))
