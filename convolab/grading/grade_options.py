"""What a teacher can choose when grading a class: the options of `convolab grade`."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class GradeOptions:
    """The options of one grading.

    Attributes:
        seed: draws the hidden cases; None takes the one in the desk's nbgrader_config.py.
        force: grade everything again.
        sandbox: False lets submissions run without one if the machine has none.
        jobs: how many run at a time; None takes as many as there are processors.
        scheduler: the address of a Dask scheduler, on whose workers submissions run.
        dry_run: grade, and record nothing.
        db: the address of the gradebook's database, instead of the one in the settings.
    """

    seed: int | None = None
    force: bool = False
    sandbox: bool = True
    jobs: int | None = None
    scheduler: str | None = None
    dry_run: bool = False
    db: str | None = None
