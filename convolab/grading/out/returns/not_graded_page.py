"""The page for somebody whose work could not be graded: what was wrong with it, and what to do."""

import re

from convolab.grading.out.page_templates import environment

_OURS = (
    "The grader itself failed on your work, which is not your fault. Your teacher knows about it."
)
# What a teacher should do, at the end of what a teacher is told.
_FOR_TEACHERS = re.compile(
    r": (?:ask|put|rename|remove|write|change|restore|delete|add|run|see) [^:]*$"
)


def for_students(says: str) -> str:
    """What was wrong, from what a teacher is told: without what the teacher should do about it."""
    if says.startswith("The grader failed"):
        return _OURS
    cause = says.split(" The details are in ")[0].rstrip(".")
    return f"Your work could not be graded: {_FOR_TEACHERS.sub('', cause)}."


def not_graded_page(title: str, lesson: str, name: str, says: str) -> bytes:
    """A page that stands alone, as a feedback page does.

    Args:
        title: what the lesson is called.
        name: the student's.
        says: why it could not be graded, as a teacher is told.
    """
    cause = for_students(says)
    page = (
        environment()
        .get_template("not_graded.html.j2")
        .render(title=title, lesson=lesson, name=name, cause=cause, ours=cause == _OURS)
    )
    return page.encode("utf-8", "replace")
