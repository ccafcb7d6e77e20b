"""Notebooks run two at a time, the longest first, so that no long one is left at the end."""

import pytest
from nbformat import v4

from convolab.problem import Problem
from convolab.site import run_notebooks


def book(cells: int, heavy: int = 0):
    cells = [v4.new_code_cell(metadata={"convolab": {"heavy": n < heavy}}) for n in range(cells)]
    return v4.new_notebook(cells=cells)


def test_those_that_train_begin_before_those_with_many_cells(monkeypatch):
    begun = []
    monkeypatch.setattr(run_notebooks, "AT_A_TIME", 1)
    monkeypatch.setattr(run_notebooks, "_run", lambda name, *_: begun.append(name))
    books = {"short": book(3), "long": book(9), "trains": book(5, heavy=4)}
    run_notebooks.run_notebooks(books, None, lambda name: None)
    assert begun == ["trains", "long", "short"]


def test_a_cell_that_ends_with_an_error_names_its_lesson(tmp_path):
    broken = book(1)
    broken.cells[0].source = "1 / 0"
    with pytest.raises(Problem, match=r"^07: a cell ended with ZeroDivisionError"):
        run_notebooks.run_notebooks({"07": broken}, tmp_path, lambda name: None)
