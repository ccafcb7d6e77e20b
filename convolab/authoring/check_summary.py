"""The last cell that learners get: `summary`, which shows how far they are with the lesson."""

from collections.abc import Iterator

from convolab.authoring.lesson import Lesson
from convolab.authoring.mistakes import Mistake


def summary_cell(lesson: str) -> str:
    """The text of the cell."""
    number = lesson.split("_")[0]
    return f'from convolab.check import summary\n\nsummary("{number}")'


def check_summary(lesson: Lesson) -> Iterator[Mistake]:
    """Whether a lesson with checks ends with its summary, marked as not to be run in grading."""
    due = summary_cell(lesson.id)
    own = [cell for cell in lesson.cells if cell.kind == "code" and not cell.options.get("teacher")]
    if not any("check" in cell.options for cell in own):
        return
    found = [cell for cell in own if cell.source == due]
    if not found:
        near = next((cell for cell in own if "summary(" in cell.source), own[-1])
        shown = "`, `".join(line for line in due.splitlines() if line)
        says = f"the last code cell is to be `# %% heavy=true` with the lines `{shown}`."
        yield Mistake(lesson.path, near.marker, says)
        return
    for again in found[1:]:
        says = f"the summary is in line {found[0].marker} already."
        yield Mistake(lesson.path, again.marker, says)
    if len(found) == 1 and own[-1] is not found[0]:
        says = "the summary is to be the last code cell: nothing below it would be in it."
        yield Mistake(lesson.path, found[0].marker, says)
    if not found[0].options.get("heavy"):
        says = "the summary's cell is marked `# %% heavy=true`: grading does not run it."
        yield Mistake(lesson.path, found[0].marker, says)
