"""The switch for drawing: off where a notebook runs and nobody will ever look at its pictures.

Grading switches it off in the process that runs a student's cells (grading/sandbox/shell.py), since
drawing was the largest part of what it cost. Then

- a live figure has its canvas, with all values and their checks, but no rows of controls;
- `Picture.of` gives an empty picture that keeps its description;
- each function of `plots` gives one at once and does not look at what it is given.
"""

_is_on = True


def is_on() -> bool:
    """Whether this process draws."""
    return _is_on


def switch_off() -> None:
    """Draw nothing from now on, in this process and in those that it forks."""
    global _is_on
    _is_on = False
