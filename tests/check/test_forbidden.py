"""A ready-made version is found under any name, and nothing else is taken for one."""

import functools

import numpy as np
import pytest

from convolab.check.answer import call
from convolab.check.forbidden import READY_MADE, named_in

WATCHED = (*READY_MADE, "convolab.ops.convolve_1d")
hidden_name = np.convolve


def helper(f, g):
    return np.convolve(f, g)


def direct(f, g):
    return np.convolve(f, g)


def by_alias(f, g):
    return hidden_name(f, g)


def by_helper(f, g):
    return helper(f, g)


def by_import(f, g):
    from numpy import convolve as c

    return c(f, g)


def by_getattr(f, g):
    return getattr(np, "con" + "volve")(f, g)


def by_partial(f, g):
    return functools.partial(np.convolve, f)(g)


def by_scipy(f, g):
    from scipy.signal import lfilter

    return lfilter(g, 1, f)


def by_ops(f, g):
    from convolab import ops

    return ops.convolve_1d(f, g)


def by_polynomial(f, g):
    return (np.poly1d(f) * np.poly1d(g)).coeffs


def by_inner_function(f, g):
    def inner():
        return np.correlate(f, g[::-1], "full")

    return inner()


def by_branch_that_is_not_taken(f, g):
    if len(f) > 1000:
        return np.convolve(f, g)
    return np.zeros(1)


@pytest.mark.parametrize(
    "function",
    [
        direct, by_alias, by_helper, by_import, by_getattr, by_partial, by_scipy, by_ops,
        by_polynomial, by_inner_function, by_branch_that_is_not_taken,
    ],
)  # fmt: skip
def test_the_ready_made_is_found(function):
    arguments = (np.array([1.0, 2.0, 3.0]), np.array([1.0, 1.0]))
    found = named_in(function, WATCHED) or call(function, arguments, WATCHED).forbidden
    assert found is not None


def convolve(f, g):
    """np.convolve is only spoken of here."""
    return "np.convolve"


class Signal:
    def convolve(self, g):
        return g


def innocent(f, g):
    # np.convolve(f, g) would be shorter
    convolve(f, g)
    Signal().convolve(g)
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(f, len(g) - 1), len(g))
    np.einsum("xk,k->x", windows, g[::-1])
    np.fft.irfft(np.fft.rfft(f, 8) * np.fft.rfft(g, 8), 8)
    np.tensordot(windows, np.flip(g), 1)
    np.rot90(np.outer(f, g))
    return windows @ g[::-1]


def test_allowed_tools_comments_and_own_functions_of_that_name_are_not_taken_for_it():
    arguments = (np.array([1.0, 2.0, 3.0]), np.array([1.0, 1.0]))
    assert named_in(innocent, WATCHED) is None
    came = call(innocent, arguments, WATCHED)
    assert came.raised == ()
    assert came.forbidden is None


def test_a_function_that_cannot_be_looked_into_is_no_trouble():
    assert named_in(len, WATCHED) is None
    assert named_in(Signal(), WATCHED) is None
