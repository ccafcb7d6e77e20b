"""What an author gets wrong in cases, shown or hidden, is one sentence with file and line."""

import pytest

from convolab.exercises.compile import compile_exercise
from convolab.exercises.load import load_exercises
from convolab.problem import Problem
from tests.authoring.refused import assert_refused
from tests.authoring.small_course import TWICE, edit, line_of

SHOWS = 'exercise.shows("answer", [1, 2, 3])\n'


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ('exercise.shows("anser", [1])', "belongs to the aspect 'anser', which `says` leaves out."),
        ('exercise.refuses("nothing", [], aspect="answer")', "raises nothing, the case says Value"),
        ('exercise.shows("answer", ([1], 2))', "raises TypeError"),
        ('exercise.shows("answer", ["a", None])', "raises TypeError"),
    ],
)
def test_a_case_that_does_not_fit(twice, case, says):
    twice.write_text(TWICE + f"\n{case}\n")
    assert_refused(twice, line_of(twice, case), says)


@pytest.mark.parametrize(
    ("points", "says", "said"),
    [
        (
            '{"answer": 1, "more": 1}',
            '{"answer": "", "more": ""}',
            "aspect 'more' has no case: add",
        ),
        ('{"more": 2}', '{"answer": "the answer"}', "`says` names the aspect 'answer', and `poi"),
        ('{"answer": 1, "more": 2}', '{"answer": "it"}', "`points` names the aspect 'more', and"),
    ],
)
def test_aspects_that_points_and_says_do_not_share(twice, points, says, said):
    edit(
        twice,
        'points={"answer": 2}, says={"answer": "the answer"}',
        f"points={points}, says={says}",
    )
    assert_refused(twice, line_of(twice, "exercise = "), said)


@pytest.mark.parametrize(
    ("drawn", "says"),
    [
        ('yield "anser", ([1],)', "belongs to the aspect 'anser', which `says` leaves out."),
        ('yield "answer", [1]', "the arguments of a hidden case are a tuple, not list: write"),
        ('yield "answer"', 'this is not a hidden case: write `yield "aspect", (argument, …)`'),
        ('yield "answer", ([1],), "ValueError"', "'ValueError' is not an exception such as"),
        ('yield "answer", ([1], 2)', "the right program raises TypeError"),
        ('yield "answer", ([1],), ValueError', "the right program raises nothing, the case says"),
        ("yield numbers", "the hidden cases cannot be drawn: NameError: name 'numbers' is not"),
        ('yield "answer", ([rng.integer(9)],)', "the hidden cases cannot be drawn: Attribute"),
    ],
)
def test_hidden_cases_that_a_teacher_could_not_draw(twice, drawn, says):
    """Learners are not handed them, so that nobody would see it before the class is graded."""
    hidden = f"\n@exercise.hidden\ndef more(rng):\n    {drawn}\n"
    twice.write_text(TWICE + hidden)
    assert_refused(twice, line_of(twice, drawn), says)


def test_a_variant_that_is_wrong_in_hidden_cases_alone(twice):
    hidden = '\n@exercise.hidden\ndef more(rng):\n    yield "answer", ([-4],)\n'
    also = '\nexercise.also("sizes", "2 * value", "2 * abs(value)")\n'
    twice.write_text(TWICE + hidden + also)
    assert_refused(twice, line_of(twice, '"sizes"'), "the variant 'sizes' is not right: for answer")


def test_an_exercise_without_any_case(twice):
    edit(twice, SHOWS, "")
    edit(twice, 'points={"answer": 2}, says={"answer": "the answer"}, ', "")
    with pytest.raises(Problem, match=r"^twice\.py:5: exercise twice: there is no case"):
        compile_exercise(load_exercises(twice.parent)["twice"])


def test_an_argument_that_cannot_be_stored(twice):
    twice.write_text(TWICE + '\nexercise.shows("answer", ({1, 2},))\n')
    assert_refused(twice, line_of(twice, "{1, 2}"), "({1, 2},) cannot be stored: ")


def test_arrays_in_a_message_do_not_make_it_several(twice):
    array = 'exercise.refuses("such", np.arange(12).reshape(4, 3), aspect="answer")'
    twice.write_text(TWICE + f"\nimport numpy as np\n\n{array}\n")
    assert_refused(twice, line_of(twice, array), "raises nothing, the case says ValueError.")


def test_a_line_is_that_of_the_exercises_own_file(twice):
    """Whoever is imported by an exercise before it in the alphabet, and whatever helps."""
    twice.with_name("again.py").write_text("from .twice import twice\n\n" + TWICE)
    twice.with_name("shared.py").write_text(
        "def ask(exercise):\n    exercise.shows('answer', [7])\n"
    )
    twice.write_text(TWICE + "\nfrom .shared import ask\n\nask(exercise)\n")
    loaded = load_exercises(twice.parent)["twice"]
    assert loaded.line == line_of(twice, "exercise = ")
    assert loaded.misconceptions[0].line == line_of(twice, "exercise.slip")
    assert loaded.cases[-1].line == line_of(twice, "ask(exercise)")
