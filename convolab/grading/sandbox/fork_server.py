"""The warm process: has everything imported, and forks a student's process on request.

Run as `python -I -m convolab.grading.sandbox.fork_server FD sandboxed|bare`: FD is a socket over
which orders come, each with the student's end of a wire and the memory that belongs to it.
`sandboxed` means that it runs inside the sandbox.
"""

import ctypes
import gc
import json
import os
import signal
import socket
import sys
from contextlib import suppress

READY = b"ready"
_LARGE, _COLLAPSE = 2 << 20, 25  # bytes; the kernel's MADV_COLLAPSE
USAGE = b"usage"  # asks for the processor seconds of this process and its children

_TYPICAL = (
    "import numpy as np\nimport matplotlib.pyplot\nfrom IPython.display import Audio, display",
    "from convolab import data, figures, ops\nfrom convolab.check import check, ready",
    "for name in figures.__all__:\n    getattr(figures, name)",
    "from convolab.figures import SlidingKernel1D, plots\nSlidingKernel1D([1, 2, 3], [1, 2])",
    "plots.stems([1, 2, 3], title='warm')",
    "plots.before_after([1, 2, 3], [4, 5, 6])",
    "def double(values):\n    return [2 * v for v in values]",
    "ready('double')",
    "1 / 0",
    "a syntax error",
)


def main() -> None:
    """Import, then fork until the other end of the socket is closed."""
    control = socket.socket(fileno=int(sys.argv[1]))
    sandboxed = sys.argv[2] == "sandboxed"
    shell = _warm_up()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a teacher's Ctrl+C goes to the grader alone
    control.send(READY)
    number = 0
    while True:
        order, fds, _, _ = socket.recv_fds(control, 65536, 2)
        _reap()
        if not order:
            return
        if order == USAGE:
            control.send(str(sum(os.times()[:4])).encode())
            continue
        number += 1
        if os.fork() == 0:
            control.close()
            with suppress(BaseException):
                _begin(shell, *fds, number, json.loads(order), sandboxed)
            os._exit(0)
        for handed in fds:
            os.close(handed)


def _reap() -> None:
    """Reap the children that have ended, whose time then counts as this process's."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _warm_up():
    """Import all that lessons use, and run a few cells so that nothing is done twice later."""
    from convolab.grading.sandbox import student_process  # noqa: F401 (for _begin)
    from convolab.grading.sandbox.shell import make_shell, run_cell

    shell = make_shell()
    for source in _TYPICAL:
        run_cell(shell, source, 1000)
    shell.reset(new_session=True)
    gc.collect()
    gc.freeze()  # the pages of what is there stay shared
    _in_large_pages()
    return shell


def _in_large_pages() -> None:
    """Gather memory into pages of 2 MiB, of which a fork copies one entry each, not 512.

    If the kernel is older than Linux 6.1, or has no such pages, nothing changes.
    """
    advise = ctypes.CDLL(None).madvise
    advise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    with open("/proc/self/maps") as file:
        places = [line.split() for line in file]
    for place, rights, *_, name in places:
        if rights == "rw-p" and name in ("0", "[heap]"):  # 0: of no file
            start, end = (int(side, 16) for side in place.split("-"))
            for page in range(-(-start // _LARGE) * _LARGE, end // _LARGE * _LARGE, _LARGE):
                advise(page, _LARGE, _COLLAPSE)


def _begin(shell, wire: int, memory: int, number: int, order: dict, sandboxed: bool) -> None:
    """Become a student's process, and serve."""
    from convolab.grading.sandbox import isolation
    from convolab.grading.sandbox.channel import Channel
    from convolab.grading.sandbox.shared_memory import SharedMemory
    from convolab.grading.sandbox.student_process import Student

    os.setsid()
    end = socket.socket(fileno=wire)
    channel = Channel(end, SharedMemory(memory, ours=1))
    os.close(memory)
    scratch = order["scratch"]
    if sandboxed:
        isolation.leave()
        if child := os.fork():
            end.close()
            os.waitpid(child, 0)
            return
        isolation.isolate(number, order["limits"], end.fileno())
        scratch = isolation.SCRATCH
    os.chdir(scratch)
    os.environ.update(HOME=scratch, TMPDIR=scratch)
    sys.path.append(scratch)  # last: files next to a notebook shadow nothing
    isolation.limit(order["limits"])
    end.send(b"!")  # carries, like every message, the kernel's number for this process
    Student(channel, shell).serve()


if __name__ == "__main__":
    main()
