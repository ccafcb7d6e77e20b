"""SlidingKernel2D without a browser: its numbers and what it refuses."""

import numpy as np
import pytest

from convolab import ops
from convolab.figures import SlidingKernel2D
from convolab.figures.sliding_kernel_2d_view import BORDERS, ORIGINS, PADDING, border_of

JS = "sliding_kernel_2d.js"
COUNT = np.arange(1, 10).reshape(3, 3)


def random_states(count=200):
    rng = np.random.default_rng(5)
    for _ in range(count):
        h, w = rng.integers(2, 11, 2)
        kh, kw = rng.integers(1, min(h, 5) + 1), rng.integers(1, min(w, 5) + 1)
        yield {
            "image": rng.integers(-9, 10, (h, w)).tolist(),
            "kernel": np.round(rng.normal(size=(kh, kw)), 2).tolist(),
            "flip": bool(rng.random() < 0.6),
            "border": str(rng.choice(BORDERS)),
            "origin": str(rng.choice(ORIGINS)),
            "row": int(rng.integers(0, 12)),
            "column": int(rng.integers(0, 12)),
        }


def test_the_browser_computes_what_convolab_ops_computes_on_200_random_inputs(run_module):
    states = list(random_states())
    for state, seen in zip(states, run_module(JS, "inputs.map(m.view)", states), strict=True):
        image, kernel = np.array(state["image"], float), np.array(state["kernel"])
        around = [border_of(state["border"], state["origin"], size) for size in kernel.shape]
        padded = np.pad(image, around, mode=PADDING.get(state["border"], "constant"))
        operation = ops.convolve_2d if state["flip"] else ops.correlate_2d
        expected = operation(padded, kernel, "valid")
        np.testing.assert_allclose(seen["output"], expected, atol=1e-9)
        assert np.sum(seen["products"]) == pytest.approx(seen["total"], abs=1e-9)
        figure = SlidingKernel2D(**state)
        np.testing.assert_allclose(figure.output, expected, atol=1e-9)
        assert (figure.row, figure.column) == (seen["row"], seen["column"])
        assert figure.y == pytest.approx(seen["total"])


def test_the_lesson_s_numbers_are_read_back():
    assert SlidingKernel2D().output.tolist() == [[4, 3, 4], [2, 4, 3], [2, 3, 4]]
    corner = SlidingKernel2D(COUNT, COUNT, border="zero", origin="corner", row=1, column=1)
    assert corner.y == 26
    corner.origin = "centre"
    assert corner.y == 165
    np.testing.assert_array_equal(corner.patch, COUNT)


PICTURE = [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
HOOK = [[1, 0, 1], [0, 1, 0], [1, 0, 5]]


def test_it_opens_at_the_first_place_where_flipping_changes_the_output():
    figure = SlidingKernel2D(PICTURE, HOOK, origin="corner")
    flipped, place = figure.output, (figure.row, figure.column)
    assert place == (1, 0)
    figure.flip = False
    assert figure.output[place] != flipped[place]
    assert (figure.output[0] == flipped[0]).all()


def test_it_opens_at_the_corner_where_flipping_changes_nothing_and_where_it_is_told_to():
    symmetric = SlidingKernel2D(PICTURE)
    assert (symmetric.row, symmetric.column) == (0, 0)
    told = SlidingKernel2D(PICTURE, HOOK, row=0, column=0)
    assert (told.row, told.column) == (0, 0)
    row_only = SlidingKernel2D(PICTURE, HOOK, row=2)
    assert (row_only.row, row_only.column) == (2, 0)


def test_the_place_at_which_it_opens_does_not_depend_on_whether_it_is_flipped():
    for border in BORDERS:
        on, off = (SlidingKernel2D(PICTURE, HOOK, border=border, flip=f) for f in (True, False))
        assert (on.row, on.column) == (off.row, off.column)


def test_the_description_tells_the_whole_output_and_where_the_kernel_is():
    said = SlidingKernel2D(PICTURE, HOOK).describe().text
    assert "at row 1, column 0 of an output of 3 rows and 3 columns." in said
    assert "The kernel is on rows 1 to 3 and columns 0 to 2 of the image." in said
    assert said.endswith("The whole output, row by row: 8, 7, 8; 2, 8, 7; 2, 3, 8.")


def test_nine_on_nine_reads_well():
    said = SlidingKernel2D(COUNT, COUNT).describe().text
    assert "of an output of 1 row and 1 column." in said
    assert said.endswith("= 165. The whole output, row by row: 165.")
    corner = SlidingKernel2D(COUNT, COUNT, border="zero", origin="corner", row=1, column=1)
    assert (
        "The kernel is on rows −1 to 1 and columns −1 to 1 of the image." in corner.describe().text
    )
    assert "= 26. The whole output" in corner.describe().text
    one = SlidingKernel2D(COUNT, [[1]]).describe().text
    assert "a kernel of 1 row and 1 column, " in one
    assert "The kernel is on row 0 and column 0 of the image." in one


@pytest.mark.parametrize(
    ("rows", "size", "taller"), [(5, 3, 0), (8, 3, 0), (10, 3, 28), (10, 5, 80)]
)
def test_an_image_of_many_rows_has_a_taller_picture_whatever_the_border(rows, size, taller):
    figure = SlidingKernel2D(np.ones((rows, rows)), np.ones((size, size)))
    height = SlidingKernel2D().canvas.height + taller
    assert figure.canvas.height == height
    figure.border = "zero"
    assert figure.canvas.height == height
    assert figure.draw_picture().bbox.height == pytest.approx(height)


def test_zero_border_with_the_origin_in_the_centre_is_mode_same():
    image, kernel = np.arange(30).reshape(5, 6), [[1, 2], [3, -4], [0, 1]]
    figure = SlidingKernel2D(image, kernel, border="zero")
    np.testing.assert_allclose(figure.output, ops.convolve_2d(image, kernel, "same"))
    figure.border = "none"
    np.testing.assert_allclose(figure.output, ops.convolve_2d(image, kernel, "valid"))
    figure.border, figure.flip = "zero", False
    np.testing.assert_allclose(figure.output, ops.correlate_2d(image, kernel, "same"))


def test_a_place_beyond_the_output_is_brought_inside():
    figure = SlidingKernel2D(row=99, column=-3)
    assert (figure.row, figure.column) == (2, 0)
    figure.kernel = COUNT[:2, :2]
    figure.row = 99
    assert figure.row == 3


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"image": [1, 2, 3]}, "must have rows and columns"),
        ({"image": [[1, 2], [3]]}, "rows of different lengths"),
        ({"image": np.zeros((11, 3))}, "between 2 and 10"),
        ({"image": np.zeros((2, 2, 3))}, r"shape \(2, 2, 3\)"),
        ({"image": [[1, float("nan")], [0, 0]]}, "nan or infinity"),
        ({"image": "cat"}, "rows and columns"),
        ({"kernel": np.zeros((6, 6))}, "between 1 and 5"),
        ({"image": np.eye(2)}, "no larger than the image"),
        ({"border": "wrap"}, "border must be one of"),
        ({"origin": "top"}, "origin must be one of"),
        ({"row": 1.5}, "whole numbers"),
    ],
)
def test_nonsense_is_refused_in_one_sentence(arguments, complaint):
    with pytest.raises(ValueError, match=complaint) as error:
        SlidingKernel2D(**arguments)
    assert str(error.value).startswith("SlidingKernel2D: ")
