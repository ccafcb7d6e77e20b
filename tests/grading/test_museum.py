"""Every submission of the museum gets its verdict, and leaves nothing behind."""

import re
import shutil
import time
from functools import cache
from pathlib import Path

import nbformat
import pytest

from convolab.grading.desk import open_desk
from convolab.grading.exercise_result import read
from convolab.grading.intake.mend_hook import Named, mend
from convolab.grading.intake.sanitise import reduce
from convolab.grading.intake.submissions import find
from convolab.grading.run.hidden_cases import draw
from convolab.grading.run.run_submission import beside
from convolab.grading.sandbox.launcher import launcher_for
from convolab.grading.sandbox.limits import Limits
from convolab.grading.sandbox.split_run import SubmissionRun
from convolab.handin.read import read_notebook
from tests.grading.small_course import LESSON, filled, hand_in, master, small_course
from tests.submissions import ALL

# What takes long on purpose takes a second or two; an honest cell of a gibibyte must pass.
LIMITS = Limits(
    cell_cpu=2, cell_wall=5, call_cpu=1, call_wall=4, submission_cpu=20, submission_wall=40,
    memory=1500, processes=64,
)  # fmt: skip


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    return small_course(tmp_path_factory.mktemp("museum") / "course")


@cache
def named() -> dict[str, Named]:
    """The cells that nbgrader knows by name, with the text in which students got them."""
    pairs = zip(master().cells, filled({}).cells, strict=True)
    return {
        cell.metadata.nbgrader.grade_id: Named(
            cell.metadata.nbgrader.grade_id, cell, handed_out.source
        )
        for cell, handed_out in pairs
        if "nbgrader" in cell.metadata
    }


def graded(course: Path, kind, number: int):
    """The verdicts on a submission and its notebook, or the problem."""
    student = f"s{number}"
    shutil.rmtree(course / "autograde" / "submitted", ignore_errors=True)
    path = hand_in(course, student, kind.work())
    for name, text in kind.files.items():
        (path.parent / name).parent.mkdir(parents=True, exist_ok=True)
        (path.parent / name).write_text(text)
    desk = open_desk(course).at(LESSON)
    submission = next(s for s in find(desk).submissions if s.student == student)
    if submission.problem:
        return submission.problem, None
    notebook = read_notebook(path)
    mend(notebook, named())
    reduce(notebook, master())
    launcher = launcher_for(True)
    files = beside(path.parent, path.name, 64)
    run = SubmissionRun(lambda: launcher.start(LIMITS), draw(course, LESSON, 5), LIMITS, files)
    run.run(notebook, time.monotonic() + LIMITS.submission_wall)
    return None, notebook


@pytest.mark.filterwarnings("ignore::nbformat.warnings.DuplicateCellId")
@pytest.mark.parametrize(("number", "kind"), list(enumerate(ALL)), ids=[kind.name for kind in ALL])
def test_it_gets_its_verdict(bwrap, course, number, kind):
    problem, notebook = graded(course, kind, number)
    if kind.problem or problem:
        assert kind.problem, problem
        assert re.search(kind.problem, problem), problem
        assert problem.endswith(".")
        return
    verdicts = read(notebook)
    for name, expected in (("twice", kind.twice), ("total", kind.total)):
        verdict = verdicts[name]
        assert (verdict.score, verdict.status) == expected, (name, verdict)
        assert bool(verdict.hint) == (verdict.status != "correct")
    nbformat.validate(notebook)


def test_there_are_eighty_kinds_and_no_two_of_the_same_name():
    assert len({kind.name for kind in ALL}) == len(ALL) >= 80
