"""One grader at a time for a lesson: the second one waits, and then finds the work done.

Two locks, because two graders may share a disk, a database server, or both: a file next to the
lesson's results and, if the gradebook is on a PostgreSQL server, an advisory lock there.
Both end with the process that holds them, however it ends.
"""

import fcntl
import hashlib
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from convolab.grading.database import unusable
from convolab.grading.desk import Desk

PAUSE = 0.5  # seconds between checks whether it is our turn


@contextmanager
def locked(
    desk: Desk, what: str, say: Callable[[str], None] = lambda sentence: None
) -> Iterator[None]:
    """Wait for the turn at a lesson, or at something that lessons share, and hold it.

    Args:
        what: the lesson's id, or a name for what is shared.
        say: told once, in a sentence, if another grader has the turn.

    Raises:
        Problem: the database server does not answer.
    """
    waits = _WaitNotice(what, say)
    with _on_disk(desk.results / ".turns" / what, waits), _on_server(desk, what, waits):
        yield


class _WaitNotice:
    """Says once that it waits, and for whom."""

    def __init__(self, what: str, say: Callable[[str], None]):
        self._what, self._say = what, say
        self._said = False

    def __call__(self, who: str) -> None:
        if not self._said:
            self._say(
                f"{self._what} is already being graded, by {who}. Waiting until that has finished; "
                "Ctrl-C stops waiting."
            )
            self._said = True
        time.sleep(PAUSE)


@contextmanager
def _on_disk(path: Path, waits: _WaitNotice) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        while not _taken(file):
            file.seek(0)
            waits(file.read().strip() or "another process")
        file.truncate(0)
        file.write(f"process {os.getpid()} on {socket.gethostname()}\n")
        file.flush()
        yield


def _taken(file: IO) -> bool:
    """Whether the lock on a file is ours now; it ends when the file is closed."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def _on_server(desk: Desk, what: str, waits: _WaitNotice) -> Iterator[None]:
    coursedir = desk.coursedir()
    if make_url(coursedir.db_url).get_backend_name() != "postgresql":
        yield
        return
    engine = create_engine(coursedir.db_url)
    key = hashlib.sha256(f"{coursedir.course_id}\0{what}".encode()).digest()
    number = int.from_bytes(key[:8], "big", signed=True)
    try:
        with _connected(engine.connect, coursedir.db_url) as connection:
            while not _granted(connection, number):
                waits("a grader with the same database")
            yield
    finally:
        engine.dispose()


@contextmanager
def _connected(connect: Callable[[], Connection], address: str) -> Iterator[Connection]:
    """A connection; it may be lost while it is held, and then so is the lock."""
    try:
        connection = connect()
    except DBAPIError as error:
        raise unusable(address, error) from error
    try:
        yield connection
    finally:
        try:
            connection.close()
        except DBAPIError:
            connection.invalidate()


def _granted(connection: Connection, number: int) -> bool:
    asked = text("SELECT pg_try_advisory_lock(:number)")
    granted = connection.execute(asked, {"number": number}).scalar_one()
    connection.commit()  # the lock is the session's; no transaction stays open meanwhile
    return granted
