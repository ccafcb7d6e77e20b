"""Every exercise of the course: its reference, variants and misconceptions are answered rightly.

Not the open tasks, which train networks for a minute: the build judges their right answer, variants
and lazy answers in three draws (`authoring/test_course_as_it_is.py`).
"""

import re
from dataclasses import replace

import pytest
from numpy.random import default_rng

from convolab.check import words
from convolab.check.answer import Local
from convolab.check.encode import encode
from convolab.check.ladder import judge
from tests.check.course import compiled, every_exercise, lesson, without_ban

SEED = 20_261


def judged_by_cases():
    """All exercises but the open tasks."""
    return [
        param
        for param in every_exercise()
        for folder, name in [param.values[0]]
        if lesson(folder)[name].kind != "open"
    ]


@pytest.fixture(scope="module", params=judged_by_cases())
def given(request):
    """An exercise's module and name. All tests of one exercise follow each other, so that it is
    compiled once, by one worker."""
    return request.param


def answer(exercise, function):
    return Local({exercise.name: function}, exercise.name)


def test_the_right_answer_is_right(given):
    path, name = given
    exercise = lesson(path)[name]
    cases = without_ban(compiled(path, name, SEED))
    verdict = judge(cases, answer(exercise, exercise.answer))
    assert (verdict.status, verdict.points) == ("correct", exercise.worth)


def test_every_accepted_variant_passes(given):
    path, name = given
    exercise = lesson(path)[name]
    if exercise.kind == "function":
        enough = len(exercise.variants) >= 3
        assert enough, f"{path.name}/{name}.py: add right programs until three are variants"
    for variant in exercise.variants:
        verdict = judge(compiled(path, name, SEED), answer(exercise, variant.function), race=False)
        assert verdict.status == "correct", f"{variant.name}: {verdict.hint}"


@pytest.mark.parametrize("seed", [None, SEED])
def test_every_misconception_is_answered_with_its_own_hint(given, seed):
    path, name = given
    exercise = lesson(path)[name]
    hints = [wrong.hint for wrong in exercise.misconceptions]
    assert len(hints) >= 2, f"{path.name}, {name}: two mistakes are the least, each with a hint"
    assert len(set(hints)) == len(hints), f"{path.name}, {name}: two mistakes have the same hint"
    cases = without_ban(compiled(path, name, seed))
    unwatched = replace(cases, forbidden=())  # watching what is called takes half of the time
    for wrong in exercise.misconceptions:
        assert not answer(exercise, wrong.function).names(cases.forbidden), wrong.name
        verdict = judge(unwatched, answer(exercise, wrong.function), race=False)
        assert verdict.status != "correct", wrong.name
        assert verdict.misconception == wrong.name
        assert wrong.hint in verdict.hint
        assert verdict.points < exercise.worth or exercise.worth == 0


def test_graded_exercises_have_three_visible_cases_and_hidden_ones(given):
    path, name = given
    exercise = lesson(path)[name]
    if exercise.points:
        assert len(exercise.cases) >= 3, f"{path.name}/{name}.py: exercise.shows at least 3 cases"
        hidden = any(case["hidden"] for case in compiled(path, name, SEED).cases)
        assert hidden, f"{path.name}/{name}.py: draw hidden cases with @exercise.hidden"


def test_other_seeds_draw_other_cases(given):
    path, name = given
    exercise = lesson(path)[name]
    if not exercise.points:
        return  # nothing is hidden where nothing is graded
    one, two = (
        [encode(list(arguments)) for _, arguments, *_ in exercise.draw_hidden(default_rng(seed))]
        for seed in (1, 2)
    )
    assert one != two


def test_hints_are_one_to_three_plain_sentences(given):
    path, name = given
    exercise = lesson(path)[name]
    for wrong in exercise.misconceptions:
        assert 20 <= len(wrong.hint) <= 260, wrong.name
        assert wrong.hint.rstrip("`)")[-1] in ".?", wrong.name
        assert "!" not in wrong.hint.replace("!=", "")
        assert "*" not in re.sub(r"`[^`]*`", "", wrong.hint), wrong.name  # no marks in plain text
        assert not {"just", "simply", "obviously"} & set(wrong.hint.lower().split()), wrong.name


def test_an_answer_that_gives_the_same_everywhere_earns_nothing(given):
    """Neither one constant, nor nothing, nor always an error, may earn an aspect."""
    path, name = given
    exercise = lesson(path)[name]
    if exercise.kind != "function":
        return
    cases = compiled(path, name, SEED)

    def zero(*arguments):
        return 0.0

    def fails(*arguments):
        raise ValueError("no")

    def echo(*arguments):
        return arguments[0]

    for function in (zero, fails, echo):
        verdict = judge(cases, answer(exercise, function))
        assert verdict.points == 0, f"{function.__name__} in {words.show(verdict.aspects)}"
