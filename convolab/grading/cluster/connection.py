"""The connection to a Dask scheduler: opened, watched, closed, leaving the cluster as it was."""

import contextlib
import logging
import time
from collections.abc import Callable, Iterator

import cloudpickle
from distributed import Client

from convolab.grading.cluster import plugin
from convolab.grading.run.dependencies import version
from convolab.grading.run.job import Job
from convolab.problem import Problem

cloudpickle.register_pickle_by_value(plugin)

LOOK = 1.0  # seconds between two looks at what the cluster is doing


class SchedulerLost(Exception):
    """The scheduler is gone, and its work with it."""


class Connection:
    """One lesson's connection to a cluster, which may have to be opened more than once.

    Args:
        address: the scheduler's.
        job: the lesson.
        resource: the name of what a worker offers that is prepared for the lesson.
        say: told in sentences which workers cannot grade, and why.
        patience: seconds without a scheduler or a worker before it gives up.
    """

    def __init__(
        self, address: str, job: Job, resource: str, say: Callable[[str], None], patience: float
    ):
        self._address, self._job, self._resource = address, job, resource
        self._say, self._patience = say, patience
        self._refused: set[str] = set()
        self._scheduler: str | None = None  # which one has the work
        self._known = False  # whether the scheduler has ever answered
        self._grading, self._seen = 0, 0.0  # threads that grade, and when they were counted

    def open(self) -> Client:
        """A client whose workers, present and to come, are prepared for the lesson.

        Raises:
            Problem: nothing answers at the address.
        """
        end = time.monotonic() + self._patience
        while True:
            with quiet():
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
        self._known, self._seen = True, 0.0
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

    def threads(self, client: Client) -> int:
        """How many threads of the cluster grade this lesson, asked now and then.

        Raises:
            SchedulerLost: another scheduler has replaced the one that has the work.
        """
        if time.monotonic() - self._seen > LOOK:
            info = client.scheduler_info(n_workers=-1)  # without anything, where it is lost
            if info.get("id", self._scheduler) != self._scheduler:
                raise SchedulerLost  # a new one answers, which knows nothing about the work
            workers = info.get("workers", {}).values()
            grading = (of["resources"].get(self._resource, 0) for of in workers)
            self._grading = int(sum(grading))
            self._seen = time.monotonic()
        return self._grading

    def look(self, client: Client, idle_since: float) -> float:
        """Nothing has come back for a moment: check whether anything can.

        Returns:
            Since when no worker could grade.

        Raises:
            SchedulerLost: the scheduler went away.
            Problem: no worker could grade until patience ran out.
        """
        if client.status != "running":
            raise SchedulerLost
        if self.threads(client):
            return time.monotonic()
        if time.monotonic() - idle_since > self._patience:
            raise Problem(
                f"No worker of {self._address} can grade, and none came in {self._patience:.0f} s: "
                f"start some with `dask worker {self._address} --nthreads 1`. What has been "
                "graded is kept."
            )
        return idle_since

    def close(self, client: Client) -> None:
        """Leave the cluster as it was; it does not matter if the scheduler is gone."""
        with quiet(), contextlib.suppress(Exception):
            if client.status == "running":
                client.unregister_worker_plugin(self._resource)
        with quiet(), contextlib.suppress(Exception):
            client.close(timeout=2)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Dask's own words about lost connections are not for a teacher."""
    log = logging.getLogger("distributed")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)
