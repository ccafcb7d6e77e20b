"""What a large class costs: a cluster beside this machine's own pool, memory, the database.

    uv run --group dev python benchmarks/scale.py [--quick] [--part throughput|memory|recording]
                                                    [--rounds N] [--json FILE]

- Throughput of a Dask cluster (scheduler, one or two workers, all on this machine) beside that of
  `convolab grade` alone with as many processes; the same submissions of lesson 01.
- The most memory that the client takes for 2,000 and for 10,000 submissions of a tiny lesson.
- Processor time of recording the same autograded notebooks in PostgreSQL, the server's own
  included, beside SQLite.

`autograde/SCALE.md` builds on these figures.
"""

import argparse
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.grading import LESSON, course
from benchmarks.side_by_side import TableRow, report
from tests.grading.cluster.dask_cluster import DaskCluster
from tests.grading.gradebook.postgres_server import PostgresServer
from tests.grading.small_course import LESSON as TINY
from tests.grading.small_course import RIGHT, SQUARES, filled, small_course

THROUGHPUT_GOAL = 0.85  # of the pool's
MEMORY_GOAL = 20.0  # MB more for 10,000 than for 2,000
RECORDING_GOAL = 1.5  # of SQLite's processor time

GRADE = """
import json, os, resource, sys, time
from pathlib import Path
from convolab.grading.grade import GradeOptions, grade_class
lesson, scheduler, db, jobs = json.loads(sys.argv[1])
started = time.perf_counter()
options = GradeOptions(scheduler=scheduler, db=db, jobs=jobs, force=True)
graded = grade_class(Path.cwd(), lesson, options)
problems = [o.problem for o in graded.outcomes.values() if o.problem]
assert not problems, problems[:3]
own = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "seconds": time.perf_counter() - started, "count": len(graded.outcomes),
    "own_cpu": own.ru_utime + own.ru_stime, "cpu": graded.cpu_seconds,
    "peak_mb": own.ru_maxrss / 1024,
}))
"""


def grading(home, lesson, scheduler=None, db=None, jobs=None):
    """Grade a class in a process of its own; what it says of itself."""
    command = [sys.executable, "-c", GRADE, json.dumps([lesson, scheduler, db, jobs])]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout[-2000:] + done.stderr[-2000:])
    return json.loads(done.stdout.splitlines()[-1])


@contextlib.contextmanager
def a_cluster(workers):
    """A cluster on this machine, with workers that have graded something already."""
    with tempfile.TemporaryDirectory(prefix="convolab-dask-") as folder:
        cluster = DaskCluster(Path(folder))
        try:
            cluster.start_scheduler()
            cluster.start_workers(workers)
            yield cluster
        finally:
            cluster.close()


def throughput(folder, count, workers, rounds):
    """Submissions a second: of the pool, of the cluster, and the median of their ratios."""
    home = course(folder / f"class-{workers}", count)
    pool, cluster, ratios = [], [], []
    with a_cluster(workers) as dask:
        grading(home, LESSON, scheduler=dask.address)  # both sides start warm
        for _ in range(rounds):
            pool.append(count / grading(home, LESSON, jobs=workers)["seconds"])
            cluster.append(count / grading(home, LESSON, scheduler=dask.address)["seconds"])
            ratios.append(cluster[-1] / pool[-1])
    return statistics.median(pool), statistics.median(cluster), statistics.median(ratios)


def tiny_class(home, count):
    """So many submissions of a lesson with two small exercises."""
    small_course(home)
    texts = [json.dumps(filled(work)) for work in (RIGHT, {**RIGHT, **SQUARES}, {})]
    for number in range(count):
        path = home / "autograde" / "submitted" / f"s{number:05}" / TINY / f"{TINY}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(texts[number % len(texts)])
    return home


def memory(folder, count):
    """The most memory that a client takes for so many submissions, in MB, and what it says."""
    home = tiny_class(folder / f"tiny-{count}", count)
    with a_cluster(os.cpu_count()) as dask:
        said = grading(home, TINY, scheduler=dask.address)
    shutil.rmtree(home)
    return said["peak_mb"], said


def recording(folder, count, rounds):
    """Processor seconds of entering a submission: in SQLite, in PostgreSQL with its server."""
    home = tiny_class(folder / "recorded", count)
    grading(home, TINY)
    with contextlib.closing(PostgresServer()) as server:
        server.start()
        sides = {"sqlite": [], "postgres": []}
        for turn in range(rounds):
            for side, seconds in sides.items():
                database = f"turn{turn}"
                url = f"sqlite:///{home}/{database}.db" if side == "sqlite" else None
                url = url or server.url(database)
                before = server.cpu()
                done = subprocess.run(
                    [sys.executable, "-c", RECORD, url], cwd=home, capture_output=True, text=True
                )
                if done.returncode:
                    sys.exit(done.stderr[-2000:])
                of_server = server.cpu() - before if side == "postgres" else 0.0
                seconds.append((float(done.stdout) + of_server) / count)
    return [statistics.median(seconds) for seconds in sides.values()]


RECORD = f"""
import sys, time
from pathlib import Path
from convolab.grading.gradebook.enter_lesson import enter_assignment
from convolab.grading.gradebook.batch_writer import Writer
from convolab.grading.desk import open_desk
from convolab.grading.run.recorder import MOST
desk = open_desk(Path.cwd(), sys.argv[1]).at({TINY!r})
enter_assignment(desk)
texts = {{
    path.parts[-3]: path.read_text()
    for path in sorted(desk.folder("autograded").glob("*/{TINY}/{TINY}.ipynb"))
}}
students = list(texts)
writer = Writer(desk)
started = time.process_time()
for start in range(0, len(students), MOST):
    writer.write({{student: texts[student] for student in students[start : start + MOST]}})
print(time.process_time() - started)
writer.close()
"""


def throughput_rows(folder, share, rounds):
    """Throughput of one and of two workers; a goal is a most, so it is the pool's by theirs."""
    for workers in (1, 2):
        count = 400 // share
        pool, cluster, ratio = throughput(folder, count, workers, rounds)
        yield TableRow(
            f"pool's throughput by the cluster's, {workers} at a time, {count} submissions",
            f"{pool:.1f} and {cluster:.1f} a second: the cluster has {ratio:.2f} of it",
            1 / ratio,
            1 / THROUGHPUT_GOAL if workers == 2 else None,
        )


def memory_rows(folder, share, rounds):
    """The client's memory for a class and for one five times as large."""
    few, many = 2000 // share, 10000 // share
    (least, _), (most, said) = memory(folder, few), memory(folder, many)
    yield TableRow(
        f"client's memory, {few:,} and {many:,} submissions",
        f"{least:.0f} MB, {most:.0f} MB; {said['count'] / said['seconds']:.0f} a second, "
        f"{said['own_cpu'] / said['count'] * 1e3:.1f} CPU ms of the client each",
        (most - least) / MEMORY_GOAL,
        1.0,
    )


def recording_rows(folder, share, rounds):
    """What entering a submission takes in either database."""
    sqlite, postgres = recording(folder, 1000 // share, rounds)
    yield TableRow(
        "recording a submission in PostgreSQL by SQLite",
        f"{postgres * 1e3:.2f} CPU ms and {sqlite * 1e3:.2f} CPU ms",
        postgres / sqlite,
        RECORDING_GOAL,
    )


PARTS = {"throughput": throughput_rows, "memory": memory_rows, "recording": recording_rows}


def main():
    """Measure, print, and say by the exit status whether every goal is met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of each class")
    parser.add_argument("--rounds", type=int, default=3, help="of what is compared in turn")
    parser.add_argument("--part", choices=PARTS, action="append", help="only this (again: these)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers here")
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory(prefix="convolab-scale-") as name:
        for part in options.part or PARTS:
            rows += PARTS[part](Path(name), 10 if options.quick else 1, options.rounds)
    return report(rows, options.json)


if __name__ == "__main__":
    sys.exit(main())
