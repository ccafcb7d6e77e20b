"""Draws the hidden cases of an exercise, and says where its generator yields something else."""

import inspect
import types
from pathlib import Path
from typing import Any

import numpy as np

from convolab.exercises.spec import Case, Exercise
from convolab.exercises.unsound import Unsound, line_of

_WRITE = 'write `yield "aspect", (argument, …)`, followed by an exception if one is right'


def hidden_cases(exercise: Exercise, seed: int) -> list[Case]:
    """The hidden cases that this seed draws, each with the line that yields it.

    Raises:
        Unsound: the generator stops with an error, or yields something that is not a case.
    """
    if exercise.draw_hidden is None:
        return []
    name_as_number = int.from_bytes(exercise.name.encode(), "little")
    rng = np.random.default_rng([seed, name_as_number])
    begins = inspect.unwrap(exercise.draw_hidden).__code__.co_firstlineno
    cases = []
    try:
        drawn = exercise.draw_hidden(rng)
        for one in drawn:
            cases.append(_case(exercise, one, _line(drawn) or begins))
    except Unsound:
        raise
    except Exception as error:
        says = f"the hidden cases cannot be drawn: {type(error).__name__}: {error}."
        raise Unsound(
            exercise, says, line_of(error, Path(exercise.folder or "", exercise.path)) or begins
        ) from error
    return cases


def _line(drawn: Any) -> int:
    """Where a generator is; 0 if the cases come from something else."""
    frame = drawn.gi_frame if isinstance(drawn, types.GeneratorType) else None
    return frame.f_lineno if frame else 0


def _case(exercise: Exercise, drawn: Any, line: int) -> Case:
    if not isinstance(drawn, tuple) or not 2 <= len(drawn) <= 4:
        raise Unsound(exercise, f"this is not a hidden case: {_WRITE}.", line)
    aspect, arguments, error, says = (*drawn, None, None)[:4]
    if not isinstance(arguments, tuple):
        kind = type(arguments).__name__
        raise Unsound(
            exercise, f"the arguments of a hidden case are a tuple, not {kind}: {_WRITE}.", line
        )
    if error is not None and not (isinstance(error, type) and issubclass(error, Exception)):
        raise Unsound(exercise, f"{error!r} is not an exception such as ValueError.", line)
    raises = error.__name__ if error else None
    return Case(
        aspect, arguments, raises, None if says is None else str(says), hidden=True, line=line
    )
