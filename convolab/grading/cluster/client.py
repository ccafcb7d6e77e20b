"""Sends submissions to a Dask cluster and takes their runs back, whatever happens meanwhile.

Only a few more submissions are on their way than the cluster has threads, so that neither this
process nor the scheduler ever holds the class. What a lost scheduler or worker was working on is
sent again; a submission that keeps ending its worker is found by running it alone.
"""

import hashlib
import queue
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from distributed import Client, Future
from distributed.scheduler import KilledWorker

from convolab.grading.cluster import worker
from convolab.grading.cluster.connection import LOOK, Connection, SchedulerLost, quiet
from convolab.grading.faults import Fault, fault, or_fault
from convolab.grading.run.job import Job
from convolab.grading.run.pool import Autograded

PATIENCE = 300.0  # seconds without a scheduler, or without a worker that may grade
SPARE = 2  # submissions on their way for each thread of the cluster

ENDS_ITS_PROCESS = (
    "It ended the process that ran it every time, the last time with nothing else running: "
    "look at it by hand."
)

Key = TypeVar("Key")


@dataclass(frozen=True)
class Sent(Generic[Key]):
    """A submission as content.

    Attributes:
        key: what the caller calls it.
        notebook: its file.
        files: name and bytes of the files next to it.
    """

    key: Key
    notebook: bytes
    files: list[tuple[str, bytes]]


@dataclass(frozen=True)
class Back(Generic[Key]):
    """What came back for a submission."""

    key: Key
    came: Autograded | Fault


class Cluster(Generic[Key]):
    """One lesson's work on a cluster.

    Args:
        address: the scheduler's, for instance "tcp://10.0.0.1:8786".
        job: the lesson.
        say: told in sentences what goes on.
        patience: seconds without a scheduler or a worker before it gives up.
    """

    def __init__(
        self, address: str, job: Job, say: Callable[[str], None], patience: float = PATIENCE
    ):
        self._job, self._say, self._patience = job, say, patience
        standard = hashlib.sha256(f"{job.how.standard} {job.how.sandboxed}".encode()).hexdigest()
        self._resource = f"convolab-{job.lesson}-{standard[:12]}"
        self._line = Connection(address, job, self._resource, say, patience)
        self._back: queue.SimpleQueue[Future] = queue.SimpleQueue()
        self._on_the_way: dict[str, Key] = {}
        self._by_itself: set[str] = set()  # those of them that have the cluster to themselves

    def run(self, keys: list[Key], read: Callable[[Key], Sent[Key]]) -> Iterator[Back[Key]]:
        """Run submissions; yields their runs as they finish.

        Args:
            keys: what the caller calls the submissions.
            read: gives the content of one, called when its turn comes.

        Raises:
            Problem: the scheduler cannot be reached, or no worker may grade.
        """
        todo, alone = deque(keys), deque()
        self._on_the_way.clear()
        while todo or alone:
            client = self._line.open()
            try:
                yield from self._send(client, todo, alone, read)
            except SchedulerLost:
                self._say("The scheduler is gone; waiting for it to come back.")
                todo.extendleft(self._on_the_way.values())
                self._on_the_way.clear()
            finally:
                self._line.close(client)

    def _send(
        self,
        client: Client,
        todo: deque[Key],
        alone: deque[Key],
        read: Callable[[Key], Sent[Key]],
    ) -> Iterator[Back[Key]]:
        """Keep the workers busy until nothing is left to do."""
        idle_since, futures = time.monotonic(), {}
        while todo or alone or self._on_the_way:
            if client.status == "closed":
                raise SchedulerLost
            room = max(1, SPARE * self._line.threads(client))
            while todo and len(self._on_the_way) < room:
                key = todo.popleft()
                sent = or_fault(read, key)
                if isinstance(sent, Fault):
                    yield Back(key, sent)
                else:
                    self._submit(client, sent, futures)
            if alone and not self._on_the_way:
                key = alone.popleft()
                sent = or_fault(read, key)
                if isinstance(sent, Fault):
                    yield Back(key, sent)
                    continue
                self._by_itself.add(self._submit(client, sent, futures))
            try:
                done = self._back.get(timeout=LOOK)
            except queue.Empty:
                idle_since = self._line.look(client, idle_since)
                continue
            idle_since = time.monotonic()
            if done.key not in self._on_the_way:
                continue  # of a scheduler that is gone
            back = self._take(done)
            key = self._on_the_way.pop(done.key)
            del futures[done.key]
            if back is None and done.key not in self._by_itself:
                alone.append(key)  # it may only have been near another that ended the worker
            else:
                yield back or Back(key, Fault(ENDS_ITS_PROCESS))

    def _submit(self, client: Client, sent: Sent[Key], futures: dict[str, Future]) -> str:
        """Send one off; returns the name it travels under."""
        future = client.submit(
            worker.run,
            self._job.how.standard,
            sent.notebook,
            sent.files,
            key=f"{self._resource}-{time.monotonic_ns()}",
            pure=False,
            resources={self._resource: 1},
        )
        self._on_the_way[future.key], futures[future.key] = sent.key, future
        future.add_done_callback(self._back.put)
        return future.key

    def _take(self, future: Future) -> Back[Key] | None:
        """The result of a run; None if its worker died too often, because of it or next to it.

        Raises:
            SchedulerLost: the scheduler went away.
        """
        key = self._on_the_way[future.key]
        if future.status == "cancelled":
            raise SchedulerLost
        # A worker that is killed while it still holds a result makes the run begin anew: then this
        # waits for the end of the second one, which has no error either.
        error = None if future.status == "finished" else future.exception()
        if error is None:
            with quiet():
                try:
                    return Back(key, future.result(timeout=self._patience))
                except Exception as lost:
                    raise SchedulerLost from lost
        if isinstance(error, KilledWorker):
            return None
        return Back(key, fault(error))
