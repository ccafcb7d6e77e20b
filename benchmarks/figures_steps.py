"""A slider's step to the painted frame, a figure beside its peer; part of figures.py.

A step is measured from the key's event to the first animation frame in which the picture differs
(our canvas's pixels, their image's source); then a drag of 30 steps by the mouse counts the frames
painted, and every height that the output has on the way. Figure and peer take turns, in shuffled
order, so that both meet the same machine.
"""

import base64
import json
import random
import statistics
import time

from figures_peers import PeerPair
from ipywidgets import Widget
from playwright.sync_api import Page
from rich.console import Console
from rich.table import Table

MEDIAN_GOAL, P95_GOAL = 1 / 10, 1 / 6  # of the peer's time
DRAG_STEPS, DRAG_GOAL = 30, 28
LAG_GOAL = 2  # frames of a sixtieth of a second from a drag's last event to the last painted frame
PACE = 0.04  # seconds between two steps of a drag
STATE_GOAL = 300  # kB of a figure's widgets, as they are saved in a notebook
PATIENCE = 120_000  # milliseconds for the first picture on a busy machine

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
    const now = performance.now(); // before looking, which takes milliseconds of its own
    const seen = signature();
    if (seen !== null && seen !== last) {
      last = seen;
      state.frames += 1;
      state.painted.push(now);
      if (state.pressed !== null) {
        state.steps.push(now - state.pressed);
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


def slider(page: Page, cell: int, pair: PeerPair):
    """The slider's handle; ipywidgets gives those of the peer no name."""
    handles = page.locator(".jp-CodeCell").nth(cell).get_by_role("slider")
    return handles.first if cell else page.locator(f'[role=slider][aria-label="{pair.slider}"]')


def measure_steps(page: Page, cell: int, pair: PeerPair, count: int) -> tuple[list[float], set]:
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


def measure_drag(page: Page, cell: int, pair: PeerPair) -> tuple[int, float, set]:
    """Frames painted while the mouse drags 30 steps, milliseconds from the last event to the last
    frame, and the heights that were seen."""
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
    frames, painted, events, heights = page.evaluate(
        "[watched.frames, watched.painted, watched.events, watched.heights]"
    )
    return frames, (painted[-1] if painted else events[-1]) - events[-1], set(heights)


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


def measure(page: Page, pair: PeerPair, rounds: int, keys: int) -> dict:
    """Both sides interleaved: medians, 95th percentiles and drags."""
    times = {0: [], 1: []}
    drags = {0: [], 1: []}
    lags = {0: [], 1: []}
    heights = set()
    for _ in range(rounds):
        for cell in random.sample([0, 1], 2):
            steps, seen = measure_steps(page, cell, pair, keys)
            times[cell] += steps
            frames, lag, more = measure_drag(page, cell, pair)
            drags[cell].append(frames)
            lags[cell].append(lag)
            if cell == 0:
                heights |= seen | more
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
        "state_kb": state_kb(pair),
    }


def wait_for_both(page: Page) -> None:
    """Wait until the figure in the first cell and the peer in the second are seen."""
    page.wait_for_selector(".convolab-live canvas", timeout=PATIENCE)
    page.locator(".jp-CodeCell").nth(1).locator(".jp-OutputArea img").wait_for(timeout=PATIENCE)
    page.wait_for_timeout(1500)
    page.evaluate("() => {" + WATCHER + "}")


def state_kb(pair: PeerPair) -> float:
    """What the figure's widgets take in a saved notebook, in kB."""
    before = set(Widget.get_manager_state()["state"])
    exec(pair.figure, {})
    state = Widget.get_manager_state()["state"]
    ours = {key: value for key, value in state.items() if key not in before}
    return len(json.dumps(ours, default=lambda some: base64.b64encode(some).decode())) / 1000


def report(console: Console, results: dict) -> list[str]:
    """Print the table; returns what was missed."""
    table = Table(title="a slider's step to the painted frame, in ms, and a drag of 30 steps")
    for column in ("figure", "median", "p95", "peer", "p95", "ratio", "of p95", "frames", "peer",
                   "lag", "heights", "state"):  # fmt: skip
        named = column == "figure"
        table.add_column(column, justify="left" if named else "right", no_wrap=True)
    missed = []
    for name, r in results.items():
        table.add_row(
            name, f"{r['median_ms']:.1f}", f"{r['p95_ms']:.1f}",
            f"{r['peer_median_ms']:.0f}", f"{r['peer_p95_ms']:.0f}",
            f"1/{1 / r['median_ratio']:.0f}", f"1/{1 / r['p95_ratio']:.0f}",
            f"{r['drag_frames']:.0f}", f"{r['peer_drag_frames']:.0f}",
            f"{r['drag_lag_ms']:.0f}", str(r["heights"]), f"{r['state_kb']:.0f} kB",
        )  # fmt: skip
        for wrong, sentence in (
            (r["median_ratio"] > MEDIAN_GOAL, "the median is above 1/10 of the peer's"),
            (r["p95_ratio"] > P95_GOAL, "the 95th percentile is above 1/6 of the peer's"),
            (r["drag_frames"] < DRAG_GOAL, "fewer than 28 frames of 30 steps"),
            (r["drag_lag_ms"] > LAG_GOAL * 1000 / 60, "the last frame came late"),
            (r["heights"] != 1, "its height changed"),
            (r["state_kb"] > STATE_GOAL, "its state is above 300 kB"),
        ):
            if wrong:
                missed.append(f"{name}: {sentence}")
    console.print(table)
    console.print(
        "goals: median at most 1/10, p95 at most 1/6, 28 frames of 30 steps, the last within 33 ms "
        "of the last event, one height, 300 kB"
    )
    return missed
