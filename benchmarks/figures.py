"""How fast the live figures follow the hand, what they cost a training, and what they cost idle.

    uv run --group dev python benchmarks/figures.py [--quick] [--json FILE]
        [--part steps|training|idle] [--figure NAME]

All in a real JupyterLab and Chromium. `steps`: a slider's step to the painted frame, each figure
beside the same picture by `ipywidgets.interact` and matplotlib inline, with the heights seen on the
way and the size of the widgets' state. `training`: the same training with TrainingMonitor and
without. `idle`: a notebook with every figure open, and nobody there. Nearby files hold the parts.
"""

import argparse
import json
import shutil
import sys
from pathlib import Path

import figures_idle
import figures_steps
import figures_training
from figures_lab import open_lab
from figures_peers import PAIRS
from rich.console import Console
from rich.progress import track

PARTS = ("steps", "training", "idle")
WIDTH = 116  # letters: what the widest table takes


def main() -> int:
    """Measure, print the tables, and return 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers here")
    parser.add_argument("--part", choices=PARTS, action="append", help="only this part")
    parser.add_argument("--figure", choices=PAIRS, action="append",
                        help="only this figure's steps")  # fmt: skip
    options = parser.parse_args()
    parts = options.part or (("steps",) if options.figure else PARTS)
    console = Console(width=max(WIDTH, Console().width))
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        console.print("Chromium is needed: on Debian `apt-get install chromium`.")
        return 1
    results, missed = {}, []
    with open_lab(chromium) as lab:
        if "steps" in parts:
            results["steps"] = steps = {}
            rounds, keys = (2, 15) if options.quick else (5, 30)
            for name in track(options.figure or list(PAIRS), "measuring", console=console):
                page = lab.run(name, [PAIRS[name].figure, PAIRS[name].peer])
                figures_steps.wait_for_both(page)
                steps[name] = figures_steps.measure(page, PAIRS[name], rounds, keys)
                page.close()
            missed += figures_steps.report(console, steps)
        if "training" in parts:
            console.print("training with and without TrainingMonitor, some minutes …")
            page = lab.run("training", figures_training.cells(4 if options.quick else 8))
            results["training"] = figures_training.read(page)
            page.close()
            missed += figures_training.report(console, results["training"])
        if "idle" in parts:
            console.print("leaving a notebook alone …")
            results["idle"] = figures_idle.measure(lab, 10 if options.quick else 20)
            missed += figures_idle.report(console, results["idle"])
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    for sentence in missed:
        console.print(f"missed: {sentence}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
