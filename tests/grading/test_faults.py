"""Whatever fails with one submission costs that one: it is named, and everybody else is graded.

Each stage of grading is made to fail for a student who is called like the stage.
"""

import io
import json
import shutil

import pytest
from rich.console import Console

from convolab.grading import grade
from convolab.grading.class_result import SubmissionResult
from convolab.grading.desk import open_desk
from convolab.grading.faults import Log
from convolab.grading.grade_options import GradeOptions
from convolab.grading.gradebook import batch_writer, gradebook
from convolab.grading.gradebook.converters import feedback
from convolab.grading.gradebook.enter_lesson import enter_assignment
from convolab.grading.gradebook.late_penalty import PerDay
from convolab.grading.gradebook.standing import ClassStandings
from convolab.grading.intake import mend_hook, submissions
from convolab.grading.out import class_report
from convolab.grading.out import feedback as feedback_page
from convolab.grading.run import pipeline, pool, records, run_cache
from convolab.grading.sandbox import split_run
from convolab.grading.sandbox.launcher import Launcher
from convolab.problem import Problem
from tests.grading.small_course import LESSON, RIGHT, filled, hand_in, small_course

# The stages at work on one submission: what does them, and whether it is told whose it is.
IN_A_WORKER = {
    "reading": (pool, "read_notebook"),
    "mending": (mend_hook, "mend"),
    "reducing": (mend_hook, "reduce"),
    "overwriting": (pipeline.OverwriteCells, "preprocess_cell"),
    "the-files-beside": (pool, "beside"),
    "the-key-of-the-run": (run_cache, "key"),
    "starting-the-session": (Launcher, "start"),
    "running-a-cell": (split_run.SubmissionRun, "_run_in"),
    "judging": (split_run, "judge"),
    "filling-outputs": (split_run, "of_check"),
    "keeping-the-run": (run_cache, "save"),
    "cutting-outputs": (pipeline.LimitOutput, "preprocess_cell"),
    "validating": (pipeline.nbformat, "validate"),
    "serialising": (pipeline.nbformat.v4, "writes"),
    "the-verdicts": (pool, "read"),
}
TOLD = {
    "looking": (submissions, "_problem", lambda folder, lesson, names: folder.name),
    "fingerprinting": (submissions.Submission, "fingerprint", lambda own: own.student),
    "writing-the-notebook": (
        batch_writer.Writer,
        "_write_files",
        lambda own, student, text: student,
    ),
    "recording-scores": (batch_writer.Writer, "_enter_one", lambda own, student, cells: student),
    "penalties": (PerDay, "late_submission_penalty", lambda own, student, score, late: student),
    "as-they-stand": (gradebook, "as_they_stand", lambda *given: whole(given[1])),
    "the-standing": (ClassStandings, "of", lambda own, student: student),
    "saving-the-record": (records, "save", lambda desk, student, record: student),
}
HINTED = ("reading-the-cells", "the-json", "the-table")  # known by what they handed in
STAGES = [*IN_A_WORKER, *TOLD, *HINTED]
SOUND = ["ada", "cyd"]


def whole(said):
    """The student who breaks what is done for the whole class at once."""
    return "as-they-stand" if "as-they-stand" in said else None


class Boom(RuntimeError):
    """A mistake of ours."""


def failing(place, name, whose, patch):
    """Let a function fail for one student."""
    does = getattr(place, name)

    def fails(*given, **more):
        if whose(*given, **more):
            raise Boom(f"in {name}")
        return does(*given, **more)

    patch.setattr(place, name, fails)


def fail_everywhere(patch):
    """Let each stage fail for the student who is called like it."""
    current = []
    works = pool.LessonHere.run
    patch.setattr(
        pool.LessonHere,
        "run",
        lambda own, folder: (
            current.__setitem__(slice(None), [folder.parent.name]) or works(own, folder)
        ),
    )
    for stage, (place, name) in IN_A_WORKER.items():
        failing(place, name, lambda *_, stage=stage, **__: current == [stage], patch)
    for stage, (place, name, whose) in TOLD.items():
        failing(place, name, lambda *a, of=whose, stage=stage: of(*a) == stage, patch)
    failing(batch_writer, "_named_cells", lambda text: "  # reading-the-cells" in text, patch)
    failing(SubmissionResult, "public", lambda own: marked(own, "the-json"), patch)
    failing(grade, "row", lambda own: marked(own, "the-table"), patch)


def marked(outcome, stage):
    return outcome.score == {"the-json": 2, "the-table": 1}[stage]


def work(student):
    answers = dict(RIGHT)
    if student == "the-json":
        del answers["total"]
    if student == "the-table":
        del answers["twice"]
    notebook = filled(answers)
    notebook.cells[1].source += f"  # {student}"  # or one run would serve them all
    return notebook


@pytest.fixture(scope="module")
def handed_in(bwrap, tmp_path_factory):
    """A course with a student for each stage, and two beside them; one is late."""
    course = small_course(tmp_path_factory.mktemp("faults") / "course")
    for student in (*SOUND, *STAGES):
        folder = hand_in(course, student, work(student)).parent
        if student == "penalties":
            (folder / "timestamp.txt").write_text("2026-11-21 12:00:00 UTC")
    desk = open_desk(course).at(LESSON)
    enter_assignment(desk)
    with desk.gradebook() as book:
        book.update_or_create_assignment(LESSON, duedate="2026-11-20 12:00:00 UTC")
    return course


@pytest.fixture(scope="module", params=[1, 2], ids=["one process", "two"])
def failed(request, handed_in, tmp_path_factory):
    """The class, graded while every stage fails for somebody: course, status, JSON, what was
    printed."""
    course = shutil.copytree(handed_in, tmp_path_factory.mktemp("failed") / "course")
    console, target = Console(file=io.StringIO(), width=200), course / "out.json"
    with pytest.MonkeyPatch.context() as patch:
        fail_everywhere(patch)
        status = grade.grade(
            course, LESSON, GradeOptions(jobs=request.param), json_file=target, console=console
        )
    return course, status, json.loads(target.read_text()), console.file.getvalue()


def test_the_others_are_graded_and_the_exit_status_says_that_somebody_was_not(failed):
    course, status, result, printed = failed
    assert status == grade.SOME_WITH_PROBLEM
    assert list(result["students"]) == sorted([*SOUND, *STAGES])
    standings = gradebook.standings(open_desk(course).at(LESSON))
    for student in SOUND:
        assert result["students"][student]["problem"] is None
        assert result["students"][student]["score"] == standings[student].score == 3
    assert f"2 graded, {len(STAGES)} with a problem" in printed


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_that_fails_names_its_student_in_a_sentence_and_the_stack_is_in_a_log(
    failed, stage
):
    course, _, result, printed = failed
    says = result["students"][stage]["problem"]
    assert says.startswith("The grader failed on it (Boom: in ")
    assert says.endswith(f"The details are in autograde/results/{LESSON}/faults.log.")
    assert {of["status"] for of in result["students"][stage]["exercises"].values()} == {"ungraded"}
    assert f" {stage} " in printed
    log = Log(course, LESSON).path.read_text()
    assert "Traceback (most recent call last)" in log.split(f"  {stage}: ")[1].split("\n\n")[0]
    assert "Traceback" not in printed


def test_the_report_names_them_too_and_shows_the_others(failed, monkeypatch):
    course = failed[0]
    page = class_report.write_report(course, LESSON, names=True).read_text()
    assert "3 students" in page  # one has its grade, and only no record of it
    # That one is not among the problems, and the report has looked at another's folder itself.
    assert page.count("The grader failed on it (Boom") == len(STAGES) - 2
    failing(class_report, "_verdicts", lambda desk, student: student == "cyd", monkeypatch)
    page = class_report.write_report(course, LESSON, names=True).read_text()
    assert "2 students" in page
    assert "The grader failed on it (Boom: in _verdicts)" in page


def test_once_the_mistake_is_mended_the_next_run_grades_those_and_nobody_else(failed, tmp_path):
    course = shutil.copytree(failed[0], tmp_path / "course")
    graded = grade.grade_class(course, LESSON, GradeOptions(jobs=1))
    assert [name for name, outcome in graded.outcomes.items() if outcome.problem] == []
    assert {name for name, outcome in graded.outcomes.items() if not outcome.fresh} == set(SOUND)

    # A record that cannot be read back, and a page that cannot be written, cost one student too.
    with pytest.MonkeyPatch.context() as patch:
        failing(records, "load", lambda desk, student: student == "judging", patch)
        graded = grade.grade_class(course, LESSON, GradeOptions(jobs=1))
    assert [name for name, outcome in graded.outcomes.items() if outcome.problem] == ["judging"]
    assert "judging: the gradebook still holds 3 points" in " ".join(graded.notes)
    with pytest.MonkeyPatch.context() as patch:
        failing(feedback_page, "handed_in", lambda path: "judging" in path.parts, patch)
        says = feedback(open_desk(course).at(LESSON))
    assert says == "judging: Boom: in handed_in"
    pages = {path.parts[-3] for path in (course / "autograde" / "feedback").rglob("*.html")}
    assert pages == {*SOUND, *STAGES} - {"judging"}


@pytest.mark.parametrize(
    ("error", "raised"),
    [(OSError(28, "No space left on device"), Problem), (KeyboardInterrupt(), KeyboardInterrupt)],
    ids=["a full disk", "Ctrl-C"],
)
def test_what_concerns_everybody_stops_the_class(handed_in, tmp_path, monkeypatch, error, raised):
    course = shutil.copytree(handed_in, tmp_path / "course")

    def fails(*_):
        raise error

    monkeypatch.setattr(batch_writer.Writer, "_write_files", fails)
    with pytest.raises(raised):
        grade.grade_class(course, LESSON, GradeOptions(jobs=1))
