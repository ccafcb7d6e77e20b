"""One student's process as seen from outside: questions, and the limits while it answers."""

import os
import secrets
import shutil
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from convolab.grading.sandbox.channel import Closed, Watched
from convolab.grading.sandbox.frame_reader import unpack_within
from convolab.grading.sandbox.limits import MIB, Limits
from convolab.grading.sandbox.shared_memory import SharedMemory
from convolab.grading.sandbox.wire import BadFrame

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_SOCKET = 5 << 16  # bytes that the kernel keeps for one that nobody reads from, at most
_PATIENCE = 1.0  # seconds that an interrupted process has for its answer


def _swaps() -> bool:
    """Whether this machine may swap out processes' memory, where it is not seen at once."""
    try:
        return len(Path("/proc/swaps").read_text().splitlines()) > 1
    except OSError:
        return True


_SWAPS = _swaps()


class Ended(Exception):
    """The student's process is gone, or had to go.

    Attributes:
        status: "timeout", "memory" or "error".
        why: what it did, the middle of a sentence.
        final: whether the whole submission has used up its time.
    """

    def __init__(self, status: str, why: str, final: bool = False):
        super().__init__(why)
        self.status, self.why, self.final = status, why, final


class Session:
    """A student's process.

    Args:
        end: the socket to it.
        memory: the memory that both see.
        pid: its number, from the kernel.
        sandboxed: whether it has a process namespace of its own.
        scratch: the folder to remove with it, where there is no sandbox.
    """

    def __init__(
        self,
        end: socket.socket,
        memory: SharedMemory,
        pid: int,
        limits: Limits,
        sandboxed: bool,
        scratch: Path | None,
    ):
        self.limits = limits
        self._pid, self._sandboxed, self._scratch = pid, sandboxed, scratch
        self._handle: int | None = os.pidfd_open(pid)
        self._channel = Watched(end, self._look, memory)
        self._proc = Path(f"/proc/{pid}/root/proc") if sandboxed else None
        self._last_cpu = self._children = 0.0
        self.base = 0  # bytes of memory that it began with
        self._cpu_until = self._wall_until = float("inf")
        self._interrupted: float | None = None
        self.cpu_left, self.wall_until = limits.submission_cpu, float("inf")
        self._end = end

    def ask(self, do: str, cpu: float, wall: float, **message: Any) -> dict[str, Any]:
        """Let it do something and wait for the answer.

        Args:
            cpu, wall: seconds that it may take; then it is interrupted, and killed if that does
                not help.

        Raises:
            Ended: it is gone.
            ValueError: the message is too large for the wire.
        """
        nonce = secrets.token_hex(8)
        self._interrupted = None
        self._cpu_until = self._own_cpu() + self._children + cpu
        self._wall_until = time.monotonic() + wall
        try:
            self._channel.send({"do": do, "nonce": nonce, **message})
            answer = self._channel.receive()
        except Closed:
            self.kill()
            raise Ended("error", "Python ended (a crash, an exit or too little memory)") from None
        except BadFrame as error:
            raise self._broken(error) from None
        except MemoryError:
            self.kill()
            raise Ended("memory", "it sent more than can be received") from None
        if answer.pop("nonce", None) != nonce:
            self.kill()
            raise Ended("error", "it answered a question that was not asked")
        return answer

    def unpack(self, frame: Any) -> dict[str, Any]:
        """A frame that came within an answer, as an array of bytes.

        Raises:
            Ended: it is not a frame.
        """
        try:
            return unpack_within(frame)
        except BadFrame as error:
            raise self._broken(error) from None

    def _broken(self, error: BadFrame) -> Ended:
        self.kill()
        return Ended("error", f"it sent {error} instead of an answer")

    def _look(self) -> None:
        """Called while it works: interrupt, then kill, what goes beyond its limits."""
        now = time.monotonic()
        if self._too_large():
            self.kill()
            raise Ended("memory", f"it used more than {self.limits.memory} MiB of memory")
        spent = self.cpu()
        if spent > self.cpu_left or now > self.wall_until:
            self.kill()
            raise Ended("timeout", "the whole notebook took too long", final=True)
        if self._interrupted is not None:
            if now - self._interrupted > _PATIENCE:
                self.kill()
                raise Ended("timeout", "it ran for too long and could not be stopped")
        elif spent > self._cpu_until or now > self._wall_until:
            self._interrupted = now
            self._signal(signal.SIGINT)

    @property
    def alive(self) -> bool:
        """Whether it is there, as far as is known."""
        return self._handle is not None

    @property
    def was_interrupted(self) -> bool:
        """Whether the last question took too long."""
        return self._interrupted is not None

    def cpu(self) -> float:
        """Processor seconds of the process, its threads and its children, by the kernel's clock."""
        if self._handle is not None:
            self._children = max(self._children, self._of_children())  # time is never given back
        return self._own_cpu() + self._children

    def _own_cpu(self) -> float:
        """Processor seconds of the process and its threads; what it was last, once it is gone."""
        if self._handle is not None:
            with suppress(OSError):
                self._last_cpu = time.clock_gettime_ns((~self._pid << 3) | 2) / 1e9
        return self._last_cpu

    def _of_children(self) -> float:
        """Processor seconds of all its other processes, those that have ended included."""
        ticks = 0
        for path in self._others():
            with suppress(OSError):  # one may end while it is looked at
                fields = (path / "stat").read_text().rpartition(")")[2].split()
                own = 0 if path.name == self._own_number else sum(map(int, fields[11:13]))
                ticks += own + sum(map(int, fields[13:15]))
        return ticks / _TICK

    def uncounted(self) -> float:
        """Processor seconds that may have escaped the clock: the kernel reports each other
        process's in whole ticks."""
        return max(0, len(self._others()) - 1) / _TICK

    @property
    def _own_number(self) -> str:
        return "1" if self._sandboxed else str(self._pid)

    def _others(self) -> list[Path]:
        """The folders in /proc of all its processes, its own among them."""
        if self._proc is None:
            return [Path(f"/proc/{self._pid}")]
        try:
            return [self._proc / name for name in os.listdir(self._proc) if name.isdigit()]
        except OSError:  # it has ended
            return []

    def _too_large(self) -> bool:
        """Whether it uses more memory than it may.

        The kernel takes milliseconds to tell who shares which pages, so it is only asked if all
        pages, shared or not, come to too much.
        """
        most = self.limits.memory * MIB
        if not _SWAPS and self._seen() <= most:
            return False
        return self.memory() - self.base > most

    def _seen(self) -> int:
        """Bytes of memory that its processes see, each on its own, and of its sockets."""
        pages = 0
        for path in self._others():
            with suppress(OSError):
                pages += int((path / "statm").read_text().split()[1])
        return pages * _PAGE + self._sockets() * _SOCKET

    def memory(self) -> int:
        """Bytes of memory of all its processes that are in use by nobody else, swapped out or not,
        and what may wait in their sockets."""
        total = 0
        for path in self._others():
            with suppress(OSError):  # one that has ended has no memory
                for line in (path / "smaps_rollup").read_text().splitlines():
                    if line.startswith(("Pss:", "SwapPss:")):
                        total += int(line.split()[1]) * 1024
        return total + self._sockets() * _SOCKET

    def _sockets(self) -> int:
        """How many sockets it has open, which are memory of no process."""
        if not self._sandboxed:
            return 0
        try:
            return int(Path(f"/proc/{self._pid}/net/sockstat").read_text().split()[2])
        except (OSError, ValueError, IndexError):
            return 0

    def _signal(self, number: int) -> None:
        try:
            signal.pidfd_send_signal(self._handle, number)
        except OSError:
            return

    def kill(self) -> None:
        """End it, and with it all that it started (in a sandbox; else its process group)."""
        if self._handle is None:
            return
        self._last_cpu = self.cpu()
        self._signal(signal.SIGKILL)
        if not self._sandboxed:
            self._kill_group()
        os.close(self._handle)
        self._handle = None
        self._end.close()
        self._channel.memory.close()
        if self._scratch:
            shutil.rmtree(self._scratch, ignore_errors=True)

    def _kill_group(self) -> None:
        try:
            os.killpg(self._pid, signal.SIGKILL)
        except OSError:
            return
