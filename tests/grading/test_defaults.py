"""What a teacher finds in the course's settings is what holds where nothing is set."""

from dataclasses import asdict

import pytest

from convolab.grading.desk import open_desk, read_master
from convolab.grading.run.pipeline import AUTOGRADE, SANITIZE
from convolab.grading.run.run_hook import RunSubmission
from convolab.grading.sandbox.limits import Limits
from convolab.handin.local_run import CELL_SECONDS
from convolab.problem import Problem
from tests.grading.small_course import LESSON


def test_the_limits_in_the_settings_are_the_defaults(course):
    config = open_desk(course).config
    written = {name: config.RunSubmission[name] for name in config.RunSubmission}
    assert {"cell_cpu", "call_wall", "memory", "processes"} <= set(written)
    defaults = asdict(Limits()) | {"seed": RunSubmission.seed.default_value}
    assert written == {name: defaults[name] for name in written}
    assert asdict(RunSubmission(config=config).grading_run.limits) == asdict(Limits())


def test_a_learners_own_check_gives_a_cell_as_long_as_grading_does():
    assert Limits().cell_wall == CELL_SECONDS


def test_the_steps_in_the_settings_are_those_that_grading_knows(course):
    autograde = open_desk(course).config.Autograde
    assert tuple(autograde.sanitize_preprocessors) == SANITIZE
    assert tuple(autograde.autograde_preprocessors) == AUTOGRADE


def test_the_teachers_notebook_is_read_once_until_it_changes(course):
    desk = open_desk(course).at(LESSON)
    first = desk.read_master()
    assert desk.read_master() is first
    path = desk.master()
    path.write_text(path.read_text().replace("A small lesson", "A smaller lesson"))
    assert read_master(path) is not first
    path.write_text("{")
    with pytest.raises(Problem, match="run `convolab build`"):
        desk.read_master()
