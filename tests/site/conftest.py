"""A laboratory and pages built once for their file of tests, and a plain web server for each."""

import json
import os
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from convolab.files import write_whole
from convolab.problem import Problem
from convolab.site import front_ends, versions
from convolab.site.runtime import own_address, with_needs
from convolab.site.serve_site import server_of
from tests.conftest import without

# The extra `site` also puts a part into JupyterLab that complains there, so no other test should
# run in its environment: `uv run --group dev --extra site pytest tests/site`, as in `.ci/run`.
if not find_spec("jupyterlite_core"):
    collect_ignore_glob = ["test_*.py"]

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
def pyodide(fetched, tmp_path_factory) -> str:
    """A folder with Pyodide's packages: one that is there, or fetched where Pyodide says."""
    named = os.environ.get("CONVOLAB_PYODIDE")
    folders = [Path(named)] if named else [place / "shared" / "pyodide" for place in PACKAGES]
    for folder in folders:
        if folder.is_dir():
            return str(folder)
    folder = user_cache_path("convolab") / f"pyodide-{versions.PYODIDE.version}"
    folder.mkdir(parents=True, exist_ok=True)
    official = tmp_path_factory.mktemp("pyodide")
    for name in ("pyodide.mjs", "pyodide-lock.json"):
        front_ends.take(front_ends.fetch(versions.PYODIDE), name, [official / name])
    packages = json.loads((official / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
    for name in with_needs(versions.FROM_PYODIDE, packages):
        path = folder / packages[name]["file_name"]
        try:
            if not path.exists():
                address = f"{own_address(official).rstrip('/')}/{path.name}"
                with urllib.request.urlopen(address, timeout=60) as answer:
                    write_whole(path, answer.read())
        except OSError as error:
            without(f"Pyodide's package {path.name} cannot be fetched ({error}): no network?")
    return str(folder)


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
    with ExitStack() as servers:
        yield lambda folder: servers.enter_context(served(folder))
