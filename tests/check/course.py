"""The course's exercises for the checker's tests, and a way to judge a function."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from convolab.check.answer import Local
from convolab.check.cases import from_json
from convolab.check.ladder import judge
from convolab.exercises.compile import compile_exercise
from convolab.exercises.load import load_exercises

EXERCISES = Path(__file__).resolve().parents[2] / "autograde" / "exercises"


@cache
def lesson(folder):
    return load_exercises(folder)


@cache
def compiled(folder, name, seed=None):
    data = compile_exercise(lesson(folder)[name], seed)
    return from_json(json.loads(json.dumps(data)), folder)


def without_ban(cases):
    """What is asked, but for the ban on the course's own functions, which may be the right answer
    itself."""
    kept = tuple(name for name in cases.forbidden if not name.startswith("convolab.ops."))
    return replace(cases, forbidden=kept)


def every_exercise():
    return [
        pytest.param((folder, name), id=name)
        for folder in sorted(EXERCISES.glob("[0-9]*/"))
        for name in lesson(folder)
    ]


def judged(exercise, function, seed=None, race=False):
    """The verdict on a function under the name of an exercise made in a test."""
    cases = from_json(json.loads(json.dumps(compile_exercise(exercise, seed))))
    return judge(cases, Local({exercise.name: function}, exercise.name), race=race)
