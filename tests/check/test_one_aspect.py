"""What is wrong in one case costs that case's aspect, whatever else is measured."""

import re

import numpy as np
import pytest

from convolab.check import learning, sentences
from convolab.check.answer import LONGEST, Local
from convolab.check.cases import from_json, load
from convolab.check.ladder import judge
from convolab.exercises.compile import compile_exercise
from tests.check.course import judged
from tests.check.test_odd_returns import Right


class Fast(Right):
    """Right in its cases, but for the first, and on the long input of a race."""

    def __call__(self, *arguments):
        if self._place + 1 < len(self._due):
            return super().__call__(*arguments)
        return np.convolve(*arguments, "valid")


class Racer(Local):
    def times_as_fast(self, arguments, steps):
        return 99.0


def test_a_fast_answer_that_is_odd_in_one_case_is_fast_all_the_same():
    cases = load("convolve_1d_fast")
    answer = Racer({cases.name: Fast(cases, lambda: "?", [0])}, cases.name)
    verdict = judge(cases, answer)
    lost = [name for name, (right, of) in verdict.aspects.items() if right < of]
    assert lost == [cases.cases[0]["aspect"]]
    assert 0 < verdict.points < cases.points
    assert "yours gives a string" in verdict.hint


def test_a_network_that_is_odd_in_one_case_may_learn_all_the_same(monkeypatch):
    cases = load("train")
    monkeypatch.setattr(learning, "judge", lambda answer, wanted: ("", "It reads."))
    verdict = judge(cases, Local({"train": Right(cases, lambda: "?", [0])}, "train"))
    won = {name for name, (right, of) in verdict.aspects.items() if right == of}
    assert {wanted["aspect"] for wanted in cases.learns} <= won
    assert won < set(cases.aspects)


def test_an_answer_that_is_wrong_everywhere_is_neither_raced_nor_trained(monkeypatch):
    cases = load("convolve_1d_fast")
    monkeypatch.setattr(Racer, "times_as_fast", None)
    verdict = judge(cases, Racer({cases.name: lambda f, g: "?"}, cases.name))
    assert verdict.points == 0


def test_a_part_that_is_not_implemented_yet_costs_itself(area):
    def half(height, width):
        if height == 2:
            raise NotImplementedError("two comes later")
        if height < 0 or width < 0:
            raise ValueError
        return height * width

    verdict = judged(area, half)
    assert (verdict.status, verdict.points) == ("partial", 1.5)
    assert "still the stub" in verdict.hint


def test_a_refusal_that_is_not_implemented_costs_itself(area):
    def half(height, width):
        if height < 0:
            raise NotImplementedError
        return height * width

    verdict = judged(area, half)
    assert (verdict.status, verdict.points) == ("partial", 1.5)
    assert "it raises NotImplementedError" in verdict.hint


@pytest.mark.parametrize(
    ("error", "status"), [(MemoryError, "memory"), (KeyboardInterrupt, "timeout")]
)
def test_what_stops_it_in_one_case_costs_that_alone(area, error, status):
    def refuses(height, width):
        if height < 0:
            raise error
        return height * width

    def never(height, width):
        raise error

    verdict = judged(area, refuses)
    assert (verdict.status, verdict.points) == ("partial", 1.5)
    assert f"it raises {error.__name__}" in verdict.hint
    assert judged(area, never).status == status


def test_a_person_who_stops_it_stops_all_of_it(area):
    import signal

    turns = []

    def endless(height, width):
        turns.append(1)
        signal.raise_signal(signal.SIGINT)

    verdict = judged(area, endless)
    assert (verdict.status, len(turns)) == ("timeout", 1)
    assert verdict.hint == sentences.endless(from_json(compile_exercise(area)))


def test_a_long_message_is_cut_in_its_middle_between_two_words(area):
    def fails(height, width):
        raise TypeError("size 2 is different from 3 " * 40)

    hint = judged(area, fails).hint
    assert len(hint) < LONGEST + 150
    assert re.search(r"\(“size 2 is different from 3 .* …”\)", hint)


def test_numpys_longest_usual_message_is_explained(area):
    hint = judged(area, lambda height, width: np.ones((2, 2)) @ np.ones((3, 2))).hint
    assert "here 2 columns meet 3 rows" in hint


@pytest.mark.parametrize("said", ["", "\n", " \n\t\n"])
def test_an_error_without_a_message_leaves_no_gap(area, said):
    def fails(height, width):
        raise TypeError(said)

    hint = judged(area, fails).hint
    assert "it raises TypeError. Look at the condition before the line `raise TypeErr" in hint


class Silent:
    def __repr__(self):
        raise RuntimeError


SILENT, LARGE = Silent(), np.ones(10**6)


def test_the_first_line_is_quoted_in_few_words_whatever_its_defaults_are(area):
    def other(height, *, unit=SILENT, scale=LARGE, name: SILENT = "cm"):
        return height

    hint = judged(area, other).hint
    assert "it is defined as `area(height, *, unit=a Silent, scale=[1, 1," in hint
    assert "name='cm')`" in hint
    assert len(hint) < 300
