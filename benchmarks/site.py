"""How long a visitor waits for the site: building it, its size, a page, the laboratory.

    uv run --group dev --extra site python benchmarks/site.py [--pyodide DIR] [--quick]

Real Chromium, a plain web server on this machine. --site DIR measures one that is built already,
--quick leaves out *Run all*.
"""

import argparse
import json
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from convolab.site.laboratory import first_page  # noqa: E402
from convolab.site.serve_site import server_of  # noqa: E402
from convolab.site.whole_site import build_site, megabytes  # noqa: E402
from tests.one_browser import FLAGS  # noqa: E402

LESSON = "01_convolution_1d"
BUILD, SIZE, PAGES = "building, s", "without Pyodide's packages, MB", "pages alone, MB"
PAGE = "a page with figures can be used, s"
FIRST, SECOND = "laboratory, first visit to first output, s", "second visit, s"
RUN_ALL = "lesson 01, Run all, s"
GOALS = {BUILD: 180, SIZE: 70, PAGES: 15, PAGE: 2, FIRST: 30, SECOND: 15, RUN_ALL: 45}
PATIENCE = 600_000  # milliseconds
ENDED = r"() => /^\[\d+\]/.test(document.querySelector('.jp-InputPrompt').textContent)"
READY = """() => {
    const kernel = document.querySelector('.jp-Toolbar-kernelName, .jp-KernelName')?.textContent;
    const sign = document.querySelector('.jp-Notebook-ExecutionIndicator');
    return kernel && !kernel.startsWith('No Kernel') && sign?.dataset.status === 'idle';
}"""
IDLE = """() => {
    const prompts = [...document.querySelectorAll('.jp-InputPrompt')];
    const sign = document.querySelector('.jp-Notebook-ExecutionIndicator');
    return sign.dataset.status === 'idle' && !prompts.some((e) => e.textContent.includes('*'));
}"""


def main() -> int:
    """Measure, print the table, and return 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pyodide", help="a folder with Pyodide's packages, or an address")
    parser.add_argument("--site", type=Path, help="a site that is built already")
    parser.add_argument("--quick", action="store_true", help="without Run all")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers here")
    options = parser.parse_args()
    found: dict[str, float] = {}
    console = Console()
    with tempfile.TemporaryDirectory() as folder, console.status("measuring") as status:
        site = options.site
        if site is None:
            began = time.monotonic()
            site = build_site(ROOT, Path(folder) / "site", options.pyodide, progress=status.update)
            found[BUILD] = time.monotonic() - began
        found |= sizes(site)
        with server_of(site) as server, sync_playwright() as play:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{server.server_port}"
            chromium = play.chromium.launch(executable_path=chrome(), args=list(FLAGS))
            found |= visits(chromium, address, quick=options.quick)
            chromium.close()
            server.shutdown()
    table = Table("", "measured", "goal")
    for name, value in found.items():
        table.add_row(name, f"{value:.1f}", f"≤ {GOALS[name]}")
    console.print(table)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return int(any(value > GOALS[name] for name, value in found.items()))


def chrome() -> str:
    """The system's Chromium or Chrome."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))


def sizes(site: Path) -> dict[str, float]:
    """Megabytes of the site and of its pages."""
    lock = json.loads((site / "laboratory" / "pyodide" / "pyodide-lock.json").read_text("utf-8"))
    ours = {"convolab", "ipywidgets", "anywidget"}
    packages = [
        site / "laboratory" / "pyodide" / about["file_name"]
        for name, about in lock["packages"].items()
        if name not in ours and "/" not in about["file_name"]
    ]
    whole, beside = megabytes(site), sum(path.stat().st_size for path in packages) / 1e6
    return {SIZE: whole - beside, PAGES: whole - megabytes(site / "laboratory")}


def visits(chromium: Browser, address: str, *, quick: bool) -> dict[str, float]:
    """Seconds that a visitor waits: for a page, and for the laboratory twice."""
    found = {}
    context = chromium.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    began = time.monotonic()
    page.goto(f"{address}/{LESSON}/{LESSON}.html")
    page.locator(".convolab-live canvas").first.wait_for()
    page.locator(".noUi-handle").first.wait_for()
    found[PAGE] = time.monotonic() - began
    page.close()
    for name in (FIRST, SECOND):
        page = context.new_page()
        began = time.monotonic()
        open_laboratory(page, address)
        page.wait_for_function(READY)  # a cell that is run before is not always run
        page.locator(".jp-Notebook .jp-CodeCell .cm-content").first.click()
        page.keyboard.press("Shift+Enter")
        page.wait_for_function(ENDED.replace("InputPrompt", "CodeCell .jp-InputPrompt"))
        found[name] = time.monotonic() - began
        if name == SECOND and not quick:
            began = time.monotonic()
            page.get_by_role("menuitem", name="Run", exact=True).click()
            page.get_by_text("Run All Cells", exact=True).click()
            page.wait_for_timeout(1000)
            page.wait_for_function(IDLE)
            found[RUN_ALL] = time.monotonic() - began
        page.close()
    return found


def open_laboratory(page: Page, address: str) -> None:
    """Open lesson 01 in the laboratory and wait until its cells are there."""
    page.goto(f"{address}/laboratory/{first_page(LESSON)}")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()


if __name__ == "__main__":
    sys.exit(main())
