"""Turns an author's exercise into numbers: what the checker reads and learners get.

Every case is answered by the right program and by every mistake, so that the checker can name a
mistake without any wrong (or right) program at hand. On the way `proof` checks that the exercise is
sound.

What a mistake does in the cases that have a result (*values*) is kept apart from what it does in
those that should be refused (*refusals*): a learner who has the formula wrong and has not yet
written the errors is told about both.
"""

from typing import Any

import numpy as np

from convolab.check.answer import Outcome, call, mentions, same_bits
from convolab.check.compare import is_whole
from convolab.check.encode import encode
from convolab.check.known_mistakes import skeleton
from convolab.check.learning import as_text, shapes_of
from convolab.check.speed import speed_arguments
from convolab.exercises import proof
from convolab.exercises.compile_open_task import compile_open
from convolab.exercises.head import head
from convolab.exercises.hidden_generator import hidden_cases
from convolab.exercises.parts import Case, Misconception
from convolab.exercises.proof import agree
from convolab.exercises.spec import Exercise
from convolab.exercises.unsound import Unsound


def compile_exercise(exercise: Exercise, seed: int | None = None) -> dict:
    """The exercise as JSON-able numbers.

    Args:
        exercise: the author's.
        seed: draws the hidden cases and adds them; None leaves them out, as for learners.

    Raises:
        Unsound: the exercise is not sound; says which case, mistake or variant, file and line.
    """
    if exercise.kind == "open":
        return compile_open(exercise, seed)
    cases = list(exercise.cases)
    if seed is not None:
        cases += hidden_cases(exercise, seed)
    proof.see_shape(exercise, cases)
    answers = _answers(exercise, cases)
    if seed is None:  # learners do not get hidden cases, but a teacher must be able to draw them
        hidden = hidden_cases(exercise, 0)
        proof.see_shape(exercise, cases + hidden)
        _answers(exercise, hidden)
    mistakes = [_mistake(exercise, mistake, cases, answers) for mistake in exercise.misconceptions]
    proof.see_mistakes(exercise, mistakes, cases)
    return {
        **head(exercise),
        "cases": [
            _case(exercise, case, answer) for case, answer in zip(cases, answers, strict=True)
        ],
        "misconceptions": mistakes,
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


def _answers(exercise: Exercise, cases: list[Case]) -> list[dict]:
    """What is right in each case, to the right program and to every variant."""
    answers = [_answer(exercise, case) for case in cases]
    for variant in exercise.variants:
        outcomes = [_outcome(exercise, variant.function, case) for case in cases]
        proof.see_variant(exercise, variant, cases, answers, outcomes)
    return answers


def _case(exercise: Exercise, case: Case, answer: dict) -> dict:
    return {
        "aspect": case.aspect,
        "hidden": case.hidden,
        **_asked(exercise, case),
        "arguments": [encode(argument) for argument in case.arguments],
        "outcome": answer,
        **({"refused": case.refused} if case.refused else {}),
    }


def _asked(exercise: Exercise, case: Case) -> dict:
    """What a value must be besides its numbers, if anything; an exception has no value."""
    asks = exercise.asks.get(case.aspect)
    return {"asks": asks} if asks and case.raises is None else {}


def _mistake(
    exercise: Exercise, mistake: Misconception, cases: list[Case], answers: list[dict]
) -> dict:
    """A mistake with its outcomes: null where it does what is right."""
    ran = [_run(exercise, mistake.function, case) for case in cases]
    outcomes = [_as_data(came) for came in ran]
    proof.see_program(exercise, mistake, outcomes)
    told = [
        None if agree(answer, outcome, exercise) else outcome
        for answer, outcome in zip(answers, outcomes, strict=True)
    ]
    values = [outcome for case, outcome in zip(cases, told, strict=True) if not case.raises]
    refusals = [outcome for case, outcome in zip(cases, told, strict=True) if case.raises]
    accepts = any(not came.raised for case, came in zip(cases, ran, strict=True) if case.raises)
    stops = _stops([came for case, came in zip(cases, ran, strict=True) if not case.raises])
    return {
        "name": mistake.name,
        "hint": mistake.hint,
        **({"untouched": True} if mistake.untouched else {}),
        **({"stops": stops} if stops and not accepts else {}),
        **({"values": values} if any(values) else {}),
        **({"refusals": refusals} if any(refusals) else {}),
    }


def _stops(ran: list[Outcome]) -> list[str]:
    """What the errors of a mistake say that never gives a value, since every program that crashes
    does as much otherwise."""
    if not all(came.raised for came in ran):
        return []
    return sorted({skeleton(came.message) for came in ran})


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
    """The shape of each array that the right program returns."""
    parameters = exercise.answer(*exercise.cases[0].arguments)
    return {name: list(array.shape) for name, array in parameters.items()}


def _probe(exercise: Exercise, shapes: tuple[tuple[int, ...], ...]) -> dict:
    """The shape of the right result and a few of its numbers, to see that fast is also right."""
    right = np.asarray(exercise.answer(*speed_arguments(shapes)))
    places = np.linspace(0, right.size - 1, 7).astype(int)
    return {
        "shape": list(right.shape),
        "places": places.tolist(),
        "values": encode(right.ravel()[places].astype(float).tolist()),
    }


def _run(exercise: Exercise, answer: Any, case: Case) -> Outcome:
    if exercise.kind == "value":
        return Outcome(value=answer)
    came = call(answer, case.arguments)
    came.value = shapes_of(came.value, exercise.shape_only)
    return came


def _outcome(exercise: Exercise, answer: Any, case: Case) -> dict:
    """What an answer does in a case, as JSON."""
    return _as_data(_run(exercise, answer, case))


def _as_data(came: Outcome) -> dict:
    if came.raised:
        return {"raises": came.raised[0]}
    try:
        outcome = {"value": encode(came.value)}
    except TypeError:
        outcome = {"value": None}
    return {**outcome, "changed": True} if came.changed else outcome


def _answer(exercise: Exercise, case: Case) -> dict:
    """What the right program does in a case; it must do what the author says, and so twice."""
    try:
        encode(list(case.arguments))
    except TypeError as error:
        says = f"the case {case.aspect} {case.arguments!r} cannot be stored: {error}."
        raise Unsound(exercise, says, case.line) from error
    came, again = (_run(exercise, exercise.answer, case) for _ in range(2))
    if fault := _fault(exercise, case, came, again):
        says = f"in the case {case.aspect} {case.arguments!r} the right program {fault}."
        raise Unsound(exercise, says, case.line)
    outcome = _as_data(came)
    return outcome if case.says is None else {**outcome, "says": case.says}


def _fault(exercise: Exercise, case: Case, came: Outcome, again: Outcome) -> str | None:
    """What is wrong with a right program that was called twice, if anything."""
    raised = came.raised[0] if came.raised else None
    if raised != case.raises:
        does = f"raises {raised} ({came.message})" if raised else "raises nothing"
        return f"{does}, the case says {case.raises or 'a value'}"
    if case.says is not None and not mentions(came.message, case.says):
        return f"says {came.message!r}, without {case.says}"
    if _asked(exercise, case) == {"asks": "whole"} and not is_whole(came.value):
        return f"gives {came.value!r}, which is not an int"
    if came.changed:
        return "changes its argument"
    if not raised and not same_bits(came.value, again.value):
        return "gives a different answer the second time"
    return None
