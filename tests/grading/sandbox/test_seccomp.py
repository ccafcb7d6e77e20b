"""What a student's process asks of the kernel in vain, and that all else still works."""

import platform
import re
import struct
from pathlib import Path

import pytest

from convolab.grading.sandbox import seccomp
from convolab.grading.sandbox.launcher import launcher_for
from convolab.grading.sandbox.limits import Limits

EPERM, ENOSYS, EAFNOSUPPORT = 1, 38, 97
MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}
PLACE = {"x86_64": 0, "aarch64": 1}


def decided(machine, number, *arguments, architecture=None):
    """The error with which the filter answers a call; 0 where it lets it pass."""
    six = [*arguments, *[0] * (6 - len(arguments))]
    call = struct.pack("=iIQ6Q", number, architecture or MACHINES[machine], 0, *six)
    steps = list(struct.iter_unpack("=HBBI", seccomp.program(machine)))
    place, loaded = 0, 0
    while True:
        code, if_so, if_not, value = steps[place]
        place += 1
        if code == 0x06:
            return 0 if value == 0x7FFF0000 else value & 0xFFFF
        if code == 0x20:
            (loaded,) = struct.unpack_from("=I", call, value)
            continue
        tests = {0x15: loaded == value, 0x35: loaded >= value, 0x45: bool(loaded & value)}
        place += if_so if tests[code] else if_not


@pytest.mark.parametrize("machine", MACHINES)
def test_every_call_on_the_list_is_refused(machine):
    numbers = [both[PLACE[machine]] for both in seccomp.DENIED.values()]
    assert {decided(machine, n) for n in numbers if n is not None} == {EPERM}


@pytest.mark.parametrize("machine", MACHINES)
def test_the_numbers_are_those_of_the_kernel(machine):
    if not HEADERS[machine].exists():
        pytest.skip(f"{HEADERS[machine]} is not installed: on Debian `apt-get install libc6-dev`.")
    defined = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", HEADERS[machine].read_text())
    known = {name: int(number) for name, number in defined}
    ours = {name: both[PLACE[machine]] for name, both in seccomp.DENIED.items()}
    assert {n: v for n, v in ours.items() if v is not None} == {
        n: known.get(n, v) for n, v in ours.items() if v is not None
    }


@pytest.mark.parametrize(
    ("machine", "clone", "act", "socket", "option", "ioctl", "read"),
    [("x86_64", 56, 13, 41, 54, 16, 0), ("aarch64", 220, 134, 198, 208, 29, 63)],
)
def test_some_calls_are_refused_by_their_arguments(
    machine, clone, act, socket, option, ioctl, read
):
    chld, new_user, somewhere = 17, 0x10000000, 0x7FFF00001000
    assert decided(machine, clone, new_user | chld) == EPERM
    assert decided(machine, clone, chld) == 0
    assert decided(machine, act, chld, somewhere) == EPERM
    assert decided(machine, act, chld, 1 << 32) == EPERM
    assert decided(machine, act, chld, 0) == 0
    assert decided(machine, act, 2, somewhere) == 0
    assert [decided(machine, socket, family) for family in (1, 2, 16)] == [0, 97, 97]
    assert [decided(machine, option, 3, 1, name) for name in (7, 8, 32)] == [EPERM, 0, EPERM]
    assert [decided(machine, ioctl, 0, what) for what in (0x5412, 0x5413)] == [EPERM, 0]
    assert decided(machine, read) == 0


@pytest.mark.parametrize("machine", MACHINES)
def test_what_is_newer_or_of_another_processor_is_unknown(machine):
    assert decided(machine, 435) == ENOSYS
    assert decided(machine, 463) == ENOSYS
    assert decided(machine, 0x40000000) == ENOSYS
    assert decided(machine, 0, architecture=0x40000003) == ENOSYS


def test_a_processor_that_it_does_not_know_has_no_filter():
    assert seccomp.program("s390x") is None


@pytest.fixture
def session(bwrap):
    found = launcher_for(True).start(Limits(memory=600, processes=40, submission_cpu=20))
    yield found
    found.kill()


def printed(session, source):
    answer = session.ask("run", 10, 20, source=source, most=10_000)
    assert not answer["error"], answer
    return "".join(one["text"] for one in answer["outputs"]).strip()


ASKS = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def ask(*numbers):
    ctypes.set_errno(0)
    return ctypes.get_errno() if libc.syscall(*map(ctypes.c_long, numbers)) < 0 else 0
print([{}])
"""


@pytest.mark.skipif(platform.machine() not in PLACE, reason="no filter for this processor")
def test_in_the_sandbox_each_is_refused(session):
    place = PLACE[platform.machine()]
    numbers = [n for both in seccomp.DENIED.values() if (n := both[place]) is not None]
    asked = ", ".join(f"ask({number}, 0, 0, 0, 0, 0)" for number in numbers)
    assert printed(session, ASKS.format(asked)) == str([EPERM] * len(numbers))


def test_in_the_sandbox_no_child_ends_unseen(session):
    source = """
import signal
for what in (signal.SIG_IGN, signal.SIG_DFL, print):
    try:
        signal.signal(signal.SIGCHLD, what)
    except PermissionError:
        print("refused")
"""
    assert printed(session, source) == "refused\nrefused\nrefused"


def test_in_the_sandbox_there_are_no_sockets_but_those_within_it(session):
    source = """
import socket
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK):
    try:
        socket.socket(family, socket.SOCK_DGRAM if family != 16 else socket.SOCK_RAW)
    except OSError as error:
        print(error.errno)
one, other = socket.socketpair()
one.send(b"!")
print(other.recv(1))
"""
    assert printed(session, source) == f"{EAFNOSUPPORT}\n{EAFNOSUPPORT}\n{EAFNOSUPPORT}\nb'!'"


WORKS = {
    "threads": "import threading\nt = threading.Thread(target=print, args=(1,))\n"
    "t.start(); t.join()",
    "a pool of processes": "from multiprocessing import Pool\n"
    "with Pool(2) as pool: print(sum(pool.map(abs, [-1, 0])))",
    "a pool of threads and numpy": "import numpy as np\n"
    "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(4) as pool:\n"
    "    print(sum(pool.map(np.linalg.det, [np.eye(99)] * 4)) / 4)",
    "await": "import asyncio\nawait asyncio.sleep(0)\n"
    "p = await asyncio.create_subprocess_shell('exit 1')\nprint(await p.wait())",
    "a program": "import subprocess\nprint(subprocess.run('echo 1', shell=True,"
    " capture_output=True, text=True).stdout)",
    "a shell escape": "!echo 1",
    "a shell cell": "%%bash\nsleep 0.01 & wait\necho 1",
    "a temporary file": "import tempfile\nwith tempfile.TemporaryFile() as f: print(f.write(b'1'))",
    "a database": "import sqlite3\nprint(sqlite3.connect('a').execute('select 1').fetchone()[0])",
}


@pytest.mark.parametrize("source", WORKS.values(), ids=WORKS.keys())
def test_what_lessons_and_students_use_works(session, source):
    assert printed(session, source) in ("1", "1.0")
