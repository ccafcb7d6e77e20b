"""Notebooks in which a cell that the lesson gave was changed, moved or deleted, or in which another
cell stops: what each must get, and the first thing that its student must read."""

import copy
from collections.abc import Callable
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode

from tests.grading.small_course import filled
from tests.submissions.kind import cell_of, new_cell

IMPORTS = "from convolab.check import check\nimport numpy as np\nfactor = 2"
HELPER = "def scaled(values):\n    return factor * np.asarray(values)"
SHOWS = 'print("three numbers:", np.arange(3))'
ANSWERS = {
    "twice": "def twice(values):\n    if len(values) == 0:\n        raise ValueError\n"
    "    return scaled(values)",
    "total": "def total(values):\n    return float(np.sum(values))",
    "by_hand": "by_hand = 6",
}
AS_WELL = (
    " The lesson’s own text of this cell was run as well, so your answers were checked all "
    "the same."
)


def with_given_cells(notebook: NotebookNode) -> NotebookNode:
    """The small lesson with cells that its answers need."""
    given = {"imports": IMPORTS, "helper": HELPER, "shows": SHOWS}
    notebook.cells[1:2] = [new_cell(source, own_id) for own_id, source in given.items()]
    return notebook


@dataclass(frozen=True)
class Given:
    """A notebook.

    Attributes:
        edit: changes the right one.
        says: how what its student reads first begins; "" if nothing stopped.
        mended: whether that ends by saying that the lesson's text was run as well.
        points: what it gets, of 3.
        hint: a part of the hint of each exercise that is not right.
    """

    name: str
    edit: Callable[[NotebookNode], None]
    says: str = ""
    mended: bool = True
    points: float = 3
    hint: str = ""

    def work(self) -> NotebookNode:
        """What is handed in."""
        notebook = with_given_cells(filled(ANSWERS))
        self.edit(notebook)
        return notebook


def at(notebook: NotebookNode, own_id: str) -> int:
    """The place of a cell."""
    return next(i for i, cell in enumerate(notebook.cells) if cell["id"] == own_id)


def puts(source: str, own_id: str = "imports") -> Callable[[NotebookNode], None]:
    """Another text in a given cell."""
    return lambda nb: nb.cells[at(nb, own_id)].update(source=source)


def first(line: str) -> Callable[[NotebookNode], None]:
    """A line before the lesson's imports, in their cell."""
    return puts(f"{line}\n{IMPORTS}")


def last(line: str) -> Callable[[NotebookNode], None]:
    """A line after the lesson's imports, in their cell."""
    return puts(f"{IMPORTS}\n{line}")


def answers(name: str, source: str) -> Callable[[NotebookNode], None]:
    """Another answer."""
    return lambda nb: cell_of(nb, name).update(source=source)


def own_cell(source: str, before: str = "helper") -> Callable[[NotebookNode], None]:
    """A cell of the student's own, before one of the lesson."""
    return lambda nb: nb.cells.insert(at(nb, before), new_cell(source, "own"))


def _all(*edits: Callable[[NotebookNode], None]) -> Callable[[NotebookNode], None]:
    return lambda nb: [edit(nb) for edit in edits]


def _delete(own_id: str) -> Callable[[NotebookNode], None]:
    return lambda nb: nb.cells.pop(at(nb, own_id))


def _move_to_the_end(notebook: NotebookNode) -> None:
    notebook.cells.append(notebook.cells.pop(at(notebook, "imports")))


def _move_up(notebook: NotebookNode) -> None:
    notebook.cells.insert(1, notebook.cells.pop(at(notebook, "shows")))


def _split(notebook: NotebookNode) -> None:
    puts("from convolab.check import check\nimport numpy as np")(notebook)
    notebook.cells.insert(at(notebook, "helper"), new_cell("factor = 2", "half"))


def _split_and_broken(notebook: NotebookNode) -> None:
    _split(notebook)
    puts("import cv2\nfrom convolab.check import check\nimport numpy as np")(notebook)


def _merged(notebook: NotebookNode) -> None:
    puts(f"{IMPORTS}\n{HELPER}", "helper")(notebook)
    _delete("imports")(notebook)


def _merged_and_broken(notebook: NotebookNode) -> None:
    _merged(notebook)
    puts(f"import cv2\n{IMPORTS}\n{HELPER}", "helper")(notebook)


def _retyped(kind: str) -> Callable[[NotebookNode], None]:
    make = {"markdown": nbformat.v4.new_markdown_cell, "raw": nbformat.v4.new_raw_cell}[kind]

    def edit(notebook: NotebookNode) -> None:
        place = at(notebook, "imports")
        notebook.cells[place] = make(IMPORTS)
        notebook.cells[place]["id"] = "imports"

    return edit


def _through_another_program(notebook: NotebookNode) -> None:
    first("import cv2")(notebook)
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"new-{number}"
        if not cell.metadata.get("nbgrader", {}).get("locked"):
            cell.metadata = copy.deepcopy(notebook.cells[1].metadata)


def _helper_below(gives: str) -> Callable[[NotebookNode], None]:
    """An answer that needs a function from the last cell of all."""
    needs = answers("twice", ANSWERS["twice"].replace("scaled", "times"))
    below = new_cell(f"def times(values):\n    return {gives}", "below")
    return _all(needs, lambda nb: nb.cells.append(below))


NO_CV2 = "there is no module cv2 on the grading machine."
GONE = "The lesson’s cell that starts `from convolab.check import check` {}, but other cells need "
GONE += "what it defines (`np`, `factor`)."
RETYPED = GONE.format("is now text, not code")

KINDS = [
    Given("as the lesson gave it", lambda nb: None),
    Given("a module that is missing", first("import cv2"),
          f"The first cell stops in its line 1, `import cv2`: {NO_CV2}"),
    Given("a missing module in the middle", puts(IMPORTS.replace("\n", "\nimport cv2\n", 1)),
          f"The first cell stops in its line 2, `import cv2`: {NO_CV2}"),
    Given("a module of Colab", first("from google.colab import drive\ndrive.mount('/drive')"),
          "The first cell stops in its line 1, `from google.colab import drive`: "
          "there is no module google on the grading machine."),
    Given("a name that a module lacks", first("from numpy import convolve_2d"),
          "The first cell stops in its line 1, `from numpy import convolve_2d`: ImportError: "
          "cannot import name 'convolve_2d' from 'numpy'"),
    Given("a style of another version",
          first("import matplotlib.pyplot as plt\nplt.style.use('seaborn')"),
          "The first cell stops in its line 2, `plt.style.use('seaborn')`: OSError: 'seaborn' is"),
    Given("a magic that does not exist", first("%nosuch 3"),
          "The first cell stops in its line 1, `%nosuch 3`: UsageError: Line magic"),
    Given("a helper below its check", _helper_below("2 * np.asarray(values)")),
    Given("a helper below its check that is wrong", _helper_below("values\nlen = max"), points=2),
    Given("drawing that is not to be had", first("%matplotlib widget\n%load_ext nosuch\n%nosuch")),
    Given("a shell line that fails", first("!nosuch --install")),
    Given("a syntax error", last("factors = [1, 2"),
          "The first cell stops in its line 4, `factors = [1, 2`: Python cannot read it "
          "(SyntaxError: '[' was never closed)."),
    Given("tabs and spaces", last("if factor:\n\tone = 1\n        two = 2"),
          "The first cell stops in its line 6, `two = 2`: Python cannot read it (TabError: "),
    Given("a question", first("name = input('Who are you?')"),
          "The first cell stops in its line 1, `name = input('Who are you?')`: it waits for "
          "input, and nobody types anything during grading."),
    Given("a file that is not there", last("data = open('measured.csv').read()"),
          "The first cell stops in its line 4, `data = open('measured.csv').read()`: there is no "
          "file measured.csv next to the notebook."),
    Given("a cell that never ends", first("while True:\n    pass"),
          "The first cell ran for too long and was stopped in its line "),
    Given("exit", first("exit()"), "The first cell stops in its line 1, `exit()`: this line ends "
          "Python, so the lines below it in the cell are not run."),
    Given("the end of Python", last("import os\nos._exit(0)"), "The first cell ended Python (a "),
    Given("deleted", _delete("imports"), GONE.format("is no longer in the notebook")),
    Given("an example deleted", _delete("shows")),
    Given("moved below its use", _move_to_the_end, GONE.format("is not where the lesson had it")),
    Given("moved above what it needs", _move_up, "The first cell stops in its line 1, "
          f"`{SHOWS}`: NameError: name 'np' is not defined.", mended=False),
    Given("split in two", _split),
    Given("split, and the first half stops", _split_and_broken,
          f"The first cell stops in its line 1, `import cv2`: {NO_CV2}"),
    Given("merged with the next", _merged),
    Given("merged with the next, and it stops", _merged_and_broken,
          f"The first cell stops in its line 1, `import cv2`: {NO_CV2}"),
    Given("made markdown", _retyped("markdown"), RETYPED),
    Given("made raw", _retyped("raw"), RETYPED),
    Given("commented out", puts("# " + IMPORTS.replace("\n", "\n# ")),
          "The first cell was changed, but other cells need what it defines (`np`, `factor`)."),
    Given("emptied", puts(""), "The first cell was changed, but other cells need"),
    Given("saved without ids and metadata", _through_another_program,
          f"The first cell stops in its line 1, `import cv2`: {NO_CV2}"),
    Given("a helper that was changed and works", _all(
        puts("def scaled(values, by):\n    return by * np.asarray(values)", "helper"),
        answers("twice", ANSWERS["twice"].replace("scaled(values)", "scaled(values, 2)")))),
    Given("what the student defined is not replaced", _all(
        own_cell("def scaled(values, by=2):\n    return by * np.asarray(values)"),
        puts("def rescaled(values): return values / 0\nimport cv2", "helper"),
        answers("twice", ANSWERS["twice"].replace("scaled(values)", "scaled(values, by=2)"))),
          "The lesson’s cell that starts `def rescaled(values): return values / 0` stops in its "
          f"line 2, `import cv2`: {NO_CV2}"),
    Given("a cell of one's own that stops and costs nothing", own_cell("import cv2")),
    Given("an answer that cannot be read",
          answers("twice", "def twice(values):\n    retrun 2 * values"), points=1,
          hint="The cell of twice stops in its line 2, `retrun 2 * values`: Python cannot read it "
          "(SyntaxError: invalid syntax), so there is no twice."),
    Given("an answer that others need", _all(
        answers("twice", f"import cv2\n{ANSWERS['twice']}"),
        answers("total", "def total(values):\n    return float(sum(twice(values))) / 2")),
          f"The cell of twice stops in its line 1, `import cv2`: {NO_CV2}", mended=False, points=0,
          hint="there is no module cv2 on the grading machine"),
    Given("a helper below a missing module", _all(
        own_cell("import pandas\ndef added(values):\n    return float(sum(values))"),
        answers("total", "def total(values):\n    return added(values)")),
          "Your cell that starts `import pandas` stops there: there is no module pandas on the "
          "grading machine.", mended=False, points=2,
          hint="It needs `added`, which is missing, because your cell that starts `import pandas` "
          "stops: there is no module pandas on the grading machine."),
    Given("a name of the lesson's with another value", own_cell("np = 5", "shows"),
          f"The lesson’s cell `{SHOWS}` stops: AttributeError: 'int' object has no attribute "
          "'arange'. You gave `np` another value above, in `np = 5`.", mended=False, points=1,
          hint="It uses `np`, and `np = 5` gave that name another value."),
    Given("a name of Python's with another value", _all(
        own_cell("sum = 0"), answers("total", "def total(values):\n    return float(sum(values))")),
          "Your cell `sum = 0` gives `sum` another value, but other cells need it as it was.",
          mended=False, points=2,
          hint="It uses `sum`, and `sum = 0` gave that name another value."),
]  # fmt: skip
