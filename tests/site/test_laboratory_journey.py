"""A newcomer works in the laboratory: solves an exercise, reloads, downloads, is graded."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from convolab.course import lessons
from convolab.site.laboratory import build_laboratory, first_page, note_releases
from tests.journeys.notebook_page import CELL, NotebookPage
from tests.repository.solution_lines import modules_with_solutions, pages_with_solutions

pytestmark = pytest.mark.journey

ROOT = Path(__file__).resolve().parents[2]
LESSON = "01_convolution_1d"
START = 400_000  # milliseconds: Python for the browser takes long on a busy machine


class LaboratoryPage(NotebookPage):
    """A notebook in the laboratory, whose kernel starts ten times as slowly as on a desktop."""

    def wait_until_idle(self) -> None:
        status = self.page.locator("#jp-bottom-panel").get_by_text(re.compile(r"\| Idle$"))
        status.wait_for(timeout=START)


@pytest.fixture(scope="module")
def folder(fetched, pyodide, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "laboratory"
    build_laboratory(ROOT, folder, pyodide)
    return folder


@pytest.fixture(scope="module")
def address(folder, serve) -> str:
    return serve(folder.parent)  # below the server's root, as in a school's subfolder


@pytest.fixture
def context(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(START)
    yield context
    context.close()


def open_lesson(context, address: str, lesson: str = LESSON) -> LaboratoryPage:
    notebook = LaboratoryPage(context.new_page())
    notebook.open(f"{address}/laboratory/{first_page(lesson)}")
    return notebook


def solution(name: str) -> str:
    book = nbformat.read(ROOT / "solutions" / LESSON / f"{LESSON}.ipynb", 4)
    return next(c.source for c in book.cells if f"def {name}(" in c.source)


def test_from_the_first_page_to_a_solved_exercise_that_is_still_there_and_counts(
    context, address, folder, tmp_path
):
    notebook = open_lesson(context, address)
    notebook.page.locator("#convolab-notice").wait_for(state="hidden")
    cell = notebook.cell("def convolve_at(")
    notebook.run_all_above(cell)
    notebook.write(notebook.cell("def convolve_at("), solution("convolve_at"))
    notebook.run(notebook.cell("def convolve_at("))
    report = notebook.run(notebook.cell('check("convolve_at")')).inner_text()
    assert "Right" in report
    assert notebook.page.locator(".convolab-live canvas").count() > 0
    notebook.save()

    release_anew(folder)
    notebook.page.reload()
    notebook.page.locator(CELL).first.wait_for()
    lines = solution("convolve_at").splitlines()
    expect(notebook.cell("def convolve_at(")).to_contain_text(lines[-1].strip())
    expect(notebook.page.locator("#convolab-notice")).to_contain_text(f"{LESSON}_newer.ipynb")
    listed = notebook.page.locator(".jp-DirListing-item", has_text=f"{LESSON}.ipynb")
    listed.click(button="right")
    with notebook.page.expect_download() as download:
        notebook.page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Download$")).click()
    handed_in = tmp_path / f"{LESSON}.ipynb"
    download.value.save_as(handed_in)
    notebook.page.locator(".jp-DirListing-item", has_text=f"{LESSON}_newer.ipynb").dblclick()
    expect(notebook.page.locator(CELL, has_text="# anew").first).to_be_visible()
    assert notebook.complaints == []
    assert graded(handed_in, tmp_path) == {"status": "correct", "score": 3.0, "max_score": 3.0}


def release_anew(folder: Path) -> None:
    """Put a newer release of the lesson into the site."""
    path = folder / "files" / LESSON / f"{LESSON}.ipynb"
    path.write_text(
        path.read_text(encoding="utf-8").replace("import numpy as np", "import numpy  # anew"),
        "utf-8",
    )
    note_releases(folder)


def test_a_lesson_that_is_deleted_begins_anew(context, address):
    notebook = open_lesson(context, address, "00_start_here")
    notebook.write(notebook.cell("import numpy"), "lost = True")
    notebook.save()
    notebook.page.locator(".jp-DirListing-item", has_text="00_start_here.ipynb").click(
        button="right"
    )
    notebook.page.locator(".lm-Menu-itemLabel", has_text="Delete").click()
    notebook.page.locator(".jp-Dialog").get_by_role("button", name="Delete").click()
    expect(notebook.page.locator(".jp-Notebook")).to_have_count(0)
    notebook.open(f"{address}/laboratory/{first_page('00_start_here')}")
    expect(notebook.cell("import numpy")).to_be_visible()


def test_a_notebook_from_another_computer_can_be_uploaded(context, address, folder, tmp_path):
    lesson = "00_start_here"
    book = nbformat.read(folder / "files" / lesson / f"{lesson}.ipynb", 4)
    next(cell for cell in book.cells if "import numpy" in cell.source).source = "from_home = True"
    nbformat.write(book, tmp_path / f"{lesson}.ipynb")
    page = context.new_page()
    page.goto(f"{address}/laboratory/{first_page(lesson)}")
    page.locator(".jp-DirListing-item", has_text=f"{lesson}.ipynb").wait_for()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Upload Files").click()
    chooser.value.set_files(tmp_path / f"{lesson}.ipynb")
    page.locator(".jp-Dialog").get_by_role("button", name="Overwrite").click()
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    page.reload()
    expect(page.locator(CELL, has_text="from_home = True")).to_be_visible()


def graded(handed_in: Path, tmp_path: Path) -> dict[str, object]:
    """What `convolab grade` says of the exercise in a notebook."""
    course = tmp_path / "course"
    for name in (
        "pyproject.toml", "nbgrader_config.py", "autograde/nbgrader_config.py",
        f"autograde/exercises/{LESSON}", f"solutions/{LESSON}/{LESSON}.ipynb",
        f"notebooks/{LESSON}/{LESSON}.ipynb", f"lessons/{LESSON}.py",
    ):  # fmt: skip
        target = course / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, target)
    submitted = course / "autograde" / "submitted" / "ada" / LESSON / handed_in.name
    submitted.parent.mkdir(parents=True)
    shutil.copy(handed_in, submitted)
    result = tmp_path / "grades.json"
    command = [sys.executable, "-m", "convolab.cli", "grade", "01", "--json", str(result)]
    run = subprocess.run(command, cwd=course, capture_output=True, text=True)
    assert result.exists(), run.stdout + run.stderr
    student = json.loads(result.read_text(encoding="utf-8"))["students"]["ada"]
    assert student["problem"] is None
    exercise = student["exercises"]["convolve_at"]
    return {name: exercise[name] for name in ("status", "score", "max_score")}


def test_the_first_page_is_lesson_00(folder):
    text = (folder / "index.html").read_text(encoding="utf-8")
    assert "path=00_start_here/00_start_here.ipynb" in text


def test_a_copy_opened_without_a_web_server_says_what_it_needs(context, folder):
    page = context.new_page()
    page.goto((folder / "lab" / "index.html").as_uri())
    expect(page.locator("#convolab-notice")).to_contain_text("needs a web server")


def test_a_browser_without_webassembly_is_told_so(context, address):
    page = context.new_page()
    page.add_init_script("delete window.WebAssembly")
    page.goto(f"{address}/laboratory/{first_page('00_start_here')}")
    expect(page.locator("#convolab-notice")).to_contain_text("no WebAssembly")


def test_a_browser_that_may_store_nothing_says_to_download(context, address):
    page = context.new_page()
    page.add_init_script("IDBFactory.prototype.open = () => { throw new Error('refused') }")
    page.goto(f"{address}/laboratory/{first_page('00_start_here')}")
    expect(page.locator("#convolab-notice")).to_contain_text("download your notebook")


def test_two_tabs_with_the_same_lesson_know_of_each_other(context, address):
    pages = [context.new_page() for _ in range(2)]
    for page in pages:
        page.goto(f"{address}/laboratory/{first_page('00_start_here')}")
    for page in pages:
        expect(page.locator("#convolab-notice")).to_contain_text("open in another tab too")


def test_the_laboratory_has_the_lessons_and_no_solution(folder):
    assert pages_with_solutions(folder / "files") == {}
    assert modules_with_solutions(folder / "files") == []
    assert len(list((folder / "files").glob("*/*.ipynb"))) == len(lessons(ROOT))
