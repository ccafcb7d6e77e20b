"""Pictures of a submission: grading draws none, feedback shows the ones handed in.

Only PNG, JPEG and GIF are taken, as data and never as a page, so that nothing of them can run.
"""

import base64
import io
import re
import warnings
from collections import defaultdict, deque
from dataclasses import dataclass, replace
from pathlib import Path

from nbformat import NotebookNode
from PIL import Image

from convolab.handin.read import read_notebook
from convolab.problem import Problem

MOST_BYTES = 2_000_000  # of base64, for one picture
MOST_IN_ALL = 12_000_000
MOST_PIXELS = 40_000_000  # a small file may hold more than a browser can draw
KINDS = ("image/png", "image/jpeg", "image/gif")
# What replaces a picture if none is drawn: the text form of a course's Picture, of a live figure
# and of matplotlib's Figure.
_STAND_IN = re.compile(
    r"Picture\(alt=(?P<quote>['\"])(?P<alt>.*)(?P=quote), width=\d+, height=\d+, css_class='[^']*'"
    r"(?:, .*)?\)|<(?P<figure>\w+): (?P<words>.*)>|<Figure size .*>",
    re.DOTALL,
)


@dataclass(frozen=True)
class Shown:
    """A picture as a page shows it.

    Attributes:
        kind: one of KINDS.
        data: in base64.
        alt: what it shows in words.
        width: in pixels of the page, if not the picture's own.
    """

    kind: str
    data: str
    alt: str = ""
    width: int | None = None

    @property
    def address(self) -> str:
        """The picture as an address that needs no network."""
        return f"data:{self.kind};base64,{self.data}"


def sound(content: str) -> Shown | None:
    """The picture in some base64; None if it is not one, or too large to be shown."""
    if len(content) > MOST_BYTES:
        return None
    try:
        data = base64.b64decode("".join(content.split()), validate=True)
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Pillow warns of what is far too large
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF")) as picture:
                width, height, kind = picture.width, picture.height, Image.MIME.get(picture.format)
    except Exception:  # Pillow raises many kinds of exceptions for what is not a picture
        return None
    if kind not in KINDS or width * height > MOST_PIXELS:
        return None
    return Shown(kind, base64.b64encode(data).decode())


def handed_in(path: Path) -> dict[str, deque[list[Shown]]]:
    """The pictures in a submitted notebook: for each source text, those of its cells in order."""
    found: dict[str, deque[list[Shown]]] = defaultdict(deque)
    try:
        notebook = read_notebook(path)
    except Problem:  # an unreadable one has no pictures; grading has said why
        return found
    left = MOST_IN_ALL
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        pictures = []
        for output in cell.get("outputs", []):
            shown = _picture(output)
            if shown and (left := left - len(shown.data)) > 0:
                pictures.append(shown)
        found[cell.source].append(pictures)
    return found


def _picture(output: NotebookNode) -> Shown | None:
    """The picture of one output; None if it has no valid one."""
    data = output.get("data") if isinstance(output, dict) else None
    if not isinstance(data, dict):
        return None
    kind = next((kind for kind in KINDS if isinstance(data.get(kind), str)), None)
    shown = sound(data[kind]) if kind else None
    if shown is None:
        return None
    about = output.get("metadata", {}).get(kind, {})
    about = about if isinstance(about, dict) else {}
    width, alt = about.get("width"), about.get("alt") or data.get("text/plain", "")
    if not isinstance(alt, str) or _STAND_IN.fullmatch(alt):
        alt = ""
    fits = isinstance(width, int) and 0 < width < 10_000
    return replace(shown, alt=alt[:2000], width=width if fits else None)


def in_words(text: str) -> str | None:
    """What a picture that was not drawn would have shown; None if the text is something else."""
    found = _STAND_IN.fullmatch(text.strip())
    if not found:
        return None
    return (found["alt"] or found["words"] or "").strip()
