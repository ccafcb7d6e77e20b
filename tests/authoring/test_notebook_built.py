"""The teacher's notebook: nbgrader's settings, ids that stay, a file that JupyterLab likes."""

import json

import nbformat

from convolab.authoring.content import content_sha256, stamp, tidy
from convolab.authoring.lesson import parse_lesson
from convolab.authoring.notebook import notebook_bytes, opening, teacher_notebook
from tests.authoring.small_course import FIRST, cell_named

POINTS = {"twice": 2, "by_hand_six": 0}


def build(text: str = FIRST, points: dict = POINTS) -> nbformat.NotebookNode:
    return teacher_notebook(parse_lesson(text, "00_twice"), points)


def test_the_first_cell_says_what_the_front_matter_says():
    assert build().cells[0].source == opening(parse_lesson(FIRST, "00_twice"))
    assert build().cells[0].source.split("\n") == [
        "# 00 · Twice as much",
        "",
        "**Time:** 9 minutes. **You need:** Python functions, a little NumPy.",
        "",
        "**Questions**",
        "",
        "- How does a number become twice as large?",
        "",
        "**Afterwards you can** (and the exercise that shows it)",
        "",
        "- double numbers in code (`twice`)",
    ]


def test_the_key_points_end_the_cell_that_is_marked_for_them():
    assert build().cells[-1].source == (
        "### Summary\n\n- Doubling is adding a number to itself.\n- A list is not an array."
    )


def test_nbgraders_settings_come_from_markers_and_the_exercises_points():
    cells = {cell.id: cell.metadata.get("nbgrader") for cell in build().cells}
    solution = {"grade": False, "locked": False, "schema_version": 3, "solution": True}
    check = {"locked": True, "schema_version": 3, "solution": False, "task": False}
    assert cells["twice"] == {**solution, "task": False, "grade_id": "twice"}
    assert cells["by_hand_six"] == {**solution, "task": False, "grade_id": "by_hand_six"}
    assert cells["test_twice"] == {**check, "grade": True, "grade_id": "test_twice", "points": 2}
    ungraded = {**check, "grade": False, "grade_id": "test_by_hand_six"}
    assert cells["test_by_hand_six"] == ungraded
    assert [id for id, says in cells.items() if says is None] == [
        "opening",
        "two-and-two",
        "import-numpy-as-np",
        "write-it",
        "for-i-in-range-3",
        "from-convolab-check-import-summary",
        "ask-the-class-first-many",
        "summary",
    ]


def test_half_points_stay_half_points():
    cell = cell_named(build(points={**POINTS, "twice": 1.5}).cells, "test_twice")
    assert cell.metadata.nbgrader.points == 1.5


def test_heavy_and_teachers_cells_are_marked_for_grader_and_release():
    marked = {c.id: c.metadata.convolab for c in build().cells if "convolab" in c.metadata}
    assert marked == {
        "for-i-in-range-3": {"heavy": True},
        "from-convolab-check-import-summary": {"heavy": True, "summary": True},
        "ask-the-class-first-many": {"teacher": True},
    }


def test_cells_with_the_same_first_words_are_told_apart():
    twice = FIRST.replace(
        "# ### Summary", "# Summary\n\n# %% [markdown]\n# Summary.\n\n# %%\nsummary"
    )
    assert [cell.id for cell in build(twice).cells][-3:] == ["summary", "summary-2", "summary-3"]


def test_an_id_never_takes_the_name_of_an_exercise():
    text = FIRST.replace("# ### Summary", "# twice").replace(
        "for i in range(3):", "for opening in []:"
    )
    ids = [cell.id for cell in build(text).cells]
    assert ids[-1] == "twice-2"
    assert len(set(ids)) == len(ids)


def test_a_changed_sentence_changes_no_other_cell():
    before = {cell.id: cell for cell in build().cells}
    after = {cell.id: cell for cell in build(FIRST.replace("for 3 it is 6", "for 4 it is 8")).cells}
    assert before.keys() == after.keys()
    assert [id for id in before if before[id] != after[id]] == ["two-and-two"]


def test_the_file_is_valid_has_no_outputs_and_unix_line_ends():
    content = notebook_bytes(build())
    assert b"\r" not in content
    assert content.endswith(b"}\n")
    notebook = json.loads(content)
    nbformat.validate(notebook)
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    for cell in notebook["cells"]:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None


def test_a_magic_is_a_comment_in_the_lesson_and_a_magic_in_the_notebook():
    text = FIRST.replace("for i in range(3):", "# %time np.arange(3)\nfor i in range(3):")
    cell = build(text).cells[-4]
    assert cell.source.startswith("%time np.arange(3)\nfor i")


def test_the_fingerprint_sees_texts_kinds_and_settings_only():
    notebook = build()
    assert stamp(notebook) == content_sha256(notebook)
    cell = cell_named(notebook.cells, "test_twice")
    cell.outputs = [nbformat.v4.new_output("stream", text="x")]
    cell.execution_count = 7
    cell.metadata["collapsed"] = True
    notebook.cells.append(nbformat.v4.new_code_cell("  \n"))
    notebook.cells[1].source += "  \n\n"
    assert stamp(notebook) == content_sha256(notebook)
    cell.metadata.nbgrader["points"] = 3
    assert stamp(notebook) != content_sha256(notebook)


def test_tidying_keeps_what_a_reader_or_python_sees():
    assert tidy("markdown", "\n\na  \nb \n\n  - c\t\r\nd\n\n") == "a\\\nb\n\n  - c\nd"
    assert tidy("markdown", "a  \n\nb") == "a\n\nb"
    assert tidy("markdown", "```\na  \nb\n```") == "```\na\nb\n```"
    assert tidy("code", "x = 1  \n\n\ny = 2\n") == "x = 1\n\n\ny = 2"
    assert tidy("code", 'x = """a  \nb"""') == 'x = """a  \nb"""'
