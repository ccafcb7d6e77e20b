"""Prepares every worker of a cluster for a lesson, also those that join later.

Dask hands this to a worker as text (it is pickled by value), so that it can say what is wrong on a
worker that has an old copy of the course, or none.
"""

import asyncio
import logging

from distributed import Worker, WorkerPlugin


class PrepareLesson(WorkerPlugin):
    """Opens a lesson on a worker, which may then be given its submissions.

    A worker that is ready offers a resource with the lesson's name, as many as it has threads;
    submissions ask for one each. A worker that is refused offers none and says why.

    Args:
        job: the lesson, as JSON.
        resource: the name of the resource and of the topic under which a worker says why not.
        version: what this course's graders call themselves.
    """

    def __init__(self, job: str, resource: str, version: str):
        self.job, self.resource, self.version = job, resource, version

    async def setup(self, worker: Worker) -> None:
        """Prepare a worker."""
        refusal = await asyncio.to_thread(self._prepare)
        if refusal is None:
            await worker.set_resources(**{self.resource: worker.state.nthreads})
            return
        logging.getLogger("distributed.worker").error("Refused for grading: %s", refusal)
        worker.log_event(self.resource, {"worker": worker.address, "refusal": refusal})

    def _prepare(self) -> str | None:
        """Why this worker cannot grade; None if it is ready."""
        try:
            from convolab.grading.cluster.worker import prepare
        except ImportError as error:
            return (
                f"the course is not installed there, or is too old ({error}): install the same "
                "copy of it as here."
            )
        return prepare(self.job, self.version)
