"""nbgrader reads a grade from what a check cell shows: so it shows one report and nothing else."""

import nbformat
import pytest
from nbgrader.utils import determine_grade

from convolab.check.ladder import Verdict as Ladder
from convolab.check.report import Report
from convolab.check.statuses import STATUSES
from convolab.grading.exercise_result import read
from convolab.grading.sandbox.outputs import of_cell, of_check


def cell(status="partial", points=1.5, hint="Look at the end."):
    check = nbformat.v4.new_code_cell('check("twice")', execution_count=3)
    check.outputs = [of_check(Report("twice", 2, Ladder(status, points, hint)), 3)]
    check.metadata["nbgrader"] = {
        "grade": True, "grade_id": "test_twice", "locked": True, "points": 2,
        "schema_version": 3, "solution": False, "task": False,
    }  # fmt: skip
    return check


def verdict_on(check):
    return read(nbformat.v4.new_notebook(cells=[check]))["twice"]


@pytest.mark.parametrize("points", [0.0, 0.67, 1.333, 1.5, 2.0])
def test_nbgrader_reads_exactly_the_points_of_the_report(points):
    check = cell(points=points)
    assert determine_grade(check) == (Report("twice", 2, Ladder("wrong", points, "")).points, 2)


@pytest.mark.parametrize(("points", "read_as"), [(2.0000000001, 2), (-1, 0), (float("nan"), 0)])
def test_points_that_cannot_be_become_what_can(points, read_as):
    assert determine_grade(cell(points=points)) == (read_as, 2)


@pytest.mark.parametrize("status", [s for s in STATUSES if s != "correct"])
def test_whatever_is_not_right_has_a_hint(status):
    assert verdict_on(cell(status, 0.0, hint="")).hint


def test_what_is_right_needs_no_hint():
    assert verdict_on(cell("correct", 2.0, hint="Well observed.")).hint is None


def test_what_a_student_shows_is_text_whatever_it_claims_to_be():
    shown = [
        {"kind": "display", "text": "<script>alert(1)</script>", "text/html": "<b>"},
        {"kind": "result", "text": "1"},
        {"kind": "stdout", "text": "a\x1b[31m\x00b"},
        {"kind": "error", "text": "E: no", "name": "E", "says": "no"},
        {"kind": "image/svg+xml", "text": "<svg onload=alert(1)>"},
        {"kind": "stdout", "text": 5},
    ]
    outputs = of_cell(shown, 1000, 1)
    assert [output.output_type for output in outputs] == [
        "display_data", "execute_result", "stream", "error", "stream",
    ]  # fmt: skip
    assert list(outputs[0].data) == ["text/plain"]
    assert outputs[2].text == "a[31mb"
    nbformat.validate(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=outputs)]))


@pytest.mark.parametrize("shown", [None, 7, "text", [3], [{"kind": []}], {"kind": "stdout"}])
def test_whatever_comes_instead_of_outputs_shows_nothing(shown):
    assert of_cell(shown, 1000, 1) == []


def test_what_a_cell_shows_is_cut():
    outputs = of_cell([{"kind": "stdout", "text": "x" * 500}] * 100, 1000, 1)
    assert sum(len(output.text) for output in outputs) < 2000
