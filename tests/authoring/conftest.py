"""A course to build, edit and break."""

from pathlib import Path

import pytest

from convolab.authoring.build import build
from tests.authoring.refused import FOLDER
from tests.authoring.small_course import write_course


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of two small lessons, nothing built yet."""
    return write_course(tmp_path / "course")


@pytest.fixture
def built(course: Path) -> Path:
    """The same course, built."""
    build(course)
    return course


@pytest.fixture
def twice(course: Path) -> Path:
    """The file of the small course's exercise."""
    return course / FOLDER / "twice.py"
