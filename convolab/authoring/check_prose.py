"""What can be wrong with a lesson's prose: its length, minutes, key points and fences."""

import re
from collections.abc import Iterator

from convolab.authoring.lesson import Cell, Lesson
from convolab.authoring.mistakes import Mistake

MOST_WORDS = 120
WITHOUT_MINUTES = ("Go further", "Where this comes from")  # optional reading
_MINUTES = re.compile(r"\((\d+) minutes?\)")
_OPTIONS = "exercise|answer|check|heavy|summary|teacher|key_points|report|rubric"
_MARKER = re.compile(rf"# ?%%\s*(\[|$|({_OPTIONS})=)")
_NOT_PROSE = re.compile(
    r"^\s*(```|~~~).*?^\s*\1[`~]*\s*$|^ *\|[^\n]*|\$\$.*?\$\$|<!--.*?-->|(?<=\])\([^)\s]*\)",
    re.DOTALL | re.MULTILINE,
)
_ONE_WORD = re.compile(r"\$[^$\n]+\$|`[^`\n]+`")


def check_prose(lesson: Lesson) -> Iterator[Mistake]:
    """What is wrong with the prose of a lesson. Teacher's cells may be long and take no minutes."""
    texts = [cell for cell in lesson.cells if cell.kind == "markdown"]
    prose = [cell for cell in texts if not cell.report]  # a model answer may be of any length
    for cell in texts:
        for line, says in _commented(cell):
            yield Mistake(lesson.path, line, says)
    for cell in prose:
        words = count_words(cell.source)
        if words > MOST_WORDS and not cell.options.get("teacher"):
            says = f"this cell of prose has {words} words; split it: at most {MOST_WORDS} get read."
            yield Mistake(lesson.path, cell.marker, says)
    yield from _minutes(lesson, prose)
    yield from _key_points(lesson, prose)


def count_words(source: str) -> int:
    """The words of a text to be read: no code blocks, tables, display formulas and comments, and
    a formula or a piece of code within a line is one word."""
    text = _ONE_WORD.sub(" word ", _NOT_PROSE.sub(" ", source))
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def _commented(cell: Cell) -> Iterator[tuple[int, str]]:
    if any(line.strip().lstrip("rR").startswith(('"""', "'''")) for line in cell.raw[1:2]):
        return  # the other way to write prose, in triple quotes
    for line, text in enumerate(cell.raw[1:], start=cell.marker + 1):
        if _MARKER.match(text):
            yield (
                line,
                (
                    "this marker is read as part of the code block in the cell that starts in "
                    f"line {cell.marker}: close that block with ```."
                ),
            )
        elif text.strip() and not text.startswith("#"):
            yield line, "a line of prose starts with `# `; code has its own cell, `# %%`."


def _minutes(lesson: Lesson, prose: list[Cell]) -> Iterator[Mistake]:
    total, complete = 0, True
    for cell in prose:
        if cell.options.get("teacher"):
            continue
        for line, heading in headings(cell):
            minutes = _MINUTES.search(heading)
            title = _MINUTES.sub("", heading).removeprefix("##").strip()
            if title in WITHOUT_MINUTES:
                if minutes:
                    says = f"`{heading}` takes no minutes: this section is optional."
                    yield Mistake(lesson.path, line, says)
            elif minutes:
                total += int(minutes[1])
            else:
                complete = False
                yield Mistake(lesson.path, line, f"`{heading}` must end with its (N minutes).")
    said = lesson.front.minutes
    if said and complete and total != said:
        says = f"the sections add up to {total} minutes, but the front matter says {said}."
        yield Mistake(lesson.path, lesson.front.lines["minutes"], says)


def headings(cell: Cell) -> Iterator[tuple[int, str]]:
    """The second-level headings, with their lines; a comment in a code block is not one."""
    fenced = False
    for line, text in enumerate(cell.source.split("\n"), start=cell.first):
        fenced ^= text.lstrip().startswith(("```", "~~~"))
        if text.startswith("## ") and not fenced:
            yield line, text.strip()


def _key_points(lesson: Lesson, prose: list[Cell]) -> Iterator[Mistake]:
    marked = [cell for cell in prose if cell.options.get("key_points")]
    if lesson.front.key_points and not marked:
        says = "no cell shows the key points; add `# %% [markdown] key_points=true`."
        yield Mistake(lesson.path, lesson.front.lines["key_points"], says)
    for cell in marked[1:]:
        says = f"the key points are already in line {marked[0].marker}."
        yield Mistake(lesson.path, cell.marker, says)
