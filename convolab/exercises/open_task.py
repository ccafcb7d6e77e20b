"""Compiles an open task, and proves that its demands can be met and are not met by accident.

The right answer and every variant meet all demands, whatever is drawn; every lazy answer misses
some demand, whatever is drawn.
"""

from pathlib import Path

from convolab.check.cases import from_json
from convolab.check.open_task import judge
from convolab.check.run import Local
from convolab.exercises.head import head
from convolab.exercises.load import MEASURES
from convolab.exercises.spec import Exercise
from convolab.problem import Problem

DRAWS = (0, 1, 2)  # 0 is the one that learners measure with


def measures_file(exercise: Exercise) -> Path:
    """The file of an open task's measurements.

    Raises:
        Problem: a demand is measured by a function of another file.
    """
    expected = exercise.folder / f"{exercise.name}{MEASURES}.py"
    for name, demand in exercise.demands.items():
        written = Path(demand.measure.__code__.co_filename)
        if written.resolve() != expected.resolve():
            raise Problem(
                f"exercise {exercise.name}: the demand {name!r} is measured by a function of "
                f"{written.name}; write it in {expected.name}, which learners are handed."
            )
    return expected


def compile_open(exercise: Exercise, seed: int | None) -> dict:
    """An open task as JSON-able data.

    Raises:
        Problem: it is not sound; says which answer or demand.
    """
    says = f"exercise {exercise.name}"
    if exercise.answer is None:
        raise Problem(f"{says}: there is no right answer: mark it with @exercise.right.")
    if exercise.points and set(exercise.points) != set(exercise.demands):
        raise Problem(f"{says}: either every demand has points, or none.")
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


def _prove(exercise: Exercise, compiled: dict, seeds: tuple[int, ...]) -> None:
    says = f"exercise {exercise.name}"
    honest = [("the right answer", exercise.answer)]
    honest += [(f"the variant {one.name!r}", one.function) for one in exercise.variants]
    for seed in seeds:
        cases = from_json({**compiled, "seed": seed}, exercise.folder)
        for called, function in honest:
            verdict = judge(cases, Local({exercise.name: function}, exercise.name))
            if verdict.status != "correct":
                raise Problem(f"{says}: {called} misses a demand (draw {seed}): {verdict.hint}")
        for lazy in exercise.misconceptions:
            verdict = judge(cases, Local({exercise.name: lazy.function}, exercise.name))
            if verdict.status == "correct":
                raise Problem(
                    f"{says}, line {lazy.line}: the lazy answer {lazy.name!r} meets every demand "
                    f"(draw {seed}): raise a target, or ask for something more."
                )
