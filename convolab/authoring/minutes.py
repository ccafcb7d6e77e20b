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
    figures = _imported_figures(lesson)
    sections = [Section("the opening")]
    for cell in lesson.cells:
        if cell.options.get("teacher"):
            continue
        if cell.kind == "markdown" and not cell.report:
            for _, heading in headings(cell):
                sections.append(Section(re.sub(r"^## | *\(\d+ minutes?\)$", "", heading)))
                if sections[-1].heading == "Explain":
                    sections[-1].minutes += MINUTES["explain"]
        sections[-1].minutes += _cell(cell, lesson, exercises, figures)
    return [s for s in sections if s.minutes and s.heading not in WITHOUT_MINUTES]


def says_minutes(lesson: Lesson, sections: list[Section]) -> str:
    """A sentence of what the lesson says and what it takes, section by section."""
    parts = ", ".join(f"{section.heading} {section.minutes:.0f}" for section in sections)
    return (
        f"the lesson says {lesson.front.minutes} minutes, but what there is to read and to do "
        f"takes about {_total(sections):.0f} ({parts})"
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


def _cell(
    cell: Cell, lesson: Lesson, exercises: Mapping[str, Exercise], figures: set[str]
) -> float:
    if cell.report:
        return MINUTES["report"]
    if cell.kind == "markdown":
        words = count_words(_FOLDED.sub(" ", cell.source))
        if cell.options.get("key_points"):
            words += count_words(" ".join(lesson.front.key_points))
        return words / WORDS_A_MINUTE
    if cell.name:
        exercise = exercises.get(cell.name)
        return _exercise(cell.name, exercise) if exercise else 0
    return MINUTES["figure"] * _shown(cell, figures)


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


def _shown(cell: Cell, figures: set[str]) -> int:
    calls = (node.func for node in _nodes(cell) if isinstance(node, ast.Call))
    return sum(isinstance(called, ast.Name) and called.id in figures for called in calls)


def _nodes(cell: Cell) -> Iterator[ast.AST]:
    if cell.kind != "code":
        return
    try:
        yield from ast.walk(ast.parse(cell.source))
    except SyntaxError:
        return  # said by its line in check_code.py
