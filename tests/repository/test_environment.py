"""pyproject.toml and environment.yml ask for the same packages."""

import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
CONDA_NAMES = {"matplotlib": "matplotlib-base"}  # without the desktop windows it never opens


def test_conda_installs_what_pip_installs():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {
        CONDA_NAMES.get(requirement.name, requirement.name): requirement.specifier
        for requirement in map(Requirement, project["dependencies"])
    }
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    packages = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    found = {requirement.name: requirement.specifier for requirement in map(Requirement, packages)}
    assert str(found.pop("python")) == project["requires-python"]
    assert "pip" in found
    del found["pip"]
    assert found == wanted


def test_conda_takes_everything_from_conda_forge_and_the_course_from_its_folder():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert environment["channels"] == ["conda-forge", "nodefaults"]
    assert {"pip": ["-e ."]} in environment["dependencies"]


def test_a_student_gets_no_development_packages():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["uv"]["default-groups"] == []
    assert "dev" in project["dependency-groups"]
