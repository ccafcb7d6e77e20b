"""A course as a student has it: one released lesson, its cases, and no answers."""

import json
from functools import partial
from pathlib import Path

import nbformat
import pytest

from convolab.exercises.compile import compile_exercise
from convolab.exercises.load import load_exercises
from convolab.handin import in_kernel
from tests.grading.by_hand_class import ESSAY, SKETCH, with_questions
from tests.grading.small_course import LESSON, filled, write_exercises


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The course's folder; the checks find its cases."""
    root = tmp_path / "kit"
    released = root / "notebooks" / LESSON / f"{LESSON}.ipynb"
    released.parent.mkdir(parents=True)
    (root / "pyproject.toml").touch()
    nbformat.write(filled({}), released)
    exercises = tmp_path / "exercises" / LESSON
    write_exercises(exercises)
    cases = tmp_path / "cases" / LESSON
    cases.mkdir(parents=True)
    for name, exercise in load_exercises(exercises).items():
        (cases / f"{name}.json").write_text(json.dumps(compile_exercise(exercise)))
    monkeypatch.setattr(in_kernel, "call", partial(_call, in_kernel.call, cases.parent))
    return root


@pytest.fixture
def kit_with_essay(kit: Path) -> Path:
    """The same course, whose lesson also has an answer in words, one in code, and a task."""
    released = kit / "notebooks" / LESSON / f"{LESSON}.ipynb"
    nbformat.write(with_questions(filled({}), ESSAY, SKETCH), released)
    return kit


def _call(call, cases: Path, function: str, *arguments) -> str:
    """As `in_kernel.call`; a kernel that begins is told where this course's cases are."""
    if function != "begin":
        return call(function, *arguments)
    where = f"__import__('pathlib').Path({str(cases)!r})"
    told = f"setattr(__import__('convolab.check.cases', fromlist=['cases']), 'SHIPPED', {where})"
    return f"{told}\n{call(function, *arguments)}"


@pytest.fixture
def saved(kit: Path):
    """`saved(notebook, name)`: a notebook in the student's work folder."""

    def save(notebook, name: str = LESSON) -> Path:
        path = kit / "work" / LESSON / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, path)
        return path

    return save
