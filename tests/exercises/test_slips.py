"""One-slip programs before the real checker: on a small exercise, and on the whole course."""

import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from convolab.check.answer import Local
from convolab.check.ladder import judge
from convolab.exercises import Exercise
from convolab.exercises import slips as judging
from convolab.exercises.helped import BARE_ERROR, BREAKS, GENERIC, NUMBERS, PASSES, SPECIFIC, helped
from convolab.exercises.listed import read_listed, stale
from convolab.exercises.mutants import Mutant
from convolab.exercises.programs import Program, programs
from convolab.exercises.slips import Tried, drawn, judge_slip, try_slips
from convolab.exercises.trial import tasks, try_one
from tests.exercises.slips_of_area import area, area_right

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted(folder.name for folder in ROOT.glob("autograde/exercises/[0-9]*/"))
LISTED = read_listed(ROOT)


def results(exercise: Exercise) -> dict[str, str]:
    return {one.slip: one.result for one in try_slips(exercise).judged}


def written(source: str) -> Mutant:
    return Mutant(source, 1, "written by hand", "any")


def judged(source: str, exercise: Exercise | None = None):
    """What becomes of a program that stands for area."""
    exercise = exercise or area()
    return judge_slip(drawn(exercise), programs(exercise)[0], written(source), seconds=0.5)


def test_slips_are_told_apart_by_how_far_the_answer_helps():
    found = results(area())
    assert found["`return height / width` for `return height * width`"] == NUMBERS
    assert found["`return height @ width` for `return height * width`"] == SPECIFIC
    assert found["`if height < 0:` dropped"] == SPECIFIC  # "a height below 0" is named
    assert found["`height <= 0` for `height < 0`"] == PASSES  # no case asks for a height of 0


def test_a_known_misconception_is_something_specific():
    one = judged("def area(height, width):\n    return 2 * (height + width)\n")
    assert (one.result, one.hint) == (SPECIFIC, "That is the way around it.")


@pytest.mark.parametrize(
    ("body", "result"),
    [
        ("return np.sin(height * 3 + width)", NUMBERS),
        ("return open(10**6)", BARE_ERROR),
        ("return area_right(height, width) if height < 50 else 0", GENERIC),
        ("return height * width", SPECIFIC),  # what is not refused is named
        ("print(height)", SPECIFIC),  # nothing is returned
        ("return str(height)", SPECIFIC),
        ("return np.ones((2, 3))", SPECIFIC),
        ("return height * width / 0 if height < 0 else np.inf", SPECIFIC),
    ],
)
def test_the_checkers_own_sentences_are_known(body, result):
    """If this fails after a sentence was changed, `helped` has to learn the new one."""
    cases = drawn(area())
    space = {"np": np, "area_right": area_right}
    exec(f"def area(height, width):\n    {body}\n", space)
    assert helped(judge(cases, Local(space, "area"))) == result


def test_a_slip_that_never_ends_is_stopped_and_helped():
    started = time.process_time()
    one = judged("def area(height, width):\n    while True:\n        height += 1\n")
    assert one.result == SPECIFIC
    assert "still running" in one.hint
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("return [0] * 10**11", "more memory"),
        ("return bytes(10**12)", "more memory"),
        ("f = lambda: f()\n    return f()", "calls itself for ever"),
    ],
)
def test_a_slip_that_asks_for_everything_is_stopped_and_nobody_else_is(body, says):
    with judging.memory_bounded():
        one = judged(f"def area(height, width):\n    {body}\n")
    assert says in one.hint
    assert np.zeros(10**9, dtype=np.uint8).size == 10**9


def test_ctrl_c_stops_the_trial_and_not_a_slip_alone():
    source = "def area(height, width):\n    import signal\n    signal.raise_signal(signal.SIGINT)\n"
    with pytest.raises(KeyboardInterrupt):
        judged(source)


def test_a_checker_that_breaks_is_reported_with_its_place(monkeypatch):
    def broken(*arguments, **named):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(judging, "judge", broken)
    one = judged("def area(height, width):\n    return 0\n")
    assert one.result == BREAKS
    assert one.hint.startswith("ZeroDivisionError: division by zero (broken, line ")


def test_an_error_is_shown_with_the_line_of_the_slip():
    one = judged("def area(height, width):\n    return height @ width\n")
    assert "line `return height @ width`" in one.hint


def test_a_slip_is_judged_with_the_helpers_of_its_module():
    program = programs(area())[0]
    made = program.with_slip(
        written("def area(height, width):\n    return area_right(height, 1)\n")
    )
    assert made(3, 5) == 3
    assert area_right(3, 5) == 15


def test_a_function_made_by_another_keeps_what_it_has_from_it():
    def maker(factor):
        def area(height, width):
            return factor * height * width

        return area

    program = Program("area", "made", maker(2))
    (mutant,) = [m for m in program.mutants() if m.slip.startswith("`return factor * height` for")]
    assert program.with_slip(mutant)(3, 5) == 6


def test_what_has_no_text_is_left_out_and_named():
    exercise = area()
    exercise.variants.clear()
    exercise.variant("by name")(eval("lambda height, width: area_right(height, width)"))
    assert try_slips(exercise).left_out == {"by name": "there is no text of a function to slip in"}


def test_a_slow_right_program_is_left_out_and_named(monkeypatch):
    monkeypatch.setattr(judging, "TOO_SLOW", -1.0)
    tried = try_slips(area())
    assert tried.judged == []
    assert "one check of it takes" in tried.left_out["reference"]


# --- the course ---------------------------------------------------------------------------------

# What share of the wrong slips gets something specific. It may rise, and not fall. What is true and
# leads nowhere ("too large in every case") is not counted.
SPECIFIC_AT_LEAST = {
    "00_start_here": 0.95,
    "01_convolution_1d": 0.86,
    "02_convolution_2d": 0.84,
    "03_kernels": 0.91,
    "04_shared_weights": 0.85,
    "05_pooling": 0.92,
    "06_hyperparameters": 0.84,
    "07_full_cnn": 0.87,
    "08_training": 0.92,
    "09_when_training_goes_wrong": 0.86,
    "10_what_a_number_is_worth": 0.82,
    "11_what_does_it_look_at": 0.82,
    "12_your_own_pictures": 0.88,
    "13_to_pytorch": 0.94,
}
# Of each program every so many-th slip is tried here; all of them, by `convolab slips --all`, in
# continuous integration. A network and a long descent take longest.
STRIDE, STRIDES = 10, {"train": 90, "learn_kernel": 30}
# One small exercise of each lesson, tried whole by the fast tests.
SMALL = (
    "double", "shift_kernel", "flip_2d", "mean_kernel", "neuron", "relu", "same_padding",
    "cross_entropy", "relu_backward", "leaky_relu_backward", "mean_and_spread",
    "trap_fooled", "per_class_recall", "walk_back",
)  # fmt: skip


def problems(tried: list[Tried]) -> list[str]:
    """The slips that pass and are not known to, and those that break the checker."""
    return [
        f"{one.exercise}, {one.program}, line {one.line}: {one.slip}: {one.result} {one.hint}"
        for each in tried
        for one in each.judged
        if one.result == BREAKS
        or (one.result == PASSES and not any(entry.means(one) for entry in LISTED))
    ]


def test_no_slip_is_known_to_pass_that_should_not():
    assert [f"{entry.where}: {entry.why}" for entry in LISTED if entry.is_hole] == []


@pytest.mark.parametrize("exercise", SMALL)
def test_in_a_small_exercise_of_each_lesson_no_slip_passes_unlisted_or_breaks(exercise):
    tried = [try_one(task) for task in tasks(ROOT, exercise)]
    assert problems(tried) == []
    assert stale(LISTED, tried, whole_course=False) == []


@pytest.mark.journey
@pytest.mark.parametrize("lesson", LESSONS)
def test_in_a_lesson_no_slip_passes_unlisted_and_the_share_that_is_helped_does_not_fall(lesson):
    tried = [try_one(task, STRIDES.get(task.name, STRIDE)) for task in tasks(ROOT, lesson)]
    counts = Counter(one.result for each in tried for one in each.judged)
    wrong = counts.total() - counts[PASSES]
    assert problems(tried) == []
    assert counts[SPECIFIC] / wrong >= SPECIFIC_AT_LEAST[lesson], counts


def test_continuous_integration_tries_every_slip():
    assert "convolab slips --all" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.journey
def test_what_is_listed_is_an_exercise_of_the_course():
    assert {entry.exercise for entry in LISTED} <= {task.name for task in tasks(ROOT, None)}
