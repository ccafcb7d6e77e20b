"""Nearly right: every number is off by a little, as after a constant that was cut short."""

import numpy as np

from convolab.check.relations.exercise_words import Words
from convolab.check.relations.pairs import Close, Finding, Pair, distinct

NEAR = 0.005  # of each number
ENOUGH = 4  # different right numbers, all of which are hit


def find(pairs: list[Pair], words: Words, close: Close) -> Finding | None:
    """Numbers that are all nearly right, and in at least one place not right."""
    if not all(pair.same_shape and _is_near(pair) for pair in pairs):
        return None
    if distinct([pair.expected for pair in pairs]) < ENOUGH:
        return None
    return Finding(
        "nearly",
        f"every number of your {words.thing} is nearly right",
        "Is something rounded on the way, or a constant cut short, such as 2.718 for e?",
        _is_near,
    )


def _is_near(pair: Pair) -> bool:
    if not np.isfinite(pair.got).all() or not np.isfinite(pair.expected).all():
        return False
    off = np.abs(pair.got - pair.expected)
    return bool((off <= NEAR * np.abs(pair.expected)).all())
