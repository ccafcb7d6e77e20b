"""Every lesson with its solutions runs from top to bottom, undisturbed, with full points.

What students get, with its stubs, runs in `test_lessons_in_browser.py`.
"""

from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from convolab.check.report import MIME
from convolab.course import lessons
from tests.conftest import without
from tests.pytorch import NOT_HERE

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def client():
    """One kernel for all lessons: to start each its own, and to import NumPy and matplotlib in it,
    takes as long as half of them. In the browser each has its own."""
    client = NotebookClient(nbformat.v4.new_notebook(), timeout=120, allow_errors=True)
    with client.setup_kernel():
        yield client


def run(path, client, folder):
    """The notebook with its outputs, run from an empty namespace in a folder; heavy demonstrations
    are left out, as in grading."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [
        cell for cell in notebook.cells if not cell.metadata.get("convolab", {}).get("heavy")
    ]
    client.nb = notebook
    client.reset_execution_trackers()
    begin = nbformat.v4.new_code_cell(
        f"import os\nos.chdir({str(folder)!r})\nget_ipython().reset()"
    )
    for place, cell in enumerate([begin, *notebook.cells], -1):
        client.execute_cell(cell, place)
    assert not begin.outputs
    return notebook


def outputs(notebook):
    return [
        (cell, output)
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    ]


def reports(notebook):
    return [output.data[MIME] for _, output in outputs(notebook) if MIME in output.get("data", {})]


def checks(notebook):
    return [cell for cell in notebook.cells if cell.source.startswith("check(")]


def assert_undisturbed(notebook):
    """No cell ended with an error, and nothing came in red."""
    for cell, output in outputs(notebook):
        assert output.output_type != "error", f"{cell.id}: {output.get('evalue')}"
        assert output.get("name") != "stderr", f"{cell.id}: {output.get('text')}"


@pytest.mark.parametrize("lesson", lessons(ROOT))
def test_the_teachers_notebook_runs_with_full_points(lesson, client, tmp_path):
    if lesson == "13_to_pytorch" and not find_spec("torch"):
        without(NOT_HERE)
    notebook = run(ROOT / "solutions" / lesson / f"{lesson}.ipynb", client, tmp_path)
    assert_undisturbed(notebook)
    found = reports(notebook)
    assert len(found) == len(checks(notebook)) > 0
    for report in found:
        assert report["status"] == "correct", f"{report['name']}: {report['hint']}"
        assert report["points"] == report["max_points"]
    assert not list(tmp_path.iterdir()), "a lesson leaves files behind"
