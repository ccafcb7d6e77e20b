"""`convolab adopt`: carries a teacher's edits in solutions/ back into the lesson's text.

Only the lines of the cells that changed are changed; all others stay as their author wrote them.
What a lesson's text cannot express is refused in a sentence. Nothing is written until the new text
is proved to build the notebook as it was edited.
"""

from collections.abc import Mapping
from pathlib import Path

from nbformat.notebooknode import NotebookNode

from convolab.authoring.build import exercises_of, names_before, written_lessons
from convolab.authoring.carry import Carried, begins, carry, join
from convolab.authoring.check_lesson import check_lesson
from convolab.authoring.content import content_sha256, contents, stamp, text_sha256
from convolab.authoring.lesson import Lesson, parse_lesson, read_lesson
from convolab.authoring.notebook import notebook_bytes, parse_notebook, teacher_notebook
from convolab.authoring.products import notebook_path, replace_together
from convolab.authoring.reports import report_points
from convolab.course import find_lesson
from convolab.exercises import Exercise
from convolab.problem import Problem


def adopt(course: Path, lesson: str) -> list[str]:
    """Carry the edits of a solutions notebook into its lesson, and build that notebook from it.

    Args:
        course: the course's folder.
        lesson: "01" or "01_convolution_1d".

    Returns:
        a sentence for each cell that was carried back, and what to do next.

    Raises:
        Problem: there is nothing to carry back to, the lesson was edited too, or the edit cannot
            be said in a lesson's text; nothing is written.
    """
    lesson = find_lesson(course, lesson)
    place = notebook_path("solutions", lesson)
    edited = _edited(course, place)
    if content_sha256(edited) == stamp(edited):
        return [f"{place.as_posix()} was not edited by hand: there is nothing to carry back."]
    text = read_lesson(course, lesson)
    if text_sha256(text.text) != edited.metadata["convolab"].get("source_sha256"):
        raise Problem(
            f"{text.path} was also edited since {place.as_posix()} was built from it: set one "
            "of the two back, carry the other over, then make the first change again."
        )
    exercises = exercises_of(course, lesson)
    others = {
        other: read_lesson(course, other) for other in written_lessons(course) if other != lesson
    }
    elsewhere = names_before(others, lesson)
    if mistakes := check_lesson(text, exercises, elsewhere):
        raise Problem("\n".join(map(str, mistakes)))
    points = {name: exercise.worth for name, exercise in exercises.items()}
    try:
        carried, removed = carry(text, teacher_notebook(text, points), edited, exercises)
        after = parse_lesson(join(text, carried), lesson)
        _must_be_right(after, exercises, elsewhere)
        rebuilt = teacher_notebook(after, points)
        _must_be_same(rebuilt, edited, report_points(text))
    except Problem as problem:
        raise Problem(f"{place.as_posix()}: {problem}") from problem
    files = {
        Path(after.path): _like_before(course / after.path, after.text),
        place: notebook_bytes(rebuilt),
    }
    replace_together(course, files, set(), write=True)
    return _sentences(after, carried, removed)


def _edited(course: Path, place: Path) -> NotebookNode:
    try:
        notebook = parse_notebook((course / place).read_bytes())
    except FileNotFoundError:
        raise Problem(f"There is no {place.as_posix()}: run `convolab build` first.") from None
    except ValueError as error:
        raise Problem(f"{place.as_posix()} cannot be read as a notebook ({error}).") from error
    if stamp(notebook) is None:
        raise Problem(f"{place.as_posix()} was not made by `convolab build`; it has no lesson.")
    return notebook


def _must_be_right(
    after: Lesson, exercises: Mapping[str, Exercise], elsewhere: Mapping[str, str]
) -> None:
    """Refuse an edit after which the lesson would not build, naming the cell and not a line that
    was never written."""
    says = []
    for mistake in check_lesson(after, exercises, elsewhere):
        cells = [c for c in after.cells if c.marker <= mistake.line <= c.last]
        here = cells and mistake.path == after.path
        says.append(f"{begins(cells[0].source)}: {mistake.says}" if here else str(mistake))
    if says:
        raise Problem("the lesson would not build with this edit:\n" + "\n".join(says))


def _must_be_same(
    rebuilt: NotebookNode, edited: NotebookNode, reports: Mapping[str, float]
) -> None:
    """Refuse what the new text does not build again.

    Args:
        reports: what the parts of a report were worth before the edit.
    """
    for (kind, source, says), (_, _, said) in zip(contents(rebuilt), contents(edited), strict=True):
        nbgrader, before = says.get("nbgrader", {}), said.get("nbgrader", {})
        if not before and source.startswith("check(") and kind == "code":
            continue  # a check that was typed in gets its settings now
        if nbgrader.get("grade") and nbgrader.get("solution"):
            name, worth = nbgrader["grade_id"], nbgrader["points"]
            if before.get("points") not in (worth, reports.get(name)):
                raise Problem(
                    f"{name} has other points now: change them in its rubric, whose sum they are."
                )
            said = {**said, "nbgrader": {**before, "points": worth}}  # a rubric may have changed
        elif nbgrader.get("points") != before.get("points"):
            raise Problem(
                f"{begins(source)} has other points now: points are set in autograde/exercises/."
            )
        if says != said:
            raise Problem(
                f"{begins(source)} has different nbgrader settings now: they come from the "
                "lesson's markers, so set them back."
            )
    ours, theirs = ([c[:2] for c in contents(notebook)] for notebook in (rebuilt, edited))
    if ours != theirs:
        raise Problem("this edit cannot be written as a lesson's text; edit the lesson instead.")


def _like_before(path: Path, text: str) -> bytes:
    """The text with the line ends that its file has."""
    windows = b"\r\n" in path.read_bytes()
    return text.replace("\n", "\r\n" if windows else "\n").encode()


def _sentences(after: Lesson, carried: list[Carried], removed: list[str]) -> list[str]:
    done = [
        f"{after.path}:{cell.marker}: {one.begins} was {one.became}."
        for cell, one in zip(after.cells, carried, strict=True)
        if one.became
    ]
    done += [f"{after.path}: {cell} was removed." for cell in removed]
    return [*done, "Now `convolab build` brings the edit to the students' notebook."]
