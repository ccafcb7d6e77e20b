"""Whether a fast exercise gets the same verdict every time, while all processors are busy.

    uv run --group dev python benchmarks/steadiness.py [--times N] [--seconds S] [--json FILE]

Each accepted variant of each exercise that is judged by its speed must pass every time, and loops
over windows must fail every time. The trial is harder than the check: as many programs as there
are processors do nothing but compute beside it, and one measurement takes a shorter time than the
check's, so that a disturbance weighs more. The goal for each row is no verdict other than due.
"""

import argparse
import contextlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.side_by_side import Row, on_one_thread, report

LESSONS = Path(__file__).resolve().parent.parent / "autograde" / "exercises"
# Computes until this script is gone, however it ends.
BUSY = "import os; p = os.getppid()\nwhile os.getppid() == p: sum(range(10**5))"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=50, help="verdicts on each answer")
    parser.add_argument("--seconds", type=float, default=0.005, help="of one measurement")
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
    from convolab.check.spec import load_exercises

    for path in sorted(LESSONS.glob("[0-9]*.py")):
        for exercise in load_exercises(path).values():
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
    from convolab.check.compile import speed_arguments
    from convolab.check.speed import times_as_fast

    arguments = speed_arguments(speed.shapes)
    np.testing.assert_allclose(function(*arguments), exercise.answer(*arguments), atol=1e-6)
    ratios = [
        times_as_fast(function, arguments, speed.steps, options.seconds)
        for _ in range(options.times)
    ]
    other = sum((ratio >= speed.times) != passes for ratio in ratios)
    due = "passes" if passes else "fails"
    spread = f"{due} {len(ratios) - other} of {len(ratios)}; {min(ratios):.1f} to {max(ratios):.1f}"
    return Row(f"{exercise.name}, {what}", f"{spread}, asked {speed.times:g}", other, 0)


def windows_1d(f, g):
    """A slice and a sum for each place."""
    k, weights = len(g), g[::-1]
    return np.array([np.sum(f[x : x + k] * weights) for x in range(len(f) - k + 1)])


def products_1d(f, g):
    """The quickest that NumPy does window by window."""
    out, weights = np.zeros(len(f) - len(g) + 1), g[::-1]
    for x in range(len(out)):
        out[x] = f[x : x + len(g)] @ weights
    return out


def lists_1d(f, g):
    """The same without NumPy, whose every call costs more than a few numbers."""
    f, weights = f.tolist(), g[::-1].tolist()
    windows = (f[x : x + len(weights)] for x in range(len(f) - len(weights) + 1))
    return np.array([sum(a * b for a, b in zip(w, weights, strict=True)) for w in windows])


def windows_2d(image, kernel):
    """A slice and a sum for each place."""
    (h, w), weights = kernel.shape, kernel[::-1, ::-1]
    out = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1))
    for row, col in np.ndindex(out.shape):
        out[row, col] = np.sum(image[row : row + h, col : col + w] * weights)
    return out


def products_2d(image, kernel):
    """The quickest that NumPy does window by window."""
    (h, w), weights = kernel.shape, np.ascontiguousarray(kernel[::-1, ::-1])
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    return np.array(
        [
            [np.vdot(image[r : r + h, c : c + w], weights) for c in range(columns)]
            for r in range(rows)
        ]
    )


def lists_2d(image, kernel):
    """The same without NumPy."""
    (h, w), weights, image = kernel.shape, kernel[::-1, ::-1].ravel().tolist(), image.tolist()
    out = []
    for row in range(len(image) - h + 1):
        lines = image[row : row + h]
        for col in range(len(lines[0]) - w + 1):
            window = (number for line in lines for number in line[col : col + w])
            out.append(sum(a * b for a, b in zip(window, weights, strict=True)))
    return np.array(out).reshape(len(image) - h + 1, -1)


def windows_pooled(x):
    """A slice and a maximum for each window."""
    out = np.zeros((x.shape[0] // 2, x.shape[1] // 2))
    for row, col in np.ndindex(out.shape):
        out[row, col] = x[2 * row : 2 * row + 2, 2 * col : 2 * col + 2].max()
    return out


def cells_pooled(x):
    """Python's own maximum of the four numbers of each window."""
    rows, columns = x.shape[0] // 2 * 2, x.shape[1] // 2 * 2
    return np.array(
        [
            [max(x[r, c], x[r, c + 1], x[r + 1, c], x[r + 1, c + 1]) for c in range(0, columns, 2)]
            for r in range(0, rows, 2)
        ]
    )


def lists_pooled(x):
    """The same without NumPy: the quickest loop over windows there is."""
    lines = x.tolist()
    pairs = zip(lines[::2], lines[1::2], strict=False)
    return np.array(
        [
            [max(four) for four in zip(a[::2], a[1::2], b[::2], b[1::2], strict=False)]
            for a, b in pairs
        ]
    )


LOOPS = {
    "convolve_1d_fast": (windows_1d, products_1d, lists_1d),
    "convolve_2d_fast": (windows_2d, products_2d, lists_2d),
    "max_pool_fast": (windows_pooled, cells_pooled, lists_pooled),
}


if __name__ == "__main__":
    sys.exit(main())
