"""How much TrainingMonitor slows a training that it watches; part of figures.py.

One cell in a real JupyterLab, with the figure painted above it, trains again and again, with the
monitor and without it in shuffled order: the course's engine with short and with long epochs, and
the NumPy loop of lesson 08, whose functions are taken from the lesson itself.
"""

import json
import statistics
from pathlib import Path

from playwright.sync_api import Page
from rich.console import Console
from rich.table import Table

GOAL = 1.05  # of the time without the monitor
PATIENCE = 1_200_000  # milliseconds for all rounds on a busy machine

SHOW = """from convolab.figures import TrainingMonitor
monitor = TrainingMonitor(epochs=40)
monitor"""

TRAIN = """import ast, json, pathlib, random, time
import numpy as np
from convolab import data, nn, ops

images, labels = data.digits()
images = images[:, None] / 16

def engine(times, epochs):
    many, names = np.tile(images.astype(np.float32), (times, 1, 1, 1)), np.tile(labels, times)
    def run(monitor):
        model = nn.small_cnn()
        watched = {"schedule": lambda progress: 0.1}
        if monitor:
            watch = monitor.follow(model, pictures=many)
            watched = {"schedule": monitor.schedule, "callback": watch}
        nn.train(model, many, names, epochs, **watched)
    return run, epochs

lesson = ast.parse(pathlib.Path(LESSON).read_text(encoding="utf-8"))
lesson.body = [part for part in lesson.body if isinstance(part, ast.FunctionDef)]
exec(compile(lesson, "lesson", "exec"))

def plain(epochs):
    def run(monitor):
        rng = np.random.default_rng(0)
        found, velocity = random_parameters(rng), {}
        for _ in range(epochs):
            order, total = rng.permutation(len(images)), 0
            rate, momentum = (monitor.learning_rate, monitor.momentum) if monitor else (0.1, 0.9)
            for first in range(0, len(order), 32):
                batch = order[first : first + 32]
                loss, gradients = small_gradients(images[batch], labels[batch], found)
                found, velocity = sgd_step(found, gradients, velocity, rate, momentum)
                total += loss * len(batch)
            if monitor:
                some = images[::16]
                maps = ops.conv_forward(some, found["conv_w"], found["conv_b"])
                monitor.epoch(loss=total / len(order), kernels=found["conv_w"],
                              activations={"conv": maps})
                if monitor.stopped:
                    break
    return run, epochs

RUNS = {"engine, short epochs": engine(1, 40), "engine, long epochs": engine(10, 3),
        "lesson 08's loop": plain(25)}
measured = {name: {"epochs": epochs, "wall": [[], []], "cpu": [[], []]}
            for name, (_, epochs) in RUNS.items()}
for _ in range(ROUNDS):
    for name, (run, _) in random.sample(list(RUNS.items()), len(RUNS)):
        for watched in random.sample([0, 1], 2):
            monitor.clear()
            time.sleep(1)  # the browser has painted what came before
            wall, cpu = time.perf_counter(), time.process_time()
            run(monitor if watched else None)
            measured[name]["wall"][watched].append(time.perf_counter() - wall)
            measured[name]["cpu"][watched].append(time.process_time() - cpu)
print("measured", json.dumps(measured))"""


def cells(rounds: int) -> list[str]:
    """The notebook's two cells."""
    lesson = Path(__file__).resolve().parent.parent / "lessons/08_training.py"
    return [SHOW, f"LESSON, ROUNDS = {str(lesson)!r}, {rounds}\n{TRAIN}"]


def read(page: Page) -> dict:
    """What the second cell printed, as medians and ratios, once it is done."""
    printed = page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea-output pre").first
    printed.wait_for(timeout=PATIENCE)
    said = printed.inner_text()
    if not said.startswith("measured {"):
        raise RuntimeError(f"the training did not end: {said[-300:]}")
    measured = json.loads(said.removeprefix("measured "))
    results = {}
    for name, found in measured.items():
        results[name] = {"runs": len(found["wall"][0])}
        for clock in ("wall", "cpu"):
            without, watched = map(statistics.median, found[clock])
            results[name][f"{clock}_s"] = without
            results[name][f"{clock}_ratio"] = watched / without
        results[name]["epoch_s"] = results[name]["wall_s"] / found["epochs"]
    return results


def report(console: Console, results: dict) -> list[str]:
    """Print the table; returns what was missed."""
    table = Table(title="training with TrainingMonitor, beside the same without it (medians)")
    for column in ("training", "runs", "an epoch", "wall time", "CPU of the kernel"):
        table.add_column(column, justify="left" if column == "training" else "right")
    missed = []
    for name, r in results.items():
        table.add_row(
            name, str(r["runs"]), f"{r['epoch_s']:.2f} s",
            f"{r['wall_ratio'] - 1:+.1%}", f"{r['cpu_ratio'] - 1:+.1%}",
        )  # fmt: skip
        if r["wall_ratio"] > GOAL:
            missed.append(f"TrainingMonitor, {name}: {r['wall_ratio'] - 1:+.1%} wall time")
    console.print(table)
    console.print("goal: at most 5 % more wall time")
    return missed
