"""How far the checker's answer to a wrong program helps: the one place that reads its sentences."""

import re

from convolab.check.verdict import Verdict

PASSES, BREAKS = "passes", "breaks"
SPECIFIC, NUMBERS, BARE_ERROR, GENERIC = "specific", "numbers", "bare error", "other generic"
KINDS = (PASSES, BREAKS, SPECIFIC, NUMBERS, BARE_ERROR, GENERIC)

# What is said where nothing is known. Tests hold these against the checker's own sentences.
_SAYS_NOTHING = {
    NUMBERS: re.compile(r"gives other numbers than it should\.$"),
    BARE_ERROR: re.compile(r" stopped with \w+(: | and no message| without)"),
    GENERIC: re.compile(
        r"^All the cases that you can see are right, but|, because there is no sensible answer; it "
    ),
}


def helped(verdict: Verdict) -> str:
    """Which of `KINDS` a verdict is (never "breaks", which is no verdict)."""
    if verdict.status == "correct":
        return PASSES
    if verdict.misconception is not None:
        return SPECIFIC
    for kind, sentence in _SAYS_NOTHING.items():
        if sentence.search(verdict.hint):
            return kind
    return SPECIFIC
