"""Sends submissions to a Dask cluster and takes their runs back, whatever happens meanwhile.

Only a few more submissions are on their way than the cluster has threads, so that neither this
process nor the scheduler ever holds the class. What a lost scheduler or worker had in hand is sent
again; a submission that ends its worker again and again is found out by running it alone.
"""

import contextlib
import hashlib
import logging
import queue
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

import cloudpickle
from distributed import Client, Future
from distributed.scheduler import KilledWorker

from convolab.grading.cluster import plugin, worker
from convolab.grading.faults import Fault, fault, or_fault
from convolab.grading.run.dependencies import version
from convolab.grading.run.job import Job
from convolab.grading.run.pool import Autograded
from convolab.problem import Problem

cloudpickle.register_pickle_by_value(plugin)

PATIENCE = 300.0  # seconds without a scheduler, or without a worker that may grade
LOOK = 1.0  # seconds between two looks at what the cluster is doing
SPARE = 2  # submissions on their way for each thread of the cluster

ENDS_ITS_PROCESS = (
    "It ended the process that ran it every time it was tried, at last with nothing beside it: "
    "look into it by hand."
)

Key = TypeVar("Key")


@dataclass(frozen=True)
class Sent(Generic[Key]):
    """A submission as content.

    Attributes:
        key: what the caller calls it.
        notebook: its file.
        files: name and bytes of what lies beside it.
    """

    key: Key
    notebook: bytes
    files: list[tuple[str, bytes]]


@dataclass(frozen=True)
class Back(Generic[Key]):
    """What came back of a submission."""

    key: Key
    came: Autograded | Fault


class _Lost(Exception):
    """The scheduler is gone, and with it what it had in hand."""


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
        self._address, self._job, self._say, self._patience = address, job, say, patience
        standard = hashlib.sha256(f"{job.standard} {job.sandboxed}".encode()).hexdigest()
        self._resource = f"convolab-{job.lesson}-{standard[:12]}"
        self._back: queue.SimpleQueue[Future] = queue.SimpleQueue()
        self._on_the_way: dict[str, Key] = {}
        self._by_itself: set[str] = set()  # those of them that have the cluster to themselves
        self._refused: set[str] = set()
        self._scheduler: str | None = None  # which one has the work
        self._known = False  # whether the scheduler has ever answered
        self._grading, self._seen = 0, 0.0  # threads that grade, and when they were counted

    def run(self, keys: list[Key], read: Callable[[Key], Sent[Key]]) -> Iterator[Back[Key]]:
        """Run submissions; their runs come as they are done.

        Args:
            keys: what the caller calls the submissions.
            read: the content of one, called when its turn comes.

        Raises:
            Problem: the scheduler cannot be reached, or no worker may grade.
        """
        todo, alone = deque(keys), deque()
        self._on_the_way.clear()
        while todo or alone:
            client = self._connect()
            try:
                yield from self._send(client, todo, alone, read)
            except _Lost:
                self._say("The scheduler is gone; waiting until it is there again.")
                todo.extendleft(self._on_the_way.values())
                self._on_the_way.clear()
                self._seen = 0.0
            finally:
                _close(client, self._resource)

    def _connect(self) -> Client:
        """A client whose workers, present and to come, are prepared for the lesson.

        Raises:
            Problem: nothing answers at the address.
        """
        end = time.monotonic() + self._patience
        while True:
            with _quiet():
                try:
                    client = Client(self._address, timeout=min(10, self._patience))
                    break
                except (OSError, TimeoutError) as error:
                    if time.monotonic() > end or not self._known:
                        raise Problem(
                            f"No Dask scheduler answers at {self._address}: start one with "
                            "`dask scheduler`, or grade on this machine without --scheduler."
                        ) from error
                except ValueError as error:
                    raise Problem(
                        f"{self._address} is not the address of a scheduler ({error}): it looks "
                        "like tcp://10.0.0.1:8786."
                    ) from error
                time.sleep(LOOK)
        self._known = True
        self._scheduler = client.scheduler_info().get("id")
        client.subscribe_topic(self._resource, self._hear)
        to_prepare = plugin.PrepareLesson(self._job.to_json(), self._resource, version())
        client.register_plugin(to_prepare, name=self._resource)
        return client

    def _hear(self, event: tuple[float, dict]) -> None:
        """A worker says why it does not grade."""
        said = event[1]
        sentence = f"The worker {said['worker']} gets no submissions: {said['refusal']}"
        if sentence not in self._refused:
            self._refused.add(sentence)
            self._say(sentence)

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
                raise _Lost
            room = max(1, SPARE * self._threads(client))
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
                idle_since = self._look(client, idle_since)
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
        """Send one off; returns the name under which it is on its way."""
        future = client.submit(
            worker.run,
            self._job.standard,
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
        """What came of a run; None if its worker died of it, or beside it, too often.

        Raises:
            _Lost: the scheduler went away.
        """
        key = self._on_the_way[future.key]
        if future.status == "cancelled":
            raise _Lost
        if future.status == "finished":
            with _quiet():
                try:
                    return Back(key, future.result(timeout=self._patience))
                except Exception as error:
                    raise _Lost from error
        error = future.exception()
        if isinstance(error, KilledWorker):
            return None
        return Back(key, fault(error))

    def _threads(self, client: Client) -> int:
        """How many threads of the cluster grade this lesson, asked now and then.

        Raises:
            _Lost: another scheduler has taken the place of the one that has the work.
        """
        if time.monotonic() - self._seen > LOOK:
            info = client.scheduler_info(n_workers=-1)  # without anything, where it is lost
            if info.get("id", self._scheduler) != self._scheduler:
                raise _Lost  # a new one answers at the address, which knows nothing of the work
            workers = info.get("workers", {}).values()
            grading = (of["resources"].get(self._resource, 0) for of in workers)
            self._grading = int(sum(grading))
            self._seen = time.monotonic()
        return self._grading

    def _look(self, client: Client, idle_since: float) -> float:
        """Nothing has come back for a moment: see whether anything can.

        Returns:
            Since when no worker could grade.

        Raises:
            _Lost: the scheduler went away.
            Problem: no worker could grade for as long as there is patience.
        """
        if client.status != "running":
            raise _Lost
        if self._threads(client):
            return time.monotonic()
        if time.monotonic() - idle_since > self._patience:
            raise Problem(
                f"No worker of {self._address} can grade, and none came in {self._patience:.0f} s: "
                f"start some with `dask worker {self._address} --nthreads 1`. What is graded "
                "already is kept."
            )
        return idle_since


def _close(client: Client, resource: str) -> None:
    """Leave the cluster as it was; a scheduler that is gone is no trouble."""
    with _quiet(), contextlib.suppress(Exception):
        if client.status == "running":
            client.unregister_worker_plugin(resource)
    with _quiet(), contextlib.suppress(Exception):
        client.close(timeout=2)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Dask's own words about lost connections are not for a teacher."""
    log = logging.getLogger("distributed")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)
