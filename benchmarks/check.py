"""How long `check` takes for each exercise, and `summary` for each lesson.

    uv run --group dev python benchmarks/check.py [--quick] [--json FILE]

Each exercise is checked for the first time after the import, so its file is read too. Exercises
with a race or a training, which take a second or more on purpose, are left out. The answers are
those of solutions/, once as they are and once with every number one too large.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
from side_by_side import TableRow, report

from convolab.check import cases, outline
from convolab.check.answer import Local
from convolab.check.ask import judge_alone
from convolab.check.report import Report
from convolab.check.summary import Summary, rows_of

ROOT = Path(__file__).resolve().parent.parent
GOAL, SUMMARY = 0.15, 2.0  # seconds


def main() -> int:
    """Measure, print the table, and return 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="lessons 01 and 05 only")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the seconds here")
    options = parser.parse_args()
    first, wrong, tables = {}, {}, {}
    for lesson in outline.read_outlines():
        if options.quick and lesson.lesson[:2] not in ("01", "05"):
            continue
        names = answers(lesson.lesson)
        for one in lesson.exercises:
            exercise = cases.load(one.name)
            if exercise.speed or exercise.learns:
                continue
            first[one.name] = seconds(checked, one.name, names)
            spoilt = {**names, one.name: spoil(names.get(one.name))}
            wrong[one.name] = seconds(checked, one.name, spoilt)
        tables[lesson.lesson] = seconds(summary_of, lesson, names)
    rows = []
    for what, taken in (("right answers", first), ("wrong answers", wrong)):
        slowest = max(taken, key=taken.get)
        rows += [
            TableRow(
                f"check, {what}", f"{len(taken)} exercises", statistics.median(taken.values()), GOAL
            ),
            TableRow(f"  the slowest: {slowest}", "", taken[slowest]),
        ]
    slowest = max(tables, key=tables.get)
    rows.append(TableRow(f"summary, the slowest: {slowest}", "", tables[slowest], SUMMARY))
    return report(rows, options.json, "seconds")


def answers(lesson: str) -> dict:
    """What a notebook holds once all its answers and imports have run; experiments are left out."""
    notebook = nbformat.read(ROOT / "solutions" / lesson / f"{lesson}.ipynb", as_version=4)
    names: dict = {}
    for cell in notebook.cells:
        if cell.cell_type != "code" or cell.metadata.get("nbgrader", {}).get("locked"):
            continue
        source = cell.source
        if not cell.metadata.get("nbgrader"):
            lines = source.splitlines()
            source = "\n".join(line for line in lines if line.startswith(("import ", "from ")))
        try:
            exec(source, names)
        except Exception as error:  # an answer that needs what an experiment made
            print(f"{lesson}: {error}")
    return names


def spoil(value: object) -> object:
    """A wrong answer: every number one too large."""
    if not callable(value):
        return 12345

    def wrong(*arguments):
        came = value(*arguments)
        return came + 1 if not isinstance(came, (dict, tuple, list, bool, str)) else came

    return wrong


def checked(name: str, names: dict) -> None:
    """What `check` does but for printing, with a report as a notebook shows it."""
    exercise = cases.load(name)
    verdict = judge_alone(exercise, Local(names, name))
    Report(name, exercise.points, verdict)._repr_mimebundle_()


def summary_of(lesson: outline.Outline, names: dict) -> None:
    """What `summary` does, with the table as a notebook shows it."""
    Summary(lesson.called, rows_of(lesson, names))._repr_mimebundle_()


def seconds(call: Callable, *arguments: object) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - start


if __name__ == "__main__":
    raise SystemExit(main())
