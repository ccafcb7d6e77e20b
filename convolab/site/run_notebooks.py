"""Runs notebooks to their end, two at a time, and keeps what they show and their widgets' state."""

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from convolab.cell_metadata import course_of
from convolab.jupyter import ONE_THREAD
from convolab.problem import Problem

AT_A_TIME = 2
PATIENCE = 300  # seconds for a cell


def run_notebooks(
    notebooks: Mapping[str, nbformat.NotebookNode], folder: Path, done: Callable[[str], None]
) -> None:
    """Run notebooks in place, each in a Python of its own.

    Args:
        notebooks: by name.
        folder: where their Pythons are.
        done: is told the name of each that has ended.

    Raises:
        Problem: a cell raised an error, or took too long.
    """
    longest_first = sorted(notebooks, key=lambda name: _length(notebooks[name]), reverse=True)
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        runs = {pool.submit(_run, name, notebooks[name], folder): name for name in longest_first}
        try:
            for run in as_completed(runs):
                run.result()
                done(runs[run])
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _length(notebook: nbformat.NotebookNode) -> tuple[int, int]:
    """What tells how long it will run: its cells that train, then all of them."""
    heavy = sum(bool(course_of(cell).get("heavy")) for cell in notebook.cells)
    return heavy, len(notebook.cells)


def _run(name: str, notebook: nbformat.NotebookNode, folder: Path) -> None:
    client = NotebookClient(
        notebook,
        timeout=PATIENCE,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        store_widget_state=True,
        extra_arguments=["--log-level=CRITICAL"],
    )
    try:
        client.execute(env={**os.environ, **dict.fromkeys(ONE_THREAD, "1")})
    except CellExecutionError as error:
        raise Problem(f"{name}: a cell ended with {error.ename}: {error.evalue}") from error
    except (CellTimeoutError, DeadKernelError) as error:
        raise Problem(f"{name} did not reach its end: {error}") from error
