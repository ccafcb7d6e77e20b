"""What collecting remembers of a platform's names, so that a page can go back under them."""

import datetime
import json

import pytest

from convolab.grading.intake.place_files import Memory
from convolab.grading.out.returns.class_points import ClassPoints
from convolab.grading.out.returns.feedback_zip import name_for
from tests.grading.intake.desk_for_downloads import NAME, STUB, Tables, roster, work
from tests.grading.intake.downloads import canvas, gradescope, locked, moodle, packed
from tests.grading.out.platform_imports import canvas_comment, moodle_feedback
from tests.grading.small_course import LESSON


@pytest.fixture
def tables(tmp_path) -> Tables:
    return Tables(tmp_path / "desk", roster("ada Ada King"))


def remembered(tables: Tables) -> ClassPoints:
    memory = Memory.load(tables.home / "collected.json")
    return ClassPoints(LESSON, "", {}, {}, memory.origins)


def page(tables: Tables, platform: str, student: str = "ada") -> str:
    return name_for(platform, remembered(tables), student, {})


@pytest.mark.parametrize("folders", [True, False])
@pytest.mark.parametrize("group", ["", "Group 3", "Team A-B"])
@pytest.mark.parametrize("file", [NAME, "my lab.ipynb", "lab.zip"])
def test_moodle(tables, folders, group, file):
    name = moodle("Ada King", 812001, file, group, folders)
    content = packed({f"lab/{NAME}": work()}) if file.endswith(".zip") else work()
    tables.collect({"CNN-Lab-4711.zip": packed({name: content})})
    assert moodle_feedback(page(tables, "Moodle"), {812001}) == (812001, f"{LESSON}.html")


def test_moodles_hidden_names(tables):
    tables.collect({"lab.zip": packed({moodle("Participant", 812007, NAME): work()})})
    name = page(tables, "Moodle", "Participant-812007")
    assert moodle_feedback(name, {812007}) == (812007, f"{LESSON}.html")


@pytest.mark.parametrize("late", [True, False])
@pytest.mark.parametrize("file", [NAME, f"{LESSON}-3.ipynb", "1_2_lab.ipynb", "work.zip"])
def test_canvas(tables, late, file):
    name = canvas("King, Ada", 4711, 990001, file, late)
    content = packed({NAME: work()}) if file.endswith(".zip") else work()
    tables.collect({"submissions.zip": packed({name: content})})
    assert canvas_comment(page(tables, "Canvas"), {990001: 4711}) == 4711


def test_of_several_files_the_one_that_counts(tables):
    files = {
        canvas("King, Ada", 4711, 990001, NAME): STUB,
        canvas("King, Ada", 4711, 990002, "second.ipynb"): work("twice", "total"),
        canvas("King, Ada", 4711, 990003, "notes.txt"): "notes",
    }
    tables.collect({"submissions.zip": packed(files)})
    assert page(tables, "Canvas") == "kingada_4711_990002_second.html"


def test_everybody_of_a_gradescope_group(tables):
    now = datetime.datetime(2026, 11, 20, 13, 30)
    people = {"submission_1": ([("Ada King", "ada"), ("Bo Li", "bo")], now)}
    files = {"a/submission_metadata.yml": gradescope(people), f"a/submission_1/{NAME}": work()}
    tables.collect({"export.zip": packed(files)})
    numbers = {
        who: one[0].number
        for who, one in remembered(tables).origins.items()
        if one[0].platform == "Gradescope"
    }
    assert set(numbers.values()) == {"ada", "bo"}


def test_two_platforms_and_a_later_download_that_has_only_one(tables):
    first = packed({moodle("Ada King", 812001, NAME): work()})
    tables.collect({"lab.zip": first})
    tables.collect({"submissions.zip": packed({canvas("King, Ada", 4711, 990001, NAME): work()})})
    assert {one.platform for one in remembered(tables).origins["ada"]} == {"Moodle", "Canvas"}


def test_who_gets_another_id_when_the_list_is_complete_is_nobody_elses_any_more(tables):
    files = {
        moodle("Bo Li", 812002, "report.pdf"): "%PDF",
        moodle("Ada King", 812001, NAME): work(),
    }
    tables.collect({"lab.zip": packed(files)})
    assert set(remembered(tables).origins) == {"ada", "Bo-Li-812002"}
    tables.people = roster("ada Ada King", "bo Bo Li")
    tables.collect({"lab.zip": packed(files)})
    points = remembered(tables)
    assert set(points.origins) == {"ada", "bo"}
    assert points.origins["bo"][0].missing == f"Handed in report.pdf, and no notebook of {LESSON}."


def test_why_an_archive_could_not_be_opened_is_remembered(tables):
    content = locked(packed({NAME: work()}))
    tables.collect({"lab.zip": packed({moodle("Ada King", 812001, "w.zip"): content})})
    assert "locked with a password" in remembered(tables).origins["ada"][0].missing


@pytest.mark.parametrize("origins", [None, [], {"ada": "x"}, {"ada": [3]}, {"ada": [{"b": 1}]}])
def test_a_memory_from_before_or_by_somebody_else_is_read(tmp_path, origins):
    path = tmp_path / "collected.json"
    data = {"students": {"ada": {"a": "1"}}} | ({} if origins is None else {"origins": origins})
    path.write_text(json.dumps(data))
    memory = Memory.load(path)
    assert memory.students == {"ada": {"a": "1"}}
    assert not any(memory.origins.values())
