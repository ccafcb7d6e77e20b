"""A real Dask scheduler and its workers for tests, as processes on this machine."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from distributed import Client

from tests.conftest import free_port

SETTINGS = {
    "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s",
    "DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "10s",  # a worker that is silent so long is gone
    "DASK_DISTRIBUTED__ADMIN__LOG_LENGTH": "100",
}


class DaskCluster:
    """A scheduler at a free port and any number of workers, each with a nanny that restarts it.

    Args:
        folder: for logs and what workers write.
        allowed_failures: how many workers a submission may end before Dask gives it up.
    """

    def __init__(self, folder: Path, allowed_failures: int = 3):
        self._folder, self._port = folder, free_port()
        self._temporary = tempfile.TemporaryDirectory(prefix="dask-", ignore_cleanup_errors=True)
        self._failures = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(allowed_failures)}
        self.address = f"tcp://127.0.0.1:{self._port}"
        self._scheduler: subprocess.Popen | None = None
        self._workers: list[subprocess.Popen] = []

    def _dask(self, *arguments: str, **env: str) -> subprocess.Popen:
        log = (self._folder / f"{arguments[0]}-{len(self._workers)}.log").open("ab")
        with log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments],
                cwd=self._folder,
                env={
                    **os.environ,
                    **SETTINGS,
                    **self._failures,
                    "TMPDIR": self._temporary.name,
                    **env,
                },
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start_scheduler(self) -> None:
        """Start the scheduler, also again at the same address."""
        self._scheduler = self._dask(
            "scheduler", "--host", "127.0.0.1", "--port", str(self._port), "--no-dashboard"
        )

    def start_workers(self, count: int = 1, **env: str) -> None:
        """Start so many workers of one thread each, and wait until they have joined."""
        for _ in range(count):
            self._workers.append(
                self._dask(
                    "worker", self.address, "--host", "127.0.0.1", "--nthreads", "1",
                    "--no-dashboard", "--local-directory", str(self._folder), **env,
                )
            )  # fmt: skip
        with Client(self.address, timeout=60) as client:
            client.wait_for_workers(len(self._workers), timeout=60)

    def stop_scheduler(self) -> None:
        """End the scheduler at once; its workers end themselves."""
        _kill(self._scheduler)
        for worker in self._workers:
            _kill(worker)
        self._workers.clear()

    def left(self) -> list[Path]:
        """The folders that workers keep lessons in."""
        return list(Path(self._temporary.name).glob("convolab-exercises-*"))

    def close(self) -> None:
        """End everything."""
        for process in (*self._workers, self._scheduler):
            _kill(process)
        self._temporary.cleanup()


def _kill(process: subprocess.Popen | None) -> None:
    """End a process with all that it started."""
    if process is not None and process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)
