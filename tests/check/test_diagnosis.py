"""The diagnosis composes: what is wrong with the values, and what is not refused yet."""

from dataclasses import replace

import numpy as np
import pytest

from convolab.check.answer import Local, same_bits
from convolab.check.ladder import judge
from convolab.exercises import Exercise
from tests.check.course import compiled, every_exercise, judged, lesson, without_ban

NAMED_TOGETHER = 0.95  # of all known mistakes in values, where nothing is refused yet


def refusing_nothing(function, exercise):
    """The program, with a number where it is to refuse."""
    refused = [case.arguments for case in exercise.cases if case.raises]

    def lets(*arguments):
        if any(same_bits(arguments, due) for due in refused):
            return np.zeros(3)
        return function(*arguments)

    return lets


def test_a_mistake_in_the_values_and_what_is_not_refused_are_both_named():
    tried, missed = 0, []
    for folder, name in (param.values[0] for param in every_exercise()):
        exercise = lesson(folder)[name]
        if exercise.kind != "function" or not any(case.raises for case in exercise.cases):
            continue
        cases = without_ban(compiled(folder, name))
        for own, mistake in zip(cases.misconceptions, exercise.misconceptions, strict=True):
            if "values" not in own:
                continue
            tried += 1
            answer = refusing_nothing(mistake.function, exercise)
            hint = judge(cases, Local({name: answer}, name), race=False).hint
            if mistake.hint not in hint or "refused yet" not in hint.replace(mistake.hint, ""):
                missed.append(f"{name}, {mistake.name}: {hint}")
    assert tried > 200
    assert len(missed) <= (1 - NAMED_TOGETHER) * tried, "\n".join(missed)


@pytest.fixture
def sums():
    """Sums of rows, with and without a weight: an exercise with two aspects and two mistakes."""
    sums = Exercise(
        name="sums",
        points={"plain": 1, "weighted": 1, "errors": 1},
        says={"plain": "plain sums", "weighted": "weighted sums", "errors": "empty tables"},
    )

    @sums.right
    def right(table, weight=None):
        if np.size(table) == 0:
            raise ValueError("an empty table")
        return np.sum(table, axis=1) * (1 if weight is None else weight)

    table = np.arange(12.0).reshape(4, 3) ** 2
    sums.shows("plain", (table,), (table + 1,))
    sums.shows("weighted", (table, 3.0), (table, 0.5))
    sums.refuses("an empty table", (np.zeros((0, 3)),))
    sums.refuses("a table without columns", (np.zeros((3, 0)),))
    sums.wrong("mean", "That is the mean of each row.")(
        lambda table, weight=None: np.mean(table, axis=1) * (1 if weight is None else weight)
    )
    sums.wrong("columns", "That adds up the columns.")(
        lambda table, weight=None: np.sum(table, axis=0) * (1 if weight is None else weight)
    )
    return sums


def refusing(function):
    def answer(table, weight=None):
        if np.size(table) == 0:
            raise ValueError
        return function(table, weight)

    return answer


def mean_or_columns(table, weight=None):
    """One known mistake in the plain sums, another in the weighted ones."""
    return np.mean(table, axis=1) if weight is None else np.sum(table, axis=0) * weight


def test_two_mistakes_in_two_aspects_are_both_named(sums):
    verdict = judged(sums, refusing(mean_or_columns))
    assert verdict.hint == "That is the mean of each row. That adds up the columns."
    assert (verdict.misconception, verdict.found, verdict.points) == ("mean", "known", 1)


def test_a_mistake_in_one_aspect_is_named_and_nothing_of_the_right_one(sums):
    def weighted(table, weight=None):
        return np.sum(table, axis=1) if weight is None else np.sum(table, axis=0) * weight

    verdict = judged(sums, refusing(weighted))
    assert verdict.hint == "That adds up the columns."
    assert verdict.aspects["plain"] == (2, 2)
    assert "weight" in verdict.call or "3" in verdict.call  # the case of that aspect is quoted


def test_a_mistake_is_not_named_for_an_aspect_in_which_it_does_what_is_right(sums):
    """Another dtype is wrong in the aspect that asks for it, where the mistake has all right."""
    sums.asks = {"weighted": "dtype"}
    sums.wrong("no weight refused", "It stops where there is no weight.")(
        lambda table, weight=None: np.sum(table, axis=1) * weight
    )

    def narrow(table, weight=None):
        return (np.sum(table, axis=1) * (1 if weight is None else weight)).astype(np.float32)

    verdict = judged(sums, refusing(narrow))
    assert (verdict.misconception, verdict.found) == (None, "dtype")


def test_there_are_no_more_than_two_sentences_of_diagnosis(sums):
    hint = judged(sums, mean_or_columns).hint
    assert hint.startswith("That is the mean of each row. And an empty table and a table without")
    assert "columns." not in hint.split(" And ")[0]


def test_right_values_and_no_refusals_are_said_in_one_sentence(sums):
    verdict = judged(sums, lambda t, w=None: np.sum(t, axis=1) * (1 if w is None else w))
    assert verdict.hint.startswith(
        "The results are right, but an empty table and a table without columns are not refused "
        "yet: raise a ValueError, as for `sums("
    )
    assert (verdict.found, verdict.misconception) == ("refusals", None)


def test_one_wrong_number_that_agrees_by_accident_is_no_known_mistake(area):
    """The perimeter and 7 + 7 are both 14."""
    hint = judged(area, lambda height, width: 14 if height == 2 else height * width).hint
    assert "the way around" not in hint


def test_an_error_that_stops_every_call_is_not_said_to_refuse_nothing(area):
    hint = judged(area, lambda height, width: [height, width][2]).hint
    assert "An index is past the end" in hint
    assert "refused" not in hint


def test_after_an_error_what_is_not_refused_is_said_in_a_sentence_of_its_own(area):
    def stops(height, width):
        sides = [height, width]
        return sides[2] if height > 0 else 0

    assert ". And a side below 0 is not refused yet" in judged(area, stops).hint


def test_a_refusal_whose_message_lacks_something_is_not_said_to_be_missing(area):
    area.refuses("a width below 0", (1, -4), says=4)

    def silent(height, width):
        if height < 0 or width < 0:
            raise ValueError
        return 2 * (height + width)

    area.answer = lambda height, width: height * width if min(height, width) >= 0 else fail(width)
    assert judged(area, silent).hint == "That is the way around it."


def fail(width):
    raise ValueError(f"negative: {abs(width)}")


def test_what_fails_in_hidden_cases_alone_is_told_as_such(area):
    def small(height, width):
        if height < 0:
            raise ValueError
        return min(height * width, 50)

    verdict = judged(area, small, seed=3)
    assert verdict.found == "hidden"
    assert "refused" not in verdict.hint


def test_a_mistake_that_is_known_by_its_error_alone_is_known_by_what_the_error_says(area):
    @area.wrong("index", hint="There are two sides only.")
    def index(height, width):
        return [height, width][2]

    assert judged(area, lambda height, width: [height, width][5]).misconception == "index"
    others = (lambda height, width: (height, width)[2], lambda height, width: np.ones(2)[height])
    for other in others:
        verdict = judged(area, other)
        assert verdict.misconception is None
        assert "index" in verdict.hint


def test_crashes_of_a_single_aspect_are_no_sign_of_a_mistake(sums):
    @sums.wrong("stops where there is a weight", hint="A weight is no row.")
    def stops(table, weight=None):
        return np.sum(table, axis=1) if weight is None else np.zeros(2)[weight]

    def other(table, weight=None):
        if np.size(table) == 0:
            raise ValueError
        return np.sum(table, axis=0) if weight is None else table[len(table)]

    assert "A weight is no row." not in judged(sums, other).hint


def test_one_thing_and_several_that_are_not_refused_take_their_own_verb(area):
    hint = judged(area, lambda h, w: 3 * h * w).hint
    assert "And a side below 0 is not refused yet" in hint
    for case in range(len(area.cases)):
        area.cases[case] = replace(area.cases[case], refused="sides below 0")
    assert "sides below 0 are not refused yet" in judged(area, lambda h, w: 3 * h * w).hint


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("huge", [1e305, 1.7e308, np.inf, np.nan])
def test_of_huge_numbers_nothing_is_warned(huge, sums):
    for function in (lambda *given: np.full(4, huge), lambda *given: np.array([1, huge, -huge])):
        assert judged(sums, function).status == "wrong"
