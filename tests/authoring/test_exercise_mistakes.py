"""What an author gets wrong in programs and mistakes is one sentence with file and line."""

import pytest

from tests.authoring.refused import FOLDER, assert_refused, refusal
from tests.authoring.small_course import TWICE, edit, line_of

SHOWS = 'exercise.shows("answer", [1, 2, 3])\n'
SLIP = TWICE[TWICE.index("exercise.slip") :]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"2 * value"', '"3 * value"', "'3 * value' is not found in twice (line 9): copy it from"),
        ('"2 * value"', '"value"', "'value' is found 4 times in twice (line 9): include some"),
        ('"value**2"', '"value**"', "twice is not valid Python: invalid syntax."),
        ('"value**2"', '"value + value"', "the mistake 'squared' passes all visible cases"),
        ('"value**2"', '"factor * value"', "'squared' stops with NameError: does it use a name"),
        ('"value**2"', '"2 * value"', "This slip changes nothing: '2 * value' becomes the same"),
        ('"value**2",', '"value**2", of="loop",', "no variant 'loop' above this slip; there are"),
        ("slip(", "slop(", "AttributeError: 'Exercise' object has no attribute 'slop'"),
    ],
)
def test_a_slip_that_is_none(twice, old, new, says):
    edit(twice, old, new)
    assert_refused(twice, line_of(twice, "exercise.sl"), says)


def test_two_mistakes_that_no_case_tells_apart(twice):
    twice.write_text(
        TWICE + '\nexercise.slip("power", "2 * value", "pow(value, 2)", hint="Again.")\n'
    )
    first = line_of(twice, '"squared"')
    says = f"'power' and 'squared' (line {first}) are not told apart by the visible cases; add one"
    assert_refused(twice, line_of(twice, '"power"'), says)


def test_two_mistakes_of_one_name(twice):
    twice.write_text(TWICE + '\nexercise.slip("squared", "2 *", "3 *", hint="Three times.")\n')
    assert_refused(twice, line_of(twice, '"3 *"'), "two mistakes are called 'squared'.")


def test_a_written_out_mistake_is_found_where_it_is(twice):
    wrong = '\n@exercise.wrong("a typo", hint="No.")\ndef typo(values):\n    return valeus\n'
    twice.write_text(TWICE + wrong)
    assert_refused(twice, line_of(twice, '"a typo"'), "'a typo' stops with NameError")


@pytest.mark.parametrize("marked", ["", SLIP])
def test_an_exercise_without_a_right_answer(twice, marked):
    """With a slip there is nothing that it could be made in, which is said first."""
    edit(twice, "@exercise.right\n", "")
    edit(twice, SLIP, marked)
    line = line_of(twice, "exercise.slip" if marked else "exercise = ")
    says = "No right program is written out above" if marked else "there is no right answer"
    assert_refused(twice, line, says)


def test_a_variant_that_is_wrong(twice):
    twice.write_text(TWICE + '\nexercise.also("thrice", "2 *", "3 *")\n')
    assert_refused(
        twice, line_of(twice, '"thrice"'), "the variant 'thrice' is not right: for answer"
    )


def test_a_variant_that_stops_is_said_in_words(twice):
    twice.write_text(TWICE + '\nexercise.also("typo", "2 * value", "2 * valeu")\n')
    says = "[1, 2, 3]) it raises NameError; the right program gives [2, 4, 6]."
    assert_refused(twice, line_of(twice, '"typo"'), says.replace("])", "],)"))


@pytest.mark.parametrize("decorator", ["variant", "lazy"])
def test_a_decorator_without_a_name_drops_nothing(twice, decorator):
    marked = f"\n@exercise.{decorator}\ndef other(values):\n    return values\n"
    twice.write_text(TWICE + marked)
    says = f'Give it a name in quotes: write @exercise.{decorator}("…").'
    assert_refused(twice, line_of(twice, f"@exercise.{decorator}"), says)


def test_a_right_program_with_another_name_than_its_file(twice):
    edit(twice, "def twice(", "def double(")
    says = "the right program is called double; give it and its file the name"
    assert_refused(twice, line_of(twice, "@exercise.right"), says)


@pytest.mark.parametrize(
    ("imported", "says"),
    [
        ("from .shared import numbers", "there is no numbers in shared.py."),
        ("from . import twice_measure", "there is no file twice_measure.py in this folder."),
        ("from .numbers import some", "there is no file numbers.py in this folder."),
        ("from .shared import *; ask()", "NameError: name 'ask' is not defined."),
        ("from . import shared; shared.ask()", "AttributeError: module 'shared.py' has no"),
    ],
)
def test_what_a_file_imports_and_is_not_there(twice, imported, says):
    twice.with_name("shared.py").write_text('"""Helpers."""\n')
    twice.write_text(TWICE + f"\n{imported}\n")
    problem = refusal(twice.parents[3])
    assert problem.startswith(f"{FOLDER}/twice.py:{line_of(twice, imported)}: {says}")


def test_a_file_without_an_exercise(twice):
    twice.write_text('"""Nothing yet."""\n')
    assert_refused(twice, 1, "there is no exercise: start with `exercise = Exercise(…)`.")


def test_a_file_that_is_no_python(twice):
    edit(twice, SHOWS, "exercise.shows(\n")
    assert_refused(twice, line_of(twice, "exercise.shows("), "was never closed")
