"""What a file is that was handed in as a notebook but is not one: a PDF, a web page, a conflict."""

import io
import re
import zipfile
from collections.abc import Callable

_BEGINS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"bplist00", "a shortcut made by macOS"),
    (b"\0\5\x16\7", "a companion file that macOS writes next to the real one"),
    (b"version https://git-lfs", "a Git LFS pointer"),
)
_OFFICE = {"word/": "a Word document", "xl/": "an Excel sheet", "ppt/": "a presentation"}
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.DOTALL)
_PROGRAM = re.compile(r"^(?:import \w|from \w+(?:\.\w+)* import |def \w+\(|# %%)", re.MULTILINE)


def kind_of_bytes(content: bytes) -> str | None:
    """What a file is, from its first bytes: the rest of a sentence that starts with its name.

    None if they say nothing.
    """
    if content.startswith(b"PK\x03\x04"):
        return _zip(content)
    what = next((what for start, what in _BEGINS if content.startswith(start)), None)
    return what and f"is {what}, not a notebook"


def _zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "is a damaged zip archive, not a notebook"
    for folder, what in _OFFICE.items():
        if any(name.startswith(folder) for name in names):
            return f"is {what}, not a notebook"
    inside = next((name for name in names if name.endswith(".ipynb")), None)
    return f"is a zip archive{f' that holds {inside}' if inside else ''}, not a notebook"


def _web_page(text: str) -> str | None:
    if not _PAGE.match(text[:5000]):
        return None
    return "is a web page (a login page, or the notebook as HTML), not a notebook"


def _conflict(text: str) -> str | None:
    found = _CONFLICT.search(text)
    if found is None:
        return None
    return f"holds a merge conflict at line {text.count(chr(10), 0, found.start()) + 1}"


def _program(text: str) -> str | None:
    if text.lstrip().startswith(("{", "[", "<")) or not _PROGRAM.search(text):
        return None
    return "is a Python program, not a notebook"


_LOOKS: tuple[Callable[[str], str | None], ...] = (_conflict, _web_page, _program)


def kind_of_text(text: str) -> str | None:
    """Like `kind_of_bytes`, for a text that is not JSON."""
    return next((says for look in _LOOKS if (says := look(text))), None)
