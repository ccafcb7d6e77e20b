"""Lesson 01's references against NumPy's own convolution and the definitions, on random input."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exercises.references import arrays, halves, references, refuses

of = references("01_convolution_1d")
signals, kernels = halves((1, 12)), halves((1, 6))


@given(signals, kernels)
def test_convolve_at_is_the_number_that_numpy_has_at_that_place(f, g):
    full = np.convolve(f, g)
    for x in range(-3, len(full) + 3):
        assert of["convolve_at"](f, g, x) == (full[x] if 0 <= x < len(full) else 0)


@given(signals, kernels)
def test_full_is_numpys_full(f, g):
    assert np.array_equal(of["convolve_1d"](f, g), np.convolve(f, g))


@given(signals, kernels)
def test_same_is_the_middle_of_full(f, g):
    start = (len(g) - 1) // 2
    expected = np.convolve(f, g)[start : start + len(f)]
    assert np.array_equal(of["convolve_1d"](f, g, "same"), expected)


@given(signals, kernels)
def test_valid_is_numpys_valid_and_refuses_a_kernel_that_is_too_long(f, g):
    if len(g) > len(f):
        with pytest.raises(ValueError, match="valid"):
            of["convolve_1d"](f, g, "valid")
    else:
        expected = np.convolve(f, g, "valid")
        assert np.array_equal(of["convolve_1d"](f, g, "valid"), expected)
        assert np.allclose(of["convolve_1d_fast"](f, g), expected)
    assert np.allclose(of["convolve_1d_fft"](f, g), np.convolve(f, g))


@given(signals, kernels)
def test_correlation_is_numpys_correlation(f, g):
    full, start = np.correlate(f, g, "full"), (len(g) - 1) // 2
    assert np.array_equal(of["correlate_1d"](f, g), full)
    assert np.array_equal(of["correlate_1d"](f, g, "same"), full[start : start + len(f)])
    if len(g) > len(f):
        refuses(of["correlate_1d"], f, g, "valid")
    else:
        assert np.array_equal(of["correlate_1d"](f, g, "valid"), np.correlate(f, g, "valid"))


@given(signals, st.integers(-14, 14))
def test_the_shift_kernel_shifts_and_is_the_shortest(f, steps):
    kernel = of["shift_kernel"](steps)
    moved = of["convolve_1d"](f, kernel, "same")
    expected = [f[x - steps] if 0 <= x - steps < len(f) else 0 for x in range(len(f))]
    assert np.array_equal(moved, expected)
    assert len(kernel) == 2 * abs(steps) + 1
    assert steps == 0 or kernel[0] or kernel[-1]


@given(signals, st.integers(0, 9), st.integers(-4, 4))
def test_an_echo_is_a_convolution_with_two_spikes(f, delay, quarters):
    spikes = np.zeros(delay + 1)
    spikes[0] += 1
    spikes[delay] += quarters / 4
    assert np.allclose(of["echo"](f, delay, quarters / 4), np.convolve(f, spikes))


@given(signals, kernels, st.sampled_from(["", "Full", "middle", "circular"]))
def test_an_unknown_mode_and_an_empty_argument_are_refused(f, g, mode):
    for name in ("convolve_1d", "correlate_1d"):
        refuses(of[name], f, g, mode)
        refuses(of[name], f, [])
        refuses(of[name], [], g)
    refuses(of["convolve_1d_fast"], f, np.array([]))
    refuses(of["convolve_1d_fast"], np.array([]), g)
    refuses(of["convolve_1d_fast"], f, np.ones(len(f) + 1))


@given(signals, st.integers(-5, -1))
def test_an_echo_before_the_sound_is_refused(f, delay):
    refuses(of["echo"], f, delay, 0.5)


@given(arrays((3, 9)))
def test_the_mended_traps_are_what_numpy_has(f):
    assert np.allclose(of["trap_smooth"](f), np.convolve(f, np.ones(3) / 3)[: len(f)])
    assert np.allclose(of["trap_fractions"](f), np.convolve(f, np.ones(2) / 2)[: len(f)])


def test_the_numbers_that_the_lesson_names():
    signal, thirds = [10, 9, 10, 9, 10, 1, 10, 9, 10, 8], [1 / 3] * 3
    full = of["convolve_1d"](signal, thirds)
    named = [3.333, 6.333, 9.667, 9.333, 9.667, 6.667, 7, 6.667, 9.667, 9, 6, 2.667]
    assert np.allclose(full, named, atol=5e-4)
    same, valid = (of["convolve_1d"](signal, thirds, mode) for mode in ("same", "valid"))
    assert np.allclose([same[0], same[-1], valid[0], valid[-1]], [19 / 3, 6, 29 / 3, 9])
    assert len(valid) == 8
    hill = [0, 0, 0, 3, 4, 5, 4, 3, 0, 0]
    right = of["convolve_1d"](hill, [0, 0, 1], "same")
    assert right.tolist() == [0, 0, 0, 0, 3, 4, 5, 4, 3, 0]
    soft = of["convolve_1d"](hill, [0.8, 0.1, 0.1], "same")
    assert np.allclose(soft, [0, 0, 2.4, 3.5, 4.7, 4.1, 3.3, 0.7, 0.3, 0])
