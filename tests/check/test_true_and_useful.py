"""What is said of a wrong answer is true of it and leads somewhere, or less is said."""

import numpy as np
import pytest

from convolab.check import sentences
from convolab.check.relations import Seen, Words, relation
from convolab.exercises import Exercise
from convolab.exercises.helped import NUMBERS, SPECIFIC, helped
from tests.check.arrays import BATCH, BLOCK, OTHER_ROW, OTHER_TABLE, ROW, TABLE, of, put, seen
from tests.check.course import judged


def says(*arguments, **named):
    found = relation(*arguments, **named)
    return found.sentence if found else ""


# --- Which cases are wrong.

ASPECTS = Words(aspects={"ends": "the ends", "middle": "the middle", "corners": "the corners"})


def in_aspects(**right):
    """Two cases of each aspect, all right or all wrong, whose numbers have nothing in common."""
    return [
        Seen(
            (),
            ROW + at,
            (ROW + at) * (1 if ok else at) - (0 if ok else ROW[::-1]),
            aspect,
            right=ok,
        )
        for aspect, ok in right.items()
        for at in (4, 5)
    ]


def test_an_aspect_is_named_only_where_another_one_is_right():
    assert "one thing: the ends" in says(in_aspects(ends=False, middle=True), ASPECTS)
    assert "one thing" not in says(in_aspects(ends=False), ASPECTS)
    # what is right besides has no name: it asks for another type of the same numbers
    assert "one thing" not in says(in_aspects(ends=False, whole=True), ASPECTS)


def test_of_several_aspects_it_is_said_which_are_right():
    found = says(in_aspects(ends=False, middle=True, corners=False), ASPECTS)
    assert found == "It is right for “the middle”, and wrong for “the ends” and “the corners”."


FRACTIONS = [(ROW.round(),), (OTHER_ROW.round(),), (TABLE.round(),), (ROW,)]


def test_numbers_that_are_right_when_whole_are_said_to_be():
    wrong = relation(
        [Seen(a, np.cos(a[0]), np.cos(a[0].astype(int)), "", a[0] is not ROW) for a in FRACTIONS]
    )
    assert wrong.sentence.startswith(
        "It is right where all numbers are whole, and wrong where one has"
    )


def test_where_fractions_are_right_too_they_are_not_blamed():
    cases = [Seen(a, np.cos(a[0]), np.cos(a[0]), "", True) for a in [*FRACTIONS, (BLOCK / 3,)]]
    cases.append(Seen((TABLE,), np.cos(TABLE), np.sin(TABLE), ""))
    assert "are whole" not in says(cases)


@pytest.mark.parametrize(
    ("name", "array", "what"),
    [
        ("x", BATCH, "`x` has more than one example"),
        ("kernels", BATCH, "`kernels` has more than one kernel"),
        ("conv1_w", BATCH, "`conv1_w` has more than one kernel"),
        ("volume", BLOCK, "`volume` has more than one channel"),
        ("image", TABLE, "`image` has more than one row"),
    ],
)
def test_several_of_something_are_called_by_its_name(name, array, what):
    cases = [Seen((array[:1] + at,), ROW + at, ROW + at, "", right=True) for at in (0, 1)]
    cases += [Seen((array + at,), ROW * at, ROW[::-1] - at, "") for at in (2, 3)]
    assert what in says(cases, Words(arguments=(name,)))


# --- Too few, too many.


def test_an_empty_result_is_called_empty_and_how_many_are_due_is_said():
    assert "is empty; there should be 5 numbers in it." in of(lambda a: a[:0], ROW).sentence
    both = of(lambda a: a[:0], ROW, OTHER_ROW).sentence
    assert "is empty; there should be 5 numbers in it (in the first case)." in both
    assert "empty" not in of(lambda a: a[:4], ROW, OTHER_ROW).sentence


def test_what_is_cut_is_cut_at_one_end_in_all_cases_or_nothing_is_said_of_it():
    cut = {5: ROW[:3], 6: OTHER_ROW[:2]}
    told = of(lambda a: cut[a.size], ROW, OTHER_ROW).sentence
    assert told.startswith("The last places are missing from your result (how many differs")
    cut[6] = OTHER_ROW[3:]  # once the end, once the start
    assert "missing" not in says(seen(*((a, cut[a.size]) for a in (ROW, OTHER_ROW))))


def test_rows_that_are_missing_are_called_rows():
    few = of(lambda a: a[: -len(a) // 2], TABLE, OTHER_TABLE).sentence
    assert "rows" in few
    assert "columns" not in few


def test_two_numbers_found_within_others_are_no_evidence():
    ones = [
        (np.array([0.0, 1, 0, 1, 1]), np.array([0.0, 1])),
        (np.array([1.0, 0]), np.array([1.0])),
    ]
    assert "missing" not in says(seen(*ones))


def test_one_number_where_a_row_is_due_is_the_first_or_the_last():
    rows = [np.array([2.0, 0, 1]), np.array([1.0, 2]), np.array([0.0, 0, 1, 2]), ROW]
    last = of(lambda a: a[-1:], *rows).sentence
    assert last.startswith("Only the last place of the right result is there. Is each result")
    assert of(lambda a: a[:1], *rows).sentence.endswith("Is a return inside a loop?")


def test_of_a_shape_alone_the_numbers_are_counted_in_the_cases_own_sentence():
    """ "Your result is too short" would say less."""
    wrong = seen((ROW, np.array([9.0, 8])), (OTHER_ROW, np.array([7.0])))
    assert relation(wrong) is None


# --- Which places are wrong.


def test_one_number_throughout_in_place_of_another_is_said():
    grey = np.clip(TABLE * 40, 0, 255).round(), np.clip(OTHER_TABLE * 30, 0, 255).round()
    white = of(lambda a: np.where(a == 255, 254, a), *grey).sentence
    assert white == "Your result has 254 wherever it should be 255; the others are right."
    zeros = np.array([[5.0, 0, 0, 7], [0, 2, 0, 0], [0, 0, 3, 0]])
    some = of(lambda a: put(a, ([0, 1, 1, 2], [2, 0, 3, 1]), 1), zeros, zeros * 3).sentence
    assert some.startswith("Your result has 1 in some places where it should be 0")
    two = of(lambda a: np.where(a == 255, 254 - np.arange(a.size).reshape(a.shape) % 2, a), *grey)
    assert two is None or "wherever" not in two.sentence


def test_the_last_channel_is_named_also_where_there_is_one_only():
    one, two = BLOCK[:1], BLOCK
    lost = of(lambda a: put(a, -1, 0), one, two, BLOCK + 0.5).sentence
    assert lost.startswith("The last channel of your result is left at 0; the others are right.")
    everything = of(np.zeros_like, one, one + 1).sentence
    assert "last channel" not in everything


def test_zeros_that_move_in_a_circle_are_not_said_to_come_back():
    framed = [np.pad(a, 1) for a in (TABLE, OTHER_TABLE)]
    assert "zeros come in" in of(lambda a: np.roll(a, 1, 1), *framed).sentence
    assert "comes back in" in of(lambda a: np.roll(a, 1, 1), TABLE, OTHER_TABLE).sentence


def test_beyond_the_edge_is_asked_only_where_something_has_an_edge():
    picture = np.arange(30.0).reshape(5, 6)
    wrong = put(put(picture, [0, -1], 99), (slice(None), [0, -1]), 98)
    made = [Seen((5,), picture, wrong, ""), Seen((6,), picture + 1, wrong + 1, "")]
    assert "edge" not in says(made)
    slid = [Seen((picture,), case.expected, case.got, "") for case in made]
    assert "What should count beyond the edge?" in says(slid)


# --- Parts.


def test_when_a_result_is_wrong_is_said_once_and_not_of_each_part():
    cases = [
        Seen(
            (at,), {"w": ROW + at, "b": ROW - at}, {"w": ROW[::-1] * at, "b": OTHER_ROW[1:]}, "ends"
        )
        for at in (2, 3)
    ]
    cases.append(Seen((1,), {"w": ROW, "b": ROW}, {"w": ROW, "b": ROW}, "middle", right=True))
    assert says(cases, ASPECTS) == "Everything is right except for one thing: the ends."


def test_the_numbers_of_an_entry_are_counted():
    due = [(6, 28, 28), (6, 14, 14), (16, 10, 12)]
    came = [(a, b, c + 1) for a, b, c in due]
    found = says(seen((due, came)))
    assert (
        found
        == "In the entries of your list, the third number is too large by 1; the others are right."
    )


# --- What does not help is not counted as help.


def counted(*given, right, wrong):
    exercise = Exercise(name="counted", points={"all": 1}, says={"all": "the numbers"})
    exercise.right(right)
    exercise.shows("all", *given)
    return judged(exercise, wrong)


def test_too_large_in_every_case_is_true_and_no_help():
    numbers = [(n,) for n in (3, 5, 8, 13, 21, 34)]
    verdict = counted(*numbers, right=lambda n: n * n, wrong=lambda n: n**3 + n % 4)
    assert verdict.hint == "What you return is too large in every case that is wrong."
    assert helped(verdict) == NUMBERS


def test_the_only_aspect_is_no_help():
    numbers = [(n,) for n in (3, 5, 8)]
    verdict = counted(
        *numbers, right=lambda n: n * n, wrong=lambda n: 9 if n == 3 else n * 7 % 5 - n
    )
    assert "one thing" not in verdict.hint
    assert helped(verdict) == NUMBERS


def test_a_constant_is_some_help():
    verdict = counted((3,), (5,), (8,), right=lambda n: n * n, wrong=lambda n: 4)
    assert helped(verdict) == SPECIFIC


def test_a_call_that_is_too_long_to_be_read_is_named_by_its_aspect():
    pictures = [(np.arange(36.0).reshape(6, 6) * at % 7,) for at in (2, 3)]
    verdict = counted(*pictures, right=lambda p: p.sum(), wrong=lambda p: p[0] @ p[1] - p[2, 2])
    assert verdict.hint == (
        "Some numbers are not right yet; the first wrong case is one of “the numbers”."
    )
    assert len(verdict.hint) < sentences.LONGEST_CALL


# --- Known mistakes.


@pytest.fixture
def moved():
    """Rows moved by one, with an aspect for each way: a row left at 0 comes of many mistakes."""
    exercise = Exercise(
        name="moved",
        points={"up": 1, "down": 1},
        says={"up": "moved up", "down": "moved down"},
    )

    @exercise.right
    def right(table, down):
        out = np.zeros_like(table)
        if down:
            out[1:] = table[:-1]
        else:
            out[:-1] = table[1:]
        return out

    exercise.shows("up", (TABLE, False), (OTHER_TABLE, False))
    exercise.shows("down", (TABLE, True), (OTHER_TABLE, True))
    exercise.wrong("nothing at all", "Nothing is written into the result.")(
        lambda table, down: np.zeros_like(table)
    )
    exercise.wrong("other way", "That is the other way round.")(
        lambda table, down: right(table, not down)
    )
    return exercise


def test_zeros_in_one_aspect_are_no_sign_of_a_known_mistake(moved):
    zeros = judged(moved, lambda t, down: moved.answer(t, down) * (0 if down else 1))
    assert "Nothing is written" not in zeros.hint
    everywhere = judged(moved, lambda t, down: t * 0)
    assert everywhere.hint == "Nothing is written into the result."


def test_different_numbers_in_one_aspect_are_a_sign_of_a_known_mistake(moved):
    up_only = judged(moved, lambda t, down: moved.answer(t, False))
    assert up_only.hint == "That is the other way round."


def test_a_known_mistake_that_stops_says_in_which_line(moved):
    @moved.wrong("too far", hint="An index goes too far.")
    def too_far(table, down):
        return table[len(table)]

    hint = judged(moved, too_far).hint
    assert hint == "An index goes too far. It stops in the line `return table[len(table)]`."


def test_what_is_not_refused_is_named_also_if_it_stops_by_itself():
    exercise = Exercise(name="parts", points={"all": 1}, says={"all": "the parts"})

    @exercise.right
    def right(whole, n):
        if n == 0:
            raise ValueError("no parts")
        return whole / n

    exercise.shows("all", (6, 2), (7, 4))
    exercise.refuses("zero parts", (6, 0), aspect="all")
    exercise.wrong("turned", "Turned over.")(lambda whole, n: right(n, whole))
    verdict = judged(exercise, lambda whole, n: whole / n)
    assert verdict.hint == (
        "There is no sensible answer for zero parts: `parts(6, 0)` should raise ValueError; it "
        "raises ZeroDivisionError."
    )
    assert helped(verdict) == SPECIFIC
