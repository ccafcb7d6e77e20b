"""What is seen of each known wrong program of the course by its relation to the right one alone.

    python -m tests.check.wrong_programs [NAME or start of a lesson …]

prints the sentence beside the name of the mistake, and how many get one.
"""

import inspect
import sys

from convolab.check.compare import difference
from convolab.check.errors import Stopped, explain, facts_of
from convolab.check.learning import shapes_of
from convolab.check.relations import Seen, Words, relation
from convolab.check.run import call
from tests.check.course import EXERCISES, lesson


def words_of(exercise):
    """The words of an exercise, as far as they are known today: parameters and aspects."""
    return Words(
        arguments=tuple(inspect.signature(exercise.answer).parameters),
        aspects=dict(exercise.aspects),
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

        def collect(error, of, facts=facts):
            facts.update(facts_of(error, of))

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


def main(asked):
    counts = {"relation": 0, "error explained": 0, "error": 0, "nothing": 0, "value right": 0}
    for path in sorted(EXERCISES.glob("[0-9]*.py")):
        for name, exercise in lesson(path).items():
            chosen = not asked or any(name == one or path.stem.startswith(one) for one in asked)
            if exercise.kind != "function" or not chosen:
                continue
            print(f"\n== {name}")
            for wrong in exercise.misconceptions:
                seen, found, stopped, said = seen_of(exercise, wrong.function)
                if found:
                    kind, says = "relation", f"[{found.kind}] {found.sentence}"
                elif said:
                    kind, says = "error explained", f"{said}"
                elif stopped:
                    kind, says = "error", f"{stopped.raised[0]}: {stopped.message}  {stopped.line}"
                elif all(case.right for case in seen):
                    kind, says = "value right", ""
                else:
                    kind, says = "nothing", ""
                counts[kind] += 1
                if stopped and found:
                    says += f"\n      AND {said or f'?? {stopped.raised[0]}: {stopped.message} | {stopped.line}'}"
                print(f"  - {wrong.name}: {kind}\n      {says}")
    print(counts)


if __name__ == "__main__":
    main(sys.argv[1:])
