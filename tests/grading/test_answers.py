"""Answers from a spec become text that stands on its own in a notebook cell."""

import textwrap

import numpy as np
import pytest
from convolab.check.spec import load_exercises

from convolab.grading.answers import NoSource, function_source, own_answers, uses, value_source

SPEC = '''
import math
import numpy as np
from convolab.check.spec import Exercise

FACTOR = 2

twice = Exercise("twice", points=1)

@twice.reference
def twice_reference(values):
    """Doubled."""
    return scaled(values, FACTOR)

def scaled(values, factor):
    # keeps its comment
    return factor * np.asarray(values)

four_times = Exercise("four_times", points=1)

@four_times.reference
def four_times_reference(values, depth=2):
    if depth == 0:
        return np.asarray(values)
    return twice(four_times_reference(values, depth - 1))

@four_times.variant("made by a function")
def four_times_plain(values):
    return 4 * np.asarray(values)

def maker(factor):
    def made(values):
        return factor * values
    return made

four_times.variant("closure")(maker(4))
four_times.variant("lambda")(lambda values: 4 * values)
'''


@pytest.fixture
def exercises(tmp_path):
    path = tmp_path / "01_spec.py"
    path.write_text(textwrap.dedent(SPEC))
    return load_exercises(path)


def run(*sources):
    namespace = {}
    for source in sources:
        exec(source, namespace)
    return namespace


def test_a_function_brings_its_helpers_constants_and_imports(exercises):
    source = function_source("twice", exercises["twice"].answer)
    assert source.startswith("import numpy as np\n")
    assert "# keeps its comment" in source
    assert "Exercise" not in source
    assert run(source)["twice"]([1, 2]).tolist() == [2, 4]


def test_another_exercise_stays_a_name_for_what_the_same_student_wrote(exercises):
    source = function_source("four_times", exercises["four_times"].answer)
    assert "twice_reference" not in source
    assert run("def twice(x):\n    return x + 1", source)["four_times"]([5]).tolist() == [7]


def test_a_function_that_calls_itself_is_renamed_throughout(exercises):
    assert "four_times_reference" not in function_source(
        "four_times", exercises["four_times"].answer
    )


@pytest.mark.parametrize("which", [1, 2])
def test_what_has_no_text_of_its_own_is_refused(exercises, which):
    with pytest.raises(NoSource):
        function_source("four_times", exercises["four_times"].variants[which].function)


def test_a_value_is_written_as_an_assignment():
    assert value_source("by_hand", [1 / 3]) == "by_hand = [0.3333333333333333]"
    assert value_source("by_hand", np.array([1, 2])) == "by_hand = [1, 2]"


def test_what_an_answer_uses_is_seen(exercises):
    source = function_source("four_times", exercises["four_times"].answer)
    assert uses(source, {"twice"})
    assert not uses(source, {"four_times", "other"})


def test_the_teachers_own_answers_come_without_the_marks():
    from tests.grading.small_course import master

    own = own_answers(master())
    assert list(own) == ["twice", "by_hand", "total"]
    assert "SOLUTION" not in "".join(own.values())
    assert run(own["twice"])["twice"]([1]) == [2]
