"""What lesson 03 says about its kernels and pictures, measured again."""

import numpy as np
import pytest

from convolab import ops
from convolab.data import hopper
from convolab.figures import KernelEditor

PORTRAIT = hopper()
LAPLACE = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])
SIDES = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
INNER = slice(2, -2)


def sharpen(centre):
    return np.array([[0, -1, 0], [-1, centre, -1], [0, -1, 0]])


def same(picture, kernel):
    return ops.convolve_2d(picture, kernel, "same")


def test_the_laplace_kernel_is_the_negative_of_neighbours_minus_centre():
    row, column = np.mgrid[:7, :7]
    bowl = row**2 + column**2  # curved upwards: its Laplacian is positive
    assert (ops.convolve_2d(bowl, LAPLACE, "valid") < 0).all()


def test_a_flat_picture_lights_up_at_its_border_and_nowhere_else():
    lit = same(np.full((4, 5), 100), LAPLACE)
    assert (lit[0, 0], lit[0, 1], lit[1, 1]) == (500, 300, 0)


def test_the_result_is_0_where_the_average_and_not_the_sum_equals_the_centre():
    around = np.array([10, 20, 30, 40, 50, 60, 70, 120])
    for centre, zero in ((around.mean(), True), (around.sum(), False)):
        patch = np.insert(around.astype(float), 4, centre).reshape(3, 3)
        assert (ops.convolve_2d(patch, LAPLACE, "valid").item() == 0) is zero


def test_about_half_of_the_portraits_laplace_results_are_negative():
    assert 0.45 < np.mean(same(PORTRAIT, LAPLACE) < 0) < 0.55


@pytest.mark.parametrize(("centre", "brightness"), [(4, 0), (5, 1), (6, 2)])
def test_the_sum_of_sharpens_weights_is_what_becomes_of_the_brightness(centre, brightness):
    inside = same(PORTRAIT, sharpen(centre))[1:-1, 1:-1]
    assert sharpen(centre).sum() == brightness
    assert inside.mean() / PORTRAIT[1:-1, 1:-1].mean() == pytest.approx(brightness, abs=0.01)


def test_a_third_of_the_portrait_is_clipped_to_white_with_a_6():
    editor = KernelEditor(sharpen(6))
    assert np.mean(editor.output > 255) == pytest.approx(1 / 3, abs=0.02)


def test_the_lessons_two_blurs_are_about_equally_wide():
    def width(kernel):
        x = np.arange(len(kernel)) - len(kernel) // 2
        return np.sqrt((kernel.sum(axis=0) * x**2).sum())

    mean, bell = width(ops.mean_kernel(21)), width(ops.gaussian_kernel(37, 6))
    assert mean == pytest.approx(bell, rel=0.03)


def test_sobel_gives_right_minus_left_and_below_minus_above():
    brighter_to_the_right = np.tile(np.arange(5), (5, 1))
    assert (ops.convolve_2d(brighter_to_the_right, SIDES, "valid") == 8).all()
    assert (ops.convolve_2d(brighter_to_the_right.T, SIDES.T, "valid") == 8).all()
    assert np.array_equal(SIDES, ops.SOBEL_X)


@pytest.mark.parametrize("degrees", [0, 20, 45, 70, 90])
def test_the_gradient_is_eight_times_the_change_of_a_pixel_in_every_direction(degrees):
    angle = np.deg2rad(degrees)
    row, column = np.mgrid[:6, :6]
    slope = np.cos(angle) * column + np.sin(angle) * row
    assert np.allclose(ops.gradient_magnitude(slope), 8)


def test_of_a_sharp_edge_it_is_nearly_the_same_in_every_direction():
    row, column = (np.mgrid[:210, :210] - 104.5) / 10
    strongest = []
    for angle in np.deg2rad([0, 15, 30, 45, 60, 75, 90]):
        edge = 100.0 * (np.cos(angle) * column + np.sin(angle) * row > 0)
        pixels = edge.reshape(21, 10, 21, 10).mean(axis=(1, 3))
        strongest.append(ops.gradient_magnitude(pixels)[7:12, 7:12].max())
    assert max(strongest) / min(strongest) < 1.1


@pytest.fixture(scope="module")
def both_ways():
    one = ops.filter_image(ops.shift_image(PORTRAIT, 20, 30), SIDES)
    return one, ops.shift_image(ops.filter_image(PORTRAIT, SIDES), 20, 30)


def test_shifted_first_or_filtered_first_differ_in_four_lines_only(both_ways):
    one_way, other_way = both_ways
    assert np.array_equal(one_way[20:255, 30:255], other_way[20:255, 30:255])
    rows, columns = np.nonzero(one_way != other_way)
    assert 300 < len(rows) < 700
    assert {19, 255} <= set(rows)
    assert {29, 255} <= set(columns)
    assert (np.isin(rows, (19, 255)) | np.isin(columns, (29, 255))).all()
    assert not other_way[19].any()
    assert not other_way[:, 29].any()


def test_a_third_of_the_pixels_stay_most_of_them_black_and_all_move_along():
    still = ops.filter_image(PORTRAIT, SIDES)
    moved = ops.filter_image(ops.shift_image(PORTRAIT, 0, 1), SIDES)
    stay = still == moved
    assert np.mean(stay) == pytest.approx(1 / 3, abs=0.03)
    assert np.mean(still[stay] == 0) > 0.9
    assert np.array_equal(moved[1:-1, 2:-1], still[1:-1, 1:-2])


@pytest.mark.parametrize(("right", "one_further"), [(1, False), (2, True)])
def test_with_every_second_result_only_even_shifts_have_a_counterpart(right, one_further):
    before = same(PORTRAIT, SIDES)[::2, ::2][INNER, 2:-3]
    after = same(ops.shift_image(PORTRAIT, 0, right), SIDES)[::2, ::2][INNER]
    shares = [np.mean(after[:, 2:-3] == before), np.mean(after[:, 3:-2] == before)]
    assert shares[0] < 0.05
    assert shares[1] == 1 if one_further else shares[1] < 0.05


def test_the_dark_side_of_an_edge_is_bright_where_uint8_starts_again():
    edge = np.tile([0, 0, 100, 100], (4, 1))
    results = same(edge, LAPLACE)[1:-1, 1:-1].astype(int)
    assert results[0].tolist() == [-300, 300]
    assert (results % 256).astype(np.uint8)[0].tolist() == [212, 44]
