"""A small course of two lessons, whose authors do everything that an author can do."""

import json
from pathlib import Path

FIRST = '''\
# ---
# title: Twice as much
# minutes: 9
# needs: Python functions, a little NumPy
# questions:
#   - How does a number become twice as large?
# objectives:
#   - text: double numbers in code
#     shown_by: [twice]
# key_points:
#   - Doubling is adding a number to itself.
#   - A list is not an array.
# ---

# %% [markdown]
# ## Two and two (2 minutes)
# What is **twice** as much as $x$? It is $2x$: for 3 it is 6.

# %%
import numpy as np

from convolab.check import check

# %% [markdown]
# ## Write it (7 minutes)
# By hand first: what is twice three?

# %% answer="by_hand_six"
### BEGIN SOLUTION
by_hand_six = 6
### END SOLUTION

# %% check="by_hand_six"
check("by_hand_six")


# %% exercise="twice"
def twice(values):
    """Every number doubled."""
    ### BEGIN SOLUTION
    secret = np.asarray(values)
    return secret + secret
    ### END SOLUTION


# %% check="twice"
check("twice")

# %% heavy=true
for i in range(3):
    print(np.arange(i))

# %% summary=true
from convolab.check import summary

summary("00")

# %% [markdown] teacher=true
# Ask the class first: many say that a list doubles too.

# %% [markdown] key_points=true
# ### Summary
'''

SECOND = '''\
# ---
# title: Half of it
# minutes: 6
# needs: the lesson before
# questions:
#   - What is a half?
# objectives:
#   - text: halve numbers
#     shown_by: [half]
# key_points:
#   - Halving is doubling backwards.
# ---

# %% [markdown] key_points=true
# ## Halves (6 minutes)

# %%
from convolab.check import check


# %% exercise="half"
def half(values):
    """Every number halved."""
    ### BEGIN SOLUTION
    return [value / 2 for value in values]
    ### END SOLUTION


# %% check="half"
check("half")

# %% summary=true
from convolab.check import summary

summary("01")
'''

TWICE = '''\
"""Every number doubled."""

from convolab.exercises import Exercise

exercise = Exercise(points={"answer": 2}, says={"answer": "the answer"}, lists=True)


@exercise.right
def twice(values):
    return [2 * value for value in values]


exercise.shows("answer", [1, 2, 3])

exercise.slip("squared", "2 * value", "value**2",
    hint="3 became 9: squared is not doubled.")
'''

BY_HAND = """\
# The by-hand answers of a small lesson.

[by_hand_six]
right = 6
wrong."squared" = { gives = 9, hint = "Nine is three times three." }
"""

HALF = '''\
"""Every number halved."""

from convolab.exercises import Exercise

exercise = Exercise(points={"answer": 1.5}, says={"answer": "the answer"}, lists=True)


@exercise.right
def half(values):
    return [value / 2 for value in values]


exercise.shows("answer", [1, 2, 3])
'''


def write_course(folder: Path) -> Path:
    """Write the small course's lessons and exercises into a folder."""
    for path, text in {
        "lessons/00_twice.py": FIRST,
        "lessons/01_half.py": SECOND,
        "autograde/exercises/00_twice/twice.py": TWICE,
        "autograde/exercises/00_twice/by_hand.toml": BY_HAND,
        "autograde/exercises/01_half/half.py": HALF,
        "pyproject.toml": "",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
    (folder / "notebooks").mkdir()
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Put a text in the place of another one that stands in the file exactly once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def line_of(path: Path, text: str) -> int:
    """The first line, counted from 1, that holds a text."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, start=1) if text in line)


class Edited:
    """A notebook as a person edits it in JupyterLab: `with Edited(path) as cells:` gives the list
    of its cells and saves it as JupyterLab does."""

    def __init__(self, path: Path):
        self.path = path

    def __enter__(self) -> list[dict]:
        self.notebook = json.loads(self.path.read_text(encoding="utf-8"))
        for cell in self.notebook["cells"]:
            cell["source"] = "".join(cell["source"])
        return self.notebook["cells"]

    def __exit__(self, *error) -> None:
        self.notebook["metadata"]["language_info"]["version"] = "3.12.1"
        text = json.dumps(self.notebook, indent=1, ensure_ascii=False)
        self.path.write_text(text + "\n", encoding="utf-8")


def cell_named(cells: list[dict], cell_id: str) -> dict:
    """The cell with an id."""
    return next(cell for cell in cells if cell["id"] == cell_id)


def new_cell(kind: str, source: str, **metadata) -> dict:
    """A cell as JupyterLab adds it, with an id drawn by chance."""
    code = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {
        "cell_type": kind,
        "id": f"{abs(hash(source)):x}"[:8],
        "metadata": metadata,
        "source": source,
        **code,
    }
