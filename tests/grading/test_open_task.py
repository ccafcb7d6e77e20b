"""An open task earns the same points in the notebook, the sandbox, nbgrader and on a cluster."""

import json
import shutil

import nbformat
import pytest

from convolab.check.answer import Local
from convolab.check.ladder import judge
from convolab.exercises.load import load_exercises
from convolab.grading.demo.answers import function_source
from convolab.grading.desk import open_desk
from convolab.grading.grade import grade_class
from convolab.grading.gradebook import gradebook
from convolab.grading.gradebook.converters import autograde, feedback
from convolab.grading.out.class_report import write_report
from convolab.grading.run.grading_run import GradingRun
from convolab.grading.run.hidden_cases import draw
from convolab.grading.run.job import Job, Opened, job_of
from convolab.grading.sandbox.checked import Checked
from convolab.grading.sandbox.launcher import launcher_for
from convolab.grading.sandbox.limits import Limits
from convolab.grading.sandbox.remote_answer import RemoteAnswer
from tests.grading.small_course import LESSON, RIGHT, ROOT, filled, hand_in
from tests.submissions.kind import new_cell

# nbgrader's queries are older than the SQLAlchemy that runs them.
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")

NAME, FOLDER = "line_end_kernel", ROOT / "autograde" / "exercises" / "03_kernels"
TASK = load_exercises(FOLDER)[NAME]
HONEST = {"right": TASK.answer, **{one.name: one.function for one in TASK.variants}}
LAZY = {one.name: one.function for one in TASK.misconceptions}
TEXTS = {name: function_source(NAME, answer) for name, answer in {**HONEST, **LAZY}.items()}


def with_task(notebook, answer):
    """The small lesson with the open task at its end."""
    for own_id, source, solution in ((NAME, answer, True), (f"test_{NAME}", f'check("{NAME}")', 0)):
        cell = new_cell(source, own_id.replace("_", "-"))
        cell.metadata["nbgrader"] = {
            "grade": not solution, "grade_id": own_id, "locked": not solution,
            "schema_version": 3, "solution": bool(solution), "task": False,
            **({} if solution else {"points": 2}),
        }  # fmt: skip
        notebook.cells.append(cell)
    return notebook


@pytest.fixture
def task_course(course):
    exercises = course / "autograde" / "exercises" / LESSON
    for path in FOLDER.glob(f"{NAME}*.py"):
        shutil.copy(path, exercises)
    desk = open_desk(course).at(LESSON)
    nbformat.write(with_task(desk.read_master(), TEXTS["right"]), desk.master())
    return course


def test_the_sandbox_says_what_the_notebook_says_of_honest_and_of_lazy_answers(bwrap):
    cases = draw(ROOT, "03_kernels", 2026)[NAME].cases
    session = launcher_for(True).start(Limits(memory=1024, call_cpu=2, call_wall=5))
    try:
        assert len(HONEST) == 5
        for name, text in TEXTS.items():
            space = {}
            exec(text, space)
            assert session.ask("run", 5, 10, source=text, most=1000)["error"] == ""
            here = judge(cases, Local(space, NAME))
            there = judge(cases, RemoteAnswer(session, Checked(cases), [text]))
            assert there == here, name
            assert (here.points == 2) is (name in HONEST), (name, here)
    finally:
        session.kill()


def test_the_class_nbgrader_and_a_worker_give_the_same_points(bwrap, task_course):
    works = {"ada": "7 × 7, tenfold", "bob": "the Laplace kernel", "cleo": "all zeros"}
    for student, name in works.items():
        hand_in(task_course, student, with_task(filled(RIGHT), TEXTS[name]))
    graded = grade_class(task_course, LESSON)
    verdicts = {student: o.verdicts[NAME] for student, o in graded.outcomes.items()}
    assert verdicts["ada"].score == 2
    assert 0 < verdicts["bob"].score < 2
    assert verdicts["bob"].hint.startswith("Not yet: ")
    public = json.loads(json.dumps(graded.public()))
    assert public["students"]["bob"]["exercises"][NAME]["score"] == verdicts["bob"].score
    desk = open_desk(task_course).at(LESSON)
    report = write_report(task_course, LESSON).read_text()
    assert NAME in report
    assert feedback(desk) is None
    page = task_course / "autograde" / "feedback" / "bob" / LESSON / f"{LESSON}.html"
    assert "Not yet: " in page.read_text()

    copy = hand_in(task_course, "again", with_task(filled(RIGHT), TEXTS[works["bob"]]))
    assert autograde(desk, "again") is None
    scores = gradebook.standings(desk)
    assert scores["again"].score == scores["bob"].score == graded.outcomes["bob"].score

    job = job_of(desk, GradingRun(7, standard="standard"))
    shutil.rmtree(task_course / "autograde" / "exercises")  # nothing of it is on a worker
    worker = Opened(Job.from_json(job.to_json()))
    try:
        there = worker.run(copy.read_bytes(), [])
    finally:
        worker.close()
    assert there.verdicts[NAME].score == verdicts["bob"].score
