"""Lesson 00's references against the definitions, on random input."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from convolab.data import digits, digits32, enlarged
from convolab.figures import NetworkExplorer
from tests.exercises.references import arrays, references

of = references("00_start_here")
sides = st.integers(1, 7)


@given(arrays((1, 9)))
def test_double_adds_every_number_to_itself(values):
    assert np.array_equal(of["double"](values), values + values)
    assert np.array_equal(of["double"](values.tolist()), values + values)


@given(sides, sides)
def test_each_cell_holds_its_row_and_column_together(rows, columns):
    image = of["stack_is_image"](rows, columns)
    assert image.dtype == float
    assert image.tolist() == [[float(i + j) for j in range(columns)] for i in range(rows)]


def test_a_drawn_digit_enlarged_is_the_one_that_the_network_learned_from():
    images, _ = digits()
    assert np.array_equal(enlarged(images[7]).astype(np.float32), digits32()[0][7])
    assert enlarged(np.full((8, 8), 16)).max() == enlarged(np.full((8, 8), 16)).min() == 1


def test_the_network_takes_the_lessons_first_try_and_a_straight_seven_for_a_3():
    first, straight = np.zeros((2, 8, 8))
    first[1, 2:6], first[2:7, 5] = 16, 16
    straight[:2, 1:7], straight[2:, 4:6] = 16, 16
    assert [NetworkExplorer(image=enlarged(one)).answer for one in (first, straight)] == [3, 3]
