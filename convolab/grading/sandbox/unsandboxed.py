"""A student's process without Linux: a Python of its own, and a wire to it.

The split is the same, so that what a submission prints, rebinds or sends changes no points. What
only Linux can do is missing: no sandbox, no shared memory, a new Python (two seconds) for each
submission, and time and memory as `psutil` reports them, ten times a second.
"""

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import psutil

from convolab.grading.sandbox import bubblewrap
from convolab.grading.sandbox.channel import Channel, Watched
from convolab.grading.sandbox.limits import Limits
from convolab.grading.sandbox.session import Session
from convolab.grading.temporary import prefix, remove
from convolab.problem import Problem

_SECONDS_TO_START = 60
_TOKEN = 16  # bytes by which a process shows that it is the one that was started


def needed() -> bool:
    """Whether this is a machine without the calls of Linux."""
    return not sys.platform.startswith("linux")


class _Wire(Watched):
    """The trusted end, with a timeout that every system knows."""

    def set_pause(self, end: socket.socket) -> None:
        end.settimeout(self.PAUSE)


class PlainSession(Session):
    """A student's process as seen from outside, on any system."""

    def __init__(
        self, end: socket.socket, process: subprocess.Popen, limits: Limits, scratch: Path
    ):
        self.limits, self._process, self._scratch = limits, process, scratch
        self._pid, self._sandboxed, self._handle, self._end = process.pid, False, process.pid, end
        self._channel = _Wire(end, self._look)
        self._last_cpu = self._children = 0.0
        self._cpu_until = self._wall_until = float("inf")
        self._interrupted: float | None = None
        self.cpu_left, self.wall_until = limits.submission_cpu, float("inf")
        self._seen_times: dict[int, float] = {}
        self.base = 0
        self.base = self.memory()

    def _all(self) -> list[psutil.Process]:
        try:
            own = psutil.Process(self._pid)
            return [own, *own.children(recursive=True)]
        except psutil.Error:
            return []

    def _own_cpu(self) -> float:
        """Processor seconds of all processes ever seen."""
        if self._handle is not None:
            for process in self._all():
                with contextlib.suppress(psutil.Error):
                    times = process.cpu_times()
                    self._seen_times[process.pid] = times.user + times.system
        return sum(self._seen_times.values())

    def _of_children(self) -> float:
        return 0.0

    def uncounted(self) -> float:
        """Nothing is rounded here."""
        return 0.0

    def memory(self) -> int:
        """Bytes of memory of all its processes."""
        total = 0
        for process in self._all():
            with contextlib.suppress(psutil.Error):
                total += process.memory_info().rss
        return total

    def _too_large(self) -> bool:
        return self.memory() - self.base > self.limits.memory << 20

    def _signal(self, number: int) -> None:
        with contextlib.suppress(OSError):
            if sys.platform == "win32":  # which has no interrupt for one process alone
                self._process.kill()
            else:
                os.kill(self._pid, number)

    def kill(self) -> None:
        """End it, with the processes that it is known to have started."""
        if self._handle is None:
            return
        started = self._all()
        self._last_cpu = self._own_cpu()
        self._handle = None
        for process in started:
            with contextlib.suppress(psutil.Error):
                process.kill()
        self._process.kill()
        self._process.wait()
        self._end.close()
        remove(self._scratch)


class PlainLauncher:
    """Starts a new Python for each student's process."""

    sandboxed, alive = False, True

    def wait(self) -> None:
        """There is nothing to wait for."""

    def close(self) -> None:
        """There is nothing to end."""

    def cpu(self) -> float:
        """What its processes took is not counted here."""
        return 0.0

    def start(self, limits: Limits) -> PlainSession:
        """A new student's process, with nothing in it yet.

        Raises:
            Problem: it does not start.
        """
        scratch = Path(tempfile.mkdtemp(prefix=prefix("student")))
        token = secrets.token_bytes(_TOKEN)
        with socket.create_server(("127.0.0.1", 0)) as server:
            order = {"port": server.getsockname()[1], "token": token.hex(),
                     "scratch": str(scratch), "limits": asdict(limits)}  # fmt: skip
            process = subprocess.Popen(
                [sys.executable, "-I", "-m", "convolab.grading.sandbox.unsandboxed"],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **_ENVIRONMENT},
                start_new_session=True,
            )
            process.stdin.write(json.dumps(order).encode())
            process.stdin.close()
            server.settimeout(_SECONDS_TO_START)
            try:
                return PlainSession(_caller(server, token), process, limits, scratch)
            except OSError as error:
                process.kill()
                process.wait()
                remove(scratch)
                raise Problem(f"A student's process did not start ({error}).") from error


_ENVIRONMENT = {k: v for k, v in bubblewrap.ENVIRONMENT.items() if "NUM_THREADS" in k}
_ENVIRONMENT["MPLBACKEND"] = "agg"


def _caller(server: socket.socket, token: bytes) -> socket.socket:
    """The connection of the process that knows the token; any other is turned away."""
    while True:
        end, _ = server.accept()
        end.settimeout(_SECONDS_TO_START)
        with contextlib.suppress(OSError):
            if secrets.compare_digest(end.recv(_TOKEN, socket.MSG_WAITALL), token):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return end
        end.close()


def main() -> None:
    """Be a student's process: say who it is, then answer."""
    order = json.load(sys.stdin)
    sys.stdin = open(os.devnull)  # noqa: SIM115 (as long as the process)
    end = socket.create_connection(("127.0.0.1", order["port"]))
    from convolab.grading.sandbox.shell import make_shell
    from convolab.grading.sandbox.student_process import Student

    shell = make_shell()
    os.chdir(order["scratch"])
    os.environ.update(HOME=order["scratch"], TMPDIR=order["scratch"])
    sys.path.append(order["scratch"])  # last: files next to a notebook shadow nothing
    _limit(order["limits"])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # until it serves
    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    end.sendall(bytes.fromhex(order.pop("token")))
    Student(Channel(end), shell).serve()


def _limit(limits: dict) -> None:
    """What limits the system keeps for each process, where it keeps any."""
    with contextlib.suppress(ImportError):
        import resource

        for what, most in (
            (resource.RLIMIT_CPU, int(limits["submission_cpu"]) + 5),
            (resource.RLIMIT_FSIZE, limits["files"] << 20),
            (resource.RLIMIT_CORE, 0),
        ):
            with contextlib.suppress(OSError, ValueError):
                resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()
