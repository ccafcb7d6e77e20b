"""What the site is made of moves together: each version is in one place, and these compare."""

import importlib.metadata
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

from convolab.site.versions import BUILDERS, PURE_WHEELS, PYODIDE

ROOT = Path(__file__).resolve().parents[2]


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_extra_pins_the_versions_that_were_tried_together():
    pins = map(Requirement, project()["optional-dependencies"]["site"])
    assert {pin.name: str(pin.specifier) for pin in pins} == {
        name: f"=={version}" for name, version in BUILDERS.items()
    }


def test_the_builders_that_are_installed_are_those():
    assert {name: importlib.metadata.version(name) for name in BUILDERS} == BUILDERS


def test_the_packages_for_the_browser_are_the_locked_ones():
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    locked = {package["name"]: package["version"] for package in lock}
    for wheel in PURE_WHEELS:
        assert importlib.metadata.version(wheel.name) == locked[wheel.name]


def test_what_a_wheel_needs_is_in_its_table():
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    needs = {p["name"]: {d["name"] for d in p.get("dependencies", ())} for p in lock}
    only_on_a_desktop = {"widgetsnbextension", "jupyterlab-widgets"}
    for wheel in PURE_WHEELS:
        assert needs[wheel.name] - only_on_a_desktop == set(wheel.depends), wheel.name


def test_the_kernel_expects_the_same_series_of_pyodide():
    kernel = importlib.metadata.files("jupyterlite-pyodide-kernel")
    scripts = [
        file.read_text() for file in kernel if file.suffix == ".js" and "static" in str(file)
    ]
    series = PYODIDE.version.rpartition(".")[0]
    assert any(f"/pyodide/v{series}." in text for text in scripts)


def test_the_course_takes_the_numpy_and_matplotlib_that_pyodide_has():
    wanted = {r.name: r.specifier for r in map(Requirement, project()["dependencies"])}
    assert wanted["numpy"].contains("2.0.2")
    assert wanted["matplotlib"].contains("3.8.4")
