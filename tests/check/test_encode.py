"""Numbers to JSON and back."""

import numpy as np
import pytest

from convolab.check import encode


@pytest.mark.parametrize("array", [[3, 0, -5], [0] * 9, [[2**31 - 1], [-(2**31)]], []])
def test_where_numpy_counts_in_32_bits_a_cases_whole_numbers_have_them_too(array, monkeypatch):
    """As in a browser, where np.bincount refuses the 64 bits that a case was written with."""
    case = encode.encode(np.array(array, dtype=np.int64))
    monkeypatch.setattr(encode, "HERE", np.dtype(np.int32))
    here = encode.decode(case)
    assert here.dtype == np.int32
    assert here.tolist() == array


@pytest.mark.parametrize("array", [np.array([2**31, 1]), np.array([1.5]), np.array([7], np.uint8)])
def test_what_does_not_fit_and_what_is_of_another_kind_stays_as_it_is(array, monkeypatch):
    case = encode.encode(array)
    monkeypatch.setattr(encode, "HERE", np.dtype(np.int32))
    here = encode.decode(case)
    assert here.dtype == array.dtype
    assert here.tolist() == array.tolist()
