"""The course's exercises for the checker's tests, and a way to judge a function."""

import json
from functools import cache
from pathlib import Path

import pytest
from convolab.check.compile import compile_exercise
from convolab.check.spec import load_exercises

from convolab.check.cases import from_json
from convolab.check.ladder import judge
from convolab.check.run import Local

EXERCISES = Path(__file__).resolve().parents[2] / "autograde" / "exercises"


@cache
def lesson(path):
    return load_exercises(path)


@cache
def compiled(path, name, seed=None):
    return from_json(json.loads(json.dumps(compile_exercise(lesson(path)[name], seed))))


def every_exercise():
    return [
        pytest.param((path, name), id=name)
        for path in sorted(EXERCISES.glob("[0-9]*.py"))
        for name in lesson(path)
    ]


def judged(exercise, function, seed=None, race=False):
    """The verdict on a function under the name of an exercise made in a test."""
    cases = from_json(json.loads(json.dumps(compile_exercise(exercise, seed))))
    return judge(cases, Local({exercise.name: function}, exercise.name), race=race)
