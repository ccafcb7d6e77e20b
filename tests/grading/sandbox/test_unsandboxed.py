"""Where there is no Linux the split protects the grades all the same; forced here on Linux."""

import socket
import threading
import time

import nbformat
import pytest

from convolab.grading.exercise_result import read
from convolab.grading.intake.mend_hook import Named, prepare
from convolab.grading.run.hidden_cases import draw
from convolab.grading.sandbox import bubblewrap, launcher, unsandboxed
from convolab.grading.sandbox.limits import Limits
from convolab.grading.sandbox.split_run import SubmissionRun
from tests.grading.small_course import LESSON, small_course
from tests.submissions import ALL

pytestmark = pytest.mark.journey

LIMITS = Limits(cell_cpu=2, cell_wall=5, call_cpu=1, call_wall=4, submission_cpu=20, memory=1500)
KINDS = (
    "puts a forged answer on the wire",
    "function: cannot be interrupted",
    "cell: eats memory",
    "meddles: digs three thousand folders",
)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return small_course(tmp_path_factory.mktemp("plain") / "course")


@pytest.mark.parametrize("name", KINDS)
def test_a_submission_gets_the_same_verdict(course, name):
    kind = next(kind for kind in ALL if kind.name == name)
    master = nbformat.read(course / "solutions" / LESSON / f"{LESSON}.ipynb", as_version=4)
    named = {
        cell.metadata.nbgrader.grade_id: Named(cell.metadata.nbgrader.grade_id, cell, "pass")
        for cell in master.cells
        if "nbgrader" in cell.metadata
    }
    notebook = kind.work()
    prepare(notebook, master, named)
    starts, sessions = unsandboxed.PlainLauncher(), []

    def start():
        sessions.append(starts.start(LIMITS))
        return sessions[-1]

    run = SubmissionRun(start, draw(course, LESSON, 5), LIMITS, [])
    run.run(notebook, time.monotonic() + 60)
    verdicts = read(notebook)
    for exercise in ("twice", "total"):
        verdict = verdicts[exercise]
        assert (verdict.score, verdict.status) == getattr(kind, exercise), (exercise, verdict)
    for session in sessions:
        assert session._process.poll() is not None
        assert not session._scratch.exists()


def test_it_is_taken_where_there_is_no_linux_and_nobody_asks_for_a_sandbox(monkeypatch):
    monkeypatch.setattr(launcher, "_launchers", {})
    monkeypatch.setattr("sys.platform", "darwin")
    assert isinstance(launcher.start_launcher(False), unsandboxed.PlainLauncher)
    assert "container" in bubblewrap.missing()


def test_a_stranger_who_calls_is_turned_away():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)
        address = server.getsockname()

        def call():
            for said in (b"x" * 16, b"right token 1234"):
                with socket.create_connection(address) as end:
                    end.sendall(said)
                    end.settimeout(5)
                    end.recv(1)

        thread = threading.Thread(target=call)
        thread.start()
        with unsandboxed._caller(server, b"right token 1234") as end:
            end.sendall(b"!")
        thread.join()
