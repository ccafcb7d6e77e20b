"""Where PyTorch is missing, its lesson's page says so once, and shows no cell's complaint."""

from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from convolab.check import ready
from convolab.course import lessons
from convolab.problem import Problem
from convolab.site import whole_site, without_torch
from convolab.site.without_torch import MISSING, UNANSWERED, drop_complaints, needs_torch

ROOT = Path(__file__).resolve().parents[2]
LESSON = "13_to_pytorch"
WAITS = f"This needs your lenet_scores. {UNANSWERED}\n"


@pytest.fixture
def no_torch(monkeypatch):
    monkeypatch.setattr(without_torch, "find_spec", lambda name: None)


@pytest.fixture
def with_torch(monkeypatch):
    monkeypatch.setattr(without_torch, "find_spec", lambda name: object())


def notebook(*prints: str, first: str = "import torch") -> nbformat.NotebookNode:
    cells = [v4.new_code_cell(first)]
    cells += [v4.new_code_cell("...", outputs=[v4.new_output("stream", text=t)]) for t in prints]
    return v4.new_notebook(cells=cells)


def shown(book: nbformat.NotebookNode) -> list[str]:
    return [output.text for cell in book.cells for output in cell.outputs]


def test_only_one_lesson_needs_pytorch():
    def taught(name: str) -> nbformat.NotebookNode:
        return nbformat.read(ROOT / "solutions" / name / f"{name}.ipynb", 4)

    assert [name for name in lessons(ROOT) if needs_torch(taught(name))] == [LESSON]


def test_without_it_the_cells_that_need_it_show_nothing_and_the_others_what_they_did(no_torch):
    book = notebook(f"{MISSING}: end JupyterLab\n", "the same answers\n", WAITS)
    drop_complaints(LESSON, book)
    assert shown(book) == ["the same answers\n"]


def test_with_it_nothing_is_dropped(with_torch):
    book = notebook("LeNet\n")
    drop_complaints(LESSON, book)
    assert shown(book) == ["LeNet\n"]


def test_a_solution_that_is_not_right_ends_the_build_where_nothing_excuses_it(no_torch):
    with pytest.raises(Problem, match=r"^07_full_cnn: .*needs your lenet_scores.*check-notebook"):
        drop_complaints("07_full_cnn", notebook(WAITS, first="import numpy"))


def test_what_is_dropped_is_what_the_lesson_and_ready_print(capsys):
    assert not ready("to_torch_layout")
    assert UNANSWERED in capsys.readouterr().out
    assert MISSING in (ROOT / "lessons" / f"{LESSON}.py").read_text(encoding="utf-8")


def test_whoever_builds_it_is_told_the_command(no_torch):
    (remark,) = whole_site.remarks()
    assert without_torch.COMMAND in remark


def test_there_is_nothing_to_tell_where_it_is_installed(with_torch):
    assert whole_site.remarks() == []
