"""What an aspect asks of a value beside its numbers, and of an error's message."""

import numpy as np
import pytest

from convolab.check.answer import mentions
from convolab.check.compare import is_whole
from convolab.exercises import Exercise
from convolab.exercises.compile import compile_exercise
from convolab.problem import Problem
from tests.check.course import judged


@pytest.fixture
def share() -> Exercise:
    """How many each of them gets; what is left over is refused and named."""
    share = Exercise(
        name="share",
        points={"even": 1, "errors": 1},
        says={"even": "even", "errors": "left over"},
        asks={"even": "whole", "errors": "whole"},
    )

    @share.right
    def right(things, people):
        if left := things % people:
            raise ValueError(f"{left} would be left over")
        return things // people

    share.shows("even", (6, 2), (12, 3))
    share.shows("errors", (4, 4))
    share.refuses("what does not come out even", (11, 4), says=3)

    @share.hidden
    def more(rng):
        yield "errors", (7 * int(rng.integers(2, 9)) + 5, 7), ValueError, 5

    return share


def says(text):
    def answer(things, people):
        if things % people:
            raise ValueError(text.format(left=things % people, people=people))
        return things // people

    return answer


def test_a_message_that_names_the_number_is_right(share):
    assert judged(share, says("there are {left} too many for {people}"), seed=1).status == "correct"


@pytest.mark.parametrize("text", ["", "not even", "13 or 0.3 or 3.5 or x3", "{people}"])
def test_a_message_without_the_number_costs_its_aspect_alone(share, text):
    verdict = judged(share, says(text))
    assert (verdict.status, verdict.points) == ("partial", 1.0)
    assert "raises ValueError, as it should. Its message should name 3" in verdict.hint
    assert (text.format(people=4) or "yours is empty") in verdict.hint


def test_a_message_that_knows_the_visible_numbers_alone_fails_the_hidden_ones(share):
    verdict = judged(share, says("3 would be left over"), seed=1)
    assert verdict.aspects["errors"] == (2, 3)


@pytest.mark.parametrize("kind", [float, np.float64, np.float32])
def test_a_float_where_an_int_is_asked_for_is_said(share, kind):
    right = says("{left} left over")
    verdict = judged(share, lambda things, people: kind(right(things, people)))
    assert verdict.points == 0
    assert "the right number, but as a float" in verdict.hint


@pytest.mark.parametrize("kind", [int, np.int64, np.uint8, np.asarray])
def test_any_kind_of_int_will_do(share, kind):
    right = says("{left} left over")
    assert judged(share, lambda things, people: kind(right(things, people))).status == "correct"


def test_whole_looks_into_tuples_and_lists():
    assert is_whole([(6, np.int32(5), 4), (120,)])
    assert not is_whole([(6, 5.0, 4), (120,)])
    assert not is_whole(True)


def test_a_word_is_named_only_by_itself():
    assert mentions("layer 2: too large", "2")
    assert mentions("at layer 2.", "2")
    assert not mentions("layer 12, or 2.5, or 0.2", "2")


def test_a_reference_that_does_not_do_what_its_spec_asks_is_a_problem():
    broken = Exercise(name="half", says={"answer": "a half"}, asks={"answer": "whole"})
    broken.answer = lambda number: number / 2
    broken.shows("answer", 4)
    with pytest.raises(Problem, match="which is not an int"):
        compile_exercise(broken)
    silent = Exercise(name="half", says={"answer": "a half"})

    @silent.right
    def refuses(number):
        raise ValueError("no")

    silent.refuses("an odd number", 3, aspect="answer", says=3)
    with pytest.raises(Problem, match="without 3"):
        compile_exercise(silent)


def test_an_aspect_can_ask_for_an_answer_whatever_it_is(area):
    """So that a wrong formula does not cost what is refused; no answer at all is none."""
    area.asks = {"errors": "answer"}
    one_side = judged(area, lambda height, width: area.answer(height, width) and height)
    assert (one_side.points, one_side.aspects["errors"]) == (1.5, (2, 2))
    nothing = judged(area, lambda height, width: area.answer(height, width) and None)
    assert nothing.points == 0
    assert judged(area, lambda height, width: height * width).points == 1.5


def test_a_misconception_that_only_an_answer_of_any_kind_tells_apart_is_named(area):
    area.asks = {"errors": "answer"}

    @area.wrong("forty squares", hint="…")
    def wrong(height, width):
        return area.answer(height, width) if (height, width) != (1, 4) else 40

    with pytest.raises(Problem, match="'forty squares' passes all visible cases"):
        compile_exercise(area)


@pytest.fixture
def negative() -> Exercise:
    """A picture's negative, which is a picture again."""
    negative = Exercise(
        name="negative",
        points={"all": 1, "kind": 1},
        says={"all": "pixels", "kind": "a picture"},
        asks={"kind": "dtype"},
    )
    negative.right(lambda image: 255 - image)
    negative.shows("all", np.array([1, 2, 255], dtype=np.uint8))
    negative.shows("kind", np.array([7, 8], dtype=np.uint8))
    return negative


@pytest.mark.parametrize("kind", [float, int, np.float32])
def test_another_dtype_costs_the_aspect_that_asks_for_it(negative, kind):
    verdict = judged(negative, lambda image: (255 - image).astype(kind))
    assert (verdict.points, verdict.aspects) == (1, {"all": (1, 1), "kind": (0, 1)})
    assert f"their dtype is {np.dtype(kind)}. It should be uint8" in verdict.hint
    assert judged(negative, lambda image: (255 - image)[:]).status == "correct"


def test_what_can_be_asked_is_checked(negative):
    negative.asks = {"kind": "colour"}
    with pytest.raises(Problem, match="`asks` names an aspect and one of whole, dtype, answer"):
        compile_exercise(negative)


def test_numpys_integers_are_shown_as_such_and_refusing_them_has_a_hint():
    mean = Exercise(name="mean", says={"answer": "one part"})

    @mean.right
    def right(size):
        return 1 / size

    mean.shows("answer", 4)
    mean.numpy_integers("answer", 5)

    def strict(size):
        if type(size) is not int:
            raise TypeError("no int")
        return 1 / size

    assert (
        "Your function refuses `mean(np.int64(5))`: it raises TypeError"
        in judged(mean, strict).hint
    )
    assert judged(mean, right).status == "correct"
