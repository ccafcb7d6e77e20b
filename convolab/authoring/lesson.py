"""A lesson's text as front matter and cells, each with the lines that it is on.

The format is jupytext's "py:percent" and jupytext reads it; the lines are ours, because jupytext
does not tell them and every mistake is reported by its line.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import jupytext
from jupytext.cell_reader import DoublePercentScriptCellReader

from convolab.authoring.content import tidy
from convolab.authoring.front_matter import FrontMatter, read_front_matter
from convolab.authoring.mistakes import Mistake
from convolab.problem import Problem

FORMAT = {"extension": ".py", "format_name": "percent"}
# What jupytext notes about a cell's looks in the text; not options of ours.
_LOOKS = {"lines_to_next_cell", "lines_to_end_of_cell_marker", "cell_marker"}
# Lines of a prose cell's beginning that hold no text of it.
_NO_TEXT = re.compile(r"""[#\s]*|[rR]?(\"{3}|'{3})""")
# What Python's splitlines, and with it jupytext, takes for the end of a line, and editors do not.
_STRANGE_ENDS = re.compile("[\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")


@dataclass(frozen=True)
class Cell:
    """A cell of a lesson.

    `marker` is the line of its `# %%`, `first` that of its text, `last` that before the next
    marker; `raw` its lines in the file from marker to last.
    """

    kind: str
    source: str
    options: dict
    marker: int
    first: int
    raw: tuple[str, ...]

    @property
    def last(self) -> int:
        return self.marker + len(self.raw) - 1

    @property
    def name(self) -> str | None:
        """The exercise or answer that is solved here."""
        return self.options.get("exercise") or self.options.get("answer")

    @property
    def report(self) -> str | None:
        """The part of a report that is written here, which a teacher reads."""
        return self.options.get("report")


@dataclass(frozen=True)
class Lesson:
    """A lesson, for instance "01_convolution_1d", as its author wrote it."""

    id: str
    text: str
    front: FrontMatter
    cells: tuple[Cell, ...]
    mistakes: tuple[Mistake, ...] = field(default=())

    @property
    def path(self) -> str:
        """Where it is in the course, for a reader."""
        return f"lessons/{self.id}.py"

    @property
    def number(self) -> str:
        return self.id.split("_")[0]


def read_lesson(course: Path, lesson: str) -> Lesson:
    """Read lessons/<lesson>.py.

    Raises:
        Problem: the file cannot be read as text.
    """
    path = course / "lessons" / f"{lesson}.py"
    try:
        return parse_lesson(path.read_text(encoding="utf-8-sig"), lesson)
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise Problem(
            f"lessons/{path.name}:{line}: this is not UTF-8 text; save the lesson as UTF-8."
        ) from error
    except OSError as error:
        raise Problem(f"lessons/{path.name} cannot be read: {error.strerror}.") from error


def parse_lesson(text: str, lesson: str) -> Lesson:
    """The lesson in a text; what cannot be read is among its `mistakes`."""
    path = f"lessons/{lesson}.py"
    lines = text.split("\n")
    strange = [number for number, line in enumerate(lines, start=1) if _STRANGE_ENDS.search(line)]
    lines = [_STRANGE_ENDS.sub(" ", line) for line in lines]
    front, mistakes = read_front_matter(path, lines)
    says = "this line contains an invisible line separator; delete it."
    mistakes += [Mistake(path, number, says) for number in strange]
    begin = front.end
    while begin < len(lines) and not lines[begin].strip():
        begin += 1
    if begin < len(lines) and not re.match(r"# ?%%(\s|$)", lines[begin]):
        mistakes.append(Mistake(path, begin + 1, "a cell starts with a line `# %%`."))
    cells = _cells(lines[begin:], begin + 1)
    return Lesson(lesson, text, front, tuple(cells), tuple(mistakes))


def parse_page(text: str, name: str) -> Lesson:
    """A text of cells alone, without front matter, such as the gallery of figures."""
    return Lesson(name, text, FrontMatter(), tuple(_cells(text.split("\n"), 1)))


def _cells(lines: list[str], offset: int) -> list[Cell]:
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    if not lines:
        return []
    read = jupytext.reads("\n".join(lines), fmt=FORMAT).cells
    return [
        _cell(cell, lines[begin:end], offset + begin)
        for cell, (begin, end) in zip(read, _spans(lines), strict=True)
    ]


def _spans(lines: list[str]) -> list[tuple[int, int]]:
    """Where each cell begins and ends, by jupytext's own reader."""
    spans, begin = [], 0
    while begin < len(lines):
        _, length = DoublePercentScriptCellReader(FORMAT, "python").read(lines[begin:])
        spans.append((begin, begin + length))
        begin += length
    return spans


def _cell(cell, raw: list[str], marker: int) -> Cell:
    options = {key: value for key, value in cell.metadata.items() if key not in _LOOKS}
    skip = _NO_TEXT if cell.cell_type == "markdown" else re.compile(r"\s*")
    skipped = 1
    while skipped < len(raw) and skip.fullmatch(raw[skipped]):
        skipped += 1
    return Cell(
        kind=cell.cell_type,
        source=tidy(cell.cell_type, cell.source),
        options=options,
        marker=marker,
        first=marker + min(skipped, len(raw) - 1),
        raw=tuple(raw),
    )
