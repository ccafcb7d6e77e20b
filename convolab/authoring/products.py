"""The files built from a lesson: which ones, whether they may be replaced, and how.

A built notebook carries a fingerprint of its content. If the content no longer matches it, and is
not what would be built now either, somebody edited the notebook by hand: then it is neither
overwritten nor removed. Cases are numbers that nobody edits; they carry none.
"""

import re
from pathlib import Path

from convolab.authoring.content import content_sha256, stamp
from convolab.authoring.notebook import parse_notebook
from convolab.files import write_together
from convolab.problem import Problem

NOTEBOOKS = ("solutions", "notebooks")
CASES = Path("convolab") / "cases"
_LESSON = re.compile(r"\d\d_\w+")


def notebook_path(folder: str, lesson: str) -> Path:
    """Where a lesson's notebook is in "solutions" or "notebooks", relative to the course."""
    return Path(folder) / lesson / f"{lesson}.ipynb"


def cases_path(lesson: str, exercise: str) -> Path:
    """Where an exercise's visible cases are, relative to the course."""
    return CASES / lesson / f"{exercise}.json"


def outline_path(lesson: str) -> Path:
    """Where the list of a lesson's exercises is, relative to the course."""
    return CASES / f"{lesson}.json"


def built_files(course: Path, lesson: str) -> set[Path]:
    """The files in the course that were built from this lesson, relative to the course."""
    single = {notebook_path(folder, lesson) for folder in NOTEBOOKS} | {outline_path(lesson)}
    home = course / CASES / lesson
    cases = {path.relative_to(course) for path in (*home.glob("*.json"), *home.glob("*.py"))}
    return {path for path in single if (course / path).is_file()} | cases


def built_lessons(course: Path) -> set[str]:
    """The lessons of which there are built files. A notebook without this course's fingerprint,
    a teacher's own assignment for instance, does not count."""
    found = {path.parent.name for path in (course / CASES).glob("*/*.json")}
    found |= {path.stem for path in (course / CASES).glob("*.json")}
    for folder in NOTEBOOKS:
        for path in (course / folder).glob("*/*.ipynb"):
            if path.stem == path.parent.name and _is_ours(path):
                found.add(path.stem)
    return {lesson for lesson in found if _LESSON.fullmatch(lesson)}


def edited_by_hand(course: Path, path: Path, fresh: bytes | None) -> str | None:
    """Why a built file may not be replaced, in a sentence, or None if it may.

    Args:
        course: the course's folder.
        path: the file, relative to it.
        fresh: what would replace it; None where it would be removed.
    """
    if path.suffix != ".ipynb" or not (course / path).exists():
        return None
    found = (course / path).read_bytes()
    if found == fresh:
        return None
    called = path.as_posix()
    try:
        notebook = parse_notebook(found)
    except ValueError as error:
        return (
            f"{called} cannot be read as a notebook ({error}); delete it or restore it, then build."
        )
    if stamp(notebook) is None:
        return f"{called} was not made by `convolab build`; move it elsewhere, then build."
    as_built = {stamp(notebook)} | ({content_sha256(parse_notebook(fresh))} if fresh else set())
    if content_sha256(notebook) in as_built:
        return None
    if path.parts[0] == "solutions":
        number = path.stem.split("_")[0]
        return (
            f"{called} was edited by hand and is left alone: `convolab adopt {number}` carries "
            "the edit into the lesson, after which it can be built."
        )
    return (
        f"{called} was edited by hand and is left alone: move your copy to work/ (or copy the "
        "edit into lessons/), delete this one, then build."
    )


def replace_together(
    course: Path, files: dict[Path, bytes], gone: set[Path], *, write: bool
) -> list[Path]:
    """Write a lesson's files and remove those that are gone; say which of them changed.

    They are moved into place only when all are written, so that whatever happens on the way, no
    file is ever half-written.

    Args:
        course: the course's folder.
        files: paths relative to the course and what should be there.
        gone: paths relative to the course that should no longer be there.
        write: False only compares.

    Raises:
        Problem: a file cannot be written.
    """
    changed = {
        path: content
        for path, content in files.items()
        if not (course / path).is_file() or (course / path).read_bytes() != content
    }
    if write:
        try:
            write_together({course / path: content for path, content in changed.items()})
            for path in sorted(gone):
                _remove(course, path)
        except OSError as error:
            raise Problem(
                f"{error.filename} cannot be written ({error.strerror}); check that the course's "
                "folder is yours and the disk is not full, then build again."
            ) from error
    return [*changed, *sorted(gone)]


def _remove(course: Path, path: Path) -> None:
    (course / path).unlink()
    folder = (course / path).parent
    if not any(folder.iterdir()):
        folder.rmdir()


def _is_ours(path: Path) -> bool:
    try:
        return stamp(parse_notebook(path.read_bytes())) is not None
    except ValueError:
        return False
