"""Each exercise's visible cases as a file of numbers, from which `check("name")` answers."""

import json

from convolab.check.compile import compile_exercise
from convolab.check.spec import Exercise


def cases_bytes(exercise: Exercise) -> bytes:
    """The content of convolab/cases/<lesson>/<name>.json.

    Raises:
        Problem: the exercise is not sound.
    """
    cases = compile_exercise(exercise)
    return (json.dumps(cases, indent=1, sort_keys=False, ensure_ascii=False) + "\n").encode()
