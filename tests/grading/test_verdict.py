"""nbgrader reads a grade from what a check cell shows: so it shows one report and nothing else."""

import math

import nbformat
import pytest
from nbformat.v4 import new_output
from nbgrader.utils import determine_grade

from convolab.check.ladder import Verdict as Ladder
from convolab.check.report import MIME, Report
from convolab.grading.verdict import STATUSES, read, settle


def cell(*outputs):
    check = nbformat.v4.new_code_cell('check("twice")', execution_count=3, outputs=list(outputs))
    check.metadata["nbgrader"] = {
        "grade": True, "grade_id": "test_twice", "locked": True, "points": 2,
        "schema_version": 3, "solution": False, "task": False,
    }  # fmt: skip
    return check


def bundle(status="partial", points=1.5, hint="Look at the end."):
    return Report("twice", 2, Ladder(status, points, hint))._repr_mimebundle_()


def forged(**entries):
    made = bundle("correct", 2.0)
    made[MIME].update(entries)
    return shown(made)


def shown(data):
    return new_output("execute_result", data, execution_count=3)


def verdict_on(check):
    return read(nbformat.v4.new_notebook(cells=[check]))["twice"]


@pytest.mark.parametrize("points", [0.0, 0.67, 1.333, 1.5, 2.0])
def test_nbgrader_reads_exactly_the_points_of_the_report(points):
    check = cell(shown(bundle(points=points)))
    settle(check)
    assert determine_grade(check) == (Report("twice", 2, Ladder("wrong", points, "")).points, 2)
    assert len(check.outputs) == 1


@pytest.mark.parametrize(
    "noise",
    [
        new_output("stream", name="stderr", text="a warning"),
        new_output("stream", name="stdout", text="printed"),
        new_output("execute_result", {"text/plain": "2.0"}, execution_count=3),
        new_output("display_data", {"text/plain": "2.0"}),
        new_output("error", ename="Odd", evalue="", traceback=[]),
    ],
)
def test_what_else_a_cell_shows_costs_and_gives_nothing(noise):
    for outputs in ([noise, shown(bundle())], [shown(bundle()), noise]):
        check = cell(*outputs)
        settle(check)
        assert determine_grade(check) == (1.5, 2)
        assert verdict_on(check).hint == "Look at the end."


@pytest.mark.parametrize(
    "outputs",
    [
        [],
        [new_output("stream", name="stdout", text="2.0")],
        [new_output("execute_result", {"text/plain": "2.0"}, execution_count=3)],
        [new_output("execute_result", {"text/plain": "np.float64(2.0)"}, execution_count=3)],
        [new_output("display_data", bundle("correct", 2.0))],
        [forged(name="another exercise")],
        [forged(points=math.nan)],
        [forged(points=math.inf)],
        [forged(points="2")],
        [forged(status="excellent")],
        [shown({MIME: "not a report", "text/plain": "2.0"})],
    ],
)
def test_a_check_without_a_sound_report_gives_no_points_and_says_so(outputs):
    check = cell(*outputs)
    settle(check)
    assert determine_grade(check) == (0.0, 2)
    assert verdict_on(check).status == "error"
    assert verdict_on(check).hint


def test_more_points_than_there_are_become_the_maximum():
    check = cell(forged(points=2.0000000001))
    settle(check)
    assert determine_grade(check) == (2.0, 2)


def test_a_check_that_ran_out_of_time_says_so():
    check = cell(new_output("error", ename="CellTimeoutError", evalue="", traceback=[]))
    settle(check)
    assert verdict_on(check).status == "timeout"
    assert "too long" in verdict_on(check).hint


def test_a_check_that_could_not_be_run_gives_the_reason():
    check = cell()
    settle(check, ("error", "Python ended in cell 4."))
    assert (verdict_on(check).status, verdict_on(check).hint) == (
        "error",
        "Python ended in cell 4.",
    )


@pytest.mark.parametrize("status", [s for s in STATUSES if s != "correct"])
def test_whatever_is_not_right_has_a_hint(status):
    check = cell(shown(bundle(status, 0.0, hint="")))
    settle(check)
    assert verdict_on(check).hint


def test_what_is_right_needs_no_hint():
    check = cell(shown(bundle("correct", 2.0, hint="Well observed.")))
    settle(check)
    assert verdict_on(check).hint is None
