"""`check` in a notebook: whatever is asked for and whatever is there, a sentence and points."""

import json
import math
import os
from unittest.mock import patch

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from convolab.check import ask, cases, check, ready
from convolab.check.ladder import judge
from convolab.check.report import MIME
from tests.check.odd import ALL, EVERYWHERE, GIVEN, SETUP, made

pytestmark = pytest.mark.filterwarnings("ignore")


def convolve_at(f, g, x):
    return None


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (convolve_at, 'as in check("convolve_at"); it got the function convolve_at itself.'),
        (len, "it got a function"),
        (None, "it got nothing (None)."),
        (3, "it got a number."),
        (np.arange(3), "it got an array of shape (3,)."),
        (["convolve_at"], "it got a list of 1."),
        ("", 'check needs the name of an exercise, as in check("convolve_at").'),
        ("  ", "check needs the name of an exercise"),
        ("no_such_name", 'There is no exercise called "no_such_name".'),
        ("convolve_a", 'Did you mean check("convolve_at")?'),
        ("x" * 10**7, "it got a text of 10,000,000 characters."),
        ("\ud83d\n<b>", 'There is no exercise called "?".'),
    ],
)
def test_what_is_no_exercise_is_answered_with_a_sentence(asked, says):
    report = check(asked)
    assert says in report.verdict.hint
    assert len(report.verdict.hint) < 200
    assert float(repr(report)) == 0
    json.dumps(report._repr_mimebundle_(), ensure_ascii=False).encode()


def test_whatever_is_asked_for_is_answered(capsys):
    for name in sorted(set(EVERYWHERE) & set(GIVEN)):
        asked = made(name)()
        assert check(asked).verdict.status == "missing"
        assert not ready(asked)
    assert "ready needs the name of an exercise" in capsys.readouterr().out


def test_nothing_asked_for_is_a_sentence_too():
    assert "needs the name of an exercise" in check().verdict.hint


# --- A real notebook, run as nbgrader's Validate does.

ONCE = """
turn = 0

def convolve_1d(f, g, mode="full"):
    global turn
    turn += 1
    return odd() if turn == 1 else right(f, g, mode)

check("convolve_1d")
"""
OPEN = """
def convolve_1d(f, g, mode="full"):
    if mode in ("full", "same", "valid"):
        return right(f, g, mode)
    return right(f, g, "full")

check("convolve_1d")
"""
RIGHT = """
import numpy as np
from convolab.check import check

def right(f, g, mode):
    f, g = np.asarray(f, float), np.asarray(g, float)
    if mode not in ("full", "same", "valid") or not len(f) or not len(g):
        raise ValueError("no")
    out = np.zeros(len(f) + len(g) - 1)
    for i, weight in enumerate(g):
        out[i : i + len(f)] += weight * f
    if mode == "full":
        return out
    if mode == "same":
        return out[(len(g) - 1) // 2 :][: len(f)]
    if len(g) > len(f):
        raise ValueError("no")
    return out[len(g) - 1 : len(f)]
"""
KINDS = (
    "nothing", "texts in an array", "a number beyond floats", "a million times a million zeros",
    "what raises", "what lies", "a list in itself", "an array with a mind of its own",
    "a coroutine", "half a character", "leaves", "interrupts itself", "raises what is no Exception",
    "closes the output", "is not implemented",
)  # fmt: skip


@pytest.fixture(scope="module")
def shown():
    """What the checks of a notebook show: an answer that refuses nothing, then odd ones."""
    sources = [RIGHT, OPEN, SETUP]
    sources += [f"odd = lambda: {ALL[name]}\n{ONCE}" for name in KINDS]
    sources.append("convolve_1d = Raises()\ncheck('convolve_1d')")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
    with patch.dict(os.environ, NBGRADER_EXECUTION="validate"):
        NotebookClient(notebook, timeout=60, allow_errors=True, kernel_name="python3").execute()
    return [cell.outputs for cell in notebook.cells]


def points(outputs):
    """The grade that nbgrader reads, and the report."""
    assert [one for one in outputs if one.output_type == "error"] == []
    result = next(one for one in outputs if one.output_type == "execute_result")
    grade = float(result.data["text/plain"])
    assert math.isfinite(grade)
    assert "Traceback" not in str(outputs)
    return grade, result.data[MIME]


def test_an_answer_that_refuses_nothing_gets_all_but_the_errors(shown):
    grade, report = points(shown[1])
    assert grade == 3
    assert report["aspects"]["errors"][0] < report["aspects"]["errors"][1]
    assert "yours answers it like full" in report["hint"]


def test_what_is_odd_in_one_case_costs_its_aspect_alone(shown):
    for name, outputs in zip(KINDS, shown[3:], strict=False):
        grade, report = points(outputs)
        assert (grade, report["aspects"]["full"][0]) == (3, report["aspects"]["full"][1] - 1), name
        assert report["hint"], name


def test_an_object_that_answers_nothing_is_a_sentence(shown):
    grade, report = points(shown[-1])
    assert grade == 0
    assert "convolve_1d" in report["hint"]


def test_where_a_function_is_judged_once_another_of_its_name_is_judged_again(monkeypatch):
    for module, name, new in (
        (ask, "_judges_once", False),
        (ask, "_found", {}),
        (cases, "_kept", {}),
    ):
        monkeypatch.setattr(module, name, new)
    judged = []
    monkeypatch.setattr(ask, "judge", lambda *given: judged.append(1) or judge(*given))
    ask.judge_once()
    monkeypatch.setattr(cases, "from_json", None)  # no file is read any more

    def double(values):
        return [2 * value for value in values]

    assert ready("double")
    assert ready("double")
    assert len(judged) == 1

    def double(values):  # noqa: F811 (as a cell that is run again)
        return values

    assert not ready("double")
    assert not ready("double")
    assert len(judged) == 2
    assert not ready("no_such_exercise")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("double", "There is no function called double yet. Write def double in the cell above"),
        ("draw_seven", "There is no function called draw_seven yet. Write def draw_seven in the"),
        ("trap_edge", "There is no function called trap_edge yet. Write def trap_edge in the cell"),
        ("by_hand_pixel", "There is no answer called by_hand_pixel yet. Put your answer after by_"),
        ("discussion_00", "There is no answer called discussion_00 yet. Put your answer after dis"),
    ],
)
def test_what_is_not_defined_yet_is_to_be_written_in_the_cell_above(name, says):
    hint = check(name).verdict.hint
    assert hint.startswith(says)
    assert hint.endswith("run that cell (Shift + Enter), then this one.")
