"""A course of one small lesson with the desk's real settings, and work to hand in."""

import copy
import shutil
from functools import cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parents[2]
LESSON = "01_small"

EXERCISES = {
    "twice.py": """
import numpy as np
from convolab.exercises import Exercise

exercise = Exercise(
    points={"numbers": 1, "errors": 1}, says={"numbers": "numbers", "errors": "errors"}, lists=True
)

@exercise.right
def twice(values):
    if len(values) == 0:
        raise ValueError("nothing to double")
    return 2 * np.asarray(values)

exercise.shows("numbers", [1, 2, 3], [4, -5], [0.5, 7])
exercise.refuses("an empty list", [])

@exercise.hidden
def draw(rng):
    yield "numbers", (rng.integers(100, 999, 5).tolist(),)

@exercise.wrong("squares", "These are the squares.")
def squares(values):
    return np.asarray(values) ** 2

exercise.slip("adds two", "2 *", "2 +", "Two was added.")

@exercise.variant("loop")
def twice_loop(values):
    if not len(values):
        raise ValueError
    return [v + v for v in values]
""",
    "total.py": """
from convolab.exercises import Exercise
from .twice import twice

exercise = Exercise(points={"sum": 1}, says={"sum": "the sum"})

@exercise.right
def total(values):
    return float(sum(twice(values))) / 2

exercise.shows("sum", [1, 2, 4], [3, 5], [-1, 9])

@exercise.wrong("the largest", "This is the largest, not the sum.")
def the_largest(values):
    return float(max(values))
""",
    "by_hand.toml": """
[by_hand]
right = 6
""",
}

TWICE = """def twice(values):
    ### BEGIN SOLUTION
    if len(values) == 0:
        raise ValueError
    return [2 * v for v in values]
    ### END SOLUTION"""

TOTAL = """def total(values):
    ### BEGIN SOLUTION
    return float(sum(values))
    ### END SOLUTION"""

RIGHT = {
    "twice": "def twice(values):\n    if len(values) == 0:\n        raise ValueError\n"
    "    return [2 * v for v in values]",
    "total": "def total(values):\n    return float(sum(values))",
    "by_hand": "by_hand = 6",
}
SQUARES = {"twice": "import numpy as np\ndef twice(values):\n    return np.asarray(values) ** 2"}


def _cell(source: str, grade_id: str = "", points: float | None = None, answer: bool = False):
    cell = nbformat.v4.new_code_cell(source)
    if grade_id:
        cell.metadata["nbgrader"] = {
            "grade": points is not None,
            "grade_id": grade_id,
            "locked": not answer,
            "schema_version": 3,
            "solution": answer,
            "task": False,
        }
        if points is not None:
            cell.metadata["nbgrader"]["points"] = points
    return cell


def master() -> NotebookNode:
    """The teacher's notebook of the small lesson, a new copy each time."""
    return copy.deepcopy(_master())


@cache
def _master() -> NotebookNode:  # whose cells nbformat validates one by one when they are made
    heavy = _cell("raise SystemExit('a heavy demonstration is not run when grading')")
    heavy.metadata["convolab"] = {"heavy": True}
    cells = [
        nbformat.v4.new_markdown_cell("# A small lesson"),
        _cell("from convolab.check import check"),
        _cell(TWICE, "twice", answer=True),
        _cell('check("twice")', "test_twice", points=2),
        _cell("by_hand = 6", "by_hand", answer=True),
        _cell('check("by_hand")', "test_by_hand"),
        _cell(TOTAL, "total", answer=True),
        heavy,
        _cell('check("total")', "test_total", points=1),
    ]
    for place, cell in enumerate(cells):
        cell["id"] = f"cell-{place}"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def write_exercises(folder: Path) -> None:
    """Write the exercises of the small lesson into a folder, which is made."""
    folder.mkdir(parents=True)
    for name, text in EXERCISES.items():
        (folder / name).write_text(text)


def small_course(folder: Path) -> Path:
    """Write the small course into a folder, with the desk's real settings."""
    write_exercises(folder / "autograde" / "exercises" / LESSON)
    (folder / "notebooks").mkdir()
    (folder / "pyproject.toml").touch()
    for name in ("nbgrader_config.py", "autograde/nbgrader_config.py"):
        shutil.copy(ROOT / name, folder / name)
    source = folder / "solutions" / LESSON / f"{LESSON}.ipynb"
    source.parent.mkdir(parents=True)
    nbformat.write(master(), source)
    return folder


def filled(answers: dict[str, str]) -> NotebookNode:
    """The released notebook with some answers filled in; the rest are still stubs."""
    notebook = master()
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if cell.metadata.get("nbgrader", {}).get("solution"):
            stub = f"def {name}(values):\n    raise NotImplementedError  # your code here"
            if name == "by_hand":
                stub = "by_hand = ...  # your answer here"
            cell.source = answers.get(name, stub)
    return notebook


def class_of_four() -> dict[str, NotebookNode]:
    """All right, a known mistake, half of it still to do, and one that ends its process."""
    return {
        "ada": filled(RIGHT),
        "bob": filled({**RIGHT, **SQUARES}),
        "cleo": filled({"twice": RIGHT["twice"]}),
        "dan": filled({**RIGHT, "total": "import os\nos._exit(1)"}),
    }


def hand_in(course: Path, student: str, work: NotebookNode | str | bytes) -> Path:
    """Put a notebook (or any text or bytes in its place) where nbgrader wants submissions."""
    path = course / "autograde" / "submitted" / student / LESSON / f"{LESSON}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(work, bytes):
        path.write_bytes(work)
    elif isinstance(work, str):
        path.write_text(work)
    else:
        nbformat.write(work, path)
    return path
