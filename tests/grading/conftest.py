"""The small course made anew for each test, and one class that is graded once for all tests."""

import os
import pickle
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from convolab.grading.grade import grade_class
from tests.grading.small_class import submissions
from tests.grading.small_course import LESSON, hand_in, small_course

LIMITS = """
c.RunSubmission.call_cpu, c.RunSubmission.call_wall = 1, 8
c.RunSubmission.cell_cpu, c.RunSubmission.cell_wall = 2, 10
"""


@pytest.fixture(scope="session", autouse=True)
def _keep_temporary_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Hidden cases and the like go where pytest keeps its own: a worker process that is ended has
    no time to clear up."""
    before, tempfile.tempdir = tempfile.tempdir, str(tmp_path_factory.mktemp("temporary"))
    yield
    tempfile.tempdir = before


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of one small lesson, with nobody in it yet."""
    return small_course(tmp_path / "course")


@dataclass(frozen=True)
class GradedClass:
    """A graded course (only to be looked at) and what `--json` writes of it."""

    course: Path
    result: dict

    def verdict(self, student: str, exercise: str) -> dict:
        return self.result["students"][student]["exercises"][exercise]

    def copy(self, folder: Path) -> Path:
        """A copy of the course that a test may change."""
        return Path(shutil.copytree(self.course, folder))


def made_once(
    tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]
) -> tuple[Path, object]:
    """A folder that is made once, also where tests run in several processes; and what its making
    gave, which must be something that pickle takes."""
    base = tmp_path_factory.getbasetemp()
    home = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    done = home / "made.pickle"
    try:
        home.mkdir()
    except FileExistsError:
        end = time.monotonic() + 120
        while not done.exists() and time.monotonic() < end:
            time.sleep(0.2)
        return home, pickle.loads(done.read_bytes())
    result = make(home)
    done.with_suffix(".new").write_bytes(pickle.dumps(result))
    done.with_suffix(".new").rename(done)
    return home, result


@pytest.fixture(scope="session")
def graded_class(bwrap: str, tmp_path_factory: pytest.TempPathFactory) -> GradedClass:
    """The class of small_class.py, graded once."""
    home, result = made_once(tmp_path_factory, "graded-class", _grade_the_class)
    return GradedClass(home / "course", result)


def _grade_the_class(home: Path) -> dict:
    course = small_course(home / "course")
    settings = course / "autograde" / "nbgrader_config.py"
    settings.write_text(settings.read_text() + LIMITS)
    for student, work in submissions().items():
        hand_in(course, student, work)
    beside = hand_in(course, "ada", submissions()["ada"]).parent
    (beside / "notes.ipynb").write_text("a second notebook, and not a sound one")
    (beside / "helper.py").write_text("x = 1")
    return grade_class(course, LESSON).public()
