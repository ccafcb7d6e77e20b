"""A grading run: how submissions are run, the same way for a whole class.

`convolab grade` makes it once and hands it on, to its worker processes and to a cluster;
nbgrader's own autograde makes it from the desk's settings, for each submission.
"""

from dataclasses import dataclass, field
from pathlib import Path

from convolab.grading.sandbox.limits import Limits


@dataclass(frozen=True)
class GradingRun:
    """How submissions are run.

    Attributes:
        seed: draws the hidden cases.
        sandboxed: whether submissions run in the sandbox.
        limits: what a submission may use.
        standard: the hash of everything a result depends on, except the submission; "" if no
            results are kept.
        kept: the folder for runs whose grades are not in the gradebook yet; None keeps none.
    """

    seed: int
    sandboxed: bool = True
    limits: Limits = field(default_factory=Limits)
    standard: str = ""
    kept: Path | None = None
