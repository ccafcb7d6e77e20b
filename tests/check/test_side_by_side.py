"""Expected and yours are shown around the first difference, never cut before it."""

import numpy as np
import pytest

from convolab.check import expected_and_yours_page
from convolab.check.compare import difference
from convolab.check.report import Report
from convolab.check.verdict import Verdict


def report(expected, got, part="", tolerance=1e-6, call="f(1)", hint="Look."):
    found = difference(expected, got, tolerance)
    found.part = part
    return Report("f", 2, Verdict("wrong", 0.0, hint, call=call, difference=found))


SHAPES = [
    (3,),
    (12,),
    (100,),
    (1, 40),
    (40, 1),
    (20, 30),
    (3, 4, 5),
    (2, 3, 12, 14),
    (1, 1, 2, 2, 30),
]


@pytest.mark.parametrize("shape", SHAPES)
def test_wherever_the_first_difference_is_it_is_in_the_text_and_in_the_page(shape):
    rng = np.random.default_rng(1)
    for _ in range(6):
        expected = rng.integers(0, 100, shape)
        place = tuple(int(rng.integers(0, side)) for side in shape)
        got = expected.copy()
        got[place] = 7777
        shown = report(expected, got)
        text = shown.text()
        assert text.count("7777") == 2, text  # in the sentence, and among the numbers
        assert all(len(line) <= 80 for line in text.splitlines())
        assert all(str(at) in text for at in place)
        assert "7777" in shown.html()


@pytest.mark.parametrize(
    ("shape", "place", "says"),
    [
        ((50,), (31,), "at place 31: expected 0, yours 9"),
        ((20, 30), (13, 17), "at row 13, column 17: expected 0, yours 9"),
        ((3, 4, 5), (2, 0, 4), "at channel 2, row 0, column 4"),
        ((2, 3, 4, 5), (1, 2, 3, 4), "at example 1, channel 2, row 3, column 4"),
    ],
)
def test_the_place_is_said_in_words(shape, place, says):
    expected = np.zeros(shape)
    got = expected.copy()
    got[place] = 9
    assert says in " ".join(report(expected, got).text().split())


def test_weights_in_a_dictionary_are_told_by_index_since_their_axes_are_others():
    got = np.zeros((2, 3, 4, 5))
    got[1, 2, 3, 4] = 9
    text = " ".join(report(np.zeros((2, 3, 4, 5)), got, part="entry 'conv_w'").text().split())
    assert "at [1, 2, 3, 4] of entry 'conv_w'" in text


def test_a_row_that_is_too_short_or_too_long_says_where_it_ends():
    assert "There is no place 57 in yours." in report(np.arange(100), np.arange(57)).text()
    longer = report(np.arange(57), np.arange(100)).text()
    assert "There is no place 57 in what is expected." in longer


def test_numbers_that_look_the_same_are_shown_with_more_digits():
    text = " ".join(report(np.full(40, 1 / 3), np.full(40, 1 / 3 + 1e-5)).text().split())
    assert "expected 0.333333333, yours 0.333343333" in text


def test_what_the_exercise_allows_is_no_difference():
    expected, got = np.arange(40.0), np.arange(40.0) + 1e-4
    got[30] = 0
    shown = report(expected, got, tolerance=1e-3)
    assert "place 30" in shown.text()
    assert shown.html().count("≠") == 1


def test_a_page_shows_the_rows_and_columns_around_the_difference_with_their_numbers():
    expected = np.zeros((40, 50))
    got = expected.copy()
    got[33, 44] = 5
    page = expected_and_yours_page.as_html(difference(expected, got, 1e-6))
    assert "<th scope='row'" in page
    assert ">33</th>" in page
    assert ">44</th>" in page


def test_the_call_is_added_where_the_hint_does_not_have_it_whole():
    assert "Try this call yourself" not in report(1, 2, hint="`f(1)` gives 2.").text()
    shown = report(1, 2, call=f"f({', '.join(['1000'] * 90)})")
    lines = shown.text().splitlines()
    start = next(i for i, line in enumerate(lines) if "Try this call yourself:" in line)
    end = next(i for i, line in enumerate(lines) if line.strip().startswith("expected"))
    call = "\n".join(lines[start + 1 : end]).strip()
    assert eval(call, {"f": lambda *given: given}) == (1000,) * 90
    assert "too long to write out" in report(1, 2, call="import x\nf(1)").text()


@pytest.mark.parametrize(
    ("expected", "got", "row"),
    [
        ([1, 2, 3], [1, 5, 4], "yours    [1, ≠5, ≠4]"),
        ([1, 2], [1, 2, 3], "yours    [1, 2, ≠3]"),
        ([[1, 2], [3, 4]], [[1, 2], [9, 4]], "yours    [[1, 2], [≠9, 4]]"),
        ([1, 1j], [1, 2j], "yours    [1+0j, ≠0+2j]"),
        ([True, False], [True, True], "yours    [True, ≠True]"),
        ([0.5, 1.0], [0.5, float("nan")], "yours    [0.5, ≠nan]"),
    ],
)
def test_every_place_that_differs_is_marked_by_a_sign(expected, got, row):
    shown = report(np.array(expected), np.array(got))
    assert row in shown.text()
    assert "The first difference is at" in shown.text() or "There is no place" in shown.text()
    assert shown.html().count("≠") == row.count("≠")


def test_the_marks_make_the_text_of_long_arrays_no_longer():
    expected = np.arange(1000.0) + 1000
    shown = report(expected, -expected).text().splitlines()
    assert len([line for line in shown if line.strip().startswith(("expected", "yours"))]) == 2
    assert all(len(line) <= 80 for line in shown)
    yours = next(line for line in shown if line.strip().startswith("yours"))
    assert yours.count("≠") == yours.count("−") or yours.count("≠") == yours.count("-")


def test_a_page_says_in_words_where_the_first_difference_is():
    expected, got = np.zeros((2, 3, 4)), np.zeros((2, 3, 4))
    got[1, 2, 3] = 9
    page = report(expected, got).html()
    assert "The first difference is at channel 1, row 2, column 3: expected 0, yours 9." in page
    assert page.count("≠ 9") == 1
    assert "first difference is at place 1" in report(np.zeros(3), np.array([0, 1, 0])).html()


def test_a_number_of_a_list_is_named_by_its_place():
    text = report([1, 2, 3], [1, 2, 4], part="item 2").text()
    assert difference([1, 2, 3], [1, 2, 4], 1e-6).part == "item 2"
    assert "At item 2:" in text
    assert "expected 3" in text


@pytest.mark.parametrize("at", [0, 5, 200, 299])
def test_of_two_texts_the_part_around_the_first_difference_is_shown(at):
    expected = "abcdefghij" * 30
    got = expected[:at] + "#" + expected[at + 1 :]
    text = report(expected, got).text()
    assert f"at character {at}, counted from 0." in text
    assert text.count("#") == 1
    assert all(len(line) <= 80 for line in text.splitlines())
