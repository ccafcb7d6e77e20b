"""What a student's cells show is kept as text, and no more of it than a page can hold."""

import nbformat
import pytest

from convolab.grading.sandbox.limits import Limits
from convolab.grading.sandbox.outputs import MOST_OUTPUTS, of_cell
from convolab.grading.sandbox.split_run import MOST_SHOWN, SubmissionRun
from tests.grading.small_course import filled

MOST = 1000
LIMITS = Limits(output=MOST)


def said(text, kind="stdout"):
    return {"kind": kind, "text": text, "name": "E", "says": text}


@pytest.mark.parametrize("kind", ["stdout", "stderr", "result", "display", "error"])
def test_each_kind_is_text(kind):
    (output,) = of_cell([said("\x1b[31m<script>\x07", kind)], MOST, 1)
    text = str(output)
    assert "<script>" in text
    assert "\x1b" not in text
    assert "\x07" not in text
    assert set(output.get("data", {"text/plain": ""})) == {"text/plain"}


@pytest.mark.parametrize(
    "shown", [None, "text", 7, [1], [None], [{"kind": "stdout"}], [{"text": [1]}], [{}], {"a": 1}]
)
def test_what_is_no_list_of_outputs_shows_nothing_or_nothing_much(shown):
    assert "".join(output.get("text", "") for output in of_cell(shown, MOST, 1)) == ""


@pytest.mark.parametrize("kind", ["stdout", "display", "error"])
def test_ever_so_many_empty_outputs_are_cut(kind):
    outputs = of_cell([said("", kind)] * 50_000, MOST, 1)
    assert len(outputs) == MOST_OUTPUTS + 1
    assert "was cut" in outputs[-1].text


class Shows:
    """In the place of a student's process: it shows as much as it may, whatever it is asked."""

    was_interrupted = False

    def ask(self, do, cpu, wall, **message):
        return {"outputs": [said("x" * message["most"])], "error": ""}

    def kill(self):
        pass

    def cpu(self):
        return 0.0


def test_all_cells_together_show_no_more_than_so_many_times_what_one_may():
    notebook = filled({})
    notebook.cells = [nbformat.v4.new_code_cell("1") for _ in range(40)]
    run = SubmissionRun(Shows, {}, LIMITS)
    run.run(notebook, float("inf"))
    lengths = [sum(len(output.text) for output in cell.outputs) for cell in notebook.cells]
    assert lengths[:MOST_SHOWN] == [MOST] * MOST_SHOWN
    assert max(lengths[MOST_SHOWN:]) < 100
