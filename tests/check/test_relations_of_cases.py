"""Relations that several cases, arguments or parts tell together, and their words."""

import numpy as np
import pytest

from convolab.check.relations import Seen, Words, relation
from tests.check.arrays import BLOCK, OTHER_ROW, OTHER_TABLE, ROW, TABLE, of, seen


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
        ([8, 9, 5, 1], [4, 4, 4, 4], "What you return is 4."),
        ([8, 9, 5, 1], [-8, -9, -5, -1], "Every number has the wrong sign."),
        ([8, 9, 5, 1], [11, 11, 5, 1], None),
        ([8, 9, 5, 1], [2, 41, 5, 6], None),
    ],
)
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
        (
            [(BLOCK[:1],), (BLOCK[:1] + 1,), (BLOCK,), (BLOCK + 1,)],
            (2, 3),
            "`n` has more than one channel",
        ),
    ],
)
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
    assert relation(cases, SIZES).sentence == "You return `k` unchanged."


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
        (3.0, "3", False, "it is a string"),
        (ROW, (ROW,), False, "a tuple of one"),
        (ROW, (ROW, 5), False, "the first is right"),
        (ROW, ROW + 0j + np.array([0, 0, 1j, 0, 0]), False, "their real part is right"),
        (np.arange(4, dtype=np.uint8), np.arange(4.0), False, "`float64`; `uint8` is expected"),
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
        (
            {"w": TABLE, "b": ROW},
            {"w": -TABLE, "b": ROW},
            None,
            "In `w`, every number has the wrong sign; the other one is right.",
        ),
        (
            {"w": TABLE, "b": ROW},
            {"w": -TABLE, "b": -ROW},
            None,
            "Each part: every number has the wrong sign.",
        ),
        ({"w": TABLE, "b": ROW}, {"w": TABLE}, None, "`b` is missing from your dictionary."),
        (
            {"w": TABLE},
            {"w": TABLE, "v": ROW},
            None,
            "Your dictionary has `v`, which is not expected.",
        ),
        (
            (ROW, TABLE, BLOCK),
            (ROW, TABLE.T, BLOCK),
            PARTS,
            "The second value (`grad_w`) has the right numbers, but with rows and "
            "columns swapped; the others are right.",
        ),
        (
            (ROW, TABLE),
            (TABLE, ROW),
            None,
            "The first value and the second value are swapped; everything else is right.",
        ),
        (
            (ROW, TABLE),
            ROW,
            None,
            "You return only the first value; the others are expected too.",
        ),
        (
            [(1, 2), (3, 4), (7, 5)],
            [(3, 4), (7, 5)],
            None,
            "The first entry is missing from your list; the others are right.",
        ),
    ],
)
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
