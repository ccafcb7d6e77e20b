"""What counts as the same result."""

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
