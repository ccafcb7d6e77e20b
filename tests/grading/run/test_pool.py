"""Submissions are run ahead in several processes, and nothing that was run is lost."""

import os
import signal
import subprocess
import sys
from dataclasses import replace

import pytest

from convolab.grading.desk import open_desk
from convolab.grading.grade import grade_class
from convolab.grading.grade_options import GradeOptions
from convolab.grading.gradebook.enter_lesson import enter_assignment
from convolab.grading.intake.submissions import find
from convolab.grading.run import pool, records
from convolab.grading.run.pool import LessonHere
from convolab.grading.run.run_hook import run_of
from convolab.grading.sandbox.launcher import Launcher
from tests.grading.small_course import LESSON, RIGHT, SQUARES, filled, hand_in

DIES = {"twice": "import os\nos._exit(0)"}
WORK = {"ada": RIGHT, "bob": {**RIGHT, **SQUARES}, "cyd": {**RIGHT, **DIES}, "dan": RIGHT}


@pytest.fixture
def desk(bwrap, course):
    """A desk with a class of four, nobody graded yet."""
    for student, answers in WORK.items():
        hand_in(course, student, filled(answers))
    desk = open_desk(course).at(LESSON)
    enter_assignment(desk)
    return desk


def test_any_number_of_processes_gives_the_same_grades(desk):
    students = [
        grade_class(desk.course, LESSON, GradeOptions(jobs=jobs, force=True)).public()["students"]
        for jobs in (1, 3)
    ]
    assert students[0] == students[1]
    assert [entry["score"] for entry in students[0].values()] == [3, 1, 1, 3]
    assert not (desk.results / LESSON / "runs").exists()


def test_a_run_that_is_kept_is_not_run_again(desk, monkeypatch):
    how = run_of(desk.config)
    how = replace(how, standard=records.standard(desk, how), kept=desk.course / "kept")
    job = LessonHere(desk, how)
    folder = next(s.folder for s in find(desk).submissions if s.student == "bob")
    made = []
    start = Launcher.start
    monkeypatch.setattr(Launcher, "start", lambda *given: made.append(1) or start(*given))

    def is_run():
        made.clear()
        came = job.run(folder)
        assert came.verdicts["total"].score == 1
        return bool(made)

    assert is_run()
    assert not is_run()

    # Another answer, another file beside it, another limit or another standard is another run.
    (folder / "helper.py").write_text("x = 1")
    assert is_run()
    hand_in(desk.course, "bob", filled(RIGHT))
    assert is_run()
    job.how = replace(job.how, limits=replace(job.how.limits, memory=1000))
    assert is_run()
    job.how = replace(job.how, standard="another")
    assert is_run()


def test_workers_that_are_killed_cost_nothing(desk, monkeypatch):
    started = pool.ProcessPoolExecutor

    def killed(*given, **more):
        pool = started(*given, **more)
        submit = pool.submit

        def submit_and_kill(*order):
            future = submit(*order)
            for pid in children(os.getpid()):
                if "bwrap" not in command_of(pid):
                    os.kill(pid, signal.SIGKILL)
            return future

        pool.submit = submit_and_kill
        return pool

    monkeypatch.setattr(pool, "ProcessPoolExecutor", killed)
    students = grade_class(desk.course, LESSON, GradeOptions(jobs=2)).public()["students"]
    assert [entry["score"] for entry in students.values()] == [3, 1, 1, 3]


def test_workers_end_with_the_process_that_they_work_for(desk):
    source = f"""
import time
from pathlib import Path
from convolab.grading.run.pool import running
from convolab.grading.run.grading_run import GradingRun
from convolab.grading.desk import open_desk
from convolab.grading.intake.submissions import find
desk = open_desk(Path({str(desk.course)!r})).at({LESSON!r})
with running(desk, GradingRun(2026), find(desk).submissions, 2):
    print("ready", flush=True)
    time.sleep(60)
"""
    grader = subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True)
    assert grader.stdout.readline() == "ready\n"
    workers = children(grader.pid)
    assert len(workers) >= 2
    grader.kill()
    grader.wait()
    assert grader.stdout.read() == ""  # which ends when nobody holds the other end any more


def children(pid):
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(line) for line in found.stdout.split() if os.path.exists(f"/proc/{line}")]


def command_of(pid):
    with open(f"/proc/{pid}/cmdline") as file:
        return file.read()
