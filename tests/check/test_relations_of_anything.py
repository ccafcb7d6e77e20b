"""Relations of random arrays and of odd things: found, never invented, and never an error."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from convolab.check.relations import Seen, Words, relation
from convolab.check.relations.find import search
from convolab.check.relations.pairs import Close
from tests.check.arrays import BATCH, ROW, TABLE, of, put, seen

numbers = st.floats(-50, 50).map(lambda x: round(x, 2))
shapes = npst.array_shapes(min_dims=1, max_dims=4, min_side=1, max_side=5)
arrays = npst.arrays(float, shapes, elements=numbers)
scalars_too = npst.arrays(
    float, npst.array_shapes(min_dims=0, max_dims=3, max_side=4), elements=numbers
)

KNOWN = {
    "mirrored": lambda a: np.flip(a, -1),
    "sign": np.negative,
    "factor": lambda a: 3 * a,
    "offset": lambda a: a + 2,
    "transposed": lambda a: np.swapaxes(a, -1, -2),
    "running": lambda a: np.cumsum(a, axis=-1),
    "missing": lambda a: a[..., :-1],
    "extra": lambda a: np.pad(a, 1),
    "summed": np.sum,
    "rounded": np.trunc,
    "shifted": lambda a: np.roll(a, 1, -1),
    "axis": lambda a: a[None],
}


@pytest.mark.parametrize("kind", KNOWN)
@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6), ndim=st.integers(1, 4))
def test_every_known_change_of_a_random_array_is_found(kind, seed, ndim):
    random = np.random.default_rng(seed)
    ndim = max(ndim, 2) if kind == "transposed" else ndim
    shapes = [tuple(random.permutation([4, 5, 6, 7])[:ndim]) for _ in range(2)]
    right = [random.normal(size=shape).round(3) * 9 for shape in shapes]
    assert of(KNOWN[kind], *right).kind == kind


@settings(max_examples=30, deadline=None)
@given(st.lists(arrays, min_size=1, max_size=4))
def test_a_right_answer_has_no_relation(right):
    """Not even where it is said to be wrong."""
    assert relation(seen(*((array, array.copy()) for array in right))) is None
    assert relation([Seen((array,), array, array, "answer", right=True) for array in right]) is None


class Odd:
    """Whatever is asked of it ends in an error."""

    def _no(self, *arguments):
        raise RuntimeError("no")

    __array__ = __len__ = __eq__ = __float__ = __iter__ = __bool__ = __repr__ = __hash__ = _no


recursive: list = []
recursive.append(recursive)
ODD = [
    None,
    "text",
    b"bytes",
    10**400,
    -(10**30),
    float("nan"),
    float("inf"),
    3 + 2j,
    True,
    Odd(),
    Odd,
    [],
    [[]],
    [1, [2, 3]],
    ["a", 1],
    recursive,
    (),
    {},
    {"a": Odd()},
    {1: 2},
    {None: [Odd()]},
    set(),
    np.array(None),
    np.array([1, "a"], dtype=object),
    np.array(["a"]),
    np.zeros(0),
    np.zeros((0, 3)),
    np.array([np.nan, np.inf]),
    np.ma.masked_array([1, 2], [True, False]),
    np.longdouble(3),
    np.zeros(2, dtype=[("a", int)]),
    np.datetime64("2020"),
    np.zeros((1,) * 12),
    range(3),
    len,
    np.full((2, 2), 1e308),
    np.array([2**63], dtype=np.uint64),
    [10**400],
    np.float16(1),
]
RIGHT = [3, 2.5, True, "b", ROW, TABLE, BATCH, (ROW, TABLE), {"w": ROW}, [(1, 2), (3,)], None, []]


@pytest.mark.parametrize("expected", RIGHT, ids=lambda value: str(type(value).__name__))
def test_nothing_that_is_given_back_breaks_it(expected):
    for odd in ODD:
        for arguments in ((), (odd,), (TABLE, odd, "x")):
            cases = [
                Seen(arguments, expected, odd, "answer"),
                Seen((1, 2), expected, odd, "answer"),
                Seen((), expected, expected, "rest", right=True),
                Seen((odd, odd), expected, None, "rest", stopped=True),
            ]
            with np.errstate(all="ignore"):
                search(cases, Words(), Close(1e-6), lists=True)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(scalars_too, scalars_too), min_size=1, max_size=5))
def test_no_two_arrays_break_it(pairs):
    cases = [Seen((right, yours), right, yours, "answer") for right, yours in pairs]
    cases += [Seen((right,), right, right, "rest", right=True) for right, _ in pairs]
    with np.errstate(all="ignore"):
        search(cases, Words(), Close(1e-6), lists=False)


@pytest.mark.parametrize(
    "change",
    [
        lambda a: a + np.sin(a),
        lambda a: a[..., ::-1],
        lambda a: put(a, (3, 4, 5, 6), 9),
        lambda a: a[1:],
    ],
)
def test_a_million_numbers_take_no_time(change):
    right = np.random.default_rng(0).normal(size=(10, 10, 100, 100))
    cases, taken = seen((right, change(right)), arguments=[(right,)]), []
    for _ in range(3):
        started = time.process_time()
        relation(cases)
        taken.append(time.process_time() - started)
    assert min(taken) < 0.2  # 0.01 to 0.05 on a machine that does nothing else
