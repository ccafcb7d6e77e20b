"""`ops.convolve_2d` against SciPy on 512×512 pixels.

    uv run --group dev python benchmarks/convolve.py [--quick] [--json FILE]

The goals hold for the course's numbers, float64, in every mode; float32 is shown beside them.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.side_by_side import TableRow, medians, on_one_thread, report

SIZES = (3, 9, 31)
FASTEST, DIRECT = 1.1, 1.0  # goals against signal.convolve (method auto) and signal.convolve2d


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a fifth of the time")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers here")
    options = parser.parse_args()
    on_one_thread()
    seconds = 1 if options.quick else 5
    rows = []
    for dtype in ("float64", "float32"):
        for size in SIZES:
            rows += compare(dtype, size, seconds)
    return report(rows, options.json)


def compare(dtype, size, seconds):
    import numpy as np
    from scipy import signal

    from convolab import ops

    rng = np.random.default_rng(size)
    image, kernel = rng.random((512, 512)).astype(dtype), rng.random((size, size)).astype(dtype)
    rows = []
    for mode in ("full", "valid"):
        sides = [
            lambda mode=mode: ops.convolve_2d(image, kernel, mode),
            lambda mode=mode: signal.convolve(image, kernel, mode),
            lambda mode=mode: signal.convolve2d(image, kernel, mode),
        ]
        np.testing.assert_allclose(sides[0](), sides[1](), rtol=1e-3, atol=1e-2)
        ours, auto, direct = medians(sides, seconds)
        what = f"{dtype}, {size}×{size}, {mode}"
        times = f"{ours * 1e3:.2f} ms, SciPy's fastest {auto * 1e3:.2f}, direct {direct * 1e3:.2f}"
        goals = (FASTEST, DIRECT) if dtype == "float64" else (None, None)
        rows.append(TableRow(what, times, ours / auto, goals[0]))
        rows.append(TableRow("", "against convolve2d", ours / direct, goals[1]))
    return rows


if __name__ == "__main__":
    sys.exit(main())
