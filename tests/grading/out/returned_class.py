"""A class with its points, as `convolab return` has them, without any grading."""

from convolab.grading.intake.origins import Origin
from convolab.grading.intake.roster import Person
from convolab.grading.out.returns.class_points import (
    FAILED,
    GRADED,
    NOTHING,
    WAITS,
    ClassPoints,
    Result,
)

LESSON, TITLE = "01_small", "A small lesson"
BROKEN = "01_small.ipynb is empty: ask for the file again."
MOODLE = {"ada": 812001, "bob": 812002, "zoe": 812003, "eve": 812004, "sam": 812005}
CANVAS = {"ada": (11, 9001), "bob": (12, 9002), "zoe": (13, 9003), "eve": (14, 9004)}
PEOPLE = {
    "ada": Person("ada", "Ada", "King, Countess", "ada@example.org"),
    "bob": Person("bob", "Bob", "Stone", "bob@example.org"),
    "zoe": Person("zoe", "Zoë", "Müller", "zoe@example.org"),
    "eve": Person("eve", "Eve", "Dropper", "eve@example.org"),
    "sam": Person("sam", "Sam", "Lee", "sam@example.org"),
}


def origins() -> dict[str, list[Origin]]:
    """As collecting from two platforms leaves them; sam has handed in nothing."""
    found: dict[str, list[Origin]] = {}
    for student in ("ada", "bob", "zoe", "eve"):
        person = PEOPLE[student]
        full = f"{person.first} {person.last}"
        user, file = CANVAS[student]
        sortable = "".join(filter(str.isalnum, f"{person.last}{person.first}".lower()))
        number = MOODLE[student]
        found[student] = [
            Origin("Moodle", full, str(number), f"{full}_{number}_assignsubmission_file_"),
            Origin("Canvas", sortable, str(user), f"{sortable}_{user}_{file}_01_small.ipynb"),
        ]
    return found


def returned_class(**changed: Result) -> ClassPoints:
    """Ada is right, bob half and late; zoe waits, eve's file is broken, sam did nothing."""
    results = {
        "ada": Result(PEOPLE["ada"], GRADED, {"twice": 2.0, "total": 1.0}, 0.0, 3.0),
        "bob": Result(PEOPLE["bob"], GRADED, {"twice": 1.5, "total": 0.0}, 0.25, 1.25),
        "zoe": Result(
            PEOPLE["zoe"], WAITS, {"twice": 2.0, "total": None}, says="Still to be graded: total."
        ),
        "eve": Result(PEOPLE["eve"], FAILED, says=BROKEN),
        "sam": Result(PEOPLE["sam"], NOTHING),
    }
    worth = {"twice": 2.0, "total": 1.0}
    return ClassPoints(LESSON, TITLE, worth, results | changed, origins())
