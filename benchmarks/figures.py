"""How fast a figure follows the hand: a slider's step to the painted frame, beside its peer.

    uv run --group dev python benchmarks/figures.py [--quick] [--json FILE] [--figure NAME]

In one page of a real JupyterLab lie a live figure and the same picture as `ipywidgets.interact`
draws it with matplotlib inline. A step is measured from the key's event to the first animation
frame in which the picture differs (our canvas's pixels, their image's source); then a drag of 30
steps by the mouse counts the frames painted. Figure and peer take turns, in shuffled order, so
that both meet the same machine.
"""

import argparse
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.progress import track
from rich.table import Table

from convolab.jupyter import plan_lab
from convolab.lab import wait_until_it_answers

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from conftest import CHROMIUM_FLAGS, free_port  # the tests' browser is started the same way

MEDIAN_GOAL, P95_GOAL = 1 / 8, 1 / 6  # of the peer's time
DRAG_STEPS, DRAG_GOAL = 30, 28
PACE = 0.04  # seconds between two steps of a drag
PATIENCE = 120_000  # milliseconds for the first start on a busy machine

PEER_START = """%matplotlib inline
import matplotlib.pyplot as plt, numpy as np
from ipywidgets import interact
"""


@dataclass(frozen=True)
class Pair:
    """A figure and its peer: cells, the slider's name in the figure, and into how many steps a
    drag from end to end is divided."""

    figure: str
    slider: str
    peer: str
    steps: int


PAIRS = {
    "SlidingKernel1D": Pair(
        "from convolab.figures import SlidingKernel1D\nSlidingKernel1D()",
        "place x",
        PEER_START
        + """f = np.array([10, 9, 10, 9, 10, 1, 10, 9, 10, 8.0]); g = np.full(3, 1 / 3)
y = np.convolve(f, g)
def draw(x=(0, 11)):
    figure, rows = plt.subplots(3, 1, sharex=True, figsize=(9, 5))
    rows[0].stem(f)
    rows[1].stem(np.arange(x - 2, x + 1), g[::-1])
    rows[2].stem(y[: x + 1])
    plt.show()
interact(draw);""",
        11,
    ),
    "SlidingKernel2D": Pair(
        "from convolab.figures import SlidingKernel2D\nimport numpy as np\n"
        "SlidingKernel2D(np.arange(100).reshape(10, 10) % 17, np.ones((3, 3)))",
        "row",
        PEER_START
        + """f = np.arange(100).reshape(10, 10) % 17
y = np.lib.stride_tricks.sliding_window_view(f, (3, 3)).sum((2, 3))
def draw(row=(0, 7), column=(0, 7)):
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 5))
    left.imshow(f, cmap="gray")
    left.add_patch(plt.Rectangle((column - 0.5, row - 0.5), 3, 3, fill=False, edgecolor="red"))
    right.imshow(y)
    for (i, j), value in np.ndenumerate(y[: row + 1]):
        right.text(j, i, value, ha="center", va="center")
    plt.show()
interact(draw);""",
        7,
    ),
    "KernelEditor": Pair(
        "from convolab.figures import KernelEditor\nKernelEditor()",
        "weight",
        PEER_START
        + """from convolab import data, ops
f = data.hopper().astype(float)
def draw(weight=(-30, 30, 0.25)):
    kernel = np.array([[0, -1, 0], [-1, weight, -1], [0, -1, 0]])
    figure, axes = plt.subplots(1, 3, figsize=(9, 4))
    axes[0].imshow(f, cmap="gray")
    axes[1].imshow(kernel)
    axes[1].set_title(weight)
    axes[2].imshow(ops.convolve_2d(f, kernel, "same").clip(0, 255), cmap="gray")
    plt.show()
interact(draw);""",
        30,
    ),
    "PoolingExplorer": Pair(
        "from convolab.figures import PoolingExplorer\nPoolingExplorer()",
        "shift",
        PEER_START
        + """from convolab import ops
from convolab.figures.pooling_explorer import bars_of_a_two
f = bars_of_a_two()
def draw(shift=(-4, 4)):
    after = ops.shift_image(f, 0, shift)
    figure, axes = plt.subplots(2, 2, figsize=(9, 5))
    for column, values in enumerate((f, after)):
        pooled = ops.pool_2d(values, 2)
        axes[0, column].imshow(values, cmap="gray")
        axes[1, column].imshow(pooled)
        for (i, j), value in np.ndenumerate(pooled):
            axes[1, column].text(j, i, value, ha="center", va="center")
    figure.suptitle(shift)
    plt.show()
interact(draw);""",
        8,
    ),
    "SharedWeights": Pair(
        "from convolab.figures import SharedWeights\nSharedWeights()",
        "output",
        PEER_START
        + """f = np.array([0, 0, 1, 1, 1, 0, 0, 1]); g = np.array([-1, 0, 1])
matrix = np.array([np.pad(g, (o, 5 - o)) for o in range(6)])
def draw(output=(0, 5)):
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4))
    for o in range(6):
        for j in range(3):
            left.plot([o + j, o + 1], [0, 1], color="rb"[j == 0], alpha=1 if o == output else 0.3)
    right.imshow(matrix, cmap="RdBu_r")
    for (i, j), value in np.ndenumerate(matrix):
        right.text(j, i, value, ha="center", va="center")
    figure.suptitle(f"y({output}) = {f[output:output + 3] @ g}")
    plt.show()
interact(draw);""",
        5,
    ),
    "ConvArithmetic": Pair(
        "from convolab.figures import ConvArithmetic\nConvArithmetic()",
        "input I",
        PEER_START
        + """def draw(i=(1, 32), r=(1, 11), p=(0, 5), s=(1, 8)):
    padded = i + 2 * p
    size = max(0, (padded - r) // s + 1)
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 5))
    left.pcolormesh(np.pad(np.ones((i, i)), p), edgecolors="grey", cmap="Blues", vmin=0, vmax=2)
    for k in range(size):
        left.add_patch(plt.Rectangle((k * s, 0), r, r, fill=False, edgecolor="red"))
    right.pcolormesh(np.ones((max(1, size), max(1, size))), edgecolors="grey")
    figure.suptitle(f"({i} - {r} + 2*{p})/{s} + 1 = {(padded - r) / s + 1}")
    plt.show()
interact(draw);""",
        31,
    ),
    "LayerStack": Pair(
        "from convolab.figures import LayerStack\nLayerStack()",
        "size R",
        PEER_START
        + """from convolab import ops
def draw(size=(1, 11)):
    layers = [(size, 1), (2, 2), (5, 1), (2, 2)]
    side, sides, fields = 32, [32], [1]
    for n, (r, s) in enumerate(layers):
        side = ops.output_size(side, r, 0, s, strict=False)
        sides.append(side)
        fields.append(ops.receptive_field(layers[: n + 1]))
    figure, axes = plt.subplots(figsize=(9, 5))
    for n, (side, field) in enumerate(zip(sides, fields)):
        start = (32 - side) / 2
        for place in range(side):
            axes.add_patch(plt.Rectangle((start + place, n), 0.9, 0.4))
        axes.text(33, n, f"{side} x {side}, sees {field}")
    axes.set(xlim=(0, 40), ylim=(0, 6))
    plt.show()
interact(draw);""",
        10,
    ),
    "NetworkExplorer": Pair(
        "from convolab.figures import NetworkExplorer\nNetworkExplorer(layer='conv2', map=6)",
        "column",
        PEER_START
        + """from convolab import data, nn
model = nn.lenet().load(data.data_file("lenet_digits.npz"))
image = data.digits32()[0][5]
maps = model.activations(image[None, None])
def draw(column=(0, 9)):
    figure, axes = plt.subplots(5, 8, figsize=(9, 5))
    seen = [image, *maps[2][0], *maps[5][0]]
    for one, values in zip(axes.flat, seen):
        one.imshow(values, cmap="gray")
        one.axis("off")
    axes.flat[-1].bar(range(10), model.probabilities(image[None, None])[0])
    axes.flat[-2].imshow(maps[2][0][0, :5, column : column + 5], cmap="gray")
    figure.suptitle(column)
    plt.show()
interact(draw);""",
        9,
    ),
    "TrainingMonitor": Pair(
        """from convolab.figures import TrainingMonitor
import numpy as np
monitor, rng = TrainingMonitor(20), np.random.default_rng(0)
for i in range(20):
    monitor.epoch(loss=2 * 0.8**i, accuracy=1 - 0.6 * 0.8**i, validation=0.9 - 0.5 * 0.8**i,
                  kernels=rng.normal(size=(16, 1, 3, 3)))
monitor""",
        "epoch",
        PEER_START
        + """rng = np.random.default_rng(0)
told, kernels = 0.8 ** np.arange(20), rng.normal(size=(20, 16, 3, 3))
def draw(epoch=(1, 20)):
    figure, (upper, middle, below) = plt.subplots(3, 1, figsize=(9, 5))
    upper.plot(2 * told)
    middle.plot(1 - 0.6 * told)
    for axes in (upper, middle):
        axes.axvline(epoch - 1)
    below.imshow(np.hstack(kernels[epoch - 1]), cmap="RdBu_r")
    plt.show()
interact(draw);""",
        19,
    ),
}

# Watches one picture; `signature` changes when what is painted does.
WATCHER = """
window.watch = (cell) => {
  const root = document.querySelectorAll(".jp-CodeCell")[cell];
  const small = new OffscreenCanvas(320, 180).getContext("2d", { willReadFrequently: true });
  const signature = () => {
    const canvas = root.querySelector(".convolab-live canvas");
    if (canvas) {
      small.clearRect(0, 0, 320, 180);
      small.drawImage(canvas, 0, 0, 320, 180);
      const d = small.getImageData(0, 0, 320, 180).data;
      let h = 0;
      for (let i = 0; i < d.length; i += 4)
        h = (Math.imul(h, 31) + d[i] + 7 * d[i + 1] + 13 * d[i + 2] + 3 * d[i + 3]) | 0;
      return h;
    }
    const image = [...root.querySelectorAll(".jp-OutputArea img")].at(-1);
    return image && image.complete ? image.src.slice(-2000) + image.src.length : null;
  };
  const state = { steps: [], frames: 0, events: [], painted: [], on: true, pressed: null };
  let last = signature();
  const height = () => root.querySelector(".jp-OutputArea").offsetHeight;
  state.heights = [height()];
  root.addEventListener("keydown", (event) => {
    if (event.key.startsWith("Arrow")) state.pressed = event.timeStamp;
  }, { capture: true, signal: (state.stop = new AbortController()).signal });
  document.addEventListener("pointermove", (event) => state.events.push(event.timeStamp),
    { capture: true, signal: state.stop.signal });
  const look = () => {
    if (!state.on) return;
    const seen = signature();
    if (seen !== null && seen !== last) {
      last = seen;
      state.frames += 1;
      state.painted.push(performance.now());
      if (state.pressed !== null) {
        state.steps.push(performance.now() - state.pressed);
        state.pressed = null;
      }
    }
    const tall = height();
    if (!state.heights.includes(tall)) state.heights.push(tall);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  window.watched = state;
};
"""


def slider(page: Page, cell: int, pair: Pair):
    """The slider's handle; ipywidgets gives those of the peer no name."""
    handles = page.locator(".jp-CodeCell").nth(cell).get_by_role("slider")
    return handles.first if cell else page.locator(f'[role=slider][aria-label="{pair.slider}"]')


def measure_steps(page: Page, cell: int, pair: Pair, count: int) -> tuple[list[float], set]:
    """Milliseconds from key to painted frame for `count` keys, and the heights that were seen."""
    handle = slider(page, cell, pair)
    handle.scroll_into_view_if_needed()
    handle.focus()
    page.keyboard.press("Home")
    page.wait_for_timeout(700)
    page.evaluate("cell => watch(cell)", cell)
    for step in range(count):
        forward = (step // pair.steps) % 2 == 0
        page.keyboard.press("ArrowRight" if forward else "ArrowLeft")
        page.wait_for_function("n => watched.steps.length >= n", arg=step + 1, timeout=20_000)
        page.wait_for_timeout(random.randint(30, 60))
    page.evaluate("watched.on = false; watched.stop.abort()")
    return page.evaluate("watched.steps"), set(page.evaluate("watched.heights"))


def measure_drag(page: Page, cell: int, pair: Pair) -> tuple[int, float]:
    """Frames painted while the mouse drags 30 steps, and milliseconds from the last event to the
    last frame."""
    handle = slider(page, cell, pair)
    handle.scroll_into_view_if_needed()
    handle.focus()
    page.keyboard.press("Home")
    page.wait_for_timeout(700)
    start = handle.bounding_box()
    page.keyboard.press("End")
    page.wait_for_timeout(700)
    end = handle.bounding_box()
    y, left = start["y"] + start["height"] / 2, start["x"] + start["width"] / 2
    unit = (end["x"] - start["x"]) / pair.steps
    page.mouse.move(left + unit * pair.steps, y)
    page.mouse.down()
    page.evaluate("cell => watch(cell)", cell)
    page.wait_for_timeout(100)
    next_event = time.perf_counter()
    for place in zigzag(pair.steps)[1:]:
        next_event += PACE
        time.sleep(max(0, next_event - time.perf_counter()))
        page.mouse.move(left + unit * place, y)
    page.wait_for_timeout(1500)
    page.mouse.up()
    page.evaluate("watched.on = false; watched.stop.abort()")
    frames, painted, events = page.evaluate("[watched.frames, watched.painted, watched.events]")
    return frames, (painted[-1] if painted else events[-1]) - events[-1]


def zigzag(steps: int) -> list[int]:
    """The slider's end and the 30 places after it, down and up again."""
    places = [steps]
    direction = -1
    while len(places) <= DRAG_STEPS:
        if not 0 <= places[-1] + direction <= steps:
            direction = -direction
        places.append(places[-1] + direction)
    return places


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def measure(page: Page, pair: Pair, rounds: int, keys: int) -> dict:
    """Both sides interleaved: medians, 95th percentiles and drags."""
    times = {0: [], 1: []}
    drags = {0: [], 1: []}
    lags = {0: [], 1: []}
    heights = set()
    for _ in range(rounds):
        for cell in random.sample([0, 1], 2):
            steps, seen = measure_steps(page, cell, pair, keys)
            times[cell] += steps
            frames, lag = measure_drag(page, cell, pair)
            drags[cell].append(frames)
            lags[cell].append(lag)
            if cell == 0:
                heights |= seen
    ours, theirs = times[0], times[1]
    return {
        "steps": len(ours),
        "median_ms": statistics.median(ours),
        "p95_ms": p95(ours),
        "peer_median_ms": statistics.median(theirs),
        "peer_p95_ms": p95(theirs),
        "median_ratio": statistics.median(ours) / statistics.median(theirs),
        "p95_ratio": p95(ours) / p95(theirs),
        "drag_frames": statistics.median(drags[0]),
        "drag_lag_ms": statistics.median(lags[0]),
        "peer_drag_frames": statistics.median(drags[1]),
        "heights": len(heights),
    }


def open_pair(page: Page, server: str, folder: Path, name: str) -> None:
    """Run a notebook with the figure in its first cell and the peer in its second."""
    pair = PAIRS[name]
    cells = [nbformat.v4.new_code_cell(code) for code in (pair.figure, pair.peer)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python"
    }  # fmt: skip
    nbformat.write(notebook, folder / f"{name}.ipynb")
    page.goto(f"{server}/lab/workspaces/{name}/tree/{name}.ipynb")
    page.wait_for_selector("text=/\\| Idle/", timeout=PATIENCE)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()
    page.wait_for_selector(".convolab-live canvas", timeout=PATIENCE)
    page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea img").wait_for(timeout=PATIENCE)
    page.wait_for_timeout(1500)
    page.evaluate("() => {" + WATCHER + "}")


def report(console: Console, results: dict) -> list[str]:
    """Print the table; returns what was missed."""
    table = Table(title="a slider's step to the painted frame, in ms, and a drag of 30 steps")
    for column in ("figure", "median", "p95", "peer", "p95", "ratio", "of p95", "frames",
                   "peer"):  # fmt: skip
        named = column == "figure"
        table.add_column(column, justify="left" if named else "right", no_wrap=named)
    missed = []
    for name, r in results.items():
        table.add_row(
            name, f"{r['median_ms']:.1f}", f"{r['p95_ms']:.1f}",
            f"{r['peer_median_ms']:.0f}", f"{r['peer_p95_ms']:.0f}",
            f"1/{1 / r['median_ratio']:.0f}", f"1/{1 / r['p95_ratio']:.0f}",
            f"{r['drag_frames']:.0f}", f"{r['peer_drag_frames']:.0f}",
        )  # fmt: skip
        if r["median_ratio"] > MEDIAN_GOAL:
            missed.append(f"{name}: the median is above 1/8 of the peer's")
        if r["p95_ratio"] > P95_GOAL:
            missed.append(f"{name}: the 95th percentile is above 1/6 of the peer's")
        if r["drag_frames"] < DRAG_GOAL:
            missed.append(f"{name}: {r['drag_frames']:.0f} frames of 30 steps, at least 28 wanted")
        if r["heights"] != 1:
            missed.append(f"{name}: its height changed")
    console.print(table)
    console.print("goals: median at most 1/8 (aim 1/10), p95 at most 1/6, 28 frames of 30 steps")
    return missed


def main() -> int:
    """Measure, print the table, and return 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers here")
    parser.add_argument("--figure", choices=PAIRS, action="append", help="only this figure")
    options = parser.parse_args()
    rounds, keys = (2, 15) if options.quick else (5, 30)
    console = Console()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        console.print("Chromium is needed: on Debian `apt-get install chromium`.")
        return 1
    results = {}
    with tempfile.TemporaryDirectory() as private, tempfile.TemporaryDirectory() as folder:
        plan = plan_lab(Path(folder), Path(private), port=free_port(), role="student")
        log = Path(private) / "lab.log"
        with log.open("wb") as stderr:
            process = subprocess.Popen(
                plan.command, env=plan.env, cwd=folder, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=stderr,
            )  # fmt: skip
        try:
            wait_until_it_answers(plan, process, log)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=chromium, args=list(CHROMIUM_FLAGS)
                )
                for name in track(options.figure or list(PAIRS), "measuring", console=console):
                    page = browser.new_page(viewport={"width": 1280, "height": 1400})
                    open_pair(page, plan.server, Path(folder), name)
                    results[name] = measure(page, PAIRS[name], rounds, keys)
                    page.close()
                browser.close()
        finally:
            process.terminate()
            process.wait()
    missed = report(console, results)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    for sentence in missed:
        console.print(f"missed: {sentence}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
