"""Starts the warm process, in the sandbox or bare, and has it fork students' processes."""

import atexit
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict
from pathlib import Path

from convolab.grading.sandbox import bubblewrap, shared_memory, unsandboxed
from convolab.grading.sandbox.fork_server import READY, USAGE
from convolab.grading.sandbox.limits import Limits
from convolab.grading.sandbox.session import Session
from convolab.grading.temporary import prefix
from convolab.problem import Problem

_CREDENTIALS = struct.Struct("3i")
_SECONDS_TO_START = 60


class Launcher:
    """The warm process, from which any number of students' processes are forked.

    Args:
        sandboxed: whether in the sandbox.

    Raises:
        Problem: it does not start; without a sandbox it says what this machine lacks.
    """

    def __init__(self, sandboxed: bool = True):
        self.sandboxed, self._owner = sandboxed, os.getpid()
        self._base: int | None = None
        python = [sys.executable, "-I", "-m", "convolab.grading.sandbox.fork_server"]
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        python += [str(theirs.fileno()), "sandboxed" if sandboxed else "bare"]
        command, users = bubblewrap.command(python) if sandboxed else (python, None)
        handed = [theirs.fileno(), *([users] if users is not None else [])]
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 (as long as the process)
        self._process = subprocess.Popen(
            command,
            pass_fds=handed,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._log,
            env=None if sandboxed else {**os.environ, **_BARE},
            start_new_session=True,
        )
        theirs.close()
        if users is not None:
            os.close(users)
        self._ready = False

    def wait(self) -> None:
        """Wait until it can fork.

        Raises:
            Problem: it does not start.
        """
        if self._ready:
            return
        self._control.settimeout(_SECONDS_TO_START)
        try:
            ready = self._control.recv(len(READY))
        except OSError:
            ready = b""
        if ready != READY:
            self.close()
            self._log.seek(0)
            said = self._log.read().decode(errors="replace").strip().splitlines()
            raise Problem(
                "The process for submissions did not start: "
                f"{said[-1] if said else 'it said nothing'}."
            )
        self._control.settimeout(None)
        self._ready = True

    @property
    def alive(self) -> bool:
        """Whether the warm process is there."""
        if os.getpid() != self._owner:  # a fork of the process that started it
            return True
        return self._process.poll() is None

    def start(self, limits: Limits) -> Session:
        """A new student's process, with nothing in it yet."""
        self.wait()
        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        scratch = None if self.sandboxed else tempfile.mkdtemp(prefix=prefix("student"))
        order = json.dumps({"scratch": scratch, "limits": asdict(limits)}).encode()
        try:
            memory = shared_memory.make()
            socket.send_fds(self._control, [order], [theirs.fileno(), memory])
            theirs.close()
            shared = shared_memory.SharedMemory(memory, ours=0)
            os.close(memory)
            pid = _whose(ours)
        except OSError as error:
            ours.close()
            if scratch:
                shutil.rmtree(scratch, ignore_errors=True)
            raise Problem(f"A student's process did not start ({error}).") from error
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
        session = Session(
            ours, shared, pid, limits, self.sandboxed, Path(scratch) if scratch else None
        )
        if self._base is None:  # all begin as the same fork of the warm process
            self._base = session.memory()
        session.base = self._base
        return session

    def cpu(self) -> float:
        """Processor seconds of the warm process and of the students' processes that have ended."""
        if not self._ready:  # what it says next is that it is
            return 0.0
        try:
            self._control.send(USAGE)
            return float(self._control.recv(64))
        except (OSError, ValueError):
            return 0.0

    def close(self) -> None:
        """End the warm process and all that came from it."""
        self._control.close()
        self._process.kill()
        self._process.wait()


# A warm process without a sandbox keeps this process's environment, except for these.
_BARE = {key: bubblewrap.ENVIRONMENT[key] for key in bubblewrap.ENVIRONMENT if "NUM_THREADS" in key}
_BARE["MPLBACKEND"] = "agg"


def _whose(end: socket.socket) -> int:
    """The number, here, of the process at the other end, which has just sent one byte.

    The kernel vouches for it, whatever the process would say.
    """
    end.settimeout(_SECONDS_TO_START)
    room = socket.CMSG_SPACE(_CREDENTIALS.size)
    said, ancillary, _, _ = end.recvmsg(1, room)
    end.settimeout(None)
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS and said:
            return _CREDENTIALS.unpack(data[: _CREDENTIALS.size])[0]
    raise OSError("it ended at once")


def cpu_of_launchers() -> float:
    """Processor seconds of all that this program's launchers have run."""
    return sum(launcher.cpu() for launcher in _launchers.values() if launcher.alive)


_launchers: dict[bool, Launcher | unsandboxed.PlainLauncher] = {}
_lock = threading.Lock()


def launcher_for(sandboxed: bool) -> Launcher:
    """The one warm process of this program, started when it is first needed."""
    launcher = start_launcher(sandboxed)
    launcher.wait()
    return launcher


def start_launcher(sandboxed: bool) -> Launcher:
    """Like `launcher_for`, without waiting for its imports: meanwhile, others can work."""
    with _lock:
        launcher = _launchers.get(sandboxed)
        if launcher is None or not launcher.alive:
            launcher = (
                Launcher(sandboxed)
                if sandboxed or not unsandboxed.needed()
                else unsandboxed.PlainLauncher()
            )
            _launchers[sandboxed] = launcher
            atexit.register(launcher.close)
        return launcher
