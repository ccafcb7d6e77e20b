"""What a student's process can reach, how much it can use, and that nothing of it stays."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from convolab.grading.sandbox import bubblewrap
from convolab.grading.sandbox.launcher import Launcher, launcher_for
from convolab.grading.sandbox.limits import Limits
from convolab.grading.sandbox.session import Ended
from convolab.problem import Problem
from tests.grading.small_course import ROOT

LIMITS = Limits(memory=600, processes=40, files=8, submission_cpu=20)


@pytest.fixture
def session(bwrap):
    found = launcher_for(True).start(LIMITS)
    yield found
    found.kill()


def shows(session, source, cpu=5, wall=10):
    """What a cell prints, or the name of the error that it stops with."""
    answer = session.ask("run", cpu, wall, source=source, most=10_000)
    return answer["error"] or "".join(one["text"] for one in answer["outputs"]).strip()


def test_it_computes(session):
    assert shows(session, "import numpy as np\nprint(np.arange(4).sum())") == "6"


@pytest.mark.parametrize(
    "path",
    [
        ROOT / "autograde", ROOT / "solutions", ROOT / "lessons", ROOT / "tests", ROOT / ".git",
        Path.home() / ".bashrc", Path("/etc/passwd"), Path("/etc/hostname"), Path("/home"),
        Path("/var"), Path("/run"), Path("/sys"),
    ],
)  # fmt: skip
def test_nothing_of_the_machine_but_python_is_there(session, path):
    assert shows(session, f"import os\nprint(os.path.exists({str(path)!r}))") == "False"


def test_the_package_its_data_and_a_scratch_folder_are_there(session):
    assert shows(session, "from convolab import data\nprint(len(data.hopper()) > 0)") == "True"
    assert shows(session, "open('a', 'w').write('b')\nprint(open('a').read())") == "b"


@pytest.mark.parametrize("folder", ["/", "/usr", "/dev", "/tmp/..", str(ROOT / "convolab")])
def test_nothing_but_the_scratch_folder_can_be_written(session, folder):
    source = f"open({folder!r} + '/new', 'w')"
    assert shows(session, source) in ("OSError", "PermissionError", "FileNotFoundError")


def test_it_sees_no_process_but_its_own(session):
    source = "import os\nprint([n for n in os.listdir('/proc') if n.isdigit()], os.getpid())"
    assert shows(session, source) == "['1'] 1"


def test_there_is_no_network_not_even_to_this_computer(session):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        source = f"import socket\nsocket.create_connection(('127.0.0.1', {port}), 2)"
        assert shows(session, source) in ("OSError", "ConnectionRefusedError")


def test_it_has_no_rights_and_cannot_get_any(session):
    status = shows(session, "print(open('/proc/self/status').read())")
    lines = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert {lines[name] for name in ("CapEff", "CapPrm", "CapBnd", "CapInh")} == {"0" * 16}
    assert lines["NoNewPrivs"] == "1"
    source = "import ctypes\nprint(ctypes.CDLL(None).unshare(0x10000000))"
    assert shows(session, source) == "-1"


def test_it_has_no_file_open_but_the_wire(session):
    source = """
import os
for name in sorted(os.listdir("/proc/self/fd"))[:-1]:
    print(os.readlink(f"/proc/self/fd/{name}").split(":")[0], end=" ")
"""
    assert shows(session, source) == "/dev/null /dev/null /dev/null socket"


def test_terminals_of_one_submission_are_not_there_for_another(bwrap):
    first, second = launcher_for(True).start(LIMITS), launcher_for(True).start(LIMITS)
    shows(first, "import pty\nends = pty.openpty()")
    assert shows(second, "import os\nprint(os.listdir('/dev/pts'))") == "['ptmx']"
    first.kill()
    second.kill()


def test_what_one_submission_leaves_is_not_there_for_the_next(bwrap):
    first, second = launcher_for(True).start(LIMITS), launcher_for(True).start(LIMITS)
    folders = (".", bubblewrap.scratch(bubblewrap.readable()), "/dev/shm")
    for folder in folders:
        shows(first, f"open({folder + '/left'!r}, 'w').write('x')")
    source = f"import os\nprint([os.listdir(f) for f in {folders}])"
    assert shows(second, source) == "[[], [], []]"
    first.kill()
    second.kill()


def test_processes_and_threads_are_limited_also_for_root(session):
    source = """
import subprocess
started = []
try:
    while len(started) < 100:
        started.append(subprocess.Popen(["sleep", "99"]))
except OSError:
    pass
print(5 < len(started) < 41)
for process in started:
    process.kill()
"""
    assert shows(session, source, wall=20) == "True"


def test_the_memory_of_one_process_is_limited(session):
    assert shows(session, "x = bytearray(700 << 20)") == "MemoryError"
    assert shows(session, "x = bytearray(300 << 20)\nprint(1)") == "1"


def ends_for_memory(session, source):
    with pytest.raises(Ended) as ended:
        session.ask("run", 20, 40, source=source, most=100)
    assert ended.value.status == "memory"


def test_the_memory_of_all_processes_together_is_limited(session):
    source = """
import os, time
for i in range(8):
    if os.fork() == 0:
        x = b"1" * (200 << 20)
        time.sleep(30)
time.sleep(30)
"""
    ends_for_memory(session, source)


def test_a_process_that_has_ended_hides_the_memory_of_no_other(session):
    source = """
import os, time
if os.fork() == 0:
    os._exit(0)
time.sleep(0.1)
for i in range(4):
    if os.fork() == 0:
        x = b"1" * (250 << 20)
        time.sleep(30)
time.sleep(30)
"""
    ends_for_memory(session, source)


def test_memory_in_sockets_counts(session):
    source = """
import os, socket, time
for i in range(30):
    if os.fork() == 0:
        kept = [socket.socketpair() for i in range(100)]
        time.sleep(30)
time.sleep(30)
"""
    ends_for_memory(session, source)


def test_memory_of_no_process_cannot_be_had(session):
    for source in (
        "import os; os.memfd_create('a')",
        "import ctypes; 1 / (1 + ctypes.CDLL(None).shmget(0, 1 << 30, 0o1600))",
        "import socket; socket.socketpair()[0].setsockopt(1, 7, 1 << 22)",
    ):
        assert shows(session, source) in ("PermissionError", "ZeroDivisionError")


def test_files_are_limited(session):
    assert shows(session, "open('big', 'wb').write(bytes(20 << 20))") == "OSError"
    source = "for i in range(99):\n    open(str(i), 'wb').write(bytes(1 << 20))"
    assert shows(session, source) == "OSError"


def test_a_cell_that_takes_too_long_is_interrupted_and_the_rest_stays(session):
    shows(session, "kept = 5")
    assert shows(session, "while True: pass", cpu=0.3) == "KeyboardInterrupt"
    assert session.was_interrupted
    assert shows(session, "print(kept)") == "5"


def test_one_that_sleeps_too_long_is_interrupted_by_the_clock(session):
    assert shows(session, "import time; time.sleep(60)", wall=0.3) == "KeyboardInterrupt"


def test_one_that_cannot_be_interrupted_is_ended(session):
    source = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    with pytest.raises(Ended) as ended:
        session.ask("run", 0.3, 5, source=source, most=100)
    assert ended.value.status == "timeout"


def test_the_time_of_children_and_threads_counts(session):
    before = session.cpu()
    source = """
import os, threading, time
def work():
    end = time.thread_time() + 0.4
    while time.thread_time() < end: pass
if os.fork() == 0:
    work(); os._exit(0)
thread = threading.Thread(target=work)
thread.start(); thread.join(); os.wait()
"""
    shows(session, source, cpu=10, wall=30)
    assert session.cpu() - before > 0.7


def test_no_time_vanishes_with_the_child_that_took_it(session):
    before = session.cpu()
    source = """
import os, signal, time
try:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
except OSError:
    pass
for i in range(6):
    if os.fork() == 0:
        if os.fork():
            os._exit(0)
        end = time.process_time() + 0.1
        while time.process_time() < end: pass
        os._exit(0)
    if i % 2:
        os.wait()
"""
    shows(session, source, cpu=10, wall=30)
    assert eventually(lambda: session.cpu() - before > 0.5)
    assert session.uncounted() > 0


def test_everything_that_a_submission_started_is_gone_when_it_ends(session):
    marker = f"99{os.getpid()}"
    source = f"""
import os, subprocess
for i in range(3):
    subprocess.Popen(["sleep", "{marker}"], start_new_session=True)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execlp("sleep", "sleep", "{marker}")
    os._exit(0)
"""
    shows(session, source, wall=20)
    assert eventually(lambda: len(sleeping(marker)) >= 3)
    session.kill()
    assert eventually(lambda: not sleeping(marker))


def test_everything_is_gone_when_the_grader_is_killed(bwrap):
    marker = f"98{os.getpid()}"
    source = f"""
from convolab.grading.sandbox.launcher import Launcher
from convolab.grading.sandbox.limits import Limits
launcher = Launcher(True)
session = launcher.start(Limits())
cell = "import subprocess\\nsubprocess.Popen(['sleep', '{marker}'], start_new_session=True)"
session.ask("run", 5, 20, source=cell, most=100)
print("ready", flush=True)
session.ask("run", 50, 50, source="while True: pass", most=100)
"""
    grader = subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True)
    assert grader.stdout.readline() == "ready\n"
    assert eventually(lambda: sleeping(marker))
    grader.kill()
    grader.wait()
    assert eventually(lambda: not sleeping(marker))


def sleeping(marker):
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if path.read_bytes().split(b"\0")[:2] == [b"sleep", marker.encode()]:
                found.append(path)
        except OSError:
            continue
    return found


def eventually(holds, seconds=5):
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


def test_a_machine_without_bubblewrap_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("sys.platform", "linux")
    assert "apt-get install bubblewrap" in bubblewrap.missing()
    with pytest.raises(Problem, match="not installed"):
        Launcher(True)


@pytest.mark.parametrize("course", ["/usr/src/course", "/usr/local/course", sys.prefix])
def test_a_course_beside_the_installed_programs_is_not_among_what_is_read(course):
    for folder in ("autograde", "solutions"):
        inside = [
            path for path in bubblewrap.readable() if f"{course}/{folder}/".startswith(f"{path}/")
        ]
        assert not inside


def test_another_system_is_told_where_to_grade(monkeypatch):
    monkeypatch.setattr("sys.platform", "darwin")
    assert "container" in bubblewrap.missing()


def test_a_machine_that_refuses_says_why(monkeypatch, tmp_path):
    refusing = tmp_path / "bwrap"
    refusing.write_text("#!/bin/sh\necho 'bwrap: No permissions to create namespace' >&2\nexit 1\n")
    refusing.chmod(0o755)
    monkeypatch.setattr("shutil.which", lambda name: str(refusing))
    assert "No permissions to create namespace" in bubblewrap.missing()
    assert "user namespaces" in bubblewrap.missing()


def test_a_container_that_hides_parts_of_proc_is_told_its_options(monkeypatch, tmp_path):
    refusing = tmp_path / "bwrap"
    refusing.write_text('#!/bin/sh\necho "bwrap: Can\'t mount proc on /newroot/proc" >&2\nexit 1\n')
    refusing.chmod(0o755)
    monkeypatch.setattr("shutil.which", lambda name: str(refusing))
    assert "options listed in autograde/SECURITY.md" in bubblewrap.missing()


def test_this_machine_is_fit(bwrap):
    assert bubblewrap.missing() is None
