"""`convolab return`: a graded lesson, into files that a learning platform takes back."""

import time
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from convolab.cell_text import title_of
from convolab.files import whole
from convolab.grading.desk import LessonDesk, open_desk
from convolab.grading.gradebook.converters import feedback
from convolab.grading.intake.place_files import Memory
from convolab.grading.out.returns import canvas, gradescope, moodle, plain_table
from convolab.grading.out.returns.class_points import (
    FAILED,
    GRADED,
    NOTHING,
    WAITS,
    ClassPoints,
    Result,
    class_points,
)
from convolab.grading.out.returns.feedback_zip import by_id, name_for, write_zip
from convolab.grading.out.returns.gradebook_file import GradebookFile, Wishes, listed
from convolab.grading.out.returns.not_graded_page import not_graded_page
from convolab.grading.out.returns.sheet import read_sheet
from convolab.problem import Problem

PLATFORMS = {"canvas": canvas, "moodle": moodle, "gradescope": gradescope, "csv": plain_table}
ALL_IN, SOME_LEFT_OUT = 0, 3
_HOW = {
    "canvas": "In Canvas, Grades, Import takes {grades}. In the gradebook, the menu of the "
    "assignment's column, Re-Upload Submissions takes {pages}; Canvas may show a page under the "
    "name of the notebook that was handed in.",
    "moodle": "In Moodle, the assignment's Submissions, Upload grading worksheet takes {grades}, "
    "and Upload multiple feedback files in a zip takes {pages}. Both are there if the assignment's "
    "feedback types Offline grading worksheet and Feedback files are on. If Moodle updates fewer "
    "grades than there are here, upload it again with 'Allow updating records that have been "
    "modified more recently in Moodle than in the spreadsheet' ticked.",
}


@dataclass
class _Pages:
    """The pages of a class, by name in the archive, and those that the platform cannot place."""

    placed: dict[str, Path | bytes] = field(default_factory=dict)
    others: dict[str, Path | bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def return_lesson(
    course: Path,
    lesson: str,
    platform: str = "csv",
    source: Path | None = None,
    wishes: Wishes | None = None,
    console: Console | None = None,
) -> int:
    """Write the gradebook file and the feedback pages of a lesson, all of them or none.

    Args:
        platform: "canvas", "moodle", "gradescope" or "csv".
        source: the file that the platform exported, to be filled in.
        wishes: what else the teacher asks for.
        console: where to print.

    Returns:
        The exit status: 0, or 3 if somebody who is graded is not in the file or has no page.

    Raises:
        Problem: nothing can be returned; then nothing was written.
    """
    console = console or Console(quiet=True)
    platform = platform.lower()
    if platform not in PLATFORMS:
        raise Problem(f"There is no platform {platform}: write {', '.join(PLATFORMS)}.")
    part = PLATFORMS[platform]
    desk = open_desk(course).at(lesson)
    title = title_of(desk.read_master().cells) or lesson
    points = class_points(desk, title, _origins(desk))
    sheet = read_sheet(source) if source is not None else None
    book: GradebookFile = part.gradebook(points, sheet, wishes or Wishes())
    with console.status("writing the feedback pages"):
        pages = _pages(desk, points, part.PLATFORM, book)
    grades, archive, others = (
        desk.results / "return" / lesson / f"{platform}-{name}"
        for name in ("grades.csv", "feedback.zip", "feedback-others.zip")
    )
    _write({grades: book.text, archive: pages.placed, others: pages.others})
    _tell(console, desk, points, [grades, archive, others], [*book.notes, *pages.notes])
    if platform in _HOW and pages.placed:
        how = _HOW[platform].format(grades=grades.name, pages=archive.name)
        console.print(how, highlight=False, markup=False)
    return SOME_LEFT_OUT if book.left_out or pages.notes else ALL_IN


def _origins(desk: LessonDesk) -> dict:
    settings = desk.config.get("ZipCollectApp", {})
    downloads = desk.course / str(settings.get("downloaded_directory", "downloaded"))
    return Memory.load(downloads / desk.lesson / "collected.json").origins


def _pages(desk: LessonDesk, points: ClassPoints, platform: str, book: GradebookFile) -> _Pages:
    """The page of everybody who handed something in, made anew."""
    pages, started = _Pages(), time.time()
    failed = feedback(desk)
    lost, unplaced = [], []
    for student, result in points.results.items():
        page = _page(desk, points, result, started)
        if page is None:
            lost += [student] if result.status != NOTHING and result.exercises else []
            continue
        name = name_for(platform, points, student, book.called)
        if name is None or name in pages.placed:
            pages.others[by_id(student)] = page
            unplaced.append(result.name)
        else:
            pages.placed[name] = page
    if lost:
        pages.notes.append(f"No page could be made for {listed(lost, most=len(lost))} ({failed}).")
    if unplaced:
        pages.notes.append(
            f"Nothing says under which name {platform} would take the page of {listed(unplaced)}, "
            "whose work was not collected from there: it is in the other archive, to be sent by "
            "hand."
        )
    return pages


def _page(
    desk: LessonDesk, points: ClassPoints, result: Result, started: float
) -> Path | bytes | None:
    student = result.person.id
    if result.status == FAILED:
        return not_graded_page(points.title, points.lesson, result.name, result.says)
    path = desk.folder("feedback") / student / desk.lesson / f"{desk.lesson}.html"
    try:
        is_new = path.stat().st_mtime >= started - 2  # else it is of an earlier grading
    except OSError:
        return None
    return path if result.exercises and is_new else None


def _write(files: dict[Path, str | dict[str, Path | bytes]]) -> None:
    """Write everything, or nothing; an archive without pages is removed instead.

    Raises:
        Problem: the disk does not take it.
    """
    try:
        with ExitStack() as all_written:
            for path, content in files.items():
                if not content:
                    continue
                file = all_written.enter_context(whole(path))
                if isinstance(content, str):
                    file.write(content.encode("utf-8", "replace"))
                else:
                    write_zip(file, content)
                file.flush()
        for path in (path for path, content in files.items() if not content):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise Problem(
            f"{error.filename or 'The disk'} cannot be written ({error.strerror}): nothing new is "
            "there. Make room, or change its permissions, then try again."
        ) from error


def _tell(
    console: Console, desk: LessonDesk, points: ClassPoints, paths: list[Path], notes: Iterable[str]
) -> None:
    for path in paths:
        if path.is_file():
            shown = path.relative_to(desk.course)
            console.print(f"wrote  {shown}", highlight=False, markup=False, soft_wrap=True)
    counts = {s: len(points.with_status(s)) for s in (GRADED, WAITS, FAILED, NOTHING)}
    summary = ", ".join(f"{status}: {count}" for status, count in counts.items() if count)
    told = [f"{summary}."]
    if counts[GRADED] < len(points.results):
        told = [f"{summary}. Nobody gets a 0 for not being graded: such cells stay as they are."]
    waiting: dict[str, list[str]] = {}
    for result in points.with_status(WAITS):
        waiting.setdefault(result.says, []).append(result.name)
    told += [f"{listed(names)}: {WAITS}. {says}" for says, names in waiting.items()]
    told += [f"{result.name}: {FAILED}. {result.says}" for result in points.with_status(FAILED)]
    if stale := _stale(desk, points):
        told.append(
            f"Handed in again since it was graded: {listed(stale)}. Run  convolab grade "
            f"{desk.lesson}  and this once more."
        )
    for sentence in [*told, *notes]:
        console.print(sentence, highlight=False, markup=False, soft_wrap=True)


def _stale(desk: LessonDesk, points: ClassPoints) -> list[str]:
    """Those whose notebook is newer than its grade."""
    found = []
    for result in points.with_status(GRADED):
        student = result.person.id
        new, old = desk.submission(student) / desk.file_name, desk.autograded(student)
        if new.is_file() and new.stat().st_mtime > old.stat().st_mtime:
            found.append(result.name)
    return found
