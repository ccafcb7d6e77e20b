"""How well and how fast the course's network learns: MNIST and the small digits.

    uv run --group dev python benchmarks/mnist.py FOLDER [--quick] [--json FILE]

FOLDER holds the four files of MNIST (default: $CONVOLAB_MNIST, else where `convolab data mnist`
puts them). Every number is that of the last epoch: nothing is chosen by the test error. Each run
is a process of its own, on one thread; --quick makes one run of each kind.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.side_by_side import TableRow, on_one_thread, report

# what: (kind, epochs, shift in pixels, seeds)
RUNS = {
    "MNIST, 10 epochs": ("mnist", 10, 0, range(3)),
    "MNIST, 20 epochs, shifts of a pixel": ("mnist", 20, 1, range(3)),
    "8×8 digits, 80/20, shifts of a pixel": ("digits", 20, 1, range(5)),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, help="the files of MNIST")
    parser.add_argument("--quick", action="store_true", help="one seed of each")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers here")
    parser.add_argument("--one", nargs=4, metavar="RUN", help=argparse.SUPPRESS)
    options = parser.parse_args()
    on_one_thread()
    if options.one:
        kind, *numbers = options.one
        print(json.dumps(one_run(kind, *map(int, numbers), options.folder)))
        return 0
    seen = {what: [] for what in RUNS}
    for what, (kind, epochs, shift, seeds) in RUNS.items():
        for seed in list(seeds)[: 1 if options.quick else None]:
            command = [sys.executable, __file__, *filter(None, [options.folder])]
            run = [*map(str, command), "--one", kind, str(epochs), str(shift), str(seed)]
            done = subprocess.run(run, capture_output=True, text=True)
            if done.returncode:
                sys.exit(done.stderr.strip().splitlines()[-1])
            seen[what].append(json.loads(done.stdout))
            error, seconds, memory = seen[what][-1]
            print(f"{what}, seed {seed}: {error:.2%}, {seconds:.1f} CPU s, {memory:.0f} MB")
    return report(rows(*seen.values()), options.json, column="number")


def rows(plain, shifted, digits):
    """The table: each number beside its goal, in the same unit."""
    mean = statistics.mean(error for error, _, _ in digits)
    return [
        TableRow(
            "MNIST, 10 epochs", "worst test error, %", 100 * max(e for e, _, _ in plain), 0.85
        ),
        TableRow("", "most CPU seconds", max(s for _, s, _ in plain), 60),
        TableRow("MNIST, 20 epochs, shifts", "worst test error, %", 100 * max(shifted)[0], 0.60),
        TableRow("", "mean test error, %", 100 * statistics.mean(e for e, _, _ in shifted)),
        TableRow("both", "peak memory, MB", max(m for _, _, m in plain + shifted), 600),
        TableRow("8×8 digits", "mean test error, %", 100 * mean, 1.1),
        TableRow("", "most CPU seconds", max(s for _, s, _ in digits), 2),
    ]


def one_run(kind, epochs, shift, seed, folder):
    """(test error, CPU seconds of the training, peak memory in MB) of one training."""
    import numpy as np

    from convolab.data import digits, mnist, split
    from convolab.nn import error_rate, lenet, small_cnn, train

    if kind == "digits":
        images, labels = digits()
        images = (images[:, None] / 16).astype(np.float32)
        learn, test = split(labels, seed=seed)
        model, learning, testing = small_cnn(seed), (images[learn], labels[learn]), (
            images[test], labels[test],
        )  # fmt: skip
    else:
        data, frame = mnist(folder), ((0, 0), (0, 0), (2, 2), (2, 2))
        model = lenet(seed)
        learning = np.pad(data.train_images[:, None], frame), data.train_labels
        testing = np.pad(data.test_images[:, None], frame), data.test_labels
    start = time.process_time()
    batch_size = 64 if kind == "digits" else 128
    train(model, *learning, epochs, batch_size=batch_size, shift=shift, seed=seed)
    seconds = time.process_time() - start
    return (
        error_rate(model, *testing),
        seconds,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


if __name__ == "__main__":
    sys.exit(main())
