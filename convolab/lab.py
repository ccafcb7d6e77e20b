"""Opens JupyterLab on the student's copy of the course, or on the teacher's desk."""

import contextlib
import importlib.util
import json
import os
import secrets
import signal
import socket
import subprocess
import time
import urllib.request
from dataclasses import replace
from pathlib import Path

from convolab.course import require_whole, way_out
from convolab.jupyter import LabPlan, plan_lab, warm_font_cache
from convolab.problem import Problem
from convolab.work import bring_lessons, latest_lesson

PATIENCE = 120  # seconds for JupyterLab to answer, on a slow disk at its first start
TRIES = 3
_GROUP_OF_ITS_OWN = (
    {"process_group": 0}
    if os.name == "posix"
    else {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
)


class _NotStarted(Problem):
    """JupyterLab ended before it answered."""


def open_lab(course: Path, *, teacher: bool, browser: bool, port: int | None) -> int:
    """Open JupyterLab and stay until it is closed, there or with Ctrl-C here.

    Args:
        course: the course's folder.
        teacher: open the desk, with the whole course and formgrader, and not the student's copy.
        browser: open the reader's browser at the lesson last worked on, at first lesson 00.
        port: where to listen on this machine; None takes 8888 or another free one.

    Returns:
        The exit status, 0 after an orderly end.

    Raises:
        Problem: JupyterLab is missing or does not start, the port is taken, the course's folder
            cannot be written, or it is not the whole course that the desk needs.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise Problem(
            "JupyterLab is not installed in this Python: start the course with "
            "`python -m uv run convolab lab`, which brings everything it needs, or install it "
            "again with pip if you did so before."
        )
    if port is not None:
        _refuse_a_taken(port)
    if teacher:
        require_whole(course)
        role, folder, page = "teacher", course, ""
        greeting = "The desk is open: the Nbgrader menu has Formgrader."
    else:
        if not course.exists():
            print(f"The course gets a new folder: {course}")
        for sentence in bring_lessons(course):
            print(sentence)
        role, folder, page = "student", course / "work", latest_lesson(course).as_posix()
        greeting = f"Your work is kept in {folder}."
    private = course / ".jupyter" / role
    try:
        private.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(
            f"JupyterLab's own files cannot be written to {private} ({error.strerror}): "
            f"{way_out(course)}"
        ) from error
    warm_font_cache(private)
    plan = plan_lab(
        folder,
        private,
        port=port,
        page=page,
        role=role,
        browser=browser,
        token=secrets.token_urlsafe(24),
    )
    print("Starting JupyterLab. This takes a few seconds.", flush=True)
    log = private / "lab.log"
    # Two that start at the same moment may choose the same free port; one of them tries again.
    for _ in range(TRIES - 1 if port is None else 0):
        with contextlib.suppress(_NotStarted):
            return _run(plan, log, greeting)
    return _run(plan, log, greeting)


def wait_until_it_answers(plan: LabPlan, process: subprocess.Popen, log: Path) -> str:
    """Return the server's address, such as "http://127.0.0.1:8888", when JupyterLab answers.

    Raises:
        Problem: it ended, or took too long.
    """
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        server = plan.server or _server_with(plan)
        with contextlib.suppress(OSError):
            if server:
                status = f"{server}/api/status?token={plan.token}"
                urllib.request.urlopen(status, timeout=5).close()
                return server
        time.sleep(0.1)
    last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
    kind = Problem if process.poll() is None else _NotStarted
    raise kind(
        f"JupyterLab did not start; the last line it wrote to {log} is: "
        f"{last[0] if last else '(nothing)'}"
    )


def _server_with(plan: LabPlan) -> str:
    """The address of the server that has our token, from the note that each server leaves."""
    for note in Path(plan.env["JUPYTER_RUNTIME_DIR"]).glob("jpserver-*.json"):
        with contextlib.suppress(OSError, ValueError):  # it is being written, or removed
            server = json.loads(note.read_text(encoding="utf-8"))
            if server["token"] == plan.token:
                return f"http://127.0.0.1:{server['port']}"
    return ""


def _run(plan: LabPlan, log: Path, greeting: str) -> int:
    """Run JupyterLab to its end. Ctrl-C, a closed terminal and a request to terminate come only to
    us, because it runs in its own process group, and we ask it to end properly: if they reached it
    directly, it would abandon its kernels."""

    def stop(signum, frame):
        raise KeyboardInterrupt

    # SIGINT too: a shell that starts us in the background leaves it ignored.
    signals = [signal.SIGINT, signal.SIGTERM]
    signals += [signal.SIGHUP] if os.name == "posix" else []
    before = {number: signal.signal(number, stop) for number in signals}
    try:
        with log.open("wb") as stderr:
            process = subprocess.Popen(
                plan.command,
                env=plan.env,
                cwd=plan.folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                **_GROUP_OF_ITS_OWN,
            )
        try:
            plan = replace(plan, server=wait_until_it_answers(plan, process, log))
            print(
                f"It is open at {plan.address}\n{greeting} Press Ctrl-C here to stop.", flush=True
            )
            status = process.wait()
        except KeyboardInterrupt:
            status = 0
        finally:
            _end(plan, process)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if status:
        raise Problem(f"JupyterLab stopped with status {status}: its output is in {log}.")
    print("JupyterLab is closed.")
    return 0


def _end(plan: LabPlan, process: subprocess.Popen) -> None:
    """Ask JupyterLab to end with its kernels, and kill it after ten seconds."""
    if process.poll() is not None:
        return
    if not plan.server:
        process.terminate()
    else:
        request = urllib.request.Request(
            f"{plan.server}/api/shutdown",
            method="POST",
            headers={"Authorization": f"token {plan.token}"},
        )
        with contextlib.suppress(OSError):  # it is ending already
            urllib.request.urlopen(request, timeout=5).close()
    for insist in (process.terminate, process.kill):
        try:
            process.wait(10)
            return
        except subprocess.TimeoutExpired:
            insist()
    process.wait()


def _refuse_a_taken(port: int) -> None:
    if not 1 <= port <= 65535:
        raise Problem(f"Port {port} does not exist: choose one from 1024 to 65535 with --port.")
    if not _is_free(port):
        raise Problem(
            f"Port {port} is in use by another program: choose another with --port, "
            "or leave it out to get a free one."
        )


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # as the server itself does; on Windows it would steal the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
