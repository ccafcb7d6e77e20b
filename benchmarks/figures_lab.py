"""A real JupyterLab in a real Chromium, with a notebook that runs; part of figures.py."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from playwright.sync_api import Browser, Page, sync_playwright

from convolab.jupyter import plan_lab
from convolab.lab import wait_until_it_answers

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.conftest import free_port  # the tests' browser is started the same way
from tests.one_browser import FLAGS

PATIENCE = 120_000  # milliseconds for the first start on a busy machine


@dataclass
class Lab:
    """The server's address, the folder of its notebooks, and the browser."""

    server: str
    folder: Path
    browser: Browser

    def run(self, name: str, cells: list[str], height: int = 1400) -> Page:
        """A page with a new notebook whose cells have been told to run."""
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
        notebook.metadata["kernelspec"] = {
            "name": "python3", "display_name": "Python 3", "language": "python"
        }  # fmt: skip
        nbformat.write(notebook, self.folder / f"{name}.ipynb")
        page = self.browser.new_page(viewport={"width": 1280, "height": height})
        page.goto(f"{self.server}/lab/workspaces/{name}/tree/{name}.ipynb")
        page.wait_for_selector("text=/\\| Idle/", timeout=PATIENCE)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()
        return page


@contextmanager
def open_lab(chromium: str) -> Iterator[Lab]:
    """Start both, and end both."""
    with TemporaryDirectory() as private, TemporaryDirectory() as folder:
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
                browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
                yield Lab(plan.server, Path(folder), browser)
                browser.close()
        finally:
            process.terminate()
            process.wait()
