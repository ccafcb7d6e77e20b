"""Lesson 03's references against SciPy and the definitions, on random input."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage, signal

from tests.exercises.references import arrays, bytes_of, references, refuses

of = references("03_kernels")
odd = st.integers(0, 5).map(lambda half: 2 * half + 1)
no_size = st.one_of(st.integers(-5, 0), st.integers(1, 9).map(lambda half: 2 * half))
photos = bytes_of((1, 7), (1, 7))
steps = st.integers(-4, 4)


def spot(size):
    """A picture of one bright pixel in the middle; filtered, it shows the kernel."""
    image = np.zeros((size, size))
    image[size // 2, size // 2] = 1
    return image


@given(odd)
def test_the_mean_kernel_is_what_scipys_uniform_filter_makes_of_a_spot(size):
    shown = ndimage.uniform_filter(spot(size), size, mode="constant")
    assert np.allclose(of["mean_kernel"](size), shown)


@given(odd, st.floats(0.3, 5))
def test_the_gaussian_kernel_is_scipys_window_down_times_across(size, sigma):
    row = signal.windows.gaussian(size, sigma)
    kernel = np.outer(row, row)
    assert np.allclose(of["gaussian_kernel"](size, sigma), kernel / kernel.sum())


@given(no_size, odd, st.floats(-5, 0))
def test_an_even_size_and_a_bell_without_width_are_refused(size, fits, sigma):
    refuses(of["mean_kernel"], size)
    refuses(of["gaussian_kernel"], size, 1.0)
    refuses(of["gaussian_kernel"], fits, sigma)


@given(odd.filter(lambda size: size >= 3))
def test_the_laplace_kernel_takes_the_sum_of_all_from_size_squared_of_the_centre(size):
    assert np.array_equal(of["laplace_kernel"](size), size**2 * spot(size) - 1)
    assert np.array_equal(of["laplace_kernel"](), of["laplace_kernel"](3))


@given(arrays((1, 9), low=-300, high=600))
def test_what_does_not_fit_a_pixel_is_cut_off_at_0_and_255(values):
    expected = [min(max(int(value), 0), 255) for value in values]
    assert of["trap_wrap"](values.astype(int)).tolist() == expected


@given(photos, photos)
def test_the_average_of_two_pixels_is_that_of_pythons_whole_numbers(first, second):
    first, second = first.ravel()[: second.size], second.ravel()[: first.size]
    expected = [(int(a) + int(b)) // 2 for a, b in zip(first, second, strict=True)]
    assert of["trap_average"](first, second).tolist() == expected


@given(photos, arrays((1, 4), (1, 4)))
def test_a_filtered_picture_is_scipys_rounded_in_whole_numbers_and_clipped(image, ninths):
    full = signal.convolve2d(image.astype(int), ninths.astype(int))
    top, left = ((side - 1) // 2 for side in ninths.shape)
    same = full[top : top + image.shape[0], left : left + image.shape[1]]
    rounded = (2 * same + 9) // 18  # of a ninth there are no exact halves
    filtered = of["filter_image"](image, ninths / 9)
    assert filtered.dtype == np.uint8
    assert np.array_equal(filtered, np.clip(rounded, 0, 255))


@given(st.one_of(arrays((3, 8), (3, 8)), bytes_of((3, 8), (3, 8))))
def test_the_gradients_size_is_that_of_scipys_two_sobels(image):
    inside = (slice(1, -1), slice(1, -1))
    across, down = (ndimage.sobel(image.astype(float), axis)[inside] for axis in (1, 0))
    assert np.allclose(of["gradient_magnitude"](image), np.hypot(across, down))


@given(arrays((2, 4), (3, 7)), steps, steps, st.sampled_from(["uint8", "int64", "float32"]))
def test_a_picture_is_shifted_as_scipy_shifts_it_and_keeps_its_kind(image, down, right, kind):
    image = (image + 10).astype(kind)
    moved = of["shift_image"](image, down, right)
    assert moved.dtype == image.dtype
    assert np.array_equal(moved, ndimage.shift(image, (down, right), order=0))


@given(odd, st.integers(0, 12).map(lambda quarters: quarters / 4), arrays((1, 6), (1, 6)))
def test_the_unsharp_kernel_adds_what_a_blur_takes_away(size, amount, image):
    blurred = ndimage.uniform_filter(image, size, mode="constant")
    sharp = signal.convolve2d(image, of["unsharp_kernel"](size, amount), "same")
    assert np.allclose(sharp, image + amount * (image - blurred))


def test_the_numbers_that_the_contract_names():
    bell = of["gaussian_kernel"](5, 1.0)
    assert bell.sum() == pytest.approx(1)
    assert of["laplace_kernel"]().tolist() == [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]
    bright = np.full((1, 1), 200, dtype=np.uint8)
    assert of["filter_image"](bright, np.array([[1.5]])).item() == 255
    assert of["filter_image"](bright, np.array([[-1.5]])).item() == 0
