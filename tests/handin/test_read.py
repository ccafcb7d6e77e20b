"""A notebook is read however its file was saved; what is none is named in one sentence."""

import io
import json
import zipfile
from contextlib import suppress

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convolab.handin.read import REPLACED, is_as_jupyter_saves, parse_notebook, read_notebook
from convolab.problem import Problem


def zipped(name):
    """A zip archive with one file in it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(name, "x")
    return content.getvalue()


NOTEBOOK = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x = 'für Zoë'\ny = 2")])
TEXT = nbformat.writes(NOTEBOOK)


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("cp1252"),
        TEXT.encode() + b"\0" * 512,
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\\ny", "\\r\\ny").encode(),
        ("\n\n" + TEXT).encode(),
    ],
)
def test_every_way_of_saving_gives_the_same_cells(content):
    [cell] = parse_notebook(content, "a.ipynb").cells
    assert cell.source == "x = 'für Zoë'\ny = 2"


def test_the_formats_of_old_notebooks_are_brought_up_to_date():
    cell = {"cell_type": "code", "input": "x = 1", "language": "python", "outputs": [],
            "collapsed": False, "metadata": {}, "prompt_number": 1}  # fmt: skip
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [cell]}]}
    assert parse_notebook(json.dumps(old).encode(), "a.ipynb").cells[0].source == "x = 1"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\0\0\0", "is empty"),
        (b"PK\x03\x04 \x81\x8d", "is a damaged zip archive"),
        (b"\0a\xff\xfe\x81", "is not a text file"),
        (b'{\n "cells": [', "damaged at line 2"),
        (b"<a>", "damaged at line 1"),
        (b"\n<!-- x -->\n<!DOCTYPE html><title>Sign in</title>", "is a web page (a login page,"),
        ("<html>".encode("utf-16"), "is a web page"),
        (b"%PDF-1.7", "is a PDF, not a notebook"),
        (b"\x89PNG\r\n", "is a picture"),
        (b"\x1f\x8b\x08", "is a compressed file (gzip)"),
        (b"{\\rtf1 x}", "is an RTF document"),
        (zipped("old/a.ipynb"), "is a zip archive that holds old/a.ipynb"),
        (zipped("word/document.xml"), "is a Word document"),
        (b"version https://git-lfs.github.com/spec/v1", "is a Git LFS pointer"),
        (b"import numpy as np\nx = 1", "is a Python program"),
        (
            TEXT.encode().replace(
                b' "metadata', b'<<<<<<< HEAD\n=======\n>>>>>>> b\n "metadata', 1
            ),
            "holds a merge conflict at line ",
        ),
        (b'{"cells": [{"cell_type": "code", "source": {}}]}', "its cell 1 is not a cell"),
        (b'{"cells": {}}', "is JSON but not a notebook"),
        (b'{"worksheets": [5]}', "is JSON but not a notebook"),
        (b"[]", "is JSON but not a notebook"),
        (b"[" * 100_000, "not a notebook"),
    ],
)
def test_what_is_no_notebook_is_told_in_a_sentence_with_a_way_out(content, says):
    with pytest.raises(Problem) as problem:
        parse_notebook(content, "a.ipynb", "open it and save it again")
    assert says in str(problem.value)
    assert str(problem.value).startswith("a.ipynb ")
    assert str(problem.value).endswith(": open it and save it again.")


def test_pictures_of_old_notebooks_are_kept():
    output = {"output_type": "pyout", "prompt_number": 3, "png": "aGk=", "text": ["a", "b"]}
    cell = {"cell_type": "code", "input": ["x\n", "y"], "outputs": [output]}
    old = {"nbformat": 3, "worksheets": [{"cells": [cell, {"cell_type": "heading", "level": 2}]}]}
    code, heading = parse_notebook(json.dumps(old).encode(), "a.ipynb").cells
    assert code.source == "x\ny"
    assert code.outputs[0].data == {"image/png": "aGk=", "text/plain": "ab"}
    assert code.outputs[0].execution_count == 3
    assert (heading.cell_type, heading.source) == ("markdown", "## ")


def test_halves_of_an_emoji_are_joined_where_they_meet_and_replaced_where_they_do_not():
    cell = {"cell_type": "code", "source": ["x = '\ud83d", "\ude00'\n", "y = '\ud83d'"]}
    notes = []
    notebook = parse_notebook(json.dumps({"cells": [cell]}).encode(), "a.ipynb", notes=notes)
    assert notebook.cells[0].source == "x = '😀'\ny = '\ufffd'"
    assert notes == [REPLACED]
    assert parse_notebook(TEXT.encode(), "a.ipynb", notes=notes)
    assert notes == [REPLACED]


def test_what_is_read_is_a_valid_notebook_whatever_its_outputs_were():
    outputs = [{}, None, 5, {"text": ["a", None]}, {"data": {"text/plain": 5, "image/png": ["a"]}},
               {"output_type": "error"}, {"output_type": "execute_result", "execution_count": "2"},
               {"output_type": "stream", "name": None, "text": None}]  # fmt: skip
    cell = {"cell_type": "code", "id": "a", "outputs": outputs}
    notebook = parse_notebook(json.dumps({"cells": [cell]}).encode(), "a.ipynb")
    nbformat.validate(notebook)
    kinds = [output.output_type for output in notebook.cells[0].outputs]
    assert kinds == ["stream", "display_data", "error", "execute_result", "stream"]


@given(st.binary(max_size=300))
def test_no_bytes_at_all_end_in_a_traceback(content):
    with suppress(Problem):
        assert parse_notebook(content, "a.ipynb").nbformat == 4


def test_a_file_that_is_not_there_is_a_sentence_too(tmp_path):
    with pytest.raises(Problem, match=r"gone.ipynb cannot be read \(No such file"):
        read_notebook(tmp_path / "gone.ipynb")


def test_it_is_told_which_files_other_programs_can_read(tmp_path):
    path = tmp_path / "a.ipynb"
    for content, sound in ((TEXT.encode(), True), (TEXT.encode("utf-16"), False), (b"[]", False)):
        path.write_bytes(content)
        assert is_as_jupyter_saves(path) is sound
