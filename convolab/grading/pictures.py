"""The pictures of a submission, as it was handed in: grading draws none, feedback shows them.

Only PNG is taken, as data and never as a page, so that nothing of it can run.
"""

import base64
import binascii
import re
from collections import defaultdict, deque
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from convolab.handin.read import read_notebook
from convolab.problem import Problem

MOST_BYTES = 2_000_000
MOST_IN_ALL = 12_000_000
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# What stands in the place of a picture where none is drawn: the text form of a course's Picture,
# of a live figure and of matplotlib's Figure.
_STAND_IN = re.compile(
    r"Picture\(alt=(?P<quote>['\"])(?P<alt>.*)(?P=quote), width=\d+, height=\d+, css_class='[^']*'"
    r"(?:, .*)?\)|<(?P<figure>\w+): (?P<words>.*)>|<Figure size .*>",
    re.DOTALL,
)


@dataclass(frozen=True)
class Shown:
    """A picture as a page shows it: the PNG in base64, what it shows in words, its width."""

    png: str
    alt: str
    width: int | None = None


def handed_in(path: Path) -> dict[str, deque[list[Shown]]]:
    """The pictures in a submitted notebook: for each source text, those of its cells in order."""
    found: dict[str, deque[list[Shown]]] = defaultdict(deque)
    try:
        notebook = read_notebook(path)
    except Problem:  # what cannot be read has no pictures; grading has said why
        return found
    left = MOST_IN_ALL
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        pictures = []
        for output in cell.get("outputs", []):
            shown = _picture(output)
            if shown and (left := left - len(shown.png)) > 0:
                pictures.append(shown)
        found[cell.source].append(pictures)
    return found


def _picture(output: NotebookNode) -> Shown | None:
    """The picture of one output; None if it has none, or none that is sound."""
    data = output.get("data") if isinstance(output, dict) else None
    png = data.get("image/png") if isinstance(data, dict) else None
    if not isinstance(png, str) or len(png) > MOST_BYTES:
        return None
    try:
        content = base64.b64decode("".join(png.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    if not content.startswith(_SIGNATURE):
        return None
    about = output.get("metadata", {}).get("image/png", {})
    about = about if isinstance(about, dict) else {}
    width, alt = about.get("width"), about.get("alt") or data.get("text/plain", "")
    if not isinstance(alt, str) or _STAND_IN.fullmatch(alt):
        alt = ""
    sound = isinstance(width, int) and 0 < width < 10_000
    return Shown(base64.b64encode(content).decode(), alt[:2000], width if sound else None)


def in_words(text: str) -> str | None:
    """What a picture that was not drawn would have shown; None if the text is something else."""
    found = _STAND_IN.fullmatch(text.strip())
    if not found:
        return None
    return (found["alt"] or found["words"] or "").strip()
