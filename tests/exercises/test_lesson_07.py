"""Lesson 07's references against SciPy and the definitions, on random input."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.lib.stride_tricks import sliding_window_view
from scipy import signal, special

from tests.exercises.references import arrays, halves, references, refuses

of = references("07_full_cnn")
few, sizes = st.integers(1, 3), st.integers(1, 3)
scores = arrays((1, 4), (2, 6), low=-40, high=40).map(lambda whole: whole / 4)


def laid_on(x, w, b, stride=1, padding=0):
    """Each kernel over each example by SciPy's correlation in three dimensions."""
    frame = ((0, 0), (padding, padding), (padding, padding))
    return np.array(
        [
            [
                signal.correlate(np.pad(example, frame), kernel, "valid", method="direct")[
                    0, ::stride, ::stride
                ]
                + bias
                for kernel, bias in zip(w, b, strict=True)
            ]
            for example in x
        ]
    )


def largest(x, size=2):
    """The largest number of each window that fits, windows side by side."""
    windows = sliding_window_view(x, (size, size), axis=(2, 3))[:, :, ::size, ::size]
    return windows.max(axis=(4, 5))


@given(few, few, few, sizes, st.integers(1, 3), st.integers(0, 2), st.data())
def test_a_layer_is_scipys_correlation_of_volumes(n, c, d, r, stride, padding, data):
    x = data.draw(arrays(n, c, (1, 6), (1, 6)))
    w, b = data.draw(halves(d, c, r, r)), data.draw(halves(d))
    beyond = [side + 2 * padding - r for side in x.shape[2:]]
    if any(left < 0 or left % stride for left in beyond):
        refuses(of["conv_forward"], x, w, b, stride, padding)
    else:
        expected = laid_on(x, w, b, stride, padding)
        assert np.array_equal(of["conv_forward"](x, w, b, stride, padding), expected)


@given(arrays((1, 3), (1, 3), (3, 8), (3, 8)), sizes)
def test_pooling_takes_the_largest_of_every_window_that_fits(x, size):
    assert np.array_equal(of["pool_forward"](x, size), largest(x, size))
    if size == 2:
        assert np.array_equal(of["pool_forward"](x), largest(x))


@given(arrays((1, 3), (1, 3), (1, 4), (1, 4)))
def test_flattening_writes_the_numbers_of_each_example_in_reading_order(x):
    expected = [
        [float(cell) for channel in example for row in channel for cell in row] for example in x
    ]
    assert of["flatten"](x).tolist() == expected


@given(few, few, few, st.data())
def test_a_dense_layer_sums_each_input_times_its_weight(n, inputs, units, data):
    x, w = data.draw(arrays(n, inputs)), data.draw(arrays(inputs, units))
    b = data.draw(arrays(units))
    found = of["dense"](x, w, b)
    assert found.shape == (n, units)
    for row, unit in np.ndindex(n, units):
        assert found[row, unit] == sum(x[row, i] * w[i, unit] for i in range(inputs)) + b[unit]


@given(scores, st.sampled_from([1, 100, 1000]))
def test_softmax_is_scipys_along_the_last_axis_also_for_huge_scores(s, factor):
    assert np.allclose(of["softmax"](factor * s), special.softmax(factor * s, axis=-1))
    assert np.allclose(of["softmax"](s[0]), special.softmax(s[0]))


@given(arrays((1, 4), (2, 6), low=1, high=20))
def test_the_mended_shares_are_each_rows_numbers_by_their_sum(powers):
    expected = [[number / sum(row) for number in row] for row in powers.tolist()]
    assert np.allclose(of["trap_axis"](powers), expected)


@given(scores, st.data())
def test_cross_entropy_is_the_mean_surprise_at_the_right_class(s, data):
    probabilities = special.softmax(s, axis=1)
    labels = data.draw(arrays(len(s), low=0, high=s.shape[1] - 1)).astype(int)
    found = of["cross_entropy"](probabilities, labels)
    rows = zip(probabilities.tolist(), labels.tolist(), strict=True)
    assert math.isclose(found, math.fsum(-math.log(row[k]) for row, k in rows) / len(labels))


@given(st.integers(2, 5), st.integers(1, 4))
def test_a_class_thought_impossible_costs_as_if_it_were_1e_12(classes, n):
    certain = np.eye(classes)[np.zeros(n, dtype=int)]
    cost = of["cross_entropy"](certain, np.full(n, classes - 1))
    assert math.isclose(cost, -math.log(1e-12))


@given(scores, st.data(), st.sampled_from([1, 100, 1000]))
def test_the_loss_from_scores_is_scipys_log_softmax(s, data, factor):
    labels = data.draw(arrays(len(s), low=0, high=s.shape[1] - 1)).astype(int)
    right = special.log_softmax(factor * s, axis=1)[np.arange(len(s)), labels]
    assert math.isclose(of["loss_from_scores"](factor * s, labels), -right.mean(), abs_tol=1e-12)


def network(seed):
    """A small network of random whole numbers and pictures for it: (x, parameters)."""
    rng = np.random.default_rng(seed)
    c, d1, d2, r1, r2 = (int(number) for number in rng.integers(1, 4, 5))
    rows, columns = (int(side) for side in rng.integers(12, 15, 2))
    after = [((side - r1 + 1) // 2 - r2 + 1) // 2 for side in (rows, columns)]
    flat, u1, u2, classes = d2 * after[0] * after[1], *(int(u) for u in rng.integers(2, 6, 3))
    shapes = {
        **{"conv1_w": (d1, c, r1, r1), "conv1_b": (d1,)},
        **{"conv2_w": (d2, d1, r2, r2), "conv2_b": (d2,)},
        **{"dense1_w": (flat, u1), "dense1_b": (u1,)},
        **{"dense2_w": (u1, u2), "dense2_b": (u2,)},
        **{"dense3_w": (u2, classes), "dense3_b": (classes,)},
    }
    parameters = {name: rng.integers(-4, 5, shape) / 8 for name, shape in shapes.items()}
    return rng.integers(-8, 9, (3, c, rows, columns)) / 8, parameters


def answered(x, p):
    """The scores of the network, from SciPy's correlation and sums written out."""
    for number in "12":
        maps = laid_on(x, p[f"conv{number}_w"], p[f"conv{number}_b"])
        x = largest(np.where(maps > 0, maps, 0))
    x = np.array([example.ravel() for example in x])
    for number in "123":
        x = np.einsum("ni,io->no", x, p[f"dense{number}_w"]) + p[f"dense{number}_b"]
        x = np.where(x > 0, x, 0) if number in "12" else x
    return x


@given(st.integers(0, 10**6))
def test_the_whole_network_is_its_layers_one_after_another(seed):
    x, parameters = network(seed)
    expected = answered(x, parameters)
    assert np.allclose(of["forward"](x, parameters), special.softmax(expected, axis=1))
    classes = of["predict"](x, parameters)
    assert (classes.shape, classes.dtype.kind) == ((len(x),), "i")
    chosen = expected[np.arange(len(x)), classes]  # a tie within rounding may go either way
    assert np.allclose(chosen, expected.max(axis=1))
