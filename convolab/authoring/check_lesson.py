"""What can be wrong with a lesson as a whole: its exercises, their checks, order and objectives.

check_code.py checks cells of code, check_prose.py prose, minutes.py the time that it all takes. All
of them report file and line, and everything at once.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from convolab.authoring.check_code import check_code
from convolab.authoring.check_prose import check_prose
from convolab.authoring.check_summary import check_summary
from convolab.authoring.lesson import Cell, Lesson
from convolab.authoring.minutes import check_minutes
from convolab.authoring.mistakes import Mistake, did_you_mean
from convolab.authoring.reports import check_reports
from convolab.check.progress import points_in_words
from convolab.exercises import Exercise

_SOLVES = {"exercise": str, "answer": str}
_OPTIONS = {
    "code": {**_SOLVES, "check": str, "heavy": bool, "teacher": bool, "summary": bool},
    "markdown": {"teacher": bool, "key_points": bool, "report": str, "rubric": str},
}
_ROLES = ("exercise", "answer", "check", "report", "rubric")
_EXTRAS = {"heavy", "teacher", "summary", "key_points"}
_NAME = re.compile(r"[A-Za-z_]\w{0,50}", re.ASCII)  # it becomes a cell's id as well
_LESSON = re.compile(r"\d\d_[a-z0-9_]{1,40}")


def check_lesson(
    lesson: Lesson,
    exercises: Mapping[str, Exercise],
    elsewhere: Mapping[str, str] | None = None,
) -> list[Mistake]:
    """Everything that is wrong with a lesson, in the order of its lines.

    Args:
        lesson: as read.
        exercises: its exercises, from autograde/exercises/<lesson>/.
        elsewhere: names of exercises of other lessons, each with its lesson.
    """
    found = chain(
        lesson.mistakes,
        _kinds_and_options(lesson),
        _names(lesson, elsewhere or {}),
        _specs(lesson, exercises),
        _checks(lesson),
        _objectives(lesson, exercises),
        check_code(lesson, exercises),
        check_prose(lesson),
        check_summary(lesson),
        check_reports(lesson, exercises, elsewhere or {}),
    )
    # Other mistakes change the minutes, so these are the last thing to fix.
    return sorted(set(found)) or list(check_minutes(lesson, exercises))


def solved(lesson: Lesson) -> dict[str, Cell]:
    """The first cell of each exercise or answer."""
    cells = {cell.name: cell for cell in reversed(lesson.cells) if cell.name}
    return dict(reversed(cells.items()))


def _kinds_and_options(lesson: Lesson) -> Iterator[Mistake]:
    if not _LESSON.fullmatch(lesson.id):
        says = "name a lesson like 01_convolution_1d: two digits, small letters, underscores."
        yield Mistake(lesson.path, 0, says)
    for cell in lesson.cells:
        for says in _cell_options(cell):
            yield Mistake(lesson.path, cell.marker, says)
    if not lesson.cells:
        yield Mistake(lesson.path, lesson.front.end, "there is no cell below the front matter.")


def _cell_options(cell: Cell) -> Iterator[str]:
    known = _OPTIONS.get(cell.kind)
    if known is None:
        yield f"a cell is code, `# %%`, or prose, `# %% [markdown]`, and not [{cell.kind}]."
        return
    if not cell.source.strip():
        yield "this cell is empty; write something in it or delete it."
    for name, value in cell.options.items():
        if name == "incorrectly_encoded_metadata":
            yield f'`{value}` cannot be read; an option is written like exercise="convolve_at".'
        elif name in ("title", "cell_depth"):
            yield f"a cell has no {name}, as in {value!r}; options are written like heavy=true."
        elif name in ("report", "rubric") and cell.kind == "code":
            yield f"a {name} is prose: begin the cell with `# %% [markdown] {name}=…`."
        elif name not in known:
            yield f"a {cell.kind} cell has no option {name!r}{did_you_mean(name, known)}"
        elif known[name] is bool and value is not True:
            yield f"{name} is written {name}=true or left out."
        elif known[name] is str and not (isinstance(value, str) and _NAME.fullmatch(value)):
            yield f'{name} must be a name in quotes, like {name}="convolve_at".'
    roles = [name for name in _ROLES if name in cell.options]
    if len(roles) > 1:
        yield f"a cell is one of {' and '.join(roles)}, not both."
    for extra in _EXTRAS & set(cell.options) if roles else ():
        yield f"{roles[0]} and {extra} do not go together."


def _names(lesson: Lesson, elsewhere: Mapping[str, str]) -> Iterator[Mistake]:
    first: dict[str, Cell] = {}
    for cell in lesson.cells:
        if not cell.name:
            continue
        if cell.name in first:
            line = first[cell.name].marker
            says = f"{cell.name} is already solved in line {line}; give this cell another name."
            yield Mistake(lesson.path, cell.marker, says)
        elif cell.name in elsewhere:
            other = elsewhere[cell.name]
            says = f"{cell.name} is already a name in lessons/{other}.py; choose another."
            yield Mistake(lesson.path, cell.marker, says)
        first.setdefault(cell.name, cell)


def _specs(lesson: Lesson, exercises: Mapping[str, Exercise]) -> Iterator[Mistake]:
    module = f"autograde/exercises/{lesson.id}/"
    cells = solved(lesson)
    for name, cell in cells.items():
        if name not in exercises:
            says = f"there is no exercise {name!r} in {module}{did_you_mean(name, exercises)}"
            yield Mistake(lesson.path, cell.marker, says)
        elif "exercise" in cell.options and not exercises[name].points:
            says = (
                f"{name} earns no points in {module}: give its Exercise points=…, or make this "
                f'cell an answer="{name}".'
            )
            yield Mistake(lesson.path, cell.marker, says)
        elif "answer" in cell.options and exercises[name].points:
            points = points_in_words(exercises[name].worth)
            says = f'{name} earns {points} in {module}: write exercise="{name}" here.'
            yield Mistake(lesson.path, cell.marker, says)
    for name, exercise in exercises.items():
        called = getattr(exercise.answer, "__name__", name)
        if exercise.kind != "value" and called != name:
            says = (
                f"exercise {name}: the right program is called {called}; give it and its file the "
                "name of the function that learners write."
            )
            yield Mistake(module + exercise.path, exercise.answer_line, says)
        if name not in cells:
            says = (
                f'{lesson.path} has no cell for {name}; add `# %% exercise="{name}"`, '
                'or answer="…" if it earns no points.'
            )
            yield Mistake(module + exercise.path, exercise.line, says)


def _checks(lesson: Lesson) -> Iterator[Mistake]:
    cells, checked = solved(lesson), {}
    for cell in lesson.cells:
        name = cell.options.get("check")
        if not isinstance(name, str):
            continue
        if name not in cells:
            says = f"there is no exercise or answer {name!r} to check{did_you_mean(name, cells)}"
            yield Mistake(lesson.path, cell.marker, says)
        elif cells[name].marker > cell.marker:
            says = f"{name} is checked before it is solved, in line {cells[name].marker}."
            yield Mistake(lesson.path, cell.marker, says)
        if name in checked:
            says = f"{name} is already checked in line {checked[name].marker}."
            yield Mistake(lesson.path, cell.marker, says)
        checked.setdefault(name, cell)
        if cell.source != f'check("{name}")':
            says = (
                f'a check cell is exactly `check("{name}")`: with anything more, nbgrader would '
                "give full marks."
            )
            yield Mistake(lesson.path, cell.first, says)
    for name, cell in cells.items():
        if name not in checked:
            says = f'{name} is never checked; add `# %% check="{name}"` and `check("{name}")`.'
            yield Mistake(lesson.path, cell.marker, says)


def _objectives(lesson: Lesson, exercises: Mapping[str, Exercise]) -> Iterator[Mistake]:
    graded = [n for n in solved(lesson) if n in exercises and exercises[n].points]
    shown = {name for objective in lesson.front.objectives for name in objective.shown_by}
    for objective in lesson.front.objectives:
        for name in objective.shown_by:
            if name and name not in graded:
                says = (
                    f"{name!r} is not a graded exercise of this lesson{did_you_mean(name, graded)}"
                )
                yield Mistake(lesson.path, objective.line, says)
    for name in graded if shown <= set(graded) else ():  # else it is likely misspelt above
        if name not in shown:
            says = f"{name} is graded, and no objective names it: add it to a `shown_by` above."
            yield Mistake(lesson.path, solved(lesson)[name].marker, says)
