"""The sentence for each rung of the ladder: what is wrong, in words that a beginner understands."""

from typing import Any

import numpy as np

from convolab.check import by_hand_answer, words
from convolab.check.answer import Outcome
from convolab.check.cases import Cases
from convolab.check.compare import Difference
from convolab.check.objects import type_name
from convolab.check.verdict import CaseResult

STUB = "still the stub"
LONGEST_CALL = 100  # characters of a call within a sentence


def not_defined(cases: Cases) -> str:
    """The name does not exist in the notebook."""
    if cases.kind == "value":
        missing, do = "answer", f"Put your answer after {cases.name} = in the cell above"
    else:
        missing, do = "function", f"Write def {cases.name} in the cell above"
    return (
        f"There is no {missing} called {cases.name} yet. {do}, run that cell (Shift + Enter), then "
        "this one."
    )


def endless(cases: Cases) -> str:
    """The learner stopped a call that did not end."""
    return (
        f"{cases.name} was stopped while it was still running. Is there a loop whose condition "
        "never becomes false, or one that runs far more often than it needs to?"
    )


def unanswered(cases: Cases) -> str:
    """A by-hand answer still holds the three dots."""
    return (
        f"This is {STUB}: put your answer in place of the three dots after {cases.name} =, "
        "and run the cell."
    )


def stub(cases: Cases, came: Outcome) -> str | None:
    """For the exception of a function which is still to be written; None for anything else."""
    if "NotImplementedError" in came.raised:
        gap = "the line with NotImplementedError"
    elif "TypeError" in came.raised and "'ellipsis'" in came.message:
        gap = "the three dots"
    else:
        return None
    if came.inside:
        return (
            f"{cases.name} calls {came.inside}, which is {STUB}. Write that one first, run its "
            "cell, and come back."
        )
    return f"This is {STUB}: put your code in place of {gap}, and run the cell."


def untouched(hint: str) -> str:
    """A trap that still does what it did when it was found."""
    return f"This is {STUB}, or does the same as what you found here. {hint}"


def cannot_be_looked_at(cases: Cases, error: BaseException) -> str:
    """The object with the exercise's name raises as soon as anything is done with it."""
    return (
        f"{cases.name} cannot be called here: reading its arguments stopped "
        f"with {type_name(type(error))}. Define it with def, and run its cell again."
    )


def not_a_function(cases: Cases, value: Any) -> str:
    """The exercise's name holds something that cannot be called."""
    return (
        f"{cases.name} is {words.kind(value)}, not a function. Was the name used for "
        "something else? Run the cell with the function again."
    )


def does_not_bind(cases: Cases, arguments: tuple, signature: str) -> str:
    """The function's first line takes other arguments than the exercise gives it."""
    many = "argument" if len(arguments) == 1 else "arguments"
    return (
        f"{cases.name} is called with {len(arguments)} {many} here, as in "
        f"`{words.call(cases.name, arguments)}`, but it is defined as `{cases.name}{signature}`. "
        "Put the first line back as it was."
    )


def ready_made(cases: Cases, named: str) -> str:
    """The function calls what it should build."""
    return (
        f"{cases.name} uses {named}, which does what you are asked to build here. Write it with "
        "loops, slices, sums and products: then you know what is inside."
    )


def too_slow(ratio: float, wanted: float) -> str:
    """A "fast" exercise that is right and slow."""
    return (
        f"The result is right, and it is {ratio:.1f} times as fast as a loop over every element; "
        f"{wanted:g} times is needed. Let one NumPy operation do the work of a whole loop."
    )


def fast(ratio: float) -> str:
    """How fast a "fast" exercise is, to two digits: the next run will differ a little."""
    return f"It is about {float(f'{ratio:.2g}'):.0f} times as fast as a loop over every element."


PRINTED = "It also printed something; that costs no points."
WRONG_WHEN_LONG = "It is right for short inputs, but not for a long one: is a length hard-coded?"


def of_case(cases: Cases, result: CaseResult) -> str:
    """The rung on which one case failed."""
    if result.hidden:
        says = cases.aspects[result.aspect]["says"]
        return (
            "All the cases you can see are right, but one with other numbers is not "
            f"({says}). What could be special: length, sign, odd or even, the ends?"
        )
    came, found = result.came, result.difference
    if cases.kind == "value":
        return by_hand_answer.sentence(cases, found)
    called = f"`{words.call(cases.name, result.arguments)}`"
    if len(called) > LONGEST_CALL:  # it is shown below the sentence
        called = f"`{cases.name}(…)`"
    if result.wrong == "nothing":
        printed = " It prints something, but that only shows a value." if came.printed else ""
        return f"{called} returns nothing: is the line with return missing?{printed}"
    if result.wrong == "error":
        return stub(cases, came) or _stopped(cases, called, came)
    if result.wrong == "raises":
        due = cases.cases[result.place]["outcome"]["raises"]
        did = f"raises {came.raised[0]}" if came.raised else f"returns {words.show(came.value)}"
        if refused := cases.cases[result.place].get("refused"):
            return (
                f"There is no sensible answer for {refused}: {called} should raise {due}; it {did}."
            )
        return f"{called} should raise {due}, because there is no sensible answer; it {did}."
    if result.wrong == "says":
        wanted = cases.cases[result.place]["outcome"]["says"]
        said = f"yours says “{came.message}”" if came.message else "yours is empty"
        return (
            f"{called} raises {came.raised[0]}, as it should. Its message should name {wanted}, so "
            f"that whoever reads it knows what to fix; {said}."
        )
    if result.wrong == "whole":
        return (
            f"{called} gives the right number, but as a float. A count is a whole number, "
            "an int: 6, not 6.0. Which division gives one?"
        )
    if result.wrong == "dtype":
        due = cases.due(result.place).dtype
        return (
            f"{called} gives the right numbers, but their dtype is {np.asarray(came.value).dtype}. "
            f"It should be {due}: the docstring says which dtype is returned."
        )
    if result.wrong == "changed":
        return (
            f"{called} gives the right result, but it changes its argument. Whoever called it "
            "may still need the old numbers: work on a copy."
        )
    if result.wrong == "kind":
        return (
            f"{called} should give {words.asked(found.expected, cases.lists)}, yours gives "
            f"{words.kind(found.got)}.{_list_to_array(found)}"
        )
    if result.wrong == "shape":
        return _shape_sentence(called, found)
    if result.wrong == "finite":
        return (
            f"{called} gives nan or infinity: is something divided by 0, is a root taken of a "
            "negative number, or is an array never filled in?"
        )
    if isinstance(found.expected, str):
        return f"{called} should give {words.show(found.expected)}, yours gives a different string."
    if isinstance(found.expected, bool):
        return f"{called} should give {found.expected}, yours gives {words.show(found.got)}."
    if called.endswith("(…)`") or not words.is_written_out(cases.name, result.arguments):
        says = cases.aspects[result.aspect]["says"]
        return f"Some numbers are not right yet; the first wrong case is one of “{says}”."
    return f"{called} gives the wrong numbers."


_SINGULAR = ("a ", "an ", "the ", "mode ", "input ", "something ", "anything ")


def not_refused(cases: Cases, results: list[CaseResult], besides: bool = False) -> str:
    """What an answer does not refuse yet, all of it in one sentence.

    Args:
        results: the cases in which the due exception does not come.
        besides: whether a sentence about the values comes before.
    """
    asked = [cases.cases[result.place] for result in results]
    what = words.listed(dict.fromkeys(_refused(cases, case) for case in asked))
    due = words.listed(dict.fromkeys(case["outcome"]["raises"] for case in asked))
    one = len({_refused(cases, case) for case in asked}) == 1 and what.startswith(_SINGULAR)
    are = "is" if one else "are"
    if besides:
        return f"And {what} {are} not refused yet: raise a {due}."
    first = results[0]
    return (
        f"The results are right, but {what} {are} not refused yet: raise a {due}, as for "
        f"`{words.call(cases.name, first.arguments)}`."
    )


def stops_in(line: str) -> str:
    """Where it stops, added to a hint that only an error identifies."""
    quoted = line.replace("`", "'")
    return f" It stops in the line `{quoted}`." if len(quoted) <= LONGEST_CALL else ""


def ended(sentence: str) -> str:
    """A sentence that another may follow: one that ends with a piece of code gets its full stop."""
    return sentence if sentence[-1:] in (".", "?") else f"{sentence}."


def _refused(cases: Cases, case: dict) -> str:
    """What is refused in a case, in words."""
    return case.get("refused") or cases.aspects[case["aspect"]]["says"]


def _stopped(cases: Cases, called: str, came: Outcome) -> str:
    """An error where a value is due."""
    if came.raised[0] == "KeyboardInterrupt":
        return endless(cases)
    name = next((name for name in came.raised if not name.startswith("_")), came.raised[0])
    says = f": {came.message}" if came.message else " and no message"
    where = f", in the line `{came.line}`" if came.line else ""
    return f"{called} stopped with {name}{says}{where}"


def _list_to_array(found: Difference) -> str:
    """A way out for anyone who returns a list where an array is expected."""
    if isinstance(found.expected, np.ndarray) and isinstance(found.got, list):
        return " `np.array(…)` turns a list into an array."
    return ""


def _shape_sentence(called: str, found: Difference) -> str:
    """Expected and actual shape, and the likeliest reason."""
    if isinstance(found.expected, dict):
        names = ", ".join(map(str, found.expected))
        return f"{called} should give a dictionary with the keys {names}; yours has other keys."
    if not isinstance(found.expected, np.ndarray):
        return (
            f"{called} should give {words.kind(found.expected)}, yours gives "
            f"{words.kind(found.got)}."
        )
    right, yours = found.expected.shape, found.got.shape
    says = f"{called} should give {words.many(right)}, yours gives {words.many(yours)}"
    if len(yours) > len(right):
        return f"{says}. Is a sum still missing, or is one array nested in another?"
    if len(yours) < len(right):
        return f"{says}: an axis is missing."
    if right[::-1] == yours and len(right) > 1:
        return f"{says}: are rows and columns swapped?"
    steps = {b - a for a, b in zip(right, yours, strict=True) if a != b}
    if steps == {-1}:
        return f"{says}: one too few. Does a range or a slice end too early, or begin too late?"
    if steps == {1}:
        return f"{says}: one too many. Does a range or a slice end too late, or begin too early?"
    return f"{says}. Count on paper how many places there are."
