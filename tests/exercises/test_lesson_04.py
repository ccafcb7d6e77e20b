"""Lesson 04's references against SciPy and the definitions, on random input."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import linalg, signal

from convolab.nn import Conv2D, Dense, Flatten, Sequential
from tests.exercises.references import arrays, halves, references, refuses, slopes

of = references("04_shared_weights")
few = st.integers(1, 5)
shapes = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple)


@given(shapes.flatmap(lambda shape: st.tuples(halves(*shape), halves(*shape))), few)
def test_a_neuron_is_the_dot_product_and_the_bias(pair, bias):
    inputs, weights = pair
    assert of["neuron"](inputs, weights, bias) == np.vdot(inputs, weights) + bias
    assert of["neuron"](inputs, weights) == np.vdot(inputs, weights)


@given(shapes, shapes)
def test_a_neuron_refuses_two_shapes_also_of_as_many_numbers(one, other):
    if one != other:
        refuses(of["neuron"], np.ones(one), np.ones(other))
    refuses(of["neuron"], np.ones(one), np.ones((1, *one)))
    refuses(of["neuron"], np.ones((2, *one, 3)), np.ones((3, *one, 2)))


@given(halves((1, 6)), st.integers(0, 7))
def test_the_matrix_is_scipys_and_multiplies_as_numpy_convolves(kernel, more):
    for short in range(1, len(kernel)):
        refuses(of["convolution_matrix"], kernel, short)
    n = len(kernel) + more
    matrix = of["convolution_matrix"](kernel, n)
    assert np.array_equal(matrix, linalg.convolution_matrix(kernel, n, "valid"))
    f = np.arange(n) ** 2 - 3.0 * n
    assert np.allclose(matrix @ f, np.convolve(f, kernel, "valid"))


@given(st.integers(1, 40), few)
def test_a_dense_layer_has_as_many_parameters_as_the_courses_network(inputs, units):
    layer = Sequential([Dense(units)], (inputs,))
    assert of["count_dense_parameters"](inputs, units) == layer.parameter_vector.size


@given(few, few, few)
def test_a_convolutional_layer_has_as_many_parameters_as_the_courses_network(channels, maps, size):
    layer = Sequential([Conv2D(maps, size), Flatten()], (channels, size, size))
    assert of["count_conv_parameters"](channels, maps, size) == layer.parameter_vector.size


@given(few, few, st.integers(1, 3), st.data())
def test_a_layer_is_a_correlation_in_three_dimensions_for_each_kernel(channels, maps, size, data):
    volume = data.draw(halves(channels, (3, 5), (3, 5)))
    kernels, biases = data.draw(halves(maps, channels, size, size)), data.draw(halves(maps))
    expected = [
        signal.correlate(volume, kernel, "valid", method="direct")[0] + bias
        for kernel, bias in zip(kernels, biases, strict=True)
    ]
    assert np.array_equal(of["conv_layer"](volume, kernels, biases), expected)


@given(halves((1, 9)), few, st.data())
def test_a_kernels_gradient_is_how_much_the_loss_grows_with_each_weight(f, size, data):
    size = min(size, len(f))
    places = len(f) - size + 1
    grad_y = data.draw(arrays(places))

    def loss(kernel):
        return grad_y @ np.correlate(f, kernel, "valid")

    assert np.array_equal(of["kernel_gradient"](f, grad_y, size), slopes(loss, np.zeros(size)))
    refuses(of["kernel_gradient"], f, np.ones(places + 1), size)
    refuses(of["kernel_gradient"], f, np.ones(places - 1), size)


@given(arrays((3, 6), (3, 6), low=0, high=4), st.integers(1, 3), st.integers(0, 6), st.data())
def test_a_kernel_learns_as_by_the_slopes_of_the_mean_squared_error(image, size, steps, data):
    image = image / 4
    target = data.draw(arrays(*(side - size + 1 for side in image.shape)))

    def loss(kernel):
        return np.mean((signal.correlate2d(image, kernel, "valid") - target) ** 2)

    kernel = np.zeros((size, size))
    for _ in range(steps):
        kernel = kernel - 0.25 * slopes(loss, kernel)
    learned = of["learn_kernel"](image, target, size, steps, 0.25)
    assert np.allclose(learned, kernel, rtol=1e-9, atol=1e-9)


@given(st.integers(0, 10**6), st.sampled_from([2, 3]))
def test_a_kernel_is_found_from_random_dots(seed, size):
    rng = np.random.default_rng(seed)
    image, kernel = rng.random((32, 32)), rng.integers(-2, 3, (size, size))
    found = of["learn_kernel"](image, signal.correlate2d(image, kernel, "valid"), size)
    assert np.allclose(found, kernel, atol=1e-2)


@given(arrays((1, 4)), arrays((1, 4)), st.integers(7, 10))
def test_two_layers_are_the_one_of_the_convolved_kernels(first, second, n):
    both = linalg.convolution_matrix(np.convolve(first, second), n, "valid")
    assert np.array_equal(of["two_layers"](first, second, n), both)


def test_the_numbers_that_the_contract_names():
    assert of["count_dense_parameters"](3 * 256 * 256, 1) == 196_608 + 1
    sobel = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    dots = np.random.default_rng(1).random((32, 32))
    found = of["learn_kernel"](dots, signal.correlate2d(dots, sobel, "valid"))
    assert np.abs(found - sobel).max() < 1e-2
