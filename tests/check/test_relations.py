"""How a wrong answer relates to the right one: each relation, and what only looks like it."""

import numpy as np
import pytest

from tests.check.arrays import (
    BATCH,
    BLOCK,
    OTHER_ROW,
    OTHER_TABLE,
    ROW,
    TABLE,
    of,
    put,
    sums_without_last,
    with_border,
)

FOUND = [
    ("mirrored", "in reverse order", lambda a: a[::-1], (ROW, OTHER_ROW)),
    ("mirrored", "mirrored left to right", lambda a: a[:, ::-1], (TABLE, OTHER_TABLE)),
    ("mirrored", "upside down", lambda a: a[::-1], (TABLE, OTHER_TABLE)),
    ("mirrored", "half a turn", lambda a: a[::-1, ::-1], (TABLE, OTHER_TABLE)),
    ("mirrored", "the channels are in reverse order", lambda a: a[::-1], (BLOCK,)),
    ("transposed", "rows and columns swapped", np.transpose, (TABLE, OTHER_TABLE)),
    ("transposed", "examples and channels swapped", lambda a: a.swapaxes(0, 1), (BATCH,)),
    ("transposed", "axes in another order", lambda a: a.transpose(0, 2, 3, 1), (BATCH,)),
    ("turned", "a quarter of a turn", np.rot90, (TABLE, OTHER_TABLE)),
    ("permuted", "each row", lambda a: a[[1, 0, 2]], (TABLE,)),
    ("sorted", "sorted by size", np.sort, (ROW, OTHER_ROW)),
    ("reshaped", "in the right order", np.ravel, (TABLE, OTHER_TABLE)),
    ("shifted", "one place to the right; zeros", lambda a: np.r_[0, a[:-1]], (ROW, OTHER_ROW)),
    ("shifted", "two places to the left; what leaves", lambda a: np.roll(a, -2), (OTHER_ROW,)),
    ("shifted", "one row down", lambda a: np.roll(a, 1, 1), (BLOCK, BLOCK + 0.5)),
    ("sign", "the wrong sign", np.negative, (ROW, TABLE)),
    ("sign", "the minus signs are missing", np.abs, (TABLE, BLOCK)),
    ("nearly", "is nearly right", lambda a: a + a**2 / 1e4, (ROW, TABLE)),
    ("factor", "twice", lambda a: 2 * a, (ROW, TABLE)),
    ("factor", "divided by 9", lambda a: a / 9, (TABLE,)),
    ("factor", "half of what it should be, with the wrong sign", lambda a: -a / 2, (TABLE,)),
    ("offset", "too large by 1", lambda a: a + 1, (ROW, OTHER_ROW)),
    ("square", "the square of", np.square, (ROW, TABLE)),
    ("root", "the square root of", np.sqrt, (np.abs(ROW), np.abs(TABLE))),
    ("complement", "1 minus", lambda a: 1 - a, (ROW, TABLE)),
    ("rounded", "cut off", np.trunc, (TABLE, ROW)),
    ("rounded", "rounded down", np.floor, (TABLE, ROW)),
    ("rounded", "rounded up", np.ceil, (TABLE, ROW)),
    ("clipped", "below 0 has become 0", lambda a: np.maximum(a, 0), (TABLE, BLOCK)),
    ("running", "all those before it", np.cumsum, (ROW, OTHER_ROW)),
    ("running", "along the columns", lambda a: np.cumsum(a, 1), (TABLE, OTHER_TABLE)),
    ("running", "minus the one before", lambda a: np.diff(a, prepend=0), (ROW, OTHER_ROW)),
    ("summed", "one number, the sum of all", np.sum, (ROW, OTHER_ROW)),
    ("summed", "the sum of the right one over its rows", lambda a: a.sum(0), (TABLE, OTHER_TABLE)),
    ("summed", "over its channels", lambda a: a.max(1), (BATCH,)),
    ("only", "the first row", lambda a: a[0], (TABLE, OTHER_TABLE)),
    ("only", "the last channel", lambda a: a[-1], (BLOCK, BLOCK * 2 + 1)),
    ("missing", "the last row is missing", lambda a: a[:-1], (TABLE, OTHER_TABLE)),
    ("missing", "the first two places are missing", lambda a: a[2:], (ROW, OTHER_ROW)),
    (
        "missing",
        "a border one place wide is missing",
        lambda a: a[1:-1, 1:-1],
        (OTHER_TABLE, BLOCK[0]),
    ),
    ("extra", "a border of zeros one place wide", lambda a: np.pad(a, 1), (TABLE, OTHER_TABLE)),
    (
        "extra",
        "one row at the start too many",
        lambda a: np.vstack([a[:1] + 1, a]),
        (TABLE, BLOCK[0]),
    ),
    ("stride", "others between them", lambda a: np.repeat(a, 2)[:-1], (ROW, OTHER_ROW)),
    ("axis", "an extra axis of length 1", lambda a: a[None], (TABLE, OTHER_TABLE)),
    ("places", "the last row of your result is left at 0", sums_without_last, (TABLE, OTHER_TABLE)),
    ("places", "the first column", lambda a: put(a, (slice(None), 0), 99), (TABLE, OTHER_TABLE)),
    (
        "places",
        "only the first row of your result is right",
        lambda a: put(a, slice(1, None), 9.5),
        (TABLE, OTHER_TABLE),
    ),
    (
        "places",
        "only the first example",
        lambda a: put(a, slice(1, None), -a[0]),
        (np.concatenate([BATCH, BATCH + 1]),),
    ),
    (
        "border",
        "wrong at its border, one place wide",
        lambda a: with_border(a, 99),
        (np.arange(30.0).reshape(5, 6), BLOCK[0] @ BLOCK[0].T @ TABLE),
    ),
    ("single", "only one number", lambda a: put(a, (1, 2), 77), (TABLE,)),
    ("places", "the middle", lambda a: put(a, (1, 1), 77), (TABLE[:, :3], OTHER_TABLE[:3])),
    ("places", "the diagonal", lambda a: a + 5 * np.eye(len(a)), (TABLE[:, :3], OTHER_TABLE[:3])),
    ("values", "that should be negative", lambda a: np.where(a < 0, 50, a), (TABLE, BLOCK)),
    ("constant", "is 0", np.zeros_like, (TABLE, ROW)),
    ("constant", "is 3", lambda a: np.full_like(a, 3), (TABLE, ROW)),
    ("infinite", "nan", lambda a: put(a, (0, slice(0, 2)), np.nan), (TABLE, OTHER_TABLE)),
]


@pytest.mark.parametrize(
    ("kind", "says", "change", "arrays"), FOUND, ids=[f"{one[0]}-{one[1]}" for one in FOUND]
)
def test_a_relation_that_holds_for_every_wrong_case_is_said(kind, says, change, arrays):
    found = of(change, *arrays)
    assert found is not None
    assert found.kind == kind
    assert says.lower() in found.sentence.lower()


ALIKE = [
    (
        "a palindrome is its own mirror image",
        lambda a: a * 2,
        (np.array([1.0, 5, 1]), np.array([2.0, 7, 2])),
        "mirrored",
    ),
    (
        "a symmetric table is its own transpose",
        lambda a: a + 1,
        (TABLE @ TABLE.T, TABLE.T @ TABLE),
        "transposed",
    ),
    ("one number can be any factor of another", lambda a: a * 3, (np.array([4.0]),), "factor"),
    ("equal numbers fit a factor and an offset", lambda a: a + 1, (np.full(5, 2.0),), "factor"),
    ("rolled, but one number is another", lambda a: put(np.roll(a, 1), 2, 50), (ROW,), "shifted"),
    ("nearly, but for one number", lambda a: put(a + a**2 / 1e4, 0, 1), (ROW, TABLE), "nearly"),
    ("three numbers may be near by chance", lambda a: a + 0.001, (ROW[:3] * 9,), "nearly"),
    ("twice, but for one number", lambda a: put(2 * a, 0, 1), (ROW,), "factor"),
    ("a factor that differs from case to case", lambda a: a * a[0], (ROW, OTHER_ROW), "offset"),
    ("zeros look like everything", np.zeros_like, (TABLE, OTHER_TABLE), "shifted"),
    ("nan beside zeros", lambda a: put(0 * a, 0, np.nan), (ROW, OTHER_ROW), "constant"),
    ("zeros look like a clip", np.zeros_like, (TABLE, OTHER_TABLE), "clipped"),
    (
        "the last row differs, but in the first case only",
        lambda a: put(a, -1 if len(a) == 3 else 0, 5),
        (TABLE, OTHER_TABLE),
        "border",
    ),
    ("two places are not a border", lambda a: put(a, (0, 0), 50), (TABLE, OTHER_TABLE), "border"),
    (
        "the last row and column are no border",
        lambda a: put(put(a, -1, 50), (slice(None), -1), 50),
        (TABLE, OTHER_TABLE),
        "border",
    ),
    (
        "other numbers of the same sum",
        lambda a: put(put(a, 0, a[0] + 1), 1, a[1] - 1),
        (ROW,),
        "permuted",
    ),
    ("a row too few, and other numbers", lambda a: a[:-1] + 1, (TABLE, OTHER_TABLE), "missing"),
    ("whole numbers are their own floor", lambda a: a + 0.25, (np.arange(6.0),), "rounded"),
    (
        "one rounded number is chance",
        lambda a: put(a, 0, 2),
        (np.array([1.75, 3, 5, 8]),),
        "rounded",
    ),
    (
        "2 and 4 are squares of 2 and 2 only by chance",
        lambda a: a**2,
        (np.array([0.0, 1.0, 2.0]),),
        "square",
    ),
]


@pytest.mark.parametrize(("why", "change", "arrays", "kind"), ALIKE, ids=[one[0] for one in ALIKE])
def test_what_only_looks_like_a_relation_is_not_called_one(why, change, arrays, kind):
    found = of(change, *arrays)
    assert found is None or found.kind != kind


def test_of_a_result_that_is_cut_the_rest_is_looked_at():
    """A shape that is one row short says nothing about the numbers that are there."""
    small = np.array([[4.0, 1.5]])
    says = of(lambda a: a[:-1], TABLE, OTHER_TABLE, small).sentence
    assert says.startswith("The last row is missing from your result; the rest is right.")
    assert "right" not in of(lambda a: a[:-1] + 1, TABLE, OTHER_TABLE).sentence
