"""Whatever stops a grader, the next run ends where an undisturbed one would have ended."""

import contextlib
import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from convolab.grading.grade import grade_class
from convolab.grading.grade_options import GradeOptions
from convolab.grading.sandbox import launcher
from convolab.problem import Problem
from tests.grading.small_class import submissions
from tests.grading.small_course import LESSON, hand_in, small_course

pytestmark = pytest.mark.journey

QUICK = ("ada", "broken", "dies", "duplicated", "looked-up", "squares")
KILLS = 10


@pytest.fixture
def course(bwrap, tmp_path):
    """A course with a small class of whom nobody takes long."""
    made, work = small_course(tmp_path / "course"), submissions()
    for student in QUICK:
        hand_in(made, student, work[student])
    (made / "autograde" / "submitted" / "ada" / LESSON / "helper.py").write_text("x = 1")
    return made


def state(course):
    """All that grading leaves behind: rows of the gradebook, notebooks, records; nothing else."""
    with contextlib.closing(sqlite3.connect(course / "autograde" / "gradebook.db")) as book:
        rows = book.execute(
            "SELECT submitted_assignment.student_id, base_cell.name, grade.auto_score,"
            " grade.needs_manual_grade, grade.manual_score FROM grade"
            " JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id"
            " JOIN submitted_assignment ON submitted_notebook.assignment_id"
            " = submitted_assignment.id"
            " JOIN base_cell ON grade.cell_id = base_cell.id"
        ).fetchall()
    files = {}
    for folder in ("autograded", "results"):
        for path in (course / "autograde" / folder).rglob("*"):
            if path.is_file() and ".turns" not in path.parts:
                name = str(path.relative_to(course))
                content = path.read_bytes() if folder == "autograded" else b""
                files[name] = hashlib.sha256(content).hexdigest()
    return sorted(rows), files


def grading(course, temporary):
    """A process, and a group of processes, that grades; its number."""
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            os.setsid()
            launcher._launchers.clear()
            tempfile.tempdir = str(temporary)
            os.environ["TMPDIR"] = str(temporary)
            grade_class(course, LESSON, GradeOptions(jobs=2))
            os._exit(0)
        os._exit(1)
    return child


def started(temporary):
    """The processes that graders with this folder for temporary files have started: their errors
    go into a file there."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/fd/2"):
        with contextlib.suppress(OSError):
            if os.readlink(path).startswith(str(temporary)):
                found.add(int(path.parts[2]))
    return found


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk.")
@pytest.mark.parametrize("folder", ["autograded", "results", "gradebook"])
def test_a_full_disk_is_one_sentence_and_a_rerun_goes_on(course, folder):
    place = course / "autograde" / folder
    settings = course / "autograde" / "nbgrader_config.py"
    if folder == "gradebook":
        url = f"sqlite:///{place}/gradebook.db"
        settings.write_text(settings.read_text() + f"\nc.CourseDirectory.db_url = {url!r}\n")
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place], check=True)
    try:
        (place / "filler").write_bytes(bytes(56 << 10))
        with pytest.raises(Problem) as problem:
            grade_class(course, LESSON)
        assert "No space left" in str(problem.value) or "full" in str(problem.value)
        assert "grade again" in str(problem.value)
        (place / "filler").unlink()
        subprocess.run(["mount", "-o", "remount,size=8m", place], check=True)
        graded = grade_class(course, LESSON).public()["students"]
    finally:
        subprocess.run(["umount", "-l", place], check=True)
    scores = {student: of["score"] for student, of in graded.items()}
    assert scores == {
        "ada": 3,
        "broken": 0,
        "dies": 2,
        "duplicated": 3,
        "looked-up": 2,
        "squares": 1,
    }


def test_a_gradebook_that_another_program_holds_is_one_sentence_and_a_rerun_goes_on(
    course, monkeypatch
):
    grade_class(course, LESSON)
    hand_in(course, "squares", submissions()["ada"])
    monkeypatch.setattr("convolab.grading.gradebook.batch_writer.PATIENCE", 0.5)
    with contextlib.closing(sqlite3.connect(course / "autograde" / "gradebook.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Problem, match=r"gradebook.*locked.*grade again"):
            grade_class(course, LESSON)
    assert grade_class(course, LESSON).outcomes["squares"].score == 3


def eventually(holds, seconds=10):
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


@pytest.mark.journey
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="there is no sandbox elsewhere")
def test_a_grader_that_is_killed_at_any_instant_loses_nothing(course, tmp_path):
    undisturbed = Path(shutil.copytree(course, tmp_path / "undisturbed" / "course"))
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    begun = time.monotonic()
    assert os.waitpid(grading(undisturbed, temporary), 0)[1] == 0
    whole = time.monotonic() - begun
    assert not list(temporary.iterdir())
    random_instants, ended, seen = random.Random(6), 0, set()
    for number in range(KILLS):
        child = grading(course, temporary)
        time.sleep(whole * (number + random_instants.random()) / KILLS)
        seen |= started(temporary)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        ended += os.waitpid(child, 0)[1] == 0
        if number % 4 == 3:  # and begin anew, or the last instants would find nothing to do
            shutil.rmtree(course / "autograde" / "results", ignore_errors=True)
    assert seen
    assert ended < KILLS
    assert eventually(lambda: not started(temporary), 60)  # one that just started ends when ready
    assert os.waitpid(grading(course, temporary), 0)[1] == 0
    assert state(course) == state(undisturbed)
    assert not list(temporary.iterdir())
    assert eventually(lambda: not started(temporary), 60)  # one that just started ends when ready
