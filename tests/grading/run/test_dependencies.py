"""The record of a grade depends on all that can change it."""

import shutil
import subprocess
import sys

import pytest

from convolab.grading.desk import open_desk
from convolab.grading.gradebook.enter_lesson import enter_assignment
from convolab.grading.intake.submissions import Submission
from convolab.grading.run import dependencies, records
from convolab.grading.run.run_hook import run_of
from tests.grading.small_course import LESSON, RIGHT, filled, hand_in

PACKAGE = dependencies.PACKAGE
LISTED = "print('LOADED', *(m for m in list(sys.modules) if m.split('.')[0] == 'convolab'))"


def files(names):
    """The files of modules of the course."""
    found = set()
    for name in names:
        place = PACKAGE.parent.joinpath(*name.split("."))
        found.add(place / "__init__.py" if place.is_dir() else place.with_suffix(".py"))
    return found


def loaded(text):
    lines = [line for line in text.splitlines() if line.startswith("LOADED ")]
    return {name for line in lines for name in line.split()[1:]}


@pytest.mark.journey
def test_every_module_that_is_loaded_while_grading_takes_part(bwrap, course):
    work = filled(RIGHT)
    work.cells[1].source += f"\nimport sys\n{LISTED}"  # what is loaded in the student's process
    folder = hand_in(course, "ada", work).parent
    (folder / "timestamp.txt").write_text("2026-11-21 12:00:00 UTC")  # and it is late
    desk = open_desk(course).at(LESSON)
    enter_assignment(desk)
    with desk.gradebook() as book:
        book.update_or_create_assignment(LESSON, duedate="2026-11-20 12:00:00 UTC")
    program = (
        "import sys\nfrom pathlib import Path\n"
        "from convolab.grading.grade import GradeOptions, grade_class\n"
        f"graded = grade_class(Path({str(course)!r}), {LESSON!r}, GradeOptions(jobs=1))\n"
        "assert graded.outcomes['ada'].score == 3\n"
        f"import convolab.grading.cluster.cluster_runs, convolab.grading.cluster.worker\n{LISTED}"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    here = loaded(ran.stdout)
    cells = desk.read_autograded("ada").cells
    there = loaded("".join(o.get("text", "") for c in cells for o in c.get("outputs", [])))
    assert {
        "convolab.grading.run.recorder",
        "convolab.grading.gradebook.late_penalty",
        "convolab.check.ladder",
    } <= here
    assert {"convolab.ops", "convolab.grading.sandbox.shell"} <= there
    assert files(here | there) - set(dependencies.modules()) == set()


@pytest.mark.parametrize(
    "name",
    ["ops.py", "grading/run/pipeline.py", "grading/gradebook/batch_writer.py",
     "handin/json_shape.py", "nn/layers.py", "check/compare.py", "authoring/stubs.py",
     "grading/sandbox/fork_server.py", "data/shipped.py"],
)  # fmt: skip
def test_what_takes_part_is_found(name):
    assert PACKAGE / name in dependencies.modules()


def test_what_only_shows_or_writes_lessons_does_not_grade_a_class_again():
    names = {path.relative_to(PACKAGE).as_posix() for path in dependencies.modules()}
    assert not names & {
        "cli.py", "kit.py", "lab.py", "work.py", "jupyter.py", "authoring/adopt.py",
        "authoring/check_prose.py",
        "grading/demo/demo_course.py", "grading/out/class_report.py", "grading/out/export.py",
    }  # fmt: skip


def standard_of(desk):
    return records.standard(desk, run_of(desk.config))


@pytest.fixture
def standard(course):
    """`standard()`: what the desk's submissions are measured against."""
    desk = open_desk(course).at(LESSON)
    enter_assignment(desk)
    return lambda: standard_of(open_desk(course).at(LESSON))


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A copy of the package and its data that a test may change."""
    ignored = shutil.ignore_patterns("__pycache__", "cases")
    shutil.copytree(PACKAGE, tmp_path / "convolab", ignore=ignored)
    shutil.copytree(PACKAGE.parent / "data", tmp_path / "data")
    monkeypatch.setattr(dependencies, "PACKAGE", tmp_path / "convolab")
    yield tmp_path
    dependencies.version.cache_clear()


def test_whatever_takes_part_makes_another_grader_when_it_is_mended(copied):
    def version():
        dependencies.version.cache_clear()
        return dependencies.version()

    before, seen = version(), set()
    for name in ("convolab/ops.py", "convolab/grading/run/pipeline.py", "data/digits.npz"):
        with (copied / name).open("ab") as file:
            file.write(b"# mended")
        seen.add(version())
    assert len(seen - {before}) == 3
    before = version()
    for name in ("convolab/cli.py", "convolab/figures/shared.js", "data/README.md"):
        with (copied / name).open("ab") as file:
            file.write(b"# mended")
    assert version() == before


@pytest.mark.parametrize(
    ("setting", "matters"),
    [
        ("c.RunSubmission.memory = 1000", True),
        ("c.LimitOutput.max_lines = 7", True),
        ("c.PerDay.share = 0.1", True),
        ("c.Autograde.autograde_preprocessors.insert(1, 'x.Y')", True),
        ("c.GradesCsv.to = '/elsewhere'", False),
        ("c.CourseDirectory.db_url = c.CourseDirectory.db_url + ''", False),
    ],
)
def test_a_setting_counts_if_a_grade_depends_on_it(standard, course, setting, matters):
    before = standard()
    path = course / "autograde" / "nbgrader_config.py"
    path.write_text(f"{path.read_text()}\n{setting}\n")
    assert (standard() != before) is matters


def test_so_do_the_due_date_and_a_students_extension(standard, course):
    before = standard()
    with open_desk(course).gradebook() as book:
        book.update_or_create_assignment(LESSON, duedate="2026-11-20 12:00:00 UTC")
    assert standard() != before
    own = Submission("ada", hand_in(course, "ada", filled(RIGHT)).parent)
    names = {records.fingerprint(own, "x", extension) for extension in (None, "1 day", "2 days")}
    assert len(names) == 3
