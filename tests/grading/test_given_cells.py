"""A cell of the lesson's that was changed and stops, or is gone, costs no right answer its points;
and whatever stops is said once, first, to the student, the teacher and programs."""

import io
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from rich.console import Console

from convolab.grading.desk import open_desk
from convolab.grading.exercise_result import causes, read
from convolab.grading.grade import grade_class
from convolab.grading.grade_options import GradeOptions
from convolab.grading.gradebook.converters import autograde, feedback
from convolab.grading.gradebook.enter_lesson import enter_assignment
from convolab.grading.out.class_report import write_report
from convolab.grading.out.table import print_table
from convolab.grading.run.grading_run import GradingRun
from convolab.grading.run.hidden_cases import draw
from convolab.grading.run.job import Opened, job_of
from tests.grading.conftest import LIMITS, made_once
from tests.grading.small_course import LESSON, hand_in, master, small_course
from tests.submissions.given import AS_WELL, KINDS, with_given_cells

FEW = ("a module that is missing", "deleted", "an answer that others need")


def student(name: str) -> str:
    return re.sub(r"\W+", "-", name)


def handed_in(folder: Path, kinds) -> Path:
    """The small lesson with given cells, and these notebooks on its desk."""
    course = small_course(folder)
    nbformat.write(with_given_cells(master()), course / "solutions" / LESSON / f"{LESSON}.ipynb")
    settings = course / "autograde" / "nbgrader_config.py"
    settings.write_text(settings.read_text() + LIMITS)
    for kind in kinds:
        hand_in(course, student(kind.name), kind.work())
    return course


def graded_with_pages(home: Path):
    course = handed_in(home / "course", KINDS)
    came = grade_class(course, LESSON)
    assert feedback(open_desk(course).at(LESSON)) is None
    return came


@pytest.fixture(scope="module")
def graded(bwrap, tmp_path_factory):
    """The course, and the class as it was graded."""
    home, came = made_once(tmp_path_factory, "given-cells", graded_with_pages)
    return home / "course", came


@pytest.fixture
def pages(graded):
    folder = open_desk(graded[0]).folder("feedback")
    return lambda kind: (folder / student(kind) / LESSON / f"{LESSON}.html").read_text()


def words(page: str) -> str:
    body = page.split("<body>")[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", body))


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_it_gets_its_points_and_its_student_reads_the_cause_first(graded, kind):
    outcome = graded[1].outcomes[student(kind.name)]
    told = [cause.sentence for cause in causes(outcome.verdicts)]
    assert outcome.score == kind.points, outcome
    assert bool(told) == bool(kind.says), told
    if told:
        assert told[0].startswith(kind.says), told[0]
        assert told[0].endswith(AS_WELL) == kind.mended, told[0]
    assert len(set(told)) == len(told)
    for verdict in outcome.verdicts.values():
        assert verdict.status == "correct" or kind.hint in verdict.hint, verdict.hint


def test_there_are_thirty_notebooks():
    assert len({kind.name for kind in KINDS}) == len(KINDS) >= 30


def test_programs_get_the_causes_too(graded):
    public = graded[1].public()["students"][student("merged with the next, and it stops")]
    (cause,) = public["causes"]
    assert "`import cv2`: there is no module cv2" in cause
    assert public["score"] == 3


def test_the_table_names_a_cause_once_with_what_it_costs(graded):
    console = Console(file=io.StringIO(), width=200)
    print_table(graded[1], console)
    said = console.file.getvalue()
    assert "all right (despite: no module cv2)" in said
    assert "np has another value (costs twice, total)" in said


def test_the_page_says_the_cause_once_and_before_the_points(pages):
    page = words(pages("a helper below a missing module"))
    sentence = "Your cell that starts import pandas stops there: there is no module pandas on"
    assert page.count(sentence) == 1
    assert page.index("A cell that stopped") < page.index(sentence) < page.index("Points")
    assert "A cell that stopped" not in pages("as the lesson gave it")
    assert "Cells that stopped" not in pages("as the lesson gave it")


def test_a_module_that_many_lack_is_one_line_of_the_class_report(graded, tmp_path):
    course, _ = graded
    course = Path(shutil.copytree(course, tmp_path / "course"))
    page = words(write_report(course, LESSON, names=True).read_text())
    assert len(re.findall(r"of \d+ no module cv2", page)) == 1
    assert page.index("Cells that stopped") < page.index("Exercises")
    assert "twice, total (np has another value)" in page
    assert student("a module that is missing") in page
    nobody = words(write_report(course, LESSON).read_text())
    assert student("a module that is missing") not in nobody
    assert "a file is missing" in nobody
    assert "measured.csv" not in nobody  # what a student wrote may name somebody


def test_what_was_known_is_told_again_when_nothing_is_graded_anew(graded, tmp_path):
    course, before = Path(shutil.copytree(graded[0], tmp_path / "course")), graded[1]
    again = grade_class(course, LESSON)
    assert not any(outcome.fresh for outcome in again.outcomes.values())
    assert again.public()["students"] == before.public()["students"]


@pytest.fixture(scope="module")
def few():
    return [kind for kind in KINDS if kind.name in FEW]


def same(kind, verdicts) -> None:
    assert sum(verdict.score for verdict in verdicts.values()) == kind.points
    assert causes(verdicts)[0].sentence.startswith(kind.says)


def test_it_is_the_same_without_a_sandbox(tmp_path, few):
    course = handed_in(tmp_path / "course", few[:2])
    outcomes = grade_class(course, LESSON, GradeOptions(sandbox=False)).outcomes
    for kind in few[:2]:
        same(kind, outcomes[student(kind.name)].verdicts)


def test_it_is_the_same_with_nbgraders_own_autograde(bwrap, tmp_path, few):
    course = handed_in(tmp_path / "course", few)
    desk = open_desk(course).at(LESSON)
    enter_assignment(desk)
    for kind in few:
        assert autograde(desk, student(kind.name)) is None
        path = desk.folder("autograded") / student(kind.name) / LESSON / f"{LESSON}.ipynb"
        same(kind, read(nbformat.read(path, as_version=4)))


def test_it_is_the_same_on_the_worker_of_a_cluster(bwrap, tmp_path, few):
    course = handed_in(tmp_path / "course", few)
    desk = open_desk(course).at(LESSON)
    enter_assignment(desk)
    draw(course, LESSON, 5)
    opened = Opened(job_of(desk, GradingRun(5, standard="standard")))
    for kind in few:
        work = nbformat.writes(kind.work()).encode()
        same(kind, opened.run(work, []).verdicts)
    opened.close()
