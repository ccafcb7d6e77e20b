"""Turns an author's exercise into numbers: what the checker reads and students are handed.

Every case is answered by the reference and by every misconception, so that the checker can name a
mistake without any wrong (or right) program at hand. On the way it is proved that the exercise is
sound: the reference is right and stable, every variant passes, every misconception is told apart
from the right answer and from every other one.
"""

from typing import Any

import numpy as np

from convolab.check.compare import difference, is_whole
from convolab.check.encode import decode, encode
from convolab.check.forbidden import READY_MADE
from convolab.check.learning import as_text, shapes_of
from convolab.check.run import Outcome, call, mentions, same_bits
from convolab.check.spec import ASKED, Case, Exercise
from convolab.problem import Problem

FORMAT = 1


def compile_exercise(exercise: Exercise, seed: int | None = None) -> dict:
    """The exercise as JSON-able numbers.

    Args:
        exercise: the author's.
        seed: draws the hidden cases and adds them; None leaves them out, as for students.

    Raises:
        Problem: the exercise is not sound; says which case, misconception or variant.
    """
    cases = list(exercise.cases)
    if seed is not None and exercise.draw_hidden is not None:
        cases += _hidden_cases(exercise, seed)
    _check_shape(exercise, cases)
    answers = [_answer(exercise, case) for case in cases]
    misconceptions = [
        {
            "name": wrong.name,
            "hint": wrong.hint,
            "untouched": wrong.untouched,
            "outcomes": [_outcome(exercise, wrong.function, case) for case in cases],
        }
        for wrong in exercise.misconceptions
    ]
    visible = [i for i, case in enumerate(cases) if not case.hidden]
    _prove(exercise, cases, answers, misconceptions, visible)
    return {
        "format": FORMAT,
        "name": exercise.name,
        "lesson": exercise.lesson,
        "kind": exercise.kind,
        "points": exercise.points,
        "lists": exercise.lists,
        "tolerance": exercise.tolerance,
        "praise": exercise.praise,
        "forbidden": _forbidden(exercise),
        "aspects": {
            name: {"says": says, "share": (exercise.shares or {}).get(name, 1)}
            for name, says in exercise.aspects.items()
        },
        "cases": [
            {
                "aspect": case.aspect,
                "hidden": case.hidden,
                **_asked(exercise, case),
                "arguments": [encode(argument) for argument in case.arguments],
                "outcome": answer,
            }
            for case, answer in zip(cases, answers, strict=True)
        ],
        "misconceptions": misconceptions,
        "speed": [
            {
                "aspect": speed.aspect,
                "times": speed.times,
                "steps": list(speed.steps),
                "shapes": [list(shape) for shape in speed.shapes],
                "probe": _probe(exercise, speed.shapes),
            }
            for speed in exercise.speeds
        ],
        **_trainings(exercise, seed),
    }


def _asked(exercise: Exercise, case: Case) -> dict:
    """What is asked of a value beside its numbers, if anything; an exception has no value."""
    asks = exercise.asks.get(case.aspect)
    return {"asks": asks} if asks and case.raises is None else {}


def _trainings(exercise: Exercise, seed: int | None) -> dict:
    """What only an exercise that trains a network has in its file."""
    if not exercise.trainings:
        return {}
    return {
        "shape_only": list(exercise.shape_only),
        "learns": [
            {
                "aspect": training.aspect,
                "at_least": training.at_least,
                "epochs": training.epochs,
                "seed": 0 if seed is None else seed % 10_000,
                "shapes": _shapes(exercise),
                "digits": as_text(training.digits[0]),
                "labels": "".join(str(label) for label in training.digits[1]),
                "unseen": as_text(training.unseen[0]),
                "unseen_labels": "".join(str(label) for label in training.unseen[1]),
            }
            for training in exercise.trainings
        ],
    }


def _shapes(exercise: Exercise) -> dict[str, list[int]]:
    """The shape of each array that the reference returns."""
    parameters = exercise.answer(*exercise.cases[0].arguments)
    return {name: list(array.shape) for name, array in parameters.items()}


def speed_arguments(shapes: list[list[int]]) -> list[np.ndarray]:
    """Integer-valued float arrays of the given shapes, the same on every machine: no random
    generator, whose stream may change between versions of NumPy."""
    return [
        ((np.arange(int(np.prod(shape))) * (37 + 2 * place) + 11 * place) % 101 - 50.0).reshape(
            shape
        )
        for place, shape in enumerate(shapes)
    ]


def _probe(exercise: Exercise, shapes: tuple[tuple[int, ...], ...]) -> dict:
    """The shape of the right result and a few of its numbers, to see that fast is also right."""
    right = np.asarray(exercise.answer(*speed_arguments(shapes)))
    places = np.linspace(0, right.size - 1, 7).astype(int)
    return {
        "shape": list(right.shape),
        "places": places.tolist(),
        "values": encode(right.ravel()[places].astype(float).tolist()),
    }


def _forbidden(exercise: Exercise) -> list[str]:
    if exercise.kind != "function":
        return []
    return [*READY_MADE, *(f"convolab.ops.{name}" for name in exercise.ready_made)]


def _hidden_cases(exercise: Exercise, seed: int) -> list[Case]:
    name_as_number = int.from_bytes(exercise.name.encode(), "little")
    rng = np.random.default_rng([seed, name_as_number])
    return [_hidden_case(*drawn) for drawn in exercise.draw_hidden(rng)]


def _hidden_case(
    aspect: str,
    arguments: tuple,
    error: type[Exception] | None = None,
    says: int | str | None = None,
) -> Case:
    return Case(
        aspect,
        tuple(arguments),
        error.__name__ if error else None,
        None if says is None else str(says),
        hidden=True,
    )


def _check_shape(exercise: Exercise, cases: list[Case]) -> None:
    """What can be wrong with a spec before anything is run."""
    says = f"exercise {exercise.name}"
    if exercise.answer is None:
        raise Problem(f"{says}: there is no reference.")
    used = {case.aspect for case in cases} | {speed.aspect for speed in exercise.speeds}
    used |= {training.aspect for training in exercise.trainings}
    for aspect in used - set(exercise.aspects):
        raise Problem(f"{says}: a case belongs to the aspect {aspect!r}, which is not declared.")
    for aspect in set(exercise.aspects) - used:
        raise Problem(f"{says}: the aspect {aspect!r} has no case.")
    if exercise.shares and set(exercise.shares) != set(exercise.aspects):
        raise Problem(f"{says}: shares and aspects name different things.")
    if set(exercise.asks) - set(exercise.aspects) or set(exercise.asks.values()) - set(ASKED):
        raise Problem(f"{says}: asks names an aspect, and one of {', '.join(ASKED)}.")
    names = [wrong.name for wrong in exercise.misconceptions]
    if len(set(names)) < len(names):
        raise Problem(f"{says}: two misconceptions have the same name.")


def _run(exercise: Exercise, answer: Any, case: Case) -> Outcome:
    if exercise.kind == "value":
        return Outcome(value=answer)
    came = call(answer, case.arguments)
    came.value = shapes_of(came.value, exercise.shape_only)
    return came


def _outcome(exercise: Exercise, answer: Any, case: Case) -> dict:
    """What an answer does in a case, as JSON."""
    came = _run(exercise, answer, case)
    if came.raised:
        return {"raises": came.raised[0]}
    try:
        outcome = {"value": encode(came.value)}
    except TypeError:
        outcome = {"value": None}
    return {**outcome, "changed": True} if came.changed else outcome


def _answer(exercise: Exercise, case: Case) -> dict:
    """What the reference does in a case; it must do what the author says, and so twice."""
    came, again = (_run(exercise, exercise.answer, case) for _ in range(2))
    where = f"exercise {exercise.name}, case {case.aspect} {case.arguments!r}"
    raised = came.raised[0] if came.raised else None
    if raised != case.raises:
        says = f"raises {raised} ({came.message})" if raised else "raises nothing"
        raise Problem(f"{where}: the reference {says}, the case says {case.raises or 'a value'}.")
    if case.says is not None and not mentions(came.message, case.says):
        raise Problem(f"{where}: the reference says {came.message!r}, without {case.says}.")
    if _asked(exercise, case) == {"asks": "whole"} and not is_whole(came.value):
        raise Problem(f"{where}: the reference gives {came.value!r}, which is no int.")
    if came.changed:
        raise Problem(f"{where}: the reference changes its argument.")
    if not raised and not same_bits(came.value, again.value):
        raise Problem(f"{where}: the reference gives another answer the second time.")
    outcome = _outcome(exercise, exercise.answer, case)
    return outcome if case.says is None else {**outcome, "says": case.says}


def agree(expected: dict, got: dict, exercise: Any) -> bool:
    """Whether two outcomes are the same to the checker.

    Args:
        exercise: anything with `tolerance` and `lists`.
    """
    if "raises" in expected or "raises" in got:
        return expected.get("raises") == got.get("raises")
    if expected.get("changed") != got.get("changed"):
        return False
    return (
        difference(
            decode(expected["value"]), decode(got["value"]), exercise.tolerance, exercise.lists
        )
        is None
    )


def _passes(exercise: Exercise, case: Case, answer: dict, got: dict) -> bool:
    """Whether the checker lets an outcome pass in a case."""
    if exercise.asks.get(case.aspect) == "answer" and case.raises is None:
        return "raises" not in got and got["value"] is not None
    return agree(answer, got, exercise)


def _prove(
    exercise: Exercise,
    cases: list[Case],
    answers: list[dict],
    misconceptions: list[dict],
    visible: list[int],
) -> None:
    """Each variant is right; each misconception is wrong in its own way."""
    says = f"exercise {exercise.name}"
    for variant in exercise.variants:
        for case, answer in zip(cases, answers, strict=True):
            got = _outcome(exercise, variant.function, case)
            if not agree(answer, got, exercise):
                raise Problem(
                    f"{says}: the variant {variant.name!r} is not right for {case.aspect} "
                    f"{case.arguments!r}: {got} instead of {answer}."
                )
    told = []
    for spec, wrong in zip(exercise.misconceptions, misconceptions, strict=True):
        if spec.hidden_only:
            continue
        seen = [wrong["outcomes"][i] for i in visible]
        if all(_passes(exercise, cases[i], answers[i], wrong["outcomes"][i]) for i in visible):
            raise Problem(
                f"{says}: the misconception {spec.name!r} passes all visible cases; add a case "
                "that tells it from the right answer."
            )
        for other, theirs in told:
            if all(agree(a, b, exercise) for a, b in zip(theirs, seen, strict=True)):
                raise Problem(
                    f"{says}: the visible cases do not tell the misconceptions {other!r} and "
                    f"{spec.name!r} apart."
                )
        told.append((spec.name, seen))
