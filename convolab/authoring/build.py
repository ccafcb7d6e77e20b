"""`convolab build`: lessons/*.py to solutions/, notebooks/ and convolab/cases/, and the pages that
are not lessons to notebooks/: the gallery of figures and the page of sources.

Everything is made in memory first. A lesson with a mistake stops only itself: the others are
built, and all mistakes of all lessons are reported together. Nothing is ever half-written, and
files edited by hand are neither overwritten nor removed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from convolab.authoring.bibliography import PAGE, bibliography
from convolab.authoring.case_files import compile_cases
from convolab.authoring.check_lesson import check_lesson
from convolab.authoring.gallery import GALLERY, gallery
from convolab.authoring.lesson import Lesson, read_lesson
from convolab.authoring.minutes import estimate, says_minutes
from convolab.authoring.notebook import notebook_bytes, teacher_notebook
from convolab.authoring.products import (
    built_files,
    built_lessons,
    edited_by_hand,
    notebook_path,
    outline_path,
    replace_together,
)
from convolab.check.outline import outline_of
from convolab.exercises import Exercise
from convolab.exercises.load import load_exercises
from convolab.problem import Problem

Progress = Callable[[str], None]


@dataclass
class BuildReport:
    """What a build wrote or removed (with check=True: what is out of date), relative to the
    course and in the order of the lessons, and a sentence for everything that stopped it."""

    changed: list[Path] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class BuildFailed(Problem):
    """Not every lesson could be built; `report` says why, and what happened to the others."""

    def __init__(self, report: BuildReport):
        super().__init__("\n".join(report.problems))
        self.report = report


def build(
    course: Path,
    *,
    check: bool = False,
    lessons: list[str] | None = None,
    progress: Progress = lambda step: None,
) -> BuildReport:
    """Build lessons, all of them unless some are named.

    Args:
        course: the course's folder.
        check: only compare; nothing is written.
        lessons: ids like "01_convolution_1d".
        progress: called before each step with a description of it.

    Raises:
        BuildFailed: a lesson has mistakes or was edited by hand; all others are built.
        Problem: there are no lessons, or a built file cannot be written.
    """
    known = written_lessons(course)
    for unknown in sorted(set(lessons or []) - set(known)):
        raise Problem(f"There is no lessons/{unknown}.py; the lessons are {', '.join(known)}.")
    report = BuildReport()
    texts = _read(course, known, report.problems)
    chosen = [lesson for lesson in lessons or known if lesson in texts]
    made = _make(course, texts, chosen, report.problems, progress)
    for lesson, files in made.items():
        gone = built_files(course, lesson) - set(files)
        _replace(course, files, gone, report, check)
    if lessons is None:
        _build_page(course, GALLERY, lambda: gallery(course), report, check)
        if len(texts) == len(known):
            _build_page(course, PAGE, lambda: bibliography(course, texts), report, check)
        _tidy_up(course, known, report, check)
    if report.problems:
        raise BuildFailed(report)
    return report


def written_lessons(course: Path) -> list[str]:
    """The ids of the lessons that have a text, in order.

    Raises:
        Problem: there is none.
    """
    known = sorted(path.stem for path in (course / "lessons").glob("[0-9][0-9]_*.py"))
    if not known:
        raise Problem(f"There are no lessons in {course / 'lessons'}: nothing can be built.")
    return known


def exercises_of(course: Path, lesson: str) -> dict[str, Exercise]:
    """The exercises of a lesson, none where it has no folder in autograde/exercises/.

    Raises:
        Problem: a file of them cannot be run; says file and line.
    """
    folder = course / "autograde" / "exercises" / lesson
    try:
        return load_exercises(folder) if folder.is_dir() else {}
    except Problem as problem:
        raise Problem(f"autograde/exercises/{lesson}/{problem}") from problem


def minutes_of(course: Path, lesson: str) -> str:
    """A sentence for the author of a lesson: the minutes it says, and those it takes.

    Raises:
        Problem: the lesson or an exercise of it cannot be read.
    """
    text = read_lesson(course, lesson)
    return f"{text.path}: {says_minutes(text, estimate(text, exercises_of(course, lesson)))}."


def names_before(texts: Mapping[str, Lesson], lesson: str) -> dict[str, str]:
    """The names solved in earlier lessons, each with its lesson."""
    return {
        name: earlier
        for earlier, text in sorted(texts.items(), reverse=True)
        if earlier < lesson
        for cell in text.cells
        if (name := cell.name or cell.report)
    }


def _read(course: Path, known: list[str], problems: list[str]) -> dict[str, Lesson]:
    """The lessons that can be read; why the others cannot to `problems`."""
    texts: dict[str, Lesson] = {}
    for lesson in known:
        try:
            texts[lesson] = read_lesson(course, lesson)
        except Problem as problem:
            problems.append(str(problem))
    return texts


def _make(
    course: Path,
    texts: dict[str, Lesson],
    chosen: list[str],
    problems: list[str],
    progress: Progress,
) -> dict[str, dict[Path, bytes]]:
    """The files of each chosen lesson that has no mistake; the others' mistakes to `problems`."""
    made: dict[str, dict[Path, bytes]] = {}
    for lesson in chosen:
        progress(f"{lesson}: text and cases")
        try:
            made[lesson] = _sources(course, texts[lesson], names_before(texts, lesson))
        except Problem as problem:
            problems += str(problem).split("\n")
    if made:
        _release(made, problems, progress)
    return made


def _sources(course: Path, text: Lesson, elsewhere: dict[str, str]) -> dict[Path, bytes]:
    """A lesson's cases, outline and teacher's notebook; Problem with a line for each mistake."""
    exercises = exercises_of(course, text.id)
    mistakes = check_lesson(text, exercises, elsewhere)
    cases, unsound = compile_cases(text.id, exercises)
    if mistakes or unsound:
        raise Problem("\n".join(map(str, [*mistakes, *unsound])))
    points = {name: exercise.worth for name, exercise in exercises.items()}
    notebook = teacher_notebook(text, points)
    return {
        **cases,
        outline_path(text.id): outline_of(text.id, notebook.cells).as_json().encode(),
        notebook_path("solutions", text.id): notebook_bytes(notebook),
    }


def _release(made: dict[str, dict[Path, bytes]], problems: list[str], progress: Progress) -> None:
    """Add the students' notebook to each lesson's files, or take out the lesson."""
    from convolab.authoring.release import release  # nbgrader: the slowest import of all

    solutions = {lesson: made[lesson][notebook_path("solutions", lesson)] for lesson in made}
    released = release(solutions, lambda lesson: progress(f"{lesson}: students' notebook"))
    for lesson, notebook in released.items():
        if isinstance(notebook, Problem):
            problems.append(str(notebook))
            del made[lesson]
        else:
            made[lesson][notebook_path("notebooks", lesson)] = notebook


def _replace(
    course: Path, files: dict[Path, bytes], gone: set[Path], report: BuildReport, check: bool
) -> None:
    """Replace a lesson's files, all of them or, where one was edited by hand, none."""
    replaced = {**files, **dict.fromkeys(sorted(gone))}
    stopped = [edited_by_hand(course, path, fresh) for path, fresh in replaced.items()]
    if any(stopped):
        report.problems += filter(None, stopped)
    else:
        report.changed += replace_together(course, files, gone, write=not check)


def _build_page(
    course: Path,
    path: Path,
    make: Callable[[], dict[Path, bytes]],
    report: BuildReport,
    check: bool,
) -> None:
    """Build a page that is not a lesson, or remove it if its text is gone."""
    try:
        files = make()
    except Problem as problem:
        report.problems += str(problem).split("\n")
        return
    gone = {path} - set(files) if (course / path).is_file() else set()
    _replace(course, files, gone, report, check)


def _tidy_up(course: Path, known: list[str], report: BuildReport, check: bool) -> None:
    """Remove what was built from lessons that are gone; name exercises that never had one."""
    for lesson in sorted(built_lessons(course) - set(known)):
        _replace(course, {}, built_files(course, lesson), report, check)
    for path in sorted((course / "autograde" / "exercises").glob("[0-9][0-9]_*")):
        says = None
        if path.suffix == ".py":
            says = f"each exercise has its own file: put it in the folder {path.stem}/."
        elif path.is_dir() and path.name not in known:
            says = f"there is no lessons/{path.name}.py for these exercises."
        if says:
            report.problems.append(f"autograde/exercises/{path.name}: {says}")
