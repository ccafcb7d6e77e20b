"""What is seen of each known wrong program of the course by its relation to the right one alone.

    python -m tests.check.wrong_programs [NAME or start of a lesson …]

prints the sentence beside the name of the mistake, and how many get one.
"""

import inspect
import sys
from collections import Counter

from convolab.check.answer import call
from convolab.check.compare import difference
from convolab.check.errors import Stopped, explain, facts_of
from convolab.check.learning import shapes_of
from convolab.check.relations import Seen, Words, relation
from tests.check.course import EXERCISES, lesson


def words_of(exercise):
    """The words of an exercise, as far as they are known today: parameters and aspects."""
    return Words(
        arguments=tuple(inspect.signature(exercise.answer).parameters),
        aspects=dict(exercise.says),
    )


def outcomes(exercise, function):
    """The visible cases in which a value is due, and the errors that stopped one of them."""
    seen, stopped = [], []
    for case in exercise.cases:
        if case.raises:
            continue
        expected = call(exercise.answer, case.arguments).value
        expected = shapes_of(expected, exercise.shape_only)
        facts = {}
        came = call_with_facts(function, case.arguments, facts)
        value = shapes_of(came.value, exercise.shape_only)
        wrong = bool(came.raised) or (
            difference(expected, value, exercise.tolerance, exercise.lists) is not None
        )
        seen.append(
            Seen(case.arguments, expected, value, case.aspect, not wrong, bool(came.raised))
        )
        if came.raised:
            stopped.append(
                Stopped(came.raised, came.message, came.line, came.inside, case.arguments, facts)
            )
    return seen, stopped


def call_with_facts(function, arguments, facts):
    """Call it, and note the facts of what it raises, as `run.call` may one day."""

    def noted(*given):
        try:
            return function(*given)
        except BaseException as error:
            facts.update(facts_of(error, function))
            raise

    came = call(noted, arguments)
    if came.raised:
        came.line = facts.get("line", "")
        came.inside = facts.get("inside", "")
    return came


def seen_of(exercise, function):
    """The relation of a function's values, and the sentence about the first error."""
    seen, stopped = outcomes(exercise, function)
    found = relation(seen, words_of(exercise), exercise.tolerance, exercise.lists)
    said = explain(stopped[0], name=exercise.name) if stopped else None
    return seen, found, stopped[0] if stopped else None, said


def verdict_on(exercise, function):
    """What is seen of a function: "relation", "error", "bare error", "nothing" or "right", and the
    sentences."""
    seen, found, stopped, said = seen_of(exercise, function)
    error = said or (stopped and f"{stopped.raised[0]}: {stopped.message}")
    sentences = [*([f"[{found.kind}] {found.sentence}"] if found else []), *filter(None, [error])]
    if found:
        return "relation", sentences
    if stopped:
        return "error" if said else "bare error", sentences
    return "right" if all(case.right for case in seen) else "nothing", sentences


def main(asked):
    """Print what is seen of all wrong programs, or of those of some exercises."""
    counts = Counter()
    for path in sorted(EXERCISES.glob("[0-9]*/")):
        for name, exercise in lesson(path).items():
            chosen = not asked or any(name == one or path.name.startswith(one) for one in asked)
            if exercise.kind != "function" or not chosen:
                continue
            print(f"\n== {name}")
            for wrong in exercise.misconceptions:
                seen_as, sentences = verdict_on(exercise, wrong.function)
                counts[seen_as] += 1
                print(f"  - {wrong.name}: {seen_as}", *sentences, sep="\n      ")
    print(dict(counts))


if __name__ == "__main__":
    main(sys.argv[1:])
