"""Python for the browser: where its packages come from, and that each is the official one."""

import json
from pathlib import Path

import pytest

from convolab.site.runtime import RUNTIME, add_runtime
from convolab.site.versions import PURE_WHEELS, PYODIDE
from tests.site.tab_page import HTML, TabPage

ROOT = Path(__file__).resolve().parents[2]
OURS = {"convolab", *(wheel.name for wheel in PURE_WHEELS)}


def lock_of(folder: Path) -> dict[str, dict]:
    return json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]


@pytest.fixture(scope="module")
def from_pyodide(fetched, tmp_path_factory) -> Path:
    """The runtime of a site whose packages browsers take from where Pyodide says."""
    folder = tmp_path_factory.mktemp("runtime")
    add_runtime(ROOT, folder, None, None)
    return folder


def test_the_runtime_and_our_wheels_are_in_the_site(from_pyodide):
    names = {path.name for path in from_pyodide.iterdir()}
    assert set(RUNTIME) <= names
    assert {lock_of(from_pyodide)[name]["file_name"] for name in OURS} <= names


def test_all_other_packages_have_the_address_that_pyodide_names(from_pyodide):
    others = [about for name, about in lock_of(from_pyodide).items() if name not in OURS]
    (base,) = {about["file_name"].rpartition("/")[0] for about in others}
    assert base.startswith("https://")
    assert f"/v{PYODIDE.version}/" in f"{base}/"
    assert all(len(about["sha256"]) == 64 for about in others)


def test_from_a_folder_only_what_the_course_needs_is_copied(fetched, pyodide, tmp_path):
    add_runtime(ROOT, tmp_path, pyodide, None)
    lock = lock_of(tmp_path)
    assert {about["file_name"] for about in lock.values()} <= {p.name for p in tmp_path.iterdir()}
    needs = {name for about in lock.values() for name in about["depends"]}
    assert {name.replace("_", "-").lower() for name in needs} <= set(lock)
    assert "scipy" not in lock


@pytest.mark.journey
def test_a_browser_takes_packages_from_another_address(fetched, pyodide, serve, browser, tmp_path):
    elsewhere = "https://packages.example/pyodide"
    add_runtime(ROOT, tmp_path / "laboratory" / "pyodide", elsewhere, None)
    (tmp_path / "python.html").write_text(HTML, encoding="utf-8")
    context = browser.new_context()
    context.set_default_timeout(300_000)
    asked = []

    def answer(route):
        asked.append(route.request.url)
        path = Path(pyodide) / route.request.url.rpartition("/")[2]
        route.fulfill(path=path, headers={"Access-Control-Allow-Origin": "*"})

    context.route(f"{elsewhere}/*", answer)
    tab = TabPage(context.new_page(), serve(tmp_path))
    assert tab.run_cell("import numpy, convolab.ops")[0] is None
    assert any("/numpy-" in url for url in asked)
    context.close()
