"""How far the checker's answer to a wrong program helps, told by how its hint was found."""

from convolab.check.verdict import Verdict

PASSES, BREAKS = "passes", "breaks"
SPECIFIC, NUMBERS, BARE_ERROR, GENERIC = "specific", "numbers", "bare error", "other generic"
KINDS = (PASSES, BREAKS, SPECIFIC, NUMBERS, BARE_ERROR, GENERIC)

# The rungs on which the case is quoted, and nothing is said about the program.
_SAYS_NOTHING = {"numbers": NUMBERS, "error": BARE_ERROR, "raises": GENERIC, "hidden": GENERIC}


def helped(verdict: Verdict) -> str:
    """Which of `KINDS` a verdict is (never "breaks", which is no verdict)."""
    if verdict.status == "correct":
        return PASSES
    if verdict.misconception is not None:
        return SPECIFIC
    return _SAYS_NOTHING.get(verdict.found, SPECIFIC)
