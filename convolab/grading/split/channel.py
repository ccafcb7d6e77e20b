"""Sends and receives frames over a socket."""

import select
import socket
import time
from collections.abc import Callable
from typing import Any

from convolab.grading.split import wire

ROOM = 1 << 22  # bytes in flight: a large array should not go in small pieces


class Closed(Exception):
    """The other process is gone."""


class Channel:
    """One end of the wire."""

    def __init__(self, end: socket.socket):
        self.end = end
        for option in (socket.SO_SNDBUF, socket.SO_RCVBUF):
            end.setsockopt(socket.SOL_SOCKET, option, ROOM)

    def send(self, message: dict[str, Any]) -> None:
        """Send a message; waits until the other process has taken it.

        Raises:
            Closed: the other process is gone.
            ValueError: the message is too large.
        """
        for part in wire.pack(message):
            try:
                self.end.sendall(part)
            except OSError as error:
                raise Closed from error

    def receive(self) -> dict[str, Any]:
        """The next message; waits for it.

        Raises:
            Closed: the other process is gone.
            BadFrame: it is not one.
        """
        header, size = wire.lengths(self._take(wire.LENGTHS.size))
        return wire.unpack(bytes(self._take(header)), self._take(size))

    def _take(self, size: int) -> bytearray:
        taken, place = bytearray(size), 0
        view = memoryview(taken)
        while place < size:
            try:
                count = self.end.recv_into(view[place:])
            except OSError as error:
                raise Closed from error
            if not count:
                raise Closed
            place += count
        return taken


class Watched(Channel):
    """The trusted end: never waits without looking at the limits.

    Args:
        look: called while nothing comes; raises what ends the waiting.
    """

    PAUSE = 0.1  # seconds between two looks

    def __init__(self, end: socket.socket, look: Callable[[], None]):
        super().__init__(end)
        end.setblocking(False)
        self.look = look
        self.looked = time.monotonic()

    def send(self, message: dict[str, Any]) -> None:
        """Send a message, unless the limits are reached before the other process takes it."""
        for part in wire.pack(message):
            view = memoryview(part).cast("B")
            while view:
                try:
                    view = view[self.end.send(view) :]
                except BlockingIOError:
                    self._wait(select.POLLOUT)
                except OSError as error:
                    raise Closed from error

    def _take(self, size: int) -> bytearray:
        taken, place = bytearray(), 0
        while place < size:
            try:
                # Room is made as bytes come, not as the other side promises.
                piece = self.end.recv(min(size - place, 1 << 20))
            except BlockingIOError:
                self._wait(select.POLLIN)
                continue
            except OSError as error:
                raise Closed from error
            if not piece:
                raise Closed
            taken += piece
            place += len(piece)
        return taken

    def _wait(self, event: int) -> None:
        poll = select.poll()
        poll.register(self.end, event)
        poll.poll(self.PAUSE * 1000)
        if time.monotonic() - self.looked >= self.PAUSE:  # also while bytes come one by one
            self.looked = time.monotonic()
            self.look()
