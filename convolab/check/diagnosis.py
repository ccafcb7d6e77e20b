"""The diagnosis: what is wrong with an answer, in at most two sentences, the more important first.

1. What is known: a mistake that reproduces the values (all of them, or those of an aspect), and,
   separately, what is not refused yet.
2. What is seen, where nothing is known: how the answer relates to the right one.
3. What stopped it: Python's and NumPy's commonest errors, explained.

If none of these says anything, the case is quoted and nothing more.
"""

from dataclasses import dataclass

from convolab.check import known_mistakes, sentences, words
from convolab.check.cases import Cases
from convolab.check.errors import Stopped, explain
from convolab.check.relations import VAGUE, Seen, Words, relation
from convolab.check.verdict import CaseResult

# Of several failing cases, the one on the lowest rung is quoted.
RUNGS = (
    "nothing", "error", "kind", "shape", "changed", "finite", "numbers", "whole", "dtype", "raises",
    "says",
)  # fmt: skip
MOST = 2  # sentences


@dataclass
class Diagnosis:
    """What is wrong.

    Attributes:
        hint: the sentences.
        found: how it was found: "known", "refusals", "relation", "vague" (a relation that leads
            nowhere), "explained", "hidden", or the rung of the case that is quoted.
        misconception: the name of the known mistake, if one was found.
        shown: the case whose numbers may be laid side by side.
        untouched: whether a trap is as it was handed out.
    """

    hint: str
    found: str
    shown: CaseResult
    misconception: str | None = None
    untouched: bool = False


def diagnose(cases: Cases, results: list[CaseResult]) -> Diagnosis:
    """The diagnosis of an answer with some wrong results."""
    seen = [result for result in results if not result.hidden]
    if all(result.wrong is None for result in seen):
        seen = results
    wrong = [result for result in seen if result.wrong]
    first = min(wrong, key=lambda result: (RUNGS.index(result.wrong), result.place))
    values = [result for result in wrong if not known_mistakes.is_refusal(cases, result)]
    refusals = [result for result in wrong if known_mistakes.is_refusal(cases, result)]
    if not values:
        return _about_refusals(cases, seen, refusals, first)
    found = known_mistakes.by_values(cases, seen)
    if any(one.mistake.get("untouched") for one in found):
        hint = sentences.untouched(found[0].mistake["hint"])
        return Diagnosis(hint, "known", first, found[0].mistake["name"], untouched=True)
    parts = [one.mistake["hint"] for one in found]
    if len(found) == 1 and first.came.line and all(result.came.raised for result in values):
        parts = [sentences.ended(parts[0]) + sentences.stops_in(first.came.line)]
    how = "known"
    if not parts:
        how, sentence = _seen(cases, seen, values)
        parts = [sentence]
    let_through = [
        result
        for result in refusals
        if result.wrong == "raises" and not _stopped_alike(result, values)
    ]
    if let_through and not first.hidden and not any(one.refusals for one in found):
        besides = sentences.not_refused(cases, let_through, besides=True)
        parts = [sentences.ended(parts[0]), besides]
    name = found[0].mistake["name"] if found else None
    return Diagnosis(" ".join(parts[:MOST]), how, _shown(values, found), name)


def _stopped_alike(refusal: CaseResult, values: list[CaseResult]) -> bool:
    """Whether the error that stops the values stopped this call, too, before it could refuse."""
    raised = refusal.came.raised[:1]
    return bool(raised) and any(result.came.raised[:1] == raised for result in values)


def _shown(values: list[CaseResult], found: list[known_mistakes.KnownMistake]) -> CaseResult:
    """The case to quote: the first wrong one of what the first sentence is about."""
    about = found[0].aspects if found else ()
    own = [result for result in values if not about or result.aspect in about]
    return min(own, key=lambda result: (RUNGS.index(result.wrong), result.place))


def _about_refusals(
    cases: Cases, seen: list[CaseResult], refusals: list[CaseResult], first: CaseResult
) -> Diagnosis:
    """All values are right, and something is not refused as it should be."""
    if mistake := known_mistakes.by_refusals(cases, seen):
        return Diagnosis(mistake.mistake["hint"], "known", first, mistake.mistake["name"])
    if first.hidden or first.wrong == "says" or len(refusals) == 1:
        how = "hidden" if first.hidden else first.wrong
        if how == "raises" and cases.cases[first.place].get("refused"):
            how = "refusals"
        return Diagnosis(sentences.of_case(cases, first), how, first)
    return Diagnosis(sentences.not_refused(cases, refusals), "refusals", first)


# On these rungs numbers are laid beside numbers, and something may be seen in them.
_COMPARED = ("kind", "shape", "finite", "numbers")


def _seen(cases: Cases, seen: list[CaseResult], values: list[CaseResult]) -> tuple[str, str]:
    """How it was found and the sentence, where no known mistake explains the values."""
    first = min(values, key=lambda result: (RUNGS.index(result.wrong), result.place))
    plain = "hidden" if first.hidden else first.wrong, sentences.of_case(cases, first)
    if cases.kind == "value" or first.hidden:
        return plain
    if first.wrong == "error":
        sentence = _explained(cases, first)
        return ("explained", sentence) if sentence else plain
    if first.wrong not in _COMPARED:
        return plain
    found = relation(
        [
            _as_seen(cases, result)
            for result in seen
            if not known_mistakes.is_refusal(cases, result)
        ],
        Words(
            arguments=cases.parameters,
            aspects=_named(cases),
        ),
        cases.tolerance,
        cases.lists,
    )
    if found is None:
        return plain
    return "vague" if found.kind in VAGUE else "relation", found.sentence


def _named(cases: Cases) -> dict[str, str]:
    """In words, the aspects that are about numbers: not one for which any number would do, or which
    asks for another type of the numbers that the others ask for."""
    asked = {case["aspect"] for case in cases.cases if case.get("asks")}
    return {n: aspect["says"] for n, aspect in cases.aspects.items() if n not in asked}


def _as_seen(cases: Cases, result: CaseResult) -> Seen:
    """A case as evidence: right is what needs no numbers mended."""
    return Seen(
        result.arguments,
        cases.due(result.place),
        result.came.value,
        result.aspect,
        right=result.wrong in (None, "whole", "dtype", "changed"),
        stopped=bool(result.came.raised),
    )


def _explained(cases: Cases, first: CaseResult) -> str | None:
    """What stopped a call, in a sentence; None if nothing can be said beyond what Python says."""
    came = first.came
    stopped = Stopped(
        came.raised, came.message, came.line, came.inside, first.arguments, came.facts
    )
    call = words.call(cases.name, first.arguments)
    return explain(
        stopped, cases.name, call if len(call) <= sentences.LONGEST_CALL else "", cases.others
    )
