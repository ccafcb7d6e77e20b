"""Grading a class of lesson 01 beside stock nbgrader: processor and wall time, and the wire.

    uv run python benchmarks/grading.py [--quick | --many N] [--json FILE]

Both sides grade the same notebooks: `convolab grade` with the sandbox, and `nbgrader autograde`
with nbgrader's own preprocessors (Execute among them). Processor time is that of the command with
all its children; that of processes in the sandbox is added from `convolab grade --json`.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

import grading_many
import numpy as np
from side_by_side import TableRow, report

from convolab.grading.demo.demo_class import demo_class, notebook
from convolab.grading.demo.demo_course import PARTS
from convolab.grading.desk import open_desk
from convolab.grading.sandbox.launcher import launcher_for
from convolab.grading.sandbox.limits import Limits

ROOT = Path(__file__).resolve().parent.parent
LESSON = "01_convolution_1d"
PROGRAMS = Path(sysconfig.get_path("scripts"))
HALF_RIGHT = (0, 2, 1, 3, 0, 4, 1, 5, 0, 6, 1, 7)  # of the demo's eight, the first two are right
CPU_GOAL, WALL_GOAL = 1 / 15, 1 / 20
SMALL_GOAL, LARGE_GOAL = 150e-6, 5e-3  # seconds of a call over the wire

STOCK = """
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors." + name for name in (
        "ClearOutput", "DeduplicateIds", "OverwriteKernelspec", "OverwriteCells",
        "CheckCellMetadata",
    )
]
c.Autograde.autograde_preprocessors = [
    "nbgrader.preprocessors." + name for name in (
        "Execute", "LimitOutput", "SaveAutoGrades", "AssignLatePenalties", "CheckCellMetadata",
    )
]
c.NotebookExporter.optimistic_validation = False
"""


def course(home, count, order=range(8), first=lambda number: None):
    """A course with one lesson and so many submissions: the demo's class, again and again.

    No two are the same: in each cell of an answer stands the student's name.

    Args:
        order: which of the eight, in which order.
        first: the source of a cell that stands first in a submission, or None.
    """
    import nbformat

    from convolab.exercises.load import load_exercises

    for part in (part.format(lesson=LESSON) for part in PARTS):
        (home / part).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, home / part)
    desk = open_desk(home).at(LESSON)
    students = demo_class(
        nbformat.read(desk.master(), as_version=4),
        load_exercises(home / "autograde" / "exercises" / LESSON),
        list(desk.points()),
    )
    released = nbformat.read(home / "notebooks" / LESSON / f"{LESSON}.ipynb", as_version=4)
    for number in range(count):
        path = home / "autograde" / "submitted" / f"s{number:04}" / LESSON / f"{LESSON}.ipynb"
        path.parent.mkdir(parents=True)
        work = notebook(released, students[order[number % len(order)]])
        for cell in work.cells:
            if cell.metadata.get("nbgrader", {}).get("solution"):
                cell.source += f"\n# s{number:04}"
        if source := first(number):
            work.cells.insert(0, nbformat.v4.new_code_cell(source, id="first"))
        nbformat.write(work, path)
    return home


def measured(command, home):
    """Processor and wall seconds of a command with its children, and what it prints."""
    env = {**os.environ, "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=home, env=env, capture_output=True, text=True)
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{command} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, wall, done.stdout


OURS = f"""
from pathlib import Path
from rich.console import Console
from convolab.grading.grade import grade
from convolab.grading.sandbox.launcher import cpu_of_launchers
status = grade(Path.cwd(), {LESSON!r}, console=Console(quiet=True))
print(cpu_of_launchers())
raise SystemExit(status)
"""


def ours(home):
    """Both times of what `convolab grade` does, the sandbox included."""
    cpu, wall, printed = measured([sys.executable, "-c", OURS], home)
    return cpu + float(printed.split()[-1]), wall


def stock(home):
    """Both times of `nbgrader autograde` as it comes."""
    program = str(PROGRAMS / "nbgrader")
    settings = home / "nbgrader_config.py"
    settings.write_text(settings.read_text() + STOCK)
    measured([program, "generate_assignment", LESSON, "--force"], home)
    return measured([program, "autograde", LESSON], home)[:2]


def round_trip(array, seconds):
    """The median wall time of a call with this array as argument and result."""
    session = launcher_for(True).start(Limits())
    session.ask("run", 5, 20, source="def same(x):\n    return x", most=100)
    times, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        started = time.perf_counter()
        session.ask("call", 5, 20, name="same", arguments=(array,), watched=[])
        times.append(time.perf_counter() - started)
    session.kill()
    return float(np.median(times))


def main():
    """Measure, print, and say by the exit status whether every goal is met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="8 submissions instead of 40")
    parser.add_argument("--many", type=int, metavar="N", help="only a class of so many")
    parser.add_argument("--json", type=Path, help="write the numbers here as well")
    options = parser.parse_args()
    if options.many:
        with tempfile.TemporaryDirectory(prefix="convolab-grading-") as folder:
            home = course(Path(folder) / "many", options.many, HALF_RIGHT, grading_many.hostile)
            return report(grading_many.measure(home, LESSON), options.json)
    count = 8 if options.quick else 40
    with tempfile.TemporaryDirectory(prefix="convolab-grading-") as folder:
        our_cpu, our_wall = ours(course(Path(folder) / "ours", count))
        stock_cpu, stock_wall = stock(course(Path(folder) / "stock", count))
    small = round_trip(np.arange(10.0), 1)
    large = round_trip(np.random.default_rng(0).random((512, 512)), 2)
    rows = [
        TableRow("processor time a submission",
            f"{our_cpu / count:.3f} s beside {stock_cpu / count:.3f} s",
            our_cpu / stock_cpu, CPU_GOAL),
        TableRow(f"wall time of the class, {os.cpu_count()} processors",
            f"{our_wall:.1f} s beside {stock_wall:.1f} s", our_wall / stock_wall, WALL_GOAL),
        TableRow("call with 10 numbers", f"{small * 1e6:.0f} µs", small / SMALL_GOAL, 1),
        TableRow("call with 512 × 512 numbers", f"{large * 1e3:.1f} ms", large / LARGE_GOAL, 1),
    ]  # fmt: skip
    return report(rows, options.json)


if __name__ == "__main__":
    sys.exit(main())
