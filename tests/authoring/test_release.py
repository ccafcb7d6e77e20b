"""Students' notebooks: nothing of a solution, and the same bytes from nbgrader's own command."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat

from convolab.authoring.content import content_sha256, stamp
from convolab.authoring.lesson import parse_lesson
from convolab.authoring.notebook import notebook_bytes, parse_notebook, teacher_notebook
from convolab.authoring.preprocessors import GENERATE
from convolab.authoring.release import release
from convolab.problem import Problem
from tests.authoring.small_course import FIRST, cell_named, edit, new_cell

POINTS = {"twice": 2, "by_hand_six": 0}
NAME = "00_twice"

CONFIG = """\
from pathlib import Path
c = get_config()
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
"""


def teacher(text: str = FIRST) -> nbformat.NotebookNode:
    return teacher_notebook(parse_lesson(text, NAME), POINTS)


def student(notebook: nbformat.NotebookNode | None = None) -> nbformat.NotebookNode:
    return parse_notebook(release({NAME: notebook_bytes(notebook or teacher())})[NAME])


def source(notebook: nbformat.NotebookNode, cell_id: str) -> str:
    return cell_named(notebook.cells, cell_id).source


def nbgrader(course: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Run the stock command as a teacher does, with nothing of this machine's Jupyter settings."""
    env = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "JUPYTER_CONFIG_DIR": str(course / ".jupyter"),
    }
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=course,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_student_gets_stubs_checks_and_all_prose_but_the_teachers():
    built = student()
    assert source(built, "by_hand_six") == "by_hand_six = ...  # your answer here"
    assert source(built, "twice") == (
        'def twice(values):\n    """Every number doubled."""\n'
        "    raise NotImplementedError  # your code here"
    )
    assert source(built, "test_twice") == 'check("twice")'
    ids = [cell.id for cell in built.cells]
    assert ids == [cell.id for cell in teacher().cells if not cell.id.startswith("ask-the-class")]


def test_nothing_of_a_solution_or_of_a_teachers_cell_is_left_anywhere():
    text = notebook_bytes(student()).decode()
    for secret in ("secret", "SOLUTION", "Ask the class"):
        assert secret not in text


def test_cells_of_an_exercise_cannot_be_deleted_and_checks_not_edited():
    cells = {cell.id: cell.metadata for cell in student().cells}
    assert cells["twice"]["deletable"] is False
    assert cells["test_twice"]["editable"] is False
    assert cells["test_by_hand_six"]["editable"] is False


def test_outputs_and_moved_figures_of_a_teacher_are_not_released():
    notebook = teacher()
    cell = cell_named(notebook.cells, "test_twice")
    cell.outputs = [nbformat.v4.new_output("stream", text="2.0")]
    cell.execution_count = 3
    notebook.metadata["widgets"] = {"state": 1}
    assert notebook_bytes(student(notebook)) == notebook_bytes(student())


def test_the_released_notebook_carries_the_fingerprint_of_its_own_content():
    built = student()
    assert stamp(built) == content_sha256(built) != stamp(teacher())


def test_a_solution_that_was_broken_by_hand_is_not_released_but_said():
    notebook = teacher()
    cell = cell_named(notebook.cells, "twice")
    cell.source = cell.source.replace("    ### END SOLUTION", "")
    with_a_good_one = {"01_good": notebook_bytes(teacher()), NAME: notebook_bytes(notebook)}
    released = release(with_a_good_one)
    assert isinstance(released["01_good"], bytes)
    assert isinstance(released[NAME], Problem)
    assert "cell twice, line 3: BEGIN SOLUTION without an END" in str(released[NAME])


def test_a_solution_cell_that_a_teacher_adds_without_a_region_is_cleared_whole():
    notebook = teacher()
    meta = {"grade": False, "grade_id": "more", "locked": False, "schema_version": 3}
    meta |= {"solution": True, "task": False}
    notebook.cells.append(nbformat.from_dict(new_cell("code", "more = 7", nbgrader=meta)))
    assert student(notebook).cells[-1].source == "raise NotImplementedError  # your code here"


def test_a_region_in_a_cell_that_is_no_solution_is_not_released():
    notebook = teacher(
        FIRST.replace("    print(np", "    ### BEGIN SOLUTION\n    ### END SOLUTION\n    print(np")
    )
    [problem] = release({NAME: notebook_bytes(notebook)}).values()
    assert isinstance(problem, Problem)


def test_releasing_leaves_the_current_folder_and_its_files_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    student()
    assert Path.cwd() == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_nbgraders_own_command_gives_the_same_bytes(built):
    config = CONFIG + f"c.GenerateAssignment.preprocessors = {GENERATE!r}\n"
    (built / "nbgrader_config.py").write_text(config)
    released = built / "notebooks" / NAME / f"{NAME}.ipynb"
    as_built = released.read_bytes()
    done = nbgrader(built, "generate_assignment", NAME, "--force")
    assert done.returncode == 0, done.stderr
    assert released.read_bytes() == as_built


def test_where_a_step_cannot_be_loaded_nbgrader_releases_nothing(built):
    steps = [step.replace("PutStubs", "PutStubz") for step in GENERATE]
    config = CONFIG + f"c.GenerateAssignment.preprocessors = {steps!r}\n"
    (built / "nbgrader_config.py").write_text(config)
    released = built / "notebooks" / NAME / f"{NAME}.ipynb"
    before = released.read_bytes()
    edit(built / "solutions" / NAME / f"{NAME}.ipynb", "Two and two", "Three and three")
    done = nbgrader(built, "generate_assignment", NAME, "--force")
    assert done.returncode != 0
    assert released.read_bytes() == before
