"""Parts of a report, which a teacher reads: each is a rubric and, right below it, a model answer.

    # %% [markdown] rubric="report_data"
    # Where do your pictures come from?
    #
    # - 1 point: who took them, and where.
    # - 0.5 points: how many there are of each class.

    # %% [markdown] report="report_data"
    # Only the teacher's notebook has this text. Students get a line that asks them to write.

What a part earns is the sum of its rubric's lines and is written nowhere else.
"""

import re
from collections.abc import Container, Iterator, Mapping

from convolab.authoring.lesson import Cell, Lesson
from convolab.authoring.mistakes import Mistake
from convolab.cell_metadata import CHECK, RUBRIC

_LINE = re.compile(r"(?m)^- (\d+(?:\.\d{1,2})?) points?: \S")
_NUMBER = r"(?:[\d½¼¾][\d.,/½¼¾ ]*|one|two|three|four|five|half an?)"
_NEARLY = re.compile(rf"^\s*[-*+] \W*{_NUMBER}\W{{0,3}}(?:points?|pts?|marks?)\b", re.IGNORECASE)
_FORM = "`- 1 point: what earns it.`"


def report_points(lesson: Lesson) -> dict[str, float]:
    """What each part of the lesson's report is worth, by its name."""
    return {
        name: _points(cell.source)
        for cell in lesson.cells
        if isinstance(name := cell.options.get("rubric"), str)
    }


def check_reports(
    lesson: Lesson, taken: Container[str], elsewhere: Mapping[str, str]
) -> Iterator[Mistake]:
    """What is wrong with the parts of a lesson's report.

    Args:
        taken: the names of the lesson's exercises.
        elsewhere: names of earlier lessons, each with its lesson.
    """
    first: dict[str, Cell] = {}
    for place, cell in enumerate(lesson.cells):
        if isinstance(name := cell.options.get("rubric"), str):
            for line, says in _rubric(cell):
                yield Mistake(lesson.path, line, says)
            below = lesson.cells[place + 1] if place + 1 < len(lesson.cells) else None
            if below is None or below.options.get("report") != name:
                says = f'right below the rubric of {name} comes `# %% [markdown] report="{name}"`.'
                yield Mistake(lesson.path, cell.marker, says)
        if not isinstance(name := cell.report, str):
            continue
        if not place or lesson.cells[place - 1].options.get("rubric") != name:
            says = (
                f"{name} has no rubric, so nobody knows what it is worth: put "
                f'`# %% [markdown] rubric="{name}"` right above it.'
            )
            yield Mistake(lesson.path, cell.marker, says)
        for says in _name(name, first, taken, elsewhere):
            yield Mistake(lesson.path, cell.marker, says)
        first.setdefault(name, cell)


def _points(source: str) -> float:
    return round(sum(map(float, _LINE.findall(source))), 2)


def _rubric(cell: Cell) -> Iterator[tuple[int, str]]:
    odd = [
        (line, f"this line earns nothing: a line of a rubric is written {_FORM}")
        for line, text in enumerate(cell.source.split("\n"), start=cell.first)
        if _NEARLY.match(text) and not _LINE.match(text)
    ]
    yield from odd
    if not odd and not _points(cell.source):
        yield cell.marker, f"this rubric gives no points: it needs a line such as {_FORM}"


def _name(
    name: str, first: Mapping[str, Cell], taken: Container[str], elsewhere: Mapping[str, str]
) -> Iterator[str]:
    for prefix, what in ((CHECK, "checks"), (RUBRIC, "rubrics")):
        if name.startswith(prefix):
            yield f"{name} begins as the names of {what} do: choose another name."
    if name in first:
        yield f"{name} is already the name in line {first[name].marker}; choose another."
    if name in taken:
        yield f"{name} is also an exercise of this lesson; choose another name."
    if name in elsewhere:
        yield f"{name} is already a name in lessons/{elsewhere[name]}.py; choose another."
