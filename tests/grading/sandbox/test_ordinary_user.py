"""A teacher who is not root grades as safely: another way into the sandbox, the same verdicts."""

import json
import os
import sys

import pytest

from convolab.grading.sandbox import bubblewrap
from tests.grading.conftest import LIMITS
from tests.grading.sandbox.ordinary_user import USER, run
from tests.grading.small_course import LESSON, hand_in, small_course
from tests.submissions import ALL

pytestmark = pytest.mark.journey

KINDS = {
    "right": "plain",
    "hangs": "function: cannot be interrupted",
    "eats": "cell: eats memory in children",
    "bomb": "cell: a fork bomb",
    "kills": "kills every process it can",
    "looks": "finds no exercises to read",
    "forges": "puts a forged answer on the wire",
}

PROGRAM = """
import json, os, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from convolab.grading.grade import grade_class
from convolab.grading.sandbox.launcher import launcher_for
from convolab.grading.sandbox.limits import Limits
session = launcher_for(True).start(Limits(processes=40))
cell = '''
import os, subprocess, ctypes
print(open("/proc/self/uid_map").read().split() == [], os.listdir("/proc").count("2"))
print(ctypes.CDLL(None).unshare(0x10000000), os.path.exists({home!r}))
started = []
try:
    while len(started) < 100:
        started.append(subprocess.Popen(["sleep", "99"]))
except OSError:
    pass
print(len(started) < 41)
'''
answer = session.ask("run", 10, 20, source=cell, most=1000)
session.kill()
print(os.getuid())
print(json.dumps(["".join(o["text"] for o in answer["outputs"]), answer["error"]]))
print(json.dumps(grade_class(Path({course!r}), {lesson!r}).public()))
"""


@pytest.fixture
def root(bwrap):
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("who is not root runs all tests as an ordinary user.")
    return bwrap


def test_an_ordinary_user_grades_as_safely(root, tmp_path):
    course = small_course(tmp_path / "course")
    settings = course / "autograde" / "nbgrader_config.py"
    settings.write_text(settings.read_text() + LIMITS + "c.RunSubmission.memory = 700\n")
    kinds = {kind.name: kind for kind in ALL}
    for student, name in KINDS.items():
        hand_in(course, student, kinds[name].work())
    home = str(course / "autograde")
    code = PROGRAM.format(root=str(bubblewrap.PACKAGE.parent), course=str(course), lesson=LESSON,
                          home=home)  # fmt: skip
    done = run(code, tmp_path, 120)
    assert done.returncode == 0, done.stderr
    user, probe, graded = done.stdout.splitlines()
    assert int(user) == USER
    assert json.loads(probe) == ["True 0\n-1 False\nTrue\n", ""]
    students = json.loads(graded)["students"]
    for student, name in KINDS.items():
        assert students[student]["problem"] is None
        for exercise in ("twice", "total"):
            verdict = students[student]["exercises"][exercise]
            expected = getattr(kinds[name], exercise)
            assert (verdict["score"], verdict["status"]) == expected, (student, exercise, verdict)
