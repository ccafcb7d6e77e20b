"""What an author gets wrong in an exercise is one sentence with file and line."""

from pathlib import Path

import pytest

from convolab.authoring.build import BuildFailed, build
from convolab.exercises.compile import compile_exercise
from convolab.exercises.load import load_exercises
from convolab.problem import Problem
from tests.authoring.small_course import TWICE, edit, line_of

FOLDER = "autograde/exercises/00_twice"
SHOWS = 'exercise.shows("answer", [1, 2, 3])\n'
SLIP = TWICE[TWICE.index("exercise.slip") :]
OPEN = '''\
"""A pair of numbers with a large sum."""

from convolab.exercises import Exercise

from . import twice_measure as measure

exercise = Exercise()
exercise.demand("sum", "the sum is large", measure.total, at_least=10, points=2)


@exercise.right
def twice():
    return [9, 9]


@exercise.lazy("nothing")
def nothing():
    return [0, 0]
'''
MEASURE = '''\
"""The sum."""


def total(ask, rng):
    return sum(ask())
'''


@pytest.fixture
def twice(course: Path) -> Path:
    """The file of the small course's exercise."""
    return course / FOLDER / "twice.py"


@pytest.fixture
def by_hand(course: Path) -> Path:
    return course / FOLDER / "by_hand.toml"


@pytest.fixture
def open_task(twice: Path) -> Path:
    """The same exercise as an open task."""
    twice.write_text(OPEN)
    twice.with_name("twice_measure.py").write_text(MEASURE)
    return twice


def refusal(course: Path) -> str:
    """The one sentence of a build that fails, and writes nothing."""
    before = {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}
    with pytest.raises(BuildFailed) as caught:
        build(course, lessons=["00_twice"])
    after = {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}
    assert after == before
    [problem] = caught.value.report.problems
    return problem


def assert_refused(path: Path, line: int, says: str) -> None:
    """The build says this one sentence and writes nothing."""
    problem = refusal(path.parents[3])
    assert problem.startswith(f"{FOLDER}/{path.name}:{line}: "), problem
    assert problem.count(path.name) == 1, "the place is said once"
    assert ", line " not in problem
    assert says in problem
    assert problem.endswith((".", "?"))


# --- Right answers and mistakes


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"2 * value"', '"3 * value"', "The text '3 * value' is not found in twice."),
        ('"2 * value"', '"value"', "The text 'value' is found 4 times in twice."),
        ('"value**2"', '"value**"', "twice is no program: invalid syntax."),
        ('"value**2"', '"value + value"', "the mistake 'squared' passes all visible cases"),
        ('"value**2"', '"factor * value"', "'squared' stops with NameError: does it use a name"),
        ('"value**2",', '"value**2", of="loop",', "There is no variant 'loop' above this slip."),
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
    says = "the mistakes 'power' and 'squared' are not told apart by the visible cases; add one"
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
    assert_refused(twice, line_of(twice, '"thrice"'), "the variant 'thrice' is not right for")


def test_a_file_without_an_exercise(twice):
    twice.write_text('"""Nothing yet."""\n')
    assert_refused(twice, 1, "there is no exercise: begin with `exercise = Exercise(…)`.")


def test_a_file_that_is_no_python(twice):
    edit(twice, SHOWS, "exercise.shows(\n")
    assert_refused(twice, line_of(twice, "exercise.shows("), "was never closed")


# --- Cases


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


# --- Open tasks


def test_a_good_open_task_is_built(open_task):
    build(open_task.parents[3])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (", at_least=10", "", "The demand 'sum' needs a target: at_least or at_most."),
        ("at_least=10", "at_least=10, at_most=3", "needs a target: at_least or at_most."),
        (
            "measure.total",
            "sum",
            "is measured by a function of another file; write it in twice_measure.py",
        ),
        ("measure.total", "lambda ask, rng: 12", "is measured by a function of twice.py"),
    ],
)
def test_a_demand_that_cannot_be_judged(open_task, old, new, says):
    edit(open_task, old, new)
    problem = refusal(open_task.parents[3])
    assert problem.startswith(f"{FOLDER}/twice.py:{line_of(open_task, 'exercise.demand')}: ")
    assert says in problem


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[0, 0]", "[5, 6]", "the lazy answer 'nothing' meets every demand"),
        ("[0, 0]", "[0, zero]", "the mistake 'nothing' stops with NameError"),
    ],
)
def test_a_lazy_answer_that_is_none(open_task, old, new, says):
    edit(open_task, old, new)
    assert_refused(open_task, line_of(open_task, "exercise.lazy"), says)


def test_a_right_answer_that_misses_a_demand(open_task):
    edit(open_task, "[9, 9]", "[1, 1]")
    assert_refused(open_task, line_of(open_task, "exercise = "), "the right answer misses a demand")


# --- By-hand answers


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("right = 6", "rigth = 6", "there is no key 'rigth'; there are lists, praise, right"),
        ("right = 6", "tolerance = 1", "the key 'right' is missing."),
        ("right = 6", 'right = "6/0"', "'6/0' cannot be computed (division by zero)."),
        ("right = 6", "right = [[1, 2], [3]]", "are not of one length."),
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
        ("{ gives", "gives", "this is no TOML: "),
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
    assert problem == f"{FOLDER}/by_hand.toml:3: twice is an exercise of twice.py, too."


def test_a_file_of_by_hand_answers_in_another_encoding(by_hand):
    by_hand.write_bytes(b"# One\n# na\xefve\n")
    assert_refused(by_hand, 2, "a character is not UTF-8")
