"""A report that a teacher reads: from a lesson to both notebooks, and back from JupyterLab."""

import json
from pathlib import Path

import nbformat
import pytest

from convolab.authoring.adopt import adopt
from convolab.authoring.build import build, exercises_of
from convolab.authoring.check_lesson import check_lesson
from convolab.authoring.lesson import read_lesson
from convolab.authoring.minutes import estimate
from convolab.authoring.stubs import TO_WRITE
from convolab.check.outline import OutlineReport, outline_of
from convolab.problem import Problem
from tests.authoring.small_course import Edited, cell_named, edit, line_of, new_cell

NAME = "00_twice"
REPORT = """\
# %% [markdown] rubric="report_data"
# ## Tell it (8 minutes)
# Which numbers did you double, and where are they from?
#
# - 1 point: the numbers are named.
# - 0.5 points: their source is.

# %% [markdown] report="report_data"
# ## A model answer
# Three and four, from my own head.

# %% [markdown] rubric="report_why"
# - 2 points: a reason.

# %% [markdown] report="report_why"
# Because ``two`` is more than one.

# %% [markdown] key_points=true
"""


@pytest.fixture
def lesson(course: Path) -> Path:
    """A lesson with a report in two parts."""
    path = course / "lessons" / f"{NAME}.py"
    edit(path, "minutes: 9", "minutes: 17")
    edit(path, "# %% [markdown] key_points=true\n", REPORT)
    return path


@pytest.fixture
def cells(lesson: Path) -> dict[str, list[dict]]:
    """The cells of the lesson's notebooks, by "solutions" and "notebooks"."""
    build(lesson.parents[1], lessons=[NAME])
    return {
        folder: json.loads(_notebook(lesson, folder).read_text(encoding="utf-8"))["cells"]
        for folder in ("solutions", "notebooks")
    }


def _notebook(lesson: Path, folder: str) -> Path:
    return lesson.parents[1] / folder / NAME / f"{NAME}.ipynb"


def mistakes(lesson: Path, **elsewhere: str) -> list[str]:
    course = lesson.parents[1]
    found = check_lesson(read_lesson(course, NAME), exercises_of(course, NAME), elsewhere)
    return [str(mistake) for mistake in found]


def assert_one(lesson: Path, line: int, says: str) -> None:
    """Exactly one mistake, at this line, with these words in it."""
    [found] = mistakes(lesson)
    assert found.startswith(f"lessons/{NAME}.py:{line}: "), found
    assert says in found
    assert found.endswith((".", "`", "?"))


def test_an_answer_is_nbgraders_manually_graded_cell_with_the_rubrics_points(cells):
    for folder in ("solutions", "notebooks"):
        answer = cell_named(cells[folder], "report_data")["metadata"]["nbgrader"]
        answer = {key: answer[key] for key in answer if key not in ("checksum", "cell_type")}
        assert answer == {
            "grade": True, "grade_id": "report_data", "locked": False, "points": 1.5,
            "schema_version": 3, "solution": True, "task": False,
        }  # fmt: skip
    why = cell_named(cells["notebooks"], "report_why")["metadata"]["nbgrader"]
    assert repr(why["points"]) == "2"


def test_a_rubric_is_locked_and_right_above_its_answer(cells):
    rubric = cell_named(cells["notebooks"], "rubric_report_data")
    about = rubric["metadata"]["nbgrader"]
    assert (about["locked"], about["grade"], about["solution"]) == (True, False, False)
    assert rubric["metadata"]["editable"] is False
    ids = [cell["id"] for cell in cells["notebooks"]]
    assert ids.index("report_data") == ids.index("rubric_report_data") + 1


def test_the_model_answer_is_the_teachers_and_students_get_a_line_to_replace(cells):
    model = cell_named(cells["solutions"], "report_data")
    assert "".join(model["source"]) == "## A model answer\nThree and four, from my own head."
    for name in ("report_data", "report_why"):
        assert "".join(cell_named(cells["notebooks"], name)["source"]) == TO_WRITE
    assert "from my own head" not in json.dumps(cells["notebooks"])


def test_the_outline_knows_what_the_teacher_reads_and_no_heading_of_a_model_answer(lesson, cells):
    built = (lesson.parents[1] / "convolab" / "cases" / f"{NAME}.json").read_text()
    outline = outline_of(NAME, nbformat.read(_notebook(lesson, "notebooks"), as_version=4).cells)
    assert json.loads(built)["reports"] == [
        {"name": "report_data", "heading": "Tell it", "points": 1.5},
        {"name": "report_why", "heading": "Tell it", "points": 2.0},
    ]
    assert outline.reports[1] == OutlineReport("report_why", "Tell it", 2.0)
    assert [one.name for one in outline.exercises] == ["by_hand_six", "twice"]


def test_a_part_takes_minutes_to_write_and_none_to_read_its_model_answer(lesson):
    course = lesson.parents[1]

    def told() -> float:
        sections = estimate(read_lesson(course, NAME), exercises_of(course, NAME))
        assert "A model answer" not in {section.heading for section in sections}
        return next(section.minutes for section in sections if section.heading == "Tell it")

    before = told()
    assert before > 8
    edit(lesson, "# Because ``two``", "# word\n" * 300 + "# Because ``two``")
    assert told() == before
    assert mistakes(lesson) == []


@pytest.mark.parametrize("line", ["- 1 Point: all", "- one", "* 2 points: a", "- **2 points**: a"])
def test_a_rubric_without_points_that_can_be_read_is_named(lesson, line):
    edit(lesson, "# - 2 points: a reason.", f"# {line}")
    at = line_of(lesson, line) - (line == "- one")
    assert_one(lesson, at, "`- 1 point: what earns it.`")


@pytest.mark.parametrize(
    "line", ["- ½ points: their", "- one point: their", "  - 1 point: their", "- 1 pt: their"]
)
def test_a_line_that_would_silently_earn_nothing_is_named(lesson, line):
    edit(lesson, "# - 0.5 points: their", f"# {line}")
    assert_one(lesson, line_of(lesson, line), "this line earns nothing")


def test_an_answer_without_its_rubric_and_a_rubric_without_its_answer(lesson):
    edit(lesson, '# %% [markdown] rubric="report_why"\n# - 2 points: a reason.\n\n', "")
    assert_one(lesson, line_of(lesson, 'report="report_why"'), "report_why has no rubric")
    edit(lesson, 'report="report_data"', 'report="report_why"')
    assert any("right below the rubric of report_data comes" in says for says in mistakes(lesson))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("twice", "also an exercise of this lesson"),
        ("report_data", "is already the name in line"),
        ("test_report", "begins as the names of checks do"),
        ("rubric_report", "begins as the names of rubrics do"),
    ],
)
def test_a_name_that_something_else_has_is_refused(lesson, name, says):
    edit(lesson, 'rubric="report_why"', f'rubric="{name}"')
    edit(lesson, 'report="report_why"', f'report="{name}"')
    text = read_lesson(lesson.parents[1], NAME)
    line = [cell.marker for cell in text.cells if cell.report == name][-1]
    assert_one(lesson, line, says)


def test_a_name_of_another_lesson_is_refused(lesson):
    [found] = mistakes(lesson, report_why="01_half")
    assert "report_why is already a name in lessons/01_half.py" in found


@pytest.mark.parametrize(
    ("marker", "says"),
    [
        ('# %% report="report_why"', "a report is prose: begin the cell with `# %% [markdown]"),
        ('# %% [markdown] report="report_why" teacher=true', "report and teacher do not go"),
        ('# %% [markdown] report="report why"', "report must be a name in quotes"),
        ('# %% [markdown] report="report_why" rubric="report_why"', "one of report and rubric"),
    ],
)
def test_a_marker_that_says_something_odd_is_refused(lesson, marker, says):
    edit(lesson, '# %% [markdown] report="report_why"', marker)
    assert any(says in found for found in mistakes(lesson))


# --- Edited in JupyterLab.


def carried_back(lesson: Path) -> list[str]:
    said = adopt(lesson.parents[1], "00")
    assert build(lesson.parents[1], lessons=[NAME]).problems == []
    return said


def test_a_rubric_edited_in_jupyterlab_changes_the_points(lesson, cells):
    with Edited(_notebook(lesson, "solutions")) as edited:
        cell = cell_named(edited, "rubric_report_why")
        cell["source"] = "- 2 points: a reason.\n- 1 point: a good one."
        cell_named(edited, "report_why")["source"] = "Because it is."
    said = carried_back(lesson)
    assert sum("was changed" in sentence for sentence in said) == 2
    text = lesson.read_text()
    assert "# - 1 point: a good one.\n\n# %% [markdown] report=" in text
    assert '# %% [markdown] report="report_why"\n# Because it is.\n' in text
    released = json.loads(_notebook(lesson, "notebooks").read_text())["cells"]
    assert cell_named(released, "report_why")["metadata"]["nbgrader"]["points"] == 3


def test_points_typed_into_nbgraders_field_are_sent_to_the_rubric(lesson, cells):
    before = lesson.read_bytes()
    with Edited(_notebook(lesson, "solutions")) as edited:
        cell_named(edited, "report_why")["metadata"]["nbgrader"]["points"] = 5
    with pytest.raises(Problem, match="change them in its rubric, whose sum they are"):
        adopt(lesson.parents[1], "00")
    assert lesson.read_bytes() == before


def test_a_part_made_in_jupyterlab_becomes_two_cells_of_the_lesson(lesson, cells):
    def about(name: str, **flags) -> dict:
        says = {"grade": False, "locked": False, "solution": False, "task": False}
        return {"nbgrader": {**says, **flags, "grade_id": name, "schema_version": 3}}

    with Edited(_notebook(lesson, "solutions")) as edited:
        place = edited.index(cell_named(edited, "report_why")) + 1
        edited[place:place] = [
            new_cell("markdown", "- 2 points: a plan.", **about("rubric_next", locked=True)),
            new_cell(
                "markdown", "I would go on.", **about("next", grade=True, solution=True, points=2)
            ),
        ]
    carried_back(lesson)
    added = '# %% [markdown] rubric="next"\n# - 2 points: a plan.\n\n'
    added += '# %% [markdown] report="next"\n# I would go on.\n'
    assert added in lesson.read_text()
