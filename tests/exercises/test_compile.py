"""What an author gets wrong in an exercise is found when it is compiled, and said by name."""

import json

import numpy as np
import pytest

from convolab.check.answer import same_bits
from convolab.check.cases import from_json
from convolab.check.encode import decode, encode
from convolab.check.speed import speed_arguments
from convolab.exercises import Exercise
from convolab.exercises.compile import compile_exercise
from convolab.exercises.load import load_exercises
from convolab.problem import Problem


def test_an_exercise_survives_json(area):
    data = compile_exercise(area, seed=1)
    assert from_json(json.loads(json.dumps(data))).points == 3


def test_students_get_no_hidden_case_and_no_code(area):
    data = compile_exercise(area)
    assert not any(case["hidden"] for case in data["cases"])
    assert "def " not in json.dumps(data)


def test_the_same_seed_draws_the_same_cases(area):
    assert compile_exercise(area, seed=5) == compile_exercise(area, seed=5)
    assert compile_exercise(area, seed=5) != compile_exercise(area, seed=6)


def test_a_reference_that_contradicts_its_case_is_named(area):
    area.refuses("a side of 1", (1, 1), error=KeyError)
    with pytest.raises(Problem, match=r"raises nothing, the case says KeyError"):
        compile_exercise(area)


def test_a_misconception_that_passes_is_named(area):
    area.wrong("nothing wrong", hint="…")(area.answer)
    with pytest.raises(Problem, match="'nothing wrong' passes all visible cases"):
        compile_exercise(area)


def test_two_misconceptions_that_look_alike_are_named(area):
    area.wrong("twin", hint="…")(lambda height, width: 2 * (height + width))
    with pytest.raises(Problem, match="'twin' and 'perimeter' are not told apart"):
        compile_exercise(area)


def test_a_variant_that_fails_is_named(area):
    area.variant("too simple")(lambda height, width: height * width)
    with pytest.raises(Problem, match="'too simple' is not right"):
        compile_exercise(area)


def test_a_reference_that_changes_its_argument_is_named():
    broken = Exercise(name="broken", points={"answer": 1}, says={"answer": "all"})

    @broken.right
    def sorts(values):
        values.sort()
        return values.copy()

    broken.shows("answer", np.array([3, 1, 2]))
    with pytest.raises(Problem, match="changes its argument"):
        compile_exercise(broken)


def test_an_aspect_without_a_case_is_named(area):
    area.says["speed"] = "fast"
    with pytest.raises(Problem, match="aspect 'speed' has no case"):
        compile_exercise(area)


def test_a_broken_module_is_named_by_file_and_line(tmp_path):
    module = tmp_path / "broken.py"
    module.write_text("x = 1\ny = undefined\n")
    with pytest.raises(Problem, match=r"broken\.py:2: NameError"):
        load_exercises(tmp_path)
    module.write_text("x = (\n")
    with pytest.raises(Problem, match=r"broken\.py:1"):
        load_exercises(tmp_path)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        3,
        "text",
        [1, 2.5],
        (1, "a", None),
        {"w": np.arange(6.0).reshape(2, 3), "n": 1},
        np.zeros((0, 3)),
        np.zeros((2, 3), dtype=np.uint8),
        [(np.int64(3), 2)],
        np.array([[1, 2], [3, 4]], dtype=np.uint8),
        np.array(2.5),
        float("inf"),
    ],
)
def test_values_come_back_as_they_went(value):
    back = decode(json.loads(json.dumps(encode(value))))
    assert same_bits(back, value)


def test_code_cannot_stand_in_a_case():
    with pytest.raises(TypeError):
        encode(len)
    with pytest.raises(TypeError):
        encode(np.array([object()]))


def test_speed_arguments_are_the_same_on_every_machine():
    one, two = speed_arguments([[5], [2, 2]])
    assert one.tolist() == [-50, -13, 24, -40, -3]
    assert two.shape == (2, 2)


def test_an_exercise_and_its_mistakes_know_their_lines(tmp_path):
    (tmp_path / "shared.py").write_text(
        "from convolab.exercises import Exercise\n\n\n"
        "def make(name):\n    return Exercise(says={'answer': name})\n"
    )
    (tmp_path / "one.py").write_text(
        "from convolab.exercises import Exercise\n\n"
        "exercise = Exercise()\n"
        "@exercise.right\ndef one(x):\n    return x + 1\n"
        "exercise.slip('less', '+', '-', 'Add.')\n"
    )
    (tmp_path / "two.py").write_text("from .shared import make\nexercise = make('two')\n")
    found = load_exercises(tmp_path)
    assert [exercise.line for exercise in found.values()] == [3, 2]
    assert found["one"].misconceptions[0].line == 7
