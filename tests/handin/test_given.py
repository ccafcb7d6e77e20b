"""The lesson's cells are found again in a notebook, and those that are not in their place named."""

import nbformat
import pytest

from convolab.handin.given_cells import DELETED, MOVED, TEXT, plan


def cell(source: str, own_id: str = "", kind: str = "code"):
    made = {"code": nbformat.v4.new_code_cell, "text": nbformat.v4.new_markdown_cell}[kind](source)
    made["id"] = own_id or source.split()[-1].strip("()")
    return made


LESSON = [
    cell("# A title", "title", "text"),
    cell("import numpy as np", "np"),
    cell("data = np.ones(3)", "data"),
    cell("print(data)", "shows"),
    cell("print(np.sum(data))", "last"),
]


def places(found) -> dict[str, int]:
    return {given.source: place for place, given in found.here.items()}


def due(found) -> list[tuple[int, str, str]]:
    return [(place, one.given.source, one.became) for place, d in found.due.items() for one in d]


def test_a_lesson_as_it_was_has_every_cell_in_its_place():
    found = plan(LESSON, LESSON)
    assert places(found)["data = np.ones(3)"] == 2
    assert due(found) == []


def test_cells_are_found_by_their_text_and_by_their_words_where_ids_are_others():
    cells = [cell(c.source, f"x{i}", "text" if i == 0 else "code") for i, c in enumerate(LESSON)]
    cells[2].source = "data = np.ones(3) * 2  # mine"
    assert places(plan(LESSON, cells))["data = np.ones(3)"] == 2


def test_a_deleted_cell_is_due_where_it_was():
    found = plan(LESSON, [LESSON[0], *LESSON[2:]])
    assert due(found) == [(1, "import numpy as np", DELETED)]
    assert found.needs(found.due[1][0].given, 1) == ["np"]


def test_its_key_is_the_same_in_every_process():
    moved = plan(LESSON, [LESSON[0], *LESSON[2:], LESSON[1]])
    assert moved.key == "[(1, 2), (2, 3), (3, 4), (4, 1)] [(1, 1, 'moved')] []"


def test_a_cell_that_nobody_needs_is_not_needed():
    found = plan(LESSON, LESSON[:2])
    assert [found.needs(one.given, 2) for one in found.due[2]] == [[], [], []]


def test_what_the_student_defines_again_before_its_use_is_not_needed():
    found = plan(LESSON, [LESSON[0], cell("import numpy as np, os", "own"), *LESSON[2:]])
    assert not any(found.needs(one.given, at) for at, d in found.due.items() for one in d)


@pytest.mark.parametrize("to", [2, 4])
def test_a_cell_that_was_moved_down_is_due_where_it_was(to):
    cells = [LESSON[0], *LESSON[2:]]
    cells.insert(to, LESSON[1])
    assert due(plan(LESSON, cells)) == [(1, "import numpy as np", MOVED)]


def test_a_cell_that_is_text_now_is_due():
    cells = [LESSON[0], cell(LESSON[1].source, "np", "text"), *LESSON[2:]]
    assert due(plan(LESSON, cells)) == [(1, "import numpy as np", TEXT)]


def test_cells_for_the_teacher_alone_and_heavy_ones_are_never_due():
    teacher, heavy = cell("x = secret", "t"), cell("y = long", "h")
    teacher.metadata["convolab"], heavy.metadata["convolab"] = {"teacher": True}, {"heavy": True}
    found = plan([*LESSON, teacher, heavy], [*LESSON, cell("x + y", "own"), cell("y = long", "z")])
    assert due(found) == []
    assert found.heavy == {6}
