"""What the command says where a part of it cannot work."""

import importlib

import pytest

from convolab import cli
from convolab.grading import grade
from convolab.grading.desk import open_desk
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
