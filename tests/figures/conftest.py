"""A notebook in a real JupyterLab with figures in it, for the tests of figures."""

import json
import re
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Page

from tests.lab_pages import LabPages, choose

_names = count()


@dataclass
class LivePage:
    """A page with a notebook whose cells have run; what its console said of that notebook, and
    all that the page ever asked the network for."""

    page: Page
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    which: int = 0  # the figure that is meant, where the page has several

    def __post_init__(self):
        self.page.on("console", lambda m: m.type == "error" and self.console.append(m.text))
        self.page.on("pageerror", lambda error: self.console.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))

    @property
    def figure(self):
        return self.page.locator(".convolab-figure").nth(self.which)

    @property
    def canvas(self):
        return self.figure.locator("canvas")

    def slider(self, name: str):
        """The handle of a slider, by the name that a screen reader gives it."""
        return self.figure.get_by_role("slider", name=name, exact=True)

    def pixels(self) -> int:
        """A number that changes when the canvas shows something else."""
        return self.canvas.evaluate(
            """canvas => {
              const { width, height } = canvas;
              const d = canvas.getContext("2d").getImageData(0, 0, width, height).data;
              let h = 0;
              for (const pixel of new Uint32Array(d.buffer)) h = (Math.imul(h, 31) + pixel) | 0;
              return h;
            }"""
        )

    def still(self) -> int:
        """The picture's number once it has been painted and nothing moves any more."""
        self.page.wait_for_timeout(80)
        return self.pixels()

    def words(self) -> str:
        """What a screen reader reads out, once the figure has been still."""
        self.page.wait_for_timeout(700)
        return self.figure.locator("[role=status]").first.inner_text()

    def says(self, *parts: str) -> bool:
        """Whether a screen reader is told all of this within a few seconds."""
        for _ in range(40):
            said = self.figure.locator("[role=status]").first.inner_text()
            if all(part in said for part in parts):
                return True
            self.page.wait_for_timeout(100)
        pytest.fail(f"said {said!r}, not {parts}")

    def changes(self, before: int) -> int:
        """The picture's new number; fails if it stays the same for a few seconds."""
        for _ in range(100):
            if (now := self.pixels()) != before:
                return self.still()
            self.page.wait_for_timeout(30)
        pytest.fail(f"the picture stayed the same: {now}")

    def height(self) -> float:
        return self.figure.bounding_box()["height"]

    def drag(self, name: str, pixels: int) -> list[float]:
        """Drag a slider by the mouse; returns the figure's height at every step."""
        box = self.slider(name).bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        heights = []
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        for step in range(1, 9):
            self.page.mouse.move(x + pixels * step / 8, y)
            self.page.wait_for_timeout(20)
            heights.append(self.height())
        self.page.mouse.up()
        return heights

    def tab_to(self, role: str, name: str) -> None:
        """Press Tab until this control of the figure has the focus."""
        control = self.figure.get_by_role(role, name=name, exact=True)
        for _ in range(40):
            self.page.keyboard.press("Tab")
            if control.evaluate("node => node === document.activeElement"):
                return
        pytest.fail(f"the keyboard never reached {name}")

    def types(self, code: str) -> None:
        """Type into the last cell of the notebook, and run it."""
        self.page.locator(".jp-Cell .cm-content").last.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(code)
        self.page.keyboard.press("Control+Enter")

    def theme(self, name: str) -> None:
        """Change JupyterLab's theme from its own menu: "Light" or "Dark"."""
        self.page.get_by_role("menuitem", name="Settings", exact=True).click()
        for label in ("Theme", f"JupyterLab {name}"):
            self.page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{label}$")).click()
        light = "true" if name == "Light" else "false"
        self.page.wait_for_selector(f'body[data-jp-theme-light="{light}"]', state="attached")
        self.page.wait_for_timeout(300)

    def violations(self) -> list[dict]:
        """What axe-core finds in the figure's subtree."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page, context=".convolab-figure").response["violations"]
        return [{"rule": v["id"], "nodes": [n["html"] for n in v["nodes"]]} for v in found]


def write_notebook(path: Path, *cells: str) -> None:
    """A notebook of code cells, not yet run."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    notebook.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python"
    }  # fmt: skip
    nbformat.write(notebook, path)


@pytest.fixture(scope="session")
def lab_folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("figures")


@pytest.fixture(scope="session")
def lab_pages(jupyter_lab, one_browser, lab_folder):
    """The pages of all files of tests of this process, one notebook after the other."""
    return LabPages(one_browser, jupyter_lab(lab_folder).server, LivePage)


@pytest.fixture(scope="module")
def open_notebook(lab_pages, browser, lab_folder):
    """`open_notebook("cell", …, height=1000)` runs the cells in JupyterLab: a LivePage."""
    opened = []

    def open_it(*cells: str, height: int = 1000, run: bool = True, path=None):
        if path is None:
            path = lab_folder / f"figure_{next(_names)}.ipynb"
            write_notebook(path, *cells)
        live = lab_pages.open(path.name, height=height)
        opened.append(live)
        if run:
            live.page.wait_for_selector("text=/\\| Idle/")
            choose(live.page, "Run", "Run All Cells")
            live.page.wait_for_selector(".convolab-live canvas")
            live.page.wait_for_timeout(800)
        return live

    yield open_it
    for live in opened:
        live.console.clear()
        live.which = 0
        lab_pages.put_back(live)


@pytest.fixture(scope="module")
def live(request, open_notebook):
    """A notebook with the module's CELLS, one page for all of its tests; each starts from where
    the one before left the figure."""
    return open_notebook(*request.module.CELLS)


@pytest.fixture(scope="session")
def run_module(node, tmp_path_factory):
    """`run_module("sliding_kernel_1d.js", "code")`: what Node prints as JSON for an expression of
    the joined module's exports (as `m`) and `inputs`."""
    import subprocess

    from convolab.figures.base import joined

    folder = tmp_path_factory.mktemp("node")

    def run(module: str, expression: str, inputs):
        (folder / "module.mjs").write_text(joined(module), encoding="utf-8")
        (folder / "inputs.json").write_text(json.dumps(inputs, default=list), encoding="utf-8")
        script = folder / "run.mjs"
        script.write_text(
            'import { readFileSync } from "node:fs";\n'
            'import * as m from "./module.mjs";\n'
            'const inputs = JSON.parse(readFileSync(new URL("inputs.json", import.meta.url)));\n'
            f"console.log(JSON.stringify({expression}));\n",
            encoding="utf-8",
        )
        done = subprocess.run(
            [node, script], capture_output=True, text=True, encoding="utf-8", timeout=60
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture(scope="session")
def offline_html():
    """`offline_html(notebook, **config)`: nbconvert's page without what nbconvert itself fetches
    for every notebook, with or without figures (require.js, MathJax, mermaid)."""
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    def export(notebook, **config) -> str:
        exporter = HTMLExporter(config=Config(**config))
        exporter.require_js_url = exporter.mathjax_url = exporter.mermaid_js_url = ""
        html, _ = exporter.from_notebook_node(notebook)
        # An empty address would ask for the page itself.
        return re.sub(r'<script src=""></script>', "", html)

    return export
