"""How much the checker's answer to a wrong program helps, judged by how its hint was found."""

from convolab.check.verdict import Verdict

PASSES, BREAKS = "passes", "breaks"
SPECIFIC, NUMBERS, BARE_ERROR, GENERIC = "specific", "numbers", "bare error", "other generic"
KINDS = (PASSES, BREAKS, SPECIFIC, NUMBERS, BARE_ERROR, GENERIC)

# The case is quoted and nothing is said about the program, or what is said is true and leads
# nowhere: "what you return is too small".
_SAYS_NOTHING = {
    "numbers": NUMBERS,
    "vague": NUMBERS,
    "error": BARE_ERROR,
    "raises": GENERIC,
    "hidden": GENERIC,
}


def helped(verdict: Verdict) -> str:
    """Which of `KINDS` a verdict is (never "breaks", which is no verdict)."""
    if verdict.status == "correct":
        return PASSES
    if verdict.misconception is not None:
        return SPECIFIC
    return _SAYS_NOTHING.get(verdict.found, SPECIFIC)
