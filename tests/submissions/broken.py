"""Files that are hardly notebooks: graded as far as they can be, else named in one sentence."""

import json

import nbformat

from tests.grading.small_course import RIGHT, filled
from tests.submissions.kind import MISSING, Kind, cell_of, pasted

GOOD = nbformat.writes(filled(RIGHT))


def _changed(**entries) -> str:
    return json.dumps({**json.loads(GOOD), **entries})


def _with_cells(change) -> str:
    raw = json.loads(GOOD)
    for place, cell in enumerate(raw["cells"]):
        change(place, cell)
    return json.dumps(raw)


def _version_3() -> str:
    cells = [
        {"cell_type": "code", "input": cell.source, "language": "python", "outputs": [],
         "collapsed": False, "metadata": dict(cell.metadata), "prompt_number": 1}
        for cell in filled(RIGHT).cells if cell.cell_type == "code"
    ]  # fmt: skip
    return json.dumps(
        {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}
    )


FILES = {
    "empty": ("", "is empty"),
    "white space": (" \n", "is empty"),
    "truncated": (GOOD[: len(GOOD) // 2], "damaged at line"),
    "a merge conflict": (GOOD.replace("{", "<<<<<<< HEAD\n{", 1), "a merge conflict at line 1"),
    "zero bytes": (b"\0" * 100, "is empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00", "is a picture, not a notebook"),
    "a page": ("<!DOCTYPE html><html></html>", "is a web page"),
    "a list": ("[1, 2]", "not a notebook"),
    "null": ("null", "not a notebook"),
    "no cells": ('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "not a notebook"),
    "cells that are none": (_changed(cells=[1, None, "x"]), "not a cell|not a notebook"),
    "cells that are a text": (_changed(cells="abc"), "not a cell|not a notebook"),
    "a source that is a number": (
        _with_cells(lambda place, cell: cell.update(source=7)), "not a cell|not a notebook"
    ),
    "from the future": (_changed(nbformat=9), "not a current notebook"),
    "ten thousand brackets": ("[" * 10_000 + "]" * 10_000, "not a notebook|damaged"),
}  # fmt: skip

MENDED = {
    "UTF-16": GOOD.encode("utf-16"),
    "UTF-16 without a mark": GOOD.encode("utf-16-le"),
    "UTF-32": GOOD.encode("utf-32"),
    "a byte order mark": "\ufeff" + GOOD,
    "Windows letters": GOOD.replace("# A small lesson", "# Übung für Zoë").encode("cp1252"),
    "Windows line ends": GOOD.replace("\n", "\r\n"),
    "padded with zero bytes": GOOD.encode() + b"\0" * 4096,
    "no kernel": _changed(metadata={}),
    "a kernel nobody has": _changed(
        metadata={"kernelspec": {"name": "julia-1.6", "display_name": "Julia", "language": "julia"}}
    ),
    "a language nobody speaks": _changed(metadata={"language_info": {"name": "<script>"}}),
    "no ids": _with_cells(lambda place, cell: cell.pop("id", None)),
    "the same id everywhere": _with_cells(lambda place, cell: cell.update(id="same")),
    "ids that are none": _with_cells(lambda place, cell: cell.update(id='"><script>')),
    "sources in lines": _with_cells(
        lambda place, cell: cell.update(source="".join(cell["source"]).splitlines(True))
    ),
    "format 3": _version_3(),
    "format 4.0": _changed(nbformat_minor=0),
    "unknown entries": _changed(spam={"eggs": 1}),
    "outputs of another world": _with_cells(
        lambda place, cell: (
            cell["cell_type"] == "code"
            and cell.update(outputs=[{"output_type": "hologram", "data": 1}])
        )
    ),
    "a million characters of output": _with_cells(
        lambda place, cell: (
            cell["cell_type"] == "code"
            and cell.update(
                outputs=[{"output_type": "stream", "name": "stdout", "text": "x" * 10**6}]
            )
        )
    ),
    "tabs and carriage returns": GOOD.replace("\\n    return", "\\r\\n\\treturn"),
}


def _worked_on_twice(notebook) -> None:
    pasted(notebook, "twice")
    cell_of(notebook, "twice").source = "def twice(values):\n    raise NotImplementedError"
    notebook.cells.insert(3, notebook.cells.pop())


def _stub_pasted_at_the_end(notebook) -> None:
    stub = pasted(notebook, "twice")
    stub.source = "def twice(values):\n    raise NotImplementedError  # your code here"


def _everything_twice(notebook) -> None:
    for name in ("twice", "test_twice", "by_hand", "test_by_hand", "total", "test_total"):
        pasted(notebook, name)


def _as_markdown(notebook) -> None:
    answer = cell_of(notebook, "total")
    text = nbformat.v4.new_markdown_cell(answer.source, metadata=answer.metadata)
    text["id"] = "text"
    notebook.cells[notebook.cells.index(answer)] = text


def _nothing_left(notebook) -> None:
    notebook.cells.clear()


def _upside_down(notebook) -> None:
    notebook.cells.reverse()


KINDS = [
    *(Kind(f"file: {name}", text=text, problem=problem)
      for name, (text, problem) in FILES.items()),
    *(Kind(f"mended: {name}", text=text) for name, text in MENDED.items()),
    Kind("a stub below which the answer was written anew", edit=_worked_on_twice),
    Kind("a stub pasted at the end", edit=_stub_pasted_at_the_end),
    Kind("everything twice", edit=_everything_twice),
    Kind("an answer made markdown", edit=_as_markdown),
    Kind("upside down", edit=_upside_down),
    Kind("no cell left", edit=_nothing_left, twice=MISSING, total=MISSING),
]  # fmt: skip
