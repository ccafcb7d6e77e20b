"""Whether a fast exercise gets the same verdict every time, while all processors are busy.

    uv run --group dev python benchmarks/steadiness.py [--times N] [--graded] [--json FILE]

Each accepted variant of each exercise that is judged by its speed must pass every time, and loops
over windows must fail every time. The trial is harder than the check: as many programs as there
are processors do nothing but compute beside it, and one measurement takes a shorter time than the
check's, so that a disturbance weighs more. With --graded the answers run as submissions do, in the
sandbox, timed from outside. The goal for each row is no verdict other than due.
"""

import argparse
import contextlib
import inspect
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.side_by_side import TableRow, on_one_thread, report
from benchmarks.window_loops import LOOPS

LESSONS = Path(__file__).resolve().parent.parent / "autograde" / "exercises"
# Computes until this script is gone, however it ends.
BUSY = "import os; p = os.getppid()\nwhile os.getppid() == p: sum(range(10**5))"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=50, help="verdicts on each answer")
    parser.add_argument("--seconds", type=float, default=0.005, help="of one measurement")
    parser.add_argument("--graded", action="store_true", help="as the grader measures")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers here")
    options = parser.parse_args()
    on_one_thread()
    rows = []
    with every_processor_busy():
        for exercise, speed in raced():
            for what, function, passes in answers(exercise):
                rows.append(trial(exercise, speed, what, function, passes, options))
    return report(rows, options.json, column="other verdicts")


@contextlib.contextmanager
def every_processor_busy():
    """Programs that keep all processors computing; they end with the block, or with this script."""
    command = [sys.executable, "-c", BUSY]
    programs = [subprocess.Popen(command) for _ in range(os.cpu_count())]
    try:
        yield
    finally:
        for program in programs:
            program.kill()
            program.wait()


def raced():
    """Every exercise of the course that is judged by its speed, with what is asked of it."""
    from convolab.exercises.load import load_exercises

    for folder in sorted(LESSONS.glob("[0-9]*")):
        for exercise in load_exercises(folder).values():
            for speed in exercise.speeds:
                yield exercise, speed


def answers(exercise):
    """Answers to an exercise: what each is, its function, whether it is fast enough."""
    yield "reference", exercise.answer, True
    for variant in exercise.variants:
        yield variant.name, variant.function, True
    for function in LOOPS[exercise.name]:
        yield f"a loop: {function.__name__}", function, False


def trial(exercise, speed, what, function, passes, options):
    """One answer's row: its ratios to the element loop, and how many verdicts are not due."""
    from convolab.check.speed import speed_arguments, times_as_fast

    arguments = speed_arguments(speed.shapes)
    np.testing.assert_allclose(function(*arguments), exercise.answer(*arguments), atol=1e-6)
    if options.graded:
        ratios = in_the_sandbox(exercise, speed, function, options.times)
    else:
        ratios = [
            times_as_fast(function, arguments, speed.steps, options.seconds)
            for _ in range(options.times)
        ]
    other = sum((ratio >= speed.times) != passes for ratio in ratios)
    due = "passes" if passes else "fails"
    spread = f"{due} {len(ratios) - other} of {len(ratios)}; {min(ratios):.1f} to {max(ratios):.1f}"
    return TableRow(f"{exercise.name}, {what}", f"{spread}, asked {speed.times:g}", other, 0)


def in_the_sandbox(exercise, speed, function, times):
    """The ratios that the grader finds for a submission with this function."""
    from convolab.check.cases import from_json
    from convolab.check.speed import speed_arguments
    from convolab.exercises.compile import compile_exercise
    from convolab.grading.demo.answers import function_source
    from convolab.grading.sandbox.checked import Checked
    from convolab.grading.sandbox.launcher import launcher_for
    from convolab.grading.sandbox.limits import Limits
    from convolab.grading.sandbox.remote_answer import RemoteAnswer

    if function in LOOPS[exercise.name]:
        source = f"{inspect.getsource(function)}\n{exercise.name} = {function.__name__}\n"
    else:
        source = function_source(exercise.name, function)
    checked = Checked(from_json(compile_exercise(exercise, seed=1)), exercise.answer)
    session = launcher_for(True).start(Limits(submission_cpu=3600))
    try:
        session.ask("run", 20, 200, source=f"import numpy as np\n{source}", most=1)
        return [
            RemoteAnswer(session, checked, [source]).times_as_fast(
                speed_arguments(speed.shapes), speed.steps
            )
            for _ in range(times)
        ]
    finally:
        session.kill()


if __name__ == "__main__":
    sys.exit(main())
