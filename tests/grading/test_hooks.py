"""The two hooks in nbgrader's settings fail closed: without them nothing is graded."""

import shutil

import pytest
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import import_item

from convolab.grading.desk import open_desk
from convolab.grading.gradebook import gradebook
from convolab.grading.gradebook.converters import autograde
from convolab.problem import Problem
from tests.grading.small_course import LESSON, RIGHT, filled, hand_in

# nbgrader's queries are older than the SQLAlchemy that runs them.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


@pytest.fixture
def desk(graded_class, tmp_path):
    """A desk with a submission that came after the others were graded."""
    course = graded_class.copy(tmp_path / "copy")
    hand_in(course, "late", filled(RIGHT))
    return open_desk(course).at(LESSON)


@pytest.mark.parametrize("hooks", ["sanitize_preprocessors", "autograde_preprocessors"])
@pytest.mark.parametrize(
    "broken", ["convolab.grading.intake.mend_hook.Gone", "convolab.gone.Anything"]
)
def test_a_hook_that_cannot_be_loaded_grades_nothing(desk, hooks, broken):
    desk.config.Autograde[hooks][0] = broken
    assert autograde(desk, "late") is not None
    assert set(gradebook.standings(desk)["late"].auto_scores.values()) == {None}
    assert not desk.autograded("late").exists()


@pytest.mark.parametrize("hooks", ["sanitize_preprocessors", "autograde_preprocessors"])
def test_the_steps_are_names_that_nbgrader_can_load_and_each_desk_has_its_own_list(course, hooks):
    steps = open_desk(course).config.Autograde[hooks]
    assert all(issubclass(import_item(name), NbGraderPreprocessor) for name in steps)
    steps.clear()
    assert open_desk(course).config.Autograde[hooks]


def _gone(exercises):
    shutil.rmtree(exercises)


def _one_gone(exercises):
    (exercises / "total.py").unlink()


def _not_python(exercises):
    (exercises / "total.py").write_text("exercise = Exercise(")


def _not_toml(exercises):
    (exercises / "by_hand.toml").write_text("[by_hand")


@pytest.mark.parametrize("spoil", [_gone, _one_gone, _not_python, _not_toml])
def test_exercises_that_cannot_be_read_grade_nothing(desk, spoil):
    spoil(desk.course / "autograde" / "exercises" / LESSON)
    assert autograde(desk, "late") is not None
    assert set(gradebook.standings(desk)["late"].auto_scores.values()) == {None}


def test_a_settings_file_that_raises_is_a_problem_and_not_a_reason_for_stock_settings(course):
    settings = course / "autograde" / "nbgrader_config.py"
    settings.write_text(settings.read_text() + "\n1 / 0\n")
    with pytest.raises(Problem, match="ZeroDivisionError"):
        open_desk(course).at(LESSON)


def test_settings_without_the_hooks_are_a_problem(course):
    (course / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.root = "/"\n')
    with pytest.raises(Problem, match="sanitize_preprocessors is not set"):
        open_desk(course).at(LESSON)


def test_missing_settings_are_a_problem(course):
    (course / "nbgrader_config.py").unlink()
    with pytest.raises(Problem, match=r"nbgrader_config\.py is missing"):
        open_desk(course).at(LESSON)
