"""`convolab adopt`: an edit in solutions/ goes back into the lesson, and nothing else does."""

import difflib
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convolab.authoring.adopt import adopt
from convolab.authoring.build import build
from convolab.authoring.content import contents, tidy
from convolab.authoring.lesson import parse_lesson
from convolab.authoring.notebook import parse_notebook
from convolab.authoring.write_cell import write_cell
from convolab.problem import Problem
from tests.authoring.small_course import (
    BY_HAND,
    FIRST,
    Edited,
    cell_named,
    edit,
    line_of,
    new_cell,
)

NAME = "00_twice"


class Desk:
    """A built course on which somebody edits the solutions of lesson 00."""

    def __init__(self, course: Path):
        self.course = course
        self.lesson = course / "lessons" / f"{NAME}.py"
        self.solution = course / "solutions" / NAME / f"{NAME}.ipynb"

    def edited(self) -> Edited:
        return Edited(self.solution)

    def content(self) -> list:
        return contents(parse_notebook(self.solution.read_bytes()))

    def diff(self) -> list[str]:
        """The lines of the lesson that are gone ("- …") and new ("+ …")."""
        now = self.lesson.read_text(encoding="utf-8").split("\n")
        return [x for x in difflib.ndiff(FIRST.split("\n"), now) if x[:2] in ("- ", "+ ")]

    def carry_back(self) -> list[str]:
        """Adopt, see that the notebook builds back to what it was edited to, say what was said."""
        wanted = self.content()
        said = adopt(self.course, "00")
        assert self.content() == wanted
        report = build(self.course)
        assert self.solution.relative_to(self.course) not in report.changed
        assert self.content() == wanted
        return said

    def refused(self) -> str:
        """Adopt, see that it is refused and nothing is written, say why."""
        before = self.lesson.read_bytes(), self.solution.read_bytes()
        with pytest.raises(Problem) as caught:
            adopt(self.course, "00")
        assert before == (self.lesson.read_bytes(), self.solution.read_bytes())
        return str(caught.value)


@pytest.fixture
def desk(built: Path) -> Desk:
    return Desk(built)


def replace(cell: dict, old: str, new: str) -> None:
    assert old in cell["source"]
    cell["source"] = cell["source"].replace(old, new)


# --- What is carried back


def test_a_changed_sentence_changes_its_line_only(desk):
    with desk.edited() as cells:
        replace(cell_named(cells, "two-and-two"), "for 3 it is 6", "for 4 it is 8")
    said = desk.carry_back()
    assert desk.diff() == [
        "- # What is **twice** as much as $x$? It is $2x$: for 3 it is 6.",
        "+ # What is **twice** as much as $x$? It is $2x$: for 4 it is 8.",
    ]
    line = line_of(desk.lesson, "## Two and two") - 1
    assert said == [
        f"lessons/{NAME}.py:{line}: the cell that starts “## Two and two (2 minutes)” was changed.",
        "Now `convolab build` brings the edit to the students' notebook.",
    ]


def test_a_changed_solution_keeps_its_marker(desk):
    with desk.edited() as cells:
        replace(cell_named(cells, "twice"), "return secret + secret", "return 2 * secret")
    desk.carry_back()
    assert desk.diff() == ["-     return secret + secret", "+     return 2 * secret"]


def test_new_cells_of_prose_and_code(desk):
    with desk.edited() as cells:
        cells.insert(2, new_cell("markdown", "A new thought,\n\nin two paragraphs."))
        cells.insert(4, new_cell("code", "def show():\n    return 1"))
        cells.append(new_cell("code", "%time show()"))
    desk.carry_back()
    added = [line.removeprefix("+ ") for line in desk.diff()]
    prose = ["# %% [markdown]", "# A new thought,", "#", "# in two paragraphs."]
    code = ["# %%", "def show():", "    return 1", "# %%", "# %time show()"]
    assert [line for line in added if line] == prose + code


def test_a_lesson_formatted_by_ruff_stays_so(desk, tmp_path):
    with desk.edited() as cells:
        cells.insert(2, new_cell("code", "def show():\n    return 1"))
        cells.insert(3, new_cell("markdown", "A new thought."))
        cells.insert(6, new_cell("code", "class Thing:\n    pass"))
        cells.append(cells.pop(5))
    desk.carry_back()
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--diff", "--isolated", desk.lesson],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout


def test_a_cell_that_was_deleted_goes(desk):
    with desk.edited() as cells:
        cells.remove(cell_named(cells, "for-i-in-range-3"))
    said = desk.carry_back()
    assert desk.diff() == [
        "- # %% heavy=true",
        "- for i in range(3):",
        "-     print(np.arange(i))",
        "- ",
    ]
    assert said[0] == (f"lessons/{NAME}.py: the cell that starts “for i in range(3):” was removed.")


def test_a_cell_that_was_moved_keeps_its_text(desk):
    with desk.edited() as cells:
        cell = cell_named(cells, "for-i-in-range-3")
        cells.remove(cell)
        cells.insert(3, cell)
    said = desk.carry_back()
    assert "the cell that starts “for i in range(3):” was moved." in said[0]
    assert sorted(desk.lesson.read_text().split("\n")) == sorted(FIRST.split("\n"))
    assert desk.lesson.read_text().index("range(3)") < desk.lesson.read_text().index("answer=")


def test_a_cell_that_was_split_and_one_that_was_joined(desk):
    with desk.edited() as cells:
        cell = cell_named(cells, "import-numpy-as-np")
        cell["source"] = "import numpy as np"
        where = cells.index(cell) + 1
        cells.insert(where, new_cell("code", "from convolab.check import check"))
        cells.remove(cell_named(cells, "write-it"))
        joined = cell_named(cells, "two-and-two")
        joined["source"] += "\n## Write it (7 minutes)\nBy hand first: what is twice three?"
    desk.carry_back()


def test_a_check_that_is_typed_in_becomes_a_check_cell(desk):
    edit(desk.lesson, '# %% check="twice"\ncheck("twice")\n\n', "")
    edit(desk.lesson, "# %% heavy=true", '# %% check="twice"\ncheck("twice")\n\n# %% heavy=true')
    with desk.edited() as cells:
        cells.remove(cell_named(cells, "test_twice"))
        cells.append(new_cell("code", 'check("twice")'))
    desk.lesson.write_text(FIRST)
    adopt(desk.course, "00")
    assert desk.lesson.read_text().endswith('# ### Summary\n\n# %% check="twice"\ncheck("twice")\n')
    assert build(desk.course).problems == []


def test_cells_keep_their_place_though_another_program_gave_new_ids(desk):
    with desk.edited() as cells:
        for number, cell in enumerate(cells):
            cell["id"] = f"cell-{number}"
        replace(cell_named(cells, "cell-1"), "for 3 it is 6", "for 4 it is 8")
    desk.carry_back()
    assert len(desk.diff()) == 4 or len(desk.diff()) == 2


def test_marks_for_teacher_and_grader_are_carried(desk):
    with desk.edited() as cells:
        cells.append(new_cell("markdown", "Only for me.", convolab={"teacher": True}))
        cell_named(cells, "for-i-in-range-3")["metadata"] = {}
    desk.carry_back()
    assert "- # %% heavy=true" in desk.diff()
    assert "+ # %% [markdown] teacher=true" in desk.diff()


def test_a_summary_is_carried_without_its_key_points(desk):
    with desk.edited() as cells:
        replace(cell_named(cells, "summary"), "### Summary", "### What to remember")
    desk.carry_back()
    assert desk.diff() == ["- # ### Summary", "+ # ### What to remember"]


def test_what_an_editor_leaves_behind_is_no_edit(desk):
    with desk.edited() as cells:
        cells.append(new_cell("code", "  "))
        cell_named(cells, "two-and-two")["source"] += "\n\n"
        no = {"grade": False, "solution": False, "locked": False, "task": False}
        cell_named(cells, "write-it")["metadata"]["nbgrader"] = {**no, "grade_id": "cell-1"}
    [said] = adopt(desk.course, "00")
    assert "was not edited by hand" in said
    assert desk.diff() == []


def test_a_file_with_windows_line_ends_keeps_them(desk):
    desk.lesson.write_bytes(FIRST.replace("\n", "\r\n").encode())
    with desk.edited() as cells:
        replace(cell_named(cells, "two-and-two"), "for 3 it is 6", "for 4\r\nit is 8  \nor")
    adopt(desk.course, "00")
    content = desk.lesson.read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n")
    assert (
        b"# What is **twice** as much as $x$? It is $2x$: for 4\r\n# it is 8\\\r\n# or" in content
    )
    assert build(desk.course).problems == []


@pytest.mark.parametrize(
    "text",
    [
        "%% a line that would begin a cell\n# %% [markdown]",
        "```\na code block that is never closed",
        '"""quotes""" and \\frac{1}{2} and\n\n# %% x',
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "<div onclick='alert(1)'>\n\n    indented\n</div>",
        "# %time\n!ls\n%matplotlib",
        "- [ ] done\n\n> quoted\n\n---\n\n$$\n\\sum_i\n$$",
        "Zeilenumbruch\u2028und ümläute, 漢字, 𝑓 ∗ 𝑔",
    ],
)
def test_prose_may_be_anything_that_can_be_typed(desk, text):
    with desk.edited() as cells:
        cells.insert(2, new_cell("markdown", text))
        cells.insert(3, new_cell("markdown", "```python\nx = 1\n```"))
    desk.carry_back()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*"#%`'\"\\ ~-[]ax", "# %%", "```", '"""', "'''", "\n"]), max_size=30)
)
def test_every_text_of_a_cell_is_read_back_as_it_was_or_refused(pieces):
    for kind in ("markdown", "code"):
        source = tidy(kind, "".join(["a", *pieces]))
        try:
            lines = write_cell(kind, source, {"teacher": True})
        except ValueError:
            continue
        head = FIRST[: FIRST.index("# %%")].rstrip("\n").split("\n")
        text = "\n".join([*head, "", *lines, "", "# %% [markdown]", "# ```", "# the end", "# ```"])
        cells = parse_lesson(text, NAME).cells
        assert [(cell.kind, cell.source) for cell in cells][:-1] == [(kind, source)]


# --- What is refused


def test_a_lesson_that_was_edited_as_well_is_not_overwritten(desk):
    edit(desk.lesson, "By hand first", "By hand")
    with desk.edited() as cells:
        replace(cell_named(cells, "two-and-two"), "for 3 it is 6", "for 4 it is 8")
    assert f"lessons/{NAME}.py was also edited since solutions/{NAME}" in desk.refused()


@pytest.mark.parametrize("how", ["changed", "deleted", "moved"])
def test_the_opening_cell_belongs_to_the_front_matter(desk, how):
    with desk.edited() as cells:
        opening = cells[0]
        if how == "changed":
            replace(opening, "Twice as much", "Twice as little")
        else:
            cells.remove(opening)
        if how == "moved":
            cells.append(opening)
    assert "front matter: set it back, and change the title, the minutes" in desk.refused()


def test_the_key_points_belong_to_the_front_matter(desk):
    with desk.edited() as cells:
        replace(cell_named(cells, "summary"), "A list is not an array.", "A list is an array.")
    assert "its list is made from the key_points at the head of" in desk.refused()


@pytest.mark.parametrize(
    ("cell_id", "old", "new", "says"),
    [
        ("test_twice", 'check("twice")', 'check("twice");', 'exactly `check("twice")`'),
        ("twice", "    ### END SOLUTION", "", "without an END SOLUTION"),
        ("twice", "    return secret + secret", "    return secret +", "not valid Python"),
        ("two-and-two", "(2 minutes)", "(3 minutes)", "the sections add up to 10 minutes"),
        ("for-i-in-range-3", "for i in", "twice = 2\nfor i in", "twice is an exercise's name"),
        ("for-i-in-range-3", "for i in", "x = 2\n# %% y\nfor i in", "would start a new cell"),
    ],
)
def test_an_edit_after_which_the_lesson_would_not_build(desk, cell_id, old, new, says):
    with desk.edited() as cells:
        replace(cell_named(cells, cell_id), old, new)
    refused = desk.refused()
    assert says in refused
    assert refused.startswith(f"solutions/{NAME}/{NAME}.ipynb: ")


def test_an_exercise_that_was_deleted_or_doubled(desk):
    with desk.edited() as cells:
        cells.append({**cell_named(cells, "twice"), "id": "another"})
    assert "twice is already solved in line" in desk.refused()
    with desk.edited() as cells:
        cells[:] = [cell for cell in cells if cell["id"] not in ("twice", "test_twice", "another")]
    assert "has no cell for twice" in desk.refused()


def test_points_are_not_set_in_a_notebook(desk):
    with desk.edited() as cells:
        cell_named(cells, "test_twice")["metadata"]["nbgrader"]["points"] = 9
    assert "points are set in autograde/exercises/" in desk.refused()


def test_settings_of_nbgrader_that_a_lesson_cannot_say(desk):
    with desk.edited() as cells:
        cell_named(cells, "twice")["metadata"]["nbgrader"]["locked"] = True
    assert "has different nbgrader settings now" in desk.refused()


def test_a_pasted_picture_and_a_raw_cell(desk):
    with desk.edited() as cells:
        cell_named(cells, "two-and-two")["source"] += "\n![p](attachment:p.png)"
        cell_named(cells, "two-and-two")["attachments"] = {"p.png": {"image/png": "aGk="}}
    assert "contains a pasted picture: put the picture in data/" in desk.refused()
    with desk.edited() as cells:
        del cell_named(cells, "two-and-two")["attachments"]
        cells.append(new_cell("raw", "raw"))
    assert "is a raw cell" in desk.refused()


def test_notebooks_that_are_missing_broken_or_somebody_elses(desk):
    desk.solution.write_text("{")
    assert "cannot be read as a notebook (not valid JSON)" in desk.refused()
    nbformat.write(nbformat.v4.new_notebook(), desk.solution)
    assert "was not made by `convolab build`" in desk.refused()
    desk.solution.unlink()
    with pytest.raises(Problem, match="run `convolab build` first"):
        adopt(desk.course, "00")
    with pytest.raises(Problem, match="There is no lesson '07'"):
        adopt(desk.course, "07")


def test_a_lesson_that_does_not_build_even_without_the_edit(desk):
    path = desk.course / "autograde" / "exercises" / NAME / "by_hand.toml"
    path.write_text(BY_HAND.replace("by_hand_six", "by_hand_seven"))
    with desk.edited() as cells:
        replace(cell_named(cells, "two-and-two"), "for 3 it is 6", "for 4 it is 8")
    assert f"lessons/{NAME}.py has no cell for by_hand_seven" in desk.refused()
