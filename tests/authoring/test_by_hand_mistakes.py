"""What an author gets wrong in by_hand.toml is one sentence with file and line."""

from pathlib import Path

import pytest

from tests.authoring.refused import FOLDER, assert_refused, refusal
from tests.authoring.small_course import edit, line_of


@pytest.fixture
def by_hand(course: Path) -> Path:
    return course / FOLDER / "by_hand.toml"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("right = 6", "rigth = 6", "there is no key 'rigth'; there are lists, praise, right"),
        ("right = 6", "tolerance = 1", "the key 'right' is missing."),
        ("right = 6", 'right = "6/0"', "'6/0' cannot be computed (division by zero)."),
        ("right = 6", "right = [[1, 2], [3]]", "have different lengths."),
    ],
)
def test_a_by_hand_answer_with_a_wrong_key_or_value(by_hand, old, new, says):
    edit(by_hand, old, new)
    assert_refused(by_hand, line_of(by_hand, "[by_hand_six]"), says)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("gives = 9", "give = 9", "there is no key 'give'; there are gives, hint."),
        (', hint = "Nine is three times three."', "", "the key 'hint' is missing."),
        ("gives = 9", "gives = 6", "the mistake 'squared' passes all visible cases"),
        ('wrong."squared" =', "wrong.squared=", None),
        ("{ gives", "gives", "this is not valid TOML: "),
    ],
)
def test_a_wrong_answer_by_hand_that_is_none(by_hand, old, new, says):
    edit(by_hand, old, new)
    if says is None:  # the same in another spelling, with another mistake
        edit(by_hand, "gives = 9", "gives = 6")
        says = "'squared' passes"
    assert_refused(by_hand, line_of(by_hand, "wrong."), says)


def test_a_by_hand_answer_that_is_a_function_as_well(by_hand):
    edit(by_hand, "by_hand_six", "twice")
    problem = refusal(by_hand.parents[3])
    assert problem == f"{FOLDER}/by_hand.toml:3: twice is also an exercise in twice.py."


def test_a_file_of_by_hand_answers_in_another_encoding(by_hand):
    by_hand.write_bytes(b"# One\n# na\xefve\n")
    assert_refused(by_hand, 2, "a character is not UTF-8")
