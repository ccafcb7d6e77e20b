"""How a wrong answer relates to the right one: each relation, and what only looks like it."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from convolab.check.relations import Seen, Words, relation
from convolab.check.relations.find import search
from convolab.check.relations.pairs import Close

ROW = np.array([3.0, -1.5, 7.25, 2.0, 11.0])
OTHER_ROW = np.array([5.0, 2.5, -4.0, 8.0, 1.25, 6.0])
TABLE = np.array([[1.5, 7.0, -2.0, 4.25], [3.0, -8.0, 5.5, 9.0], [6.0, 2.25, -7.5, 10.0]])
OTHER_TABLE = np.array([[2.0, -3.5, 8.0], [7.0, 1.25, 4.0], [-6.0, 9.5, 11.0], [5.0, -10.0, 12.25]])
BLOCK = (np.arange(24) * 37 % 101 - 40.5).reshape(2, 3, 4)
BATCH = (np.arange(120) * 53 % 127 - 60.25).reshape(2, 3, 4, 5)
KERNEL_WORDS = Words(thing="kernel", arguments=("image", "size"))


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
    ("missing", "a border one place wide is missing", lambda a: a[1:-1, 1:-1], (OTHER_TABLE, BLOCK[0])),
    ("extra", "a border of zeros one place wide", lambda a: np.pad(a, 1), (TABLE, OTHER_TABLE)),
    ("extra", "one row at the start too many", lambda a: np.vstack([a[:1] + 1, a]), (TABLE, BLOCK[0])),
    ("stride", "others between them", lambda a: np.repeat(a, 2)[:-1], (ROW, OTHER_ROW)),
    ("axis", "an axis of length 1 too many", lambda a: a[None], (TABLE, OTHER_TABLE)),
    ("places", "the last row of your result is left at 0", sums_without_last, (TABLE, OTHER_TABLE)),
    ("places", "the first column", lambda a: put(a, (slice(None), 0), 99), (TABLE, OTHER_TABLE)),
    ("places", "only the first row of your result is right", lambda a: put(a, slice(1, None), 9.5), (TABLE, OTHER_TABLE)),
    ("places", "only the first example", lambda a: put(a, slice(1, None), -a[0]), (np.concatenate([BATCH, BATCH + 1]),)),
    ("border", "wrong at its border, one place wide", lambda a: with_border(a, 99), (np.arange(30.0).reshape(5, 6), BLOCK[0] @ BLOCK[0].T @ TABLE)),
    ("single", "only one number", lambda a: put(a, (1, 2), 77), (TABLE,)),
    ("places", "the middle", lambda a: put(a, (1, 1), 77), (TABLE[:, :3], OTHER_TABLE[:3])),
    ("places", "the diagonal", lambda a: a + 5 * np.eye(len(a)), (TABLE[:, :3], OTHER_TABLE[:3])),
    ("values", "that should be negative", lambda a: np.where(a < 0, 50, a), (TABLE, BLOCK)),
    ("constant", "is 0", np.zeros_like, (TABLE, ROW)),
    ("constant", "is 3", lambda a: np.full_like(a, 3), (TABLE, ROW)),
    ("infinite", "nan", lambda a: put(a, (0, slice(0, 2)), np.nan), (TABLE, OTHER_TABLE)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "says", "change", "arrays"), FOUND, ids=[f"{one[0]}-{one[1]}" for one in FOUND]
)
def test_a_relation_that_holds_for_every_wrong_case_is_said(kind, says, change, arrays):
    found = of(change, *arrays)
    assert found is not None
    assert found.kind == kind
    assert says.lower() in found.sentence.lower()


def table_of(*rows):
    return [np.array(rows, dtype=float)]


ALIKE = [
    ("a palindrome is its own mirror image", lambda a: a * 2, (np.array([1.0, 5, 1]), np.array([2.0, 7, 2])), "mirrored"),
    ("a symmetric table is its own transpose", lambda a: a + 1, (TABLE @ TABLE.T, TABLE.T @ TABLE), "transposed"),
    ("one number can be any factor of another", lambda a: a * 3, (np.array([4.0]),), "factor"),
    ("equal numbers fit a factor and an offset", lambda a: a + 1, (np.full(5, 2.0),), "factor"),
    ("rolled, but one number is another", lambda a: put(np.roll(a, 1), 2, 50), (ROW,), "shifted"),
    ("twice, but for one number", lambda a: put(2 * a, 0, 1), (ROW,), "factor"),
    ("a factor that differs from case to case", lambda a: a * a[0], (ROW, OTHER_ROW), "offset"),
    ("zeros look like everything", np.zeros_like, (TABLE, OTHER_TABLE), "shifted"),
    ("zeros look like a clip", np.zeros_like, (TABLE, OTHER_TABLE), "clipped"),
    ("the last row differs, but in the first case only", lambda a: put(a, -1 if len(a) == 3 else 0, 5), (TABLE, OTHER_TABLE), "border"),
    ("two places are not a border", lambda a: put(a, (0, 0), 50), (TABLE, OTHER_TABLE), "border"),
    ("the last row and column are no border", lambda a: put(put(a, -1, 50), (slice(None), -1), 50), (TABLE, OTHER_TABLE), "border"),
    ("other numbers of the same sum", lambda a: put(put(a, 0, a[0] + 1), 1, a[1] - 1), (ROW,), "permuted"),
    ("a row too few, and other numbers", lambda a: a[:-1] + 1, (TABLE, OTHER_TABLE), "missing"),
    ("whole numbers are their own floor", lambda a: a + 0.25, (np.arange(6.0),), "rounded"),
    ("one rounded number is chance", lambda a: put(a, 0, 2), (np.array([1.75, 3, 5, 8]),), "rounded"),
    ("2 and 4 are squares of 2 and 2 only by chance", lambda a: a**2, (np.array([0.0, 1.0, 2.0]),), "square"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "change", "arrays", "kind"), ALIKE, ids=[one[0] for one in ALIKE])
def test_what_only_looks_like_a_relation_is_not_called_one(why, change, arrays, kind):
    found = of(change, *arrays)
    assert found is None or found.kind != kind


def test_cases_that_say_different_things_have_no_relation_in_common():
    assert relation(seen((ROW, 2 * ROW + 1), (OTHER_ROW, OTHER_ROW[::-1] - 3))) is None


def test_the_exercise_says_what_its_result_is_called():
    words = Words(thing="kernel", axes=("line", "pixel"))
    says = of(np.transpose, TABLE, OTHER_TABLE, words=words).sentence
    assert says == "Your kernel has the right numbers, but with lines and pixels swapped."


def test_right_cases_limit_what_is_said():
    says = of(lambda a: 2 * a, TABLE, right=[BLOCK[0], BLOCK[1], OTHER_TABLE]).sentence
    assert says.startswith("In the one case of 4 that is wrong, every number is twice")


def test_right_cases_that_the_relation_fits_as_well_limit_nothing():
    palindrome = np.array([1.0, 4, 1])
    says = of(lambda a: a[::-1], ROW, OTHER_ROW, right=[palindrome]).sentence
    assert says.startswith("Your result has the right numbers in reverse order")


def scalars(arguments, expected, got):
    """Cases of one number each; those that are equal are right."""
    return [
        Seen(given, due, came, "answer", right=due == came)
        for given, due, came in zip(arguments, expected, got, strict=True)
    ]


SIZES = Words(arguments=("n", "k", "how"))


@pytest.mark.parametrize(
    ("expected", "got", "says"),
    [
        ([8, 9, 5, 1], [7, 8, 4, 0], "Every number is too small by 1."),
        ([8, 9, 5, 1], [18, 18, 15, 6], "Every number is too large by `n`."),
        ([8, 9, 5, 1], [24, 18, 20, 5], "Every number is the right one times `k`."),
        ([8, 9, 5, 1], [4, 4, 4, 4], "What you give is 4."),
        ([8, 9, 5, 1], [-8, -9, -5, -1], "Every number has the wrong sign."),
        ([8, 9, 5, 1], [11, 11, 5, 1], None),
        ([8, 9, 5, 1], [2, 41, 5, 6], None),
    ],
)  # fmt: skip
def test_single_numbers_need_several_cases(expected, got, says):
    arguments = [(10, 3), (9, 2), (10, 4), (5, 5)]
    found = relation(scalars(arguments, expected, got), SIZES)
    assert found == says or found.sentence == says


@pytest.mark.parametrize(
    ("arguments", "wrong", "says"),
    [
        ([(3,), (5,), (4,), (6,)], (2, 3), "`n` is even"),
        ([(3,), (5,), (4,), (6,)], (0, 1), "`n` is odd"),
        ([(0,), (0,), (4,), (6,)], (2, 3), "`n` is not 0"),
        ([(3,), (5,), (4, 1), (6, 1)], (2, 3), "`k` is given"),
        ([(TABLE,), (OTHER_TABLE,), (np.eye(3),), (np.eye(2),)], (0, 1), "`n` is not square"),
        ([(ROW, 1, "a"), (ROW, 1, "b"), (ROW, 2, "a"), (ROW, 2, "b")], (1, 3), '`how` is "b"'),
        ([(BLOCK[:1],), (BLOCK[:1] + 1,), (BLOCK,), (BLOCK + 1,)], (2, 3), "of `n` along axis 0 is more"),
    ],
)  # fmt: skip
def test_what_wrong_cases_have_in_common_is_said(arguments, wrong, says):
    cases = [
        Seen(
            given,
            ROW + at,
            ROW * 3 - OTHER_ROW[at] if at in wrong else ROW + at,
            "answer",
            at not in wrong,
        )
        for at, given in enumerate(arguments)
    ]
    found = relation(cases, SIZES)
    assert found.kind == "when"
    assert says in found.sentence


def test_what_only_one_case_has_says_nothing_about_the_reason():
    cases = [
        Seen((at,), ROW + at, ROW * 7 if at == 4 else ROW + at, "answer", at != 4)
        for at in (3, 5, 4)
    ]
    found = relation(cases, SIZES)
    assert found is None or "even" not in found.sentence


def test_an_argument_that_makes_no_difference_is_named():
    cases = [Seen((ROW, k), ROW * k, ROW + 1, "answer") for k in (2, 3, 5)]
    assert relation(cases, SIZES).sentence.startswith("Your result is the same whatever `k` is.")


def test_one_mode_that_does_what_another_should_is_named():
    cases = [
        Seen((ROW, 1, mode), ROW[:n], ROW[:3], "answer", mode == "valid")
        for mode, n in (("full", 5), ("valid", 3), ("same", 4))
    ]
    cases = [case for case in cases if case.arguments[2] != "same"]
    found = relation(cases, SIZES)
    assert found.kind in ("missing", "other value")


def test_an_argument_that_comes_back_is_named():
    cases = [Seen((2, array), array * 5 - 1, array, "answer") for array in (ROW, OTHER_ROW)]
    assert relation(cases, SIZES).sentence == "You give back `k` as it was."


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda a: a.T, "`n` transposed"),
        (lambda a: a**2, "`n` with every number squared"),
        (lambda a: np.maximum(a, 0), "0 in place of the negative numbers"),
    ],
)
def test_something_else_that_an_argument_gives_is_named(make, says):
    cases = [Seen((a,), np.cos(a), make(a), "answer") for a in (TABLE, OTHER_TABLE)]
    assert says in relation(cases, SIZES).sentence


def test_the_other_axis_is_told_where_the_shapes_tell():
    cases = [Seen((a,), a.sum(1), a.sum(0), "answer") for a in (TABLE, OTHER_TABLE)]
    says = (
        "You took the sums of `n` along the axis of its rows; the right ones run along its columns."
    )
    assert relation(cases, SIZES).sentence == says


def softmax(a, axis=-1):
    return np.exp(a) / np.exp(a).sum(axis=axis, keepdims=True)


def test_softmax_along_the_wrong_axis_or_twice_is_told():
    scores = [TABLE / 9, OTHER_TABLE / 9]
    columns = [Seen((a,), softmax(a), softmax(a, 0), "answer") for a in scores]
    assert "each column does" in relation(columns).sentence
    twice = [Seen((a,), softmax(a), softmax(softmax(a)), "answer") for a in scores]
    assert relation(twice).kind == "twice"


def test_wrapped_bytes_are_told():
    right = [np.array([[300, 12], [255, 513]]), np.array([256, 4, 700])]
    cases = [Seen((), a, a.astype(np.uint8), "answer") for a in right]
    assert "off by 256" in relation(cases).sentence


@pytest.mark.parametrize(
    ("expected", "got", "lists", "says"),
    [
        (ROW, ROW.tolist(), False, "they are in a list and not in an array"),
        (3.0, [3.0], False, "inside a list"),
        (3.0, np.array([3.0]), False, "inside an array of shape (1,)"),
        (np.array([3.0]), 3.0, False, "should be in an array of shape (1,)"),
        (3.0, "3", False, "it is a text"),
        (ROW, (ROW,), False, "a tuple of one"),
        (ROW, (ROW, 5), False, "the first is right"),
        (ROW, ROW + 0j + np.array([0, 0, 1j, 0, 0]), False, "their real part is right"),
        (np.arange(4, dtype=np.uint8), np.arange(4.0), False, "`float64`; `uint8` is asked for"),
        (
            {"w": ROW, "b": 1.0},
            (ROW, 1.0),
            False,
            "a dictionary with the keys `w` and `b` is expected",
        ),
    ],
)
def test_right_numbers_in_the_wrong_wrapping_are_told(expected, got, lists, says):
    assert says in relation(seen((expected, got)), lists=lists).sentence


PARTS = Words(names={0: "grad_x", 1: "grad_w", 2: "grad_b"})


@pytest.mark.parametrize(
    ("expected", "got", "words", "says"),
    [
        ({"w": TABLE, "b": ROW}, {"w": -TABLE, "b": ROW}, None, "In `w`, every number has the wrong sign; the other one is right."),
        ({"w": TABLE, "b": ROW}, {"w": -TABLE, "b": -ROW}, None, "Each part: every number has the wrong sign."),
        ({"w": TABLE, "b": ROW}, {"w": TABLE}, None, "`b` is missing from your dictionary."),
        ({"w": TABLE}, {"w": TABLE, "v": ROW}, None, "Your dictionary has `v`, which is not asked for."),
        ((ROW, TABLE, BLOCK), (ROW, TABLE.T, BLOCK), PARTS, "The second of the three (`grad_w`) has the right numbers, but with rows and columns swapped; the others are right."),
        ((ROW, TABLE), (TABLE, ROW), None, "The first of the two and the second of the two are swapped; all else is right."),
        ((ROW, TABLE), ROW, None, "You give back the first of the two alone; the others are expected too."),
        ([(1, 2), (3, 4), (7, 5)], [(3, 4), (7, 5)], None, "The first entry is missing from your list; the others are right."),
    ],
)  # fmt: skip
def test_of_several_parts_the_wrong_one_is_named(expected, got, words, says):
    assert relation(seen((expected, got)), words).sentence == says


def test_zeros_that_stand_for_what_is_not_compared_are_not_called_right():
    expected = {"w": np.zeros((2, 2)), "b": ROW}
    found = relation(seen((expected, {"w": np.zeros((2, 2)), "b": OTHER_ROW[:5] * 3})))
    assert found.sentence == "`b` is wrong."


def test_an_aspect_of_its_own_is_named():
    words = Words(aspects={"ends": "the ends", "middle": "the middle"})
    cases = [Seen((), ROW * at, ROW * at, "middle", right=True) for at in (1, 2, 3)]
    cases += [Seen((), ROW + at, (ROW + at) * at - OTHER_ROW[:5], "ends") for at in (4, 5)]
    assert relation(cases, words).sentence == "Everything is right except for one thing: the ends."


# --- whatever is given --------------------------------------------------------------------------

numbers = st.floats(-50, 50).map(lambda x: round(x, 2))
shapes = npst.array_shapes(min_dims=1, max_dims=4, min_side=1, max_side=5)
arrays = npst.arrays(float, shapes, elements=numbers)

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
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), ndim=st.integers(1, 4))
def test_every_known_change_of_a_random_array_is_found(kind, seed, ndim):
    random = np.random.default_rng(seed)
    ndim = max(ndim, 2) if kind == "transposed" else ndim
    shapes = [tuple(random.permutation([4, 5, 6, 7])[:ndim]) for _ in range(2)]
    right = [random.normal(size=shape).round(3) * 9 for shape in shapes]
    assert of(KNOWN[kind], *right).kind == kind


@settings(max_examples=60, deadline=None)
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
    None, "text", b"bytes", 10**400, -(10**30), float("nan"), float("inf"), 3 + 2j, True, Odd(), Odd,
    [], [[]], [1, [2, 3]], ["a", 1], recursive, (), {}, {"a": Odd()}, {1: 2}, {None: [Odd()]}, set(),
    np.array(None), np.array([1, "a"], dtype=object), np.array(["a"]), np.zeros(0), np.zeros((0, 3)),
    np.array([np.nan, np.inf]), np.ma.masked_array([1, 2], [True, False]), np.longdouble(3),
    np.zeros(2, dtype=[("a", int)]), np.datetime64("2020"), np.zeros((1,) * 12), range(3), len,
    np.full((2, 2), 1e308), np.array([2**63], dtype=np.uint64), [10**400], np.float16(1),
]  # fmt: skip
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
            relation(cases)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(arrays, arrays), min_size=1, max_size=4))
def test_no_two_arrays_break_it(pairs):
    cases = [Seen((right, yours), right, yours, "answer") for right, yours in pairs]
    cases += [Seen((right,), right, right, "rest", right=True) for right, _ in pairs]
    with np.errstate(all="ignore"):
        search(cases, Words(), Close(1e-6), lists=False)


@pytest.mark.parametrize(
    "change",
    [lambda a: a + np.sin(a), lambda a: a[..., ::-1], lambda a: put(a, (3, 4, 5, 6), 9), lambda a: a[1:]],
)  # fmt: skip
def test_a_million_numbers_take_no_time(change):
    right = np.random.default_rng(0).normal(size=(10, 10, 100, 100))
    cases, taken = seen((right, change(right)), arguments=[(right,)]), []
    for _ in range(3):
        started = time.process_time()
        relation(cases)
        taken.append(time.process_time() - started)
    assert min(taken) < 0.2  # 0.01 to 0.05 on a machine that does nothing else
