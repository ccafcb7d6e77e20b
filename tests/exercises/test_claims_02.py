"""What lesson 02 says about its pictures, programs and figures, looked up again."""

import io

import numpy as np
import pytest
from PIL import Image

from convolab import ops
from convolab.check.open_task import NotMeasured, load_measures
from convolab.data import hopper
from convolab.figures import SlidingKernel2D
from tests.check.course import EXERCISES
from tests.exercises.references import references

of = references("02_convolution_2d")
PICTURE = np.array(
    [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
)
CROSS = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])
HOOK = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 5]])
NINE = np.arange(1, 10).reshape(3, 3)


def test_the_flip_shows_where_the_figure_opens_and_not_in_the_first_row():
    figure = SlidingKernel2D(PICTURE, HOOK, origin="corner", row=1)
    reversed_ = figure.output
    assert figure.y == 2
    figure.flip = False
    assert figure.y == 6
    assert np.array_equal(figure.output[0], reversed_[0])
    assert not np.array_equal(figure.output[1], reversed_[1])


def test_the_x_cannot_show_the_flip_anywhere():
    assert np.array_equal(ops.convolve_2d(PICTURE, CROSS), ops.correlate_2d(PICTURE, CROSS))


def test_26_becomes_165_at_the_same_place_when_the_origin_is_the_centre():
    figure = SlidingKernel2D(NINE, NINE, border="zero", origin="corner", row=1, column=1)
    assert (figure.y, figure.output[2, 2]) == (26, 165)
    figure.origin = "centre"
    assert figure.y == figure.output[1, 1] == 165


def test_the_figures_mirror_is_numpys_reflect():
    figure = SlidingKernel2D(PICTURE, CROSS, border="mirror")
    expected = {
        mode: ops.convolve_2d(np.pad(PICTURE, 1, mode=mode), CROSS, "valid")
        for mode in ("reflect", "symmetric")
    }
    assert np.array_equal(figure.output, expected["reflect"])
    assert not np.array_equal(figure.output, expected["symmetric"])


def test_four_rows_in_a_frame_of_two_zeros_are_eight_and_have_six_places():
    small = np.array([[0, 3, 6, 3], [3, 6, 3, 6], [6, 3, 6, 3], [3, 6, 3, 0]])
    framed = np.pad(small, 2)
    assert framed.shape == (8, 8)
    full = ops.convolve_2d(small, HOOK)
    assert full.shape == (6, 6)
    assert np.array_equal(ops.convolve_2d(framed, HOOK, "valid"), full)
    assert ops.convolve_2d(small, HOOK, "valid").shape == (2, 2)


def test_a_loop_over_the_picture_looks_at_more_than_four_billion_pixels():
    pixels = hopper().size
    places = ops.convolve_2d(hopper(), np.ones((3, 3))).size
    assert (pixels, places) == (65_536, 66_564)
    assert 4e9 < pixels * places < 5e9
    assert round(25 * pixels / 1e6, 1) == 1.6


def test_all_four_axes_of_the_windows_have_different_lengths():
    numbers = np.arange(48).reshape(6, 8)
    windows = np.lib.stride_tricks.sliding_window_view(numbers, (2, 3))
    assert windows.shape == (5, 6, 2, 3)
    assert np.array_equal(windows[1, 4], numbers[1:3, 4:7])
    weights = np.array([[1, 0, 0], [0, 0, 10]])
    sums = np.einsum("rcij,ij->rc", windows, weights)
    assert sums.shape == (5, 6)
    assert sums[1, 4] == np.sum(windows[1, 4] * weights)


@pytest.mark.parametrize(("reverses", "row", "column"), [(True, -1, -1), (False, 1, 1)])
def test_a_1_in_the_top_left_corner_moves_a_picture_up_and_left(reverses, row, column):
    kernel = np.zeros((3, 3))
    kernel[0, 0] = 1
    convolve = ops.convolve_2d if reverses else ops.correlate_2d
    moved = convolve(hopper(), kernel, "same")
    assert np.array_equal(moved, ops.shift_image(hopper(), row, column))


def published(image, kernel):
    """The published loop: an output as large as the image, a window's sum at its top left corner,
    and ranges that end one step early."""
    output, turned = np.zeros(image.shape), kernel[::-1, ::-1]
    h, w = kernel.shape
    for i in range(image.shape[0] - h):
        for j in range(image.shape[1] - w):
            output[i, j] = np.sum(image[i : i + h, j : j + w] * turned)
    return output


def test_the_published_loop_moves_up_and_left_and_leaves_three_rows_and_columns_at_zero():
    rng = np.random.default_rng(0)
    image, kernel = rng.integers(1, 9, (7, 7)), rng.integers(1, 9, (3, 3))
    out, same = published(image, kernel), ops.convolve_2d(image, kernel, "same")
    assert np.array_equal(out[:4, :4], same[1:5, 1:5])
    assert np.count_nonzero(out) == 16
    assert np.count_nonzero(published(np.ones((10, 10)), np.ones((3, 3)))) == 49
    assert np.count_nonzero(published(np.ones((3, 3)), np.ones((3, 3)))) == 0


def test_of_the_lessons_two_points_the_published_loop_nearly_loses_one():
    points = np.zeros((7, 7))
    points[[1, 5], [1, 5]] = 9
    mean = np.ones((3, 3)) / 9
    moved = published(points, mean)
    valid = ops.convolve_2d(points, mean, "valid")
    assert np.allclose(moved[:4, :4], valid[:4, :4])
    assert ops.convolve_2d(points, mean, "same")[4:, 4:].sum() == pytest.approx(9)
    assert moved[3:, 3:].sum() == pytest.approx(1)


def test_an_output_of_len_f_cuts_off_the_last_results_of_full():
    f, g = [10, 9, 10, 9, 10, 1, 10, 9, 10, 8], [1 / 3] * 3
    silent = [
        sum(f[i] * g[x - i] for i in range(len(f)) if 0 <= x - i < len(g)) for x in range(len(f))
    ]
    full = ops.convolve_1d(f, g)
    assert len(full) - len(silent) == len(g) - 1
    assert np.allclose(silent, full[: len(f)])


def test_a_picture_of_floats_is_of_mode_f_and_cannot_be_saved_as_png_or_jpeg():
    floats = Image.fromarray(np.full((4, 4), 41.7))
    assert floats.mode == "F"
    for kind in ("PNG", "JPEG"):
        with pytest.raises(OSError, match="mode F"):
            floats.save(io.BytesIO(), kind)
    Image.fromarray(np.full((4, 4), 42, np.uint8)).save(io.BytesIO(), "PNG")


MEASURE = load_measures(EXERCISES / "02_convolution_2d" / "find_patch_measure.py")


def brightest(picture, patch):
    """The place with the largest sum of products of window and patch."""
    table = ops.correlate_2d(picture, patch, "valid")
    return np.unravel_index(table.argmax(), table.shape)


def test_the_largest_sum_of_products_ends_up_where_the_picture_is_bright():
    rng, portrait = np.random.default_rng(0), hopper()
    brighter, found = [], []
    for _ in range(100):
        picture, patch, place = MEASURE["drawn"](rng, portrait)
        windows = np.lib.stride_tricks.sliding_window_view(picture, patch.shape)
        means = windows.mean(axis=(2, 3))
        answer = brightest(picture, patch)
        brighter.append(np.mean(means < means[answer]))
        found.append(answer == place)
    assert np.mean(found) < 0.1
    assert np.median(brighter) > 0.95


@pytest.mark.parametrize(
    ("habit", "says"),
    [
        (lambda row, column: (column, row), "swapped"),
        (lambda row, column: (row + 2, column + 3), "off by 2 down and 3 to the right"),
    ],
)
def test_a_place_that_is_right_and_said_in_another_way_is_told_so(habit, says):
    right = of["find_patch"]
    with pytest.raises(NotMeasured, match=says):
        MEASURE["share_found"](lambda *given: habit(*right(*given)), np.random.default_rng(0))


def test_the_eye_is_found_in_a_dim_portrait():
    eye, dim = hopper()[100:118:2, 88:116:2].astype(float), 0.5 * hopper()[::2, ::2] + 20
    assert of["find_patch"](dim, eye) == (50, 44)
    assert brightest(dim, eye) != (50, 44)
