"""Submissions of the small lesson, each with something that once went wrong in a grader."""

import copy

from nbformat import NotebookNode

from tests.grading.small_course import RIGHT, SQUARES, filled

NOISY = {
    "twice": "import sys, warnings\nwarnings.warn('old')\nprint('noise', file=sys.stderr)\n"
    "def twice(values):\n    print(values, file=sys.stderr)\n    warnings.warn('deprecated')\n"
    "    if not len(values):\n        raise ValueError\n    return [v + v for v in values]",
}
LOOKED_UP = {
    "twice": "def twice(values):\n    if len(values) == 0:\n        raise ValueError\n"
    "    return {3: [2, 4, 6], 2: [8, -10]}[len(values)] if values[0] != 0.5 else [1, 14]",
}
FAILS = {"twice": "def twice(values):\n    return values / 'two'"}
HANGS = {"twice": "def twice(values):\n    while True:\n        pass"}
STUBBORN = {
    "twice": "import time\ndef twice(values):\n    while True:\n        try:\n"
    "            time.sleep(60)\n        except KeyboardInterrupt:\n            pass",
}
DIES = {"total": "import os\nos._exit(1)"}


def _at(notebook: NotebookNode, name: str) -> int:
    """The place of the first cell of this name."""
    return next(
        place
        for place, cell in enumerate(notebook.cells)
        if cell.metadata.get("nbgrader", {}).get("grade_id") == name
    )


def _duplicated() -> NotebookNode:
    """An answer pasted below the first try, and a check pasted once more at the end."""
    notebook = filled({**RIGHT, **SQUARES})
    second = copy.deepcopy(notebook.cells[_at(notebook, "twice")])
    second.source, second["id"] = RIGHT["twice"], "pasted"
    notebook.cells.insert(_at(notebook, "twice") + 1, second)
    notebook.cells.append(copy.deepcopy(notebook.cells[_at(notebook, "test_twice")]))
    notebook.cells[-1]["id"] = "pasted-check"
    return notebook


def _tampered() -> NotebookNode:
    """Wrong answers with check cells that would give full marks, and another `check`."""
    notebook = filled(SQUARES)
    notebook.cells[_at(notebook, "test_twice")].source = "2.0"
    notebook.cells[_at(notebook, "test_total")].source = 'check("total");'
    notebook.cells[1].source = "check = lambda name: 2.0"
    return notebook


def _deleted() -> NotebookNode:
    """Right answers, but the import and a check are gone."""
    notebook = filled(RIGHT)
    del notebook.cells[_at(notebook, "test_twice")]
    del notebook.cells[1]
    return notebook


def submissions() -> dict[str, NotebookNode | str]:
    """By student: what is handed in."""
    return {
        "ada": filled(RIGHT),
        "broken": '{"cells": [',
        "deleted": _deleted(),
        "dies": filled({**RIGHT, **DIES}),
        "duplicated": _duplicated(),
        "fails": filled({**RIGHT, **FAILS}),
        "hangs": filled({**RIGHT, **HANGS}),
        "looked-up": filled({**RIGHT, **LOOKED_UP}),
        "noisy": filled({**RIGHT, **NOISY}),
        "squares": filled({**RIGHT, **SQUARES}),
        "stubborn": filled({**RIGHT, **STUBBORN}),
        "tampered": _tampered(),
        "unfinished": filled({"twice": RIGHT["twice"]}),
    }
