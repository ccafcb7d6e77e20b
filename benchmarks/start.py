"""How long a person waits: installing, starting, importing, building, testing.

    uv run --group dev python benchmarks/start.py [--quick] [--json FILE]

The cold installation runs in a clone and with an empty cache, so it is bound by the network; the
rest is measured on this checkout. --quick leaves out the installation and the tests.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
COLD = "cold installation to JupyterLab answering"
WARM = "warm start to JupyterLab answering"
IMPORTS = "a notebook's imports, over NumPy, matplotlib and ipywidgets"
BUILD = "build --check of all lessons"
FAST = "fast tests"
ALL = "all tests"
GOALS = {COLD: 60, WARM: 8, IMPORTS: 0.3, FAST: 120, ALL: 300}  # seconds
PEERS = "import numpy, matplotlib.pyplot, ipywidgets"
COURSE = "import convolab.figures, convolab.ops, convolab.data; from convolab.check import check"


def main() -> int:
    """Measure, print the table, and return 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="no installation, no tests")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the seconds here")
    options = parser.parse_args()
    console = Console()
    with console.status("measuring"), tempfile.TemporaryDirectory() as folder:
        clone, cache = Path(folder) / "course", Path(folder) / "cache"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        cold = until_it_answers(clone, {} if options.quick else {"UV_CACHE_DIR": str(cache)})
        warm = [until_it_answers(clone, {}) for _ in range(2 if options.quick else 5)]
        seconds = {
            COLD: cold,
            WARM: statistics.median(warm),
            IMPORTS: extra_import_time(7 if options.quick else 25),
            BUILD: command_time(["-m", "convolab.cli", "build", "--check"]),
        }
        if options.quick:
            del seconds[COLD]  # it took the packages from uv's cache
        else:
            seconds[FAST] = command_time(["-m", "pytest", "-q", "-m", "not journey"])
            seconds[ALL] = command_time(["-m", "pytest", "-q"])
    missed = show(console, seconds)
    if options.json:
        options.json.write_text(json.dumps(seconds, indent=1) + "\n", encoding="utf-8")
    return 1 if missed else 0


def until_it_answers(clone: Path, env: dict[str, str]) -> float:
    """Seconds from the README's command to JupyterLab saying where it is open."""
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None:
        sys.exit("uv is not installed: python -m pip install uv")
    inherited = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "UV_CACHE_DIR")}
    inherited.pop("UV_PROJECT_ENVIRONMENT", None)
    start = time.perf_counter()
    process = subprocess.Popen(
        [uv, "run", "--python", sys.executable, "convolab", "lab", "--no-browser"],
        cwd=clone,
        env={**inherited, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        for line in process.stdout:
            if "It is open at" in line:
                return time.perf_counter() - start
    finally:
        process.terminate()
        process.wait(60)
    sys.exit(f"JupyterLab did not start in {clone}")


def extra_import_time(rounds: int) -> float:
    """Seconds that the course adds to a notebook's imports: the median difference of fresh
    Pythons, one with the course's modules and one without, in turn."""
    run_python(f"{PEERS}; {COURSE}")  # writes the bytecode
    return statistics.median(
        run_python(f"{PEERS}; {COURSE}") - run_python(PEERS) for _ in range(rounds)
    )


def run_python(code: str) -> float:
    return command_time(["-c", code])


def command_time(arguments: list[str]) -> float:
    """Seconds that a Python command takes; it must succeed."""
    start = time.perf_counter()
    run = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"{' '.join(arguments)} failed:\n{run.stdout[-2000:]}{run.stderr[-2000:]}")
    return time.perf_counter() - start


def show(console: Console, seconds: dict[str, float]) -> list[str]:
    """Print the table and return the goals that were missed."""
    table = Table("what", "seconds", "goal, under", "")
    missed = []
    for name, value in seconds.items():
        goal = GOALS.get(name)
        verdict = "" if goal is None else "met" if value < goal else "missed"
        if verdict == "missed":
            missed.append(name)
        table.add_row(name, f"{value:.2f}", "" if goal is None else f"{goal:g}", verdict)
    console.print(table)
    return missed


if __name__ == "__main__":
    sys.exit(main())
