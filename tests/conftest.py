"""What tests share: Hypothesis' settings, the system's programs, a real JupyterLab and browser."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

# Some hundred Pythons start here. On a machine that keeps no bytecode each of them would compile
# JupyterLab, nbgrader and the rest anew, which takes three times as long as all else at its start.
# Nothing large is imported above this line.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

from convolab.jupyter import ONE_THREAD, LabPlan, plan_lab

# As in kernels, the sandbox and the commands. NumPy reads this as it is imported. Two processes
# of tests with two threads each would take three times the processor's time.
os.environ.update(dict.fromkeys(ONE_THREAD, "1"))

import pytest
from hypothesis import HealthCheck, settings

from convolab.lab import wait_until_it_answers
from convolab.problem import Problem
from tests.order import place

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.one_browser import OneBrowser

ROOT = Path(__file__).resolve().parent.parent

# A busy machine may hold up any example or its making: neither is timed. In CI the examples are the
# same ones each time, so that a change breaks a test and not the day; elsewhere new ones are tried.
settings.register_profile(
    "course",
    deadline=None,
    max_examples=50,
    derandomize=bool(os.environ.get("CI")),
    database=None if os.environ.get("CI") else settings().database,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("course")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first; the tests of a file stay as they are."""
    items.sort(key=lambda item: place(item.path))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failure: there everything that a test needs is installed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("CI") and skipped and not hasattr(session.config, "workerinput"):
        reporter.write_line(f"{len(skipped)} tests were skipped, which CI does not allow.")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def without(message: str) -> NoReturn:
    """End a test whose program is missing: skipped on a laptop, saying what to install, and
    failed in CI."""
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def find_program(names: tuple[str, ...], install: str) -> str:
    """The path of the first of some system programs."""
    for name in names:
        if path := shutil.which(name):
            return path
    without(f"{names[0]} is not installed: {install}")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium or Chrome."""
    return find_program(
        (
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        ),
        "on Debian `apt-get install chromium`, elsewhere Chromium or Google Chrome.",
    )


@pytest.fixture(scope="session")
def node() -> str:
    """The path of Node.js, which runs the figures' JavaScript without a browser."""
    return find_program(("node", "nodejs"), "on Debian `apt-get install nodejs`.")


@pytest.fixture(scope="session")
def bwrap() -> str:
    """The path of bubblewrap, the sandbox that submissions are graded in."""
    return find_program(("bwrap",), "on Debian `apt-get install bubblewrap`; Linux only.")


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def jupyter_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., LabPlan]]:
    """Start a real JupyterLab: `jupyter_lab(folder, role="student")` returns its LabPlan.

    It is set up as `convolab lab` sets it up, asks for no token, and ends with the tests.
    `plan.server` is its address without a page; a notebook is at `plan.server/lab/tree/NAME`.
    Two calls for the same folder and role share one server.
    """
    plans: dict[tuple[Path, str], LabPlan] = {}
    processes = []

    def start(folder: Path, role: str = "student", **env: str) -> LabPlan:
        if (folder, role) not in plans:
            for tries_left in (2, 1, 0):  # another program may take the port before it is used
                try:
                    plans[folder, role] = start_once(folder, role, env)
                    break
                except Problem:
                    if not tries_left:
                        raise
        return plans[folder, role]

    def start_once(folder: Path, role: str, env: dict[str, str]) -> LabPlan:
        private = tmp_path_factory.mktemp("lab")
        plan = plan_lab(folder, private, port=free_port(), role=role)
        log = private / "lab.log"
        with log.open("wb") as stderr:
            process = subprocess.Popen(
                plan.command,
                env={**plan.env, **env},
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
            )
        processes.append(process)
        wait_until_it_answers(plan, process, log)
        return plan

    yield start
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def one_browser(chromium: str) -> Iterator["OneBrowser"]:
    """The Chromium of this process, which files of tests borrow as `browser`."""
    from tests.one_browser import OneBrowser, driver_starts

    if not driver_starts():
        without("playwright's driver does not start: on Debian `apt-get install libatomic1`.")
    browser = OneBrowser(chromium)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def browser(one_browser: "OneBrowser") -> Iterator["Browser"]:
    """A headless Chromium, driven by playwright (`browser.new_page()`, `browser.new_context()`)."""
    with one_browser.lent() as chrome:
        yield chrome
