"""The statuses an answer can have, and what checks, summaries and grading call them.

The colours can be told apart by colour-blind readers, and the words next to them say the same.
"""

from dataclasses import dataclass

GROUPS = ("right", "partly", "not yet", "not done")  # of a class report
_TITLES = {  # of a check's report, in its colour
    "Right": "#117733",
    "Partly right": "#997700",
    "Not yet": "#aa3377",
    "To do": "#4477aa",
}


@dataclass(frozen=True)
class Status:
    """What a status is called.

    Attributes:
        title: by a check and on a feedback page.
        so_far: in a learner's table of a lesson's exercises.
        of_student: in a teacher's class report.
        group: one of GROUPS; "" for what is in none of them, an answer nobody has read yet.
        hint: for a student about whom the check says nothing more.
    """

    title: str
    so_far: str
    of_student: str = ""
    group: str = "not yet"
    hint: str = "The check says it is not right yet: run it in the notebook to see why."

    @property
    def colour(self) -> str:
        """Its colour, as "#rrggbb"."""
        return _TITLES[self.title]


STATUSES = {
    "correct": Status("Right", "right", "correct", "right", ""),
    "partial": Status(
        "Partly right",
        "partly right",
        "partly right",
        "partly",
        "Part of it is right: run the check in the notebook to see what is not.",
    ),
    "wrong": Status("Not yet", "not right yet", "wrong"),
    "missing": Status(
        "To do",
        "not started yet",
        "not done",
        "not done",
        "Nothing was handed in for this exercise.",
    ),
    "error": Status("Not yet", "stopped with an error", "stops with an error"),
    "timeout": Status(
        "Not yet",
        "did not finish",
        "runs for too long",
        hint="It was stopped because it ran for too long.",
    ),
    "memory": Status(
        "Not yet",
        "needs too much memory",
        "takes too much memory",
        hint="It was stopped because it used too much memory.",
    ),
    "forbidden": Status(
        "Not yet",
        "uses a ready-made function",
        "uses a ready-made function",
        hint="It uses a ready-made function that does the work of this exercise.",
    ),
    "ungraded": Status(
        "Not yet", "not graded yet", "not graded yet", "", "This exercise was not graded."
    ),
}
# An exercise in a learner's own table can be in one of these as well; no verdict is.
OF_A_ROW = {
    "undefined": Status("To do", "not defined yet"),
    "unreadable": Status("Not yet", "syntax error"),
    "unmeasured": Status("Partly right", "right, not timed yet"),
    "untrained": Status("Partly right", "right, not trained yet"),
}
_EVERY = STATUSES | OF_A_ROW


def status(name: str) -> Status:
    """The status of this name; an unknown one counts as wrong."""
    return _EVERY.get(name, STATUSES["wrong"])
