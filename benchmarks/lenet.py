"""A training step of LeNet, and the way forward alone, against PyTorch on one thread.

PyTorch is installed for this only, in an environment of its own:

    python -m venv torch-env
    torch-env/bin/pip install torch==2.13.0 numpy threadpoolctl
    torch-env/bin/python benchmarks/lenet.py [--quick] [--json FILE]

Both sides have the same layers in the same order, the same weights and the same optimiser, and
must give the same scores before anything is measured. The memory allocator deals PyTorch a
different hand in every process (its step takes from 8 to 14 ms for the same work), so the sides
are compared in several fresh processes, and the median of their ratios counts.
"""

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.side_by_side import TableRow, blas_core, medians, on_one_thread, report

BATCH = 128
GOALS = {"training step": 0.60, "forward": 0.50}
OPTIMISER = {"momentum": 0.9, "weight_decay": 5e-4}
RATE = 0.01


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="two short processes, not seven")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers here")
    parser.add_argument("--one-process", type=float, metavar="SECONDS", help=argparse.SUPPRESS)
    options = parser.parse_args()
    on_one_thread()
    if options.one_process:
        print(json.dumps(one_process(options.one_process)))
        return 0
    rounds = []
    for _ in range(2 if options.quick else 7):
        command = [sys.executable, __file__, "--one-process", "2" if options.quick else "6"]
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode:
            sys.exit(run.stderr)
        rounds.append(json.loads(run.stdout))
    rows = []
    for what, goal in GOALS.items():
        pairs = [seen[what] for seen in rounds]
        ratios = sorted(ours / theirs for ours, theirs in pairs)
        ours, theirs = (statistics.median(side) * 1e3 for side in zip(*pairs, strict=True))
        value = (
            f"{ours:.2f} ms, PyTorch {theirs:.2f} ms, ratios {ratios[0]:.2f} to {ratios[-1]:.2f}"
        )
        rows.append(TableRow(what, value, statistics.median(ratios), goal))
    print(f"LeNet, batch {BATCH}, one thread each; OpenBLAS takes this processor for {blas_core()}")
    return report(rows, options.json)


def one_process(seconds):
    """{what: (seconds of the course's network, seconds of PyTorch)}, each a median."""
    import numpy as np
    import torch

    from convolab.nn import SGD, lenet

    torch.set_num_threads(1)
    rng = np.random.default_rng(0)
    images = rng.random((BATCH, 1, 32, 32), dtype=np.float32)
    labels = rng.integers(0, 10, BATCH)
    ours, theirs = lenet(), torch_lenet()
    same_weights(ours, theirs)
    torch_images, torch_labels = torch.tensor(images), torch.tensor(labels)
    with torch.no_grad():
        np.testing.assert_allclose(ours.forward(images), theirs(torch_images), atol=1e-4)
    sgd = SGD(ours, learning_rate=RATE, **OPTIMISER)
    torch_sgd = torch.optim.SGD(theirs.parameters(), lr=RATE, **OPTIMISER)
    loss = torch.nn.CrossEntropyLoss()

    def our_step():
        ours.zero_grad()
        ours.forward_backward(images, labels)
        sgd.step()

    def their_step():
        torch_sgd.zero_grad()
        loss(theirs(torch_images), torch_labels).backward()
        torch_sgd.step()

    def their_forward():
        with torch.no_grad():
            theirs(torch_images)

    return {
        "training step": medians([our_step, their_step], seconds),
        "forward": medians([lambda: ours.forward(images), their_forward], seconds / 2),
    }


def torch_lenet():
    from torch import nn

    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5), nn.MaxPool2d(2), nn.ReLU()),
        *(nn.Conv2d(6, 16, 5), nn.MaxPool2d(2), nn.ReLU()),
        *(nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU()),
        nn.Linear(84, 10),
    )


def same_weights(ours, theirs):
    """Copies the course's weights to PyTorch, whose dense layers have them turned."""
    import torch

    with torch.no_grad():
        for target, source in zip(theirs.parameters(), ours.parameters.values(), strict=True):
            target.copy_(torch.tensor(source.T if source.ndim == 2 else source))


if __name__ == "__main__":
    sys.exit(main())
