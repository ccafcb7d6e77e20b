"""Each layer computes what its definition says, and its gradients are those of the loss."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from convolab import ops
from convolab.nn import Conv2D, Dense, Flatten, LeakyReLU, MaxPool2D, ReLU, Sequential

SIDES = st.integers(1, 11)


def network(layers, shape, classes=3, seed=1):
    """Float64, with biases that are not 0, so that a mistake in them shows."""
    flat = [] if any(isinstance(layer, Flatten) for layer in layers) else [Flatten()]
    model = Sequential([*layers, *flat, Dense(classes)], shape, seed, np.float64)
    model.parameter_vector += np.random.default_rng(seed).normal(
        0, 0.1, len(model.parameter_vector)
    )
    return model


def numerical_gradient(model, x, labels, step=1e-6):
    parameters = model.parameter_vector
    numbers = np.zeros_like(parameters)
    for position in range(len(numbers)):
        before = parameters[position]
        losses = []
        for moved in (before + step, before - step):
            parameters[position] = moved
            losses.append(model.forward_backward(x, labels)[0])
        parameters[position] = before
        numbers[position] = (losses[0] - losses[1]) / (2 * step)
    return numbers


# The gradient by a layer's input shows in the weights of a layer before it.
NETWORKS = {
    "dense": ([], (2, 3, 2)),
    "dense, ReLU, dense": ([Flatten(), Dense(7), ReLU(), Dense(5)], (2, 2, 3)),
    "leaky ReLU": ([Conv2D(2, 2), LeakyReLU(0.25), Flatten(), Dense(5), LeakyReLU()], (1, 4, 5)),
    "one convolution": ([Conv2D(2, 3)], (2, 5, 6)),
    "convolution of few kernels, several rows at once": ([Conv2D(2, 2)], (1, 7, 4)),
    "convolution, one row at a time": ([Conv2D(13, 3)], (1, 5, 4)),
    "padding": ([Conv2D(2, 3, padding=1), Conv2D(2, 3, padding=2)], (1, 4, 5)),
    "strides": ([Conv2D(3, 3, stride=2), Conv2D(2, 2, stride=1)], (2, 9, 7)),
    "stride in the second": ([Conv2D(2, 2), Conv2D(2, 3, stride=2, padding=1)], (1, 6, 8)),
    "stride over the kernel's size": ([Conv2D(2, 1), Conv2D(2, 1, stride=3)], (1, 7, 4)),
    "pooling": ([Conv2D(2, 2), MaxPool2D(2)], (1, 7, 6)),
    "pooling of three that drops an edge": ([Conv2D(2, 2), MaxPool2D(3)], (1, 9, 8)),
    "convolution, pooling, ReLU, twice": (
        [Conv2D(2, 3), MaxPool2D(2), ReLU(), Conv2D(3, 2, padding=1), ReLU(), MaxPool2D(2)],
        (1, 10, 10),
    ),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_the_gradient_is_that_of_central_differences(name):
    model = network(*NETWORKS[name])
    rng = np.random.default_rng(2)
    x, labels = rng.standard_normal((3, *model.input_shape)), np.array([0, 2, 1])
    expected = numerical_gradient(model, x, labels)
    model.zero_grad()
    model.forward_backward(x, labels)
    assert_allclose(model.gradient_vector, expected, atol=1e-7)


def first_layer(layer, x):
    """What one layer makes of a batch (N, C, H, W), and the layer with its weights."""
    model = network([layer], x.shape[1:])
    return model.activations(x)[0]


@settings(max_examples=60, deadline=None)
@given(
    *(SIDES, SIDES, st.integers(1, 3), st.integers(1, 7), st.integers(1, 4)),
    *(st.integers(1, 3), st.integers(0, 2), st.integers(1, 5)),
)
def test_a_convolution_is_what_lesson_07_defines(H, W, C, D, size, stride, padding, N):
    room = [side + 2 * padding - size for side in (H, W)]
    assume(min(room) >= 0 and all(side % stride == 0 for side in room))
    x = np.random.default_rng(3).standard_normal((N, C, H, W))
    layer = Conv2D(D, size, stride, padding)
    y = first_layer(layer, x)
    assert_allclose(y, ops.conv_forward(x, layer.w, layer.b, stride, padding), atol=1e-12)


@settings(max_examples=30, deadline=None)
@given(SIDES, SIDES, st.integers(1, 3), st.integers(2, 4), st.integers(1, 5))
def test_pooling_is_what_lesson_07_defines(H, W, C, size, N):
    assume(min(H, W) >= size)
    x = np.random.default_rng(4).standard_normal((N, C, H, W))
    assert_array_equal(first_layer(MaxPool2D(size), x), ops.pool_forward(x, size))


@given(st.integers(1, 4), st.sampled_from([0.0, 0.01, 0.25]))
def test_a_leaky_relu_is_what_lesson_09_defines(N, slope):
    x = np.random.default_rng(6).integers(-2, 3, (2, 3, 2, N)).astype(float)
    grad = np.random.default_rng(7).standard_normal(x.shape)
    layer = LeakyReLU(slope)
    assert_array_equal(layer.forward(x.copy()), np.where(x > 0, x, slope * x))
    assert_array_equal(layer.backward(grad.copy()), np.where(x > 0, grad, slope * grad))


@pytest.mark.parametrize("slope", [-0.1, 1, 2, np.nan])
def test_a_slope_that_is_none_of_a_leaky_relu_is_refused(slope):
    with pytest.raises(ValueError, match="the slope must be from 0 to below 1"):
        Sequential([Flatten(), LeakyReLU(slope), Dense(2)], (1, 2, 2))


def test_flatten_goes_channel_by_channel_row_by_row():
    x = np.random.default_rng(5).standard_normal((4, 2, 3, 5))
    assert_array_equal(first_layer(Flatten(), x), ops.flatten(x))


@pytest.mark.parametrize(
    ("window", "winner"),
    [
        ([[1, 1], [1, 1]], (0, 0)),
        ([[0, 1], [1, 1]], (0, 1)),
        ([[0, 1], [1, 0]], (0, 1)),
        ([[0, 0], [1, 1]], (1, 0)),
        ([[0, 0], [0, 1]], (1, 1)),
        ([[-2, -1], [-1, -3]], (0, 1)),
    ],
)
def test_of_equal_numbers_the_first_in_reading_order_gets_the_gradient(window, winner):
    x = np.array(window, float)[:, None, :, None]  # (row, channel, column, sample)
    pool = MaxPool2D(2)
    pool.forward(x)
    grad = pool.backward(np.full((1, 1, 1, 1), 5.0))[:, 0, :, 0]
    assert grad[winner] == 5
    assert grad.sum() == 5


def test_of_nine_equal_numbers_one_gets_the_gradient():
    pool = MaxPool2D(3)
    pool.forward(np.zeros((3, 1, 4, 1)))
    grad = pool.backward(np.ones((1, 1, 1, 1)))
    assert grad[0, 0, 0, 0] == grad.sum() == 1


def test_relu_lets_no_gradient_through_at_zero():
    relu = ReLU()
    relu.forward(np.array([[-1.0, 0.0, 2.0]]))
    assert_array_equal(relu.backward(np.ones((1, 3))), [[0, 0, 1]])


@pytest.mark.parametrize(
    ("layers", "shape", "message"),
    [
        ([Dense(3)], (1, 4, 4), r"layer 0, Dense\(3\), given \(1, 4, 4\).*Flatten"),
        ([Flatten(), Conv2D(2, 3)], (1, 4, 4), r"layer 1, Conv2D\(2, 3, 1, 0\), given \(16,\)"),
        ([Conv2D(2, 5)], (1, 4, 4), r"layer 0, Conv2D.*larger"),
        ([Conv2D(2, 3, stride=2)], (1, 4, 5), r"layer 0, Conv2D.*unused"),
        ([Conv2D(2, 3), MaxPool2D(4)], (1, 5, 5), r"layer 1, MaxPool2D\(4\), given \(2, 3, 3\)"),
        ([Flatten(), MaxPool2D(2)], (1, 5, 5), r"layer 1, MaxPool2D\(2\), given \(25,\)"),
        ([Conv2D(0, 3)], (1, 5, 5), r"layer 0, Conv2D\(0, 3, 1, 0\).*start at 1"),
        ([MaxPool2D(1)], (1, 5, 5), r"layer 0, MaxPool2D\(1\).*at least 2"),
        ([Flatten(), Flatten()], (1, 5, 5), r"layer 1, Flatten\(\), given \(25,\)"),
        ([Flatten(), Dense(0)], (1, 5, 5), r"layer 1, Dense\(0\).*one unit"),
        ([], (3,), "at least one layer"),
        ([Conv2D(2, 3)], (1, 5, 5), r"the last layer, Conv2D.*\(2, 3, 3\), not scores"),
    ],
)
def test_layers_that_do_not_fit_are_named_with_their_input(layers, shape, message):
    with pytest.raises(ValueError, match=message):
        Sequential(layers, shape)
