"""The ladder answers each wrong answer with the rung on which it fails."""

import warnings

import numpy as np
import pytest

from convolab.check.answer import Local
from convolab.check.cases import from_json
from convolab.check.ladder import judge
from convolab.exercises import Exercise
from convolab.exercises.by_hand_toml import load_by_hand
from convolab.exercises.compile import compile_exercise
from tests.check.course import judged


def test_a_name_that_is_not_defined_is_missing(area):
    verdict = judge(from_json(compile_exercise(area)), Local({}, "area"))
    assert verdict.status == "missing"
    assert "no function called area yet" in verdict.hint


def test_an_untouched_stub_is_still_the_stub(area):
    def stub(height, width):
        raise NotImplementedError

    verdict = judged(area, stub)
    assert verdict.status == "missing"
    assert "still the stub" in verdict.hint


def test_three_dots_in_the_middle_are_still_the_stub(area):
    def stub(height, width):
        factor = ...
        return height * width * factor

    assert "still the stub" in judged(area, stub).hint


def test_something_else_under_the_name_is_said(area):
    assert "a number, not a function" in judged(area, 3).hint


def test_a_changed_signature_is_said_with_the_call(area):
    verdict = judged(area, lambda height: height)
    assert verdict.status == "error"
    assert "`area(2, 5)`" in verdict.hint


def test_a_forgotten_return_is_said(area):
    def silent(height, width):
        if height < 0:
            raise ValueError
        print(height * width)

    verdict = judged(area, silent)
    assert "return missing" in verdict.hint
    assert "only shows a value" in verdict.hint


def test_an_error_names_the_line_that_raised_it(area):
    def broken(height, width):
        sides = [height, width]
        return sides[2]

    verdict = judged(area, broken)
    assert verdict.status == "error"
    assert "past the end of `sides`: it has 2 entries" in verdict.hint
    assert "return sides[2]" in verdict.hint


def test_a_missing_error_is_said(area):
    verdict = judged(area, lambda height, width: height * width)
    assert verdict.status == "partial"
    assert verdict.points == 1.5
    assert "should raise ValueError" in verdict.hint


def test_another_error_than_the_due_one_is_said(area):
    def refuses(height, width):
        if height < 0:
            raise KeyError(height)
        return height * width

    assert "it raises KeyError" in judged(area, refuses).hint


def test_a_subclass_of_the_due_error_is_accepted(area):
    class Negative(ValueError):
        pass

    def refuses(height, width):
        if height < 0:
            raise Negative
        return height * width

    assert judged(area, refuses).status == "correct"


def test_a_misconception_comes_before_the_symptoms(area):
    verdict = judged(area, lambda height, width: 2 * (height + width))
    assert verdict.misconception == "perimeter"
    assert verdict.hint == "That is the way around it."


def test_what_only_resembles_a_misconception_is_not_named(area):
    verdict = judged(area, lambda height, width: 2 * (height + width) + (height == 3))
    assert verdict.misconception is None


def test_the_wrong_kind_is_said(area):
    def kind(height, width):
        if height < 0:
            raise ValueError
        return f"{height * width}"

    assert "Your number is right, but it is a string" in judged(area, kind).hint


def test_a_function_that_fails_only_hidden_cases_shows_none_of_their_numbers(area):
    def small_only(height, width):
        if height < 0:
            raise ValueError
        return min(height * width, 50)

    verdict = judged(area, small_only, seed=3)
    assert verdict.status == "partial"
    assert "All the cases you can see are right" in verdict.hint
    assert verdict.difference is None
    assert verdict.call == ""


def test_prints_and_warnings_cost_nothing(area, capsys):
    def loud(height, width):
        print("working")
        warnings.warn("careful", stacklevel=1)
        if height < 0:
            raise ValueError
        return height * width

    verdict = judged(area, loud)
    assert verdict.status == "correct"
    assert capsys.readouterr() == ("", "")


def test_leaving_the_program_does_not_end_the_check(area):
    verdict = judged(area, lambda height, width: exit())
    assert verdict.status == "error"
    assert "It ends Python, with `exit` or `sys.exit`" in verdict.hint


def test_an_interrupted_endless_loop_is_answered_with_a_sentence(area):
    def endless(height, width):
        raise KeyboardInterrupt

    verdict = judged(area, endless)
    assert verdict.status == "timeout"
    assert "is there a loop that never ends" in verdict.hint


def of_numbers(name, **more):
    """An exercise of one aspect, "answer"."""
    return Exercise(name=name, points={"answer": 1}, says={"answer": "the answer"}, **more)


def of_toml(folder, text):
    """The by-hand answer that is written in a file of its own."""
    (folder / "by_hand.toml").write_text(text, encoding="utf-8")
    ((name, exercise),) = load_by_hand(folder / "by_hand.toml").items()
    exercise.name = name
    return exercise


@pytest.fixture
def column():
    """An exercise on arrays: the cumulative sum, as floats."""
    column = of_numbers("column", ready_made=("relu",))
    column.right(lambda values: np.cumsum(values) / 2)
    column.shows("answer", np.array([1, 2, 3, 4]))
    column.shows("answer", np.array([[2, 0], [1, 1]])[0])
    return column


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (lambda v: list(np.cumsum(v) / 2), "in a list and not in an array"),
        (lambda v: (np.cumsum(v) / 2)[:-1], "The last place is missing"),
        (lambda v: np.append(np.cumsum(v) / 2, 0), "one place at the end too many"),
        (lambda v: np.cumsum(v)[None] / 2, "an extra axis of length 1"),
        (lambda v: np.cumsum(v) / 0.0, "Every number of your result is inf"),
        (lambda v: np.cumsum(v), "Every number is twice what it should be"),
        (lambda v: {"sums": v[0]}, "should give an array of shape (4,), yours gives a dictionary"),
        (lambda v: np.sqrt(v + 7.0)[:3], "one too few"),
        (lambda v: np.sqrt(v + 7.0), "the wrong numbers"),
    ],
)
def test_arrays_are_told_by_kind_shape_and_numbers(column, function, says):
    assert says in judged(column, function).hint


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.longdouble])
def test_any_float_type_is_right(column, dtype):
    assert judged(column, lambda v: (np.cumsum(v) / 2).astype(dtype)).status == "correct"


def test_a_changed_argument_is_said(column):
    def changes(values):
        result = np.cumsum(values) / 2
        values[0] = 99
        return result

    assert "changes its argument" in judged(column, changes).hint


def test_a_result_that_is_a_view_of_the_argument_is_right():
    tail = of_numbers("tail")
    tail.right(lambda values: values[1:].copy())
    tail.shows("answer", np.array([4, 5, 6]))
    assert judged(tail, lambda values: values[1:]).status == "correct"


def test_further_optional_arguments_are_welcome(area):
    def more(height, width, unit="cm"):
        if height < 0:
            raise ValueError
        return height * width

    assert judged(area, more).status == "correct"


@pytest.fixture
def letter(tmp_path):
    return of_toml(
        tmp_path,
        '[letter]\nright = "b"\n'
        'wrong."first" = { gives = "a", hint = "Not the first one, look again." }\n',
    )


def test_a_choice_is_read_without_regard_to_case_and_blanks(letter):
    assert judged(letter, " B ").status == "correct"


def test_a_wrong_choice_is_answered_with_its_belief(letter):
    assert judged(letter, "a").hint == "Not the first one, look again."
    assert "Go back one step" in judged(letter, "d").hint


@pytest.mark.parametrize("given", [..., [..., 2], [1, ...]])
def test_dots_in_a_by_hand_answer_are_still_the_stub(letter, given):
    assert "still the stub" in judged(letter, given).hint


@pytest.fixture
def by_hand(tmp_path):
    return of_toml(tmp_path, "[by_hand]\nright = [1.5, 2.5, 3.5]\ntolerance = 0.01\n")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ([1.5, 2.0, 3.5], "your second number"),
        ([1.5, 2.0, 3.0], "your second and third number"),
        ([1.0, 2.0, 3.0], "None of your 3 numbers is right yet."),
        ([1.5], "should be 3 numbers in a row; it is 1 number in a row"),
        ([[1.5], [2.5], [3.5]], "it is a table of 3 × 1"),
        ([1.5, None, 3.5], "should be a list or an array of 3 numbers"),
        (["1.5", "2.5", "3.5"], "Leave out the quotation marks"),
        (1.5, "should be a list or an array of 3 numbers; it is a number"),
        (None, "is None"),
        ([1.5, [2, 3], 3.5], "should be a list or an array of 3 numbers"),
    ],
)
def test_a_by_hand_answer_is_told_what_is_wrong_and_not_the_number(by_hand, typed, says):
    hint = judged(by_hand, typed).hint
    assert says in hint
    assert "2.5" not in hint


@pytest.mark.parametrize(
    ("right", "typed", "says"),
    [
        ([4], [5], "Go back one step in the text and try again."),
        ([4, 5], [5, 4], "Neither of your 2 numbers is right yet."),
        ([4, 5], [4, 4], "All are right except your second number"),
        ([[4, 5], [6, 7]], [[0, 0], [0, 0]], "None of your 4 numbers is right yet."),
        (list(range(1, 12)), [0] * 11, "None of your 11 numbers is right yet."),
        (
            list(range(12)),
            [0] * 12,
            "11 of your 12 numbers are not right yet; start at the second.",
        ),
        (list(range(23)), [*range(20), 0, 0, 22], "Look at your 21st and 22nd number again."),
    ],
)
def test_how_many_numbers_are_wrong_is_said_as_one_says_it(tmp_path, right, typed, says):
    assert judged(of_toml(tmp_path, f"[by_hand]\nright = {right}\n"), typed).hint.startswith(says)


@pytest.mark.parametrize("typed", [(1.501, 2.5, 3.5), np.array([1.5, 2.5, 3.5]), [1.5, 5 / 2, 3.5]])
def test_a_by_hand_answer_may_be_typed_in_any_form(by_hand, typed):
    assert judged(by_hand, typed).status == "correct"


def test_a_letter_may_carry_brackets_and_a_full_stop(letter):
    for typed in ("(b)", "b)", "B.", " b "):
        assert judged(letter, typed).status == "correct"
    assert "in quotation marks" in judged(letter, [1, 2]).hint


def test_an_exercise_that_needs_an_unwritten_one_says_which(area):
    def side():
        raise NotImplementedError

    def needs_it(height, width):
        return side() * height

    assert "calls side, which is still the stub" in judged(area, needs_it).hint


@pytest.fixture
def pair():
    """An exercise whose answer is a tuple of an array and a dictionary."""
    pair = of_numbers("pair")
    pair.right(lambda n: (np.arange(float(n)), {"n": n, "half": n / 2}))
    pair.shows("answer", 3, 4)
    return pair


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (lambda n: np.arange(n + 0.5), "should give a tuple of 2"),
        (lambda n: (np.arange(float(n)),), "You return 1 value where 2 are expected"),
        (lambda n: (np.arange(float(n)), {"n": n}), "`half` is missing from your dictionary"),
        (lambda n: (np.arange(float(n)), n**3), "The second value is wrong"),
        (lambda n: (np.arange(float(n)), {"n": n, "half": n}), "you return `n` unchanged"),
    ],
)
def test_tuples_and_dictionaries_are_compared_item_by_item(pair, function, says):
    assert says in judged(pair, function).hint


class Awkward(Exception):
    def __str__(self):
        raise RuntimeError

    def __repr__(self):
        raise RuntimeError


def test_nothing_that_an_answer_gives_or_raises_breaks_the_check(area):
    def raises(height, width):
        raise Awkward

    for odd in (Awkward(), object(), lambda: 0, type, b"x", {1}, [[1], [2, 3]], np.array("a")):
        assert judged(area, lambda height, width, odd=odd: odd).status == "wrong"
    assert judged(area, raises).status == "error"


@pytest.mark.parametrize("returned", [ValueError, ValueError("negative")])
def test_an_exception_that_is_returned_is_told_from_one_that_is_raised(area, returned):
    verdict = judged(area, lambda height, width: returned if height < 0 else height * width)
    assert "it returns an exception, which should be raised with raise" in verdict.hint


def test_a_letter_that_nobody_offered_is_answered_with_those_to_choose_from(tmp_path):
    choice = of_toml(
        tmp_path,
        '[choice]\nright = "b"\n'
        'wrong."first" = { gives = "a", hint = "Not the first one." }\n'
        'wrong."last" = { gives = "c", hint = "Not the last one." }\n',
    )
    assert judged(choice, "e").hint == 'choice should be one of "a", "b" and "c".'
