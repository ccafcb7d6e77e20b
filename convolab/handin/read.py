"""Reads a notebook file however it was saved, or says in one sentence why it is not one.

Editors, mail programs and file shares save notebooks in other encodings, with a byte order mark,
with the line ends of Windows or padded with zero bytes; other tools leave out what they do not use.
None of that is the student's fault.
"""

import codecs
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from convolab.handin.file_kind import kind_of_bytes, kind_of_text
from convolab.handin.json_shape import MOST_DEPTH, NotANotebook, shape
from convolab.handin.utf8 import make_savable
from convolab.problem import Problem

_MARKS = (  # the longer ones first: UTF-32's starts with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

ASK_AGAIN = "ask for the file again"
MOST_PARTS = 1_000_000  # lists and dictionaries: a file of 100 MB could hold so many that none fits
REPLACED = "It contains text that cannot be saved (half an emoji, for instance), shown as \ufffd."


def read_notebook(
    path: Path, again: str = ASK_AGAIN, notes: list[str] | None = None
) -> NotebookNode:
    """A notebook in today's format, all text in it such that it can be saved.

    Args:
        path: the file.
        again: the way out, the end of the sentence if it cannot be read.
        notes: gets a sentence for what had to be replaced in its text.

    Raises:
        Problem: it cannot be read, or is not a notebook.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Problem(f"{path.name} cannot be read ({error.strerror}): {again}.") from error
    return parse_notebook(content, path.name, again, notes)


def parse_notebook(
    content: bytes, name: str, again: str = ASK_AGAIN, notes: list[str] | None = None
) -> NotebookNode:
    """Like `read_notebook`, from the bytes of a file of this name."""
    if not content.strip(b"\0 \t\r\n"):
        raise Problem(f"{name} is empty: {again}.")
    if says := kind_of_bytes(content):
        raise Problem(f"{name} {says}: {again}.")
    if content.count(b"[") + content.count(b"{") > MOST_PARTS:
        raise Problem(
            f"{name} contains more than a notebook can: clear its outputs and save it again."
        )
    try:
        data = shape(_json(name, content, again))
    except NotANotebook as error:
        raise Problem(f"{name} {error}: {again}.") from error
    if make_savable(data) and notes is not None:
        notes.append(REPLACED)
    return nbformat.v4.to_notebook(data)


def is_as_jupyter_saves(path: Path) -> bool:
    """Whether nbgrader's own programs can read a file: UTF-8 without a mark, in today's format."""
    try:
        about = json.loads(path.read_bytes().decode("utf-8"))
        minor = about["nbformat_minor"]
        return type(minor) is int and about["nbformat"] == nbformat.current_nbformat
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False


def _json(name: str, content: bytes, again: str) -> Any:
    """What a file holds; of several ways to read its bytes the first that gives JSON."""
    damaged, text = None, ""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding).strip("\ufeff\0")
            return _parsed(text)
        except UnicodeError:
            continue
        except json.JSONDecodeError as error:
            if says := kind_of_text(text):
                raise Problem(f"{name} {says}: {again}.") from error
            if encoding == "utf-8":  # in the others any bytes are a text
                damaged = error
        except RecursionError as error:
            raise NotANotebook(
                f"is not a notebook, its JSON is nested more than {MOST_DEPTH} deep"
            ) from error
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


def _parsed(text: str) -> Any:
    """JSON, with null for numbers that no notebook needs and other programs cannot read."""
    return json.loads(text, parse_int=_int, parse_float=_float, parse_constant=lambda _: None)


def _int(digits: str) -> int | None:
    return int(digits) if len(digits) < 1000 else None


def _float(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None
