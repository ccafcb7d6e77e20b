"""On a real Dask cluster: the same runs as here, whatever happens to its workers and scheduler."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from distributed import Client

from convolab.grading.cluster.client import Back, Cluster, Sent
from convolab.grading.cluster.worker import prepare
from convolab.grading.desk import open_desk
from convolab.grading.faults import Fault
from convolab.grading.grade import grade_class
from convolab.grading.grade_options import GradeOptions
from convolab.grading.gradebook.enter_lesson import enter_assignment
from convolab.grading.run.dependencies import version
from convolab.grading.run.grading_run import GradingRun
from convolab.grading.run.job import Job, Opened, job_of
from convolab.grading.run.pool import Autograded
from convolab.grading.sandbox.limits import Limits
from convolab.grading.temporary import prefix
from convolab.problem import Problem
from tests.conftest import free_port
from tests.grading.cluster.dask_cluster import DaskCluster
from tests.grading.small_course import LESSON, RIGHT, class_of_four, filled, hand_in, small_course
from tests.grading.test_museum import LIMITS as MUSEUM
from tests.submissions import ALL

pytestmark = pytest.mark.journey

POINTS = ("twice", "total")
LIMITS = Limits(call_cpu=1, call_wall=8, cell_cpu=2, cell_wall=8)
SLEEPS = {"total": "import time\ntime.sleep(4)\n" + RIGHT["total"]}
WORK = class_of_four()
SOME = list(enumerate(ALL))[::3]


@pytest.fixture(scope="module")
def job(bwrap: str, tmp_path_factory: pytest.TempPathFactory) -> Job:
    """The small lesson, as content."""
    desk = open_desk(small_course(tmp_path_factory.mktemp("cluster") / "course")).at(LESSON)
    enter_assignment(desk)
    return job_of(desk, GradingRun(2026, True, LIMITS, "a standard"))


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[DaskCluster]:
    """A scheduler without workers."""
    cluster = DaskCluster(tmp_path)
    cluster.start_scheduler()
    yield cluster
    cluster.close()


def content(work: dict) -> Callable[[str], Sent[str]]:
    """Reads the content of a submission, as grading does when its turn comes."""
    return lambda key: Sent(key, json.dumps(work[key]).encode(), [])


def test_a_cluster_gives_back_the_runs_of_this_machine_also_when_a_worker_is_killed(cluster, job):
    cluster.start_workers(2)
    work = {f"{name}-{turn}": node for turn in range(6) for name, node in WORK.items()}
    back = {}
    for done in Cluster(cluster.address, job, print, patience=60).run(list(work), content(work)):
        assert done.key not in back, "nothing comes back twice"
        back[done.key] = done.came
        if len(back) == 3:
            kill_one(cluster.address)
    assert 0 < len(cluster.left()) <= 2, "the new worker sweeps up after the killed one"
    here = Opened(job)
    for name, node in WORK.items():
        expected = here.run(json.dumps(node).encode(), [])
        for turn in range(6):
            came = back[f"{name}-{turn}"]
            assert not isinstance(came, Fault), f"{came.says} {came.stack}"
            assert came.text == expected.text
            assert came.verdicts == expected.verdicts


def test_a_result_that_went_with_its_worker_is_waited_for_once_more(job):
    class BegunAnew:
        key, status = "travelling", "pending"

        def exception(self):
            return None  # the second run went well

        def result(self, timeout):
            return "the second run"

    cluster = Cluster("tcp://127.0.0.1:1", job, print)
    cluster._on_the_way["travelling"] = "ada"
    assert cluster._take(BegunAnew()) == Back("ada", "the second run")


def test_a_worker_sweeps_up_what_a_killed_one_left_and_nothing_of_the_living(
    job, monkeypatch, tmp_path
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ended = subprocess.Popen(["true"])
    ended.wait()
    left, kept = (
        tmp_path / (prefix("exercises").replace(f"-{os.getpid()}-", f"-{process}-") + "a")
        for process in (ended.pid, os.getppid())
    )
    left.mkdir()
    kept.mkdir()
    assert prepare(job.to_json(), version()) is None
    assert not left.exists()
    assert kept.exists()


@pytest.mark.filterwarnings("ignore::nbformat.warnings.DuplicateCellId")
def test_submissions_of_the_museum_get_their_verdicts_on_a_cluster(bwrap, cluster, tmp_path):
    """Every third; all of them get theirs in test_museum.py, from the same sandbox."""
    cluster.start_workers(2)
    course = small_course(tmp_path / "course")
    settings = course / "autograde" / "nbgrader_config.py"
    patient = replace(MUSEUM, cell_wall=8, call_wall=5)  # two workers share the machine with us
    limits = "".join(f"c.RunSubmission.{key} = {at}\n" for key, at in asdict(patient).items())
    settings.write_text(f"{settings.read_text()}\n{limits}")
    for number, kind in SOME:
        path = hand_in(course, f"s{number}", kind.work())
        for name, text in kind.files.items():
            (path.parent / name).parent.mkdir(parents=True, exist_ok=True)
            (path.parent / name).write_text(text)
    graded = grade_class(course, LESSON, GradeOptions(scheduler=cluster.address, seed=5))
    wrong = []
    for number, kind in SOME:
        outcome = graded.outcomes[f"s{number}"]
        if kind.problem or outcome.problem:
            if not (kind.problem and re.search(kind.problem, outcome.problem or "")):
                wrong.append((kind.name, outcome.problem))
            continue
        got = [(outcome.verdicts[name].score, outcome.verdicts[name].status) for name in POINTS]
        if got != [kind.twice, kind.total]:
            wrong.append((kind.name, got))
    assert not wrong


def test_a_scheduler_that_restarts_costs_no_submission(cluster, job):
    cluster.start_workers(1)
    work = {f"{name}-{turn}": node for turn in range(3) for name, node in WORK.items()}
    said, back = [], []
    for done in Cluster(cluster.address, job, said.append, patience=60).run(
        list(work), content(work)
    ):
        back.append(done.key)
        assert isinstance(done.came, Autograded)
        if len(back) == 4:
            cluster.stop_scheduler()
            cluster.start_scheduler()
            cluster.start_workers(1)
    assert sorted(back) == sorted(work)
    assert said == ["The scheduler is gone; waiting for it to come back."]


def test_only_the_submission_that_ends_its_worker_each_time_is_given_up(tmp_path, job):
    cluster = DaskCluster(tmp_path, allowed_failures=0)
    with contextlib.closing(cluster):
        cluster.start_scheduler()
        cluster.start_workers(2)
        work = {**WORK, "killer": filled({**RIGHT, **SLEEPS})}
        with killing_whoever_takes_long(cluster.address):
            run = Cluster(cluster.address, job, print, patience=60).run(list(work), content(work))
            back = {done.key: done for done in run}
    assert set(back) == set(work)
    assert {key for key, done in back.items() if isinstance(done.came, Fault)} == {"killer"}
    assert back["killer"].came.says.startswith("It ended the process that ran it every time")


def test_workers_with_another_course_or_without_a_sandbox_get_nothing_and_say_why(
    cluster, job, tmp_path
):
    other = tmp_path / "other"
    package = Path(__file__).resolve().parents[3] / "convolab"
    shutil.copytree(package, other / "convolab", ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "convolab" / "check" / "ladder.py").open("a") as file:
        file.write("# an old copy\n")
    cluster.start_workers(1, PYTHONPATH=str(other))
    cluster.start_workers(1, PATH="/nowhere")
    said = []
    run = Cluster(cluster.address, job, said.append, patience=4)
    with pytest.raises(Problem, match=r"No worker of tcp://.* can grade"):
        list(run.run(["ada"], content(WORK)))
    assert len(said) == 2, said
    assert any("is needed: install the same copy of the course." in line for line in said)
    assert any("bubblewrap" in line for line in said)
    cluster.start_workers(1)
    [done] = run.run(["ada"], content(WORK))
    assert isinstance(done.came, Autograded)


def test_where_no_scheduler_answers_a_sentence_says_so(job):
    address = f"tcp://127.0.0.1:{free_port()}"
    with pytest.raises(Problem, match=f"No Dask scheduler answers at {address}: start one"):
        list(Cluster(address, job, print, patience=1).run(["ada"], content(WORK)))
    with pytest.raises(Problem, match="is not the address of a scheduler"):
        list(Cluster("no address", job, print, patience=1).run(["ada"], content(WORK)))


def kill_one(address: str) -> None:
    """Kill the process of one worker; its nanny starts another."""
    with Client(address) as client:
        os.kill(min(client.run(os.getpid).values()), signal.SIGKILL)


@contextlib.contextmanager
def killing_whoever_takes_long(address: str, seconds: float = 2) -> Iterator[None]:
    """Kill each worker that has had the same submission for so long."""
    over = threading.Event()

    def watch() -> None:
        since: dict[str, float] = {}
        with Client(address) as client:
            while not over.wait(0.2):
                now = {key: at for at, keys in client.processing().items() for key in keys}
                since = {key: since.get(key, time.monotonic()) for key in now}
                for key, began in since.items():
                    if time.monotonic() - began > seconds:
                        with contextlib.suppress(Exception):
                            pids = client.run(os.getpid, workers=[now[key]])
                            os.kill(pids[now[key]], signal.SIGKILL)
                        since = {}
                        break

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(30)
