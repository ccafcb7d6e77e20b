"""Answers from a spec become text that stands on its own in a notebook cell."""

import textwrap

import numpy as np
import pytest

from convolab.exercises.load import load_exercises
from convolab.grading.demo.answers import NoSource, function_source, own_answers, uses, value_source

FILES = {
    "twice.py": '''
        import math
        import numpy as np
        from convolab.exercises import Exercise
        from .shared import scaled

        FACTOR = 2

        exercise = Exercise(points={"numbers": 1})

        @exercise.right
        def twice(values):
            """Doubled."""
            return scaled(values, FACTOR)

        exercise.slip("adds", "scaled(values, FACTOR)", "scaled(values, 1) + FACTOR", "Added.")

        @exercise.wrong("one more", "One more.")
        def one_more(values):
            return twice(values) + 1

        @exercise.wrong("one more, by a helper", "One more.")
        def helped(values):
            return increased(values)

        def increased(values):
            return twice(values) + 1
    ''',
    "four_times.py": """
        import numpy as np
        from convolab.exercises import Exercise
        from .twice import twice

        exercise = Exercise(points={"numbers": 1})

        @exercise.right
        def four_times(values, depth=2):
            if depth == 0:
                return np.asarray(values)
            return twice(four_times(values, depth - 1))

        @exercise.variant("made in one go")
        def four_times_plain(values):
            return 4 * np.asarray(values)

        def maker(factor):
            def made(values):
                return factor * values
            return made

        exercise.variant("closure")(maker(4))
        exercise.variant("lambda")(lambda values: 4 * values)
        exercise.also("the other way round", "4 * np.asarray(values)", "np.asarray(values) * 4",
                      of="made in one go")
        exercise.slip("once", "twice(four", "(four", "Doubled nowhere.")
        exercise.knob("three times", lambda values, by: by * np.asarray(values), "By 3.", by=3)
    """,
    "shared.py": """
        import numpy as np

        def scaled(values, factor):
            # keeps its comment
            return factor * np.asarray(values)
    """,
}


@pytest.fixture
def exercises(tmp_path):
    folder = tmp_path / "01_lesson"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(textwrap.dedent(text))
    return load_exercises(folder)


def mistake(exercises, name, called):
    [found] = [wrong for wrong in exercises[name].misconceptions if wrong.name == called]
    return found.function


def variant(exercises, called):
    [found] = [one for one in exercises["four_times"].variants if one.name == called]
    return found.function


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


def test_a_slip_has_the_text_that_it_makes(exercises):
    source = function_source("twice", mistake(exercises, "twice", "adds"))
    assert run(source)["twice"]([1, 5]).tolist() == [3, 7]
    again = function_source("four_times", variant(exercises, "the other way round"))
    assert run(again)["four_times"]([1, 5]).tolist() == [4, 20]


@pytest.mark.parametrize("called", ["one more", "one more, by a helper"])
def test_the_right_program_of_the_same_exercise_comes_along_under_another_name(exercises, called):
    source = function_source("twice", mistake(exercises, "twice", called))
    assert "right_twice" in source
    assert run(source)["twice"]([1, 5]).tolist() == [3, 11]


def test_another_exercise_stays_a_name_for_what_the_same_student_wrote(exercises):
    source = function_source("four_times", exercises["four_times"].answer)
    assert "scaled" not in source
    assert run("def twice(x):\n    return x + 1", source)["four_times"]([5]).tolist() == [7]


def test_a_function_that_calls_itself_keeps_doing_so(exercises):
    source = function_source("four_times", exercises["four_times"].answer)
    assert "right_four_times" not in source
    assert run("def twice(x):\n    return 3 * x", source)["four_times"]([5]).tolist() == [45]


def test_a_slip_in_a_function_that_calls_itself_does_what_it_does_to_the_checker(exercises):
    once = mistake(exercises, "four_times", "once")
    source = function_source("four_times", once)
    assert run("def twice(x):\n    return 2 * x", source)["four_times"]([5]).tolist() == [10]
    assert once([5]).tolist() == [10]


@pytest.mark.parametrize("called", ["closure", "lambda"])
def test_what_has_no_text_of_its_own_is_refused(exercises, called):
    with pytest.raises(NoSource):
        function_source("four_times", variant(exercises, called))


def test_a_knob_has_no_text_of_its_own(exercises):
    with pytest.raises(NoSource):
        function_source("four_times", mistake(exercises, "four_times", "three times"))


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
