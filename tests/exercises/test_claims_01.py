"""What lesson 01 says of its recording, of correlation and of kernels, measured again."""

import tomllib
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from convolab.figures import SlidingKernel1D
from convolab.ops import convolve_1d, correlate_1d

ROOT = Path(__file__).resolve().parents[2]
RATE = 8000
TIME = np.arange(4000) / RATE
CLEAN = 0.5 * np.sin(2 * np.pi * 220 * TIME) * np.exp(-3 * TIME)
RECORDING = np.where(np.arange(4000) == 2000, 1.0, CLEAN)


def mean(sound, width):
    return convolve_1d(np.pad(sound, width // 2), np.ones(width) / width, "valid")


def median(sound, width):
    return np.median(sliding_window_view(np.pad(sound, width // 2), width), axis=1)


def rms_error(sound):
    return np.sqrt(np.mean((sound - CLEAN) ** 2))


def kept_by_mean_of_9(pitch):
    """The share of a steady tone's loudness that a mean over nine numbers leaves."""
    tone = np.exp(2j * np.pi * pitch * TIME)
    return abs(convolve_1d(tone.real, np.ones(9) / 9, "valid")).max()


def test_width_5_helps_most_width_9_harms_and_a_median_of_three_cures():
    assert rms_error(RECORDING) == pytest.approx(0.0158, abs=5e-5)
    assert rms_error(mean(RECORDING, 3)) == pytest.approx(0.0094, abs=5e-5)
    assert rms_error(mean(RECORDING, 5)) == pytest.approx(0.0092, abs=5e-5)
    assert rms_error(mean(RECORDING, 9)) == pytest.approx(0.0200, abs=5e-5)
    assert rms_error(median(RECORDING, 3)) == pytest.approx(0.0011, abs=5e-5)


def test_a_mean_of_9_makes_a_click_nine_times_fainter():
    assert mean(RECORDING - CLEAN, 9).max() == pytest.approx(1 / 9)


def test_a_mean_of_9_takes_a_tenth_off_the_note_and_more_off_higher_ones():
    assert kept_by_mean_of_9(220) == pytest.approx(0.9, abs=0.01)
    assert kept_by_mean_of_9(4000 / 3) == pytest.approx(0.22, abs=0.01)
    assert kept_by_mean_of_9(8000 / 9) < 1e-9


def test_no_sum_of_products_is_a_median_since_a_median_does_not_distribute():
    rng = np.random.default_rng(0)
    f, g = rng.normal(size=(2, 50))
    assert not np.allclose(median(f + g, 3), median(f, 3) + median(g, 3))


def test_correlation_the_other_way_round_is_the_same_read_backwards():
    rng = np.random.default_rng(0)
    f, g = rng.integers(-9, 10, 6), rng.integers(-9, 10, 4)
    assert np.array_equal(correlate_1d(g, f), correlate_1d(f, g)[::-1])
    assert not np.array_equal(correlate_1d(g, f), correlate_1d(f, g))


def test_the_formula_of_correlation_and_the_figure_name_the_same_places():
    f, g = [0, 0, 4, 4, 4, 0, 0, 0], [1, 0, -1]
    figure = SlidingKernel1D(f, g, x=3)
    assert figure.y == 4
    figure.reverse = False
    terms = [f[3 - (len(g) - 1) + i] * g[i] for i in range(len(g))]
    assert figure.y == sum(terms) == -4
    assert np.array_equal(correlate_1d(f, g), -convolve_1d(f, g))


def test_modes_start_at_the_places_that_the_lesson_names():
    rng = np.random.default_rng(0)
    for n, k in ((10, 3), (9, 4), (5, 5), (6, 1)):
        f, g = rng.normal(size=n), rng.normal(size=k)
        full, start = convolve_1d(f, g), (k - 1) // 2
        assert np.array_equal(convolve_1d(f, g, "same"), full[start : start + n])
        assert np.array_equal(convolve_1d(f, g, "valid"), full[k - 1 : n])


def test_the_smoothed_ten_numbers_are_lowest_at_the_far_end_and_then_on_the_click():
    ten, thirds = [10, 9, 10, 9, 10, 1, 10, 9, 10, 8], [1 / 3] * 3
    full = convolve_1d(ten, thirds)
    assert full.argmin() == 11
    assert full[11] == pytest.approx(8 / 3)
    assert set(np.argsort(full[2:10])[:3] + 2) == {5, 6, 7}
    stopped = full[:10]  # as the blog post's program leaves it
    assert stopped[[0, -1]] == pytest.approx([10 / 3, 9])
    assert not any(
        np.array_equal(stopped, convolve_1d(ten, thirds, mode)) for mode in ("same", "valid")
    )


def test_only_a_kernel_of_zeros_removes_a_lone_click():
    click = np.eye(1, 9, 4)[0]
    kernel = np.array([0.5, 0, -0.25])
    assert np.array_equal(convolve_1d(click, kernel)[4:7], kernel)


def test_noise_is_smoothed_away_at_first_and_then_the_wave_is():
    figure = SlidingKernel1D.noisy(width=3)
    clean, errors = np.array(figure.canvas.clean), {}
    for width in (1, 3, 15, 101):
        output = convolve_1d(figure.signal, np.ones(width) / width, "same")
        errors[width] = np.sqrt(np.mean((output - clean) ** 2))
    assert errors[15] < errors[3] < errors[1] < errors[101]


@pytest.mark.parametrize("name", ["by_hand_click", "two_dice"])
def test_two_decimals_are_enough_where_the_lesson_says_so(name):
    lesson = ROOT / "autograde" / "exercises" / "01_convolution_1d" / "by_hand.toml"
    answer = tomllib.loads(lesson.read_text(encoding="utf-8"))[name]
    exact = np.array([float(Fraction(number)) for number in answer["right"]])
    assert np.abs(exact.round(2) - exact).max() < answer["tolerance"]
