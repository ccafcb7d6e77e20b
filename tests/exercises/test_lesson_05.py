"""Lesson 05's references against the definitions, window by window, on random input."""

import statistics

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.lib.stride_tricks import sliding_window_view

from tests.exercises.references import arrays, bytes_of, references, refuses

of = references("05_pooling")
maps = arrays((2, 9), (2, 9))
sizes = st.integers(1, 4)
REDUCE = {"max": np.max, "average": np.mean, "sum": np.sum}
kinds = st.sampled_from(sorted(REDUCE))


def windows(x, size, stride):
    """Every window of a map that fits, (rows, columns, size, size)."""
    return sliding_window_view(x, (size, size))[::stride, ::stride]


@given(arrays((1, 3), (1, 4), (1, 4)), st.sampled_from([1, 2, 3]))
def test_relu_is_the_larger_of_0_and_each_number(x, axes):
    x = x.reshape({1: (-1,), 2: (len(x), -1), 3: x.shape}[axes])
    expected = [number if number > 0 else 0 for number in x.flat]
    assert np.array_equal(of["relu"](x), np.reshape(expected, x.shape))


@given(maps, sizes, st.one_of(st.none(), sizes), kinds)
def test_pooling_reduces_every_window_that_fits(x, size, stride, how):
    refuses(of["pool_2d"], x, min(x.shape) + 1, stride, how)
    size = min(size, *x.shape)
    expected = REDUCE[how](windows(x, size, stride or size), axis=(2, 3))
    assert np.allclose(of["pool_2d"](x, size, stride, how), expected)
    volume = np.stack([x, 2 - 3 * x])
    other = REDUCE[how](windows(2 - 3 * x, size, stride or size), axis=(2, 3))
    assert np.allclose(of["pool_volume"](volume, size, stride, how), [expected, other])


@given(arrays(2, (4, 6), (4, 6)), st.integers(-3, 0), st.sampled_from(["", "median", "MAX"]))
def test_pooling_refuses_sizes_and_strides_below_1_and_other_ways(volume, nothing, unknown):
    for name, x in (("pool_2d", volume[0]), ("pool_volume", volume)):
        refuses(of[name], x, nothing)
        refuses(of[name], x, 2, nothing)
        refuses(of[name], x, nothing, 1)
        refuses(of[name], x, 2, None, unknown)
        refuses(of[name], x, 7)


@given(arrays((3, 6), (3, 6), high=-1), st.integers(1, 3))
def test_the_largest_of_negative_numbers_is_negative(x, size):
    expected = windows(x, size, size).max(axis=(2, 3))
    assert np.array_equal(of["pool_2d"](x, size), expected)
    assert np.array_equal(of["max_pool_fast"](x, size), expected)


@given(bytes_of((2, 6), (2, 6)), st.integers(1, 2), kinds)
def test_a_pictures_small_numbers_do_not_wrap_around(image, size, how):
    expected = REDUCE[how](windows(image.astype(float), size, size), axis=(2, 3))
    assert np.allclose(of["pool_2d"](image, size, None, how), expected)


@given(arrays((1, 5), low=-(10**9), high=10**9))
def test_the_largest_number_is_pythons(numbers):
    assert of["trap_start"](numbers) == max(numbers.tolist())


@given(arrays((2, 7), (2, 7)))
def test_windows_over_the_edge_are_dropped(x):
    assert np.array_equal(of["trap_edge"](x), windows(x, 2, 2).max(axis=(2, 3)))


@given(arrays((4, 9), (4, 9)), sizes)
def test_fast_pooling_takes_the_largest_of_every_window(x, size):
    expected = windows(x, size, size).max(axis=(2, 3))
    assert np.array_equal(of["max_pool_fast"](x, size), expected)


@given(arrays((2, 8), (2, 8), low=0, high=3), st.integers(1, 3))
def test_what_survives_is_the_share_of_windows_that_keep_their_largest_number(x, size):
    size = min(size, *x.shape)
    rows, columns = (side // size for side in x.shape)
    same = []
    for i, j in np.ndindex(rows, columns):
        down = range(i * size, (i + 1) * size)
        across = range(j * size, (j + 1) * size)
        before = max(x[r, c] for r in down for c in across)
        after = max(x[r, c - 1] if c else 0 for r in down for c in across)
        same.append(float(before == after))
    share = of["shift_survival"](x, size)
    assert isinstance(share, float)
    assert np.isclose(share, statistics.mean(same))


@given(arrays((1, 4), (1, 5), (1, 5)))
def test_the_global_average_is_one_mean_a_channel(volume):
    expected = [statistics.mean(channel.ravel().tolist()) for channel in volume]
    assert np.allclose(of["global_average"](volume), expected)


def test_the_numbers_that_the_contract_names():
    matrix = np.array([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]])
    assert of["pool_2d"](matrix).tolist() == [[6, 8], [3, 4]]
    assert of["max_pool_fast"](matrix).tolist() == [[6, 8], [3, 4]]
    assert of["pool_2d"](matrix, 2, None, "average").tolist() == [[3.25, 5.25], [2, 2]]
