"""Helpers that several exercises of this lesson share."""

import numpy as np


def whole_numbers(rng, length):
    """Small whole numbers with both signs, none of them 0."""
    return rng.integers(1, 10, length) * rng.choice([-1, 1], length)


def refuse(f, g, mode):
    """Raise where there is no answer."""
    if len(f) == 0 or len(g) == 0:
        raise ValueError("f and g need at least one number each")
    if mode not in ("full", "same", "valid"):
        raise ValueError("mode must be full, same or valid")
    if mode == "valid" and len(g) > len(f):
        raise ValueError("no output for mode valid: the kernel is longer than the signal")


def cut(full, f, g, mode):
    """The part of full that belongs to a mode."""
    n, k = len(f), len(g)
    if mode == "same":
        return np.array(full[(k - 1) // 2 : (k - 1) // 2 + n])
    return np.array(full[k - 1 : n] if mode == "valid" else full)


def cases_of_three_modes(of):
    """Visible cases that convolve_1d and correlate_1d share: odd and even kernels, fractions, a
    kernel longer than the signal, lists, and what must raise."""
    f, longer, longest = np.array([2, -1, 3, 5]), np.array([2, -1, 3, 5, 4]), np.array([2, -1, 3, 5, 4, 1])
    g, even, short = np.array([1, 10, 100]), np.array([1, 10, 100, 1000]), np.array([7, 1])
    one, three, wide = np.array([3]), np.array([4, -2, 7]), np.array([1, 2, 3, 4, 5])
    fractions = (np.array([1.5, -2.0, 4.0, 0.5]), np.array([0.5, 0.25, -1.0, 2.0]))
    of.shows("full", (f, g), ([3, 0, 2], [1, 5]), (*fractions, "full"), (short, wide, "full"), (three, one), ([3], np.array([-2])))
    of.shows("same", (f, g, "same"), (longest, even, "same"), ([4, -3, 1, 2, 5], [1, 10], "same"), (short, wide, "same"))
    of.shows("valid", (longer, g, "valid"), (longest, even, "valid"), ([9, 4, -2, 1], [1, 10], "valid"))
    of.shows("same", (three, one, "same"), (one, np.array([-2]), "same"))
    of.shows("valid", (three, one, "valid"), (np.array([3, 1, 2]), g, "valid"))
    of.shows("errors", (np.array([3, 1, 2]), g, "valid"))
    of.refuses("mode valid with a kernel longer than the signal", (np.array([3, 1]), np.array([1, 10, 100]), "valid"))
    of.refuses("an unknown mode", (np.array([3, 1, 2]), np.array([1, 10]), "circular"))
    of.refuses("an empty signal or kernel", (np.zeros(0), np.array([1, 10])), (np.array([1, 10]), np.zeros(0), "same"))


def hidden_of_three_modes(rng):
    """Hidden cases that convolve_1d and correlate_1d share."""
    for mode in ("full", "same", "valid"):
        for k in (1, 2, 3, 4, 5):
            f = whole_numbers(rng, int(rng.integers(6, 11)))
            yield mode, (f, whole_numbers(rng, k) / 2, mode)
        yield "errors", (whole_numbers(rng, 4), whole_numbers(rng, 4), mode)
    yield "errors", (whole_numbers(rng, 3), whole_numbers(rng, 5), "valid"), ValueError
    yield "errors", (whole_numbers(rng, 3), whole_numbers(rng, 2), "Full "), ValueError
    yield "errors", (np.zeros(0), np.zeros(0), "full"), ValueError
