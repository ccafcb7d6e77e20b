"""Notebooks as odd tools, and odd people, make them: graded for what they hold, or named."""

import copy
import io
import json

import pytest
from rich.console import Console

from convolab.grading import grade
from convolab.grading.desk import open_desk
from convolab.grading.grade_options import GradeOptions
from convolab.grading.gradebook import gradebook
from convolab.grading.gradebook.converters import autograde, feedback
from tests.grading.small_course import LESSON, RIGHT, SQUARES, filled, hand_in, small_course

HALF = "\ud83d"  # half an emoji


def right():
    return json.loads(json.dumps(filled(RIGHT)))


def cells(notebook, kind="code"):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def each_cell(edit):
    def change(notebook):
        for cell in cells(notebook):
            edit(cell)

    return change


def says(text):
    """The answer to `twice` also mentions and prints a text."""

    def change(notebook):
        cells(notebook)[1]["source"] += f"\nnote = '{text}'\nprint(note)"

    return change


def outputs(*made):
    return each_cell(lambda cell: cell.update(outputs=list(made)))


def at(*path, value):
    def change(notebook):
        holder = notebook
        for key in path[:-1]:
            holder = holder[key]
        holder[path[-1]] = value

    return change


def format_3(notebook):
    cells_3 = []
    for cell in notebook.pop("cells"):
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source").splitlines(keepends=True)
            del cell["execution_count"]
        cells_3.append(cell)
    notebook.update(nbformat=3, nbformat_minor=0, worksheets=[{"cells": cells_3}])


def same_ids(notebook):
    for cell in notebook["cells"]:
        cell["id"] = "same"


def deep(levels):
    made = {}
    for _ in range(levels):
        made = {"x": made}
    return made


# What is graded as the right answers that it holds, whatever stands beside them.
GRADED = {
    "half-an-emoji-in-code": says(HALF),
    "half-an-emoji-in-prose": at("cells", 0, "source", value=f"# A {HALF}"),
    "half-an-emoji-in-a-check": lambda n: cells(n)[2].update(source=f"check('twice')  # {HALF}"),
    "half-an-emoji-in-an-id": at("cells", 0, "id", value=HALF),
    "half-an-emoji-in-metadata": at("metadata", "title", value={HALF: HALF}),
    "half-an-emoji-in-an-attachment": at("cells", 0, "attachments",
                                         value={f"{HALF}.png": {"image/png": HALF}}),
    "half-an-emoji-in-outputs": outputs({"output_type": "stream", "name": "stdout", "text": HALF}),
    "half-an-emoji-is-shown": says("\\ud83d"),
    "half-an-emoji-is-raised": lambda n: n["cells"].insert(
        1, {**cells(n)[0], "source": "raise ValueError('\\ud83d')"}
    ),
    "half-an-emoji-is-a-value": lambda n: n["cells"].insert(
        1, {**cells(n)[0], "source": "'\\ud83d'.join('ab')"}
    ),
    "nul-in-code": lambda n: n["cells"].insert(1, {**cells(n)[0], "source": "x = '\0'"}),
    "nul-in-prose": at("cells", 0, "source", value="# A \0 lesson"),
    "large-outputs": outputs({"output_type": "stream", "name": "stdout", "text": "x" * 5_000_000}),
    "no-metadata": lambda n: n.pop("metadata"),
    "metadata-is-null": at("metadata", value=None),
    "metadata-is-a-list": at("metadata", value=[]),
    "metadata-is-text": at("metadata", value="python"),
    "kernel-is-null": at("metadata", "kernelspec", value=None),
    "kernel-is-text": at("metadata", "kernelspec", value="python3"),
    "cells-without-metadata": lambda n: [cell.pop("metadata") for cell in cells(n, "markdown")],
    "format-as-text": at("nbformat", value="4"),
    "format-as-float": at("nbformat", value=4.0),
    "no-format": lambda n: (n.pop("nbformat"), n.pop("nbformat_minor")),
    "no-minor": lambda n: n.pop("nbformat_minor"),
    "minor-as-text": at("nbformat_minor", value="2"),
    "format-3": format_3,
    "no-outputs": each_cell(lambda cell: cell.pop("outputs")),
    "outputs-are-null": each_cell(lambda cell: cell.update(outputs=None)),
    "outputs-are-a-dictionary": each_cell(lambda cell: cell.update(outputs={})),
    "outputs-without-kind": outputs({}, None, 5, {"text": "x"}, {"data": None}),
    "outputs-of-odd-kinds": outputs({"output_type": 5}, {"output_type": "widget"},
                                    {"output_type": "error", "traceback": None}),
    "no-counts": each_cell(lambda cell: cell.pop("execution_count")),
    "counts-as-text": each_cell(lambda cell: cell.update(execution_count="7")),
    "counts-are-enormous": each_cell(lambda cell: cell.update(execution_count=10**20)),
    "source-as-lines": each_cell(
        lambda cell: cell.update(source=cell["source"].splitlines(keepends=True))
    ),
    "a-cell-without-text": lambda n: n["cells"].insert(0, {"cell_type": "code", "metadata": {}}),
    "a-cell-whose-text-is-null": at("cells", 0, "source", value=None),
    "a-cell-of-unknown-type": at("cells", 0, "cell_type", value="sql"),
    "a-cell-without-type": lambda n: n["cells"][0].pop("cell_type"),
    "attachments-are-null": at("cells", 0, "attachments", value=None),
    "attachments-are-odd": at("cells", 0, "attachments", value={"a.png": None}),
    "no-ids": lambda n: [cell.pop("id") for cell in n["cells"]],
    "ids-are-numbers": lambda n: [cell.update(id=7) for cell in n["cells"]],
    "all-ids-the-same": same_ids,
    "ids-that-collide-with-new-ones": lambda n: (
        n["cells"][0].update(id="submitted-2"), n["cells"][2].update(id=None)
    ),
    "ids-are-markup": at("cells", 0, "id", value="<b>"),
    "nested-metadata": at("metadata", "widgets", value=deep(100)),
    "odd-keys": at("metadata", value={"": 1, "copy": 2, "__class__": 3, "cells": 4, "keys": 5}),
    "nbgrader-is-text": at("cells", 0, "metadata", "nbgrader", value="x"),
    "course-is-text": at("cells", 0, "metadata", "convolab", value="x"),
    "not-a-number": at("metadata", "x", value=[float("nan"), float("inf"), -float("inf")]),
}  # fmt: skip

TEXT = json.dumps(right())
AS_TEXT = {  # what no Python object gives: the file itself
    "an-integer-of-five-thousand-digits": TEXT.replace(
        '"metadata": {}', f'"metadata": {{"x": {"9" * 5000}}}', 1
    ),
    "a-float-beyond-all": TEXT.replace('"metadata": {}', '"metadata": {"x": 1e999}', 1),
    "a-key-twice": TEXT.replace('"nbformat": 4', '"nbformat": 3, "nbformat": 4'),
}  # fmt: skip
NAMED = {
    "a-pdf": (b"%PDF-1.7 x", "is a PDF"),
    "a-conflict": (b"{\n<<<<<<< HEAD\n=======\n>>>>>>> b\n}", "a merge conflict at line 2"),
    "a-login-page": (b"\n<!DOCTYPE html><title>Sign in</title>", "is a web page"),
    "a-deep-one": (b'{"cells": ' + b"[" * 9000 + b"]" * 9000 + b"}", "nested more than"),
    "a-damaged-cell": (b'{"cells": [5]}', "its cell 1 is not a cell"),
    "one-of-the-future": (b'{"nbformat": 5, "cells": []}', "its format is 5 and not 4"),
    "a-gone-one": (b"{}", "JSON but not a notebook"),
}


def work(name):
    if name in AS_TEXT:
        return AS_TEXT[name].encode()
    if name in NAMED:
        return NAMED[name][0]
    notebook = copy.deepcopy(right())
    GRADED[name](notebook)
    return json.dumps(notebook).encode()


@pytest.fixture(scope="module")
def graded(bwrap, tmp_path_factory):
    """The class, graded once in two processes: course, JSON, what was printed."""
    course = small_course(tmp_path_factory.mktemp("natural") / "course")
    for name in (*GRADED, *AS_TEXT, *NAMED):
        hand_in(course, name, work(name))
    hand_in(course, "z-wrong", filled({**RIGHT, **SQUARES}))
    console, target = Console(file=io.StringIO(), width=250), course / "out.json"
    status = grade.grade(course, LESSON, GradeOptions(jobs=2), json_file=target, console=console)
    assert status == grade.SOME_WITH_PROBLEM
    return course, json.loads(target.read_text(encoding="utf-8")), console.file.getvalue()


@pytest.mark.parametrize("name", [*GRADED, *AS_TEXT])
def test_right_answers_get_their_points_whatever_is_odd_about_the_file(graded, name):
    course, result, _ = graded
    entry = result["students"][name]
    assert (entry["score"], entry["problem"]) == (3, None)
    text = open_desk(course).at(LESSON).autograded(name).read_text(encoding="utf-8")
    assert HALF not in text


@pytest.mark.parametrize("name", NAMED)
def test_what_is_no_notebook_is_called_what_it_is(graded, name):
    problem = graded[1]["students"][name]["problem"]
    assert NAMED[name][1] in problem
    assert problem.startswith(f"{LESSON}.ipynb ")
    assert problem.endswith(": ask for the file again.")


def test_the_others_of_the_class_keep_their_grades(graded):
    assert graded[1]["students"]["z-wrong"]["score"] == 1


@pytest.mark.parametrize("name", [name for name in GRADED if name.startswith("half-an-emoji-in")])
def test_the_teacher_is_told_of_text_that_was_replaced(graded, name):
    assert f"Note: {name}: It" in graded[2]


def test_nbgraders_own_commands_grade_them_too_and_make_their_pages(graded):
    desk = open_desk(graded[0]).at(LESSON)
    assert feedback(desk) is None
    for name in ("half-an-emoji-in-code", "half-an-emoji-is-shown", "format-as-text", "no-outputs"):
        assert autograde(desk, name) is None
        assert gradebook.standings(desk)[name].score == 3
