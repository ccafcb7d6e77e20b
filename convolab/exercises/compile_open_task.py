"""Compiles an open task, and proves that its demands can be met and are not met by accident.

The right answer and every variant meet all demands, whatever is drawn; every lazy answer misses
some demand, whatever is drawn.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from convolab.check.answer import Local, Outcome
from convolab.check.cases import from_json
from convolab.check.open_task import NotMeasured, judge
from convolab.exercises.head import head
from convolab.exercises.load import MEASURES
from convolab.exercises.proof import NO_ANSWER, see_names, see_program
from convolab.exercises.spec import Exercise
from convolab.exercises.unsound import Unsound, line_of

DRAWS = (0, 1, 2)  # 0 is the one that learners measure with


def measures_file(exercise: Exercise) -> Path:
    """The file of an open task's measurements.

    Raises:
        Unsound: a demand is measured by a function of another file.
    """
    expected = exercise.folder / f"{exercise.name}{MEASURES}.py"
    for name, demand in exercise.demands.items():
        code = getattr(demand.measure, "__code__", None)
        written = Path(code.co_filename if code else "another file")
        if written.resolve() != expected.resolve():
            says = (
                f"the demand {name!r} is measured by a function of {written.name}; "
                f"write it in {expected.name}, which learners are handed."
            )
            raise Unsound(exercise, says, demand.line)
    return expected


class _Watched(Local):
    """An answer in this process, and the results of its calls."""

    def __init__(self, namespace: dict[str, Any], name: str):
        super().__init__(namespace, name)
        self.outcomes: list[dict] = []

    def call(self, arguments: tuple, watched: tuple[str, ...] = ()) -> Outcome:
        came = super().call(arguments, watched)
        if came.raised:
            self.outcomes.append({"raises": came.raised[0]})
        return came


def compile_open(exercise: Exercise, seed: int | None) -> dict:
    """An open task as JSON-able data.

    Raises:
        Unsound: it is not sound; says which answer or demand.
    """
    if exercise.answer is None:
        raise Unsound(exercise, NO_ANSWER)
    for name, demand in exercise.demands.items():
        if exercise.points and name not in exercise.points:
            says = f"the demand {name!r} has no points, but others do: give all points, or none."
            raise Unsound(exercise, says, demand.line)
    see_names(exercise)
    compiled = {
        **head(exercise),
        "cases": [],
        "misconceptions": [],
        "speed": [],
        "measures": measures_file(exercise).name,
        "seed": 0 if seed is None else seed,
        "demands": {
            name: {
                "says": demand.says,
                "measure": demand.measure.__name__,
                "target": demand.target,
                "at_most": demand.at_most,
                "unit": demand.unit,
                "hint": demand.hint,
            }
            for name, demand in exercise.demands.items()
        },
    }
    _prove(exercise, compiled, DRAWS if seed is None else (seed,))
    return compiled


def _see_measurements(exercise: Exercise, called: str, function: Callable, seed: int) -> None:
    """Check that every measurement of a right answer gives a number.

    A learner is only told that an answer cannot be measured; its author needs the line.
    """
    for place, (name, demand) in enumerate(exercise.demands.items()):
        try:
            reached = demand.measure(function, np.random.default_rng([seed, place]))
            float(reached)
        except NotMeasured:
            pass  # a sentence of the measurement's own, which the verdict repeats
        except Exception as error:
            path = measures_file(exercise)
            says = f"{type(error).__name__}: {error}."
            line = line_of(error, path)
            where = f"{path.name}, line {line}" if line else demand.measure.__name__
            raise Unsound(
                exercise,
                f"the demand {name!r} cannot be measured of {called} ({where}): {says}",
                demand.line,
            ) from error


def _prove(exercise: Exercise, compiled: dict, seeds: tuple[int, ...]) -> None:
    honest = [("the right answer", exercise.answer, 0)]
    honest += [(f"the variant {one.name!r}", one.function, one.line) for one in exercise.variants]
    for seed in seeds:
        cases = from_json({**compiled, "seed": seed}, exercise.folder)
        for called, function, line in honest:
            verdict = judge(cases, Local({exercise.name: function}, exercise.name))
            if verdict.status != "correct":
                _see_measurements(exercise, called, function, seed)
                says = f"{called} misses a demand (draw {seed}): {verdict.hint}"
                raise Unsound(exercise, says, line)
        for lazy in exercise.misconceptions:
            answer = _Watched({exercise.name: lazy.function}, exercise.name)
            verdict = judge(cases, answer)
            see_program(exercise, lazy, answer.outcomes)
            if verdict.status == "correct":
                says = (
                    f"the lazy answer {lazy.name!r} meets every demand (draw {seed}): "
                    "raise a target, or add a demand."
                )
                raise Unsound(exercise, says, lazy.line)
