"""The answers of a notebook that no check can judge: which there are, and which are still empty."""

from nbformat import NotebookNode

from convolab.cell_metadata import name_of
from convolab.check.outline import Outline
from convolab.check.progress import points_in_words
from convolab.handin.mend import Named


def unwritten_of(outline: Outline, notebook: NotebookNode, named: dict[str, Named]) -> set[str]:
    """The answers for the teacher in which nothing was written, by name.

    Args:
        outline: the lesson's.
        notebook: mended.
        named: the lesson's named cells, as they were handed out.
    """
    written = {
        name_of(cell)
        for cell in notebook.cells
        if (answer := named.get(name_of(cell))) is not None
        and (cell.get("attachments") or cell.source.strip() not in ("", answer.released.strip()))
    }
    return {report.name for report in outline.reports} - written


def what_the_teacher_reads(outline: Outline, unwritten: set[str], all_right: bool) -> list[str]:
    """Lines for a student: each answer that the teacher reads, and whether it is written.

    Args:
        unwritten: the names of those in which there is nothing.
        all_right: whether there is nothing else left to do.
    """
    if not outline.reports:
        return []
    lines = ["Your teacher reads these, and their points come on top:"]
    for report in outline.reports:
        state = "nothing is written there yet" if report.name in unwritten else "written"
        lines.append(f"  {report.name}, {points_in_words(report.points)}: {state}")
    first = next((report for report in outline.reports if report.name in unwritten), None)
    if first and all_right:
        where = f", under “{first.heading}”" if first.heading else ""
        lines.append(f"Next: write `{first.name}`{where}.")
    return lines
