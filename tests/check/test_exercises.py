"""Every exercise of the course: its reference, variants and misconceptions are answered rightly."""

import re

import pytest

from convolab.check import words
from convolab.check.ladder import judge
from convolab.check.run import Local
from tests.check.course import compiled, every_exercise, lesson

SEED = 20_261


def answer(exercise, function):
    return Local({exercise.name: function}, exercise.name)


@pytest.mark.parametrize(("path", "name"), every_exercise())
def test_the_right_answer_is_right(path, name):
    exercise = lesson(path)[name]
    verdict = judge(compiled(path, name, SEED), answer(exercise, exercise.answer))
    assert (verdict.status, verdict.points) == ("correct", exercise.points)


@pytest.mark.parametrize(("path", "name"), every_exercise())
def test_every_accepted_variant_passes(path, name):
    exercise = lesson(path)[name]
    if exercise.kind == "function":
        assert len(exercise.variants) >= 3
    for variant in exercise.variants:
        verdict = judge(compiled(path, name, SEED), answer(exercise, variant.function), race=False)
        assert verdict.status == "correct", f"{variant.name}: {verdict.hint}"


@pytest.mark.parametrize(("path", "name"), every_exercise())
@pytest.mark.parametrize("seed", [None, SEED])
def test_every_misconception_is_answered_with_its_own_hint(path, name, seed):
    exercise = lesson(path)[name]
    hints = [wrong.hint for wrong in exercise.misconceptions]
    assert len(hints) >= 2
    assert len(set(hints)) == len(hints)
    for wrong in exercise.misconceptions:
        verdict = judge(compiled(path, name, seed), answer(exercise, wrong.function), race=False)
        assert verdict.status != "correct", wrong.name
        assert verdict.misconception == wrong.name
        assert verdict.hint.endswith(wrong.hint)
        assert verdict.points < exercise.points or exercise.points == 0


@pytest.mark.parametrize(("path", "name"), every_exercise())
def test_graded_exercises_have_three_visible_cases_and_hidden_ones(path, name):
    exercise = lesson(path)[name]
    if exercise.points:
        assert len(exercise.cases) >= 3
        assert any(case["hidden"] for case in compiled(path, name, SEED).cases)


@pytest.mark.parametrize(("path", "name"), every_exercise())
def test_other_seeds_draw_other_cases(path, name):
    if not lesson(path)[name].points:
        return  # nothing is hidden where nothing is graded
    one, two = (
        [case["arguments"] for case in compiled(path, name, seed).cases if case["hidden"]]
        for seed in (1, 2)
    )
    assert one != two


@pytest.mark.parametrize(("path", "name"), every_exercise())
def test_hints_are_one_to_three_plain_sentences(path, name):
    for wrong in lesson(path)[name].misconceptions:
        assert 20 <= len(wrong.hint) <= 260, wrong.name
        assert wrong.hint.rstrip("`)")[-1] in ".?", wrong.name
        assert "!" not in wrong.hint.replace("!=", "")
        assert "*" not in re.sub(r"`[^`]*`", "", wrong.hint), wrong.name  # no marks in plain text
        assert not {"just", "simply", "obviously"} & set(wrong.hint.lower().split()), wrong.name


@pytest.mark.parametrize(("path", "name"), every_exercise())
def test_an_answer_that_gives_the_same_everywhere_earns_nothing(path, name):
    """Neither one constant, nor nothing, nor always an error, may earn an aspect."""
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
