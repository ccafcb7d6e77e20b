"""What is committed: built from the lessons as they are, valid, no line of a solution in it."""

from pathlib import Path

import nbformat
import pytest

from convolab.authoring.build import build, written_lessons
from convolab.authoring.lesson import read_lesson
from convolab.authoring.products import notebook_path
from convolab.authoring.stubs import find_regions, with_stubs

ROOT = Path(__file__).resolve().parents[2]
LESSONS = written_lessons(ROOT)


def notebook(folder: str, lesson: str) -> nbformat.NotebookNode:
    return nbformat.read(ROOT / notebook_path(folder, lesson), as_version=4)


def test_the_committed_notebooks_and_cases_are_current():
    assert build(ROOT, check=True).changed == []


@pytest.mark.parametrize("folder", ["solutions", "notebooks"])
@pytest.mark.parametrize("lesson", LESSONS)
def test_a_notebook_is_valid_and_carries_no_output(lesson, folder):
    found = notebook(folder, lesson)
    nbformat.validate(found)
    assert (found.nbformat, found.nbformat_minor) == (4, 5)
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in found.cells)
    assert "widgets" not in found.metadata


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_line_of_a_solution_is_in_a_students_notebook(lesson):
    released = {cell.id: cell.source for cell in notebook("notebooks", lesson).cells}
    assert not any("SOLUTION" in source for source in released.values())
    for cell in read_lesson(ROOT, lesson).cells:
        if cell.options.get("teacher"):
            assert cell.source not in released.values()
        if not cell.name:
            continue
        assert released[cell.name] == with_stubs(cell.source)
        lines = cell.source.split("\n")
        for region in find_regions(cell.source):
            given = {line.strip() for line in [*lines[: region.begin], *lines[region.end :]]}
            given |= {line.strip() for line in (region.stub or "").split(" | ")}
            for line in lines[region.begin : region.end - 1]:
                says_something = any(sign.isalnum() for sign in line)
                if says_something and line.strip() not in given:
                    assert line.strip() not in released[cell.name]
