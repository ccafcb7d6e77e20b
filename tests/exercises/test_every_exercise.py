"""No exercise of the course goes without a comparison with an independent source."""

import ast
from pathlib import Path

import pytest

from tests.exercises.references import EXERCISES, exercises

HERE = Path(__file__).parent
LESSONS = sorted(folder.name for folder in EXERCISES.glob("[0-9]*/"))


def compared(tests: Path) -> set[str]:
    """The exercises that a file's tests on random input call: `of["name"]` below a `@given`."""
    found = set()
    for test in ast.parse(tests.read_text(encoding="utf-8")).body:
        if not isinstance(test, ast.FunctionDef) or not _is_given(test):
            continue
        for node in ast.walk(test):
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "of":
                found.add(ast.literal_eval(node.slice) if _is_text(node.slice) else "")
    return found


def _is_given(test: ast.FunctionDef) -> bool:
    return any(ast.unparse(decorator).startswith("given(") for decorator in test.decorator_list)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant)


def functions(lesson: str) -> set[str]:
    """The exercises of a lesson that are functions; by-hand answers take no input."""
    return {name for name, one in exercises(lesson).items() if one.kind == "function"}


def test_the_course_has_its_lessons():
    assert [lesson[:2] for lesson in LESSONS] == [f"{number:02}" for number in (*range(11), 13)]


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_exercise_is_compared_with_another_source_on_random_input(lesson):
    left = functions(lesson) - compared(HERE / f"test_lesson_{lesson[:2]}.py")
    assert functions(lesson)
    assert not left, f"{lesson}: no test on random input calls {', '.join(sorted(left))}"


def test_a_comparison_that_is_missing_is_found(tmp_path):
    tests = tmp_path / "test_lesson_09.py"
    tests.write_text(
        '@given(x)\ndef test_a(x):\n    assert of["one"](x)\n\n\n'
        'def test_b():\n    assert of["two"](1)\n',
        encoding="utf-8",
    )
    assert compared(tests) == {"one"}
