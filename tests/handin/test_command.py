"""`convolab check-notebook` runs one's own notebook as the grader would, and says what it gets."""

import io

import pytest
from rich.console import Console

from convolab.handin import check_notebook
from convolab.handin.check_notebook import check_notebooks
from convolab.handin.read import read_notebook
from tests.grading.by_hand_class import ESSAY, with_questions
from tests.grading.small_class import FAILS
from tests.grading.small_course import LESSON, RIGHT, SQUARES, filled
from tests.submissions.kind import cell_of, new_cell, pasted


def ask(kit, *files, **options) -> tuple[int, str]:
    console = Console(file=io.StringIO(), width=80)
    status = check_notebooks(kit, [str(file) for file in files], console, **options)
    return status, " ".join(console.file.getvalue().split())


@pytest.mark.journey
def test_everything_right_is_exit_status_0(kit, saved):
    saved(filled(RIGHT))
    status, said = ask(kit, "01")
    assert status == 0
    assert f"{LESSON}: 3 of 3 points so far" in said
    assert "Note" not in said


@pytest.mark.journey
def test_a_bad_cell_costs_its_own_exercise_and_what_is_below_a_check_counts(kit, saved):
    notebook = filled({**RIGHT, **FAILS})
    notebook.cells.insert(1, new_cell("check = print\nraise ValueError", "raises"))
    notebook.cells.insert(2, new_cell("import os\nos._exit(1)", "ends"))
    notebook.cells.insert(3, new_cell("while True: pass", "hangs"))
    notebook.cells.append(new_cell(cell_of(notebook, "total").source, "below"))
    cell_of(notebook, "total").source = ""
    path = saved(notebook, f"{LESSON} (1)")
    status, said = ask(kit, path, seconds=3)
    assert status == 3
    assert "twice 0 of 2 stopped with an error" in said
    assert "total 1 of 1 right" in said
    assert "Your cell that starts `import os` ended Python (a crash" in said
    assert "Your cell `while True: pass` ran for too long and was stopped." in said
    assert said.index("ran for too long") < said.index("exercise points")
    assert f"Hand it in under the name {LESSON}.ipynb." in said


@pytest.mark.journey
def test_what_was_mended_is_saved_on_demand_with_the_file_as_it_was_beside_it(kit, saved):
    notebook = filled({**RIGHT, **SQUARES})
    pasted(notebook, "twice")
    notebook.cells.remove(cell_of(notebook, "test_total"))
    path = saved(notebook)
    before = path.read_bytes()
    status, said = ask(kit, path, save=True)
    assert status == 3
    assert "These are the squares." in said
    assert (path.parent / f"{LESSON}_before_mending.ipynb").read_bytes() == before
    names = [c.metadata.get("nbgrader", {}).get("grade_id") for c in read_notebook(path).cells]
    assert names.count("twice") == names.count("test_total") == 1


@pytest.mark.journey
def test_what_the_teacher_reads_is_listed_and_what_is_empty_is_next(kit_with_essay, saved):
    saved(with_questions(filled(RIGHT), ESSAY, "x = 1"))
    status, said = ask(kit_with_essay, "01")
    assert status == 3
    assert f"{LESSON}: 3 of 3 points so far" in said
    assert "essay, 3 points: nothing is written there yet sketch, 2 points: written" in said
    assert said.endswith("Next: write `essay`.")


def test_what_cannot_be_checked_is_a_sentence_each_and_exit_status_1(kit, tmp_path):
    broken, empty = tmp_path / "broken.ipynb", tmp_path / "empty.ipynb"
    broken.write_text('{"cells": [')
    empty.touch()
    status, said = ask(kit, broken, empty, "gone.ipynb", "02", tmp_path)
    assert status == 1
    assert "broken.ipynb is not a notebook, its JSON breaks off or is damaged at line 1" in said
    assert "empty.ipynb is empty: use an earlier copy" in said
    for name in ("gone.ipynb", "02"):
        assert f"There is no notebook {name}: name a file" in said


def test_a_mistake_of_the_courses_own_costs_one_file_and_no_traceback(kit, saved, monkeypatch):
    paths = [saved(filled(RIGHT)), saved(filled(RIGHT), f"{LESSON}_2")]

    def fails(*_):
        raise KeyError("x")

    monkeypatch.setattr(check_notebook, "faults", fails)
    status, said = ask(kit, *paths)
    assert status == 1
    assert said.count("could not be checked. That is the course's mistake, not yours") == 2
    assert "Traceback" not in said
