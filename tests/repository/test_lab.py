"""`convolab lab` starts quietly, keeps to its own folders, and ends in good order."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from convolab.jupyter import ONE_THREAD, plan_lab
from convolab.lab import open_lab
from convolab.problem import Problem

NOTEBOOK = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


@pytest.fixture
def course(tmp_path: Path) -> Path:
    lesson = tmp_path / "course" / "notebooks" / "00_start_here" / "00_start_here.ipynb"
    lesson.parent.mkdir(parents=True)
    lesson.write_text(NOTEBOOK)
    return tmp_path / "course"


def test_a_port_that_is_taken_is_one_sentence(course):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Problem, match=f"Port {port} is in use by another program"):
            open_lab(course, teacher=False, browser=False, port=port)


def test_a_number_that_is_no_port_is_one_sentence(course):
    with pytest.raises(Problem, match="Port 70000 does not exist"):
        open_lab(course, teacher=False, browser=False, port=70000)


def test_a_python_without_jupyterlab_is_told_how_to_get_it(course, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(Problem, match="python -m uv run convolab lab"):
        open_lab(course, teacher=False, browser=False, port=None)


def test_a_kit_has_no_desk(course):
    (course / "pyproject.toml").touch()
    with pytest.raises(Problem, match="student's kit"):
        open_lab(course, teacher=True, browser=False, port=None)


def test_jupyterlabs_own_folder_that_cannot_be_written_is_one_sentence(course):
    (course / ".jupyter").write_text("a file in the way")
    with pytest.raises(Problem, match=r"JupyterLab's own files cannot be written to"):
        open_lab(course, teacher=False, browser=False, port=None)


def test_kernels_calculate_on_one_thread_and_leave_the_readers_home_alone(
    course, tmp_path, monkeypatch
):
    for name in ONE_THREAD:
        monkeypatch.delenv(name)
    env = plan_lab(course, tmp_path / "private", port=1).env
    assert {env[name] for name in ONE_THREAD} == {"1"}
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        assert env[name].startswith(str(tmp_path / "private"))


def test_the_token_is_not_on_the_command_line(course, tmp_path):
    plan = plan_lab(course, tmp_path / "private", port=1, token="secret")
    assert not any("secret" in word for word in plan.command)
    assert plan.env["JUPYTER_TOKEN"] == "secret"


class Lab:
    """A `convolab lab` of another process, from its start to its end."""

    def __init__(self, course: Path, home: Path):
        code = (
            "import sys; from pathlib import Path; from convolab.lab import open_lab; "
            f"sys.exit(open_lab(Path({str(course)!r}), teacher=False, browser=True, port=None))"
        )
        home.mkdir(exist_ok=True)
        self.seen_by_browser = home.parent / "browser.txt"
        browser = home.parent / "browser.sh"
        browser.write_text(f'#!/bin/sh\necho "$1" > {self.seen_by_browser}\n')
        browser.chmod(0o755)
        self.process = subprocess.Popen(
            [sys.executable, "-c", code],
            env={**os.environ, "HOME": str(home), "BROWSER": str(browser)},
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # a terminal of its own, to press Ctrl-C in
        )

    def wait_for_address(self) -> str:
        for line in self.process.stdout:
            if found := re.search(r"http://\S+", line):
                return found.group()
        raise AssertionError("it ended without an address")

    def press_ctrl_c(self) -> int:
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(30)


@pytest.fixture
def started(course, tmp_path):
    lab = Lab(course, tmp_path / "home")
    yield lab
    if lab.process.poll() is None:
        os.killpg(lab.process.pid, signal.SIGKILL)


@pytest.mark.journey
@pytest.mark.skipif(os.name != "posix", reason="sends the signals of POSIX")
def test_from_start_to_ctrl_c(started, course, tmp_path):
    address = started.wait_for_address()
    assert "/lab/tree/00_start_here/00_start_here.ipynb?token=" in address
    with urllib.request.urlopen(address) as page:
        assert page.status == 200
    time.sleep(0.5)
    assert started.seen_by_browser.exists()
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(address.split("/lab")[0] + "/api/contents?token=guess")
    assert started.press_ctrl_c() == 0
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(address)
    assert list((course / ".jupyter" / "student" / "runtime").glob("jpserver-*.json")) == []
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.journey
@pytest.mark.skipif(os.name != "posix", reason="sends the signals of POSIX")
def test_a_request_to_terminate_ends_jupyterlab_as_well(started):
    address = started.wait_for_address()
    started.process.terminate()
    assert started.process.wait(30) == 0
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(address)


@pytest.mark.journey
@pytest.mark.skipif(os.name != "posix", reason="sends the signals of POSIX")
def test_two_labs_that_start_at_once_find_a_port_each(course, tmp_path):
    labs = [Lab(course, tmp_path / "home") for _ in range(2)]
    try:
        first, second = (lab.wait_for_address().split("/lab")[0] for lab in labs)
        assert first != second
        assert [lab.press_ctrl_c() for lab in labs] == [0, 0]
    finally:
        for lab in labs:
            if lab.process.poll() is None:
                os.killpg(lab.process.pid, signal.SIGKILL)
