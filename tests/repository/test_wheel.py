"""A learner needs the wheel alone: it installs the course anywhere, notebooks and all."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_client import BlockingKernelClient

from tests.conftest import without
from tests.repository.solution_lines import modules_with_solutions, pages_with_solutions

pytestmark = pytest.mark.journey

ROOT = Path(__file__).resolve().parents[2]
LESSON = "00_start_here/00_start_here.ipynb"
USE = """
import convolab, convolab.data, convolab.figures, convolab.nn
from convolab.check import summary
assert convolab.data.hopper().shape == (256, 256)
assert len(convolab.data.digits()[0]) == 1797
convolab.figures.SlidingKernel1D()
print(summary("00"))
print(convolab.__file__)
"""


def own_environment() -> dict[str, str]:
    """The system's environment without what leads back to this checkout."""
    ours = {"UV_PROJECT_ENVIRONMENT", "VIRTUAL_ENV", "PYTHONPATH"}
    kept = {key: value for key, value in os.environ.items() if key not in ours}
    return {**kept, "COLUMNS": "200"}


@pytest.fixture(scope="module")
def uv() -> str:
    found = os.environ.get("UV") or shutil.which("uv")
    return found or without("uv is not installed: `python -m pip install uv`.")


@pytest.fixture(scope="module")
def wheel(uv, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [uv, "build", "--wheel", "-q", "--python", sys.executable, "-o", str(folder)]
    subprocess.run([*build, str(ROOT)], check=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def unpacked(wheel, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as files:
        files.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def programs(uv, wheel, tmp_path_factory) -> Path:
    """The programs of a new environment with the wheel and what it needs, in locked versions."""
    folder = tmp_path_factory.mktemp("environment")
    locked = folder / "locked.txt"
    export = [uv, "export", "-q", "--locked", "--no-hashes", "--no-emit-project", "-o", str(locked)]
    subprocess.run([*export, "--project", str(ROOT)], check=True, env=own_environment())
    subprocess.run([uv, "venv", "-q", "--python", sys.executable, folder / "venv"], check=True)
    programs = folder / "venv" / ("bin" if os.name == "posix" else "Scripts")
    install = [uv, "pip", "install", "-q", "--python", programs / "python", "-c", locked, wheel]
    subprocess.run(install, check=True, cwd=folder, env=own_environment())
    return programs


class Learner:
    """Somebody who has the wheel installed, a folder, and `convolab lab` running there."""

    def __init__(self, programs: Path, folder: Path):
        self.programs, self.folder = programs, folder
        self.lab = subprocess.Popen(
            [programs / "convolab", "lab", "--no-browser"],
            cwd=folder,
            env=own_environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        self.said = ""
        for line in self.lab.stdout:
            self.said += line
            if found := re.search(r"(http://\S+)(/lab/tree/\S+)\?token=(\S+)", line):
                self.server, self.page, self.token = found.groups()
                return
        pytest.fail(f"JupyterLab did not start: {self.said}")

    def ask(self, path: str, body: dict | None = None) -> bytes:
        """What the server answers to a request."""
        request = urllib.request.Request(
            self.server + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {self.token}"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read()

    def run(self, *words: str) -> subprocess.CompletedProcess:
        """`convolab` in the learner's folder, its output in one line."""
        ran = subprocess.run(
            [self.programs / "convolab", *words],
            cwd=self.folder,
            env=own_environment(),
            capture_output=True,
            text=True,
        )
        ran.stdout, ran.stderr = (" ".join(text.split()) for text in (ran.stdout, ran.stderr))
        return ran


@pytest.fixture(scope="module")
def learner(programs, tmp_path_factory) -> Iterator[Learner]:
    learner = Learner(programs, tmp_path_factory.mktemp("empty"))
    yield learner
    learner.lab.send_signal(signal.SIGTERM)
    assert learner.lab.wait(30) == 0


def test_the_wheel_holds_the_package_its_data_and_the_released_notebooks(unpacked):
    names = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*")}
    assert {name.split("/")[0].split("-")[0] for name in names} == {"convolab"}
    for folder in ("cases", "figures", "check"):
        for path in (ROOT / "convolab" / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert path.relative_to(ROOT).as_posix() in names
    for path in (ROOT / "data").iterdir():
        if path.suffix not in {".py", ""} and not path.name.startswith("."):
            assert f"convolab/_data/{path.name}" in names
    given = {path.relative_to(ROOT / "notebooks") for path in (ROOT / "notebooks").rglob("*.ipynb")}
    inside = unpacked / "convolab" / "_notebooks"
    assert {path.relative_to(inside) for path in inside.rglob("*") if path.is_file()} == given
    assert LESSON in {path.as_posix() for path in given}
    for path in given:
        assert (inside / path).read_bytes() == (ROOT / "notebooks" / path).read_bytes()


def test_the_wheel_holds_no_lesson_text_no_exercise_and_no_line_of_a_solution(unpacked):
    assert [path for path in unpacked.rglob("*") if path.name == "by_hand.toml"] == []
    for folder in ("lessons", "solutions", "autograde"):
        assert [path for path in unpacked.rglob(folder) if path.is_dir()] == []
    assert pages_with_solutions(unpacked) == {}
    assert modules_with_solutions(unpacked) == []


def test_in_an_empty_folder_the_course_lays_work_and_opens_lesson_00(learner):
    assert learner.page == f"/lab/tree/{LESSON}"
    assert f"Your work is kept in {learner.folder / 'work'}." in next(learner.lab.stdout)
    assert sorted(path.name for path in learner.folder.iterdir()) == [".jupyter", "work"]
    assert b"jupyter-config-data" in learner.ask(learner.page)


def test_the_first_cell_of_lesson_00_runs_in_a_kernel_of_jupyterlabs(learner):
    served = json.loads(learner.ask(f"/api/contents/{LESSON}"))["content"]
    first = next(cell["source"] for cell in served["cells"] if cell["cell_type"] == "code")
    assert "convolab" in first
    about = {"path": LESSON, "name": "", "type": "notebook", "kernel": {"name": "python3"}}
    kernel = json.loads(learner.ask("/api/sessions", about))["kernel"]["id"]
    client = BlockingKernelClient()
    runtime = learner.folder / ".jupyter" / "student" / "runtime"
    client.load_connection_file(str(runtime / f"kernel-{kernel}.json"))
    client.start_channels(hb=False)  # on a busy machine a slow heartbeat would count as death
    try:
        client.wait_for_ready(timeout=120)
        for code in (first, USE):
            said = []
            reply = client.execute_interactive(code, output_hook=said.append, timeout=120)
            assert reply["content"]["status"] == "ok", reply["content"]
    finally:
        client.stop_channels()
    text = "".join(one["content"]["text"] for one in said if one["msg_type"] == "stream")
    assert "0 of 3 points so far" in text
    assert text.strip().endswith(os.path.join("convolab", "__init__.py"))
    assert str(learner.programs.parent) in text


def test_a_learner_asks_there_what_a_notebook_would_get(learner):
    asked = learner.run("check-notebook", "00")
    assert asked.returncode == 3, asked
    assert "0 of 3 points so far" in asked.stdout


def test_a_command_for_the_whole_course_says_how_to_get_it(learner):
    refused = learner.run("build")
    assert refused.returncode == 1
    assert "needs the whole course" in refused.stderr
    assert "clone the course's repository with git" in refused.stderr
