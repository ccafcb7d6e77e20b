"""Lesson 00's references against the definitions, on random input."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

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
