"""Each promise of a graded exercise's docstring is asked for by a case, and nothing else is.

The data, one program that breaks it for each promise, are in `promises`; what `train` promises of
chance is in tests/check/test_chance.py.
"""

import re

import numpy as np
import pytest

from convolab.check.answer import Local
from convolab.check.cases import load
from convolab.check.ladder import judge
from convolab.exercises import integers
from tests.check.course import every_exercise, lesson, without_ban
from tests.exercises.promises import kinds, own, refusals
from tests.exercises.promises.breakers import lets, result

FOLDER = {name: folder for folder, name in (param.values[0] for param in every_exercise())}
PROMISES = [*kinds.PROMISES, *refusals.PROMISES, *own.PROMISES]
GRADED = sorted(
    name
    for name, folder in FOLDER.items()
    if lesson(folder)[name].points and lesson(folder)[name].kind == "function"
)


def verdict(name, function):
    """By the cases that are handed out, which `build --check` keeps up with the exercise."""
    return judge(without_ban(load(name)), Local({name: function}, name), race=False)


def right(name):
    return lesson(FOLDER[name])[name].answer


def lost(came):
    return {aspect for aspect, (passed, cases) in came.aspects.items() if passed < cases}


@pytest.fixture(params=GRADED)
def name(request):
    """A graded exercise."""
    return request.param


def test_breaking_one_promise_costs_points_and_the_hint_is_about_that_promise(name):
    promises = [promise for promise in PROMISES if promise.exercise == name]
    assert promises, f"add the promises of {name}'s docstring to tests/exercises/promises/"
    for promise in promises:
        came = verdict(name, promise.breaks(right(name)))
        assert came.points < lesson(FOLDER[name])[name].worth, f"{promise.promise}: passes"
        assert re.search(promise.hint, came.hint), f"{promise.promise}: {came.hint}"
        if promise.costs:
            assert lost(came) <= set(promise.costs), f"{promise.promise}: {came.aspects}"


def test_who_refuses_numpys_integers_loses_one_aspect_and_hears_why(name):
    if name not in kinds.TAKE_INTEGERS:
        return
    came = verdict(name, integers.refusing(right(name)))
    assert len(lost(came)) == 1
    assert came.hint.startswith(integers.HINT)
    came = verdict(name, integers.refusing(right(name), TypeError))
    assert len(lost(came)) == 1
    assert "TypeError" in came.hint


def test_a_wrong_formula_does_not_cost_what_is_refused(name):
    if "errors" not in lesson(FOLDER[name])[name].says:
        return

    def wrong(value):
        return np.asarray(value, dtype=float) * 1.5 + 7 if name != "trace_shapes" else value[::-1]

    came = verdict(name, result(wrong)(right(name)))
    aspects = set(lesson(FOLDER[name])[name].says) - {"speed"}
    assert lost(came) == aspects - {"errors", "uneven"}
    came = verdict(name, result(lambda value: None)(right(name)))
    assert came.points == 0, "an answer is still to be written"
    came = verdict(name, lets(lambda *given: True)(right(name)))
    assert "errors" in lost(came)


def counted(value):
    """A list or an array of whole numbers as such, if it holds nothing else."""
    array = np.asarray(value)
    whole = array.size and np.isfinite(array).all() and np.array_equal(array, np.rint(array))
    return array.astype(int) if whole else value


def turned(value):
    """The same numbers in another order in memory, which cannot be written to."""
    if not isinstance(value, np.ndarray):
        return value
    view = np.asfortranarray(np.repeat(value[..., None], 2, axis=-1))[..., 1]
    view.flags.writeable = False
    return view


def narrow(value):
    return np.float32(value) if np.ndim(value) == 0 else value.astype(np.float32)


class Refused(ValueError):
    """A learner's own, which is a ValueError."""


def own_error(function):
    def answers(*given):
        try:
            return function(*given)
        except ValueError as error:
            raise Refused(str(error)) from None

    return answers


def with_more(function):
    def answers(*given, verbose=False, **more):
        return function(*given)

    return answers


NO_FLOAT32 = {*kinds.WHOLE, "filter_image", "shift_image"}  # whose kind of number is asked for


def test_what_looks_different_and_keeps_every_promise_passes(name):
    answer = right(name)
    same = {"another ValueError": own_error(answer), "more arguments": with_more(answer)}
    if name not in ("trace_shapes", "train", "make_dataset"):
        same |= {"a view": result(turned)(answer)}
        if name not in NO_FLOAT32:
            same |= {"float32": result(narrow)(answer), "int": result(counted)(answer)}
    if name in kinds.NUMBERS:
        same |= {"of shape ()": result(np.asarray)(answer)}
    if FOLDER[name].name[:2] in ("00", "01"):
        same |= {"a list": result(lambda value: np.asarray(value).tolist())(answer)}
    if name == "trace_shapes":
        same |= {"NumPy's": lambda *given: [tuple(map(np.int32, s)) for s in answer(*given)]}
    for what, function in same.items():
        came = verdict(name, function)
        assert came.status == "correct", f"{what}: {came.hint}"


def test_two_mistakes_cost_their_own_aspects_alone():
    """A window that is compared with the input without its frame, and a float."""

    def two(i, r, p=0, s=1, strict=True):
        if r > i:
            raise ValueError("too large")
        return float(right("output_size")(i, r, p, s, strict))

    came = verdict("output_size", two)
    assert lost(came) == {"errors", "int"}
    assert came.points == 2.75
