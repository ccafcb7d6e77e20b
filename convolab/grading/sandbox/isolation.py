"""Isolates one student's process: namespaces, a scratch folder and no rights of its own.

It runs inside the sandbox around the warm process, in a fork of it, before any line of a student.
The kernel's calls are made through ctypes, as Python 3.11 has no names for them.
"""

import contextlib
import ctypes
import os
import resource
import signal
import struct

from convolab.grading.sandbox import seccomp
from convolab.grading.sandbox.limits import MIB

SCRATCH = os.environ.get("HOME", "/tmp")  # where the sandbox says, see bubblewrap.py

_NEW_MOUNTS, _NEW_UTS, _NEW_IPC = 0x00020000, 0x04000000, 0x08000000
_NEW_USER, _NEW_PIDS, _NEW_NET = 0x10000000, 0x20000000, 0x40000000
_NOSUID, _NODEV, _NOEXEC, _PRIVATE = 2, 4, 8, 0x44000
_SET_PDEATHSIG, _CAPBSET_DROP, _SET_NO_NEW_PRIVS = 1, 24, 38
_CAPABILITIES_3 = 0x20080522
_MOST_CAPABILITIES = 64
_USERS = 4096  # how many users the sandbox has if the teacher is root, see bubblewrap.py

_libc = ctypes.CDLL(None, use_errno=True)


def _must(result: int, what: str) -> None:
    if result:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def _mount(kind: str, target: str, flags: int, options: str = "") -> None:
    arguments = (kind.encode(), target.encode(), kind.encode(), flags, options.encode())
    _must(_libc.mount(*arguments), f"mount {target}")


def leave() -> None:
    """Whatever this process forks from now on has namespaces of its own."""
    _must(_libc.unshare(_NEW_MOUNTS | _NEW_UTS | _NEW_IPC | _NEW_PIDS | _NEW_NET), "unshare")


def isolate(number: int, limits: dict, wire: int) -> None:
    """In the first process there: mount what it may see, give up every right.

    Args:
        number: of this student, so that each has a user of their own where there are several.
        limits: the fields of `Limits`.
        wire: the one file that stays open.
    """
    os.setsid()  # in a group without outside processes, which a signal to it would reach
    _close_all_but(wire)
    _must(_libc.mount(None, b"/", None, _PRIVATE, None), "make mounts private")
    _mount("proc", "/proc", _NOSUID | _NODEV | _NOEXEC)
    room = f"size={limits['files']}m,nr_inodes=8192,mode=1777"
    _mount("tmpfs", SCRATCH, _NOSUID | _NODEV, room)
    _mount("tmpfs", "/dev/shm", _NOSUID | _NODEV, room)
    _mount("devpts", "/dev/pts", _NOSUID | _NOEXEC, "newinstance,ptmxmode=0666,mode=600,max=16")
    _first_to_go()
    _drop_bounds()  # needs a right that goes with the user
    _change_user(number)
    _drop_bounds()  # of the namespace of the user, where it is a new one
    _drop_capabilities()
    _must(_libc.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no new privileges")
    _must(_libc.prctl(_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "end with the parent")
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    seccomp.forbid()


def _close_all_but(wire: int) -> None:
    """Files that the warm process has open would be shared by all submissions."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.closerange(3, wire)
    os.closerange(wire + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def _first_to_go() -> None:
    """If the machine runs out of memory, a submission is ended before the grader is."""
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
        file.write("1000")


def _forbid_user_namespaces() -> None:
    with open("/proc/sys/user/max_user_namespaces", "w") as file:
        file.write("0")


def _change_user(number: int) -> None:
    """Another user than the warm process, or at least a user namespace of its own: the kernel
    counts processes by user and namespace, and does not count those of root."""
    if _several_users():
        _forbid_user_namespaces()
        with contextlib.suppress(PermissionError):
            os.setgroups([])
        user = 1 + number % (_USERS - 1)
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    else:
        _must(_libc.unshare(_NEW_USER), "unshare the user")
        _forbid_user_namespaces()


def _several_users() -> bool:
    with open("/proc/self/uid_map") as file:
        return sum(int(line.split()[2]) for line in file) > 1


def _drop_bounds() -> None:
    """What this process does not have, it must never get; meaningless numbers are refused."""
    for capability in range(_MOST_CAPABILITIES):
        _libc.prctl(_CAPBSET_DROP, capability, 0, 0, 0)


def _drop_capabilities() -> None:
    header = ctypes.create_string_buffer(struct.pack("=Ii", _CAPABILITIES_3, 0))
    nothing = ctypes.create_string_buffer(struct.pack("=6I", *[0] * 6))
    _must(_libc.capset(header, nothing), "drop capabilities")


def limit(limits: dict) -> None:
    """Set the limits that the kernel keeps for each process."""
    with open("/proc/self/statm") as file:
        now = int(file.read().split()[0]) * resource.getpagesize()
    for what, most in (
        (resource.RLIMIT_AS, now + limits["memory"] * MIB),
        (resource.RLIMIT_CPU, int(limits["submission_cpu"]) + 5),
        (resource.RLIMIT_NPROC, limits["processes"]),
        (resource.RLIMIT_FSIZE, limits["files"] * MIB),
        (resource.RLIMIT_NOFILE, limits["open_files"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
