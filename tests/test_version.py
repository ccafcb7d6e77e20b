"""`convolab --version`: what a report needs, on every machine, without waiting."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from typer.testing import CliRunner

import convolab
from convolab import version
from convolab.cli import app

ROOT = Path(__file__).resolve().parents[1]
NUMBER = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def lines() -> dict[str, str]:
    """The report as {name: what is said}."""
    return {line[:11].strip(): line[12:] for line in version.report().splitlines()}


@pytest.fixture
def programs(tmp_path, monkeypatch) -> Path:
    """A folder that alone is searched for programs."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def program(folder: Path, name: str, does: str) -> None:
    """A program that is a line of shell."""
    (folder / name).write_text(f"#!/bin/sh\n{does}\n")
    (folder / name).chmod(0o755)


def project(folder: Path, text: str) -> Path:
    """A folder with a lesson of ours and this pyproject.toml in it."""
    (folder / "notebooks" / "00_start_here").mkdir(parents=True)
    (folder / "notebooks" / "00_start_here" / "00_start_here.ipynb").write_text("{}")
    (folder / "pyproject.toml").write_text(text)
    return folder


def test_the_command_prints_a_line_for_each_thing_a_report_needs():
    said = CliRunner().invoke(app, ["--version"])
    assert said.exit_code == 0
    assert [line.split()[0] for line in said.output.splitlines()] == [
        "course", "package", "Python", "NumPy", "JupyterLab", "nbgrader", "platform", "sandbox",
    ]  # fmt: skip
    shown = lines()
    assert shown["package"] == f"convolab {NUMBER}, run from its folder"
    assert shown["Python"].startswith(f"{sys.version_info.major}.{sys.version_info.minor}.")
    for name, package in (
        ("NumPy", "numpy"),
        ("JupyterLab", "jupyterlab"),
        ("nbgrader", "nbgrader"),
    ):
        assert shown[name] == metadata.version(package)
    assert str(Path.home()) not in said.output
    assert said.output.isascii()


def test_the_package_knows_its_version_and_no_other_name():
    assert convolab.__version__ == NUMBER
    assert not hasattr(convolab, "nonsense")


def test_it_imports_none_of_what_it_names():
    code = "import sys; from convolab import version; version.report(); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"numpy", "matplotlib", "jupyterlab", "nbgrader", "convolab.grading"}
    assert set(run.stdout.split()) & heavy == set()


def test_a_clone_is_named_with_its_commit_and_its_changes(tmp_path, monkeypatch):
    clone = project(tmp_path / "clone", '[project]\nname = "convolab"\nversion = "9.8.7"\n')
    (clone / "lessons").mkdir()
    monkeypatch.chdir(clone)
    assert lines()["course"] == "Convolution Lab 9.8.7, full course"
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-C", str(clone)]
    subprocess.run([*git, "init", "-q"], check=True)
    assert lines()["course"] == "Convolution Lab 9.8.7, full course"  # there is no commit yet
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-qm", "Begin"], check=True)
    assert re.fullmatch(r"Convolution Lab 9\.8\.7, full course, commit \w+", lines()["course"])
    (clone / "pyproject.toml").write_text('[project]\nname = "convolab"\nversion = "9.8.8"\n')
    assert re.fullmatch(
        r"Convolution Lab 9\.8\.8, full course, commit \w+, with changes", lines()["course"]
    )


def test_a_kit_inside_somebodys_repository_is_a_kit_of_no_commit(tmp_path, monkeypatch):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    kit = project(tmp_path / "kit", '[project]\nname = "convolab"\nversion = "9.8.7"\n')
    monkeypatch.chdir(kit)
    assert lines()["course"] == "Convolution Lab 9.8.7, student's kit"


@pytest.mark.parametrize(
    "text",
    [
        '[project]\nname = "other"\nversion = "2"\n',
        '[project]\nname = "convolab"\n',
        'project = "convolab"\n',
        "project = [1]\n",
        "[project\n",
        "",
        "\N{LATIN SMALL LETTER E WITH ACUTE}",
    ],
)
def test_a_folder_with_another_pyproject_is_no_course(tmp_path, monkeypatch, text):
    monkeypatch.chdir(project(tmp_path / "there", text))
    assert lines()["course"] == "no clone and no kit in this folder"


@pytest.mark.skipif(os.name != "posix", reason="Windows deletes no folder that is in use")
def test_a_folder_that_was_deleted_is_no_course(tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert lines()["course"] == "no clone and no kit in this folder"


def test_an_installed_package_reads_what_pip_noted(tmp_path, monkeypatch):
    monkeypatch.setattr(version, "_beside", lambda: tmp_path)
    assert lines()["package"] == f"convolab {metadata.version('convolab')}, installed"


def test_a_package_that_is_not_installed_is_named_so(monkeypatch):
    monkeypatch.setitem(version.PACKAGES, "nbgrader", "a-package-that-nobody-has")
    assert lines()["nbgrader"] == "not installed"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="bubblewrap needs Linux")
@pytest.mark.parametrize(
    ("does", "said"),
    [
        (None, "none: bubblewrap is not installed"),
        ("echo bubblewrap 0.11.0", "bubblewrap 0.11.0"),
        ("echo bubblewrap 0.11.0; exit 1", "none: bubblewrap is installed but does not run"),
        ("exit 0", "none: bubblewrap is installed but does not run"),
        (r"printf '\377\376'", "none: bubblewrap is installed but does not run"),
        ("exec sleep 60", "none: bubblewrap is installed but does not run"),
    ],
)
def test_the_sandbox_is_named_or_what_is_missing(programs, monkeypatch, does, said):
    monkeypatch.setattr(version, "PATIENCE", 0.5)
    if does:
        program(programs, "bwrap", does.replace("sleep", shutil.which("sleep", path=os.defpath)))
    assert lines()["sandbox"] == said


def test_elsewhere_than_on_linux_there_is_no_sandbox(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert lines()["sandbox"] == "none: bubblewrap needs Linux"


def test_without_git_the_commit_is_left_out(programs, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert lines()["course"] == f"Convolution Lab {NUMBER}, full course"


def test_a_learners_folder_is_named(tmp_path, monkeypatch):
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / version.course.RECORD).write_text("{}")
    monkeypatch.setattr(version.course, "root", lambda: tmp_path)
    assert lines()["course"].startswith("a learner's folder")
