"""Lesson 02's references against SciPy and the definitions, on random input."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage, signal

from tests.exercises.references import arrays, bytes_of, halves, references, refuses

of = references("02_convolution_2d")
images, kernels = halves((1, 7), (1, 7)), halves((1, 4), (1, 4))


@given(kernels)
def test_a_flip_is_a_half_turn(kernel):
    assert np.array_equal(of["flip_2d"](kernel), np.rot90(kernel, 2))


@given(halves(3, 4), halves(3, 4))
def test_the_hadamard_sum_is_the_dot_product_of_all_numbers(a, b):
    assert of["hadamard_sum"](a, b) == np.vdot(a, b)


@given(images, kernels, st.integers(-3, 12), st.integers(-3, 12))
def test_one_place_is_the_number_that_scipy_has_there(f, g, row, col):
    full = signal.convolve2d(f, g)
    inside = 0 <= row < full.shape[0] and 0 <= col < full.shape[1]
    assert of["convolve_at_2d"](f, g, row, col) == (full[row, col] if inside else 0)


@given(images, st.integers(0, 4))
def test_padding_puts_zeros_on_every_side(image, pad):
    framed = of["pad_2d"](image, pad)
    inner = framed[pad : pad + image.shape[0], pad : pad + image.shape[1]]
    assert np.array_equal(inner, image)
    assert framed.shape == (image.shape[0] + 2 * pad, image.shape[1] + 2 * pad)
    assert np.abs(framed).sum() == np.abs(image).sum()


@given(images, kernels)
def test_the_three_modes_are_parts_of_scipys_full(image, kernel):
    full = signal.convolve2d(image, kernel)
    assert np.array_equal(of["convolve_2d"](image, kernel), full)
    (rows, columns), (h, w) = image.shape, kernel.shape
    top, left = (h - 1) // 2, (w - 1) // 2
    same = full[top : top + rows, left : left + columns]
    assert np.array_equal(of["convolve_2d"](image, kernel, "same"), same)
    assert np.array_equal(of["convolve_2d"](kernel, image), full)
    for larger in (np.ones((rows + 1, 1)), np.ones((1, columns + 1))):
        refuses(of["convolve_2d"], image, larger, "valid")
        refuses(of["convolve_2d_fast"], image, larger)
    kernel = kernel[:rows, :columns]
    valid = signal.convolve2d(image, kernel, "valid")
    assert np.array_equal(of["convolve_2d"](image, kernel, "valid"), valid)
    assert np.allclose(of["convolve_2d_fast"](image, kernel), valid)


@given(bytes_of((3, 6), (3, 6)), bytes_of((1, 3), (1, 3)))
def test_a_pictures_small_numbers_do_not_wrap_around(image, kernel):
    wide, weights = image.astype(int), kernel.astype(int)
    assert of["hadamard_sum"](image, image) == np.vdot(wide, wide)
    assert np.array_equal(of["convolve_2d"](image, kernel), signal.convolve2d(wide, weights))
    valid = signal.convolve2d(wide, weights, "valid")
    assert np.array_equal(of["convolve_2d_fast"](image, kernel), valid)
    (h, w), (rows, columns) = kernel.shape, valid.shape
    for row, col in np.ndindex(rows, columns):
        assert of["convolve_at_2d"](image, kernel, row + h - 1, col + w - 1) == valid[row, col]


@given(images, halves((1, 4)), halves((1, 4)))
def test_two_passes_are_one_with_the_outer_product(image, down, across):
    expected = signal.convolve2d(image, np.outer(down, across))
    assert np.allclose(of["separable_2d"](image, down, across), expected)


@given(images, kernels, st.sampled_from(["", "Full", "middle"]))
def test_other_shapes_unknown_modes_and_nothing_are_refused(image, kernel, mode):
    if image.shape != kernel.shape:
        refuses(of["hadamard_sum"], image, kernel)
    refuses(of["hadamard_sum"], image, image[None])
    refuses(of["hadamard_sum"], np.ones((2, 6)), np.ones((3, 4)))
    refuses(of["convolve_2d"], image, kernel, mode)
    for nothing in (np.ones((0, 3)), np.ones((3, 0))):
        refuses(of["convolve_2d"], image, nothing)
        refuses(of["convolve_2d"], nothing, kernel)
        refuses(of["convolve_2d_fast"], image, nothing)
        refuses(of["convolve_2d_fast"], nothing, kernel)


@given(st.integers(1, 20), st.integers(1, 20))
def test_the_mended_size_counts_the_places_where_a_kernel_fits(n, k):
    n, k = max(n, k), min(n, k)
    assert of["trap_size"](n, k) == len([place for place in range(n) if place + k <= n])


@given(arrays((3, 7), (3, 7)))
def test_the_mended_bounds_reach_every_window(image):
    sums = 9 * ndimage.uniform_filter(image, 3)[1:-1, 1:-1]
    assert np.allclose(of["trap_bounds"](image), sums)


def test_the_numbers_that_the_lesson_names():
    nine = np.arange(1.0, 10).reshape(3, 3)
    places = {(1, 1): 26, (2, 2): 165, (3, 3): 186, (0, 1): 4}
    for (row, col), value in places.items():
        assert of["convolve_at_2d"](nine, nine, row, col) == value
    picture = np.array(
        [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
    )
    cross = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])
    valid = of["convolve_2d"](picture, cross, "valid")
    assert valid.tolist() == [[4, 3, 4], [2, 4, 3], [2, 3, 4]]
    image = np.array([[0, 3, 6, 3], [3, 6, 3, 6], [6, 3, 6, 3], [3, 6, 3, 0]])
    assert of["convolve_2d"](image, np.ones((3, 3))).shape == (6, 6)
    assert np.full(7, 250, dtype=np.uint8).sum(dtype=np.uint8) == 1750 % 256 == 214
