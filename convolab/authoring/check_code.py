"""What can be wrong with a lesson's cells of code.

Python is checked in the file's own lines, where IPython's magics are comments: so line numbers are
the file's, and a lesson stays a file that Python, ruff and an editor can read.
"""

import ast
import re
import warnings
from collections.abc import Container, Iterator

from convolab.authoring.defined_names import bindings
from convolab.authoring.lesson import Cell, Lesson
from convolab.authoring.mistakes import Mistake
from convolab.authoring.stubs import RegionError, find_regions, parse_cell, with_stubs

_REGION = re.compile(r"(BEGIN|END) SOLUTION")
_NBGRADER = re.compile(r"(BEGIN|END) (HIDDEN TESTS|MARK SCHEME)|### *(HASHED *)?AUTOTEST")
_MAGIC = re.compile(r"\s*[%!?]")


def check_code(lesson: Lesson, exercises: Container[str]) -> Iterator[Mistake]:
    """What is wrong with the code of a lesson.

    Args:
        lesson: as read.
        exercises: the names that only an exercise's own cell may define.
    """
    can_check = False
    for cell in lesson.cells:
        for line, says in _texts(cell):
            yield Mistake(lesson.path, line, says)
        if cell.kind != "code":
            continue
        try:
            tree = _tree(cell)
        except (SyntaxError, ValueError) as error:
            line = cell.marker - 1 + (getattr(error, "lineno", None) or 1)
            yield Mistake(lesson.path, line, f"not valid Python: {getattr(error, 'msg', error)}.")
            continue
        for line, says in _bound(cell, tree, exercises):
            yield Mistake(lesson.path, line, says)
        can_check = can_check or any(b.name == "check" for b in bindings(tree))
        if "check" in cell.options and not can_check:
            says = "`from convolab.check import check` must be in a cell above."
            yield Mistake(lesson.path, cell.marker, says)
            can_check = True  # once is enough
        if cell.name:
            for line, says in _solution(cell):
                yield Mistake(lesson.path, line, says)


def _tree(cell: Cell) -> ast.Module:
    """The syntax tree, its first line being the cell's marker; compiled as well, which finds what
    parsing does not, a `return` outside a function for instance."""
    text = "\n".join(cell.raw) + "\n"
    tree = ast.parse(text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compile(text, "lesson", "exec", dont_inherit=True)
    return tree


def _texts(cell: Cell) -> Iterator[tuple[int, str]]:
    """What jupytext or nbgrader would misread in a cell."""
    for line, text in enumerate(cell.raw[1:], start=cell.marker + 1):
        if not cell.name and _REGION.search(text):
            yield line, "a solution belongs only in the cell of an exercise or answer."
        if _NBGRADER.search(text):
            yield line, "hidden tests belong in autograde/exercises/, not in a lesson."
    if cell.kind != "code":
        return
    lines = cell.source.split("\n")
    for line, text in enumerate(lines[1:], start=cell.first + 1):
        if text.startswith("%%"):
            yield (
                line,
                "a new cell starts with `# %%` and a space; `%%…` must be on the first line.",
            )
    raw = cell.raw[cell.first - cell.marker :]
    for line, (text, was) in enumerate(zip(lines, raw, strict=False), start=cell.first):
        commented = was.lstrip().startswith("#") and not text.lstrip().startswith("#")
        if commented and not _MAGIC.match(text) and cell.source[:2] != "%%":
            yield line, f"Jupyter would run this comment as a command, {text!r}; reword it."


def _bound(cell: Cell, tree: ast.Module, exercises: Container[str]) -> Iterator[tuple[int, str]]:
    found = bindings(tree)
    for binding in found:
        line = cell.marker - 1 + binding.line
        if binding.name in exercises and binding.name != cell.name:
            says = f"{binding.name} is an exercise's name: defined here, it would replace "
            yield line, says + "the student's own; choose another name."
        if binding.name == "check" and not _imports_check(tree):
            yield line, "check is the checker's name; choose another."
    if cell.name and cell.name not in {binding.name for binding in found if binding.made}:
        yield cell.marker, f"this cell does not define {cell.name}."


def _imports_check(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "convolab.check"
        and "check" in [alias.name for alias in node.names]
        for node in tree.body
    )


def _solution(cell: Cell) -> Iterator[tuple[int, str]]:
    """What is wrong with an exercise's solution region and with what a student gets for it."""
    try:
        if not find_regions(cell.source):
            between = "`### BEGIN SOLUTION` and `### END SOLUTION`"
            yield cell.marker, f"{cell.name} has no solution; put one between {between}."
            return
        stub = with_stubs(cell.source)
    except RegionError as error:
        yield cell.first - 1 + error.line, str(error)
        return
    try:
        parse_cell(stub)
    except RegionError as error:
        begin = find_regions(cell.source)[0].begin
        yield cell.first - 1 + begin, f"what a student gets here is {error}"
