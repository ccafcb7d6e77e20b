"""Two sides measured in turn, in one run, in processor time, on one thread each."""

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass
class TableRow:
    """One line of a benchmark's table: its ratio, or other number, and the most it may be."""

    what: str
    value: str
    ratio: float | None = None
    goal: float | None = None

    @property
    def missed(self):
        return self.goal is not None and self.ratio > self.goal


def on_one_thread():
    """Starts this script again with one thread for each library, unless it has that already.

    The libraries read these settings when they are loaded, so they must be there from the start.
    """
    if any(os.environ.get(name) != "1" for name in THREADS):
        env = {**os.environ, **dict.fromkeys(THREADS, "1")}
        sys.exit(subprocess.call([sys.executable, *sys.argv], env=env))


def medians(sides, seconds):
    """The median processor time of a call of each function, in seconds, measured in turn.

    Each turn repeats a call until 20 ms are over, so that the clock's step does not count.
    """
    repeats = []
    for side in sides:
        side(), side()
        start, count = time.process_time(), 0
        while time.process_time() - start < 0.02:
            side()
            count += 1
        repeats.append(count)
    times, end = [[] for _ in sides], time.perf_counter() + seconds
    while time.perf_counter() < end or len(times[0]) < 5:
        for side, count, seen in zip(sides, repeats, times, strict=True):
            start = time.process_time()
            for _ in range(count):
                side()
            seen.append((time.process_time() - start) / count)
    return [statistics.median(seen) for seen in times]


def blas_core():
    """The processor that NumPy's OpenBLAS takes this one for: much of the time hangs on that."""
    import numpy  # noqa: F401  (so that its library is there to ask)
    from threadpoolctl import ThreadpoolController

    libraries = ThreadpoolController().info()
    return ", ".join(library.get("architecture", "unknown") for library in libraries)


def report(rows, json_file=None, column="ratio"):
    """Prints the table, writes it where asked, returns 1 where a goal is missed, else 0."""
    table = [("", "", column, "goal", "")]
    for row in rows:
        verdict = "" if row.goal is None else "missed" if row.missed else "met"
        numbers = ("" if n is None else f"{n:.4g}" for n in (row.ratio, row.goal))
        table.append((row.what, row.value, *numbers, verdict))
    widths = [max(len(line[place]) for line in table) for place in range(5)]
    for line in table:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        )
    if json_file:
        content = [asdict(row) | {"missed": row.missed} for row in rows]
        Path(json_file).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return int(any(row.missed for row in rows))
