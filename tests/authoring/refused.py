"""A build that fails says one sentence with file and line, and writes nothing."""

from pathlib import Path

import pytest

from convolab.authoring.build import BuildFailed, build

FOLDER = "autograde/exercises/00_twice"


def refusal(course: Path) -> str:
    """The one sentence of a build that fails, and writes nothing."""
    before = _written(course)
    with pytest.raises(BuildFailed) as caught:
        build(course, lessons=["00_twice"])
    after = _written(course)
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


def _written(course: Path) -> dict[Path, bytes]:
    """All files of a course; Python's own bytecode is none of its."""
    found = (path for path in course.rglob("*") if path.is_file())
    return {path: path.read_bytes() for path in found if "__pycache__" not in path.parts}
