"""nbgrader's own autograde reads a submission however its file was saved."""

import nbformat
import pytest

from convolab.grading.desk import open_desk
from convolab.grading.gradebook import gradebook
from convolab.grading.gradebook.converters import autograde
from convolab.grading.gradebook.enter_lesson import enter_assignment
from tests.grading.small_course import LESSON, RIGHT, filled, hand_in


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_nbgraders_autograde_reads_what_an_editor_made_of_it(bwrap, course, encoding):
    hand_in(course, "ada", nbformat.writes(filled(RIGHT)).encode(encoding))
    desk = open_desk(course).at(LESSON)
    enter_assignment(desk)
    assert autograde(desk, "ada") is None
    assert gradebook.standings(desk)["ada"].score == 3
