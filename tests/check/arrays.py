"""Arrays that are like nothing else, and cases made of them, for the tests of relations."""

import numpy as np

from convolab.check.relations import Seen, relation

ROW = np.array([3.0, -1.5, 7.25, 2.0, 11.0])
OTHER_ROW = np.array([5.0, 2.5, -4.0, 8.0, 1.25, 6.0])
TABLE = np.array([[1.5, 7.0, -2.0, 4.25], [3.0, -8.0, 5.5, 9.0], [6.0, 2.25, -7.5, 10.0]])
OTHER_TABLE = np.array([[2.0, -3.5, 8.0], [7.0, 1.25, 4.0], [-6.0, 9.5, 11.0], [5.0, -10.0, 12.25]])
BLOCK = (np.arange(24) * 37 % 101 - 40.5).reshape(2, 3, 4)
BATCH = (np.arange(120) * 53 % 127 - 60.25).reshape(2, 3, 4, 5)


def seen(*pairs, arguments=None, right=()):
    """Cases that are wrong, each (expected, got), and some that are right."""
    arguments = arguments or [()] * (len(pairs) + len(right))
    cases = [Seen(given, *pair, "answer") for given, pair in zip(arguments, pairs, strict=False)]
    rest = arguments[len(pairs) :]
    return cases + [
        Seen(given, value, value, "answer", right=True)
        for given, value in zip(rest, right, strict=True)
    ]


def of(change, *arrays, words=None, right=()):
    """The relation of answers that are the right ones after a change."""
    return relation(seen(*((array, change(array)) for array in arrays), right=right), words)


def sums_without_last(array):
    changed = array.copy()
    changed[-1] = 0
    return changed


def with_border(array, value):
    changed = array.copy()
    changed[[0, -1], :] = value
    changed[:, [0, -1]] = value
    return changed


def put(array, place, value):
    changed = array.copy()
    changed[place] = value
    return changed
