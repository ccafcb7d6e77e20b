"""Proves at build time that an exercise is sound.

Every variant is right; every mistake is a program that runs, is wrong, and is told apart from every
other by the cases that a learner sees.
"""

from typing import Any

from convolab.check.compare import difference
from convolab.check.encode import decode
from convolab.exercises.parts import Case, Misconception, Variant
from convolab.exercises.spec import ASKED, Exercise
from convolab.exercises.unsound import Unsound

NO_ANSWER = "there is no right answer: mark it with @exercise.right."
_NO_PROGRAM = ("NameError", "UnboundLocalError", "ImportError", "ModuleNotFoundError")


def agree(expected: dict, got: dict, exercise: Any) -> bool:
    """Whether two outcomes are the same to the checker.

    Args:
        exercise: anything with `tolerance` and `lists`.
    """
    if "raises" in expected or "raises" in got:
        return expected.get("raises") == got.get("raises")
    if expected.get("changed") != got.get("changed"):
        return False
    right, other = decode(expected["value"]), decode(got["value"])
    return difference(right, other, exercise.tolerance, exercise.lists) is None


def see_shape(exercise: Exercise, cases: list[Case]) -> None:
    """What can be wrong with a spec before anything is run.

    Raises:
        Unsound: something is.
    """
    if exercise.answer is None:
        raise Unsound(exercise, NO_ANSWER)
    used = {case.aspect: case.line for case in reversed(cases)}
    used |= {each.aspect: 0 for each in (*exercise.speeds, *exercise.trainings)}
    if not used:
        raise Unsound(exercise, "there is no case: add one with exercise.shows(…).")
    for aspect in sorted(set(used) - set(exercise.says)):
        says = f"a case belongs to the aspect {aspect!r}, which `says` leaves out."
        raise Unsound(exercise, says, used[aspect])
    for aspect in sorted(set(exercise.says) - set(used)):
        says = f"the aspect {aspect!r} has no case: add one with exercise.shows({aspect!r}, …)."
        raise Unsound(exercise, says)
    if exercise.points and (odd := set(exercise.points) ^ set(exercise.says)):
        aspect = sorted(odd)[0]
        left_out, named = ("says", "points") if aspect in exercise.points else ("points", "says")
        says = f"`{named}` names the aspect {aspect!r}, and `{left_out}` leaves it out."
        raise Unsound(exercise, says)
    if set(exercise.asks) - set(exercise.says) or set(exercise.asks.values()) - set(ASKED):
        raise Unsound(exercise, f"`asks` names an aspect and one of {', '.join(ASKED)}.")
    see_names(exercise)


def see_names(exercise: Exercise) -> None:
    """Check that each mistake has a name of its own.

    Raises:
        Unsound: two have the same.
    """
    known = set()
    for mistake in exercise.misconceptions:
        if mistake.name in known:
            raise Unsound(exercise, f"two mistakes are called {mistake.name!r}.", mistake.line)
        known.add(mistake.name)


def see_variant(
    exercise: Exercise,
    variant: Variant,
    cases: list[Case],
    answers: list[dict],
    outcomes: list[dict],
) -> None:
    """Check that a variant is right.

    Raises:
        Unsound: it is not; names the case.
    """
    for case, answer, got in zip(cases, answers, outcomes, strict=True):
        if not agree(answer, got, exercise):
            says = (
                f"the variant {variant.name!r} is not right: for {case.aspect} "
                f"{case.arguments!r} it {_does(got)}; the right program {_does(answer)}."
            )
            raise Unsound(exercise, says, variant.line)


def _does(outcome: dict) -> str:
    """What a program does in a case, in words."""
    if "raises" in outcome:
        return f"raises {outcome['raises']}"
    changes = " and changes its argument" if outcome.get("changed") else ""
    value = outcome["value"]
    return f"gives {'what no case can hold' if value is None else decode(value)!r}{changes}"


def see_program(exercise: Exercise, mistake: Misconception, outcomes: list[dict]) -> None:
    """Check that a mistake is a program that runs: a name that nobody has defined is the author's
    own mistake.

    Raises:
        Unsound: it is not.
    """
    for outcome in outcomes:
        if outcome.get("raises") in _NO_PROGRAM:
            says = (
                f"the mistake {mistake.name!r} stops with {outcome['raises']}: "
                "does it use a name that this file does not define?"
            )
            raise Unsound(exercise, says, mistake.line)


def see_mistakes(exercise: Exercise, mistakes: list[dict], cases: list[Case]) -> None:
    """Check that each mistake is wrong in its own way, in the cases that a learner sees.

    Raises:
        Unsound: one passes, or two are alike.
    """
    told: list[tuple[Misconception, dict[str, list]]] = []
    for mistake, spec in zip(mistakes, exercise.misconceptions, strict=True):
        theirs = _seen(mistake, cases)
        if not theirs or _passes(exercise, mistake, cases):
            says = (
                f"the mistake {spec.name!r} passes all visible cases; "
                "add a case that tells it from the right answer."
            )
            raise Unsound(exercise, says, spec.line)
        for other, others in told:
            if _alike(theirs, others, exercise):
                where = f" (line {other.line})" if other.line else ""
                says = (
                    f"the mistakes {spec.name!r} and {other.name!r}{where} are not "
                    "told apart by the visible cases; add one in which they differ, or remove one "
                    "of the two."
                )
                raise Unsound(exercise, says, spec.line)
        told.append((spec, theirs))


def _passes(exercise: Exercise, mistake: dict, cases: list[Case]) -> bool:
    """Whether all that is wrong is a value in cases which ask for any value."""
    values = [case for case in cases if not case.raises]
    return "refusals" not in mistake and all(
        outcome is None
        or case.hidden
        or (exercise.asks.get(case.aspect) == "answer" and outcome.get("value") is not None)
        for case, outcome in zip(values, mistake.get("values", ()), strict=True)
    )


def _seen(mistake: dict, cases: list[Case]) -> dict[str, list]:
    """The outcomes in the visible cases, where any of them is wrong."""
    places = {
        "values": [case for case in cases if not case.raises],
        "refusals": [case for case in cases if case.raises],
    }
    seen = {
        part: [
            outcome
            for case, outcome in zip(places[part], mistake[part], strict=True)
            if not case.hidden
        ]
        for part in places
        if part in mistake
    }
    return {part: outcomes for part, outcomes in seen.items() if any(outcomes)}


def _alike(a: Any, b: Any, exercise: Exercise) -> bool:
    """Whether two mistakes have the same outcomes everywhere."""
    return a.keys() == b.keys() and all(
        (one is None and other is None)
        or (one is not None and other is not None and agree(one, other, exercise))
        for part in a
        for one, other in zip(a[part], b[part], strict=True)
    )
