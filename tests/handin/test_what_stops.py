"""`convolab check-notebook` says what stops as grading does: once, first, with the same points."""

import nbformat
import pytest

from convolab.handin.packages import course_modules, foreign_imports
from tests.grading.small_course import LESSON, filled
from tests.handin.test_command import ask
from tests.submissions.given import AS_WELL, KINDS, with_given_cells

FEW = (
    "a module that is missing", "a magic that does not exist", "exit", "deleted",
    "a helper below a missing module", "a name of the lesson's with another value",
)  # fmt: skip


@pytest.fixture
def lesson(kit):
    """The course with a lesson whose answers need the cells that it gives."""
    released = kit / "notebooks" / LESSON / f"{LESSON}.ipynb"
    nbformat.write(with_given_cells(filled({})), released)
    return kit


def the_kind(name: str):
    return next(kind for kind in KINDS if kind.name == name)


@pytest.mark.journey
@pytest.mark.parametrize("name", ["drawing that is not to be had", "a helper below its check"])
def test_it_says_nothing_where_grading_says_nothing(lesson, saved, name):
    _, said = ask(lesson, saved(the_kind(name).work()), seconds=5)
    assert f"{LESSON}.ipynb exercise points" in said
    assert "3 of 3 points" in said


@pytest.mark.journey
@pytest.mark.parametrize("name", FEW)
def test_it_says_and_gives_what_grading_does(lesson, saved, name):
    kind = the_kind(name)
    _, said = ask(lesson, saved(kind.work()), seconds=5)
    begins = kind.says.replace("on the grading machine", "on this computer")
    assert f"{LESSON}.ipynb {begins}" in said
    assert (AS_WELL in said) == kind.mended
    assert f"{kind.points} of 3 points" in said
    assert said.count(begins) == 1


def cells(*sources: str):
    return [nbformat.v4.new_code_cell(source) for source in sources]


def test_a_module_that_only_this_computer_has_is_named_with_its_line(tmp_path):
    (tmp_path / "mine.py").touch()
    found = foreign_imports(
        cells(
            "import numpy as np, os\nimport matplotlib.pyplot as plt\nimport mine\n%pip install x",
            "def f():\n    from sklearn.linear_model import Ridge",
            "try:\n    import torch\nexcept ImportError:\n    torch = None",
            "import helper",
        ),
        cells("import helper"),
        tmp_path,
    )
    assert found == {"sklearn": "from sklearn.linear_model import Ridge"}


def test_the_courses_modules_are_those_of_its_packages_and_of_what_they_need():
    known = course_modules()
    assert {"numpy", "matplotlib", "IPython", "PIL"} <= known
    assert not {"scipy", "pytest", "pandas"} & known
