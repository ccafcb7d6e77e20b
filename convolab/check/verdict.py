"""What the ladder works with: the outcome of each case, and the verdict on the whole answer."""

from dataclasses import dataclass, field

from convolab.check.answer import Outcome
from convolab.check.compare import Difference


@dataclass
class Verdict:
    """What the checker has to say about one answer, while it is in memory.

    A report shows all of it; grading keeps the few entries that a gradebook, a page or a program
    needs, as `convolab.grading.exercise_result.ExerciseResult`.

    `difference` and `call` are set when two values can be shown side by side; `aspects` gives for
    each aspect the cases that are right and the cases there are; `found` says how the diagnosis
    came about ("known", "relation", …, or the rung of the case that is quoted).
    """

    status: str
    points: float
    hint: str
    misconception: str | None = None
    aspects: dict[str, tuple[int, int]] = field(default_factory=dict)
    difference: Difference | None = None
    call: str = ""
    found: str = ""
    notes: list[str] = field(default_factory=list)
    demands: list = field(default_factory=list)  # of an open task


@dataclass
class CaseResult:
    """One case and its outcome: `wrong` is the rung that failed, None if it is right."""

    place: int
    aspect: str
    hidden: bool
    arguments: tuple
    came: Outcome
    wrong: str | None
    difference: Difference | None = None
