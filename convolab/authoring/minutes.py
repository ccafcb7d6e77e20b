"""How many minutes a lesson takes, estimated from what there is to read and to do in it.

The weights were set by fluent learners, who took 90 to 140 minutes for each of the first eight
lessons: the estimates are within a fifth of all of them. What may be skipped takes no time: the
sections of `WITHOUT_MINUTES`, the teacher's cells, and answers that are folded away.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from convolab.authoring.check_prose import WITHOUT_MINUTES, count_words, headings
from convolab.authoring.lesson import Cell, Lesson
from convolab.authoring.mistakes import Mistake
from convolab.check.words import counted
from convolab.exercises import Exercise

WORDS_A_MINUTE = 180
MINUTES = {
    "by hand": 2,  # an answer worked out on paper, a prediction, a question to talk about
    "explain": 2,  # two sentences of one's own
    "report": 4,  # a part of a report
    "trap": 3,  # a program to fix
    "step": 3,  # a function that earns no points
    "function": 3,
    "open": 3,  # an open task; what is tried and changed is in its points
    "point": 2,  # each point of a function or an open task
    "figure": 3,
    "figure again": 1,  # with other values: how to move it is known by then
}
MOST_MINUTES = 90
TOLERANCE, LEAST_TOLERANCE = 1 / 5, 5  # of the estimate, and in minutes
TRAP = "trap_"
# Lessons that were written before their minutes were checked. Take one out once it is held to them;
# a test sees that none is here without need.
NOT_YET: set[str] = set()
_FOLDED = re.compile(r"<details.*?</details>", re.DOTALL)


@dataclass
class Section:
    """A second-level heading without its minutes, and how many minutes it takes."""

    heading: str
    minutes: float = 0.0


def estimate(lesson: Lesson, exercises: Mapping[str, Exercise]) -> list[Section]:
    """The minutes of each section that takes time.

    Args:
        lesson: as read; what comes before its first heading is a section called "the opening".
        exercises: its exercises; a cell whose exercise is missing here takes no time.
    """
    figures, known = _imported_figures(lesson), set()
    sections = [Section("the opening")]
    for cell in lesson.cells:
        if cell.options.get("teacher"):
            continue
        if cell.kind == "markdown" and not cell.report:
            for _, heading in headings(cell):
                sections.append(Section(re.sub(r"^## | *\(\d+ minutes?\)$", "", heading)))
                if sections[-1].heading == "Explain":
                    sections[-1].minutes += MINUTES["explain"]
        sections[-1].minutes += _cell(cell, lesson, exercises)
        if not cell.name:
            shown = _shown(cell, figures)
            sections[-1].minutes += _figures(shown, known)
            known.update(shown)
    return [s for s in sections if s.minutes and s.heading not in WITHOUT_MINUTES]


def says_minutes(lesson: Lesson, sections: list[Section]) -> str:
    """A sentence of what the lesson says and what it takes, section by section."""
    parts = ", ".join(f"{section.heading} {section.minutes:.0f}" for section in sections)
    return (
        f"the lesson says {counted(lesson.front.minutes, 'minute')}, but what there is to read and "
        f"to do takes about {_total(sections):.0f} ({parts})"
    )


def check_minutes(lesson: Lesson, exercises: Mapping[str, Exercise]) -> Iterator[Mistake]:
    """Whether the stated minutes are within a fifth of the estimate, and both are one sitting."""
    if lesson.front.minutes and lesson.id not in NOT_YET:
        yield from unheld_minutes(lesson, exercises)


def unheld_minutes(lesson: Lesson, exercises: Mapping[str, Exercise]) -> Iterator[Mistake]:
    """What is wrong with the minutes of a lesson, also of one that is not held to them yet."""
    sections = estimate(lesson, exercises)
    takes, said = _total(sections), lesson.front.minutes
    if round(takes) > MOST_MINUTES:
        what = f"one sitting is at most {MOST_MINUTES}: shorten it, or move parts to Go further"
    elif abs(said - takes) > max(TOLERANCE * takes, LEAST_TOLERANCE):
        what = f"say {takes:.0f}, or change what is in the lesson"
    else:
        return
    says = f"{says_minutes(lesson, sections)}; {what}."
    yield Mistake(lesson.path, lesson.front.lines["minutes"], says)


def _total(sections: list[Section]) -> float:
    return sum(section.minutes for section in sections)


def _cell(cell: Cell, lesson: Lesson, exercises: Mapping[str, Exercise]) -> float:
    if cell.report:
        return MINUTES["report"]
    if cell.kind == "markdown":
        words = count_words(_FOLDED.sub(" ", cell.source))
        if cell.options.get("key_points"):
            words += count_words(" ".join(lesson.front.key_points))
        return words / WORDS_A_MINUTE
    exercise = exercises.get(cell.name or "")
    return _exercise(cell.name, exercise) if exercise else 0


def _exercise(name: str, exercise: Exercise) -> float:
    if exercise.kind == "value":
        return MINUTES["by hand"]
    if exercise.kind == "open":
        return MINUTES["open"] + MINUTES["point"] * exercise.worth
    if name.startswith(TRAP):
        return MINUTES["trap"]
    if not exercise.points:
        return MINUTES["step"]
    return MINUTES["function"] + MINUTES["point"] * exercise.worth


def _imported_figures(lesson: Lesson) -> set[str]:
    """The live figures that a lesson imports; `plots` are static and do not count."""
    return {
        alias.asname or alias.name
        for cell in lesson.cells
        for node in _nodes(cell)
        if isinstance(node, ast.ImportFrom) and node.module == "convolab.figures"
        for alias in node.names
        if alias.name[0].isupper()
    }


def _shown(cell: Cell, figures: set[str]) -> list[str]:
    """The figures that a cell shows, one name for each call: `Kernel()` or `Kernel.noisy()`."""
    calls = (node.func for node in _nodes(cell) if isinstance(node, ast.Call))
    made = (called.value if isinstance(called, ast.Attribute) else called for called in calls)
    return [one.id for one in made if isinstance(one, ast.Name) and one.id in figures]


def _figures(shown: list[str], known: set[str]) -> float:
    """The minutes of the figures of a cell, if some are known from the cells before it."""
    first = set(shown) - known
    return MINUTES["figure"] * len(first) + MINUTES["figure again"] * (len(shown) - len(first))


def _nodes(cell: Cell) -> Iterator[ast.AST]:
    if cell.kind != "code":
        return
    try:
        yield from ast.walk(ast.parse(cell.source))
    except SyntaxError:
        return  # said by its line in check_code.py
