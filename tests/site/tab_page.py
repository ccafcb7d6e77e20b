"""A page with only the laboratory's Python, in which a lesson's cells run one by one."""

import json
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
from playwright.sync_api import Page

from convolab.cell_metadata import checked_exercise

HTML = """<!doctype html><meta charset="utf-8"><title>Python</title>
<script src="laboratory/pyodide/pyodide.js"></script>"""
START = """async () => {
    const env = { MPLBACKEND: "agg" };
    window.python = await loadPyodide({ indexURL: "laboratory/pyodide/", env });
    await python.loadPackage(["convolab", "ipython", "matplotlib"]);
    python.runPython(`
import json
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()

def run(source):
    found = shell.run_cell(source, store_history=True)
    error = found.error_before_exec or found.error_in_exec
    return json.dumps([error and repr(error), getattr(found.result, "title", "")])
`);
}"""
RUN = "source => window.python.globals.get('run')(source)"


@dataclass(frozen=True)
class Cell:
    """What became of a cell: seconds, an error's repr, and of a check what it said."""

    source: str
    seconds: float
    error: str | None
    report: str


class TabPage:
    """A page of a browser with Python in it."""

    def __init__(self, page: Page, address: str):
        self._page = page
        page.goto(f"{address}/python.html")
        page.evaluate(START)

    def run(self, notebook: Path) -> list[Cell]:
        """Run a notebook's cells of code in the order in which they are."""
        found = []
        for cell in nbformat.read(notebook, 4).cells:
            if cell.cell_type == "code":
                began = time.monotonic()
                error, result = self.run_cell(cell.source)
                report = result if checked_exercise(cell) else ""
                found.append(Cell(cell.source, time.monotonic() - began, error, report))
        return found

    def run_cell(self, source: str) -> tuple[str | None, str]:
        """Run one cell: its error's repr or None, and what its check said or ""."""
        error, report = json.loads(self._page.evaluate(RUN, source))
        return error, report
