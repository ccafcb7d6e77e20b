"""Makes the README's picture: the first figure of lesson 01, in JupyterLab, dragged by the mouse.

python -m uv run --group dev python .github/moving_picture.py

It is an animated PNG, so that a viewer without animation still shows its first frame. It stops
after three rounds: a picture that never rests is hard to read beside.
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "benchmarks"))
from figures_lab import PATIENCE, open_lab  # noqa: E402  a real JupyterLab in a real Chromium

TARGET = HERE / "sliding_kernel.png"
AT_MOST = 1_000_000  # bytes
CELLS = [
    "from convolab.figures import SlidingKernel1D\nsignal = [10, 9, 10, 9, 10, 1, 10, 9, 10, 8]",
    "SlidingKernel1D(signal, [1 / 3, 1 / 3, 1 / 3])",
]
FIRST_PLACE, LAST_PLACE = 1, 11  # of the slider, which begins at 0
STEPS = 3  # of the mouse, for each place
FIRST, MOVING, LAST = 1200, 110, 2500  # milliseconds that a frame stays
ROUNDS = 3
COLOURS = 128
# Screenshots leave the mouse out, and JupyterLab a toolbar in.
POINTER = """() => {
  const style = document.createElement("style");
  style.textContent = ".jp-cell-toolbar, .jp-toolbar-overlap { display: none !important }";
  document.head.append(style);
  const pointer = document.createElement("div");
  pointer.style = "position: fixed; z-index: 99999; pointer-events: none; left: 0; top: 0";
  pointer.innerHTML = `<svg width="20" height="26" viewBox="0 0 20 26"><path
    d="M2 1v19l5-4 3 8 4-2-3-7h7z" fill="#111" stroke="#fff" stroke-width="1.5"/></svg>`;
  document.body.append(pointer);
  document.addEventListener("pointermove", (event) => {
    pointer.style.transform = `translate(${event.clientX - 2}px, ${event.clientY - 1}px)`;
  }, true);
}"""


def main() -> None:
    """Start JupyterLab, drag, and write the picture."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium is missing: on Debian `apt-get install chromium`.")
    with open_lab(chromium) as lab:
        page = lab.run("01_convolution_1d", CELLS, height=1000)
        page.set_viewport_size({"width": 1180, "height": 1000})
        figure = page.locator(".convolab-figure")
        figure.locator("canvas").wait_for(timeout=PATIENCE)
        page.evaluate(POINTER)
        page.wait_for_timeout(1500)  # until the layout rests
        frames = drag(page, figure)
    write(frames)
    print(f"{TARGET.name}: {len(frames)} frames of {frames[0].size}, {TARGET.stat().st_size} bytes")


def drag(page: Page, figure: Locator) -> list[Image.Image]:
    """What is seen while the mouse drags the slider from its first place to its last."""
    cell = page.locator(".jp-Notebook .jp-CodeCell", has_text="[1 / 3").bounding_box()
    handle = figure.get_by_role("slider", name="place x", exact=True)
    track = figure.locator(".noUi-base").first.bounding_box()
    at = handle.bounding_box()
    x, y = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    frames = []
    for step in range(FIRST_PLACE * STEPS, LAST_PLACE * STEPS + 1):
        page.mouse.move(x + track["width"] * step / (LAST_PLACE * STEPS), y)
        page.wait_for_timeout(60)  # a step is painted in the next frame
        frames.append(shot(page, cell))
    page.mouse.up()
    assert handle.get_attribute("aria-valuenow") == f"{LAST_PLACE}.0", "the slider has stopped"
    return frames


def shot(page: Page, clip: dict) -> Image.Image:
    """One frame: the cell with its figure."""
    return Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")


def write(frames: list[Image.Image]) -> None:
    """Write the frames as one animated PNG with few colours, the same in all of them."""
    palette = frames[len(frames) // 2].quantize(COLOURS)
    few = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    few[0].save(
        TARGET,
        save_all=True,
        append_images=few[1:],
        duration=[FIRST, *[MOVING] * (len(few) - 2), LAST],
        loop=ROUNDS,
        optimize=True,
    )
    if TARGET.stat().st_size > AT_MOST:
        sys.exit(f"{TARGET.name} has {TARGET.stat().st_size} bytes, more than {AT_MOST}.")


if __name__ == "__main__":
    main()
