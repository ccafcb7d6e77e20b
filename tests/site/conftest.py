"""A laboratory and pages built once for their file of tests, and a plain web server for each."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from convolab.problem import Problem
from convolab.site import front_ends, versions
from convolab.site.serve_site import server_of
from tests.conftest import without

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (ROOT.parent, ROOT.parent.parent)  # a folder shared/pyodide may be in one of them


@pytest.fixture(scope="session")
def fetched() -> None:
    """What npm and uv bring is here, or the test is skipped with a sentence."""
    try:
        for package in (
            versions.PYODIDE, versions.HTML_MANAGER, versions.REQUIREJS, versions.MATHJAX,
        ):  # fmt: skip
            front_ends.fetch(package)
        front_ends.widgets_in_lab()
    except Problem as problem:
        without(str(problem))


@pytest.fixture(scope="session")
def pyodide() -> str | None:
    """The folder with Pyodide's packages; None lets the browser take them from the network."""
    named = os.environ.get("CONVOLAB_PYODIDE")
    folders = [Path(named)] if named else [place / "shared" / "pyodide" for place in PACKAGES]
    return next((str(folder) for folder in folders if folder.is_dir()), None)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on a web server of its own."""
    server = server_of(folder, port=0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve a folder until the file's tests are over."""
    from contextlib import ExitStack

    with ExitStack() as servers:
        yield lambda folder: servers.enter_context(served(folder))
