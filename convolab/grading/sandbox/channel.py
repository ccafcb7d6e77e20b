"""Sends and receives frames over a socket: a small one with a single call of the kernel's."""

import socket
import struct
import time
from collections.abc import Callable
from typing import Any

from convolab.grading.sandbox import wire
from convolab.grading.sandbox.frame_reader import unpack
from convolab.grading.sandbox.frame_writer import pack
from convolab.grading.sandbox.shared_memory import SharedMemory

ROOM = 1 << 22  # bytes in flight: a large frame should not go in small pieces
SMALL = 1 << 16  # bytes of a frame that is taken at once
PIECE = 1 << 20


class Closed(Exception):
    """The other process is gone."""


class Channel:
    """One end of the wire.

    Args:
        end: the socket.
        memory: memory that both ends see, for large arrays.
    """

    def __init__(self, end: socket.socket, memory: SharedMemory | None = None):
        self.end, self.memory = end, memory
        for option in (socket.SO_SNDBUF, socket.SO_RCVBUF):
            end.setsockopt(socket.SOL_SOCKET, option, ROOM)
        self._room = bytearray(SMALL)

    def send(self, message: dict[str, Any]) -> None:
        """Send a message; waits until the other process has taken it.

        Raises:
            Closed: the other process is gone.
            ValueError: the message is too large.
        """
        start, *parts = pack(message, self.memory)
        if parts and sum(map(len, parts)) < SMALL:
            start, parts = b"".join([start, *parts]), []
        try:
            for part in (start, *parts):
                self._send(part)
        except OSError as error:
            raise Closed from error

    def receive(self) -> dict[str, Any]:
        """The next message; waits for it.

        Raises:
            Closed: the other process is gone.
            BadFrame: it is not one.
        """
        begins = wire.LENGTHS.size
        room, have = self._room, 0
        view = memoryview(room)
        while have < begins:
            have += self._some(view[have:])
        header, size = wire.lengths(view[:begins])
        whole = begins + header + size
        if whole > SMALL:
            # Room is made as bytes come, not as the other side promises.
            room = bytearray(view[:have])
            piece = memoryview(bytearray(min(whole - have, PIECE)))
            while have < whole:
                count = self._some(piece[: whole - have])
                room += piece[:count]
                have += count
            view = memoryview(room)
        while have < whole:
            have += self._some(view[have:])
        if have > whole:
            raise wire.BadFrame("more than one answer")
        return unpack(
            bytes(view[begins : begins + header]), view[begins + header : whole], self.memory
        )

    def _send(self, part: bytes | memoryview) -> None:
        self.end.sendall(part)

    def _some(self, view: memoryview) -> int:
        """Wait for bytes, and take as many as there are and fit."""
        try:
            count = self.end.recv_into(view)
        except OSError as error:
            raise Closed from error
        if not count:
            raise Closed
        return count


class Watched(Channel):
    """The trusted end: never waits without looking at the limits.

    Args:
        look: called ten times a second while nothing comes; raises what ends the waiting.
    """

    PAUSE = 0.1  # seconds between two looks
    PASSED = (BlockingIOError, TimeoutError)  # what the socket says after a pause

    def __init__(
        self, end: socket.socket, look: Callable[[], None], memory: SharedMemory | None = None
    ):
        super().__init__(end, memory)
        self.look = look
        self.looked = time.monotonic()
        self.set_pause(end)

    def set_pause(self, end: socket.socket) -> None:
        """Let no call of the socket wait for longer than a pause."""
        end.settimeout(None)
        pause = struct.pack("@ll", 0, int(self.PAUSE * 1e6))  # kept by the kernel, once for all
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            end.setsockopt(socket.SOL_SOCKET, option, pause)

    def _send(self, part: bytes | memoryview) -> None:
        view = memoryview(part).cast("B")
        while view:
            try:
                view = view[self.end.send(view) :]
            except self.PASSED:
                self._look_if_due()

    def _some(self, view: memoryview) -> int:
        while True:
            self._look_if_due()  # also while bytes come one by one
            try:
                count = self.end.recv_into(view)
            except self.PASSED:
                continue
            except OSError as error:
                raise Closed from error
            if not count:
                raise Closed
            return count

    def _look_if_due(self) -> None:
        now = time.monotonic()
        if now - self.looked >= self.PAUSE:
            self.looked = now
            self.look()
