"""The gallery of figures: a notebook next to the lessons, without exercises, points or solutions.

Its text, lessons/figures_gallery.py, has plain cells and no front matter. It is not a lesson:
nbgrader does not know it, and nothing in it is graded.
"""

from pathlib import Path

from convolab.authoring.lesson import parse_page
from convolab.authoring.mistakes import Mistake
from convolab.authoring.notebook import notebook_bytes, teacher_notebook
from convolab.problem import Problem

GALLERY = Path("notebooks") / "figures_gallery.ipynb"


def gallery(course: Path) -> dict[Path, bytes]:
    """The gallery's notebook by its path in the course; nothing where it has no text.

    Raises:
        Problem: a cell has options or is not Python; says file and line.
    """
    path = course / "lessons" / f"{GALLERY.stem}.py"
    if not path.is_file():
        return {}
    page = parse_page(path.read_text(encoding="utf-8"), GALLERY.stem)
    mistakes = []
    for cell in page.cells:
        if cell.options:
            says = f"the gallery's cells are plain; remove {', '.join(cell.options)}."
            mistakes.append(Mistake(page.path, cell.marker, says))
        if cell.kind == "code":
            try:
                compile(cell.source, page.path, "exec")
            except SyntaxError as error:
                line = cell.first + (error.lineno or 1) - 1
                mistakes.append(Mistake(page.path, line, f"this is not valid Python: {error.msg}."))
    if mistakes:
        raise Problem("\n".join(map(str, mistakes)))
    return {GALLERY: notebook_bytes(teacher_notebook(page, {}))}
