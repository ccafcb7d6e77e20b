"""What counts as the same result."""

from fractions import Fraction

import numpy as np
import pytest

from convolab.check.compare import difference

INFINITE, NAN = float("inf"), float("nan")


@pytest.mark.parametrize("value", [INFINITE, -INFINITE, NAN])
def test_what_is_not_finite_is_equal_to_itself_alone(value):
    """A wrong program may give nan; a second one that does the same has the same mistake."""
    for other in (INFINITE, -INFINITE, NAN, 3.0):
        same = str(other) == str(value)
        assert (difference(value, other, 1e-6) is None) == same
        arrays = np.array([1.0, value]), np.array([1.0, other])
        assert (difference(*arrays, 1e-6) is None) == same


def test_a_number_is_not_as_good_as_nan():
    assert difference(2.0, NAN, 1e-6).rung == "finite"
    assert difference(np.array([2.0]), np.array([INFINITE]), 1e-6).rung == "finite"


def test_numbers_may_be_off_by_the_tolerance():
    assert difference(1000.0, 1000.0005, 1e-6) is None
    assert difference(1000.0, 1000.002, 1e-6).rung == "numbers"


@pytest.mark.parametrize(
    "numbers", [[1, 2.5], [Fraction(1, 3), 2], [True, 2], [1j, 2.0], [10**19, 1.0], []]
)
def test_numbers_in_an_array_of_objects_are_numbers(numbers):
    """`np.array([None] * n)`, filled with numbers, holds objects still."""
    right = np.array([complex(one) if type(one) is complex else float(one) for one in numbers])
    assert difference(right, np.array(numbers, dtype=object), 1e-9) is None
    table = np.empty((1, len(numbers)), dtype=object)
    table[0] = numbers
    assert difference(right.reshape(1, -1), table, 1e-9) is None


@pytest.mark.parametrize("odd", [None, "2", [2], np.zeros(2), object(), 10**400, ()])
def test_one_thing_beside_them_that_is_no_number_makes_it_an_array_of_objects(odd):
    objects = np.empty(2, dtype=object)
    objects[0], objects[1] = 1.0, odd
    found = difference(np.array([1.0, 2.0]), objects, 1e-9)
    assert found.rung == "kind"
    assert found.got.kind == "array of Python objects of shape (2,)"
