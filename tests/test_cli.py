"""What the command says where a part of it cannot work."""

import importlib
import importlib.util
import os
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from convolab import cli
from convolab.grading import grade
from convolab.grading.desk import open_desk
from convolab.jupyter import ONE_THREAD
from convolab.problem import Problem
from tests.grading.small_course import small_course


def without(monkeypatch, missing: str) -> None:
    """Python as it is where a module is not installed."""

    def refuse(name: str):
        raise ModuleNotFoundError(f"No module named {missing!r}", name=missing)

    monkeypatch.setattr(importlib, "import_module", refuse)


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        ("fcntl", "on Windows use WSL"),
        ("convolab.grading", "a student's kit, which cannot do that: use a clone"),
        ("rich", "The package rich is missing: run  python -m uv sync"),
    ],
)
def test_a_part_that_is_missing_is_a_sentence_with_a_way_out(monkeypatch, missing, says):
    without(monkeypatch, missing)
    with pytest.raises(Problem, match=says):
        cli._part("grading.grade")


@pytest.mark.parametrize(
    "words",
    ["build", "build --check", "adopt 01", "slips 01", "slips --all", "kit", "grade 01",
     "report 01", "return 01", "demo", "lab --teacher"],
)  # fmt: skip
def test_what_needs_the_whole_course_is_refused_in_a_sentence_elsewhere(words, tmp_path):
    asked = CliRunner().invoke(cli.app, [*words.split(), "--course", str(tmp_path)])
    assert isinstance(asked.exception, Problem)
    assert "needs the whole course" in str(asked.exception)
    assert list(tmp_path.iterdir()) == []


def test_a_trained_network_is_kept_in_the_courses_work_folder(tmp_path, monkeypatch):
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / "01_small.py").touch()
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.chdir(tmp_path / "lessons")
    asked = {}
    training = SimpleNamespace(train_command=lambda console, **given: asked.update(given) or 0)
    monkeypatch.setattr(cli, "_part", lambda name: training)
    assert CliRunner().invoke(cli.app, ["train"]).exit_code == 0
    assert asked["target"] == tmp_path / "work" / "trained"
    assert CliRunner().invoke(cli.app, ["train", "--target", "here"]).exit_code == 0
    assert asked["target"] == Path("here")


def test_a_cluster_without_its_library_is_a_sentence_with_the_line_that_installs_it(monkeypatch):
    without(monkeypatch, "distributed")
    with pytest.raises(
        Problem, match=r"distributed, which only large classes install.*--extra clu"
    ):
        grade._cluster()


@pytest.mark.parametrize("address", ["nonsense", "mysql://a:secret@b/c", "gradebook.db"])
def test_an_address_of_no_database_is_a_sentence_that_shows_one(tmp_path, address):
    course = small_course(tmp_path / "course")
    with pytest.raises(Problem, match=r"postgresql\+psycopg://user@host/gradebook") as problem:
        open_desk(course, address)
    assert "secret" not in str(problem.value)


def test_an_address_of_a_database_takes_the_place_of_the_one_in_the_settings(tmp_path):
    desk = open_desk(small_course(tmp_path / "course"), "sqlite:///other.db")
    assert desk.coursedir().db_url == "sqlite:///other.db"


def test_every_part_that_the_command_calls_is_there():
    named = set(re.findall(r'_part\("([\w.]+)"\)', Path(cli.__file__).read_text(encoding="utf-8")))
    assert len(named) >= 10
    for name in named:
        assert importlib.util.find_spec(f"convolab.{name}"), name


@pytest.mark.parametrize("words", ["build", "slips --all", "grade 01", "demo"])
def test_what_runs_exercises_calculates_on_one_thread_unless_told_otherwise(
    words, tmp_path, monkeypatch
):
    for name in ONE_THREAD:
        monkeypatch.delenv(name, raising=False)
    CliRunner().invoke(cli.app, [*words.split(), "--course", str(tmp_path)])
    assert {os.environ[name] for name in ONE_THREAD} == {"1"}

    for name in ONE_THREAD:
        monkeypatch.delenv(name)
    monkeypatch.setenv("OMP_NUM_THREADS", "4")
    CliRunner().invoke(cli.app, [*words.split(), "--course", str(tmp_path)])
    assert [os.environ.get(name) for name in ONE_THREAD] == [None, "4", None, None]
