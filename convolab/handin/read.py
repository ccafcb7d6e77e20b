"""Reads a notebook file however it was saved, or says in one sentence why it is none.

Editors, mail programs and file shares save notebooks in other encodings, with a byte order mark,
with the line ends of Windows or padded with zero bytes; none of that is the student's fault.
"""

import codecs
import json
import warnings
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.warnings import DuplicateCellId, MissingIDFieldWarning

from convolab.problem import Problem

_MARKS = (  # the longer ones first: that of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

ASK_AGAIN = "ask for the file again"
MOST_PARTS = 1_000_000  # lists and dictionaries: a file of 100 MB could hold so many that none fits


def read_notebook(path: Path, again: str = ASK_AGAIN) -> NotebookNode:
    """A notebook in today's format.

    Args:
        path: the file.
        again: the way out, the end of the sentence if it cannot be read.

    Raises:
        Problem: it cannot be read, or is no notebook.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Problem(f"{path.name} cannot be read ({error.strerror}): {again}.") from error
    return parse_notebook(content, path.name, again)


def parse_notebook(content: bytes, name: str, again: str = ASK_AGAIN) -> NotebookNode:
    """As `read_notebook`, from the bytes of a file of this name."""
    if not content.strip(b"\0 \t\r\n"):
        raise Problem(f"{name} is empty: {again}.")
    if content.count(b"[") + content.count(b"{") > MOST_PARTS:
        raise Problem(f"{name} holds more than a notebook can: clear its outputs and save it anew.")
    notebook = _parsed(name, _decoded(name, content, again), again)
    for place, cell in enumerate(notebook.cells, start=1):
        sound = isinstance(cell, dict) and all(
            isinstance(cell.get(key), str) for key in ("cell_type", "source")
        )
        if not sound or not isinstance(cell.get("metadata"), dict):
            raise Problem(f"{name} is damaged, its cell {place} is not a cell: {again}.")
        cell.source = cell.source.replace("\r\n", "\n").replace("\r", "\n")
    return notebook


def is_as_jupyter_saves(path: Path) -> bool:
    """Whether nbgrader's own programs can read a file: UTF-8 without a mark, in today's format."""
    try:
        return (
            json.loads(path.read_bytes().decode("utf-8"))["nbformat"] == nbformat.current_nbformat
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False


def _decoded(name: str, content: bytes, again: str) -> str:
    """The text of a file; of several ways to read it the first that gives JSON."""
    damaged = None
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding).strip("\ufeff\0")
            json.loads(text)
        except UnicodeError:
            continue
        except json.JSONDecodeError as error:
            if encoding == "utf-8":  # in the others any bytes are a text
                damaged = error
            continue
        except (ValueError, RecursionError):
            pass  # it is JSON, and what is wrong with it is for nbformat to find
        return text
    if damaged is None:
        raise Problem(f"{name} is not a text file: {again}.")
    raise Problem(
        f"{name} is not a notebook, its JSON breaks off or is damaged at line "
        f"{damaged.lineno}: {again}."
    ) from damaged


def _encodings(content: bytes) -> Iterator[str]:
    yield from (encoding for mark, encoding in _MARKS if content.startswith(mark))
    yield "utf-8"
    if b"\0" in content[:2]:
        yield "utf-16-be" if content.startswith(b"\0") else "utf-16-le"
    yield "cp1252"  # what Windows calls ANSI; an old editor may have saved in it


def _parsed(name: str, text: str, again: str) -> NotebookNode:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DuplicateCellId)
            warnings.simplefilter("ignore", MissingIDFieldWarning)
            notebook = nbformat.reads(text, as_version=4)
        if not isinstance(notebook.cells, list):
            raise TypeError(notebook.cells)
        return notebook
    except Exception as error:  # nbformat tells what is no notebook by exceptions of any kind
        raise Problem(f"{name} is JSON but not a notebook: {again}.") from error
