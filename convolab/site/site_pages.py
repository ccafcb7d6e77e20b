"""The pages: every lesson to read, the gallery and the sources, made by Sphinx, all files local."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import anywidget
import nbformat

from convolab.cell_text import title_of
from convolab.course import lessons
from convolab.problem import Problem
from convolab.site import front_ends
from convolab.site.laboratory import first_page
from convolab.site.landing import LANDING, landing_page
from convolab.site.lesson_page import lesson_page
from convolab.site.run_notebooks import run_notebooks
from convolab.site.shared_state import SCRIPT, share_state
from convolab.site.small_theme import drop_unused
from convolab.site.versions import HTML_MANAGER, MATHJAX, REQUIREJS
from convolab.site.without_torch import NOTE, drop_complaints, needs_torch, torch_is_here

GALLERY = "figures_gallery"
_FONT = (
    "dist/1551f4f60c37af51121f.woff2"  # of the widgets' icons; its two halves look here and there
)
_FONT_PLACES = (f"{HTML_MANAGER.name}/{_FONT}", f"@jupyter-widgets/{Path(_FONT).name}")
_SCRIPTS = {
    HTML_MANAGER: {"dist/embed-amd.js": ("embed-amd.js",), _FONT: _FONT_PLACES},
    REQUIREJS: {"require.js": ("require.js",)},
    MATHJAX: {"es5/tex-svg.js": ("mathjax.js",)},
}


def build_pages(
    course: Path,
    target: Path,
    archives: Path | None = None,
    chosen: list[str] | None = None,
    progress: Callable[[str], None] = lambda words: None,
) -> None:
    """Build the pages in a folder, next to what is in it.

    Args:
        course: the course's folder, with the teacher's notebooks.
        target: the folder.
        archives: where npm's archives are, None for the cache.
        chosen: the lessons to run; None for all. The others are pages without outputs.
        progress: is told what is being done.

    Raises:
        Problem: a lesson does not run to its end, or something that pages are made of is missing.
    """
    names = lessons(course)
    taught = {
        name: nbformat.read(course / "solutions" / name / f"{name}.ipynb", 4) for name in names
    }
    taught[GALLERY] = nbformat.read(course / "notebooks" / f"{GALLERY}.ipynb", 4)
    taught[LANDING] = landing_page(course)
    todo = {n: book for n, book in taught.items() if chosen is None or n in [*chosen, LANDING]}
    left = set(todo)

    def done(name: str) -> None:
        left.discard(name)
        progress(f"pages: running the lessons, {len(todo) - len(left)} of {len(todo)}")

    progress(f"pages: running the lessons, 0 of {len(todo)}")
    with tempfile.TemporaryDirectory(prefix="convolab-") as place:
        folder = Path(place)
        run_notebooks(todo, folder, done)
        source = folder / "source"
        pages = {}
        for lesson in names:
            student = nbformat.read(course / "notebooks" / lesson / f"{lesson}.ipynb", 4)
            drop_complaints(lesson, taught[lesson])
            below = _below_title(lesson, student)
            pages[f"{lesson}/{lesson}"] = lesson_page(student, taught[lesson], below)
        for name in (GALLERY, LANDING):
            pages[name] = lesson_page(taught[name], taught[name])
            _mark(pages[name], taught[name])
        shared = share_state([*pages.values()])
        for name, page in pages.items():
            _write(page, source / f"{name}.ipynb")
        shutil.copyfile(course / "notebooks" / "BIBLIOGRAPHY.md", source / "BIBLIOGRAPHY.md")
        _add_static(source / "_static", archives)
        (source / "_static" / SCRIPT).write_text(shared, encoding="utf-8")
        progress("pages: Sphinx")
        _run_sphinx(source, target)


def _below_title(lesson: str, student: nbformat.NotebookNode) -> list[str]:
    without = needs_torch(student) and not torch_is_here()
    return [_links(lesson), *([NOTE] if without else [])]


def _links(lesson: str) -> str:
    lab, page = (f"../laboratory/{first_page(lesson, app)}" for app in ("lab", "notebooks"))
    return (
        f'<p class="convolab-work"><a class="convolab-button" href="{lab}">Work on this lesson</a> '
        f'in your browser, without installing anything, or <a href="{page}">on one quiet page</a>.'
        "</p>"
    )


def _mark(page: nbformat.NotebookNode, original: nbformat.NotebookNode) -> None:
    """Carry over the tags that tell Sphinx to leave out a cell's code."""
    for cell, old in zip(page.cells, original.cells, strict=True):
        if old.metadata.get("tags"):
            cell.metadata["tags"] = old.metadata["tags"]


def _write(page: nbformat.NotebookNode, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not title_of(page.cells):
        raise Problem(f"{path.stem} has no title: its first cell needs a line  # Title")
    nbformat.write(page, path)


def _add_static(static: Path, archives: Path | None) -> None:
    static.mkdir(parents=True)
    for package, names in _SCRIPTS.items():
        archive = front_ends.fetch(package, archives)
        for name, places in names.items():
            front_ends.take(archive, name, [static / place for place in places])
    module = Path(anywidget.__file__).parent / "nbextension" / "index.js"
    shutil.copyfile(module, static / "anywidget.js")
    front = files("convolab.site") / "front"
    for name in ("paths.js", "pages.js", "pages.css"):
        (static / name).write_bytes((front / name).read_bytes())


def _run_sphinx(source: Path, target: Path) -> None:
    toc = [f"{name.name}/{name.name}" for name in sorted(source.glob("[0-9]*")) if name.is_dir()]
    conf = (files("convolab.site") / "front" / "sphinx_conf.py").read_text(encoding="utf-8")
    (source / "conf.py").write_text(conf, encoding="utf-8")
    (source / "lessons.json").write_text(json.dumps(toc), encoding="utf-8")
    command = [
        *(sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", "--keep-going"),
        *("-d", str(source.parent / "doctrees"), str(source), str(target)),
    ]
    run = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if run.returncode:
        if "No module named" in run.stderr:
            raise Problem(
                "Sphinx is not installed: run  python -m uv sync --extra site  and try again."
            )
        raise Problem("Sphinx could not build the pages. It said:\n" + run.stderr[-3000:])
    drop_unused(target)
