"""A student's journey: JupyterLab, lesson 01, a slider, an answer, its check, Validate, home."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from notebook_page import PATIENCE, NotebookPage

from convolab.work import bring_lessons

ROOT = Path(__file__).resolve().parents[2]
LESSON = "01_convolution_1d/01_convolution_1d.ipynb"
PICTURE = "canvas => canvas.toDataURL()"
WRONG = """\
def convolve_at(f, g, x):
    return sum(f[i] * g[i - x] for i in range(len(f)) if 0 <= i - x < len(g))
"""
RIGHT = """\
def convolve_at(f, g, x):
    return sum(f[i] * g[x - i] for i in range(len(f)) if 0 <= x - i < len(g))
"""

pytestmark = pytest.mark.journey


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=A student", "-c", "user.email=student@example.org"]
    command = ["git", *identity, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """A clone of the course as it is here now, with what is not committed yet."""
    clone = tmp_path_factory.mktemp("clone") / "course"
    names = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            (clone / name).write_bytes((ROOT / name).read_bytes())
    git(clone, "init", "-q")
    git(clone, "add", "-A")
    git(clone, "commit", "-qm", "The course")
    return clone


class Sitting:
    """One `convolab lab`, from its start to its end."""

    def __init__(self, course: Path):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "convolab.cli", "lab", "--no-browser"],
            cwd=course,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "COLUMNS": "200"},
        )
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if found := re.search(r"(http://\S+/lab)/tree/(\S+)\?(\S+)", line):
                self.server, self.first, self.token = found.groups()
                return
        pytest.fail(f"JupyterLab did not start: {self.said}")

    def address(self, notebook: str) -> str:
        return f"{self.server}/tree/{notebook}?{self.token}"

    def end(self) -> int:
        self.process.terminate()
        return self.process.wait(30)


@pytest.fixture
def sitting(course) -> Iterator[Sitting]:
    now = Sitting(course)
    yield now
    if now.process.poll() is None:
        now.end()


@pytest.fixture
def notebook(sitting, browser) -> Iterator[NotebookPage]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    notebook = NotebookPage(page)
    notebook.open(sitting.address(LESSON))
    yield notebook
    page.close()


def test_a_student_works_through_an_exercise_of_lesson_01(sitting, notebook, course):
    assert sitting.first == "00_start_here/00_start_here.ipynb"

    # slides the first figure and sees it change
    exercise = notebook.cell("def convolve_at")
    notebook.run_all_above(exercise)
    figure = notebook.cell("SlidingKernel1D(signal, [1 / 3, 1 / 3, 1 / 3])")
    canvas = figure.locator("canvas").first
    slider = figure.get_by_role("slider").first
    slider.hover()
    before = canvas.evaluate(PICTURE)
    drag(notebook, slider, 120)
    notebook.page.wait_for_function(
        f"([canvas, before]) => ({PICTURE})(canvas) !== before",
        arg=[canvas.element_handle(), before],
        timeout=PATIENCE,
    )

    # asks the check too early, then answers wrongly, then rightly
    assert "no function called convolve_at yet" in asked(notebook)
    notebook.run(notebook.cell("def convolve_at"))
    assert "This is still the stub" in asked(notebook)
    notebook.write(notebook.cell("def convolve_at"), WRONG)
    notebook.run(notebook.cell("def convolve_at"))
    assert "Right" not in (hint := asked(notebook))
    assert len(hint) > 60
    notebook.write(notebook.cell("def convolve_at"), RIGHT)
    notebook.run(notebook.cell("def convolve_at"))
    assert "Right · 3 of 3 points" in asked(notebook)

    # asks nbgrader, which names what is still to do and nothing else
    notebook.save()
    verdict = notebook.validate()
    assert 'check("convolve_1d")' in verdict
    assert 'check("convolve_at")' not in verdict
    assert "still the stub" in re.sub(r"\s+", " ", verdict)

    # met nothing that needs the network or complains
    assert notebook.complaints == []
    assert notebook.page.locator(".jp-Dialog, .Toastify__toast").count() == 0

    # goes home; the work is saved and the clone as clean as before
    assert sitting.end() == 0
    assert RIGHT in saved_sources(course)
    assert git(course, "status", "--porcelain") == ""


def test_saved_work_is_there_at_the_next_sitting(course, browser):
    bring_lessons(course)
    path = course / "work" / LESSON
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"][0]["source"] = ["my own title"]
    path.write_text(json.dumps(content), encoding="utf-8")
    sitting = Sitting(course)
    try:
        assert sitting.first == LESSON
        page = browser.new_page()
        notebook = NotebookPage(page)
        notebook.open(sitting.address(sitting.first))
        page.get_by_role("paragraph").get_by_text("my own title").wait_for()
    finally:
        sitting.end()
    assert "my own title" in saved_sources(course)
    assert git(course, "status", "--porcelain") == ""


def asked(notebook: NotebookPage) -> str:
    return notebook.run(notebook.cell('check("convolve_at")')).inner_text()


def drag(notebook: NotebookPage, slider, pixels: int) -> None:
    slider.hover()  # waits until it stands still
    box = slider.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = notebook.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + pixels, y, steps=8)
    mouse.up()


def saved_sources(course: Path) -> str:
    content = json.loads((course / "work" / LESSON).read_text(encoding="utf-8"))
    return "\n".join("".join(cell["source"]) for cell in content["cells"])
