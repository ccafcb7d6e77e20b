"""The last cell that learners get: `summary`, which shows how far they are with the lesson."""

from collections.abc import Iterator

from convolab.authoring.lesson import Lesson
from convolab.authoring.mistakes import Mistake


def summary_cell(lesson: str) -> str:
    """The text of the cell."""
    return f'from convolab.check import summary\n\nsummary("{lesson.split("_")[0]}")'


def check_summary(lesson: Lesson) -> Iterator[Mistake]:
    """Whether a lesson with checks has its summary (what a teacher adds below it does no harm)."""
    own = [cell for cell in lesson.cells if cell.kind == "code" and not cell.options.get("teacher")]
    if not any("check" in cell.options for cell in own):
        return
    due = summary_cell(lesson.id)
    shown = "`, `".join(line for line in due.splitlines() if line)
    marked = [cell for cell in own if cell.options.get("summary")]
    if not marked:
        says = f"below this cell, the last code cell, add `# %% summary=true` with `{shown}`."
        yield Mistake(lesson.path, own[-1].marker, says)
        return
    for again in marked[1:]:
        says = f"the summary is already in line {marked[0].marker}."
        yield Mistake(lesson.path, again.marker, says)
    if marked[0].source != due:
        yield Mistake(lesson.path, marked[0].first, f"a summary's cell is exactly `{shown}`.")
